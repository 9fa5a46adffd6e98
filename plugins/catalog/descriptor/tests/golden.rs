//! What each kind accepts and what it asks for.

#![expect(clippy::unwrap_used, reason = "a helper that cannot go on ends its test")]

use callboard_descriptor::{Limits, Rule, ValidateOptions, parse_documents, relations_of, validate};
use serde_json::{Value, json};

/// The valid documents of each kind, and the fields that none of them can do without.
const KINDS: [(&str, &str, &[&str]); 14] = [
    (
        "component",
        include_str!("golden/component.yaml"),
        &["spec", "spec.type", "spec.lifecycle", "spec.owner"],
    ),
    (
        "api",
        include_str!("golden/api.yaml"),
        &["spec", "spec.type", "spec.lifecycle", "spec.owner", "spec.definition"],
    ),
    (
        "mcp-server",
        include_str!("golden/mcp-server.yaml"),
        &[
            "spec",
            "spec.lifecycle",
            "spec.owner",
            "spec.remotes",
            "spec.remotes.0.type",
            "spec.remotes.0.url",
        ],
    ),
    ("resource", include_str!("golden/resource.yaml"), &["spec", "spec.type", "spec.owner"]),
    ("system", include_str!("golden/system.yaml"), &["spec", "spec.owner"]),
    ("domain", include_str!("golden/domain.yaml"), &["spec", "spec.owner"]),
    ("group", include_str!("golden/group.yaml"), &["spec", "spec.type", "spec.children"]),
    ("user", include_str!("golden/user.yaml"), &["spec", "spec.memberOf"]),
    ("location", include_str!("golden/location.yaml"), &["spec"]),
    (
        "template",
        include_str!("golden/template.yaml"),
        &["spec", "spec.type", "spec.steps", "spec.steps.0.action"],
    ),
    ("skill", include_str!("golden/skill.yaml"), &["spec", "spec.type", "spec.lifecycle", "spec.owner"]),
    (
        "rule",
        include_str!("golden/rule.yaml"),
        &["spec", "spec.lifecycle", "spec.owner", "spec.category", "spec.rationale"],
    ),
    ("plugin", include_str!("golden/plugin.yaml"), &["spec", "spec.lifecycle", "spec.owner", "spec.skills"]),
    (
        "marketplace",
        include_str!("golden/marketplace.yaml"),
        &["spec", "spec.lifecycle", "spec.owner", "spec.plugins"],
    ),
];

/// What every kind needs.
const ENVELOPE: [&str; 4] = ["apiVersion", "kind", "metadata", "metadata.name"];

fn documents(text: &str) -> Vec<Value> {
    let documents = parse_documents(text.as_bytes(), &Limits::default()).unwrap();
    documents.into_iter().map(|document| document.value.expect("well formed")).collect()
}

fn faults(entity: &Value) -> Vec<(String, Rule)> {
    let faults = validate(entity, &ValidateOptions::default());
    faults.into_iter().map(|fault| (fault.path.to_string(), fault.rule)).collect()
}

fn remove(entity: &mut Value, path: &str) {
    let (parents, last) = path.rsplit_once('.').unwrap_or(("", path));
    let mut value = entity;
    for step in parents.split('.').filter(|step| !step.is_empty()) {
        value = match step.parse::<usize>() {
            Ok(index) => &mut value[index],
            Err(_) => &mut value[step],
        };
    }
    assert!(value.as_object_mut().unwrap().shift_remove(last).is_some(), "{path} is not there to remove");
}

#[test]
fn every_valid_document_is_accepted_and_related() {
    for (kind, text, _) in KINDS {
        let documents = documents(text);
        assert!(documents.len() >= 3, "{kind} has too few documents");
        for entity in documents {
            assert_eq!(faults(&entity), [], "{kind}: {entity}");
            assert!(relations_of(&entity).is_ok(), "{kind}: {entity}");
        }
    }
}

#[test]
fn a_document_without_one_required_field_is_refused_for_that_field_alone() {
    for (kind, text, required) in KINDS {
        let required: Vec<&str> = ENVELOPE.iter().chain(required).copied().collect();
        assert!(required.len() >= 5, "{kind} asks for too little");
        for path in required {
            let mut entity = documents(text).swap_remove(0);
            remove(&mut entity, path);
            assert_eq!(faults(&entity), [(path.to_owned(), Rule::Required)], "{kind} without {path}");
        }
    }
}

#[test]
fn an_empty_required_text_is_refused() {
    for (kind, text, required) in KINDS {
        for path in required.iter().filter(|path| path.starts_with("spec.")) {
            let mut entity = documents(text).swap_remove(0);
            let pointer = format!("/{}", path.replace('.', "/"));
            let value = entity.pointer_mut(&pointer).unwrap();
            // The action of a step may be any text.
            if !value.is_string() || path.ends_with("action") || *path == "spec.type" {
                continue;
            }
            *value = json!("");
            assert_eq!(faults(&entity), [((*path).to_owned(), Rule::Empty)], "{kind} with an empty {path}");
        }
    }
}

