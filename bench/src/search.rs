//! The search, from when its index has everything: what it took, and how fast it answers.

use std::time::{Duration, Instant};

use anyhow::bail;
use bytes::Bytes;
use serde_json::{Value, json};

use crate::{
    client::Client,
    data::Data,
    load::{Load, Question},
    process::memory,
    server::{Portal, TOKEN},
    table::{self, milliseconds, seconds},
};

/// How many different requests a case goes through.
const VARIANTS: usize = 200;
/// How long the index may take.
const PATIENCE: Duration = Duration::from_mins(30);

const STATUS: &str = "{ searchIndexStatus { documents bytes rebuilding types { complete } } }";
const SEARCH: &str = "query($text: String!, $first: Int) { search(text: $text, first: $first) { totalCount suggestion \
    nodes { type title text location score highlights { field start end } } \
    facets(fields: [\"type\", \"kind\", \"owner\", \"lifecycle\", \"tag\"]) { field values { value count } } } }";

/// Waits for the index, then asks every case, one request after the other.
pub async fn measure(portal: &Portal, data: &Data, time: Duration) -> anyhow::Result<()> {
    let status = complete(portal, data.count()).await?;
    let taken = portal.started.elapsed();
    let megabytes = status["bytes"].as_f64().unwrap_or_default() / 1024.0 / 1024.0;
    let (now, most) = memory(portal.pid());
    println!(
        "\n{} documents can be found {} after the start; the index takes {megabytes:.0} MiB, the process {now} MiB, {most} at most",
        status["documents"],
        seconds(taken)
    );
    let mut rows = Vec::new();
    for (name, text) in cases(data) {
        let questions = (0..VARIANTS).map(|number| question(&text(number))).collect();
        let figures = Load { connections: 1, time }.ask(&portal.address, TOKEN, questions).await?;
        let within = |thousandth| milliseconds(figures.within(thousandth));
        rows.push(vec![name.to_owned(), within(500), within(990), within(999), format!("{}", figures.bad)]);
    }
    table::print(&["search", "p50 ms", "p99 ms", "p99.9 ms", "refused"], &rows);
    let (now, most) = memory(portal.pid());
    println!("\nafterwards the process takes {now} MiB, {most} at most");
    Ok(())
}

async fn complete(portal: &Portal, count: usize) -> anyhow::Result<Value> {
    let mut client = Client::connect(&portal.address).await?.with_token(TOKEN);
    let began = Instant::now();
    loop {
        let answer = client.ask(&json!({ "query": STATUS })).await?;
        let status = &answer["data"]["searchIndexStatus"];
        let is_full = status["documents"].as_u64().is_some_and(|documents| documents >= count as u64);
        if is_full && status["types"][0]["complete"] == true {
            return Ok(status.clone());
        }
        if began.elapsed() > PATIENCE {
            bail!("the index never had everything: {answer}");
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn question(text: &str) -> Question {
    let body = json!({ "query": SEARCH, "variables": { "text": text, "first": 20 } }).to_string();
    ("/graphql".to_owned(), Some(Bytes::from(body)))
}

type Texts<'a> = Box<dyn Fn(usize) -> String + 'a>;

/// What people type, and what nobody would but to do harm.
fn cases(data: &Data) -> Vec<(&'static str, Texts<'_>)> {
    let name = |number: usize| data.component(number * 37).to_owned();
    let cut = move |number: usize, letters: usize| -> String { name(number).chars().take(letters).collect() };
    let wrong = move |number: usize| -> String {
        let mut letters: Vec<char> = name(number).chars().collect();
        if letters.len() > 3 {
            letters.swap(1, 2);
        }
        letters.into_iter().collect()
    };
    vec![
        ("a name", Box::new(name)),
        ("while a name is typed, 3 letters", Box::new(move |number| cut(number, 3))),
        ("while a name is typed, 6 letters", Box::new(move |number| cut(number, 6))),
        ("a name with a mistake", Box::new(wrong)),
        ("two common words", Box::new(|_| "payment service".to_owned())),
        ("a word and two fields", Box::new(|_| "order kind:component lifecycle:production".to_owned())),
        ("a phrase", Box::new(|_| "\"payment service\"".to_owned())),
        ("nothing but a field", Box::new(|_| "kind:component".to_owned())),
        ("nothing at all", Box::new(|_| String::new())),
        (
            "one letter",
            Box::new(|number| char::from(b'a' + u8::try_from(number % 26).unwrap_or(0)).to_string()),
        ),
        ("24 single letters", Box::new(|_| "s c p a e o i t r n l m d u b g h k f w y v x j".to_owned())),
        (
            "24 words that nothing has",
            Box::new(|_| (0..24).map(|at| format!("qwertzuiopas{at}x ")).collect()),
        ),
        ("500 letters", Box::new(|_| "paymentservice".repeat(36).chars().take(500).collect())),
        ("24 times nearly a word", Box::new(|_| "srevicse paymetns ".repeat(12))),
        ("30 exclusions", Box::new(|_| format!("service {}", "-kind:api ".repeat(30)))),
    ]
}
