use std::sync::Arc;

use async_graphql::parser::types::{DocumentOperations, OperationType};
use async_trait::async_trait;
use callboard_kit::{SubgraphRequest, SubgraphResponse, SubgraphService};
use futures::stream::BoxStream;

use crate::service::CatalogService;

/// Answers queries so that no answer mixes what was before a change with what is after it.
pub struct WholeAnswers<S> {
    pub service: Arc<CatalogService>,
    pub schema: S,
}

#[async_trait]
impl<S: SubgraphService> SubgraphService for WholeAnswers<S> {
    async fn execute(&self, request: SubgraphRequest) -> SubgraphResponse {
        if changes_something(&request) {
            return self.schema.execute(request).await;
        }
        self.service.of_one_moment(|| self.schema.execute(request.clone())).await
    }

    fn subscribe(&self, request: SubgraphRequest) -> BoxStream<'static, SubgraphResponse> {
        self.schema.subscribe(request)
    }

    fn wants_parsed_documents(&self) -> bool {
        self.schema.wants_parsed_documents()
    }
}

/// Whether it may be run once only. What is not parsed yet may be anything.
fn changes_something(request: &SubgraphRequest) -> bool {
    let Some(document) = &request.document else { return true };
    match &document.operations {
        DocumentOperations::Single(operation) => operation.node.ty != OperationType::Query,
        DocumentOperations::Multiple(operations) => {
            operations.values().any(|operation| operation.node.ty != OperationType::Query)
        }
    }
}
