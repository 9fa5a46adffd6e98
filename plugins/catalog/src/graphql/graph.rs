use async_graphql::{Context, Enum, Object, SimpleObject};
use callboard_kit::{EntityRef, Result};

use super::{catalog, interface::Entity};
use crate::{
    index::{Follow, Graph, GraphDirection as Direction, GraphNode},
    service::Extent,
};

/// Which way relations are followed; `dependsOn` goes out from what depends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Direction")]
pub enum GraphDirection {
    /// From their source to their target.
    Outgoing,
    /// From their target to their source.
    Incoming,
    /// Both ways.
    Both,
}

/// Entities and how they hang together.
#[derive(SimpleObject)]
pub struct EntityGraph {
    /// The nearest first; on a path, in its order.
    nodes: Vec<EntityGraphNode>,
    /// The relations between the nodes, each once.
    edges: Vec<EntityGraphEdge>,
    /// Whether there was more than the limit let through.
    truncated: bool,
}

/// An entity in a graph.
pub struct EntityGraphNode(GraphNode);

/// An entity in a graph.
#[Object]
impl EntityGraphNode {
    /// Its reference.
    #[graphql(name = "ref")]
    async fn reference(&self) -> &EntityRef {
        &self.0.reference
    }

    /// The entity; null where there is none, or none that may be seen.
    async fn entity(&self, ctx: &Context<'_>) -> Result<Option<Entity>> {
        let Some(entity) = &self.0.entity else { return Ok(None) };
        let loaded = catalog(ctx).load(vec![Some(entity.clone())]).await?;
        Ok(loaded.into_iter().flatten().next().map(Entity))
    }

    /// How many steps it is from the roots.
    async fn depth(&self) -> i32 {
        i32::try_from(self.0.depth).unwrap_or(i32::MAX)
    }

    /// Whether relations lead on from it to what the depth or the limit left out.
    async fn has_more(&self) -> bool {
        self.0.has_more
    }
}

/// A relation in a graph. One that has two names, as `ownedBy` and `ownerOf`, is there once, under the first of
/// `ownedBy`, `partOf`, `providesApi`, `consumesApi`, `dependsOn`, `childOf` and `memberOf`.
#[derive(SimpleObject)]
pub struct EntityGraphEdge {
    /// Whose relation it is.
    source: EntityRef,
    /// Where it points.
    target: EntityRef,
    /// Its type, e.g. `dependsOn`.
    #[graphql(name = "type")]
    relation_type: String,
}

impl From<Graph> for EntityGraph {
    fn from(graph: Graph) -> Self {
        let edges = graph.edges.into_iter().map(|edge| EntityGraphEdge {
            source: edge.source,
            target: edge.target,
            relation_type: edge.relation_type,
        });
        Self {
            nodes: graph.nodes.into_iter().map(EntityGraphNode).collect(),
            edges: edges.collect(),
            truncated: graph.is_truncated,
        }
    }
}

/// Walks over relations.
#[derive(Default)]
pub struct GraphQuery;

#[Object]
impl GraphQuery {
    /// What lies around entities.
    #[expect(clippy::too_many_arguments, reason = "what a walk can be told")]
    async fn entity_graph(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where to begin, 100 at most. Those that are not there are left out.")] roots: Vec<
            EntityRef,
        >,
        #[graphql(desc = "Only relations of these types, under either of their names.")] relations: Option<
            Vec<String>,
        >,
        #[graphql(desc = "Only through and to entities of these kinds.")] kinds: Option<Vec<String>>,
        #[graphql(desc = "Which way to follow relations.", default_with = "GraphDirection::Both")]
        direction: GraphDirection,
        #[graphql(desc = "How many steps from the roots, 0 to 20.", default = 1)] depth: i32,
        #[graphql(desc = "How many nodes, 1 to 2000; the nearest are kept.", default = 500)] limit: i32,
    ) -> Result<Option<EntityGraph>> {
        let follow = Follow::Types(relations, direction.into());
        let graph = catalog(ctx).graph(&roots, follow, Extent { kinds, depth, limit }).await?;
        Ok(Some(graph.into()))
    }

    /// A shortest way from one entity to another, whichever way its relations point, with the nodes in order; no nodes
    /// where there is none.
    async fn entity_path(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where it begins.")] from: EntityRef,
        #[graphql(desc = "Where it ends.")] to: EntityRef,
        #[graphql(desc = "Only along relations of these types, under either of their names.")]
        relations: Option<Vec<String>>,
        #[graphql(desc = "Only through entities of these kinds.")] kinds: Option<Vec<String>>,
    ) -> Result<Option<EntityGraph>> {
        let follow = Follow::Types(relations, Direction::Both);
        Ok(Some(catalog(ctx).path(&from, &to, follow, kinds).await?.into()))
    }

    /// Everything that depends on an entity, directly or not: what says that it depends on it, what calls the APIs that
    /// it provides, and so on; of a system or a domain also what depends on its parts.
    async fn entity_dependents(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "ref", desc = "What others depend on.")] reference: EntityRef,
        #[graphql(desc = "How many steps, 0 to 20.", default = 10)] depth: i32,
        #[graphql(desc = "How many nodes, 1 to 2000; the nearest are kept.", default = 500)] limit: i32,
    ) -> Result<Option<EntityGraph>> {
        let extent = Extent { kinds: None, depth, limit };
        Ok(Some(catalog(ctx).graph(&[reference], Follow::Dependents, extent).await?.into()))
    }
}
