use super::{
    Filter, SearchQuery, Word,
    syntax::{Fault, MAX_FILTERS, MAX_TEXT, MAX_WORDS},
};
use crate::analysis::pieces;

/// What is known beside the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known<'a> {
    /// The fields there are.
    pub fields: &'a [String],
    /// The types of documents there are.
    pub types: &'a [String],
}

/// A part of the text: `-field:"value"` at its fullest.
struct Token<'a> {
    start: usize,
    is_negated: bool,
    /// The field and where its value starts.
    field: Option<&'a str>,
    value: &'a str,
    value_start: usize,
    is_quoted: bool,
}

/// Reads a text as it was typed.
pub(crate) fn parse(text: &str, known: Known<'_>) -> Result<SearchQuery, Fault> {
    if text.chars().count() > MAX_TEXT {
        return Err(Fault::whole(format!("a search may have {MAX_TEXT} characters at most")));
    }
    let mut query = SearchQuery { text: text.to_owned(), ..SearchQuery::default() };
    for token in tokens(text) {
        match token.field.and_then(|field| meant(field, &token, known)) {
            Some(Ok(field)) => query.filters.push(filter(text, field, &token, known)?),
            Some(Err(field)) => return Err(Fault::unknown_field(text, token.start, field, known.fields)),
            None => words(&mut query, text, &token),
        }
    }
    if let Some(last) = query.words.last_mut() {
        last.is_last = !last.is_exact && last.end == text.len();
    }
    if query.words.len() + query.without.iter().map(Vec::len).sum::<usize>() > MAX_WORDS {
        return Err(Fault::whole(format!("a search may have {MAX_WORDS} words at most")));
    }
    if query.filters.len() > MAX_FILTERS {
        return Err(Fault::whole(format!("a search may have {MAX_FILTERS} conditions at most")));
    }
    Ok(query)
}

/// Whether what stands before a colon is meant as a field, and as which: addresses, references and code have colons, too.
fn meant<'a>(field: &'a str, token: &Token<'_>, known: Known<'a>) -> Option<Result<&'a str, &'a str>> {
    let wanted = match field.to_ascii_lowercase().as_str() {
        "tags" => "tag".to_owned(),
        "is" => "type".to_owned(),
        other => other.to_owned(),
    };
    if let Some(found) = known.fields.iter().find(|name| name.eq_ignore_ascii_case(&wanted)) {
        return Some(Ok(found));
    }
    let is_plain = token.is_quoted || !token.value.contains(['/', ':', '\\', '=', '(']);
    let is_name = field.chars().all(|character| character.is_ascii_alphabetic() || "._-".contains(character));
    (is_plain && is_name && field.len() > 1 && !token.value.is_empty()).then_some(Err(field))
}

fn filter(text: &str, field: &str, token: &Token<'_>, known: Known<'_>) -> Result<Filter, Fault> {
    let values: Vec<String> = if token.is_quoted {
        vec![token.value.trim().to_lowercase()]
    } else {
        token.value.split(',').map(|value| value.trim().to_lowercase()).collect()
    };
    let values: Vec<String> = values.into_iter().filter(|value| !value.is_empty()).collect();
    if values.is_empty() {
        let hint = if field == "type" {
            format!("; there are {}", known.types.join(", "))
        } else {
            format!(", as in `{field}:value`")
        };
        return Err(Fault::at(text, token.start, format!("`{field}:` needs a value{hint}")));
    }
    let is_negated = token.is_negated;
    if values == ["*"] {
        return Ok(Filter { field: field.to_owned(), exists: Some(true), is_negated, values: Vec::new() });
    }
    // What people call type is the type of documents, or that of components.
    let of_documents = values.iter().all(|value| known.types.contains(value));
    let field = if field == "type" && !of_documents { "componentType" } else { field };
    Ok(Filter { field: field.to_owned(), values, exists: None, is_negated })
}

fn words(query: &mut SearchQuery, text: &str, token: &Token<'_>) {
    let (value, value_start) = match token.field {
        // The field was none.
        Some(_) => {
            let end = token.value_start + token.value.len();
            let start = token.start + usize::from(token.is_negated);
            (&text[start..end], start)
        }
        None => (token.value, token.value_start),
    };
    let pieces = pieces(value);
    let plain = pieces.iter().filter(|piece| !piece.is_part);
    let sequence: Vec<String> = plain.clone().map(|piece| piece.text.clone()).collect();
    if sequence.is_empty() {
        return;
    }
    if token.is_negated {
        query.without.push(sequence);
        return;
    }
    for piece in plain {
        let parts =
            pieces.iter().filter(|part| part.is_part && (piece.start..piece.end).contains(&part.start));
        let parts: Vec<String> = parts.map(|part| part.text.clone()).collect();
        let is_name = piece.has_parts && parts.iter().all(|part| part.chars().count() > 1);
        query.words.push(Word {
            text: piece.text.clone(),
            parts: if is_name && !token.is_quoted { parts } else { Vec::new() },
            start: value_start + piece.start,
            end: value_start + piece.end,
            is_exact: token.is_quoted,
            is_last: false,
        });
    }
    if token.is_quoted && sequence.len() > 1 {
        query.phrases.push(sequence);
    }
}

