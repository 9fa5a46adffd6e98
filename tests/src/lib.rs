//! A real portal on a free port, and actors that ask it things over HTTP.

mod actor;
mod portal;

pub use actor::{Actor, Answer};
pub use portal::{Database, TestPortal};
