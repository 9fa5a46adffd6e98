use async_graphql::{Name, Value, indexmap::IndexMap};

use crate::plan::{Rewrite, RewriteAction, RewriteStep};

/// Applies rewrites to a value, through all lists on their way.
pub(super) fn rewrite(value: &mut Value, rewrites: &[Rewrite]) {
    for rewrite in rewrites {
        apply(value, &rewrite.path, &rewrite.action);
    }
}

fn apply(value: &mut Value, path: &[RewriteStep], action: &RewriteAction) {
    match value {
        Value::List(items) => {
            for item in items {
                apply(item, path, action);
            }
        }
        Value::Object(fields) => match path.split_first() {
            None => {}
            Some((RewriteStep::Type(types), rest)) => {
                let fits = match fields.get("__typename") {
                    Some(Value::String(name)) => types.contains(name),
                    _ => true,
                };
                if fits {
                    apply(value, rest, action);
                }
            }
            Some((RewriteStep::Key(key), [])) => finish(fields, key, action),
            Some((RewriteStep::Key(key), rest)) => {
                if let Some(below) = fields.get_mut(key) {
                    apply(below, rest, action);
                }
            }
        },
        _ => {}
    }
}

fn finish(fields: &mut IndexMap<Name, Value>, key: &Name, action: &RewriteAction) {
    match action {
        RewriteAction::Set(new) => {
            if let Some(old) = fields.get_mut(key) {
                *old = new.clone();
            }
        }
        RewriteAction::Rename(new) => {
            if let Some(value) = fields.swap_remove(key) {
                fields.insert(new.clone(), value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::HashSet, sync::Arc};

    use async_graphql::value;

    use super::*;

    fn types(names: &[&str]) -> RewriteStep {
        RewriteStep::Type(Arc::new(names.iter().map(|name| (*name).to_owned()).collect::<HashSet<_>>()))
    }

    #[test]
    fn a_key_is_renamed_in_objects_of_the_type_only() {
        let mut value = value!([
            {"__typename": "A", "_alias": 1},
            {"__typename": "B", "_alias": 2},
            {"_alias": 3},
        ]);
        let path = vec![types(&["A"]), RewriteStep::Key(Name::new("_alias"))];
        let action = RewriteAction::Rename(Name::new("name"));
        rewrite(&mut value, &[Rewrite { path, action }]);
        assert_eq!(
            value,
            value!([{"__typename": "A", "name": 1}, {"__typename": "B", "_alias": 2}, {"name": 3}])
        );
    }

    #[test]
    fn a_type_name_is_set_through_the_possible_types() {
        let mut value = value!({"__typename": "Component", "id": 1});
        let path = vec![types(&["Entity", "Component"]), RewriteStep::Key(Name::new("__typename"))];
        let action = RewriteAction::Set(Value::from("Entity"));
        rewrite(&mut value, &[Rewrite { path, action }]);
        assert_eq!(value, value!({"__typename": "Entity", "id": 1}));
    }
}
