//! What the public schema says that leads to entities: a field that is new in it is read here without anybody's doing, or
//! refused until the register names it.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::parser::{
    parse_schema,
    types::{BaseType, FieldDefinition, Type, TypeDefinition, TypeKind, TypeSystemDefinition},
};
use callboard_tests::Actor;
use futures::future::join_all;
use serde_json::{Value, json};

use super::{
    paths::{Facts, read_paths},
    world::World,
};

/// A field of an entity's type that leads to other entities.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Leading {
    /// The type that has it, e.g. `Component`.
    holder: String,
    field: String,
    is_list: bool,
}

/// What an entity leads to by each of its fields.
#[derive(Debug, Default)]
pub struct Led(Vec<(String, String, bool, Vec<String>)>);

/// Fields outside of entities that the register has no way for, and why they show nothing more.
const NAMED_ELSEWHERE: [(&str, &str); 9] = [
    ("AncestryItem.entity", "under `Entity.ancestry`"),
    ("EntityChange.entity", "`live`: whoever watches is told of what they may see alone"),
    ("EntityConnection.nodes", "under every connection"),
    ("EntityEdge.node", "under every connection"),
    (
        "LocationDocument.entity",
        "a preview of what is not stored, and what was asked for by who may register it",
    ),
    ("RefreshEntityPayload.entity", "the access matrix: nobody refreshes what they do not see"),
    (
        "RegisterLocationPayload.entities",
        "the access matrix: read through the same lookup as `Query.entitiesByRef`",
    ),
    ("StarEntityPayload.entity", "nobody stars what they do not see"),
    (
        "UpdateLocationPayload.entities",
        "the access matrix: read through the same lookup as `Query.entitiesByRef`",
    ),
];

struct PublicSchema {
    types: Vec<TypeDefinition>,
    entities: BTreeSet<String>,
    connections: BTreeSet<String>,
}

impl PublicSchema {
    fn read() -> Self {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../schema/public.graphql");
        let document = parse_schema(std::fs::read_to_string(path).unwrap()).unwrap();
        let definitions = document.definitions.into_iter();
        let types: Vec<TypeDefinition> = definitions
            .filter_map(|definition| match definition {
                TypeSystemDefinition::Type(definition) => Some(definition.node),
                TypeSystemDefinition::Schema(_) | TypeSystemDefinition::Directive(_) => None,
            })
            .collect();
        let implements = |kind: &TypeDefinition| match &kind.kind {
            TypeKind::Object(object) => object.implements.iter().any(|name| name.node == "Entity"),
            _ => kind.name.node == "Entity",
        };
        let entities: BTreeSet<String> =
            types.iter().filter(|kind| implements(kind)).map(|kind| kind.name.node.to_string()).collect();
        let leads = |kind: &TypeDefinition| {
            let nodes = fields(kind).find(|field| field.name.node == "nodes");
            nodes.is_some_and(|nodes| entities.contains(named(&nodes.ty.node)))
        };
        let connections =
            types.iter().filter(|kind| leads(kind)).map(|kind| kind.name.node.to_string()).collect();
        Self { types, entities, connections }
    }

    /// Every field that leads to entities, by the type that has it.
    fn leading(&self) -> Vec<Leading> {
        let of = |kind: &TypeDefinition| -> Vec<Leading> {
            let of_entities = fields(kind).filter_map(|field| {
                let name = named(&field.ty.node);
                let is_list = self.connections.contains(name);
                (is_list || self.entities.contains(name)).then(|| Leading {
                    holder: kind.name.node.to_string(),
                    field: field.name.node.to_string(),
                    is_list,
                })
            });
            of_entities.collect()
        };
        self.types.iter().flat_map(of).collect()
    }
}

fn fields(kind: &TypeDefinition) -> impl Iterator<Item = &FieldDefinition> {
    let fields = match &kind.kind {
        TypeKind::Object(object) => object.fields.as_slice(),
        TypeKind::Interface(interface) => interface.fields.as_slice(),
        _ => &[],
    };
    fields.iter().map(|field| &field.node)
}

fn named(field: &Type) -> &str {
    match &field.base {
        BaseType::Named(name) => name.as_str(),
        BaseType::List(of) => named(of),
    }
}

