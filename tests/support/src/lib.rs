//! What tests of several crates need: a real PostgreSQL server, and a database of its own for each test.

mod postgres;

pub use postgres::{POSTGRES_URL, PostgresServer};
