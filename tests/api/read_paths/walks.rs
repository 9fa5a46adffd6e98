//! Ways that lead from one entity over several steps.

use std::collections::BTreeSet;

use callboard_tests::Actor;
use serde_json::json;

use super::{
    paths::{Facts, ask},
    world::{LOCATION, World},
};

/// Everything comes from the file of the config, and parts of it by way of a location.
pub fn ancestry(name: &str, visible: &BTreeSet<String>) -> Vec<String> {
    let is_led_to = name.starts_with("component:") || name.starts_with("api:");
    let by = (is_led_to && visible.contains(LOCATION)).then(|| format!("{name} by {LOCATION}"));
    by.into_iter().chain([format!("{name} itself")]).collect()
}

pub async fn ancestries(_: &World, actor: &Actor) -> Facts {
    let query = "{ entities(first: 60) { nodes { ref ancestry { items { parentRefs entity { ref } } } } } }";
    let data = ask(actor, query, json!({})).await;
    let mut facts = Facts::new();
    for entity in data["entities"]["nodes"].as_array().unwrap() {
        let name = entity["ref"].as_str().unwrap();
        for item in entity["ancestry"]["items"].as_array().unwrap() {
            let of = item["entity"]["ref"].as_str().unwrap();
            facts.insert(if of == name { format!("{name} itself") } else { format!("{name} by {of}") });
            for parent in item["parentRefs"].as_array().unwrap() {
                facts.insert(format!("{name} by {}", parent.as_str().unwrap()));
            }
        }
    }
    facts
}

/// Depended on by, and depending on, many.
pub const FIRST: &str = "component:default/part-0";

pub fn both(one: &str, other: &str) -> String {
    let mut ends = [one, other];
    ends.sort_unstable();
    ends.join(" and ")
}

pub async fn graphs(world: &World, actor: &Actor) -> Facts {
    let query = "query($roots: [EntityRef!]!) { entityGraph(roots: $roots, depth: 2, limit: 1000) {
        truncated nodes { ref entity { ref } } edges { source target } } }";
    let roots: Vec<&String> = world.entities.keys().collect();
    let data = ask(actor, query, json!({ "roots": roots })).await;
    let graph = &data["entityGraph"];
    assert_eq!(graph["truncated"], false);
    let nodes = graph["nodes"].as_array().unwrap().iter();
    let seen: BTreeSet<String> =
        nodes.filter_map(|node| node["entity"]["ref"].as_str()).map(str::to_owned).collect();
    let edges = graph["edges"].as_array().unwrap().iter();
    let ends = edges.map(|edge| (edge["source"].as_str().unwrap(), edge["target"].as_str().unwrap()));
    let between = ends.filter(|(source, target)| seen.contains(*source) && seen.contains(*target));
    between.map(|(source, target)| both(source, target)).chain(seen.iter().cloned()).collect()
}

/// Those that are one step away.
pub async fn paths(world: &World, actor: &Actor) -> Facts {
    let fields: Vec<String> = (0..)
        .zip(world.entities.keys())
        .map(|(index, name)| {
            format!("p{index}: entityPath(from: \"{FIRST}\", to: \"{name}\") {{ nodes {{ ref entity {{ ref }} }} }} ")
        })
        .collect();
    let mut facts = Facts::new();
    for fields in fields.chunks(20) {
        let data = ask(actor, &format!("{{ {} }}", fields.concat()), json!({})).await;
        for path in data.as_object().unwrap().values() {
            let nodes = path["nodes"].as_array().unwrap();
            let seen: Vec<&str> = nodes.iter().filter_map(|node| node["entity"]["ref"].as_str()).collect();
            facts.extend((nodes.len() == 2 && seen.len() == 2).then(|| seen[1].to_owned()));
        }
    }
    facts
}

/// What depends on each at once.
pub async fn dependents(world: &World, actor: &Actor) -> Facts {
    let mut facts = Facts::new();
    let names: Vec<&String> = world.entities.keys().collect();
    for names in names.chunks(20) {
        let fields: Vec<String> = (0..)
            .zip(names)
            .map(|(index, name)| {
                format!("d{index}: entityDependents(ref: \"{name}\", depth: 1, limit: 100) {{ nodes {{ depth entity {{ ref }} }} }} ")
            })
            .collect();
        let data = ask(actor, &format!("{{ {} }}", fields.concat()), json!({})).await;
        for graph in data.as_object().unwrap().values() {
            let nodes = graph["nodes"].as_array().unwrap();
            let Some(root) = nodes.first().and_then(|node| node["entity"]["ref"].as_str()) else { continue };
            let found = nodes[1..].iter().filter_map(|node| node["entity"]["ref"].as_str());
            facts.extend(found.map(|name| format!("{root} {name}")));
        }
    }
    facts
}
