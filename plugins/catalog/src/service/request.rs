use std::sync::{Arc, Mutex, PoisonError};

use callboard_kit::{Batches, Decision, EntityFilter, EntityRef, Result, Viewer};
use roaring::RoaringBitmap;
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::{CatalogService, ingestion::EntityOrigin, moment::Moment};
use crate::{
    entity::{CatalogEntity, revision_of},
    error::CatalogError,
    index::{EntityIndex, FilterContext, IndexedEntity, IndexedRelation},
    permissions::ENTITY_READ,
    refresh::Reading,
    repository::LostClaim,
};

/// What the viewer may see: all of it, or these.
type Visible = Option<Arc<RoaringBitmap>>;

/// The catalog as one request sees it: every answer is narrowed to what its viewer may read, by one decision that is
/// compiled once for each version of the index.
pub struct CatalogRequest {
    service: Arc<CatalogService>,
    viewer: Arc<Viewer>,
    decision: OnceCell<Decision>,
    starred: OnceCell<Vec<EntityRef>>,
    visible: Mutex<Option<(u64, Visible)>>,
    moment: Arc<Moment>,
    bodies: Batches<Uuid, Arc<CatalogEntity>>,
    pub(super) origins: Batches<Uuid, EntityOrigin>,
    pub(super) readings: Batches<Uuid, Reading>,
    pub(super) claims: Batches<EntityRef, Vec<LostClaim>>,
    pub(super) emitters: Batches<Uuid, EntityRef>,
    pub(super) problems: Batches<Uuid, u64>,
    pub(super) sees_locations: OnceCell<bool>,
}

impl CatalogRequest {
    pub(super) fn new(service: Arc<CatalogService>, viewer: Arc<Viewer>) -> Self {
        Self {
            service,
            viewer,
            decision: OnceCell::new(),
            starred: OnceCell::new(),
            visible: Mutex::new(None),
            moment: Moment::current(),
            bodies: Batches::default(),
            origins: Batches::default(),
            readings: Batches::default(),
            claims: Batches::default(),
            emitters: Batches::default(),
            problems: Batches::default(),
            sees_locations: OnceCell::new(),
        }
    }

    /// Who asks.
    pub fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// The catalog behind it.
    pub const fn service(&self) -> &Arc<CatalogService> {
        &self.service
    }

    /// The decision on reading entities.
    pub async fn decision(&self) -> &Decision {
        let decide = || async {
            let authorizer = self.service.services.authorizer();
            authorizer.decide(&self.viewer, ENTITY_READ).await
        };
        self.decision.get_or_init(decide).await
    }

    /// Looks up what `look` and a filter need beyond the index.
    pub(super) async fn prepare(&self, filter: Option<&EntityFilter>) -> Result<()> {
        let decision = self.decision().await;
        let condition = match decision {
            Decision::Conditional(condition) => Some(&**condition),
            Decision::Allow | Decision::Deny => None,
        };
        if condition.into_iter().chain(filter).any(mentions_stars) {
            self.load_stars().await?;
        }
        Ok(())
    }

    /// Looks at the index with what is visible to the viewer; `None` means everything is.
    pub(super) fn look<T>(&self, look: impl FnOnce(&EntityIndex, Option<&RoaringBitmap>) -> T) -> T {
        let index = self.service.index.read();
        self.moment.saw(index.version());
        let visible = self.visible(&index);
        look(&index, visible.as_deref())
    }

    fn visible(&self, index: &EntityIndex) -> Visible {
        let condition = match self.decision.get() {
            Some(Decision::Allow) => return None,
            Some(Decision::Conditional(condition)) => condition,
            Some(Decision::Deny) | None => return Some(Arc::default()),
        };
        let mut cached = self.visible.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((version, visible)) = &*cached
            && *version == index.version()
        {
            return visible.clone();
        }
        // What may be seen is decided by how things are.
        let visible = Some(Arc::new(index.select(condition, self.filter_context(None))));
        *cached = Some((index.version(), visible.clone()));
        visible
    }

    async fn load_stars(&self) -> Result<&[EntityRef]> {
        let load = || async {
            match self.viewer.reference().filter(|_| !self.viewer.is_guest()) {
                Some(viewer) => self.service.repository.stars_of(viewer).await,
                None => Ok(Vec::new()),
            }
        };
        Ok(self.starred.get_or_try_init(load).await?)
    }

    /// What a filter is to know of the viewer, who sees only what is `visible`.
    pub(super) fn filter_context<'a>(&'a self, visible: Option<&'a RoaringBitmap>) -> FilterContext<'a> {
        FilterContext { ownership: self.viewer.ownership_refs(), starred: self.starred_refs(), visible }
    }

    pub(super) fn starred_refs(&self) -> &[EntityRef] {
        self.starred.get().map(Vec::as_slice).unwrap_or_default()
    }

    /// The entities at these addresses, as far as they are there and visible.
    pub async fn find(&self, references: &[EntityRef]) -> Result<Vec<Option<Arc<CatalogEntity>>>> {
        self.prepare(None).await?;
        let found = self.look(|index, visible| {
            let find = |reference: &EntityRef| {
                let slot = index.slot_of(reference).filter(|slot| is_visible(visible, *slot))?;
                index.get(slot)
            };
            references.iter().map(find).collect::<Vec<_>>()
        });
        self.load(found).await
    }

