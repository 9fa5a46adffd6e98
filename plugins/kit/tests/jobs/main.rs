//! The job engine on both databases: with replicas, with what fails, and with processes that are killed.

#![expect(clippy::unwrap_used, reason = "a helper that cannot go on ends its test")]

mod ends;
mod harness;
mod killed;
mod leases;
mod runs;
