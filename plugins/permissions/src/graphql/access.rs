use async_graphql::{Context, Enum, ID, Json, Object, SimpleObject};
use callboard_kit::{EntityRef, PermissionAction, PermissionDefinition, Result, ViewerContext};

use super::permissions;

/// The permissions, their rules, and what the viewer may do.
#[derive(Default)]
pub(crate) struct AccessQuery;

#[Object]
impl AccessQuery {
    /// Every permission that the portal checks, by name; null without credentials.
    async fn permissions(&self, ctx: &Context<'_>) -> Option<Vec<Permission>> {
        if !ctx.viewer().is_authenticated() {
            return None;
        }
        let book = permissions(ctx).service().book();
        let mut known: Vec<Permission> = book.knowledge().permissions.iter().map(Permission::from).collect();
        known.sort_by(|left, right| left.name.cmp(right.name));
        Some(known)
    }

    /// The rules that conditions are made of, by resource type and name; null without credentials.
    async fn condition_rules(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those for resources of this type, e.g. `catalog-entity`.")]
        resource_type: Option<String>,
    ) -> Option<Vec<ConditionRule>> {
        if !ctx.viewer().is_authenticated() {
            return None;
        }
        let book = permissions(ctx).service().book();
        let rules = book.knowledge().rules.iter();
        let wanted =
            rules.filter(|rule| resource_type.as_ref().is_none_or(|wanted| rule.resource_type == wanted));
        Some(wanted.map(ConditionRule::from).collect())
    }

    #[graphql(entity)]
    async fn find_entity_by_id(&self, id: ID) -> Option<Entity> {
        Some(Entity { id })
    }

    #[graphql(entity)]
    async fn find_viewer_by_ref(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "ref")] reference: EntityRef,
    ) -> Option<Viewer> {
        (ctx.viewer().reference() == Some(&reference)).then_some(Viewer { reference })
    }
}

/// Something that the portal lets some do and others not.
#[derive(SimpleObject)]
pub(crate) struct Permission {
    /// The dotted name that grants use, e.g. `catalog.entity.read`.
    name: &'static str,
    /// What it lets its holder do.
    description: &'static str,
    /// The kind of act.
    action: Action,
    /// The type of resource that conditions can narrow it to; null where there is none.
    resource_type: Option<&'static str>,
}

impl From<&PermissionDefinition> for Permission {
    fn from(definition: &PermissionDefinition) -> Self {
        Self {
            name: definition.name,
            description: definition.description,
            action: definition.action.into(),
            resource_type: definition.resource_type,
        }
    }
}

/// The kind of act that a permission lets its holder do.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "PermissionAction", remote = "PermissionAction")]
pub(crate) enum Action {
    /// Bring something into being.
    Create,
    /// See it.
    Read,
    /// Change it.
    Update,
    /// Remove it.
    Delete,
    /// Make it do something.
    Use,
}

/// A rule that conditions are made of: with parameters it selects resources of one type.
#[derive(SimpleObject)]
pub(crate) struct ConditionRule {
    /// Its name, e.g. `IS_ENTITY_OWNER`.
    name: &'static str,
    /// What it selects.
    description: &'static str,
    /// The type of resources that it is for, e.g. `catalog-entity`.
    resource_type: &'static str,
    /// The JSON Schema of its parameters.
    params: Json<serde_json::Value>,
}

impl From<&callboard_kit::ConditionRule> for ConditionRule {
    fn from(rule: &callboard_kit::ConditionRule) -> Self {
        Self {
            name: rule.name,
            description: rule.description,
            resource_type: rule.resource_type,
            params: Json((rule.params)()),
        }
    }
}

/// Any entity of the catalog, of whatever kind.
pub(crate) struct Entity {
    id: ID,
}

#[Object(interface_object)]
impl Entity {
    /// The global id.
    async fn id(&self) -> &ID {
        &self.id
    }

    /// Whether the viewer has this permission on this entity. An unknown permission is `BAD_USER_INPUT`.
    async fn viewer_can(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The name of a permission, e.g. `catalog.entity.delete`.")] permission: String,
    ) -> Result<Option<bool>> {
        permissions(ctx).can(&permission, Some(self.id.as_str())).await.map(Some)
    }
}

/// Who asks.
pub(crate) struct Viewer {
    reference: EntityRef,
}

#[Object]
impl Viewer {
    /// The reference of the user or the service.
    #[graphql(name = "ref")]
    async fn reference(&self) -> &EntityRef {
        &self.reference
    }

    /// Whether the viewer has this permission: on `resource` where it is given, else on anything at all. An unknown
    /// permission is `BAD_USER_INPUT`; an entity that does not exist or may not be seen gives `false`.
    async fn can(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The name of a permission, e.g. `catalog.entity.delete`.")] permission: String,
        #[graphql(desc = "The entity it is about.")] resource: Option<EntityRef>,
    ) -> Result<Option<bool>> {
        permissions(ctx).can_on(&permission, resource.as_ref()).await.map(Some)
    }
}
