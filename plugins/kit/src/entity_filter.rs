use std::borrow::Cow;

use async_graphql::{
    Enum, InputObject, InputType, InputValueError, InputValueResult, SimpleObject, Value, registry::Registry,
};
use serde::{Deserialize, Serialize};

use crate::{EntityRef, EntityRefError, RefContext};

/// Which entities are meant. The members of one filter must all hold; the values of one list are alternatives. Kinds,
/// names, values and field paths compare without regard to case. An empty filter selects everything, an empty list
/// nothing.
#[derive(Clone, Debug, Default, PartialEq, InputObject, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct EntityFilter {
    /// `kind` is one of these, e.g. `Component`.
    pub kind: Option<Vec<String>>,
    /// `metadata.namespace` is one of these.
    pub namespace: Option<Vec<String>>,
    /// `metadata.name` is one of these.
    pub name: Option<Vec<String>>,
    /// `spec.type` is one of these, e.g. `service`.
    #[graphql(name = "type")]
    #[serde(rename = "type")]
    pub type_: Option<Vec<String>>,
    /// `spec.lifecycle` is one of these, e.g. `production`.
    pub lifecycle: Option<Vec<String>>,
    /// Owned by one of these; a reference without a kind means a group.
    pub owner: Option<Vec<OwnerRef>>,
    /// Owned by the viewer or by a group the viewer belongs to; `false` means owned by none of them.
    pub owned_by_viewer: Option<bool>,
    /// Starred by the viewer; `false` means not starred.
    pub starred_by_viewer: Option<bool>,
    /// No location emits it any more; `false` means one does.
    pub orphan: Option<bool>,
    /// Bears one of these tags.
    pub tags: Option<Vec<String>>,
    /// Is one of these entities.
    #[graphql(name = "ref")]
    #[serde(rename = "ref")]
    pub reference: Option<Vec<EntityRef>>,
    /// Conditions on any path of the entity.
    pub fields: Option<Vec<FieldFilter>>,
    /// All of these hold.
    pub all_of: Option<Vec<EntityFilter>>,
    /// At least one of these holds.
    pub any_of: Option<Vec<EntityFilter>>,
    /// This does not hold.
    pub not: Option<Box<EntityFilter>>,
}

impl EntityFilter {
    /// A filter that selects everything.
    pub fn new() -> Self {
        Self::default()
    }

    /// Narrows to entities whose `field` has one of `values`.
    pub fn with_field(mut self, field: impl Into<String>, values: Vec<String>) -> Self {
        let filter = FieldFilter { field: field.into(), values: Some(values), exists: None };
        self.fields.get_or_insert_default().push(filter);
        self
    }

    /// What both filters select.
    pub fn and(self, other: Self) -> Self {
        Self { all_of: Some(vec![self, other]), ..Self::default() }
    }
}

/// A reference in `EntityFilter.owner`, where a missing kind means a group.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "EntityRef")]
pub struct OwnerRef(pub EntityRef);

impl TryFrom<String> for OwnerRef {
    type Error = EntityRefError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        EntityRef::parse(&text, RefContext { kind: Some("group"), ..RefContext::default() }).map(Self)
    }
}

impl From<OwnerRef> for EntityRef {
    fn from(owner: OwnerRef) -> Self {
        owner.0
    }
}

/// In the graph it is an `EntityRef` like any other.
impl InputType for OwnerRef {
    type RawValueType = EntityRef;

    fn type_name() -> Cow<'static, str> {
        <EntityRef as InputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <EntityRef as InputType>::create_type_info(registry)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        match value.unwrap_or_default() {
            Value::String(text) => Self::try_from(text)
                .map_err(|error| InputValueError::custom(error).with_extension("code", "BAD_USER_INPUT")),
            other => Err(InputValueError::expected_type(other).with_extension("code", "BAD_USER_INPUT")),
        }
    }

    fn to_value(&self) -> Value {
        self.0.as_str().into()
    }

    fn as_raw_value(&self) -> Option<&Self::RawValueType> {
        Some(&self.0)
    }
}

/// Values longer than this many bytes cannot be compared: of an entity's it is known only that they are there.
pub const MAX_FILTER_VALUE: usize = 200;

/// A condition on one path of the entity.
#[derive(Clone, Debug, Default, PartialEq, Eq, InputObject, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct FieldFilter {
    /// A dotted path, e.g. `spec.type`, `metadata.annotations.foo.io/bar`, `relations.dependsOn`. A list matches by any
    /// of its items, and `path.item` means that the list at `path` has that item.
    pub field: String,
    /// The value is one of these, 200 bytes each at most; longer values of entities are known to be there only.
    #[graphql(name = "in")]
    #[serde(rename = "in")]
    pub values: Option<Vec<String>>,
    /// Whether the path is there at all.
    pub exists: Option<bool>,
}

/// One key of the order of a list. Entities without the field come last, whatever the direction.
#[derive(Clone, Debug, PartialEq, Eq, InputObject, Serialize, Deserialize)]
pub struct EntityOrder {
    /// A dotted path, e.g. `metadata.name`.
    pub field: String,
    /// The direction.
    #[graphql(default)]
    #[serde(default)]
    pub direction: OrderDirection,
}

/// Upwards or downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Enum, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum OrderDirection {
    /// Smallest first.
    #[default]
    Asc,
    /// Largest first.
    Desc,
}

/// How often each value of a field occurs.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
#[graphql(shareable)]
pub struct Facet {
    /// The path that was asked for.
    pub field: String,
    /// The values, most frequent first.
    pub values: Vec<FacetValue>,
}

/// One value of a field.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
#[graphql(shareable)]
pub struct FacetValue {
    /// The value as it is written in the entity.
    pub value: String,
    /// How many have it.
    pub count: u32,
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
#[graphql(shareable)]
pub struct KeyValue {
    /// The key.
    pub key: String,
    /// The value.
    pub value: String,
}
