//! dump
fn main() {
    use std::io::{BufRead, Write};
    let out = std::io::stdout();
    let mut out = out.lock();
    for line in std::io::stdin().lock().lines() {
        let path = line.unwrap();
        let text = std::fs::read(&path).unwrap();
        let docs = callboard_descriptor::parse_documents(&text, &callboard_descriptor::Limits::default());
        let value = match docs {
            Err(e) => serde_json::json!({"file": path, "error": e.to_string()}),
            Ok(docs) => {
                serde_json::json!({"file": path, "docs": docs.iter().map(|d| match &d.value { Some(v) => serde_json::json!({"ok": v}), None => serde_json::json!({"err": d.errors[0].to_string()}) }).collect::<Vec<_>>()})
            }
        };
        writeln!(out, "{value}").unwrap();
    }
}
