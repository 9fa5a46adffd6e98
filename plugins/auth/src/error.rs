use callboard_kit::{Problem, VaultError};
use sea_orm::DbErr;

/// What goes wrong in the auth plugin and is nobody's fault outside.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AuthError {
    /// Logged in full, shown as an internal error.
    #[error("the store of sessions and tokens did not answer")]
    Store(#[from] DbErr),
    /// A row that this program did not write.
    #[error("a stored {0} is not readable")]
    Corrupt(&'static str),
    /// The key of the vault is another one, for one.
    #[error("a stored secret cannot be read")]
    Vault(#[from] VaultError),
}

impl From<AuthError> for Problem {
    fn from(error: AuthError) -> Self {
        Self::internal(error)
    }
}
