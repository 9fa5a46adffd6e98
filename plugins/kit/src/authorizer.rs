use async_trait::async_trait;

use crate::{EntityFilter, Subject, Viewer};

/// The answer to "may this viewer do this?".
#[derive(Clone, Debug)]
pub enum Decision {
    /// Yes.
    Allow,
    /// No.
    Deny,
    /// For the entities that the filter selects, and for no others.
    Conditional(Box<EntityFilter>),
}

impl Decision {
    /// Whether there may be something the viewer can do it to.
    pub const fn is_possible(&self) -> bool {
        !matches!(self, Self::Deny)
    }
}

/// Decides what viewers may do. Offered by one plugin; [`PlainAuthorizer`] stands in where there is none.
#[async_trait]
pub trait Authorizer: Send + Sync + 'static {
    /// The decision on `permission`, e.g. `catalog.entity.read`, before any resource is looked at.
    async fn decide(&self, viewer: &Viewer, permission: &str) -> Decision;
}

/// Lets everyone read and nobody else change: what a portal without the permissions plugin does.
///
/// Services may do what their token says; a token narrows what a user reads.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlainAuthorizer;

#[async_trait]
impl Authorizer for PlainAuthorizer {
    async fn decide(&self, viewer: &Viewer, permission: &str) -> Decision {
        let granted = match viewer.subject() {
            Subject::Service(_) => true,
            Subject::Anonymous | Subject::User(_) => permission.rsplit('.').next() == Some("read"),
        };
        if granted && viewer.token_allows(permission) { Decision::Allow } else { Decision::Deny }
    }
}
