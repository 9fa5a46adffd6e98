//! The portal from outside: GraphQL and plain HTTP against a real server, on both databases.

#![expect(clippy::unwrap_used, reason = "a helper that cannot go on ends its test")]

mod accounts;
mod analysis;
mod audit;
mod catalog;
mod delegation;
mod explain;
mod external_tokens;
mod git_locations;
mod http;
mod identity;
mod inbox;
mod ingestion;
mod live;
mod location_changes;
mod locations;
mod matrix;
mod modules;
mod plugins;
mod providers;
mod proxy;
mod read_paths;
mod readings;
mod recent;
mod remote;
mod remote_identity;
mod roles;
mod search;
mod sessions;
mod sign_in;
mod sign_in_attacks;
mod sign_in_presets;
mod sign_in_proxies;
mod sign_in_replicas;
mod tokens;
mod webhooks;
