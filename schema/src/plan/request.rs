use graphql_tools::{
    parser::Pos,
    static_graphql::{
        query::{
            Definition, Document, Field, InlineFragment, Mutation, OperationDefinition, Query, Selection,
            SelectionSet, Subscription, TypeCondition, VariableDefinition,
        },
        schema::TypeDefinition,
    },
};

use super::aliases::source_key;
use crate::{
    operation::{Conditions, Operation, OperationKind},
    schema_index::{SchemaIndex, named_type},
};

/// What an operation selects as the planner gets it: conditions decided, fragments in place, keys that cannot collide,
/// introspection taken out, and the type name asked for where it decides what the client may see and takes another fetch.
/// `None` where nothing is left.
pub(super) fn planner_selection(
    schema: &SchemaIndex,
    operation: &Operation,
    conditions: &Conditions,
    resolves_late: &dyn Fn(&str) -> bool,
) -> Option<SelectionSet> {
    let rewrite = Rewrite { schema, operation, conditions, resolves_late };
    let root = operation.root_type(schema);
    let mut selection_set = rewrite.selection_set(root, operation.selection_set());
    remove_introspection(&mut selection_set);
    (!selection_set.items.is_empty()).then_some(selection_set)
}

/// An operation without a name.
pub(super) fn document(
    kind: OperationKind,
    variable_definitions: &[VariableDefinition],
    selection_set: SelectionSet,
) -> Document {
    let (position, variable_definitions) = (Pos::default(), variable_definitions.to_vec());
    let (name, directives) = (None, Vec::new());
    let definition = match kind {
        OperationKind::Query => OperationDefinition::Query(Query {
            position,
            name,
            variable_definitions,
            directives,
            selection_set,
        }),
        OperationKind::Mutation => OperationDefinition::Mutation(Mutation {
            position,
            name,
            variable_definitions,
            directives,
            selection_set,
        }),
        OperationKind::Subscription => OperationDefinition::Subscription(Subscription {
            position,
            name,
            variable_definitions,
            directives,
            selection_set,
        }),
    };
    Document { definitions: vec![Definition::Operation(definition)] }
}

struct Rewrite<'a> {
    schema: &'a SchemaIndex,
    operation: &'a Operation,
    conditions: &'a Conditions,
    /// Whether the type name of this interface is known only after another fetch, not worth one of its own.
    resolves_late: &'a dyn Fn(&str) -> bool,
}

impl Rewrite<'_> {
    fn selection_set(&self, parent: &str, set: &SelectionSet) -> SelectionSet {
        let mut items = Vec::with_capacity(set.items.len());
        for selection in &set.items {
            if !self.conditions.include(selection) {
                continue;
            }
            match selection {
                // Fetches ask for it anyway, and the planner would take it for a field that no `@provides` covers.
                Selection::Field(field) if field.name == "__typename" && !self.stands_for_others(parent) => {}
                Selection::Field(field) => items.push(Selection::Field(self.field(parent, field))),
                Selection::InlineFragment(inline) => {
                    let condition =
                        inline.type_condition.as_ref().map(|condition| condition.as_ref().as_str());
                    self.fragment(parent, condition.unwrap_or(parent), &inline.selection_set, &mut items);
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = self.operation.fragments.get(&spread.fragment_name) {
                        let condition = fragment.type_condition.as_ref();
                        self.fragment(parent, condition, &fragment.selection_set, &mut items);
                    }
                }
            }
        }
        SelectionSet { span: set.span, items }
    }

    /// Whether a subgraph may know objects of this type only as an interface object.
    fn stands_for_others(&self, type_name: &str) -> bool {
        let interfaces = match self.schema.type_definition(type_name) {
            Some(TypeDefinition::Object(object)) => object.implements_interfaces.as_slice(),
            Some(TypeDefinition::Interface(interface)) => interface.implements_interfaces.as_slice(),
            _ => &[],
        };
        (self.resolves_late)(type_name) || interfaces.iter().any(|interface| (self.resolves_late)(interface))
    }

    fn fragment(&self, parent: &str, condition: &str, set: &SelectionSet, items: &mut Vec<Selection>) {
        let inner = self.selection_set(condition, set);
        if condition == parent || self.schema.is_object(parent) && self.schema.applies(condition, parent) {
            // What always applies needs no condition.
            items.extend(inner.items);
        } else if !inner.items.is_empty() {
            items.push(Selection::InlineFragment(InlineFragment {
                position: Pos::default(),
                type_condition: Some(TypeCondition::On(condition.to_owned())),
                directives: Vec::new(),
                selection_set: inner,
            }));
        }
    }

    fn field(&self, parent: &str, field: &Field) -> Field {
        let key = source_key(self.schema, field);
        let alias = (key != field.name).then(|| key.into_owned());
        let selection_set = match self.schema.field(parent, &field.name) {
            Some(definition) if !field.selection_set.items.is_empty() => {
                self.below(named_type(&definition.field_type), &field.selection_set)
            }
            _ => field.selection_set.clone(),
        };
        Field {
            position: field.position,
            alias,
            name: field.name.clone(),
            arguments: field.arguments.clone(),
            directives: Vec::new(),
            selection_set,
        }
    }

    fn below(&self, type_name: &str, set: &SelectionSet) -> SelectionSet {
        let mut below = self.selection_set(type_name, set);
        let decides = (self.resolves_late)(type_name) && has_conditions(type_name, &below);
        if decides || below.items.is_empty() {
            below.items.insert(0, typename());
        }
        below
    }
}

/// Whether what is selected depends on the object's type.
fn has_conditions(type_name: &str, set: &SelectionSet) -> bool {
    set.items.iter().any(|selection| match selection {
        Selection::InlineFragment(inline) => {
            inline.type_condition.as_ref().is_some_and(|condition| condition.as_ref() != type_name)
        }
        Selection::Field(_) | Selection::FragmentSpread(_) => false,
    })
}

fn typename() -> Selection {
    Selection::Field(Field {
        position: Pos::default(),
        alias: None,
        name: "__typename".to_owned(),
        arguments: Vec::new(),
        directives: Vec::new(),
        selection_set: SelectionSet { span: (Pos::default(), Pos::default()), items: Vec::new() },
    })
}

/// `__schema`, `__type` and the root's `__typename` are answered by the gateway itself.
fn remove_introspection(set: &mut SelectionSet) {
    set.items.retain_mut(|selection| match selection {
        Selection::Field(field) => !field.name.starts_with("__"),
        Selection::InlineFragment(inline) => {
            remove_introspection(&mut inline.selection_set);
            !inline.selection_set.items.is_empty()
        }
        Selection::FragmentSpread(_) => true,
    });
}
