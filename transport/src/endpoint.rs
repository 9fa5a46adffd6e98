use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{FromRequest, Request, State},
    response::Response,
};
use callboard_kit::{Credentials, GraphqlRequest, Rejection, RequestContext};
use http::{HeaderValue, StatusCode, request::Parts};
use tokio::time::timeout;

use crate::{
    answer::{Failure, answer},
    event_stream,
    media_type::{Accepted, AnswerType, is_json_body},
    parameters,
    router::Transport,
};

/// `GET`: a query, or a subscription as events.
pub async fn get(State(transport): State<Arc<Transport>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    respond(&transport, &parts, async { Ok(parameters::from_uri(&parts.uri)?) }).await
}

/// `POST`: any operation.
pub async fn post(State(transport): State<Arc<Transport>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let operation = async {
        if !is_json_body(&parts.headers) {
            let message = "the body must be `application/json` in UTF-8, not compressed";
            return Err(Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
        }
        let request = Request::from_parts(parts.clone(), body);
        let body = timeout(transport.options.body_timeout, Bytes::from_request(request, &()))
            .await
            .map_err(|_| Failure::new(StatusCode::REQUEST_TIMEOUT, "the body took too long to arrive"))?
            .map_err(|rejection| Failure::new(rejection.status(), rejection.body_text().to_lowercase()))?;
        Ok(parameters::from_body(&body)?)
    };
    respond(&transport, &parts, operation).await
}

/// Any other method.
pub async fn other() -> Failure {
    Failure::method_not_allowed("GET, HEAD, POST", "send operations by `POST`, or queries by `GET`")
}

/// What the client accepts is settled first and who asks second, so that strangers cannot make us read their bodies.
async fn respond(
    transport: &Arc<Transport>,
    parts: &Parts,
    operation: impl Future<Output = Result<GraphqlRequest, Failure>>,
) -> Response {
    let accepted = Accepted::of(&parts.headers);
    let Some(kind) = accepted.best() else {
        let message =
            "answers come as `application/graphql-response+json`, `application/json` or `text/event-stream`";
        return Failure::new(StatusCode::NOT_ACCEPTABLE, message).into_answer(AnswerType::Json);
    };
    let context = match transport.contexts.context(Credentials::Request(parts)).await {
        Ok(context) => context,
        Err(problem) => return Failure::from(problem).into_answer(kind),
    };
    let request_id = HeaderValue::from_str(&context.request_id);
    let mut response = match operation.await {
        Ok(operation) => run(transport, &accepted, kind, operation, (context, parts)).await,
        Err(failure) => failure.into_answer(kind),
    };
    if let Ok(request_id) = request_id {
        response.headers_mut().insert("x-request-id", request_id);
    }
    response
}

async fn run(
    transport: &Arc<Transport>,
    accepted: &Accepted,
    kind: AnswerType,
    operation: GraphqlRequest,
    (context, parts): (RequestContext, &Parts),
) -> Response {
    if kind == AnswerType::EventStream {
        return event_stream::respond(transport, operation, context, parts.clone());
    }
    // Some clients send one list of types whatever they ask; only now is it known which of them will do.
    let fallback = accepted.allows(AnswerType::EventStream).then(|| (operation.clone(), context.clone()));
    let response = transport.service.execute(operation, context).await;
    match fallback {
        Some((operation, context)) if response.rejection == Some(Rejection::SubscriptionNotSupported) => {
            event_stream::respond(transport, operation, context, parts.clone())
        }
        _ => answer(kind, &response),
    }
}
