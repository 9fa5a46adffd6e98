//! What the embedded engine takes for 250,000 documents, without HTTP and without a catalog around it:
//!
//! ```text
//! cargo test --release -p callboard-search measured -- --ignored --nocapture
//! ```

use std::{
    fs,
    sync::Arc,
    time::{Duration, Instant},
};

use callboard_kit::{EntityRef, EntitySet, SearchDocument, SearchField};
use chrono::DateTime;

use crate::{
    embedded::Embedded,
    engine::{Ask, Batch, Engine, Sight, TypeSight},
    query::{Known, parse},
};

const DOCUMENTS: usize = 250_000;
const STEP: usize = 4000;
/// How often each question is put.
const TIMES: usize = 200;

const WORDS: &str = "payment order invoice catalog session stock ledger customer account gateway report billing cart checkout \
    shipping tracking notification message queue stream event worker scheduler cache proxy token identity access policy audit \
    metric trace alert dashboard search index document page template release deployment cluster node volume network route domain \
    certificate secret config feature flag experiment profile avatar image video upload download export import backup restore";

/// Every so many of the entities.
#[derive(Debug)]
struct Some(u64);

impl EntitySet for Some {
    fn fingerprint(&self) -> u64 {
        self.0
    }

    fn is_empty(&self) -> bool {
        false
    }

    fn is_everything(&self) -> bool {
        self.0 == 1
    }

    fn has(&self, references: &[EntityRef]) -> Vec<bool> {
        let number = |reference: &EntityRef| {
            reference.name().rsplit('-').next().and_then(|number| number.parse::<u64>().ok())
        };
        references
            .iter()
            .map(|reference| number(reference).is_some_and(|number| number % self.0 == 0))
            .collect()
    }

    fn references(&self, _: usize) -> Option<Vec<EntityRef>> {
        None
    }
}

/// Numbers that look drawn, the same ones every time.
fn drawn(seed: usize) -> usize {
    let mut bits = (seed as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    bits ^= bits >> 29;
    usize::try_from(bits.wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 33).unwrap()
}

fn document(number: usize, words: &[&str]) -> SearchDocument {
    let word = |at: usize| words[drawn(number * 97 + at) % words.len()];
    let name = format!("{}-{}-{number}", word(0), word(1));
    let length = if number.is_multiple_of(5) { 300 } else { 15 };
    let text: Vec<String> = (0..length)
        .map(|at| {
            if at % 9 == 8 {
                format!("{}{}", word(at + 2), drawn(number * 31 + at) % 50_000)
            } else {
                word(at + 2).to_owned()
            }
        })
        .collect();
    SearchDocument {
        updated: DateTime::from_timestamp(1_700_000_000 + i64::try_from(number).unwrap() * 60, 0),
        name: Option::Some(name.clone()),
        ..SearchDocument::new("software-catalog", format!("id-{number}"), name.replace('-', " "))
    }
    .about(format!("component:default/{name}").parse().unwrap())
    .at(format!("/catalog/default/component/{name}"))
    .with_text(text.join(" "))
    .with(SearchField::Kind, [["Component", "API", "Resource", "System"][number % 4]])
    .with(SearchField::Lifecycle, [["production", "experimental"][number % 2]])
    .with(SearchField::Owner, [format!("group:default/team-{}", drawn(number) % 500)])
    .with(SearchField::Tag, [word(3), word(4)])
}

fn memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let lines = status
        .lines()
        .filter(|line| line.starts_with("VmRSS") || line.starts_with("VmHWM") || line.starts_with("RssAnon"));
    lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join(", ")
}

