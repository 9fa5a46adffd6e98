use callboard_tests::{Database, TestPortal};
use serde_json::json;

const SHOP: &str = "
apiVersion: backstage.io/v1alpha1
kind: System
metadata: { name: shop, title: The Shop }
spec: { owner: crew }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: cart, tags: [java] }
spec: { type: service, lifecycle: production, owner: crew, system: shop, dependsOn: [resource:gone] }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: Till, tags: [java, rust] }
spec: { type: website, lifecycle: experimental, owner: crew, system: shop }
";

const CREW: &str = "
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: crew }
spec: { type: team, profile: { displayName: The Crew }, children: [] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: bob }
spec: { memberOf: [crew] }
";

#[tokio::test]
async fn one_answer_holds_fields_of_two_plugins() {
    for database in Database::ALL {
        let portal = TestPortal::start(database, &[("shop.yaml", SHOP), ("crew.yaml", CREW)]).await;
        portal.has_entities(5).await;
        let query = r#"{ entity(ref: "component:cart") {
            ref displayName owner { ref displayName } system { title } viewerCan(permission: "catalog.entity.read")
            ... on Component { dependsOn { totalCount } } relations { totalCount }
        } }"#;
        let expected = json!({
            "ref": "component:default/cart", "displayName": "cart",
            "owner": { "ref": "group:default/crew", "displayName": "The Crew" },
            "system": { "title": "The Shop" }, "viewerCan": true, // The resource is dangling: a relation, and no entity.
            "dependsOn": { "totalCount": 0 }, "relations": { "totalCount": 3 },
        });
        let answer = portal.alice().ask(query).await;
        assert_eq!(answer.data("/entity"), &expected, "{database:?}");
        let unknown = query.replace("entity.read", "entity.raed");
        assert_eq!(portal.alice().ask(&unknown).await.codes(), ["BAD_USER_INPUT"]);
    }
}

#[tokio::test]
async fn lists_count_filter_and_facet_the_same_set() {
    for database in Database::ALL {
        let portal = TestPortal::start(database, &[("shop.yaml", SHOP), ("crew.yaml", CREW)]).await;
        portal.has_entities(5).await;
        let query = r#"query ($filter: EntityFilter) { entities(filter: $filter, orderBy: [{ field: "metadata.name" }]) {
            totalCount nodes { name } facets(fields: ["metadata.tags"]) { values { value count } }
        } }"#;
        let filter = json!({ "filter": { "kind": ["component"], "owner": ["crew"] } });
        let answer = portal.bob().ask_with(query, filter).await;
        assert_eq!(answer.data("/entities/totalCount"), &json!(2), "{database:?}");
        assert_eq!(answer.data("/entities/nodes"), &json!([{ "name": "cart" }, { "name": "Till" }]));
        let values = json!([{ "value": "java", "count": 2 }, { "value": "rust", "count": 1 }]);
        assert_eq!(answer.data("/entities/facets/0/values"), &values);
    }
}

#[tokio::test]
async fn an_id_leads_back_to_its_entity_and_survives_a_restart() {
    for database in Database::ALL {
        let mut portal = TestPortal::start(database, &[("shop.yaml", SHOP)]).await;
        portal.has_entities(3).await;
        let answer = portal.alice().ask(r#"{ entity(ref: "system:shop") { id uid } }"#).await;
        let (id, uid) = (answer.data("/entity/id").clone(), answer.data("/entity/uid").clone());
        portal.restart(json!({})).await;
        let query = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Entity { name uid } } }";
        let answer =
            portal.alice().ask_with(query, json!({ "ids": [id, "bm9uc2Vuc2U", "RW50aXR5OmdvbmU"] })).await;
        let shop = json!({ "__typename": "System", "id": id, "name": "shop", "uid": uid });
        assert_eq!(answer.data("/nodes"), &json!([shop, null, null]), "{database:?}");
        let hidden = portal.with_token("narrow-token").ask_with(query, json!({ "ids": [id] })).await;
        assert_eq!(hidden.data("/nodes"), &json!([null]));
    }
}

#[tokio::test]
async fn a_bad_document_is_told_and_hides_nothing() {
    let broken = "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: half }\nspec: { type: service }\n";
    let portal = TestPortal::start(Database::Sqlite, &[("shop.yaml", SHOP), ("half.yaml", broken)]).await;
    portal.has_entities(3).await;
    let query = "{ unprocessedEntities { totalCount nodes { location errors { message error } } } }";
    let answer = portal
        .eventually(query, |answer| answer.pointer("/data/unprocessedEntities/totalCount") == Some(&json!(1)))
        .await;
    let errors = answer.pointer("/data/unprocessedEntities/nodes/0/errors").unwrap().to_string();
    assert!(errors.contains("lifecycle") && errors.contains("owner"), "{errors}");
}

#[tokio::test]
async fn a_star_is_its_viewers_own() {
    for database in Database::ALL {
        let portal = TestPortal::start(database, &[("shop.yaml", SHOP), ("crew.yaml", CREW)]).await;
        portal.has_entities(5).await;
        let star = r#"mutation { starEntity(input: { ref: "component:cart" }) { entity { name } } }"#;
        let answer = portal.alice().ask(star).await;
        assert_eq!(answer.data("/starEntity/entity/name"), &json!("cart"), "{database:?}");
        let query = "{ entities(filter: { starredByViewer: true }) { nodes { name } } }";
        assert_eq!(portal.alice().ask(query).await.data("/entities/nodes"), &json!([{ "name": "cart" }]));
        assert_eq!(portal.bob().ask(query).await.data("/entities/nodes"), &json!([]));
        let gone = portal
            .alice()
            .ask(r#"mutation { starEntity(input: { ref: "component:gone" }) { entity { name } } }"#)
            .await;
        assert_eq!(gone.codes(), ["NOT_FOUND"]);
    }
}
