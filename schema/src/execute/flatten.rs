use async_graphql::{Name, Value, indexmap::IndexMap};

use super::path::Step;
use crate::plan::FlattenStep;

/// Places of objects in a tree of values, found once and found again after other fetches were merged.
///
/// A place is the indexes of fields and list items on the way; merging adds fields at the end and never moves one.
#[derive(Debug, Default)]
pub(super) struct Places {
    indexes: Vec<u32>,
    ends: Vec<u32>,
}

impl Places {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    fn get(&self, place: usize) -> &[u32] {
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.indexes[start..self.ends[place] as usize]
    }

    #[expect(clippy::cast_possible_truncation, reason = "a place is deep by the document's nesting only")]
    fn push(&mut self, way: &[u32]) {
        self.indexes.extend_from_slice(way);
        self.ends.push(self.indexes.len() as u32);
    }

    /// The object at a place.
    pub(super) fn object_mut<'v>(
        &self,
        place: usize,
        root: &'v mut Value,
    ) -> Option<&'v mut IndexMap<Name, Value>> {
        let mut value = root;
        for index in self.get(place) {
            value = match value {
                Value::Object(fields) => fields.get_index_mut(*index as usize)?.1,
                Value::List(items) => items.get_mut(*index as usize)?,
                _ => return None,
            };
        }
        match value {
            Value::Object(fields) => Some(fields),
            _ => None,
        }
    }

    /// The way to a place, in keys and indexes.
    pub(super) fn path(&self, place: usize, root: &Value) -> Vec<Step> {
        let mut value = root;
        let mut path = Vec::new();
        for index in self.get(place) {
            let index = *index as usize;
            value = match value {
                Value::Object(fields) => match fields.get_index(index) {
                    Some((key, value)) => {
                        path.push(Step::Key(key.clone()));
                        value
                    }
                    None => return path,
                },
                Value::List(items) => match items.get(index) {
                    Some(value) => {
                        path.push(Step::Index(index));
                        value
                    }
                    None => return path,
                },
                _ => return path,
            };
        }
        path
    }
}

/// Visits every object that a path leads to, lists flattened, and notes the places that `keep` says yes to.
pub(super) fn find_places<'v>(
    root: &'v Value,
    path: &[FlattenStep],
    places: &mut Places,
    mut keep: impl FnMut(&'v IndexMap<Name, Value>) -> bool,
) {
    let mut way = Vec::with_capacity(path.len());
    walk(root, path, &mut way, &mut |object, way| {
        if keep(object) {
            places.push(way);
        }
    });
}

#[expect(clippy::cast_possible_truncation, reason = "answers have fewer than four billion items")]
fn walk<'v>(
    value: &'v Value,
    path: &[FlattenStep],
    way: &mut Vec<u32>,
    visit: &mut impl FnMut(&'v IndexMap<Name, Value>, &[u32]),
) {
    match value {
        // Nested lists have one step in the path, or none at its end.
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                way.push(index as u32);
                walk(item, path, way, visit);
                way.pop();
            }
        }
        Value::Object(fields) => match path.split_first() {
            None => visit(fields, way),
            Some((FlattenStep::List, rest)) => walk(value, rest, way, visit),
            Some((FlattenStep::Type(types), rest)) => {
                // An object whose type is not known yet may be of any.
                let fits = match fields.get("__typename") {
                    Some(Value::String(name)) => types.contains(name),
                    _ => true,
                };
                if fits {
                    walk(value, rest, way, visit);
                }
            }
            Some((FlattenStep::Field(key), rest)) => {
                if let Some((index, _, below)) = fields.get_full(key) {
                    way.push(index as u32);
                    walk(below, rest, way, visit);
                    way.pop();
                }
            }
        },
        _ => {}
    }
}
