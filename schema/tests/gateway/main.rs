//! The gateway as a whole: fixtures of subgraphs composed, planned and executed.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unused_async,
    clippy::needless_pass_by_value,
    reason = "fixtures stop where something is wrong, resolvers are `async` by rule, `json!` reads best when handed over"
)]

mod composition;
mod differential;
mod execution;
mod federation;
mod npm_composition;
mod remote;
mod requests;
mod standalone;
mod support;
