use std::{
    sync::{Arc, OnceLock},
    time::Instant,
};

use anyhow::Context;
use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    http::{Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
    routing::get,
};
use callboard_kit::Jobs;
use callboard_schema::GatewayHandle;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use crate::portal::Portal;

const SECONDS: &[f64] =
    &[0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// One recorder a process, whatever the number of portals in it.
fn recorder() -> anyhow::Result<PrometheusHandle> {
    static RECORDER: OnceLock<Result<PrometheusHandle, String>> = OnceLock::new();
    RECORDER
        .get_or_init(|| {
            PrometheusBuilder::new()
                .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), SECONDS)
                .and_then(PrometheusBuilder::install_recorder)
                .map_err(|error| error.to_string())
        })
        .clone()
        .map_err(anyhow::Error::msg)
}

/// `/metrics`, as Prometheus reads it.
pub(super) fn router(portal: &Portal) -> anyhow::Result<Router> {
    let recorder = recorder().context("metrics")?;
    let state = (recorder, Arc::clone(&portal.gateway), portal.jobs.clone());
    Ok(Router::new().route("/metrics", get(metrics)).with_state(state))
}

#[expect(clippy::cast_precision_loss, reason = "gauges are floating point")]
async fn metrics(
    State((recorder, gateway, jobs)): State<(PrometheusHandle, Arc<GatewayHandle>, Jobs)>,
) -> Response {
    let cache = gateway.current().plan_cache_stats();
    metrics::gauge!("callboard_gateway_plan_cache_entries").set(cache.entries as f64);
    metrics::gauge!("callboard_gateway_plan_cache_bytes").set(cache.bytes as f64);
    metrics::counter!("callboard_gateway_plan_cache_hits_total").absolute(cache.hits);
    metrics::counter!("callboard_gateway_plan_cache_misses_total").absolute(cache.misses);
    match jobs.counts().await {
        Ok(queues) => {
            for counts in queues {
                let states = [
                    ("waiting", counts.waiting),
                    ("due", counts.due),
                    ("running", counts.running),
                    ("dead", counts.dead),
                ];
                for (state, count) in states {
                    let labels = [("queue", counts.queue.clone()), ("state", state.to_owned())];
                    metrics::gauge!("callboard_jobs", &labels).set(count as f64);
                }
                metrics::gauge!("callboard_jobs_overdue_seconds", "queue" => counts.queue)
                    .set(counts.overdue_by.as_secs_f64());
            }
        }
        Err(error) => {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(error, "jobs could not be counted");
        }
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], recorder.render()).into_response()
}

/// Counts and times every request by route, never by the path a client made up.
pub(super) async fn measure(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("web", MatchedPath::as_str).to_owned();
    let method = match *request.method() {
        Method::GET | Method::POST | Method::HEAD | Method::OPTIONS => request.method().to_string(),
        // A client may make up any number of methods, too.
        _ => "other".to_owned(),
    };
    let started = Instant::now();
    let response = next.run(request).await;
    let labels = [("route", route), ("method", method), ("status", response.status().as_u16().to_string())];
    metrics::counter!("callboard_http_requests_total", &labels).increment(1);
    metrics::histogram!("callboard_http_request_seconds", &labels).record(started.elapsed().as_secs_f64());
    response
}
