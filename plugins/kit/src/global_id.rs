use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// A Relay id: a type name and a key of that type's own, opaque to clients and stable across restarts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GlobalId {
    /// The GraphQL type or interface that looks the key up, e.g. `Entity`.
    pub type_name: String,
    /// The key, e.g. the uid of an entity.
    pub key: String,
}

impl GlobalId {
    /// The id of `key` among what `type_name` names.
    pub fn new(type_name: impl Into<String>, key: impl Into<String>) -> Self {
        Self { type_name: type_name.into(), key: key.into() }
    }

    /// Reads an id as clients hold it; `None` for anything that was never an id.
    pub fn decode(id: &str) -> Option<Self> {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(id).ok()?).ok()?;
        let (type_name, key) = text.split_once(':')?;
        (!type_name.is_empty() && !key.is_empty()).then(|| Self::new(type_name, key))
    }
}

impl fmt::Display for GlobalId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&URL_SAFE_NO_PAD.encode(format!("{}:{}", self.type_name, self.key)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_id_survives_the_round_trip(type_name in "[A-Za-z]{1,12}", key in ".{1,40}") {
            let id = GlobalId::new(type_name, key);
            prop_assert_eq!(GlobalId::decode(&id.to_string()), Some(id));
        }

        #[test]
        fn any_text_is_answered_without_panic(text in ".{0,40}") {
            let _ = GlobalId::decode(&text);
        }
    }
}
