//! The register of ways to read. Whoever adds one to the portal adds it here.

use std::collections::{BTreeMap, BTreeSet};

use callboard_tests::Actor;
use futures::future::BoxFuture;
use serde_json::{Value, json};

use super::{
    fields::fields_of_entities,
    walks::{FIRST, ancestries, ancestry, both, dependents, graphs, paths},
    world::World,
};

/// What a way of reading shows, as plain facts.
pub type Facts = BTreeSet<String>;

/// One way of reading entities.
pub struct ReadPath {
    pub name: &'static str,
    /// The fields of the public schema that it takes, `Type.field`.
    pub fields: &'static [&'static str],
    /// What it shows to somebody.
    pub read: for<'a> fn(&'a World, &'a Actor) -> BoxFuture<'a, Facts>,
    /// What it must show to who may see these entities.
    pub expected: fn(&World, &BTreeSet<String>) -> Facts,
}

macro_rules! path {
    ($name:literal, $fields:expr, $read:ident, $expected:expr) => {
        ReadPath {
            name: $name,
            fields: &$fields,
            read: |world, actor| Box::pin($read(world, actor)),
            expected: $expected,
        }
    };
}

/// All of them.
pub fn read_paths() -> Vec<ReadPath> {
    lists().into_iter().chain(relations()).chain(others()).collect()
}

/// Those that find entities one by one or in lists.
fn lists() -> Vec<ReadPath> {
    vec![
        path!("pages forward", ["Query.entities"], pages_forward, |_, visible| visible.clone()),
        path!("pages backward", ["Query.entities"], pages_backward, |_, visible| visible.clone()),
        path!("pages in an order", ["Query.entities"], pages_ordered, |_, visible| visible.clone()),
        path!("counts", ["Query.entities"], counts, |_, visible| [format!("{}", visible.len())].into()),
        path!("a filter", ["Query.entities"], filtered, |world, visible| {
            visible
                .iter()
                .filter(|reference| world.text(reference, "/spec/type") == Some("service"))
                .cloned()
                .collect()
        }),
        path!("a text", ["Query.entities"], searched, |_, visible| {
            visible.iter().filter(|reference| reference.contains("part")).cloned().collect()
        }),
        path!("facets", ["Query.entities"], facets, |world, visible| counted(
            visible.iter().map(|name| world.text(name, "/kind").unwrap())
        )),
        path!("kinds", ["Query.entityKinds"], kinds, |world, visible| counted(
            visible.iter().map(|name| world.text(name, "/kind").unwrap())
        )),
        path!("facets of relations", ["Query.entities"], owner_facets, |world, visible| {
            let owners = visible.iter().flat_map(|name| owners_as_written(world, name));
            counted(owners)
        }),
        path!("by reference", ["Query.entity"], by_reference, |_, visible| visible.clone()),
        path!("many by reference", ["Query.entitiesByRef"], many_by_reference, |_, visible| visible.clone()),
        path!(
            "what changed last",
            ["Query.recentlyChanged", "RecentEntityChange.entity"],
            recently_changed,
            |_, visible| visible.clone()
        ),
        path!(
            "what a search finds",
            ["Query.search", "SearchResult.entity"],
            found_by_search,
            |_, visible| visible.clone()
        ),
        path!("counts of a search", ["Query.search"], search_facets, |world, visible| counted(
            visible.iter().map(|name| world.text(name, "/kind").unwrap())
        )),
        path!("by id", ["Query.node"], by_id, |_, visible| visible.clone()),
        path!("many by id", ["Query.nodes"], many_by_id, |_, visible| visible.clone()),
    ]
}

/// Those that lead from one entity to others.
fn relations() -> Vec<ReadPath> {
    vec![
        path!("targets of relations", ["EntityRelation.target"], relation_targets, |world, visible| {
            world.relation_types().into_iter().flat_map(|of| edges(world, visible, of)).collect()
        }),
        path!("owners", ["Entity.owner"], owners, |world, visible| edges(world, visible, "ownedBy")),
        path!("parts of systems", ["System.components"], system_parts, |world, visible| {
            let systems = visible.iter().filter(|name| name.starts_with("system:"));
            let parts = systems.flat_map(|system| {
                let seen = |part: &&&str| part.starts_with("component:") && visible.contains(**part);
                let parts: Vec<&str> = world.targets(system, "hasPart");
                let parts: Vec<String> =
                    parts.iter().filter(seen).map(|part| format!("{system} {part}")).collect();
                let count = format!("{system} has {}", parts.len());
                parts.into_iter().chain([count])
            });
            parts.collect()
        }),
        path!("members of groups", ["Group.members"], members, |world, visible| {
            let groups = visible.iter().filter(|name| name.starts_with("group:"));
            groups
                .flat_map(|group| {
                    let seen: Vec<String> =
                        within(world, group).into_iter().filter(|user| visible.contains(user)).collect();
                    let count = format!("{group} has {}", seen.len());
                    seen.into_iter().map(move |user| format!("{group} {user}")).chain([count])
                })
                .collect()
        }),
    ]
}

