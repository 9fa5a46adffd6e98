//! Those who tell that something has changed, so that nobody waits for the next reading.

mod change;
mod concern;
mod config;
mod signature;

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use axum::{
    Json, Router,
    body::{Body, to_bytes},
    extract::{Path, State},
    response::{IntoResponse, Response},
    routing::post,
};
use callboard_kit::Clock;
use callboard_providers::Told;
use chrono::TimeDelta;
use http::{HeaderMap, StatusCode};
use serde_json::json;
use tokio::{sync::Semaphore, time::timeout};
use uuid::Uuid;

pub use config::{WebhookConfig, check};

use self::{change::Change, signature::Disbelief};
use crate::{error::CatalogError, providing::Providers, refresh::Refresher};

/// The largest webhook that is taken in.
const LARGEST: usize = 10 << 20;
/// How many are taken in at once; others are asked to come again.
const AT_ONCE: usize = 4;
/// How long a sender may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// For how long is remembered what was taken.
const REMEMBERED: TimeDelta = TimeDelta::days(30);

struct Webhooks {
    known: Vec<WebhookConfig>,
    refresher: Arc<Refresher>,
    providers: Providers,
    clock: Clock,
    room: Semaphore,
}

/// `POST /catalog/webhooks/<id>`: has read again what somebody says has changed.
pub fn router(
    known: Vec<WebhookConfig>,
    refresher: Arc<Refresher>,
    providers: Providers,
    clock: Clock,
) -> Router {
    let webhooks = Webhooks { known, refresher, providers, clock, room: Semaphore::new(AT_ONCE) };
    Router::new().route("/catalog/webhooks/{id}", post(take)).with_state(Arc::new(webhooks))
}

async fn take(
    State(webhooks): State<Arc<Webhooks>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let refuse =
        |status: StatusCode, message: &str| (status, Json(json!({ "error": message }))).into_response();
    let Some(webhook) = webhooks.known.iter().find(|webhook| webhook.id == id) else {
        return refuse(StatusCode::NOT_FOUND, "there is no such webhook: name it in `catalog.webhooks`");
    };
    let Ok(_room) = webhooks.room.try_acquire() else {
        return refuse(StatusCode::SERVICE_UNAVAILABLE, "too many webhooks at once, send it again");
    };
    let body = match timeout(PATIENCE, to_bytes(body, LARGEST)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => {
            return refuse(StatusCode::PAYLOAD_TOO_LARGE, "the body is larger than 10 MiB, or was cut off");
        }
        Err(_) => return refuse(StatusCode::REQUEST_TIMEOUT, "the body took too long"),
    };
    let delivery = match signature::check(webhook, &headers, &body, webhooks.clock.now()) {
        Ok(delivery) => delivery,
        Err(disbelief) => {
            tracing::warn!(webhook = id, ?disbelief, "a webhook is refused");
            return refuse(StatusCode::FORBIDDEN, disbelief.reason());
        }
    };
    let names = ["x-github-event", "x-gitlab-event", "x-gitea-event"];
    let event = names.iter().find_map(|name| headers.get(*name)?.to_str().ok()).unwrap_or_default();
    let change = match Change::read(webhook.type_, event, &body) {
        Ok(Some(change)) => change,
        Ok(None) => return (StatusCode::ACCEPTED, Json(json!({ "locations": 0 }))).into_response(),
        Err(message) => return refuse(StatusCode::BAD_REQUEST, &message),
    };
    match webhooks.refresh(&delivery, &change).await {
        Ok(Some(count)) => (StatusCode::ACCEPTED, Json(json!({ "locations": count }))).into_response(),
        Ok(None) => refuse(StatusCode::CONFLICT, "this webhook was taken before"),
        Err(error) => {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                webhook = id,
                "a webhook could not be taken"
            );
            refuse(StatusCode::SERVICE_UNAVAILABLE, "the catalog cannot take it now, send it again")
        }
    }
}

impl Webhooks {
    /// Has the locations read that a change concerns, and says how many; `None` where it was told of before.
    async fn refresh(&self, delivery: &str, change: &Change) -> Result<Option<usize>, CatalogError> {
        let repository = self.refresher.ingestion().repository();
        let now = self.clock.now();
        repository.prune_deliveries(now - REMEMBERED).await?;
        if !repository.take_delivery(delivery, now).await? {
            return Ok(None);
        }
        let refreshed = async {
            let places = repository.refresh_keys_below(&change.beginnings()).await?;
            let concerned = places.into_iter().filter(|(_, place)| change.concerns(place));
            let locations: BTreeSet<Uuid> = concerned.map(|(location, _)| location).collect();
            let locations: Vec<Uuid> = locations.into_iter().collect();
            self.refresher.soon(&locations).await?;
            // A repository that is new, or has a descriptor now, is found by those who look for such.
            let told = Told { repositories: &change.repositories, files: change.files.as_deref() };
            self.providers.tell(&told).await?;
            Ok(locations.len())
        };
        match refreshed.await {
            Ok(count) => Ok(Some(count)),
            Err(error) => {
                // The sender comes again with it.
                repository.return_delivery(delivery).await?;
                Err(error)
            }
        }
    }
}

impl Disbelief {
    const fn reason(self) -> &'static str {
        match self {
            Self::Unsigned => "the webhook has no signature: set its secret where it is sent from",
            Self::Forged => "the signature is not of this webhook's secret",
            Self::Untimely => "the webhook was made more than 5 minutes ago, or the clocks differ",
        }
    }
}

#[cfg(test)]
mod tests;
