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

/// The vault under the key of the config, or under one of its own that is made at the first start.
pub(super) fn open(config: &Config) -> anyhow::Result<Vault> {
    let settings = &config.core.backend;
    if let Some(key) = &settings.encryption_key {
        ensure!(key.expose().len() >= 32, "`backend.encryptionKey` must have 32 characters or more");
        return Ok(Vault::new(key.expose().as_bytes())?);
    }
    fs::create_dir_all(&settings.data)
        .with_context(|| format!("cannot create data folder `{}`", settings.data.display()))?;
    let file = settings.data.join(FILE);
    if !file.exists() {
        make(&file).with_context(|| format!("cannot write `{}`", file.display()))?;
    }
    let key = fs::read(&file).with_context(|| format!("cannot read `{}`", file.display()))?;
    Ok(Vault::new(&key)?)
}

/// Two portals may start on one folder at once: the first to put its key there decides, and nobody reads half of one.
fn make(file: &Path) -> io::Result<()> {
    let own = file.with_extension(Uuid::new_v4().simple().to_string());
    let key = format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(&own)?.write_all(key.as_bytes())?;
    let placed = fs::hard_link(&own, file);
    fs::remove_file(&own)?;
    match placed {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}
