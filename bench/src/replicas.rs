//! Two replicas on one database.

use std::time::{Duration, Instant};

use anyhow::ensure;
use serde_json::{Value, json};

use crate::{
    data::Data,
    load::{Figures, Load},
    server::{LIVE, Portal, Setup, TOKEN, live},
    table::{self, milliseconds},
};

/// Changes that are followed from one replica to the other.
const FOLLOWED: usize = 100;

/// Starts a second replica, reads from it while the first one takes everything in anew, and tells how soon it follows.
pub async fn measure(setup: &Setup, first: &Portal, data: &Data) -> anyhow::Result<()> {
    let mut second = setup.start()?;
    second.answers("/readyz").await?;
    let boot = second.has_entities(data.count() + LIVE).await?;
    let follows = follow(setup, first, &second).await?;
    let quiet = list(&second, 5).await?;
    let again = read_all_again(first, data);
    let (busy, taken) = tokio::join!(list(&second, 10), again);
    let (busy, taken) = (busy?, taken?);
    let row = |name: &str, figures: &Figures| {
        vec![
            name.to_owned(),
            format!("{:.0}", figures.rate()),
            milliseconds(figures.within(500)),
            milliseconds(figures.within(990)),
            milliseconds(figures.within(1000)),
        ]
    };
    let rows = [
        row("a change, from one replica's answer to the other's", &follows),
        row("list 20 with total, other replica quiet", &quiet),
        row("list 20 with total, other replica reads all files again", &busy),
    ];
    table::print(&["two replicas", "per second", "p50 ms", "p99 ms", "most ms"], &rows);
    println!(
        "\nsecond replica: all entities visible after {}; {} unchanged entities read again in {}",
        table::seconds(boot),
        data.count(),
        table::seconds(taken)
    );
    second.stop()?;
    Ok(())
}

async fn list(portal: &Portal, seconds: u64) -> anyhow::Result<Figures> {
    let query =
        "{ entities(filter: { kind: [\"Component\"] }, first: 20) { totalCount nodes { ref title } } }";
    let body = json!({ "query": query }).to_string();
    let load = Load { connections: 8, time: Duration::from_secs(seconds) };
    load.ask(&portal.address, TOKEN, vec![("/graphql".to_owned(), Some(body.into()))]).await
}

/// How long it takes until the other replica shows what one has answered.
async fn follow(setup: &Setup, first: &Portal, second: &Portal) -> anyhow::Result<Figures> {
    let (mut writer, mut reader) = (first.client().await?, second.client().await?);
    let id = first.location(&setup.live().display().to_string()).await?;
    let refresh = refresh(&id);
    let read = json!({ "query": "{ entity(ref: \"resource:live-3\") { description } }" });
    let (began, mut taken) = (Instant::now(), Vec::new());
    for version in 1_000_000..1_000_000 + FOLLOWED {
        setup.write(&live(version))?;
        writer.ask(&refresh).await?;
        let at = Instant::now();
        let expected = json!(format!("version {version}"));
        while reader.ask(&read).await?.pointer("/data/entity/description") != Some(&expected) {
            ensure!(at.elapsed() < Duration::from_secs(30), "the other replica does not follow");
        }
        taken.push(at.elapsed());
    }
    taken.sort_unstable();
    Ok(Figures { taken, time: began.elapsed(), bad: 0 })
}

fn refresh(id: &Value) -> Value {
    json!({
        "query": "mutation($input: RefreshLocationInput!) { refreshLocation(input: $input) { location { state error } } }",
        "variables": { "input": { "id": id } },
    })
}

/// Has all files read again, none of which has changed.
async fn read_all_again(portal: &Portal, data: &Data) -> anyhow::Result<Duration> {
    let id = portal.location(&format!("{}/*.yaml", data.folder().display())).await?;
    let mut client = portal.client().await?;
    let began = Instant::now();
    let answer = client.ask(&refresh(&id)).await?;
    let state = answer.pointer("/data/refreshLocation/location/state");
    ensure!(state == Some(&json!("OK")), "{answer}");
    Ok(began.elapsed())
}
