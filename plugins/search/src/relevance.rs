//! How well what is meant is found: judged queries over real descriptors and pages, beside Lunr over the same documents.

mod corpus;
mod lunr;

use std::{collections::BTreeMap, sync::Arc};

use callboard_kit::{EntityRef, EntitySet, SearchDocument};

use crate::{
    embedded::Embedded,
    engine::{Ask, Batch, Engine, Sight, TypeSight},
    query::{Known, parse},
};

/// As many queries at least.
const QUERIES: usize = 120;

/// All there is.
#[derive(Debug)]
struct Everything;

impl EntitySet for Everything {
    fn fingerprint(&self) -> u64 {
        0
    }

    fn is_empty(&self) -> bool {
        false
    }

    fn is_everything(&self) -> bool {
        true
    }

    fn has(&self, references: &[EntityRef]) -> Vec<bool> {
        vec![true; references.len()]
    }

    fn references(&self, _: usize) -> Option<Vec<EntityRef>> {
        None
    }
}

/// Queries with what is meant, the best first.
fn judged() -> Vec<(&'static str, Vec<&'static str>)> {
    let lines = include_str!("../relevance/queries.tsv").lines().filter(|line| !line.starts_with('#'));
    let judged = lines.map(|line| {
        let (query, hits) = line.split_once('\t').unwrap();
        (query, hits.split(' ').collect())
    });
    judged.collect()
}

async fn found(engine: &Embedded, text: &str) -> Vec<String> {
    let query = parse(text, Known { fields: &[], types: &[] }).unwrap();
    let of = |name: &str| TypeSight { name: name.to_owned(), only: None, without_entity: true };
    let sight =
        Sight { entities: Some(Arc::new(Everything)), types: vec![of("software-catalog"), of("techdocs")] };
    let ask = Ask { query: Arc::new(query), sight: Arc::new(sight), size: 10, after: None, today: 0 };
    let found = engine.search(ask).await.unwrap();
    found.hits.into_iter().map(|hit| hit.document.id).collect()
}

/// One by the place of the first that is meant.
#[expect(clippy::cast_precision_loss, reason = "places are few")]
fn reciprocal_rank(found: &[String], meant: &[&str]) -> f64 {
    let first = found.iter().position(|id| meant.contains(&id.as_str()));
    first.map_or(0.0, |place| 1.0 / (place + 1) as f64)
}

/// How near the first ten are to the best order, which has what is meant most first.
#[expect(clippy::cast_precision_loss, reason = "places are few")]
fn gain(found: &[String], meant: &[&str]) -> f64 {
    // The first that is meant is worth three, the second two, any other one.
    let worth = |place: usize| 3_usize.saturating_sub(place).max(1) as f64;
    let at = |place: usize, worth: f64| (worth.exp2() - 1.0) / ((place + 2) as f64).log2();
    let best: f64 = (0..meant.len().min(10)).map(|place| at(place, worth(place))).sum();
    let is: f64 = found
        .iter()
        .take(10)
        .enumerate()
        .filter_map(|(place, id)| Some(at(place, worth(meant.iter().position(|meant| meant == id)?))))
        .sum();
    is / best
}

#[tokio::test]
async fn what_is_meant_is_found_better_than_by_lunr() {
    let judged = judged();
    assert!(judged.len() >= QUERIES);
    let Some(documents) = corpus::documents() else { return };
    let ids: BTreeMap<&str, &SearchDocument> =
        documents.iter().map(|document| (document.id.as_str(), document)).collect();
    for (query, meant) in &judged {
        assert!(
            meant.iter().all(|id| ids.contains_key(id)),
            "`{query}` means what is not in the corpus: {meant:?}"
        );
    }
    let folder = tempfile::tempdir().unwrap();
    let engine = Embedded::open(folder.path()).await.unwrap();
    engine.apply(Batch { puts: documents.clone(), ..Batch::default() }).await.unwrap();
    let queries: Vec<&str> = judged.iter().map(|(query, _)| *query).collect();
    let Some(by_lunr) = lunr::found(&documents, &queries) else { return };
    let mut sums = [0.0; 4];
    for ((query, meant), by_lunr) in judged.iter().zip(&by_lunr) {
        let ours = found(&engine, query).await;
        let figures = [
            reciprocal_rank(&ours, meant),
            gain(&ours, meant),
            reciprocal_rank(by_lunr, meant),
            gain(by_lunr, meant),
        ];
        for (sum, figure) in sums.iter_mut().zip(figures) {
            *sum += figure;
        }
        if figures[0] < 1.0 {
            eprintln!(
                "{query}: {:.2} (lunr {:.2}), first {:?}, meant {}",
                figures[0],
                figures[2],
                ours.first(),
                meant[0]
            );
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "queries are few")]
    let [rank, gain, lunr_rank, lunr_gain] = sums.map(|sum| sum / judged.len() as f64);
    eprintln!(
        "{} queries over {} documents: MRR {rank:.3}, nDCG@10 {gain:.3}; Lunr: MRR {lunr_rank:.3}, nDCG@10 {lunr_gain:.3}",
        judged.len(),
        documents.len()
    );
    assert!(rank > lunr_rank && gain > lunr_gain, "Lunr is better");
}
