use std::{convert::Infallible, sync::Arc};

use axum::{
    body::{Body, Bytes},
    response::Response,
};
use callboard_kit::{Code, GraphqlRequest, GraphqlResponse, RequestContext};
use futures::{StreamExt, stream};
use http::{
    HeaderName, HeaderValue, StatusCode,
    header::{CACHE_CONTROL, CONTENT_TYPE},
};
use tokio::time::timeout;

use crate::{
    answer::{Failure, json},
    media_type::AnswerType,
    router::Transport,
};

/// Browsers pass over an event without a data line, so there is one though it says nothing.
const COMPLETE: Bytes = Bytes::from_static(b"event: complete\ndata: \n\n");

/// A comment, which clients pass over.
const KEEP_ALIVE: Bytes = Bytes::from_static(b":\n\n");

/// The answers of an operation as events, in the distinct connections mode of the graphql-sse protocol.
pub fn respond(transport: &Transport, operation: GraphqlRequest, context: RequestContext) -> Response {
    let Ok(seat) = Arc::clone(&transport.room).try_acquire_owned() else {
        return Failure::coded(StatusCode::SERVICE_UNAVAILABLE, Code::Unavailable, "too many open streams")
            .into_answer(AnswerType::Json);
    };
    let keep_alive = transport.options.keep_alive;
    let events = transport
        .service
        .subscribe(operation, context)
        .map(|response| next(&response))
        .chain(stream::once(async { COMPLETE }))
        .take_until(transport.options.shutdown.clone().cancelled_owned())
        .boxed();
    let events = stream::unfold((events, seat), move |(mut events, seat)| async move {
        let event = timeout(keep_alive, events.next()).await.unwrap_or(Some(KEEP_ALIVE))?;
        Some((Ok::<_, Infallible>(event), (events, seat)))
    });
    let mut response = Response::new(Body::from_stream(events));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, AnswerType::EventStream.header());
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    response
}

fn next(response: &GraphqlResponse) -> Bytes {
    let (_, body) = json(StatusCode::OK, response);
    [b"event: next\ndata: ", body.as_slice(), b"\n\n"].concat().into()
}
