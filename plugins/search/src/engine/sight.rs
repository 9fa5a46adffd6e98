use std::{
    collections::hash_map::DefaultHasher,
    fmt,
    hash::{Hash, Hasher},
    sync::Arc,
};

use callboard_kit::{EntityRef, EntitySet};

/// What a viewer may find.
#[derive(Clone, Debug)]
pub(crate) struct Sight {
    /// The entities that the viewer may read; `None` where there is no catalog.
    pub entities: Option<Arc<dyn EntitySet>>,
    /// The types that there may be something of.
    pub types: Vec<TypeSight>,
}

/// What a viewer may find of one type.
#[derive(Clone)]
pub(crate) struct TypeSight {
    /// Its name.
    pub name: String,
    /// Only what belongs to these entities, beside what may be read; `None` for no such condition.
    pub only: Option<Arc<dyn EntitySet>>,
    /// Whether documents that belong to no entity are found.
    pub without_entity: bool,
}

impl Sight {
    /// The same for two sights that show the same of one index.
    pub fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.entities.as_ref().map(|entities| entities.fingerprint()).hash(&mut hasher);
        for sight in &self.types {
            let only = sight.only.as_ref().map(|only| only.fingerprint());
            (&sight.name, only, sight.without_entity).hash(&mut hasher);
        }
        hasher.finish()
    }

    /// For each entity, whether it may be read.
    pub fn reads(&self, references: &[EntityRef]) -> Vec<bool> {
        self.entities
            .as_ref()
            .map_or_else(|| vec![false; references.len()], |entities| entities.has(references))
    }
}

impl fmt::Debug for TypeSight {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("TypeSight")
            .field("name", &self.name)
            .field("only", &self.only)
            .finish_non_exhaustive()
    }
}
