//! The composer has one author and one release: it is held to the npm package that it is a port of.

use std::{path::Path, process::Stdio};

use callboard_schema::{SubgraphSdl, compose_sdl};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use tokio::{io::AsyncWriteExt, process::Command};

use crate::support::without_node;

/// What the npm package makes of one set of subgraphs.
#[derive(Deserialize)]
struct Composed {
    supergraph: Option<String>,
    errors: Vec<NpmError>,
}

#[derive(Deserialize)]
struct NpmError {
    code: Option<String>,
    message: String,
}

type Case = Vec<(String, String)>;

/// Nothing where there is no Node.
async fn by_npm(cases: &[Case]) -> Option<Vec<Composed>> {
    let input: Vec<Vec<Json>> = cases
        .iter()
        .map(|case| {
            case.iter().map(|(name, sdl)| json!({"name": name, "typeDefs": sdl, "url": ""})).collect()
        })
        .collect();
    let spawned = Command::new("node")
        .arg("compose.mjs")
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/node"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut process) = spawned else { return without_node() };
    let mut stdin = process.stdin.take().unwrap();
    stdin.write_all(serde_json::to_string(&input).unwrap().as_bytes()).await.unwrap();
    drop(stdin);
    let output = process.wait_with_output().await.unwrap();
    assert!(output.status.success(), "`npm ci` in tests/ comes first");
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

async fn assert_same(cases: &[Case], succeeds: bool) {
    let Some(expected) = by_npm(cases).await else { return };
    for (case, expected) in cases.iter().zip(expected) {
        let subgraphs: Vec<SubgraphSdl<'_>> =
            case.iter().map(|(id, sdl)| SubgraphSdl { id, sdl, url: None }).collect();
        match compose_sdl(&subgraphs, false) {
            Ok(composed) => {
                assert!(succeeds, "{case:#?}");
                let errors: Vec<&str> = expected.errors.iter().map(|error| error.message.as_str()).collect();
                assert_eq!(Some(composed.supergraph_sdl), expected.supergraph, "{errors:#?}\n{case:#?}");
            }
            Err(errors) => {
                assert!(!succeeds, "{errors}\n{case:#?}");
                let own: Vec<(Option<&str>, &str)> = errors
                    .0
                    .iter()
                    .map(|error| (Some(error.code.as_str()), error.message.as_str()))
                    .collect();
                let npm: Vec<(Option<&str>, &str)> = expected
                    .errors
                    .iter()
                    .map(|error| (error.code.as_deref(), error.message.as_str()))
                    .collect();
                assert_eq!(own, npm, "{case:#?}");
            }
        }
    }
}

const LINK: &str = r#"extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@interfaceObject", "@tag"])"#;

fn case(sdls: &[&str]) -> Case {
    let names = ["a", "b", "c"];
    names.iter().zip(sdls).map(|(name, sdl)| ((*name).to_owned(), format!("{LINK}\n{sdl}"))).collect()
}

#[tokio::test]
async fn the_portals_own_subgraphs_compose_to_the_same_supergraph() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("subgraphs");
    let mut portal: Case = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| {
            let path = file.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    portal.sort();
    assert!(portal.len() > 2);
    assert_same(&[portal], true).await;
}

#[tokio::test]
async fn what_composes_composes_to_the_same_supergraph() {
    let cases = [
        case(&[
            r#"type Query { item: Item } type Item @key(fields: "id") @key(fields: "sku { code }") { id: ID! sku: Sku @shareable } type Sku @shareable { code: ID! }"#,
            r#"type Item @key(fields: "sku { code }") { sku: Sku @shareable price: Int } type Sku @shareable { code: ID! }"#,
        ]),
        case(&[
            r#"type Query { item: Item } type Item @key(fields: "id") { id: ID! price: Int weight: Float }"#,
            r#"type Item @key(fields: "id") { id: ID! price: Int @external weight: Float @external cost: Float @requires(fields: "price weight") }"#,
        ]),
        case(&[
            r#"type Query { old: Item } type Item @key(fields: "id") { id: ID! name: String }"#,
            r#"type Item @key(fields: "id") { id: ID! name: String @override(from: "a") }"#,
        ]),
        case(&[
            r#"type Query { any: Media } interface Media @key(fields: "id") { id: ID! } type Book implements Media @key(fields: "id") { id: ID! }"#,
            r#"type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int! }"#,
        ]),
        case(&[
            "type Query { found: Found kind(of: Kind): Kind } union Found = One enum Kind { A B } type One @shareable { x: Int }",
            "type Query { more: Found other: Kind } union Found = Two enum Kind { A B } type Two { y: Int }",
        ]),
        case(&[
            r#"type Query { list(filter: Filter): Int @tag(name: "public") } input Filter { a: Int b: Int }"#,
            "type Query { count(filter: Filter): Int hidden: String @inaccessible } input Filter { a: Int c: Int }",
        ]),
    ];
    assert_same(&cases, true).await;
}

#[tokio::test]
async fn what_does_not_compose_fails_for_the_same_reasons() {
    let cases = [
        case(&["type Query { a: Int }", "type Query { a: String }"]),
        case(&["type Query { a: T } type T { x: Int }", "type Query { b: T } type T { x: Int }"]),
        case(&[r#"type Query { a: T } type T @key(fields: "nothing") { id: ID! }"#]),
        case(&[r#"type Query { a: T } type T @key(fields: "id") { id: ID! x: Int @requires(fields: "y") }"#]),
        case(&["type Query { a: T } type T { x: Int }", "type Query { b: Int } scalar T"]),
        case(&[
            "type Query { a(kind: Kind): Kind } enum Kind { A }",
            "type Query { b(kind: Kind): Kind } enum Kind { A B }",
        ]),
        case(&[r#"type Query { a: Int @override(from: "a") }"#]),
        case(&["type Query { a: Int @inaccessible }"]),
        case(&["type T { x: Int }"]),
        case(&[
            r#"type Query { a: T } type T @key(fields: "id") { id: ID! }"#,
            "type Query { b: Int } type T @shareable { other: Int }",
        ]),
    ];
    assert_same(&cases, false).await;
}
