use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, boolean, integer, string, string_null, string_uniq, text_null, timestamp_with_time_zone,
    },
};

/// Roles, who has them and what they grant; and how often they were changed, which other processes look at.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let roles = Table::create()
            .table("permissions_roles")
            .col(string("id").primary_key())
            .col(string_uniq("name"))
            .col(text_null("description"))
            .col(string_null("owner"))
            .col(boolean("everyone"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("updated_at"))
            .to_owned();
        manager.create_table(roles).await?;
        let members = Table::create()
            .table("permissions_role_members")
            .col(string("role_id"))
            .col(integer("position"))
            .col(string("member"))
            .primary_key(Index::create().col("role_id").col("member"))
            .foreign_key(&mut of_role())
            .to_owned();
        manager.create_table(members).await?;
        let grants = Table::create()
            .table("permissions_grants")
            .col(string("id").primary_key())
            .col(string("role_id"))
            .col(integer("position"))
            .col(string("permission"))
            .col(string_null("action"))
            .col(string("effect"))
            .col(text_null("condition"))
            .foreign_key(&mut of_role())
            .to_owned();
        manager.create_table(grants).await?;
        let index = Index::create()
            .name("permissions_grants_role")
            .table("permissions_grants")
            .col("role_id")
            .to_owned();
        manager.create_index(index).await?;
        let revision = Table::create()
            .table("permissions_revision")
            .col(integer("id").primary_key())
            .col(big_integer("revision"))
            .to_owned();
        manager.create_table(revision).await?;
        let first = Query::insert()
            .into_table("permissions_revision")
            .columns(["id", "revision"])
            .values_panic([1.into(), 0.into()])
            .to_owned();
        manager.execute(first).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in
            ["permissions_revision", "permissions_grants", "permissions_role_members", "permissions_roles"]
        {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn of_role() -> ForeignKeyCreateStatement {
    let mut key = ForeignKey::create();
    key.from_col("role_id").to("permissions_roles", "id").on_delete(ForeignKeyAction::Cascade);
    key
}
