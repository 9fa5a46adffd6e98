//! A folder of descriptors to read.

#![expect(clippy::unwrap_used, reason = "a helper that cannot go on ends its test")]
#![allow(dead_code, reason = "each test binary uses a part of it")]

use std::{fs, ops::ControlFlow, path::PathBuf};

use callboard_descriptor::{
    FileReader, Limits, LocationTarget, Presence, ProcessOptions, ProcessedDocument, ReadFile, Reference,
    Rules, WalkSummary, read_location,
};
use tempfile::TempDir;

pub struct Folder(TempDir);

pub struct Found {
    pub files: Vec<ReadFile>,
    pub summary: WalkSummary,
}

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        if name == "." { self.0.path().to_path_buf() } else { self.0.path().join(name) }
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn reader(&self) -> FileReader {
        FileReader::new(self.0.path(), Limits::default()).unwrap()
    }

    pub fn read(&self, target: &str) -> Found {
        self.read_with(
            target,
            &ProcessOptions { rules: Rules::allow_all().into(), ..ProcessOptions::default() },
        )
    }

    pub fn read_with(&self, target: &str, options: &ProcessOptions) -> Found {
        let start = LocationTarget { target: self.path(target).into(), presence: Presence::Required };
        let mut files = Vec::new();
        let summary = read_location(&start, &self.reader(), options, &mut |file| {
            files.push(file);
            ControlFlow::Continue(())
        });
        Found { files, summary }
    }
}

impl Found {
    pub fn names(&self) -> Vec<String> {
        let name =
            |place: &Reference| place.path().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        self.files.iter().map(|file| name(&file.place)).collect()
    }

    pub fn documents(&self) -> Vec<&ProcessedDocument> {
        self.files.iter().flat_map(|file| &file.documents).collect()
    }

    pub fn messages(&self) -> Vec<String> {
        self.documents()
            .into_iter()
            .flat_map(|document| &document.errors)
            .map(|error| format!("{}:{} {}", error.line, error.column, error.message))
            .collect()
    }
}

pub fn component(name: &str, more: &str) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {name}\nspec:\n  type: service\n  lifecycle: production\n  owner: team-a\n{more}"
    )
}

pub fn location(name: &str, targets: &[&str]) -> String {
    let mut text = format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata:\n  name: {name}\nspec:\n  targets:\n"
    );
    for target in targets {
        text.extend(["    - ", target, "\n"]);
    }
    text
}
