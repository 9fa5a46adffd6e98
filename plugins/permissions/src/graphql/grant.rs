use async_graphql::{Context, Enum, ID, InputObject, Json, Object};
use serde_json::Value;

use super::{access::Action, permissions};
use crate::{config, model, service::WrittenGrant};

/// What a grant does.
#[derive(Clone, Copy, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "config::Effect")]
pub(crate) enum Effect {
    /// Lets it pass.
    #[default]
    Allow,
    /// Stops it.
    Deny,
}

/// One permission, or several, allowed or denied.
pub(crate) struct Grant(pub model::Grant);

#[Object]
impl Grant {
    /// Its id, for `revokePermission`.
    async fn id(&self) -> ID {
        ID(self.0.id.clone())
    }

    /// A permission, e.g. `catalog.entity.read`, or a pattern of names, e.g. `catalog.*`; with `action` a type of
    /// resources, e.g. `catalog-entity`.
    async fn permission(&self) -> &str {
        self.0.target.permission()
    }

    /// Where `permission` is a type of resources: every permission for this action on them.
    async fn action(&self) -> Option<Action> {
        self.0.target.action().map(Action::from)
    }

    /// Whether it allows or denies.
    async fn effect(&self) -> Effect {
        self.0.effect.into()
    }

    /// For which resources: `{ rule, params }`, or conditions under `allOf`, `anyOf` and `not`; null for all.
    async fn when(&self) -> Option<Json<Value>> {
        self.0.when.as_ref().and_then(|when| serde_json::to_value(when).ok()).map(Json)
    }

    /// The names of the permissions that it reaches today.
    async fn permissions(&self, ctx: &Context<'_>) -> Vec<&'static str> {
        let book = permissions(ctx).service().book();
        let known = book.knowledge().permissions.iter();
        let mut names: Vec<&'static str> =
            known.filter(|known| self.0.target.matches(&(*known).into())).map(|known| known.name).collect();
        names.sort_unstable();
        names
    }
}

/// What a role is to grant.
#[derive(InputObject)]
pub(crate) struct GrantInput {
    /// A permission, or a pattern such as `catalog.*`; with `action` a type of resources, e.g. `catalog-entity`.
    permission: String,
    /// Makes it a grant of every permission for this action on resources of that type.
    action: Option<Action>,
    /// Whether it allows or denies.
    #[graphql(default)]
    effect: Effect,
    /// For which resources: `{ rule, params }`, or conditions under `allOf`, `anyOf` and `not`. Absent: all.
    when: Option<Json<Value>>,
}

impl From<GrantInput> for WrittenGrant {
    fn from(input: GrantInput) -> Self {
        Self {
            permission: input.permission,
            action: input.action.map(Into::into),
            effect: input.effect.into(),
            when: input.when.map(|when| when.0),
        }
    }
}

/// What to grant to a role.
#[derive(InputObject)]
pub(crate) struct GrantPermissionInput {
    /// The name of the role.
    pub role: String,
    /// A permission, or a pattern such as `catalog.*`; with `action` a type of resources, e.g. `catalog-entity`.
    permission: String,
    /// Makes it a grant of every permission for this action on resources of that type.
    action: Option<Action>,
    /// Whether it allows or denies.
    #[graphql(default)]
    effect: Effect,
    /// For which resources: `{ rule, params }`, or conditions under `allOf`, `anyOf` and `not`. Absent: all.
    when: Option<Json<Value>>,
    /// The `revision` of the role as it was seen; `CONFLICT` where it is another one by now.
    pub expected_revision: Option<String>,
}

impl GrantPermissionInput {
    pub fn written(self) -> WrittenGrant {
        let Self { permission, action, effect, when, .. } = self;
        GrantInput { permission, action, effect, when }.into()
    }
}
