use callboard_kit::ReadFailure;
use url::Url;

use crate::{forge::decoded, guard::shown};

/// A place in a git repository: `https://host/repository.git//path/in/it?ref=branch`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GitAddress {
    /// Where the repository is.
    pub repository: Url,
    /// A branch, tag or full commit id; the default branch where there is none.
    pub reference: Option<String>,
    /// The path without a slash at its ends; empty for the root.
    pub path: String,
    /// Whether it was written as a folder.
    pub is_folder: bool,
}

impl GitAddress {
    /// Takes a URL apart.
    pub fn of(url: &Url) -> Result<Self, ReadFailure> {
        let mut reference = None;
        for (name, value) in url.query_pairs() {
            if name != "ref" {
                let message = format!("`{}` has a query beside `ref`", shown(url));
                return Err(ReadFailure::Invalid(message));
            }
            reference = Some(value.into_owned());
        }
        let is_strange =
            |name: &String| name.is_empty() || name.len() > 255 || name.contains(|c: char| c.is_control());
        if reference.as_ref().is_some_and(is_strange) {
            let message = format!("`{}` has a `ref` that is no branch, tag or commit", shown(url));
            return Err(ReadFailure::Invalid(message));
        }
        let written = url.path();
        let start = written.len() - written.trim_start_matches('/').len();
        let split = written[start..].find("//").map(|at| at + start);
        let (repository, path) = split.map_or((written, ""), |at| (&written[..at], &written[at..]));
        let mut address = url.clone();
        address.set_query(None);
        address.set_fragment(None);
        address.set_path(repository.trim_end_matches('/'));
        let path: Vec<String> = path.split('/').filter(|part| !part.is_empty()).map(decoded).collect();
        Ok(Self {
            repository: address,
            reference,
            path: path.join("/"),
            is_folder: path.is_empty() || written.ends_with('/'),
        })
    }

    /// The URL of another path in the same repository.
    pub fn url_of(&self, path: &str) -> Url {
        let mut url = self.repository.clone();
        // What the setter would take for an encoded byte is meant as it stands.
        url.set_path(&format!("{}//{}", self.repository.path(), path.replace('%', "%25")));
        if let Some(reference) = &self.reference {
            url.query_pairs_mut().append_pair("ref", reference);
        }
        url
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_a_repository_a_path_and_a_reference() {
        let of = |text: &str| GitAddress::of(&text.parse().unwrap()).unwrap();
        let address = of("https://host/group/a.git//docs/a%20b.yaml?ref=feature/x");
        assert_eq!(address.repository.as_str(), "https://host/group/a.git");
        assert_eq!(
            (address.path.as_str(), address.reference.as_deref(), address.is_folder),
            ("docs/a b.yaml", Some("feature/x"), false)
        );
        assert_eq!(of(address.url_of("x/50%25 #?.yaml").as_str()).path, "x/50%25 #?.yaml");
        let root = of("https://host/a.git");
        assert_eq!((root.path.as_str(), root.is_folder, root.reference), ("", true, None));
        assert!(of("https://host/a.git//docs/").is_folder);
        assert!(GitAddress::of(&"https://host/a.git?ref=".parse().unwrap()).is_err());
        assert!(GitAddress::of(&"https://host/a.git?token=x".parse().unwrap()).is_err());
    }
}
