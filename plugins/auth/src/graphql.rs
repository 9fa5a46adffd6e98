use async_graphql::{Context, EmptyMutation, EmptySubscription, Object};
use callboard_kit::{
    EntityRef, Services, SubgraphSchema, Viewer, ViewerContext, federation_sdl, subgraph_schema,
};

pub(crate) type AuthSchema = SubgraphSchema<Query, EmptyMutation, EmptySubscription>;

pub(crate) fn schema(services: Services) -> AuthSchema {
    subgraph_schema(Query, EmptyMutation, EmptySubscription).data(services).finish()
}

pub(crate) fn sdl() -> String {
    federation_sdl(&schema(Services::default()))
}

/// The roots of the auth plugin.
pub(crate) struct Query;

#[Object]
impl Query {
    /// Who asks; null without credentials.
    async fn viewer(&self, ctx: &Context<'_>) -> Option<ViewerNode> {
        let viewer = ctx.viewer().clone();
        let reference = viewer.reference()?.clone();
        Some(ViewerNode { viewer, reference })
    }
}

/// Who asks.
pub(crate) struct ViewerNode {
    viewer: Viewer,
    reference: EntityRef,
}

#[Object(name = "Viewer", unresolvable = "ref")]
impl ViewerNode {
    /// The reference of the user or the service; `user:default/guest` for a guest.
    #[graphql(name = "ref")]
    async fn reference(&self) -> &EntityRef {
        &self.reference
    }

    /// The title or name as the catalog has it, else the name in the reference.
    async fn display_name(&self, ctx: &Context<'_>) -> callboard_kit::Result<String> {
        let known = match ctx.data_opt::<Services>().and_then(|services| services.catalog.get()) {
            Some(catalog) => catalog.display_name(&self.reference).await?,
            None => None,
        };
        Ok(known.unwrap_or_else(|| self.reference.name().to_owned()))
    }

    /// The viewer itself and every group it belongs to, through parents too.
    async fn ownership_refs(&self) -> Vec<EntityRef> {
        self.viewer.ownership_refs().to_vec()
    }
}
