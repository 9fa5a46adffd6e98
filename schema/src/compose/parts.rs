use federation_composition::graphql_core::{
    self, Definition, Directive, FieldDefinition, NamedType, Type, Value,
};

use super::{CompositionError, CompositionErrors, SubgraphSdl};

/// What a subgraph says about one of its types, extensions included.
#[derive(Debug)]
pub(crate) struct TypePart {
    pub(crate) name: String,
    pub(crate) kind: PartKind,
    pub(crate) interfaces: Vec<String>,
    pub(crate) fields: Vec<FieldDefinition>,
    directives: Vec<Directive>,
}

/// The kinds of types that matter to what is done beside composition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PartKind {
    Object,
    Interface,
    Union(Vec<String>),
}

/// The types of a subgraph.
pub(crate) fn parts(subgraph: SubgraphSdl<'_>) -> Result<Vec<TypePart>, CompositionErrors> {
    let document = graphql_core::parse(subgraph.sdl)
        .map_err(|error| CompositionError::in_subgraph(subgraph.id, error.message))?;
    Ok(document.definitions.into_iter().filter_map(part).collect())
}

fn part(definition: Definition) -> Option<TypePart> {
    let (name, kind, interfaces, fields, directives) = match definition {
        Definition::ObjectTypeDefinition(object) => {
            (object.name, PartKind::Object, object.interfaces, object.fields, object.directives)
        }
        Definition::ObjectTypeExtension(object) => {
            (object.name, PartKind::Object, object.interfaces, object.fields, object.directives)
        }
        Definition::InterfaceTypeDefinition(interface) => (
            interface.name,
            PartKind::Interface,
            interface.interfaces,
            interface.fields,
            interface.directives,
        ),
        Definition::InterfaceTypeExtension(interface) => (
            interface.name,
            PartKind::Interface,
            interface.interfaces,
            interface.fields,
            interface.directives,
        ),
        Definition::UnionTypeDefinition(union) => {
            (union.name, PartKind::Union(names(&union.types)), Vec::new(), Vec::new(), union.directives)
        }
        Definition::UnionTypeExtension(union) => {
            (union.name, PartKind::Union(names(&union.types)), Vec::new(), Vec::new(), union.directives)
        }
        _ => return None,
    };
    Some(TypePart { name: name.value, kind, interfaces: names(&interfaces), fields, directives })
}

fn names(types: &[NamedType]) -> Vec<String> {
    types.iter().map(|named| named.name.value.clone()).collect()
}

impl TypePart {
    /// Whether it is one type that stands for all implementations of an interface.
    pub(crate) fn is_interface_object(&self) -> bool {
        has(&self.directives, "interfaceObject")
    }

    /// Whether `id` alone is one of its keys, and one by which the subgraph finds it where `resolvable` is asked.
    pub(crate) fn has_id_key(&self, resolvable: bool) -> bool {
        self.directives.iter().filter(|directive| is(directive, "key")).any(|key| {
            let fields = key.arguments.iter().any(|argument| {
                argument.name.value == "fields"
                    && matches!(&argument.value, Value::String(fields) if fields.value.trim() == "id")
            });
            let resolves = !key.arguments.iter().any(|argument| {
                argument.name.value == "resolvable"
                    && matches!(&argument.value, Value::Boolean(value) if !value.value)
            });
            fields && (resolves || !resolvable)
        })
    }
}

/// Whether directives have one of the federation's, imported or by its full name.
pub(super) fn has(directives: &[Directive], name: &str) -> bool {
    directives.iter().any(|directive| is(directive, name))
}

fn is(directive: &Directive, name: &str) -> bool {
    directive.name.value == name || directive.name.value.strip_prefix("federation__") == Some(name)
}

/// The named type inside lists and non-nulls.
pub(super) fn named(ty: &Type) -> &str {
    match ty {
        Type::Named(named) => &named.name.value,
        Type::List(list) => named(&list.ty),
        Type::NonNull(inner) => named(&inner.ty),
    }
}

/// The same lists and non-nulls around another named type.
pub(super) fn rename(ty: &mut Type, name: &str) {
    match ty {
        Type::Named(named) => name.clone_into(&mut named.name.value),
        Type::List(list) => rename(&mut list.ty, name),
        Type::NonNull(inner) => rename(&mut inner.ty, name),
    }
}
