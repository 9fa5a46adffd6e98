use sea_orm_migration::{
    prelude::*,
    schema::{
        boolean, string, string_uniq, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null,
    },
};

/// Access tokens of users and services. Secrets are kept as hashes.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("auth_tokens")
            .col(string("id").primary_key())
            .col(string_uniq("secret_hash"))
            .col(string("name"))
            .col(string("subject"))
            .col(boolean("in_catalog"))
            .col(text_null("permissions"))
            .col(string("hint"))
            .col(timestamp_with_time_zone("created_at"))
            .col(string("created_by"))
            .col(timestamp_with_time_zone_null("expires_at"))
            .col(timestamp_with_time_zone_null("last_used_at"))
            .to_owned();
        manager.create_table(table).await?;
        let index = Index::create()
            .name("auth_tokens_subject")
            .table("auth_tokens")
            .col("subject")
            .col("id")
            .to_owned();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("auth_tokens").to_owned()).await
    }
}
