use std::{fs, time::Duration};

use anyhow::Context;
use sea_orm::{ConnectOptions, Database, DatabaseConnection};

use crate::config::Config;

/// The embedded database, in the data folder.
const FILE: &str = "callboard.db";

/// Opens the database of the config, or the embedded one in the data folder.
pub(crate) async fn connect(config: &Config) -> anyhow::Result<DatabaseConnection> {
    let settings = &config.core.database;
    let url = if let Some(url) = &settings.url {
        url.expose().to_owned()
    } else {
        let folder = &config.core.backend.data;
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot create data folder `{}`", folder.display()))?;
        format!("sqlite://{}?mode=rwc", folder.join(FILE).display())
    };
    let in_memory = url.contains(":memory:");
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(if in_memory { 1 } else { settings.max_connections })
        .acquire_timeout(Duration::from_secs(10))
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(10))
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "NORMAL")
                .pragma("temp_store", "MEMORY")
                .pragma("cache_size", "-65536")
        });
    // The address may hold a password, so it is not part of the message.
    Database::connect(options).await.context("cannot open the database of `database.url`")
}

/// The same without making one where there is none yet.
pub(crate) async fn connect_if_there(config: &Config) -> anyhow::Result<Option<DatabaseConnection>> {
    let settings = &config.core.database;
    let embedded = match &settings.url {
        Some(_) => settings.file(),
        None => Some(config.core.backend.data.join(FILE)),
    };
    if embedded.is_some_and(|file| !file.exists()) { Ok(None) } else { connect(config).await.map(Some) }
}
