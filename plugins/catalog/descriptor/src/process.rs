use std::sync::Arc;

use callboard_kit::{EntityRef, SourceLinks};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::{
    DescriptorError, Document, EmittedTarget, Fault, FieldPath, Limits, LocationSpec, Reader, Reference,
    Relation, RemotePlaceholders, Rule, Rules, ValidateOptions, format::shown, kind_of, owner_of,
    reference_of, relations_of, resolve_placeholders, target, validate,
};

/// What documents are held to.
#[derive(Clone, Debug, Default)]
pub struct ProcessOptions {
    /// How strict validation is.
    pub validate: ValidateOptions,
    /// Which kinds may come from where.
    pub rules: Arc<Rules>,
    /// How much a document may ask for.
    pub limits: Limits,
    /// What becomes of placeholders that name a URL.
    pub remote: RemotePlaceholders,
}

/// Where a document was read.
#[derive(Clone, Debug)]
pub struct Provenance<'a> {
    /// The file.
    pub file: &'a Reference,
    /// The type of the location that it all began with.
    pub origin_type: &'a str,
    /// The target of the location that it all began with, as an absolute path, folder, glob or URL.
    pub origin_target: &'a str,
}

/// What became of a document.
#[derive(Clone, Debug)]
pub struct ProcessedDocument {
    /// Its place in the file, from 0.
    pub index: usize,
    /// The line that it starts with, from 1.
    pub line: u32,
    /// The entity's reference, known even of most that are refused.
    pub reference: Option<EntityRef>,
    /// Who owns what it describes, known even of most that are refused.
    pub owner: Option<EntityRef>,
    /// The entity with its placeholders resolved, its namespace and its location annotations filled in; `None`
    /// where it is refused.
    pub entity: Option<Value>,
    /// Its relations in both directions, sorted.
    pub relations: Vec<Relation>,
    /// Where a Location leads.
    pub targets: Vec<EmittedTarget>,
    /// What its placeholders name: files other than its own whose changes change it.
    pub refresh: Vec<Reference>,
    /// A hash of the document and of all that its placeholders brought in. Not of the options: what they change
    /// has to be processed again.
    pub hash: [u8; 32],
    /// Why it is refused; of an entity that is accepted, the targets that lead nowhere.
    pub errors: Vec<DescriptorError>,
}

impl ProcessedDocument {
    /// Whether it is an entity.
    pub fn is_valid(&self) -> bool {
        self.entity.is_some()
    }
}

/// Turns a document into an entity, or says all that is wrong with it. An empty document is neither.
pub fn process(
    document: Document<'_>,
    provenance: &Provenance<'_>,
    reader: &dyn Reader,
    options: &ProcessOptions,
) -> Option<ProcessedDocument> {
    if document.is_empty() {
        return None;
    }
    let mut document = document;
    let mut hash = Sha256::new_with_prefix(document.text.as_bytes());
    let mut processed = ProcessedDocument {
        index: document.index,
        line: document.first_line,
        reference: None,
        owner: None,
        entity: None,
        relations: Vec::new(),
        targets: Vec::new(),
        refresh: Vec::new(),
        hash: [0; 32],
        errors: std::mem::take(&mut document.errors),
    };
    if let Some(mut entity) = document.value.take() {
        let resolution =
            resolve_placeholders(&mut entity, provenance.file, reader, &options.limits, options.remote);
        resolution.contents.iter().for_each(|content| hash.update(Sha256::digest(content)));
        processed.refresh = resolution.refresh;
        processed.reference = reference_of(&entity);
        processed.owner = owner_of(&entity);
        let mut faults = resolution.faults;
        judge(&entity, provenance, options, &mut processed.relations, &mut faults);
        if faults.is_empty() {
            if let Some(spec) = LocationSpec::of(&entity) {
                processed.targets =
                    target::expand_all(reader, provenance.file, &spec, &options.limits, &mut faults);
                let places = processed.targets.iter();
                let places = places.map(|target| Fault::new(target.path.clone(), Rule::LocationTarget, ""));
                let places = document.locate(places.collect());
                for (target, place) in processed.targets.iter_mut().zip(places) {
                    (target.line, target.column) = (place.line, place.column);
                }
            }
            complete(&mut entity, provenance, reader);
            processed.entity = Some(entity);
        }
        processed.errors = document.locate(faults);
    }
    processed.hash = hash.finalize().into();
    Some(processed)
}

/// Everything that makes a document no entity.
fn judge(
    entity: &Value,
    provenance: &Provenance<'_>,
    options: &ProcessOptions,
    relations: &mut Vec<Relation>,
    faults: &mut Vec<Fault>,
) {
    let unresolved: Vec<FieldPath> = faults.iter().filter_map(|fault| fault.path.parent()).collect();
    // What is wrong with a field whose placeholder is not resolved is that it is not resolved.
    let invalid = validate(entity, &options.validate);
    faults.extend(invalid.into_iter().filter(|fault| !unresolved.contains(&fault.path)));
    if !faults.is_empty() {
        return;
    }
    match relations_of(entity) {
        Ok(found) => *relations = found,
        Err(found) => faults.extend(found),
    }
    if !options.rules.allows(entity, provenance.origin_type, provenance.origin_target) {
        let kind = shown(kind_of(entity).unwrap_or_default());
        let message = format!(
            "the kind {kind} is not allowed from {}, allow it with `catalog.rules` or with `rules` of the location",
            shown(&format!("{}:{}", provenance.origin_type, provenance.origin_target))
        );
        faults.push(Fault::new(FieldPath::of(&["kind"]), Rule::NotAllowed, message));
        relations.clear();
    }
}

/// Fills in what the catalog knows: the namespace, and where the entity was read.
fn complete(entity: &mut Value, provenance: &Provenance<'_>, reader: &dyn Reader) {
    let Some(metadata) = entity.get_mut("metadata").and_then(Value::as_object_mut) else { return };
    metadata.entry("namespace").or_insert_with(|| callboard_kit::DEFAULT_NAMESPACE.into());
    let annotations = metadata.entry("annotations").or_insert_with(|| Value::Object(Map::new()));
    let Some(annotations) = annotations.as_object_mut() else { return };
    let origin = format!("{}:{}", provenance.origin_type, provenance.origin_target);
    annotations.insert("backstage.io/managed-by-location".to_owned(), provenance.file.location().into());
    annotations.insert("backstage.io/managed-by-origin-location".to_owned(), origin.into());
    let SourceLinks { view, edit, folder } = reader.links(provenance.file);
    let source = folder.map(|folder| format!("{}:{folder}", provenance.file.kind()));
    let links = [
        ("backstage.io/view-url", view.map(String::from)),
        ("backstage.io/edit-url", edit.map(String::from)),
        ("backstage.io/source-location", source),
    ];
    for (key, link) in links {
        if let Some(link) = link {
            // What the descriptor says itself is better known.
            annotations.entry(key).or_insert_with(|| link.into());
        }
    }
}
