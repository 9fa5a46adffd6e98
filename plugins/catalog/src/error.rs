use callboard_kit::{Code, Problem};
use sea_orm::DbErr;

/// What goes wrong in the catalog.
#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    /// Logged in full, shown as an internal error.
    #[error("the catalog store did not answer")]
    Store(#[from] DbErr),
    /// A row that this program did not write, by its uid.
    #[error("the stored document `{0}` is not readable")]
    Corrupt(String, #[source] serde_json::Error),
    /// Work in the background ended before it was done.
    #[error("reading was interrupted")]
    Interrupted(#[source] tokio::task::JoinError),
    /// The threads that read could not be started.
    #[error("the threads that read locations could not be started: {0}")]
    Threads(String),
    /// Another process has taken over what this one was doing.
    #[error("another process has taken this over")]
    Overtaken,
    /// Reading was told to stop before it was done.
    #[error("it was told to stop")]
    Stopped,
    /// What is being read is not to be read any more.
    #[error("the location was taken away, or is read from elsewhere now")]
    Gone,
    /// Jobs could not be stored.
    #[error(transparent)]
    Jobs(#[from] callboard_kit::JobsError),
    /// A location could not be read for a reason that lies in the portal.
    #[error("the location could not be read: {0}")]
    Refresh(String),
    /// A mutation addresses what is not there or may not be seen.
    #[error("no entity `{0}`")]
    NotFound(String),
    /// Something personal was asked for without saying who asks.
    #[error("sign in first")]
    Unauthenticated,
    /// Something personal was asked for by one of all the guests.
    #[error("guests cannot star anything, since all of them are one user: sign in first")]
    Guest,
}

impl From<CatalogError> for Problem {
    fn from(error: CatalogError) -> Self {
        match error {
            CatalogError::NotFound(_) => Self::not_found(error.to_string()),
            CatalogError::Unauthenticated => Self::new(Code::Unauthenticated, error.to_string()),
            CatalogError::Guest => Self::forbidden(error.to_string()),
            CatalogError::Store(_)
            | CatalogError::Interrupted(_)
            | CatalogError::Corrupt(..)
            | CatalogError::Threads(_)
            | CatalogError::Overtaken
            | CatalogError::Stopped
            | CatalogError::Gone
            | CatalogError::Jobs(_)
            | CatalogError::Refresh(_) => Self::internal(error),
        }
    }
}
