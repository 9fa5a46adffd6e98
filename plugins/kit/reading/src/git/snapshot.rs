use std::{fmt, path::Path};

use bytes::Bytes;
use callboard_kit::ReadFailure;
use gix_hash::{Kind, ObjectId, oid};
use gix_object::{CommitRefIter, TreeRefIter, tree::EntryKind};
use gix_pack::{Bundle, cache};
use gix_zlib::Inflate;

/// Folders within folders that are listed.
const MAX_DEPTH: usize = 64;

/// The files of one commit, read from a pack on disk and never written out. Only plain files are there: symbolic links
/// and submodules are not.
pub struct Snapshot {
    bundle: Bundle,
    /// The commit.
    pub commit: ObjectId,
    tree: ObjectId,
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
    pub fn open(folder: &Path, commit: ObjectId) -> Option<Self> {
        let mut files = std::fs::read_dir(folder).ok()?.filter_map(Result::ok).map(|file| file.path());
        let index = files.find(|file| file.extension().is_some_and(|extension| extension == "idx"))?;
        let bundle = Bundle::at(index, Kind::Sha1).ok()?;
        if bundle.pack.checksum() != bundle.index.pack_checksum()
            || bundle.pack.num_objects() != bundle.index.num_objects()
        {
            return None;
        }
        let mut snapshot = Self { bundle, commit, tree: commit };
        let object = snapshot.object(&commit, gix_object::Kind::Commit).ok()?;
        snapshot.tree = CommitRefIter::from_bytes(&object, Kind::Sha1).tree_id().ok()?;
        Some(snapshot)
    }

    /// The file at a path; `None` where there is none.
    pub fn find(&self, path: &str) -> Result<Option<ObjectId>, ReadFailure> {
        let mut tree = self.tree;
        let mut parts = path.split('/').peekable();
        while let Some(part) = parts.next() {
            let object = self.object(&tree, gix_object::Kind::Tree)?;
            let mut found = None;
            for entry in TreeRefIter::from_bytes(&object, Kind::Sha1) {
                let entry = entry.map_err(|_| damaged())?;
                if entry.filename == part {
                    found = Some((entry.mode.kind(), entry.oid.to_owned()));
                    break;
                }
            }
            match (found, parts.peek()) {
                (Some((EntryKind::Tree, id)), Some(_)) => tree = id,
                (Some((EntryKind::Blob | EntryKind::BlobExecutable, id)), None) => return Ok(Some(id)),
                _ => return Ok(None),
            }
        }
        Ok(None)
    }

    /// All files, sorted by path, unless there are more than `max` with their folders.
    pub fn list(&self, max: usize) -> Result<Vec<Listed>, ReadFailure> {
        let mut files = Vec::new();
        let mut seen = 0;
        let mut folders = vec![(String::new(), self.tree, 0)];
        while let Some((folder, tree, depth)) = folders.pop() {
            let object = self.object(&tree, gix_object::Kind::Tree)?;
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

    /// What is in a file.
    pub fn bytes(&self, id: &oid) -> Result<Bytes, ReadFailure> {
        self.object(id, gix_object::Kind::Blob).map(Bytes::from)
    }

    fn object(&self, id: &oid, kind: gix_object::Kind) -> Result<Vec<u8>, ReadFailure> {
        let mut bytes = Vec::new();
        let found = self.bundle.find(id, &mut bytes, &mut Inflate::default(), &mut cache::Never);
        let is_kind = found.ok().flatten().is_some_and(|(object, _)| object.kind == kind);
        if is_kind { Ok(bytes) } else { Err(damaged()) }
    }
}

/// No name that could mean anything else to whoever writes the file somewhere.
fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && !matches!(name, "." | "..")
        && !name.eq_ignore_ascii_case(".git")
        && !name.contains(['/', '\\', '\0'])
}

/// What was kept of a repository is not whole.
pub fn damaged() -> ReadFailure {
    ReadFailure::Unavailable("what was received of the repository is not whole".to_owned())
}
