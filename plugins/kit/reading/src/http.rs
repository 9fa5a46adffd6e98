mod fetched;
mod kept;
mod patience;
mod redirect;
mod refusal;
mod stream;
mod turns;

use std::{sync::Arc, time::Duration};

use callboard_kit::{Clock, ReadFailure};
use http::{HeaderMap, Method, StatusCode};
use reqwest::{Client, Response, redirect::Policy};
use url::Url;

use self::{
    kept::{Keep, Kept},
    redirect::{MAX_REDIRECTS, Way},
    refusal::{failure_of, refusal, unavailable},
    turns::Turns,
};
use crate::{
    config::ReadingConfig,
    guard::{Guard, PublicOnly, Reach, shown},
};

pub use fetched::Fetched;
pub use patience::{MAX_TRIES, pause};
pub use stream::Streamed;

/// How long connecting may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Reads URLs, guarded: the only way out for what others wrote.
#[derive(Clone, Debug)]
pub struct Http(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// Connects to addresses of the public Internet only.
    public: Client,
    /// Connects to any, for what a rule says that of.
    private: Client,
    guard: Guard,
    clock: Clock,
    max_bytes: u64,
    timeout: Duration,
    turns: Turns,
    keep: Keep,
}

impl Http {
    /// Reads what `guard` lets be read, within the limits of `config`.
    pub fn new(config: &ReadingConfig, guard: Guard, clock: Clock) -> Result<Self, reqwest::Error> {
        let client = || {
            Client::builder()
                .user_agent(concat!("callboard/", env!("CARGO_PKG_VERSION")))
                .redirect(Policy::none())
                .no_proxy()
                .referer(false)
                .connect_timeout(CONNECT_TIMEOUT)
        };
        Ok(Self(Arc::new(Inner {
            public: client().dns_resolver(Arc::new(PublicOnly)).build()?,
            private: client().build()?,
            guard,
            clock,
            max_bytes: config.max_bytes,
            timeout: config.timeout.0,
            turns: Turns::default(),
            keep: Keep::default(),
        })))
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
        let key = kept::key_of(url, headers);
        let kept = self.0.keep.find(&key);
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
                    self.0.keep.add(key, &fetched);
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
        let sent = async {
            let reach = self.0.guard.check(url)?;
            let _turn = self.0.turns.take(url).await?;
            let response = self.request(reach, method, url, headers, body).await?;
            let response = self.success(url, response, headers)?;
            fetched::read_body(url, response, self.0.max_bytes).await
        };
        tokio::time::timeout(self.0.timeout, sent).await.unwrap_or_else(|_| Err(unavailable(url)))
    }

    /// `None` where the host says that nothing has changed.
    async fn ask(
        &self,
        url: &Url,
        headers: &HeaderMap,
        kept: Option<&Kept>,
        max_bytes: u64,
    ) -> Result<Option<Fetched>, ReadFailure> {
        let mut headers = headers.clone();
        if let Some(kept) = kept {
            headers.extend(kept.condition());
        }
        let mut way = Way::new(url, headers);
        for _ in 0..=MAX_REDIRECTS {
            let reach = self.0.guard.check(&way.url)?;
            let _turn = self.0.turns.take(&way.url).await?;
            let response = self.request(reach, Method::GET, &way.url, &way.headers, None).await?;
            if response.status() == StatusCode::NOT_MODIFIED && kept.is_some() {
                return Ok(None);
            }
            if way.follow(&response)? {
                continue;
            }
            let response = self.success(&way.url, response, &way.headers)?;
            return fetched::read_body(&way.url, response, max_bytes).await.map(Some);
        }
        Err(way.too_long())
    }

    async fn request(
        &self,
        reach: Reach,
        method: Method,
        url: &Url,
        headers: &HeaderMap,
        body: Option<Vec<u8>>,
    ) -> Result<Response, ReadFailure> {
        let client = match reach {
            Reach::Public => &self.0.public,
            Reach::Private => &self.0.private,
        };
        let mut request = client.request(method, url.clone()).headers(headers.clone());
        if let Some(body) = body {
            request = request.body(body);
        }
        request.send().await.map_err(|error| failure_of(url, &error))
    }

    fn success(&self, url: &Url, response: Response, headers: &HeaderMap) -> Result<Response, ReadFailure> {
        let is_answer =
            response.status().is_success() && response.status() != StatusCode::NON_AUTHORITATIVE_INFORMATION;
        if is_answer { Ok(response) } else { Err(refusal(url, &response, headers, self.0.clock.now())) }
    }
}
