//! From nothing to all entities visible.

use std::time::Duration;

use crate::{
    data::Data,
    process::{memory, processor_time},
    server::{LIVE, Portal, Setup},
    table,
};

/// How long a portal is left alone before it is called idle.
const SETTLE: Duration = Duration::from_secs(5);

/// Starts a portal that has read everything, and tells how it went.
pub async fn measure(setup: &Setup, data: &Data, tells: bool) -> anyhow::Result<Portal> {
    let all = data.count() + LIVE;
    let mut first = setup.start()?;
    let ready = first.answers("/readyz").await?;
    let visible = first.has_entities(all).await?;
    if !tells {
        return Ok(first);
    }
    let work = processor_time(first.pid());
    tokio::time::sleep(SETTLE).await;
    let (now, peak) = memory(first.pid());
    let reference = |small: &str, large: &str| match data.count() {
        ..5_000 => small.to_owned(),
        _ => large.to_owned(),
    };
    let size = setup.database_size();
    first.stop()?;
    let again = setup.start()?;
    let ready_again = again.answers("/readyz").await?;
    let visible_again = again.has_entities(all).await?;
    tokio::time::sleep(SETTLE).await;
    let (now_again, peak_again) = memory(again.pid());
    let rate = data.count() as f64 / visible.as_secs_f64();
    let row = |name: &str, ours: String, theirs: String| vec![name.to_owned(), ours, theirs];
    let mut rows = vec![
        row("empty database: ready", table::seconds(ready), "4.1 to 5.3 s".to_owned()),
        row(
            "all entities visible",
            table::seconds(visible),
            reference("17.6 to 23.6 s", "130 to 137 s (at 10,000)"),
        ),
        row("entities per second, from the start", format!("{rate:.0}"), "about 75".to_owned()),
        row("processor time", table::seconds(work), String::new()),
        row(
            "memory after, at most",
            format!("{now} MiB, {peak} MiB"),
            reference("488 MiB, 500 MiB", "820 MiB, 875 MiB (at 10,000)"),
        ),
        row("restart: ready", table::seconds(ready_again), "3.2 to 3.6 s".to_owned()),
        row("restart: all entities visible", table::seconds(visible_again), String::new()),
        row("memory after, at most", format!("{now_again} MiB, {peak_again} MiB"), String::new()),
    ];
    if let Some(size) = size {
        rows.push(row("database", format!("{size} MiB"), reference("98 MB", "420 MB (at 10,000)")));
    }
    table::print(&["start", "Callboard", "reference"], &rows);
    Ok(again)
}
