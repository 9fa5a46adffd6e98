//! Entities as the search finds them.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use async_trait::async_trait;
use callboard_kit::{
    EntityRef, Result, SearchChangeLog, SearchChanges, SearchDocument, SearchField, SearchSource,
    SearchSources, SearchType,
};
use chrono::{DateTime, Utc};
use futures::{StreamExt, TryStreamExt, stream, stream::BoxStream};
use serde_json::Value;
use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{
    entity::CatalogEntity,
    error::CatalogError,
    index::Relation,
    repository::{CatalogRepository, DeclaringEntity},
    service::CatalogService,
};

/// Entities read from the database in one step.
const STEP: u64 = 500;

const TYPE: SearchType = SearchType { name: "software-catalog", title: "Catalog", permission: None };

/// The entities of the catalog, to be searched.
#[derive(Debug)]
struct Entities(Arc<CatalogService>);

/// Gives the entities to be searched, and tells of every change until told to stop.
pub async fn offer(service: Arc<CatalogService>, sources: SearchSources, stop: CancellationToken) {
    let mut changes = service.index.changes();
    sources.add(Arc::new(Entities(service)));
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            told = changes.recv() => match told {
                Ok(_) | Err(RecvError::Lagged(_)) => sources.tell(),
                Err(RecvError::Closed) => return,
            },
        }
    }
}

impl Entities {
    fn repository(&self) -> &CatalogRepository {
        self.0.repository()
    }

    async fn documents_of(
        &self,
        entities: Vec<DeclaringEntity>,
    ) -> Result<Vec<SearchDocument>, CatalogError> {
        let uids: Vec<Uuid> = entities.iter().map(DeclaringEntity::uid).collect();
        let written = self.repository().written_of(&uids, uids.len()).await?;
        let written: HashMap<Uuid, DateTime<Utc>> =
            written.into_iter().map(|written| (written.uid, written.at)).collect();
        entities
            .into_iter()
            .map(|entity| {
                let (entity, relations) = entity.read()?;
                let updated = written.get(&entity.uid).copied();
                Ok(SearchDocument { updated, ..document(&entity, &relations) })
            })
            .collect()
    }
}

#[async_trait]
impl SearchSource for Entities {
    fn search_type(&self) -> SearchType {
        TYPE
    }

    fn documents(&self) -> BoxStream<'_, Result<Vec<SearchDocument>>> {
        let steps = stream::try_unfold(None, move |last: Option<Uuid>| async move {
            let step = self.repository().load_after(last, STEP).await?;
            let Some(last) = step.last().map(DeclaringEntity::uid) else { return Ok(None) };
            Ok::<_, CatalogError>(Some((self.documents_of(step).await?, Some(last))))
        });
        steps.map_err(Into::into).boxed()
    }

    async fn is_empty(&self) -> Result<bool> {
        Ok(self.repository().load_after(None, 1).await?.is_empty())
    }

    fn changes(&self) -> Option<&dyn SearchChangeLog> {
        Some(self)
    }
}

#[async_trait]
impl SearchChangeLog for Entities {
    async fn newest(&self) -> Result<i64> {
        Ok(self.repository().change_bounds().await?.map_or(0, |(_, newest)| newest))
    }

    async fn after(&self, place: i64, limit: u64) -> Result<Option<SearchChanges>> {
        let changes = self.repository().changes_after(place, limit).await?;
        // Asked for afterwards: what is forgotten meanwhile is noticed.
        let Some((oldest, newest)) = self.repository().change_bounds().await? else {
            return Ok((place == 0).then(SearchChanges::default));
        };
        if oldest > place + 1 || newest < place {
            return Ok(None);
        }
        let Some(last) = changes.last() else {
            return Ok(Some(SearchChanges { place, ..SearchChanges::default() }));
        };
        let place = last.sequence;
        let mut uids: Vec<Uuid> = changes.iter().map(|change| change.uid).collect();
        uids.sort_unstable();
        uids.dedup();
        let entities = self.repository().load_declaring(&uids).await?;
        let mut gone: BTreeSet<Uuid> = uids.into_iter().collect();
        for entity in &entities {
            gone.remove(&entity.uid());
        }
        let deleted = gone.iter().map(Uuid::to_string).collect();
        Ok(Some(SearchChanges { documents: self.documents_of(entities).await?, deleted, place }))
    }
}

