//! Takes out of an operation what the planner cannot do as a part of it, to be planned by itself.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use async_graphql::Name;
use graphql_tools::{
    parser::Pos,
    static_graphql::{
        query::{Field, InlineFragment, Selection, SelectionSet, TypeCondition},
        schema::Type,
    },
};

use super::FlattenStep;
use crate::schema_index::{SchemaIndex, named_type};

/// What is taken out. The first that helps is taken: each makes more fetches than the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strategy {
    /// Fields that a subgraph computes from others.
    Requiring,
    /// All fields of entities.
    Entities,
}

pub(super) const STRATEGIES: [Strategy; 2] = [Strategy::Requiring, Strategy::Entities];

/// Fields of entities that are planned by themselves.
#[derive(Debug)]
pub(super) struct Part {
    /// The type of the entities.
    pub(super) entity: String,
    /// Where they are.
    pub(super) path: Vec<FlattenStep>,
    pub(super) selection: SelectionSet,
}

/// What is known of the graph's entities.
#[derive(Debug)]
pub(super) struct Entities {
    /// The keys of each.
    pub(super) keys: BTreeMap<String, BTreeSet<String>>,
    /// The fields of each type that a subgraph computes from others.
    pub(super) requiring: BTreeMap<String, BTreeSet<String>>,
}

impl Entities {
    fn requires(&self, type_name: &str, field: &str) -> bool {
        self.requiring.get(type_name).is_some_and(|fields| fields.contains(field))
    }
}

/// Cuts what is below the fields of `set`, which itself stays whole. Where something was taken out, a marker holds its
/// place: see [`fill`].
pub(super) fn cut(
    graph: &SchemaIndex,
    entities: &Entities,
    strategy: Strategy,
    type_name: &str,
    set: &SelectionSet,
) -> (SelectionSet, Vec<Part>) {
    let mut cutter = Cutter { graph, entities, strategy, path: Vec::new(), parts: Vec::new() };
    let rest = cutter.set(type_name, set, true);
    (rest, cutter.parts)
}

/// Whether fields that require others are asked for on some of the types that an interface object stands for. The
/// planner forgets there what they require.
pub(super) fn requires_on_some_types(
    graph: &SchemaIndex,
    entities: &Entities,
    resolves_late: &dyn Fn(&str) -> bool,
    type_name: &str,
    set: &SelectionSet,
) -> bool {
    set.items.iter().any(|selection| match selection {
        Selection::Field(field) => graph.field(type_name, &field.name).is_some_and(|definition| {
            let below = named_type(&definition.field_type);
            requires_on_some_types(graph, entities, resolves_late, below, &field.selection_set)
        }),
        Selection::InlineFragment(inline) => {
            let condition = condition_of(inline).unwrap_or(type_name);
            let set = &inline.selection_set;
            let requires = resolves_late(type_name)
                && set.items.iter().any(|selection| {
                    matches!(selection, Selection::Field(field) if entities.requires(condition, &field.name))
                });
            requires || requires_on_some_types(graph, entities, resolves_late, condition, set)
        }
        Selection::FragmentSpread(_) => false,
    })
}

/// Puts what each part needs of its entities into the places where they were taken out.
pub(super) fn fill(set: &mut SelectionSet, needs: &[SelectionSet]) {
    let items = std::mem::take(&mut set.items);
    for mut selection in items {
        match &mut selection {
            Selection::Field(field) => {
                if let Some(number) = field.name.strip_prefix(MARKER) {
                    let need = number.parse().ok().and_then(|number: usize| needs.get(number));
                    set.items.extend(need.into_iter().flat_map(|need| need.items.iter().cloned()));
                    continue;
                }
                fill(&mut field.selection_set, needs);
            }
            Selection::InlineFragment(inline) => fill(&mut inline.selection_set, needs),
            Selection::FragmentSpread(_) => {}
        }
        set.items.push(selection);
    }
}

/// No field has such a name, and no parser gets to see it.
const MARKER: &str = "#part ";

struct Cutter<'a> {
    graph: &'a SchemaIndex,
    entities: &'a Entities,
    strategy: Strategy,
    path: Vec<FlattenStep>,
    parts: Vec<Part>,
}

