use std::{
    fmt,
    sync::{Arc, PoisonError, RwLock},
};

use tokio::sync::Notify;

use super::SearchSource;

/// The sources of documents of all plugins.
#[derive(Clone, Default)]
pub struct SearchSources(Arc<Inner>);

#[derive(Default)]
struct Inner {
    sources: RwLock<Vec<Arc<dyn SearchSource>>>,
    changed: Notify,
}

impl SearchSources {
    /// Adds a source. Another source of the same type would take its documents away, so the first one stays.
    pub fn add(&self, source: Arc<dyn SearchSource>) {
        let mut sources = self.0.sources.write().unwrap_or_else(PoisonError::into_inner);
        let name = source.search_type().name;
        if sources.iter().any(|known| known.search_type().name == name) {
            tracing::error!(
                name,
                "two plugins give documents of the same type to be searched, the first one counts"
            );
            return;
        }
        sources.push(source);
        drop(sources);
        self.tell();
    }

    /// All of them, in the order they were added.
    pub fn all(&self) -> Vec<Arc<dyn SearchSource>> {
        self.0.sources.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The source of a type.
    pub fn of(&self, name: &str) -> Option<Arc<dyn SearchSource>> {
        self.all().into_iter().find(|source| source.search_type().name == name)
    }

    /// Tells that a log of changes has grown.
    pub fn tell(&self) {
        self.0.changed.notify_one();
    }

    /// Waits until it was told that something changed, since this was last waited for.
    pub async fn told(&self) {
        self.0.changed.notified().await;
    }
}

impl fmt::Debug for SearchSources {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.all().iter().map(|source| source.search_type().name).collect::<Vec<_>>();
        formatter.debug_tuple("SearchSources").field(&names).finish()
    }
}

#[cfg(test)]
mod tests {
    use async_trait::async_trait;
    use futures::{FutureExt, StreamExt, stream, stream::BoxStream};

    use super::*;
    use crate::{Result, SearchDocument, SearchType};

    struct Nothing(&'static str);

    #[async_trait]
    impl SearchSource for Nothing {
        fn search_type(&self) -> SearchType {
            SearchType { name: "nothing", title: self.0, permission: None }
        }

        fn documents(&self) -> BoxStream<'_, Result<Vec<SearchDocument>>> {
            stream::empty().boxed()
        }
    }

    #[tokio::test]
    async fn the_first_source_of_a_type_stays_and_whoever_waits_is_told() {
        let sources = SearchSources::default();
        assert!(sources.told().now_or_never().is_none());
        sources.add(Arc::new(Nothing("first")));
        sources.told().await;
        sources.add(Arc::new(Nothing("second")));
        assert_eq!(sources.of("nothing").unwrap().search_type().title, "first");
        assert_eq!(sources.all().len(), 1);
        assert!(sources.told().now_or_never().is_none(), "nothing changed");
        sources.tell();
        sources.told().await;
    }
}
