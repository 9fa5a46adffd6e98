use async_graphql::{ErrorExtensionValues, PathSegment, ServerError, Value};
use callboard_kit::{Code, Problem, SubgraphResponse};
use serde::Deserialize;

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    data: Option<Value>,
    #[serde(default)]
    errors: Option<Vec<AnswerError>>,
}

#[derive(Deserialize)]
struct AnswerError {
    #[serde(default)]
    message: Option<String>,
    #[serde(default)]
    path: Option<Vec<PathSegment>>,
    #[serde(default)]
    extensions: Option<ErrorExtensionValues>,
}

/// An answer of another process. Anything that is none counts as no answer.
pub(super) fn read(id: &str, status: u16, bytes: &[u8]) -> SubgraphResponse {
    match serde_json::from_slice::<Answer>(bytes) {
        Ok(Answer { data, errors }) if data.is_some() || errors.is_some() => SubgraphResponse {
            data: data.unwrap_or_default(),
            errors: errors.unwrap_or_default().into_iter().map(error).collect(),
        },
        _ => {
            tracing::warn!(subgraph = id, status, "a remote subgraph answered something else than GraphQL");
            unavailable(Code::Unavailable, format!("`{id}` answered something else than GraphQL"))
        }
    }
}

fn error(answer: AnswerError) -> ServerError {
    let mut error = ServerError::new(answer.message.unwrap_or_else(|| "unknown error".to_owned()), None);
    error.path = answer.path.unwrap_or_default();
    error.extensions = answer.extensions;
    error
}

/// An answer that says only that there is none.
pub(super) fn unavailable(code: Code, message: String) -> SubgraphResponse {
    let error = async_graphql::Error::from(Problem::new(code, message));
    SubgraphResponse {
        data: Value::Null,
        errors: vec![error.into_server_error(async_graphql::Pos::default())],
    }
}
