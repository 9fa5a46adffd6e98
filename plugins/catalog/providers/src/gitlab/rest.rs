//! GitLab's REST API, page by page.

use callboard_kit::{ApiRequest, ReadFailure, SourceApi, SourceReader};
use serde::de::DeserializeOwned;

/// Pages of a list that are asked for.
const MOST_PAGES: usize = 5_000;

/// One GitLab.
pub struct Gitlab<'g> {
    /// What asks.
    pub sources: &'g dyn SourceReader,
    /// The host as in `integrations`.
    pub host: &'g str,
}

impl Gitlab<'_> {
    /// One thing.
    pub async fn one<T: DeserializeOwned>(&self, path: &[&str]) -> Result<T, ReadFailure> {
        let answer = self.sources.ask(&ApiRequest::get(self.api(), path, Vec::new())).await?;
        serde_json::from_value(answer.body).map_err(|error| self.unexpected(&error))
    }

    /// All of a list.
    pub async fn all<T: DeserializeOwned>(
        &self,
        path: &[&str],
        mut query: Vec<(&'static str, String)>,
    ) -> Result<Vec<T>, ReadFailure> {
        query.push(("per_page", "100".to_owned()));
        let mut request = ApiRequest::get(self.api(), path, query);
        let mut found: Vec<T> = Vec::new();
        for _ in 0..MOST_PAGES {
            let answer = self.sources.ask(&request).await?;
            let page: Vec<T> =
                serde_json::from_value(answer.body).map_err(|error| self.unexpected(&error))?;
            found.extend(page);
            match answer.next {
                Some(next) => request = request.page(next),
                None => return Ok(found),
            }
        }
        Err(ReadFailure::TooLarge(format!("`{}` has more than {MOST_PAGES} pages of them", self.host)))
    }

    fn api(&self) -> SourceApi {
        SourceApi::Gitlab { host: self.host.to_owned() }
    }

    fn unexpected(&self, error: &serde_json::Error) -> ReadFailure {
        ReadFailure::Unavailable(format!("`{}` did not answer as GitLab does: {error}", self.host))
    }
}