fn others() -> Vec<ReadPath> {
    vec![
        path!("starred", ["Viewer.starred"], starred, |_, visible| visible.clone()),
        path!("what one may", ["Viewer.can"], viewer_can, |_, visible| visible.clone()),
        path!("what one may on each", ["Entity.viewerCan"], viewer_can_each, |_, visible| visible.clone()),
        path!("fields of entities", [], fields_of_entities, |world, visible| {
            world.led.facts(|reference| visible.contains(reference))
        }),
        path!("ancestries", ["Entity.ancestry", "EntityAncestry.items"], ancestries, |_, visible| {
            visible.iter().flat_map(|name| ancestry(name, visible)).collect()
        }),
        path!("oneself", ["Viewer.entity"], oneself, |_, _| Facts::new()),
        path!("graphs", ["EntityGraphNode.entity", "Query.entityGraph"], graphs, |world, visible| {
            world
                .relation_types()
                .into_iter()
                .flat_map(|of| edges(world, visible, of))
                .map(|edge| edge.split_once(' ').map(|(from, to)| both(from, to)).unwrap_or_default())
                .chain(visible.iter().cloned())
                .collect()
        }),
        path!("paths", ["Query.entityPath"], paths, |world, visible| {
            let related = world.relation_types().into_iter().flat_map(|of| edges(world, visible, of));
            let from_first =
                related.filter_map(|edge| edge.strip_prefix(FIRST)?.strip_prefix(' ').map(str::to_owned));
            from_first.collect()
        }),
        path!("dependents", ["Query.entityDependents"], dependents, |world, visible| {
            visible
                .iter()
                .flat_map(|name| {
                    let ways = ["dependencyOf", "apiConsumedBy", "providesApi"].into_iter();
                    let whole = name.starts_with("system:") || name.starts_with("domain:");
                    let ways = ways.chain(whole.then_some("hasPart"));
                    ways.flat_map(|of| world.targets(name, of))
                        .filter(|to| visible.contains(*to) && *to != name)
                        .map(|to| format!("{name} {to}"))
                        .collect::<Vec<_>>()
                })
                .collect()
        }),
        path!("locations", ["CatalogLocation.entities"], from_locations, |_, visible| {
            let count = format!("{} in all", visible.len());
            visible.iter().cloned().chain([count]).collect()
        }),
        path!("explanations", ["Query.explainAccess"], explained, |_, visible| visible.clone()),
    ]
}

fn counted<'a>(values: impl Iterator<Item = &'a str>) -> Facts {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    counts.into_iter().map(|(value, count)| format!("{value} {count}")).collect()
}

/// An entity's own word for its owner is told whoever the owner is.
fn owners_as_written<'a>(world: &'a World, reference: &str) -> Vec<&'a str> {
    let relations = world.entities[reference]["relations"]["nodes"].as_array().unwrap();
    relations
        .iter()
        .filter(|relation| relation["type"] == "ownedBy")
        .map(|relation| relation["targetRef"].as_str().unwrap())
        .collect()
}

fn edges(world: &World, visible: &BTreeSet<String>, relation_type: &str) -> Facts {
    let edge = |from: &String| -> Vec<String> {
        let seen = world.targets(from, relation_type).into_iter().filter(|to| visible.contains(*to));
        seen.map(|to| format!("{from} {to}")).collect()
    };
    visible.iter().flat_map(edge).collect()
}

/// The users of a group and of the groups below it.
fn within(world: &World, group: &str) -> BTreeSet<String> {
    let mut users: BTreeSet<String> =
        world.targets(group, "hasMember").into_iter().map(str::to_owned).collect();
    for below in world.targets(group, "parentOf") {
        users.extend(within(world, below));
    }
    users
}

