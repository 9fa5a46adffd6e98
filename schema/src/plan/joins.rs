//! What a supergraph's `join__` directives say.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use graphql_tools::static_graphql::schema::{Directive, TypeDefinition, Value};

use crate::schema_index::SchemaIndex;

/// The types with a key by which some subgraph finds them, each with those keys.
pub(super) fn entity_keys(supergraph: &SchemaIndex) -> BTreeMap<String, BTreeSet<String>> {
    let mut entities = BTreeMap::new();
    for definition in supergraph.type_definitions() {
        let (name, directives) = match definition {
            TypeDefinition::Object(object) => (&object.name, &object.directives),
            TypeDefinition::Interface(interface) => (&interface.name, &interface.directives),
            _ => continue,
        };
        let keys: BTreeSet<String> = joins(directives, "join__type")
            .filter(|join| argument(join, "resolvable") != Some(&Value::Boolean(false)))
            .filter_map(|join| match argument(join, "key") {
                Some(Value::String(key)) => Some(key.clone()),
                _ => None,
            })
            .collect();
        if !keys.is_empty() {
            entities.insert(name.clone(), keys);
        }
    }
    entities
}

/// The fields, by type, that a subgraph computes from others (`@requires`), on interface objects for all they stand for.
pub(super) fn requiring_fields(supergraph: &SchemaIndex) -> BTreeMap<String, BTreeSet<String>> {
    let mut requiring: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for definition in supergraph.type_definitions() {
        let (name, fields) = match definition {
            TypeDefinition::Object(object) => (&object.name, &object.fields),
            TypeDefinition::Interface(interface) => (&interface.name, &interface.fields),
            _ => continue,
        };
        for field in fields {
            if joins(&field.directives, "join__field").any(|join| argument(join, "requires").is_some()) {
                for type_name in supergraph.family(name).iter() {
                    requiring.entry(type_name.clone()).or_default().insert(field.name.clone());
                }
            }
        }
    }
    requiring
}

/// The interfaces that are one type in a subgraph (`@interfaceObject`), by the subgraph's id.
pub(super) fn interface_objects(supergraph: &SchemaIndex) -> HashMap<String, BTreeSet<String>> {
    let ids = graph_ids(supergraph);
    let mut objects: HashMap<String, BTreeSet<String>> = HashMap::new();
    for definition in supergraph.type_definitions() {
        let TypeDefinition::Interface(interface) = definition else { continue };
        for join in joins(&interface.directives, "join__type") {
            if argument(join, "isInterfaceObject") == Some(&Value::Boolean(true))
                && let Some(id) = graph(join).and_then(|graph| ids.get(graph))
            {
                objects.entry((*id).to_owned()).or_default().insert(interface.name.clone());
            }
        }
    }
    objects
}

/// The ids of subgraphs by their names in `join__Graph`.
fn graph_ids(supergraph: &SchemaIndex) -> HashMap<&str, &str> {
    let Some(TypeDefinition::Enum(graphs)) = supergraph.type_definition("join__Graph") else {
        return HashMap::new();
    };
    let id = |directives| {
        joins(directives, "join__graph").find_map(|join| match argument(join, "name") {
            Some(Value::String(id)) => Some(id.as_str()),
            _ => None,
        })
    };
    graphs.values.iter().filter_map(|value| Some((value.name.as_str(), id(&value.directives)?))).collect()
}

/// The directives of this name.
pub(super) fn joins<'d>(directives: &'d [Directive], name: &str) -> impl Iterator<Item = &'d Directive> {
    directives.iter().filter(move |directive| directive.name == name)
}

fn argument<'d>(directive: &'d Directive, name: &str) -> Option<&'d Value> {
    directive.arguments.iter().find(|(own, _)| own == name).map(|(_, value)| value)
}

/// The graph that a directive is about.
pub(super) fn graph(directive: &Directive) -> Option<&str> {
    match argument(directive, "graph") {
        Some(Value::Enum(name)) => Some(name),
        _ => None,
    }
}
