//! The cookies of the portal: never readable by scripts, never sent along by pages of other sites but for links.

use http::{HeaderMap, HeaderValue, header::COOKIE};

use crate::sign_in::LIFETIME;

/// The header that only scripts of the portal's own pages can add.
pub(crate) const CSRF_HEADER: &str = "x-callboard-csrf";

/// Names and flags of the cookies.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cookies {
    /// Whether the portal is opened by `https`.
    secure: bool,
}

impl Cookies {
    pub(crate) fn new(base_url: &str) -> Self {
        Self { secure: base_url.starts_with("https:") }
    }

    /// The prefix binds a cookie to this very host, so that no neighbour below the same domain can plant one.
    fn name(self, name: &str) -> String {
        if self.secure { format!("__Host-{name}") } else { name.to_owned() }
    }

    fn set(self, name: &str, value: &str, max_age: i64) -> Option<HeaderValue> {
        let secure = if self.secure { "; Secure" } else { "" };
        let name = self.name(name);
        let text = format!("{name}={value}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Lax{secure}");
        HeaderValue::from_str(&text).ok()
    }

    /// Keeps a session's token.
    pub(crate) fn session(self, token: &str, max_age: std::time::Duration) -> Option<HeaderValue> {
        self.set("callboard-session", token, i64::try_from(max_age.as_secs()).unwrap_or(i64::MAX))
    }

    /// Forgets the session's token.
    pub(crate) fn no_session(self) -> Option<HeaderValue> {
        self.set("callboard-session", "", 0)
    }

    /// The session's token, where the browser has one.
    pub(crate) fn session_of(self, headers: &HeaderMap) -> Option<&str> {
        find(headers, &self.name("callboard-session")).filter(|token| token.len() <= 100)
    }

    /// Keeps a sign-in that was begun.
    pub(crate) fn transaction(self, slot: u8, sealed: &str) -> Option<HeaderValue> {
        self.set(&format!("callboard-sign-in-{slot}"), sealed, LIFETIME.num_seconds())
    }

    /// Forgets a sign-in.
    pub(crate) fn no_transaction(self, slot: u8) -> Option<HeaderValue> {
        self.set(&format!("callboard-sign-in-{slot}"), "", 0)
    }

    /// The sign-in that was begun, where this browser has it.
    pub(crate) fn transaction_of(self, headers: &HeaderMap, slot: u8) -> Option<&str> {
        find(headers, &self.name(&format!("callboard-sign-in-{slot}"))).filter(|sealed| sealed.len() <= 8192)
    }
}

fn find<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(known, _)| *known == name).map(|(_, value)| value).filter(|value| !value.is_empty())
}

/// Whether a request was made by a script of the portal's own pages.
pub(crate) fn has_csrf_header(headers: &HeaderMap) -> bool {
    headers.get(CSRF_HEADER).is_some_and(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_bound_to_the_host_where_there_is_tls() {
        let of = |base: &str| Cookies::new(base).session("t", std::time::Duration::from_mins(1)).unwrap();
        assert_eq!(
            of("https://portal.example.com"),
            "__Host-callboard-session=t; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure"
        );
        assert_eq!(
            of("http://127.0.0.1:7007"),
            "callboard-session=t; Path=/; Max-Age=60; HttpOnly; SameSite=Lax"
        );
    }

    #[test]
    fn only_the_cookie_of_that_very_name_is_read() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, "xcallboard-session=a; callboard-session=; a=b".parse().unwrap());
        let plain = Cookies::new("http://127.0.0.1");
        assert_eq!(plain.session_of(&headers), None);
        headers.append(COOKIE, "callboard-session=right".parse().unwrap());
        assert_eq!(plain.session_of(&headers), None);
        headers.clear();
        headers.append(COOKIE, "a=b; callboard-session=right".parse().unwrap());
        assert_eq!(plain.session_of(&headers), Some("right"));
        assert_eq!(Cookies::new("https://x").session_of(&headers), None);
    }
}
