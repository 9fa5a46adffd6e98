//! Input that means harm is refused with a clear error, in bounded memory.

mod portal;

use std::{fmt::Write, fs};

use callboard_descriptor::{FileReader, Limits, ReadError, Reader, Reference, Rule, parse_documents};
use portal::{Folder, component};

fn rule_of(text: &str) -> (Rule, u32) {
    match parse_documents(text.as_bytes(), &Limits::default()) {
        Err(error) => (error.rule, error.line),
        Ok(documents) => {
            let error = documents[0].errors.first().expect("it is refused");
            (error.rule, error.line)
        }
    }
}

#[test]
fn a_yaml_bomb_is_refused() {
    let mut text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_owned();
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        let _ = writeln!(text, "a{level}: &a{level} [{aliases}]");
    }
    assert_eq!(rule_of(&text).0, Rule::TooLarge);
}

#[test]
fn a_bomb_of_one_long_text_is_refused() {
    let text = format!("a: &a \"{}\"\nb: [{}]\n", "x".repeat(1_000_000), vec!["*a"; 10_000].join(", "));
    assert_eq!(rule_of(&text), (Rule::TooLarge, 2));
}

#[test]
fn an_alias_of_the_value_that_it_is_part_of_is_refused() {
    assert_eq!(rule_of("a: &a [*a]\n"), (Rule::YamlSyntax, 1));
}

