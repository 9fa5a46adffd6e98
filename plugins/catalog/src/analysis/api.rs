use callboard_kit::EntityRef;
use serde_json::{Value, json};

use super::{Proposal, ProposedField, Repository, component};

/// Descriptions of APIs that are told of.
pub const MOST: usize = 10;

/// What descriptions of APIs are called, and the type of what they describe.
const KINDS: [(&str, &str); 4] =
    [("openapi", "openapi"), ("swagger", "openapi"), ("asyncapi", "asyncapi"), ("schema.graphql", "graphql")];

/// Whether a file is called as descriptions of APIs are.
pub fn is_description(file: &str) -> bool {
    kind(file).is_some()
}

fn kind(file: &str) -> Option<&'static str> {
    let is_vendored = file.split('/').any(|part| {
        matches!(part, "node_modules" | "vendor" | "test" | "tests" | "testdata" | "fixtures" | "examples")
    });
    let name = file.rsplit('/').next()?.to_ascii_lowercase();
    if name == "schema.graphql" && !is_vendored {
        return Some("graphql");
    }
    let (stem, extension) = name.rsplit_once('.')?;
    let is_data = matches!(extension, "yaml" | "yml" | "json") && !is_vendored;
    let is_called = |&&(start, _): &&(&str, &str)| {
        stem == start || stem.ends_with(&format!(".{start}")) || stem.ends_with(&format!("-{start}"))
    };
    KINDS.iter().filter(|_| is_data).find(is_called).map(|(_, kind)| *kind)
}

/// An API for each description.
pub fn proposals(repository: &Repository) -> Vec<Proposal> {
    let described = repository.files.iter().filter_map(|file| Some((file, kind(file)?)));
    let mut described: Vec<(&String, &str)> = described.collect();
    described.sort_by_key(|(file, _)| file.matches('/').count());
    described.truncate(MOST);
    let is_alone = described.len() == 1;
    let proposals = described.into_iter().map(|(file, kind)| {
        let (owner, asks) = component::owner(repository);
        let name = if is_alone {
            component::name(repository).0
        } else {
            let stem = file.rsplit('/').nth(1).unwrap_or(file);
            component::valid(&format!("{}-{stem}", component::name(repository).0))
        };
        let mut entity = json!({
            "apiVersion": "backstage.io/v1alpha1",
            "kind": "API",
            "metadata": { "name": name },
            "spec": { "type": kind, "lifecycle": component::LIFECYCLE, "owner": owner, "definition": { "$text": format!("./{file}") } },
        });
        let mut fields = vec![
            ProposedField::found("metadata.name", name, "the name of the repository"),
            ProposedField::found("spec.type", kind, file),
            ProposedField::found("spec.definition", format!("$text: ./{file}"), file),
            component::lifecycle(),
            asks,
        ];
        if let Some(title) = title(repository, file) {
            entity["metadata"]["title"] = json!(title);
            fields.push(ProposedField::found("metadata.title", title, file));
        }
        Proposal { entity, fields }
    });
    let mut all: Vec<Proposal> = proposals.collect();
    // Two folders of one name would make one entity of two.
    let mut taken: Vec<Value> = Vec::new();
    all.retain(|proposal| {
        let name = proposal.entity["metadata"]["name"].clone();
        let is_new = !taken.contains(&name);
        taken.push(name);
        is_new
    });
    all
}

/// The title in a description.
fn title(repository: &Repository, file: &str) -> Option<String> {
    let text = repository.texts.get(file)?;
    let json: Option<Value> = serde_json::from_str(text).ok();
    let title = if let Some(json) = json {
        json.pointer("/info/title")?.as_str()?.to_owned()
    } else {
        let line = text.lines().find_map(|line| line.trim().strip_prefix("title:"))?;
        line.trim().trim_matches(['"', '\'']).to_owned()
    };
    (!title.is_empty() && title.len() <= 200 && !title.contains(['|', '>'])).then_some(title)
}

/// The reference of what is proposed.
pub fn reference(proposal: &Proposal) -> Option<EntityRef> {
    let name = proposal.entity.pointer("/metadata/name")?.as_str()?;
    EntityRef::new("api", "default", name).ok()
}
