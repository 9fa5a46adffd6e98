//! The client's operation: parsed, validated, its variables coerced.

mod locate;
mod parse;
mod variables;

use std::collections::{BTreeSet, HashMap};

use graphql_tools::{
    parser::Pos,
    static_graphql::query::{
        Definition, Directive, Document, FragmentDefinition, OperationDefinition, Selection, SelectionSet,
        Value, VariableDefinition,
    },
};

pub(crate) use parse::{parse, validate};
pub(crate) use variables::{InputError, coerce_variables};

use crate::schema_index::SchemaIndex;

/// What an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OperationKind {
    Query,
    Mutation,
    Subscription,
}

/// One operation of a document, with the fragments that it may spread.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) definition: OperationDefinition,
    pub(crate) fragments: HashMap<String, FragmentDefinition>,
    pub(crate) kind: OperationKind,
    /// Variables that `@skip` and `@include` look at: each choice of them has a plan of its own.
    pub(crate) condition_variables: Vec<String>,
}

/// Why a document has no such operation.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoOperation {
    #[error("the document has no operation")]
    Empty,
    #[error("the document has several operations: name one with `operationName`")]
    Ambiguous,
    #[error("the document has no operation named `{0}`")]
    Unknown(String),
}

impl Operation {
    pub(crate) fn select(document: Document, name: Option<&str>) -> Result<Self, NoOperation> {
        let mut operations = Vec::new();
        let mut fragments = HashMap::new();
        for definition in document.definitions {
            match definition {
                Definition::Operation(operation) => operations.push(operation),
                Definition::Fragment(fragment) => {
                    fragments.insert(fragment.name.clone(), fragment);
                }
            }
        }
        let definition = match name {
            Some(name) => operations
                .into_iter()
                .find(|operation| operation_name(operation) == Some(name))
                .ok_or_else(|| NoOperation::Unknown(name.to_owned()))?,
            None if operations.len() > 1 => return Err(NoOperation::Ambiguous),
            None => operations.pop().ok_or(NoOperation::Empty)?,
        };
        let kind = match &definition {
            OperationDefinition::Query(_) | OperationDefinition::SelectionSet(_) => OperationKind::Query,
            OperationDefinition::Mutation(_) => OperationKind::Mutation,
            OperationDefinition::Subscription(_) => OperationKind::Subscription,
        };
        let mut variables = BTreeSet::new();
        collect_conditions(definition.selection_set(), &mut variables);
        for fragment in fragments.values() {
            collect_conditions(&fragment.selection_set, &mut variables);
        }
        Ok(Self { definition, fragments, kind, condition_variables: variables.into_iter().collect() })
    }

    pub(crate) fn selection_set(&self) -> &SelectionSet {
        self.definition.selection_set()
    }

    pub(crate) fn variable_definitions(&self) -> &[VariableDefinition] {
        self.definition.variable_definitions()
    }

    pub(crate) fn root_type<'a>(&self, schema: &'a SchemaIndex) -> &'a str {
        match self.kind {
            OperationKind::Query => &schema.query,
            OperationKind::Mutation => schema.mutation.as_deref().unwrap_or_default(),
            OperationKind::Subscription => schema.subscription.as_deref().unwrap_or_default(),
        }
    }
}

fn collect_conditions(set: &SelectionSet, variables: &mut BTreeSet<String>) {
    for selection in &set.items {
        for directive in directives(selection) {
            if let ("skip" | "include", Some(Value::Variable(name))) =
                (directive.name.as_str(), condition(directive))
            {
                variables.insert(name.clone());
            }
        }
        match selection {
            Selection::Field(field) => collect_conditions(&field.selection_set, variables),
            Selection::InlineFragment(inline) => collect_conditions(&inline.selection_set, variables),
            Selection::FragmentSpread(_) => {}
        }
    }
}

/// The choices of an operation's condition variables.
#[derive(Clone, Debug, Default)]
pub(crate) struct Conditions(HashMap<String, bool>);

impl Conditions {
    pub(crate) fn new(names: &[String], values: &[bool]) -> Self {
        Self(names.iter().cloned().zip(values.iter().copied()).collect())
    }

    /// Whether `@skip` and `@include` let a selection in.
    pub(crate) fn include(&self, selection: &Selection) -> bool {
        directives(selection).iter().all(|directive| match directive.name.as_str() {
            "skip" => !self.value(directive),
            "include" => self.value(directive),
            _ => true,
        })
    }

    fn value(&self, directive: &Directive) -> bool {
        match condition(directive) {
            Some(Value::Boolean(value)) => *value,
            Some(Value::Variable(name)) => self.0.get(name).copied().unwrap_or(false),
            _ => false,
        }
    }
}

/// The name of an operation.
pub(crate) fn operation_name(operation: &OperationDefinition) -> Option<&str> {
    match operation {
        OperationDefinition::SelectionSet(_) => None,
        OperationDefinition::Query(query) => query.name.as_deref(),
        OperationDefinition::Mutation(mutation) => mutation.name.as_deref(),
        OperationDefinition::Subscription(subscription) => subscription.name.as_deref(),
    }
}

/// Where an operation begins.
pub(crate) fn position(operation: &OperationDefinition) -> Pos {
    match operation {
        OperationDefinition::SelectionSet(set) => set.span.0,
        OperationDefinition::Query(query) => query.position,
        OperationDefinition::Mutation(mutation) => mutation.position,
        OperationDefinition::Subscription(subscription) => subscription.position,
    }
}

/// The directives of a selection.
fn directives(selection: &Selection) -> &[Directive] {
    match selection {
        Selection::Field(field) => &field.directives,
        Selection::FragmentSpread(spread) => &spread.directives,
        Selection::InlineFragment(inline) => &inline.directives,
    }
}

fn condition(directive: &Directive) -> Option<&Value> {
    directive.arguments.iter().find(|(name, _)| name == "if").map(|(_, value)| value)
}
