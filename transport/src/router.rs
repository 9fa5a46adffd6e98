use std::sync::Arc;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{any, get},
};
use callboard_kit::GraphqlService;
use tokio::sync::Semaphore;
use tower_http::compression::{
    CompressionLayer,
    predicate::{NotForContentType, Predicate, SizeAbove},
};

use crate::{ContextProvider, TransportOptions, endpoint, websocket};

/// What every request needs.
pub struct Transport {
    pub service: Arc<dyn GraphqlService>,
    pub contexts: Arc<dyn ContextProvider>,
    pub options: TransportOptions,
    /// Room for streams that stay open.
    pub room: Arc<Semaphore>,
}

/// Below this many bytes an answer is cheaper to send than to compress.
const WORTH_COMPRESSING: u64 = 512;

/// The routes that serve `service`.
pub fn router(
    service: Arc<dyn GraphqlService>,
    contexts: Arc<dyn ContextProvider>,
    options: TransportOptions,
) -> Router {
    let compressible = SizeAbove::new(WORTH_COMPRESSING).and(NotForContentType::SSE);
    let operations = get(endpoint::get).post(endpoint::post).fallback(endpoint::other).layer((
        DefaultBodyLimit::max(options.max_body_bytes),
        CompressionLayer::new().compress_when(compressible),
    ));
    Router::new()
        .route(&options.path, operations)
        .route(&options.websocket_path, any(websocket::upgrade))
        .with_state(Arc::new(Transport {
            room: Arc::new(Semaphore::new(options.max_connections)),
            service,
            contexts,
            options,
        }))
}
