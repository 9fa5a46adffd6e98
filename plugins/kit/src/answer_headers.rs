use std::sync::{Arc, Mutex, PoisonError};

use http::{HeaderMap, HeaderName, HeaderValue};

/// Headers that whoever looks at a request adds to its answer, e.g. a cookie that replaces the one that came. The
/// server puts it into the extensions of every request.
#[derive(Clone, Debug, Default)]
pub struct AnswerHeaders(Arc<Mutex<Vec<(HeaderName, HeaderValue)>>>);

impl AnswerHeaders {
    /// Adds a header to the answer. Nothing happens once the answer has begun.
    pub fn append(&self, name: HeaderName, value: HeaderValue) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((name, value));
    }

    /// Puts what was added into the headers of the answer.
    pub fn apply_to(&self, headers: &mut HeaderMap) {
        for (name, value) in self.0.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            headers.append(name, value);
        }
    }
}
