use std::{path::Path, process::Stdio};

use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

/// A subgraph in a Node process; ended with the test.
pub struct NodeSubgraph {
    pub process: Child,
    pub url: String,
}

impl NodeSubgraph {
    /// Starts a script of `tests/node`. Nothing where there is no Node.
    pub async fn start(script: &str) -> Option<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/node");
        let spawned = Command::new("node")
            .arg(script)
            .current_dir(&folder)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn();
        let Ok(mut process) = spawned else { return without_node() };
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let url = lines.next_line().await.unwrap().expect("`npm ci` in tests/ comes first");
        Some(Self { process, url })
    }
}

/// What a test with Node does where there is none: `make test` sets `REQUIRE_NODE`.
pub fn without_node<T>() -> Option<T> {
    assert!(std::env::var_os("REQUIRE_NODE").is_none(), "there is no `node`");
    println!("skipped: there is no `node`");
    None
}
