use std::sync::Arc;

use async_graphql::{Context, EmptyMutation, EmptySubscription, Enum, ID, Object, SimpleObject};
use callboard_kit::{
    Decision, EntityRef, PermissionAction, PermissionDefinition, Problem, Result, Services, SubgraphSchema,
    ViewerContext, federation_sdl, nearest, subgraph_schema,
};

pub(crate) type PermissionsSchema = SubgraphSchema<Query, EmptyMutation, EmptySubscription>;

pub(crate) fn schema(services: Services, permissions: Arc<[PermissionDefinition]>) -> PermissionsSchema {
    subgraph_schema(Query, EmptyMutation, EmptySubscription).data(services).data(permissions).finish()
}

pub(crate) fn sdl() -> String {
    federation_sdl(&schema(Services::default(), Arc::default()))
}

/// The roots of the permissions plugin.
pub(crate) struct Query;

#[Object]
impl Query {
    /// Every permission that the portal checks, by name; null without credentials.
    async fn permissions(&self, ctx: &Context<'_>) -> Option<Vec<Permission>> {
        if !ctx.viewer().is_authenticated() {
            return None;
        }
        let mut permissions: Vec<Permission> =
            ctx.data_opt::<Arc<[PermissionDefinition]>>()?.iter().map(Permission::from).collect();
        permissions.sort_by(|left, right| left.name.cmp(right.name));
        Some(permissions)
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
        can(ctx, &permission, Some(self.id.as_str())).await.map(Some)
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
        let Some(resource) = resource else { return can(ctx, &permission, None).await.map(Some) };
        known(ctx, &permission)?;
        let Some(catalog) = services(ctx)?.catalog.get() else { return Ok(Some(false)) };
        let Some(id) = catalog.id_of(&resource).await? else { return Ok(Some(false)) };
        let visible = can(ctx, "catalog.entity.read", Some(&id)).await?;
        Ok(Some(visible && can(ctx, &permission, Some(&id)).await?))
    }
}

fn services<'a>(ctx: &'a Context<'_>) -> Result<&'a Services> {
    ctx.data_opt::<Services>().ok_or_else(|| Problem::internal("the services are missing"))
}

fn known(ctx: &Context<'_>, permission: &str) -> Result<()> {
    let definitions =
        ctx.data_opt::<Arc<[PermissionDefinition]>>().map_or(&[][..], |definitions| definitions);
    if definitions.iter().any(|definition| definition.name == permission) {
        return Ok(());
    }
    let hint = nearest(permission, definitions.iter().map(|definition| definition.name))
        .map(|name| format!(", did you mean `{name}`?"))
        .unwrap_or_default();
    Err(Problem::bad_input("permission", format!("there is no permission `{permission}`{hint}")))
}

async fn can(ctx: &Context<'_>, permission: &str, id: Option<&str>) -> Result<bool> {
    known(ctx, permission)?;
    let services = services(ctx)?;
    let filter = match services.authorizer().decide(ctx.viewer(), permission).await {
        Decision::Allow => return Ok(true),
        Decision::Deny => return Ok(false),
        Decision::Conditional(filter) => filter,
    };
    let (Some(id), Some(catalog)) = (id, services.catalog.get()) else { return Ok(id.is_none()) };
    Ok(catalog.select(&[id.to_owned()], &filter).await?.first() == Some(&true))
}
