use std::{fmt, path::Path};

use bytes::Bytes;
use callboard_kit::ReadFailure;
use gix_hash::{Kind, ObjectId, oid};
use gix_object::{CommitRefIter, TreeRefIter, tree::EntryKind};
use gix_pack::{
    Bundle, cache,
    data::{Entry, entry::Header},
};
use gix_zlib::Inflate;

use super::{effort::Effort, pack::varint};
use crate::paths::is_plain;

/// Folders within folders that are listed.
const MAX_DEPTH: usize = 64;
/// The paths of all files and folders together, in bytes: a name counts for each file below it.
const MAX_PATHS: usize = 64 * 1024 * 1024;
/// The largest folder or commit, in bytes.
const MAX_OWN: u64 = 64 * 1024 * 1024;

/// The files of one commit, read from a pack on disk and never written out. Only plain files are there: symbolic links
/// and submodules are not.
pub struct Snapshot {
    bundle: Bundle,
    /// The commit.
    pub commit: ObjectId,
    tree: ObjectId,
}

/// What is at a path.
#[derive(Clone, Copy, Debug)]
pub enum Found {
    /// A plain file.
    File(ObjectId),
    /// A symbolic link, or something below one.
    Link,
    /// Another repository, or something in it.
    Submodule,
}

/// A file of a commit.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its path.
    pub path: String,
    /// What it is known by.
    pub id: ObjectId,
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Snapshot({})", self.commit)
    }
}

impl Snapshot {
    /// The files of `commit` as they are in a folder of the cache; `None` where those are not whole.
    pub fn open(folder: &Path, commit: ObjectId) -> Result<Option<Self>, ReadFailure> {
        let Some(mut snapshot) = Self::bundle(folder, commit) else { return Ok(None) };
        let mut effort = Effort::of_one();
        let object = match snapshot.object(&commit, gix_object::Kind::Commit, MAX_OWN, &mut effort) {
            Err(ReadFailure::Unavailable(_)) => return Ok(None),
            object => object?,
        };
        let Some(object) = object else {
            return Err(ReadFailure::TooLarge(format!("the commit takes more than {MAX_OWN} bytes")));
        };
        let Ok(tree) = CommitRefIter::from_bytes(&object, Kind::Sha1).tree_id() else { return Ok(None) };
        snapshot.tree = tree;
        Ok(Some(snapshot))
    }

    fn bundle(folder: &Path, commit: ObjectId) -> Option<Self> {
        let mut files = std::fs::read_dir(folder).ok()?.filter_map(Result::ok).map(|file| file.path());
        let index = files.find(|file| file.extension().is_some_and(|extension| extension == "idx"))?;
        let bundle = Bundle::at(index, Kind::Sha1).ok()?;
        if bundle.pack.checksum() != bundle.index.pack_checksum()
            || bundle.pack.num_objects() != bundle.index.num_objects()
        {
            return None;
        }
        Some(Self { bundle, commit, tree: commit })
    }

    /// What is at a path; `None` where there is nothing.
    pub fn find(&self, path: &str, effort: &mut Effort) -> Result<Option<Found>, ReadFailure> {
        let mut tree = self.tree;
        let mut parts = path.split('/').peekable();
        while let Some(part) = parts.next() {
            let object = self.tree(&tree, effort)?;
            let mut found = None;
            for entry in TreeRefIter::from_bytes(&object, Kind::Sha1) {
                let entry = entry.map_err(|_| damaged())?;
                if entry.filename == part && is_plain(part) {
                    found = Some((entry.mode.kind(), entry.oid.to_owned()));
                    break;
                }
            }
            match (found, parts.peek()) {
                (Some((EntryKind::Tree, id)), Some(_)) => tree = id,
                (Some((EntryKind::Blob | EntryKind::BlobExecutable, id)), None) => {
                    return Ok(Some(Found::File(id)));
                }
                (Some((EntryKind::Commit, _)), _) => return Ok(Some(Found::Submodule)),
                (Some((EntryKind::Link, _)), _) => return Ok(Some(Found::Link)),
                _ => return Ok(None),
            }
        }
        Ok(None)
    }

