use std::borrow::Cow;

use graphql_tools::static_graphql::query::Field;

use crate::schema_index::SchemaIndex;

const PREFIX: &str = "_as_";

/// The key under which subgraphs are asked for a field.
///
/// It is the client's own key, unless that could be mistaken for another field of the graph: the planner adds fields
/// by their own names (`id`, `__typename`), and a client may well write `id: name`.
pub(super) fn source_key<'a>(schema: &SchemaIndex, field: &'a Field) -> Cow<'a, str> {
    match field.alias.as_deref() {
        _ if field.name == "__typename" => Cow::Borrowed("__typename"),
        None => Cow::Borrowed(&field.name),
        Some(alias) if alias == field.name => Cow::Borrowed(alias),
        Some(alias) if alias.starts_with('_') || schema.has_field_named(alias) => {
            Cow::Owned(format!("{PREFIX}{alias}"))
        }
        Some(alias) => Cow::Borrowed(alias),
    }
}
