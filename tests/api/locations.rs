use callboard_api::plugins::registry;
use callboard_tests::{Database, FileHost, TestPortal};
use reqwest::StatusCode;
use serde_json::{Value, json};

const REGISTER: &str = "mutation($input: RegisterLocationInput!) { registerLocation(input: $input) {
    exists documentCount
    location { id type target origin state error createdBy removable entities { totalCount } }
    documents { location ref title action line errors { message } entity { ref description } descriptor }
    entities { ref description } } }";

fn component(name: &str, description: &str) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {name}\n  description: {description}\n\
         spec: {{ type: service, lifecycle: production, owner: crew }}\n"
    )
}

/// A portal that may read from a host.
async fn portal(database: Database, host: &FileHost, more: Value) -> TestPortal {
    let mut config = json!({
        "backend": { "reading": { "allow": [{ "host": host.host(), "allowPrivate": true }] } },
    });
    config.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    TestPortal::start_with(database, &[("cart.yaml", &component("cart", "configured"))], config, registry())
        .await
}

#[tokio::test]
async fn what_a_url_describes_is_there_when_the_answer_comes() {
    for database in Database::ALL {
        let host = FileHost::start().await;
        let text = format!(
            "{}---\n{}---\nkind: Component\n",
            component("till", "first"),
            component("cart", "rival")
        );
        host.put("/all.yaml", text);
        let portal = portal(database, &host, json!({})).await;
        portal.has_entities(1).await;
        let alice = portal.alice();
        let input = json!({ "target": host.url("/all.yaml"), "dryRun": true });
        let tried = alice.ask_with(REGISTER, json!({ "input": input })).await;
        let tried = tried.data("/registerLocation");
        assert_eq!(
            (&tried["location"], &tried["exists"], &tried["documentCount"]),
            (&json!(null), &json!(false), &json!(3))
        );
        let actions: Vec<&Value> =
            tried["documents"].as_array().unwrap().iter().map(|one| &one["action"]).collect();
        assert_eq!(actions, ["CREATE", "CONFLICT", "REFUSED"], "{tried}");
        assert_eq!(tried["documents"][0]["descriptor"]["metadata"]["description"], "first");
        portal.has_entities(1).await;

        let input = json!({ "target": host.url("/all.yaml") });
        let registered = alice.ask_with(REGISTER, json!({ "input": input.clone() })).await;
        let registered = registered.data("/registerLocation");
        assert_eq!(
            registered["entities"],
            json!([{ "ref": "component:default/till", "description": "first" }]),
            "{registered}"
        );
        let location = &registered["location"];
        assert_eq!(
            (&location["state"], &location["origin"], &location["removable"]),
            (&json!("OK"), &json!("REGISTERED"), &json!(true))
        );
        assert_eq!(
            (&location["createdBy"], &location["entities"]["totalCount"]),
            (&json!("user:default/alice"), &json!(1))
        );
        let again = alice.ask_with(REGISTER, json!({ "input": input })).await;
        assert_eq!(again.codes(), ["CONFLICT"]);

        // A change is there when the refresh answers, by one conditional request.
        host.put("/all.yaml", component("till", "second"));
        host.take_asked();
        let refresh = r#"mutation { refreshEntity(input: { ref: "component:till" }) { entity { description ingestion { readAt stale } } } }"#;
        let refreshed = alice.ask(refresh).await;
        assert_eq!(refreshed.data("/refreshEntity/entity/description"), "second");
        assert_eq!(host.take_asked().iter().map(|asked| asked.status).collect::<Vec<_>>(), [StatusCode::OK]);
        alice.ask(refresh).await;
        assert_eq!(
            host.take_asked().iter().map(|asked| asked.status).collect::<Vec<_>>(),
            [StatusCode::NOT_MODIFIED]
        );

        // What cannot be read keeps its last version and says so.
        host.answer_with("/all.yaml", StatusCode::INTERNAL_SERVER_ERROR, &[], "");
        let refreshed = alice.ask(refresh).await;
        assert_eq!(refreshed.data("/refreshEntity/entity/description"), "second", "{:?}", refreshed.body);
        assert_eq!(refreshed.data("/refreshEntity/entity/ingestion/stale"), &json!(true));

        // Removed by hand, it comes back with its source.
        host.put("/all.yaml", component("till", "second"));
        alice.ask(refresh).await;
        let deleted = alice.ask(r#"mutation { deleteEntity(input: { ref: "component:till" }) { deletedRef emittedBy { target } } }"#).await;
        assert_eq!(deleted.data("/deleteEntity/emittedBy/0/target"), &json!(host.url("/all.yaml")));
        portal.has_entities(1).await;
        let id = location["id"].as_str().unwrap();
        let reread = alice.ask(&format!(r#"mutation {{ refreshLocation(input: {{ id: "{id}" }}) {{ location {{ entities {{ totalCount }} }} }} }}"#)).await;
        assert_eq!(
            reread.data("/refreshLocation/location/entities/totalCount"),
            &json!(1),
            "{:?}",
            reread.body
        );

        let gone = alice.ask(&format!(r#"mutation {{ unregisterLocation(input: {{ id: "{id}" }}) {{ unregisteredId removedRefs }} }}"#)).await;
        assert_eq!(gone.data("/unregisterLocation/removedRefs"), &json!(["component:default/till"]));
        portal.has_entities(1).await;
        let gone = alice
            .ask(&format!(
                r#"mutation {{ unregisterLocation(input: {{ id: "{id}" }}) {{ unregisteredId }} }}"#
            ))
            .await;
        assert_eq!(gone.codes(), ["NOT_FOUND"]);
    }
}

#[tokio::test]
async fn locations_lead_on_to_urls_and_text_comes_from_there() {
    let host = FileHost::start().await;
    host.put("/teams/all.yaml", "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: { name: all }\nspec: { targets: [./a.yaml, /b.yaml] }\n");
    host.put("/teams/a.yaml", "apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: { name: a }\nspec: { type: openapi, lifecycle: production, owner: crew, definition: { $text: ./openapi.yaml } }\n");
    host.put("/teams/openapi.yaml", "openapi: 3.1.0");
    host.put("/b.yaml", component("b", "from the root"));
    let portal = portal(Database::Sqlite, &host, json!({})).await;
    let alice = portal.alice();
    let input = json!({ "target": host.url("/teams/all.yaml") });
    let registered = alice.ask_with(REGISTER, json!({ "input": input })).await;
    assert_eq!(
        registered.data("/registerLocation/entities").as_array().map(Vec::len),
        Some(3),
        "{:?}",
        registered.body
    );
    let query = r#"{ entity(ref: "api:a") { spec viewUrl annotation(key: "backstage.io/managed-by-location") ingestion { origin } ancestry { items { parentRefs } } } }"#;
    let entity = alice.ask(query).await.data("/entity").clone();
    assert_eq!(entity["spec"]["definition"], "openapi: 3.1.0");
    assert_eq!(entity["annotation"], format!("url:{}", host.url("/teams/a.yaml")));
    assert_eq!(entity["ingestion"]["origin"], format!("url:{}", host.url("/teams/all.yaml")));
    assert_eq!(entity["viewUrl"], host.url("/teams/a.yaml"));
    assert_eq!(entity["ancestry"]["items"][0]["parentRefs"], json!(["location:default/all"]));
    // The text changes, the descriptor does not.
    host.put("/teams/openapi.yaml", "openapi: 3.2.0");
    alice.ask(r#"mutation { refreshEntity(input: { ref: "api:a" }) { entity { ref } } }"#).await;
    assert_eq!(alice.ask(query).await.data("/entity/spec/definition"), "openapi: 3.2.0");
    // A part that fails takes nothing else with it, and says so where it is named.
    host.remove("/b.yaml");
    host.put("/teams/openapi.yaml", "openapi: 3.3.0");
    alice.ask(r#"mutation { refreshEntity(input: { ref: "api:a" }) { entity { ref } } }"#).await;
    assert_eq!(alice.ask(query).await.data("/entity/spec/definition"), "openapi: 3.3.0");
    let status =
        alice.ask(r#"{ entity(ref: "component:b") { status { level message } ingestion { stale } } }"#).await;
    assert_eq!(status.data("/entity/ingestion/stale"), &json!(true), "{:?}", status.body);
}

#[tokio::test]
async fn a_forge_is_asked_through_its_api_with_its_token_and_no_other_host_is() {
    let host = FileHost::start().await;
    let github = json!({
        "integrations": { "github": [{
            "host": host.host(), "apiBaseUrl": host.url("/api/v3"), "token": "forge-secret", "allowPrivate": true,
        }] },
    });
    host.put(
        "/api/v3/repos/acme/shop/contents/catalog-info.yaml?ref=main",
        component("shop", "from the forge"),
    );
    host.put(
        "/api/v3/repos/acme/shop/contents/services/a/catalog-info.yaml?ref=main",
        component("a", "in a folder"),
    );
    host.put(
        "/api/v3/repos/acme/shop/git/trees/main?recursive=1",
        json!({ "tree": [
            { "path": "services/a/catalog-info.yaml", "type": "blob", "mode": "100644" },
            { "path": "services/a/readme.md", "type": "blob", "mode": "100644" },
            { "path": "services/evil/catalog-info.yaml", "type": "blob", "mode": "120000" },
            { "path": "services", "type": "tree", "mode": "040000" },
        ] })
        .to_string(),
    );
    let portal = portal(Database::Sqlite, &host, github).await;
    let alice = portal.alice();
    for (target, count) in [
        ("/acme/shop/blob/main/catalog-info.yaml", 1),
        ("/acme/shop/tree/main/services", 1),
        ("/acme/shop/blob/main/services/*/catalog-info.yaml", 1),
    ] {
        let input = json!({ "target": host.url(target), "dryRun": true });
        let tried = alice.ask_with(REGISTER, json!({ "input": input })).await;
        assert_eq!(
            tried.data("/registerLocation/documentCount"),
            &json!(count),
            "{target}: {:?}",
            tried.body
        );
    }
    let asked = host.take_asked();
    assert!(asked.iter().all(|asked| asked.headers["authorization"] == "Bearer forge-secret"), "{asked:?}");
    let input = json!({ "target": host.url("/acme/shop/blob/main/catalog-info.yaml") });
    alice.ask_with(REGISTER, json!({ "input": input })).await;
    let entity = alice.ask(r#"{ entity(ref: "component:shop") { viewUrl editUrl sourceLocation } }"#).await;
    assert_eq!(
        entity.data("/entity"),
        &json!({
            "viewUrl": host.url("/acme/shop/blob/main/catalog-info.yaml"),
            "editUrl": host.url("/acme/shop/edit/main/catalog-info.yaml"),
            "sourceLocation": format!("url:{}", host.url("/acme/shop/tree/main/")),
        })
    );
    // A file that its forge sends elsewhere is followed without the token, and only where that is allowed.
    let elsewhere = FileHost::start().await;
    elsewhere.put("/stolen", component("stolen", ""));
    let location = elsewhere.url("/stolen");
    host.answer_with(
        "/api/v3/repos/acme/shop/contents/moved.yaml",
        StatusCode::FOUND,
        &[("location", &location)],
        "",
    );
    let input = json!({ "target": host.url("/acme/shop/blob/main/moved.yaml"), "dryRun": true });
    let refused = alice.ask_with(REGISTER, json!({ "input": input })).await;
    let told = refused.body.to_string();
    assert!(told.contains("backend.reading.allow") && !told.contains("forge-secret"), "{told}");
    assert!(elsewhere.take_asked().is_empty());
}

#[tokio::test]
async fn what_may_not_be_read_is_refused_where_it_is_named() {
    let host = FileHost::start().await;
    let other = FileHost::start().await;
    host.answer_with("/away", StatusCode::FOUND, &[("location", &other.url("/x"))], "");
    host.answer_with("/loop", StatusCode::FOUND, &[("location", "/loop")], "");
    host.answer_with("/file", StatusCode::FOUND, &[("location", "file:///etc/passwd")], "");
    host.put("/huge", vec![b'a'; 11 * 1024 * 1024]);
    host.put("/files.yaml", "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: { name: files }\nspec: { type: file, targets: [/etc/passwd, 'file:///etc/passwd'] }\n");
    let portal = portal(Database::Sqlite, &host, json!({})).await;
    let alice = portal.alice();
    let try_to = async |kind: &str, target: String| {
        let input = json!({ "type": kind, "target": target, "dryRun": true });
        alice.ask_with(REGISTER, json!({ "input": input })).await.body
    };
    for (kind, target, why) in [
        ("url", other.url("/x"), "backend.reading.allow"),
        ("url", host.url("/away"), "backend.reading.allow"),
        ("url", host.url("/loop"), "leads on more than"),
        ("url", host.url("/file"), "only https:// and http:// are"),
        ("url", host.url("/huge"), "larger than"),
        ("url", host.url("/none"), "does not exist"),
        ("url", "http://169.254.169.254/latest/meta-data".to_owned(), "backend.reading.allow"),
        ("url", "http://user:secret@example.org/x".to_owned(), "leave the credentials out"),
        ("url", "file:///etc/passwd".to_owned(), "begins with https://"),
        ("file", "/etc/passwd".to_owned(), "`url` or `git`"),
        ("url", "nonsense".to_owned(), "is not a URL"),
    ] {
        let body = try_to(kind, target.clone()).await.to_string();
        assert!(body.contains(why), "{target}: {body}");
        assert!(!body.contains("secret@"), "{body}");
    }
    assert!(other.take_asked().is_empty());
    let files = try_to("url", host.url("/files.yaml")).await.to_string();
    assert!(!files.contains("root:"), "{files}");
    // Nothing is stored.
    portal.has_entities(1).await;
}

#[tokio::test]
async fn only_who_may_registers_and_nobody_where_the_catalog_is_read_only() {
    let host = FileHost::start().await;
    host.put("/a.yaml", component("a", ""));
    let mut portal = portal(Database::Sqlite, &host, json!({})).await;
    let input = json!({ "input": { "target": host.url("/a.yaml") } });
    assert_eq!(portal.bob().ask_with(REGISTER, input.clone()).await.codes(), ["FORBIDDEN"]);
    assert!(host.take_asked().is_empty(), "nothing is read for who may not");
    portal.has_entities(1).await;
    let locations = "{ locations { totalCount nodes { id target } } catalogProviders { id } }";
    let bob = portal.bob().ask(locations).await;
    assert_eq!((bob.data("/locations"), bob.data("/catalogProviders")), (&json!(null), &json!(null)));
    let alice = portal.alice().ask(locations).await;
    let configured = alice.data("/locations/nodes/0/id").as_str().unwrap().to_owned();
    let unregister =
        format!(r#"mutation {{ unregisterLocation(input: {{ id: "{configured}" }}) {{ unregisteredId }} }}"#);
    let refused = portal.alice().ask(&unregister).await;
    assert_eq!(refused.codes(), ["FORBIDDEN"]);
    assert!(refused.body.to_string().contains("catalog.locations"));
    assert_eq!(portal.bob().ask(&unregister).await.codes(), ["FORBIDDEN"]);
    for act in ["refreshEntity", "deleteEntity"] {
        let act = format!(r#"mutation {{ {act}(input: {{ ref: "component:cart" }}) {{ __typename }} }}"#);
        assert_eq!(portal.bob().ask(&act).await.codes(), ["FORBIDDEN"], "{act}");
    }
    portal.restart(json!({ "catalog": { "readonly": true } })).await;
    let refused = portal.alice().ask_with(REGISTER, input).await;
    assert_eq!(refused.codes(), ["FORBIDDEN"]);
    assert!(refused.body.to_string().contains("catalog.readonly"));
}

#[tokio::test]
async fn what_cannot_be_read_is_not_registered_and_what_was_is_told_to_fail() {
    for database in Database::ALL {
        let host = FileHost::start().await;
        host.put("/all.yaml", component("till", "first"));
        let portal = portal(database, &host, json!({})).await;
        portal.has_entities(1).await;
        let alice = portal.alice();
        for dry_run in [true, false] {
            let input = json!({ "target": host.url("/none.yaml"), "dryRun": dry_run });
            let refused = alice.ask_with(REGISTER, json!({ "input": input })).await;
            assert_eq!(refused.codes(), ["BAD_USER_INPUT"], "{}", refused.body);
            assert_eq!(refused.body["errors"][0]["extensions"]["field"], "input.target");
        }
        let input = json!({ "target": host.url("/all.yaml") });
        let registered = alice.ask_with(REGISTER, json!({ "input": input })).await;
        let id = registered.data("/registerLocation/location/id").clone();
        host.remove("/all.yaml");
        let refresh = "mutation($input: RefreshLocationInput!) { refreshLocation(input: $input) { location { state error } } }";
        let read = alice.ask_with(refresh, json!({ "input": { "id": id } })).await;
        let location = read.data("/refreshLocation/location");
        assert_eq!(location["state"], "FAILED", "{location}");
        assert!(location["error"].as_str().unwrap().contains("does not exist"), "{location}");
        let failed = alice.ask("{ locations(failed: true) { totalCount } }").await;
        assert_eq!(failed.data("/locations/totalCount"), &json!(1));
        portal.has_entities(2).await;
        host.put("/all.yaml", component("till", "second"));
        let read = alice.ask_with(refresh, json!({ "input": { "id": id } })).await;
        assert_eq!(read.data("/refreshLocation/location"), &json!({ "state": "OK", "error": null }));
    }
}
