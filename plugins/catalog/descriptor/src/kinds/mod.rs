//! What each kind asks of its `spec`, as data.

mod ai;
mod organisation;
mod shape;
mod software;
mod template;

use serde_json::Value;

pub(crate) use shape::{Field, Shape, check_fields, wrong_type};

/// A kind, with the versions it is written in and what its `spec` holds.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) api_versions: &'static [&'static str],
    /// The fields of its `spec`.
    pub(crate) spec: &'static [Field],
    /// What replaces `spec` for some values of `spec.type`.
    pub(crate) variants: &'static [Variant],
}

pub(crate) struct Variant {
    pub(crate) spec_type: &'static str,
    pub(crate) spec: &'static [Field],
    /// A field whose presence, where none of the variant's own is there, makes it an ordinary one of its kind.
    pub(crate) unless: Option<(&'static str, &'static str)>,
}

const CORE: &[&str] = &["backstage.io/v1alpha1", "backstage.io/v1beta1"];

/// Every kind that the catalog knows.
pub(crate) const KINDS: &[Kind] = &[
    software::COMPONENT,
    software::API,
    software::RESOURCE,
    software::SYSTEM_KIND,
    software::DOMAIN,
    organisation::GROUP,
    organisation::USER,
    organisation::LOCATION,
    template::TEMPLATE,
    ai::AI_RESOURCE,
];

impl Kind {
    /// What the `spec` of this entity must hold.
    pub(crate) fn fields_for(&self, entity: &Value) -> &'static [Field] {
        let spec = entity.get("spec");
        let spec_type = spec.and_then(|spec| spec.get("type")).and_then(Value::as_str);
        let has = |field: &str| spec.is_some_and(|spec| spec.get(field).is_some());
        self.variants
            .iter()
            .find(|variant| Some(variant.spec_type) == spec_type)
            .filter(|variant| !variant.unless.is_some_and(|(ordinary, own)| has(ordinary) && !has(own)))
            .map_or(self.spec, |variant| variant.spec)
    }
}
