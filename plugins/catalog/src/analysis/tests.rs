use callboard_descriptor::{Limits, ValidateOptions, parse_documents, validate};

use super::*;

fn repository(files: &[(&str, &str)]) -> Repository {
    let paths: Vec<String> = files.iter().map(|(path, _)| (*path).to_owned()).collect();
    let wanted = telling(&paths);
    let texts = files.iter().filter(|(path, _)| wanted.contains(path));
    Repository {
        name: "ticket shop".to_owned(),
        slug: Some(("github.com/project-slug".to_owned(), "acme/ticket-shop".to_owned())),
        texts: texts.map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect(),
        files: paths,
    }
}

fn field<'p>(proposal: &'p Proposal, name: &str) -> &'p ProposedField {
    proposal.fields.iter().find(|field| field.field == name).unwrap()
}

#[test]
fn a_repository_tells_what_it_is() {
    let found = analyze(&repository(&[
        (
            "README.md",
            "[![Build](https://ci/x.svg)](https://ci)\n# The `Ticket` Shop\n\n![logo](a.png)\n\nSells [night trains](https://x) to\npeople who sleep.\n\n## More\n\nText",
        ),
        ("package.json", r#"{"name":"@acme/shop","dependencies":{"express":"5"}}"#),
        ("Dockerfile", "FROM scratch"),
        ("mkdocs.yml", "site_name: x"),
        (".github/CODEOWNERS", "# owners\n* @acme/everyone\n/docs @acme/writers\n*  @acme/Shop-Crew # us\n"),
        ("api/openapi.yaml", "openapi: 3.1.0\ninfo:\n  title: 'Tickets'\n"),
        ("node_modules/x/openapi.yaml", "openapi: 3.1.0"),
    ]));
    assert_eq!(found.existing, Vec::<String>::new());
    let [component, api] = found.proposals.as_slice() else { unreachable!("{found:#?}") };
    assert_eq!(
        component.entity,
        serde_json::json!({
            "apiVersion": "backstage.io/v1alpha1",
            "kind": "Component",
            "metadata": {
                "name": "ticket-shop",
                "title": "The Ticket Shop",
                "description": "Sells night trains to people who sleep.",
                "annotations": { "github.com/project-slug": "acme/ticket-shop", "backstage.io/techdocs-ref": "dir:." },
                "tags": ["javascript"],
            },
            "spec": { "type": "service", "lifecycle": "experimental", "owner": "group:Shop-Crew", "providesApis": ["ticket-shop"] },
        })
    );
    assert_eq!(field(component, "spec.owner").reason, "from .github/CODEOWNERS");
    assert!(field(component, "spec.lifecycle").needs_input && !field(component, "spec.owner").needs_input);
    assert_eq!(api.entity["metadata"]["title"], "Tickets");
    assert_eq!(api.entity["spec"]["definition"], serde_json::json!({ "$text": "./api/openapi.yaml" }));
}

#[test]
fn what_nothing_tells_is_asked_for() {
    let found = analyze(&repository(&[("src/main.c", "")]));
    let [component] = found.proposals.as_slice() else { unreachable!("{found:#?}") };
    for name in ["spec.owner", "spec.lifecycle", "spec.type"] {
        assert!(field(component, name).needs_input, "{name}");
    }
    assert_eq!(component.entity["metadata"].get("description"), None);
}

#[test]
fn where_a_descriptor_is_nothing_is_proposed() {
    let found =
        analyze(&repository(&[("a/b/catalog-info.yml", ""), ("catalog-info.yaml", ""), ("Dockerfile", "")]));
    assert_eq!(found.existing, ["catalog-info.yaml", "a/b/catalog-info.yml"]);
    assert!(found.proposals.is_empty());
}

#[test]
fn manifests_and_files_tell_websites_and_libraries() {
    let kind = |files: &[(&str, &str)]| {
        let found = analyze(&repository(files));
        found.proposals[0].entity["spec"]["type"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        kind(&[("package.json", r#"{"dependencies":{"react-dom":"19"}}"#), ("Dockerfile", "")]),
        "website"
    );
    assert_eq!(kind(&[("package.json", r#"{"exports":{}}"#)]), "library");
    assert_eq!(kind(&[("Cargo.toml", "[package]\nname = \"x\""), ("src/lib.rs", "")]), "library");
    assert_eq!(kind(&[("pyproject.toml", "[project]\nname = \"x\""), ("Procfile", "")]), "service");
    let cargo =
        "[workspace]\n[package]\nname = \"x\"\ndescription = \"Does it.\"\n[dependencies]\nname = \"no\"";
    let found = analyze(&repository(&[("Cargo.toml", cargo), ("README.md", "# X\n\nOther text")]));
    assert_eq!(found.proposals[0].entity["metadata"]["description"], "Does it.");
}

#[test]
fn each_language_is_known_by_its_own_files() {
    let tag = |files: &[(&str, &str)]| {
        let found = analyze(&repository(files));
        found.proposals[0].entity["metadata"]["tags"][0].as_str().unwrap_or_default().to_owned()
    };
    for (file, language) in [
        ("go.mod", "go"),
        ("pom.xml", "java"),
        ("build.gradle.kts", "kotlin"),
        ("Gemfile", "ruby"),
        ("requirements.txt", "python"),
        ("src/Shop/Shop.csproj", "csharp"),
        ("deep/a/b/c.csproj", ""),
        ("examples/go.mod", ""),
    ] {
        assert_eq!(tag(&[(file, "")]), language, "{file}");
    }
    let poetry = "[tool.poetry]\nname = 'x'\ndescription = 'Says it.'\n";
    let found = analyze(&repository(&[("pyproject.toml", poetry)]));
    assert_eq!(found.proposals[0].entity["metadata"]["description"], "Says it.");
}

#[test]
fn hostile_files_propose_nothing_that_the_catalog_would_refuse() {
    let many: Vec<(String, String)> =
        (0..40).map(|number| (format!("d{number}/{number}-openapi.json"), "[".repeat(9000))).collect();
    let mut files: Vec<(&str, &str)> =
        many.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let long = "](".repeat(5000);
    let codeowners = format!("* @{}/{}", "a".repeat(300), "../é b".repeat(100));
    let manifest = serde_json::json!({ "name": 7, "description": "word ".repeat(9000) }).to_string();
    files.extend([
        ("README.md", long.as_str()),
        ("package.json", manifest.as_str()),
        ("CODEOWNERS", codeowners.as_str()),
        ("openapi.yaml", "title: |\n"),
        ("schema.graphql", ""),
    ]);
    let found = analyze(&repository(&files));
    assert!(found.proposals.len() <= api::MOST + 1, "{}", found.proposals.len());
    let description = found.proposals[0].entity["metadata"]["description"].as_str().unwrap();
    assert!(description.chars().count() <= 301, "{description}");
    let nameless = analyze(&repository(&[("CODEOWNERS", "* @acme/日本")]));
    assert!(field(&nameless.proposals[0], "spec.owner").needs_input);
    for proposal in &found.proposals {
        let text = proposal.entity.to_string();
        let documents = parse_documents(text.as_bytes(), &Limits::default()).unwrap();
        let mut entity = documents[0].value.clone().unwrap();
        if let Some(definition) = entity.pointer_mut("/spec/definition") {
            *definition = serde_json::json!("text");
        }
        let faults = validate(&entity, &ValidateOptions::default());
        assert!(faults.is_empty(), "{text}: {faults:?}");
    }
}
