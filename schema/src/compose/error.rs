use std::fmt;

use federation_composition::GraphQLError;

/// Why subgraphs do not compose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompositionError {
    /// What sort of error, e.g. `FIELD_TYPE_MISMATCH`.
    pub code: String,
    /// What is wrong, with the subgraph, type and field where the composer names them.
    pub message: String,
}

/// Everything that keeps subgraphs from composing, one to a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompositionErrors(pub Vec<CompositionError>);

impl CompositionError {
    pub(crate) fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into() }
    }

    pub(crate) fn in_subgraph(subgraph: &str, message: impl fmt::Display) -> CompositionErrors {
        Self::new("INVALID_GRAPHQL", format!("[{subgraph}] {message}")).into()
    }
}

impl From<GraphQLError> for CompositionError {
    fn from(error: GraphQLError) -> Self {
        let code = error.code().unwrap_or("COMPOSITION_FAILED").to_owned();
        Self::new(code, error.message)
    }
}

impl From<CompositionError> for CompositionErrors {
    fn from(error: CompositionError) -> Self {
        Self(vec![error])
    }
}

impl FromIterator<CompositionError> for CompositionErrors {
    fn from_iter<I: IntoIterator<Item = CompositionError>>(errors: I) -> Self {
        Self(errors.into_iter().collect())
    }
}

impl fmt::Display for CompositionError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.message.split_whitespace().collect();
        write!(formatter, "{}: {}", self.code, words.join(" "))
    }
}

impl std::error::Error for CompositionError {}

impl fmt::Display for CompositionErrors {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            if index > 0 {
                formatter.write_str("\n")?;
            }
            error.fmt(formatter)?;
        }
        Ok(())
    }
}

impl std::error::Error for CompositionErrors {}