#[test]
fn many_block_mappings_take_as_long_as_their_text() {
    // Looking for the start of a line from the top for each of them would take hours.
    let text = format!("items:\n{}", "  - a: 1\n".repeat(150_000));
    let documents = parse_documents(text.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(documents[0].value.as_ref().unwrap()["items"].as_array().unwrap().len(), 150_000);
}

#[test]
fn what_lies_beside_the_config_is_not_for_descriptors() {
    let folder = Folder::new();
    folder.write("callboard.yaml", "token: secret");
    folder.write("catalog/catalog-info.yaml", component("a", ""));
    let (reader, _) = FileReader::for_target(&folder.path("."), "./catalog", Limits::default()).unwrap();
    let config = Reference::File(folder.path("callboard.yaml"));
    assert!(matches!(reader.read(&config), Err(ReadError::Outside(_))));
    // A location that is the config's own folder refuses what it is told to.
    let (reader, _) = FileReader::for_target(&folder.path("."), "./*.yaml", Limits::default()).unwrap();
    assert!(reader.read(&config).is_ok());
    let reader = reader.without(&[folder.path("callboard.yaml")]);
    assert!(matches!(reader.read(&config), Err(ReadError::Outside(_))));
}

#[test]
fn ten_thousand_levels_are_refused() {
    let flow = format!("a: {}", "[".repeat(10_000));
    assert_eq!(rule_of(&flow).0, Rule::TooDeep);
    let maps = format!("a: {}", "{a: ".repeat(10_000));
    assert_eq!(rule_of(&maps).0, Rule::TooDeep);
    let dashes = "- ".repeat(10_000);
    assert_eq!(rule_of(&dashes).0, Rule::TooDeep);
    let mut block = String::new();
    for level in 0..10_000 {
        let _ = writeln!(block, "{}a:", " ".repeat(level));
        if block.len() > 9_000_000 {
            break;
        }
    }
    assert_eq!(rule_of(&block), (Rule::TooDeep, 101));
    let mut chained = "a0: &a0 [1]\n".to_owned();
    for level in 1..10_000 {
        let _ = writeln!(chained, "a{level}: &a{level} [*a{}]", level - 1);
    }
    assert_eq!(rule_of(&chained).0, Rule::TooDeep);
}

#[test]
fn control_characters_are_refused_wherever_they_hide() {
    assert_eq!(rule_of("a: 1\nb: x\u{0}y\n"), (Rule::ControlCharacter, 2));
    assert_eq!(rule_of("a: 1\nb: \"x\\0y\"\n"), (Rule::ControlCharacter, 2));
    assert_eq!(rule_of("a: \u{7F}\n"), (Rule::ControlCharacter, 1));
}

#[test]
fn a_file_of_a_million_documents_is_refused() {
    assert_eq!(rule_of(&"---\n".repeat(1_000_000)), (Rule::TooManyDocuments, 20_001));
}

#[test]
fn a_very_long_line_is_read() {
    let text = format!("a: {}\n", "x".repeat(5_000_000));
    let documents = parse_documents(text.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(documents[0].value.as_ref().unwrap()["a"].as_str().unwrap().len(), 5_000_000);
    assert_eq!(rule_of(&format!("{}: 1\n", "k".repeat(5_000_000))).0, Rule::YamlSyntax);
}

#[test]
fn many_values_are_refused() {
    assert_eq!(rule_of(&format!("[{}]", "1,".repeat(1_000_000))), (Rule::TooLarge, 1));
}

#[test]
fn utf16_is_refused_by_name() {
    let error = parse_documents(b"\xFF\xFEa\0:\0", &Limits::default()).unwrap_err();
    assert_eq!(
        (error.rule, error.message.as_str()),
        (Rule::Encoding, "the file is in UTF-16, save it as UTF-8")
    );
}

#[test]
fn a_file_of_50_megabytes_is_refused_before_it_is_read() {
    let folder = Folder::new();
    let file = fs::File::create(folder.path("big.yaml")).unwrap();
    file.set_len(50 * 1024 * 1024).unwrap();
    let found = folder.read("big.yaml");
    assert_eq!(found.files[0].errors[0].rule, Rule::TooLarge);
    assert_eq!(
        found.files[0].errors[0].message,
        "`big.yaml`: the file is larger than 10485760 bytes, split it"
    );
}

#[cfg(unix)]
#[test]
fn links_and_paths_out_of_the_folder_are_refused() {
    use std::os::unix::fs::symlink;

    let outside = Folder::new();
    outside.write("secret.yaml", component("secret", ""));
    let folder = Folder::new();
    symlink(outside.path("secret.yaml"), folder.path("link.yaml")).unwrap();
    symlink(outside.path("."), folder.path("folder")).unwrap();
    folder.write("inside.yaml", component("inside", ""));
    symlink("inside.yaml", folder.path("alias.yaml")).unwrap();

    let reader = folder.reader();
    for name in ["link.yaml", "folder/secret.yaml"] {
        let read = reader.read(&Reference::File(folder.path(name)));
        assert_eq!(read, Err(ReadError::Outside(format!("`{name}`"))));
        assert!(matches!(reader.expand(&folder.path(name).into()), Err(ReadError::Outside(_))));
    }
    assert!(matches!(reader.expand(&folder.path("folder").into()), Err(ReadError::Outside(_))));
    let found = reader.expand(&folder.path("**/*.yaml").into()).unwrap();
    // The link that leads out is found, so that reading it tells of it.
    assert_eq!(found, ["alias.yaml", "inside.yaml", "link.yaml"].map(|name| folder.path(name)));
    assert!(reader.read(&Reference::File(folder.path("alias.yaml"))).is_ok());

    let from = Reference::File(folder.path("inside.yaml"));
    for target in ["../secret.yaml", "a/../../secret.yaml", "/etc/passwd", "./../../../../../../etc/passwd"] {
        assert!(matches!(reader.resolve(&from, target), Err(ReadError::Outside(_))), "{target}");
        let path = folder.path(".").join(target);
        assert!(
            matches!(reader.read(&Reference::File(path.clone())), Err(ReadError::Outside(_))),
            "{target}"
        );
        assert!(matches!(reader.expand(&path.into()), Err(ReadError::Outside(_))), "{target}");
    }
    for target in ["", "a\0b", "file:///etc/passwd", "ftp://a/b", "gopher://a"] {
        assert!(matches!(reader.resolve(&from, target), Err(ReadError::NotAPath(_))), "{target:?}");
    }
}

#[cfg(unix)]
#[test]
fn pipes_and_folders_are_not_read() {
    let folder = Folder::new();
    let made = std::process::Command::new("mkfifo").arg(folder.path("pipe.yaml")).status().unwrap();
    assert!(made.success());
    fs::create_dir(folder.path("folder.yaml")).unwrap();
    let reader = folder.reader();
    for name in ["pipe.yaml", "folder.yaml"] {
        let read = reader.read(&Reference::File(folder.path(name)));
        assert_eq!(read, Err(ReadError::NotAFile(format!("`{name}`"))));
    }
    assert!(matches!(reader.expand(&folder.path("*.yaml").into()), Err(ReadError::NotFound(_))));
    let found = folder.read("pipe.yaml");
    assert_eq!(found.files[0].errors[0].message, "`pipe.yaml` is not a regular file");
    assert!(reader.read(&Reference::File("/dev/zero".into())).is_err());
}

#[test]
fn a_folder_with_more_entries_than_may_be_looked_at_is_refused() {
    let folder = Folder::new();
    for number in 0..20 {
        folder.write(&format!("{number}.yaml"), "");
    }
    let limits = Limits { visited_entries: 10, ..Limits::default() };
    let reader = callboard_descriptor::FileReader::new(&folder.path("."), limits).unwrap();
    assert!(matches!(reader.expand(&folder.path("*.yaml").into()), Err(ReadError::TooMany(_, 10))));
}
