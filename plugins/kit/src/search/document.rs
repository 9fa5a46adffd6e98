use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::EntityRef;

/// Something that can be found.
///
/// ```
/// use callboard_kit::{SearchDocument, SearchField};
///
/// let page = SearchDocument::new("techdocs", "component:default/petstore#deploy.md", "How to deploy")
///     .about("component:default/petstore".parse()?)
///     .at("/docs/default/component/petstore/deploy")
///     .with_text("Push to main, then wait.")
///     .with(SearchField::Kind, ["Component"]);
/// assert_eq!(page.fields["kind"], ["Component"]);
/// # Ok::<(), callboard_kit::EntityRefError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SearchDocument {
    /// The type that its source gives, e.g. `techdocs`.
    #[serde(rename = "type")]
    pub type_: String,
    /// Names it among the documents of its type, for ever: a document with the same id takes its place.
    pub id: String,
    /// What people read in the list of results.
    pub title: String,
    /// What people also call it where that is not the title: an identifier, as they write it.
    pub name: Option<String>,
    /// What it says, as plain text; no markup.
    pub text: String,
    /// Where it is: a path of the portal, or an address.
    pub location: String,
    /// The entity that it belongs to. Only those who may read that can find it.
    pub entity: Option<EntityRef>,
    /// The language of the text, e.g. `en`; guessed where it is not told.
    pub language: Option<String>,
    /// When what it says changed last.
    pub updated: Option<DateTime<Utc>>,
    /// What it can be filtered and counted by. The names of [`SearchField`] mean the same in every type; a plugin adds
    /// its own beside them.
    pub fields: BTreeMap<String, Vec<String>>,
}

/// A field that means the same in documents of every type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SearchField {
    /// The kind of the entity, as written, e.g. `Component`.
    Kind,
    /// The namespace of the entity.
    Namespace,
    /// `spec.type` of the entity, e.g. `service`.
    ComponentType,
    /// `spec.lifecycle` of the entity, e.g. `production`.
    Lifecycle,
    /// The reference of who owns it.
    Owner,
    /// The reference of the system that it is part of.
    System,
    /// Its tags.
    Tag,
}

impl SearchField {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Kind,
        Self::Namespace,
        Self::ComponentType,
        Self::Lifecycle,
        Self::Owner,
        Self::System,
        Self::Tag,
    ];

    /// The name that filters and facets use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Namespace => "namespace",
            Self::ComponentType => "componentType",
            Self::Lifecycle => "lifecycle",
            Self::Owner => "owner",
            Self::System => "system",
            Self::Tag => "tag",
        }
    }
}

impl SearchDocument {
    /// A document with nothing but a title.
    pub fn new(type_: impl Into<String>, id: impl Into<String>, title: impl Into<String>) -> Self {
        Self { type_: type_.into(), id: id.into(), title: title.into(), ..Self::default() }
    }

    /// The same, belonging to an entity.
    pub fn about(self, entity: EntityRef) -> Self {
        Self { entity: Some(entity), ..self }
    }

    /// The same, found at this path or address.
    pub fn at(self, location: impl Into<String>) -> Self {
        Self { location: location.into(), ..self }
    }

    /// The same, saying this.
    pub fn with_text(self, text: impl Into<String>) -> Self {
        Self { text: text.into(), ..self }
    }

    /// The same with these values of a field, beside those it has.
    pub fn with<T: Into<String>>(mut self, field: SearchField, values: impl IntoIterator<Item = T>) -> Self {
        self.add(field.name(), values);
        self
    }

    /// Adds values of a field that is named; nothing where there are none.
    pub fn add<T: Into<String>>(&mut self, field: &str, values: impl IntoIterator<Item = T>) {
        let mut values = values.into_iter().map(Into::into).peekable();
        if values.peek().is_some() {
            self.fields.entry(field.to_owned()).or_default().extend(values);
        }
    }
}