impl Cutter<'_> {
    fn set(&mut self, parent: &str, set: &SelectionSet, stays: bool) -> SelectionSet {
        let mut kept = Vec::with_capacity(set.items.len());
        let mut taken = Vec::new();
        for selection in &set.items {
            match selection {
                Selection::Field(field) if !stays && self.takes(parent, &field.name) => taken.push(field),
                Selection::Field(field) => kept.push(Selection::Field(self.field(parent, field))),
                Selection::InlineFragment(inline) => {
                    let condition = condition_of(inline).unwrap_or(parent);
                    let inner =
                        self.on(condition, |cutter| cutter.set(condition, &inline.selection_set, stays));
                    kept.push(fragment(condition, inner));
                }
                Selection::FragmentSpread(_) => kept.push(selection.clone()),
            }
        }
        if self.entities.keys.contains_key(parent) {
            kept.extend(self.take(parent, &taken));
        } else {
            // The interface itself is no entity; what implements it may be.
            let possible: Vec<String> = self.graph.possible_types(parent).map(str::to_owned).collect();
            for object in possible.iter().filter(|_| !taken.is_empty()) {
                let is_entity = self.entities.keys.contains_key(object);
                let (taken, mut items): (Vec<&Field>, Vec<&Field>) =
                    taken.iter().partition(|field| is_entity && self.takes(object, &field.name));
                let inner = self.on(object, |cutter| {
                    let mut items: Vec<Selection> =
                        items.drain(..).map(|field| Selection::Field(cutter.field(object, field))).collect();
                    items.extend(cutter.take(object, &taken));
                    SelectionSet { span: set.span, items }
                });
                kept.push(fragment(object, inner));
            }
            if possible.is_empty() {
                kept.extend(taken.into_iter().map(|field| Selection::Field(self.field(parent, field))));
            }
        }
        SelectionSet { span: set.span, items: kept }
    }

    /// Whether a field is taken out of objects of some type, or of some of them.
    fn takes(&self, type_name: &str, field: &str) -> bool {
        field != "__typename"
            && match self.strategy {
                Strategy::Requiring => {
                    self.entities.requires(type_name, field)
                        || !self.entities.keys.contains_key(type_name)
                            && self
                                .graph
                                .subtypes(type_name)
                                .any(|subtype| self.entities.requires(subtype, field))
                }
                Strategy::Entities => {
                    self.entities.keys.contains_key(type_name)
                        || self
                            .graph
                            .subtypes(type_name)
                            .any(|subtype| self.entities.keys.contains_key(subtype))
                }
            }
    }

    fn take(&mut self, entity: &str, fields: &[&Field]) -> Option<Selection> {
        if fields.is_empty() {
            return None;
        }
        let items = fields.iter().map(|field| Selection::Field((*field).clone())).collect();
        let marker = format!("{MARKER}{}", self.parts.len());
        self.parts.push(Part {
            entity: entity.to_owned(),
            path: self.path.clone(),
            selection: selection_set(items),
        });
        Some(plain_field(marker, None, Vec::new()))
    }

    fn field(&mut self, parent: &str, field: &Field) -> Field {
        let Some(definition) = self.graph.field(parent, &field.name) else { return field.clone() };
        let length = self.path.len();
        self.path.push(FlattenStep::Field(Name::new(field.alias.as_ref().unwrap_or(&field.name))));
        if is_list(&definition.field_type) {
            self.path.push(FlattenStep::List);
        }
        let selection_set = self.set(named_type(&definition.field_type), &field.selection_set, false);
        self.path.truncate(length);
        Field { selection_set, ..field.clone() }
    }

    /// Works on objects of one type at the same place.
    fn on<T>(&mut self, type_name: &str, work: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(FlattenStep::Type(Arc::clone(&self.graph.family(type_name))));
        let result = work(self);
        self.path.pop();
        result
    }
}

/// The type that a fragment is on.
pub(super) fn condition_of(inline: &InlineFragment) -> Option<&str> {
    inline.type_condition.as_ref().map(|TypeCondition::On(name)| name.as_str())
}

fn is_list(field_type: &Type) -> bool {
    match field_type {
        Type::NamedType(_) => false,
        Type::NonNullType(inner) => is_list(inner),
        Type::ListType(_) => true,
    }
}

pub(super) fn fragment(condition: &str, selection_set: SelectionSet) -> Selection {
    Selection::InlineFragment(InlineFragment {
        position: Pos::default(),
        type_condition: Some(TypeCondition::On(condition.to_owned())),
        directives: Vec::new(),
        selection_set,
    })
}

/// A field without arguments.
pub(super) fn plain_field(name: String, alias: Option<String>, below: Vec<Selection>) -> Selection {
    Selection::Field(Field {
        position: Pos::default(),
        alias,
        name,
        arguments: Vec::new(),
        directives: Vec::new(),
        selection_set: selection_set(below),
    })
}

/// What is made up has no place in the client's document.
pub(super) fn selection_set(items: Vec<Selection>) -> SelectionSet {
    SelectionSet { span: (Pos::default(), Pos::default()), items }
}
