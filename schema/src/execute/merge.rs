use async_graphql::{Name, Value, indexmap::IndexMap};

use crate::schema_index::SchemaIndex;

/// Adds what a fetch brought to what is there.
///
/// Nothing that is there is lost: a null does not overwrite data, and of two type names the object's wins over that of
/// an interface, which a subgraph with an interface object answers in its place.
pub(super) fn merge(supergraph: &SchemaIndex, into: &mut Value, from: Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => merge_objects(supergraph, into, from),
        (Value::List(into), Value::List(from)) if into.len() == from.len() => {
            for (into, from) in into.iter_mut().zip(from) {
                merge(supergraph, into, from);
            }
        }
        // Subgraphs that disagree on a list: what came first is what later fetches were asked about.
        (_, Value::Null) | (Value::List(_) | Value::Object(_), _) => {}
        (into, from) => *into = from,
    }
}

/// Adds the fields of one object to another.
pub(super) fn merge_objects(
    supergraph: &SchemaIndex,
    into: &mut IndexMap<Name, Value>,
    from: IndexMap<Name, Value>,
) {
    if into.is_empty() {
        *into = from;
        return;
    }
    into.reserve(from.len());
    for (key, value) in from {
        match into.entry(key) {
            async_graphql::indexmap::map::Entry::Vacant(entry) => {
                entry.insert(value);
            }
            async_graphql::indexmap::map::Entry::Occupied(mut entry) => {
                if entry.key() == "__typename" && keeps_type(supergraph, entry.get(), &value) {
                    continue;
                }
                merge(supergraph, entry.get_mut(), value);
            }
        }
    }
}

fn keeps_type(supergraph: &SchemaIndex, there: &Value, new: &Value) -> bool {
    match (there, new) {
        (Value::String(there), Value::String(new)) => {
            there == new || supergraph.is_object(there) || !supergraph.is_object(new)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::value;
    use graphql_tools::parser::parse_schema;

    use super::*;

    fn merged(mut into: Value, from: Value) -> Value {
        let sdl = "interface Entity { id: ID } type Component implements Entity { id: ID }";
        let index = SchemaIndex::new(parse_schema::<String>(sdl).unwrap().into_static());
        merge(&index, &mut into, from);
        into
    }

    #[test]
    fn a_null_does_not_overwrite_data() {
        assert_eq!(merged(value!({"a": {"b": 1}}), value!({"a": null})), value!({"a": {"b": 1}}));
        assert_eq!(merged(value!({"a": null}), value!({"a": {"b": 1}})), value!({"a": {"b": 1}}));
    }

    #[test]
    fn lists_of_equal_length_merge_element_by_element() {
        let there = value!({"list": [{"a": 1}, null, {"a": 3}]});
        let new = value!({"list": [{"b": 1}, {"b": 2}, null]});
        assert_eq!(merged(there, new), value!({"list": [{"a": 1, "b": 1}, {"b": 2}, {"a": 3}]}));
        assert_eq!(merged(value!({"list": [1, 2]}), value!({"list": [1]})), value!({"list": [1, 2]}));
    }

    #[test]
    fn the_type_name_of_an_object_wins_over_that_of_an_interface() {
        let (object, interface) = (value!({"__typename": "Component"}), value!({"__typename": "Entity"}));
        assert_eq!(merged(object.clone(), interface.clone()), object);
        assert_eq!(merged(interface, object.clone()), object);
    }
}
