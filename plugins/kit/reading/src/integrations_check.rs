use callboard_kit::{Findings, Secret};
use http::HeaderValue;
use jsonwebtoken::EncodingKey;
use url::Url;

use crate::config::IntegrationsConfig;

impl IntegrationsConfig {
    /// What its types cannot say. Without it a forge whose address is no URL would not be there, and one whose token fits
    /// into no header would be asked without.
    pub fn check(&self) -> Findings {
        let mut check = Check::default();
        for (number, one) in self.github.iter().enumerate() {
            let at = |key: &str| format!("github.{number}.{key}");
            check.host(at("host"), one.host.as_deref());
            check.address(at("apiBaseUrl"), one.api_base_url.as_deref());
            check.token(at("token"), one.token.as_ref());
            for (index, app) in one.apps.iter().enumerate() {
                let key = EncodingKey::from_rsa_pem(app.private_key.expose().as_bytes());
                if key.is_err() {
                    let message = "is the private key that GitHub made for the app, an RSA key in PEM";
                    check.0.error(at(&format!("apps.{index}.privateKey")), message);
                }
                if app.app_id == 0 {
                    check.0.error(at(&format!("apps.{index}.appId")), "is the id of the app, a number");
                }
            }
        }
        for (number, one) in self.gitlab.iter().enumerate() {
            let at = |key: &str| format!("gitlab.{number}.{key}");
            check.host(at("host"), one.host.as_deref());
            check.address(at("apiBaseUrl"), one.api_base_url.as_deref());
            check.token(at("token"), one.token.as_ref());
        }
        for (number, one) in self.gitea.iter().enumerate() {
            let at = |key: &str| format!("gitea.{number}.{key}");
            check.host(at("host"), Some(&one.host));
            check.address(at("baseUrl"), one.base_url.as_deref());
            check.token(at("password"), one.password.as_ref().filter(|_| one.username.is_none()));
        }
        for (number, one) in self.bitbucket_cloud.iter().enumerate() {
            let at = |key: &str| format!("bitbucketCloud.{number}.{key}");
            check.address(at("apiBaseUrl"), one.api_base_url.as_deref());
            check.token(at("token"), one.token.as_ref());
            if number > 0 {
                check.0.error(at("username"), "there is only one Bitbucket Cloud: put all into one entry");
            }
        }
        for (number, one) in self.bitbucket_server.iter().enumerate() {
            let at = |key: &str| format!("bitbucketServer.{number}.{key}");
            check.host(at("host"), Some(&one.host));
            check.address(at("apiBaseUrl"), one.api_base_url.as_deref());
            check.token(at("token"), one.token.as_ref());
        }
        for (number, one) in self.azure.iter().enumerate() {
            let at = |key: &str| format!("azure.{number}.{key}");
            check.host(at("host"), one.host.as_deref());
            check.address(at("baseUrl"), one.base_url.as_deref());
        }
        check.0
    }
}

#[derive(Default)]
struct Check(Findings);

impl Check {
    fn host(&mut self, at: String, host: Option<&str>) {
        let is_host = |host: &str| {
            let url = Url::parse(&format!("https://{host}")).ok();
            url.is_some_and(|url| url.path() == "/" && url.username().is_empty() && url.query().is_none())
        };
        if host.is_some_and(|host| !is_host(host) || host.contains(['/', '#', '*', ' '])) {
            self.0.error(at, "is a host such as `git.example.com` or `git.example.com:8443`");
        }
    }

    fn address(&mut self, at: String, address: Option<&str>) {
        let is_address = |address: &str| {
            let url = Url::parse(address).ok();
            url.is_some_and(|url| {
                matches!(url.scheme(), "http" | "https")
                    && url.username().is_empty()
                    && url.password().is_none()
                    && url.query().is_none()
                    && url.fragment().is_none()
            })
        };
        if address.is_some_and(|address| !is_address(address)) {
            self.0.error(at, "is an address such as `https://git.example.com/api`, without credentials");
        }
    }

    fn token(&mut self, at: String, token: Option<&Secret>) {
        if token.is_some_and(|token| HeaderValue::from_str(token.expose()).is_err()) {
            self.0.error(at, "has a line break or another character that no token has");
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_would_quietly_be_left_out_is_an_error_that_says_where() {
        let config: IntegrationsConfig = serde_json::from_value(json!({
            "github": [
                { "host": "https://github.com", "apiBaseUrl": "github.com/api", "token": "a\nb" },
                { "apps": [{ "appId": 0, "privateKey": "not a key" }] },
            ],
            "gitlab": [{ "host": "git lab", "apiBaseUrl": "https://me:secret@gitlab.example/api/v4" }],
            "gitea": [{ "baseUrl": "ftp://x" }],
            "bitbucketCloud": [{ "token": "ok" }, { "apiBaseUrl": "x" }],
            "bitbucketServer": [{ "host": "b/c" }],
            "azure": [{ "host": "*.example", "baseUrl": "https://x?y" }],
        }))
        .unwrap();
        let errors = config.check().errors;
        let paths: Vec<&str> = errors.iter().map(|error| error.path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "github.0.host",
                "github.0.apiBaseUrl",
                "github.0.token",
                "github.1.apps.0.privateKey",
                "github.1.apps.0.appId",
                "gitlab.0.host",
                "gitlab.0.apiBaseUrl",
                "gitea.0.host",
                "gitea.0.baseUrl",
                "bitbucketCloud.1.apiBaseUrl",
                "bitbucketCloud.1.username",
                "bitbucketServer.0.host",
                "azure.0.host",
                "azure.0.baseUrl",
            ]
        );
        assert!(errors.iter().all(|error| !error.message.contains("secret")));
    }

    #[test]
    fn what_is_usual_is_no_error() {
        let config: IntegrationsConfig = serde_json::from_value(json!({
            "github": [{}, { "host": "GitHub.example:8443", "apiBaseUrl": "https://github.example:8443/api/v3" }],
            "gitlab": [{ "host": "gitlab.example", "token": "glpat-x" }],
            "gitea": [{ "host": "127.0.0.1:3000", "baseUrl": "http://127.0.0.1:3000/git/" }],
            "bitbucketServer": [{ "host": "[::1]:7990" }],
            "azure": [{ "host": "tfs.example" }],
        }))
        .unwrap();
        assert_eq!(config.check().errors, []);
    }
}
