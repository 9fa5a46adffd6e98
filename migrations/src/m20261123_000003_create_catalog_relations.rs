use sea_orm_migration::{
    prelude::*,
    schema::{string, uuid},
};

/// The relations that entities declare, each in both directions; targets need not exist.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("catalog_relations")
            .col(uuid("declared_by"))
            .col(string("source"))
            .col(string("relation_type"))
            .col(string("target"))
            .primary_key(Index::create().col("declared_by").col("source").col("relation_type").col("target"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("catalog_relations").to_owned()).await
    }
}
