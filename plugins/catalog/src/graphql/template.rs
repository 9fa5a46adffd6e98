use std::sync::Arc;

use async_graphql::{Json, Object};
use serde_json::Value;

use crate::entity::CatalogEntity;

/// What a template asks for and does.
pub struct TemplateFields(pub Arc<CatalogEntity>);

#[Object]
impl TemplateFields {
    /// The pages of its form, as JSON Schemas.
    async fn parameters(&self) -> Option<Json<&Value>> {
        self.0.body["spec"].get("parameters").map(Json)
    }

    /// Its steps as written.
    async fn steps(&self) -> Option<Json<&Value>> {
        self.0.body["spec"].get("steps").map(Json)
    }

    /// What it shows when it is done.
    async fn output(&self) -> Option<Json<&Value>> {
        self.0.body["spec"].get("output").map(Json)
    }

    /// The labels of its buttons.
    async fn presentation(&self) -> Option<Json<&Value>> {
        self.0.body["spec"].get("presentation").map(Json)
    }
}
