//! Asks the APIs of forges and of others.

use std::sync::Arc;

use callboard_kit::{ApiAnswer, ApiPlace, ApiRequest, ReadFailure, SourceApi};
use http::{
    HeaderMap, HeaderValue, Method,
    header::{ACCEPT, CONTENT_TYPE},
};
use url::Url;

use crate::{
    forge::{Forge, Spot, join, json},
    guard::shown,
    paging::{is_below, next},
    reader::Reading,
};

impl Reading {
    /// What an API answers, in JSON.
    pub(crate) async fn ask_api(&self, request: &ApiRequest) -> Result<ApiAnswer, ReadFailure> {
        let mut headers = HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static("application/json"))]);
        headers.extend(request.headers.iter().cloned());
        if let SourceApi::Other(base) = &request.api {
            return self.ask_once(base, request, headers).await;
        }
        let (forge, base, spot) = self.api(&request.api)?;
        let mut own = forge.credentials(&self.http, &spot).await?;
        own.extend(headers.clone());
        let answered = self.ask_once(&base, request, own).await;
        if matches!(answered, Err(ReadFailure::Unauthorized(_))) && forge.renew(&spot).await {
            let mut own = forge.credentials(&self.http, &spot).await?;
            own.extend(headers);
            return self.ask_once(&base, request, own).await;
        }
        answered
    }

    async fn ask_once(
        &self,
        base: &Url,
        request: &ApiRequest,
        mut headers: HeaderMap,
    ) -> Result<ApiAnswer, ReadFailure> {
        let url = place(base, &request.place)?;
        let fetched = match &request.body {
            None => self.http.get(&url, &headers).await?,
            Some(body) => {
                headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
                self.http.send(Method::POST, &url, &headers, Some(body.to_string().into_bytes())).await?
            }
        };
        Ok(ApiAnswer { body: json(&url, &fetched.bytes)?, next: next(&url, &fetched) })
    }

    /// The forge that an API is of, where the API is, and whose credentials it is asked with.
    fn api(&self, api: &SourceApi) -> Result<(&Arc<dyn Forge>, Url, Spot), ReadFailure> {
        self.integrations.api(api).ok_or_else(|| {
            let (kind, host) = match api {
                SourceApi::Gitlab { host } => ("gitlab", host.as_str()),
                SourceApi::GithubRest { host, .. } | SourceApi::GithubGraphql { host, .. } => {
                    ("github", host.as_str())
                }
                SourceApi::Other(_) => ("", ""),
            };
            let message = format!("`{host}` is not asked: `integrations.{kind}` does not name it");
            ReadFailure::NotAllowed(message)
        })
    }
}

/// Where a question goes.
fn place(base: &Url, place: &ApiPlace) -> Result<Url, ReadFailure> {
    match place {
        ApiPlace::Below(path, query) => {
            let invalid = || ReadFailure::Invalid(format!("`{}` is no address of an API", shown(base)));
            let mut url = match path.as_slice() {
                [] => base.clone(),
                path => join(base, path.iter().map(String::as_str)).ok_or_else(invalid)?,
            };
            if !query.is_empty() {
                url.query_pairs_mut().extend_pairs(query);
            }
            Ok(url)
        }
        ApiPlace::Page(page) => {
            if is_below(base, page) {
                return Ok(page.clone());
            }
            Err(ReadFailure::NotAllowed(format!("`{}` leads to a page elsewhere", shown(base))))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_page_leads_out_of_its_api() {
        let base: Url = "https://gitlab.example/api/v4".parse().unwrap();
        let to = |url: &str| place(&base, &ApiPlace::Page(url.parse().unwrap())).is_ok();
        assert!(to("https://gitlab.example/api/v4/projects?page=2"));
        for elsewhere in [
            "https://evil.example/api/v4/projects?page=2",
            "https://gitlab.example:8443/api/v4/projects",
            "http://gitlab.example/api/v4/projects",
            "https://gitlab.example/api/v41/projects",
            "https://gitlab.example/api/v4/../../admin",
        ] {
            assert!(!to(elsewhere), "{elsewhere}");
        }
    }

    #[test]
    fn parts_of_a_path_stay_parts() {
        let base: Url = "https://gitlab.example/api/v4".parse().unwrap();
        let below = ApiPlace::Below(vec!["groups".into(), "a/b c".into()], vec![("page", "1&x".into())]);
        let url = place(&base, &below).unwrap();
        assert_eq!(url.as_str(), "https://gitlab.example/api/v4/groups/a%2Fb%20c?page=1%26x");
    }
}
