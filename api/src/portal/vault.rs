use std::{
    fs::{self, OpenOptions},
    io::{self, ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use anyhow::{Context, ensure};
use callboard_kit::Vault;
use uuid::Uuid;

use crate::config::Config;

/// The key that was made where the config has none, in the data folder.
const FILE: &str = "encryption.key";

/// A key that is shorter can be guessed.
const MIN_KEY: usize = 32;

/// The vault under the key of the config, or under one of its own that is made at the first start.
pub(super) fn open(config: &Config) -> anyhow::Result<Vault> {
    let settings = &config.core.backend;
    if let Some(key) = &settings.encryption_key {
        ensure!(
            key.expose().len() >= MIN_KEY,
            "`backend.encryptionKey` must have {MIN_KEY} characters or more"
        );
        return Ok(Vault::new(key.expose().as_bytes())?);
    }
    fs::create_dir_all(&settings.data)
        .with_context(|| format!("cannot create data folder `{}`", settings.data.display()))?;
    let file = settings.data.join(FILE);
    if !file.exists() {
        make(&file).with_context(|| format!("cannot write `{}`", file.display()))?;
    }
    let key = fs::read(&file).with_context(|| format!("cannot read `{}`", file.display()))?;
    ensure!(
        key.len() >= MIN_KEY,
        "`{}` is no key, it has fewer than {MIN_KEY} bytes: put the right one there",
        file.display()
    );
    Ok(Vault::new(&key)?)
}

/// Two portals may start on one folder at once: the first to put its key there decides, and nobody reads half of one.
fn make(file: &Path) -> io::Result<()> {
    let own = file.with_extension(Uuid::new_v4().simple().to_string());
    let key = format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
    let placed = write(&own, key.as_bytes()).and_then(|()| fs::hard_link(&own, file));
    let removed = fs::remove_file(&own);
    match placed {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => removed,
    }
}

/// All of it is on the disk before anything can be encrypted with it.
fn write(file: &Path, key: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
    file.write_all(key)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(FILE);
        make(&file).unwrap();
        let key = fs::read(&file).unwrap();
        assert!(key.len() >= MIN_KEY);
        make(&file).unwrap();
        assert_eq!((fs::read(&file).unwrap(), fs::read_dir(folder.path()).unwrap().count()), (key, 1));
        let nowhere = folder.path().join("missing").join(FILE);
        assert!(make(&nowhere).is_err());
    }

    #[test]
    fn a_file_that_holds_no_key_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let text = serde_json::json!({ "backend": { "data": folder.path() } });
        let registry = crate::plugins::registry();
        let config = Config::check(&text, folder.path().to_path_buf(), &registry).unwrap();
        open(&config).unwrap();
        for key in ["", "short"] {
            fs::write(folder.path().join(FILE), key).unwrap();
            assert!(open(&config).is_err_and(|error| error.to_string().contains("is no key")), "{key}");
        }
    }
}
