use std::path::Path;

use async_trait::async_trait;
use callboard_kit::{
    ApiAnswer, ApiRequest, Clock, ReadFailure, SourceFile, SourceKind, SourceLinks, SourceReader,
    SourceRepository, SourceTree, SourceUrl,
};
use futures::{StreamExt, TryStreamExt, stream};
use http::HeaderMap;
use url::Url;

use crate::{
    config::{IntegrationsConfig, ReadingConfig},
    forge::{Forge, Spot},
    git::Git,
    git_reader::resolve_git,
    guard::{Guard, shown},
    http::{Fetched, Http},
    integrations::Integrations,
    paths::{is_path, resolve_path},
    wanted::Wanted,
};

/// Files of one repository that are listed.
const MAX_LISTED: usize = 200_000;
/// Files and bytes of a tree that is read as a whole.
pub(crate) const MAX_TREE_FILES: usize = 5_000;
pub(crate) const MAX_TREE_BYTES: usize = 200 * 1024 * 1024;
/// Files of a tree that are read at the same time.
const AT_ONCE: usize = 8;
/// Pages of a list of files, a hundred each where they are short.
const MAX_PAGES: usize = 2_500;
/// A list of files may be larger than any of them.
const LISTING_BYTES: u64 = 64 * 1024 * 1024;

/// Reads URLs, what is on forges, and git repositories.
#[derive(Clone, Debug)]
pub struct Reading {
    pub(crate) http: Http,
    pub(crate) integrations: Integrations,
    pub(crate) git: Git,
}

impl Reading {
    /// Reads what a config allows, and keeps what it has of git repositories below the folder `data`.
    pub fn new(
        reading: &ReadingConfig,
        integrations: &IntegrationsConfig,
        clock: &Clock,
        data: &Path,
    ) -> Result<Self, reqwest::Error> {
        let hosts = Integrations::hosts(integrations);
        let guard = Guard::new(reading.allow.iter().chain(&hosts));
        let http = Http::new(reading, guard, clock.clone())?;
        Ok(Self {
            git: Git::new(reading, http.clone(), clock.clone(), &data.join("cache").join("git")),
            http,
            integrations: Integrations::new(integrations, clock),
        })
    }

    /// What asks.
    pub(crate) const fn http(&self) -> &Http {
        &self.http
    }

    async fn read_spot(&self, forge: &dyn Forge, spot: &Spot) -> Result<SourceFile, ReadFailure> {
        spot.check()?;
        let url = forge.raw(spot).ok_or_else(|| no_url(&spot.path))?;
        let fetched = self.get_as(forge, spot, &url, forge.raw_headers(), self.http.max_bytes()).await?;
        Ok(SourceFile { revision: fetched.etag(), bytes: fetched.bytes })
    }

    /// What a forge answers to those whose credentials it takes; asked once more where others may be had.
    async fn get_as(
        &self,
        forge: &dyn Forge,
        spot: &Spot,
        url: &Url,
        headers: HeaderMap,
        max_bytes: u64,
    ) -> Result<Fetched, ReadFailure> {
        let with = |mut own: HeaderMap| {
            own.extend(headers.clone());
            own
        };
        let own = with(forge.credentials(&self.http, spot).await?);
        let fetched = self.http.get_up_to(url, &own, max_bytes).await;
        if matches!(fetched, Err(ReadFailure::Unauthorized(_))) && forge.renew(spot).await {
            let own = with(forge.credentials(&self.http, spot).await?);
            return self.http.get_up_to(url, &own, max_bytes).await;
        }
        fetched
    }

    /// The paths of all files of a repository.
    async fn list(&self, forge: &dyn Forge, spot: &Spot) -> Result<Vec<String>, ReadFailure> {
        spot.check()?;
        let first = forge.listing(spot).ok_or_else(|| no_url(&spot.path))?;
        let mut next = Some(first.clone());
        let mut files = Vec::new();
        let (mut pages, mut bytes) = (0, 0);
        while let Some(url) = next {
            if url.origin() != first.origin() {
                let message = format!("the list of files at `{}` leads to another host", shown(&first));
                return Err(ReadFailure::NotAllowed(message));
            }
            let page = self.get_as(forge, spot, &url, HeaderMap::new(), LISTING_BYTES).await?;
            let listing = forge.read_listing(&url, &page.bytes, &page.headers)?;
            pages += 1;
            for file in listing.files {
                bytes += file.len() as u64;
                // What is no path is nobody's file.
                files.extend(Some(file).filter(|file| is_path(file)));
            }
            if files.len() > MAX_LISTED || pages > MAX_PAGES || bytes > LISTING_BYTES {
                let message = format!("`{}` has more than {MAX_LISTED} files", spot.repository);
                return Err(ReadFailure::TooLarge(message));
            }
            // A forge that leads to itself leads nowhere.
            next = listing.next.filter(|next| *next != url);
        }
        Ok(files)
    }
}

