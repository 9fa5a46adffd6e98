//! What a catalog descriptor says, without a database and without async.
//!
//! Text becomes [`Document`]s ([`parse_documents`]), a document becomes an entity and its faults ([`process`]),
//! and a location becomes all that can be read from it ([`read_location`]). Every fault carries the line, the
//! column, the field and the rule it breaks ([`DescriptorError`]).
//!
//! ```
//! use callboard_descriptor::{Limits, ValidateOptions, parse_documents, validate};
//!
//! let text = b"apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: my service\n";
//! let documents = parse_documents(text, &Limits::default())?;
//! let entity = documents[0].value.as_ref().expect("the YAML is well formed");
//! let faults = documents[0].locate(validate(entity, &ValidateOptions::default()));
//! assert_eq!((faults[0].line, faults[0].column, faults[0].path.as_str()), (4, 9, "metadata.name"));
//! # Ok::<(), callboard_descriptor::DescriptorError>(())
//! ```

mod document;
mod entity;
mod error;
mod format;
mod glob;
mod kinds;
mod limits;
pub mod lint;
mod location;
mod path;
mod placeholder;
mod process;
mod reader;
mod reference;
mod relation;
mod rules;
mod target;
mod validate;
mod walk;
mod yaml;

pub use document::{Document, parse_documents};
pub use entity::{
    annotation, api_version_of, kind_of, name_of, namespace_of, owner_of, reference_of, spec_of,
};
pub use error::{DescriptorError, Fault, Rule};
pub use limits::Limits;
pub use location::{LocationSpec, Presence};
pub use path::{FieldPath, Segment};
pub use placeholder::{RemotePlaceholders, Resolution, resolve_placeholders};
pub use process::{ProcessOptions, ProcessedDocument, Provenance, process};
pub use reader::{FileReader, ReadError, Reader};
pub use reference::Reference;
pub use relation::{Relation, relations_of};
pub use rules::{AllowedKind, LocationPattern, Rule as CatalogRule, Rules, RulesError};
pub use target::{EmittedTarget, expand_target};
pub use validate::{KNOWN_KINDS, ValidateOptions, validate};
pub use walk::{LocationTarget, ReadFile, WalkSummary, read_location};
