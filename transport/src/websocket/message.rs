use callboard_kit::{GraphqlError, GraphqlResponse};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What clients send.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ClientMessage {
    /// Introduces the client, once.
    ConnectionInit { payload: Option<Map<String, Value>> },
    /// Asks for a `Pong`.
    Ping { payload: Option<Map<String, Value>> },
    /// Answers a `Ping`, or just says that the client is there.
    Pong {},
    /// Starts an operation.
    Subscribe { id: String, payload: Map<String, Value> },
    /// Ends an operation.
    Complete { id: String },
}

/// What the server sends.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ServerMessage<'a> {
    /// The client is welcome.
    ConnectionAck,
    /// Answers a `Ping`.
    Pong {
        #[serde(skip_serializing_if = "Option::is_none")]
        payload: Option<Map<String, Value>>,
    },
    /// One answer of an operation.
    Next { id: &'a str, payload: &'a GraphqlResponse },
    /// The operation could not begin, or is over.
    Error { id: &'a str, payload: &'a [GraphqlError] },
    /// The operation is done.
    Complete { id: &'a str },
}

/// The bearer token with which a client introduces itself, as a header of HTTP or bare.
pub fn bearer_of(payload: &Map<String, Value>) -> Option<&str> {
    let member = |name: &str| {
        let found = payload.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.and_then(|(_, value)| value.as_str()).map(str::trim).filter(|text| !text.is_empty())
    };
    let header = member("authorization").map(|text| match text.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        // Not a token that anyone issued; whoever checks it says so.
        _ => text,
    });
    header.or_else(|| member("token"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_token_is_found_as_a_header_or_bare() {
        for (payload, expected) in [
            (json!({ "Authorization": "Bearer abc" }), Some("abc")),
            (json!({ "authorization": "bearer  abc " }), Some("abc")),
            (json!({ "authorization": "abc" }), Some("abc")),
            (json!({ "token": "abc" }), Some("abc")),
            (json!({ "token": "other", "AUTHORIZATION": "Bearer abc" }), Some("abc")),
            (json!({ "token": "", "authorization": 5 }), None),
            (json!({}), None),
        ] {
            assert_eq!(bearer_of(payload.as_object().unwrap()), expected, "{payload}");
        }
    }
}
