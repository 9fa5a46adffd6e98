use async_graphql::{Name, Value, Variables, indexmap::IndexMap};
use graphql_tools::{
    parser::Pos,
    static_graphql::{
        query::{Value as Literal, VariableDefinition},
        schema::{Type, TypeDefinition},
    },
};

use crate::schema_index::{SchemaIndex, is_required};

/// A variable whose value does not fit its type.
#[derive(Clone, Debug, thiserror::Error)]
#[error("variable `${path}`: {message}")]
pub(crate) struct InputError {
    /// The variable and the place inside it.
    pub(crate) path: String,
    pub(crate) message: String,
    /// Where the variable is declared.
    pub(crate) position: Pos,
}

/// The variables an operation declares, coerced to their types, defaults applied; others are left out.
pub(crate) fn coerce_variables(
    schema: &SchemaIndex,
    definitions: &[VariableDefinition],
    mut given: Variables,
) -> Result<Variables, Vec<InputError>> {
    let mut coerced = Variables::default();
    let mut errors = Vec::new();
    for definition in definitions {
        let name = &definition.name;
        match given.remove(name.as_str()) {
            Some(value) => {
                let mut coercion = Coercion {
                    schema,
                    errors: &mut errors,
                    path: name.clone(),
                    position: definition.position,
                };
                let value = coercion.coerce(&definition.var_type, value);
                coerced.insert(Name::new(name), value);
            }
            None => match (&definition.default_value, &definition.var_type) {
                (Some(default), var_type) => {
                    let value = coerce_literal(schema, var_type, default);
                    coerced.insert(Name::new(name), value);
                }
                (None, Type::NonNullType(_)) => errors.push(InputError {
                    path: name.clone(),
                    message: format!("a value of type `{}` is required", definition.var_type),
                    position: definition.position,
                }),
                (None, _) => {}
            },
        }
    }
    if errors.is_empty() { Ok(coerced) } else { Err(errors) }
}

/// A constant of a document that was validated, as a value of its type.
fn coerce_literal(schema: &SchemaIndex, expected: &Type, literal: &Literal) -> Value {
    let mut errors = Vec::new();
    let mut coercion =
        Coercion { schema, errors: &mut errors, path: String::new(), position: Pos::default() };
    coercion.coerce(expected, literal_value(literal))
}

fn literal_value(literal: &Literal) -> Value {
    match literal {
        Literal::Variable(_) | Literal::Null => Value::Null,
        Literal::Int(number) => Value::Number(number.as_i64().unwrap_or_default().into()),
        Literal::Float(number) => async_graphql::Number::from_f64(*number).map_or(Value::Null, Value::Number),
        Literal::String(text) => Value::String(text.clone()),
        Literal::Boolean(value) => Value::Boolean(*value),
        Literal::Enum(name) => Value::Enum(Name::new(name)),
        Literal::List(items) => Value::List(items.iter().map(literal_value).collect()),
        Literal::Object(fields) => Value::Object(
            fields.iter().map(|(name, value)| (Name::new(name), literal_value(value))).collect(),
        ),
    }
}

struct Coercion<'a> {
    schema: &'a SchemaIndex,
    errors: &'a mut Vec<InputError>,
    path: String,
    position: Pos,
}

