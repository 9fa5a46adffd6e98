use async_graphql::{Name, Value, Variables};
use graphql_tools::static_graphql::{
    query::{Directive, Field, Value as Literal},
    schema::{
        Definition, DirectiveDefinition, EnumValue, Field as FieldDefinition, InputValue, Type,
        TypeDefinition,
    },
};

use crate::schema_index::{SchemaIndex, type_name};

/// A thing of the schema that has fields.
#[derive(Clone, Copy)]
pub(super) enum Entry<'a> {
    Schema,
    Named(&'a TypeDefinition),
    Wrapped(&'a Type),
    Field(&'a FieldDefinition),
    Input(&'a InputValue),
    EnumValue(&'a EnumValue),
    Directive(&'a DirectiveDefinition),
}

/// What a field of introspection holds.
pub(super) enum Answer<'a> {
    Value(Value),
    Entry(Entry<'a>),
    Entries(Vec<Entry<'a>>),
}

const NULL: Answer<'static> = Answer::Value(Value::Null);

/// `__schema` or `__type`.
pub(super) fn root<'a>(schema: &'a SchemaIndex, field: &Field, variables: &Variables) -> Answer<'a> {
    if field.name == "__schema" {
        return Answer::Entry(Entry::Schema);
    }
    let name = match argument(field, "name") {
        Some(Literal::String(name)) => Some(name.as_str()),
        Some(Literal::Variable(variable)) => match variables.get(variable.as_str()) {
            Some(Value::String(name)) => Some(name.as_str()),
            _ => None,
        },
        _ => None,
    };
    name.and_then(|name| named(schema, name)).map_or(NULL, Answer::Entry)
}

fn named<'a>(schema: &'a SchemaIndex, name: &str) -> Option<Entry<'a>> {
    schema.type_definition(name).map(Entry::Named)
}

fn argument<'f>(field: &'f Field, name: &str) -> Option<&'f Literal> {
    field.arguments.iter().find(|(argument, _)| argument == name).map(|(_, value)| value)
}

fn text(text: &str) -> Answer<'static> {
    Answer::Value(Value::from(text))
}

fn optional(text: Option<&String>) -> Answer<'static> {
    Answer::Value(text.map_or(Value::Null, Value::from))
}

fn flag(value: bool) -> Answer<'static> {
    Answer::Value(Value::Boolean(value))
}

impl<'a> Entry<'a> {
    pub(super) const fn type_name(self) -> &'static str {
        match self {
            Self::Schema => "__Schema",
            Self::Named(_) | Self::Wrapped(_) => "__Type",
            Self::Field(_) => "__Field",
            Self::Input(_) => "__InputValue",
            Self::EnumValue(_) => "__EnumValue",
            Self::Directive(_) => "__Directive",
        }
    }

    pub(super) fn resolve(self, schema: &'a SchemaIndex, field: &Field, variables: &Variables) -> Answer<'a> {
        let name = field.name.as_str();
        if name == "__typename" {
            return text(self.type_name());
        }
        let deprecated = match argument(field, "includeDeprecated") {
            Some(Literal::Boolean(value)) => *value,
            Some(Literal::Variable(variable)) => {
                matches!(variables.get(variable.as_str()), Some(Value::Boolean(true)))
            }
            _ => false,
        };
        match self {
            Self::Schema => schema_field(schema, name),
            Self::Named(definition) => named_field(schema, definition, name, deprecated),
            Self::Wrapped(wrapped) => wrapped_field(schema, wrapped, name),
            Self::Field(definition) => match name {
                "name" => text(&definition.name),
                "description" => optional(definition.description.as_ref()),
                "args" => inputs(&definition.arguments, deprecated),
                "type" => of_type(schema, &definition.field_type),
                _ => deprecation(&definition.directives, name),
            },
            Self::Input(input) => match name {
                "name" => text(&input.name),
                "description" => optional(input.description.as_ref()),
                "type" => of_type(schema, &input.value_type),
                "defaultValue" => optional(input.default_value.as_ref().map(ToString::to_string).as_ref()),
                _ => deprecation(&input.directives, name),
            },
            Self::EnumValue(value) => match name {
                "name" => text(&value.name),
                "description" => optional(value.description.as_ref()),
                _ => deprecation(&value.directives, name),
            },
            Self::Directive(directive) => match name {
                "name" => text(&directive.name),
                "description" => optional(directive.description.as_ref()),
                "isRepeatable" => flag(directive.repeatable),
                "locations" => {
                    let locations = directive.locations.iter();
                    Answer::Value(Value::List(
                        locations.map(|location| Value::Enum(Name::new(location.as_str()))).collect(),
                    ))
                }
                "args" => inputs(&directive.arguments, deprecated),
                _ => NULL,
            },
        }
    }
}

fn schema_field<'a>(schema: &'a SchemaIndex, name: &str) -> Answer<'a> {
    let root = |name: Option<&String>| name.and_then(|name| named(schema, name)).map_or(NULL, Answer::Entry);
    match name {
        "types" => Answer::Entries(schema.type_definitions().map(Entry::Named).collect()),
        "queryType" => root(Some(&schema.query)),
        "mutationType" => root(schema.mutation.as_ref()),
        "subscriptionType" => root(schema.subscription.as_ref()),
        "directives" => Answer::Entries(
            schema
                .document
                .definitions
                .iter()
                .filter_map(|definition| match definition {
                    Definition::DirectiveDefinition(directive) => Some(Entry::Directive(directive)),
                    _ => None,
                })
                .collect(),
        ),
        _ => NULL,
    }
}

