use async_trait::async_trait;
use http::request::Parts;

use crate::{Result, Viewer};

/// What a request brings to say who it is from.
#[derive(Clone, Copy, Debug)]
pub enum Credentials<'a> {
    /// Head of an HTTP request.
    Request(&'a Parts),
    /// A bearer token that came another way, e.g. in the first message of a WebSocket.
    Bearer(&'a str),
}

impl Credentials<'_> {
    /// The bearer token, if there is one.
    pub fn bearer(&self) -> Option<&str> {
        match self {
            Self::Bearer(token) => Some(token),
            Self::Request(parts) => {
                let value = parts.headers.get(http::header::AUTHORIZATION)?.to_str().ok()?;
                let (scheme, token) = value.split_once(' ')?;
                scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
            }
        }
    }
}

/// Turns credentials into a viewer. Offered by one plugin; without it everyone is anonymous.
#[async_trait]
pub trait Authenticator: Send + Sync + 'static {
    /// The viewer, anonymous where nothing was given; UNAUTHENTICATED where something was given that is not valid.
    async fn authenticate(&self, credentials: Credentials<'_>) -> Result<Viewer>;
}
