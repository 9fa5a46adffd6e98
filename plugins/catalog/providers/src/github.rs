//! GitHub: its repositories, and its organisations.

mod graphql;
mod organization;
mod repositories;

pub use organization::GithubOrgProvider;
pub use repositories::GithubProvider;
