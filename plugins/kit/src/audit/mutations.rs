use std::borrow::Cow;

use async_graphql::{
    Context, ContextSelectionSet, ObjectType, OutputType, Positioned, ServerError, ServerResult, Value,
    parser::types::Field,
    registry::Registry,
    resolver_utils::{ContainerType, resolve_container_serial},
};

use super::{
    AuditEvent, AuditOutcome, AuditWeight,
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
        let Some(error) = error else { return event };
        match (denied, code_of(error)) {
            (Some(reason), _) => event.ended(AuditOutcome::Denied, reason),
            // It may have been done before it failed.
            (None, Code::Internal) => {
                event.ended(AuditOutcome::Failed, &error.message).weighing(AuditWeight::Kept)
            }
            (None, code) => event.ended(AuditOutcome::of(code), &error.message),
        }
    }

    fn event(&self, note: Note) -> AuditEvent {
        let Note { target, message, changes, is_slight, .. } = note;
        let weight = match (changes.is_empty(), is_slight) {
            (false, _) => AuditWeight::Kept,
            (true, true) => AuditWeight::Slight,
            (true, false) => AuditWeight::Ordinary,
        };
        AuditEvent { target, message, changes, weight, ..self.context.audit_event(&self.name) }
    }
}

impl Drop for Witness {
    fn drop(&mut self) {
        if !self.is_over {
            self.context.record_left(self.event(self.note.take()));
        }
    }
}

fn code_of(error: &ServerError) -> Code {
    error.source::<Problem>().map_or(Code::Internal, Problem::code)
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
        AuditEvent, AuditLog, AuditOutcome, AuditWeight, Client, Problem, RequestContext, Viewer,
        note_slight, note_target, subgraph_schema,
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

        async fn stumble(&self) -> crate::Result<Option<bool>> {
            std::future::ready(Err(Problem::internal("a step"))).await
        }

        async fn refuse(&self) -> crate::Result<Option<bool>> {
            std::future::ready(Err(Problem::forbidden("no"))).await
        }

        async fn wave(&self) -> bool {
            note_slight();
            true
        }
    }

    /// A log that takes its time.
    struct Log(mpsc::UnboundedSender<AuditEvent>);

    #[async_trait::async_trait]
    impl AuditLog for Log {
        async fn record(&self, event: AuditEvent) {
            tokio::time::sleep(Duration::from_millis(10)).await;
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
        assert_eq!((event.target.as_deref(), event.weight), (Some("a door"), AuditWeight::Kept));
        // And who leaves while what was done is written down.
        let left = tokio::time::timeout(Duration::from_millis(2), ask("mutation { knock }")).await;
        assert!(left.is_err());
        let event = events.recv().await.unwrap();
        assert_eq!((event.action.as_str(), event.outcome), ("knock", AuditOutcome::Succeeded));
    }

    #[tokio::test]
    async fn what_may_have_been_done_before_it_failed_is_kept_and_what_was_refused_may_be_left_out() {
        let (sender, mut events) = mpsc::unbounded_channel();
        let context = RequestContext::new(Viewer::anonymous(), "1");
        let context = context.audited(Client::default(), Some(Arc::new(Log(sender))));
        let schema = subgraph_schema(Query, Mutation, EmptySubscription).finish();
        schema.execute(Request::new("mutation { stumble refuse wave }").data(context)).await;
        let mut told = async || {
            let event = events.recv().await.unwrap();
            (event.action, event.outcome, event.weight)
        };
        assert_eq!(told().await, ("stumble".into(), AuditOutcome::Failed, AuditWeight::Kept));
        assert_eq!(told().await, ("refuse".into(), AuditOutcome::Denied, AuditWeight::Ordinary));
        assert_eq!(told().await, ("wave".into(), AuditOutcome::Succeeded, AuditWeight::Slight));
    }
}
