use std::fmt::Write;

use callboard_catalog::CatalogConfig;
use callboard_kit::Viewer;
use serde_json::{Value, json};

use crate::harness::{Engine, TestCatalog, component, config, group, location, on_both_databases, texts};

async fn shop(engine: Engine) -> TestCatalog {
    let head = |kind: &str, name: &str| {
        format!("apiVersion: backstage.io/v1alpha1\nkind: {kind}\nmetadata:\n  name: {name}\n")
    };
    let documents = [
        component("store", "  system: shop\n  providesApis: [orders]\n  consumesApis: [orders]\n  dependsOn: [resource:db]\n")
            .replace("name: store", "name: store\n  title: The Store\n  tags: [java, web]\n  labels: {tier: one}\n  \
                annotations: {example.org/a.b: x}\n  links: [{url: 'https://store.example', title: Shop}]"),
        component("part", "  subcomponentOf: store\n"),
        format!("{}spec:\n  type: openapi\n  lifecycle: production\n  owner: team-a\n  system: shop\n  definition: 'openapi: 3'\n", head("API", "orders")),
        format!("{}spec:\n  type: database\n  owner: team-a\n  system: shop\n", head("Resource", "db")),
        format!("{}spec:\n  owner: team-a\n  domain: sales\n", head("System", "shop")),
        format!("{}spec:\n  owner: team-a\n", head("Domain", "sales")),
        group("all", ""),
        group("team-a", "  parent: all\n  profile: {displayName: Team A, email: a@example.org}\n"),
        format!("{}spec:\n  memberOf: [team-a]\n", head("User", "ada")),
        format!("{}spec:\n  memberOf: [all]\n", head("User", "bob")),
    ];
    TestCatalog::start(engine, &[("all.yaml", &documents.join("---\n"))]).await
}

