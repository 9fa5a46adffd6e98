use std::{fs, io::Read, path::Path};

use anyhow::Context;
use walkdir::WalkDir;

use super::{Repository, telling};

/// Files that are looked at.
const MOST_FILES: usize = 100_000;
/// How much of a file is looked at, in bytes.
const MOST_TEXT: u64 = 256 * 1024;
/// Folders that tell nothing of what is around them.
const LEFT_OUT: [&str; 5] = [".git", "node_modules", "target", "vendor", ".venv"];

/// What is known of the repository in a folder of this machine. Links are not followed.
pub fn folder(folder: &Path) -> anyhow::Result<Repository> {
    let root = folder.canonicalize().with_context(|| format!("cannot read {}", folder.display()))?;
    let is_wanted = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_str().unwrap_or_default();
        !(entry.file_type().is_dir() && entry.depth() > 0 && LEFT_OUT.contains(&name))
    };
    let mut files = Vec::new();
    for entry in WalkDir::new(&root).follow_links(false).into_iter().filter_entry(is_wanted) {
        let entry = entry?;
        let path = entry.path().strip_prefix(&root)?.to_str().map(str::to_owned);
        if let Some(path) = path.filter(|_| entry.file_type().is_file()) {
            files.push(path);
        }
        anyhow::ensure!(files.len() <= MOST_FILES, "more than {MOST_FILES} files, name a folder of it");
    }
    files.sort_unstable();
    let text = |path: &str| {
        let mut bytes = Vec::new();
        fs::File::open(root.join(path)).ok()?.take(MOST_TEXT).read_to_end(&mut bytes).ok()?;
        Some((path.to_owned(), String::from_utf8_lossy(&bytes).into_owned()))
    };
    let texts = telling(&files).into_iter().filter_map(text).collect();
    let name = root.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
    Ok(Repository { name, slug: None, files, texts })
}
