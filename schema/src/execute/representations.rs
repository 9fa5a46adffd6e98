use std::{
    collections::{HashMap, hash_map::Entry},
    hash::{DefaultHasher, Hash, Hasher},
};

use async_graphql::{Name, Value, indexmap::IndexMap};

use super::{
    flatten::{Places, find_places},
    rewrite::rewrite,
};
use crate::plan::{EntityInput, Requirement};

/// The entities a fetch is asked about, each once, and where each of them is.
#[derive(Debug, Default)]
pub(super) struct Representations {
    pub(super) values: Vec<Value>,
    pub(super) places: Places,
    /// For each place, which of the values stands for it.
    pub(super) value_of_place: Vec<usize>,
    /// Whether something was left out because what it requires never came.
    pub(super) incomplete: bool,
}

/// Looks an input's entities up in the tree.
pub(super) fn represent(root: &Value, input: &EntityInput) -> Representations {
    let mut result = Representations::default();
    let mut known: HashMap<u64, Vec<usize>> = HashMap::new();
    let Representations { values, places, value_of_place, incomplete } = &mut result;
    for path in &input.paths {
        find_places(root, path, places, |object| {
            let value = match representation(object, &input.requires) {
                Ok(Some(fields)) => fields,
                Ok(None) => return false,
                Err(Missing) => {
                    *incomplete = true;
                    return false;
                }
            };
            let mut value = Value::Object(value);
            rewrite(&mut value, &input.rewrites);
            let same = match known.entry(hash_of(&value)) {
                Entry::Vacant(entry) => entry.insert(Vec::with_capacity(1)),
                Entry::Occupied(entry) => entry.into_mut(),
            };
            let index = same.iter().copied().find(|index| values[*index] == value).unwrap_or_else(|| {
                values.push(value);
                same.push(values.len() - 1);
                values.len() - 1
            });
            value_of_place.push(index);
            true
        });
    }
    result
}

/// A required field was never fetched.
struct Missing;

type Fields = IndexMap<Name, Value>;

/// What stands for an entity; nothing where it would name no key, or only null ones.
fn representation(object: &Fields, requires: &[Requirement]) -> Result<Option<Fields>, Missing> {
    let type_name = type_name(object);
    let mut fields = Fields::new();
    select(object, type_name, requires, &mut fields)?;
    let identifies = fields.iter().any(|(name, value)| name != "__typename" && !matches!(value, Value::Null));
    Ok(identifies.then_some(fields))
}

fn type_name(object: &Fields) -> Option<&str> {
    match object.get("__typename") {
        Some(Value::String(name)) => Some(name),
        _ => None,
    }
}

fn select(
    object: &Fields,
    type_name: Option<&str>,
    requires: &[Requirement],
    fields: &mut Fields,
) -> Result<(), Missing> {
    for requirement in requires {
        match requirement {
            Requirement::Fragment { types, below } => {
                if type_name.is_none_or(|name| types.contains(name)) {
                    select(object, type_name, below, fields)?;
                }
            }
            Requirement::Field { source, name, below } => match object.get(source) {
                Some(value) => {
                    let value = select_value(value, below)?;
                    match fields.get_mut(name) {
                        // The same field may be required by several fragments, each with fields of its own below.
                        Some(there) => combine(there, value),
                        None => {
                            fields.insert(name.clone(), value);
                        }
                    }
                }
                None if source == "__typename" => {}
                None => return Err(Missing),
            },
        }
    }
    Ok(())
}

fn select_value(value: &Value, below: &[Requirement]) -> Result<Value, Missing> {
    match value {
        Value::List(items) if !below.is_empty() => {
            items.iter().map(|item| select_value(item, below)).collect::<Result<_, _>>().map(Value::List)
        }
        Value::Object(object) if !below.is_empty() => {
            let mut fields = Fields::new();
            select(object, type_name(object), below, &mut fields)?;
            Ok(Value::Object(fields))
        }
        value => Ok(value.clone()),
    }
}

