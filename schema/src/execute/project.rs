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
        if keep_in_order(selection, &mut fetched) {
            for (field, value) in selection.fields.iter().zip(fetched.values_mut()) {
                let inner = Place::Field { parent: place, source: &field.source, key: &field.key };
                self.field(selection, field, value, &inner)?;
            }
            return Ok(Value::Object(fetched));
        }
        let mut answer = IndexMap::with_capacity(selection.fields.len());
        let mut cursor = 0;
        for field in &selection.fields {
            let inner = Place::Field { parent: place, source: &field.source, key: &field.key };
            let found = take(&mut fetched, &field.source, &mut cursor);
            if found.is_none() && matches!(field.content, FieldContent::Fetched(_)) {
                self.explain_absence(field, place, &inner);
            }
            let mut value = found.unwrap_or_default();
            self.field(selection, field, &mut value, &inner)?;
            answer.insert(field.key.clone(), value);
        }
        Ok(Value::Object(answer))
    }

    fn field(
        &mut self,
        selection: &ObjectSelection,
        field: &FieldSelection,
        value: &mut Value,
        place: &Place<'_>,
    ) -> Result<(), Propagate> {
        match &field.content {
            FieldContent::Typename if self.supergraph.is_abstract(&selection.type_name) => {
                self.violation(place, field, "the type of this object was not resolved");
                return Err(Propagate);
            }
            FieldContent::Typename => *value = Value::String(selection.type_name.to_string()),
            FieldContent::Introspection => {}
            FieldContent::Fetched(shape) => self.complete(shape, value, field, place)?,
        }
        Ok(())
    }

    fn complete(
        &mut self,
        shape: &Shape,
        value: &mut Value,
        field: &FieldSelection,
        place: &Place<'_>,
    ) -> Result<(), Propagate> {
        match (shape, &mut *value) {
            (Shape::NonNull(inner), _) => {
                self.complete(inner, value, field, place)?;
                if matches!(value, Value::Null) {
                    self.violation(place, field, "a value is required here and there is none");
                    return Err(Propagate);
                }
            }
            (_, Value::Null) | (Shape::Leaf(Leaf::Scalar), _) => {}
            (Shape::List(item), Value::List(items)) => {
                let whole = items.iter_mut().enumerate().all(|(index, value)| {
                    let inner = Place::Item { parent: place, index };
                    self.complete(item, value, field, &inner).is_ok()
                });
                if !whole {
                    *value = Value::Null;
                }
            }
            (Shape::Leaf(Leaf::Enum(values)), leaf) => {
                let known = match leaf {
                    Value::Enum(name) => values.contains(name.as_str()),
                    Value::String(name) => values.contains(name.as_str()),
                    _ => false,
                };
                if !known {
                    self.violation(place, field, "a value came that is not part of the schema");
                    *value = Value::Null;
                }
            }
            (Shape::Composite(composite), Value::Object(fetched)) => {
                *value = if let Some(selection) = self.selection_for(composite, fetched) {
                    self.object(selection, std::mem::take(fetched), place).unwrap_or(Value::Null)
                } else {
                    self.violation(place, field, "an object came whose type is not part of the schema");
                    Value::Null
                };
            }
            (Shape::List(_) | Shape::Composite(_), _) => {
                self.violation(place, field, "a value came that does not fit its type");
                *value = Value::Null;
            }
        }
        Ok(())
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

/// Leaves of what was fetched what the client reads, where that is there in the client's order and under its keys.
fn keep_in_order(selection: &ObjectSelection, fetched: &mut IndexMap<Name, Value>) -> bool {
    let mut wanted = selection.fields.iter().peekable();
    let is_next = |field: &&FieldSelection, key: &Name| field.source == *key && field.key == *key;
    for key in fetched.keys() {
        wanted.next_if(|field| is_next(field, key));
    }
    if wanted.next().is_some() {
        return false;
    }
    if fetched.len() > selection.fields.len() {
        let mut wanted = selection.fields.iter().peekable();
        fetched.retain(|key, _| wanted.next_if(|field| is_next(field, key)).is_some());
    }
    true
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
