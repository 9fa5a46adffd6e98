use async_graphql::{Json, SimpleObject};
use serde_json::Value;

use crate::entity::StatusItem;

/// A link of an entity to somewhere else.
#[derive(SimpleObject)]
pub struct EntityLink {
    /// The address.
    url: String,
    /// What to show in place of the address.
    title: Option<String>,
    /// The key of an icon.
    icon: Option<String>,
    /// What kind of link it is.
    #[graphql(name = "type")]
    type_: Option<String>,
}

impl EntityLink {
    /// A link as a descriptor writes it; `None` without an address.
    pub fn read(link: &Value) -> Option<Self> {
        let text = |key: &str| link[key].as_str().map(str::to_owned);
        Some(Self { url: text("url")?, title: text("title"), icon: text("icon"), type_: text("type") })
    }
}

/// Something to know about the state of an entity or a document.
#[derive(SimpleObject)]
pub struct EntityStatus {
    /// What it is about, e.g. `backstage.io/catalog-processing` for problems of ingestion.
    #[graphql(name = "type")]
    type_: String,
    /// `info`, `warning` or `error`.
    level: String,
    /// What is wrong, for people.
    message: String,
    /// The same for programs: file, line, column, field and rule as far as they are known.
    error: Option<Json<Value>>,
}

impl From<&StatusItem> for EntityStatus {
    fn from(item: &StatusItem) -> Self {
        Self {
            type_: item.type_.clone(),
            level: item.level.clone(),
            message: item.message.clone(),
            error: item.error.clone().map(Json),
        }
    }
}

/// How a person or a group presents itself.
#[derive(SimpleObject)]
pub struct Profile {
    /// The name to show.
    display_name: Option<String>,
    /// The mail address.
    email: Option<String>,
    /// The address of a picture.
    picture: Option<String>,
}

impl Profile {
    /// The profile of a spec, if it has one.
    pub fn read(spec: &Value) -> Option<Self> {
        let profile = spec["profile"].as_object()?;
        let text = |key: &str| profile.get(key).and_then(Value::as_str).map(str::to_owned);
        Some(Self { display_name: text("displayName"), email: text("email"), picture: text("picture") })
    }
}
