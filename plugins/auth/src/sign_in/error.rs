use callboard_kit::Problem;

use crate::providers::ProviderError;

/// Why somebody is not signed in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SignInError {
    #[error("there is no such provider")]
    UnknownProvider,
    #[error(
        "this sign-in was not begun in this browser, took too long or was used already; please begin again"
    )]
    Transaction,
    #[error("sign in before you connect an account")]
    NotSignedIn,
    #[error(transparent)]
    Provider(#[from] ProviderError),
    #[error("no user of the catalog belongs to this account")]
    NoUser,
    #[error(
        "no user of the catalog belongs to this account, whose e-mail address the provider has not verified"
    )]
    UnverifiedEmail,
    #[error("several users of the catalog belong to this account")]
    Ambiguous,
    #[error("nobody signs in here, accounts can only be connected")]
    NoResolvers,
    #[error("too many attempts, please wait a minute")]
    TooMany,
    #[error("internal error")]
    Internal(Problem),
}

impl From<Problem> for SignInError {
    fn from(problem: Problem) -> Self {
        Self::Internal(problem)
    }
}

impl From<crate::error::AuthError> for SignInError {
    fn from(error: crate::error::AuthError) -> Self {
        Self::Internal(error.into())
    }
}

impl SignInError {
    /// The code that the sign-in page knows.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::UnknownProvider => "unknown_provider",
            Self::Transaction => "invalid_state",
            Self::NotSignedIn => "not_signed_in",
            Self::Provider(ProviderError::Unavailable(_) | ProviderError::RefusedPortal(_)) => {
                "provider_unavailable"
            }
            Self::Provider(ProviderError::Refused(_)) => "provider_refused",
            Self::Provider(ProviderError::Invalid(_)) => "invalid_answer",
            Self::Provider(ProviderError::NotAllowed(_)) => "not_allowed",
            Self::NoUser | Self::NoResolvers => "no_user",
            Self::UnverifiedEmail => "unverified_email",
            Self::Ambiguous => "ambiguous_user",
            Self::TooMany => "rate_limited",
            Self::Internal(_) => "internal",
        }
    }
}
