use aws_lc_rs::digest::{SHA256, digest};
use callboard_kit::{Problem, Vault};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

use crate::secrets;

/// How long a sign-in may take.
pub(crate) const LIFETIME: chrono::Duration = chrono::Duration::minutes(10);
/// How many sign-ins one browser may have begun at once, in as many tabs.
pub(crate) const SLOTS: u8 = 8;

/// How the browser came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Flow {
    /// The page itself was left.
    Redirect,
    /// In a window of its own.
    Popup,
}

/// What the account is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Purpose {
    /// To sign in.
    SignIn,
    /// To lend it to the portal, by the user of this session.
    Connect { session: String },
}

/// A sign-in that was begun and is not done. It is kept by the browser, sealed, so that strangers cannot fill the
/// database, and nobody but this browser can go on with it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Transaction {
    pub provider: String,
    pub state: String,
    pub nonce: String,
    pub verifier: String,
    pub return_to: String,
    pub flow: Flow,
    pub purpose: Purpose,
    pub expires_at: DateTime<Utc>,
}

/// What it is sealed for.
const SEALED_FOR: &str = "auth.sign-in";

impl Transaction {
    pub(crate) fn begin(
        provider: &str,
        return_to: String,
        flow: Flow,
        purpose: Purpose,
        now: DateTime<Utc>,
    ) -> Result<Self, Problem> {
        Ok(Self {
            provider: provider.to_owned(),
            state: secrets::random()?,
            nonce: secrets::random()?,
            verifier: secrets::random()?,
            return_to,
            flow,
            purpose,
            expires_at: now + LIFETIME,
        })
    }

    /// The text that the browser keeps.
    pub(crate) fn seal(&self, vault: &Vault) -> Result<String, Problem> {
        let text = serde_json::to_vec(self).map_err(Problem::internal)?;
        vault.seal(SEALED_FOR, &text).map_err(Problem::internal)
    }

    /// The transaction that a browser kept, where it is the one with this state, of this provider, and not over.
    pub(crate) fn open(
        sealed: &str,
        vault: &Vault,
        state: &str,
        provider: &str,
        now: DateTime<Utc>,
    ) -> Option<Self> {
        let text = vault.open(SEALED_FOR, sealed).ok()?;
        let transaction: Self = serde_json::from_slice(&text).ok()?;
        let same = bool::from(transaction.state.as_bytes().ct_eq(state.as_bytes()));
        (same && transaction.provider == provider && now < transaction.expires_at).then_some(transaction)
    }

    /// The name under which it is noted that it was used.
    pub(crate) fn used_name(&self) -> String {
        format!("sign-in:{}", secrets::hash(&self.state))
    }
}

/// Which of the few places of a browser a sign-in takes: one that is free. Two that begin at the same moment do not see
/// each other, and hardly look at the same one first.
pub(crate) fn slot_for(state: &str, is_free: impl Fn(u8) -> bool) -> u8 {
    let first = digest(&SHA256, state.as_bytes()).as_ref()[0] % SLOTS;
    (0..SLOTS).map(|step| (first + step) % SLOTS).find(|slot| is_free(*slot)).unwrap_or(first)
}
