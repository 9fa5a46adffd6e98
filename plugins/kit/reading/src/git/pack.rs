use std::{
    collections::HashMap,
    fs::File,
    io::{BufRead, BufReader, Read},
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
};

use callboard_kit::ReadFailure;
use flate2::bufread::ZlibDecoder;
use gix_hash::Kind;
use gix_object::find::Never;
use gix_pack::{Bundle, bundle::write::Options};
use gix_utils::progress::Discard;

use super::{counting::Counting, packets::broken, store::disk};
use crate::git_config::GitReadingConfig;

/// Deltas on deltas: as many as git itself ever writes.
const MAX_CHAIN: u16 = 4_095;

/// Unpacks nothing that is larger than the limits, and writes an index of the pack into `folder`.
pub fn index(
    pack: &Path,
    folder: &Path,
    limits: &GitReadingConfig,
    interrupt: &AtomicBool,
) -> Result<(), ReadFailure> {
    measure(pack, limits, interrupt)?;
    let mut file = BufReader::new(File::open(pack).map_err(|error| disk(&error))?);
    let options = Options {
        thread_limit: Some(1),
        alloc_limit_bytes: usize::try_from(limits.max_unpacked_bytes).ok(),
        ..Options::default()
    };
    let written = Bundle::write_to_directory(
        &mut file,
        Some(folder),
        &mut Discard,
        interrupt,
        None::<Never>,
        Kind::Sha1,
        options,
    );
    let written = written.map_err(|error| {
        tracing::debug!(%error, "a pack of a git repository cannot be indexed");
        broken()
    })?;
    if let Some(keep) = written.keep_path {
        std::fs::remove_file(keep).map_err(|error| disk(&error))?;
    }
    std::fs::remove_file(pack).map_err(|error| disk(&error))
}

/// An error where a pack says or turns out to be larger than the limits, before any of it is held in memory.
fn measure(pack: &Path, limits: &GitReadingConfig, interrupt: &AtomicBool) -> Result<(), ReadFailure> {
    let mut pack = Counting::new(BufReader::new(File::open(pack).map_err(|error| disk(&error))?));
    let mut header = [0; 12];
    pack.read_exact(&mut header).map_err(|_| broken())?;
    let [b'P', b'A', b'C', b'K', 0, 0, 0, 2 | 3, count @ ..] = header else { return Err(broken()) };
    let count = u32::from_be_bytes(count);
    if count > limits.max_objects {
        let message = format!(
            "the repository has {count} files and folders, more than the {} of `backend.reading.git.maxObjects`",
            limits.max_objects
        );
        return Err(ReadFailure::TooLarge(message));
    }
    let mut left = limits.max_unpacked_bytes;
    let mut take = |bytes: u64| {
        left = left.checked_sub(bytes).ok_or_else(|| {
            let message = format!(
                "the repository unpacks to more than {} bytes, the limit of `backend.reading.git.maxUnpackedBytes`",
                limits.max_unpacked_bytes
            );
            ReadFailure::TooLarge(message)
        })?;
        Ok::<_, ReadFailure>(())
    };
    let mut chains: HashMap<u64, u16> = HashMap::new();
    for _ in 0..count {
        if interrupt.load(Ordering::Relaxed) {
            return Err(broken());
        }
        let start = pack.position();
        let Entry { kind, size, base } = entry(&mut pack)?;
        take(size)?;
        if let Some(distance) = base {
            let base = start.checked_sub(distance).ok_or_else(broken)?;
            let length = chains.get(&base).copied().unwrap_or_default() + 1;
            if length > MAX_CHAIN {
                let message = format!("the repository has more than {MAX_CHAIN} deltas on one another");
                return Err(ReadFailure::TooLarge(message));
            }
            chains.insert(start, length);
        }
        let mut inflated = ZlibDecoder::new(&mut pack);
        let mut start = Vec::new();
        (&mut inflated).take(size.min(32)).read_to_end(&mut start).map_err(|_| broken())?;
        let known = start.len() as u64;
        if matches!(kind, 6 | 7) {
            let mut start = start.as_slice();
            varint(&mut start)?;
            take(varint(&mut start)?)?;
        }
        let rest = std::io::copy(&mut (&mut inflated).take(size.saturating_add(1)), &mut std::io::sink());
        if rest.map_err(|_| broken())? + known != size {
            return Err(broken());
        }
    }
    Ok(())
}

/// What stands before an object.
struct Entry {
    kind: u8,
    /// The size of what is deflated for it.
    size: u64,
    /// How far before it its base is, where it is a delta that says so.
    base: Option<u64>,
}

fn entry(pack: &mut impl BufRead) -> Result<Entry, ReadFailure> {
    let first = byte(pack)?;
    let (kind, mut size, mut shift) = ((first >> 4) & 7, u64::from(first & 15), 4);
    let mut more = first & 0x80 != 0;
    while more {
        let next = byte(pack)?;
        size |= shifted(next, shift)?;
        shift += 7;
        more = next & 0x80 != 0;
    }
    let mut base = None;
    match kind {
        1..=4 => {}
        6 => base = Some(distance(pack)?),
        7 => pack.read_exact(&mut [0; 20]).map_err(|_| broken())?,
        _ => return Err(broken()),
    }
    Ok(Entry { kind, size, base })
}

/// How far before a delta its base is: git counts one more for each byte that follows.
fn distance(pack: &mut impl BufRead) -> Result<u64, ReadFailure> {
    let mut next = byte(pack)?;
    let mut distance = u64::from(next & 0x7f);
    while next & 0x80 != 0 {
        next = byte(pack)?;
        distance =
            distance.checked_add(1).and_then(|distance| distance.checked_mul(128)).ok_or_else(broken)?
                + u64::from(next & 0x7f);
    }
    Ok(distance)
}

pub fn varint(data: &mut &[u8]) -> Result<u64, ReadFailure> {
    let (mut number, mut shift) = (0, 0);
    loop {
        let next = byte(data)?;
        number |= shifted(next, shift)?;
        if next & 0x80 == 0 {
            return Ok(number);
        }
        shift += 7;
    }
}

fn shifted(byte: u8, shift: u32) -> Result<u64, ReadFailure> {
    // No honest size needs the last bits.
    if shift > 56 { Err(broken()) } else { Ok(u64::from(byte & 0x7f) << shift) }
}

fn byte(data: &mut impl Read) -> Result<u8, ReadFailure> {
    let mut byte = [0];
    data.read_exact(&mut byte).map_err(|_| broken())?;
    Ok(byte[0])
}
