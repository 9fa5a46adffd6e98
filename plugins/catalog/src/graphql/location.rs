use async_graphql::{Context, Enum, ID, Json, Object, SimpleObject};
use callboard_kit::{EntityFilter, EntityRef, GlobalId, Page, PageArguments, PageInfo, Result};
use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{catalog, connection::EntityConnection, interface::Entity, values::EntityStatus};
use crate::{
    index::{ORIGIN, origin_key},
    ingest::{DocumentAction as Action, DocumentPreview},
    repository::{LocationOwner, LocationRow},
    service::{ListQuery, Scope},
};

/// The type name inside the global ids of locations.
pub const LOCATION_TYPE: &str = "CatalogLocation";

/// Who says that a location is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum LocationOrigin {
    /// `catalog.locations` of the config.
    Config,
    /// Someone who registered it in the portal.
    Registered,
    /// A provider that found it.
    Provider,
}

impl From<LocationOrigin> for LocationOwner {
    fn from(origin: LocationOrigin) -> Self {
        match origin {
            LocationOrigin::Config => Self::Config,
            LocationOrigin::Registered => Self::Registered,
            LocationOrigin::Provider => Self::Provider(String::new()),
        }
    }
}

/// How reading a location goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum LocationState {
    /// It was not read yet.
    Pending,
    /// It is being read now.
    Reading,
    /// It was read.
    Ok,
    /// It could not be read as a whole the last time; what was read before is served.
    Failed,
}

/// A place that descriptors are read from, with all that its Location entities lead to.
pub struct CatalogLocation(pub LocationRow);

/// A place that descriptors are read from, with all that its Location entities lead to.
#[Object]
impl CatalogLocation {
    /// The id.
    async fn id(&self) -> ID {
        ID(GlobalId::new(LOCATION_TYPE, self.0.id.to_string()).to_string())
    }

    /// How it is read: `url`, `git` or `file`.
    #[graphql(name = "type")]
    async fn kind(&self) -> &str {
        &self.0.kind
    }

    /// A URL, or a path, folder or glob on the server.
    async fn target(&self) -> &str {
        &self.0.target
    }

    /// Who says that it is read.
    async fn origin(&self) -> LocationOrigin {
        match self.0.owner {
            LocationOwner::Config | LocationOwner::Retired => LocationOrigin::Config,
            LocationOwner::Registered => LocationOrigin::Registered,
            LocationOwner::Provider(_) => LocationOrigin::Provider,
        }
    }

    /// The id of the provider that found it.
    async fn provider(&self) -> Option<&str> {
        match &self.0.owner {
            LocationOwner::Provider(id) => Some(id),
            LocationOwner::Config | LocationOwner::Registered | LocationOwner::Retired => None,
        }
    }

    /// Who registered it.
    async fn created_by(&self) -> Option<EntityRef> {
        self.0.created_by.as_deref().and_then(|reference| reference.parse().ok())
    }

    /// Since when it is read.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// How reading it goes.
    async fn state(&self, ctx: &Context<'_>) -> Result<LocationState> {
        let reading = catalog(ctx).reading_of(self.0.id).await?;
        Ok(match (reading.is_running, reading.read_at, &self.0.error) {
            (true, ..) => LocationState::Reading,
            (false, None, _) => LocationState::Pending,
            (false, Some(_), Some(_)) => LocationState::Failed,
            (false, Some(_), None) => LocationState::Ok,
        })
    }

    /// Why it could not be read as a whole, the last time.
    async fn error(&self) -> Option<&str> {
        self.0.error.as_deref()
    }

    /// When it was read last, whether anything had changed or not.
    async fn read_at(&self, ctx: &Context<'_>) -> Result<Option<DateTime<Utc>>> {
        Ok(catalog(ctx).reading_of(self.0.id).await?.read_at)
    }

    /// When it will be read next, unless something asks for it sooner.
    async fn next_read_at(&self, ctx: &Context<'_>) -> Result<Option<DateTime<Utc>>> {
        Ok(catalog(ctx).reading_of(self.0.id).await?.next_at)
    }

