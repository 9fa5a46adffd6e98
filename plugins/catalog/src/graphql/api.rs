use std::sync::Arc;

use async_graphql::{Object, SimpleObject};
use serde_json::Value;

use crate::entity::CatalogEntity;

/// What an API says of itself.
pub struct ApiFields(pub Arc<CatalogEntity>);

#[Object]
impl ApiFields {
    /// The definition in the language of its type; null for types that have none.
    async fn definition(&self) -> Option<&str> {
        self.0.body["spec"]["definition"].as_str()
    }

    /// Where it can be reached, for the types that say so.
    async fn remotes(&self) -> Vec<ApiRemote> {
        let remotes = self.0.body["spec"]["remotes"].as_array().into_iter().flatten();
        remotes.filter_map(ApiRemote::read).collect()
    }
}

/// A place where an API can be reached.
#[derive(SimpleObject)]
pub struct ApiRemote {
    /// How it is spoken to, e.g. `streamable-http`.
    #[graphql(name = "type")]
    type_: String,
    /// The address.
    url: String,
}

impl ApiRemote {
    fn read(remote: &Value) -> Option<Self> {
        let text = |key: &str| remote[key].as_str().map(str::to_owned);
        Some(Self { type_: text("type")?, url: text("url")? })
    }
}