fn named_field<'a>(
    schema: &'a SchemaIndex,
    definition: &'a TypeDefinition,
    name: &str,
    deprecated: bool,
) -> Answer<'a> {
    match name {
        "kind" => Answer::Value(Value::Enum(Name::new(kind(definition)))),
        "name" => text(type_name(definition)),
        "description" => optional(description(definition)),
        "specifiedByURL" => match definition {
            TypeDefinition::Scalar(scalar) => optional(specified_by(&scalar.directives).as_ref()),
            _ => NULL,
        },
        "fields" => match definition {
            TypeDefinition::Object(object) => fields(&object.fields, deprecated),
            TypeDefinition::Interface(interface) => fields(&interface.fields, deprecated),
            _ => NULL,
        },
        "interfaces" => match definition {
            TypeDefinition::Object(object) => types(schema, &object.implements_interfaces),
            TypeDefinition::Interface(interface) => types(schema, &interface.implements_interfaces),
            _ => NULL,
        },
        "possibleTypes" if schema.is_abstract(type_name(definition)) => {
            let possible = schema.possible_types(type_name(definition));
            Answer::Entries(possible.filter_map(|name| named(schema, name)).collect())
        }
        "enumValues" => match definition {
            TypeDefinition::Enum(enumeration) => {
                let values = enumeration.values.iter();
                let shown = values.filter(|value| deprecated || reason(&value.directives).is_none());
                Answer::Entries(shown.map(Entry::EnumValue).collect())
            }
            _ => NULL,
        },
        "inputFields" => match definition {
            TypeDefinition::InputObject(input) => inputs(&input.fields, deprecated),
            _ => NULL,
        },
        "isOneOf" => match definition {
            TypeDefinition::InputObject(input) => {
                flag(input.directives.iter().any(|directive| directive.name == "oneOf"))
            }
            _ => NULL,
        },
        _ => NULL,
    }
}

fn wrapped_field<'a>(schema: &'a SchemaIndex, wrapped: &'a Type, name: &str) -> Answer<'a> {
    match (name, wrapped) {
        ("kind", Type::ListType(_)) => Answer::Value(Value::Enum(Name::new("LIST"))),
        ("kind", _) => Answer::Value(Value::Enum(Name::new("NON_NULL"))),
        ("ofType", Type::ListType(inner) | Type::NonNullType(inner)) => of_type(schema, inner),
        _ => NULL,
    }
}

fn of_type<'a>(schema: &'a SchemaIndex, of: &'a Type) -> Answer<'a> {
    match of {
        Type::NamedType(name) => named(schema, name).map_or(NULL, Answer::Entry),
        wrapped => Answer::Entry(Entry::Wrapped(wrapped)),
    }
}

fn types<'a>(schema: &'a SchemaIndex, names: &[String]) -> Answer<'a> {
    Answer::Entries(names.iter().filter_map(|name| named(schema, name)).collect())
}

fn fields(all: &[FieldDefinition], deprecated: bool) -> Answer<'_> {
    let shown = all
        .iter()
        .filter(|field| !field.name.starts_with("__") && (deprecated || reason(&field.directives).is_none()));
    Answer::Entries(shown.map(Entry::Field).collect())
}

fn inputs(all: &[InputValue], deprecated: bool) -> Answer<'_> {
    let shown = all.iter().filter(|input| deprecated || reason(&input.directives).is_none());
    Answer::Entries(shown.map(Entry::Input).collect())
}

fn deprecation(directives: &[Directive], name: &str) -> Answer<'static> {
    let reason = reason(directives);
    match name {
        "isDeprecated" => flag(reason.is_some()),
        "deprecationReason" => optional(reason.as_ref()),
        _ => NULL,
    }
}

fn reason(directives: &[Directive]) -> Option<String> {
    let directive = directives.iter().find(|directive| directive.name == "deprecated")?;
    Some(text_argument(directive, "reason").unwrap_or_else(|| "No longer supported".to_owned()))
}

fn specified_by(directives: &[Directive]) -> Option<String> {
    text_argument(directives.iter().find(|directive| directive.name == "specifiedBy")?, "url")
}

fn text_argument(directive: &Directive, name: &str) -> Option<String> {
    directive.arguments.iter().find_map(|(argument, value)| match value {
        Literal::String(text) if argument == name => Some(text.clone()),
        _ => None,
    })
}

const fn kind(definition: &TypeDefinition) -> &'static str {
    match definition {
        TypeDefinition::Scalar(_) => "SCALAR",
        TypeDefinition::Object(_) => "OBJECT",
        TypeDefinition::Interface(_) => "INTERFACE",
        TypeDefinition::Union(_) => "UNION",
        TypeDefinition::Enum(_) => "ENUM",
        TypeDefinition::InputObject(_) => "INPUT_OBJECT",
    }
}

const fn description(definition: &TypeDefinition) -> Option<&String> {
    match definition {
        TypeDefinition::Scalar(scalar) => scalar.description.as_ref(),
        TypeDefinition::Object(object) => object.description.as_ref(),
        TypeDefinition::Interface(interface) => interface.description.as_ref(),
        TypeDefinition::Union(union) => union.description.as_ref(),
        TypeDefinition::Enum(enumeration) => enumeration.description.as_ref(),
        TypeDefinition::InputObject(input) => input.description.as_ref(),
    }
}
