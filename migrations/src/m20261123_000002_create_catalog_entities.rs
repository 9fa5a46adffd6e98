use sea_orm_migration::{
    prelude::*,
    schema::{boolean, integer, string, string_null, text, text_null, timestamp_with_time_zone, uuid},
};

/// What each document became: an entity, or an error that never was one (`reference` is null then).
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("catalog_entities")
            .col(uuid("uid").primary_key())
            .col(uuid("source_id"))
            .col(integer("document"))
            .col(string_null("reference").unique_key())
            .col(string_null("claimed_reference"))
            .col(string_null("kind"))
            .col(text_null("body"))
            .col(string("etag"))
            .col(string_null("document_hash"))
            .col(text("status"))
            .col(boolean("orphan").default(false))
            .col(timestamp_with_time_zone("updated_at"))
            .to_owned();
        manager.create_table(table).await?;
        let by_source = Index::create()
            .name("catalog_entities_by_source")
            .table("catalog_entities")
            .col("source_id")
            .to_owned();
        manager.create_index(by_source).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("catalog_entities").to_owned()).await
    }
}
