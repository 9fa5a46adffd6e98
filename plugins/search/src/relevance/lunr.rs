use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use callboard_kit::SearchDocument;
use serde_json::{Value, json};

/// What Lunr finds, for each query; nothing where there is no Node.
pub fn found(documents: &[SearchDocument], queries: &[&str]) -> Option<Vec<Vec<String>>> {
    if std::env::var_os("CALLBOARD_SKIP_NODE").is_some() {
        eprintln!("skipped: CALLBOARD_SKIP_NODE is set, so nothing was compared");
        return None;
    }
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests");
    assert!(
        tests.join("node_modules/lunr").is_dir(),
        "tests/node_modules is missing: run `make test-deps`, or set CALLBOARD_SKIP_NODE to go without"
    );
    let documents: Vec<Value> = documents.iter().map(flat).collect();
    let input = json!({ "documents": documents, "queries": queries }).to_string();
    let mut node = Command::new("node")
        .arg("node/lunr.mjs")
        .current_dir(tests)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    node.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = node.wait_with_output().unwrap();
    assert!(output.status.success());
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

/// A document as the reference gives it to Lunr: each field a text.
fn flat(document: &SearchDocument) -> Value {
    let mut flat = json!({
        "id": document.id, "title": document.title, "name": document.name.clone().unwrap_or_default(), "text": document.text,
    });
    for (field, values) in &document.fields {
        flat[field] = json!(values.join(" "));
    }
    flat
}
