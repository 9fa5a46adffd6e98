use sea_orm_migration::{
    prelude::*,
    schema::{string, text, timestamp_with_time_zone, timestamp_with_time_zone_null},
};

/// Accounts at other services that users have connected. Their tokens are kept as sealed text.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("auth_accounts")
            .col(string("subject"))
            .col(string("provider"))
            .col(string("login"))
            .col(text("scopes"))
            .col(text("secrets"))
            .col(timestamp_with_time_zone("connected_at"))
            .col(timestamp_with_time_zone_null("expires_at"))
            .primary_key(Index::create().col("subject").col("provider"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("auth_accounts").to_owned()).await
    }
}