on_both_databases! {
    async fn an_entity_tells_all_about_itself(engine: Engine) {
        let catalog = shop(engine).await;
        let data = catalog.query(r#"{ entity(ref: "component:Store") {
            __typename ref kind apiVersion namespace name title displayName description type lifecycle tags
            labels { key value } annotation(key: "example.org/a.b") links { url title icon } orphan status { level }
            owner { ref } system { name } domain { name } sourceLocation viewUrl metadata spec
        } }"#).await;
        let mut entity = data["entity"].clone();
        let metadata = entity["metadata"].take();
        assert_eq!(metadata["annotations"]["example.org/a.b"], "x");
        assert_eq!(metadata["namespace"], "default");
        let location = entity["sourceLocation"].take();
        assert!(location.as_str().unwrap().starts_with("file:/"), "{location}");
        assert_eq!(entity, json!({
            "__typename": "Component", "ref": "component:default/store", "kind": "Component",
            "apiVersion": "backstage.io/v1alpha1", "namespace": "default", "name": "store", "title": "The Store",
            "displayName": "The Store", "description": null, "type": "service", "lifecycle": "production",
            "tags": ["java", "web"], "labels": [{ "key": "tier", "value": "one" }], "annotation": "x",
            "links": [{ "url": "https://store.example", "title": "Shop", "icon": null }], "orphan": false,
            "status": [], "owner": { "ref": "group:default/team-a" }, "system": { "name": "shop" },
            "domain": { "name": "sales" }, "sourceLocation": null, "viewUrl": null, "metadata": null,
            "spec": { "type": "service", "lifecycle": "production", "owner": "team-a", "system": "shop",
                "providesApis": ["orders"], "consumesApis": ["orders"], "dependsOn": ["resource:db"] },
        }));
    }

    async fn every_kind_has_its_own_relations(engine: Engine) {
        let catalog = shop(engine).await;
        let data = catalog.query(r#"{
            store: entity(ref: "component:store") { ... on Component {
                providesApis { nodes { name } } consumesApis { totalCount } dependsOn { nodes { __typename name } }
                subcomponents { nodes { ... on Component { subcomponentOf { name } } } } } }
            api: entity(ref: "api:orders") { ... on API { definition remotes { url } providers { nodes { name } } consumers { totalCount } } }
            db: entity(ref: "resource:db") { ... on Resource { dependencyOf { nodes { name } } } }
            system: entity(ref: "system:shop") { ... on System { components { nodes { name } } apis { nodes { name } } resources { nodes { name } } } }
            sales: entity(ref: "domain:sales") { ... on Domain { systems { nodes { name } } subdomains { totalCount } } }
            team: entity(ref: "group:team-a") { ... on Group { profile { displayName email } parent { name } members { nodes { name } }
                owns(filter: {kind: ["component"]}) { nodes { name } facets(fields: ["spec.type"]) { values { value count } } } } }
            all: entity(ref: "group:all") { ... on Group { children { nodes { name } } members { totalCount }
                everyone: members(transitive: true) { nodes { name } } } }
        }"#).await;
        assert_eq!(data, json!({
            "store": { "providesApis": { "nodes": [{ "name": "orders" }] }, "consumesApis": { "totalCount": 1 },
                "dependsOn": { "nodes": [{ "__typename": "Resource", "name": "db" }] },
                "subcomponents": { "nodes": [{ "subcomponentOf": { "name": "store" } }] } },
            "api": { "definition": "openapi: 3", "remotes": [], "providers": { "nodes": [{ "name": "store" }] }, "consumers": { "totalCount": 1 } },
            "db": { "dependencyOf": { "nodes": [{ "name": "store" }] } },
            "system": { "components": { "nodes": [{ "name": "store" }] }, "apis": { "nodes": [{ "name": "orders" }] }, "resources": { "nodes": [{ "name": "db" }] } },
            "sales": { "systems": { "nodes": [{ "name": "shop" }] }, "subdomains": { "totalCount": 0 } },
            "team": { "profile": { "displayName": "Team A", "email": "a@example.org" }, "parent": { "name": "all" },
                "members": { "nodes": [{ "name": "ada" }] },
                "owns": { "nodes": [{ "name": "part" }, { "name": "store" }],
                    "facets": [{ "values": [{ "value": "service", "count": 2 }] }] } },
            "all": { "children": { "nodes": [{ "name": "team-a" }] }, "members": { "totalCount": 1 },
                "everyone": { "nodes": [{ "name": "ada" }, { "name": "bob" }] } },
        }));
    }

    async fn the_gateway_finds_entities_by_id_whatever_type_it_names(engine: Engine) {
        let catalog = shop(engine).await;
        let data = catalog.query(r#"{ entity(ref: "component:store") { id } }"#).await;
        let id = data["entity"]["id"].as_str().unwrap();
        let query = format!(r#"{{ _entities(representations: [
            {{__typename: "Entity", id: "{id}"}}, {{__typename: "Component", id: "{id}"}},
            {{__typename: "Entity", id: "nonsense"}}, {{__typename: "Entity"}}, {{__typename: "User", id: "RW50aXR5OjE"}}
        ]) {{ ... on Entity {{ ref }} ... on Component {{ __typename }} }} }}"#);
        let found = json!({ "ref": "component:default/store", "__typename": "Component" });
        assert_eq!(catalog.query(&query).await["_entities"], json!([found, found, null, null, null]));
    }

    async fn pages_of_relations_join_up(engine: Engine) {
        let catalog = shop(engine).await;
        let mut seen = Vec::new();
        let mut after = "null".to_owned();
        loop {
            let query = format!(r#"{{ entity(ref: "group:team-a") {{ relations(type: ["ownerOf"], first: 2, after: {after}) {{
                totalCount nodes {{ targetRef }} pageInfo {{ hasNextPage hasPreviousPage endCursor }} }} }} }}"#);
            let data = catalog.query(&query).await;
            let page = &data["entity"]["relations"];
            assert_eq!(page["totalCount"], 6);
            assert_eq!(page["pageInfo"]["hasPreviousPage"], !seen.is_empty());
            seen.extend(texts(&page["nodes"], "targetRef"));
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = page["pageInfo"]["endCursor"].to_string();
        }
        assert_eq!(seen, ["api:default/orders", "component:default/part", "component:default/store",
            "domain:default/sales", "resource:default/db", "system:default/shop"]);
        let kinds = r#"{ entity(ref: "group:team-a") { relations(kind: ["Component"]) { totalCount } } }"#;
        assert_eq!(catalog.query(kinds).await["entity"]["relations"]["totalCount"], 2);
    }

    async fn cursors_stay_right_while_entities_come_and_go(engine: Engine) {
        let file = |names: &[&str]| names.iter().map(|name| component(name, "")).collect::<Vec<_>>().join("---\n");
        let catalog = TestCatalog::start(engine, &[("all.yaml", &file(&["b", "d", "f", "h"]))]).await;
        let page = async |arguments: &str| {
            let query = format!("{{ entities({arguments}) {{ nodes {{ name }} pageInfo {{ startCursor endCursor hasNextPage hasPreviousPage }} }} }}");
            let data = catalog.query(&query).await;
            (texts(&data["entities"]["nodes"], "name"), data["entities"]["pageInfo"].clone())
        };
        let (names, info) = page("first: 2").await;
        assert_eq!(names, ["b", "d"]);
        assert_eq!((&info["hasNextPage"], &info["hasPreviousPage"]), (&json!(true), &json!(false)));
        // The entity under the cursor goes, one before it and one after it come.
        catalog.write("all.yaml", &file(&["a", "b", "e", "f", "h"]));
        catalog.ingest().await;
        let (names, info) = page(&format!("first: 2, after: {}", info["endCursor"])).await;
        assert_eq!(names, ["e", "f"]);
        let (names, info) = page(&format!("last: 5, before: {}", info["startCursor"])).await;
        assert_eq!(names, ["a", "b"]);
        assert_eq!((&info["hasNextPage"], &info["hasPreviousPage"]), (&json!(true), &json!(false)));
    }

    async fn a_jump_passes_over_as_many_as_it_is_told(engine: Engine) {
        let names = ["a", "b", "c", "d", "e", "f"];
        let file = names.map(|name| component(name, "")).join("---\n");
        let catalog = TestCatalog::start(engine, &[("all.yaml", &file)]).await;
        for (arguments, expected) in [
            ("first: 2, offset: 3", &["d", "e"][..]),
            ("first: 2, offset: 5", &["f"]),
            ("first: 2, offset: 6", &[]),
            ("first: 2, offset: 2147483647", &[]),
            ("last: 2, offset: 1", &["d", "e"]),
        ] {
            let data = catalog.query(&format!("{{ entities({arguments}) {{ totalCount nodes {{ name }} }} }}")).await;
            assert_eq!(texts(&data["entities"]["nodes"], "name"), expected, "{arguments}");
            assert_eq!(data["entities"]["totalCount"], 6);
        }
    }

    async fn a_text_to_judge_may_be_large_and_no_larger(engine: Engine) {
        let catalog = TestCatalog::start(engine, &[]).await;
        let judge = |bytes: usize| format!(r##"{{ validateEntity(yaml: "# {}") {{ valid }} }}"##, "a".repeat(bytes - 2));
        let (data, errors) = catalog.ask(Viewer::anonymous(), &judge(262_144)).await;
        assert_eq!((&data["validateEntity"], errors.len()), (&json!([]), 0));
        let (_, errors) = catalog.ask(Viewer::anonymous(), &judge(262_145)).await;
        assert!(errors[0].starts_with("`yaml` may have 262144 bytes at most"), "{errors:?}");
    }

    async fn a_cursor_is_good_for_its_own_list_alone(engine: Engine) {
        let catalog = shop(engine).await;
        let own = r#"filter: {kind: ["Component", "api"]}, text: "o", orderBy: [{field: "spec.type"}], first: 1"#;
        let data = catalog.query(&format!("{{ entities({own}) {{ pageInfo {{ endCursor }} }} }}")).await;
        let after = &data["entities"]["pageInfo"]["endCursor"];
        let ask = async |arguments: &str| {
            let query = format!("{{ entities({arguments}, after: {after}) {{ nodes {{ name }} }} }}");
            catalog.ask(Viewer::anonymous(), &query).await
        };
        for same in [own, &own.replace("first: 1", "first: 2"), &own.replace("spec.type", "Spec.Type").replace("\"o\"", "\" o\"")] {
            let (_, errors) = ask(same).await;
            assert!(errors.is_empty(), "{same}: {errors:?}");
        }
        for other in [
            own.replace("spec.type\"", "metadata.name\""),
            own.replace("spec.type\"", "spec.type\", direction: DESC"),
            own.replace("[\"Component\", \"api\"]", "[\"Component\"]"),
            own.replace("text: \"o\"", "text: \"p\""),
        ] {
            let (_, errors) = ask(&other).await;
            assert!(errors[0].starts_with("`after` is not a cursor of this list"), "{other}: {errors:?}");
        }
    }

    async fn bad_arguments_name_themselves(engine: Engine) {
        let catalog = shop(engine).await;
        let deep = (0..20).fold("{}".to_owned(), |inner, _| format!("{{not: {inner}}}"));
        let facets = vec!["\"kind\""; 21].join(",");
        for (query, message) in [
            ("{ entities(first: 501) { totalCount } }".to_owned(), "`first` must be from 0 to 500"),
            ("{ entities(first: 1, last: 1) { totalCount } }".to_owned(), "not both"),
            ("{ entities(offset: -1) { totalCount } }".to_owned(), "must not be negative"),
            ("{ entities(after: \"x\") { totalCount } }".to_owned(), "`after` is not a cursor"),
            ("{ entities(after: \"W10\") { totalCount } }".to_owned(), "`after` is not a cursor"),
            (format!("{{ entities(filter: {deep}) {{ totalCount }} }}"), "a filter may nest"),
            (format!("{{ entities(filter: {{ fields: [{{ field: \"x\", in: [\"{}\"] }}] }}) {{ totalCount }} }}", "x".repeat(201)), "longer than 200 bytes"),
            (format!("{{ entities {{ facets(fields: [{facets}]) {{ field }} }} }}"), "20 fields at most"),
        ] {
            let (_, errors) = catalog.ask(callboard_kit::Viewer::anonymous(), &query).await;
            assert!(errors.iter().any(|error| error.contains(message)), "{query}: {errors:?}");
        }
    }

    async fn a_level_of_relations_costs_one_query(engine: Engine) {
        let mut text = group("team-a", "");
        for number in 0..40 {
            let more = format!("  dependsOn: [component:c{}]\n  system: s{}\n", (number + 1) % 40, number % 5);
            let own = component(&format!("c{number}"), &more).replace("team-a", &format!("team-{number}"));
            let _ = write!(text, "---\n{own}---\n{}", group(&format!("team-{number}"), ""));
        }
        for number in 0..5 {
            let _ = write!(text, "---\napiVersion: backstage.io/v1alpha1\nkind: System\nmetadata:\n  name: s{number}\nspec:\n  owner: team-a\n");
        }
        let catalog = TestCatalog::start(engine, &[("all.yaml", &text)]).await.restart().await;
        let before = catalog.service.repository().queries();
        let data = catalog.query(r#"{ entities(filter: {kind: ["component"]}, first: 40) { nodes { name
            owner { name } system { name owner { name } } ... on Component { dependsOn { nodes { name owner { name } } } } } } }"#).await;
        assert_eq!(data["entities"]["nodes"].as_array().unwrap().len(), 40);
        assert_eq!(data["entities"]["nodes"][7]["owner"]["name"].as_str().map(|name| name.starts_with("team-")), Some(true));
        let queries = catalog.service.repository().queries() - before;
        // One a level and field; one an entity would be 120.
        assert!(queries <= 6, "{queries} queries for three levels");
    }

    async fn how_many_entities_came_to_be_is_looked_up_together(engine: Engine) {
        let names: Vec<String> = (0..30).map(|number| format!("c{number}")).collect();
        let files: Vec<(String, String)> = names.iter().map(|name| (format!("{name}.yaml"), component(name, ""))).collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let locations = names.iter().map(|name| location(&format!("./{name}.yaml"))).collect();
        let catalog = TestCatalog::start_with(engine, CatalogConfig { locations, ..config() }, &files).await.restart().await;
        for (query, most) in [
            ("{ entities(first: 30) { nodes { ancestry { items { parentRefs } } ingestion { readAt origin } } } }", 2),
            ("{ locations(first: 30) { nodes { problemCount state readAt } } }", 3),
        ] {
            let before = catalog.service.repository().queries();
            catalog.query(query).await;
            let queries = catalog.service.repository().queries() - before;
            assert!(queries <= most, "{queries} queries for {query}");
        }
    }
}