    /// All files, sorted by path, unless there are more than `max` with their folders. What is no plain file is left
    /// out, as are names that mean something else on some system.
    pub fn list(&self, max: usize, effort: &mut Effort) -> Result<Vec<Listed>, ReadFailure> {
        let mut files = Vec::new();
        let (mut seen, mut bytes) = (0, 0);
        let mut folders = vec![(String::new(), self.tree, 0)];
        while let Some((folder, tree, depth)) = folders.pop() {
            let object = self.tree(&tree, effort)?;
            for entry in TreeRefIter::from_bytes(&object, Kind::Sha1) {
                let entry = entry.map_err(|_| damaged())?;
                seen += 1;
                if seen > max || depth > MAX_DEPTH {
                    let message = format!("the repository has more than {max} files, or folders too deep");
                    return Err(ReadFailure::TooLarge(message));
                }
                let Some(name) = std::str::from_utf8(entry.filename).ok().filter(|name| is_plain(name))
                else {
                    continue;
                };
                let path = format!("{folder}{name}");
                bytes += path.len();
                if bytes > MAX_PATHS {
                    let message = format!("the paths of the repository take more than {MAX_PATHS} bytes");
                    return Err(ReadFailure::TooLarge(message));
                }
                match entry.mode.kind() {
                    EntryKind::Tree => folders.push((format!("{path}/"), entry.oid.to_owned(), depth + 1)),
                    EntryKind::Blob | EntryKind::BlobExecutable => {
                        files.push(Listed { path, id: entry.oid.to_owned() });
                    }
                    EntryKind::Link | EntryKind::Commit => {}
                }
            }
        }
        files.sort_unstable_by(|one, other| one.path.cmp(&other.path));
        Ok(files)
    }

    /// What is in a file; `None` where that is larger than `max` bytes.
    pub fn bytes(&self, id: &oid, max: u64, effort: &mut Effort) -> Result<Option<Bytes>, ReadFailure> {
        let bytes = self.object(id, gix_object::Kind::Blob, max, effort)?;
        Ok(bytes.map(Bytes::from))
    }

    fn tree(&self, id: &oid, effort: &mut Effort) -> Result<Vec<u8>, ReadFailure> {
        let bytes = self.object(id, gix_object::Kind::Tree, MAX_OWN, effort)?;
        bytes.ok_or_else(|| ReadFailure::TooLarge(format!("a folder takes more than {MAX_OWN} bytes")))
    }

    /// An object, unless it is larger than `max` bytes.
    fn object(
        &self,
        id: &oid,
        kind: gix_object::Kind,
        max: u64,
        effort: &mut Effort,
    ) -> Result<Option<Vec<u8>>, ReadFailure> {
        if self.weigh(id, effort)? > max {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        let found = self.bundle.find(id, &mut bytes, &mut Inflate::default(), &mut cache::Never);
        let is_kind = found.ok().flatten().is_some_and(|(object, _)| object.kind == kind);
        if is_kind { Ok(Some(bytes)) } else { Err(damaged()) }
    }

    /// The size of an object. What it takes to unpack it, with all that it is a delta of, is spent before it is done.
    fn weigh(&self, id: &oid, effort: &mut Effort) -> Result<u64, ReadFailure> {
        let mut entry = self.entry(id)?;
        let mut inflate = Inflate::default();
        let (mut own, mut largest, mut deltas) = (None, 0_u64, 0_u64);
        loop {
            let offset = match entry.header {
                Header::OfsDelta { base_distance } => entry.checked_base_pack_offset(base_distance),
                Header::RefDelta { base_id } => Some(self.entry(&base_id)?.pack_offset()),
                Header::Commit | Header::Tree | Header::Blob | Header::Tag => {
                    largest = largest.max(entry.decompressed_size);
                    effort.spend(entry.decompressed_size)?;
                    Effort::hold(largest.saturating_mul(2).saturating_add(deltas))?;
                    return Ok(own.unwrap_or(entry.decompressed_size));
                }
            };
            let mut start = [0; 20];
            let known = entry.decompressed_size.min(20);
            let data = self.bundle.pack.entry_slice(entry.data_offset..self.bundle.pack.pack_end() as u64);
            inflate.reset();
            let start = &mut start[..usize::try_from(known).unwrap_or_default()];
            inflate.prefix(data.ok_or_else(damaged)?, start).map_err(|_| damaged())?;
            let mut sizes: &[u8] = start;
            let _base = varint(&mut sizes)?;
            let size = varint(&mut sizes)?;
            own.get_or_insert(size);
            largest = largest.max(size);
            deltas = deltas.saturating_add(entry.decompressed_size);
            effort.spend(size.saturating_add(entry.decompressed_size))?;
            entry = self.bundle.pack.entry(offset.ok_or_else(damaged)?).map_err(|_| damaged())?;
        }
    }

    fn entry(&self, id: &oid) -> Result<Entry, ReadFailure> {
        let index = self.bundle.index.lookup(id).ok_or_else(damaged)?;
        self.bundle.pack.entry(self.bundle.index.pack_offset_at_index(index)).map_err(|_| damaged())
    }
}

/// What was kept of a repository is not whole.
pub fn damaged() -> ReadFailure {
    ReadFailure::Unavailable("what was received of the repository is not whole".to_owned())
}
