//! The binary from outside: its commands, what they print and how they end.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a helper that cannot go on ends its test")]

use std::{
    fs,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Output, Stdio},
};

use sea_orm::{ConnectionTrait, Database};
use tempfile::TempDir;

/// A folder to run commands in.
struct Folder(TempDir);

impl Folder {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            let path = folder.path(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_callboard"));
        command.args(arguments).current_dir(self.0.path()).env_clear().envs(variables.iter().copied());
        command
    }

    fn run(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
        self.command(arguments, variables).output().unwrap()
    }

    /// What `config check` prints, and whether it is content.
    fn check(&self, variables: &[(&str, &str)]) -> (bool, String) {
        let output = self.run(&["config", "check"], variables);
        (output.status.success(), String::from_utf8(output.stdout).unwrap())
    }
}

/// A server that ends with the test.
struct Server {
    process: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Folder {
    /// Serves what is in the folder on a free port.
    fn serve(&self) -> Server {
        let mut process = self
            .command(&["serve", "--listen", "127.0.0.1:0"], &[])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("Callboard is at ").unwrap_or_default().to_owned();
        Server { process, address }
    }
}

fn config(text: &str) -> Folder {
    Folder::with(&[("callboard.yaml", text)])
}

#[test]
fn what_cannot_work_is_named_with_its_key() {
    let folder = config(
        "
backend: { listen: 0.0.0.0:7007, cors: { origin: ['*', 'https://a.example/b'] } }
database: { maxConnections: 0 }
log: { level: inof }
auth: { guest: { enabled: true } }
permission:
  roles:
    - { name: a, members: ['service:default/ci', 'component:default/c'], grants: [{ permission: catalog.entity.raed }] }
",
    );
    let (is_valid, told) = folder.check(&[]);
    assert!(!is_valid);
    for expected in [
        "`backend.cors.origin.0`: `*` is not an origin",
        "`backend.cors.origin.1`: `https://a.example/b` is not how browsers write that origin, write `https://a.example`",
        "`database.maxConnections`: must be 1 or more",
        "`log.level`: `inof` is not a level, did you mean `info`?",
        "`auth.guest.enabled`: lets in anyone",
        "`permission.roles.0.members.0`: `service:default/ci` never has a role",
        "`permission.roles.0.members.1`: `component:default/c` never signs in",
        "`permission.roles.0.grants.0.permission`: there is no permission `catalog.entity.raed`, did you mean `catalog.entity.read`?",
    ] {
        assert!(told.contains(expected), "no {expected:?} in {told}");
    }
}

#[test]
fn what_has_no_effect_is_told_and_stops_nothing() {
    let folder = config(
        "
auth: { guest: { enabled: true } }
permission:
  roles:
    - { name: reader, members: ['*'], grants: [{ permission: catalog.entity.read }] }
    - name: owner
      members: ['*']
      grants: [{ permission: scaffolder.task.read, when: { rule: IS_ENTITY_OWNER, params: { claims: [$ownerRefs] } } }]
",
    );
    let (is_valid, told) = folder.check(&[]);
    assert!(is_valid, "{told}");
    assert!(
        told.contains("warning: `permission.roles.1.grants.0.permission`: `scaffolder.task.read`"),
        "{told}"
    );
    assert!(told.ends_with("the config is valid\n"), "{told}");
}

#[test]
fn the_address_of_the_command_line_decides_about_the_guest() {
    let files =
        [("callboard.yaml", "backend: { listen: '0.0.0.0:0' }\nauth: { guest: { enabled: true } }\n")];
    let folder = Folder::with(&files);
    let refused = folder.run(&["serve"], &[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("`auth.guest.enabled`"));
    let server = folder.serve();
    assert!(server.address.starts_with("http://127.0.0.1:"), "{}", server.address);
    let opened = config("auth: { guest: { enabled: true } }\n");
    let refused = opened.run(&["serve", "--listen", "0.0.0.0:0"], &[]);
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn numbers_and_truth_values_come_from_the_environment() {
    let folder = config(
        "
backend: { maxBodyBytes: '${LIMIT}', listen: '127.0.0.1:${PORT:-7007}' }
database: { migrate: '${MIGRATE}', maxConnections: { $file: connections } }
app: { title: '${LIMIT}' }
auth: { guest: { enabled: '${GUEST:-true}' } }
",
    );
    fs::write(folder.path("connections"), "4\n").unwrap();
    let (is_valid, told) = folder.check(&[("LIMIT", "4096"), ("MIGRATE", "false")]);
    assert!(is_valid, "{told}");
    let (is_valid, told) = folder.check(&[("LIMIT", "much"), ("MIGRATE", "false")]);
    assert!(!is_valid);
    assert!(told.contains("\n  `backend.maxBodyBytes`: invalid type: string \"much\""), "{told}");
}

#[test]
fn items_of_lists_come_from_the_environment() {
    let folder = config("auth: { tokens: [{ token: first-token, subject: 'user:default/a' }] }\n");
    let second = ("CALLBOARD__AUTH__TOKENS__1__SUBJECT", "service:default/ci");
    let (is_valid, told) = folder.check(&[second, ("CALLBOARD__AUTH__TOKENS__1__TOKEN", "12345678")]);
    assert!(is_valid, "{told}");
    let (is_valid, told) = folder.check(&[("CALLBOARD__AUTH__TOKENS__1__TOKEN", "short"), second]);
    assert!(!is_valid && told.contains("`auth.tokens.1.token`: must be at least 8 characters"), "{told}");
    let (is_valid, told) = folder.check(&[("CALLBOARD__AUTH__TOKENS__2__TOKEN", "12345678")]);
    assert!(!is_valid && told.contains("the list has 1 items"), "{told}");
}

#[tokio::test]
async fn a_file_that_the_config_takes_a_secret_from_is_not_for_descriptors() {
    let component = |name: &str, file: &str| {
        format!(
            "apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: {{ name: {name} }}\nspec: {{ type: text, lifecycle: \
             production, owner: a, definition: {{ $text: ./{file} }} }}\n"
        )
    };
    let folder = Folder::with(&[
        (
            "callboard.yaml",
            "
catalog: { locations: [{ type: file, target: './catalog/*.yaml' }] }
auth: { tokens: [{ token: { $file: catalog/token }, subject: 'user:default/a' }] }
permission: { roles: [{ name: a, members: ['*'], grants: [{ permission: '*' }] }] }
",
        ),
        ("catalog/token", "token-of-a\n"),
        ("catalog/open.txt", "hello"),
        ("catalog/open.yaml", &component("open", "open.txt")),
        ("catalog/thief.yaml", &component("thief", "token")),
    ]);
    let server = folder.serve();
    let query = "{ entities { nodes { name ... on API { definition } } } unprocessedEntities { nodes { errors { message } } } }";
    let client = reqwest::Client::new();
    for _ in 0..200 {
        let request = client.post(format!("{}/graphql", server.address)).bearer_auth("token-of-a");
        let answer = request.json(&serde_json::json!({ "query": query })).send().await.unwrap();
        let answer: serde_json::Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
        let data = &answer["data"];
        if data["entities"]["nodes"].as_array().is_none_or(Vec::is_empty) {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            continue;
        }
        assert_eq!(data["entities"]["nodes"], serde_json::json!([{ "name": "open", "definition": "hello" }]));
        let refusal = data["unprocessedEntities"].to_string();
        assert!(refusal.contains("token") && !refusal.contains("token-of-a"), "{refusal}");
        return;
    }
    panic!("nothing was read");
}

#[test]
fn the_rules_of_a_named_config_are_applied_to_descriptors() {
    let group = |name: &str| {
        format!(
            "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {{ name: {name} }}\nspec: {{ type: team, children: [] }}\n"
        )
    };
    let leads = "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: { name: all }\nspec: { target: ./led/group.yaml }\n";
    let folder = Folder::with(&[
        (
            "config/portal.yaml",
            "
catalog:
  rules: [{ allow: [Component, Location] }]
  locations: [{ type: file, target: ../org/all.yaml, rules: [{ allow: [Group] }] }]
",
        ),
        ("org/all.yaml", leads),
        ("org/led/group.yaml", &group("led")),
        ("other/group.yaml", &group("other")),
    ]);
    let validate = |paths: &[&str], config: &[&str]| {
        let output = folder.run(&[&["catalog", "validate"], config, paths].concat(), &[]);
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let config = ["--config", "config/portal.yaml"];
    let all = ["org/all.yaml", "org/led/group.yaml", "other/group.yaml"];
    assert_eq!(validate(&all, &[]).0, Some(0), "without a config every kind is allowed");
    let (code, told) = validate(&all[..2], &config);
    assert_eq!(code, Some(0), "what a location leads to is held to the rules of that location: {told}");
    let (code, told) = validate(&all, &config);
    assert_eq!(code, Some(1));
    assert!(told.contains("other/group.yaml:2:7: the kind `Group` is not allowed"), "{told}");
}

const INCIDENTS: &str = "extend schema @link(url: \"https://specs.apollo.dev/federation/v2.3\", import: [\"@key\", \
                         \"@interfaceObject\"])\ntype Query { openIncidents: Int }\n";

#[tokio::test]
async fn a_remote_plugin_is_part_of_the_printed_supergraph_or_the_reason_why_there_is_none() {
    let remote = |more: &str| {
        format!("plugins: {{ remote: [{{ id: incidents, url: 'http://127.0.0.1:1/graphql'{more} }}] }}\n")
    };
    let folder = Folder::with(&[("callboard.yaml", &remote("")), ("incidents.graphql", INCIDENTS)]);
    let print = |arguments: &[&str]| {
        let output = folder.run(arguments, &[]);
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    for part in [&["schema", "supergraph"][..], &["schema", "public"], &["schema", "subgraph", "incidents"]] {
        let (code, printed, told) = print(part);
        assert_eq!((code, printed.as_str()), (Some(2), ""), "{part:?}");
        assert!(
            told.contains("remote plugin `incidents`") && told.contains("`plugins.remote.0.sdl`"),
            "{told}"
        );
    }
    assert_eq!(print(&["schema", "subgraph", "catalog"]).0, Some(0), "what is asked for is known");
    assert!(!folder.path("data").exists(), "printing makes no data folder");

    // What a server heard last is in its data.
    assert_eq!(print(&["migrate", "up"]).0, Some(0));
    let url = format!("sqlite://{}", folder.path("data/callboard.db").display());
    let database = Database::connect(url).await.unwrap();
    let sdl = INCIDENTS.replace("openIncidents", "heardIncidents").replace('\'', "''");
    let insert = format!(
        "INSERT INTO gateway_remote_sdl (id, sdl, fetched_at) VALUES ('incidents', '{sdl}', '2026-01-01 00:00:00+00:00')"
    );
    database.execute_unprepared(&insert).await.unwrap();
    database.close().await.unwrap();
    let (code, printed, told) = print(&["schema", "supergraph"]);
    assert_eq!(code, Some(0), "{told}");
    assert!(
        printed.contains("heardIncidents") && printed.contains("http://127.0.0.1:1/graphql"),
        "{printed}"
    );

    // A file is what whoever wrote the config wants.
    fs::write(folder.path("callboard.yaml"), remote(", sdl: ./incidents.graphql")).unwrap();
    let (_, printed, told) = print(&["schema", "public"]);
    assert!(printed.contains("openIncidents") && !printed.contains("heardIncidents"), "{told}");
}

#[test]
fn a_token_of_the_command_line_is_taken_by_the_server_that_runs_and_gone_once_revoked() {
    let folder = config("catalog: { locations: [] }\n");
    let server = folder.serve();
    let token = |arguments: &[&str]| {
        let output = folder.run(&[&["token"], arguments].concat(), &[]);
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.success(), text(output.stdout).trim().to_owned(), text(output.stderr))
    };
    let service = ["create", "--subject", "service:default/ci"];
    let (ok, secret, told) = token(
        &[&service[..], &["--permission", "catalog.*", "--expires", "30d", "--name", "deploys"]].concat(),
    );
    assert!(ok && secret.starts_with("cbs_") && !secret.contains(char::is_whitespace), "{secret} {told}");
    let get = |path: &str, secret: &str| {
        let (host, port) = server.address.strip_prefix("http://").unwrap().rsplit_once(':').unwrap();
        let mut stream = std::net::TcpStream::connect((host, port.parse::<u16>().unwrap())).unwrap();
        let head = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n");
        std::io::Write::write_all(
            &mut stream,
            format!("{head}authorization: Bearer {secret}\r\n\r\n").as_bytes(),
        )
        .unwrap();
        std::io::read_to_string(stream).unwrap()
    };
    let asks = || get("/graphql?query=%7Bviewer%7Bref%7D%7D", &secret);
    assert!(asks().contains("service:default/ci"), "{}", asks());
    let (_, listed, _) = token(&["list", "--subject", "service:default/ci"]);
    assert!(
        listed.contains("deploys") && listed.contains("catalog.*") && !listed.contains(&secret),
        "{listed}"
    );
    for (arguments, expected) in [
        (&service[..], "name what the service may do"),
        (
            &["create", "--subject", "service:default/ci", "--permission", "catalog.entity.raed"],
            "did you mean",
        ),
        (&["create", "--subject", "nobody"], "is no subject"),
        (&["create", "--subject", "user:default/a", "--expires", "never"], "never end are not allowed"),
        (&["revoke", "none"], "there is no token"),
    ] {
        let (ok, printed, told) = token(arguments);
        assert!(!ok && printed.is_empty() && told.contains(expected), "{arguments:?}: {told}");
    }
    let (ok, _, told) = token(&["revoke", listed.split('\t').next().unwrap()]);
    assert!(ok, "{told}");
    assert!(asks().contains("UNAUTHENTICATED"), "{}", asks());
    let reader = ["create", "--subject", "service:default/auditor", "--permission", "audit.event.read"];
    let (_, reader, _) = token(&reader);
    let log = get("/audit/events.jsonl", &reader);
    for part in ["\"createAccessToken\"", "\"revokeAccessToken\"", "\"command line\"", "deploys"] {
        assert!(log.contains(part), "{part}: {log}");
    }
    assert!(!log.contains(&secret) && !log.contains(&reader), "{log}");
}

/// Asks the server of a folder again and again until it answers what is waited for.
async fn until(
    server: &Server,
    query: &str,
    is_done: impl Fn(&serde_json::Value) -> bool,
) -> serde_json::Value {
    let client = reqwest::Client::new();
    let mut last = serde_json::Value::Null;
    for _ in 0..600 {
        let request = client.post(format!("{}/graphql", server.address)).bearer_auth("token-of-a");
        let answer = request.json(&serde_json::json!({ "query": query })).send().await.unwrap();
        last = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
        if is_done(&last["data"]) {
            return last;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    panic!("`{query}` never answered what was waited for, last {last}");
}

#[tokio::test]
async fn what_a_killed_server_had_read_is_found_by_the_next_one() {
    let config = "
catalog: { locations: [{ type: file, target: './catalog/*.yaml' }] }
auth: { tokens: [{ token: token-of-a, subject: 'user:default/a' }] }
permission: { roles: [{ name: a, members: ['*'], grants: [{ permission: '*' }] }] }
";
    let folder = Folder::with(&[("callboard.yaml", config), ("catalog/none.txt", "")]);
    for round in 0..6 {
        for part in 0..20 {
            let text = format!(
                "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{ name: part-{round}-{part}, description: willow }}\nspec: {{ type: service, lifecycle: production, owner: crew }}\n"
            );
            fs::write(folder.path(&format!("catalog/{round}-{part}.yaml")), text).unwrap();
        }
        let server = folder.serve();
        // Killed as soon as the catalog has some, wherever the index is by then.
        let wanted = round * 20 + 1 + round * 3;
        until(&server, "{ entities(first: 0) { totalCount } }", |data| {
            data["entities"]["totalCount"].as_u64().is_some_and(|count| count >= wanted)
        })
        .await;
        drop(server);
    }
    let server = folder.serve();
    until(&server, "{ search(text: \"willow\") { totalCount } }", |data| data["search"]["totalCount"] == 120)
        .await;
    let found =
        until(&server, "{ search(text: \"part-3-7\") { nodes { title } } }", |data| !data.is_null()).await;
    assert_eq!(found["data"]["search"]["nodes"][0]["title"], "part-3-7");
}
