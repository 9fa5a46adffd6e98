use async_graphql::{Name, Value, indexmap::IndexMap};
use callboard_kit::{Code, GraphqlError, Location};
use serde_json::Value as Json;

use super::{
    errors::ErrorBody,
    failure::Failure,
    path::{Place, Step},
};
use crate::{
    plan::{CompositeSelection, FieldContent, FieldSelection, Leaf, ObjectSelection, Shape},
    schema_index::SchemaIndex,
};

/// A null that its place does not admit, to be handed up until one does.
struct Propagate;

/// Completes what was fetched into what the client asked for.
pub(super) struct Projection<'a> {
    supergraph: &'a SchemaIndex,
    failures: &'a [Failure<'a>],
    errors: Vec<GraphqlError>,
    violations: Vec<GraphqlError>,
}

impl<'a> Projection<'a> {
    pub(super) const fn new(supergraph: &'a SchemaIndex, failures: &'a [Failure<'a>]) -> Self {
        Self { supergraph, failures, errors: Vec::new(), violations: Vec::new() }
    }

    /// The answer's data, and all errors: those that came with the data, those of failed fetches at the fields they
    /// leave null, and those of nulls in places that do not admit them, unless an error there tells why already.
    pub(super) fn run(
        mut self,
        data: Value,
        selection: &ObjectSelection,
        errors: Vec<(ErrorBody, Vec<Step>)>,
    ) -> (Value, Vec<GraphqlError>) {
        self.errors = errors
            .into_iter()
            .filter_map(|(body, path)| self.place_error(body, &path, &data, selection))
            .collect();
        let fields = match data {
            Value::Object(fields) => fields,
            _ => IndexMap::new(),
        };
        let data = self.object(selection, fields, &Place::Root).unwrap_or(Value::Null);
        for violation in std::mem::take(&mut self.violations) {
            let told = self.errors.iter().any(|error| {
                error.path.starts_with(&violation.path) || violation.path.starts_with(&error.path)
            });
            if !told {
                self.errors.push(violation);
            }
        }
        (data, self.errors)
    }

    fn object(
        &mut self,
        selection: &ObjectSelection,
        mut fetched: IndexMap<Name, Value>,
        place: &Place<'_>,
    ) -> Result<Value, Propagate> {
        if matches_exactly(selection, &fetched) {
            for (field, value) in selection.fields.iter().zip(fetched.values_mut()) {
                let inner = Place::Field { parent: place, source: &field.source, key: &field.key };
                let taken = std::mem::take(value);
                *value = self.field(selection, field, Some(taken), place, &inner)?;
            }
            return Ok(Value::Object(fetched));
        }
        let mut answer = IndexMap::with_capacity(selection.fields.len());
        let mut cursor = 0;
        for field in &selection.fields {
            let inner = Place::Field { parent: place, source: &field.source, key: &field.key };
            let value = take(&mut fetched, &field.source, &mut cursor);
            let value = self.field(selection, field, value, place, &inner)?;
            answer.insert(field.key.clone(), value);
        }
        Ok(Value::Object(answer))
    }

    fn field(
        &mut self,
        selection: &ObjectSelection,
        field: &FieldSelection,
        value: Option<Value>,
        parent: &Place<'_>,
        place: &Place<'_>,
    ) -> Result<Value, Propagate> {
        let shape = match &field.content {
            FieldContent::Typename if self.supergraph.is_abstract(&selection.type_name) => {
                self.violation(place, field, "the type of this object was not resolved");
                return Err(Propagate);
            }
            FieldContent::Typename => return Ok(Value::String(selection.type_name.to_string())),
            FieldContent::Introspection => return Ok(value.unwrap_or_default()),
            FieldContent::Fetched(shape) => shape,
        };
        let Some(value) = value else {
            self.explain_absence(field, parent, place);
            return self.complete(shape, Value::Null, field, place);
        };
        self.complete(shape, value, field, place)
    }

    fn complete(
        &mut self,
        shape: &Shape,
        value: Value,
        field: &FieldSelection,
        place: &Place<'_>,
    ) -> Result<Value, Propagate> {
        if let Shape::NonNull(inner) = shape {
            return match self.complete(inner, value, field, place)? {
                Value::Null => {
                    self.violation(place, field, "a value is required here and there is none");
                    Err(Propagate)
                }
                value => Ok(value),
            };
        }
        match (shape, value) {
            (_, Value::Null) => Ok(Value::Null),
            (Shape::List(item), Value::List(mut items)) => {
                for (index, value) in items.iter_mut().enumerate() {
                    let taken = std::mem::take(value);
                    let inner = Place::Item { parent: place, index };
                    match self.complete(item, taken, field, &inner) {
                        Ok(completed) => *value = completed,
                        Err(Propagate) => return Ok(Value::Null),
                    }
                }
                Ok(Value::List(items))
            }
            (Shape::Leaf(Leaf::Scalar), value) => Ok(value),
            (Shape::Leaf(Leaf::Enum(values)), value) => {
                let known = match &value {
                    Value::Enum(name) => values.contains(name.as_str()),
                    Value::String(name) => values.contains(name),
                    _ => false,
                };
                if known {
                    return Ok(value);
                }
                self.violation(place, field, "a value came that is not part of the schema");
                Ok(Value::Null)
            }
            (Shape::Composite(composite), Value::Object(fetched)) => {
                let Some(selection) = self.selection_for(composite, &fetched) else {
                    self.violation(place, field, "an object came whose type is not part of the schema");
                    return Ok(Value::Null);
                };
                Ok(self.object(selection, fetched, place).unwrap_or(Value::Null))
            }
            (Shape::NonNull(_) | Shape::List(_) | Shape::Composite(_), _) => {
                self.violation(place, field, "a value came that does not fit its type");
                Ok(Value::Null)
            }
        }
    }

    fn selection_for<'s>(
        &self,
        composite: &'s CompositeSelection,
        fetched: &IndexMap<Name, Value>,
    ) -> Option<&'s ObjectSelection> {
        if !composite.is_abstract {
            return Some(&composite.untyped);
        }
        match fetched.get("__typename") {
            Some(Value::String(name)) => match composite.by_type.get(name) {
                Some(selection) => Some(selection),
                // The interface itself, for an interface object that nobody had to resolve.
                None if self.supergraph.is_abstract(name) => Some(&composite.untyped),
                None => None,
            },
            _ => Some(&composite.untyped),
        }
    }

    /// Puts an error where the client can see it: its path in the client's keys, cut where the client asked for no more.
    ///
    /// A subgraph with an interface object does not know which type an object is of: it is asked for fields that the
    /// client wants of another type only. What goes wrong with those is nobody's business.
    fn place_error(
        &self,
        body: ErrorBody,
        path: &[Step],
        data: &Value,
        root: &ObjectSelection,
    ) -> Option<GraphqlError> {
        let mut client = Vec::with_capacity(path.len());
        let mut locations = Vec::new();
        let mut at: Option<&CompositeSelection> = None;
        let mut value = Some(data);
        for step in path {
            match step {
                Step::Index(index) => {
                    client.push(Json::from(*index));
                    value = match value {
                        Some(Value::List(items)) => items.get(*index),
                        _ => None,
                    };
                }
                Step::Key(source) => {
                    let object = match value {
                        Some(Value::Object(object)) => Some(object),
                        _ => None,
                    };
                    let anywhere = match at {
                        None if client.is_empty() => root.by_source(source),
                        None => None,
                        Some(composite) => composite.by_source(source),
                    };
                    let Some(mut field) = anywhere else { break };
                    if let (Some(composite), Some(object)) = (at, object)
                        && let Some(selection) = self.selection_for(composite, object)
                        && object.contains_key("__typename")
                    {
                        field = selection.by_source(source)?;
                    }
                    client.push(Json::from(field.key.as_str()));
                    locations = location(field);
                    at = match &field.content {
                        FieldContent::Fetched(shape) => shape.composite(),
                        FieldContent::Typename | FieldContent::Introspection => None,
                    };
                    value = object.and_then(|object| object.get(source));
                }
            }
        }
        Some(GraphqlError { locations, ..body.at(client) })
    }

    fn explain_absence(&mut self, field: &FieldSelection, parent: &Place<'_>, place: &Place<'_>) {
        if self.failures.is_empty() {
            return;
        }
        let keys = parent.source_keys();
        if let Some(failure) = self.failures.iter().find(|failure| failure.covers(&keys, &field.source)) {
            let mut error = failure.body.clone().at(place.client_path());
            error.locations = location(field);
            self.errors.push(error);
        }
    }

    fn violation(&mut self, place: &Place<'_>, field: &FieldSelection, message: &str) {
        let mut error = ErrorBody::new(Code::Internal, message).at(place.client_path());
        error.locations = location(field);
        self.violations.push(error);
    }
}

/// Whether what was fetched is what the client reads, key by key.
fn matches_exactly(selection: &ObjectSelection, fetched: &IndexMap<Name, Value>) -> bool {
    selection.fields.len() == fetched.len()
        && selection
            .fields
            .iter()
            .zip(fetched.keys())
            .all(|(field, key)| field.key == *key && field.source == *key)
}

/// Takes a value out, trying first where the fields of the last fetch are likely to be.
fn take(fetched: &mut IndexMap<Name, Value>, source: &Name, cursor: &mut usize) -> Option<Value> {
    for ahead in 0..3 {
        match fetched.get_index_mut(*cursor + ahead) {
            Some((key, value)) if *key == *source => {
                *cursor += ahead + 1;
                return Some(std::mem::take(value));
            }
            Some(_) => {}
            None => break,
        }
    }
    let (index, _, value) = fetched.get_full_mut(source)?;
    *cursor = index + 1;
    Some(std::mem::take(value))
}

fn location(field: &FieldSelection) -> Vec<Location> {
    vec![Location { line: field.position.line, column: field.position.column }]
}
