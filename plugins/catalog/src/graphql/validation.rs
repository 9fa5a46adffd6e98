use async_graphql::SimpleObject;
use callboard_descriptor::DescriptorError;
use callboard_kit::EntityRef;

use crate::service::DocumentValidation;

/// What was found of one document.
#[derive(SimpleObject)]
pub struct EntityValidation {
    /// Its place in the text, from 0, counting empty documents.
    document: i32,
    /// Its reference; null where not even that could be read.
    #[graphql(name = "ref")]
    reference: Option<EntityRef>,
    /// Whether it is an entity; null for an empty document.
    valid: Option<bool>,
    /// What is wrong with it.
    errors: Vec<ValidationError>,
}

/// A fault of a descriptor and where it is written.
#[derive(SimpleObject)]
pub struct ValidationError {
    /// The line, from 1.
    line: u32,
    /// The column in the line, from 1.
    column: u32,
    /// The dotted path of the field; empty for the document as a whole.
    path: String,
    /// What is broken, e.g. `required`.
    rule: String,
    /// What is wrong and what to do.
    message: String,
}

impl From<DocumentValidation> for EntityValidation {
    fn from(found: DocumentValidation) -> Self {
        Self {
            document: i32::try_from(found.document).unwrap_or(i32::MAX),
            reference: found.reference,
            valid: found.is_valid,
            errors: found.errors.into_iter().map(ValidationError::from).collect(),
        }
    }
}

impl From<DescriptorError> for ValidationError {
    fn from(error: DescriptorError) -> Self {
        Self {
            line: error.line,
            column: error.column,
            path: error.path,
            rule: error.rule.as_str().to_owned(),
            message: error.message,
        }
    }
}