#[async_trait]
impl SourceReader for Reading {
    async fn read(&self, source: &SourceUrl) -> Result<SourceFile, ReadFailure> {
        if source.kind == SourceKind::Git {
            return self.read_git(source).await;
        }
        if let Some((forge, spot)) = self.integrations.find(&source.url) {
            return self.read_spot(&**forge, &spot).await;
        }
        let fetched = self.http.get(&source.url, &HeaderMap::new()).await?;
        Ok(SourceFile { revision: fetched.etag(), bytes: fetched.bytes })
    }

    async fn expand(&self, source: &SourceUrl) -> Result<Vec<SourceUrl>, ReadFailure> {
        if source.kind == SourceKind::Git {
            return self.expand_git(source).await;
        }
        let Some((forge, spot)) = self.integrations.find(&source.url) else {
            return Ok(vec![source.clone()]);
        };
        let wanted = Wanted::of(&source.url, &spot)?;
        let Wanted::Files(matcher) = wanted else { return Ok(vec![source.clone()]) };
        let mut files = self.list(&**forge, &spot).await?;
        files.retain(|file| matcher.is_match(file));
        files.sort_unstable();
        let page = |file: String| forge.page(&spot.at(file)).map(SourceUrl::url);
        Ok(files.into_iter().filter_map(page).collect())
    }

    async fn read_tree(&self, source: &SourceUrl) -> Result<SourceTree, ReadFailure> {
        if source.kind == SourceKind::Git {
            return self.read_git_tree(source).await;
        }
        let Some((forge, spot)) = self.integrations.find(&source.url) else {
            let message = format!(
                "`{}` is on no forge of `integrations`, whose files could be listed",
                shown(&source.url)
            );
            return Err(ReadFailure::Invalid(message));
        };
        let folder = if spot.path.is_empty() { String::new() } else { format!("{}/", spot.path) };
        let files = self.list(&**forge, &spot).await?;
        let mut files: Vec<String> = files.into_iter().filter(|file| file.starts_with(&folder)).collect();
        if files.len() > MAX_TREE_FILES {
            let message = format!("`{}` has more than {MAX_TREE_FILES} files", shown(&source.url));
            return Err(ReadFailure::TooLarge(message));
        }
        files.sort_unstable();
        let read = |file: String| {
            let (spot, forge, folder) = (spot.at(file.as_str()), forge, folder.as_str());
            async move {
                let read = self.read_spot(&**forge, &spot).await?;
                Ok::<_, ReadFailure>((file.strip_prefix(folder).unwrap_or(&file).to_owned(), read.bytes))
            }
        };
        let mut read = stream::iter(files).map(read).buffered(AT_ONCE);
        let mut found = Vec::new();
        let mut bytes = 0;
        while let Some((path, content)) = read.try_next().await? {
            bytes += content.len();
            if bytes > MAX_TREE_BYTES {
                let message = format!("`{}` has more than {MAX_TREE_BYTES} bytes", shown(&source.url));
                return Err(ReadFailure::TooLarge(message));
            }
            found.push((path, content));
        }
        Ok(SourceTree { files: found, revision: None })
    }

    fn repository(&self, source: &SourceUrl) -> Option<SourceRepository> {
        let (forge, spot) = self.integrations.find(&source.url)?;
        let slug = format!("{}/{}", spot.owner, spot.repository);
        Some(SourceRepository {
            name: spot.repository,
            slug,
            annotation: forge.annotation(),
            path: spot.path,
        })
    }

    async fn ask(&self, request: &ApiRequest) -> Result<ApiAnswer, ReadFailure> {
        self.ask_api(request).await
    }

    fn resolve(&self, base: &SourceUrl, target: &str) -> Result<SourceUrl, ReadFailure> {
        let invalid = || ReadFailure::Invalid(format!("`{}` is not a path or a URL", short(target)));
        if target.is_empty() || target.contains('\0') {
            return Err(invalid());
        }
        if target.contains("://") {
            let url = Url::parse(target).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
            return url.map(SourceUrl::url).ok_or_else(invalid);
        }
        if base.kind == SourceKind::Git {
            return resolve_git(base, target);
        }
        let Some((forge, spot)) = self.integrations.find(&base.url) else {
            let url = base.url.join(target).map_err(|_| invalid())?;
            if url.origin() != base.url.origin() {
                return Err(ReadFailure::NotAllowed(format!("`{}` leads to another host", short(target))));
            }
            return Ok(SourceUrl { kind: base.kind, url });
        };
        let path = resolve_path(&spot.path, target).ok_or_else(|| {
            ReadFailure::NotAllowed(format!("`{}` leads out of the repository", short(target)))
        })?;
        let page = forge.page(&spot.at(path)).ok_or_else(invalid)?;
        Ok(SourceUrl { kind: base.kind, url: page })
    }

    fn links(&self, source: &SourceUrl) -> SourceLinks {
        if source.kind == SourceKind::Git {
            return self.links_of_git(source);
        }
        match self.integrations.find(&source.url) {
            Some((forge, spot)) => forge.links(&spot),
            None => {
                SourceLinks { view: Some(source.url.clone()), edit: None, folder: source.url.join("./").ok() }
            }
        }
    }
}

fn no_url(path: &str) -> ReadFailure {
    ReadFailure::Invalid(format!("`{}` makes no URL", short(path)))
}

pub(crate) fn short(text: &str) -> String {
    text.chars().take(200).collect()
}