fn document(entity: &CatalogEntity, relations: &[Relation]) -> SearchDocument {
    let (metadata, spec) = (&entity.body["metadata"], &entity.body["spec"]);
    let reference = &entity.reference;
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let related = |relation_type: &str, kind: Option<&str>| {
        let targets = relations.iter().filter(|relation| {
            relation.source == *reference
                && relation.relation_type == relation_type
                && kind.is_none_or(|kind| relation.target.kind() == kind)
        });
        targets.map(|relation| relation.target.to_string()).collect::<Vec<_>>()
    };
    let words = |value: &Value| value.as_array().into_iter().flatten().filter_map(text).collect::<Vec<_>>();
    SearchDocument {
        name: Some(entity.name().to_owned()),
        ..SearchDocument::new(TYPE.name, entity.uid.to_string(), entity.display_name())
    }
    .about(reference.clone())
    .at(location(reference))
    .with_text(told(metadata, spec))
    .with(SearchField::Kind, [entity.kind()])
    .with(SearchField::Namespace, [reference.namespace()])
    .with(SearchField::ComponentType, text(&spec["type"]))
    .with(SearchField::Lifecycle, text(&spec["lifecycle"]))
    .with(SearchField::Owner, related("ownedBy", None))
    .with(SearchField::System, related("partOf", Some("system")))
    .with(SearchField::Tag, words(&metadata["tags"]))
}

/// The page of an entity.
fn location(reference: &EntityRef) -> String {
    format!("/catalog/{}/{}/{}", reference.namespace(), reference.kind(), reference.name())
}

/// What an entity says in words.
fn told(metadata: &Value, spec: &Value) -> String {
    let links = metadata["links"].as_array().into_iter().flatten().map(|link| &link["title"]);
    let texts = [&metadata["description"], &spec["profile"]["email"]].into_iter().chain(links);
    texts
        .filter_map(Value::as_str)
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_entity_is_found_by_what_it_says_of_itself() {
        let reference: EntityRef = "component:shop/cart".parse().unwrap();
        let owner: EntityRef = "group:shop/team-a".parse().unwrap();
        let body = json!({
            "kind": "Component",
            "metadata": {
                "name": "Cart", "title": "Shopping cart", "description": "Holds what is bought.\n", "tags": ["java"],
                "links": [{ "url": "https://example.com", "title": "Dashboard" }, { "url": "https://example.org" }],
            },
            "spec": { "type": "service", "lifecycle": "production" },
        });
        let entity = CatalogEntity {
            uid: Uuid::nil(),
            reference: reference.clone(),
            body: Arc::new(body),
            etag: "0".into(),
            status: Arc::default(),
            orphan: false,
            size: 0,
        };
        let relation = |relation_type: &str, source: &EntityRef, target: &EntityRef| Relation {
            source: source.clone(),
            relation_type: relation_type.to_owned(),
            target: target.clone(),
        };
        let relations = [relation("ownedBy", &reference, &owner), relation("ownedBy", &owner, &reference)];
        let found = document(&entity, &relations);
        assert_eq!((found.title.as_str(), found.name.as_deref()), ("Shopping cart", Some("Cart")));
        assert_eq!(found.text, "Holds what is bought.\nDashboard");
        assert_eq!(found.location, "/catalog/shop/component/cart");
        assert_eq!(
            json!(found.fields),
            json!({
                "componentType": ["service"], "kind": ["Component"], "lifecycle": ["production"],
                "namespace": ["shop"], "owner": ["group:shop/team-a"], "tag": ["java"],
            })
        );
    }
}
