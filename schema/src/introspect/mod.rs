//! `__schema` and `__type`, answered from the public schema.

mod resolve;

use std::collections::HashMap;

use async_graphql::{Name, Value, Variables, indexmap::IndexMap};
use graphql_tools::static_graphql::query::{Field, Selection, SelectionSet};

use self::resolve::{Answer, Entry};
use crate::{
    operation::{Conditions, Operation},
    schema_index::SchemaIndex,
};

/// The types that introspection itself is made of, and the directives and scalars of the specification.
pub(crate) const INTROSPECTION_SDL: &str = include_str!("introspection.graphql");

/// Answers an operation's `__schema` and `__type` fields, under the client's keys.
pub(crate) fn introspect(
    schema: &SchemaIndex,
    operation: &Operation,
    conditions: &Conditions,
    variables: &Variables,
) -> IndexMap<Name, Value> {
    let introspection = Introspection { schema, operation, conditions, variables };
    let mut answers = IndexMap::new();
    for (key, group) in introspection.collect("", &[operation.selection_set()]) {
        if let "__schema" | "__type" = group.field.name.as_str() {
            let answer = resolve::root(schema, group.field, variables);
            answers.insert(Name::new(key), introspection.complete(answer, &group.sets));
        }
    }
    answers
}

struct Introspection<'a> {
    schema: &'a SchemaIndex,
    operation: &'a Operation,
    conditions: &'a Conditions,
    variables: &'a Variables,
}

struct Group<'a> {
    field: &'a Field,
    sets: Vec<&'a SelectionSet>,
}

impl<'a> Introspection<'a> {
    fn complete(&self, answer: Answer<'a>, sets: &[&'a SelectionSet]) -> Value {
        match answer {
            Answer::Value(value) => value,
            Answer::Entries(entries) => {
                Value::List(entries.into_iter().map(|entry| self.object(entry, sets)).collect())
            }
            Answer::Entry(entry) => self.object(entry, sets),
        }
    }

    fn object(&self, entry: Entry<'a>, sets: &[&'a SelectionSet]) -> Value {
        let fields = self.collect(entry.type_name(), sets).into_iter().map(|(key, group)| {
            let answer = entry.resolve(self.schema, group.field, self.variables);
            (Name::new(key), self.complete(answer, &group.sets))
        });
        Value::Object(fields.collect())
    }

    fn collect(&self, type_name: &str, sets: &[&'a SelectionSet]) -> Vec<(&'a str, Group<'a>)> {
        let mut groups = Vec::new();
        let mut places = HashMap::new();
        for set in sets {
            self.collect_set(type_name, set, &mut groups, &mut places);
        }
        groups
    }

    fn collect_set(
        &self,
        type_name: &str,
        set: &'a SelectionSet,
        groups: &mut Vec<(&'a str, Group<'a>)>,
        places: &mut HashMap<&'a str, usize>,
    ) {
        // At the operation's root every fragment that validation let through applies to the root type.
        let applies = |condition: &str| type_name.is_empty() || condition == type_name;
        for selection in &set.items {
            if !self.conditions.include(selection) {
                continue;
            }
            match selection {
                Selection::Field(field) => {
                    let key = field.alias.as_deref().unwrap_or(&field.name);
                    let place = *places.entry(key).or_insert_with(|| {
                        groups.push((key, Group { field, sets: Vec::new() }));
                        groups.len() - 1
                    });
                    groups[place].1.sets.push(&field.selection_set);
                }
                Selection::InlineFragment(inline) => {
                    let condition = inline.type_condition.as_ref().map(AsRef::as_ref);
                    if condition.is_none_or(|condition| applies(condition)) {
                        self.collect_set(type_name, &inline.selection_set, groups, places);
                    }
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = self.operation.fragments.get(&spread.fragment_name)
                        && applies(fragment.type_condition.as_ref())
                    {
                        self.collect_set(type_name, &fragment.selection_set, groups, places);
                    }
                }
            }
        }
    }
}
