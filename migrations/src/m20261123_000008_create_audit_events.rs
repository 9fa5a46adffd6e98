use sea_orm_migration::{
    prelude::*,
    schema::{string, string_null, text, text_null, timestamp_with_time_zone},
};

/// What was done, by whom. Rows are added, and removed when they are old; nothing changes them.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("audit_events")
            .col(string("id").primary_key())
            .col(timestamp_with_time_zone("at"))
            .col(string("action"))
            .col(string("outcome"))
            .col(string_null("actor"))
            .col(text_null("access"))
            .col(string_null("address"))
            .col(text_null("user_agent"))
            .col(text_null("request_id"))
            .col(text_null("target"))
            .col(text_null("message"))
            .col(text("changes"))
            .to_owned();
        manager.create_table(table).await?;
        for column in ["at", "actor", "action", "target"] {
            let index = Index::create()
                .name(format!("audit_events_{column}"))
                .table("audit_events")
                .col(column)
                .col("id")
                .to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("audit_events").to_owned()).await
    }
}
