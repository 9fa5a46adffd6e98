use callboard_kit::{StrictError, nearest};
use tracing_subscriber::{EnvFilter, filter::LevelFilter};
use url::Url;

use super::{CoreConfig, RemotePluginConfig};

impl CoreConfig {
    /// What its types cannot say.
    pub(super) fn faults(&self) -> Vec<StrictError> {
        let mut faults = Vec::new();
        let mut fault = |path: String, message: String| faults.push(StrictError { path, message });
        for (index, remote) in self.plugins.remote.iter().enumerate() {
            for (key, message) in remote_faults(remote, &self.plugins.remote[..index]) {
                fault(format!("plugins.remote.{index}.{key}"), message);
            }
        }
        for (path, address) in
            [("app.baseUrl", &self.app.base_url), ("backend.baseUrl", &self.backend.base_url)]
        {
            if let Some(address) = address.as_deref().filter(|address| http_url(address).is_none()) {
                fault(path.to_owned(), format!("`{address}` is not an http or https address"));
            }
        }
        for (index, origin) in self.backend.cors.origin.iter().enumerate() {
            if let Err(message) = check_origin(origin) {
                fault(format!("backend.cors.origin.{index}"), message);
            }
        }
        if self.database.max_connections == 0 {
            fault("database.maxConnections".to_owned(), "must be 1 or more".to_owned());
        }
        if let Some(url) = &self.database.url
            && !["postgres://", "postgresql://", "sqlite:"]
                .iter()
                .any(|scheme| url.expose().starts_with(scheme))
        {
            fault("database.url".to_owned(), "must begin with `postgres://` or `sqlite://`".to_owned());
        }
        if let Err(message) = check_level(&self.log.level) {
            fault("log.level".to_owned(), message);
        }
        faults.extend(self.backend.reading.check().within("backend.reading").errors);
        faults.extend(self.integrations.check().within("integrations").errors);
        faults
    }
}

fn remote_faults(remote: &RemotePluginConfig, earlier: &[RemotePluginConfig]) -> Vec<(&'static str, String)> {
    let mut faults = Vec::new();
    let is_name =
        |character: char| character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-';
    if remote.id.is_empty() || !remote.id.chars().all(is_name) {
        faults.push(("id", format!("`{}` must be lower case letters, digits and `-`", remote.id)));
    }
    if earlier.iter().any(|earlier| earlier.id == remote.id) {
        faults.push(("id", format!("there is another remote plugin `{}`", remote.id)));
    }
    if http_url(&remote.url).is_none() {
        faults.push(("url", format!("`{}` is not an http or https address", remote.url)));
    }
    faults
}

fn http_url(address: &str) -> Option<Url> {
    Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// The origin of an address, as browsers write it.
pub(crate) fn origin_of(address: &str) -> Option<String> {
    http_url(address).map(|url| url.origin().ascii_serialization())
}

fn check_origin(origin: &str) -> Result<(), String> {
    let Some(written) = origin_of(origin) else {
        let hint = "name each origin that may call, such as `https://wiki.example.org`";
        return Err(format!("`{origin}` is not an origin, {hint}"));
    };
    if written == origin.trim_end_matches('/') {
        Ok(())
    } else {
        Err(format!("`{origin}` is not how browsers write that origin, write `{written}`"))
    }
}

/// Accepts a level, or directives as in `info,callboard_catalog=debug`. The filter itself would take a misspelt level
/// for the name of a module.
fn check_level(directives: &str) -> Result<(), String> {
    const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];
    let is_level = |text: &str| text.parse::<LevelFilter>().is_ok();
    // What is in brackets has commas and equal signs of its own.
    let simple = if directives.contains('[') { "" } else { directives };
    for directive in simple.split(',').map(str::trim).filter(|directive| !directive.is_empty()) {
        let (target, level) = match directive.split_once('=') {
            Some((target, level)) => (Some(target), level),
            None => (None, directive),
        };
        if is_level(level) || (target.is_none() && level.contains("::")) {
            continue;
        }
        let hint = match nearest(level, LEVELS) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are `{}`", LEVELS.join("`, `")),
        };
        let module =
            if target.is_none() { format!(" (or `{level}=debug` for a module)") } else { String::new() };
        return Err(format!("`{level}` is not a level, {hint}{module}"));
    }
    EnvFilter::try_new(directives)
        .map(drop)
        .map_err(|error| format!("`{directives}` cannot be read: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_level_is_not_taken_for_a_module() {
        for level in [
            "info",
            "WARN",
            "off",
            "info,callboard_catalog=debug",
            "callboard_api::server",
            "debug,a=trace",
            "[span{a=1}]=info",
        ] {
            assert_eq!(check_level(level), Ok(()), "{level}");
        }
        assert!(check_level("inof").unwrap_err().contains("did you mean `info`?"));
        assert!(check_level("info,callboard_catalog=debgu").unwrap_err().contains("did you mean `debug`?"));
        assert!(check_level("loud").unwrap_err().contains("there are `off`"));
    }

    #[test]
    fn an_origin_is_written_as_browsers_write_it() {
        for origin in ["https://wiki.example.org", "http://localhost:3000", "https://wiki.example.org/"] {
            assert_eq!(check_origin(origin), Ok(()), "{origin}");
        }
        for (origin, told) in [
            ("*", "name each origin"),
            ("wiki.example.org", "name each origin"),
            ("ftp://wiki.example.org", "name each origin"),
            ("https://wiki.example.org/path", "write `https://wiki.example.org`"),
            ("https://Wiki.example.org:443", "write `https://wiki.example.org`"),
        ] {
            let message = check_origin(origin).unwrap_err();
            assert!(message.contains(told), "{origin}: {message}");
        }
    }
}
