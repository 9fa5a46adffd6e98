use sea_orm_migration::{
    prelude::*,
    schema::{string, text_null, uuid},
    sea_orm::DbBackend,
};

/// What an entity declares lies in its own row, as a JSON list of `[source, type, target]`: it is written and read with
/// the entity and never alone, and a row for each relation was most of the database and of every start.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = Table::alter().table("catalog_entities").add_column(text_null("relations")).to_owned();
        manager.alter_table(column).await?;
        let list = match manager.get_database_backend() {
            DbBackend::Postgres => "json_agg(json_build_array(source, relation_type, target))::text",
            _ => "json_group_array(json_array(source, relation_type, target))",
        };
        let fill = format!(
            "UPDATE catalog_entities SET relations = \
             (SELECT {list} FROM catalog_relations WHERE declared_by = catalog_entities.uid)"
        );
        manager.get_connection().execute_unprepared(&fill).await?;
        manager.drop_table(Table::drop().table("catalog_relations").to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("catalog_relations")
            .col(uuid("declared_by"))
            .col(string("source"))
            .col(string("relation_type"))
            .col(string("target"))
            .primary_key(Index::create().col("declared_by").col("source").col("relation_type").col("target"))
            .to_owned();
        manager.create_table(table).await?;
        let rows = match manager.get_database_backend() {
            DbBackend::Postgres => {
                "SELECT DISTINCT uid, item->>0, item->>1, item->>2 \
                 FROM catalog_entities, json_array_elements(relations::json) AS item"
            }
            _ => {
                "SELECT DISTINCT uid, item.value->>0, item.value->>1, item.value->>2 \
                 FROM catalog_entities, json_each(catalog_entities.relations) AS item"
            }
        };
        let fill =
            format!("INSERT INTO catalog_relations (declared_by, source, relation_type, target) {rows}");
        manager.get_connection().execute_unprepared(&fill).await?;
        let column = Table::alter().table("catalog_entities").drop_column("relations").to_owned();
        manager.alter_table(column).await
    }
}
