//! Requests to providers: no redirects, a limit on time and size, and nothing but TLS outside this machine.

use std::time::Duration;

use openidconnect::{HttpRequest, HttpResponse};
use reqwest::{Client, redirect::Policy};
use serde_json::Value;
use url::{Host, Url};

/// How large an answer of a provider may be, in bytes.
const MAX_ANSWER: usize = 512 * 1024;

/// Why a provider could not be asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OutgoingError {
    /// It is neither `https` nor on this machine.
    #[error("`{0}` is neither an `https` address nor on this machine")]
    Unsafe(String),
    /// It did not answer, or not in time.
    #[error("the provider did not answer")]
    Unreachable(#[source] reqwest::Error),
    /// It did not answer a moment ago, and is not asked again so soon.
    #[error("the provider did not answer a moment ago")]
    Silent,
    /// It answered more than can be meant well.
    #[error("the answer is larger than {MAX_ANSWER} bytes")]
    TooLarge,
    /// It answered with a redirect, or refused.
    #[error("the provider answered with status {0}")]
    Status(u16),
    /// It answered something else than JSON.
    #[error("the answer is not the JSON that was expected")]
    Json(#[source] serde_json::Error),
    /// The request could not be written.
    #[error("the request could not be made")]
    Request(#[from] http::Error),
}

/// Whether what is said to this address stays secret on its way.
pub(crate) fn is_safe_address(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| is_safe(&url))
}

fn is_safe(url: &Url) -> bool {
    if !url.username().is_empty() || url.password().is_some() {
        return false;
    }
    match (url.scheme(), url.host()) {
        ("https", Some(_)) => true,
        ("http", Some(Host::Ipv4(address))) => address.is_loopback(),
        ("http", Some(Host::Ipv6(address))) => address.is_loopback(),
        ("http", Some(Host::Domain(name))) => name == "localhost",
        _ => false,
    }
}

/// Asks providers.
#[derive(Clone, Debug)]
pub(crate) struct Outgoing {
    client: Client,
}

impl Outgoing {
    pub(crate) fn new(timeout: Duration) -> Result<Self, reqwest::Error> {
        let client = Client::builder()
            .redirect(Policy::none())
            .connect_timeout(timeout)
            .timeout(timeout)
            .user_agent(concat!("callboard/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { client })
    }

    /// Sends a request and reads the answer to its end.
    pub(crate) async fn send(&self, request: HttpRequest) -> Result<HttpResponse, OutgoingError> {
        let address = request.uri().to_string();
        if !is_safe_address(&address) {
            return Err(OutgoingError::Unsafe(address));
        }
        let (parts, body) = request.into_parts();
        let request = self.client.request(parts.method, address).headers(parts.headers).body(body);
        let mut response = request.send().await.map_err(OutgoingError::Unreachable)?;
        let status = response.status();
        // Nothing is learnt from an endpoint that leads elsewhere, is out of order, or wants to be left alone.
        if status.is_redirection() || status.is_server_error() || status.as_u16() == 429 {
            return Err(OutgoingError::Status(status.as_u16()));
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(OutgoingError::Unreachable)? {
            if body.len() + chunk.len() > MAX_ANSWER {
                return Err(OutgoingError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        let mut answer = http::Response::builder().status(response.status());
        if let Some(headers) = answer.headers_mut() {
            headers.clone_from(response.headers());
        }
        Ok(answer.body(body)?)
    }

    /// Reads a document.
    pub(crate) async fn get(&self, address: &str, bearer: Option<&str>) -> Result<Vec<u8>, OutgoingError> {
        let mut request = http::Request::get(address).header(http::header::ACCEPT, "application/json");
        if let Some(token) = bearer {
            request = request.header(http::header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let answer = self.send(request.body(Vec::new())?).await?;
        if !answer.status().is_success() {
            return Err(OutgoingError::Status(answer.status().as_u16()));
        }
        Ok(answer.into_body())
    }

    /// Reads a document of JSON.
    pub(crate) async fn get_json(&self, address: &str, bearer: Option<&str>) -> Result<Value, OutgoingError> {
        serde_json::from_slice(&self.get(address, bearer).await?).map_err(OutgoingError::Json)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_leave_this_machine_encrypted_only() {
        for (address, expected) in [
            ("https://idp.example.com", true),
            ("http://idp.example.com", false),
            ("http://127.0.0.1:8080/x", true),
            ("http://[::1]/x", true),
            ("http://localhost/x", true),
            ("http://localhost.example.com/x", false),
            ("http://127.0.0.1.example.com", false),
            ("https://user:password@idp.example.com", false),
            ("file:///etc/passwd", false),
            ("nonsense", false),
        ] {
            assert_eq!(is_safe_address(address), expected, "{address}");
        }
    }
}