    /// The entities that it brings in, as far as they may be seen.
    async fn entities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 20 unless told.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
    ) -> Result<EntityConnection> {
        let filter = EntityFilter::new().with_field(ORIGIN, vec![origin_key(&self.0.location())]);
        let query = ListQuery {
            scope: Scope::All,
            filter: Some(filter),
            text: None,
            order: Vec::new(),
            page: PageArguments::forward(first, after),
        };
        EntityConnection::of(&catalog(ctx), query).await
    }

    /// How many documents below it are refused or have errors.
    async fn problem_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let count = catalog(ctx).problems_of(self.0.id).await?;
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    }

    /// Whether it was registered in the portal and the viewer may unregister it.
    async fn removable(&self, ctx: &Context<'_>) -> bool {
        catalog(ctx).may_remove(&self.0).await
    }
}

/// A location in a list.
#[derive(SimpleObject)]
pub struct CatalogLocationEdge {
    /// Its place in the list.
    cursor: String,
    /// The location.
    node: CatalogLocation,
}

/// A page of locations.
#[derive(SimpleObject)]
pub struct LocationConnection {
    /// The locations of the page, each with its cursor.
    edges: Vec<CatalogLocationEdge>,
    /// The locations of the page.
    nodes: Vec<CatalogLocation>,
    /// Where the page lies in the list.
    page_info: PageInfo,
    /// How many there are in all.
    total_count: i32,
}

impl From<Page<LocationRow>> for LocationConnection {
    fn from(page: Page<LocationRow>) -> Self {
        let (page_info, total) = (page.info(), page.total_count);
        let edge = |(cursor, row): &(String, LocationRow)| CatalogLocationEdge {
            cursor: cursor.clone(),
            node: CatalogLocation(row.clone()),
        };
        Self {
            edges: page.items.iter().map(edge).collect(),
            nodes: page.items.into_iter().map(|(_, row)| CatalogLocation(row)).collect(),
            page_info,
            total_count: i32::try_from(total).unwrap_or(i32::MAX),
        }
    }
}

/// What registering a location does, or would do, with a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::ingest::DocumentAction")]
pub enum DocumentAction {
    /// It becomes an entity.
    Create,
    /// It becomes the new version of an entity that is there.
    Update,
    /// It is there already, just so.
    Unchanged,
    /// Another source has its reference.
    Conflict,
    /// It is no entity.
    Refused,
}

/// What became, or would become, of one document of a location.
#[derive(SimpleObject)]
pub struct LocationDocument {
    /// The file or URL it was read from, `type:target`.
    location: String,
    /// Its place in the file, from 0.
    document: i32,
    /// The line that it begins on, from 1.
    line: u32,
    /// Its reference; null where not even that could be read.
    #[graphql(name = "ref")]
    reference: Option<EntityRef>,
    /// Its title, if it has one.
    title: Option<String>,
    /// What happens to it.
    action: DocumentAction,
    /// What is wrong with it.
    errors: Vec<EntityStatus>,
    /// The entity that it became, stitched; null in a trial and where it is refused.
    entity: Option<Entity>,
    /// The entity as it is stored; null where it is refused.
    descriptor: Option<Json<Value>>,
}

impl LocationDocument {
    /// A document, with the entity that it became.
    pub fn new(preview: DocumentPreview, entity: Option<Entity>) -> Self {
        let title = preview.descriptor.as_ref().and_then(|body| body["metadata"]["title"].as_str());
        Self {
            title: title.map(str::to_owned),
            location: preview.location,
            document: i32::try_from(preview.document).unwrap_or(i32::MAX),
            line: preview.line,
            reference: preview.reference,
            action: preview.action.into(),
            errors: preview.errors.iter().map(EntityStatus::from).collect(),
            entity: entity.filter(|_| !matches!(preview.action, Action::Conflict | Action::Refused)),
            descriptor: preview.descriptor.map(Json),
        }
    }

    /// The entity that the document became.
    pub fn found(&self) -> Option<Entity> {
        self.entity.as_ref().map(|entity| Entity(entity.0.clone()))
    }
}
