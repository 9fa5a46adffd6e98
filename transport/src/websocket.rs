mod close;
mod connection;
mod message;

use std::sync::Arc;

use axum::{
    extract::{FromRequestParts, Request, State, WebSocketUpgrade},
    response::{IntoResponse, Response},
};
use callboard_kit::Code;
use http::{
    HeaderValue, StatusCode,
    header::{CONNECTION, UPGRADE},
};

use self::{close::Close, connection::Connection};
use crate::{answer::Failure, origin, router::Transport};

const PROTOCOL: &str = "graphql-transport-ws";

/// Small, since most connections are idle and each holds its own.
const BUFFER_BYTES: usize = 16 * 1024;

/// Turns a request into a WebSocket that speaks `graphql-transport-ws`.
pub async fn upgrade(State(transport): State<Arc<Transport>>, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    let upgrade = match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => upgrade.protocols([PROTOCOL]),
        Err(_) => return not_a_websocket(),
    };
    if !origin::is_allowed(&parts, &transport.options) {
        let message = "pages of other origins may not open this WebSocket";
        return Failure::coded(StatusCode::FORBIDDEN, Code::Forbidden, message).into_response();
    }
    let Ok(seat) = Arc::clone(&transport.room).try_acquire_owned() else {
        return Failure::coded(StatusCode::SERVICE_UNAVAILABLE, Code::Unavailable, "too many open streams")
            .into_response();
    };
    let is_spoken = upgrade.selected_protocol().is_some();
    let limit = transport.options.max_body_bytes;
    upgrade
        .read_buffer_size(BUFFER_BYTES)
        .write_buffer_size(BUFFER_BYTES)
        .max_message_size(limit)
        .max_frame_size(limit)
        .on_upgrade(async move |socket| {
            let connection = Connection::new(socket, parts, transport);
            if is_spoken {
                connection.serve().await;
            } else {
                connection.close(&Close::subprotocol_not_acceptable()).await;
            }
            drop(seat);
        })
}

fn not_a_websocket() -> Response {
    let message = "this address speaks WebSocket, subprotocol `graphql-transport-ws`";
    let mut response = Failure::new(StatusCode::UPGRADE_REQUIRED, message).into_response();
    response.headers_mut().insert(UPGRADE, HeaderValue::from_static("websocket"));
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("upgrade"));
    response
}
