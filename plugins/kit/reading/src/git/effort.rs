use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use callboard_kit::ReadFailure;

use super::snapshot::damaged;

/// How much more may be unpacked for one question than the whole pack unpacks to: an object that is a delta takes
/// unpacking all that is below it.
const TIMES: u64 = 16;
/// What an object takes beside its bytes.
const PER_OBJECT: u64 = 512;
/// What is held in memory for one object, in bytes.
const HELD: u64 = 512 * 1024 * 1024;

/// What may still be done to answer one question about a commit. A small pack can be made so that each of its objects
/// takes unpacking nearly all of the others.
#[derive(Debug)]
pub struct Effort {
    left: u64,
    stop: Arc<AtomicBool>,
}

impl Effort {
    /// What may be done where packs unpack to no more than `max_unpacked`; nothing any more when `stop` is set.
    pub const fn new(max_unpacked: u64, stop: Arc<AtomicBool>) -> Self {
        Self { left: max_unpacked.saturating_mul(TIMES), stop }
    }

    /// What one object may take, which is never more than its pack unpacks to.
    pub fn of_one() -> Self {
        Self::new(u64::MAX, Arc::default())
    }

    /// Takes what an object or a part of its chain of deltas costs.
    pub fn spend(&mut self, bytes: u64) -> Result<(), ReadFailure> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(damaged());
        }
        self.left = self.left.checked_sub(bytes.saturating_add(PER_OBJECT)).ok_or_else(|| {
            let message = "the files of the repository refer to each other so often that unpacking them takes more than \
                           `backend.reading.git.maxUnpackedBytes` allows";
            ReadFailure::TooLarge(message.to_owned())
        })?;
        Ok(())
    }

    /// An error where more would be held in memory at once than may be.
    pub fn hold(bytes: u64) -> Result<(), ReadFailure> {
        if bytes <= HELD {
            return Ok(());
        }
        let message = format!("a file or folder of the repository takes more than {HELD} bytes to unpack");
        Err(ReadFailure::TooLarge(message))
    }
}