#[tokio::test]
async fn text_finds_parts_of_words() {
    let catalog = shop(Engine::Sqlite).await;
    let found = async |text: &str| {
        let data = catalog.query(&format!(r#"{{ entities(text: "{text}") {{ nodes {{ name }} }} }}"#)).await;
        texts(&data["entities"]["nodes"], "name")
    };
    assert_eq!(found("the STOR").await, ["store"]);
    assert_eq!(found("java").await, ["store"]);
    assert_eq!(found("team").await, ["team-a"]);
    assert_eq!(found("nothing like it").await, [""; 0]);
    let all: Value = catalog.query(r#"{ entities(text: " ") { totalCount } }"#).await;
    assert_eq!(all["entities"]["totalCount"], 10);
}

#[tokio::test]
async fn descriptors_are_judged_without_reading_anything() {
    let catalog = shop(Engine::Sqlite).await;
    let yaml = component("new", "  definition: {$text: /etc/passwd}\n").replace('\n', "\\n");
    let query = format!(
        r#"{{ validateEntity(yaml: "{yaml}---\n---\nkind: Component") {{ document ref valid errors {{ line path rule message }} }} }}"#
    );
    let data = catalog.query(&query).await;
    let found = data["validateEntity"].as_array().unwrap();
    assert_eq!((&found[0]["valid"], &found[0]["ref"]), (&json!(true), &json!("component:default/new")));
    let last = found.last().unwrap();
    assert_eq!(last["valid"], false);
    assert!(!data.to_string().contains("root:"), "{data}");
}
