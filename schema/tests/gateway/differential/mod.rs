//! Made-up operations get the same answer from the gateway over three subgraphs as from one schema over the same world.
//!
//! `DIFFERENTIAL_SEED=n` runs one of them and `DIFFERENTIAL_COUNT=n` more than usual.

mod compare;
mod generate;
mod nullability;
mod subgraphs;
mod whole;
mod world;

use std::sync::Arc;

use async_graphql::{Request, Variables};
use callboard_schema::Gateway;
use generate::Types;
use nullability::Nullability;
use serde_json::{Value as Json, json};

use crate::support::{ask_with, options};

const COUNT: u64 = 1_500;

fn gateway() -> Arc<Gateway> {
    match Gateway::compose(subgraphs::subgraphs(), options()) {
        Ok(gateway) => Arc::new(gateway),
        Err(errors) => panic!("{errors}"),
    }
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

async fn ask_whole(whole: &whole::Whole, query: &str, variables: &Json) -> Json {
    let request = Request::new(query).variables(Variables::from_json(variables.clone()));
    serde_json::to_value(whole.execute(request).await).unwrap()
}

#[tokio::test]
async fn made_up_operations_are_answered_as_by_one_schema() {
    let nullability = Nullability::default();
    let (gateway, whole) = (gateway(), whole::whole(nullability.clone()));
    let types = Types::read(gateway.public_sdl());
    let seeds = match number("DIFFERENTIAL_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("DIFFERENTIAL_COUNT").unwrap_or(COUNT),
    };
    let (mut answered, mut with_errors, mut unplanned) = (0, 0, 0);
    let count = seeds.end - seeds.start;
    let mut failures = Vec::new();
    for seed in seeds {
        let operation = generate::operation(&types, seed);
        let mut expected = ask_whole(&whole, &operation.query, &operation.variables).await;
        nullability.apply(&mut expected);
        let answer = ask_with(&gateway, &operation.query, operation.variables.clone()).await;
        if compare::is_conflict(&answer) {
            continue;
        }
        if compare::is_unplannable(&answer) {
            unplanned += 1;
            continue;
        }
        answered += 1;
        with_errors += u64::from(expected.get("errors").is_some());
        if let Err(difference) = compare::compare(&answer, &expected) {
            failures.push((seed, operation, difference));
        }
    }
    if let Some((seed, operation, difference)) =
        failures.iter().min_by_key(|(_, operation, _)| operation.query.len())
    {
        panic!(
            "{} of {count} differ; the shortest is seed {seed}: {difference}\n{}\n{}",
            failures.len(),
            operation.query,
            operation.variables
        );
    }
    println!("{answered} of {count} answered, {with_errors} of them with errors, {unplanned} not planned");
    assert!(count == 1 || answered > count * 8 / 10 && with_errors > count / 10);
    assert_eq!(unplanned, 0, "operations could not be planned");
}

#[tokio::test]
async fn errors_inside_a_batch_of_entities_are_told_at_their_places() {
    let answer =
        ask_with(&gateway(), "{ owners { ... on Person { id age } ... on Team { id } } }", json!({})).await;
    assert_eq!(answer["errors"][0]["path"], json!(["owners", 0, "age"]), "{answer:#}");
}

#[tokio::test]
async fn what_a_field_requires_is_fetched_wherever_it_is_asked_for() {
    let gateway = gateway();
    // Below an object of the same type, both from the same subgraph.
    let answer = ask_with(&gateway, "{ entities(first: 2) { incidents { on { label } } } }", json!({})).await;
    assert_eq!(answer["data"]["entities"][1]["incidents"][0]["on"]["label"], "<system 1>", "{answer}");
    // On some of the types that an interface object stands for.
    let query = "{ worst { ... on System { label } ... on Component { label } } }";
    let answer = ask_with(&gateway, query, json!({})).await;
    assert_eq!(answer["data"]["worst"], json!({"label": "<component 5>"}), "{answer}");
}
