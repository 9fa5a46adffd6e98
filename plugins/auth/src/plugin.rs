use std::sync::Arc;

use anyhow::Context;
use async_trait::async_trait;
use callboard_kit::{
    CheckContext, Findings, InProcessSubgraph, Plugin, PluginContext, PluginHandle, Subgraph,
};

use crate::{authenticator::ConfiguredAuthenticator, config::AuthConfig, graphql};

/// Who asks: the guest and static tokens.
#[derive(Debug)]
pub struct AuthPlugin;

#[async_trait]
impl Plugin for AuthPlugin {
    const ID: &'static str = "auth";
    const TITLE: &'static str = "Sign-in";
    type Config = AuthConfig;

    fn sdl() -> String {
        graphql::sdl()
    }

    fn check(config: &AuthConfig, context: CheckContext<'_>) -> Findings {
        config.check(context.loopback)
    }

    async fn start(config: AuthConfig, context: PluginContext) -> anyhow::Result<PluginHandle> {
        let guest = config.guest.enabled.then(|| "user:default/guest".parse()).transpose()?;
        let authenticator = ConfiguredAuthenticator::new(config, guest, context.services.clone());
        context.services.authenticator.provide(Arc::new(authenticator)).context("auth")?;
        let schema = InProcessSubgraph::new(graphql::schema(context.services));
        Ok(PluginHandle {
            subgraph: Some(Subgraph::in_process(Self::ID, Self::sdl(), schema)),
            ..PluginHandle::default()
        })
    }
}
