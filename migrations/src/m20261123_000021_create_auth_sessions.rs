use sea_orm_migration::{
    prelude::*,
    schema::{
        boolean, string, string_null, string_uniq, text_null, timestamp_with_time_zone,
        timestamp_with_time_zone_null,
    },
};

/// Who is signed in. Tokens are kept as hashes, what the provider gave as sealed text.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("auth_sessions")
            .col(string("id").primary_key())
            .col(string_uniq("token_hash"))
            .col(string_null("previous_hash"))
            .col(timestamp_with_time_zone_null("previous_until"))
            .col(string("subject"))
            .col(boolean("in_catalog"))
            .col(string("provider"))
            .col(string("external_subject"))
            .col(string_null("external_session"))
            .col(text_null("secrets"))
            .col(string_null("address"))
            .col(string_null("user_agent"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("last_used_at"))
            .col(timestamp_with_time_zone("rotated_at"))
            .col(timestamp_with_time_zone("checked_at"))
            .col(timestamp_with_time_zone("expires_at"))
            .to_owned();
        manager.create_table(table).await?;
        for (name, columns) in [
            ("auth_sessions_previous", &["previous_hash"][..]),
            ("auth_sessions_subject", &["subject", "id"]),
            ("auth_sessions_external", &["provider", "external_subject"]),
        ] {
            let mut index = Index::create().name(name).table("auth_sessions").to_owned();
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("auth_sessions").to_owned()).await
    }
}
