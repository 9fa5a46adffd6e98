//! The documents of the corpus.

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
};

use callboard_kit::{EntityRef, RefContext, SearchDocument, SearchField};
use serde::Deserialize;
use serde_json::Value;

fn corpus() -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = here.ancestors().map(|folder| folder.join("../shared/corpus")).find(|folder| folder.is_dir());
    if found.is_none() {
        eprintln!("skipped: there is no ../shared/corpus beside the checkout");
    }
    found
}

/// Every entity and every page; nothing where the corpus is not here.
pub fn documents() -> Option<Vec<SearchDocument>> {
    let corpus = corpus()?;
    let mut documents = Vec::new();
    let mut seen = HashSet::new();
    let verdicts = fs::read_to_string(corpus.join("expected-validity.jsonl")).unwrap();
    let mut files = HashSet::new();
    for line in verdicts.lines() {
        let verdict: Value = serde_json::from_str(line).unwrap();
        let file = verdict["file"].as_str().unwrap().to_owned();
        if files.insert(file.clone()) {
            let text = fs::read_to_string(corpus.join(file)).unwrap_or_default();
            documents.extend(entities(&text).into_iter().filter(|document| seen.insert(document.id.clone())));
        }
    }
    pages(&corpus, &corpus.join("techdocs"), &mut documents);
    Some(documents)
}

fn entities(text: &str) -> Vec<SearchDocument> {
    let values =
        serde_yaml::Deserializer::from_str(text).map_while(|document| Value::deserialize(document).ok());
    values.filter_map(|value| entity(&value)).collect()
}

fn entity(body: &Value) -> Option<SearchDocument> {
    let (metadata, spec) = (&body["metadata"], &body["spec"]);
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let (kind, name) = (body["kind"].as_str()?, metadata["name"].as_str()?);
    let namespace = metadata["namespace"].as_str().unwrap_or("default");
    let reference = EntityRef::new(kind, namespace, name).ok()?;
    let title = text(&metadata["title"]).or_else(|| text(&spec["profile"]["displayName"]));
    let owner = spec["owner"].as_str();
    let owner =
        owner.and_then(|owner| EntityRef::parse(owner, RefContext { kind: Some("group"), namespace }).ok());
    let tags = metadata["tags"].as_array().into_iter().flatten().filter_map(text);
    let document = SearchDocument {
        name: Some(name.to_owned()),
        ..SearchDocument::new(
            "software-catalog",
            reference.to_string(),
            title.unwrap_or_else(|| name.to_owned()),
        )
    };
    Some(
        document
            .with_text(metadata["description"].as_str().unwrap_or_default())
            .with(SearchField::Kind, [kind])
            .with(SearchField::Namespace, [namespace])
            .with(SearchField::ComponentType, text(&spec["type"]))
            .with(SearchField::Lifecycle, text(&spec["lifecycle"]))
            .with(SearchField::Owner, owner.map(|owner| owner.to_string()))
            .with(SearchField::Tag, tags)
            .about(reference),
    )
}

fn pages(corpus: &Path, folder: &Path, documents: &mut Vec<SearchDocument>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            pages(corpus, &path, documents);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            let text = fs::read_to_string(&path).unwrap_or_default();
            let heading = text.lines().find_map(|line| line.strip_prefix("# "));
            let stem = path.file_stem().unwrap().to_string_lossy();
            let id = path.strip_prefix(corpus).unwrap().to_string_lossy();
            let page =
                SearchDocument::new("techdocs", id, heading.map_or_else(|| stem.to_string(), str::to_owned));
            documents.push(page.with_text(text));
        }
    }
}
