use sea_orm_migration::{
    prelude::*,
    schema::{string, text, timestamp_with_time_zone, uuid},
};

/// What a location was read from, so that a webhook finds whom a change concerns, and which webhooks were taken.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let keys = Table::create()
            .table("catalog_refresh_keys")
            .col(uuid("location_id"))
            .col(text("key"))
            .primary_key(Index::create().col("location_id").col("key"))
            .to_owned();
        manager.create_table(keys).await?;
        let deliveries = Table::create()
            .table("catalog_webhook_deliveries")
            .col(string("id").primary_key())
            .col(timestamp_with_time_zone("taken_at"))
            .to_owned();
        manager.create_table(deliveries).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("catalog_webhook_deliveries").to_owned()).await?;
        manager.drop_table(Table::drop().table("catalog_refresh_keys").to_owned()).await
    }
}
