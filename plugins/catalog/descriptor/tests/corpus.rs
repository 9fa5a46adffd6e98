//! Agreement with the reference's verdicts on real descriptors, where they are beside the checkout.
//!
//! No verdict is held to be wrong: the list of exceptions is empty.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a helper that cannot go on ends its test")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use callboard_descriptor::{
    FileReader, Limits, LocationTarget, Presence, ProcessOptions, RemotePlaceholders, Rules, lint,
    read_location,
};
use serde_json::Value;

/// The folder of the corpus, or a word that it is not here.
fn corpus() -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = here.ancestors().map(|folder| folder.join("../shared/corpus")).find(|folder| folder.is_dir());
    if found.is_none() {
        eprintln!("skipped: there is no ../shared/corpus beside the checkout");
    }
    found.map(|folder| fs::canonicalize(folder).unwrap())
}

struct Verdict {
    /// `None` where the reference gives none.
    valid: Option<bool>,
    is_empty: bool,
    reference: Option<String>,
    field: Option<String>,
    stage: String,
}

fn verdicts(corpus: &Path) -> BTreeMap<(String, u64), Verdict> {
    let text = fs::read_to_string(corpus.join("expected-validity.jsonl")).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines
        .filter_map(|line| {
            let key = (line["file"].as_str()?.to_owned(), line["doc"].as_u64()?);
            let after = line.get("validAfterPlaceholders");
            let mut valid = after.unwrap_or(&line["valid"]).as_bool();
            if line["validAlpha"] == true {
                valid = Some(true);
            }
            let reason = line.get("reasonAfterPlaceholders").unwrap_or(&line["reason"]);
            let verdict = Verdict {
                valid,
                is_empty: line["valid"].is_null(),
                reference: line["ref"].as_str().map(str::to_owned),
                field: reason.as_str().and_then(field_of),
                stage: line["stage"].as_str()?.to_owned(),
            };
            Some((key, verdict))
        })
        .collect()
}

/// The field that a message of the reference names, as we write it.
fn field_of(reason: &str) -> Option<String> {
    if let Some((_, rest)) = reason.split_once("must have required property '") {
        let property = rest.split('\'').next()?;
        let parent = reason.split(" must have").next()?.rsplit([' ', ',']).next()?;
        let parent = parent.trim_start_matches("<root>").trim_start_matches('/').replace('/', ".");
        return Some(if parent.is_empty() { property.to_owned() } else { format!("{parent}.{property}") });
    }
    if let Some(rest) = reason.strip_prefix('"') {
        let field = rest.split('"').next()?;
        let is_whole = field.starts_with("metadata.") || matches!(field, "apiVersion" | "kind");
        return Some(if is_whole { field.to_owned() } else { format!("metadata.{field}") });
    }
    let path = reason.strip_prefix('/')?.split(' ').next()?;
    Some(path.replace('/', "."))
}

fn files_of(corpus: &Path, verdicts: &BTreeMap<(String, u64), Verdict>) -> Vec<PathBuf> {
    let files: BTreeSet<&String> = verdicts.keys().map(|(file, _)| file).collect();
    files.into_iter().map(|file| corpus.join(file)).collect()
}

#[test]
fn every_verdict_is_that_of_the_reference() {
    let Some(corpus) = corpus() else { return };
    let mut expected = verdicts(&corpus);
    let arguments = lint::Arguments { paths: files_of(&corpus, &expected), ..lint::Arguments::default() };
    let mut disagreements = Vec::new();
    let mut counts: BTreeMap<Option<bool>, usize> = BTreeMap::new();
    lint::lint_paths(&arguments, &mut |found| {
        let file = Path::new(&found.file).strip_prefix(&corpus).unwrap().to_string_lossy().into_owned();
        let place = format!("{file} document {}", found.document);
        *counts.entry(found.valid).or_default() += 1;
        let Some(verdict) = expected.remove(&(file, found.document as u64)) else {
            disagreements.push(format!("{place}: the reference sees no such document"));
            return true;
        };
        let errors: Vec<String> =
            found.errors.iter().map(|error| format!("{error} ({} {:?})", error.path, error.rule)).collect();
        if verdict.is_empty != found.valid.is_none()
            || verdict.valid.is_some_and(|valid| found.valid != Some(valid))
        {
            disagreements
                .push(format!("{place}: expected {:?}, found {:?} {errors:?}", verdict.valid, found.valid));
        }
        if verdict.valid == Some(false) {
            let names_field = verdict
                .field
                .as_ref()
                .is_none_or(|field| found.errors.iter().any(|error| error.path == *field));
            if !names_field {
                disagreements
                    .push(format!("{place}: expected a fault of {:?}, found {errors:?}", verdict.field));
            }
            assert!(
                found
                    .errors
                    .iter()
                    .all(|error| error.line > 0 && error.column > 0 && !error.message.is_empty())
            );
        }
        let reference = found.reference.as_ref().map(|reference| reference.as_str().to_owned());
        if verdict.stage != "yaml" && verdict.reference.is_some() && reference != verdict.reference {
            disagreements.push(format!("{place}: expected {:?}, found {reference:?}", verdict.reference));
        }
        true
    });
    assert!(disagreements.is_empty(), "{} disagreements:\n{}", disagreements.len(), disagreements.join("\n"));
    let missed: Vec<&(String, u64)> = expected.keys().collect();
    assert!(missed.is_empty(), "documents that were not seen: {missed:?}");
    eprintln!("{counts:?}");
}

#[test]
fn the_whole_corpus_is_read_as_one_location() {
    let Some(corpus) = corpus() else { return };
    let verdicts = verdicts(&corpus);
    let reader = FileReader::new(&corpus.join("catalog"), Limits::default()).unwrap();
    let start = LocationTarget {
        target: corpus.join("catalog/**/*.{yaml,yml}").into(),
        presence: Presence::Required,
    };
    let options = ProcessOptions {
        rules: Rules::allow_all().into(),
        remote: RemotePlaceholders::AsText,
        ..ProcessOptions::default()
    };
    let mut entities = BTreeSet::new();
    let summary = read_location(&start, &reader, &options, &mut |file| {
        let name = file.place.path().unwrap().strip_prefix(&corpus).unwrap().to_string_lossy().into_owned();
        for document in file.documents {
            if document.is_valid() {
                entities.insert((name.clone(), document.index as u64));
            }
        }
        ControlFlow::Continue(())
    });
    assert!(summary.errors.is_empty(), "{:?}", summary.errors);
    let expected: BTreeSet<(String, u64)> = verdicts
        .iter()
        .filter(|((file, _), verdict)| file.starts_with("catalog/") && verdict.valid == Some(true))
        .map(|(key, _)| key.clone())
        .collect();
    let missing: Vec<_> = expected.difference(&entities).collect();
    assert!(missing.is_empty(), "valid entities that were not read: {missing:?}");
    eprintln!("{} files, {} entities, {} refused", summary.files, summary.entities, summary.refused);
}
