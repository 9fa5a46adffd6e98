mod condition;
mod remedy;
mod verdict;

use std::sync::Arc;

use callboard_kit::{
    Decision, EntityRef, PermissionDefinition, PermissionPattern, Problem, Result, Subject, Viewer, nearest,
};
use serde_json::Value;

pub(crate) use remedy::Remedy;

use self::{condition::Evaluator, verdict::Weighed};
use super::{
    PermissionRequest,
    delegation::Right,
    request::{ENTITY, ENTITY_READ},
};
use crate::{
    book::{Knowledge, RoleBook},
    model::{Asked, Grant, Holding, Role},
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
        let viewer = self.viewer_for(subject).await?;
        let question = Question {
            request: self,
            book: &book,
            right: &right,
            asked: Asked::from(&definition),
            viewer: &viewer,
            resource: resource.zip(id.as_deref()),
        };
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

/// A question, with all that it takes to answer it.
struct Question<'a> {
    request: &'a PermissionRequest,
    book: &'a RoleBook,
    /// Which roles the viewer who asks may see.
    right: &'a Right,
    asked: Asked<'a>,
    /// The subject.
    viewer: &'a Viewer,
    resource: Option<(&'a EntityRef, &'a str)>,
}

impl Question<'_> {
    async fn by_roles(&self) -> Result<Explanation> {
        let evaluator =
            Evaluator::new(self.request, &self.book.knowledge().rules, self.asked.resource_type, self.viewer);
        let mut weighed = Vec::new();
        for role in self.book.roles() {
            let holding = role.held_by(self.viewer.ownership_refs());
            // Of roles that the viewer may not see only their own are told, which act on them anyway.
            let own = holding != Holding::Not && self.request.viewer().reference() == self.viewer.reference();
            if !self.right.covers(role) && !own {
                continue;
            }
            for grant in role.grants.iter().filter(|grant| grant.target.matches(&self.asked)) {
                let id = self.resource.map(|(_, id)| id);
                let (condition, holds) = match &grant.when {
                    None => (None, Some(true)),
                    Some(when) => {
                        let (tree, holds) = evaluator.evaluate(when, id).await?;
                        (Some(tree), holds)
                    }
                };
                weighed.push(Weighed { role, grant, holding, condition, holds });
            }
        }
        let decision = self.decision().await?;
        let grants = verdict::weigh(weighed, self.resource.is_some());
        let remedies = remedy::remedies(self.book, self.viewer, &self.asked, &decision, &grants);
        Ok(Explanation { summary: self.summary(&decision, &grants), grants, remedies, ..self.bare(decision) })
    }

    /// Services have no roles, and without checks nobody needs one.
    async fn without_roles(&self) -> Result<Explanation> {
        let decision = self.decision().await?;
        let subject = self.subject();
        let (verb, name) = (may(&decision), self.asked.name);
        let why = if self.book.knowledge().enabled {
            "what a service may do is in the permissions of its tokens, and it has no roles"
        } else {
            "permissions are off (`permission.enabled: false`)"
        };
        let remedies = match decision {
            Decision::Deny => vec![Remedy::for_service(&subject, name)],
            _ => Vec::new(),
        };
        let summary = format!("`{subject}` {verb} `{name}`: {why}.");
        Ok(Explanation { summary, remedies, ..self.bare(decision) })
    }

    /// For the resource where there is one, else for all.
    async fn decision(&self) -> Result<Decision> {
        let decision = self.book.decide(self.viewer, self.asked.name);
        let (Decision::Conditional(filter), Some((_, id))) = (&decision, self.resource) else {
            return Ok(decision);
        };
        let selected = match self.request.service.services.catalog.get() {
            Some(catalog) => catalog.select(&[id.to_owned()], filter).await?.first() == Some(&true),
            None => false,
        };
        Ok(if selected { Decision::Allow } else { Decision::Deny })
    }

    fn subject(&self) -> EntityRef {
        self.viewer.reference().cloned().unwrap_or_else(|| self.viewer.ownership_refs()[0].clone())
    }

    fn bare(&self, decision: Decision) -> Explanation {
        Explanation {
            decision,
            summary: String::new(),
            subject: self.subject(),
            permission: self.asked.name.to_owned(),
            resource: self.resource.map(|(resource, _)| resource.clone()),
            grants: Vec::new(),
            remedies: Vec::new(),
        }
    }

    fn summary(&self, decision: &Decision, grants: &[GrantEvaluation]) -> String {
        let (subject, name) = (self.subject(), self.asked.name);
        let on = self.resource.map(|(resource, _)| format!(" on `{resource}`")).unwrap_or_default();
        let deciding: Vec<String> = grants
            .iter()
            .filter(|grant| matches!(grant.verdict, GrantVerdict::Decides | GrantVerdict::Contributes))
            .map(|grant| format!("`{}`", grant.role.name))
            .collect();
        let held = grants.iter().filter(|grant| grant.held).count();
        let why = match (deciding.is_empty(), held) {
            (false, _) => {
                let mut names = deciding;
                names.dedup();
                format!("decided by {} {}", if names.len() == 1 { "role" } else { "roles" }, names.join(", "))
            }
            (true, 0) => "no role of theirs grants it, and what no role grants is denied".to_owned(),
            (true, _) => "no grant of their roles applies".to_owned(),
        };
        format!("`{subject}` {} `{name}`{on}: {why}.", may(decision))
    }
}

const fn may(decision: &Decision) -> &'static str {
    match decision {
        Decision::Allow => "has",
        Decision::Deny => "does not have",
        Decision::Conditional(_) => "has, for some resources,",
    }
}