/// Splits at white space, but not within quotes. A quote that is not closed goes on to the end, as while typing.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = 0;
    while let Some(skipped) = text[rest..].find(|character: char| !character.is_whitespace()) {
        let start = rest + skipped;
        let after_sign = text[start..]
            .strip_prefix('-')
            .filter(|after| after.starts_with(|next: char| !next.is_whitespace()));
        let body_start = start + usize::from(after_sign.is_some());
        let body = &text[body_start..];
        let length = body.find(|character: char| character.is_whitespace()).unwrap_or(body.len());
        let colon = body[..length].find([':', '"']).filter(|at| *at > 0 && body[*at..].starts_with(':'));
        let value_start = body_start + colon.map_or(0, |at| at + 1);
        let field = colon.map(|at| &body[..at]);
        let value = &text[value_start..];
        let token = |value, value_start, is_quoted| Token {
            start,
            is_negated: after_sign.is_some(),
            field,
            value,
            value_start,
            is_quoted,
        };
        if let Some(quoted) = value.strip_prefix('"') {
            let length = quoted.find('"').unwrap_or(quoted.len());
            tokens.push(token(&quoted[..length], value_start + 1, true));
            rest = (value_start + 1 + length + 1).min(text.len());
        } else {
            let end = body_start + length;
            tokens.push(token(&text[value_start..end], value_start, false));
            rest = end;
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Result<SearchQuery, Fault> {
        let fields = ["type", "kind", "owner", "tag", "componentType", "lifecycle"].map(str::to_owned);
        let types = ["techdocs", "software-catalog"].map(str::to_owned);
        parse(text, Known { fields: &fields, types: &types })
    }

    fn texts(query: &SearchQuery) -> Vec<&str> {
        query.words.iter().map(|word| word.text.as_str()).collect()
    }

    #[test]
    fn fields_phrases_and_what_must_not_be_there_are_told_from_words() {
        let query =
            read("Kind:API owner:team-a tags:java,go type:techdocs \"exact Phrase\" -draft -\"old one\" -kind:User pay").unwrap();
        let filters: Vec<_> = query
            .filters
            .iter()
            .map(|filter| (filter.field.as_str(), filter.values.join("|"), filter.is_negated))
            .collect();
        assert_eq!(
            filters,
            [
                ("kind", "api".to_owned(), false),
                ("owner", "team-a".to_owned(), false),
                ("tag", "java|go".to_owned(), false),
                ("type", "techdocs".to_owned(), false),
                ("kind", "user".to_owned(), true),
            ]
        );
        assert_eq!(texts(&query), ["exact", "phrase", "pay"]);
        assert_eq!(query.phrases, [["exact", "phrase"]]);
        assert_eq!(query.without, [vec!["draft"], vec!["old", "one"]]);
        assert!(query.words[2].is_last && query.words[0].is_exact);
        assert!(!read("pay ").unwrap().words[0].is_last, "somebody has gone on");
    }

    #[test]
    fn a_type_is_one_of_documents_or_of_components() {
        assert_eq!(read("type:techdocs").unwrap().filters[0].field, "type");
        assert_eq!(read("type:service").unwrap().filters[0].field, "componentType");
        assert_eq!(read("owner:*").unwrap().filters[0].exists, Some(true));
    }

    #[test]
    fn faults_say_where_and_what_is_known() {
        let fault = |text: &str| read(text).unwrap_err().to_string();
        assert_eq!(
            fault("größe onwer:x"),
            "there is no `onwer:` to search in, did you mean `owner:`?, at character 7"
        );
        assert!(fault("colour:red").contains("known are `type:`, `kind:`"));
        assert_eq!(
            fault("a type:"),
            "`type:` needs a value; there are techdocs, software-catalog, at character 3"
        );
        assert!(fault(&"a".repeat(501)).contains("500 characters"));
        assert!(fault(&"a ".repeat(30)).contains("24 words"));
        assert!(fault(&"kind:a ".repeat(31)).contains("30 conditions"));
    }

    #[test]
    fn addresses_references_and_code_are_plain_text() {
        assert_eq!(texts(&read("https://example.com/x").unwrap()), ["https", "example", "com", "x"]);
        assert_eq!(texts(&read("component:default/cart").unwrap()), ["component", "default", "cart"]);
        assert_eq!(
            texts(&read("std::fmt a: 12:30 - \"a:b\"").unwrap()),
            ["std", "fmt", "a", "12", "30", "a", "b"]
        );
        assert_eq!(texts(&read("\"open").unwrap()), ["open"]);
    }

    #[test]
    fn names_typed_like_code_may_be_found_by_their_parts() {
        let query = read("PaymentService v2").unwrap();
        assert_eq!(query.words[0].parts, ["payment", "service"]);
        assert!(query.words[1].parts.is_empty());
    }

    proptest! {
        #[test]
        fn any_text_is_answered_without_panic(text in "\\PC{0,80}") {
            if let Ok(query) = read(&text) {
                for word in &query.words {
                    prop_assert!(text.get(word.start..word.end).is_some());
                }
            }
        }

        #[test]
        fn any_syntax_is_answered_without_panic(text in "[-a\":, ]{0,30}") {
            let _ = read(&text);
        }
    }
}
