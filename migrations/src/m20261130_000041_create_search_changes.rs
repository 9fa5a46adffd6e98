use sea_orm_migration::{
    prelude::*,
    schema::{big_pk_auto, string, text, timestamp_with_time_zone},
};

/// What plugins told of documents that can be searched, for every replica to follow.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("search_changes")
            .col(big_pk_auto("sequence"))
            .col(string("type"))
            .col(text("payload"))
            .col(timestamp_with_time_zone("created_at"))
            .to_owned();
        manager.create_table(table).await?;
        let by_type = Index::create()
            .name("search_changes_by_type")
            .table("search_changes")
            .col("type")
            .col("sequence")
            .to_owned();
        manager.create_index(by_type).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("search_changes").to_owned()).await
    }
}
