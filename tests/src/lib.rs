//! A real portal on a free port, and actors that ask it things over HTTP.

#![expect(clippy::panic, reason = "a test whose portal fails has failed")]

mod actor;
mod browser;
mod file_host;
mod identity_provider;
mod portal;
mod socket;

pub use actor::{Actor, Answer};
pub use browser::{Browser, Page};
pub use file_host::{Asked, FileHost};
pub use identity_provider::{Behaviour, Fault, IdentityProvider, TestKey};
pub use portal::{Database, TestPortal};
pub use socket::Subscription;
