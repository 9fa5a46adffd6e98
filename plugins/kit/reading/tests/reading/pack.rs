use std::io::Write;

use flate2::{Compression, write::ZlibEncoder};
use gix_hash::ObjectId;
use gix_object::Kind;

/// A pack written by hand, with whatever in it.
pub struct Pack {
    bytes: Vec<u8>,
    count: u32,
}

impl Pack {
    pub fn new() -> Self {
        Self { bytes: b"PACK\0\0\0\x02\0\0\0\0".to_vec(), count: 0 }
    }

    /// Where the next object begins.
    pub fn offset(&self) -> u64 {
        self.bytes.len() as u64
    }

    pub fn object(&mut self, kind: Kind, content: &[u8]) -> ObjectId {
        let number = match kind {
            Kind::Commit => 1,
            Kind::Tree => 2,
            Kind::Blob => 3,
            Kind::Tag => 4,
        };
        self.entry(number, content.len() as u64, &[], content);
        id(kind, content)
    }

    pub fn blob(&mut self, content: &str) -> ObjectId {
        self.object(Kind::Blob, content.as_bytes())
    }

    pub fn tree(&mut self, entries: &[(&str, &str, ObjectId)]) -> ObjectId {
        self.object(Kind::Tree, &tree(entries))
    }

    /// A delta on what is so far before it.
    pub fn delta(&mut self, distance: u64, delta: &[u8]) {
        let mut base = vec![u8::try_from(distance & 0x7f).unwrap()];
        let mut rest = distance >> 7;
        while rest > 0 {
            rest -= 1;
            base.insert(0, 0x80 | u8::try_from(rest & 0x7f).unwrap());
            rest >>= 7;
        }
        self.entry(6, delta.len() as u64, &base, delta);
    }

    /// A delta on an object that it names.
    pub fn named_delta(&mut self, base: ObjectId, delta: &[u8]) {
        self.entry(7, delta.len() as u64, base.as_slice(), delta);
    }

    /// Anything that calls itself an object.
    pub fn entry(&mut self, kind: u8, size: u64, base: &[u8], content: &[u8]) {
        let mut first = (kind << 4) | u8::try_from(size & 15).unwrap();
        let mut rest = size >> 4;
        while rest > 0 {
            self.bytes.push(first | 0x80);
            first = u8::try_from(rest & 0x7f).unwrap();
            rest >>= 7;
        }
        self.bytes.push(first);
        self.bytes.extend_from_slice(base);
        let mut deflated = ZlibEncoder::new(Vec::new(), Compression::fast());
        deflated.write_all(content).unwrap();
        self.bytes.extend(deflated.finish().unwrap());
        self.count += 1;
    }

    /// The commit of a tree, and the pack as it says it is.
    pub fn finish(mut self, tree: ObjectId) -> (ObjectId, Vec<u8>) {
        let commit = self.commit(tree);
        let count = self.count;
        (commit, self.seal(count))
    }

    /// The same, with a count of objects that may be a lie.
    pub fn finish_as_if(mut self, tree: ObjectId, count: impl Fn(u32) -> u32) -> (ObjectId, Vec<u8>) {
        let commit = self.commit(tree);
        let count = count(self.count);
        (commit, self.seal(count))
    }

    fn commit(&mut self, tree: ObjectId) -> ObjectId {
        let who = "Mallory <mallory@example.org> 1700000000 +0000";
        let text = format!("tree {tree}\nauthor {who}\ncommitter {who}\n\nhostile\n");
        self.object(Kind::Commit, text.as_bytes())
    }

    fn seal(mut self, count: u32) -> Vec<u8> {
        self.bytes[8..12].copy_from_slice(&count.to_be_bytes());
        let mut hasher = gix_hash::hasher(gix_hash::Kind::Sha1);
        hasher.update(&self.bytes);
        let hash = hasher.try_finalize().unwrap();
        self.bytes.extend_from_slice(hash.as_slice());
        self.bytes
    }
}

pub fn id(kind: Kind, content: &[u8]) -> ObjectId {
    gix_object::compute_hash(gix_hash::Kind::Sha1, kind, content).unwrap()
}

/// What is in a folder: modes, names and objects.
pub fn tree(entries: &[(&str, &str, ObjectId)]) -> Vec<u8> {
    let mut content = Vec::new();
    for (mode, name, id) in entries {
        content.extend_from_slice(format!("{mode} {name}\0").as_bytes());
        content.extend_from_slice(id.as_slice());
    }
    content
}

/// A delta that says which sizes it is of.
pub fn delta(base: u64, result: u64, instructions: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for mut size in [base, result] {
        while size >= 0x80 {
            bytes.push(0x80 | u8::try_from(size & 0x7f).unwrap());
            size >>= 7;
        }
        bytes.push(u8::try_from(size).unwrap());
    }
    bytes.extend_from_slice(instructions);
    bytes
}

/// Instructions that put text into what a delta makes.
pub fn insert(text: &[u8]) -> Vec<u8> {
    text.chunks(127).flat_map(|chunk| [&[u8::try_from(chunk.len()).unwrap()], chunk].concat()).collect()
}
