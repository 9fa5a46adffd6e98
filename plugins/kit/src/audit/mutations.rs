use std::borrow::Cow;

use async_graphql::{
    Context, ContextSelectionSet, ObjectType, OutputType, Positioned, ServerError, ServerResult, Value,
    parser::types::Field,
    registry::Registry,
    resolver_utils::{ContainerType, resolve_container_serial},
};

use super::{
    AuditEvent, AuditOutcome,
    note::{Note, SharedNote},
};
use crate::{Code, Problem, RequestContext};

/// The mutation root of a subgraph: the plugin's own, each of whose fields leaves an audit event, however it ends.
pub struct AuditedMutations<M>(pub M);

impl<M: ObjectType> ContainerType for AuditedMutations<M> {
    fn is_empty() -> bool {
        M::is_empty()
    }

    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        let name = ctx.item.node.name.node.as_str();
        let context = ctx.data_opt::<RequestContext>().filter(|_| !name.starts_with("__"));
        let Some(context) = context else { return self.0.resolve_field(ctx).await };
        let mut witness = Witness {
            context: context.clone(),
            name: name.to_owned(),
            note: SharedNote::default(),
            is_over: false,
        };
        let answer = witness.note.clone().during(self.0.resolve_field(ctx)).await;
        context.record(witness.ended(answer.as_ref().err())).await;
        answer
    }
}

/// Sees to it that an act is written down when its client leaves before it ends: what was done until then is done.
struct Witness {
    context: RequestContext,
    name: String,
    note: SharedNote,
    is_over: bool,
}

impl Witness {
    /// The event of an act that ended.
    fn ended(&mut self, error: Option<&ServerError>) -> AuditEvent {
        self.is_over = true;
        let mut note = self.note.take();
        let denied = note.denied.take();
        let event = self.event(note);
        match (error, denied) {
            (None, _) => event,
            (Some(_), Some(reason)) => event.ended(AuditOutcome::Denied, reason),
            (Some(error), None) => event.ended(outcome_of(error), &error.message),
        }
    }

    fn event(&self, note: Note) -> AuditEvent {
        let Note { target, message, changes, .. } = note;
        AuditEvent { target, message, changes, ..self.context.audit_event(&self.name) }
    }
}

impl Drop for Witness {
    fn drop(&mut self) {
        if self.is_over {
            return;
        }
        let event = self.event(self.note.take());
        let event = event.ended(AuditOutcome::Failed, "the client left before it ended");
        let context = self.context.clone();
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move { context.record(event).await });
        }
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

#[cfg(test)]
mod tests {
    use std::{sync::Arc, time::Duration};

    use async_graphql::{EmptySubscription, Object, Request};
    use tokio::sync::mpsc;

    use crate::{
        AuditEvent, AuditLog, AuditOutcome, Client, RequestContext, Viewer, note_target, subgraph_schema,
    };

    struct Query;

    #[Object]
    impl Query {
        async fn nothing(&self) -> bool {
            true
        }
    }

    struct Mutation;

    #[Object]
    impl Mutation {
        async fn linger(&self) -> bool {
            note_target("a door");
            std::future::pending().await
        }

        async fn knock(&self) -> bool {
            note_target("a door");
            true
        }
    }

    struct Log(mpsc::UnboundedSender<AuditEvent>);

    #[async_trait::async_trait]
    impl AuditLog for Log {
        async fn record(&self, event: AuditEvent) {
            self.0.send(event).unwrap();
        }
    }

    #[tokio::test]
    async fn who_leaves_before_the_end_is_written_down_all_the_same() {
        let (sender, mut events) = mpsc::unbounded_channel();
        let context = RequestContext::new(Viewer::anonymous(), "1");
        let context = context.audited(Client::default(), Some(Arc::new(Log(sender))));
        let schema = subgraph_schema(Query, Mutation, EmptySubscription).finish();
        let ask = |query: &str| schema.execute(Request::new(query).data(context.clone()));
        ask("{ nothing }").await;
        ask("mutation { a: knock b: knock }").await;
        for _ in 0..2 {
            let event = events.recv().await.unwrap();
            assert_eq!((event.action.as_str(), event.outcome), ("knock", AuditOutcome::Succeeded));
        }
        let left = tokio::time::timeout(Duration::from_millis(20), ask("mutation { linger }")).await;
        assert!(left.is_err());
        let event = events.recv().await.unwrap();
        assert_eq!((event.action.as_str(), event.outcome), ("linger", AuditOutcome::Failed));
        assert_eq!(event.target.as_deref(), Some("a door"));
    }
}
