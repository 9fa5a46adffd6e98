//! The relations that entities declare.

#![expect(clippy::unwrap_used, reason = "a helper that cannot go on ends its test")]

use callboard_descriptor::{Limits, Rule, parse_documents, relations_of};
use serde_json::{Value, json};

fn entity(kind: &str, namespace: Option<&str>, spec: &Value) -> Value {
    let mut entity = json!({
        "apiVersion": "backstage.io/v1alpha1", "kind": kind, "metadata": { "name": "Me" }, "spec": spec,
    });
    if let Some(namespace) = namespace {
        entity["metadata"]["namespace"] = json!(namespace);
    }
    entity
}

fn relations(entity: &Value) -> Vec<String> {
    let relations = relations_of(entity).unwrap();
    relations
        .iter()
        .map(|relation| format!("{} {} {}", relation.source, relation.kind, relation.target))
        .collect()
}

#[test]
fn every_field_gives_a_pair_with_its_default_kind_in_the_namespace_of_the_entity() {
    for (kind, field, outgoing, target_kind, incoming) in [
        ("Component", "owner", "ownedBy", "group", "ownerOf"),
        ("API", "owner", "ownedBy", "group", "ownerOf"),
        ("Resource", "owner", "ownedBy", "group", "ownerOf"),
        ("System", "owner", "ownedBy", "group", "ownerOf"),
        ("Domain", "owner", "ownedBy", "group", "ownerOf"),
        ("Template", "owner", "ownedBy", "group", "ownerOf"),
        ("AiResource", "owner", "ownedBy", "group", "ownerOf"),
        ("Component", "system", "partOf", "system", "hasPart"),
        ("API", "system", "partOf", "system", "hasPart"),
        ("Resource", "system", "partOf", "system", "hasPart"),
        ("AiResource", "system", "partOf", "system", "hasPart"),
        ("System", "domain", "partOf", "domain", "hasPart"),
        ("Domain", "subdomainOf", "partOf", "domain", "hasPart"),
        ("Component", "subcomponentOf", "partOf", "component", "hasPart"),
        ("Component", "providesApis", "providesApi", "api", "apiProvidedBy"),
        ("Component", "consumesApis", "consumesApi", "api", "apiConsumedBy"),
        ("AiResource", "dependsOn", "dependsOn", "airesource", "dependencyOf"),
        ("AiResource", "skills", "hasPart", "airesource", "partOf"),
        ("AiResource", "plugins", "hasPart", "airesource", "partOf"),
        ("Group", "parent", "childOf", "group", "parentOf"),
        ("Group", "children", "parentOf", "group", "childOf"),
        ("Group", "members", "hasMember", "user", "memberOf"),
        ("User", "memberOf", "memberOf", "group", "hasMember"),
    ] {
        let me = format!("{}:shop/me", kind.to_lowercase());
        let other = format!("{target_kind}:shop/other");
        let mut expected = vec![format!("{me} {outgoing} {other}"), format!("{other} {incoming} {me}")];
        expected.sort();
        let mut found = relations(&entity(kind, Some("shop"), &json!({ field: ["Other", "other"] })));
        found.sort();
        assert_eq!(found, expected, "{kind} {field}");
    }
}

#[test]
fn dependencies_name_their_kind_and_run_in_both_directions() {
    let spec = json!({ "dependsOn": ["resource:db", "Component:other/x"], "dependencyOf": ["component:y"] });
    assert_eq!(
        relations(&entity("Component", None, &spec)),
        [
            "component:default/me dependencyOf component:default/y",
            "component:default/me dependsOn component:other/x",
            "component:default/me dependsOn resource:default/db",
            "component:default/y dependsOn component:default/me",
            "component:other/x dependencyOf component:default/me",
            "resource:default/db dependencyOf component:default/me",
        ]
    );
    let faults = relations_of(&entity("Component", None, &json!({ "dependsOn": ["resource:db", "foo"] })))
        .unwrap_err();
    assert_eq!(faults[0].path.to_string(), "spec.dependsOn.1");
    assert_eq!(faults[0].rule, Rule::EntityReference);
    assert_eq!(
        faults[0].message,
        "`spec.dependsOn.1`: entity reference `foo` names no kind, write `kind:foo`"
    );
}

#[test]
fn references_that_cannot_be_read_are_faults_of_their_field() {
    for owner in ["a:b:c", "a/b/c", ":", "group:", "group:a/"] {
        let faults = relations_of(&entity("Component", None, &json!({ "owner": owner }))).unwrap_err();
        assert_eq!(faults[0].path.to_string(), "spec.owner", "{owner}");
    }
    let faults = relations_of(&entity("Component", None, &json!({ "dependencyOf": [5] }))).unwrap_err();
    assert_eq!((faults[0].path.to_string(), faults[0].rule), ("spec.dependencyOf.0".to_owned(), Rule::Type));
}

#[test]
fn a_kind_that_nothing_is_known_of_has_no_relations() {
    assert_eq!(relations(&entity("Environment", None, &json!({ "owner": "a" }))), Vec::<String>::new());
}

#[test]
fn writing_the_same_relation_twice_gives_it_once() {
    let text = "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: a}\nspec: {dependsOn: ['component:b', 'Component:default/B'], dependencyOf: ['component:b']}\n";
    let documents = parse_documents(text.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(relations(documents[0].value.as_ref().unwrap()).len(), 4);
}
