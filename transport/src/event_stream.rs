use std::{convert::Infallible, sync::Arc};

use axum::{
    body::{Body, Bytes},
    response::Response,
};
use callboard_kit::{Code, Credentials, GraphqlRequest, GraphqlResponse, RequestContext, Viewer};
use futures::{StreamExt, stream};
use http::{
    HeaderName, HeaderValue, StatusCode,
    header::{CACHE_CONTROL, CONTENT_TYPE},
    request::Parts,
};
use tokio::time::{Instant, timeout};

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
///
/// They end where whoever asked is not who they were any more: a session ended, somebody joined a group.
pub fn respond(
    transport: &Arc<Transport>,
    operation: GraphqlRequest,
    context: RequestContext,
    parts: Parts,
) -> Response {
    let Ok(seat) = Arc::clone(&transport.room).try_acquire_owned() else {
        return Failure::coded(StatusCode::SERVICE_UNAVAILABLE, Code::Unavailable, "too many open streams")
            .into_answer(AnswerType::Json);
    };
    let keep_alive = transport.options.keep_alive;
    let (transport, viewer) = (Arc::clone(transport), Arc::clone(&context.viewer));
    let events = transport
        .service
        .subscribe(operation, context)
        .map(|response| next(&response))
        .chain(stream::once(async { COMPLETE }))
        .take_until(transport.options.shutdown.clone().cancelled_owned())
        .boxed();
    let asked = Asked { transport, parts, viewer };
    let state = (events, seat, asked, Instant::now());
    let events = stream::unfold(state, move |(mut events, seat, asked, mut checked)| async move {
        let event = timeout(keep_alive, events.next()).await.unwrap_or(Some(KEEP_ALIVE))?;
        if checked.elapsed() >= keep_alive {
            if !asked.by_the_same().await {
                return None;
            }
            checked = Instant::now();
        }
        Some((Ok::<_, Infallible>(event), (events, seat, asked, checked)))
    });
    let mut response = Response::new(Body::from_stream(events));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, AnswerType::EventStream.header());
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    response
}

/// Who asked, and with what.
struct Asked {
    transport: Arc<Transport>,
    parts: Parts,
    viewer: Arc<Viewer>,
}

impl Asked {
    async fn by_the_same(&self) -> bool {
        let context = self.transport.contexts.context(Credentials::Running(&self.parts)).await;
        context.is_ok_and(|context| context.viewer == self.viewer)
    }
}

fn next(response: &GraphqlResponse) -> Bytes {
    let (_, body) = json(StatusCode::OK, response);
    [b"event: next\ndata: ", body.as_slice(), b"\n\n"].concat().into()
}
