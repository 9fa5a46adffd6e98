use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, PoisonError},
};

use callboard_kit::{AuditEvent, AuditOutcome, AuditWeight, Client, EntityRef};
use chrono::{DateTime, Utc};

/// Events that one client may fill the log with in a minute by what it is refused, or by what matters to it alone.
const PER_MINUTE: u32 = 60;
/// Clients that are told apart within a minute; the rest share one budget.
const MAX_CLIENTS: usize = 10_000;
/// What is told of a client whose events were left out.
const OMITTED: &str = "auditEventsOmitted";

/// Keeps clients from filling the log with what cost them nothing: strangers need no permission to be refused.
#[derive(Debug, Default)]
pub(crate) struct Budget(Mutex<Minute>);

#[derive(Debug, Default)]
struct Minute {
    number: i64,
    counts: HashMap<Source, u32>,
    /// What was left out in minutes that are over, still to be told.
    omitted: Vec<AuditEvent>,
}

/// Whose budget an event is of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Source {
    /// Somebody who has shown who they are, from wherever.
    Actor(EntityRef, String),
    /// Whoever comes from an address, or from one of the network that one line has.
    Address(Option<IpAddr>),
    /// All that are too many to be told apart.
    Others,
}

impl Source {
    fn of(event: &AuditEvent) -> Self {
        match &event.actor {
            Some(actor) if event.has_credentials => Self::Actor(actor.clone(), event.access.clone()),
            _ => Self::Address(event.client.address.map(network)),
        }
    }

    fn omitted(self, count: u32) -> AuditEvent {
        let mut event = AuditEvent::new(OMITTED, &callboard_kit::Viewer::anonymous())
            .ended(AuditOutcome::Denied, format!("{count} more in a minute were refused, or mattered little"))
            .weighing(AuditWeight::Kept);
        match self {
            Self::Actor(actor, access) => (event.actor, event.access) = (Some(actor), access),
            Self::Address(address) => event.client = Client { address, user_agent: None },
            Self::Others => {}
        }
        event
    }
}

/// One line of IPv6 is a network of addresses, any of which its owner may take.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
    }
}

impl Budget {
    /// Whether the event is to be kept.
    pub fn allows(&self, event: &AuditEvent, now: DateTime<Utc>) -> bool {
        match event.weight {
            AuditWeight::Kept => return true,
            AuditWeight::Ordinary if event.outcome == AuditOutcome::Succeeded => return true,
            AuditWeight::Ordinary | AuditWeight::Slight => {}
        }
        let mut minute = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        minute.turn(now);
        let source = Source::of(event);
        let is_known = minute.counts.contains_key(&source) || minute.counts.len() < MAX_CLIENTS;
        let count = minute.counts.entry(if is_known { source } else { Source::Others }).or_default();
        *count += 1;
        *count <= PER_MINUTE
    }

    /// What was left out in the minutes that are over, an event for each client.
    pub fn omitted(&self, now: DateTime<Utc>) -> Vec<AuditEvent> {
        let mut minute = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        minute.turn(now);
        std::mem::take(&mut minute.omitted)
    }
}

impl Minute {
    fn turn(&mut self, now: DateTime<Utc>) {
        let number = now.timestamp().div_euclid(60);
        if self.number == number {
            return;
        }
        self.number = number;
        let spent = self.counts.drain().filter(|(_, count)| *count > PER_MINUTE);
        self.omitted.extend(spent.map(|(source, count)| source.omitted(count - PER_MINUTE)));
        self.omitted.truncate(MAX_CLIENTS);
    }
}

#[cfg(test)]
mod tests {
    use callboard_kit::{Access, Viewer};

    use super::*;

    fn refused(viewer: &Viewer, address: &str) -> AuditEvent {
        let client = Client { address: Some(address.parse().unwrap()), user_agent: None };
        AuditEvent::new("a", viewer).from_client(&client).ended(AuditOutcome::Denied, "no")
    }

    fn kept(budget: &Budget, event: &AuditEvent, now: DateTime<Utc>) -> usize {
        (0..100).filter(|_| budget.allows(event, now)).count()
    }

    #[test]
    fn what_may_be_done_is_always_kept_and_what_is_refused_within_bounds() {
        let (budget, now) = (Budget::default(), DateTime::UNIX_EPOCH);
        let event = refused(&Viewer::anonymous(), "192.0.2.1");
        assert_eq!(kept(&budget, &event, now), 60);
        let done = AuditEvent { outcome: AuditOutcome::Succeeded, ..event.clone() };
        assert!(budget.allows(&done, now));
        assert!(budget.allows(&event.clone().weighing(AuditWeight::Kept), now), "its end is not known");
        assert!(!budget.allows(&done.weighing(AuditWeight::Slight), now));
        assert_eq!(
            kept(&budget, &refused(&Viewer::anonymous(), "192.0.2.2"), now),
            60,
            "others are not affected"
        );
        let later = now + chrono::Duration::minutes(1);
        assert!(budget.allows(&event, later));
        let told = budget.omitted(later);
        assert_eq!(told.len(), 2);
        let first = told.iter().find(|told| told.client == event.client).unwrap();
        assert_eq!(first.message.as_deref(), Some("41 more in a minute were refused, or mattered little"));
        assert!(budget.omitted(later).is_empty(), "it is told once");
    }

    #[test]
    fn a_budget_is_an_actors_wherever_they_are_and_strangers_share_that_of_their_network() {
        let (budget, now) = (Budget::default(), DateTime::UNIX_EPOCH);
        let user = |name: &str| Viewer::user(format!("user:default/{name}").parse().unwrap(), []);
        let signed_in = |name: &str| user(name).through(Access::Session("s".into()));
        assert_eq!(kept(&budget, &refused(&signed_in("bob"), "192.0.2.1"), now), 60);
        assert_eq!(kept(&budget, &refused(&signed_in("bob"), "192.0.2.9"), now), 0);
        assert_eq!(kept(&budget, &refused(&signed_in("eve"), "192.0.2.1"), now), 60, "behind the same proxy");
        assert_eq!(kept(&budget, &refused(&user("guest"), "2001:db8::1"), now), 60);
        assert_eq!(kept(&budget, &refused(&Viewer::anonymous(), "2001:db8::ffff:2"), now), 0);
        assert_eq!(kept(&budget, &refused(&user("guest"), "2001:db8:0:1::1"), now), 60);
    }
}
