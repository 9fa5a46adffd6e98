use std::sync::LazyLock;

use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

/// Grows with every change of the fields below or of how text is taken apart: an index of another version is built anew.
pub(super) const VERSION: u32 = 1;

/// Parts a field from its value, a type from an id.
pub(super) const SEPARATOR: char = '\u{1f}';

/// The fields of the index.
#[derive(Debug)]
pub(super) struct Fields {
    pub schema: Schema,
    /// Type and id.
    pub key: Field,
    pub type_: Field,
    /// The reference of the entity that it belongs to.
    pub entity: Field,
    /// Title, name and reference as one word each.
    pub whole: Field,
    pub title: Field,
    pub name: Field,
    /// Tags, kind, owner and the like.
    pub extra: Field,
    pub body: Field,
    pub title_stem: Field,
    pub body_stem: Field,
    /// Each three letters of title and name that follow each other.
    pub grams: Field,
    /// Field and value, lower-cased, to filter by.
    pub filter: Field,
    /// Field and value as written, to count.
    pub facet: Field,
    pub updated: Field,
    /// Tells apart what is equal otherwise.
    pub tie: Field,
    /// All of it, as JSON.
    pub document: Field,
}

/// The names of the columns.
pub(super) const ENTITY: &str = "entity";
pub(super) const FACET: &str = "facet";
pub(super) const UPDATED: &str = "updated";
pub(super) const TIE: &str = "tie";

pub(super) static FIELDS: LazyLock<Fields> = LazyLock::new(Fields::new);

impl Fields {
    fn new() -> Self {
        let mut builder = Schema::builder();
        let words = |option: IndexRecordOption, norms: bool| {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer("raw")
                .set_index_option(option)
                .set_fieldnorms(norms);
            TextOptions::default().set_indexing_options(indexing)
        };
        let placed = words(IndexRecordOption::WithFreqsAndPositions, true);
        let counted = words(IndexRecordOption::WithFreqs, true);
        Self {
            key: builder.add_text_field("key", STRING),
            type_: builder.add_text_field("type", STRING),
            entity: builder.add_text_field(ENTITY, STRING | FAST),
            whole: builder.add_text_field("whole", STRING),
            title: builder.add_text_field("title", placed.clone()),
            name: builder.add_text_field("name", placed.clone()),
            extra: builder.add_text_field("extra", words(IndexRecordOption::Basic, false)),
            body: builder.add_text_field("body", placed),
            title_stem: builder.add_text_field("title_stem", counted.clone()),
            body_stem: builder.add_text_field("body_stem", counted),
            grams: builder.add_text_field("grams", words(IndexRecordOption::WithFreqsAndPositions, false)),
            filter: builder.add_text_field("filter", STRING),
            facet: builder.add_text_field(FACET, TextOptions::default().set_fast("raw")),
            updated: builder.add_i64_field(UPDATED, FAST),
            tie: builder.add_u64_field(TIE, FAST),
            document: builder.add_bytes_field("document", STORED),
            schema: builder.build(),
        }
    }
}

/// Type and id as one term.
pub(super) fn key(type_: &str, id: &str) -> String {
    format!("{type_}{SEPARATOR}{id}")
}

/// Field and value as one term.
pub(super) fn pair(field: &str, value: &str) -> String {
    format!("{field}{SEPARATOR}{value}")
}
