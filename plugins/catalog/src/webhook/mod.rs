//! Those who tell that something has changed, so that nobody waits for the next reading.

mod change;
mod concern;
mod config;
mod payload;
mod repository;
mod signature;
mod taking;

use std::{sync::Arc, time::Duration};

use axum::{
    Json, Router,
    body::{Body, to_bytes},
    extract::{Path, State},
    response::{IntoResponse, Response},
    routing::post,
};
use callboard_kit::Clock;
use http::{HeaderMap, StatusCode};
use serde_json::json;
use tokio::{sync::Semaphore, time::timeout};

pub use config::{WebhookConfig, check};

use self::{
    change::{Change, Event},
    config::WebhookType,
    payload::Payload,
    signature::Disbelief,
};
use crate::{providing::Providers, refresh::Refresher};

/// The largest webhook that is taken in: GitHub sends none that is larger.
const LARGEST: usize = 25 << 20;
/// How many are taken in at once.
const AT_ONCE: usize = 8;
/// How long others wait for their turn: forges give up after ten seconds, and most of them do not come again.
const TURN: Duration = Duration::from_secs(5);
/// How long a sender may take.
const PATIENCE: Duration = Duration::from_secs(10);

struct Webhooks {
    known: Vec<WebhookConfig>,
    refresher: Arc<Refresher>,
    providers: Providers,
    /// Whether only the config says what is read.
    is_readonly: bool,
    clock: Clock,
    room: Semaphore,
}

/// `POST /catalog/webhooks/<id>`: has read again what somebody says has changed.
pub fn router(
    known: Vec<WebhookConfig>,
    refresher: Arc<Refresher>,
    providers: Providers,
    is_readonly: bool,
    clock: Clock,
) -> Router {
    let webhooks =
        Webhooks { known, refresher, providers, is_readonly, clock, room: Semaphore::new(AT_ONCE) };
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
    let distrust = |disbelief: Disbelief| {
        tracing::warn!(webhook = id, ?disbelief, "a webhook is refused");
        refuse(StatusCode::FORBIDDEN, disbelief.reason())
    };
    if !signature::is_signed(webhook, &headers) {
        return distrust(Disbelief::Unsigned);
    }
    let Ok(Ok(_room)) = timeout(TURN, webhooks.room.acquire()).await else {
        return refuse(StatusCode::SERVICE_UNAVAILABLE, "too many webhooks at once, send it again");
    };
    let body = match timeout(PATIENCE, to_bytes(body, LARGEST)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => {
            return refuse(StatusCode::PAYLOAD_TOO_LARGE, "the body is larger than 25 MiB, or was cut off");
        }
        Err(_) => return refuse(StatusCode::REQUEST_TIMEOUT, "the body took too long"),
    };
    let payload = Payload::of(&headers, &body);
    let delivery = match signature::check(webhook, &headers, &payload, webhooks.clock.now()) {
        Ok(delivery) => delivery,
        Err(disbelief) => return distrust(disbelief),
    };
    let change = match Change::read(webhook.type_, &event(webhook.type_, &headers), &payload.json) {
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

fn event(type_: WebhookType, headers: &HeaderMap) -> Event<'_> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let name = match type_ {
        WebhookType::Github => "x-github-event",
        WebhookType::Gitlab => "x-gitlab-event",
        WebhookType::Gitea => "x-gitea-event",
        WebhookType::Generic => return Event::default(),
    };
    Event { name: header(name).unwrap_or_default(), instance: header("x-gitlab-instance") }
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
