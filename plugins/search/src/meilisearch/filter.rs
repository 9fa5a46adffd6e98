use callboard_kit::{EntityRef, EntitySet};

use super::document::pair;
use crate::{
    engine::{EngineError, Sight},
    query::{Filter, SearchQuery},
};

/// The most entities that are named in one filter; who may see more, but not all, is told so.
const MAX_ENTITIES: usize = 100_000;

/// What may be found and what is asked for, as one condition: nothing else is counted or read.
pub(super) fn condition(sight: &Sight, query: &SearchQuery) -> Result<String, EngineError> {
    let mut parts = vec![visible(sight)?];
    parts.extend(query.filters.iter().map(of_filter));
    Ok(parts.join(" AND "))
}

fn visible(sight: &Sight) -> Result<String, EngineError> {
    let readable = sight.entities.as_deref().map_or(Ok(String::from("entity IN []")), among)?;
    let mut types = Vec::new();
    for type_ in &sight.types {
        let mut entities = format!("(entity EXISTS AND entity IS NOT NULL AND {readable}");
        if let Some(only) = type_.only.as_deref() {
            entities = format!("{entities} AND {}", among(only)?);
        }
        entities.push(')');
        let without = if type_.without_entity { " OR entity IS NULL" } else { "" };
        types.push(format!("(type = {} AND ({entities}{without}))", quoted(&type_.name)));
    }
    Ok(if types.is_empty() { "type IN []".to_owned() } else { format!("({})", types.join(" OR ")) })
}

fn among(entities: &dyn EntitySet) -> Result<String, EngineError> {
    if entities.is_empty() {
        return Ok("entity IN []".to_owned());
    }
    if entities.is_everything() {
        return Ok("entity IS NOT NULL".to_owned());
    }
    let Some(references) = entities.references(MAX_ENTITIES) else {
        let told =
            format!("the viewer may see more than {MAX_ENTITIES} entities, which Meilisearch cannot be told");
        return Err(EngineError::Unavailable(told));
    };
    let references: Vec<String> = references.iter().map(EntityRef::as_str).map(quoted).collect();
    Ok(format!("entity IN [{}]", references.join(", ")))
}

fn of_filter(filter: &Filter) -> String {
    let mut condition = if filter.exists.is_some() {
        format!("field = {}", quoted(&filter.field))
    } else {
        let values: Vec<String> =
            filter.values.iter().map(|value| quoted(&pair(&filter.field, value))).collect();
        format!("filter IN [{}]", values.join(", "))
    };
    if filter.is_negated != (filter.exists == Some(false)) {
        condition = format!("(NOT {condition})");
    }
    condition
}

/// A value that ends nowhere but at its end.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
