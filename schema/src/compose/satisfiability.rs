use std::time::Duration;

use crate::plan::Planner;

/// Of the composer's messages about queries that it calls impossible, those whose query cannot be planned indeed.
pub(super) fn unplannable<'a>(supergraph: &str, messages: impl Iterator<Item = &'a str>) -> Vec<String> {
    let planner = Planner::new(supergraph, []).ok();
    messages
        .filter(|message| {
            let Some(planner) = &planner else { return true };
            query_in(message).is_none_or(|query| !planner.can_plan(&query, PLANNING_TIMEOUT))
        })
        .map(str::to_owned)
        .collect()
}

const PLANNING_TIMEOUT: Duration = Duration::from_secs(5);

/// The query that a message quotes, made parsable: it marks omitted parts with `...`.
fn query_in(message: &str) -> Option<String> {
    let start = message.find("query:")? + "query:".len();
    let end = message.find("cannot be satisfied")?;
    let text = message.get(start..end)?;
    let lines = text.lines().map(|line| if line.trim() == "..." { "__typename" } else { line });
    Some(lines.collect::<Vec<_>>().join("\n"))
}
