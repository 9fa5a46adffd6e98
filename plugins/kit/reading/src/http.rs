mod stream;

use std::{
    collections::HashMap,
    error::Error,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use bytes::{Bytes, BytesMut};
use callboard_kit::{Clock, ReadFailure};
use chrono::{DateTime, Utc};
use futures::StreamExt;
use http::{
    HeaderMap, HeaderValue, Method, StatusCode,
    header::{AUTHORIZATION, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION, RETRY_AFTER},
};
use moka::sync::Cache;
use reqwest::{Client, Response, redirect::Policy};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use url::Url;
use uuid::Uuid;

use crate::{
    config::ReadingConfig,
    guard::{Guard, PrivateAddress, shown},
};

pub use stream::Streamed;

/// Redirects that are followed one after the other.
const MAX_REDIRECTS: usize = 5;
/// How often a host that is busy or away is asked.
pub const MAX_TRIES: u32 = 4;
/// The longest pause between two tries; whoever asks for a longer one is told of at once.
const LONGEST_PAUSE: Duration = Duration::from_secs(15);
/// Requests to one host at the same time.
const PER_HOST: usize = 8;
/// How long connecting may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// What is kept of what was read, in bytes.
const CACHE_BYTES: u64 = 64 * 1024 * 1024;

/// Reads URLs, guarded: the only way out for what others wrote.
#[derive(Clone, Debug)]
pub struct Http(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    client: Client,
    guard: Guard,
    clock: Clock,
    max_bytes: u64,
    timeout: Duration,
    hosts: Mutex<HashMap<String, Arc<Semaphore>>>,
    kept: Cache<[u8; 32], Kept>,
}

/// What was read before, with what its host knows it by.
#[derive(Clone, Debug)]
struct Kept {
    etag: Option<HeaderValue>,
    modified: Option<HeaderValue>,
    body: Fetched,
}

/// What came of a request.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// The body.
    pub bytes: Bytes,
    /// The headers of the answer.
    pub headers: HeaderMap,
}

impl Fetched {
    /// The entity tag, as its host wrote it.
    pub fn etag(&self) -> Option<String> {
        self.headers.get(ETAG)?.to_str().ok().map(str::to_owned)
    }
}

impl Http {
    /// Reads what `guard` lets be read, within the limits of `config`.
    pub fn new(config: &ReadingConfig, guard: Guard, clock: Clock) -> Result<Self, reqwest::Error> {
        let client = Client::builder()
            .user_agent(concat!("callboard/", env!("CARGO_PKG_VERSION")))
            .redirect(Policy::none())
            .no_proxy()
            .referer(false)
            .connect_timeout(CONNECT_TIMEOUT)
            .dns_resolver(Arc::new(guard.clone()))
            .build()?;
        let weigh =
            |_: &[u8; 32], kept: &Kept| u32::try_from(kept.body.bytes.len() + 512).unwrap_or(u32::MAX);
        Ok(Self(Arc::new(Inner {
            client,
            guard,
            clock,
            max_bytes: config.max_bytes,
            timeout: config.timeout.0,
            hosts: Mutex::default(),
            kept: Cache::builder().max_capacity(CACHE_BYTES).weigher(weigh).build(),
        })))
    }

    /// What may be read.
    pub fn guard(&self) -> &Guard {
        &self.0.guard
    }

    /// The largest file, in bytes.
    pub fn max_bytes(&self) -> u64 {
        self.0.max_bytes
    }

    /// The body behind a URL. `headers` go to its own host only. What was read before is asked for conditionally.
    pub async fn get(&self, url: &Url, headers: &HeaderMap) -> Result<Fetched, ReadFailure> {
        self.get_up_to(url, headers, self.0.max_bytes).await
    }

    /// The same with another limit of bytes.
    pub async fn get_up_to(
        &self,
        url: &Url,
        headers: &HeaderMap,
        max_bytes: u64,
    ) -> Result<Fetched, ReadFailure> {
        let key = key_of(url, headers);
        let kept = self.0.kept.get(&key);
        let mut tries = 0;
        loop {
            tries += 1;
            let asked =
                tokio::time::timeout(self.0.timeout, self.ask(url, headers, kept.as_ref(), max_bytes));
            let asked = asked.await.unwrap_or_else(|_| {
                Err(ReadFailure::Unavailable(format!("`{}` did not answer in time", shown(url))))
            });
            match asked {
                Ok(Some(fetched)) => {
                    self.keep(key, &fetched);
                    return Ok(fetched);
                }
                Ok(None) => return kept.map(|kept| kept.body).ok_or_else(|| unavailable(url)),
                Err(failure) if failure.is_transient() && tries < MAX_TRIES => {
                    let Some(pause) = pause(&failure, tries) else { return Err(failure) };
                    tokio::time::sleep(pause).await;
                }
                Err(failure) => return Err(failure),
            }
        }
    }

