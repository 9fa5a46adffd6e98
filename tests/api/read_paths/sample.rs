use proptest::{collection::vec, prelude::*};
use serde_json::{Value, json};

/// One to three roles, of which at least one is everybody's or has a member that asks.
pub fn roles() -> impl Strategy<Value = Vec<Value>> {
    vec((members(), any::<bool>(), vec(grant(), 1..4)), 1..4).prop_map(|roles| {
        let role = |(index, (members, everyone, grants)): (usize, (Value, bool, Vec<Value>))| {
            json!({ "name": format!("role {index}"), "members": members, "everyone": everyone, "grants": grants })
        };
        roles.into_iter().enumerate().map(role).collect()
    })
}

fn members() -> impl Strategy<Value = Value> {
    proptest::sample::subsequence(
        vec!["user:default/bob", "group:default/crew", "group:default/port", "group:default/company"],
        0..3,
    )
    .prop_map(|members| json!(members))
}

fn grant() -> impl Strategy<Value = Value> {
    let target = prop_oneof![
        Just(json!({ "permission": "catalog.entity.read" })),
        Just(json!({ "permission": "catalog.*" })),
        Just(json!({ "permission": "*.read" })),
        Just(json!({ "permission": "catalog-entity", "action": "READ" })),
    ];
    // Mostly allowing and mostly conditional: what all or nothing comes of says little.
    let effect = prop_oneof![3 => Just("ALLOW"), 1 => Just("DENY")];
    let when = prop_oneof![8 => condition().prop_map(Some), 1 => Just(None)];
    (target, effect, when).prop_map(|(mut grant, effect, when)| {
        grant["effect"] = json!(effect);
        if let Some(when) = when {
            grant["when"] = when;
        }
        grant
    })
}

fn condition() -> impl Strategy<Value = Value> {
    rule().prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 1..4).prop_map(|parts| json!({ "allOf": parts })),
            vec(inner.clone(), 1..4).prop_map(|parts| json!({ "anyOf": parts })),
            inner.prop_map(|part| json!({ "not": part })),
        ]
    })
}

fn rule() -> impl Strategy<Value = Value> {
    let rule = |name: &'static str, params: Value| json!({ "rule": name, "params": params });
    let claims = proptest::sample::subsequence(
        vec!["$ownerRefs", "$currentUser", "group:default/crew", "group:default/port", "user:default/bob"],
        1..3,
    );
    let kinds = proptest::sample::subsequence(vec!["Component", "api", "Group", "System", "Nothing"], 1..3);
    prop_oneof![
        claims.prop_map(move |claims| rule("IS_ENTITY_OWNER", json!({ "claims": claims }))),
        kinds.prop_map(move |kinds| rule("IS_ENTITY_KIND", json!({ "kinds": kinds }))),
        pair("label", &["tier", "TIER", "none"], &["one", "TWO", "three"])
            .prop_map(move |params| rule("HAS_LABEL", params)),
        pair("annotation", &["acme.io/seal"], &["yes", "no"])
            .prop_map(move |params| rule("HAS_ANNOTATION", params)),
        pair("key", &["name", "tags", "labels.tier"], &["part-1", "fast", "two"])
            .prop_map(move |params| rule("HAS_METADATA", params)),
        pair("key", &["type", "lifecycle", "system", "parent"], &["service", "production", "team"])
            .prop_map(move |params| rule("HAS_SPEC", params)),
    ]
}

fn pair(
    key: &'static str,
    keys: &'static [&'static str],
    values: &'static [&'static str],
) -> impl Strategy<Value = Value> {
    let value = proptest::option::of(proptest::sample::select(values));
    (proptest::sample::select(keys), value).prop_map(move |(name, value)| match value {
        Some(value) => json!({ key: name, "value": value }),
        None => json!({ key: name }),
    })
}
