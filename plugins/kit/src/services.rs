use std::{
    fmt,
    sync::{Arc, OnceLock},
};

use crate::{
    AuditLog, Authenticator, Authorizer, CatalogReader, PlainAuthorizer, SearchIndexer, SearchSources,
    SourceReader, UserCredentials,
};

/// What plugins offer to all. A slot is filled while plugins start and read once requests come, so the order of start
/// does not matter to those who read.
#[derive(Clone, Default, Debug)]
pub struct Services {
    /// Who may do what.
    pub authorizer: Slot<dyn Authorizer>,
    /// Who asks.
    pub authenticator: Slot<dyn Authenticator>,
    /// What was done, by whom.
    pub audit: Slot<dyn AuditLog>,
    /// What the catalog tells other plugins.
    pub catalog: Slot<dyn CatalogReader>,
    /// Takes changes of what can be searched.
    pub search: Slot<dyn SearchIndexer>,
    /// What gives documents to be searched.
    pub search_sources: SearchSources,
    /// What reads URLs and git repositories.
    pub sources: Slot<dyn SourceReader>,
    /// What users have lent to the portal.
    pub user_credentials: Slot<dyn UserCredentials>,
}

impl Services {
    /// The authorizer that a plugin offers, else the plain one.
    pub fn authorizer(&self) -> Arc<dyn Authorizer> {
        self.authorizer.get().unwrap_or_else(|| Arc::new(PlainAuthorizer))
    }
}

/// A place for one offer.
pub struct Slot<T: ?Sized>(Arc<OnceLock<Arc<T>>>);

/// Two plugins offered the same thing.
#[derive(Debug, thiserror::Error)]
#[error("another plugin already offers this")]
pub struct AlreadyProvided;

impl<T: ?Sized> Slot<T> {
    /// Offers it to all; an error if another plugin did already.
    pub fn provide(&self, offer: Arc<T>) -> Result<(), AlreadyProvided> {
        self.0.set(offer).map_err(|_| AlreadyProvided)
    }

    /// What was offered, if anything.
    pub fn get(&self) -> Option<Arc<T>> {
        self.0.get().cloned()
    }
}

impl<T: ?Sized> Clone for Slot<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T: ?Sized> Default for Slot<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T: ?Sized> fmt::Debug for Slot<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.0.get().is_some() { "Slot(filled)" } else { "Slot(empty)" })
    }
}
