use callboard_kit::Findings;
use http::{HeaderName, HeaderValue};
use url::Url;

use super::{CredentialsConfig, EndpointConfig, ProxyConfig};
use crate::{
    headers::{is_connections_own, never_passed_on},
    path::Paths,
    rewrite::Rewrites,
};

/// The methods that an endpoint may allow.
const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// The name of an endpoint with a slash at its beginning and none at its end.
pub(crate) fn endpoint_name(written: &str) -> String {
    format!("/{}", written.trim_matches('/'))
}

impl ProxyConfig {
    /// What its types cannot say.
    pub(crate) fn check(&self) -> Findings {
        let mut findings = Findings::default();
        let mut known: Vec<String> = Vec::new();
        for (written, endpoint) in &self.endpoints {
            let name = endpoint_name(written);
            if let Err(message) = check_name(&name) {
                findings.error(format!("endpoints.{written}"), message);
            }
            if known.contains(&name) {
                findings.error(format!("endpoints.{written}"), format!("there is another endpoint `{name}`"));
            }
            known.push(name);
            let found = endpoint.0.check().within(&format!("endpoints.{written}"));
            findings.errors.extend(found.errors);
            findings.warnings.extend(found.warnings);
        }
        findings
    }
}

fn check_name(name: &str) -> Result<(), String> {
    let is_plain = |part: &str| {
        !part.is_empty()
            && !matches!(part, "." | "..")
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
    };
    if name[1..].split('/').all(is_plain) {
        return Ok(());
    }
    Err("must be a path of letters, digits and `-`, `.`, `_`, `~`, such as `/status` or `/status/v1`"
        .to_owned())
}

impl EndpointConfig {
    fn check(&self) -> Findings {
        let mut findings = Findings::default();
        if let Err(message) = check_target(&self.target) {
            findings.error("target", message);
        }
        for (name, value) in &self.headers {
            let key = format!("headers.{name}");
            match name.parse::<HeaderName>() {
                Err(_) => findings.error(key, format!("`{name}` is not the name of a header")),
                Ok(header) if is_connections_own(&header) => {
                    findings
                        .error(key, format!("`{name}` is for the connection, which the server looks after"));
                }
                // What it is must not be told.
                Ok(_) if HeaderValue::from_str(value.expose()).is_err() => {
                    findings.error(key, "has letters that a header cannot have, such as an end of line");
                }
                Ok(header)
                    if header == http::header::AUTHORIZATION
                        && self.credentials == CredentialsConfig::Forward =>
                {
                    findings
                        .error(key, "with `credentials: forward` the target is sent a token of the portal");
                }
                Ok(_) => {}
            }
        }
        if self.allowed_methods.is_empty() {
            findings.error("allowedMethods", "name one at least");
        }
        for (index, method) in self.allowed_methods.iter().enumerate() {
            if !METHODS.contains(&method.to_ascii_uppercase().as_str()) {
                let message = format!("`{method}` is not one of `{}`", METHODS.join("`, `"));
                findings.error(format!("allowedMethods.{index}"), message);
            }
        }
        for (index, name) in self.allowed_headers.iter().enumerate() {
            let key = format!("allowedHeaders.{index}");
            match name.parse::<HeaderName>() {
                Err(_) => findings.error(key, format!("`{name}` is not the name of a header")),
                Ok(header) => {
                    if let Some(reason) = never_passed_on(&header) {
                        findings.error(key, format!("`{name}` is never passed on: {reason}"));
                    }
                }
            }
        }
        if let Err((pattern, message)) = Rewrites::new(&self.path_rewrite) {
            findings.error(format!("pathRewrite.{pattern}"), message);
        }
        if let Err((index, message)) = Paths::new(self.paths.as_deref()) {
            findings.error(format!("paths.{index}"), message);
        }
        if self.timeout.0.is_zero() {
            findings.error("timeout", "must be longer than nothing");
        }
        if !self.change_origin {
            findings.error("changeOrigin", "is always true: the target is told its own host");
        }
        if self.credentials == CredentialsConfig::DangerouslyAllowUnauthenticated && !self.headers.is_empty()
        {
            let message = "everyone who reaches the portal acts with the `headers` of this endpoint";
            findings.warning("credentials", message);
        }
        findings
    }
}

