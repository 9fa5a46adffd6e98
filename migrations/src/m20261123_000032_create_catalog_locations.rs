use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, string, string_null, text_null, timestamp_with_time_zone, uuid, uuid_null},
    sea_orm::ConnectionTrait,
};
use uuid::Uuid;

/// Where the catalog reads from, and which of these locations lead to which file: a file stays while any of them does.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_tables(manager).await?;
        let location =
            Table::alter().table("catalog_sources").add_column(uuid_null("location_id")).to_owned();
        manager.alter_table(location).await?;
        let by_location = Index::create()
            .name("catalog_sources_by_location")
            .table("catalog_sources")
            .col("location_id")
            .to_owned();
        manager.create_index(by_location).await?;
        let owner =
            Table::alter().table("catalog_entities").add_column(string_null("owner_reference")).to_owned();
        manager.alter_table(owner).await?;
        let by_claim = Index::create()
            .name("catalog_entities_by_claim")
            .table("catalog_entities")
            .col("claimed_reference")
            .to_owned();
        manager.create_index(by_claim).await?;
        adopt(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let drop_index = |name: &str, table: &'static str| Index::drop().name(name).table(table).to_owned();
        manager.drop_index(drop_index("catalog_entities_by_claim", "catalog_entities")).await?;
        let owner = Table::alter().table("catalog_entities").drop_column("owner_reference").to_owned();
        manager.alter_table(owner).await?;
        manager.drop_index(drop_index("catalog_sources_by_location", "catalog_sources")).await?;
        let location = Table::alter().table("catalog_sources").drop_column("location_id").to_owned();
        manager.alter_table(location).await?;
        manager.drop_table(Table::drop().table("catalog_source_parents").to_owned()).await?;
        manager.drop_table(Table::drop().table("catalog_locations").to_owned()).await
    }
}

async fn create_tables(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let locations = Table::create()
        .table("catalog_locations")
        .col(uuid("id").primary_key())
        .col(string("type"))
        .col(string("target"))
        .col(string("owner"))
        .col(big_integer("position"))
        .col(string_null("created_by"))
        .col(timestamp_with_time_zone("created_at"))
        .col(text_null("error"))
        .index(Index::create().unique().name("catalog_locations_once").col("owner").col("type").col("target"))
        .to_owned();
    manager.create_table(locations).await?;
    let parents = Table::create()
        .table("catalog_source_parents")
        .col(uuid("source_id"))
        .col(uuid("location_id"))
        .col(string("emitted_by"))
        .primary_key(Index::create().col("source_id").col("location_id"))
        .to_owned();
    manager.create_table(parents).await?;
    let by_location = Index::create()
        .name("catalog_source_parents_by_location")
        .table("catalog_source_parents")
        .col("location_id")
        .to_owned();
    manager.create_index(by_location).await
}

/// Until now every file knew the location of the config that led to it.
async fn adopt(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let origins = Query::select().distinct().column("origin").from("catalog_sources").to_owned();
    for (position, row) in (0_i64..).zip(&connection.query_all(&origins).await?) {
        let origin: String = row.try_get_by_index(0)?;
        let Some((type_, target)) = origin.split_once(':') else { continue };
        let id = Uuid::now_v7();
        let mut insert = Query::insert();
        insert
            .into_table("catalog_locations")
            .columns(["id", "type", "target", "owner", "position", "created_at"])
            .values_panic([
                id.into(),
                type_.into(),
                target.into(),
                "config".into(),
                position.into(),
                Expr::current_timestamp(),
            ]);
        connection.execute(&insert).await?;
        let update = Query::update()
            .table("catalog_sources")
            .value("location_id", id)
            .and_where(Expr::col("origin").eq(origin.as_str()))
            .to_owned();
        connection.execute(&update).await?;
    }
    connection
        .execute_unprepared(
            "INSERT INTO catalog_source_parents (source_id, location_id, emitted_by) \
             SELECT id, location_id, COALESCE(emitted_by, '') FROM catalog_sources WHERE location_id IS NOT NULL",
        )
        .await?;
    Ok(())
}
