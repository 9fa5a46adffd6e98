//! The schema of the database, step by step, for SQLite and PostgreSQL.

use sea_orm_migration::prelude::*;

mod m20261123_000001_create_catalog_sources;
mod m20261123_000002_create_catalog_entities;
mod m20261123_000003_create_catalog_relations;
mod m20261123_000004_create_catalog_changes;
mod m20261123_000005_create_catalog_stars;
mod m20261123_000006_create_gateway_remote_sdl;
mod m20261123_000007_create_permissions_roles;
mod m20261123_000008_create_audit_events;
mod m20261123_000021_create_auth_sessions;
mod m20261123_000022_create_auth_tokens;
mod m20261123_000023_create_auth_accounts;
mod m20261123_000024_create_auth_signing_keys;
mod m20261123_000025_create_auth_used_once;
mod m20261123_000026_create_auth_settings;
mod m20261123_000027_add_auth_tokens_created_with;
mod m20261123_000028_add_auth_accounts_refreshing_until;
mod m20261123_000031_create_kit_jobs;
mod m20261123_000032_create_catalog_locations;
mod m20261124_000033_create_catalog_webhooks;
mod m20261130_000034_index_refused_documents;
mod m20261130_000035_keep_relations_with_entities;
mod m20261130_000036_order_entities_by_change;
mod m20261130_000041_create_search_changes;

pub use sea_orm_migration::MigratorTrait;

/// All steps, in order.
#[derive(Clone, Copy, Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_create_catalog_sources::Migration),
            Box::new(m20261123_000002_create_catalog_entities::Migration),
            Box::new(m20261123_000003_create_catalog_relations::Migration),
            Box::new(m20261123_000004_create_catalog_changes::Migration),
            Box::new(m20261123_000005_create_catalog_stars::Migration),
            Box::new(m20261123_000006_create_gateway_remote_sdl::Migration),
            Box::new(m20261123_000007_create_permissions_roles::Migration),
            Box::new(m20261123_000008_create_audit_events::Migration),
            Box::new(m20261123_000021_create_auth_sessions::Migration),
            Box::new(m20261123_000022_create_auth_tokens::Migration),
            Box::new(m20261123_000023_create_auth_accounts::Migration),
            Box::new(m20261123_000024_create_auth_signing_keys::Migration),
            Box::new(m20261123_000025_create_auth_used_once::Migration),
            Box::new(m20261123_000026_create_auth_settings::Migration),
            Box::new(m20261123_000027_add_auth_tokens_created_with::Migration),
            Box::new(m20261123_000028_add_auth_accounts_refreshing_until::Migration),
            Box::new(m20261123_000031_create_kit_jobs::Migration),
            Box::new(m20261123_000032_create_catalog_locations::Migration),
            Box::new(m20261124_000033_create_catalog_webhooks::Migration),
            Box::new(m20261130_000034_index_refused_documents::Migration),
            Box::new(m20261130_000035_keep_relations_with_entities::Migration),
            Box::new(m20261130_000036_order_entities_by_change::Migration),
            Box::new(m20261130_000041_create_search_changes::Migration),
        ]
    }
}
