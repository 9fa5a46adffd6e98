use std::collections::HashMap;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use callboard_kit::{EntityRef, GlobalId, Problem, Result, note_target};
use uuid::Uuid;

use super::{
    catalog,
    interface::Entity,
    location::{CatalogLocation, LOCATION_TYPE, LocationDocument},
};
use crate::{ingest::Preview, service::CatalogRequest};

/// Where descriptors are to be read from.
#[derive(InputObject)]
pub struct RegisterLocationInput {
    /// `url` for a file, folder or glob behind a URL; `git` for a repository,
    /// `https://host/repository.git//path?ref=branch`.
    #[graphql(name = "type", default = "url")]
    kind: String,
    /// The URL.
    target: String,
    /// Only says what would come in.
    #[graphql(default)]
    dry_run: bool,
}

/// What registering a location brings in.
#[derive(SimpleObject)]
pub struct RegisterLocationPayload {
    /// The location; null in a trial of one that is not registered.
    location: Option<CatalogLocation>,
    /// Whether it was there already.
    exists: bool,
    /// What became of its documents, or would: the first 500.
    documents: Vec<LocationDocument>,
    /// How many there are.
    document_count: i32,
    /// What it brings in, stitched: the first 500. Empty in a trial.
    entities: Vec<Entity>,
}

/// Where a registered location is to be read from.
#[derive(InputObject)]
pub struct UpdateLocationInput {
    /// The location.
    id: ID,
    /// `url` or `git`; as it was unless told.
    #[graphql(name = "type")]
    kind: Option<String>,
    /// The URL.
    target: String,
}

/// What changing a location brings in.
#[derive(SimpleObject)]
pub struct UpdateLocationPayload {
    /// The location.
    location: Option<CatalogLocation>,
    /// What became of its documents: the first 500.
    documents: Vec<LocationDocument>,
    /// How many there are.
    document_count: i32,
    /// What it brings in, stitched: the first 500.
    entities: Vec<Entity>,
}

/// Which location to unregister.
#[derive(InputObject)]
pub struct UnregisterLocationInput {
    /// The location.
    id: ID,
}

/// What is gone.
#[derive(SimpleObject)]
pub struct UnregisterLocationPayload {
    /// The id of the location that was.
    unregistered_id: ID,
    /// The references of the entities that nothing else brings in.
    removed_refs: Vec<EntityRef>,
}

/// Which location to read.
#[derive(InputObject)]
pub struct RefreshLocationInput {
    /// The location.
    id: ID,
}

/// A location that was read.
#[derive(SimpleObject)]
pub struct RefreshLocationPayload {
    /// The location.
    location: Option<CatalogLocation>,
}

/// What can be done about locations.
#[derive(Default)]
pub struct LocationMutation;

/// What can be done about locations.
#[Object]
impl LocationMutation {
    /// Has descriptors read from a URL or a repository from now on. Answers when what they describe is in the catalog,
    /// or, as a trial, what would be. Takes `catalog.location.create` and `catalog.entity.create`.
    async fn register_location(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where to read from.")] input: RegisterLocationInput,
    ) -> Result<Option<RegisterLocationPayload>> {
        note_target(&input.target);
        let catalog = catalog(ctx);
        let registered = catalog.register(&input.kind, &input.target, input.dry_run).await?;
        let document_count = count(&registered.preview);
        let found =
            if input.dry_run { HashMap::new() } else { entities(&catalog, &registered.preview).await? };
        let (documents, entities) = documents(registered.preview, &found);
        Ok(Some(RegisterLocationPayload {
            location: registered.location.map(CatalogLocation),
            exists: registered.exists,
            documents,
            document_count,
            entities,
        }))
    }

    /// Has a registered location read from elsewhere. What only its old target brought in is removed. Takes
    /// `catalog.location.create` and `catalog.entity.create`.
    async fn update_location(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which location, and where to read from.")] input: UpdateLocationInput,
    ) -> Result<Option<UpdateLocationPayload>> {
        note_target(input.id.as_str());
        let catalog = catalog(ctx);
        let id = location_id(&input.id)?;
        let (row, preview) = catalog.change_location(id, input.kind.as_deref(), &input.target).await?;
        let document_count = count(&preview);
        let found = entities(&catalog, &preview).await?;
        let (documents, entities) = documents(preview, &found);
        Ok(Some(UpdateLocationPayload {
            location: Some(CatalogLocation(row)),
            documents,
            document_count,
            entities,
        }))
    }

    /// Has a registered location read no more, and removes what only it brought in. Takes `catalog.location.delete`.
    async fn unregister_location(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which location.")] input: UnregisterLocationInput,
    ) -> Result<Option<UnregisterLocationPayload>> {
        note_target(input.id.as_str());
        let removed = catalog(ctx).unregister(location_id(&input.id)?).await?;
        let removed_refs = removed.iter().filter_map(|reference| reference.parse().ok()).collect();
        Ok(Some(UnregisterLocationPayload { unregistered_id: input.id, removed_refs }))
    }

    /// Reads a location now and answers when that is done. Takes `catalog.location.create`.
    async fn refresh_location(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which location.")] input: RefreshLocationInput,
    ) -> Result<Option<RefreshLocationPayload>> {
        note_target(input.id.as_str());
        let location = catalog(ctx).refresh_location(location_id(&input.id)?).await?;
        Ok(Some(RefreshLocationPayload { location: location.map(CatalogLocation) }))
    }
}

fn count(preview: &Preview) -> i32 {
    i32::try_from(preview.count).unwrap_or(i32::MAX)
}

/// The entities that documents became, as far as the viewer may see them.
async fn entities(catalog: &CatalogRequest, preview: &Preview) -> Result<HashMap<EntityRef, Entity>> {
    let references: Vec<EntityRef> =
        preview.documents.iter().filter_map(|document| document.reference.clone()).collect();
    let found = catalog.find(&references).await?;
    let pairs = references.into_iter().zip(found);
    Ok(pairs.filter_map(|(reference, entity)| Some((reference, Entity(entity?)))).collect())
}

fn documents(preview: Preview, found: &HashMap<EntityRef, Entity>) -> (Vec<LocationDocument>, Vec<Entity>) {
    let entity = |reference: Option<&EntityRef>| {
        reference.and_then(|reference| found.get(reference)).map(|entity| Entity(entity.0.clone()))
    };
    let documents: Vec<LocationDocument> = preview
        .documents
        .into_iter()
        .map(|document| {
            let entity = entity(document.reference.as_ref());
            LocationDocument::new(document, entity)
        })
        .collect();
    let entities = documents.iter().filter_map(LocationDocument::found).collect();
    (documents, entities)
}

/// The id inside the global id of a location.
fn location_id(id: &ID) -> Result<Uuid> {
    let decoded = GlobalId::decode(id.as_str()).filter(|id| id.type_name == LOCATION_TYPE);
    let id = decoded.and_then(|id| Uuid::parse_str(&id.key).ok());
    id.ok_or_else(|| Problem::not_found("no such location"))
}
