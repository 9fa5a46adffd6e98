use std::{
    env, fs,
    path::{Path, PathBuf},
};

use walkdir::WalkDir;

use crate::{FileReader, Limits, ReadError, format::shown};

/// The files that a path of the command line stands for, and what reads them.
pub(super) struct Descriptors {
    pub(super) files: Vec<PathBuf>,
    pub(super) reader: FileReader,
}

pub(super) fn descriptors(path: &Path, limits: &Limits) -> Result<Descriptors, ReadError> {
    let name = || shown(&path.to_string_lossy());
    if !path.exists() {
        return Err(ReadError::NotFound(name()));
    }
    let is_folder = path.is_dir();
    let reader = FileReader::new(&root_of(path, is_folder), limits.clone())?;
    if !is_folder {
        return Ok(Descriptors { files: vec![path.to_path_buf()], reader });
    }
    let mut files = Vec::new();
    let entries = WalkDir::new(path)
        .follow_links(false)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.file_name() != ".git" && entry.file_name() != "node_modules");
    for (count, entry) in entries.enumerate() {
        if count >= limits.visited_entries {
            return Err(ReadError::TooMany(name(), limits.visited_entries));
        }
        let entry = entry.map_err(|error| ReadError::Io(name(), error.to_string()))?;
        if entry.file_type().is_file() && is_descriptor(entry.path(), limits) {
            files.push(entry.into_path());
        }
    }
    Ok(Descriptors { files, reader })
}

/// What a descriptor may refer to: what is below the folder that is checked, and the repository or the working
/// folder that the path is in.
fn root_of(path: &Path, is_folder: bool) -> PathBuf {
    let absolute =
        std::path::absolute(path).map_or_else(|_| path.to_path_buf(), |path| crate::reader::normalise(&path));
    let folder =
        if is_folder { absolute } else { absolute.parent().map_or(absolute.clone(), Path::to_path_buf) };
    let repository = folder.ancestors().find(|ancestor| ancestor.join(".git").exists());
    if let Some(repository) = repository {
        return repository.to_path_buf();
    }
    match env::current_dir() {
        Ok(current) if folder.starts_with(&current) => current,
        _ => folder,
    }
}

fn is_descriptor(path: &Path, limits: &Limits) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    if !matches!(extension, Some("yaml" | "yml")) {
        return false;
    }
    if path.file_stem().is_some_and(|stem| stem == "catalog-info") {
        return true;
    }
    if fs::metadata(path).is_ok_and(|metadata| metadata.len() > limits.file_bytes) {
        return false;
    }
    fs::read(path).is_ok_and(|text| names_the_catalog(&text))
}

/// Whether a line says `apiVersion: backstage.io/…` or the like.
fn names_the_catalog(text: &[u8]) -> bool {
    text.split(|byte| *byte == b'\n').any(|line| {
        let line = String::from_utf8_lossy(&line[..line.len().min(200)]);
        let value = line.strip_prefix("apiVersion").and_then(|rest| rest.trim_start().strip_prefix(':'));
        value
            .is_some_and(|value| value.trim_start().trim_start_matches(['"', '\'']).contains("backstage.io/"))
    })
}