pub async fn ask(actor: &Actor, query: &str, variables: Value) -> Value {
    let answer = actor.ask_with(query, variables).await;
    assert!(answer.codes().is_empty(), "{query}: {}", answer.body);
    answer.data("").clone()
}

fn refs(nodes: &Value) -> Facts {
    let nodes = nodes.as_array().unwrap().iter();
    nodes.filter_map(|node| node["ref"].as_str()).map(str::to_owned).collect()
}

async fn pages(actor: &Actor, arguments: &str, (size, cursor, more, end): (&str, &str, &str, &str)) -> Facts {
    let query = format!(
        "query($cursor: String) {{ entities({arguments}{size}: 7, {cursor}: $cursor) {{ totalCount nodes {{ ref }} pageInfo {{ {more} {end} }} }} }}"
    );
    let (mut facts, mut at, mut total) = (Facts::new(), Value::Null, 0);
    loop {
        let data = ask(actor, &query, json!({ "cursor": at })).await;
        let page = &data["entities"];
        let found = refs(&page["nodes"]);
        total += found.len();
        facts.extend(found);
        if page["pageInfo"][more] != true {
            assert_eq!(page["totalCount"], json!(total), "the count is that of what is shown");
            return facts;
        }
        at = page["pageInfo"][end].clone();
    }
}

const FORWARD: (&str, &str, &str, &str) = ("first", "after", "hasNextPage", "endCursor");

async fn pages_forward(_: &World, actor: &Actor) -> Facts {
    pages(actor, "", FORWARD).await
}

async fn pages_backward(_: &World, actor: &Actor) -> Facts {
    pages(actor, "", ("last", "before", "hasPreviousPage", "startCursor")).await
}

async fn pages_ordered(_: &World, actor: &Actor) -> Facts {
    pages(
        actor,
        "orderBy: [{ field: \"spec.owner\", direction: DESC }, { field: \"relations.ownerOf\" }], ",
        FORWARD,
    )
    .await
}

async fn counts(_: &World, actor: &Actor) -> Facts {
    let data = ask(actor, "{ entities(first: 0) { totalCount } }", json!({})).await;
    [data["entities"]["totalCount"].to_string()].into()
}

async fn filtered(_: &World, actor: &Actor) -> Facts {
    pages(actor, "filter: { type: [\"service\"] }, ", FORWARD).await
}

async fn searched(_: &World, actor: &Actor) -> Facts {
    pages(actor, "text: \"part\", filter: { kind: [\"Component\"] }, ", FORWARD).await
}

async fn facets(_: &World, actor: &Actor) -> Facts {
    facet(actor, "kind").await
}

async fn owner_facets(_: &World, actor: &Actor) -> Facts {
    facet(actor, "relations.ownedBy").await
}

async fn facet(actor: &Actor, field: &str) -> Facts {
    let query = "query($fields: [String!]!) { entities(first: 0) { facets(fields: $fields) { values { value count } } } }";
    let data = ask(actor, query, json!({ "fields": [field] })).await;
    let values = data["entities"]["facets"][0]["values"].as_array().unwrap();
    values.iter().map(|value| format!("{} {}", value["value"].as_str().unwrap(), value["count"])).collect()
}

async fn kinds(_: &World, actor: &Actor) -> Facts {
    let data = ask(actor, "{ entityKinds { kind count } }", json!({})).await;
    let kinds = data["entityKinds"].as_array().unwrap();
    kinds.iter().map(|kind| format!("{} {}", kind["kind"].as_str().unwrap(), kind["count"])).collect()
}

async fn by_reference(world: &World, actor: &Actor) -> Facts {
    let fields: Vec<String> = world
        .entities
        .keys()
        .enumerate()
        .map(|(index, reference)| format!("e{index}: entity(ref: \"{reference}\") {{ ref }} "))
        .collect();
    let fields = fields.concat();
    let data = ask(actor, &format!("{{ {fields} }}"), json!({})).await;
    data.as_object()
        .unwrap()
        .values()
        .filter_map(|entity| entity["ref"].as_str())
        .map(str::to_owned)
        .collect()
}

async fn many_by_reference(world: &World, actor: &Actor) -> Facts {
    let query = "query($refs: [EntityRef!]!) { entitiesByRef(refs: $refs) { ref } }";
    let references: Vec<&String> = world.entities.keys().collect();
    refs(&ask(actor, query, json!({ "refs": references })).await["entitiesByRef"])
}

