use serde_json::json;

use super::{
    Proposal, ProposedField, Repository, api,
    manifest::{Manifest, manifest},
    owners,
    prose::{prose, sentence},
};

/// What stands for a lifecycle that nobody has named yet.
pub const LIFECYCLE: &str = "experimental";
/// What stands for an owner that nobody has named yet.
const OWNER: &str = "unknown";
/// The longest name of an entity.
const LONGEST_NAME: usize = 63;

/// The component that a repository is.
pub fn proposal(repository: &Repository, apis: &[Proposal]) -> Proposal {
    let manifest = manifest(repository);
    let prose = prose(repository);
    let (name, from) = name(repository);
    let mut fields = vec![ProposedField::found("metadata.name", name.clone(), from)];
    let mut metadata = json!({ "name": name });
    if let Some(prose) = &prose
        && let Some(title) =
            prose.title.as_ref().filter(|title| !title.eq_ignore_ascii_case(&name) && title.len() <= 100)
    {
        metadata["title"] = json!(title);
        fields.push(ProposedField::found("metadata.title", title, &prose.file));
    }
    let said = manifest
        .as_ref()
        .and_then(|manifest| Some((sentence(manifest.description.as_deref()?), manifest.file)));
    let told = prose.as_ref().and_then(|prose| Some((prose.paragraph.clone()?, prose.file.as_str())));
    if let Some((description, file)) = said.or(told) {
        metadata["description"] = json!(description);
        fields.push(ProposedField::found("metadata.description", description, file));
    }
    let mut annotations = json!({});
    if let Some((annotation, slug)) = &repository.slug {
        annotations[annotation] = json!(slug);
    }
    if has(repository, &["mkdocs.yml", "mkdocs.yaml"]).is_some() {
        annotations["backstage.io/techdocs-ref"] = json!("dir:.");
        fields.push(ProposedField::found(
            "metadata.annotations",
            "backstage.io/techdocs-ref: dir:.",
            "mkdocs.yml",
        ));
    }
    if annotations.as_object().is_some_and(|annotations| !annotations.is_empty()) {
        metadata["annotations"] = annotations;
    }
    if let Some(manifest) = manifest.as_ref() {
        metadata["tags"] = json!([manifest.language]);
        fields.push(ProposedField::found("metadata.tags", manifest.language, manifest.file));
    }
    let (kind, asks) = kind(repository, manifest.as_ref(), !apis.is_empty());
    let (owner, whose) = owner(repository);
    fields.extend([asks, lifecycle(), whose]);
    let mut spec = json!({ "type": kind, "lifecycle": LIFECYCLE, "owner": owner });
    let provides: Vec<String> =
        apis.iter().filter_map(api::reference).map(|api| api.name().to_owned()).collect();
    if !provides.is_empty() {
        fields.push(ProposedField::found(
            "spec.providesApis",
            provides.join(", "),
            "the descriptions of APIs in it",
        ));
        spec["providesApis"] = json!(provides);
    }
    let entity = json!({
        "apiVersion": "backstage.io/v1alpha1",
        "kind": "Component",
        "metadata": metadata,
        "spec": spec,
    });
    Proposal { entity, fields }
}

/// What it is called, and what says so.
pub fn name(repository: &Repository) -> (String, &'static str) {
    let name = valid(&repository.name);
    if !name.is_empty() {
        return (name, "the name of the repository");
    }
    let manifest = manifest(repository).and_then(|manifest| Some((valid(&manifest.name?), manifest.file)));
    manifest.filter(|(name, _)| !name.is_empty()).unwrap_or_else(|| ("unnamed".to_owned(), "nothing in it"))
}

/// A name that an entity may have.
pub fn valid(text: &str) -> String {
    let fits = |character: char| character.is_ascii_alphanumeric() || "-_.".contains(character);
    let name: String = text.chars().map(|character| if fits(character) { character } else { '-' }).collect();
    let name: String = name.chars().take(LONGEST_NAME).collect();
    name.trim_matches(|character: char| !character.is_ascii_alphanumeric()).to_owned()
}

/// What it is owned by, and who says so.
pub fn owner(repository: &Repository) -> (String, ProposedField) {
    let question = "the team that owns it: a reference such as `group:team-a`";
    let Some((owner, file)) = owners::owner(repository) else {
        return (OWNER.to_owned(), ProposedField::asked("spec.owner", OWNER, question));
    };
    // `@organisation/team` is a team, `@name` a user or a group.
    let (kind, name) = match owner.rsplit_once('/') {
        Some((_, team)) => ("group", valid(team)),
        None => ("user", valid(&owner)),
    };
    if name.is_empty() {
        return (OWNER.to_owned(), ProposedField::asked("spec.owner", OWNER, question));
    }
    let owner = format!("{kind}:{name}");
    (owner.clone(), ProposedField::found("spec.owner", owner, file))
}

/// The lifecycle, which no file tells of.
pub fn lifecycle() -> ProposedField {
    ProposedField::asked(
        "spec.lifecycle",
        LIFECYCLE,
        "how far it is: `experimental`, `production` or `deprecated`",
    )
}

/// What kind of thing it is.
fn kind(
    repository: &Repository,
    manifest: Option<&Manifest>,
    has_apis: bool,
) -> (&'static str, ProposedField) {
    let runs = ["Dockerfile", "Containerfile", "Procfile", "skaffold.yaml", "Chart.yaml", "fly.toml"];
    let found = |kind, place: &str| (kind, ProposedField::found("spec.type", kind, place));
    let pages = [
        "next.config.js",
        "next.config.mjs",
        "vite.config.ts",
        "vite.config.js",
        "angular.json",
        "astro.config.mjs",
    ];
    if let Some(manifest) = manifest.filter(|manifest| manifest.is_website) {
        return found("website", manifest.file);
    }
    if let Some(file) = has(repository, &pages) {
        return found("website", file);
    }
    if let Some(file) = has(repository, &runs) {
        return found("service", file);
    }
    if has_apis {
        return found("service", "the descriptions of APIs in it");
    }
    if let Some(manifest) = manifest.filter(|manifest| manifest.is_library) {
        return found("library", manifest.file);
    }
    (
        "service",
        ProposedField::asked("spec.type", "service", "what it is: `service`, `website`, `library`, …"),
    )
}

fn has<'f>(repository: &Repository, files: &[&'f str]) -> Option<&'f str> {
    files.iter().find(|file| repository.files.iter().any(|known| known == **file)).copied()
}
