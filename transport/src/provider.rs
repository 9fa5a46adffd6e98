use async_trait::async_trait;
use callboard_kit::{Credentials, Problem, RequestContext};

/// Says who asks.
#[async_trait]
pub trait ContextProvider: Send + Sync + 'static {
    /// The context of one operation, or why the client is turned away.
    ///
    /// An operation on a WebSocket without a token of its own brings the head of the upgrade request, whose `Origin`
    /// has been checked: browsers send cookies with it and can add no header against forgery.
    async fn context(&self, credentials: Credentials<'_>) -> Result<RequestContext, Problem>;
}
