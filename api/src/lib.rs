//! The portal: config, plugins, HTTP and the command line, everything but the entry point.

mod assets;
pub mod cli;
pub mod config;
mod modules;
pub mod plugins;
pub mod portal;
mod remote;
mod server;
mod subgraph;

pub use portal::{Portal, PortalOptions};
pub use server::Server;
