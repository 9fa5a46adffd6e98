use callboard_catalog::CatalogPlugin;
use callboard_kit::Plugin;

/// Lines of an SDL that declare something, with whether a description ends just above.
fn declarations(sdl: &str) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    let mut described = false;
    let mut inside_text = false;
    for line in sdl.lines().map(str::trim) {
        let quotes = line.matches("\"\"\"").count();
        if inside_text || quotes > 0 {
            if quotes % 2 == 1 {
                inside_text = !inside_text;
            }
            described = true;
            continue;
        }
        let starts = ["type ", "interface ", "input ", "enum ", "scalar ", "union "];
        let is_type = starts.iter().any(|start| line.starts_with(start));
        let is_member = line.split(['(', ':']).next().is_some_and(|name| {
            !name.is_empty()
                && !is_type
                && name.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
        });
        if is_type || is_member {
            found.push((line.to_owned(), described));
        }
        if !line.is_empty() {
            described = false;
        }
    }
    found
}

#[test]
fn everything_in_the_schema_is_described() {
    let sdl = CatalogPlugin::sdl();
    let sdl = sdl.split("extend schema").next().unwrap();
    let declarations = declarations(sdl);
    assert!(declarations.len() > 200, "{}", declarations.len());
    let bare: Vec<&String> =
        declarations.iter().filter(|(_, described)| !described).map(|(line, _)| line).collect();
    assert!(bare.is_empty(), "without a description: {bare:#?}");
}

#[test]
fn every_kind_is_an_entity_with_a_key() {
    let sdl = CatalogPlugin::sdl();
    assert!(sdl.contains("interface Entity implements Node @key(fields: \"id\")"), "{sdl}");
    for kind in [
        "Component",
        "API",
        "Resource",
        "System",
        "Domain",
        "Group",
        "User",
        "Location",
        "Template",
        "AiResource",
        "CustomEntity",
    ] {
        let line = sdl.lines().find(|line| line.starts_with(&format!("type {kind} "))).unwrap_or_default();
        assert!(
            line.contains("Entity") && line.contains("Node") && line.contains("@key(fields: \"id\")"),
            "{kind}: {line}"
        );
    }
    assert!(sdl.contains("type Viewer @key(fields: \"ref\")"));
    assert!(!sdl.contains("EntityFields") && !sdl.contains("EntityLookup"));
}
