use serde::Serialize;

use crate::FieldPath;

/// What a descriptor breaks, named so that it can be counted, filtered and looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// The text is not UTF-8.
    Encoding,
    /// The text holds a character that YAML does not allow.
    ControlCharacter,
    /// The text is not YAML.
    YamlSyntax,
    /// A key is written twice in one mapping.
    DuplicateKey,
    /// Collections are nested too deep.
    TooDeep,
    /// The file, or what it expands to, is too large.
    TooLarge,
    /// The file has too many documents.
    TooManyDocuments,
    /// The document is not a mapping.
    RootObject,
    /// A required field is missing.
    Required,
    /// A value has the wrong type.
    Type,
    /// A text is empty.
    Empty,
    /// A value is not one of those allowed.
    OneOf,
    /// A text does not have the form that the field asks for.
    Format,
    /// A field that does not belong at the root.
    UnknownField,
    /// A kind, or its version, that nothing validates.
    UnknownKind,
    /// A reference that cannot be read.
    EntityReference,
    /// A placeholder that cannot be resolved.
    Placeholder,
    /// A location target that cannot be read or expanded.
    LocationTarget,
    /// Locations that lead back to themselves.
    LocationCycle,
    /// A kind that the rules of the location refuse.
    NotAllowed,
    /// A file that cannot be read.
    Unreadable,
}

impl Rule {
    /// The rule's name, as in `duplicate-key`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Encoding => "encoding",
            Self::ControlCharacter => "control-character",
            Self::YamlSyntax => "yaml-syntax",
            Self::DuplicateKey => "duplicate-key",
            Self::TooDeep => "too-deep",
            Self::TooLarge => "too-large",
            Self::TooManyDocuments => "too-many-documents",
            Self::RootObject => "root-object",
            Self::Required => "required",
            Self::Type => "type",
            Self::Empty => "empty",
            Self::OneOf => "one-of",
            Self::Format => "format",
            Self::UnknownField => "unknown-field",
            Self::UnknownKind => "unknown-kind",
            Self::EntityReference => "entity-reference",
            Self::Placeholder => "placeholder",
            Self::LocationTarget => "location-target",
            Self::LocationCycle => "location-cycle",
            Self::NotAllowed => "not-allowed",
            Self::Unreadable => "unreadable",
        }
    }
}

/// A fault of a value, before it is known where the value is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field.
    pub path: FieldPath,
    /// What it breaks.
    pub rule: Rule,
    /// What is wrong and what to do.
    pub message: String,
}

impl Fault {
    /// A fault of the field at `path`.
    pub fn new(path: FieldPath, rule: Rule, message: impl Into<String>) -> Self {
        Self { path, rule, message: message.into() }
    }
}

/// A fault of a descriptor, with the place where it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{line}:{column}: {message}")]
pub struct DescriptorError {
    /// The line in the file, from 1.
    pub line: u32,
    /// The column in the line, in characters from 1.
    pub column: u32,
    /// The dotted path of the field, empty for the document as a whole.
    pub path: String,
    /// What is broken.
    pub rule: Rule,
    /// What is wrong and what to do.
    pub message: String,
}

impl DescriptorError {
    /// A fault of a file as a whole.
    pub fn of_file(rule: Rule, message: impl Into<String>) -> Self {
        Self { line: 1, column: 1, path: String::new(), rule, message: message.into() }
    }
}
