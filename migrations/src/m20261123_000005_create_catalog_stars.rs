use sea_orm_migration::{
    prelude::*,
    schema::{string, timestamp_with_time_zone},
};

/// Who starred what.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("catalog_stars")
            .col(string("user_reference"))
            .col(string("entity_reference"))
            .col(timestamp_with_time_zone("starred_at"))
            .primary_key(Index::create().col("user_reference").col("entity_reference"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("catalog_stars").to_owned()).await
    }
}
