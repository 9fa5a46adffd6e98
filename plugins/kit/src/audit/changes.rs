use std::collections::HashMap;

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

/// What is different between two states; `Null` is the state of what is not there. Of lists that are different there are
/// the items that went and those that came; where only their order is, the lists as wholes.
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
        (Value::Array(left), Value::Array(right)) => {
            let (went, came) = (without(left, right), without(right, left));
            let is_order = went.is_empty() && came.is_empty();
            let told = |all: &Value, some: Vec<Value>| match (is_order, some.is_empty()) {
                (true, _) => Some(all.clone()),
                (false, true) => None,
                (false, false) => Some(Value::Array(some)),
            };
            changes.push(AuditChange { path, before: told(before, went), after: told(after, came) });
        }
        (before, after) => {
            let told = |value: &Value| (!value.is_null()).then(|| value.clone());
            changes.push(AuditChange { path, before: told(before), after: told(after) });
        }
    }
}

/// The items of a list that another one does not have, each as often as it has it more often.
fn without(list: &[Value], other: &[Value]) -> Vec<Value> {
    let mut counts: HashMap<&Value, usize> = HashMap::new();
    for item in other {
        *counts.entry(item).or_default() += 1;
    }
    let mut left = Vec::new();
    for item in list {
        match counts.get_mut(item) {
            Some(count) if *count > 0 => *count -= 1,
            _ => left.push(item.clone()),
        }
    }
    left
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
        assert_eq!((&changes[0].before, &changes[0].after), (&None, &Some(json!(["y"]))));
        assert_eq!((changes[1].before.clone(), changes[1].after.clone()), (None, Some(json!("me"))));
        assert_eq!(changes[2].after, None);
        assert_eq!(changes_between(&after, &after), []);
    }

    #[test]
    fn of_lists_those_that_went_and_came_are_told_however_long_they_are() {
        let list = |from: usize, to: usize| (from..to).map(|item| json!({ "n": item })).collect::<Vec<_>>();
        let changes = changes_between(&json!({ "l": list(0, 5000) }), &json!({ "l": list(1, 5001) }));
        let (went, came) = (Some(json!([{ "n": 0 }])), Some(json!([{ "n": 5000 }])));
        assert_eq!(changes, [AuditChange { path: "l".into(), before: went, after: came }]);
        let change = |before, after| changes_between(&before, &after).remove(0);
        let order = change(json!([1, 2, 2]), json!([2, 1, 2]));
        assert_eq!((order.before, order.after), (Some(json!([1, 2, 2])), Some(json!([2, 1, 2]))));
        let fewer = change(json!([1, 2, 2]), json!([2, 1]));
        assert_eq!((fewer.before, fewer.after), (Some(json!([2])), None));
    }

    #[test]
    fn what_came_into_being_is_told_by_its_parts_and_what_is_gone_as_a_whole() {
        let role = json!({ "name": "a", "members": [] });
        assert_eq!(changes_between(&Value::Null, &role).len(), 2);
        let gone = changes_between(&role, &Value::Null);
        assert_eq!((gone.len(), gone[0].path.as_str(), &gone[0].before), (1, "", &Some(role)));
    }
}
