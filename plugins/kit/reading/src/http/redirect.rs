use callboard_kit::ReadFailure;
use http::{HeaderMap, header::LOCATION};
use reqwest::Response;
use url::Url;

use crate::guard::shown;

/// Redirects that are followed one after the other.
pub const MAX_REDIRECTS: usize = 5;

/// Where a question has been led to, with the headers that still belong there.
#[derive(Debug)]
pub struct Way {
    pub url: Url,
    pub headers: HeaderMap,
}

impl Way {
    pub fn new(url: &Url, headers: HeaderMap) -> Self {
        Self { url: url.clone(), headers }
    }

    /// Goes on to where an answer leads, and says whether it leads anywhere.
    pub fn follow(&mut self, response: &Response) -> Result<bool, ReadFailure> {
        let Some(next) = target(&self.url, response)? else { return Ok(false) };
        if next.scheme() == "http" && self.url.scheme() == "https" {
            let message = format!("`{}` leads from https:// to http://", shown(&self.url));
            return Err(ReadFailure::NotAllowed(message));
        }
        if next.origin() != self.url.origin() {
            // What is meant for one host is not for another, whether it is marked as secret or not.
            self.headers.clear();
        }
        self.url = next;
        Ok(true)
    }

    pub fn too_long(&self) -> ReadFailure {
        let message = format!("`{}` leads on more than {MAX_REDIRECTS} times", shown(&self.url));
        ReadFailure::NotAllowed(message)
    }
}

/// Where an answer leads, if it does.
pub fn target(url: &Url, response: &Response) -> Result<Option<Url>, ReadFailure> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let target = response.headers().get(LOCATION).and_then(|target| target.to_str().ok());
    let target = target.and_then(|target| url.join(target).ok());
    target.map(Some).ok_or_else(|| ReadFailure::Unavailable(format!("`{}` leads nowhere", shown(url))))
}
