//! Queries, and nothing else: the one place that sees the database.

mod accounts;
mod keys;
mod sessions;
mod settings;
mod tokens;
mod used_once;

use callboard_kit::EntityRef;
use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, QueryResult};

pub(crate) use accounts::StoredAccount;
pub(crate) use keys::StoredKey;
pub(crate) use sessions::{Rotation, StoredSession};
pub(crate) use tokens::{Maker, StoredToken};

use crate::error::AuthError;

/// The tables of the auth plugin.
#[derive(Clone, Debug)]
pub(crate) struct AuthRepository {
    database: DatabaseConnection,
}

impl AuthRepository {
    pub(crate) const fn new(database: DatabaseConnection) -> Self {
        Self { database }
    }
}

fn reference(row: &QueryResult, column: &str) -> Result<EntityRef, AuthError> {
    row.try_get::<String>("", column)?.parse().map_err(|_| AuthError::Corrupt("reference"))
}

fn time(row: &QueryResult, column: &str) -> Result<DateTime<Utc>, AuthError> {
    Ok(row.try_get("", column)?)
}

fn time_or_none(row: &QueryResult, column: &str) -> Result<Option<DateTime<Utc>>, AuthError> {
    Ok(row.try_get("", column)?)
}
