//! The transport through a real server, with clients of ours and of others.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "what others said, or were not asked")]

mod cancellation;
mod event_stream;
mod get;
mod node;
mod post;
mod schema;
mod server;
mod websocket;
