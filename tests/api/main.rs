//! The portal from outside: GraphQL and plain HTTP against a real server, on both databases.

mod catalog;
mod http;
mod identity;
mod plugins;
mod remote;
