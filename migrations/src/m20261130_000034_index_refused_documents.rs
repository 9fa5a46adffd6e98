use sea_orm_migration::{prelude::*, sea_orm::ConnectionTrait};

/// Finds the few documents that something is wrong with among all that are fine.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let create = "CREATE INDEX catalog_entities_refused ON catalog_entities (uid) WHERE status <> '[]'";
        manager.get_connection().execute_unprepared(create).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_index(Index::drop().name("catalog_entities_refused").table("catalog_entities").to_owned())
            .await
    }
}
