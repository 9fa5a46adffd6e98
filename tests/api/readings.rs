//! What is taken away while it is being read: whatever a reading still does then, nothing of it stays.

use callboard_api::plugins::registry;
use callboard_tests::{Answer, Database, FileHost, TestPortal};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

/// Files of the location that is read: more than are stored together.
const FILES: usize = 200;
/// The file at which reading stops until it is let go on.
const HELD: usize = 150;
/// The files that are stored by then, by 64 together, with the one that leads to them.
const STORED: usize = 127;
/// The last file that is asked for before the next files are stored.
const ASKED: usize = 191;

fn component(name: &str) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{ name: {name} }}\n\
         spec: {{ type: service, lifecycle: production, owner: crew }}\n"
    )
}

fn leading_to(name: &str, targets: impl Iterator<Item = String>) -> String {
    let targets: Vec<String> = targets.collect();
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {{ name: {name} }}\nspec: {{ targets: [{}] }}\n",
        targets.join(", ")
    )
}

/// So many files below a path, and one that leads to them.
fn many(host: &FileHost, below: &str, count: usize) {
    for number in 0..count {
        host.put(&format!("{below}/c{number}.yaml"), component(&format!("c{number}")));
    }
    let targets = (0..count).map(|number| format!("./c{number}.yaml"));
    host.put(&format!("{below}/all.yaml"), leading_to("many", targets));
}

fn reading(host: &FileHost) -> Value {
    json!({
        "backend": { "reading": { "allow": [{ "host": host.host(), "allowPrivate": true }] } },
        "catalog": { "processingInterval": false },
    })
}

/// A portal with one component of its config.
async fn with_cart(database: Database, config: Value) -> TestPortal {
    TestPortal::start_with(database, &[("cart.yaml", &component("cart"))], config, registry()).await
}

async fn mutate(portal: &TestPortal, mutation: &str, variables: Value) -> Answer {
    let answer = portal.alice().ask_with(mutation, variables).await;
    assert_eq!(answer.codes(), [""; 0], "{}", answer.body);
    answer
}

async fn register(portal: &TestPortal, target: String) -> Value {
    let register =
        "mutation($target: String!) { registerLocation(input: { target: $target }) { location { id } } }";
    let answer = mutate(portal, register, json!({ "target": target })).await;
    answer.data("/registerLocation/location/id").clone()
}

/// Has a location read in the background, up to the file that is held.
async fn read_half(portal: &TestPortal, location: &Value, before: usize) -> JoinHandle<Answer> {
    let (alice, location) = (portal.alice(), location.clone());
    let read = tokio::spawn(async move {
        let refresh = "mutation($id: ID!) { refreshLocation(input: { id: $id }) { location { state } } }";
        alice.ask_with(refresh, json!({ "id": location })).await
    });
    portal.has_entities(before + STORED).await;
    read
}

