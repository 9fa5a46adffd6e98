//! Objects that somebody serves as JSON, made into entities by a mapping of fields.

mod config;
mod mapping;

use std::time::Duration;

use async_trait::async_trait;
use callboard_kit::{ApiAnswer, ApiRequest, ReadFailure, SourceApi, SourceReader};
use http::{HeaderName, HeaderValue};
use serde_json::Value;
use url::Url;

pub use config::JsonProviderConfig;

use self::mapping::Mapping;
use crate::provider::{EntityProvider, FoundEntity, ProviderMutation};

/// Pages that are asked for.
const MOST_PAGES: usize = 10_000;
/// Objects that are taken in.
const MOST_ITEMS: usize = 500_000;

/// Finds entities in what somebody serves as JSON.
#[derive(Debug)]
pub struct JsonProvider {
    id: String,
    url: Url,
    headers: Vec<(HeaderName, HeaderValue)>,
    mapping: Mapping,
    config: JsonProviderConfig,
}

impl JsonProvider {
    /// The provider of a config; `None` where the check would refuse it.
    pub fn new(name: &str, config: &JsonProviderConfig) -> Option<Self> {
        Some(Self {
            id: format!("json:{name}"),
            url: Url::parse(&config.url).ok()?,
            headers: config.headers().ok()?,
            mapping: Mapping::read(&config.entity).ok()?,
            config: config.clone(),
        })
    }

    /// The page after this one.
    fn next(&self, page: &Url, answer: &ApiAnswer) -> Option<Url> {
        match &self.config.next {
            None => answer.next.clone(),
            Some(pointer) => {
                let next = answer.body.pointer(pointer)?.as_str().filter(|next| !next.is_empty())?;
                page.join(next).ok().filter(|next| next != page)
            }
        }
    }

    /// The objects of a page.
    fn items<'a>(&self, page: &Url, answer: &'a ApiAnswer) -> Result<&'a Vec<Value>, ReadFailure> {
        let pointer = self.config.items.as_str();
        answer.body.pointer(pointer).and_then(Value::as_array).ok_or_else(|| {
            let message =
                format!("`{}` has no list at `{pointer}`, see `items` of the provider", shown(page));
            ReadFailure::Invalid(message)
        })
    }
}

#[async_trait]
impl EntityProvider for JsonProvider {
    fn id(&self) -> &str {
        &self.id
    }

    fn kind(&self) -> &'static str {
        "json"
    }

    fn target(&self) -> String {
        shown(&self.url)
    }

    fn interval(&self) -> Duration {
        self.config.schedule.interval()
    }

    fn timeout(&self) -> Duration {
        self.config.schedule.timeout()
    }

    async fn look(&self, sources: &dyn SourceReader) -> Result<ProviderMutation, ReadFailure> {
        let api = |url: &Url| SourceApi::Other(url.clone());
        let mut page = self.url.clone();
        let mut entities: Vec<FoundEntity> = Vec::new();
        for _ in 0..MOST_PAGES {
            let mut request = ApiRequest::get(api(&page), &[], Vec::new());
            request.headers.clone_from(&self.headers);
            let answer = sources.ask(&request).await?;
            for item in self.items(&page, &answer)? {
                let entity = self.mapping.entity(item);
                let location = format!("url:{}", shown(&self.url));
                entities.push(FoundEntity { entity, location });
            }
            if entities.len() > MOST_ITEMS {
                break;
            }
            let Some(next) = self.next(&page, &answer) else {
                return Ok(ProviderMutation::entities(entities));
            };
            if next.origin() != self.url.origin() {
                // Its headers may be secret, and are for this host alone.
                let message = format!("`{}` leads to a page of another host", shown(&page));
                return Err(ReadFailure::NotAllowed(message));
            }
            page = next;
        }
        Err(ReadFailure::TooLarge(format!("`{}` has no end", shown(&self.url))))
    }
}

/// A URL without what may be secret.
fn shown(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    url.to_string()
}
