use std::sync::Arc;

use anyhow::Context;
use async_trait::async_trait;
use callboard_kit::{
    CheckContext, Findings, Health, PermissionDefinition, Plugin, PluginContext, PluginHandle,
};

use crate::{
    config::{EngineKind, SearchConfig},
    embedded::Embedded,
    engine::Engine,
    feed::{ChangeRepository, Feed, PushedLog},
    graphql,
    meilisearch::Meilisearch,
    permissions::PERMISSIONS,
    service::SearchService,
};

/// One search over all that plugins give.
#[derive(Clone, Copy, Debug)]
pub struct SearchPlugin;

#[async_trait]
impl Plugin for SearchPlugin {
    const ID: &'static str = "search";
    const TITLE: &'static str = "Search";
    type Config = SearchConfig;

    fn sdl() -> String {
        graphql::sdl()
    }

    fn permissions() -> &'static [PermissionDefinition] {
        PERMISSIONS
    }

    fn check(config: &SearchConfig, _: CheckContext<'_>) -> Findings {
        config.check()
    }

    async fn start(config: SearchConfig, context: PluginContext) -> anyhow::Result<PluginHandle> {
        let engine: Arc<dyn Engine> = match config.engine {
            EngineKind::Embedded => {
                let folder = context.data_dir.join("search");
                let opened = Embedded::open(&folder).await;
                Arc::new(opened.with_context(|| {
                    format!("the search index below `{}` cannot be opened", folder.display())
                })?)
            }
            EngineKind::Meilisearch => Arc::new(Meilisearch::new(&config.meilisearch)?),
        };
        let log = PushedLog::new(ChangeRepository::new(context.database.clone()), context.clock.clone());
        let sources = context.services.search_sources.clone();
        let feed = Arc::new(Feed::new(engine, sources, log, context.clock.clone()));
        context.services.search.provide(Arc::clone(&feed) as _)?;
        context.tasks.spawn(Arc::clone(&feed).follow(context.shutdown.clone()));
        let health = Arc::clone(&feed);
        let service = SearchService::new(feed, context.services, context.clock);
        Ok(PluginHandle {
            subgraph: Some(graphql::subgraph(Arc::new(service))),
            health: Some(Arc::new(move || {
                let health: Health = health.health();
                Box::pin(std::future::ready(health))
            })),
            ..PluginHandle::default()
        })
    }
}
