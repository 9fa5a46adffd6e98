//! Clients and suites of others, on Node.

use std::{path::PathBuf, process::Stdio};

use tokio::process::Command;

use crate::server::Server;

/// Runs a script of `tests/node` against the server; it fails when the script does.
async fn run(script: &str, server: &Server) {
    if std::env::var_os("CALLBOARD_SKIP_NODE").is_some() {
        eprintln!("skipped: CALLBOARD_SKIP_NODE is set, so {script} was not run");
        return;
    }
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests");
    assert!(
        folder.join("node_modules").is_dir(),
        "tests/node_modules is missing: run `make test-deps`, or set CALLBOARD_SKIP_NODE to go without",
    );
    let output = Command::new("node")
        .arg(folder.join("node").join(script))
        .arg(server.url())
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await
        .expect("node cannot be started");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    println!("{}", text(&output.stdout));
    assert!(output.status.success(), "{script}: {}{}", text(&output.stdout), text(&output.stderr));
}

#[tokio::test]
async fn the_graphql_over_http_audit_passes_completely() {
    let server = Server::start().await;
    run("graphql-http-audit.mjs", &server).await;
}

#[tokio::test]
async fn the_graphql_ws_client_works() {
    let server = Server::start().await;
    run("graphql-ws-client.mjs", &server).await;
    server.until_running(0).await;
}

#[tokio::test]
async fn the_graphql_sse_client_works() {
    let server = Server::start().await;
    run("graphql-sse-client.mjs", &server).await;
    server.until_running(0).await;
}
