//! `_entities` as the gateway needs it: what goes wrong with one entity is told at its place and costs no other.

use std::borrow::Cow;

use async_graphql::{
    Context, ContextSelectionSet, Name, ObjectType, OutputType, Positioned, Schema, SchemaBuilder,
    ServerResult, SubscriptionType, ValidationMode, Value, Variables,
    parser::types::{ExecutableDocument, Field, Selection},
    registry::Registry,
    resolver_utils::{ContainerType, resolve_container},
};

use crate::audit::AuditedMutations;

/// A subgraph's schema. [`subgraph_schema`] makes one.
pub type SubgraphSchema<Q, M, S> = Schema<EntityBatch<Q>, AuditedMutations<M>, S>;

/// Begins the schema of a subgraph. Its fetches come from operations that the gateway has validated.
pub fn subgraph_schema<Q, M, S>(
    query: Q,
    mutation: M,
    subscription: S,
) -> SchemaBuilder<EntityBatch<Q>, AuditedMutations<M>, S>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    Schema::build(EntityBatch(query), AuditedMutations(mutation), subscription)
        .validation_mode(ValidationMode::Fast)
        .enable_federation()
        .enable_subscription_in_federation()
}

/// The query root of a subgraph: the plugin's own, whose entity resolvers are asked one entity at a time.
///
/// Left to itself async-graphql gives up a whole batch for one entity that is missing or fails, and its errors do not say
/// which of the batch they are about.
pub struct EntityBatch<Q>(Q);

/// Where a representation is in its list; rides along in it, as resolvers are told of nothing else.
const INDEX: &str = "__index";

impl<Q: ObjectType> ContainerType for EntityBatch<Q> {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        self.0.resolve_field(ctx).await
    }

    async fn find_entity(&self, ctx: &Context<'_>, representation: &Value) -> ServerResult<Option<Value>> {
        let index = match representation {
            Value::Object(fields) => match fields.get(INDEX) {
                Some(Value::Number(index)) => index.as_u64().and_then(|index| usize::try_from(index).ok()),
                _ => None,
            },
            _ => None,
        };
        let Some(index) = index else { return self.0.find_entity(ctx, representation).await };
        let ctx = ctx.with_index(index);
        let found = self.0.find_entity(&ctx, representation).await.unwrap_or_else(|error| {
            let error = if error.path.is_empty() { ctx.set_error_path(error) } else { error };
            ctx.add_error(error);
            None
        });
        Ok(Some(found.unwrap_or_default()))
    }
}

impl<Q: ObjectType> OutputType for EntityBatch<Q> {
    fn type_name() -> Cow<'static, str> {
        Q::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        Q::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        resolve_container(ctx, self).await
    }
}

impl<Q: ObjectType> ObjectType for EntityBatch<Q> {}

/// Numbers the representations that a fetch asks about.
pub(crate) fn number_representations(document: &ExecutableDocument, variables: &mut Variables) {
    for (_, operation) in document.operations.iter() {
        for selection in &operation.node.selection_set.node.items {
            if let Selection::Field(field) = &selection.node
                && field.node.name.node == "_entities"
                && let Some(name) = representations_variable(&field.node)
                && let Some(Value::List(representations)) = variables.get_mut(&name)
            {
                for (index, representation) in representations.iter_mut().enumerate() {
                    if let Value::Object(fields) = representation {
                        fields.insert(Name::new(INDEX), index.into());
                    }
                }
            }
        }
    }
}

fn representations_variable(field: &Field) -> Option<Name> {
    let mut variable = None;
    let argument = field.get_argument("representations")?.node.clone();
    // The type of such values is not public; their variables can be had by replacing them.
    let _ = argument.into_const_with(|name| {
        variable = Some(name);
        Err::<Value, ()>(())
    });
    variable
}
