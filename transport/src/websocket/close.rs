use axum::extract::ws::CloseFrame;
use callboard_kit::{Code, Problem};

/// Why the server ends a connection.
#[derive(Debug)]
pub struct Close {
    code: u16,
    reason: String,
}

impl Close {
    fn new(code: u16, reason: impl Into<String>) -> Self {
        Self { code, reason: reason.into() }
    }

    /// The server stops.
    pub fn going_away() -> Self {
        Self::new(1001, "Going away")
    }

    /// The client sent what is no message of the protocol.
    pub fn invalid_message(what: impl std::fmt::Display) -> Self {
        Self::new(4400, format!("Invalid message: {what}"))
    }

    /// The client subscribes before it introduced itself.
    pub fn unauthorized() -> Self {
        Self::new(4401, "Unauthorized")
    }

    /// The client is turned away.
    pub fn refused(problem: &Problem) -> Self {
        let code = match problem.code() {
            Code::Unauthenticated => 4401,
            Code::Internal | Code::Unavailable => 4500,
            _ => 4403,
        };
        Self::new(code, problem.message())
    }

    /// The client is not who it was any more: a session ended, somebody joined a group. It may come again.
    pub fn changed() -> Self {
        Self::new(4403, "Whom the credentials stand for has changed: connect again")
    }

    /// The client does not speak `graphql-transport-ws`.
    pub fn subprotocol_not_acceptable() -> Self {
        Self::new(4406, "Subprotocol not acceptable")
    }

    /// The client did not introduce itself in time.
    pub fn initialisation_timeout() -> Self {
        Self::new(4408, "Connection initialisation timeout")
    }

    /// An operation with this id is still running.
    pub fn subscriber_exists(id: &str) -> Self {
        Self::new(4409, format!("Subscriber for {id} already exists"))
    }

    /// The client introduced itself twice.
    pub fn too_many_initialisations() -> Self {
        Self::new(4429, "Too many initialisation requests")
    }

    /// The frame that says so; its reason is cut to what a frame can hold.
    pub fn frame(&self) -> CloseFrame {
        let reason = &self.reason[..self.reason.floor_char_boundary(123)];
        CloseFrame { code: self.code, reason: reason.into() }
    }
}
