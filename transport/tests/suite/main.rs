//! The transport through a real server, with clients of ours and of others.

mod cancellation;
mod event_stream;
mod get;
mod node;
mod post;
mod schema;
mod server;
mod websocket;
