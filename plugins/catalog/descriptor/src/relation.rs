use callboard_kit::{EntityRef, RefContext};
use serde::Serialize;
use serde_json::Value;

use crate::{Fault, FieldPath, Rule, kind_of, kinds, namespace_of, reference_of, spec_of};

/// One direction of a relation. The target need not exist.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Relation {
    /// The entity that has it.
    pub source: EntityRef,
    /// Its type, such as `ownedBy`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The entity that it leads to.
    pub target: EntityRef,
}

/// A field of `spec` that holds references.
struct ReferenceField {
    name: &'static str,
    /// The kind of a reference that names none.
    default_kind: Option<&'static str>,
    outgoing: &'static str,
    incoming: &'static str,
}

const fn field(
    name: &'static str,
    default_kind: Option<&'static str>,
    outgoing: &'static str,
    incoming: &'static str,
) -> ReferenceField {
    ReferenceField { name, default_kind, outgoing, incoming }
}

const OWNER: ReferenceField = field("owner", Some("Group"), "ownedBy", "ownerOf");
const SYSTEM: ReferenceField = field("system", Some("System"), "partOf", "hasPart");
const DEPENDS_ON: ReferenceField = field("dependsOn", None, "dependsOn", "dependencyOf");
const DEPENDENCY_OF: ReferenceField = field("dependencyOf", None, "dependencyOf", "dependsOn");

fn fields_of(kind: &str) -> &'static [ReferenceField] {
    match kind {
        "Component" => {
            const {
                &[
                    OWNER,
                    SYSTEM,
                    field("subcomponentOf", Some("Component"), "partOf", "hasPart"),
                    field("providesApis", Some("API"), "providesApi", "apiProvidedBy"),
                    field("consumesApis", Some("API"), "consumesApi", "apiConsumedBy"),
                    DEPENDS_ON,
                    DEPENDENCY_OF,
                ]
            }
        }
        "API" => &[OWNER, SYSTEM],
        "Resource" => &[OWNER, SYSTEM, DEPENDS_ON, DEPENDENCY_OF],
        "System" => const { &[OWNER, field("domain", Some("Domain"), "partOf", "hasPart")] },
        "Domain" => const { &[OWNER, field("subdomainOf", Some("Domain"), "partOf", "hasPart")] },
        "Template" => &[OWNER],
        "Group" => {
            const {
                &[
                    field("parent", Some("Group"), "childOf", "parentOf"),
                    field("children", Some("Group"), "parentOf", "childOf"),
                    field("members", Some("User"), "hasMember", "memberOf"),
                ]
            }
        }
        "User" => const { &[field("memberOf", Some("Group"), "memberOf", "hasMember")] },
        "AiResource" => {
            const {
                &[
                    OWNER,
                    SYSTEM,
                    field("dependsOn", Some("AiResource"), "dependsOn", "dependencyOf"),
                    field("skills", Some("AiResource"), "hasPart", "partOf"),
                    field("plugins", Some("AiResource"), "hasPart", "partOf"),
                ]
            }
        }
        _ => &[],
    }
}

/// The relations that an entity declares, in both directions, sorted and each once.
///
/// A reference without a namespace is in that of the entity; one without a kind has the kind that the field
/// defaults to, and is a fault where the field has none.
pub fn relations_of(entity: &Value) -> Result<Vec<Relation>, Vec<Fault>> {
    let (Some(kind), Some(spec), Some(source)) = (kind_of(entity), spec_of(entity), reference_of(entity))
    else {
        return Ok(Vec::new());
    };
    let namespace = namespace_of(entity);
    let mut relations = Vec::new();
    let mut faults = Vec::new();
    for field in fields_of(kind) {
        let path = FieldPath::of(&["spec", field.name]);
        let mut relate = |value: &Value, path: FieldPath| match read(value, field, namespace, &path) {
            Ok(target) => {
                let reverse =
                    Relation { source: target.clone(), kind: field.incoming, target: source.clone() };
                relations.push(Relation { source: source.clone(), kind: field.outgoing, target });
                relations.push(reverse);
            }
            Err(fault) => faults.push(fault),
        };
        match spec.get(field.name) {
            None | Some(Value::Null) => {}
            Some(Value::Array(items)) => {
                items.iter().enumerate().for_each(|(index, item)| relate(item, path.index(index)));
            }
            Some(value) => relate(value, path),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    relations.sort_unstable();
    relations.dedup();
    Ok(relations)
}

fn read(
    value: &Value,
    field: &ReferenceField,
    namespace: &str,
    path: &FieldPath,
) -> Result<EntityRef, Fault> {
    let Some(text) = value.as_str() else {
        return Err(kinds::wrong_type(path, "text", value, "write an entity reference"));
    };
    EntityRef::parse(text, RefContext { kind: field.default_kind, namespace })
        .map_err(|error| Fault::new(path.clone(), Rule::EntityReference, format!("`{path}`: {error}")))
}
