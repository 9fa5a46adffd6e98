//! Reading of what others host, served by real parts on this machine.

#![expect(clippy::unwrap_used, reason = "a helper that cannot go on ends its test")]

mod answers;
mod app_host;
mod file_host;
mod forges;
mod git;
mod git_limits;
mod github_app;
mod harness;
mod hostile_packs;
mod listings;
mod pack;
mod pack_host;