async fn recently_changed(_: &World, actor: &Actor) -> Facts {
    let data = ask(actor, "{ recentlyChanged(first: 500) { entity { ref } } }", json!({})).await;
    let changes = data["recentlyChanged"].as_array().unwrap();
    changes.iter().filter_map(|change| change["entity"]["ref"].as_str()).map(str::to_owned).collect()
}

/// In pages that are full but for the last, without words and with one that all have.
async fn found_by_search(_: &World, actor: &Actor) -> Facts {
    let query = "query($after: String) { search(text: \"\", first: 7, after: $after) { totalCount
        nodes { score entity { ref } } pageInfo { hasNextPage endCursor } } }";
    let (mut facts, mut at, mut total) = (Facts::new(), Value::Null, 0);
    loop {
        let data = ask(actor, query, json!({ "after": at })).await;
        let page = &data["search"];
        let nodes = page["nodes"].as_array().unwrap();
        total += nodes.len();
        facts.extend(nodes.iter().filter_map(|node| node["entity"]["ref"].as_str()).map(str::to_owned));
        if page["pageInfo"]["hasNextPage"] != true {
            assert_eq!(page["totalCount"], json!(total), "the count is that of what is shown");
            return facts;
        }
        assert_eq!(nodes.len(), 7, "a page that is not the last is full");
        at = page["pageInfo"]["endCursor"].clone();
    }
}

async fn search_facets(_: &World, actor: &Actor) -> Facts {
    let query = "{ search(text: \"\", first: 0) { facets(fields: [\"kind\"]) { values { value count } } } }";
    let data = ask(actor, query, json!({})).await;
    let values = data["search"]["facets"][0]["values"].as_array().unwrap();
    values.iter().map(|value| format!("{} {}", value["value"].as_str().unwrap(), value["count"])).collect()
}

fn ids(world: &World) -> Vec<&Value> {
    world.entities.values().map(|entity| &entity["id"]).collect()
}

async fn by_id(world: &World, actor: &Actor) -> Facts {
    let mut facts = Facts::new();
    for id in ids(world).into_iter().step_by(5) {
        let query = "query($id: ID!) { node(id: $id) { ... on Entity { ref } } }";
        let data = ask(actor, query, json!({ "id": id })).await;
        facts.extend(data["node"]["ref"].as_str().map(str::to_owned));
    }
    // The others by the same field at once.
    let fields: Vec<String> = ids(world)
        .iter()
        .enumerate()
        .map(|(index, id)| format!("n{index}: node(id: {id}) {{ ... on Entity {{ ref }} }} "))
        .collect();
    let fields = fields.concat();
    let data = ask(actor, &format!("{{ {fields} }}"), json!({})).await;
    facts.extend(
        data.as_object().unwrap().values().filter_map(|node| node["ref"].as_str()).map(str::to_owned),
    );
    facts
}

async fn many_by_id(world: &World, actor: &Actor) -> Facts {
    let query = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Entity { ref } } }";
    refs(&ask(actor, query, json!({ "ids": ids(world) })).await["nodes"])
}

async fn relation_targets(_: &World, actor: &Actor) -> Facts {
    let query = "{ entities(first: 60) { nodes { ref relations(first: 60) { nodes { target { ref } } } } } }";
    let data = ask(actor, query, json!({})).await;
    let mut facts = Facts::new();
    for entity in data["entities"]["nodes"].as_array().unwrap() {
        for relation in entity["relations"]["nodes"].as_array().unwrap() {
            let target = relation["target"]["ref"].as_str();
            facts.extend(target.map(|target| format!("{} {target}", entity["ref"].as_str().unwrap())));
        }
    }
    facts
}

async fn owners(_: &World, actor: &Actor) -> Facts {
    let data = ask(actor, "{ entities(first: 60) { nodes { ref owner { ref } } } }", json!({})).await;
    let entities = data["entities"]["nodes"].as_array().unwrap().iter();
    entities
        .filter_map(|entity| {
            Some(format!("{} {}", entity["ref"].as_str()?, entity["owner"]["ref"].as_str()?))
        })
        .collect()
}

async fn system_parts(_: &World, actor: &Actor) -> Facts {
    let query = "{ entities(first: 60, filter: { kind: [\"System\"] }) { nodes { ref
        ... on System { list: components(first: 60) { totalCount nodes { ref } } } } } }";
    listed(&ask(actor, query, json!({})).await)
}

