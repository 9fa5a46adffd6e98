use async_trait::async_trait;
use http::request::Parts;

use crate::{AnswerHeaders, Client, ConnectionMemory, EntityRef, PermissionPattern, Result, Viewer};

/// What a request brings to say who it is from.
#[derive(Clone, Copy, Debug)]
pub enum Credentials<'a> {
    /// Head of an HTTP request.
    Request(&'a Parts),
    /// Head of the request that opened a WebSocket. Browsers can add no header to it; its `Origin` has been checked.
    Upgrade(&'a Parts),
    /// The same for an operation that goes on, such as a subscription: it is asked now and then whether whoever began it
    /// is still who they were. Nobody uses anything by that.
    Running(&'a Parts),
    /// A bearer token in the first message of a WebSocket, whose request had this head.
    Bearer(&'a str, &'a Parts),
}

impl<'a> Credentials<'a> {
    /// The head of the request that they came with.
    pub const fn parts(&self) -> &'a Parts {
        match self {
            Self::Request(parts) | Self::Upgrade(parts) | Self::Running(parts) | Self::Bearer(_, parts) => {
                parts
            }
        }
    }

    /// Where they came from.
    pub fn client(&self) -> Client {
        self.parts().extensions.get::<Client>().cloned().unwrap_or_default()
    }

    /// What is added to the answer; nothing is where no server serves.
    pub fn answer(&self) -> AnswerHeaders {
        self.parts().extensions.get::<AnswerHeaders>().cloned().unwrap_or_default()
    }

    /// What is remembered of the connection that they came with.
    pub fn memory(&self) -> ConnectionMemory {
        self.parts().extensions.get::<ConnectionMemory>().cloned().unwrap_or_default()
    }

    /// The bearer token, if there is one.
    pub fn bearer(&self) -> Option<&str> {
        match self {
            Self::Bearer(token, _) => Some(token),
            Self::Request(parts) | Self::Upgrade(parts) | Self::Running(parts) => {
                let value = parts.headers.get(http::header::AUTHORIZATION)?.to_str().ok()?;
                let (scheme, token) = value.split_once(' ')?;
                scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
            }
        }
    }
}

/// What one token lets its subject do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenGrant {
    /// What people call it.
    pub name: String,
    /// What it allows at most; `None` where it does not narrow its user.
    pub permissions: Option<Vec<PermissionPattern>>,
}

/// Turns credentials into a viewer. Offered by one plugin; without it everyone is anonymous.
#[async_trait]
pub trait Authenticator: Send + Sync + 'static {
    /// The viewer, anonymous where nothing was given; UNAUTHENTICATED where something was given that is not valid.
    async fn authenticate(&self, credentials: Credentials<'_>) -> Result<Viewer>;

    /// Whether requests without any credentials are let in as somebody.
    fn lets_anyone_in(&self) -> bool {
        false
    }

    /// The tokens that stand for a subject and are valid now, for whoever asks what it may do.
    async fn tokens_of(&self, _subject: &EntityRef) -> Result<Vec<TokenGrant>> {
        Ok(Vec::new())
    }

    /// A token, signed and short-lived, that tells the service `audience` who asks. `None` where nobody does, or where
    /// none are issued.
    fn identity_token(&self, _viewer: &Viewer, _audience: &str) -> Option<String> {
        None
    }
}
