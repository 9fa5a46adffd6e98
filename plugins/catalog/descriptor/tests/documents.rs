//! Files of many documents, and where their faults are.

#![expect(clippy::unwrap_used, reason = "a helper that cannot go on ends its test")]

use callboard_descriptor::{
    DescriptorError, Document, Limits, Rule, ValidateOptions, parse_documents, validate,
};
use proptest::prelude::*;
use serde_json::{Value, json};

fn parse(text: &str) -> Vec<Document<'_>> {
    parse_documents(text.as_bytes(), &Limits::default()).unwrap()
}

fn values(text: &str) -> Vec<Option<Value>> {
    parse(text).into_iter().map(|document| document.value).collect()
}

fn error(text: &str) -> DescriptorError {
    parse(text).remove(0).errors.remove(0)
}

#[test]
fn a_fault_in_one_document_leaves_the_others() {
    for broken in
        ["a: b: c", "a: [", "'", "\ta: 1", "a: 1\na: 2", "a: *nothing", "a: \u{1}", "- a\nb: 1", "a: \"\\q\""]
    {
        let text = format!("first: 1\n---\n{broken}\n---\nthird: 3\n");
        let documents = parse(&text);
        assert_eq!(documents.len(), 3, "{broken}");
        assert_eq!(documents[0].value, Some(json!({ "first": 1 })));
        assert_eq!(documents[1].value, None, "{broken}");
        assert!(documents[1].errors[0].line >= 3, "{broken}");
        assert_eq!(documents[2].value, Some(json!({ "third": 3 })), "{broken}");
    }
}

#[test]
fn bytes_that_are_not_utf8_leave_the_other_documents() {
    let documents = parse_documents(b"a: 1\n---\nb: \xFF\n---\nc: 3\n", &Limits::default()).unwrap();
    assert_eq!(documents.len(), 3);
    assert_eq!((documents[1].errors[0].line, documents[1].errors[0].column), (3, 4));
    assert_eq!(documents[1].errors[0].rule, Rule::Encoding);
    assert_eq!(documents[2].value, Some(json!({ "c": 3 })));
}

#[test]
fn markers_end_a_block_scalar_only_in_the_first_column() {
    assert_eq!(values("a: |\n  x\n  ---\n  y\n"), [Some(json!({ "a": "x\n---\ny\n" }))]);
    assert_eq!(values("a: |\n  x\n---\nb: 1\n"), [Some(json!({ "a": "x\n" })), Some(json!({ "b": 1 }))]);
}

#[test]
fn empty_documents_are_null_and_count() {
    assert_eq!(
        values("---\n---\na: 1\n---\n# end\n"),
        [Some(Value::Null), Some(json!({ "a": 1 })), Some(Value::Null)]
    );
    assert_eq!(values("\n"), []);
    assert_eq!(values("# only a comment"), []);
}

#[test]
fn line_ends_of_windows_and_a_byte_order_mark_are_nothing_special() {
    assert_eq!(
        values("\u{FEFF}a: 1\r\nb:\r\n  - x\r\n---\r\nc: |\r\n  d\r\n"),
        [Some(json!({ "a": 1, "b": ["x"] })), Some(json!({ "c": "d\n" }))]
    );
}

#[test]
fn words_of_yaml_1_1_stay_text_and_merge_keys_are_keys() {
    assert_eq!(
        values("{on: on, no: no, mode: 0755, date: 2001-01-01, time: 12:30, tilde: ~, yes: 'true'}"),
        [Some(json!({
            "on": "on", "no": "no", "mode": "0755", "date": "2001-01-01", "time": "12:30", "tilde": null, "yes": "true",
        }))]
    );
    assert_eq!(
        values("base: &base {a: 1}\nderived: {<<: *base, b: 2}\n"),
        [Some(json!({ "base": { "a": 1 }, "derived": { "<<": { "a": 1 }, "b": 2 } }))]
    );
    assert_eq!(
        values("a: !!str 5\nb: !Ref x\nc: !!int '5'\n"),
        [Some(json!({ "a": "5", "b": "x", "c": 5 }))]
    );
}

#[test]
fn keys_that_are_no_text_are_written_out() {
    assert_eq!(
        values("1: a\ntrue: b\n~: c\n{x: y}: d\n? [1, 2]\n: e\n"),
        [Some(json!({ "1": "a", "true": "b", "": "c", "{ x: y }": "d", "[ 1, 2 ]": "e" }))]
    );
}

#[test]
fn a_key_that_is_written_twice_names_both_lines() {
    let error = error("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n");
    assert_eq!((error.line, error.column, error.path.as_str()), (5, 3, "b.c"));
    assert_eq!(error.rule, Rule::DuplicateKey);
    assert_eq!(
        error.message,
        "key `c` is written twice in this mapping, remove one of them; the first is on line 3"
    );
}

#[test]
fn faults_are_where_they_are_written() {
    let text = "# comment\n---\na: 1\n---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: a\n  tags:\n    - ok\n    - Not Ok\n  links: [{title: x}]\nspec:\n  type: service\n  owner:\n    - a\nextra: 1\n";
    let documents = parse(text);
    let faults = validate(documents[1].value.as_ref().unwrap(), &ValidateOptions::default());
    let places: Vec<(String, u32, u32)> =
        documents[1].locate(faults).into_iter().map(|error| (error.path, error.line, error.column)).collect();
    assert_eq!(
        places,
        [
            ("extra".to_owned(), 17, 1),
            ("metadata.links.0.url".to_owned(), 12, 11),
            ("metadata.tags.1".to_owned(), 11, 7),
            ("spec.lifecycle".to_owned(), 13, 1),
            ("spec.owner".to_owned(), 16, 5),
        ]
    );
}

#[test]
fn syntax_faults_say_what_to_do() {
    let error = error("metadata:\n  name: a\n  description: Note: this breaks\n");
    assert_eq!((error.line, error.rule), (3, Rule::YamlSyntax));
    assert!(error.message.contains("quote a value that holds `: `"), "{}", error.message);
    assert_eq!(error.path, "metadata.description");
}

proptest! {
    #[test]
    fn any_text_is_answered_without_panic(text in "[ab:,{}\\[\\]&*!|>'\"%@`#\\- \\n\\t\\r0.~?]{0,60}") {
        for document in parse(&text) {
            prop_assert!(document.value.is_some() == document.errors.is_empty());
            prop_assert!(document.errors.iter().all(|error| error.line > 0 && error.column > 0));
        }
    }

    #[test]
    fn any_bytes_are_answered_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
        let _ = parse_documents(&bytes, &Limits::default());
    }

    #[test]
    fn json_is_read_as_itself(value in json_value()) {
        let text = serde_json::to_string_pretty(&value).unwrap();
        prop_assert_eq!(values(&text), [Some(value)]);
    }
}

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[ -~äß✓]{0,12}".prop_map(Value::from),
    ];
    let nested = leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 1..4).prop_map(Value::from),
            proptest::collection::btree_map("[a-z]{1,5}", inner, 1..4)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    });
    nested.prop_filter("a document with something in it", |value| !value.is_null())
}