async fn members(_: &World, actor: &Actor) -> Facts {
    let query = "{ entities(first: 60, filter: { kind: [\"Group\"] }) { nodes { ref
        ... on Group { list: members(transitive: true, first: 60) { totalCount nodes { ref } } } } } }";
    listed(&ask(actor, query, json!({})).await)
}

fn listed(data: &Value) -> Facts {
    let mut facts = Facts::new();
    for entity in data["entities"]["nodes"].as_array().unwrap() {
        let name = entity["ref"].as_str().unwrap();
        facts.extend(refs(&entity["list"]["nodes"]).into_iter().map(|member| format!("{name} {member}")));
        facts.insert(format!("{name} has {}", entity["list"]["totalCount"]));
    }
    facts
}

/// Bob starred everything once; for others the list is read anew.
async fn starred(_: &World, actor: &Actor) -> Facts {
    let data = ask(actor, "{ viewer { ref starred { ref } } }", json!({})).await;
    if data["viewer"]["ref"] == "user:default/bob" {
        return refs(&data["viewer"]["starred"]);
    }
    let is_guest = data["viewer"]["ref"] == "user:default/guest";
    assert_eq!(data["viewer"]["starred"], if is_guest { json!(null) } else { json!([]) });
    pages(actor, "", FORWARD).await
}

async fn viewer_can(world: &World, actor: &Actor) -> Facts {
    let mut facts = Facts::new();
    let can: Vec<String> = world
        .entities
        .keys()
        .enumerate()
        .map(|(index, name)| {
            format!("c{index}: can(permission: \"catalog.entity.read\", resource: \"{name}\") ")
        })
        .collect();
    let can = can.concat();
    let data = ask(actor, &format!("{{ viewer {{ {can} }} }}"), json!({})).await;
    for (index, name) in world.entities.keys().enumerate() {
        if data["viewer"][format!("c{index}")] == true {
            facts.insert(name.clone());
        }
    }
    facts
}

async fn viewer_can_each(_: &World, actor: &Actor) -> Facts {
    let query = "{ entities(first: 60) { nodes { ref viewerCan(permission: \"catalog.entity.read\") } } }";
    let data = ask(actor, query, json!({})).await;
    let entities = data["entities"]["nodes"].as_array().unwrap().iter();
    refs(&entities.filter(|entity| entity["viewerCan"] == true).cloned().collect())
}

/// Whoever sees themselves does so because they are visible; that is all there is to it.
async fn oneself(_: &World, actor: &Actor) -> Facts {
    let data = ask(actor, "{ viewer { ref entity { ref } } }", json!({})).await;
    let (Some(seen), Some(name)) = (data["viewer"]["entity"]["ref"].as_str(), data["viewer"]["ref"].as_str())
    else {
        return Facts::new();
    };
    assert_eq!(seen, name);
    let query = "query($ref: EntityRef!) { entity(ref: $ref) { ref } }";
    let data = ask(actor, query, json!({ "ref": name })).await;
    assert_eq!(data["entity"]["ref"], name, "seen as oneself, but not in the catalog");
    Facts::new()
}

async fn from_locations(_: &World, actor: &Actor) -> Facts {
    let query = "{ locations { nodes { entities(first: 60) { totalCount nodes { ref } } } } }";
    let data = ask(actor, query, json!({})).await;
    let entities = &data["locations"]["nodes"][0]["entities"];
    refs(&entities["nodes"]).into_iter().chain([format!("{} in all", entities["totalCount"])]).collect()
}

async fn explained(world: &World, actor: &Actor) -> Facts {
    let viewer = ask(actor, "{ viewer { ref } }", json!({})).await;
    let mut facts = Facts::new();
    for name in world.entities.keys() {
        let query = "query($input: ExplainAccessInput!) { explainAccess(input: $input) { decision } }";
        let subject = &viewer["viewer"]["ref"];
        let input = json!({ "subject": subject, "permission": "catalog.entity.read", "resource": name });
        let answer = actor.ask_with(query, json!({ "input": input })).await;
        if answer.codes() == ["NOT_FOUND"] {
            continue;
        }
        assert_eq!(answer.data("/explainAccess/decision"), "ALLOW", "what is visible is allowed");
        facts.insert(name.clone());
    }
    facts
}
