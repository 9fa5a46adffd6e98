use callboard_kit::AuditChange;
use serde_json::{Value, json};

/// What is kept of one change, in bytes of JSON.
const MAX_CHANGE: usize = 64 * 1024;
/// What is kept of all changes of an event, in bytes of JSON.
const MAX_CHANGES: usize = 256 * 1024;
/// The most places that are named.
const MAX_PLACES: usize = 2_000;

/// The changes cut to what an event may hold: what is left out leaves a mark where it was, and its place stays.
pub(crate) fn fit(changes: Vec<AuditChange>) -> Vec<AuditChange> {
    let more = changes.len().saturating_sub(MAX_PLACES);
    let mut left = MAX_CHANGES;
    let mut kept: Vec<AuditChange> = changes
        .into_iter()
        .take(MAX_PLACES)
        .map(|change| {
            let mut cut = |value: Option<Value>| {
                let value = cut(value?, left.min(MAX_CHANGE / 2));
                left = left.saturating_sub(size(&value));
                Some(value)
            };
            AuditChange { before: cut(change.before), after: cut(change.after), path: change.path }
        })
        .collect();
    if more > 0 {
        let after = Some(Value::from(format!("{more} more places are not kept")));
        kept.push(AuditChange { path: "…".to_owned(), before: None, after });
    }
    kept
}

fn cut(value: Value, limit: usize) -> Value {
    let whole = size(&value);
    if whole <= limit {
        return value;
    }
    let Value::Array(items) = value else { return mark(whole) };
    let (count, mut room) = (items.len(), limit);
    let fits = |item: &Value| {
        let size = size(item) + 1;
        let fits = size <= room;
        room = room.saturating_sub(size);
        fits
    };
    let mut kept: Vec<Value> = items.into_iter().take_while(fits).collect();
    kept.push(json!(format!("{} more are not kept", count - kept.len())));
    Value::Array(kept)
}

fn mark(bytes: usize) -> Value {
    format!("too large to keep: {bytes} bytes").into()
}

fn size(value: &Value) -> usize {
    serde_json::to_string(value).map_or(0, |text| text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(path: &str, after: Value) -> AuditChange {
        AuditChange { path: path.to_owned(), before: None, after: Some(after) }
    }

    #[test]
    fn what_is_too_large_leaves_a_mark_and_costs_no_others() {
        let members: Vec<String> = (0..5_000).map(|index| format!("user:default/u{index}")).collect();
        let fitted = fit(vec![
            change("members", json!(members)),
            change("text", "x".repeat(100_000).into()),
            change("owner", "me".into()),
        ]);
        let kept = fitted[0].after.as_ref().unwrap().as_array().unwrap();
        assert!(kept.len() > 1_000 && size(&fitted[0].after.clone().unwrap()) < MAX_CHANGE);
        assert_eq!(kept.last().unwrap(), &json!(format!("{} more are not kept", 5_000 - kept.len() + 1)));
        assert_eq!(fitted[1].after, Some(json!("too large to keep: 100002 bytes")));
        assert_eq!(fitted[2], change("owner", "me".into()));
    }

    #[test]
    fn very_many_changes_keep_their_places() {
        let many = (0..3_000).map(|index| change(&format!("r{index}"), "x".repeat(1_000).into()));
        let fitted = fit(many.collect());
        assert_eq!((fitted.len(), fitted[1_999].path.as_str()), (2_001, "r1999"));
        assert!(serde_json::to_string(&fitted).unwrap().len() < 2 * MAX_CHANGES);
        assert_eq!(fitted[2_000].after, Some(json!("1000 more places are not kept")));
    }
}
