use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use callboard_kit::{AuditEvent, AuditOutcome};
use chrono::{DateTime, Utc};

/// Events that one address may fill the log with in a minute by what it is refused.
const PER_MINUTE: u32 = 60;
/// Addresses that are told apart within a minute; the rest share one budget.
const MAX_ADDRESSES: usize = 10_000;

/// Keeps whoever is refused from filling the log with it: strangers cost no permission to be refused.
#[derive(Debug, Default)]
pub(crate) struct Budget(Mutex<Minute>);

#[derive(Debug, Default)]
struct Minute {
    number: i64,
    refused: HashMap<Option<IpAddr>, u32>,
}

impl Budget {
    /// Whether the event is to be kept.
    pub fn allows(&self, event: &AuditEvent, now: DateTime<Utc>) -> bool {
        if event.outcome == AuditOutcome::Succeeded {
            return true;
        }
        let mut minute = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let number = now.timestamp().div_euclid(60);
        if minute.number != number {
            *minute = Minute { number, refused: HashMap::new() };
        }
        let known = minute.refused.contains_key(&event.client.address);
        let address = event.client.address.filter(|_| known || minute.refused.len() < MAX_ADDRESSES);
        let count = minute.refused.entry(address).or_default();
        *count += 1;
        if *count == PER_MINUTE + 1 {
            tracing::warn!(
                ?address,
                "is refused so often that the audit log leaves the rest of this minute out"
            );
        }
        *count <= PER_MINUTE
    }
}

#[cfg(test)]
mod tests {
    use callboard_kit::{Client, Viewer};

    use super::*;

    #[test]
    fn what_is_done_is_always_kept_and_what_is_refused_within_bounds() {
        let (budget, now) = (Budget::default(), DateTime::UNIX_EPOCH);
        let from = |last: u8| Client { address: Some([192, 0, 2, last].into()), user_agent: None };
        let done = AuditEvent::new("a", &Viewer::anonymous()).from_client(&from(1));
        let refused = done.clone().ended(AuditOutcome::Denied, "no");
        let kept = (0..100).filter(|_| budget.allows(&refused, now)).count();
        assert_eq!(kept, 60);
        assert!(budget.allows(&done, now));
        assert!(budget.allows(&refused.clone().from_client(&from(2)), now), "others are not affected");
        assert!(budget.allows(&refused, now + chrono::Duration::minutes(1)));
    }
}
