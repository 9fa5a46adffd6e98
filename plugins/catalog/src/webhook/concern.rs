//! Which locations a change concerns.

use globset::GlobBuilder;
use percent_encoding::percent_decode_str;
use url::{Url, form_urlencoded};

use super::change::Change;

/// What stands between the address of a repository and a branch on the pages of forges.
const MODES: [&str; 13] = [
    "/blob/",
    "/tree/",
    "/raw/",
    "/edit/",
    "/-/blob/",
    "/-/tree/",
    "/-/raw/",
    "/-/edit/",
    "/src/branch/",
    "/raw/branch/",
    "/media/branch/",
    "/_edit/",
    // Bitbucket's; Gitea's begin so, too, and come before.
    "/src/",
];

/// What a folder that is read as a location is looked through for.
const FILE_NAMES: [&str; 2] = ["catalog-info.yaml", "catalog-info.yml"];

impl Change {
    /// The beginnings of the places that it may concern.
    pub fn beginnings(&self) -> Vec<String> {
        let mut beginnings: Vec<String> =
            self.urls.iter().flat_map(|url| [format!("url:{url}"), format!("git:{url}")]).collect();
        for address in &self.repositories {
            beginnings.extend([format!("url:{address}"), format!("git:{address}")]);
            beginnings.extend(raw_of(address).map(|raw| format!("url:{raw}")));
        }
        beginnings
    }

    /// Whether it concerns what was read from a place, `type:target`.
    pub fn concerns(&self, place: &str) -> bool {
        let Some((kind, target)) = place.split_once(':') else { return false };
        if self.urls.iter().any(|url| url == target) {
            return true;
        }
        self.repositories.iter().any(|address| {
            let of_page = strip(target, address).map(|rest| (rest, false));
            let of_raw = raw_of(address).and_then(|raw| strip(target, &raw).map(|rest| (rest, true)));
            of_page.or(of_raw).is_some_and(|(rest, is_raw)| match kind {
                "git" => self.concerns_clone(target, rest),
                _ => self.concerns_page(rest, is_raw),
            })
        })
    }

    /// `https://host/repository.git//path?ref=branch`.
    fn concerns_clone(&self, target: &str, rest: &str) -> bool {
        let rest = rest.strip_prefix(".git").unwrap_or(rest);
        let Ok(url) = Url::parse(target) else { return false };
        let reference =
            url.query_pairs().find(|(name, _)| name == "ref").map(|(_, value)| value.into_owned());
        let path = rest.split(['?', '#']).next().unwrap_or_default();
        if !path.is_empty() && !path.starts_with("//") {
            return false;
        }
        self.is_of_branch(reference.as_deref()) && self.touches(&decoded(path.trim_matches('/')))
    }

    /// Where a target is after a repository has moved, `type:target` without its type.
    pub fn moved(&self, target: &str) -> Option<String> {
        let (from, to) = self.moved.as_ref()?;
        let page = strip(target, from).map(|rest| format!("{to}{rest}"));
        page.or_else(|| Some(format!("{}{}", raw_of(to)?, strip(target, &raw_of(from)?)?)))
    }

    /// The place that the parameters of a page name, and not its path: on Azure DevOps, and on a server of Bitbucket.
    fn concerns_parameters(&self, rest: &str) -> Option<bool> {
        let (path, query) = rest.split_once('?')?;
        let of = |wanted: &str| {
            let mut pairs = form_urlencoded::parse(query.as_bytes());
            pairs.find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
        };
        if let (true, Some(file)) = (path.trim_matches('/').is_empty(), of("path")) {
            let version = of("version");
            let branch = version.as_ref().and_then(|version| version.strip_prefix("GB"));
            let is_named = version.is_none() || branch.is_some();
            return Some(is_named && self.is_of_branch(branch) && self.touches(file.trim_matches('/')));
        }
        let file = ["/browse/", "/raw/"].iter().find_map(|mode| path.strip_prefix(mode))?;
        Some(self.is_of_branch(Some(&of("at")?)) && self.touches(&decoded(file)))
    }

    fn concerns_page(&self, rest: &str, is_raw: bool) -> bool {
        if let Some(concerns) = self.concerns_parameters(rest) {
            return concerns;
        }
        let rest = decoded(rest.split(['?', '#']).next().unwrap_or_default());
        if rest.trim_matches('/').is_empty() {
            return self.is_of_branch(None) && self.touches("");
        }
        let mode = MODES.iter().find_map(|mode| rest.strip_prefix(mode));
        let Some(rest) = mode.or_else(|| rest.strip_prefix('/').filter(|_| is_raw)) else { return false };
        let Some(branch) = &self.branch else { return true };
        let after = |branch: &str| {
            let rest = rest.strip_prefix(branch)?;
            (rest.is_empty() || rest.starts_with('/')).then_some(rest)
        };
        let of_default = || after("HEAD").filter(|_| self.is_of_branch(None));
        let whole = || after(&format!("refs/heads/{branch}"));
        let path = after(branch).or_else(whole).or_else(of_default);
        path.is_some_and(|path| self.touches(path.trim_start_matches('/')))
    }

    fn is_of_branch(&self, reference: Option<&str>) -> bool {
        let Some(branch) = &self.branch else { return true };
        match reference.filter(|reference| *reference != "HEAD") {
            Some(reference) => reference == branch || reference.strip_prefix("refs/heads/") == Some(branch),
            None => self.default_branch.as_ref().is_none_or(|default| default == branch),
        }
    }

    /// Whether one of the files is at a path, which may be a folder or a glob.
    fn touches(&self, path: &str) -> bool {
        let Some(files) = &self.files else { return true };
        let folder = path.trim_end_matches('/');
        let glob = GlobBuilder::new(path).literal_separator(true).build().map(|glob| glob.compile_matcher());
        files.iter().any(|file| {
            let below = file.strip_prefix(folder).filter(|rest| folder.is_empty() || rest.starts_with('/'));
            let name = file.rsplit('/').next().unwrap_or_default();
            file == path
                || below.is_some_and(|_| FILE_NAMES.contains(&name))
                || glob.as_ref().is_ok_and(|glob| glob.is_match(file))
        })
    }
}

/// GitHub serves the bytes of files from another host.
fn raw_of(address: &str) -> Option<String> {
    let path = address.strip_prefix("https://github.com/")?;
    Some(format!("https://raw.githubusercontent.com/{path}"))
}

/// What is after a beginning, whatever its case: forges do not tell owners and repositories apart by that.
fn strip<'t>(text: &'t str, beginning: &str) -> Option<&'t str> {
    let (start, rest) = text.split_at_checked(beginning.len())?;
    let is_whole = rest.is_empty() || rest.starts_with(['/', '?', '#']) || rest.starts_with(".git");
    (start.eq_ignore_ascii_case(beginning) && is_whole).then_some(rest)
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