/// Lets the reading go on until it has had the chance to store more. It may be told to stop before that, as what it
/// reads is taken away.
async fn go_on(portal: &TestPortal, host: &FileHost, below: &str) {
    host.take_asked();
    host.release(&format!("{below}/c{HELD}.yaml"));
    for _ in 0..150 {
        if host.take_asked().iter().any(|asked| asked.path.contains(&format!("/c{ASKED}.yaml"))) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    // Whoever writes waits for those who came before.
    for name in ["x1", "x2", "x3"] {
        host.put(&format!("/{name}.yaml"), component(name));
        register(portal, host.url(&format!("/{name}.yaml"))).await;
    }
}

async fn is_left(portal: &TestPortal, names: &[&str]) {
    let answer = portal.alice().ask("{ entities(first: 500) { nodes { name } } }").await;
    let nodes = answer.data("/entities/nodes").as_array().unwrap();
    let left: Vec<&str> = nodes.iter().map(|node| node["name"].as_str().unwrap()).collect();
    assert_eq!(left, names);
    let stored = portal.read("SELECT reference FROM catalog_entities WHERE reference IS NOT NULL").await;
    assert_eq!(stored.len(), names.len(), "{stored:?}");
    let parents = "SELECT location FROM catalog_sources LEFT JOIN catalog_source_parents ON source_id = id WHERE source_id IS NULL";
    assert_eq!(portal.read(parents).await, [""; 0], "nothing is read that nothing leads to");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_unregistered_while_it_is_read_leaves_nothing_behind() {
    for database in Database::ALL {
        let host = FileHost::start().await;
        let portal = with_cart(database, reading(&host)).await;
        portal.has_entities(1).await;
        many(&host, "/many", 1);
        let location = register(&portal, host.url("/many/all.yaml")).await;
        portal.has_entities(3).await;
        many(&host, "/many", FILES);
        host.hold(&format!("/many/c{HELD}.yaml"));
        let read = read_half(&portal, &location, 2).await;
        let unregister = "mutation($id: ID!) { unregisterLocation(input: { id: $id }) { removedRefs } }";
        let gone = mutate(&portal, unregister, json!({ "id": location })).await;
        assert_eq!(gone.data("/unregisterLocation/removedRefs").as_array().map(Vec::len), Some(STORED + 1));
        portal.has_entities(1).await;
        go_on(&portal, &host, "/many").await;
        read.await.unwrap();
        is_left(&portal, &["cart", "x1", "x2", "x3"]).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_read_from_elsewhere_while_it_is_read_leaves_nothing_of_the_old_place() {
    for database in Database::ALL {
        let host = FileHost::start().await;
        let portal = with_cart(database, reading(&host)).await;
        portal.has_entities(1).await;
        many(&host, "/many", 1);
        host.put("/new.yaml", component("new"));
        let location = register(&portal, host.url("/many/all.yaml")).await;
        many(&host, "/many", FILES);
        host.hold(&format!("/many/c{HELD}.yaml"));
        let read = read_half(&portal, &location, 2).await;
        let (alice, target) = (portal.alice(), host.url("/new.yaml"));
        let input = json!({ "id": location, "target": target });
        let update = tokio::spawn(async move {
            let update = "mutation($id: ID!, $target: String!) { updateLocation(input: { id: $id, target: $target }) { entities { ref } } }";
            alice.ask_with(update, input).await
        });
        let locations = "{ locations(origin: REGISTERED) { nodes { target } } }";
        portal
            .eventually(locations, |answer| {
                answer.pointer("/data/locations/nodes/0/target") == Some(&json!(target))
            })
            .await;
        host.release(&format!("/many/c{HELD}.yaml"));
        let updated = update.await.unwrap();
        assert_eq!(
            updated.data("/updateLocation/entities"),
            &json!([{ "ref": "component:default/new" }]),
            "{}",
            updated.body
        );
        read.await.unwrap();
        is_left(&portal, &["cart", "new"]).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_provider_takes_back_while_it_is_read_leaves_nothing_behind() {
    for database in Database::ALL {
        let host = FileHost::start().await;
        let found = |names: &[&str]| {
            let nodes: Vec<Value> = names.iter().map(|name| json!({
                "name": name, "url": host.url(&format!("/acme/{name}")), "isArchived": false, "isFork": false,
                "visibility": "PRIVATE", "defaultBranchRef": { "name": "main" },
                "repositoryTopics": { "nodes": [] }, "object": { "__typename": "Blob" },
            })).collect();
            let page = json!({ "nodes": nodes, "pageInfo": { "hasNextPage": false, "endCursor": null } });
            host.put(
                "/api/graphql",
                json!({ "data": { "repositoryOwner": { "repositories": page } } }).to_string(),
            );
        };
        let below = "/api/v3/repos/acme/shop/contents";
        for number in 0..FILES {
            host.put(&format!("{below}/c{number}.yaml"), component(&format!("c{number}")));
        }
        let targets = (0..FILES).map(|number| format!("./c{number}.yaml"));
        host.put(&format!("{below}/catalog-info.yaml"), leading_to("many", targets));
        host.hold(&format!("{below}/c{HELD}.yaml"));
        found(&["shop"]);
        let mut config = reading(&host);
        config["integrations"] = json!({ "github": [
            { "host": host.host(), "apiBaseUrl": host.url("/api/v3"), "token": "sesame", "allowPrivate": true },
        ] });
        config["catalog"]["providers"] =
            json!({ "github": { "acme": { "organization": "acme", "host": host.host() } } });
        let portal = with_cart(database, config).await;
        portal.has_entities(2 + STORED).await;
        found(&[]);
        let look =
            "mutation { refreshProvider(input: { id: \"github:acme\" }) { provider { locationCount } } }";
        let looked = mutate(&portal, look, json!({})).await;
        assert_eq!(looked.data("/refreshProvider/provider/locationCount"), &json!(0));
        portal.has_entities(1).await;
        go_on(&portal, &host, below).await;
        is_left(&portal, &["cart", "x1", "x2", "x3"]).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_half_read_when_the_portal_stopped_is_read_when_it_starts() {
    for database in Database::ALL {
        let host = FileHost::start().await;
        let mut portal = with_cart(database, reading(&host)).await;
        portal.has_entities(1).await;
        many(&host, "/many", 1);
        let location = register(&portal, host.url("/many/all.yaml")).await;
        many(&host, "/many", FILES);
        let held = format!("/many/c{HELD}.yaml");
        host.hold(&held);
        let read = read_half(&portal, &location, 2).await;
        portal.stop().await;
        host.release(&held);
        let _ = read.await;
        portal.restart(json!({})).await;
        portal.has_entities(2 + FILES).await;
    }
}
