use async_graphql::{Value, Variables};
use graphql_tools::static_graphql::{
    query::{Field, Selection, SelectionSet, Value as Literal},
    schema,
};

use crate::{
    operation::{Conditions, Operation},
    schema_index::{SchemaIndex, named_type},
};

/// The price of an operation, which variables may change.
#[derive(Debug)]
pub(crate) struct Cost {
    constant: u64,
    lists: Vec<(String, u64, Cost)>,
}

impl Cost {
    pub(crate) fn of(schema: &SchemaIndex, operation: &Operation, conditions: &Conditions) -> Self {
        Pricing { schema, operation, conditions }
            .selection_set(operation.root_type(schema), operation.selection_set())
    }

    /// The price under these variables.
    pub(crate) fn total(&self, variables: &Variables) -> u64 {
        self.lists.iter().fold(self.constant, |total, (variable, default, inner)| {
            let size = match variables.get(variable.as_str()) {
                Some(Value::Number(number)) => number.as_u64().unwrap_or_default(),
                _ => *default,
            };
            total.saturating_add(size.saturating_mul(inner.total(variables)))
        })
    }

    const fn fixed(constant: u64) -> Self {
        Self { constant, lists: Vec::new() }
    }

    fn add(&mut self, other: Self) {
        self.constant = self.constant.saturating_add(other.constant);
        self.lists.extend(other.lists);
    }

    fn times(self, size: u64) -> Self {
        let constant = self.constant.saturating_mul(size);
        let lists = self.lists.into_iter();
        Self {
            constant,
            lists: lists.map(|(name, default, inner)| (name, default, inner.times(size))).collect(),
        }
    }
}

enum Size {
    Known(u64),
    Variable(String, u64),
}

/// What a list without `first`, `last` or `limit` is taken for, where its field has these arguments.
const USUAL_PAGE: u64 = 20;

struct Pricing<'a> {
    schema: &'a SchemaIndex,
    operation: &'a Operation,
    conditions: &'a Conditions,
}

impl Pricing<'_> {
    fn selection_set(&self, parent: &str, set: &SelectionSet) -> Cost {
        let mut total = Cost::fixed(0);
        for selection in &set.items {
            if !self.conditions.include(selection) {
                continue;
            }
            match selection {
                Selection::Field(field) => total.add(self.field(parent, field)),
                Selection::InlineFragment(inline) => {
                    let condition =
                        inline.type_condition.as_ref().map_or(parent, |condition| condition.as_ref());
                    total.add(self.selection_set(condition, &inline.selection_set));
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = self.operation.fragments.get(&spread.fragment_name) {
                        total.add(
                            self.selection_set(fragment.type_condition.as_ref(), &fragment.selection_set),
                        );
                    }
                }
            }
        }
        total
    }

    fn field(&self, parent: &str, field: &Field) -> Cost {
        let mut cost = Cost::fixed(1);
        let Some(definition) = self.schema.field(parent, &field.name) else { return cost };
        let below = self.selection_set(named_type(&definition.field_type), &field.selection_set);
        match size(definition, field) {
            None => cost.add(below),
            Some(Size::Known(size)) => cost.add(below.times(size)),
            Some(Size::Variable(name, default)) => cost.lists.push((name, default, below)),
        }
        cost
    }
}

fn size(definition: &schema::Field, field: &Field) -> Option<Size> {
    let sliced = definition
        .arguments
        .iter()
        .filter(|argument| matches!(argument.name.as_str(), "first" | "last" | "limit"));
    let mut usual = None;
    for argument in sliced {
        let default = match &argument.default_value {
            Some(Literal::Int(number)) => {
                number.as_i64().and_then(|number| number.try_into().ok()).unwrap_or(USUAL_PAGE)
            }
            _ => USUAL_PAGE,
        };
        usual = Some(Size::Known(default));
        match field.arguments.iter().find(|(name, _)| *name == argument.name) {
            Some((_, Literal::Int(number))) => {
                let size = number.as_i64().and_then(|number| number.try_into().ok()).unwrap_or_default();
                return Some(Size::Known(size));
            }
            Some((_, Literal::Variable(name))) => return Some(Size::Variable(name.clone(), default)),
            _ => {}
        }
    }
    usual
}
