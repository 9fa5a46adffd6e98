use sea_orm_migration::{prelude::*, schema::timestamp_with_time_zone_null};

/// Until when somebody refreshes the tokens of an account, so that nobody else does at the same time.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = timestamp_with_time_zone_null("refreshing_until");
        manager.alter_table(Table::alter().table("auth_accounts").add_column(column).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::alter().table("auth_accounts").drop_column("refreshing_until").to_owned();
        manager.alter_table(table).await
    }
}
