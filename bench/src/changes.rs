//! Changes while others read: how soon a change is there, and whether an answer ever mixes before and after.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::{
    load::Figures,
    server::{LIVE, Portal, Setup, live},
    table::{self, milliseconds},
};

const READ: &str = "{ entities(filter: { kind: [\"Resource\"], type: [\"counter\"] }, first: 100) { totalCount nodes { description owner { ref } } facets(fields: [\"spec.owner\"]) { values { value count } } } }";

/// What readers saw.
#[derive(Debug, Default)]
struct Seen {
    taken: Vec<Duration>,
    mixed: usize,
    back: usize,
}

/// Changes entities together, again and again, while others read all of them.
pub async fn measure(setup: &Setup, portal: &Portal, changes: usize, readers: usize) -> anyhow::Result<()> {
    let id = portal.location(&setup.live().display().to_string()).await?;
    let stop = Arc::new(AtomicBool::new(false));
    let visible = Arc::new(AtomicUsize::new(0));
    let mut reading = JoinSet::new();
    for _ in 0..readers {
        reading.spawn(read(portal.client().await?, Arc::clone(&stop), Arc::clone(&visible)));
    }
    let refresh = json!({
        "query": "mutation($input: RefreshLocationInput!) { refreshLocation(input: $input) { location { state error entities(first: 1) { nodes { description } } } } }",
        "variables": { "input": { "id": id } },
    });
    let mut client = portal.client().await?;
    let (began, mut writes) = (Instant::now(), Vec::new());
    for version in 1..=changes.div_ceil(LIVE) {
        let at = Instant::now();
        setup.write(&live(version))?;
        let answer = client.ask(&refresh).await?;
        writes.push(at.elapsed());
        let told = answer.pointer("/data/refreshLocation/location/entities/nodes/0/description");
        ensure!(told == Some(&json!(format!("version {version}"))), "not in its own answer: {answer}");
        visible.store(version, Ordering::Release);
    }
    let time = began.elapsed();
    stop.store(true, Ordering::Release);
    let mut all = Seen::default();
    while let Some(seen) = reading.join_next().await {
        let seen = seen??;
        all.taken.extend(seen.taken);
        all.mixed += seen.mixed;
        all.back += seen.back;
    }
    all.taken.sort_unstable();
    writes.sort_unstable();
    let (writes, reads) =
        (Figures { taken: writes, time, bad: 0 }, Figures { taken: all.taken, time, bad: 0 });
    let row = |name: &str, figures: &Figures, rate: f64| {
        vec![
            name.to_owned(),
            format!("{rate:.0}"),
            milliseconds(figures.within(500)),
            milliseconds(figures.within(990)),
            milliseconds(figures.within(1000)),
        ]
    };
    let rows = [
        row("changed entities, from the file to the answer", &writes, writes.rate() * LIVE as f64),
        row("reads meanwhile", &reads, reads.rate()),
    ];
    table::print(&["changes while others read", "per second", "p50 ms", "p99 ms", "most ms"], &rows);
    println!(
        "\n{} changes, {LIVE} at a time, {readers} readers: {} of {} answers mixed before and after, {} were older than \
         what was visible before they were asked",
        changes.div_ceil(LIVE) * LIVE,
        all.mixed,
        reads.taken.len(),
        all.back
    );
    ensure!(all.mixed == 0 && all.back == 0, "an answer was not of one moment");
    Ok(())
}

async fn read(
    mut client: crate::client::Client,
    stop: Arc<AtomicBool>,
    visible: Arc<AtomicUsize>,
) -> anyhow::Result<Seen> {
    let question = json!({ "query": READ });
    let mut seen = Seen::default();
    while !stop.load(Ordering::Acquire) {
        let least = visible.load(Ordering::Acquire);
        let at = Instant::now();
        let answer = client.ask(&question).await?;
        seen.taken.push(at.elapsed());
        let list = answer.pointer("/data/entities").with_context(|| answer.to_string())?;
        let nodes = list.get("nodes").and_then(Value::as_array).context("no nodes")?;
        let versions: BTreeSet<&str> =
            nodes.iter().filter_map(|node| node.get("description")?.as_str()).collect();
        let owners = list.pointer("/facets/0/values").and_then(Value::as_array).context("no facets")?;
        let is_whole = versions.len() == 1 && owners.len() == 1 && nodes.len() == LIVE;
        let version = versions.first().and_then(|text| text.strip_prefix("version ")?.parse::<usize>().ok());
        seen.mixed += usize::from(!is_whole);
        seen.back += usize::from(version.is_none_or(|version| version < least));
    }
    Ok(seen)
}
