use std::sync::Arc;

use async_graphql::Value;
use callboard_kit::{
    Code, GraphqlError, GraphqlRequest, GraphqlResponse, Rejection, RequestContext, Subgraph,
};
use futures::{StreamExt, stream::BoxStream};
use graphql_tools::{
    parser::{parse_schema, schema::Document as SchemaDocument},
    static_graphql::schema::{Definition, Document, TypeDefinition},
};

use crate::{
    cache::{BoundedCache, CacheStats},
    compose::{Composed, CompositionError, CompositionErrors, NODE_SUBGRAPH, SubgraphSdl, compose_sdl},
    execute::{ErrorBody, Executor},
    introspect::{INTROSPECTION_SDL, introspect},
    node::{NodeLookup, node_sdl},
    operation::OperationKind,
    options::GatewayOptions,
    persisted::PersistedQueries,
    plan::{FieldContent, Planner},
    prepare::{Cached, OperationKey, Ready, rejected},
    schema_index::SchemaIndex,
};

/// A federated graph that answers operations.
pub struct Gateway {
    pub(crate) composed: Composed,
    pub(crate) schema: SchemaIndex,
    pub(crate) executor: Arc<Executor>,
    pub(crate) plans: BoundedCache<OperationKey, Cached>,
    pub(crate) persisted: PersistedQueries,
}

impl std::fmt::Debug for Gateway {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Gateway").field("subgraphs", &self.executor.subgraphs).finish_non_exhaustive()
    }
}

impl Gateway {
    /// Composes subgraphs into one graph; an error names what keeps them from it.
    pub fn compose(mut subgraphs: Vec<Subgraph>, options: GatewayOptions) -> Result<Self, CompositionErrors> {
        let sdl = |subgraphs: &[Subgraph]| {
            let sdl = subgraphs
                .iter()
                .map(|subgraph| (subgraph.id.clone(), subgraph.sdl.clone(), subgraph.url.clone()));
            sdl.collect::<Vec<_>>()
        };
        let parts = sdl(&subgraphs);
        let parts: Vec<SubgraphSdl<'_>> =
            parts.iter().map(|(id, sdl, url)| SubgraphSdl { id, sdl, url: url.as_deref() }).collect();
        let composed = compose_sdl(&parts, options.node_lookup)?;
        if options.node_lookup
            && let Some(sdl) = node_sdl(&parts)?
        {
            let service = Arc::new(NodeLookup::new(&subgraphs)?);
            let id = NODE_SUBGRAPH.to_owned();
            subgraphs.push(Subgraph { id, sdl, url: None, timeout: None, service });
        }
        let parsed = subgraphs
            .iter()
            .map(|subgraph| (subgraph.id.as_str(), subgraph.service.wants_parsed_documents()));
        let planner = Planner::new(&composed.supergraph_sdl, parsed)
            .map_err(|error| CompositionError::new("PLANNER", error.to_string()))?;
        let schema = SchemaIndex::new(client_document(&composed.public_sdl)?);
        let plans = BoundedCache::new(options.plan_cache_entries, options.plan_cache_bytes);
        let persisted = PersistedQueries::new(options.plan_cache_entries, options.plan_cache_bytes / 4);
        let executor =
            Arc::new(Executor { subgraphs: subgraphs.into(), planner: Arc::new(planner), options });
        Ok(Self { composed, schema, executor, plans, persisted })
    }

    /// The schema as clients see it.
    pub fn public_sdl(&self) -> &str {
        &self.composed.public_sdl
    }

    /// The supergraph, as other routers read it.
    pub fn supergraph_sdl(&self) -> &str {
        &self.composed.supergraph_sdl
    }

    /// How full the cache of plans is and how well it serves.
    pub fn plan_cache_stats(&self) -> CacheStats {
        self.plans.stats()
    }

    /// How full the store of persisted queries is and how well it serves.
    pub fn persisted_query_stats(&self) -> CacheStats {
        self.persisted.stats()
    }