async fn measure(engine: &Embedded, name: &str, every: u64, text: impl Fn(usize) -> String) {
    let fields = ["type", "kind", "lifecycle", "owner", "tag"].map(str::to_owned);
    let mut times: Vec<Duration> = Vec::new();
    let mut total = 0;
    for time in 0..TIMES {
        let Ok(query) = parse(&text(time), Known { fields: &fields, types: &[] }) else { panic!("{name}") };
        let type_ = TypeSight { name: "software-catalog".to_owned(), only: None, without_entity: false };
        let sight = Sight { entities: Option::Some(Arc::new(Some(every))), types: vec![type_] };
        let ask =
            Ask { query: Arc::new(query), sight: Arc::new(sight), size: 20, after: None, today: 20_000 };
        let began = Instant::now();
        let found = engine.search(ask).await.unwrap();
        found.facets.count(&fields, 200).await.unwrap();
        times.push(began.elapsed());
        total = total.max(found.total);
    }
    let first = times[0];
    times.sort_unstable();
    eprintln!(
        "{name:42} p50 {:8.2?} p99 {:8.2?} most {:8.2?} first {first:8.2?} found {total}",
        times[TIMES / 2],
        times[TIMES * 99 / 100],
        times[TIMES - 1]
    );
}

#[tokio::test]
#[ignore = "a measurement, which proves nothing"]
async fn what_is_measured_is_told() {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let folder = tempfile::tempdir().unwrap();
    let engine = Embedded::open(folder.path()).await.unwrap();
    let began = Instant::now();
    for step in 0..DOCUMENTS.div_ceil(STEP) {
        let puts = (step * STEP..((step + 1) * STEP).min(DOCUMENTS))
            .map(|number| document(number, &words))
            .collect();
        engine.apply(Batch { puts, ..Batch::default() }).await.unwrap();
    }
    let taken = began.elapsed();
    let status = engine.status().await.unwrap();
    eprintln!(
        "{DOCUMENTS} documents in {taken:.1?}, {} MiB, {}",
        status.bytes.unwrap() / 1024 / 1024,
        memory()
    );
    let began = Instant::now();
    for number in 0..20 {
        engine.apply(Batch { puts: vec![document(number, &words)], ..Batch::default() }).await.unwrap();
    }
    eprintln!("a single change {:.1?}", began.elapsed() / 20);
    let name = |time: usize| document(time * 37, &words).name.unwrap();
    let cut = |time: usize, letters: usize| name(time).chars().take(letters).collect::<String>();
    measure(&engine, "a name", 1, name).await;
    measure(&engine, "3 letters of a name", 1, |time| cut(time, 3)).await;
    measure(&engine, "6 letters of a name", 1, |time| cut(time, 6)).await;
    measure(&engine, "a word with a mistake", 1, |time| {
        cut(time, 20).replacen("er", "re", 1).replacen("nt", "tn", 1)
    })
    .await;
    measure(&engine, "two common words", 1, |_| "payment gateway".to_owned()).await;
    measure(&engine, "a word and two fields", 1, |_| "order kind:component lifecycle:production".to_owned())
        .await;
    measure(&engine, "a phrase", 1, |_| "\"payment gateway\"".to_owned()).await;
    measure(&engine, "a field alone", 1, |_| "kind:component".to_owned()).await;
    measure(&engine, "nothing", 1, |_| String::new()).await;
    measure(&engine, "two common words, who sees 1 of 1000", 1000, |_| "payment gateway".to_owned()).await;
    measure(&engine, "nothing, who sees 1 of 3", 3, |_| String::new()).await;
    measure(&engine, "one letter", 1, |time| char::from(b'a' + u8::try_from(time % 26).unwrap()).to_string())
        .await;
    measure(&engine, "24 single letters", 1, |_| {
        "s c p a e o i t r n l m d u b g h k f w y v x j".to_owned()
    })
    .await;
    measure(&engine, "24 common words", 1, |_| words[..24].join(" ")).await;
    measure(&engine, "24 words that nothing has", 1, |_| {
        (0..24).map(|at| format!("qwertzuiopas{at}x")).collect::<Vec<_>>().join(" ")
    })
    .await;
    measure(&engine, "500 letters", 1, |_| "paymentservice".repeat(36).chars().take(500).collect()).await;
    measure(&engine, "24 times nearly a word", 1, |_| "paymnet gatewya ".repeat(12)).await;
    measure(&engine, "a phrase of 20 common words", 1, |_| format!("\"{}\"", words[..20].join(" "))).await;
    measure(&engine, "20 exclusions", 1, |_| format!("payment {}", "-gateway ".repeat(20))).await;
    eprintln!("{}", memory());
}