    /// The answer to a request that changes something, or asks with a body; asked once, and no redirect is followed.
    pub async fn send(
        &self,
        method: Method,
        url: &Url,
        headers: &HeaderMap,
        body: Option<Vec<u8>>,
    ) -> Result<Fetched, ReadFailure> {
        self.0.guard.check(url)?;
        let host = self.host(url);
        let _turn = host.acquire().await.map_err(|_| unavailable(url))?;
        let mut request = self.0.client.request(method, url.clone()).headers(headers.clone());
        if let Some(body) = body {
            request = request.body(body);
        }
        let sent = async {
            let response = request.send().await.map_err(|error| failure_of(url, &error))?;
            if !response.status().is_success() {
                let now = self.0.clock.now();
                return Err(refusal(url, &response, headers.contains_key(AUTHORIZATION), now));
            }
            read_body(url, response, self.0.max_bytes).await
        };
        tokio::time::timeout(self.0.timeout, sent).await.unwrap_or_else(|_| Err(unavailable(url)))
    }

    fn keep(&self, key: [u8; 32], fetched: &Fetched) {
        let header = |name| fetched.headers.get(name).cloned();
        let (etag, modified) = (header(ETAG), header(LAST_MODIFIED));
        if etag.is_some() || modified.is_some() {
            self.0.kept.insert(key, Kept { etag, modified, body: fetched.clone() });
        }
    }

    /// `None` where the host says that nothing has changed.
    async fn ask(
        &self,
        url: &Url,
        headers: &HeaderMap,
        kept: Option<&Kept>,
        max_bytes: u64,
    ) -> Result<Option<Fetched>, ReadFailure> {
        let mut url = url.clone();
        let mut headers = headers.clone();
        if let Some(kept) = kept {
            if let Some(etag) = &kept.etag {
                headers.insert(IF_NONE_MATCH, etag.clone());
            } else if let Some(modified) = &kept.modified {
                headers.insert(IF_MODIFIED_SINCE, modified.clone());
            }
        }
        for _ in 0..=MAX_REDIRECTS {
            self.0.guard.check(&url)?;
            let host = self.host(&url);
            let _turn = host.acquire().await.map_err(|_| unavailable(&url))?;
            let asked = self.0.client.get(url.clone()).headers(headers.clone()).send().await;
            let response = asked.map_err(|error| failure_of(&url, &error))?;
            let status = response.status();
            if status == StatusCode::NOT_MODIFIED && kept.is_some() {
                return Ok(None);
            }
            if let Some(next) = redirect(&url, &response)? {
                if next.scheme() == "http" && url.scheme() == "https" {
                    let message = format!("`{}` leads from https:// to http://", shown(&url));
                    return Err(ReadFailure::NotAllowed(message));
                }
                if next.origin() != url.origin() {
                    // What is meant for one host is not for another.
                    headers = HeaderMap::new();
                }
                url = next;
                continue;
            }
            if !status.is_success() {
                let now = self.0.clock.now();
                return Err(refusal(&url, &response, headers.contains_key(AUTHORIZATION), now));
            }
            return read_body(&url, response, max_bytes).await.map(Some);
        }
        Err(ReadFailure::NotAllowed(format!("`{}` leads on more than {MAX_REDIRECTS} times", shown(&url))))
    }

    /// Lets only so many requests go to a host at a time.
    fn host(&self, url: &Url) -> Arc<Semaphore> {
        let mut hosts = self.0.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let host = url.host_str().unwrap_or_default().to_owned();
        Arc::clone(hosts.entry(host).or_insert_with(|| Arc::new(Semaphore::new(PER_HOST))))
    }
}

/// What was read before is known by its URL and by whose eyes read it.
fn key_of(url: &Url, headers: &HeaderMap) -> [u8; 32] {
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

fn redirect(url: &Url, response: &Response) -> Result<Option<Url>, ReadFailure> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let target = response.headers().get(LOCATION).and_then(|target| target.to_str().ok());
    let target = target.and_then(|target| url.join(target).ok());
    target.map(Some).ok_or_else(|| ReadFailure::Unavailable(format!("`{}` leads nowhere", shown(url))))
}

