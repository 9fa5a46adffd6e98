use callboard_kit::{Result, Viewer};
use futures::{FutureExt, future::BoxFuture};
use serde_json::{Map, Value, json};

use crate::{
    condition::{Condition, Shape},
    rules::RuleSet,
    service::PermissionRequest,
};

/// Evaluates conditions part by part, for people to read.
pub(super) struct Evaluator<'a> {
    request: &'a PermissionRequest,
    rules: &'a RuleSet,
    resource_type: Option<&'a str>,
    viewer: &'a Viewer,
}

impl<'a> Evaluator<'a> {
    pub const fn new(
        request: &'a PermissionRequest,
        rules: &'a RuleSet,
        resource_type: Option<&'a str>,
        viewer: &'a Viewer,
    ) -> Self {
        Self { request, rules, resource_type, viewer }
    }

    /// The condition as written, its aliases replaced, each part with `holds` where there is a resource; and whether
    /// all of it holds.
    pub async fn evaluate(&self, condition: &Condition, id: Option<&str>) -> Result<(Value, Option<bool>)> {
        self.part(condition, id).await
    }

    fn part<'b>(
        &'b self,
        condition: &'b Condition,
        id: Option<&'b str>,
    ) -> BoxFuture<'b, Result<(Value, Option<bool>)>> {
        async move {
            let holds = self.holds(condition, id).await?;
            let mut tree = Map::new();
            match condition.shape() {
                Ok(Shape::Rule(name)) => {
                    tree.insert("rule".into(), json!(name));
                    tree.insert("params".into(), condition.resolved_params(self.viewer));
                }
                Ok(Shape::AllOf(parts)) => {
                    tree.insert("allOf".into(), self.parts(parts, id).await?);
                }
                Ok(Shape::AnyOf(parts)) => {
                    tree.insert("anyOf".into(), self.parts(parts, id).await?);
                }
                Ok(Shape::Not(part)) => {
                    tree.insert("not".into(), self.part(part, id).await?.0);
                }
                Err(fault) => {
                    tree.insert("error".into(), json!(fault.to_string()));
                }
            }
            if let Some(holds) = holds {
                tree.insert("holds".into(), holds.into());
            }
            Ok((Value::Object(tree), holds))
        }
        .boxed()
    }

    async fn parts(&self, parts: &[Condition], id: Option<&str>) -> Result<Value> {
        let mut trees = Vec::with_capacity(parts.len());
        for part in parts {
            trees.push(self.part(part, id).await?.0);
        }
        Ok(Value::Array(trees))
    }

    async fn holds(&self, condition: &Condition, id: Option<&str>) -> Result<Option<bool>> {
        let Some(resource_type) = self.resource_type else { return Ok(Some(false)) };
        let (Some(id), Some(catalog)) = (id, self.request.service.services.catalog.get()) else {
            return Ok(None);
        };
        match condition.compile(self.rules, resource_type, self.viewer) {
            Ok(filter) => Ok(Some(catalog.select(&[id.to_owned()], &filter).await?.first() == Some(&true))),
            Err(_) => Ok(Some(false)),
        }
    }
}
