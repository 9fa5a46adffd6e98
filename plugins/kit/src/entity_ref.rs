use std::{borrow::Cow, fmt, str::FromStr, sync::Arc};

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The namespace of an entity that names none.
pub const DEFAULT_NAMESPACE: &str = "default";

/// The address of an entity, `kind:namespace/name`, always complete and lower-cased.
///
/// ```
/// use callboard_kit::{EntityRef, RefContext};
///
/// let reference: EntityRef = "Component:Petstore".parse()?;
/// assert_eq!(reference.as_str(), "component:default/petstore");
///
/// let owner = EntityRef::parse("team-a", RefContext { kind: Some("Group"), namespace: "shop" })?;
/// assert_eq!(owner.as_str(), "group:shop/team-a");
/// # Ok::<(), callboard_kit::EntityRefError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityRef {
    text: Arc<str>,
    /// Byte offset of the namespace, just after the colon.
    namespace_at: u16,
    /// Byte offset of the name, just after the slash.
    name_at: u16,
}

/// What fills the parts a short reference leaves out.
#[derive(Clone, Copy, Debug)]
pub struct RefContext<'a> {
    /// The kind where none is written; `None` makes a reference without a kind an error.
    pub kind: Option<&'a str>,
    /// The namespace where none is written, usually that of the referring entity.
    pub namespace: &'a str,
}

impl Default for RefContext<'_> {
    fn default() -> Self {
        Self { kind: None, namespace: DEFAULT_NAMESPACE }
    }
}

/// Why a text is not an entity reference.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntityRefError {
    /// The reference has no kind and the place gives none.
    #[error("entity reference `{0}` names no kind, write `kind:{0}`")]
    MissingKind(String),
    /// More separators than a reference has, an empty part, white space, or far too long.
    #[error("entity reference `{0}` is not of the form `[kind:][namespace/]name`")]
    Malformed(String),
}

impl EntityRef {
    /// Parses `[kind:][namespace/]name`, filling what is left out from `context`.
    pub fn parse(text: &str, context: RefContext<'_>) -> Result<Self, EntityRefError> {
        let malformed = || EntityRefError::Malformed(shorten(text).into_owned());
        let trimmed = text.trim();
        let (kind, rest) = match trimmed.split_once(':') {
            Some((kind, rest)) => (Some(kind), rest),
            None => (None, trimmed),
        };
        let (namespace, name) = match rest.split_once('/') {
            Some((namespace, name)) => (namespace, name),
            None => (context.namespace, rest),
        };
        if name.contains([':', '/']) || namespace.contains(':') {
            return Err(malformed());
        }
        let kind = match kind {
            Some(kind) => kind,
            None if name.is_empty() => return Err(malformed()),
            None => context.kind.ok_or_else(|| EntityRefError::MissingKind(shorten(text).into_owned()))?,
        };
        Self::new(kind, namespace, name).map_err(|_| malformed())
    }

    /// A reference from its three parts, each of them present.
    pub fn new(kind: &str, namespace: &str, name: &str) -> Result<Self, EntityRefError> {
        let malformed =
            || EntityRefError::Malformed(shorten(&format!("{kind}:{namespace}/{name}")).into_owned());
        let is_part = |part: &str| {
            !part.is_empty() && !part.contains([':', '/']) && !part.chars().any(char::is_control)
        };
        if ![kind, namespace, name].into_iter().all(is_part) {
            return Err(malformed());
        }
        let text = format!("{kind}:{namespace}/{name}").to_lowercase();
        let namespace_at = text.find(':').and_then(|at| u16::try_from(at + 1).ok()).ok_or_else(malformed)?;
        let name_at = text.find('/').and_then(|at| u16::try_from(at + 1).ok()).ok_or_else(malformed)?;
        if text.len() > 1024 {
            return Err(malformed());
        }
        Ok(Self { text: text.into(), namespace_at, name_at })
    }

    /// The full, lower-cased text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The lower-cased kind.
    pub fn kind(&self) -> &str {
        &self.text[..usize::from(self.namespace_at) - 1]
    }

    /// The lower-cased namespace.
    pub fn namespace(&self) -> &str {
        &self.text[usize::from(self.namespace_at)..usize::from(self.name_at) - 1]
    }

    /// The lower-cased name.
    pub fn name(&self) -> &str {
        &self.text[usize::from(self.name_at)..]
    }
}

fn shorten(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(200) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

impl FromStr for EntityRef {
    type Err = EntityRefError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text, RefContext::default())
    }
}

impl fmt::Display for EntityRef {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl fmt::Debug for EntityRef {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.text, formatter)
    }
}

impl Serialize for EntityRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for EntityRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl schemars::JsonSchema for EntityRef {
    fn schema_name() -> Cow<'static, str> {
        "EntityRef".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "description": "`kind:[namespace/]name`" })
    }
}

/// The address of an entity. On input `[kind:][namespace/]name`: the namespace defaults to `default`, and the kind
/// must be written unless the place has a default kind. On output always complete and lower-cased, as in
/// `component:default/petstore`.
#[Scalar(name = "EntityRef")]
impl ScalarType for EntityRef {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => text.parse().map_err(|error: EntityRefError| {
                InputValueError::custom(error).with_extension("code", "BAD_USER_INPUT")
            }),
            _ => Err(InputValueError::expected_type(value).with_extension("code", "BAD_USER_INPUT")),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.text.to_string())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn missing_parts_come_from_the_context() {
        let context = RefContext { kind: Some("Group"), namespace: "shop" };
        for (text, expected) in [
            ("team", "group:shop/team"),
            ("other/Team", "group:other/team"),
            ("User:ada", "user:shop/ada"),
            ("user:default/Ada", "user:default/ada"),
        ] {
            assert_eq!(EntityRef::parse(text, context).unwrap().as_str(), expected);
        }
    }

    #[test]
    fn malformed_references_are_refused() {
        for text in ["", " ", ":", "a:", "a:b/", "a:/b", ":b", "a:b:c", "a:b/c/d", "a/b:c", "/", "a:b/c\u{0}"]
        {
            let context = RefContext { kind: Some("Group"), namespace: "default" };
            assert!(EntityRef::parse(text, context).is_err(), "{text:?}");
        }
        assert_eq!("petstore".parse::<EntityRef>(), Err(EntityRefError::MissingKind("petstore".into())));
        assert!(format!("a:{}", "x".repeat(5000)).parse::<EntityRef>().is_err());
    }

    proptest! {
        #[test]
        fn parsing_what_was_printed_gives_the_same(kind in "[a-zA-Z]{1,9}", namespace in "[a-zA-Z0-9-]{1,9}", name in "[A-Za-z0-9._-]{1,20}") {
            let reference = EntityRef::new(&kind, &namespace, &name).unwrap();
            prop_assert_eq!(reference.as_str(), format!("{kind}:{namespace}/{name}").to_lowercase());
            prop_assert_eq!(reference.kind(), kind.to_lowercase());
            prop_assert_eq!(reference.namespace(), namespace.to_lowercase());
            prop_assert_eq!(reference.name(), name.to_lowercase());
            prop_assert_eq!(reference.as_str().parse::<EntityRef>().unwrap(), reference);
        }

        #[test]
        fn any_text_is_answered_without_panic(text in ".{0,40}") {
            let _ = text.parse::<EntityRef>();
        }
    }
}
