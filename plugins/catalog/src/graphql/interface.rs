use std::{borrow::Cow, sync::Arc};

use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, ServerResult, Value,
    indexmap::IndexMap,
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
                _ => IndexMap::default(),
            };
            for kind in KINDS {
                (kind.register)(registry);
                registry.add_implements(kind.type_name, "Node");
                registry.add_implements(kind.type_name, "Entity");
            }
            registry.add_implements("Entity", "Node");
            MetaType::Interface {
                name: "Entity".to_owned(),
                description: Some(DESCRIPTION.to_owned()),
                fields,
                possible_types: KINDS.iter().map(|kind| kind.type_name.to_owned()).collect(),
                extends: false,
                keys: None,
                visible: None,
                inaccessible: false,
                tags: Vec::new(),
                rust_typename: Some(std::any::type_name::<Self>()),
                directive_invocations: Vec::new(),
                requires_scopes: Vec::new(),
            }
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

/// The SDL of `Node`. No field of this subgraph has that type, the gateway answers `node`, and async-graphql drops
/// types that nothing refers to.
pub const NODE_SDL: &str = "\"\"\"\nAnything with an id.\n\"\"\"\ninterface Node {\n\t\"\"\"\n\tThe id, which survives restarts and \
refreshes.\n\t\"\"\"\n\tid: ID!\n}\n";
