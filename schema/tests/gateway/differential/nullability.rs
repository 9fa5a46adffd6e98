//! async-graphql leaves a field that failed out of its object, whatever its type. What the specification wants in its
//! place is worked out here from the types of the fields as they were resolved.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use async_graphql::{
    ServerResult, Value,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextResolve, ResolveInfo},
};
use serde_json::{Map, Value as Json};

/// The types of the fields of an answer, by path.
#[derive(Clone, Default)]
pub struct Nullability(Arc<Mutex<HashMap<String, String>>>);

impl ExtensionFactory for Nullability {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(self.clone())
    }
}

#[async_trait::async_trait]
impl Extension for Nullability {
    async fn resolve(
        &self,
        ctx: &ExtensionContext<'_>,
        info: ResolveInfo<'_>,
        next: NextResolve<'_>,
    ) -> ServerResult<Option<Value>> {
        let path = serde_json::to_string(info.path_node).unwrap();
        let return_type = info.return_type.to_owned();
        let resolved = next.run(ctx, info).await.map_err(|mut error| {
            // Errors of fields asked of an interface come without their path.
            if error.path.is_empty() {
                error.path = serde_json::from_str(&path).unwrap();
            }
            error
        });
        self.0.lock().unwrap().insert(path, return_type);
        resolved
    }
}

impl Nullability {
    /// Puts the nulls of an answer's errors where they belong, and forgets what it knows.
    pub fn apply(&self, answer: &mut Json) {
        let types = std::mem::take(&mut *self.0.lock().unwrap());
        let errors = answer["errors"].as_array().cloned().unwrap_or_default();
        let path = |error: &Json| error["path"].as_array().cloned().unwrap_or_default();
        for error in &errors {
            if let Some((_, parent)) = path(error).split_last() {
                restore(&mut answer["data"], parent);
            }
        }
        for error in errors {
            let mut path = path(&error);
            while !path.is_empty() && is_required(&types, &path) {
                path.pop();
            }
            set_null(&mut answer["data"], &path);
        }
    }
}

/// Whether a place must not be null, by the type of its field: those told of items of lists are wrong.
fn is_required(types: &HashMap<String, String>, path: &[Json]) -> bool {
    let lists = path.iter().rev().take_while(|step| step.is_number()).count();
    let field = Json::Array(path[..path.len() - lists].to_vec()).to_string();
    let inside = (0..lists).fold(types[&field].as_str(), |list, _| {
        list.trim_end_matches('!').trim_start_matches('[').trim_end_matches(']')
    });
    inside.ends_with('!')
}

/// An object of which nothing is left is null, unlike the one that it was.
fn restore(data: &mut Json, path: &[Json]) {
    let emptied = path.iter().try_fold(data, |value, step| match step {
        Json::String(key) => value.get_mut(key),
        step => value.get_mut(usize::try_from(step.as_u64()?).ok()?),
    });
    if let Some(emptied) = emptied.filter(|emptied| emptied.is_null()) {
        *emptied = Json::Object(Map::new());
    }
}

fn set_null(value: &mut Json, path: &[Json]) {
    match (path, value) {
        (_, Json::Null) => {}
        ([], value) => *value = Json::Null,
        ([key, rest @ ..], Json::Object(fields)) => {
            let key = key.as_str().unwrap();
            if !fields.contains_key(key) {
                fields.insert(key.to_owned(), Json::Null);
            }
            set_null(&mut fields[key], rest);
        }
        ([index, rest @ ..], Json::Array(items)) => {
            set_null(&mut items[usize::try_from(index.as_u64().unwrap()).unwrap()], rest);
        }
        (path, value) => panic!("{path:?} leads nowhere in {value}"),
    }
}
