use std::collections::{BTreeMap, HashMap};

use callboard_kit::{Code, Problem, ReadFailure, Result, SourceReader, SourceUrl};
use futures::{StreamExt, TryStreamExt, stream};

use super::{CatalogRequest, locations::checked_target};
use crate::{
    analysis::{self, Analysis, Repository},
    permissions::LOCATION_ANALYZE,
};

/// Files of a repository that are looked at.
const MOST_FILES: usize = 100_000;
/// Files that are read at the same time.
const AT_ONCE: usize = 4;
/// How much of a file is looked at, in bytes.
const MOST_TEXT: usize = 256 * 1024;

/// What was found in a repository, with the places of what is in it.
#[derive(Debug)]
pub struct Analyzed {
    /// What was found, with paths.
    pub analysis: Analysis,
    /// The URLs of the descriptors that are there, in the same order.
    pub existing: Vec<String>,
}

impl CatalogRequest {
    /// Looks into a repository for descriptors, and proposes some where there are none. Nothing is stored.
    pub async fn analyze(&self, kind: &str, target: &str) -> Result<Analyzed> {
        self.require(LOCATION_ANALYZE).await?;
        let target = checked_target(kind, target, "")?;
        let source: SourceUrl = format!("{kind}:{target}").parse().map_err(Problem::internal)?;
        let sources = self.service().services().sources.get();
        let sources = sources.ok_or_else(|| Problem::new(Code::Unavailable, "this portal reads no URLs"))?;
        let Some(found) = sources.repository(&source) else {
            let message =
                "no repository of a forge in `integrations`, name one as `https://host/owner/repository`";
            return Err(Problem::bad_input("target", message));
        };
        let files = sources.expand(&source).await.map_err(|failure| problem(&failure))?;
        if files == [source] {
            let message = "names one file, name the repository or a folder of it";
            return Err(Problem::bad_input("target", message));
        }
        if files.len() > MOST_FILES {
            let message = format!("more than {MOST_FILES} files, name a folder of it");
            return Err(Problem::bad_input("target", message));
        }
        let base = found.path.trim_end_matches('/');
        let places: HashMap<String, SourceUrl> = files
            .into_iter()
            .filter_map(|file| {
                let path = sources.repository(&file)?.path;
                let below = if base.is_empty() { Some(path.as_str()) } else { path.strip_prefix(base) };
                Some((below?.trim_start_matches('/').to_owned(), file))
            })
            .collect();
        let mut paths: Vec<String> = places.keys().cloned().collect();
        paths.sort_unstable();
        let wanted: Vec<(String, SourceUrl)> = analysis::telling(&paths)
            .into_iter()
            .filter_map(|path| Some((path.to_owned(), places.get(path)?.clone())))
            .collect();
        let texts = read_all(&*sources, wanted).await.map_err(|failure| problem(&failure))?;
        // What is below a folder is called by that.
        let name = base.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or(&found.name);
        let slug = found.annotation.map(|annotation| (annotation.to_owned(), found.slug.clone()));
        let repository = Repository { name: name.to_owned(), slug, files: paths, texts };
        let analysis = analysis::analyze(&repository);
        let place = |path: &String| places.get(path).map(|source| source.url.to_string());
        let existing = analysis.existing.iter().filter_map(place).collect();
        Ok(Analyzed { analysis, existing })
    }
}

async fn read_all(
    sources: &dyn SourceReader,
    wanted: Vec<(String, SourceUrl)>,
) -> std::result::Result<BTreeMap<String, String>, ReadFailure> {
    let read = stream::iter(wanted).map(|(path, source)| async move {
        match sources.read(&source).await {
            Ok(file) => {
                let bytes = file.bytes.get(..MOST_TEXT).unwrap_or(&file.bytes);
                Ok(Some((path, String::from_utf8_lossy(bytes).into_owned())))
            }
            // Each file tells a little: what one of them does not, is asked for.
            Err(failure) if failure.is_transient() => Err(failure),
            Err(_) => Ok(None),
        }
    });
    let texts: Vec<Option<(String, String)>> = read.buffered(AT_ONCE).try_collect().await?;
    Ok(texts.into_iter().flatten().collect())
}

fn problem(failure: &ReadFailure) -> Problem {
    match failure {
        ReadFailure::RateLimited { .. } | ReadFailure::Unavailable(_) => {
            Problem::new(Code::Unavailable, failure.to_string())
        }
        _ => Problem::bad_input("target", failure.to_string()),
    }
}
