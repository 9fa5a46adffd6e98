use aws_lc_rs::hmac;
use callboard_api::plugins::registry;
use callboard_tests::{Database, FileHost, TestPortal};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

const SECRET: &str = "a-secret-of-the-forge";
const PROVIDERS: &str =
    "{ catalogProviders { id type title target state error readAt nextReadAt locationCount entityCount } }";
const LOOK: &str = "mutation($input: RefreshProviderInput!) { refreshProvider(input: $input) { provider { state error entityCount locationCount } } }";

async fn names(portal: &TestPortal) -> Vec<String> {
    let query = "{ entities(orderBy: [{ field: \"metadata.name\" }]) { nodes { name } } }";
    let answer = portal.alice().ask(query).await;
    let nodes = answer.data("/entities/nodes").as_array().unwrap().clone();
    nodes.iter().map(|node| node["name"].as_str().unwrap().to_owned()).collect()
}

async fn waits_for(portal: &TestPortal, expected: &[&str]) {
    for _ in 0..200 {
        if names(portal).await == expected {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(names(portal).await, expected);
}

fn things(names: &[&str]) -> String {
    let items: Vec<Value> = names.iter().map(|name| json!({ "key": name, "team": "crew" })).collect();
    json!({ "items": items }).to_string()
}

#[tokio::test]
async fn what_is_served_as_json_is_in_the_catalog_for_as_long_as_it_is_served() {
    for database in Database::ALL {
        let host = FileHost::start().await;
        host.put("/things", things(&["belt", "scale", "till"]));
        let providers = json!({ "json": { "inventory": {
            "url": host.url("/things"),
            "items": "/items",
            "entity": {
                "kind": "Resource",
                "metadata": { "name": { "from": "/key", "as": "name" } },
                "spec": { "type": "device", "owner": { "from": "/team", "prefix": "group:" } },
            },
        } } });
        let config = json!({
            "backend": { "reading": { "allow": [{ "host": host.host(), "allowPrivate": true }] } },
            "catalog": { "providers": providers },
        });
        let mut portal = TestPortal::start_with(database, &[], config, registry()).await;
        waits_for(&portal, &["belt", "scale", "till"]).await;
        let alice = portal.alice();
        let known = portal
            .eventually(PROVIDERS, |answer| {
                answer.pointer("/data/catalogProviders/0/state") == Some(&json!("OK"))
            })
            .await;
        let known = &known["data"]["catalogProviders"][0];
        assert_eq!(
            (&known["id"], &known["type"], &known["state"], &known["entityCount"], &known["locationCount"]),
            (&json!("json:inventory"), &json!("json"), &json!("OK"), &json!(3), &json!(0)),
            "{known}"
        );
        assert_eq!(known["target"], host.url("/things"));
        assert!(known["readAt"].is_string() && known["nextReadAt"].is_string(), "{known}");
        let belt = "{ entity(ref: \"resource:belt\") { annotations { key value } relations { nodes { type targetRef } } } }";
        let belt = alice.ask(belt).await;
        let belt = belt.data("/entity").to_string();
        assert!(belt.contains(&format!("url:{}", host.url("/things"))), "{belt}");
        assert!(belt.contains("ownedBy") && belt.contains("group:default/crew"), "{belt}");

        // What is served no more is gone at once.
        let look = async || {
            let input = json!({ "input": { "id": "json:inventory" } });
            portal.alice().ask_with(LOOK, input).await
        };
        host.put("/things", things(&["belt", "till"]));
        assert_eq!(look().await.data("/refreshProvider/provider/entityCount"), &json!(2));
        assert_eq!(names(&portal).await, ["belt", "till"]);

        // Who cannot be asked takes nothing away.
        host.answer_with("/things", StatusCode::FORBIDDEN, &[], "");
        let failed = look().await;
        assert_eq!(failed.codes(), ["UNAVAILABLE"], "{}", failed.body);
        assert!(failed.body.to_string().contains("403"), "{}", failed.body);
        let known = portal.alice().ask(PROVIDERS).await;
        assert_eq!(known.data("/catalogProviders/0/state"), "FAILED");
        host.put("/things", "{ \"items\": {} }");
        assert!(look().await.body.to_string().contains("has no list at `/items`"));
        assert_eq!(names(&portal).await, ["belt", "till"]);

        // One that is bad does not keep the others out, and says why.
        host.put("/things", things(&["belt", "???", "!!!", "till", "belt"]));
        assert_eq!(look().await.data("/refreshProvider/provider/entityCount"), &json!(2));
        assert_eq!(names(&portal).await, ["belt", "till"]);
        let problems = "{ unprocessedEntities { nodes { location errors { message } } totalCount } }";
        let problems = portal.alice().ask(problems).await;
        // One more is that of the portal's own, empty folder.
        assert_eq!(problems.data("/unprocessedEntities/totalCount"), &json!(4), "{}", problems.body);
        host.put("/things", things(&["belt", "till"]));
        assert_eq!(look().await.data("/refreshProvider/provider/entityCount"), &json!(2));
        let problems = portal.alice().ask("{ unprocessedEntities { totalCount } }").await;
        assert_eq!(problems.data("/unprocessedEntities/totalCount"), &json!(1), "{}", problems.body);

        // What the config names no more is gone, unless it is to be kept.
        let strategy =
            |strategy: &str| json!({ "catalog": { "orphanProviderStrategy": strategy, "providers": null } });
        portal.restart(strategy("keep")).await;
        waits_for(&portal, &["belt", "till"]).await;
        assert_eq!(portal.alice().ask(PROVIDERS).await.data("/catalogProviders"), &json!([]));
        portal.restart(strategy("delete")).await;
        waits_for(&portal, &[]).await;
    }
}

/// A repository of a GitHub, as its GraphQL API tells of it.
fn repository(host: &FileHost, name: &str) -> Value {
    json!({
        "name": name, "url": host.url(&format!("/acme/{name}")), "isArchived": false, "isFork": false,
        "visibility": "PRIVATE", "defaultBranchRef": { "name": "main" },
        "repositoryTopics": { "nodes": [] }, "object": { "__typename": "Blob" },
    })
}

/// Has the organisation have these repositories.
fn has_repositories(host: &FileHost, names: &[&str]) {
    let nodes: Vec<Value> = names.iter().map(|name| repository(host, name)).collect();
    let page = json!({ "nodes": nodes, "pageInfo": { "hasNextPage": false, "endCursor": null } });
    host.put("/api/graphql", json!({ "data": { "repositoryOwner": { "repositories": page } } }).to_string());
    for name in names {
        let descriptor = format!(
            "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {{ name: {name}-files }}\nspec:\n  targets: [./component.yaml]\n"
        );
        host.put(&format!("/api/v3/repos/acme/{name}/contents/catalog-info.yaml"), descriptor);
        let component = format!(
            "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{ name: {name} }}\n\
             spec: {{ type: service, lifecycle: production, owner: crew }}\n"
        );
        host.put(&format!("/api/v3/repos/acme/{name}/contents/component.yaml"), component);
    }
}

/// What GitHub sends of a repository.
async fn tell(portal: &TestPortal, event: &str, body: &Value) -> (StatusCode, Value) {
    let body = body.to_string();
    let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
    let digits: Vec<String> =
        hmac::sign(&key, body.as_bytes()).as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    let request = Client::new()
        .post(format!("{}/catalog/webhooks/forge", portal.address()))
        .header("x-github-event", event)
        .header("x-hub-signature-256", format!("sha256={}", digits.concat()));
    let response = request.body(body).send().await.unwrap();
    (response.status(), response.json().await.unwrap())
}

#[tokio::test]
async fn a_repository_is_in_the_catalog_as_soon_as_its_forge_tells_of_it() {
    for database in Database::ALL {
        let host = FileHost::start().await;
        has_repositories(&host, &["cart"]);
        let api = host.url("/api/v3");
        let config = json!({
            "integrations": { "github": [
                { "host": host.host(), "apiBaseUrl": api, "token": "sesame", "allowPrivate": true },
            ] },
            "catalog": {
                "processingInterval": false,
                "providers": { "github": { "acme": { "organization": "acme", "host": host.host() } } },
                "webhooks": [{ "id": "forge", "type": "github", "secret": SECRET }],
            },
        });
        let portal = TestPortal::start_with(database, &[], config, registry()).await;
        waits_for(&portal, &["cart", "cart-files"]).await;
        let token = host.take_asked();
        assert!(token.iter().all(|asked| asked.headers.get("authorization").unwrap() == "Bearer sesame"));
        let locations =
            "{ locations(origin: PROVIDER) { nodes { type target state origin removable } totalCount } }";
        let locations = portal.alice().ask(locations).await;
        let location = locations.data("/locations/nodes/0");
        assert_eq!(
            (&location["target"], &location["origin"], &location["removable"]),
            (&json!(host.url("/acme/cart/blob/main/catalog-info.yaml")), &json!("PROVIDER"), &json!(false)),
            "{location}"
        );

        has_repositories(&host, &["cart", "till"]);
        let push = json!({
            "ref": "refs/heads/main",
            "commits": [{ "added": ["catalog-info.yaml", "component.yaml"] }],
            "repository": { "html_url": host.url("/acme/till"), "default_branch": "main" },
        });
        assert_eq!(tell(&portal, "push", &push).await.0, StatusCode::ACCEPTED);
        waits_for(&portal, &["cart", "cart-files", "till", "till-files"]).await;

        // A push that is not about the file does not have the whole organisation looked at.
        host.take_asked();
        let push = json!({
            "ref": "refs/heads/main",
            "commits": [{ "modified": ["README.md"] }],
            "repository": { "html_url": host.url("/acme/till"), "default_branch": "main" },
        });
        assert_eq!(tell(&portal, "push", &push).await.1, json!({ "locations": 0 }));

        has_repositories(&host, &["till"]);
        let deleted = json!({ "action": "deleted", "repository": { "html_url": host.url("/acme/cart") } });
        assert_eq!(tell(&portal, "repository", &deleted).await.0, StatusCode::ACCEPTED);
        waits_for(&portal, &["till", "till-files"]).await;
        let asked = host.take_asked();
        let looks = asked.iter().filter(|asked| asked.path == "/api/graphql").count();
        assert_eq!(looks, 1, "{asked:#?}");
    }
}

#[tokio::test]
async fn what_a_provider_found_is_read_however_the_rest_of_its_look_ended() {
    for database in Database::ALL {
        let host = FileHost::start().await;
        has_repositories(&host, &[]);
        let config = json!({
            "integrations": { "github": [
                { "host": host.host(), "apiBaseUrl": host.url("/api/v3"), "token": "sesame", "allowPrivate": true },
            ] },
            "catalog": {
                "processingInterval": false,
                "providers": { "github": { "acme": { "organization": "acme", "host": host.host() } } },
            },
        });
        let portal = TestPortal::start_with(database, &[], config, registry()).await;
        let is_ok = |answer: &Value| answer.pointer("/data/catalogProviders/0/state") == Some(&json!("OK"));
        portal.eventually(PROVIDERS, is_ok).await;
        // What comes after its locations cannot be stored.
        portal.execute("ALTER TABLE catalog_source_parents RENAME TO lost").await;
        has_repositories(&host, &["cart"]);
        let input = json!({ "input": { "id": "github:acme" } });
        let failed = portal.alice().ask_with(LOOK, input.clone()).await;
        assert_eq!(failed.codes(), ["UNAVAILABLE"], "{}", failed.body);
        portal.execute("ALTER TABLE lost RENAME TO catalog_source_parents").await;
        let looked = portal.alice().ask_with(LOOK, input).await;
        assert_eq!(looked.data("/refreshProvider/provider/locationCount"), &json!(1), "{}", looked.body);
        waits_for(&portal, &["cart", "cart-files"]).await;
    }
}

#[tokio::test]
async fn what_has_no_descriptor_is_read_again_from_its_provider() {
    let host = FileHost::start().await;
    let thing = |team: &str| json!({ "items": [{ "key": "belt", "team": team }] }).to_string();
    host.put("/things", thing("crew"));
    let config = json!({
        "backend": { "reading": { "allow": [{ "host": host.host(), "allowPrivate": true }] } },
        "catalog": { "providers": { "json": { "inventory": {
            "url": host.url("/things"), "items": "/items",
            "entity": {
                "kind": "Resource",
                "metadata": { "name": { "from": "/key" } },
                "spec": { "type": "device", "owner": { "from": "/team", "prefix": "group:" } },
            },
        } } } },
    });
    let portal = TestPortal::start_with(Database::Sqlite, &[], config, registry()).await;
    waits_for(&portal, &["belt"]).await;
    let refresh = "mutation { refreshEntity(input: { ref: \"resource:belt\" }) { entity { relations { nodes { targetRef } } } } }";
    host.put("/things", thing("others"));
    let answer = portal.alice().ask(refresh).await;
    let owner = answer.data("/refreshEntity/entity/relations/nodes/0/targetRef");
    assert_eq!(owner, "group:default/others", "{}", answer.body);
    host.answer_with("/things", StatusCode::FORBIDDEN, &[], "");
    assert_eq!(portal.alice().ask(refresh).await.codes(), ["UNAVAILABLE"], "who cannot be asked is told of");
}

#[tokio::test]
async fn providers_are_for_those_who_may_see_locations() {
    let host = FileHost::start().await;
    host.put("/things", things(&[]));
    let config = json!({
        "backend": { "reading": { "allow": [{ "host": host.host(), "allowPrivate": true }] } },
        "catalog": { "providers": { "json": { "inventory": {
            "url": host.url("/things"), "items": "/items",
            "entity": { "kind": "Resource", "metadata": { "name": { "from": "/key" } } },
        } } } },
    });
    let portal = TestPortal::start_with(Database::Sqlite, &[], config, registry()).await;
    let bob = portal.bob();
    assert_eq!(bob.ask(PROVIDERS).await.data("/catalogProviders"), &json!(null));
    let refused = bob.ask_with(LOOK, json!({ "input": { "id": "json:inventory" } })).await;
    assert_eq!(refused.codes(), ["NOT_FOUND"], "{}", refused.body);
}

#[tokio::test]
async fn clones_of_a_folder_are_in_the_catalog_and_read_nothing_outside_of_themselves() {
    for database in Database::ALL {
        let component = |name: &str, more: &str| {
            format!(
                "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{ name: {name} }}\n\
                 spec: {{ type: service, lifecycle: production, owner: crew{more} }}\n"
            )
        };
        let config =
            json!({ "catalog": { "providers": { "directory": { "clones": { "path": "clones" } } } } });
        let portal = TestPortal::start_with(database, &[], config, registry()).await;
        let look = async || {
            let input = json!({ "input": { "id": "directory:clones" } });
            portal.alice().ask_with(LOOK, input).await
        };
        let looked = look().await.body.to_string();
        assert!(looked.contains("cannot be read"), "there is no such folder yet: {looked}");
        let write = |name: &str, text: &str| portal.write(&format!("clones/{name}"), text);
        for clone in ["cart", "till", "spy", "link"] {
            write(&format!("{clone}/.git/HEAD"), "ref: refs/heads/main");
        }
        write("cart/catalog-info.yaml", &component("cart", ""));
        write("till/catalog-info.yaml", &component("till", ""));
        portal.write("secret.txt", "sesame");
        write("spy/catalog-info.yaml", &component("spy", ", definition: { $text: ../../secret.txt }"));
        portal.write("outside.yaml", &component("outside", ""));
        let link = portal.path("clones/link/catalog-info.yaml");
        std::os::unix::fs::symlink(portal.path("outside.yaml"), link).unwrap();
        assert_eq!(look().await.data("/refreshProvider/provider/locationCount"), &json!(4));
        waits_for(&portal, &["cart", "till"]).await;
        let problems = "{ unprocessedEntities { nodes { errors { message } } } }";
        let problems = portal
            .eventually(problems, |answer| {
                let told = answer.to_string();
                told.contains("secret.txt` leads out of the folder")
                    && told.contains("catalog-info.yaml` leads out of the folder")
            })
            .await;
        assert!(!problems.to_string().contains("sesame"), "{problems}");

        // A clone that is gone takes what it brought in along.
        std::fs::remove_dir_all(portal.path("clones/till")).unwrap();
        assert_eq!(look().await.data("/refreshProvider/provider/locationCount"), &json!(3));
        assert_eq!(names(&portal).await, ["cart"]);
        // A volume that is not mounted takes nothing.
        std::fs::rename(portal.path("clones"), portal.path("away")).unwrap();
        std::fs::create_dir(portal.path("clones")).unwrap();
        assert!(look().await.body.to_string().contains("mounted"));
        assert_eq!(names(&portal).await, ["cart"]);
    }
}

#[tokio::test]
async fn a_replica_whose_config_names_no_such_provider_leaves_it_to_others() {
    let host = FileHost::start().await;
    host.put("/things", things(&["belt"]));
    host.put("/nothing", things(&[]));
    let config = |id: &str, path: &str| {
        json!({
            "backend": { "reading": { "allow": [{ "host": host.host(), "allowPrivate": true }] } },
            "catalog": { "providers": { "json": { id: {
                "url": host.url(path), "items": "/items",
                "entity": {
                    "kind": "Resource", "metadata": { "name": { "from": "/key" } },
                    "spec": { "type": "device", "owner": "crew" },
                },
            } } } },
        })
    };
    let other =
        TestPortal::start_with(Database::Postgres, &[], config("nothing", "/nothing"), registry()).await;
    let mut inventory = config("inventory", "/things");
    inventory["database"] = json!({ "url": other.database_url() });
    let mut portal = TestPortal::start_with(Database::Sqlite, &[], inventory, registry()).await;
    waits_for(&portal, &["belt"]).await;
    portal.stop().await;
    let jobs = async |query: &str| {
        let query = format!("SELECT {query} FROM kit_jobs WHERE unique_key = 'json:inventory'");
        other.read(&query).await
    };
    let runs = jobs("CAST(runs AS text)").await;
    other
        .execute("UPDATE kit_jobs SET run_at = now() - interval '1 hour' WHERE unique_key = 'json:inventory'")
        .await;
    // It has waited longest, and would be the first to be taken.
    let input = json!({ "input": { "id": "json:nothing" } });
    let looked = other.alice().ask_with(LOOK, input).await;
    assert_eq!(looked.data("/refreshProvider/provider/state"), &json!("OK"), "{}", looked.body);
    assert_eq!(jobs("CAST(runs AS text)").await, runs, "the other one has not taken it");
    assert_eq!(jobs("state").await, ["ready"], "and left it to those who can look");
    waits_for(&other, &["belt"]).await;
}

#[tokio::test]
async fn the_job_of_a_provider_that_never_found_anything_goes_with_it() {
    for database in Database::ALL {
        let host = FileHost::start().await;
        host.put("/nothing", things(&[]));
        let config = json!({
            "backend": { "reading": { "allow": [{ "host": host.host(), "allowPrivate": true }] } },
            "catalog": { "providers": { "json": { "misspelt": {
                "url": host.url("/nothing"), "items": "/items",
                "entity": { "kind": "Resource", "metadata": { "name": { "from": "/key" } } },
            } } } },
        });
        let mut portal = TestPortal::start_with(database, &[], config, registry()).await;
        let jobs = "SELECT state FROM kit_jobs WHERE unique_key = 'json:misspelt'";
        let input = json!({ "input": { "id": "json:misspelt" } });
        portal.alice().ask_with(LOOK, input).await;
        assert_eq!(portal.read(jobs).await, ["ready"]);
        portal.restart(json!({ "catalog": { "providers": { "json": null } } })).await;
        for _ in 0..200 {
            if portal.read(jobs).await.is_empty() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert_eq!(portal.read(jobs).await, [""; 0]);
    }
}
