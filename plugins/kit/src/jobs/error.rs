use sea_orm::DbErr;

use crate::{Problem, VaultError};

/// What can go wrong with jobs.
#[derive(Debug, thiserror::Error)]
pub enum JobsError {
    /// The database did not answer.
    #[error("the store of jobs did not answer")]
    Store(#[from] DbErr),
    /// Another run has the job by now, or it was cancelled: whoever hears this must not write.
    #[error("the run no longer holds its job")]
    LeaseLost,
    /// The patience of who waited has ended; the job goes on.
    #[error("the job did not end in time")]
    TimedOut,
    /// It is not there.
    #[error("there is no such job")]
    NotFound,
    /// It is not dead, so it cannot be retried.
    #[error("the job is not dead")]
    NotDead,
    /// Another live job has its key.
    #[error("another job with this key is waiting or running")]
    KeyTaken,
    /// It needs secrets, which were erased when it ended.
    #[error("the secrets of the job were erased when it ended: make a new one")]
    SecretsErased,
    /// Secrets could not be sealed or read.
    #[error("the secrets of the job cannot be sealed or read")]
    Secrets(#[from] VaultError),
    /// What is stored is not JSON, or has a state nobody knows.
    #[error("the stored job `{0}` cannot be read")]
    Corrupt(String),
}

impl From<JobsError> for Problem {
    fn from(error: JobsError) -> Self {
        match error {
            JobsError::NotFound => Self::not_found("there is no such job"),
            JobsError::NotDead | JobsError::KeyTaken | JobsError::SecretsErased => {
                Self::new(crate::Code::Conflict, error.to_string())
            }
            JobsError::TimedOut => Self::new(crate::Code::Unavailable, error.to_string()),
            other => Self::internal(other),
        }
    }
}
