use sea_orm_migration::{
    prelude::*,
    schema::{string, text, timestamp_with_time_zone},
};

/// What each user has set for itself.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("auth_settings")
            .col(string("subject"))
            .col(string("name"))
            .col(text("value"))
            .col(timestamp_with_time_zone("updated_at"))
            .primary_key(Index::create().col("subject").col("name"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("auth_settings").to_owned()).await
    }
}
