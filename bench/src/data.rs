//! Descriptors to feed a portal with.

#[path = "../../plugins/catalog/benches/catalog/generate.rs"]
#[expect(clippy::unwrap_used, reason = "shared with a benchmark that ends where it cannot write")]
mod generate;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context;
use tempfile::TempDir;

/// A folder of descriptors, and what is in it.
pub struct Data {
    folder: PathBuf,
    /// The names of all components.
    pub components: Vec<String>,
    /// Who owns something.
    pub owners: Vec<String>,
    count: usize,
    _scratch: Option<TempDir>,
}

impl Data {
    /// So many invented entities, the same ones every time.
    pub fn invented(count: usize) -> anyhow::Result<Self> {
        let scratch = tempfile::tempdir()?;
        generate::generate(scratch.path(), count);
        let data = Self::of_folder(scratch.path())?;
        Ok(Self { _scratch: Some(scratch), ..data })
    }

    /// The entities of a folder of files with a document for each, which begins with a line `---`.
    pub fn of_folder(folder: &Path) -> anyhow::Result<Self> {
        let folder = folder.canonicalize().with_context(|| format!("{}", folder.display()))?;
        let (mut components, mut owners, mut count) = (Vec::new(), BTreeSet::new(), 0);
        let mut files: Vec<PathBuf> =
            fs::read_dir(&folder)?.map(|file| Ok(file?.path())).collect::<anyhow::Result<_>>()?;
        files.sort_unstable();
        for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "yaml"))
        {
            let text = fs::read_to_string(file)?;
            for document in text.split("---\n") {
                let field = |start: &str| document.lines().find_map(|line| line.strip_prefix(start));
                let Some(kind) = field("kind: ") else { continue };
                count += 1;
                if let Some(name) = field("  name: ").filter(|_| kind == "Component") {
                    components.push(name.to_owned());
                }
                owners.extend(field("  owner: ").map(str::to_owned));
            }
        }
        Ok(Self { folder, components, owners: owners.into_iter().collect(), count, _scratch: None })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// How many entities there are.
    pub const fn count(&self) -> usize {
        self.count
    }

    /// A component, another one for each number.
    pub fn component(&self, number: usize) -> &str {
        pick(&self.components, number)
    }

    /// An owner, another one for each number.
    pub fn owner(&self, number: usize) -> &str {
        pick(&self.owners, number)
    }
}

fn pick(names: &[String], number: usize) -> &str {
    let mixed = number.wrapping_mul(2_654_435_761) >> 7;
    names.get(mixed % names.len().max(1)).map_or("", String::as_str)
}
