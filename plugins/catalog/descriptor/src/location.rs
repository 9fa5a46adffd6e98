use serde_json::Value;

use crate::{FieldPath, kind_of, spec_of};

/// Whether it is an error when a target is not there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Presence {
    /// It is an error.
    #[default]
    Required,
    /// It is ignored.
    Optional,
}

/// What a Location entity leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocationSpec {
    /// `file`, `url` or another type; left out, that of the location which the entity was read from.
    pub kind: Option<String>,
    /// Its targets as written, each with its field.
    pub targets: Vec<(FieldPath, String)>,
    /// Whether they must be there.
    pub presence: Presence,
}

impl LocationSpec {
    /// The spec of an entity, where that is a Location.
    pub fn of(entity: &Value) -> Option<Self> {
        if !kind_of(entity)?.eq_ignore_ascii_case("Location") {
            return None;
        }
        let spec = spec_of(entity)?;
        let text = |key: &str| spec.get(key).and_then(Value::as_str);
        let one = text("target").map(|target| (FieldPath::of(&["spec", "target"]), target.to_owned()));
        let many = spec.get("targets").and_then(Value::as_array).into_iter().flatten().enumerate();
        let many = many.filter_map(|(index, target)| {
            Some((FieldPath::of(&["spec", "targets"]).index(index), target.as_str()?.to_owned()))
        });
        let presence =
            if text("presence") == Some("optional") { Presence::Optional } else { Presence::Required };
        Some(Self {
            kind: text("type").map(str::to_owned),
            targets: one.into_iter().chain(many).collect(),
            presence,
        })
    }
}
