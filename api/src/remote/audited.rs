use std::sync::Arc;

use async_graphql::{
    PathSegment, ServerError, Value,
    parser::{
        parse_query,
        types::{OperationType, Selection},
    },
};
use async_trait::async_trait;
use callboard_kit::{
    AuditOutcome, AuditWeight, RequestContext, SubgraphRequest, SubgraphResponse, SubgraphService,
};
use futures::stream::BoxStream;

/// How much of what a plugin says of an error is kept, in characters.
const LONGEST_MESSAGE: usize = 200;

/// A remote subgraph whose mutations leave audit events, as those of plugins that are compiled in do. What exactly was
/// changed only it knows.
pub(super) struct AuditedSubgraph(pub Arc<dyn SubgraphService>);

#[async_trait]
impl SubgraphService for AuditedSubgraph {
    async fn execute(&self, request: SubgraphRequest) -> SubgraphResponse {
        let fields = mutations_of(&request.query);
        if fields.is_empty() {
            return self.0.execute(request).await;
        }
        let mut witness = Witness { context: request.context.clone(), fields };
        let response = self.0.execute(request).await;
        while !witness.fields.is_empty() {
            let (name, key) = witness.fields.remove(0);
            let event = witness.context.audit_event(name);
            let event = match response.errors.iter().find(|error| is_about(error, &key)) {
                // The plugin may have done it before it failed, or before it was given up.
                Some(error) => {
                    let told: String = error.message.chars().take(LONGEST_MESSAGE).collect();
                    match outcome_of(error) {
                        AuditOutcome::Denied => event.ended(AuditOutcome::Denied, told),
                        outcome => event.ended(outcome, told).weighing(AuditWeight::Kept),
                    }
                }
                None => event,
            };
            witness.context.record(event).await;
        }
        response
    }

    fn subscribe(&self, request: SubgraphRequest) -> BoxStream<'static, SubgraphResponse> {
        self.0.subscribe(request)
    }
}

/// Sees to it that acts are written down when their client leaves before the plugin answers.
struct Witness {
    context: RequestContext,
    /// Those that are not written down yet.
    fields: Vec<(String, String)>,
}

impl Drop for Witness {
    fn drop(&mut self) {
        for (name, _) in &self.fields {
            self.context.record_left(self.context.audit_event(name));
        }
    }
}

/// The names and response keys of the mutations that a fetch asks for.
fn mutations_of(query: &str) -> Vec<(String, String)> {
    // Most fetches are queries and need not be read.
    if !query.trim_start().starts_with("mutation") {
        return Vec::new();
    }
    let Ok(document) = parse_query(query) else { return Vec::new() };
    let mutations =
        document.operations.iter().filter(|(_, operation)| operation.node.ty == OperationType::Mutation);
    let fields = mutations.flat_map(|(_, operation)| &operation.node.selection_set.node.items);
    fields
        .filter_map(|selection| match &selection.node {
            Selection::Field(field) => {
                Some((field.node.name.node.to_string(), field.node.response_key().node.to_string()))
            }
            Selection::FragmentSpread(_) | Selection::InlineFragment(_) => None,
        })
        .filter(|(name, _)| !name.starts_with("__"))
        .collect()
}

/// An error without a path is about all that was asked.
fn is_about(error: &ServerError, key: &str) -> bool {
    match error.path.first() {
        Some(PathSegment::Field(first)) => first == key,
        _ => true,
    }
}

fn outcome_of(error: &ServerError) -> AuditOutcome {
    let code = error.extensions.as_ref().and_then(|extensions| extensions.get("code"));
    match code {
        Some(Value::String(code))
            if matches!(code.as_str(), "FORBIDDEN" | "UNAUTHENTICATED" | "RATE_LIMITED") =>
        {
            AuditOutcome::Denied
        }
        _ => AuditOutcome::Failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_mutations_are_found_under_the_keys_of_their_answers() {
        assert!(mutations_of("{ a }").is_empty());
        assert!(mutations_of("query mutation { a }").is_empty());
        let found = mutations_of("mutation M($x: Int) { a(x: $x) { b } c: d __typename }");
        assert_eq!(found, [("a".to_owned(), "a".to_owned()), ("d".to_owned(), "c".to_owned())]);
    }
}
