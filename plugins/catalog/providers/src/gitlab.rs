//! GitLab: its projects, and its groups with their members.

mod organization;
mod projects;
mod rest;

pub use organization::GitlabOrgProvider;
pub use projects::GitlabProvider;
