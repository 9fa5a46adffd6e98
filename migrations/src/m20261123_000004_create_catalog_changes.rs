use sea_orm_migration::{
    prelude::*,
    schema::{big_pk_auto, boolean, uuid},
};

/// Which entities changed, in the order of the changes: what replicas keep their indexes current by.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("catalog_changes")
            .col(big_pk_auto("sequence"))
            .col(uuid("uid"))
            .col(boolean("removed"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("catalog_changes").to_owned()).await
    }
}
