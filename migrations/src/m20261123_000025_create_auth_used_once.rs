use sea_orm_migration::{
    prelude::*,
    schema::{string, timestamp_with_time_zone},
};

/// What may be used once only and was: ids of logout tokens, states of sign-ins.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("auth_used_once")
            .col(string("id").primary_key())
            .col(timestamp_with_time_zone("expires_at"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("auth_used_once").to_owned()).await
    }
}