/// Asks every entity that can be seen for every field that leads to others.
pub async fn led_to(actor: &Actor) -> Led {
    let schema = PublicSchema::read();
    let mut by_holder: BTreeMap<String, Vec<Leading>> = BTreeMap::new();
    for leading in schema.leading().into_iter().filter(|leading| schema.entities.contains(&leading.holder)) {
        by_holder.entry(leading.holder.clone()).or_default().push(leading);
    }
    let asked = by_holder.iter().map(|(holder, fields)| async move {
        let selections: Vec<String> = fields
            .iter()
            .map(|Leading { field, is_list, .. }| {
                let of = if *is_list { "(first: 60) { totalCount nodes { ref } }" } else { "{ ref }" };
                format!("{field} {of} ")
            })
            .collect();
        let query = format!(
            "query($filter: EntityFilter) {{ entities(first: 60, filter: $filter) {{ nodes {{ __typename ref ... on {holder} {{ {} }} }} }} }}",
            selections.concat()
        );
        let filter = if holder == "Entity" { Value::Null } else { json!({ "kind": [holder] }) };
        let answer = actor.ask_with(&query, json!({ "filter": filter })).await;
        assert!(answer.codes().is_empty(), "{query}: {}", answer.body);
        let mut led = Vec::new();
        for entity in answer.data("/entities/nodes").as_array().unwrap() {
            for leading in fields {
                let value = &entity[&leading.field];
                let targets: Vec<String> = if leading.is_list {
                    let targets = references(&value["nodes"]);
                    assert_eq!(value["totalCount"], json!(targets.len()), "{holder}.{}", leading.field);
                    targets
                } else {
                    value["ref"].as_str().map(str::to_owned).into_iter().collect()
                };
                let name = format!("{holder}.{}", leading.field);
                led.push((entity["ref"].as_str().unwrap().to_owned(), name, leading.is_list, targets));
            }
        }
        led
    });
    Led(join_all(asked).await.concat())
}

fn references(nodes: &Value) -> Vec<String> {
    nodes.as_array().unwrap().iter().map(|node| node["ref"].as_str().unwrap().to_owned()).collect()
}

impl Led {
    /// As plain facts, as far as both ends are visible.
    pub fn facts(&self, is_visible: impl Fn(&str) -> bool) -> Facts {
        let mut facts = Facts::new();
        for (from, field, is_list, targets) in self.0.iter().filter(|(from, ..)| is_visible(from)) {
            // The domain of what has a system is what the system says.
            let is_told = !field.ends_with(".domain") || self.systems_of(from).all(&is_visible);
            let seen = targets.iter().filter(|target| is_told && is_visible(target));
            let seen: Vec<&String> = seen.collect();
            if *is_list {
                facts.insert(format!("{from} {field} has {}", seen.len()));
            }
            facts.extend(seen.into_iter().map(|target| format!("{from} {field} {target}")));
        }
        facts
    }

    fn systems_of(&self, from: &str) -> impl Iterator<Item = &str> {
        let of = self.0.iter().filter(move |(of, field, ..)| of == from && field == "Entity.system");
        of.flat_map(|(.., systems)| systems).map(String::as_str)
    }

    /// The fields that lead anywhere.
    pub fn fields(&self) -> BTreeSet<&str> {
        let leading = self.0.iter().filter(|(.., targets)| !targets.is_empty());
        leading.map(|(_, field, ..)| field.as_str()).collect()
    }
}

/// What the world's entities lead to by their fields.
pub async fn fields_of_entities(_: &World, actor: &Actor) -> Facts {
    led_to(actor).await.facts(|_| true)
}

#[test]
fn every_field_that_leads_to_entities_is_in_the_register() {
    let schema = PublicSchema::read();
    let registered: BTreeSet<&str> = read_paths().iter().flat_map(|path| path.fields).copied().collect();
    let elsewhere: BTreeSet<&str> = NAMED_ELSEWHERE.iter().map(|(field, _)| *field).collect();
    let outside: BTreeSet<String> = schema
        .leading()
        .into_iter()
        .filter(|leading| !schema.entities.contains(&leading.holder))
        .map(|leading| format!("{}.{}", leading.holder, leading.field))
        .collect();
    for field in &outside {
        let is_known = registered.contains(field.as_str()) || elsewhere.contains(field.as_str());
        assert!(is_known, "`{field}` leads to entities: add a way of reading it to the register");
    }
    for field in &elsewhere {
        assert!(outside.contains(*field), "`{field}` is there no more");
    }
}