fn check_target(target: &str) -> Result<(), String> {
    let url =
        Url::parse(target).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let Some(url) = url else {
        return Err("is not an http or https address such as `https://status.example.org/api`".to_owned());
    };
    if !url.username().is_empty() || url.password().is_some() {
        return Err("has a user or a password: put them into `headers`, as `Authorization`".to_owned());
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("must end with its path, without `?` and `#`".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn errors(name: &str, endpoint: &Value) -> Vec<String> {
        let config: ProxyConfig = serde_json::from_value(json!({ "endpoints": { name: endpoint } })).unwrap();
        config.check().errors.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn names_are_plain_paths() {
        let target = json!("https://a.example");
        for name in ["/status", "status", "/status/v1", "/a.b_c~d-1/"] {
            assert_eq!(errors(name, &target), [] as [&str; 0], "{name}");
        }
        for name in ["", "/", "/a//b", "/..", "/a/../b", "/a b", "/a%2fb", "/a?b", "/ä"] {
            assert!(!errors(name, &target).is_empty(), "{name}");
        }
        let twice = json!({ "endpoints": { "/a": "https://a.example", "a": "https://b.example" } });
        let twice: ProxyConfig = serde_json::from_value(twice).unwrap();
        assert_eq!(twice.check().errors[0].to_string(), "`endpoints.a`: there is another endpoint `/a`");
    }

    #[test]
    fn each_fault_is_named_with_its_key() {
        for (key, value, told) in [
            ("target", json!("status.example.org"), "`endpoints./a.target`"),
            ("target", json!("ftp://a.example"), "is not an http"),
            ("target", json!("https://u:p@a.example"), "put them into `headers`"),
            ("target", json!("https://a.example/?key=1"), "without `?`"),
            ("headers", json!({ "a b": "x" }), "`endpoints./a.headers.a b`"),
            ("headers", json!({ "host": "x" }), "for the connection"),
            ("headers", json!({ "x-key": "s3cret\nx" }), "end of line"),
            ("allowedMethods", json!([]), "name one"),
            ("allowedMethods", json!(["GET", "TRACE"]), "`endpoints./a.allowedMethods.1`: `TRACE`"),
            ("allowedHeaders", json!(["cookie"]), "`endpoints./a.allowedHeaders.0`: `cookie` is never"),
            ("allowedHeaders", json!(["Authorization"]), "credentials: forward"),
            ("allowedHeaders", json!(["set-cookie"]), "never"),
            ("allowedHeaders", json!(["X-HTTP-Method-Override"]), "another method"),
            ("pathRewrite", json!({ "^/(": "/" }), "`endpoints./a.pathRewrite.^/(`"),
            ("paths", json!(["/ok/**", "/["]), "`endpoints./a.paths.1`"),
            ("paths", json!(["v1"]), "must begin with `/`"),
            ("timeout", json!("0s"), "`endpoints./a.timeout`"),
            ("changeOrigin", json!(false), "always true"),
        ] {
            let mut endpoint = json!({ "target": "https://a.example" });
            endpoint[key] = value;
            let found = errors("/a", &endpoint).join("\n");
            assert!(found.contains(told) && !found.contains("s3cret"), "{endpoint}: {found}");
        }
        let both = json!({
            "target": "https://a.example", "credentials": "forward", "headers": { "authorization": "x" },
        });
        assert!(errors("/a", &both)[0].contains("token of the portal"));
    }

    #[test]
    fn credentials_that_everyone_uses_are_worth_a_warning() {
        let endpoint = json!({
            "target": "https://a.example", "headers": { "authorization": "x" },
            "credentials": "dangerously-allow-unauthenticated",
        });
        let config: ProxyConfig = serde_json::from_value(json!({ "endpoints": { "/a": endpoint } })).unwrap();
        assert_eq!(config.check().warnings[0].path, "endpoints./a.credentials");
    }
}
