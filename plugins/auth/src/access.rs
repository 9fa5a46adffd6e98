//! What a viewer may do to sessions, tokens and settings: everything to its own, by permission to others'.

use callboard_kit::{Decision, EntityRef, Problem, RequestContext, Result, Services, Subject, Viewer};

/// The rules of this plugin, for one request.
#[derive(Clone, Debug)]
pub(crate) struct AccessRules {
    services: Services,
    context: RequestContext,
}

impl AccessRules {
    pub(crate) const fn new(services: Services, context: RequestContext) -> Self {
        Self { services, context }
    }

    pub(crate) fn viewer(&self) -> &Viewer {
        &self.context.viewer
    }

    /// Whether the viewer has a permission.
    pub(crate) async fn has(&self, permission: &str) -> bool {
        matches!(self.services.authorizer().decide(self.viewer(), permission).await, Decision::Allow)
    }

    /// Whether this is the viewer's own, and its token, if any, does not say otherwise.
    pub(crate) fn owns(&self, subject: &EntityRef, permission: &str) -> bool {
        !is_guest(self.viewer())
            && self.viewer().reference() == Some(subject)
            && self.viewer().token_allows(permission)
    }

    /// Whether the viewer may see what `subject` has.
    pub(crate) async fn may_read(&self, subject: &EntityRef, permission: &str) -> bool {
        self.owns(subject, permission) || self.has(permission).await
    }

    /// Refuses what the viewer may not change: as forbidden where it sees it, as not there otherwise.
    pub(crate) async fn check_change(
        &self,
        subject: &EntityRef,
        permission: &str,
        read: &str,
        absent: &str,
    ) -> Result<()> {
        if self.owns(subject, permission) || self.has(permission).await {
            return Ok(());
        }
        self.context.record_denied(permission, Some(subject.to_string())).await;
        Err(if self.may_read(subject, read).await {
            Problem::forbidden(format!("you may not do this, it takes `{permission}`"))
                .about_permission(permission)
        } else {
            Problem::not_found(absent)
        })
    }

    /// The user itself, not the guest, and not through a token that is for something else.
    pub(crate) fn own_user(&self, what: &str) -> Result<&EntityRef> {
        let refused = |reason: &str| Err(Problem::forbidden(format!("{reason} {what}")));
        match self.viewer().subject() {
            Subject::Anonymous => {
                Err(Problem::new(callboard_kit::Code::Unauthenticated, format!("sign in to {what}")))
            }
            _ if is_guest(self.viewer()) => refused("guests cannot"),
            Subject::User(_) if self.viewer().token_permissions().is_some() => {
                refused("a token with limited permissions cannot")
            }
            Subject::User(user) => Ok(user),
            Subject::Service(_) => refused("services cannot"),
        }
    }
}

/// Whether somebody acts as a user without having shown any credentials.
pub(crate) const fn is_guest(viewer: &Viewer) -> bool {
    viewer.is_guest()
}
