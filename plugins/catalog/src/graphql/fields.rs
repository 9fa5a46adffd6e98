use std::sync::Arc;

use async_graphql::{Context, ID, Json, Object};
use callboard_kit::{EntityRef, GlobalId, KeyValue, PageArguments, Result};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{
    ancestry::EntityAncestry,
    catalog,
    declared::Declared,
    ingestion::{EntityConflict, EntityIngestion},
    interface::Entity,
    kinds::{Domain, System},
    relation::{RelationConnection, RelationQuery},
    values::{EntityLink, EntityStatus},
};
use crate::{
    ENTITY_TYPE,
    entity::{CatalogEntity, hex},
};

/// The fields that every kind has; the interface and each of its types take them from here.
pub struct EntityFields(pub Arc<CatalogEntity>);

impl EntityFields {
    fn metadata_text(&self, key: &str) -> Option<&str> {
        self.0.body["metadata"][key].as_str()
    }

    fn pairs(&self, key: &str) -> Vec<KeyValue> {
        let entries = self.0.body["metadata"][key].as_object().into_iter().flatten();
        entries
            .filter_map(|(key, value)| Some(KeyValue { key: key.clone(), value: value.as_str()?.to_owned() }))
            .collect()
    }

    fn metadata_list(&self, key: &str) -> &[Value] {
        self.0.body["metadata"][key].as_array().map(Vec::as_slice).unwrap_or_default()
    }
}

#[Object]
impl EntityFields {
    /// The id, which survives restarts and refreshes.
    async fn id(&self) -> ID {
        ID(GlobalId::new(ENTITY_TYPE, self.0.uid.to_string()).to_string())
    }

    /// The address, e.g. `component:default/petstore`.
    #[graphql(name = "ref")]
    async fn reference(&self) -> &EntityRef {
        &self.0.reference
    }

    /// The uid, new when an entity is removed and registered again.
    async fn uid(&self) -> ID {
        ID(self.0.uid.to_string())
    }

    /// Changes whenever anything of the entity does, its relations and its status included.
    async fn etag(&self, ctx: &Context<'_>) -> Result<String> {
        let mut hash = Sha256::new();
        hash.update(self.0.etag.as_bytes());
        for relation in catalog(ctx).relations(self.0.uid, None).await? {
            hash.update(relation.relation_type);
            hash.update([0]);
            hash.update(relation.target.as_str());
            hash.update([0]);
        }
        Ok(hex(&hash.finalize()[..16]))
    }

    /// The version of the kind's schema, e.g. `backstage.io/v1alpha1`.
    async fn api_version(&self) -> &str {
        self.0.body["apiVersion"].as_str().unwrap_or_default()
    }

    /// The kind as written, e.g. `Component`.
    async fn kind(&self) -> &str {
        self.0.kind()
    }

    /// The namespace, `default` where none is written.
    async fn namespace(&self) -> &str {
        self.metadata_text("namespace").unwrap_or("default")
    }

    /// The name as written.
    async fn name(&self) -> &str {
        self.0.name()
    }

    /// The title, for people.
    async fn title(&self) -> Option<&str> {
        self.metadata_text("title")
    }

    /// What to call it: the title, else the display name of its profile, else the name.
    async fn display_name(&self) -> &str {
        self.0.display_name()
    }

    /// What it is, in a sentence or two.
    async fn description(&self) -> Option<&str> {
        self.metadata_text("description")
    }

    /// The type within its kind (`spec.type`), e.g. `service`.
    #[graphql(name = "type")]
    async fn type_(&self) -> Option<&str> {
        self.0.body["spec"]["type"].as_str()
    }

    /// The stage of its life (`spec.lifecycle`), e.g. `production`.
    async fn lifecycle(&self) -> Option<&str> {
        self.0.body["spec"]["lifecycle"].as_str()
    }

    /// Labels, which are for selecting.
    async fn labels(&self) -> Vec<KeyValue> {
        self.pairs("labels")
    }

    /// Annotations, which tie it to other systems.
    async fn annotations(&self) -> Vec<KeyValue> {
        self.pairs("annotations")
    }

