//! Proposes descriptors for a repository that has none, from what is in it.

mod api;
mod component;
mod folder;
mod manifest;
mod owners;
mod prose;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde_json::Value;

pub use folder::folder;
pub use owners::OWNER_FILES;

/// What descriptors are called.
const DESCRIPTORS: [&str; 2] = ["catalog-info.yaml", "catalog-info.yml"];
/// Descriptors that are told of.
const MOST_EXISTING: usize = 100;
/// Files that tell of the whole repository, beside those that name owners.
const TELLING: [&str; 9] = [
    "package.json",
    "Cargo.toml",
    "pyproject.toml",
    "composer.json",
    "README.md",
    "README.markdown",
    "Readme.md",
    "readme.md",
    "README",
];

/// What is known of a repository.
#[derive(Clone, Debug, Default)]
pub struct Repository {
    /// What it is called.
    pub name: String,
    /// The annotation that leads from an entity to it, where its host has one: `github.com/project-slug` and its value.
    pub slug: Option<(String, String)>,
    /// The paths of its files.
    pub files: Vec<String>,
    /// What is in those of [`telling`], as far as it could be read.
    pub texts: BTreeMap<String, String>,
}

/// What is in a repository, and what could be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Analysis {
    /// The paths of descriptors that are there.
    pub existing: Vec<String>,
    /// Descriptors that are not; empty where one is there.
    pub proposals: Vec<Proposal>,
}

/// A descriptor that could be.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The entity.
    pub entity: Value,
    /// What of it is to be looked at.
    pub fields: Vec<ProposedField>,
}

/// A field of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedField {
    /// A dotted path.
    pub field: &'static str,
    /// Its value in the proposal.
    pub value: String,
    /// Whether somebody has to say what it is: the value stands for that.
    pub needs_input: bool,
    /// Where the value is from, or what is asked.
    pub reason: String,
}

impl ProposedField {
    fn found(field: &'static str, value: impl Into<String>, place: &str) -> Self {
        Self { field, value: value.into(), needs_input: false, reason: format!("from {place}") }
    }

    fn asked(field: &'static str, value: impl Into<String>, question: &str) -> Self {
        Self { field, value: value.into(), needs_input: true, reason: question.to_owned() }
    }
}

/// Proposals as one file, with a remark at what somebody has to say; `None` where there are none.
pub fn yaml(proposals: &[Proposal]) -> Option<String> {
    let documents = proposals.iter().map(|proposal| {
        let asked = proposal.fields.iter().filter(|field| field.needs_input);
        let remarks: Vec<String> =
            asked.map(|field| format!("# {}: say {}\n", field.field, field.reason)).collect();
        let text = serde_yaml::to_string(&proposal.entity).ok()?;
        Some(format!("{}{text}", remarks.concat()))
    });
    let documents: Vec<String> = documents.collect::<Option<_>>()?;
    (!documents.is_empty()).then(|| documents.join("---\n"))
}

/// The files among these whose text tells something.
pub fn telling(files: &[String]) -> Vec<&str> {
    let is_telling =
        |file: &&str| TELLING.contains(file) || OWNER_FILES.contains(file) || api::is_description(file);
    let mut found: Vec<&str> = files.iter().map(String::as_str).filter(is_telling).collect();
    // What lies deep is a part of something, or an example.
    found.sort_by_key(|file| (api::is_description(file), file.matches('/').count()));
    found.truncate(TELLING.len() + OWNER_FILES.len() + api::MOST);
    found
}

/// What is in a repository, and what could be.
pub fn analyze(repository: &Repository) -> Analysis {
    let name_of = |file: &str| file.rsplit('/').next().unwrap_or_default().to_owned();
    let mut existing: Vec<String> = repository
        .files
        .iter()
        .filter(|file| DESCRIPTORS.contains(&name_of(file).as_str()))
        .cloned()
        .collect();
    existing.sort_by_key(|file| (file.matches('/').count(), file.clone()));
    existing.truncate(MOST_EXISTING);
    if !existing.is_empty() {
        return Analysis { existing, proposals: Vec::new() };
    }
    let apis = api::proposals(repository);
    let mut proposals = vec![component::proposal(repository, &apis)];
    proposals.extend(apis);
    Analysis { existing, proposals }
}
