//! The HTTP endpoints of signing in and out.

mod answers;
mod back_channel;
mod connect;
mod popup;
mod redirect;
mod sign_out;

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, State},
    http::header::CACHE_CONTROL,
    response::{IntoResponse, Response},
    routing::{get, post},
};

use crate::{
    cookies::Cookies,
    sessions::SessionService,
    sign_in::SignInService,
    signing::{KEYS_MAX_AGE, KeyRing},
};

/// What the endpoints work with.
pub(crate) struct Endpoints {
    pub sign_in: SignInService,
    pub sessions: Arc<SessionService>,
    pub keys: Arc<KeyRing>,
    pub cookies: Cookies,
    pub base_url: Arc<str>,
}

/// How large a body may be, in bytes.
const MAX_BODY: usize = 64 * 1024;

/// The routes, at absolute paths.
pub(crate) fn router(endpoints: Arc<Endpoints>) -> Router {
    Router::new()
        .route("/auth/{provider}/start", get(redirect::start))
        .route("/auth/{provider}/connect", post(connect::connect))
        .route("/auth/{provider}/callback", get(redirect::callback))
        .route("/auth/{provider}/back-channel-logout", post(back_channel::log_out))
        .route("/auth/sign-out", post(sign_out::sign_out))
        .route("/auth/popup", get(popup::page))
        .route("/auth/popup.js", get(popup::script))
        .route("/.well-known/jwks.json", get(public_keys))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(endpoints)
}

/// The keys that identity tokens are verified with.
async fn public_keys(State(endpoints): State<Arc<Endpoints>>) -> Response {
    let cached = format!("public, max-age={KEYS_MAX_AGE}");
    ([(CACHE_CONTROL, cached)], Json(endpoints.keys.published().await)).into_response()
}
