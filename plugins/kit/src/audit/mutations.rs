use std::borrow::Cow;

use async_graphql::{
    Context, ContextSelectionSet, ObjectType, OutputType, Positioned, ServerError, ServerResult, Value,
    parser::types::Field,
    registry::Registry,
    resolver_utils::{ContainerType, resolve_container_serial},
};

use super::{AuditEvent, AuditOutcome, note};
use crate::{Code, Problem, RequestContext};

/// The mutation root of a subgraph: the plugin's own, each of whose fields leaves an audit event, however it ends.
pub struct AuditedMutations<M>(pub M);

impl<M: ObjectType> ContainerType for AuditedMutations<M> {
    fn is_empty() -> bool {
        M::is_empty()
    }

    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        let (answer, note) = note::noting(self.0.resolve_field(ctx)).await;
        let name = ctx.item.node.name.node.as_str();
        if let Some(context) = ctx.data_opt::<RequestContext>()
            && !name.starts_with("__")
        {
            let mut event = AuditEvent {
                target: note.target,
                message: note.message,
                changes: note.changes,
                ..context.audit_event(name)
            };
            if let Err(error) = &answer {
                event = match note.denied {
                    Some(reason) => event.ended(AuditOutcome::Denied, reason),
                    None => event.ended(outcome_of(error), &error.message),
                };
            }
            context.record(event).await;
        }
        answer
    }
}

fn outcome_of(error: &ServerError) -> AuditOutcome {
    AuditOutcome::of(error.source::<Problem>().map_or(Code::Internal, Problem::code))
}

impl<M: ObjectType> OutputType for AuditedMutations<M> {
    fn type_name() -> Cow<'static, str> {
        M::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        M::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        resolve_container_serial(ctx, self).await
    }
}

impl<M: ObjectType> ObjectType for AuditedMutations<M> {}
