use std::{borrow::Cow, sync::Arc};

use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, ServerResult, Value,
    parser::types::Field,
    registry::{MetaType, MetaTypeId, Registry},
    resolver_utils::resolve_container,
};

use super::{
    fields::EntityFields,
    kinds::{
        AiResource, Api, Component, CustomEntity, Domain, Group, KINDS, Location, Resource, System, Template,
        User,
    },
};
use crate::entity::CatalogEntity;

/// An entity of whatever kind. The interface is registered by hand, with the fields of [`EntityFields`], so that the
/// fields of eleven types are written once.
pub struct Entity(pub Arc<CatalogEntity>);

const DESCRIPTION: &str = "Anything in the catalog: software, what it needs and who answers for it. \
Other plugins add fields to every kind through this interface.";

impl OutputType for Entity {
    fn type_name() -> Cow<'static, str> {
        "Entity".into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_output_type::<Self, _>(MetaTypeId::Interface, |registry| {
            // The fields first: the kinds are merged from them.
            let fields = match registry.create_fake_output_type::<EntityFields>() {
                MetaType::Object { fields, .. } => fields,
                _ => Default::default(),
            };
            Node::create_type_info(registry);
            for kind in KINDS {
                (kind.register)(registry);
                registry.add_implements(kind.type_name, "Node");
                registry.add_implements(kind.type_name, "Entity");
            }
            registry.add_implements("Entity", "Node");
            interface(
                "Entity",
                DESCRIPTION,
                fields,
                KINDS.iter().map(|kind| kind.type_name.to_owned()).collect(),
                std::any::type_name::<Self>(),
            )
        })
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        let entity = Arc::clone(&self.0);
        match self.0.reference.kind() {
            "component" => resolve_container(ctx, &Component::new(entity)).await,
            "api" => resolve_container(ctx, &Api::new(entity)).await,
            "resource" => resolve_container(ctx, &Resource::new(entity)).await,
            "system" => resolve_container(ctx, &System::new(entity)).await,
            "domain" => resolve_container(ctx, &Domain::new(entity)).await,
            "group" => resolve_container(ctx, &Group::new(entity)).await,
            "user" => resolve_container(ctx, &User::new(entity)).await,
            "location" => resolve_container(ctx, &Location::new(entity)).await,
            "template" => resolve_container(ctx, &Template::new(entity)).await,
            "airesource" => resolve_container(ctx, &AiResource::new(entity)).await,
            _ => resolve_container(ctx, &CustomEntity::new(entity)).await,
        }
    }
}

/// Anything with an id, for `node`, which the gateway answers.
struct Node;

impl OutputType for Node {
    fn type_name() -> Cow<'static, str> {
        "Node".into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_output_type::<Self, _>(MetaTypeId::Interface, |registry| {
            let mut fields = match registry.create_fake_output_type::<EntityFields>() {
                MetaType::Object { fields, .. } => fields,
                _ => Default::default(),
            };
            fields.retain(|name, _| name == "id");
            let possible = KINDS.iter().map(|kind| kind.type_name.to_owned()).collect();
            interface("Node", "Anything with an id.", fields, possible, std::any::type_name::<Self>())
        })
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(Value::Null)
    }
}

fn interface(
    name: &str,
    description: &str,
    fields: async_graphql::indexmap::IndexMap<String, async_graphql::registry::MetaField>,
    possible_types: async_graphql::indexmap::IndexSet<String>,
    rust_typename: &'static str,
) -> MetaType {
    MetaType::Interface {
        name: name.to_owned(),
        description: Some(description.to_owned()),
        fields,
        possible_types,
        extends: false,
        keys: None,
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        rust_typename: Some(rust_typename),
        directive_invocations: Vec::new(),
        requires_scopes: Vec::new(),
    }
}