    pub(crate) fn options(&self) -> &GatewayOptions {
        &self.executor.options
    }

    /// Runs a query or mutation.
    pub async fn execute(
        self: Arc<Self>,
        request: GraphqlRequest,
        context: RequestContext,
    ) -> GraphqlResponse {
        match self.prepare(request).await {
            Ok(ready) if ready.prepared.operation.kind == OperationKind::Subscription => rejected(
                Rejection::SubscriptionNotSupported,
                ErrorBody::new(
                    Code::BadUserInput,
                    "subscriptions need a stream: server-sent events or WebSocket",
                ),
            ),
            Ok(ready) => self.run(ready, &context).await,
            Err(response) => *response,
        }
    }

    /// Runs any operation as a stream of answers.
    pub fn subscribe(
        self: Arc<Self>,
        request: GraphqlRequest,
        context: RequestContext,
    ) -> BoxStream<'static, GraphqlResponse> {
        let start = async move {
            match self.prepare(request).await {
                Err(response) => futures::stream::iter([*response]).boxed(),
                Ok(ready) if ready.prepared.operation.kind == OperationKind::Subscription => {
                    let executor = Arc::clone(&self.executor);
                    let variables = Arc::new(ready.variables);
                    executor.subscribe(ready.plan, variables, context).map(answer).boxed()
                }
                Ok(ready) => {
                    let response = self.run(ready, &context).await;
                    futures::stream::iter([response]).boxed()
                }
            }
        };
        futures::stream::once(start).flatten().boxed()
    }

    async fn run(&self, ready: Ready, context: &RequestContext) -> GraphqlResponse {
        let Ready { prepared, plan, variables, conditions } = ready;
        let introspects =
            plan.selection.fields.iter().any(|field| matches!(field.content, FieldContent::Introspection));
        let data = if introspects {
            introspect(&self.schema, &prepared.operation, &conditions, &variables)
        } else {
            async_graphql::indexmap::IndexMap::new()
        };
        answer(self.executor.run(&plan, &variables, context, Value::Object(data)).await)
    }
}

fn answer((data, errors): (Value, Vec<GraphqlError>)) -> GraphqlResponse {
    GraphqlResponse { data: Some(data), errors, ..GraphqlResponse::default() }
}

/// The public schema with what introspection needs: the document operations are validated against.
fn client_document(public_sdl: &str) -> Result<Document, CompositionErrors> {
    let parse = |sdl: &str| {
        parse_schema::<String>(sdl).map(SchemaDocument::into_static).map_err(|error| {
            CompositionErrors::from(CompositionError::new("PUBLIC_SCHEMA", error.to_string()))
        })
    };
    let mut document = parse(public_sdl)?;
    let own = parse(INTROSPECTION_SDL)?;
    let known: std::collections::HashSet<String> = document
        .definitions
        .iter()
        .filter_map(|definition| match definition {
            Definition::DirectiveDefinition(directive) => Some(directive.name.clone()),
            Definition::TypeDefinition(TypeDefinition::Scalar(scalar)) => Some(scalar.name.clone()),
            _ => None,
        })
        .collect();
    document.definitions.extend(own.definitions.into_iter().filter(|definition| match definition {
        Definition::DirectiveDefinition(directive) => !known.contains(&directive.name),
        Definition::TypeDefinition(TypeDefinition::Scalar(scalar)) => !known.contains(&scalar.name),
        _ => true,
    }));
    let query = document.query_type_name().cloned().unwrap_or_else(|| "Query".to_owned());
    let roots = parse("type Query { __schema: __Schema! __type(name: String!): __Type }")?;
    let fields = roots.definitions.into_iter().find_map(|definition| match definition {
        Definition::TypeDefinition(TypeDefinition::Object(object)) => Some(object.fields),
        _ => None,
    });
    for definition in &mut document.definitions {
        if let Definition::TypeDefinition(TypeDefinition::Object(object)) = definition
            && object.name == query
        {
            object.fields.extend(fields.iter().flatten().cloned());
        }
    }
    Ok(document)
}
