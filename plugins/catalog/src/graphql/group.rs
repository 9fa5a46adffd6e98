use std::sync::Arc;

use async_graphql::{Context, Object};
use callboard_kit::{EntityFilter, EntityOrder, PageArguments, Result};
use serde_json::Value;

use super::{catalog, connection::EntityConnection, values::Profile};
use crate::{
    entity::CatalogEntity,
    service::{ListQuery, Scope},
};

/// What a group says of itself, and its members.
pub struct GroupFields(pub Arc<CatalogEntity>);

#[Object]
impl GroupFields {
    /// How it presents itself.
    async fn profile(&self) -> Option<Profile> {
        Profile::read(&self.0.body["spec"])
    }

    /// Its members.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn members(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whether members of the groups below count, too.", default = false)]
        transitive: bool,
        #[graphql(desc = "Only these.")] filter: Option<EntityFilter>,
        #[graphql(desc = "Only with these words.")] text: Option<String>,
        #[graphql(desc = "The order, by name unless told.")] order_by: Option<Vec<EntityOrder>>,
        #[graphql(desc = "How many from the start, 20 unless told.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<EntityConnection> {
        let uid = self.0.uid;
        let scope = if transitive {
            Scope::MembersWithin(uid)
        } else {
            Scope::Related { uid, relation_type: "hasMember", kinds: &[] }
        };
        let page = PageArguments { first, after, last, before, offset: None };
        let order = order_by.unwrap_or_default();
        EntityConnection::of(&catalog(ctx), ListQuery { scope, filter, text, order, page }).await
    }
}

/// What a person says of themselves.
pub struct UserFields(pub Arc<CatalogEntity>);

#[Object]
impl UserFields {
    /// How the person presents themselves.
    async fn profile(&self) -> Option<Profile> {
        Profile::read(&self.0.body["spec"])
    }
}

/// Where a location leads.
pub struct LocationFields(pub Arc<CatalogEntity>);

#[Object]
impl LocationFields {
    /// The targets as written, the single one first.
    async fn targets(&self) -> Vec<&str> {
        let spec = &self.0.body["spec"];
        let several = spec["targets"].as_array().into_iter().flatten();
        spec["target"].as_str().into_iter().chain(several.filter_map(Value::as_str)).collect()
    }

    /// Whether a missing target is an error (`required`) or not (`optional`).
    async fn presence(&self) -> &str {
        self.0.body["spec"]["presence"].as_str().unwrap_or("required")
    }
}