    /// One annotation.
    async fn annotation(
        &self,
        #[graphql(desc = "Its key, e.g. `backstage.io/techdocs-ref`.")] key: String,
    ) -> Option<&str> {
        self.0.annotation(&key)
    }

    /// Tags.
    async fn tags(&self) -> Vec<&str> {
        self.metadata_list("tags").iter().filter_map(Value::as_str).collect()
    }

    /// Links to somewhere else.
    async fn links(&self) -> Vec<EntityLink> {
        self.metadata_list("links").iter().filter_map(EntityLink::read).collect()
    }

    /// All metadata as written.
    async fn metadata(&self) -> Json<&Value> {
        Json(&self.0.body["metadata"])
    }

    /// The spec as written, placeholders resolved.
    async fn spec(&self) -> Option<Json<&Value>> {
        self.0.body.get("spec").map(Json)
    }

    /// What is to know about its state; problems of ingestion among it.
    async fn status(&self) -> Vec<EntityStatus> {
        self.0.status.iter().map(EntityStatus::from).collect()
    }

    /// Who owns it: the target of `ownedBy`.
    async fn owner(&self, ctx: &Context<'_>) -> Result<Option<Entity>> {
        Ok(catalog(ctx).related(self.0.uid, "ownedBy", &[]).await?.map(Entity))
    }

    /// The system it is part of.
    async fn system(&self, ctx: &Context<'_>) -> Result<Option<Declared<System>>> {
        Ok(catalog(ctx).related(self.0.uid, "partOf", &["system"]).await?.map(System::new).map(Declared))
    }

    /// The domain it is part of, itself or through its system.
    async fn domain(&self, ctx: &Context<'_>) -> Result<Option<Declared<Domain>>> {
        let catalog = catalog(ctx);
        if let Some(domain) = catalog.related(self.0.uid, "partOf", &["domain"]).await? {
            return Ok(Some(Declared(Domain::new(domain))));
        }
        match catalog.related(self.0.uid, "partOf", &["system"]).await? {
            Some(system) => {
                Ok(catalog.related(system.uid, "partOf", &["domain"]).await?.map(Domain::new).map(Declared))
            }
            None => Ok(None),
        }
    }

    /// Its relations in both directions, by type and target, dangling ones included.
    async fn relations(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "type", desc = "Only these types, e.g. `dependsOn`.")] types: Option<Vec<String>>,
        #[graphql(name = "kind", desc = "Only towards these kinds.")] kinds: Option<Vec<String>>,
        #[graphql(desc = "How many from the start, 20 unless told.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
    ) -> Result<RelationConnection> {
        let page = PageArguments::forward(first, after).check()?;
        RelationQuery { uid: self.0.uid, types, kinds, page }.resolve(&catalog(ctx)).await
    }

    /// How it came into the catalog.
    async fn ancestry(&self, ctx: &Context<'_>) -> Result<EntityAncestry> {
        EntityAncestry::of(&self.0, &catalog(ctx)).await
    }

    /// How it came to be and how fresh it is.
    async fn ingestion(&self, ctx: &Context<'_>) -> Result<EntityIngestion> {
        EntityIngestion::of(&self.0, &catalog(ctx)).await
    }

    /// Other sources that claim its reference, and are ignored.
    async fn conflicts(&self, ctx: &Context<'_>) -> Result<Vec<EntityConflict>> {
        let claims = catalog(ctx).lost_claims(&self.0.reference).await?;
        Ok(claims.into_iter().map(EntityConflict::from).collect())
    }

    /// Whether no location emits it any more.
    async fn orphan(&self) -> bool {
        self.0.orphan
    }

    /// Where its source code lies.
    async fn source_location(&self) -> Option<&str> {
        let own = self.0.annotation("backstage.io/source-location");
        own.or_else(|| self.0.annotation("backstage.io/managed-by-location"))
    }

    /// The page on which its descriptor can be read.
    async fn view_url(&self) -> Option<&str> {
        self.0.annotation("backstage.io/view-url")
    }

    /// The page on which its descriptor can be edited.
    async fn edit_url(&self) -> Option<&str> {
        self.0.annotation("backstage.io/edit-url")
    }
}
