use std::{
    collections::hash_map::DefaultHasher,
    hash::{Hash, Hasher},
};

use callboard_kit::{EntityRef, SearchDocument, SearchField};
use tantivy::{
    TantivyDocument,
    tokenizer::{PreTokenizedString, Token},
};

use super::schema::{FIELDS, key, pair};
use crate::{
    analysis::{Language, detect, joined, pieces, squashed},
    engine::EngineError,
};

/// How many letters a gram has.
pub(super) const GRAM: usize = 3;
/// Characters of a title or name whose parts can be found.
const MAX_GRAMS: usize = 120;
/// Bytes of a text whose words can be found.
const MAX_BODY: usize = 256 * 1024;

/// A document as the index keeps it.
pub(super) fn written(document: &SearchDocument) -> Result<TantivyDocument, EngineError> {
    let fields = &*FIELDS;
    let mut written = TantivyDocument::new();
    let own_key = key(&document.type_, &document.id);
    written.add_text(fields.key, &own_key);
    written.add_text(fields.type_, &document.type_);
    written.add_u64(fields.tie, tie(&own_key));
    written.add_i64(fields.updated, document.updated.map_or(0, |updated| updated.timestamp()));
    if let Some(entity) = &document.entity {
        written.add_text(fields.entity, entity.as_str());
        written.add_text(fields.whole, entity.as_str());
    }
    let name = document.name.as_deref().unwrap_or_default();
    let body = &document.text[..document.text.floor_char_boundary(MAX_BODY)];
    let language = detect(document.language.as_deref(), body);
    for whole in [squashed(&document.title), squashed(name)] {
        written.add_text(fields.whole, whole);
    }
    written.add_pre_tokenized_text(fields.title, words(&document.title, true));
    written.add_pre_tokenized_text(fields.name, words(name, true));
    written.add_pre_tokenized_text(fields.body, words(body, false));
    written.add_pre_tokenized_text(fields.title_stem, stems(&format!("{} {name}", document.title), language));
    written.add_pre_tokenized_text(fields.body_stem, stems(body, language));
    written.add_pre_tokenized_text(fields.grams, grams([&document.title, name]));
    add_fields(&mut written, document);
    written.add_bytes(fields.document, &serde_json::to_vec(document)?);
    Ok(written)
}

fn add_fields(written: &mut TantivyDocument, document: &SearchDocument) {
    let fields = &*FIELDS;
    let mut extra = Vec::new();
    let of_type = [("type".to_owned(), vec![document.type_.clone()])];
    for (field, values) in
        document.fields.iter().map(|(field, values)| (field.clone(), values.clone())).chain(of_type)
    {
        written.add_text(fields.filter, pair(&field, ""));
        for value in &values {
            written.add_text(fields.facet, pair(&field, value));
            for spelling in spellings(value) {
                written.add_text(fields.filter, pair(&field, &spelling));
            }
            // The type is all documents' of a source, and the default namespace nearly all's.
            if field != "type" && (field != SearchField::Namespace.name() || value != "default") {
                extra.push(last_part(value).to_owned());
            }
        }
    }
    written.add_pre_tokenized_text(fields.extra, words(&extra.join(" "), true));
}

/// The ways in which somebody may write a value, lower-cased: of a reference without what goes without saying.
fn spellings(value: &str) -> Vec<String> {
    let lower = value.to_lowercase();
    let Ok(reference) = lower.parse::<EntityRef>() else { return vec![lower] };
    if reference.as_str() != lower {
        return vec![lower];
    }
    let (kind, namespace, name) = (reference.kind(), reference.namespace(), reference.name());
    let mut spellings = vec![format!("{namespace}/{name}"), name.to_owned()];
    if namespace == "default" {
        spellings.push(format!("{kind}:{name}"));
    }
    spellings.push(lower);
    spellings
}

/// Of a reference its name.
fn last_part(value: &str) -> &str {
    match value.parse::<EntityRef>() {
        Ok(reference) if reference.as_str() == value => value.rsplit('/').next().unwrap_or(value),
        _ => value,
    }
}

/// Tells apart documents that are equal otherwise.
fn tie(key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

fn token(text: String, position: usize) -> Token {
    Token { offset_from: 0, offset_to: 0, position, text, position_length: 1 }
}

fn of_tokens(tokens: Vec<Token>) -> PreTokenizedString {
    PreTokenizedString { text: String::new(), tokens }
}

fn words(text: &str, with_joined: bool) -> PreTokenizedString {
    let mut tokens: Vec<Token> =
        pieces(text).into_iter().map(|piece| token(piece.text, piece.position)).collect();
    if with_joined {
        // Behind a gap, so that no phrase runs into them.
        let behind = tokens.last().map_or(0, |token| token.position + 10);
        tokens.extend(
            joined(text).into_iter().enumerate().map(|(index, whole)| token(whole, behind + 10 * index)),
        );
    }
    of_tokens(tokens)
}

fn stems(text: &str, language: Language) -> PreTokenizedString {
    let pieces = pieces(text).into_iter();
    of_tokens(pieces.map(|piece| token(language.stem(&piece.text), piece.position)).collect())
}

fn grams(texts: [&str; 2]) -> PreTokenizedString {
    let mut tokens = Vec::new();
    let mut position = 0;
    for text in texts {
        let letters: Vec<char> = squashed(text).chars().take(MAX_GRAMS).collect();
        for window in letters.windows(GRAM) {
            tokens.push(token(window.iter().collect(), position));
            position += 1;
        }
        position += 10;
    }
    of_tokens(tokens)
}

/// The grams of a word.
pub(super) fn grams_of(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    letters.windows(GRAM).map(|window| window.iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_found_however_much_of_it_is_written() {
        let mut all = spellings("group:default/Team-A");
        all.sort();
        assert_eq!(all, ["default/team-a", "group:default/team-a", "group:team-a", "team-a"]);
        assert_eq!(spellings("Production"), ["production"]);
        assert_eq!(spellings("12:30"), ["12:30"]);
        assert_eq!((last_part("group:default/team-a"), last_part("a/b")), ("team-a", "a/b"));
    }
}
