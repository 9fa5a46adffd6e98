use async_trait::async_trait;
use callboard_kit::{CheckContext, Findings, PermissionDefinition, Plugin, PluginContext, PluginHandle};

use crate::{config::ProxyConfig, endpoint::Endpoints, permissions::PERMISSIONS, routes};

/// The proxy.
#[derive(Debug)]
pub struct ProxyPlugin;

#[async_trait]
impl Plugin for ProxyPlugin {
    const ID: &'static str = "proxy";
    const TITLE: &'static str = "Proxy";
    type Config = ProxyConfig;

    /// It adds nothing to the graph.
    fn sdl() -> String {
        String::new()
    }

    fn permissions() -> &'static [PermissionDefinition] {
        PERMISSIONS
    }

    fn check(config: &ProxyConfig, _: CheckContext<'_>) -> Findings {
        config.check()
    }

    async fn start(config: ProxyConfig, context: PluginContext) -> anyhow::Result<PluginHandle> {
        let endpoints = Endpoints::new(config)?;
        Ok(PluginHandle { routes: routes::router(endpoints, context.services), ..PluginHandle::default() })
    }
}
