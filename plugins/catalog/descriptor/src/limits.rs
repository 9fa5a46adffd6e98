/// How much a descriptor may ask for before it is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file; a larger one is refused before it is read.
    pub file_bytes: u64,
    /// Documents in one file.
    pub documents: usize,
    /// Collections inside one another.
    pub depth: usize,
    /// Values in one document, counting what aliases repeat.
    pub nodes: usize,
    /// Bytes that aliases may repeat in one document.
    pub alias_bytes: usize,
    /// Placeholders in one document.
    pub placeholders: usize,
    /// Bytes that all placeholders of one document may bring in.
    pub placeholder_bytes: u64,
    /// Bytes of a path or URL that a target or a placeholder leads to.
    pub reference_bytes: usize,
    /// Files that one location, with all it leads to, may read.
    pub files: usize,
    /// Locations that lead to one another.
    pub location_depth: usize,
    /// Files and folders that one directory or glob target may look at.
    pub visited_entries: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 10 * 1024 * 1024,
            documents: 20_000,
            depth: 100,
            nodes: 500_000,
            alias_bytes: 10 * 1024 * 1024,
            placeholders: 200,
            placeholder_bytes: 20 * 1024 * 1024,
            reference_bytes: 2048,
            files: 200_000,
            location_depth: 50,
            visited_entries: 1_000_000,
        }
    }
}
