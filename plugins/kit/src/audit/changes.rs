use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One place that is different after an act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditChange {
    /// The place, dotted, e.g. `grants.0.permission`; empty for the whole.
    pub path: String,
    /// What was there; `None` for nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// What is there now; `None` for nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
}

/// What is different between two states; `Null` is the state of what is not there. Lists are compared as wholes, since
/// a member that leaves moves all that follow it.
pub fn changes_between(before: &Value, after: &Value) -> Vec<AuditChange> {
    let mut changes = Vec::new();
    collect(String::new(), before, after, &mut changes);
    changes
}

fn collect(path: String, before: &Value, after: &Value, changes: &mut Vec<AuditChange>) {
    if before == after {
        return;
    }
    let absent = Value::Null;
    match (before, after) {
        (Value::Object(left), Value::Object(right)) => {
            let added = right.keys().filter(|key| !left.contains_key(*key));
            for key in left.keys().chain(added) {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                let of = |side: &serde_json::Map<String, Value>| side.get(key).cloned().unwrap_or_default();
                collect(path, &of(left), &of(right), changes);
            }
        }
        (Value::Null, Value::Object(right)) if !right.is_empty() => {
            for (key, value) in right {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                collect(path, &absent, value, changes);
            }
        }
        (before, after) => {
            let told = |value: &Value| (!value.is_null()).then(|| value.clone());
            changes.push(AuditChange { path, before: told(before), after: told(after) });
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_differs_is_told() {
        let before =
            json!({ "name": "a", "members": ["x"], "owner": null, "deep": { "same": 1, "other": 2 } });
        let after = json!({ "name": "a", "members": ["x", "y"], "owner": "me", "deep": { "same": 1 } });
        let changes = changes_between(&before, &after);
        let told: Vec<_> = changes.iter().map(|change| change.path.as_str()).collect();
        assert_eq!(told, ["members", "owner", "deep.other"]);
        assert_eq!(changes[0].before, Some(json!(["x"])));
        assert_eq!((changes[1].before.clone(), changes[1].after.clone()), (None, Some(json!("me"))));
        assert_eq!(changes[2].after, None);
        assert_eq!(changes_between(&after, &after), []);
    }

    #[test]
    fn what_came_into_being_is_told_by_its_parts_and_what_is_gone_as_a_whole() {
        let role = json!({ "name": "a", "members": [] });
        assert_eq!(changes_between(&Value::Null, &role).len(), 2);
        let gone = changes_between(&role, &Value::Null);
        assert_eq!((gone.len(), gone[0].path.as_str(), &gone[0].before), (1, "", &Some(role)));
    }
}
