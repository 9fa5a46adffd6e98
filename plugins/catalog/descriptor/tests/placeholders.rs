//! What files bring into entities.

mod portal;

use callboard_descriptor::{Limits, RemotePlaceholders, Resolution, Rule, resolve_placeholders};
use portal::{Folder, component};
use serde_json::{Value, json};

fn resolve(folder: &Folder, mut value: Value, remote: RemotePlaceholders) -> (Value, Resolution) {
    let from = folder.path("service/catalog-info.yaml").into();
    let resolution = resolve_placeholders(&mut value, &from, &folder.reader(), &Limits::default(), remote);
    (value, resolution)
}

fn fault(folder: &Folder, value: Value) -> String {
    let (_, resolution) = resolve(folder, value, RemotePlaceholders::Read);
    assert_eq!(resolution.faults.len(), 1, "{:?}", resolution.faults);
    assert_eq!(resolution.faults[0].rule, Rule::Placeholder);
    resolution.faults[0].message.clone()
}

#[test]
fn text_json_and_yaml_are_brought_in_anywhere() {
    let folder = Folder::new();
    folder.write("service/a.txt", "hello\n");
    folder.write("shared/b.json", "\u{FEFF}{\"b\": [1, 2]}");
    folder.write("service/c.yaml", "---\nc: no\n");
    let (value, resolution) = resolve(
        &folder,
        json!({ "metadata": { "x": [{ "$text": "a.txt" }] }, "spec": { "b": { "$json": "../shared/b.json" }, "c": { "$yaml": "./c.yaml" } } }),
        RemotePlaceholders::Read,
    );
    assert_eq!(
        value,
        json!({ "metadata": { "x": ["hello\n"] }, "spec": { "b": { "b": [1, 2] }, "c": { "c": "no" } } })
    );
    assert_eq!(resolution.faults, []);
    assert_eq!(
        resolution.refresh,
        [folder.path("service/a.txt"), folder.path("shared/b.json"), folder.path("service/c.yaml")]
    );
}

#[test]
fn what_is_no_placeholder_is_data() {
    let folder = Folder::new();
    folder.write("service/a.txt", "hello");
    for data in [
        json!({ "$file": "a.txt" }),
        json!({ "$text": "a.txt", "other": 1 }),
        json!({ "$ref": "#/x", "inner": { "$text": "a.txt" } }),
        json!({ "text": "$text" }),
    ] {
        let (value, resolution) = resolve(&folder, data.clone(), RemotePlaceholders::Read);
        assert_eq!((value, resolution.faults.len(), resolution.refresh.len()), (data, 0, 0));
    }
}

#[test]
fn what_a_file_brings_in_is_not_resolved_again() {
    let folder = Folder::new();
    folder.write("service/loop.yaml", "$yaml: ./loop.yaml\n");
    let (value, _) = resolve(&folder, json!({ "a": { "$yaml": "loop.yaml" } }), RemotePlaceholders::Read);
    assert_eq!(value, json!({ "a": { "$yaml": "./loop.yaml" } }));
}

#[test]
fn what_cannot_be_brought_in_is_a_fault_that_says_why() {
    let folder = Folder::new();
    folder.write("service/two.yaml", "a: 1\n---\nb: 2\n");
    folder.write("service/broken.yaml", "a: [\n");
    folder.write("service/broken.json", "{,}");
    folder.write("service/latin.txt", b"\xE4");
    folder.write("service/nul.txt", b"a\0b");
    folder.write("service/nul.json", "{\"a\": [\"\\u0000\"]}");
    folder.write("service/deep.json", format!("{}{}", "[".repeat(120), "]".repeat(120)));
    folder.write("service/bottomless.json", "[".repeat(100_000));
    for (value, expected) in [
        (json!({ "$text": "none.txt" }), "`a.$text`: `service/none.txt` does not exist"),
        (json!({ "$text": 5 }), "must be text, found 5"),
        (json!({ "$text": "a\0b" }), "is not a path or a URL"),
        (json!({ "$text": "../../etc/passwd" }), "leads out of the folder"),
        (json!({ "$text": "/etc/passwd" }), "leads out of the folder"),
        (json!({ "$text": "." }), "`service` is not a regular file"),
        (json!({ "$text": "https://example.com/a" }), "reading URLs is not configured"),
        (json!({ "$text": "latin.txt" }), "is not UTF-8 text"),
        (json!({ "$text": "nul.txt" }), "holds a NUL character"),
        (json!({ "$json": "nul.json" }), "holds a NUL character"),
        (json!({ "$json": "broken.json" }), "is not JSON: "),
        (json!({ "$json": "deep.json" }), "is nested too deep"),
        (json!({ "$json": "bottomless.json" }), "is not JSON: recursion limit exceeded"),
        (json!({ "$yaml": "two.yaml" }), "must hold exactly one YAML document"),
        (json!({ "$yaml": "broken.yaml" }), "`broken.yaml`:"),
    ] {
        let message = fault(&folder, json!({ "a": value }));
        assert!(message.contains(expected), "{message} should contain {expected}");
    }
}

#[test]
fn a_document_can_ask_for_only_so_much() {
    let folder = Folder::new();
    folder.write("service/a.txt", "x".repeat(5 * 1024 * 1024));
    let many: Vec<Value> = (0..10).map(|_| json!({ "$text": "a.txt" })).collect();
    let (_, resolution) = resolve(&folder, json!(many), RemotePlaceholders::Read);
    assert_eq!(resolution.faults.len(), 6);
    assert!(resolution.faults[0].message.contains("bring in more than 20971520 bytes"));
    folder.write("service/b.txt", "x");
    let many: Vec<Value> = (0..250).map(|_| json!({ "$text": "b.txt" })).collect();
    let (_, resolution) = resolve(&folder, json!(many), RemotePlaceholders::Read);
    let told: Vec<&str> = resolution.faults.iter().map(|fault| fault.message.as_str()).collect();
    assert_eq!(told, ["`200.$text`: the document has more than 200 placeholders"], "it is said once");
}

#[test]
fn urls_count_as_text_where_nothing_may_reach_out() {
    let folder = Folder::new();
    let placeholder = json!({ "a": { "$yaml": "https://example.com/a.yaml" } });
    let (value, resolution) = resolve(&folder, placeholder, RemotePlaceholders::AsText);
    assert!(value["a"].is_string());
    assert_eq!(resolution.refresh[0].location(), "url:https://example.com/a.yaml");
    assert_eq!(resolution.faults, []);
}

#[test]
fn a_placeholder_that_fails_is_the_only_fault_of_its_field() {
    let folder = Folder::new();
    let api = component("a", "  definition:\n    $text: ./none.yaml\n").replace("Component", "API");
    folder.write("catalog-info.yaml", api);
    let found = folder.read("catalog-info.yaml");
    assert_eq!(
        found.messages(),
        [
            "10:5 `spec.definition.$text`: `none.yaml` does not exist; write a path relative to this descriptor, or a URL"
        ]
    );
    assert_eq!(found.documents()[0].refresh, [folder.path("none.yaml")], "it may come");
}
