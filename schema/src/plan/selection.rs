use std::{collections::HashMap, sync::Arc};

use async_graphql::Name;
use graphql_tools::{
    parser::Pos,
    static_graphql::{
        query::{Field, Selection, SelectionSet},
        schema::Type,
    },
};

use super::aliases::source_key;
use crate::{
    operation::{Conditions, Operation},
    schema_index::{SchemaIndex, TypeNames},
};

/// The fields the client reads from objects of one type, in the order of the answer.
#[derive(Debug)]
pub(crate) struct ObjectSelection {
    pub(crate) type_name: Name,
    pub(crate) fields: Vec<FieldSelection>,
}

/// One field of the answer.
#[derive(Debug)]
pub(crate) struct FieldSelection {
    /// The client's key.
    pub(crate) key: Name,
    /// The key in what was fetched.
    pub(crate) source: Name,
    /// Where the client wrote it.
    pub(crate) position: Pos,
    pub(crate) content: FieldContent,
}

/// Where a field's value comes from.
#[derive(Debug)]
pub(crate) enum FieldContent {
    /// The name of the object's type.
    Typename,
    /// `__schema` or `__type`, which the gateway answers.
    Introspection,
    /// What was fetched.
    Fetched(Shape),
}

/// A type of the public schema, as far as completing a value needs it.
#[derive(Debug)]
pub(crate) enum Shape {
    NonNull(Box<Shape>),
    List(Box<Shape>),
    Leaf(Leaf),
    Composite(Arc<CompositeSelection>),
}

/// What a leaf may be.
#[derive(Debug)]
pub(crate) enum Leaf {
    Scalar,
    Enum(TypeNames),
}

/// What the client reads from objects of several types.
#[derive(Debug)]
pub(crate) struct CompositeSelection {
    pub(crate) is_abstract: bool,
    /// By the object's type; for unresolved interface objects by the interface.
    pub(crate) by_type: HashMap<String, Arc<ObjectSelection>>,
    /// Where the object's type was not fetched because nothing depends on it.
    pub(crate) untyped: Arc<ObjectSelection>,
}

/// What the client of this operation reads.
pub(crate) fn select(
    schema: &SchemaIndex,
    operation: &Operation,
    conditions: &Conditions,
) -> Arc<ObjectSelection> {
    let mut selector = Selector { schema, operation, conditions, known: HashMap::new() };
    selector.object(operation.root_type(schema), &[operation.selection_set()])
}

type SelectionKey = (String, Vec<*const SelectionSet>);

struct Selector<'a> {
    schema: &'a SchemaIndex,
    operation: &'a Operation,
    conditions: &'a Conditions,
    /// The same selections of the same type are worked out once: kinds nested in kinds would multiply otherwise.
    known: HashMap<SelectionKey, Arc<CompositeSelection>>,
}

struct Group<'a> {
    field: &'a Field,
    sets: Vec<&'a SelectionSet>,
}

