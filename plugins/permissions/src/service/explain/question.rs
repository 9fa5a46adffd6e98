use callboard_kit::{Decision, EntityRef, Result, Viewer};

use super::{
    Explanation, GrantEvaluation, GrantVerdict,
    condition::Evaluator,
    verdict::{self, Weighed},
};
use crate::{
    book::RoleBook,
    model::{Asked, Holding, Role},
    rules::POLICY,
    service::{PermissionRequest, delegation::Right},
};

/// A question, with all that it takes to answer it.
pub(super) struct Question<'a> {
    pub request: &'a PermissionRequest,
    pub book: &'a RoleBook,
    /// Which roles the viewer who asks may see.
    pub right: &'a Right,
    pub asked: Asked<'a>,
    /// The subject.
    pub viewer: &'a Viewer,
    pub resource: Option<(&'a EntityRef, &'a str)>,
}

impl Question<'_> {
    pub async fn by_roles(&self) -> Result<Explanation> {
        let evaluator =
            Evaluator::new(self.request, &self.book.knowledge().rules, self.asked.resource_type, self.viewer);
        let mut weighed = Vec::new();
        for role in self.book.roles() {
            let holding = role.held_by(self.viewer.ownership_refs());
            // What nobody is told of and changes nothing need not be looked at.
            if holding == Holding::Not && !self.right.covers(role) {
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
        let is_shielded = self.asked.resource_type == Some(POLICY);
        let mut grants = verdict::weigh(weighed, self.resource.is_some(), is_shielded);
        let (summary, remedies) = (self.summary(&decision, &grants), self.remedies(&decision, &grants));
        grants.retain(|grant| self.sees(&grant.role));
        Ok(Explanation { summary, grants, remedies, ..self.bare(decision) })
    }

    /// Whether the viewer who asks is told of a role. Of those that they may not see it is only their own, which act on
    /// them anyway.
    pub fn sees(&self, role: &Role) -> bool {
        self.right.covers(role)
            || (self.request.viewer().reference() == self.viewer.reference()
                && role.held_by(self.viewer.ownership_refs()) != Holding::Not)
    }

    /// Whatever the roles of its user say, of which it is told nothing.
    pub fn beyond_token(&self) -> Explanation {
        let (subject, name) = (self.subject(), self.asked.name);
        let summary = format!("`{subject}` does not have `{name}`: the token in use does not include it.");
        Explanation { summary, ..self.bare(Decision::Deny) }
    }

    /// Services have no roles, and without checks nobody needs one.
    pub async fn without_roles(&self) -> Result<Explanation> {
        let decision = self.decision().await?;
        let subject = self.subject();
        let (verb, name) = (may(&decision), self.asked.name);
        let why = if self.book.knowledge().enabled {
            "what a service may do is in the permissions of its tokens, and it has no roles"
        } else {
            "permissions are off (`permission.enabled: false`)"
        };
        let remedies = match decision {
            Decision::Deny => vec![self.token()],
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

    pub fn subject(&self) -> EntityRef {
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
        let deciding = grants
            .iter()
            .filter(|grant| matches!(grant.verdict, GrantVerdict::Decides | GrantVerdict::Contributes));
        let (seen, hidden): (Vec<&GrantEvaluation>, Vec<&GrantEvaluation>) =
            deciding.partition(|grant| self.sees(&grant.role));
        let mut names: Vec<String> = seen.iter().map(|grant| format!("`{}`", grant.role.name)).collect();
        names.dedup();
        let is_held = grants.iter().any(|grant| grant.held);
        let why = match (names.len(), hidden.is_empty()) {
            (0, false) => "decided by roles that you may not see".to_owned(),
            (0, true) if is_held => "no grant of their roles applies".to_owned(),
            (0, true) => "no role of theirs grants it, and what no role grants is denied".to_owned(),
            (1, true) => format!("decided by role {}", names[0]),
            (_, true) => format!("decided by roles {}", names.join(", ")),
            (_, false) => format!("decided by roles {} and others that you may not see", names.join(", ")),
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
