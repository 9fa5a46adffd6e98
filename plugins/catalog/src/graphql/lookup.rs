use std::borrow::Cow;

use async_graphql::{
    CacheControl, Context, ContextSelectionSet, ObjectType, OutputType, Positioned, ServerResult, Value,
    indexmap::IndexMap,
    parser::types::Field,
    registry::{MetaType, MetaTypeId, Registry},
    resolver_utils::ContainerType,
};
use callboard_kit::{EntityRef, GlobalId};
use uuid::Uuid;

use super::{
    catalog,
    interface::Entity,
    kinds::KINDS,
    location::{CatalogLocation, LOCATION_TYPE},
    viewer::Viewer,
};
use crate::ENTITY_TYPE;

/// Answers `_entities`: any entity by its id, whichever of its types the gateway names, and the viewer by reference.
/// One that fails is null with an error of its own; it never costs the others of its batch.
#[derive(Default)]
pub struct EntityLookup;

impl OutputType for EntityLookup {
    fn type_name() -> Cow<'static, str> {
        "EntityLookup".into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_output_type::<Self, _>(MetaTypeId::Object, |registry| {
            Entity::create_type_info(registry);
            registry.add_keys("Entity", "id");
            for kind in KINDS {
                registry.add_keys(kind.type_name, "id");
            }
            CatalogLocation::create_type_info(registry);
            registry.add_keys(LOCATION_TYPE, "id");
            registry.add_implements(LOCATION_TYPE, "Node");
            Viewer::create_type_info(registry);
            registry.add_keys("Viewer", "ref");
            MetaType::Object {
                name: "EntityLookup".to_owned(),
                description: None,
                fields: IndexMap::default(),
                cache_control: CacheControl::default(),
                extends: false,
                shareable: false,
                resolvable: true,
                keys: None,
                visible: None,
                inaccessible: false,
                interface_object: false,
                tags: Vec::new(),
                is_subscription: false,
                rust_typename: Some(std::any::type_name::<Self>()),
                directive_invocations: Vec::new(),
                requires_scopes: Vec::new(),
            }
        })
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(Value::Null)
    }
}

impl ContainerType for EntityLookup {
    async fn resolve_field(&self, _: &Context<'_>) -> ServerResult<Option<Value>> {
        Ok(None)
    }

    async fn find_entity(&self, ctx: &Context<'_>, representation: &Value) -> ServerResult<Option<Value>> {
        let Value::Object(representation) = representation else { return Ok(None) };
        let text = |key: &str| match representation.get(key) {
            Some(Value::String(text)) => Some(text.as_str()),
            _ => None,
        };
        let found = match text("__typename") {
            Some("Viewer") => {
                let reference = text("ref").and_then(|reference| reference.parse::<EntityRef>().ok());
                resolve(ctx, &reference.map(Viewer)).await
            }
            Some(LOCATION_TYPE) => {
                let id = text("id").and_then(GlobalId::decode).filter(|id| id.type_name == LOCATION_TYPE);
                let id = id.and_then(|id| Uuid::parse_str(&id.key).ok());
                match id {
                    Some(id) => {
                        resolve(ctx, &catalog(ctx).location(id).await.map(|found| found.map(CatalogLocation)))
                            .await
                    }
                    None => Ok(Value::Null),
                }
            }
            Some(name) if name == ENTITY_TYPE || KINDS.iter().any(|kind| kind.type_name == name) => {
                let uid = text("id").and_then(GlobalId::decode).filter(|id| id.type_name == ENTITY_TYPE);
                let uid = uid.and_then(|id| Uuid::parse_str(&id.key).ok());
                match uid {
                    Some(uid) => {
                        resolve(ctx, &catalog(ctx).lookup(uid).await.map(|found| found.map(Entity))).await
                    }
                    None => Ok(Value::Null),
                }
            }
            _ => return Ok(None),
        };
        Ok(Some(found.unwrap_or_else(|error| {
            ctx.add_error(error);
            Value::Null
        })))
    }
}

impl ObjectType for EntityLookup {}

async fn resolve(ctx: &Context<'_>, found: &impl OutputType) -> ServerResult<Value> {
    let selection = ctx.with_selection_set(&ctx.item.node.selection_set);
    found.resolve(&selection, ctx.item).await
}
