//! GraphQL over HTTP, server-sent events and WebSocket, for any executor.
//!
//! [`router`] mounts one [`GraphqlService`](callboard_kit::GraphqlService): `POST` and `GET` answer once in JSON, or as
//! a stream of events when the client accepts `text/event-stream`; the WebSocket speaks `graphql-transport-ws`. Who
//! asks is the business of a [`ContextProvider`].

mod answer;
mod endpoint;
mod event_stream;
mod media_type;
mod options;
mod origin;
mod parameters;
mod provider;
mod router;
mod websocket;

pub use options::TransportOptions;
pub use origin::is_same_origin;
pub use provider::ContextProvider;
pub use router::router;
