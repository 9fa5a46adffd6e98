use callboard_migrations::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, Order, Query},
};
use uuid::Uuid;

use crate::harness::{Engine, database, on_both_databases};

on_both_databases! {
    async fn the_schema_goes_up_down_and_up(engine: Engine) {
        let folder = tempfile::tempdir().unwrap();
        let database = database(engine, folder.path()).await;
        let is_there = async || database.execute_unprepared("SELECT uid FROM catalog_entities").await.is_ok();
        Migrator::up(&database, None).await.unwrap();
        assert!(is_there().await);
        Migrator::down(&database, None).await.unwrap();
        assert!(!is_there().await);
        Migrator::up(&database, None).await.unwrap();
        assert!(is_there().await);
    }
}

on_both_databases! {
    async fn what_entities_declare_survives_the_way_there_and_back(engine: Engine) {
        let folder = tempfile::tempdir().unwrap();
        let database = database(engine, folder.path()).await;
        Migrator::up(&database, None).await.unwrap();
        let (declaring, silent) = (Uuid::now_v7(), Uuid::now_v7());
        let declared = r#"[["component:default/a","ownedBy","group:default/b"],["group:default/b","ownerOf","component:default/a"]]"#;
        for (uid, relations) in [(declaring, Some(declared)), (silent, None)] {
            let insert = Query::insert()
                .into_table("catalog_entities")
                .columns(["uid", "source_id", "document", "etag", "status", "relations", "updated_at"])
                .values_panic([
                    uid.into(),
                    uid.into(),
                    0.into(),
                    "".into(),
                    "[]".into(),
                    relations.into(),
                    chrono::DateTime::UNIX_EPOCH.into(),
                ])
                .to_owned();
            database.execute(&insert).await.unwrap();
        }
        let steps = Migrator::migrations();
        let step = steps.iter().position(|step| step.name().ends_with("keep_relations_with_entities")).unwrap();
        Migrator::down(&database, Some(u32::try_from(steps.len() - step).unwrap())).await.unwrap();
        let select = Query::select()
            .columns(["source", "relation_type", "target"])
            .from("catalog_relations")
            .and_where(Expr::col("declared_by").eq(declaring))
            .order_by("relation_type", Order::Asc)
            .to_owned();
        let rows = database.query_all(&select).await.unwrap();
        let texts: Vec<[String; 3]> =
            rows.iter().map(|row| [0, 1, 2].map(|column| row.try_get_by_index(column).unwrap())).collect();
        assert_eq!(
            texts,
            [["component:default/a", "ownedBy", "group:default/b"], ["group:default/b", "ownerOf", "component:default/a"]]
        );
        Migrator::up(&database, None).await.unwrap();
        for (uid, relations) in [(declaring, Some(2)), (silent, None)] {
            let select = Query::select()
                .column("relations")
                .from("catalog_entities")
                .and_where(Expr::col("uid").eq(uid))
                .to_owned();
            let row = database.query_one(&select).await.unwrap().unwrap();
            let stored: Option<String> = row.try_get_by_index(0).unwrap();
            let read: Option<Vec<[String; 3]>> = stored.map(|text| serde_json::from_str(&text).unwrap());
            assert_eq!(read.filter(|list| !list.is_empty()).map(|list| list.len()), relations);
        }
    }
}