async fn read_body(url: &Url, response: Response, max_bytes: u64) -> Result<Fetched, ReadFailure> {
    let too_large = || {
        let message = format!("`{}` is larger than {max_bytes} bytes", shown(url));
        ReadFailure::TooLarge(message)
    };
    if response.content_length().is_some_and(|length| length > max_bytes) {
        return Err(too_large());
    }
    let headers = response.headers().clone();
    let mut body = response.bytes_stream();
    let mut bytes = BytesMut::new();
    while let Some(chunk) = body.next().await {
        let chunk = chunk.map_err(|error| failure_of(url, &error))?;
        if (bytes.len() + chunk.len()) as u64 > max_bytes {
            return Err(too_large());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Fetched { bytes: bytes.freeze(), headers })
}

/// What an answer means that is not what was asked for.
fn refusal(url: &Url, response: &Response, had_credentials: bool, now: DateTime<Utc>) -> ReadFailure {
    let (status, name) = (response.status(), shown(url));
    let hint = if had_credentials {
        "; its token may not read it, or it is not there"
    } else {
        "; without a token in `integrations` only what is public can be read"
    };
    let is_exhausted = response.headers().get("x-ratelimit-remaining").is_some_and(|left| left == "0");
    match status.as_u16() {
        429 => limited(&name, response, now),
        403 if is_exhausted || response.headers().contains_key(RETRY_AFTER) => limited(&name, response, now),
        404 | 410 => ReadFailure::NotFound(format!("`{name}` does not exist{hint}")),
        401 | 403 | 407 => ReadFailure::Unauthorized(format!("`{name}` may not be read: {status}{hint}")),
        400..=499 => ReadFailure::Invalid(format!("`{name}` cannot be read: its host answers {status}")),
        _ => ReadFailure::Unavailable(format!("`{name}` cannot be read now: its host answers {status}")),
    }
}

fn limited(name: &str, response: &Response, now: DateTime<Utc>) -> ReadFailure {
    let text = |header: &str| response.headers().get(header).and_then(|value| value.to_str().ok());
    let until = |at: DateTime<Utc>| (at - now).to_std().unwrap_or_default();
    let after = text("retry-after").and_then(|after| {
        let seconds = after.parse::<u64>().ok().map(Duration::from_secs);
        seconds.or_else(|| Some(until(DateTime::parse_from_rfc2822(after).ok()?.to_utc())))
    });
    let reset = || Some(until(DateTime::from_timestamp(text("x-ratelimit-reset")?.parse().ok()?, 0)?));
    let retry_after = after.or_else(reset);
    let message = match retry_after {
        Some(after) => {
            format!("`{name}` is read too often, its host asks for {} s of patience", after.as_secs())
        }
        None => format!("`{name}` is read too often, its host asks for patience"),
    };
    ReadFailure::RateLimited { message, retry_after }
}

/// How long to wait before the next try; `None` where that is longer than anyone should wait for an answer.
pub fn pause(failure: &ReadFailure, tries: u32) -> Option<Duration> {
    if let ReadFailure::RateLimited { retry_after: Some(after), .. } = failure {
        return (*after <= LONGEST_PAUSE).then_some(*after + jitter(Duration::from_millis(250)));
    }
    let full = Duration::from_millis(200).saturating_mul(1 << tries.min(6));
    Some(full / 2 + jitter(full / 2))
}

/// Somewhere between nothing and all of it.
fn jitter(full: Duration) -> Duration {
    let [random, ..] = Uuid::new_v4().into_bytes();
    full.mul_f64(f64::from(random) / 255.0)
}

fn unavailable(url: &Url) -> ReadFailure {
    ReadFailure::Unavailable(format!("`{}` cannot be read now", shown(url)))
}

fn failure_of(url: &Url, error: &reqwest::Error) -> ReadFailure {
    let mut cause = Some(error as &dyn Error);
    while let Some(error) = cause {
        if let Some(refused) = error.downcast_ref::<PrivateAddress>() {
            return ReadFailure::NotAllowed(refused.to_string());
        }
        cause = error.source();
    }
    let reason = if error.is_timeout() {
        "it did not answer in time"
    } else if error.is_connect() {
        "its host cannot be reached"
    } else {
        "its answer broke off"
    };
    tracing::debug!(url = shown(url), error = error as &dyn Error, "a URL could not be read");
    ReadFailure::Unavailable(format!("`{}` cannot be read now: {reason}", shown(url)))
}
