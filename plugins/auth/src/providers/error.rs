use crate::{jwt::JwtError, outgoing::OutgoingError};

/// Why a provider's word is not taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ProviderError {
    /// It cannot be asked now.
    #[error("the provider could not be asked: {0}")]
    Unavailable(#[from] OutgoingError),
    /// It says no to whoever signs in, or was signed in.
    #[error("the provider refused: {0}")]
    Refused(String),
    /// It says no to the portal itself, which is not the fault of whoever signs in.
    #[error("the provider refuses the portal: {0}")]
    RefusedPortal(String),
    /// What it says makes no sense, or is not of it.
    #[error("the provider's answer is not valid: {0}")]
    Invalid(String),
    /// The account is not of those that are let in.
    #[error("{0}")]
    NotAllowed(String),
}

impl ProviderError {
    pub(crate) fn invalid(reason: impl std::fmt::Display) -> Self {
        Self::Invalid(format!("{reason}"))
    }
}

impl From<JwtError> for ProviderError {
    fn from(error: JwtError) -> Self {
        Self::invalid(error)
    }
}
