use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use graphql_tools::static_graphql::schema::{
    Definition, Document, EnumType, Field, InputObjectType, InputValue, Type, TypeDefinition,
};

/// Names of types, shared by everything that asks whether a type is among them.
pub(crate) type TypeNames = Arc<HashSet<String>>;

/// What is asked of a schema again and again, by name.
#[derive(Debug)]
pub(crate) struct SchemaIndex {
    pub(crate) document: Document,
    pub(crate) query: String,
    pub(crate) mutation: Option<String>,
    pub(crate) subscription: Option<String>,
    types: HashMap<String, usize>,
    fields: HashMap<String, HashMap<String, usize>>,
    subtypes: HashMap<String, TypeNames>,
    field_names: HashSet<String>,
    enum_values: HashMap<String, TypeNames>,
}

impl SchemaIndex {
    pub(crate) fn new(document: Document) -> Self {
        let mut types = HashMap::new();
        let mut fields = HashMap::new();
        let mut subtypes: HashMap<String, HashSet<String>> = HashMap::new();
        let mut field_names = HashSet::new();
        let mut enum_values = HashMap::new();
        for (index, definition) in document.definitions.iter().enumerate() {
            let Definition::TypeDefinition(definition) = definition else { continue };
            let name = type_name(definition).to_owned();
            types.insert(name.clone(), index);
            let own: &[Field] = match definition {
                TypeDefinition::Object(object) => {
                    for interface in &object.implements_interfaces {
                        subtypes.entry(interface.clone()).or_default().insert(name.clone());
                    }
                    &object.fields
                }
                TypeDefinition::Interface(interface) => {
                    subtypes.entry(name.clone()).or_default();
                    for parent in &interface.implements_interfaces {
                        subtypes.entry(parent.clone()).or_default().insert(name.clone());
                    }
                    &interface.fields
                }
                TypeDefinition::Union(union) => {
                    subtypes.entry(name.clone()).or_default().extend(union.types.iter().cloned());
                    &[]
                }
                TypeDefinition::Enum(EnumType { values, .. }) => {
                    let values: HashSet<String> = values.iter().map(|value| value.name.clone()).collect();
                    enum_values.insert(name.clone(), Arc::new(values));
                    &[]
                }
                TypeDefinition::Scalar(_) | TypeDefinition::InputObject(_) => &[],
            };
            field_names.extend(own.iter().map(|field| field.name.clone()));
            let by_name = own.iter().enumerate().map(|(at, field)| (field.name.clone(), at)).collect();
            fields.insert(name, by_name);
        }
        let root = |name: Option<&String>| name.cloned().filter(|name| types.contains_key(name));
        Self {
            query: document.query_type_name().cloned().unwrap_or_else(|| "Query".to_owned()),
            mutation: root(document.mutation_type_name()),
            subscription: root(document.subscription_type_name()),
            subtypes: subtypes.into_iter().map(|(name, types)| (name, Arc::new(types))).collect(),
            types,
            fields,
            field_names,
            enum_values,
            document,
        }
    }

    pub(crate) fn type_definition(&self, name: &str) -> Option<&TypeDefinition> {
        match self.document.definitions.get(*self.types.get(name)?) {
            Some(Definition::TypeDefinition(definition)) => Some(definition),
            _ => None,
        }
    }

    pub(crate) fn type_definitions(&self) -> impl Iterator<Item = &TypeDefinition> {
        self.document.definitions.iter().filter_map(|definition| match definition {
            Definition::TypeDefinition(definition) => Some(definition),
            _ => None,
        })
    }

    /// A field of an object type or interface.
    pub(crate) fn field(&self, type_name: &str, field: &str) -> Option<&Field> {
        let at = *self.fields.get(type_name)?.get(field)?;
        match self.type_definition(type_name)? {
            TypeDefinition::Object(object) => object.fields.get(at),
            TypeDefinition::Interface(interface) => interface.fields.get(at),
            _ => None,
        }
    }

    pub(crate) fn input_object(&self, name: &str) -> Option<&InputObjectType> {
        match self.type_definition(name)? {
            TypeDefinition::InputObject(input) => Some(input),
            _ => None,
        }
    }

    pub(crate) fn enum_values(&self, name: &str) -> Option<&TypeNames> {
        self.enum_values.get(name)
    }

    /// Whether any type has a field of this name.
    pub(crate) fn has_field_named(&self, name: &str) -> bool {
        self.field_names.contains(name)
    }

    /// Whether it is an interface or a union.
    pub(crate) fn is_abstract(&self, name: &str) -> bool {
        matches!(self.type_definition(name), Some(TypeDefinition::Interface(_) | TypeDefinition::Union(_)))
    }

    pub(crate) fn is_object(&self, name: &str) -> bool {
        matches!(self.type_definition(name), Some(TypeDefinition::Object(_)))
    }

    pub(crate) fn is_composite(&self, name: &str) -> bool {
        matches!(
            self.type_definition(name),
            Some(TypeDefinition::Object(_) | TypeDefinition::Interface(_) | TypeDefinition::Union(_))
        )
    }

    /// Object types and interfaces below an interface or union.
    pub(crate) fn subtypes(&self, name: &str) -> impl Iterator<Item = &str> {
        self.subtypes.get(name).into_iter().flat_map(|types| types.iter().map(String::as_str))
    }

    /// Object types below an interface or union, in the order of the schema.
    pub(crate) fn possible_types<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let below = self.subtypes.get(name);
        self.type_definitions().filter_map(move |definition| match definition {
            TypeDefinition::Object(object) if below.is_some_and(|below| below.contains(&object.name)) => {
                Some(object.name.as_str())
            }
            _ => None,
        })
    }

    /// Whether a value of type `runtime` is a value of type `condition`.
    pub(crate) fn applies(&self, condition: &str, runtime: &str) -> bool {
        condition == runtime || self.subtypes.get(condition).is_some_and(|below| below.contains(runtime))
    }

    /// The type itself and everything below it.
    pub(crate) fn family(&self, name: &str) -> TypeNames {
        let mut family: HashSet<String> = self.subtypes(name).map(str::to_owned).collect();
        family.insert(name.to_owned());
        Arc::new(family)
    }
}

/// The name of a type definition.
pub(crate) fn type_name(definition: &TypeDefinition) -> &str {
    match definition {
        TypeDefinition::Scalar(scalar) => &scalar.name,
        TypeDefinition::Object(object) => &object.name,
        TypeDefinition::Interface(interface) => &interface.name,
        TypeDefinition::Union(union) => &union.name,
        TypeDefinition::Enum(enumeration) => &enumeration.name,
        TypeDefinition::InputObject(input) => &input.name,
    }
}

/// The named type inside lists and non-nulls.
pub(crate) fn named_type(field_type: &Type) -> &str {
    match field_type {
        Type::NamedType(name) => name,
        Type::ListType(inner) | Type::NonNullType(inner) => named_type(inner),
    }
}

/// Whether an input may be left out.
pub(crate) fn is_required(input: &InputValue) -> bool {
    matches!(input.value_type, Type::NonNullType(_)) && input.default_value.is_none()
}
