use std::collections::BTreeMap;

use callboard_kit::{Findings, Secret};
use http::{HeaderName, HeaderValue};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::mapping::Mapping;
use crate::config::ScheduleConfig;

/// Objects that somebody serves as JSON, or that are in a file.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct JsonProviderConfig {
    /// Where they are served, on a host that `backend.reading.allow` names.
    pub url: Option<String>,
    /// The file of the server that they are in, relative to the config file; in place of `url`.
    pub file: Option<String>,
    /// Headers of the request, such as `Authorization`.
    pub headers: BTreeMap<String, Secret>,
    /// A JSON Pointer to the list of objects, such as `/data/items`; the whole answer unless told.
    pub items: String,
    /// A JSON Pointer to the URL of the next page; unless told, the `Link` header names it.
    pub next: Option<String>,
    /// The entity that an object becomes: as in a descriptor, with `{ from: /pointer }` where a field of the object
    /// goes.
    pub entity: BTreeMap<String, Value>,
    /// When it looks.
    pub schedule: ScheduleConfig,
}

impl JsonProviderConfig {
    /// What its types cannot say.
    pub fn check(&self) -> Findings {
        let mut findings = Findings::default();
        match (&self.url, &self.file) {
            (None, None) => findings.error("url", "is missing, name the URL of the objects, or their `file`"),
            (Some(_), Some(_)) => findings.error("file", "is beside `url`, name one of the two"),
            (Some(url), None) => check_url(url, &mut findings),
            (None, Some(file)) if file.trim().is_empty() => {
                findings.error("file", "is empty, name the file that the objects are in");
            }
            (None, Some(_)) => {}
        }
        if let Err(name) = self.headers() {
            findings.error(format!("headers.{name}"), "is no header that can be sent");
        }
        for (key, pointer) in [("items", Some(&self.items)), ("next", self.next.as_ref())] {
            if pointer.is_some_and(|pointer| !pointer.is_empty() && !pointer.starts_with('/')) {
                findings.error(key, "is a JSON Pointer, which begins with `/`");
            }
        }
        if let Err((key, message)) = Mapping::read(&self.entity) {
            findings.error(format!("entity{key}"), message);
        }
        for key in ["kind", "metadata"] {
            if !self.entity.contains_key(key) {
                findings.error(format!("entity.{key}"), "is missing, an entity has it");
            }
        }
        self.schedule.check(&mut findings);
        findings
    }

    /// The headers, or the name of one that is none.
    pub fn headers(&self) -> Result<Vec<(HeaderName, HeaderValue)>, String> {
        let header = |(name, value): (&String, &Secret)| {
            let read = HeaderName::from_bytes(name.as_bytes()).ok();
            let read = read.zip(HeaderValue::from_str(value.expose()).ok());
            let (key, mut value) = read.ok_or_else(|| name.clone())?;
            value.set_sensitive(true);
            Ok((key, value))
        };
        self.headers.iter().map(header).collect()
    }
}

fn check_url(text: &str, findings: &mut Findings) {
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => {
            if !url.username().is_empty() || url.password().is_some() {
                // It is shown to people; a header is not.
                findings.error("url", "has a name or password in it: send them in `headers.Authorization`");
            }
        }
        _ => findings.error("url", format!("`{text}` is no URL, write it as `https://…`")),
    }
}
