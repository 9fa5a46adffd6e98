use sea_orm_migration::{prelude::*, schema::string_null};

/// Which token a token was made with, so that it is revoked with that one.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::alter().table("auth_tokens").add_column(string_null("created_with")).to_owned();
        manager.alter_table(table).await?;
        let index = Index::create()
            .name("auth_tokens_created_with")
            .table("auth_tokens")
            .col("created_with")
            .to_owned();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = Index::drop().name("auth_tokens_created_with").table("auth_tokens").to_owned();
        manager.drop_index(index).await?;
        let table = Table::alter().table("auth_tokens").drop_column("created_with").to_owned();
        manager.alter_table(table).await
    }
}
