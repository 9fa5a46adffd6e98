mod condition;
mod question;
mod remedy;
mod verdict;

use std::sync::Arc;

use callboard_kit::{
    Decision, EntityRef, PermissionDefinition, PermissionPattern, Problem, Result, Subject, Viewer, nearest,
};
use serde_json::Value;

pub(crate) use remedy::{Remedy, RemedyKind};

use self::question::Question;
use super::{
    PermissionRequest,
    request::{ENTITY, ENTITY_READ},
};
use crate::{
    book::Knowledge,
    model::{Asked, Grant, Role},
    permissions::READ,
};

/// Why somebody may do something, or may not.
#[derive(Debug)]
pub(crate) struct Explanation {
    pub decision: Decision,
    pub summary: String,
    pub subject: EntityRef,
    pub permission: String,
    pub resource: Option<EntityRef>,
    pub grants: Vec<GrantEvaluation>,
    pub remedies: Vec<Remedy>,
}

/// What one grant says to a question.
#[derive(Debug)]
pub(crate) struct GrantEvaluation {
    pub role: Arc<Role>,
    pub grant: Grant,
    /// The member through which the subject has the role; `None` for everyone, or where it has not.
    pub via: Option<EntityRef>,
    pub held: bool,
    pub verdict: GrantVerdict,
    pub reason: String,
    pub condition: Option<Value>,
}

/// What a grant adds to a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GrantVerdict {
    /// The decision is as it says.
    Decides,
    /// It decides for some resources.
    Contributes,
    /// Another one beats it.
    Overridden,
    /// Its condition does not hold for the resource.
    ConditionFails,
    /// The subject does not have its role.
    NotHeld,
}

impl PermissionRequest {
    /// Why `subject` may do something, or may not. Everyone may ask about themselves, and is told of their own roles;
    /// `None` where the viewer may not ask about others.
    pub async fn explain(
        &self,
        subject: &EntityRef,
        permission: &str,
        resource: Option<&EntityRef>,
    ) -> Result<Option<Explanation>> {
        self.require_authenticated()?;
        if !matches!(subject.kind(), "user" | "service") {
            let told = format!("`{subject}` never signs in: name a user or a service");
            return Err(Problem::bad_input("input.subject", told));
        }
        let book = self.service.book();
        let definition = known(book.knowledge(), permission, "input.permission")?;
        let own = self.viewer().reference() == Some(subject);
        let right =
            if own { Some(self.right(READ)) } else { self.may_look(READ, Some(subject.as_str())).await };
        let Some(right) = right else { return Ok(None) };
        let id = match resource {
            Some(resource) => Some(self.resource_id(&definition, resource).await?),
            None => None,
        };
        // About oneself the answer is what this very request may do, through a token as far as that reaches.
        let viewer = if own { self.viewer().clone() } else { self.viewer_for(subject).await? };
        let question = Question {
            request: self,
            book: &book,
            right: &right,
            asked: Asked::from(&definition),
            viewer: &viewer,
            resource: resource.zip(id.as_deref()),
        };
        if own && !viewer.token_allows(permission) {
            return Ok(Some(question.beyond_token()));
        }
        if matches!(viewer.subject(), Subject::Service(_)) || !book.knowledge().enabled {
            return Ok(Some(question.without_roles().await?));
        }
        Ok(Some(question.by_roles().await?))
    }

    /// The id of the resource that is asked about, as far as the viewer may know of it.
    async fn resource_id(&self, definition: &PermissionDefinition, resource: &EntityRef) -> Result<String> {
        if definition.resource_type != Some(ENTITY) {
            let told = format!("`{}` is not about entities: leave `resource` out", definition.name);
            return Err(Problem::bad_input("input.resource", told));
        }
        let missing = || Problem::not_found(format!("there is no entity `{resource}`"));
        let catalog = self.service.services.catalog.get().ok_or_else(missing)?;
        let id = catalog.id_of(resource).await?.ok_or_else(missing)?;
        let visible = match self.service.book().decide(self.viewer(), ENTITY_READ) {
            Decision::Allow => true,
            Decision::Deny => false,
            Decision::Conditional(filter) => {
                catalog.select(std::slice::from_ref(&id), &filter).await?.first() == Some(&true)
            }
        };
        if visible { Ok(id) } else { Err(missing()) }
    }

    /// The subject as it would ask itself: a user in a session, a service by all of its tokens.
    pub(super) async fn viewer_for(&self, subject: &EntityRef) -> Result<Viewer> {
        let services = &self.service.services;
        if subject.kind() == "service" {
            let tokens = match services.authenticator.get() {
                Some(authenticator) => authenticator.tokens_of(subject).await?,
                None => Vec::new(),
            };
            let patterns: Vec<PermissionPattern> =
                tokens.into_iter().flat_map(|token| token.permissions.unwrap_or_default()).collect();
            return Ok(Viewer::service(subject.clone()).with_token_permissions(patterns));
        }
        let groups = match services.catalog.get() {
            Some(catalog) => catalog.groups_of(subject).await?,
            None => Vec::new(),
        };
        Ok(Viewer::user(subject.clone(), groups))
    }
}

/// The permission of this name; `BAD_USER_INPUT` with the one that was meant.
pub(crate) fn known(knowledge: &Knowledge, permission: &str, field: &str) -> Result<PermissionDefinition> {
    if let Some(definition) = knowledge.find(permission) {
        return Ok(*definition);
    }
    let hint = nearest(permission, knowledge.permissions.iter().map(|definition| definition.name))
        .map(|name| format!(", did you mean `{name}`?"))
        .unwrap_or_default();
    Err(Problem::bad_input(field, format!("there is no permission `{permission}`{hint}")))
}
