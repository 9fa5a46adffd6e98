use std::{error::Error, fmt, sync::Arc};

/// The `extensions.code` of an error in an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// The document is not GraphQL.
    GraphqlParseFailed,
    /// The document does not fit the schema.
    GraphqlValidationFailed,
    /// The hash of a persisted query is not known yet.
    PersistedQueryNotFound,
    /// An argument is wrong; `extensions.field` names it.
    BadUserInput,
    /// What a mutation addresses does not exist or may not be seen.
    NotFound,
    /// The state does not allow the change.
    Conflict,
    /// No credentials, or credentials that are not valid.
    Unauthenticated,
    /// Seen, but not to be changed by this viewer; `extensions.permission` names what is lacking.
    Forbidden,
    /// The operation exceeds a limit.
    TooComplex,
    /// Too many requests.
    RateLimited,
    /// A part of the portal did not answer.
    Unavailable,
    /// A fault of ours; the message is masked.
    Internal,
}

impl Code {
    /// The name that clients see.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::GraphqlParseFailed => "GRAPHQL_PARSE_FAILED",
            Self::GraphqlValidationFailed => "GRAPHQL_VALIDATION_FAILED",
            Self::PersistedQueryNotFound => "PERSISTED_QUERY_NOT_FOUND",
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::NotFound => "NOT_FOUND",
            Self::Conflict => "CONFLICT",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::TooComplex => "TOO_COMPLEX",
            Self::RateLimited => "RATE_LIMITED",
            Self::Unavailable => "UNAVAILABLE",
            Self::Internal => "INTERNAL",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// What resolvers and services return.
pub type Result<T, E = Problem> = std::result::Result<T, E>;

/// An error with a code: the one kind of error that leaves a plugin.
///
/// It is deliberately not `std::error::Error`, so that an error without a code does not turn into one by `?`.
/// async-graphql keeps it as the `source` of its own error, where the gateway finds it.
#[derive(Clone, Debug)]
pub struct Problem {
    code: Code,
    message: String,
    field: Option<String>,
    permission: Option<String>,
    cause: Option<Arc<dyn Error + Send + Sync>>,
}

impl Problem {
    /// A problem with a message that the client may read.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), field: None, permission: None, cause: None }
    }

    /// Wrong input in `field`, a dotted path as the client wrote it (`filter.fields.0.field`).
    pub fn bad_input(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: Some(field.into()), ..Self::new(Code::BadUserInput, message) }
    }

    /// What was addressed does not exist or may not be seen.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(Code::NotFound, message)
    }

    /// The viewer may see it but not do this.
    pub fn forbidden(message: impl Into<String>) -> Self {
        Self::new(Code::Forbidden, message)
    }

    /// The viewer lacks this permission; `extensions.permission` names it.
    pub fn lacking(permission: &str) -> Self {
        Self::forbidden(format!("you lack the permission `{permission}`")).about_permission(permission)
    }

    /// The same, told to be about this permission in `extensions.permission`.
    #[must_use]
    pub fn about_permission(self, permission: impl Into<String>) -> Self {
        Self { permission: Some(permission.into()), ..self }
    }

    /// A fault of ours: the cause is for the log, the client reads `internal error`.
    pub fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { cause: Some(Arc::from(cause.into())), ..Self::new(Code::Internal, "internal error") }
    }

    /// The code.
    pub const fn code(&self) -> Code {
        self.code
    }

    /// The text for the client.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The input field that is wrong.
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// The permission that it is about.
    pub fn permission(&self) -> Option<&str> {
        self.permission.as_deref()
    }

    /// What lies behind it, for the log.
    pub fn cause(&self) -> Option<&(dyn Error + Send + Sync)> {
        self.cause.as_deref()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl From<sea_orm::DbErr> for Problem {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::internal(error)
    }
}