fn component(metadata: &Value) -> Value {
    let mut entity = json!({
        "apiVersion": "backstage.io/v1alpha1", "kind": "Component", "metadata": { "name": "a" },
        "spec": { "type": "service", "lifecycle": "production", "owner": "team-a" },
    });
    for (key, value) in metadata.as_object().unwrap() {
        entity["metadata"][key] = value.clone();
    }
    entity
}

#[test]
fn metadata_is_held_to_its_formats() {
    for (metadata, path, rule) in [
        (json!({ "name": "my service" }), "metadata.name", Rule::Format),
        (json!({ "name": 5 }), "metadata.name", Rule::Type),
        (json!({ "namespace": "a.b" }), "metadata.namespace", Rule::Format),
        (json!({ "namespace": null }), "metadata.namespace", Rule::Type),
        (json!({ "title": "" }), "metadata.title", Rule::Empty),
        (json!({ "description": ["a"] }), "metadata.description", Rule::Type),
        (json!({ "labels": { "Foo.com/x": "a" } }), "metadata.labels.Foo.com/x", Rule::Format),
        (json!({ "labels": { "a": "a b" } }), "metadata.labels.a", Rule::Format),
        (json!({ "labels": { "a": 1 } }), "metadata.labels.a", Rule::Type),
        (json!({ "labels": null }), "metadata.labels", Rule::Type),
        (json!({ "annotations": { "a/b/c": "x" } }), "metadata.annotations.a/b/c", Rule::Format),
        (json!({ "annotations": { "a": 1 } }), "metadata.annotations.a", Rule::Type),
        (json!({ "tags": ["ok", "Java"] }), "metadata.tags.1", Rule::Format),
        (json!({ "tags": "java" }), "metadata.tags", Rule::Type),
        (json!({ "links": [{ "title": "x" }] }), "metadata.links.0.url", Rule::Required),
        (json!({ "links": [{ "url": "example.com" }] }), "metadata.links.0.url", Rule::Format),
        (json!({ "links": [{ "url": "https://a.b", "icon": " " }] }), "metadata.links.0.icon", Rule::Format),
        (json!({ "links": ["https://a.b"] }), "metadata.links.0", Rule::Type),
    ] {
        assert_eq!(faults(&component(&metadata)), [(path.to_owned(), rule)], "{metadata}");
    }
}

#[test]
fn foreign_fields_at_the_root_are_refused_by_name() {
    for key in ["foo", "relations", "status", "Spec"] {
        let mut entity = component(&json!({}));
        entity[key] = json!({});
        assert_eq!(faults(&entity), [(key.to_owned(), Rule::UnknownField)]);
    }
}

#[test]
fn unknown_kinds_and_versions_are_refused_unless_kinds_are_open() {
    let open = ValidateOptions { allow_unknown_kinds: true };
    let mut entity = component(&json!({}));
    entity["kind"] = json!("Environment");
    assert_eq!(faults(&entity), [("kind".to_owned(), Rule::UnknownKind)]);
    let message = &validate(&entity, &ValidateOptions::default())[0].message;
    assert!(message.contains("catalog.allowUnknownKinds"), "{message}");
    assert_eq!(validate(&entity, &open), []);
    entity["metadata"]["name"] = json!("a b");
    assert_eq!(validate(&entity, &open).len(), 1, "the envelope is still checked");

    entity = component(&json!({}));
    entity["apiVersion"] = json!("example.com/v1");
    assert_eq!(faults(&entity), [("apiVersion".to_owned(), Rule::UnknownKind)]);
    assert_eq!(validate(&entity, &open).len(), 1);
    entity = component(&json!({}));
    entity["kind"] = json!("component");
    assert_eq!(faults(&entity), [("kind".to_owned(), Rule::UnknownKind)]);
}

#[test]
fn messages_say_what_is_expected_what_was_found_and_what_to_do() {
    let message = |entity: &Value| validate(entity, &ValidateOptions::default())[0].message.clone();
    assert_eq!(
        message(&component(&json!({ "name": "my service" }))),
        "`metadata.name` must be 1 to 63 characters of [A-Za-z0-9] separated by [-_.], found `my service`; try `my-service`"
    );
    let mut entity = component(&json!({}));
    entity["spec"] = json!({ "type": "service", "lifecyle": "production", "owner": "a" });
    assert_eq!(message(&entity), "`spec.lifecycle` is missing, is it what `lifecyle` was meant to be?");
    entity["spec"] = json!({ "type": 5, "lifecycle": "production", "owner": "a" });
    assert_eq!(message(&entity), "`spec.type` must be text, found 5, put it in quotes");
    assert_eq!(
        message(&json!(["a"])),
        "a document must be a mapping with `apiVersion`, `kind`, `metadata` and `spec`"
    );
}