fn combine(there: &mut Value, new: Value) {
    match (there, new) {
        (Value::Object(there), Value::Object(new)) => {
            for (key, value) in new {
                match there.get_mut(&key) {
                    Some(there) => combine(there, value),
                    None => {
                        there.insert(key, value);
                    }
                }
            }
        }
        (Value::List(there), Value::List(new)) if there.len() == new.len() => {
            for (there, new) in there.iter_mut().zip(new) {
                combine(there, new);
            }
        }
        _ => {}
    }
}

fn hash_of(value: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    hash(value, &mut hasher);
    hasher.finish()
}

fn hash(value: &Value, hasher: &mut DefaultHasher) {
    match value {
        Value::Null => 0_u8.hash(hasher),
        Value::Number(number) => number.hash(hasher),
        Value::String(text) => text.hash(hasher),
        Value::Boolean(value) => value.hash(hasher),
        Value::Binary(bytes) => bytes.hash(hasher),
        Value::Enum(name) => name.as_str().hash(hasher),
        Value::List(items) => items.iter().for_each(|item| hash(item, hasher)),
        // Equal objects may differ in order, so the keys do not take part.
        Value::Object(fields) => {
            let sum = fields.values().fold(0_u64, |sum, value| sum.wrapping_add(hash_of(value)));
            sum.hash(hasher);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::HashSet, sync::Arc};

    use async_graphql::value;

    use super::*;
    use crate::plan::FlattenStep;

    fn input(requires: Vec<Requirement>) -> EntityInput {
        EntityInput {
            variable: Name::new("representations"),
            paths: vec![vec![FlattenStep::Field(Name::new("items")), FlattenStep::List]],
            requires,
            rewrites: Vec::new(),
            outputs: Vec::new(),
        }
    }

    fn field(source: &str, name: &str, below: Vec<Requirement>) -> Requirement {
        Requirement::Field { source: Name::new(source), name: Name::new(name), below }
    }

    fn on(types: &[&str], below: Vec<Requirement>) -> Requirement {
        let types = Arc::new(types.iter().map(|name| (*name).to_owned()).collect::<HashSet<_>>());
        Requirement::Fragment { types, below }
    }

    #[test]
    fn entities_are_asked_about_once_wherever_they_are() {
        let root = value!({"items": [
            {"__typename": "A", "id": 1}, {"__typename": "B", "id": 1},
            null, {"id": 1, "__typename": "A"},
        ]});
        let key = || vec![field("__typename", "__typename", vec![]), field("id", "id", vec![])];
        let found = represent(&root, &input(vec![on(&["A"], key()), on(&["B"], key())]));
        assert_eq!(found.values.len(), 2);
        assert_eq!(found.value_of_place, [0, 1, 0]);
    }

    #[test]
    fn a_required_field_is_looked_up_by_its_name_and_sent_under_its_alias() {
        let root = value!({"items": [{"__typename": "A", "_internal": 5}]});
        let found = represent(&root, &input(vec![on(&["A"], vec![field("_internal", "price", vec![])])]));
        assert_eq!(found.values, [value!({"price": 5})]);
    }

    #[test]
    fn nothing_is_sent_that_carries_no_key() {
        let root = value!({"items": [
            {"__typename": "A", "id": null}, {"__typename": "A"}, {"__typename": "C", "id": 1},
        ]});
        let key = vec![field("__typename", "__typename", vec![]), field("id", "id", vec![])];
        let found = represent(&root, &input(vec![on(&["A"], key)]));
        assert!(found.values.is_empty() && found.places.len() == 0);
        assert!(found.incomplete);
    }

    #[test]
    fn fragments_inside_requirements_match_through_possible_types() {
        let root =
            value!({"items": [{"__typename": "A", "id": 1, "made": {"__typename": "Oven", "heat": 3}}]});
        let nested =
            field("made", "made", vec![on(&["Device", "Oven"], vec![field("heat", "heat", vec![])])]);
        let found = represent(&root, &input(vec![on(&["A"], vec![field("id", "id", vec![]), nested])]));
        assert_eq!(found.values, [value!({"id": 1, "made": {"heat": 3}})]);
    }
}