impl<'a> Selector<'a> {
    fn composite(&mut self, type_name: &str, sets: &[&'a SelectionSet]) -> Arc<CompositeSelection> {
        let key = (type_name.to_owned(), sets.iter().map(|set| std::ptr::from_ref(*set)).collect());
        if let Some(known) = self.known.get(&key) {
            return Arc::clone(known);
        }
        let untyped = self.object(type_name, sets);
        let is_abstract = self.schema.is_abstract(type_name);
        let mut by_type = HashMap::new();
        if is_abstract {
            let subtypes: Vec<String> = self.schema.subtypes(type_name).map(str::to_owned).collect();
            for subtype in subtypes {
                let selection = self.object(&subtype, sets);
                by_type.insert(subtype, selection);
            }
        }
        let composite = Arc::new(CompositeSelection { is_abstract, by_type, untyped });
        self.known.insert(key, Arc::clone(&composite));
        composite
    }

    fn object(&mut self, type_name: &str, sets: &[&'a SelectionSet]) -> Arc<ObjectSelection> {
        let mut order: Vec<&'a str> = Vec::new();
        let mut groups: HashMap<&'a str, Group<'a>> = HashMap::new();
        for set in sets {
            self.collect(type_name, set, &mut order, &mut groups);
        }
        let mut fields = Vec::with_capacity(order.len());
        for key in order {
            if let Some(group) = groups.remove(key)
                && let Some(field) = self.field(type_name, key, &group)
            {
                fields.push(field);
            }
        }
        Arc::new(ObjectSelection { type_name: Name::new(type_name), fields })
    }

    fn collect(
        &self,
        type_name: &str,
        set: &'a SelectionSet,
        order: &mut Vec<&'a str>,
        groups: &mut HashMap<&'a str, Group<'a>>,
    ) {
        for selection in &set.items {
            if !self.conditions.include(selection) {
                continue;
            }
            match selection {
                Selection::Field(field) => {
                    let key = field.alias.as_deref().unwrap_or(&field.name);
                    let group = groups.entry(key).or_insert_with(|| {
                        order.push(key);
                        Group { field, sets: Vec::new() }
                    });
                    if !field.selection_set.items.is_empty() {
                        group.sets.push(&field.selection_set);
                    }
                }
                Selection::InlineFragment(inline) => {
                    let condition = inline.type_condition.as_ref().map(AsRef::as_ref);
                    if condition.is_none_or(|condition| self.schema.applies(condition, type_name)) {
                        self.collect(type_name, &inline.selection_set, order, groups);
                    }
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = self.operation.fragments.get(&spread.fragment_name)
                        && self.schema.applies(fragment.type_condition.as_ref(), type_name)
                    {
                        self.collect(type_name, &fragment.selection_set, order, groups);
                    }
                }
            }
        }
    }

    fn field(&mut self, type_name: &str, key: &str, group: &Group<'a>) -> Option<FieldSelection> {
        let field = group.field;
        let content = match field.name.as_str() {
            "__typename" => FieldContent::Typename,
            "__schema" | "__type" if type_name == self.schema.query => FieldContent::Introspection,
            name => {
                let definition = self.schema.field(type_name, name)?;
                FieldContent::Fetched(self.shape(&definition.field_type, &group.sets))
            }
        };
        let source = match content {
            FieldContent::Introspection => Name::new(key),
            _ => Name::new(source_key(self.schema, field)),
        };
        Some(FieldSelection { key: Name::new(key), source, position: field.position, content })
    }

    fn shape(&mut self, field_type: &Type, sets: &[&'a SelectionSet]) -> Shape {
        match field_type {
            Type::NonNullType(inner) => Shape::NonNull(Box::new(self.shape(inner, sets))),
            Type::ListType(inner) => Shape::List(Box::new(self.shape(inner, sets))),
            Type::NamedType(name) if self.schema.is_composite(name) => {
                Shape::Composite(self.composite(name, sets))
            }
            Type::NamedType(name) => Shape::Leaf(
                self.schema.enum_values(name).map_or(Leaf::Scalar, |values| Leaf::Enum(Arc::clone(values))),
            ),
        }
    }
}

impl ObjectSelection {
    /// The field that is fetched under this key.
    pub(crate) fn by_source(&self, source: &str) -> Option<&FieldSelection> {
        self.fields.iter().find(|field| field.source == source)
    }
}

impl CompositeSelection {
    /// The field that is fetched under this key from objects of some type.
    pub(crate) fn by_source(&self, source: &str) -> Option<&FieldSelection> {
        std::iter::once(&self.untyped)
            .chain(self.by_type.values())
            .find_map(|selection| selection.by_source(source))
    }
}

impl Shape {
    /// The selection at the bottom of lists and non-nulls.
    pub(crate) fn composite(&self) -> Option<&CompositeSelection> {
        match self {
            Self::NonNull(inner) | Self::List(inner) => inner.composite(),
            Self::Leaf(_) => None,
            Self::Composite(composite) => Some(composite),
        }
    }
}
