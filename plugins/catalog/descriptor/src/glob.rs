use std::{
    fs,
    path::{Path, PathBuf},
};

use globset::GlobBuilder;
use walkdir::WalkDir;

use crate::{FileReader, ReadError};

/// What a folder stands for.
const DESCRIPTORS: &str = "**/catalog-info.{yaml,yml}";

/// Folders that hold what others wrote.
const SKIPPED: [&str; 2] = [".git", "node_modules"];

/// Whether `path` has a pattern in it.
pub(crate) fn is_pattern(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '[', '{'])
}

/// The folder that all matches of a pattern are below; the path itself where there is no pattern.
pub(crate) fn fixed_folder(path: &Path) -> PathBuf {
    if !is_pattern(path) || path.exists() {
        return path.to_path_buf();
    }
    path.components().take_while(|component| !is_pattern(Path::new(component.as_os_str()))).collect()
}

/// The files that `path` stands for, sorted.
pub(crate) fn expand(reader: &FileReader, path: &Path) -> Result<Vec<PathBuf>, ReadError> {
    // A name may hold what looks like a pattern, `${{ values.name }}` for one.
    if fs::symlink_metadata(path).is_ok() {
        let real = reader.real_path(path)?;
        let metadata =
            fs::metadata(&real).map_err(|error| ReadError::Io(reader.show(path), error.to_string()))?;
        if metadata.is_dir() {
            let found = walk(reader, path, path, DESCRIPTORS)?;
            if found.is_empty() {
                let missing = format!("a `catalog-info.yaml` below {}", reader.show(path));
                return Err(ReadError::NotFound(missing));
            }
            return Ok(found);
        }
        return Ok(vec![path.to_path_buf()]);
    }
    if !is_pattern(path) {
        return Err(ReadError::NotFound(reader.show(path)));
    }
    let folder = fixed_folder(path);
    let pattern = path.strip_prefix(&folder).unwrap_or(path).to_string_lossy().into_owned();
    if !folder.is_dir() {
        return Err(ReadError::NotFound(reader.show(path)));
    }
    let found = walk(reader, &folder, path, &pattern)?;
    if found.is_empty() { Err(ReadError::NotFound(reader.show(path))) } else { Ok(found) }
}

fn walk(
    reader: &FileReader,
    folder: &Path,
    written: &Path,
    pattern: &str,
) -> Result<Vec<PathBuf>, ReadError> {
    let matcher = GlobBuilder::new(pattern)
        .literal_separator(true)
        .build()
        .map_err(|error| ReadError::Glob(reader.show(written), error.kind().to_string()))?
        .compile_matcher();
    reader.real_path(folder)?;
    let depth = if pattern.contains("**") { usize::MAX } else { pattern.split('/').count() };
    let limit = reader.limits().visited_entries;
    let mut found = Vec::new();
    let entries =
        WalkDir::new(folder).follow_links(false).max_depth(depth).into_iter().filter_entry(|entry| {
            !entry.file_type().is_dir() || !SKIPPED.iter().any(|name| entry.file_name() == *name)
        });
    for (count, entry) in entries.enumerate() {
        if count >= limit {
            return Err(ReadError::TooMany(reader.show(written), limit));
        }
        // A folder that cannot be listed hides nothing else.
        let Ok(entry) = entry else { continue };
        let Ok(below) = entry.path().strip_prefix(folder) else { continue };
        // Names that are not text would all be told as the same.
        if below.to_str().is_none() {
            continue;
        }
        if entry.file_type().is_dir() || !matcher.is_match(below) {
            continue;
        }
        // A link to a file inside is one more name of it. One that leads out or nowhere is told of when it is read.
        let is_file = entry.file_type().is_file()
            || (entry.file_type().is_symlink()
                && reader.real_path(entry.path()).map_or(true, |real| real.is_file()));
        if is_file {
            found.push(entry.into_path());
        }
    }
    found.sort_unstable();
    Ok(found)
}
