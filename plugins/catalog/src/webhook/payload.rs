use std::borrow::Cow;

use http::{HeaderMap, header::CONTENT_TYPE};
use url::form_urlencoded;

/// What a sender wrote.
pub struct Payload<'b> {
    /// The body as it came, which is what is signed.
    pub body: &'b [u8],
    /// The JSON in it.
    pub json: Cow<'b, [u8]>,
}

impl<'b> Payload<'b> {
    /// Of a body: JSON, or a form that has it in `payload`, as forges send unless they are told otherwise.
    pub fn of(headers: &HeaderMap, body: &'b [u8]) -> Self {
        let type_ = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let type_ = type_.split(';').next().unwrap_or_default().trim();
        if !type_.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Self { body, json: body.into() };
        }
        let field = form_urlencoded::parse(body).find(|(name, _)| name == "payload");
        let json = field.map_or(Vec::new(), |(_, value)| value.into_owned().into_bytes());
        Self { body, json: json.into() }
    }
}
