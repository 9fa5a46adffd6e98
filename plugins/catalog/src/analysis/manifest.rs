use serde_json::Value;

use super::Repository;

/// What a manifest of a package says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    pub file: &'static str,
    pub name: Option<String>,
    pub description: Option<String>,
    /// The language that such manifests are of.
    pub language: &'static str,
    /// Whether it depends on what websites are made of.
    pub is_website: bool,
    /// Whether it is made to be used by others alone.
    pub is_library: bool,
}

/// What websites are made of.
const WEB: [&str; 8] = ["react-dom", "vue", "svelte", "@angular/core", "next", "nuxt", "solid-js", "astro"];

/// Files that tell of the language alone, in the order in which they are believed.
const SIGNS: [(&str, &str); 12] = [
    ("go.mod", "go"),
    ("pom.xml", "java"),
    ("build.gradle.kts", "kotlin"),
    ("build.gradle", "java"),
    ("build.sbt", "scala"),
    ("Gemfile", "ruby"),
    ("mix.exs", "elixir"),
    ("Package.swift", "swift"),
    ("pubspec.yaml", "dart"),
    ("setup.py", "python"),
    ("requirements.txt", "python"),
    ("CMakeLists.txt", "c++"),
];

/// The manifest of the repository.
pub fn manifest(repository: &Repository) -> Option<Manifest> {
    let text = |file: &str| repository.texts.get(file).map(String::as_str);
    if let Some(json) = text("package.json").and_then(|text| serde_json::from_str::<Value>(text).ok()) {
        let depends = |name: &&str| json.pointer("/dependencies").and_then(|all| all.get(*name)).is_some();
        let has = |field: &str| json.get(field).is_some();
        return Some(Manifest {
            file: "package.json",
            name: string(&json, "name").map(|name| name.rsplit('/').next().unwrap_or_default().to_owned()),
            description: string(&json, "description"),
            language: if repository.files.iter().any(|file| file == "tsconfig.json") {
                "typescript"
            } else {
                "javascript"
            },
            is_website: WEB.iter().any(depends),
            is_library: (has("main") || has("exports") || has("module")) && !has("bin"),
        });
    }
    if let Some(json) = text("composer.json").and_then(|text| serde_json::from_str::<Value>(text).ok()) {
        return Some(Manifest {
            file: "composer.json",
            name: string(&json, "name").map(|name| name.rsplit('/').next().unwrap_or_default().to_owned()),
            description: string(&json, "description"),
            language: "php",
            is_library: string(&json, "type").is_some_and(|kind| kind == "library"),
            ..Manifest::default()
        });
    }
    let toml = |file: &'static str, section: &str, language: &'static str| {
        let text = text(file)?;
        let name = toml_string(text, section, "name");
        let description = toml_string(text, section, "description");
        Some(Manifest { file, name, description, language, ..Manifest::default() })
    };
    let has = |name: &str| repository.files.iter().any(|file| file == name);
    if let Some(cargo) = toml("Cargo.toml", "package", "rust") {
        return Some(Manifest { is_library: has("src/lib.rs") && !has("src/main.rs"), ..cargo });
    }
    let python = toml("pyproject.toml", "project", "python");
    if let Some(python) = python {
        let poetry = |known: Option<String>, key: &str| {
            known.or_else(|| toml_string(text("pyproject.toml")?, "tool.poetry", key))
        };
        let (name, description) = (poetry(python.name, "name"), poetry(python.description, "description"));
        return Some(Manifest { name, description, ..python });
    }
    if let Some((file, language)) = SIGNS.iter().find(|(file, _)| has(file)) {
        return Some(Manifest { file, language, ..Manifest::default() });
    }
    // Which are called after what they make.
    let is_project = |file: &String| {
        let ending = file.rsplit_once('.').map(|(_, ending)| ending);
        ending.is_some_and(|ending| ["csproj", "sln"].contains(&ending))
    };
    let is_dotnet = repository.files.iter().any(|file| is_project(file) && file.matches('/').count() <= 2);
    is_dotnet.then(|| Manifest { file: "its project file", language: "csharp", ..Manifest::default() })
}

fn string(json: &Value, field: &str) -> Option<String> {
    json.get(field)?.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// A text of a section, as manifests write it: on a line of its own.
fn toml_string(text: &str, section: &str, key: &str) -> Option<String> {
    let mut is_inside = false;
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            is_inside = name.trim() == section;
        } else if is_inside
            && let Some((name, value)) = line.split_once('=')
            && name.trim() == key
        {
            let value = value.trim();
            let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            return value.split(quote).nth(1).filter(|text| !text.is_empty()).map(str::to_owned);
        }
    }
    None
}
