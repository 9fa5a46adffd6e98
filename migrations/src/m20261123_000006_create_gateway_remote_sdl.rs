use sea_orm_migration::{
    prelude::*,
    schema::{string, text, timestamp_with_time_zone},
};

/// The last schema that each remote plugin told, for when it is down at boot.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("gateway_remote_sdl")
            .col(string("id").primary_key())
            .col(text("sdl"))
            .col(timestamp_with_time_zone("fetched_at"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("gateway_remote_sdl").to_owned()).await
    }
}
