//! Which kinds may come from where.

#![expect(clippy::unwrap_used, reason = "a helper that cannot go on ends its test")]

use std::path::Path;

use callboard_descriptor::{CatalogRule, Rules};
use serde_json::{Value, json};

fn rules(config: Value) -> Vec<CatalogRule> {
    serde_json::from_value(config).unwrap()
}

fn allows(rules: &Rules, kind: &str, location: (&str, &str)) -> bool {
    rules.allows(&json!({ "kind": kind, "spec": { "type": "Database" } }), location.0, location.1)
}

const FILE: (&str, &str) = ("file", "/base/all.yaml");
const URL: (&str, &str) = ("url", "https://github.com/Org/repo/blob/main/catalog-info.yaml");

#[test]
fn without_rules_components_apis_and_locations_are_allowed() {
    let rules = Rules::new(None, Path::new("/base")).unwrap();
    for kind in ["Component", "api", "LOCATION"] {
        assert!(allows(&rules, kind, FILE), "{kind}");
    }
    for kind in ["Group", "User", "System", "Template"] {
        assert!(!allows(&rules, kind, FILE), "{kind}");
    }
}

#[test]
fn rules_replace_the_defaults_and_an_empty_list_refuses_all() {
    let group = rules(json!([{ "allow": ["Group"] }]));
    let only_group = Rules::new(Some(&group), Path::new("/base")).unwrap();
    assert!(allows(&only_group, "group", FILE));
    assert!(!allows(&only_group, "Component", FILE));
    let none = Rules::new(Some(&[]), Path::new("/base")).unwrap();
    assert!(!allows(&none, "Component", FILE) && !allows(&none, "Location", FILE));
    let empty = Rules::new(Some(&rules(json!([{ "allow": [] }]))), Path::new("/base")).unwrap();
    assert!(!allows(&empty, "Component", FILE));
}

#[test]
fn a_rule_can_ask_for_a_type() {
    let config =
        rules(json!([{ "allow": [{ "kind": "Resource", "spec.type": "database" }, { "kind": "System" }] }]));
    let typed = Rules::new(Some(&config), Path::new("/base")).unwrap();
    assert!(allows(&typed, "Resource", FILE) && allows(&typed, "System", FILE));
    assert!(!typed.allows(&json!({ "kind": "Resource", "spec": { "type": "bucket" } }), FILE.0, FILE.1));
    assert!(!typed.allows(&json!({ "kind": "Resource", "spec": {} }), FILE.0, FILE.1));
}

#[test]
fn a_rule_can_be_about_some_locations() {
    let config = rules(json!([
        { "allow": ["Template"], "locations": [{ "type": "url", "pattern": "https://github.com/org/**" }] },
        { "allow": ["Group"], "locations": [{ "type": "file", "exact": "./all.yaml" }] },
        { "allow": ["User"], "locations": [{ "type": "file" }] },
    ]));
    let some = Rules::new(Some(&config), Path::new("/base")).unwrap();
    assert!(allows(&some, "Template", URL) && !allows(&some, "Template", FILE));
    assert!(!allows(&some, "Template", ("url", "https://gitlab.com/org/x.yaml")));
    assert!(allows(&some, "Group", FILE) && !allows(&some, "Group", ("file", "/base/other.yaml")));
    assert!(allows(&some, "User", ("file", "/anywhere")) && !allows(&some, "User", URL));
}

#[test]
fn rules_of_a_location_take_the_place_of_those_for_all_but_still_let_locations_lead_on() {
    let all = Rules::default();
    let own = rules(json!([{ "allow": ["User", "Group"] }]));
    let own = all.for_location(Some(&own), Path::new("/base")).unwrap();
    assert!(allows(&own, "Group", FILE) && allows(&own, "Location", FILE));
    assert!(!allows(&own, "Component", FILE));
    assert!(allows(&all.for_location(None, Path::new("/base")).unwrap(), "Component", FILE));
    let closed = Rules::new(Some(&[]), Path::new("/base")).unwrap();
    let none = closed.for_location(Some(&[]), Path::new("/base")).unwrap();
    assert!(!allows(&none, "Location", FILE));
}

#[test]
fn exact_and_pattern_together_and_patterns_that_are_none_are_errors() {
    let both =
        rules(json!([{ "allow": [], "locations": [{ "type": "url", "exact": "a", "pattern": "b" }] }]));
    let error = Rules::new(Some(&both), Path::new("/base")).unwrap_err();
    assert_eq!(error.to_string(), "location `a` of a rule has both `exact` and `pattern`, keep one of them");
    let broken = rules(json!([{ "allow": [], "locations": [{ "type": "url", "pattern": "a[" }] }]));
    assert!(Rules::new(Some(&broken), Path::new("/base")).is_err());
}
