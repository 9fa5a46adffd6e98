//! Objects that somebody serves as JSON, or has in a file, made into entities by a mapping of fields.

mod config;
mod mapping;

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

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

/// The largest file, in bytes.
const LARGEST_FILE: u64 = 64 << 20;

/// Finds entities in what somebody serves as JSON, or has in a file.
#[derive(Clone, Debug)]
pub struct JsonProvider {
    id: String,
    place: Place,
    headers: Vec<(HeaderName, HeaderValue)>,
    mapping: Mapping,
    config: JsonProviderConfig,
}

/// Where the objects are.
#[derive(Clone, Debug)]
enum Place {
    Url(Url),
    File(PathBuf),
}

impl JsonProvider {
    /// The provider of a config, whose file is relative to `base`; `None` where the check would refuse it.
    pub fn new(name: &str, config: &JsonProviderConfig, base: &Path) -> Option<Self> {
        let place = match (&config.url, &config.file) {
            (Some(url), _) => Place::Url(Url::parse(url).ok()?),
            (None, file) => Place::File(base.join(file.as_ref()?.trim()).components().collect()),
        };
        Some(Self {
            id: format!("json:{name}"),
            place,
            headers: config.headers().ok()?,
            mapping: Mapping::read(&config.entity).ok()?,
            config: config.clone(),
        })
    }

    async fn look_at_url(
        &self,
        url: &Url,
        sources: &dyn SourceReader,
    ) -> Result<Vec<FoundEntity>, ReadFailure> {
        let mut page = url.clone();
        let mut entities: Vec<FoundEntity> = Vec::new();
        for _ in 0..MOST_PAGES {
            let mut request = ApiRequest::get(SourceApi::Other(page.clone()), &[], Vec::new());
            request.headers.clone_from(&self.headers);
            let answer = sources.ask(&request).await?;
            entities.extend(self.entities(&shown(&page), &answer.body, &format!("url:{}", shown(url)))?);
            if entities.len() > MOST_ITEMS {
                break;
            }
            let Some(next) = self.next(&page, &answer)? else { return Ok(entities) };
            if next.origin() != url.origin() {
                // Its headers may be secret, and are for this host alone.
                let message = format!("`{}` leads to a page of another host", shown(&page));
                return Err(ReadFailure::NotAllowed(message));
            }
            page = next;
        }
        Err(ReadFailure::TooLarge(format!("`{}` has no end", shown(url))))
    }

    fn look_at_file(&self, path: &Path) -> Result<Vec<FoundEntity>, ReadFailure> {
        let name = path.display();
        let unreadable =
            |error: std::io::Error| ReadFailure::Unavailable(format!("`{name}` cannot be read: {error}"));
        let size = std::fs::metadata(path).map_err(unreadable)?.len();
        if size > LARGEST_FILE {
            return Err(ReadFailure::TooLarge(format!("`{name}` is larger than {LARGEST_FILE} bytes")));
        }
        let bytes = std::fs::read(path).map_err(unreadable)?;
        let body: Value = serde_json::from_slice(&bytes)
            .map_err(|error| ReadFailure::Invalid(format!("`{name}` is not JSON: {error}")))?;
        self.entities(&name.to_string(), &body, &format!("file:{name}"))
    }

    /// The page after this one. What is there and leads nowhere is no end: what follows would be taken for gone.
    fn next(&self, page: &Url, answer: &ApiAnswer) -> Result<Option<Url>, ReadFailure> {
        let Some(pointer) = &self.config.next else { return Ok(answer.next.clone()) };
        let next = match answer.body.pointer(pointer) {
            None | Some(Value::Null | Value::Bool(false)) => return Ok(None),
            Some(Value::String(next)) if next.is_empty() => return Ok(None),
            Some(next) => next.as_str().and_then(|next| page.join(next).ok()),
        };
        next.filter(|next| next != page).map(Some).ok_or_else(|| {
            let message = format!(
                "`{}` names at `{pointer}` no URL of another page, see `next` of the provider",
                shown(page)
            );
            ReadFailure::Invalid(message)
        })
    }

    /// The entities that the objects of a page become.
    fn entities(&self, page: &str, body: &Value, location: &str) -> Result<Vec<FoundEntity>, ReadFailure> {
        let pointer = self.config.items.as_str();
        let items = body.pointer(pointer).and_then(Value::as_array).ok_or_else(|| {
            ReadFailure::Invalid(format!("`{page}` has no list at `{pointer}`, see `items` of the provider"))
        })?;
        let found = |item| FoundEntity { entity: self.mapping.entity(item), location: location.to_owned() };
        Ok(items.iter().map(found).collect())
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
        match &self.place {
            Place::Url(url) => shown(url),
            Place::File(path) => path.display().to_string(),
        }
    }

    fn interval(&self) -> Duration {
        self.config.schedule.interval()
    }

    fn timeout(&self) -> Duration {
        self.config.schedule.timeout()
    }

    async fn look(&self, sources: &dyn SourceReader) -> Result<ProviderMutation, ReadFailure> {
        let entities = match &self.place {
            Place::Url(url) => self.look_at_url(url, sources).await?,
            Place::File(path) => {
                let (looker, path) = (self.clone(), path.clone());
                let look = tokio::task::spawn_blocking(move || looker.look_at_file(&path)).await;
                look.map_err(|error| ReadFailure::Unavailable(format!("the look broke off: {error}")))??
            }
        };
        Ok(ProviderMutation::entities(entities))
    }
}

/// A URL without what may be secret.
fn shown(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    url.to_string()
}
