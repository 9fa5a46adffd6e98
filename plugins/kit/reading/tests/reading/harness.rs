use std::path::{Path, PathBuf};

use callboard_kit::{Clock, SourceUrl};
use callboard_reading::{AllowedHost, IntegrationsConfig, Reading, ReadingConfig};
use callboard_test_support::GitHost;
use tempfile::TempDir;

/// A reader with a folder of its own.
pub struct Reader {
    pub reading: Reading,
    pub folder: TempDir,
}

/// A host with the repository `a.git`, whose branch `main` has some files.
pub async fn host() -> GitHost {
    let host = GitHost::start().await.expect("a host");
    host.init("a.git", &[]).await.expect("a repository");
    let files = [
        ("catalog.yaml", "one"),
        ("docs/index.md", "# docs"),
        ("docs/deep/x.yaml", "x"),
        ("docs/50% [a].yaml", "odd"),
    ];
    host.commit("a.git", &files).await.expect("a commit");
    host
}

pub fn git(host: &GitHost, path: &str) -> SourceUrl {
    SourceUrl::git(host.url(path).parse().expect("a URL"))
}

/// Reads a host without a moment of trust, unless `change` says otherwise.
pub fn reader(host: &GitHost, change: impl FnOnce(&mut ReadingConfig, &mut IntegrationsConfig)) -> Reader {
    reader_in(TempDir::new().expect("a folder"), host, change)
}

pub fn reader_in(
    folder: TempDir,
    host: &GitHost,
    change: impl FnOnce(&mut ReadingConfig, &mut IntegrationsConfig),
) -> Reader {
    build(folder, &Clock::system(), host, change)
}

/// Reads by a clock of the test.
pub fn reader_at(
    clock: &Clock,
    host: &GitHost,
    change: impl FnOnce(&mut ReadingConfig, &mut IntegrationsConfig),
) -> Reader {
    build(TempDir::new().expect("a folder"), clock, host, change)
}

fn build(
    folder: TempDir,
    clock: &Clock,
    host: &GitHost,
    change: impl FnOnce(&mut ReadingConfig, &mut IntegrationsConfig),
) -> Reader {
    let allowed = AllowedHost { host: host.host(), paths: None, allow_private: true };
    let mut config = ReadingConfig { allow: vec![allowed], ..ReadingConfig::default() };
    config.git.fresh_for.0 = std::time::Duration::ZERO;
    let mut integrations = IntegrationsConfig::default();
    change(&mut config, &mut integrations);
    let reading = Reading::new(&config, &integrations, clock, folder.path()).expect("a reader");
    Reader { reading, folder }
}

/// How many packs were asked for since the last call.
pub fn fetches(host: &GitHost) -> usize {
    host.take_asked().iter().filter(|asked| asked.is_fetch).count()
}

/// The folders of all commits on disk.
pub fn kept(reader: &Reader) -> Vec<PathBuf> {
    let root = reader.folder.path().join("cache/git");
    let folders = |folder: &Path| {
        std::fs::read_dir(folder)
            .into_iter()
            .flatten()
            .map(|entry| entry.expect("an entry").path())
            .collect::<Vec<_>>()
    };
    folders(&root).iter().flat_map(|repository| folders(repository)).collect()
}
