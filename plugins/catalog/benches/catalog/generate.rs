use std::{fmt::Write, fs, path::Path};

/// Documents of one file.
const PER_FILE: usize = 500;

const WORDS: [&str; 16] = [
    "payment", "order", "invoice", "catalog", "search", "session", "stock", "ledger", "report", "quote",
    "shipping", "loyalty", "media", "profile", "gateway", "stream",
];
const TAGS: [&str; 8] = ["java", "go", "rust", "python", "kafka", "postgres", "internal", "legacy"];

/// Writes the descriptors of an invented company of so many entities into a folder, the same ones every time: of a
/// hundred there are four teams, six systems, ten APIs and eighty components with seven relations each.
pub fn generate(folder: &Path, count: usize) {
    fs::create_dir_all(folder).unwrap();
    let teams = (count / 25).max(1);
    let systems = (count / 16).max(1);
    let apis = (count / 10).max(1);
    let mut documents = (0..count).map(|number| match number {
        number if number < teams => team(number),
        number if number < teams + systems => system(number - teams, teams),
        number if number < teams + systems + apis => api(number - teams - systems, teams, systems),
        number => component(number - teams - systems - apis, teams, systems, apis),
    });
    for file in 0..count.div_ceil(PER_FILE) {
        let text: Vec<String> = documents.by_ref().take(PER_FILE).collect();
        fs::write(folder.join(format!("entities-{file:05}.yaml")), text.join("---\n")).unwrap();
    }
}

fn word(number: usize) -> &'static str {
    WORDS[number.wrapping_mul(2_654_435_761) % 65_521 % WORDS.len()]
}

fn head(kind: &str, name: &str, number: usize) -> String {
    let (one, two, three) = (word(number), word(number / 3 + 1), word(number / 7 + 2));
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: {kind}\nmetadata:\n  name: {name}\n  title: The {one} {two} {number}\n  \
         description: Keeps the {one} of every {two} for {three}\n  tags: [{}, {}]\n  annotations:\n    \
         github.com/project-slug: lantern/{name}\n  links:\n    - {{ url: 'https://docs.example/{name}', title: Docs }}\n",
        TAGS[number % 8],
        TAGS[number / 8 % 8],
    )
}

fn team(number: usize) -> String {
    let parent = if number == 0 { String::new() } else { format!("  parent: team-{}\n", number / 5) };
    format!(
        "{}spec:\n  type: team\n{parent}  children: []\n",
        head("Group", &format!("team-{number}"), number)
    )
}

fn system(number: usize, teams: usize) -> String {
    let owner = number % teams;
    format!("{}spec:\n  owner: team-{owner}\n", head("System", &format!("system-{number}"), number))
}

fn api(number: usize, teams: usize, systems: usize) -> String {
    format!(
        "{}spec:\n  type: openapi\n  lifecycle: production\n  owner: team-{}\n  system: system-{}\n  definition: |\n    \
         openapi: 3.1.0\n    info: {{ title: api-{number}, version: '1' }}\n    paths: {{}}\n",
        head("API", &format!("api-{number}"), number),
        number % teams,
        number % systems,
    )
}

fn component(number: usize, teams: usize, systems: usize, apis: usize) -> String {
    let kind = ["service", "service", "website", "library"][number % 4];
    let lifecycle = ["production", "production", "experimental"][number % 3];
    let mut text = head("Component", &format!("{}-{number}", word(number)), number);
    let _ = write!(
        text,
        "spec:\n  type: {kind}\n  lifecycle: {lifecycle}\n  owner: team-{}\n  system: system-{}\n  providesApis: [api-{}]\n  \
         consumesApis: [api-{}, api-{}]\n  dependsOn: ['component:{}-{}', 'component:{}-{}']\n",
        number % teams,
        number % systems,
        number % apis,
        number * 7 % apis,
        number * 11 % apis,
        word(number / 2),
        number / 2,
        word(number / 3),
        number / 3,
    );
    text
}
