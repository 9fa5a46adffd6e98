use http::{
    HeaderMap, HeaderValue,
    header::{ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED},
};
use moka::sync::Cache;
use sha2::{Digest, Sha256};
use url::Url;

use super::Fetched;

/// What is kept of what was read, in bytes.
const KEPT_BYTES: u64 = 64 * 1024 * 1024;
/// What an entry takes beside its texts.
const ENTRY_BYTES: usize = 512;

type Key = [u8; 32];

/// What was read before and may be asked for conditionally.
#[derive(Debug)]
pub struct Keep(Cache<Key, Kept>);

/// An answer with what its host knows it by.
#[derive(Clone, Debug)]
pub struct Kept {
    etag: Option<HeaderValue>,
    modified: Option<HeaderValue>,
    pub body: Fetched,
}

impl Default for Keep {
    fn default() -> Self {
        let weigh = |_: &Key, kept: &Kept| u32::try_from(kept.weight()).unwrap_or(u32::MAX);
        Self(Cache::builder().max_capacity(KEPT_BYTES).weigher(weigh).build())
    }
}

impl Keep {
    /// What was read for a key.
    pub fn find(&self, key: &Key) -> Option<Kept> {
        self.0.get(key)
    }

    /// Keeps what can be asked for conditionally.
    pub fn add(&self, key: Key, fetched: &Fetched) {
        let header = |name| fetched.headers.get(name).cloned();
        let (etag, modified) = (header(ETAG), header(LAST_MODIFIED));
        if etag.is_some() || modified.is_some() {
            self.0.insert(key, Kept { etag, modified, body: fetched.clone() });
        }
    }
}

impl Kept {
    /// The header that asks whether it has changed.
    pub fn condition(&self) -> Option<(http::HeaderName, HeaderValue)> {
        let etag = self.etag.clone().map(|etag| (IF_NONE_MATCH, etag));
        etag.or_else(|| self.modified.clone().map(|modified| (IF_MODIFIED_SINCE, modified)))
    }

    /// Headers count, too: they are as much the host's to choose as the body.
    fn weight(&self) -> usize {
        let headers = self.body.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 64);
        self.body.bytes.len() + headers.sum::<usize>() + ENTRY_BYTES
    }
}

/// What was read before is known by its URL and by whose eyes read it.
pub fn key_of(url: &Url, headers: &HeaderMap) -> Key {
    let mut hash = Sha256::new_with_prefix(url.as_str().as_bytes());
    let mut names: Vec<_> = headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
    names.sort_unstable();
    for (name, value) in names {
        hash.update([0]);
        hash.update(name.as_bytes());
        hash.update([0]);
        hash.update(value);
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    #[test]
    fn what_is_kept_is_bounded_with_its_headers() {
        let keep = Keep::default();
        let mut headers = HeaderMap::from_iter([(ETAG, HeaderValue::from_static("1"))]);
        headers.insert("x-long", HeaderValue::from_str(&"x".repeat(300_000)).unwrap());
        for number in 0..400_u64 {
            let url: Url = format!("https://example.org/{number}").parse().unwrap();
            let fetched = Fetched { bytes: Bytes::new(), headers: headers.clone() };
            keep.add(key_of(&url, &HeaderMap::new()), &fetched);
        }
        keep.0.run_pending_tasks();
        assert!(keep.0.weighted_size() <= KEPT_BYTES);
        assert!(keep.0.entry_count() < 300, "{}", keep.0.entry_count());
    }

    #[test]
    fn what_one_token_read_is_not_kept_for_another() {
        let url: Url = "https://example.org/x".parse().unwrap();
        let with = |token: &'static str| {
            let value = HeaderValue::from_static(token);
            key_of(&url, &HeaderMap::from_iter([(http::header::AUTHORIZATION, value)]))
        };
        assert_eq!(with("one"), with("one"));
        assert_ne!(with("one"), with("two"));
        assert_ne!(with("one"), key_of(&url, &HeaderMap::new()));
    }
}
