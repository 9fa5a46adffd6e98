//! What roles mean, entity by entity, written a second time and slowly.

use std::collections::BTreeSet;

use callboard_tests::{Actor, TestPortal};
use serde_json::Value;

use super::world::World;

/// Someone who asks.
pub struct Subject {
    pub reference: &'static str,
    groups: &'static [&'static str],
    token: Option<&'static str>,
    /// Whether the token has a say of its own: a service sees what it allows, and nobody what it does not.
    by_token: Option<bool>,
}

impl Subject {
    pub fn all() -> [Self; 5] {
        [
            Self {
                reference: "user:default/bob",
                groups: &["group:default/crew", "group:default/company"],
                token: Some("bob-token"),
                by_token: None,
            },
            Self {
                reference: "user:default/eve",
                groups: &["group:default/port", "group:default/crew", "group:default/company"],
                token: Some("eve-token"),
                by_token: None,
            },
            Self { reference: "user:default/guest", groups: &[], token: None, by_token: None },
            Self {
                reference: "service:default/robot",
                groups: &[],
                token: Some("robot-token"),
                by_token: Some(true),
            },
            Self {
                reference: "user:default/eve",
                groups: &[],
                token: Some("narrow-token"),
                by_token: Some(false),
            },
        ]
    }

    pub fn actor(&self, portal: &TestPortal) -> Actor {
        self.token.map_or_else(|| portal.nobody(), |token| portal.with_token(token))
    }

    fn refs(&self) -> Vec<&'static str> {
        [&[self.reference], self.groups].concat()
    }

    fn has(&self, role: &Value) -> bool {
        role["everyone"] == true || texts(&role["members"]).iter().any(|member| self.refs().contains(member))
    }
}

/// The references of what a subject may see.
pub fn visible(world: &World, subject: &Subject, roles: &[Value]) -> BTreeSet<String> {
    if let Some(sees_all) = subject.by_token {
        let entities = world.entities.keys().filter(|_| sees_all);
        return entities.cloned().collect();
    }
    let held: Vec<&Value> = roles.iter().filter(|role| subject.has(role)).collect();
    let sees = |entity: &Value| {
        let grants = held.iter().flat_map(|role| role["grants"].as_array().unwrap());
        let applying =
            grants.filter(|grant| grant["when"].is_null() || holds(&grant["when"], entity, subject));
        // The strongest grant that applies to this entity decides.
        applying.max_by_key(|grant| rank(grant)).is_some_and(|grant| grant["effect"] == "ALLOW")
    };
    world.entities.iter().filter(|(_, entity)| sees(entity)).map(|(reference, _)| reference.clone()).collect()
}

fn rank(grant: &Value) -> u8 {
    match (grant["permission"] == "catalog.entity.read", grant["effect"] == "DENY") {
        (true, true) => 4,
        (true, false) => 3,
        (false, true) => 2,
        (false, false) => 1,
    }
}

fn holds(condition: &Value, entity: &Value, subject: &Subject) -> bool {
    if let Some(parts) = condition["allOf"].as_array() {
        return parts.iter().all(|part| holds(part, entity, subject));
    }
    if let Some(parts) = condition["anyOf"].as_array() {
        return parts.iter().any(|part| holds(part, entity, subject));
    }
    if !condition["not"].is_null() {
        return !holds(&condition["not"], entity, subject);
    }
    let params = &condition["params"];
    match condition["rule"].as_str().unwrap() {
        "IS_ENTITY_OWNER" => {
            let mut owners: Vec<&str> = Vec::new();
            for claim in texts(&params["claims"]) {
                match claim {
                    "$ownerRefs" => owners.extend(subject.refs()),
                    "$currentUser" => owners.push(subject.reference),
                    claim => owners.push(claim),
                }
            }
            let relations = entity["relations"]["nodes"].as_array().unwrap();
            relations.iter().any(|relation| {
                relation["type"] == "ownedBy" && owners.contains(&relation["targetRef"].as_str().unwrap())
            })
        }
        "IS_ENTITY_KIND" => {
            let kind = entity["kind"].as_str().unwrap();
            texts(&params["kinds"]).iter().any(|wanted| wanted.eq_ignore_ascii_case(kind))
        }
        "HAS_LABEL" => has(&entity["metadata"]["labels"], &params["label"], &params["value"]),
        "HAS_ANNOTATION" => has(&entity["metadata"]["annotations"], &params["annotation"], &params["value"]),
        "HAS_METADATA" => has(&entity["metadata"], &params["key"], &params["value"]),
        "HAS_SPEC" => has(&entity["spec"], &params["key"], &params["value"]),
        other => unreachable!("no rule {other}"),
    }
}

/// Whether an object has a value at a key, or below it at a dotted one; in any case of letters.
fn has(object: &Value, key: &Value, wanted: &Value) -> bool {
    let mut found = find(object, key.as_str().unwrap());
    if found.is_none()
        && let Some((first, rest)) = key.as_str().unwrap().split_once('.')
    {
        found = find(object, first).and_then(|inner| find(inner, rest));
    }
    let Some(found) = found else { return false };
    let Some(wanted) = wanted.as_str() else { return true };
    let values = found.as_array().cloned().unwrap_or_else(|| vec![found.clone()]);
    values.iter().any(|value| value.as_str().is_some_and(|value| value.eq_ignore_ascii_case(wanted)))
}

fn find<'a>(object: &'a Value, key: &str) -> Option<&'a Value> {
    object.as_object()?.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| value)
}

fn texts(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}
