use std::{sync::Arc, time::Duration};

use axum::{
    Json, Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use callboard_kit::Health;
use callboard_schema::GatewayHandle;
use sea_orm::DatabaseConnection;
use serde_json::{Map, json};

use crate::portal::{PluginStates, Portal};

#[derive(Clone)]
struct Probes {
    database: DatabaseConnection,
    states: Arc<PluginStates>,
    gateway: Arc<GatewayHandle>,
}

/// `/healthz`, `/readyz` and `/schema.graphql`.
pub(super) fn router(portal: &Portal) -> Router {
    let probes = Probes {
        database: portal.database.clone(),
        states: Arc::clone(&portal.states),
        gateway: Arc::clone(&portal.gateway),
    };
    Router::new()
        .route("/healthz", get(|| async { Json(json!({ "status": "ok" })) }))
        .route("/readyz", get(ready))
        .route("/schema.graphql", get(schema))
        .with_state(probes)
}

/// Ready as soon as the database answers and every plugin that is compiled in does. A plugin that is degraded, or a
/// remote one that is down, is told but costs no more than its own part.
async fn ready(State(probes): State<Probes>) -> Response {
    let mut checks = Map::new();
    let ping = tokio::time::timeout(Duration::from_secs(5), probes.database.ping()).await;
    let mut is_ready = matches!(ping, Ok(Ok(())));
    checks.insert("database".to_owned(), if is_ready { json!("ok") } else { json!("does not answer") });
    for state in probes.states.all() {
        let health = state.health().await;
        is_ready &= state.remote || !matches!(health, Health::Unavailable(_));
        if let Some(reason) = health.trouble() {
            // Addresses and the like are for whoever reads the log, not for whoever asks.
            tracing::warn!(plugin = state.id, reason, "is not well");
        }
        let told = match health {
            Health::Ok => "ok",
            Health::Degraded(_) => "degraded",
            Health::Unavailable(_) => "unavailable",
        };
        checks.insert(state.id, json!(told));
    }
    let status = if is_ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(json!({ "status": if is_ready { "ok" } else { "unavailable" }, "checks": checks })))
        .into_response()
}

async fn schema(State(probes): State<Probes>) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    (headers, probes.gateway.current().public_sdl().to_owned()).into_response()
}
