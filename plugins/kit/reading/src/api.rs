//! Asks the APIs of forges and of others.

use callboard_kit::{ApiAnswer, ApiPlace, ApiRequest, ReadFailure, SourceApi};
use http::{
    HeaderMap, HeaderValue, Method,
    header::{ACCEPT, CONTENT_TYPE, LINK},
};
use url::Url;

use crate::{
    forge::{join, json},
    guard::shown,
    http::Fetched,
    reader::Reading,
};

impl Reading {
    /// What an API answers, in JSON.
    pub(crate) async fn ask_api(&self, request: &ApiRequest) -> Result<ApiAnswer, ReadFailure> {
        let (base, mut headers) = self.api(&request.api).await?;
        let url = place(&base, &request.place)?;
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.extend(request.headers.iter().cloned());
        let fetched = match &request.body {
            None => self.http.get(&url, &headers).await?,
            Some(body) => {
                headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
                self.http.send(Method::POST, &url, &headers, Some(body.to_string().into_bytes())).await?
            }
        };
        Ok(ApiAnswer { body: json(&url, &fetched.bytes)?, next: next(&url, &fetched) })
    }

    /// Where an API is, and what proves to it who asks.
    async fn api(&self, api: &SourceApi) -> Result<(Url, HeaderMap), ReadFailure> {
        if let SourceApi::Other(url) = api {
            return Ok((url.clone(), HeaderMap::new()));
        }
        let Some((forge, url, spot)) = self.integrations.api(api) else {
            let (kind, host) = match api {
                SourceApi::Gitlab { host } => ("gitlab", host.as_str()),
                SourceApi::GithubRest { host, .. } | SourceApi::GithubGraphql { host, .. } => {
                    ("github", host.as_str())
                }
                SourceApi::Other(_) => ("", ""),
            };
            let message = format!("`{host}` is not asked: `integrations.{kind}` does not name it");
            return Err(ReadFailure::NotAllowed(message));
        };
        Ok((url, forge.credentials(&self.http, &spot).await?))
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
            let above = base.path().trim_end_matches('/');
            let is_below = page
                .path()
                .strip_prefix(above)
                .is_some_and(|rest| matches!(rest.chars().next(), None | Some('/')));
            if page.origin() == base.origin() && is_below {
                return Ok(page.clone());
            }
            Err(ReadFailure::NotAllowed(format!("`{}` leads to a page elsewhere", shown(base))))
        }
    }
}

/// The page after this one, as RFC 8288 writes it.
fn next(url: &Url, fetched: &Fetched) -> Option<Url> {
    let links = fetched.headers.get_all(LINK).iter().filter_map(|link| link.to_str().ok());
    links.flat_map(split).find_map(|link| {
        let (target, parameters) = link.trim().strip_prefix('<')?.split_once('>')?;
        let is_next =
            parameters.split(';').filter_map(|parameter| parameter.split_once('=')).any(|(name, value)| {
                name.trim().eq_ignore_ascii_case("rel")
                    && value
                        .trim()
                        .trim_matches('"')
                        .split_ascii_whitespace()
                        .any(|rel| rel.eq_ignore_ascii_case("next"))
            });
        // A page that leads to itself leads nowhere.
        url.join(target).ok().filter(|next| is_next && next != url)
    })
}

/// The links of a header: separated by commas, but not by those inside their targets.
fn split(header: &str) -> impl Iterator<Item = &str> {
    let mut is_inside = false;
    header.split(move |character| {
        match character {
            '<' => is_inside = true,
            '>' => is_inside = false,
            _ => {}
        }
        character == ',' && !is_inside
    })
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    #[test]
    fn the_next_page_is_the_one_that_is_called_so() {
        let at: Url = "https://api.example/items?page=1".parse().unwrap();
        let next_of = |link: &str| {
            let headers = HeaderMap::from_iter([(LINK, HeaderValue::from_str(link).unwrap())]);
            next(&at, &Fetched { bytes: Bytes::new(), headers }).map(String::from)
        };
        let both = "<https://api.example/items?page=1,2>; rel=\"prev\", <https://api.example/items?page=2>; rel=\"next\"";
        assert_eq!(next_of(both).as_deref(), Some("https://api.example/items?page=2"));
        assert_eq!(
            next_of("<?page=2>; title=x; rel=next").as_deref(),
            Some("https://api.example/items?page=2")
        );
        assert_eq!(next_of("<?page=2>; rel=\"last\""), None);
        assert_eq!(next_of("<https://api.example/items?page=1>; rel=next"), None);
        assert_eq!(next_of("nonsense"), None);
    }

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
