use bytes::{Bytes, BytesMut};
use callboard_kit::ReadFailure;
use futures::StreamExt;
use http::{HeaderMap, header::ETAG};
use reqwest::Response;
use url::Url;

use super::refusal::failure_of;
use crate::guard::shown;

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

/// The body of an answer, unless it is larger than `max_bytes` after decompression.
pub async fn read_body(url: &Url, response: Response, max_bytes: u64) -> Result<Fetched, ReadFailure> {
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
