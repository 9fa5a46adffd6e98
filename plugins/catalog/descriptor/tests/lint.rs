//! The check of the command line.

#![expect(clippy::unwrap_used, reason = "a helper that cannot go on ends its test")]

mod portal;

use std::path::PathBuf;

use callboard_descriptor::lint::{self, Arguments, Format};
use portal::{Folder, component};
use serde_json::{Value, json};

fn run(paths: Vec<PathBuf>, format: Format) -> (bool, String) {
    let mut output = Vec::new();
    let valid = lint::run(&Arguments { paths, format, ..Arguments::default() }, &mut output).unwrap();
    (valid, String::from_utf8(output).unwrap())
}

#[test]
fn json_is_a_line_a_document_and_empty_documents_are_null() {
    let folder = Folder::new();
    let path = folder.path("any-name.yaml");
    folder.write(
        "any-name.yaml",
        format!("---\n---\n{}---\na: [\n---\n{}", component("A", ""), component("b c", "")),
    );
    let (valid, output) = run(vec![path.clone()], Format::Json);
    assert!(!valid);
    let lines: Vec<Value> = output.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let file = path.to_string_lossy();
    assert_eq!(lines[0], json!({ "file": file, "document": 0, "ref": null, "valid": null, "errors": [] }));
    assert_eq!(
        lines[1],
        json!({ "file": file, "document": 1, "ref": "component:default/a", "valid": true, "errors": [] })
    );
    assert_eq!((&lines[2]["document"], &lines[2]["valid"]), (&json!(2), &json!(false)));
    assert_eq!(lines[2]["errors"][0]["line"], 12);
    assert_eq!(lines[3]["ref"], "component:default/b c");
    let error = &lines[3]["errors"][0];
    assert_eq!(
        (&error["line"], &error["column"], &error["path"]),
        (&json!(17), &json!(9), &json!("metadata.name"))
    );
}

#[test]
fn text_names_file_line_and_column() {
    let folder = Folder::new();
    folder.write("catalog-info.yaml", component("b c", ""));
    let path = folder.path("catalog-info.yaml");
    let (valid, output) = run(vec![path.clone()], Format::Text);
    assert!(!valid);
    assert_eq!(
        output,
        format!(
            "{}:4:9: `metadata.name` must be 1 to 63 characters of [A-Za-z0-9] separated by [-_.], found `b c`; try `b-c` [format]\n0 valid, 1 invalid, 0 empty\n",
            path.display()
        )
    );
}

#[test]
fn a_folder_stands_for_the_descriptors_in_it() {
    let folder = Folder::new();
    folder.write("a/catalog-info.yml", component("a", ""));
    folder.write("b/other.yaml", component("b", ""));
    folder.write("c/template.yaml", "apiVersion: \"scaffolder.backstage.io/v1beta3\"\nkind: Template\nmetadata: {name: c}\nspec: {type: a, steps: []}\n");
    folder.write("d/deployment.yaml", "apiVersion: apps/v1\nkind: Deployment\n");
    folder.write("e/openapi.yaml", "openapi: 3.1.0\n");
    folder.write("node_modules/f/catalog-info.yaml", "broken: [");
    let (valid, output) = run(vec![folder.path(".")], Format::Json);
    assert!(valid, "{output}");
    assert_eq!(output.lines().count(), 3);
}

#[test]
fn a_path_that_is_not_there_is_a_finding() {
    let folder = Folder::new();
    let (valid, output) = run(vec![folder.path("none.yaml")], Format::Json);
    assert!(!valid);
    let line: Value = serde_json::from_str(&output).unwrap();
    assert_eq!(line["valid"], false);
    assert!(line["errors"][0]["message"].as_str().unwrap().ends_with("does not exist"), "{line}");
}

#[test]
fn where_a_location_leads_is_not_part_of_the_check() {
    let folder = Folder::new();
    folder.write("catalog-info.yaml", portal::location("a", &["./elsewhere.yaml"]));
    let (valid, output) = run(vec![folder.path("catalog-info.yaml")], Format::Text);
    assert_eq!((valid, output.as_str()), (true, "1 valid, 0 invalid, 0 empty\n"));
}

#[test]
fn a_file_that_is_no_text_is_a_finding() {
    let folder = Folder::new();
    folder.write("a.yaml", b"\xFF\xFE\x00");
    assert!(!run(vec![folder.path("a.yaml")], Format::Json).0);
}
