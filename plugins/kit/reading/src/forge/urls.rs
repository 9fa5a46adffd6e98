use callboard_kit::{ReadFailure, Secret};
use http::{HeaderMap, HeaderName, HeaderValue, header::AUTHORIZATION};
use serde::de::DeserializeOwned;
use url::Url;

/// The parts of a URL's path, decoded; empty ones are left out.
pub fn parts(url: &Url) -> Vec<String> {
    url.path_segments().into_iter().flatten().filter(|part| !part.is_empty()).map(decoded).collect()
}

/// A part of a path as it was before it was put into a URL.
pub fn decoded(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let digits = (ahead.next(), ahead.next());
        let hex = |digit: Option<u8>| digit.and_then(|digit| char::from(digit).to_digit(16));
        match (byte, hex(digits.0), hex(digits.1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or(byte));
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| part.to_owned())
}

/// A URL with more parts; slashes inside a part are encoded.
pub fn join<'a>(base: &Url, parts: impl IntoIterator<Item = &'a str>) -> Option<Url> {
    let mut url = base.clone();
    url.path_segments_mut().ok()?.pop_if_empty().extend(parts);
    Some(url)
}

/// The parts of a path inside a repository.
pub fn path_parts(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|part| !part.is_empty())
}

/// A header that holds a secret.
pub fn secret_header(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(mut value) = HeaderValue::from_str(value) {
        value.set_sensitive(true);
        headers.insert(name, value);
    }
}

/// `Authorization: <scheme> <token>`, where there is a token.
pub fn authorization(scheme: &str, token: Option<&Secret>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    if let Some(token) = token {
        secret_header(&mut headers, AUTHORIZATION, &format!("{scheme} {}", token.expose()));
    }
    headers
}

/// What a forge answered, as JSON.
pub fn json<T: DeserializeOwned>(url: &Url, body: &[u8]) -> Result<T, ReadFailure> {
    serde_json::from_slice(body).map_err(|error| {
        // What is wrong may be quoted, whatever its length.
        let error: String = error.to_string().chars().take(200).collect();
        let message = format!("`{}` did not answer as its forge should: {error}", crate::guard::shown(url));
        ReadFailure::Unavailable(message)
    })
}

/// The address of an API: as written, else below a host.
pub fn base(written: Option<&str>, fallback: &str) -> Option<Url> {
    Url::parse(written.unwrap_or(fallback)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_decoded_and_encoded_again() {
        let url: Url = "https://example.org/a%20b/feature%2Fx/%zz/".parse().unwrap();
        assert_eq!(parts(&url), ["a b", "feature/x", "%zz"]);
        let base = "https://example.org/api/".parse().unwrap();
        assert_eq!(
            join(&base, ["a b", "feature/x"]).unwrap().as_str(),
            "https://example.org/api/a%20b/feature%2Fx"
        );
    }
}
