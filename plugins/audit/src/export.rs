use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    response::{IntoResponse, Response},
    routing::get,
};
use bytes::Bytes;
use callboard_kit::{AuditOutcome, Code, Credentials, EntityRef, Problem, RequestContext, RequestId};
use chrono::{DateTime, Utc};
use futures::{Stream, stream};
use http::{HeaderValue, StatusCode, header};

use crate::{
    model::{EventFilter, outcome_named},
    service::SharedAudit,
};

/// `GET /audit/events.jsonl`: the events, the newest first, one JSON object a line.
pub(crate) fn router(service: SharedAudit) -> Router {
    Router::new().route("/audit/events.jsonl", get(export)).with_state(service)
}

async fn export(State(service): State<SharedAudit>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let credentials = Credentials::Request(&parts);
    let viewer = match service.services().authenticator.get() {
        Some(authenticator) => authenticator.authenticate(credentials).await,
        None => Err(Problem::new(Code::Unauthenticated, "nobody can sign in to this portal")),
    };
    let viewer = match viewer {
        Ok(viewer) if viewer.is_authenticated() => viewer,
        Ok(_) => return refuse(StatusCode::UNAUTHORIZED, "sign in first"),
        Err(problem) => return refuse(StatusCode::UNAUTHORIZED, problem.message()),
    };
    let filter = match filter_of(parts.uri.query().unwrap_or_default()) {
        Ok(filter) => filter,
        Err(message) => return refuse(StatusCode::BAD_REQUEST, &message),
    };
    let context = RequestContext::new(viewer, request_id(&parts))
        .audited(credentials.client(), service.services().audit.get());
    if !service.may_look(&context).await {
        return refuse(StatusCode::FORBIDDEN, "you lack the permission `audit.event.read`");
    }
    context.record(context.audit_event("exportAuditEvents")).await;
    let mut response = Body::from_stream(lines(service, filter)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/jsonl; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let attachment = HeaderValue::from_static("attachment; filename=\"audit-events.jsonl\"");
    headers.insert(header::CONTENT_DISPOSITION, attachment);
    response
}

fn request_id(parts: &http::request::Parts) -> Arc<str> {
    parts.extensions.get::<RequestId>().map(|id| Arc::clone(&id.0)).unwrap_or_default()
}

fn refuse(status: StatusCode, message: &str) -> Response {
    (status, axum::Json(serde_json::json!({ "error": message }))).into_response()
}

/// Read page by page while the client takes them, so that any number needs little memory.
fn lines(service: SharedAudit, filter: EventFilter) -> impl Stream<Item = Result<Bytes, std::io::Error>> {
    stream::try_unfold((service, filter, None::<String>), |(service, filter, after)| async move {
        let events = service
            .export_step(&filter, after.as_deref())
            .await
            .map_err(|problem| std::io::Error::other(problem.message().to_owned()))?;
        let Some(last) = events.last().map(|event| event.id.clone()) else { return Ok(None) };
        let mut text = String::new();
        for event in &events {
            text.push_str(&serde_json::to_string(event).map_err(std::io::Error::other)?);
            text.push('\n');
        }
        Ok(Some((Bytes::from(text), (service, filter, Some(last)))))
    })
}

/// Reads `actor`, `action`, `outcome` (each any number of times), `target`, `address`, `since` and `until`.
fn filter_of(query: &str) -> Result<EventFilter, String> {
    let mut filter = EventFilter::default();
    for (key, value) in url::form_urlencoded::parse(query.as_bytes()) {
        let time = || {
            let read = DateTime::parse_from_rfc3339(&value).map(|time| time.with_timezone(&Utc));
            read.map_err(|_| format!("`{key}`: `{value}` is not a time such as 2026-01-31T12:00:00Z"))
        };
        match &*key {
            "actor" => {
                let actor: EntityRef = value.parse().map_err(|error| format!("`actor`: {error}"))?;
                filter.actor.get_or_insert_default().push(actor);
            }
            "action" => filter.action.get_or_insert_default().push(value.into_owned()),
            "outcome" => {
                let outcome: AuditOutcome = outcome_named(&value)
                    .ok_or_else(|| format!("`outcome`: `{value}` is not SUCCEEDED, DENIED or FAILED"))?;
                filter.outcome.get_or_insert_default().push(outcome);
            }
            "target" => filter.target = Some(value.into_owned()),
            "address" => filter.address = Some(value.into_owned()),
            "since" => filter.since = Some(time()?),
            "until" => filter.until = Some(time()?),
            _ => return Err(format!("there is no parameter `{key}`")),
        }
    }
    Ok(filter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_read_and_unknown_ones_refused() {
        let filter =
            filter_of("actor=user:ada&action=a&action=b&outcome=DENIED&since=2026-01-31T12:00:00Z").unwrap();
        assert_eq!(filter.action.unwrap(), ["a", "b"]);
        assert_eq!(filter.outcome.unwrap(), [AuditOutcome::Denied]);
        assert!(filter_of("since=yesterday").unwrap_err().contains("is not a time"));
        assert!(filter_of("outcome=denied").unwrap_err().contains("is not SUCCEEDED"));
        assert!(filter_of("actors=a").unwrap_err().contains("no parameter `actors`"));
        assert!(filter_of("actor=:").is_err());
    }
}
