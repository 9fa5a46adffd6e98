//! HTTP: every route of the portal, and the layers all of them share.

mod context;
pub(crate) mod headers;
mod hosts;
mod metrics;
mod probes;

use std::{net::SocketAddr, sync::Arc};

use anyhow::Context;
use axum::{Router, http::Method, middleware};
use callboard_transport::TransportOptions;
use ipnet::IpNet;
use tokio::net::TcpListener;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    cors::{AllowHeaders, AllowOrigin, CorsLayer},
};

use self::hosts::OwnHosts;
use crate::{
    assets,
    config::origin_of,
    portal::{Portal, base_url},
};

/// A portal behind a socket.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    router: Router,
    portal: Portal,
}

impl Server {
    /// Puts the portal's routes behind a socket that is bound already.
    pub fn new(listener: TcpListener, portal: Portal) -> anyhow::Result<Self> {
        let address = listener.local_addr().context("the socket has no address")?;
        let router = router(&portal, address)?;
        Ok(Self { listener, router, portal })
    }

    /// The address it listens on.
    pub fn address(&self) -> anyhow::Result<SocketAddr> {
        self.listener.local_addr().context("the socket has no address")
    }

    /// Serves until `stop` is done, then lets running requests and background work end.
    pub async fn run(self, stop: impl Future<Output = ()> + Send + 'static) -> anyhow::Result<()> {
        let limit = self.portal.config.core.backend.shutdown_timeout.0;
        let (stopping, stopped) = tokio::sync::oneshot::channel();
        let shutdown = self.portal.shutdown();
        let graceful = async move {
            stop.await;
            shutdown.cancel();
            let _ = stopping.send(());
        };
        let service = self.router.into_make_service_with_connect_info::<SocketAddr>();
        let serve = axum::serve(self.listener, service).with_graceful_shutdown(graceful);
        let overdue = async {
            let _ = stopped.await;
            tokio::time::sleep(limit).await;
        };
        tokio::select! {
            result = serve.into_future() => result.context("the server stopped")?,
            () = overdue => tracing::warn!("requests still ran after {limit:?} and were cut off"),
        }
        self.portal.stop().await;
        Ok(())
    }
}

/// Every route of the portal.
pub(crate) fn router(portal: &Portal, address: SocketAddr) -> anyhow::Result<Router> {
    let config = &portal.config;
    let trusted: Arc<[IpNet]> = config.core.backend.trusted_proxies.clone().into();
    let contexts = Arc::new(context::ViewerContexts::new(portal.services.clone()));
    let options = TransportOptions {
        max_body_bytes: config.core.backend.max_body_bytes,
        allowed_origins: config
            .own_origins()
            .chain(config.core.backend.cors.origin.iter().cloned())
            .collect(),
        own_pages_by_tls: base_url(config, address).starts_with("https:"),
        shutdown: portal.shutdown(),
        ..TransportOptions::default()
    };
    let graphql = callboard_transport::router(portal.gateway.clone(), contexts, options);
    let router = Router::new()
        .merge(probes::router(portal))
        .merge(metrics::router(portal)?)
        .merge(portal.routes.clone())
        .merge(assets::router(config).layer(CompressionLayer::new()))
        .merge(graphql)
        .layer(middleware::from_fn_with_state(OwnHosts::of(portal, address), hosts::check))
        .layer(middleware::from_fn(metrics::measure))
        .layer(middleware::from_fn_with_state(headers::of(&base_url(config, address)), headers::secure))
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn_with_state(trusted, context::identify));
    let elsewhere = config.core.app.base_url.as_deref().and_then(origin_of);
    let origins: Vec<String> = config.core.backend.cors.origin.iter().cloned().chain(elsewhere).collect();
    Ok(match cors(&origins)? {
        Some(cors) => router.layer(cors),
        None => router,
    })
}

fn cors(origins: &[String]) -> anyhow::Result<Option<CorsLayer>> {
    if origins.is_empty() {
        return Ok(None);
    }
    let origins = origins
        .iter()
        .map(|origin| {
            origin.trim_end_matches('/').parse().with_context(|| format!("`backend.cors.origin`: `{origin}`"))
        })
        .collect::<anyhow::Result<Vec<_>>>()?;
    let layer = CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        .allow_headers(AllowHeaders::mirror_request())
        .allow_credentials(true);
    Ok(Some(layer))
}
