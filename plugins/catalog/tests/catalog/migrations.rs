use callboard_migrations::{Migrator, MigratorTrait};
use sea_orm::ConnectionTrait;

use crate::harness::{Engine, database, on_both_databases};

on_both_databases! {
    async fn the_schema_goes_up_down_and_up(engine: Engine) {
        let folder = tempfile::tempdir().unwrap();
        let database = database(engine, folder.path()).await;
        let is_there = async || database.execute_unprepared("SELECT uid FROM catalog_entities").await.is_ok();
        Migrator::up(&database, None).await.unwrap();
        assert!(is_there().await);
        Migrator::down(&database, None).await.unwrap();
        assert!(!is_there().await);
        Migrator::up(&database, None).await.unwrap();
        assert!(is_there().await);
    }
}