impl Coercion<'_> {
    fn fail(&mut self, message: String) -> Value {
        self.errors.push(InputError { path: self.path.clone(), message, position: self.position });
        Value::Null
    }

    fn within<T>(&mut self, step: &str, inner: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.path.len();
        self.path.push('.');
        self.path.push_str(step);
        let result = inner(self);
        self.path.truncate(length);
        result
    }

    fn coerce(&mut self, expected: &Type, value: Value) -> Value {
        match (expected, value) {
            (Type::NonNullType(_), Value::Null) => self.fail(format!("`null` is not a `{expected}`")),
            (Type::NonNullType(inner), value) => self.coerce(inner, value),
            (_, Value::Null) => Value::Null,
            (Type::ListType(item), Value::List(items)) => Value::List(
                items
                    .into_iter()
                    .enumerate()
                    .map(|(index, value)| self.within(&index.to_string(), |inner| inner.coerce(item, value)))
                    .collect(),
            ),
            (Type::ListType(item), value) => Value::List(vec![self.coerce(item, value)]),
            (Type::NamedType(name), value) => self.coerce_named(name, value),
        }
    }

    fn coerce_named(&mut self, name: &str, value: Value) -> Value {
        match (name, &value) {
            ("Int", Value::Number(number)) => match whole_number(number) {
                Some(whole) if i32::try_from(whole).is_ok() => Value::Number(whole.into()),
                _ => self.fail(format!("`{number}` is not a 32-bit `Int`")),
            },
            ("ID", Value::Number(number)) if number.is_i64() || number.is_u64() => {
                Value::String(number.to_string())
            }
            ("Float", Value::Number(_))
            | ("String" | "ID", Value::String(_))
            | ("Boolean", Value::Boolean(_)) => value,
            ("Int" | "Float" | "String" | "ID" | "Boolean", _) => self.fail(mismatch(name, &value)),
            _ => match self.schema.type_definition(name) {
                Some(TypeDefinition::Enum(_)) => self.coerce_enum(name, value),
                Some(TypeDefinition::InputObject(_)) => self.coerce_object(name, value),
                _ => value,
            },
        }
    }

    fn coerce_enum(&mut self, name: &str, value: Value) -> Value {
        let text = match value {
            Value::String(text) => text,
            Value::Enum(text) => text.to_string(),
            other => return self.fail(mismatch(name, &other)),
        };
        let known = self.schema.enum_values(name).is_some_and(|values| values.contains(&text));
        if known { Value::Enum(Name::new(text)) } else { self.fail(format!("`{text}` is not a `{name}`")) }
    }

    fn coerce_object(&mut self, name: &str, value: Value) -> Value {
        let Value::Object(mut fields) = value else { return self.fail(mismatch(name, &value)) };
        let schema = self.schema;
        let Some(definition) = schema.input_object(name) else { return Value::Object(fields) };
        let mut coerced = IndexMap::with_capacity(fields.len());
        for input in &definition.fields {
            match fields.swap_remove(input.name.as_str()) {
                Some(value) => {
                    let value = self.within(&input.name, |inner| inner.coerce(&input.value_type, value));
                    coerced.insert(Name::new(&input.name), value);
                }
                None if is_required(input) => {
                    let expected = input.value_type.to_string();
                    self.within(&input.name, |inner| {
                        inner.fail(format!("a value of type `{expected}` is required"))
                    });
                }
                None => {
                    if let Some(default) = &input.default_value {
                        let value = coerce_literal(schema, &input.value_type, default);
                        coerced.insert(Name::new(&input.name), value);
                    }
                }
            }
        }
        for unknown in fields.keys() {
            self.within(unknown, |inner| inner.fail(format!("`{name}` has no field `{unknown}`")));
        }
        let one_of = definition.directives.iter().any(|directive| directive.name == "oneOf");
        if one_of && (coerced.len() != 1 || coerced.values().any(|value| matches!(value, Value::Null))) {
            return self.fail(format!("exactly one field of `{name}` must be given, and not null"));
        }
        Value::Object(coerced)
    }
}

fn whole_number(number: &async_graphql::Number) -> Option<i64> {
    number.as_i64().or_else(|| {
        let float = number.as_f64()?;
        // A client may write a whole number as `1.0`.
        #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and within 32 bits")]
        (float.fract() == 0.0 && float.abs() <= f64::from(i32::MAX)).then_some(float as i64)
    })
}

fn mismatch(name: &str, value: &Value) -> String {
    let kind = match value {
        Value::Null => "null",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Boolean(_) => "a boolean",
        Value::Enum(_) => "an enum value",
        Value::List(_) => "a list",
        Value::Object(_) => "an object",
        Value::Binary(_) => "binary",
    };
    format!("{kind} is not a `{name}`")
}