    /// The entity with this uid, if it is there and visible.
    pub async fn lookup(&self, uid: Uuid) -> Result<Option<Arc<CatalogEntity>>> {
        self.prepare(None).await?;
        let found = self.look(|index, visible| {
            let slot = index.slot_of_uid(uid).filter(|slot| is_visible(visible, *slot))?;
            index.get(slot)
        });
        Ok(self.load(vec![found]).await?.pop().flatten())
    }

    /// The first by reference of the entities that an entity is related to.
    pub async fn related(
        &self,
        uid: Uuid,
        relation_type: &str,
        kinds: &[&str],
    ) -> Result<Option<Arc<CatalogEntity>>> {
        self.prepare(None).await?;
        let found = self.look(|index, visible| {
            let related = index.related(index.slot_of_uid(uid)?, relation_type);
            let candidates = related.iter().filter(|slot| is_visible(visible, *slot));
            let candidates = candidates.filter_map(|slot| index.get(slot));
            candidates
                .filter(|entity| kinds.is_empty() || kinds.contains(&entity.reference.kind()))
                .min_by(|left, right| left.reference.cmp(&right.reference))
        });
        Ok(self.load(vec![found]).await?.pop().flatten())
    }

    /// The relations of an entity, ordered by type and target. A target that may not be seen looks as if it were not
    /// there: what this entity declares dangles, what only the target declares is left out.
    pub async fn relations(&self, uid: Uuid, types: Option<&[String]>) -> Result<Vec<IndexedRelation>> {
        self.prepare(None).await?;
        Ok(self.look(|index, visible| {
            let Some(slot) = index.slot_of_uid(uid) else { return Vec::new() };
            let mut relations = match types {
                Some([only]) => index.relations(slot, Some(only), visible),
                _ => index.relations(slot, None, visible),
            };
            if let Some(types) = types {
                relations.retain(|relation| {
                    types.iter().any(|wanted| wanted.eq_ignore_ascii_case(&relation.relation_type))
                });
            }
            for relation in &mut relations {
                relation.target_slot = relation.target_slot.filter(|slot| is_visible(visible, *slot));
            }
            relations
        }))
    }

    /// The kinds there are, with how many of each the viewer may see.
    pub async fn kinds(&self) -> Result<Vec<(String, u64)>> {
        self.prepare(None).await?;
        Ok(self.look(|index, visible| index.kinds(visible.unwrap_or_else(|| index.all()))))
    }

    /// What the viewer starred and may see, the latest first.
    pub async fn starred(&self) -> Result<Vec<Arc<CatalogEntity>>> {
        let references = self.load_stars().await?;
        Ok(self.find(references).await?.into_iter().flatten().collect())
    }

    /// Stars an entity for the viewer, or takes the star back. All guests are one user, whose stars would be everyone's.
    pub async fn star(&self, reference: &EntityRef, starred: bool) -> Result<Arc<CatalogEntity>> {
        let viewer = self.viewer.reference().ok_or(CatalogError::Unauthenticated)?;
        if self.viewer.is_guest() {
            return Err(CatalogError::Guest.into());
        }
        let found = self.find(std::slice::from_ref(reference)).await?.pop().flatten();
        let entity = found.ok_or_else(|| CatalogError::NotFound(reference.to_string()))?;
        let repository = &self.service.repository;
        if starred {
            repository.star(viewer, reference, self.service.clock.now()).await?;
        } else {
            repository.unstar(viewer, reference).await?;
        }
        Ok(entity)
    }

    /// The bodies of entities that the index found; one that vanished since is left out.
    pub async fn load(&self, found: Vec<Option<IndexedEntity>>) -> Result<Vec<Option<Arc<CatalogEntity>>>> {
        let mut bodies: Vec<Option<Arc<CatalogEntity>>> = found
            .iter()
            .map(|entity| entity.as_ref().and_then(|entity| self.service.bodies.get(entity)))
            .collect();
        let missing: Vec<Uuid> = found
            .iter()
            .zip(&bodies)
            .filter(|(_, body)| body.is_none())
            .filter_map(|(entity, _)| Some(entity.as_ref()?.uid))
            .collect();
        if missing.is_empty() {
            return Ok(bodies);
        }
        let loaded = self.bodies.load(&missing, |uids| async move {
            let loaded = self.service.repository.load(&uids).await?;
            Ok(loaded.into_iter().map(|entity| (entity.uid, self.service.bodies.keep(entity))).collect())
        });
        let loaded = loaded.await?;
        for (entity, body) in found.iter().zip(&mut bodies) {
            if let (Some(entity), None) = (entity, &body) {
                *body = loaded.get(&entity.uid).cloned();
                if body.as_ref().is_none_or(|body| revision_of(&body.etag) != entity.revision) {
                    self.moment.fell_behind();
                }
            }
        }
        Ok(bodies)
    }
}

fn is_visible(visible: Option<&RoaringBitmap>, slot: u32) -> bool {
    visible.is_none_or(|visible| visible.contains(slot))
}

pub(super) fn mentions_stars(filter: &EntityFilter) -> bool {
    let inner = filter.all_of.iter().chain(&filter.any_of).flatten().chain(filter.not.as_deref());
    filter.starred_by_viewer.is_some() || inner.into_iter().any(mentions_stars)
}
