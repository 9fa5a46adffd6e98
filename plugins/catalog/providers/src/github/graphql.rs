//! GitHub's GraphQL API, page by page.

use std::time::Duration;

use callboard_kit::{ApiAnswer, ApiRequest, ReadFailure, SourceApi, SourceReader};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

/// How long is waited before what failed is asked again.
const PAUSES: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(2)];
/// Pages of a list that are asked for.
const MOST_PAGES: usize = 2_000;

/// One GitHub, asked for what belongs to an owner.
pub struct Github<'g> {
    /// What asks.
    pub sources: &'g dyn SourceReader,
    /// The host as in `integrations`.
    pub host: &'g str,
    /// The organisation or user.
    pub owner: &'g str,
}

/// A part of a list.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Page<T> {
    /// What is in it; null for what may not be seen.
    pub nodes: Vec<Option<T>>,
    /// Where it ends.
    pub page_info: PageInfo,
}

/// Where a part of a list ends.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PageInfo {
    /// Whether there is more.
    pub has_next_page: bool,
    /// What to ask for more with.
    pub end_cursor: Option<String>,
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    data: Value,
    #[serde(default)]
    errors: Vec<Fault>,
}

#[derive(Deserialize)]
struct Fault {
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    message: String,
}

impl Github<'_> {
    /// All of a list. `path` leads to it in the data, `variables` go with every question, beside `after`.
    pub async fn all<T: DeserializeOwned>(
        &self,
        query: &str,
        variables: Value,
        path: &str,
    ) -> Result<Vec<T>, ReadFailure> {
        self.after(query, variables, path, None).await
    }

    /// What of a list is after a cursor.
    pub async fn after<T: DeserializeOwned>(
        &self,
        query: &str,
        mut variables: Value,
        path: &str,
        mut after: Option<String>,
    ) -> Result<Vec<T>, ReadFailure> {
        let mut found = Vec::new();
        for _ in 0..MOST_PAGES {
            variables["after"] = json!(after);
            let data = self.ask(query, &variables).await?;
            let page = data.pointer(path).filter(|page| !page.is_null());
            let page = page.ok_or_else(|| {
                ReadFailure::NotFound(format!(
                    "`{}` has no `{}`, or the token may not see it",
                    self.host, self.owner
                ))
            })?;
            let page: Page<T> = Page::deserialize(page).map_err(|error| self.unexpected(&error))?;
            found.extend(page.nodes.into_iter().flatten());
            if !page.page_info.has_next_page {
                return Ok(found);
            }
            let next = page.page_info.end_cursor;
            if next.is_none() || next == after {
                // What follows would be taken for gone.
                let message = format!(
                    "`{}` has more of `{}`, and does not say how to get at it",
                    self.host, self.owner
                );
                return Err(ReadFailure::Unavailable(message));
            }
            after = next;
        }
        Err(ReadFailure::TooLarge(format!("`{}` has more than {MOST_PAGES} pages of them", self.owner)))
    }

    async fn ask(&self, query: &str, variables: &Value) -> Result<Value, ReadFailure> {
        let api = SourceApi::GithubGraphql { host: self.host.to_owned(), owner: self.owner.to_owned() };
        let asked = ApiRequest::post(api, json!({ "query": query, "variables": variables }));
        let answer = self.answer(&asked).await?;
        let answer: Answer = serde_json::from_value(answer.body).map_err(|error| self.unexpected(&error))?;
        // What is missing of an answer would be taken for gone: all of it, or nothing.
        match answer.errors.first() {
            None => Ok(answer.data),
            Some(fault) => Err(self.failure(fault)),
        }
    }

    /// One page that fails at first is asked for again: what was found before it is not to be found anew for that.
    async fn answer(&self, asked: &ApiRequest) -> Result<ApiAnswer, ReadFailure> {
        for pause in PAUSES {
            match self.sources.ask(asked).await {
                Err(ReadFailure::Unavailable(_)) => tokio::time::sleep(pause).await,
                ended => return ended,
            }
        }
        self.sources.ask(asked).await
    }

    fn failure(&self, fault: &Fault) -> ReadFailure {
        let told: String = fault.message.chars().take(300).collect();
        let message = format!("`{}` does not tell of `{}`: {told}", self.host, self.owner);
        match fault.kind.as_str() {
            "RATE_LIMITED" => ReadFailure::RateLimited { message, retry_after: None },
            // The secondary limits have no type.
            _ if told.to_lowercase().contains("rate limit") => {
                ReadFailure::RateLimited { message, retry_after: None }
            }
            "NOT_FOUND" => ReadFailure::NotFound(message),
            "FORBIDDEN" | "INSUFFICIENT_SCOPES" => ReadFailure::Unauthorized(message),
            _ => ReadFailure::Unavailable(message),
        }
    }

    fn unexpected(&self, error: &serde_json::Error) -> ReadFailure {
        ReadFailure::Unavailable(format!("`{}` did not answer as GitHub does: {error}", self.host))
    }
}
