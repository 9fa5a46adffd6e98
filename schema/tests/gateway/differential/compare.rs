//! When two answers are the same.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

/// Whether an operation asks for two things under one name, which is all that may be wrong with it.
pub fn is_conflict(answer: &Json) -> bool {
    let message = answer["errors"][0]["message"].as_str().unwrap_or_default();
    answer.get("data").is_none() && message.contains("conflict because")
}

/// Whether the planner gave up. It does where a field with `@requires` is below an object of the same type that the same
/// subgraph was asked for as an entity.
pub fn is_unplannable(answer: &Json) -> bool {
    answer.get("data").is_none() && answer["errors"][0]["message"] == "internal error"
}

/// Data must be equal, and in order where there are no errors: async-graphql leaves failed fields out. Errors must be equal in path and message, whatever their order; but
/// where a null went up through non-null fields, which of several errors below it are told depends on what ran first:
/// there each side must tell one, and at equal paths the same.
pub fn compare(answer: &Json, expected: &Json) -> Result<(), String> {
    let is_same = match expected.get("errors") {
        None => format!("{}", answer["data"]) == format!("{}", expected["data"]),
        Some(_) => answer["data"] == expected["data"],
    };
    if !is_same {
        return Err(format!(
            "data is\n{}\nand should be\n{}\n{}",
            answer["data"], expected["data"], expected["errors"]
        ));
    }
    let (ours, theirs) = (errors(answer), errors(expected));
    let (ours_by_null, theirs_by_null) = (by_null(answer, &ours), by_null(expected, &theirs));
    if ours_by_null.keys().ne(theirs_by_null.keys()) {
        return Err(format!("errors are\n{ours:?}\nand should be\n{theirs:?}"));
    }
    for (null, own) in &ours_by_null {
        let other = &theirs_by_null[null];
        let propagated = own.iter().chain(other).any(|(path, _)| path.len() > null.len());
        let same = if propagated {
            own.iter().all(|(path, message)| other.iter().all(|(at, text)| at != path || text == message))
        } else {
            own == other
        };
        if !same {
            return Err(format!("errors are\n{own:?}\nand should be\n{other:?}"));
        }
    }
    Ok(())
}

type Path = Vec<String>;
type Errors = BTreeSet<(Path, String)>;

fn errors(answer: &Json) -> Errors {
    let errors = answer["errors"].as_array().into_iter().flatten();
    errors
        .map(|error| {
            let path = error["path"].as_array().into_iter().flatten().map(ToString::to_string).collect();
            (path, error["message"].as_str().unwrap_or_default().to_owned())
        })
        .collect()
}

/// Errors under the null that each of them left in the data.
fn by_null(answer: &Json, errors: &Errors) -> BTreeMap<Path, Errors> {
    let mut nulls: BTreeMap<Path, Errors> = BTreeMap::new();
    for (path, message) in errors {
        let mut value = &answer["data"];
        let mut depth = 0;
        while !value.is_null() && depth < path.len() {
            value = match value {
                Json::Array(items) => path[depth].parse().ok().and_then(|index: usize| items.get(index)),
                Json::Object(fields) => fields.get(path[depth].trim_matches('"')),
                _ => None,
            }
            .unwrap_or(&Json::Null);
            depth += 1;
        }
        nulls.entry(path[..depth].to_vec()).or_default().insert((path.clone(), message.clone()));
    }
    nulls
}
