use async_graphql::{ErrorExtensionValues, PathSegment, ServerError};
use callboard_kit::{Code, GraphqlError, Problem, RequestContext};
use serde_json::{Map, Value as Json};

/// What an error tells the client, wherever it is.
#[derive(Clone, Debug, Default)]
pub(crate) struct ErrorBody {
    pub(crate) message: String,
    pub(crate) extensions: Map<String, Json>,
}

impl ErrorBody {
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        let mut extensions = Map::new();
        extensions.insert("code".to_owned(), code.as_str().into());
        Self { message: message.into(), extensions }
    }

    pub(crate) fn bad_input(field: &str, message: impl Into<String>) -> Self {
        let mut body = Self::new(Code::BadUserInput, message);
        body.extensions.insert("field".to_owned(), field.into());
        body
    }

    pub(crate) fn internal() -> Self {
        Self::new(Code::Internal, "internal error")
    }

    pub(crate) fn at(self, path: Vec<Json>) -> GraphqlError {
        GraphqlError { message: self.message, path, extensions: self.extensions, ..GraphqlError::default() }
    }
}

/// Who an error came from and how much of it clients may read.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) subgraph: &'a str,
    pub(super) in_process: bool,
    pub(super) mask: bool,
    pub(super) context: &'a RequestContext,
}

impl Source<'_> {
    /// The error as clients read it. A fault of ours is logged here, once, with its cause.
    pub(super) fn body(&self, error: &ServerError) -> ErrorBody {
        if let Some(problem) = error.source::<Problem>() {
            return self.problem(problem);
        }
        let extensions = error.extensions.as_ref().map(plain_extensions).unwrap_or_default();
        let code = extensions.get("code").and_then(Json::as_str);
        match code {
            Some(code) if code != Code::Internal.as_str() => {
                ErrorBody { message: error.message.clone(), extensions }
            }
            // Another process may have its own idea of codes, or none.
            None if !self.in_process => ErrorBody { message: error.message.clone(), extensions },
            _ => {
                self.log(&error.message);
                if self.mask {
                    ErrorBody::internal()
                } else {
                    let mut body = ErrorBody { message: error.message.clone(), extensions };
                    body.extensions.insert("code".to_owned(), Code::Internal.as_str().into());
                    body
                }
            }
        }
    }

    fn problem(&self, problem: &Problem) -> ErrorBody {
        let mut body = ErrorBody::new(problem.code(), problem.message());
        if problem.code() == Code::Internal {
            let cause = problem.cause().map_or_else(|| problem.message().to_owned(), describe);
            self.log(&cause);
            body.message = if self.mask { ErrorBody::internal().message } else { cause };
        }
        if let Some(field) = problem.field() {
            body.extensions.insert("field".to_owned(), field.into());
        }
        if let Some(permission) = problem.permission() {
            body.extensions.insert("permission".to_owned(), permission.into());
        }
        body
    }

    pub(super) fn log(&self, cause: &str) {
        tracing::error!(
            subgraph = self.subgraph,
            request_id = %self.context.request_id,
            cause,
            "a part of the graph failed"
        );
    }
}

fn describe(cause: &(dyn std::error::Error + Send + Sync)) -> String {
    let mut text = cause.to_string();
    let mut source = cause.source();
    while let Some(inner) = source {
        let inner_text = inner.to_string();
        if !text.contains(&inner_text) {
            text.push_str(": ");
            text.push_str(&inner_text);
        }
        source = inner.source();
    }
    text
}

fn plain_extensions(extensions: &ErrorExtensionValues) -> Map<String, Json> {
    match serde_json::to_value(extensions) {
        Ok(Json::Object(map)) => map,
        _ => Map::new(),
    }
}

/// Splits the path of an error in an entity fetch into the `_entities` key, the index and the rest.
pub(super) fn entity_path(path: &[PathSegment]) -> Option<(&str, usize, &[PathSegment])> {
    match path {
        [PathSegment::Field(key), PathSegment::Index(index), rest @ ..] => Some((key, *index, rest)),
        _ => None,
    }
}
