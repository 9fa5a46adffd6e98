use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
    routing::any,
};
use percent_encoding::percent_decode_str;

use crate::{
    assets::{etag, is_current, sha256},
    config::{Config, is_relative_file},
};

/// The largest file of a module, in bytes.
const LARGEST: u64 = 16 << 20;

/// Why a file is not served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refusal {
    #[error("is not there, or leads out of the folder")]
    NotThere,
    #[error("is larger than 16 MiB")]
    TooLarge,
}

/// `/modules/<id>/<file>`: the files of modules, read when they are asked for, so that their authors need only reload.
pub(crate) fn router(config: &Config) -> Router {
    let folders: BTreeMap<String, PathBuf> = config
        .core
        .app
        .modules
        .iter()
        .filter_map(|module| Some((module.id.clone(), config.base_dir.join(module.folder.as_ref()?))))
        .collect();
    if folders.is_empty() {
        return Router::new();
    }
    Router::new().route("/modules/{id}/{*file}", any(file)).with_state(Arc::new(folders))
}

async fn file(State(folders): State<Arc<BTreeMap<String, PathBuf>>>, request: Request) -> Response {
    let path = request.uri().path().strip_prefix("/modules/").and_then(|path| path.split_once('/'));
    let found = path.and_then(|(id, file)| {
        let file = percent_decode_str(file).decode_utf8().ok()?.into_owned();
        Some((folders.get(id)?.clone(), file))
    });
    let Some((folder, file)) = found else { return StatusCode::NOT_FOUND.into_response() };
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    let content_type = content_type(&file);
    let read = move || {
        let folder = fs::canonicalize(folder).map_err(|_| Refusal::NotThere)?;
        fs::read(find(&folder, &file)?).map_err(|_| Refusal::NotThere)
    };
    let content = match tokio::task::spawn_blocking(read).await {
        Ok(Ok(content)) => content,
        Ok(Err(refusal @ Refusal::TooLarge)) => {
            return (StatusCode::FORBIDDEN, format!("the file {refusal}\n")).into_response();
        }
        Ok(Err(Refusal::NotThere)) => return StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(%error, "a file of a module could not be read");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let etag = etag(&sha256(&content), "");
    let mut response = if is_current(request.headers(), &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        content.into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::ETAG, etag);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::CONTENT_TYPE, content_type);
    response
}

/// Where a file below `folder`, a real path, really is: never outside of it.
pub(super) fn find(folder: &Path, file: &str) -> Result<PathBuf, Refusal> {
    if !is_relative_file(file) {
        return Err(Refusal::NotThere);
    }
    let real = fs::canonicalize(folder.join(file)).map_err(|_| Refusal::NotThere)?;
    let within = real.strip_prefix(folder).map_err(|_| Refusal::NotThere)?;
    // A link may lead to what is hidden.
    let is_plain = within.to_str().is_some_and(is_relative_file);
    let metadata = fs::metadata(&real).map_err(|_| Refusal::NotThere)?;
    if !is_plain || !metadata.is_file() {
        return Err(Refusal::NotThere);
    }
    if metadata.len() > LARGEST {
        return Err(Refusal::TooLarge);
    }
    Ok(real)
}

fn content_type(file: &str) -> HeaderValue {
    let extension = Path::new(file).extension().and_then(|extension| extension.to_str());
    let guessed = match extension {
        Some("mjs") => "text/javascript".to_owned(),
        Some("map") => "application/json".to_owned(),
        _ => mime_guess::from_path(file).first_or_octet_stream().to_string(),
    };
    let text = if guessed.starts_with("text/") { format!("{guessed}; charset=utf-8") } else { guessed };
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_told_to_be_scripts() {
        for (file, expected) in [
            ("index.js", "text/javascript; charset=utf-8"),
            ("chunk.mjs", "text/javascript; charset=utf-8"),
            ("a/style.css", "text/css; charset=utf-8"),
            ("logo.svg", "image/svg+xml"),
            ("index.js.map", "application/json"),
            ("module.wasm", "application/wasm"),
            ("LICENSE", "application/octet-stream"),
        ] {
            assert_eq!(content_type(file), expected, "{file}");
        }
    }

    #[test]
    fn what_leads_out_of_the_folder_is_not_found() {
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret.js"), "secret").unwrap();
        let folder = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(folder.path()).unwrap();
        fs::create_dir(root.join("inner")).unwrap();
        fs::write(root.join("inner/a.js"), "a").unwrap();
        fs::write(root.join(".env"), "secret").unwrap();
        std::os::unix::fs::symlink(outside.path(), root.join("out")).unwrap();
        std::os::unix::fs::symlink(outside.path().join("secret.js"), root.join("out.js")).unwrap();
        std::os::unix::fs::symlink(root.join(".env"), root.join("env.js")).unwrap();
        std::os::unix::fs::symlink(root.join("inner/a.js"), root.join("same.js")).unwrap();
        assert!(find(&root, "inner/a.js").is_ok());
        assert!(find(&root, "same.js").is_ok());
        for file in ["out/secret.js", "out.js", "env.js", ".env", "inner", "none.js", "../secret.js", ""] {
            assert_eq!(find(&root, file), Err(Refusal::NotThere), "{file}");
        }
    }

    #[test]
    fn a_file_that_is_too_large_is_not_served() {
        let folder = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(folder.path()).unwrap();
        let file = fs::File::create(root.join("large.js")).unwrap();
        file.set_len(LARGEST).unwrap();
        assert!(find(&root, "large.js").is_ok());
        file.set_len(LARGEST + 1).unwrap();
        assert_eq!(find(&root, "large.js"), Err(Refusal::TooLarge));
    }
}
