use sea_orm_migration::prelude::*;

/// Finds what changed last among all entities.
#[derive(DeriveMigrationName)]
pub struct Migration;

const NAME: &str = "catalog_entities_by_change";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let create =
            Index::create().name(NAME).table("catalog_entities").col("updated_at").col("uid").to_owned();
        manager.create_index(create).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name(NAME).table("catalog_entities").to_owned()).await
    }
}
