use sea_orm_migration::{
    prelude::*,
    schema::{string, string_null, string_uniq, text_null, timestamp_with_time_zone, uuid},
};

/// What the catalog reads: one row for each file.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("catalog_sources")
            .col(uuid("id").primary_key())
            .col(string_uniq("location"))
            .col(string("origin"))
            .col(string_null("emitted_by"))
            .col(string_null("hash"))
            .col(text_null("error"))
            .col(timestamp_with_time_zone("read_at"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("catalog_sources").to_owned()).await
    }
}
