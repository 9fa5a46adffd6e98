use std::{error::Error, time::Duration};

use callboard_kit::ReadFailure;
use chrono::{DateTime, Utc};
use http::{HeaderMap, HeaderValue, header::RETRY_AFTER};
use reqwest::Response;
use url::Url;

use crate::guard::{PrivateAddress, shown};

/// The longest patience that a host is granted: whatever it asks for, it is asked again after that.
const LONGEST_PATIENCE: Duration = Duration::from_hours(1);

/// What an answer means that is not what was asked for with `headers`.
pub fn refusal(url: &Url, response: &Response, headers: &HeaderMap, now: DateTime<Utc>) -> ReadFailure {
    let (status, name) = (response.status(), shown(url));
    let hint = if headers.values().any(HeaderValue::is_sensitive) {
        "; its token may not read it, or it is not there"
    } else {
        "; without a token in `integrations` only what is public can be read"
    };
    let is_exhausted = response.headers().get("x-ratelimit-remaining").is_some_and(|left| left == "0");
    let asks_for_patience = response.headers().contains_key(RETRY_AFTER);
    match status.as_u16() {
        429 => limited(&format!("`{name}` is read too often, its host asks for"), response, now),
        403 if is_exhausted || asks_for_patience => {
            limited(&format!("`{name}` is read too often, its host asks for"), response, now)
        }
        500..=599 if asks_for_patience => {
            let message = format!("`{name}` cannot be read now: its host answers {status} and asks for");
            limited(&message, response, now)
        }
        404 | 410 => ReadFailure::NotFound(format!("`{name}` does not exist{hint}")),
        401 | 403 | 407 => ReadFailure::Unauthorized(format!("`{name}` may not be read: {status}{hint}")),
        // Azure DevOps gives those whom it does not know the page to sign in at.
        203 => ReadFailure::Unauthorized(format!("`{name}` may not be read: its host wants a sign-in{hint}")),
        400..=499 => ReadFailure::Invalid(format!("`{name}` cannot be read: its host answers {status}")),
        _ => ReadFailure::Unavailable(format!("`{name}` cannot be read now: its host answers {status}")),
    }
}

fn limited(message: &str, response: &Response, now: DateTime<Utc>) -> ReadFailure {
    let text = |header: &str| response.headers().get(header).and_then(|value| value.to_str().ok());
    let until = |at: DateTime<Utc>| (at - now).to_std().unwrap_or_default();
    let after = text("retry-after").and_then(|after| {
        let seconds = after.parse::<u64>().ok().map(Duration::from_secs);
        seconds.or_else(|| Some(until(DateTime::parse_from_rfc2822(after).ok()?.to_utc())))
    });
    let reset = || Some(until(DateTime::from_timestamp(text("x-ratelimit-reset")?.parse().ok()?, 0)?));
    let retry_after = after.or_else(reset).map(|after| after.min(LONGEST_PATIENCE));
    let message = match retry_after {
        Some(after) => format!("{message} {} s of patience", after.as_secs()),
        None => format!("{message} patience"),
    };
    ReadFailure::RateLimited { message, retry_after }
}

pub fn unavailable(url: &Url) -> ReadFailure {
    ReadFailure::Unavailable(format!("`{}` cannot be read now", shown(url)))
}

/// What it means that a host cannot be asked, or stops in the middle of its answer.
pub fn failure_of(url: &Url, error: &reqwest::Error) -> ReadFailure {
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
    // The error itself names the URL with its query, which may be secret.
    tracing::debug!(url = shown(url), reason, error = error.source(), "a URL could not be read");
    ReadFailure::Unavailable(format!("`{}` cannot be read now: {reason}", shown(url)))
}
