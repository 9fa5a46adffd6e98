use sea_orm_migration::{
    prelude::*,
    schema::{string, text, timestamp_with_time_zone},
};

/// The keys that the portal signs with. The private halves are kept as sealed text.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("auth_signing_keys")
            .col(string("id").primary_key())
            .col(text("public_key"))
            .col(text("private_key"))
            .col(timestamp_with_time_zone("active_at"))
            .col(timestamp_with_time_zone("retires_at"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("auth_signing_keys").to_owned()).await
    }
}
