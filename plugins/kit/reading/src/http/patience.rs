use std::time::Duration;

use callboard_kit::ReadFailure;
use uuid::Uuid;

/// How often a host that is busy or away is asked.
pub const MAX_TRIES: u32 = 4;
/// The longest pause between two tries; whoever asks for a longer one is told of at once.
const LONGEST_PAUSE: Duration = Duration::from_secs(15);

/// How long to wait before the next try; `None` where that is longer than anyone should wait for an answer.
pub fn pause(failure: &ReadFailure, tries: u32) -> Option<Duration> {
    if let ReadFailure::RateLimited { retry_after: Some(after), .. } = failure {
        return (*after <= LONGEST_PAUSE).then_some(*after + jitter(Duration::from_millis(250)));
    }
    let full = Duration::from_millis(200).saturating_mul(1 << tries.min(6));
    Some(full / 2 + jitter(full / 2))
}

/// Somewhere between nothing and all of it.
fn jitter(full: Duration) -> Duration {
    let [random, ..] = Uuid::new_v4().into_bytes();
    full.mul_f64(f64::from(random) / 255.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_for_patience_gets_it_up_to_a_limit_and_others_get_more_each_time() {
        let asks = |seconds| ReadFailure::RateLimited {
            message: String::new(),
            retry_after: Some(Duration::from_secs(seconds)),
        };
        assert!(pause(&asks(3), 1).unwrap() >= Duration::from_secs(3));
        assert!(pause(&asks(15), 1).is_some());
        assert_eq!(pause(&asks(16), 1), None);
        assert_eq!(pause(&asks(u64::MAX), 1), None);
        let away = ReadFailure::Unavailable(String::new());
        for (tries, full) in [(1, 400), (2, 800), (3, 1600), (1000, 12_800)] {
            let paused = pause(&away, tries).unwrap();
            let full = Duration::from_millis(full);
            assert!(paused >= full / 2 && paused <= full, "{paused:?}");
        }
    }
}
