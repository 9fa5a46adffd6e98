use std::collections::HashMap;

use graphql_tools::{
    parser::Pos,
    static_graphql::query::{FragmentSpread, Selection, SelectionSet},
};

use super::TooComplex;
use crate::{operation::Operation, options::Limits};

/// What a selection set amounts to once its fragments are spread.
#[derive(Clone, Copy, Default)]
struct Shape {
    depth: usize,
    aliases: usize,
    fields: usize,
    root_fields: usize,
    /// Lists of the schema within each other: each multiplies the answer by the size of the schema.
    schema_lists: usize,
}

/// Measures an operation without spreading a fragment more than once, so that a bomb costs no more than its text.
pub(crate) fn check_shape(operation: &Operation, limits: &Limits) -> Result<(), ShapeError> {
    let mut measure = Measure { operation, known: HashMap::new() };
    let shape = measure.selection_set(operation.selection_set(), 0)?;
    if shape.depth > limits.depth {
        return Err(TooComplex::Depth(limits.depth).into());
    }
    if shape.aliases > limits.aliases {
        return Err(TooComplex::Aliases(limits.aliases).into());
    }
    if shape.root_fields > limits.root_fields {
        return Err(TooComplex::RootFields(limits.root_fields).into());
    }
    if shape.fields > limits.fields {
        return Err(TooComplex::Fields(limits.fields).into());
    }
    if operation.condition_variables.len() > MAX_CONDITIONS {
        return Err(TooComplex::Conditions(MAX_CONDITIONS).into());
    }
    Ok(())
}

/// Why an operation is not even validated.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ShapeError {
    #[error(transparent)]
    Limit(#[from] TooComplex),
    /// A fragment that spreads itself, and where.
    #[error("cannot spread fragment `{0}` within itself")]
    Cycle(String, Pos),
}

/// Each choice of these has a plan of its own.
const MAX_CONDITIONS: usize = 64;
/// Fragments in fragments, fields in fields: what every walk of the document recurses through.
const MAX_LEVELS: usize = 200;

/// What tools ask for has one; more is asked by those who want a large answer for a small question.
const MAX_SCHEMA_LISTS: usize = 3;

struct Measure<'a> {
    operation: &'a Operation,
    /// `None` while a fragment is being measured.
    known: HashMap<&'a str, Option<Shape>>,
}

impl<'a> Measure<'a> {
    fn selection_set(&mut self, set: &'a SelectionSet, level: usize) -> Result<Shape, ShapeError> {
        if level > MAX_LEVELS {
            return Err(TooComplex::Depth(MAX_LEVELS).into());
        }
        let mut total = Shape::default();
        for selection in &set.items {
            let shape = match selection {
                Selection::Field(field) => {
                    let below = self.selection_set(&field.selection_set, level + 1)?;
                    let name = field.name.as_str();
                    if matches!(name, "__schema" | "__type") && below.schema_lists > MAX_SCHEMA_LISTS {
                        return Err(TooComplex::Introspection.into());
                    }
                    let lists = matches!(name, "fields" | "interfaces" | "possibleTypes" | "inputFields");
                    Shape {
                        depth: below.depth.saturating_add(1),
                        aliases: below.aliases.saturating_add(usize::from(field.alias.is_some())),
                        fields: below.fields.saturating_add(1),
                        root_fields: 1,
                        schema_lists: below.schema_lists + usize::from(lists),
                    }
                }
                Selection::InlineFragment(inline) => self.selection_set(&inline.selection_set, level + 1)?,
                Selection::FragmentSpread(spread) => self.fragment(spread, level + 1)?,
            };
            total = Shape {
                depth: total.depth.max(shape.depth),
                aliases: total.aliases.saturating_add(shape.aliases),
                fields: total.fields.saturating_add(shape.fields),
                root_fields: total.root_fields.saturating_add(shape.root_fields),
                schema_lists: total.schema_lists.max(shape.schema_lists),
            };
        }
        Ok(total)
    }

    fn fragment(&mut self, spread: &'a FragmentSpread, level: usize) -> Result<Shape, ShapeError> {
        let name = spread.fragment_name.as_str();
        match self.known.get(name) {
            Some(Some(shape)) => return Ok(*shape),
            Some(None) => return Err(ShapeError::Cycle(name.to_owned(), spread.position)),
            None => {}
        }
        let Some(fragment) = self.operation.fragments.get(name) else { return Ok(Shape::default()) };
        self.known.insert(name, None);
        let shape = self.selection_set(&fragment.selection_set, level)?;
        self.known.insert(name, Some(shape));
        Ok(shape)
    }
}
