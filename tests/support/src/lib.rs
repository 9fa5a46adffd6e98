//! What tests of several crates need: a real PostgreSQL server with a database of its own for each test, and
//! git repositories on a host of their own.

mod git_host;
mod postgres;

pub use git_host::{GitHost, GitRequest};
pub use postgres::{POSTGRES_URL, PostgresServer};
