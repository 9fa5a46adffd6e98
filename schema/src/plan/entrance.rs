//! A supergraph that can be entered at every entity.
//!
//! One more subgraph, which nobody runs, has every entity with its keys and nothing else. An operation that begins there
//! is a plan for fields of an entity that is at hand already: its first fetch tells which keys that takes.

use std::collections::{BTreeMap, BTreeSet};

use graphql_tools::{
    parser::{Pos, parse_query},
    static_graphql::{
        query::{self, Selection, SelectionSet},
        schema::{Definition, Directive, Document, Field, Type, TypeDefinition, Value},
    },
};

use hive_router_query_planner::{
    ast::{
        fragment::FragmentDefinition, selection_item::SelectionItem,
        selection_set::SelectionSet as PlannedSet,
    },
    planner::plan_nodes::PlanNode,
};

use super::{
    cut::{condition_of, fragment, plain_field, selection_set},
    joins::{graph, joins},
};
use crate::schema_index::{SchemaIndex, named_type};

/// The subgraph's id, and its name in `join__Graph`.
pub(super) const ENTITIES: &str = "_CALLBOARD_ENTITIES";

/// The root field that has an entity of this type.
pub(super) fn entrance(type_name: &str) -> String {
    format!("_callboard_entity_{type_name}")
}

/// The supergraph with the subgraph of entities.
pub(super) fn with_entrances(
    supergraph: &SchemaIndex,
    entities: &BTreeMap<String, BTreeSet<String>>,
) -> Document {
    let needs = needs(supergraph, entities);
    let mut document = supergraph.document.clone();
    for definition in &mut document.definitions {
        let Definition::TypeDefinition(definition) = definition else { continue };
        match definition {
            TypeDefinition::Enum(graphs) if graphs.name == "join__Graph" => {
                let mut graph = query_value(ENTITIES);
                let arguments = vec![text("name", ENTITIES), text("url", "")];
                graph.directives.push(directive("join__graph", arguments));
                graphs.values.push(graph);
            }
            TypeDefinition::Object(object) if object.name == supergraph.query => {
                name_graphs(&mut object.fields, &object.directives, &BTreeSet::new());
                object.directives.push(join("join__type", Vec::new()));
                object.fields.extend(entities.keys().map(|entity| root_field(entity)));
            }
            TypeDefinition::Object(object) => {
                let Some(fields) = needs.get(&object.name) else { continue };
                name_graphs(&mut object.fields, &object.directives, fields);
                object.directives.extend(join_types(entities.get(&object.name)));
                object.directives.extend(implementations(&object.implements_interfaces, entities));
            }
            TypeDefinition::Interface(interface) => {
                let Some(fields) = needs.get(&interface.name) else { continue };
                name_graphs(&mut interface.fields, &interface.directives, fields);
                interface.directives.extend(join_types(entities.get(&interface.name)));
                interface.directives.extend(implementations(&interface.implements_interfaces, entities));
            }
            TypeDefinition::Enum(leaf) if needs.contains_key(&leaf.name) => {
                leaf.directives.push(join("join__type", Vec::new()));
                for value in &mut leaf.values {
                    value.directives.push(join("join__enumValue", Vec::new()));
                }
            }
            TypeDefinition::Scalar(leaf) if needs.contains_key(&leaf.name) => {
                leaf.directives.push(join("join__type", Vec::new()));
            }
            _ => {}
        }
    }
    document
}

/// Of a plan that begins at entities: what it needs of them, and what then remains to be done.
pub(super) fn split_entrance(node: PlanNode) -> Option<(SelectionSet, Option<PlanNode>)> {
    match node {
        PlanNode::Fetch(fetch) if fetch.service_name == ENTITIES => {
            let document = fetch.operation.document;
            let field = document.operation.selection_set.items.into_iter().next()?;
            let SelectionItem::Field(field) = field else { return None };
            Some((selection_set(selections(&field.selections, &document.fragments)), None))
        }
        PlanNode::Sequence(mut sequence) if !sequence.nodes.is_empty() => {
            let (needs, rest) = split_entrance(sequence.nodes.remove(0))?;
            sequence.nodes.splice(0..0, rest);
            let rest = (!sequence.nodes.is_empty()).then_some(PlanNode::Sequence(sequence));
            Some((needs, rest))
        }
        _ => None,
    }
}

fn selections(set: &PlannedSet, fragments: &[FragmentDefinition]) -> Vec<Selection> {
    let below = |set: &PlannedSet| selections(set, fragments);
    let mut items = Vec::with_capacity(set.items.len());
    for item in &set.items {
        match item {
            SelectionItem::Field(field) => {
                items.push(plain_field(field.name.clone(), field.alias.clone(), below(&field.selections)));
            }
            SelectionItem::InlineFragment(inline) => {
                items.push(fragment(&inline.type_condition, selection_set(below(&inline.selections))));
            }
            SelectionItem::FragmentSpread(name) => {
                for spread in fragments.iter().filter(|fragment| fragment.name == *name) {
                    items.push(fragment(&spread.type_condition, selection_set(below(&spread.selection_set))));
                }
            }
        }
    }
    items
}

