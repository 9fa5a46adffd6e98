use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Stdio,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use anyhow::{Context, ensure};
use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use tempfile::TempDir;
use tokio::{io::AsyncWriteExt, net::TcpListener, process::Command};

/// Somebody's git repositories, served by git itself over HTTP, and a log of what was asked for.
#[derive(Clone, Debug)]
pub struct GitHost {
    address: SocketAddr,
    state: Arc<Host>,
}

#[derive(Debug)]
struct Host {
    folder: TempDir,
    asked: Mutex<Vec<GitRequest>>,
    behaviour: Mutex<Behaviour>,
}

#[derive(Clone, Debug, Default)]
struct Behaviour {
    authorization: Option<String>,
    redirect: Option<String>,
    pause: Duration,
    truncated: Option<usize>,
    status: Option<StatusCode>,
}

/// A request that somebody made.
#[derive(Clone, Debug)]
pub struct GitRequest {
    /// The path with its query.
    pub path: String,
    /// The headers.
    pub headers: HeaderMap,
    /// Whether a pack was asked for.
    pub is_fetch: bool,
}

impl GitHost {
    /// A host on a free port of this machine.
    pub async fn start() -> anyhow::Result<Self> {
        let state =
            Arc::new(Host { folder: TempDir::new()?, asked: Mutex::default(), behaviour: Mutex::default() });
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
        let address = listener.local_addr()?;
        let router = Router::new().fallback(answer).with_state(Arc::clone(&state));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { address, state })
    }

    /// Its host, with the port.
    pub fn host(&self) -> String {
        self.address.to_string()
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Where a repository is on disk.
    pub fn folder(&self, name: &str) -> PathBuf {
        self.state.folder.path().join(name)
    }

    /// Makes an empty repository with the branch `main`; `options` are git's.
    pub async fn init(&self, name: &str, options: &[&str]) -> anyhow::Result<()> {
        let folder = self.folder(name);
        let folder = folder.to_str().context("a path of text")?;
        let mut arguments = vec!["init", "--quiet", "--initial-branch=main"];
        arguments.extend(options);
        arguments.push(folder);
        git(self.state.folder.path(), &arguments).await?;
        self.git(name, &["config", "receive.denyCurrentBranch", "ignore"]).await?;
        Ok(())
    }

    /// Commits files on the branch that is checked out, and says as what.
    pub async fn commit(&self, name: &str, files: &[(&str, &str)]) -> anyhow::Result<String> {
        for (path, content) in files {
            let file = self.folder(name).join(path);
            tokio::fs::create_dir_all(file.parent().context("a folder")?).await?;
            tokio::fs::write(file, content).await?;
        }
        self.git(name, &["add", "--all"]).await?;
        self.git(name, &["commit", "--quiet", "--allow-empty", "--message=change"]).await?;
        self.git(name, &["rev-parse", "HEAD"]).await
    }

    /// Runs git in a repository.
    pub async fn git(&self, name: &str, arguments: &[&str]) -> anyhow::Result<String> {
        git(&self.folder(name), arguments).await
    }

    /// What was asked for since the last call.
    pub fn take_asked(&self) -> Vec<GitRequest> {
        std::mem::take(&mut *self.state.asked.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Wants this header from whoever asks.
    pub fn want_authorization(&self, value: &str) {
        self.behave(|behaviour| behaviour.authorization = Some(value.to_owned()));
    }

    /// Sends everyone to another base address.
    pub fn redirect_to(&self, base: &str) {
        self.behave(|behaviour| behaviour.redirect = Some(base.to_owned()));
    }

    /// Waits before each answer.
    pub fn pause(&self, pause: Duration) {
        self.behave(|behaviour| behaviour.pause = pause);
    }

    /// Breaks packs off after so many bytes.
    pub fn truncate(&self, bytes: Option<usize>) {
        self.behave(|behaviour| behaviour.truncated = bytes);
    }

    /// Answers everything so.
    pub fn fail_with(&self, status: Option<StatusCode>) {
        self.behave(|behaviour| behaviour.status = status);
    }

    fn behave(&self, change: impl FnOnce(&mut Behaviour)) {
        change(&mut self.state.behaviour.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

async fn git(folder: &Path, arguments: &[&str]) -> anyhow::Result<String> {
    let mut command = Command::new("git");
    command.current_dir(folder).args(arguments).env("GIT_CONFIG_NOSYSTEM", "1").env("HOME", folder);
    for name in ["AUTHOR", "COMMITTER"] {
        command
            .env(format!("GIT_{name}_NAME"), "Alice")
            .env(format!("GIT_{name}_EMAIL"), "alice@example.org");
    }
    let output = command.output().await?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "git {arguments:?}: {errors}");
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

async fn answer(State(host): State<Arc<Host>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, 1024 * 1024).await else { return StatusCode::BAD_REQUEST.into_response() };
    let path = parts.uri.path_and_query().map_or_else(String::new, ToString::to_string);
    let is_fetch = body.windows(13).any(|window| window == b"command=fetch");
    let asked = GitRequest { path: path.clone(), headers: parts.headers.clone(), is_fetch };
    host.asked.lock().unwrap_or_else(PoisonError::into_inner).push(asked);
    let behaviour = host.behaviour.lock().unwrap_or_else(PoisonError::into_inner).clone();
    tokio::time::sleep(behaviour.pause).await;
    if let Some(status) = behaviour.status {
        return status.into_response();
    }
    if let Some(base) = behaviour.redirect {
        return (StatusCode::FOUND, [(header::LOCATION, format!("{base}{path}"))]).into_response();
    }
    let given = parts.headers.get(header::AUTHORIZATION);
    if behaviour.authorization.is_some_and(|wanted| given.is_none_or(|given| *given != *wanted)) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let served = serve(&host, &parts, body).await;
    let Ok((status, headers, mut body)) = served else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    if is_fetch && let Some(length) = behaviour.truncated {
        body.truncate(length);
    }
    (status, headers, Body::from(body)).into_response()
}

/// Asks git by the rules of CGI.
async fn serve(
    host: &Host,
    parts: &axum::http::request::Parts,
    body: Bytes,
) -> anyhow::Result<(StatusCode, HeaderMap, Vec<u8>)> {
    let header =
        |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut command = Command::new("git");
    command
        .arg("http-backend")
        .env("GIT_PROJECT_ROOT", host.folder.path())
        .env("GIT_HTTP_EXPORT_ALL", "1")
        .env("GIT_CONFIG_COUNT", "1")
        .env("GIT_CONFIG_KEY_0", "safe.directory")
        .env("GIT_CONFIG_VALUE_0", "*")
        .env("PATH_INFO", parts.uri.path())
        .env("QUERY_STRING", parts.uri.query().unwrap_or_default())
        .env("REQUEST_METHOD", parts.method.as_str())
        .env("CONTENT_TYPE", header("content-type"))
        .env("CONTENT_LENGTH", body.len().to_string())
        .env("GIT_PROTOCOL", header("git-protocol"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut child = command.spawn()?;
    let mut input = child.stdin.take().context("an input")?;
    input.write_all(&body).await?;
    drop(input);
    let output = child.wait_with_output().await?.stdout;
    let end = output.windows(4).position(|window| window == b"\r\n\r\n").context("headers")?;
    let (mut status, mut headers) = (StatusCode::OK, HeaderMap::new());
    for line in std::str::from_utf8(&output[..end])?.lines() {
        let (name, value) = line.split_once(": ").context("a header")?;
        if name == "Status" {
            status = value.split(' ').next().context("a status")?.parse()?;
        } else {
            headers.insert(name.parse::<header::HeaderName>()?, value.parse()?);
        }
    }
    Ok((status, headers, output[end + 4..].to_vec()))
}
