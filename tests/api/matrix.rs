//! Who may do what, from the outside: every kind of asker tries every operation, and what comes of it is the table in
//! `docs/access-matrix.md`. `CALLBOARD_WRITE_DOCS=1` writes it anew.

use std::{fmt::Write, fs, path::Path};

use callboard_tests::{Actor, Answer, Database, FileHost, TestPortal};
use serde_json::{Value, json};

use crate::roles::{done, strict_portal_with};

const ABOUT: &str = "# Who may do what

Every row was tried over HTTP by every kind of asker against a real server; a test tries it again and compares
(`tests/api/matrix.rs`). The portal of the test lets everyone who comes in, the guest included, read entities labelled
`tier: 1`. The owner may read what they own and one group, and manage the roles that they own. The service's token
is scoped to `catalog.*`; the scoped token is an admin's, narrowed to `catalog.*`.

`yes` it is done · `empty` it answers, with nothing in it · `null` it answers as if it were not there · `—` the row does
not apply. What is refused bears the code of the error.

";

/// What is tried.
enum Try {
    /// A query, and the pointer below `data` that says whether anything came.
    Query(&'static str, &'static str),
    /// A mutation with its input, made for the column's own name so that columns do not meet.
    Mutation(&'static str, fn(&str) -> Value, &'static str),
    /// A path.
    Get(&'static str),
}

const ROWS: &[(&str, Try)] = &[
    (
        "read an entity that everyone may see",
        Try::Query("{ entity(ref: \"component:cart\") { name } }", "/entity"),
    ),
    (
        "read an entity that the owner may see",
        Try::Query("{ entity(ref: \"group:crew\") { name } }", "/entity"),
    ),
    (
        "read an entity that no role shows",
        Try::Query("{ entity(ref: \"component:safe\") { name } }", "/entity"),
    ),
    ("list entities", Try::Query("{ entities { nodes { name } } }", "/entities/nodes")),
    ("list the permissions", Try::Query("{ permissions { name } }", "/permissions")),
    ("list the rules of conditions", Try::Query("{ conditionRules { name } }", "/conditionRules")),
    ("list the plugins", Try::Query("{ plugins { id } }", "/plugins")),
    (
        "star an entity",
        Try::Mutation("starEntity", |_| json!({ "ref": "component:cart" }), "entity { name }"),
    ),
    (
        "star an entity that no role shows",
        Try::Mutation("starEntity", |_| json!({ "ref": "component:safe" }), "entity { name }"),
    ),
    ("list roles", Try::Query("{ roles { nodes { name } } }", "/roles")),
    ("read a role of the owner's", Try::Query("{ role(name: \"team\") { name } }", "/role")),
    ("read another role", Try::Query("{ role(name: \"other\") { name } }", "/role")),
    (
        "create a role",
        Try::Mutation(
            "createRole",
            |who| json!({ "name": format!("of {who}"), "members": [] }),
            "role { name }",
        ),
    ),
    (
        "create a role that one owns",
        Try::Mutation(
            "createRole",
            |who| json!({ "name": format!("team of {who}"), "members": [], "owner": "user:default/eve" }),
            "role { name }",
        ),
    ),
    (
        "assign a role of the owner's",
        Try::Mutation("assignRole", |_| json!({ "role": "team", "members": ["user:dan"] }), "role { name }"),
    ),
    (
        "assign another role",
        Try::Mutation("assignRole", |_| json!({ "role": "other", "members": ["user:dan"] }), "role { name }"),
    ),
    (
        "grant what the owner has on a condition",
        Try::Mutation(
            "grantPermission",
            |_| json!({ "role": "team", "permission": "catalog.entity.read" }),
            "role { name }",
        ),
    ),
    (
        "grant everything",
        Try::Mutation("grantPermission", |_| json!({ "role": "team", "permission": "*" }), "role { name }"),
    ),
    (
        "revoke a grant of another role",
        Try::Mutation(
            "revokePermission",
            |who| json!({ "role": "other", "permission": pattern_of(who) }),
            "role { name }",
        ),
    ),
    (
        "change a role of the config",
        Try::Mutation("updateRole", |_| json!({ "name": "admin", "description": "" }), "role { name }"),
    ),
    (
        "delete another role",
        Try::Mutation("deleteRole", |who| json!({ "name": format!("spare of {who}") }), "deletedName"),
    ),
    (
        "import roles",
        Try::Mutation(
            "importRoles",
            |_| json!({ "csv": "g, user:default/dan, role:default/other" }),
            "updated",
        ),
    ),
    ("export roles", Try::Query("{ exportRoles { csv } }", "/exportRoles")),
    (
        "explain another's access",
        Try::Query(
            "{ explainAccess(input: { subject: \"user:dan\", permission: \"catalog.entity.read\" }) { decision } }",
            "/explainAccess",
        ),
    ),
    (
        "simulate a change of roles",
        Try::Query("{ simulateRoles(input: { delete: [\"other\"] }) { totalCount } }", "/simulateRoles"),
    ),
    (
        "make a token for oneself",
        Try::Mutation(
            "createAccessToken",
            |who| json!({ "name": who, "permissions": ["catalog.*"] }),
            "secret",
        ),
    ),
    (
        "make a token for all that one may do",
        Try::Mutation("createAccessToken", |who| json!({ "name": who, "permissions": ["*"] }), "secret"),
    ),
    (
        "make a token for a service",
        Try::Mutation(
            "createAccessToken",
            |who| json!({ "name": who, "subject": "service:default/ops", "permissions": ["catalog.*"] }),
            "secret",
        ),
    ),
    ("list everyone's tokens", Try::Query("{ accessTokens { nodes { name } } }", "/accessTokens")),
    ("list everyone's sessions", Try::Query("{ sessions { nodes { id } } }", "/sessions")),
    (
        "end another's sessions",
        Try::Mutation("revokeSessionsOf", |_| json!({ "subject": "user:default/dan" }), "count"),
    ),
    (
        "keep a setting of one's own",
        Try::Mutation("updateViewerSettings", |_| json!({ "key": "home", "value": [1] }), "viewer { ref }"),
    ),
    ("read the audit log", Try::Query("{ auditEvents { nodes { id } } }", "/auditEvents")),
    ("export the audit log", Try::Get("/audit/events.jsonl")),
    ("ask a service through the proxy", Try::Get("/api/proxy/status/x")),
    ("search", Try::Query("{ search(text: \"cart\") { nodes { title } } }", "/search/nodes")),
    (
        "search for what no role shows",
        Try::Query("{ search(text: \"safe\") { nodes { title } } }", "/search/nodes"),
    ),
    ("see how the search index is", Try::Query("{ searchIndexStatus { documents } }", "/searchIndexStatus")),
    (
        "have the search index built anew",
        Try::Mutation("rebuildSearchIndex", |who| json!({ "reason": who }), "status { engine }"),
    ),
];

const COLUMNS: [(&str, Option<&str>); 7] = [
    ("nobody", None),
    ("guest", None),
    ("user", Some("bob-token")),
    ("owner", Some("eve-token")),
    ("admin", Some("alice-token")),
    ("service", Some("ci-token-1")),
    ("scoped token", Some("narrow-token")),
];

#[tokio::test]
async fn the_table_of_who_may_do_what_is_true() {
    let (open, closed) = (portal(true).await, portal(false).await);
    let mut table = format!("{ABOUT}| |");
    for (name, _) in COLUMNS {
        let _ = write!(table, " {name} |");
    }
    table.push_str("\n| --- |");
    table.push_str(&" --- |".repeat(COLUMNS.len()));
    table.push('\n');
    for (title, attempt) in ROWS {
        let _ = write!(table, "| {title} |");
        for (name, token) in COLUMNS {
            let portal = if name == "nobody" { &closed } else { &open };
            let actor = token.map_or_else(|| portal.nobody(), |token| portal.with_token(token));
            let _ = write!(table, " {} |", outcome(&actor, name, attempt).await);
        }
        table.push('\n');
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/access-matrix.md");
    if std::env::var_os("CALLBOARD_WRITE_DOCS").is_some() {
        fs::write(&file, &table).unwrap();
    }
    assert_eq!(table, fs::read_to_string(&file).unwrap(), "docs/access-matrix.md says something else");
}

async fn portal(guest: bool) -> TestPortal {
    let own = json!({ "rule": "IS_OWNER", "params": { "owners": ["$ownerRefs"] } });
    let owned = json!({ "rule": "IS_ENTITY_OWNER", "params": { "claims": ["$ownerRefs"] } });
    let crew = json!({ "allOf": [{ "rule": "IS_ENTITY_KIND", "params": { "kinds": ["Group"] } },
        { "rule": "HAS_METADATA", "params": { "key": "name", "value": "crew" } }] });
    let public = json!({ "rule": "HAS_LABEL", "params": { "label": "tier", "value": "1" } });
    let policy = |action: &str| json!({ "permission": format!("policy.entity.{action}"), "when": own });
    let roles = json!([
        { "name": "admin", "members": ["user:default/alice"], "grants": [{ "permission": "*" }] },
        { "name": "everyone", "members": ["*"], "grants": [{ "permission": "catalog.entity.read", "when": public }] },
        { "name": "lead", "members": ["user:default/eve"], "grants": [
            policy("read"), policy("create"), policy("update"), policy("delete"),
            { "permission": "catalog.entity.read", "when": { "anyOf": [owned, crew] } },
        ] },
    ]);
    let tokens = json!([
        { "token": "alice-token", "subject": "user:default/alice" },
        { "token": "bob-token", "subject": "user:default/bob" },
        { "token": "eve-token", "subject": "user:default/eve" },
        { "token": "ci-token-1", "subject": "service:default/ci", "permissions": ["catalog.*"] },
        { "token": "narrow-token", "subject": "user:default/alice", "permissions": ["catalog.*"] },
    ]);
    let service = FileHost::start().await;
    service.put("/x", "all is well");
    let config = json!({
        "permission": { "roles": roles },
        "auth": { "guest": { "enabled": guest }, "tokens": tokens },
        "proxy": { "endpoints": { "/status": service.url("") } },
    });
    let portal = strict_portal_with(Database::Sqlite, config).await;
    let alice = portal.alice();
    done(&alice, "createRole", json!({ "name": "team", "members": [], "owner": "user:default/eve" })).await;
    done(&alice, "createRole", json!({ "name": "other", "members": [] })).await;
    for (name, _) in COLUMNS {
        done(&alice, "grantPermission", json!({ "role": "other", "permission": pattern_of(name) })).await;
        done(&alice, "createRole", json!({ "name": format!("spare of {name}"), "members": [] })).await;
    }
    portal
}

/// What the role `other` grants for this column alone.
fn pattern_of(column: &str) -> String {
    format!("x.{}.*", column.replace(' ', "-"))
}

async fn outcome(actor: &Actor, column: &str, attempt: &Try) -> String {
    match attempt {
        Try::Query(query, pointer) => {
            let answer = actor.ask(query).await;
            refusal(&answer).unwrap_or_else(|| told(answer.data(pointer)))
        }
        Try::Mutation(name, input, selection) => {
            let answer = crate::roles::mutate(actor, name, input(column), selection).await;
            refusal(&answer).unwrap_or_else(|| told(answer.data(&format!("/{name}"))))
        }
        Try::Get(path) => {
            let status = actor.get(path).header("x-callboard-csrf", "1").send().await.unwrap().status();
            if status.is_success() { "yes".to_owned() } else { status.as_u16().to_string() }
        }
    }
}

fn refusal(answer: &Answer) -> Option<String> {
    answer.codes().first().map(|code| format!("`{code}`"))
}

fn told(value: &Value) -> String {
    match value {
        Value::Null => "null",
        Value::Array(items) if items.is_empty() => "empty",
        _ => "yes",
    }
    .to_owned()
}
