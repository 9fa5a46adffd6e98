use bytes::Bytes;
use callboard_kit::ReadFailure;
use http::{
    HeaderMap, Method,
    header::{AUTHORIZATION, CONTENT_TYPE},
};
use reqwest::Response;
use tokio::sync::OwnedSemaphorePermit;
use url::Url;

use super::{Http, MAX_REDIRECTS, failure_of, redirect, refusal, unavailable};
use crate::guard::shown;

/// An answer whose body is read piece by piece.
#[derive(Debug)]
pub struct Streamed {
    /// Who answered, after all redirects.
    pub url: Url,
    /// The headers that still belong to that host: none after a redirect to another one.
    pub headers: HeaderMap,
    response: Response,
    _turn: OwnedSemaphorePermit,
}

impl Streamed {
    /// Whether the answer says that it is of a media type.
    pub fn is(&self, kind: &str) -> bool {
        self.response.headers().get(CONTENT_TYPE).is_some_and(|written| written == kind)
    }

    /// The next piece of the body; `None` at its end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, ReadFailure> {
        self.response.chunk().await.map_err(|error| failure_of(&self.url, &error))
    }
}

impl Http {
    /// The answer to a question, guarded as everything is. Redirects are followed where there is no body; the time is
    /// the caller's to limit.
    pub async fn stream(
        &self,
        url: &Url,
        headers: &HeaderMap,
        body: Option<Vec<u8>>,
    ) -> Result<Streamed, ReadFailure> {
        let (mut url, mut headers) = (url.clone(), headers.clone());
        for _ in 0..=MAX_REDIRECTS {
            self.0.guard.check(&url)?;
            let turn = self.host(&url).acquire_owned().await.map_err(|_| unavailable(&url))?;
            let method = if body.is_some() { Method::POST } else { Method::GET };
            let mut request = self.0.client.request(method, url.clone()).headers(headers.clone());
            if let Some(body) = &body {
                request = request.body(body.clone());
            }
            let response = request.send().await.map_err(|error| failure_of(&url, &error))?;
            if let Some(next) = redirect(&url, &response)? {
                if body.is_some() || next.scheme() != url.scheme() && next.scheme() == "http" {
                    let message = format!("`{}` leads to where it must not lead", shown(&url));
                    return Err(ReadFailure::NotAllowed(message));
                }
                if next.origin() != url.origin() {
                    headers.remove(AUTHORIZATION);
                }
                url = next;
                continue;
            }
            if !response.status().is_success() {
                let had_credentials = headers.contains_key(AUTHORIZATION);
                return Err(refusal(&url, &response, had_credentials, self.0.clock.now()));
            }
            return Ok(Streamed { url, headers, response, _turn: turn });
        }
        Err(ReadFailure::NotAllowed(format!("`{}` leads on more than {MAX_REDIRECTS} times", shown(&url))))
    }
}
