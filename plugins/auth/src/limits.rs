//! How often one may try: token buckets in memory, as many as fit.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    hash::Hash,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use callboard_kit::{AnswerHeaders, Clock, Code, Problem};
use chrono::{DateTime, Utc};
use http::{HeaderValue, header::RETRY_AFTER};

/// How many are remembered at once.
const MAX_BUCKETS: usize = 20_000;
/// How many pairs of an address and a token that was valid there are remembered.
const MAX_KNOWN: usize = 10_000;

/// Where somebody tries from: an address, or the network that one customer has with IPv6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ClientNetwork([u8; 8]);

impl ClientNetwork {
    pub(crate) fn of(address: Option<IpAddr>) -> Self {
        let mut bytes = [0; 8];
        match address.map(|address| address.to_canonical()) {
            Some(IpAddr::V4(address)) => {
                bytes[..4].copy_from_slice(&address.octets());
                bytes[4..].copy_from_slice(b"ipv4");
            }
            Some(IpAddr::V6(address)) => bytes.copy_from_slice(&address.octets()[..8]),
            None => {}
        }
        Self(bytes)
    }
}

/// A limit of so many a minute for each key; all of a minute may be used at once.
pub(crate) struct RateLimit<K> {
    a_minute: f64,
    clock: Clock,
    buckets: Mutex<HashMap<K, Bucket>>,
}

struct Bucket {
    left: f64,
    at: DateTime<Utc>,
}

/// Too many; it may be tried again after this time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooMany(pub Duration);

impl TooMany {
    /// Says so to whoever asked.
    pub(crate) fn tell(self, answer: &AnswerHeaders) -> Problem {
        let seconds = self.0.as_secs() + 1;
        answer.append(RETRY_AFTER, HeaderValue::from(seconds));
        Problem::new(Code::RateLimited, format!("too many attempts, try again in {seconds} s"))
    }
}

impl<K: Eq + Hash + Clone> RateLimit<K> {
    pub(crate) fn new(a_minute: u32, clock: Clock) -> Self {
        Self { a_minute: f64::from(a_minute.max(1)), clock, buckets: Mutex::default() }
    }

    /// Counts one more.
    pub(crate) fn take(&self, key: &K) -> Result<(), TooMany> {
        self.change(key, 1.0)
    }

    /// Whether there is one left, without counting.
    pub(crate) fn check(&self, key: &K) -> Result<(), TooMany> {
        self.change(key, 0.0)
    }

    /// Takes back one that was counted.
    pub(crate) fn give_back(&self, key: &K) {
        let now = self.clock.now();
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bucket) = buckets.get_mut(key) {
            *bucket = Bucket { left: (self.refilled(bucket, now) + 1.0).min(self.a_minute), at: now };
        }
    }

    fn change(&self, key: &K, by: f64) -> Result<(), TooMany> {
        let now = self.clock.now();
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MAX_BUCKETS && !buckets.contains_key(key) {
            self.make_room(&mut buckets, now);
        }
        let left = buckets.get(key).map_or(self.a_minute, |bucket| self.refilled(bucket, now));
        if left < 1.0 {
            buckets.insert(key.clone(), Bucket { left, at: now });
            return Err(TooMany(Duration::from_secs_f64((1.0 - left) * 60.0 / self.a_minute)));
        }
        if by > 0.0 {
            buckets.insert(key.clone(), Bucket { left: left - by, at: now });
        }
        Ok(())
    }

    #[expect(clippy::cast_precision_loss, reason = "fractions of a second do not matter here")]
    fn refilled(&self, bucket: &Bucket, now: DateTime<Utc>) -> f64 {
        let seconds = (now - bucket.at).num_milliseconds().max(0) as f64 / 1000.0;
        (bucket.left + seconds * self.a_minute / 60.0).min(self.a_minute)
    }

    /// Forgets those that are full again; where that is none, the half that has most left, so that whoever tries hardest
    /// stays remembered.
    fn make_room(&self, buckets: &mut HashMap<K, Bucket>, now: DateTime<Utc>) {
        buckets.retain(|_, bucket| self.refilled(bucket, now) < self.a_minute);
        if buckets.len() >= MAX_BUCKETS {
            let mut lefts: Vec<f64> = buckets.values().map(|bucket| self.refilled(bucket, now)).collect();
            lefts.sort_unstable_by(f64::total_cmp);
            let middle = lefts[lefts.len() / 2];
            buckets.retain(|_, bucket| self.refilled(bucket, now) < middle);
        }
        if buckets.len() >= MAX_BUCKETS {
            buckets.clear();
        }
    }
}

/// Tokens that were valid from an address before: they stay valid for it while others there try in vain.
#[derive(Default)]
pub(crate) struct KnownTokens(Mutex<(HashSet<Known>, VecDeque<Known>)>);

/// An address and the hash of a token.
type Known = (ClientNetwork, [u8; 32]);

impl KnownTokens {
    pub(crate) fn remember(&self, network: ClientNetwork, token: [u8; 32]) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.0.insert((network, token)) {
            known.1.push_back((network, token));
            if known.1.len() > MAX_KNOWN
                && let Some(oldest) = known.1.pop_front()
            {
                known.0.remove(&oldest);
            }
        }
    }

    pub(crate) fn contains(&self, network: ClientNetwork, token: [u8; 32]) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0.contains(&(network, token))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock() -> Clock {
        Clock::fixed("2026-01-01T00:00:00Z".parse().unwrap())
    }

    #[test]
    fn what_is_used_up_comes_back_with_time() {
        let clock = clock();
        let limit = RateLimit::new(6, clock.clone());
        for _ in 0..6 {
            limit.take(&"a").unwrap();
        }
        assert_eq!(limit.take(&"a").unwrap_err().0.as_secs(), 10);
        assert!(limit.check(&"a").is_err() && limit.take(&"b").is_ok());
        clock.advance(Duration::from_secs(10));
        limit.check(&"a").unwrap();
        limit.take(&"a").unwrap();
        assert!(limit.take(&"a").is_err());
        limit.give_back(&"a");
        limit.take(&"a").unwrap();
        limit.give_back(&"c");
        for _ in 0..6 {
            limit.take(&"c").unwrap();
        }
        assert!(limit.take(&"c").is_err(), "nobody has more than all of it");
    }

    #[test]
    fn many_addresses_do_not_fill_the_memory_nor_free_the_worst() {
        let limit = RateLimit::new(2, clock());
        limit.take(&usize::MAX).unwrap();
        limit.take(&usize::MAX).unwrap();
        for address in 0..MAX_BUCKETS * 2 {
            let _ = limit.take(&address);
        }
        assert!(limit.buckets.lock().unwrap().len() <= MAX_BUCKETS);
        assert!(limit.take(&usize::MAX).is_err());
    }

    #[test]
    fn one_network_of_ipv6_is_one_origin() {
        let network = |text: &str| ClientNetwork::of(Some(text.parse().unwrap()));
        assert_eq!(network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff::9"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_ne!(network("192.0.2.1"), network("192.0.2.2"));
        assert_eq!(network("192.0.2.1"), network("::ffff:192.0.2.1"));
    }
}