/// What the keys are made of: types, and their fields.
fn needs(
    supergraph: &SchemaIndex,
    entities: &BTreeMap<String, BTreeSet<String>>,
) -> BTreeMap<String, BTreeSet<String>> {
    let mut needs = BTreeMap::new();
    for (name, keys) in entities {
        for key in keys {
            let key = format!("{{{key}}}");
            let Ok(document) = parse_query::<String>(&key) else { continue };
            for definition in document.into_static().definitions {
                if let query::Definition::Operation(operation) = definition {
                    collect(supergraph, name, operation.selection_set(), &mut needs);
                }
            }
        }
    }
    for interface in entities.keys().filter(|name| supergraph.is_abstract(name)) {
        let fields = needs.get(interface).cloned().unwrap_or_default();
        for subtype in supergraph.subtypes(interface).filter(|name| entities.contains_key(*name)) {
            needs.entry(subtype.to_owned()).or_default().extend(fields.iter().cloned());
        }
    }
    needs
}

fn collect(
    supergraph: &SchemaIndex,
    type_name: &str,
    set: &SelectionSet,
    needs: &mut BTreeMap<String, BTreeSet<String>>,
) {
    needs.entry(type_name.to_owned()).or_default();
    for selection in &set.items {
        match selection {
            Selection::Field(field) => {
                if let Some(definition) = supergraph.field(type_name, &field.name) {
                    needs.entry(type_name.to_owned()).or_default().insert(field.name.clone());
                    collect(supergraph, named_type(&definition.field_type), &field.selection_set, needs);
                }
            }
            Selection::InlineFragment(inline) => {
                let condition = condition_of(inline).unwrap_or(type_name);
                collect(supergraph, condition, &inline.selection_set, needs);
            }
            Selection::FragmentSpread(_) => {}
        }
    }
}

/// Says of each field in which graphs it is: without any `@join__field` it would be in every graph that has its type.
fn name_graphs(fields: &mut [Field], of_type: &[Directive], needed: &BTreeSet<String>) {
    let graphs: BTreeSet<&str> = joins(of_type, "join__type").filter_map(graph).collect();
    for field in fields {
        let is_named = joins(&field.directives, "join__field").next().is_some();
        match (needed.contains(&field.name), is_named) {
            (true, true) => field.directives.push(join("join__field", Vec::new())),
            (true, false) | (false, true) => {}
            (false, false) => field.directives.extend(
                graphs.iter().map(|graph| directive("join__field", vec![enumerated("graph", graph)])),
            ),
        }
    }
}

fn join_types(keys: Option<&BTreeSet<String>>) -> Vec<Directive> {
    match keys {
        None => vec![join("join__type", Vec::new())],
        Some(keys) => {
            let unresolvable = || ("resolvable".to_owned(), Value::Boolean(false));
            keys.iter().map(|key| join("join__type", vec![text("key", key), unresolvable()])).collect()
        }
    }
}

fn implementations(interfaces: &[String], entities: &BTreeMap<String, BTreeSet<String>>) -> Vec<Directive> {
    let known = interfaces.iter().filter(|interface| entities.contains_key(*interface));
    known.map(|interface| join("join__implements", vec![text("interface", interface)])).collect()
}

fn root_field(entity: &str) -> Field {
    Field {
        position: Pos::default(),
        description: None,
        name: entrance(entity),
        arguments: Vec::new(),
        field_type: Type::NamedType(entity.to_owned()),
        directives: vec![join("join__field", Vec::new())],
    }
}

fn query_value(name: &str) -> graphql_tools::static_graphql::schema::EnumValue {
    graphql_tools::static_graphql::schema::EnumValue {
        position: Pos::default(),
        description: None,
        name: name.to_owned(),
        directives: Vec::new(),
    }
}

/// A directive about the subgraph of entities.
fn join(name: &str, more: Vec<(String, Value)>) -> Directive {
    let mut arguments = vec![enumerated("graph", ENTITIES)];
    arguments.extend(more);
    directive(name, arguments)
}

fn directive(name: &str, arguments: Vec<(String, Value)>) -> Directive {
    Directive { position: Pos::default(), name: name.to_owned(), arguments }
}

fn text(name: &str, value: &str) -> (String, Value) {
    (name.to_owned(), Value::String(value.to_owned()))
}

fn enumerated(name: &str, value: &str) -> (String, Value) {
    (name.to_owned(), Value::Enum(value.to_owned()))
}
