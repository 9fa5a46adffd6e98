mod check;

use std::{borrow::Cow, fmt};

use callboard_kit::{HumanDuration, Secret};
use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{MapAccess, Visitor, value::MapAccessDeserializer},
};

pub(crate) use check::endpoint_name;

/// Services of third parties that front ends ask through the portal.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ProxyConfig {
    /// The services by name: `/status` is asked at `/api/proxy/status/`. A text alone is the `target`.
    pub endpoints: IndexMap<String, Endpoint>,
}

/// One service, or its address alone.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Endpoint(pub EndpointConfig);

/// One service of a third party.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EndpointConfig {
    /// The address that paths are added to, e.g. `https://status.example.org/api`. Also one of a private network.
    pub target: String,
    /// Headers that the server adds, such as `Authorization`. Their values are never shown.
    #[serde(default)]
    pub headers: IndexMap<String, Secret>,
    /// The methods that may be used. Default: `GET` and `HEAD`.
    #[serde(default = "reading")]
    pub allowed_methods: Vec<String>,
    /// Headers that are passed on both ways beside those that tell nothing of the viewer.
    #[serde(default)]
    pub allowed_headers: Vec<String>,
    /// Patterns of paths and what stands in their place; the first that matches counts. One that begins with
    /// `^/api/proxy/` sees the whole path, any other what comes after the name.
    #[serde(default)]
    pub path_rewrite: IndexMap<String, String>,
    /// The paths below the target that may be asked for, as globs: `/v1/**`. Absent: all.
    #[serde(default)]
    pub paths: Option<Vec<String>>,
    /// Who may ask, and whether the target is told who does.
    #[serde(default)]
    pub credentials: CredentialsConfig,
    /// How long the target may take to begin its answer, and to go on with it.
    #[serde(default = "patience")]
    pub timeout: HumanDuration,
    /// The largest body of a request, in bytes.
    #[serde(default = "request_limit")]
    pub max_request_bytes: u64,
    /// The largest body of an answer, in bytes.
    #[serde(default = "answer_limit")]
    pub max_response_bytes: u64,
    /// Always true: the target is told its own host.
    #[serde(default = "always")]
    pub change_origin: bool,
}

/// Who may ask.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CredentialsConfig {
    /// Whoever has the permission. The target is not told who it is.
    #[default]
    Require,
    /// The same, and the target is told who asks by a short-lived token of the portal for it alone.
    Forward,
    /// Everyone who reaches the portal, also without signing in.
    DangerouslyAllowUnauthenticated,
}

fn reading() -> Vec<String> {
    vec!["GET".to_owned(), "HEAD".to_owned()]
}

const fn patience() -> HumanDuration {
    HumanDuration::from_secs(30)
}

const fn request_limit() -> u64 {
    10 << 20
}

const fn answer_limit() -> u64 {
    100 << 20
}

const fn always() -> bool {
    true
}

impl EndpointConfig {
    /// A service of which only the address is told.
    fn at(target: &str) -> Self {
        Self {
            target: target.to_owned(),
            headers: IndexMap::new(),
            allowed_methods: reading(),
            allowed_headers: Vec::new(),
            path_rewrite: IndexMap::new(),
            paths: None,
            credentials: CredentialsConfig::default(),
            timeout: patience(),
            max_request_bytes: request_limit(),
            max_response_bytes: answer_limit(),
            change_origin: always(),
        }
    }
}

impl<'de> Deserialize<'de> for Endpoint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Written;

        impl<'de> Visitor<'de> for Written {
            type Value = Endpoint;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an address or an object with a `target`")
            }

            fn visit_str<E>(self, target: &str) -> Result<Endpoint, E> {
                Ok(Endpoint(EndpointConfig::at(target)))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Endpoint, A::Error> {
                EndpointConfig::deserialize(MapAccessDeserializer::new(map)).map(Endpoint)
            }
        }

        deserializer.deserialize_any(Written)
    }
}

impl JsonSchema for Endpoint {
    fn schema_name() -> Cow<'static, str> {
        "Endpoint".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let whole = generator.subschema_for::<EndpointConfig>();
        schemars::json_schema!({ "anyOf": [{ "type": "string" }, whole] })
    }
}

#[cfg(test)]
mod tests {
    use callboard_kit::parse_strict;
    use serde_json::json;

    use super::*;

    #[test]
    fn an_address_alone_is_the_target() {
        let config: ProxyConfig =
            parse_strict("proxy", &json!({ "endpoints": { "/status": "https://status.example.org" } }))
                .unwrap();
        let endpoint = &config.endpoints["/status"].0;
        assert_eq!(endpoint.target, "https://status.example.org");
        assert_eq!(endpoint.allowed_methods, ["GET", "HEAD"]);
        assert_eq!(endpoint.credentials, CredentialsConfig::Require);
    }

    #[test]
    fn what_is_written_wrong_is_named() {
        for (endpoint, told) in [
            (json!({ "target": "x", "header": {} }), "`proxy.endpoints./a.header`: unknown key"),
            (json!({ "headers": {} }), "missing field `target`"),
            (json!({ "target": 5 }), "`proxy.endpoints./a.target`"),
            (json!(5), "an address or an object with a `target`"),
            (json!({ "target": "x", "credentials": "none" }), "dangerously-allow-unauthenticated"),
        ] {
            let section = json!({ "endpoints": { "/a": endpoint } });
            let errors = parse_strict::<ProxyConfig>("proxy", &section).unwrap_err();
            assert!(errors[0].to_string().contains(told), "{endpoint}: {}", errors[0]);
        }
    }

    #[test]
    fn secrets_are_not_shown() {
        let section = json!({ "endpoints": { "/a": { "target": "x", "headers": { "authorization": "Bearer s3cret" } } } });
        let config: ProxyConfig = parse_strict("proxy", &section).unwrap();
        let shown = format!("{config:?} {}", serde_json::to_string(&config).unwrap());
        assert!(shown.contains("***") && !shown.contains("s3cret"), "{shown}");
    }
}
