use bytes::Bytes;
use callboard_kit::ReadFailure;
use http::{HeaderMap, HeaderName, HeaderValue, Method, header::CONTENT_TYPE};
use reqwest::Response;
use tokio::sync::OwnedSemaphorePermit;
use url::Url;

use super::{
    Http,
    redirect::{MAX_REDIRECTS, Way, target},
    refusal::failure_of,
};
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
        let method = if body.is_some() { Method::POST } else { Method::GET };
        let mut way = Way::new(url, headers.clone());
        for _ in 0..=MAX_REDIRECTS {
            let reach = self.0.guard.check(&way.url)?;
            let turn = self.0.turns.take(&way.url).await?;
            let asked = self.request(reach, method.clone(), &way.url, &way.headers, body.clone());
            let response = asked.await?;
            if body.is_some() && target(&way.url, &response)?.is_some() {
                let message = format!("`{}` leads to where it must not lead", shown(&way.url));
                return Err(ReadFailure::NotAllowed(message));
            }
            let own = way.headers.clone();
            let from = way.url.origin();
            if way.follow(&response)? {
                if way.url.origin() != from {
                    // The protocol's headers are for whoever answers, the secret ones are not.
                    way.headers = own.into_iter().filter_map(for_anyone).collect();
                }
                continue;
            }
            let response = self.success(&way.url, response, &way.headers)?;
            return Ok(Streamed { url: way.url, headers: way.headers, response, _turn: turn });
        }
        Err(way.too_long())
    }
}

fn for_anyone((name, value): (Option<HeaderName>, HeaderValue)) -> Option<(HeaderName, HeaderValue)> {
    name.filter(|_| !value.is_sensitive()).map(|name| (name, value))
}
