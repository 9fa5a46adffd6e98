//! Where people go after they signed in: a page of the portal, whatever a link says.

/// How long a path may be.
const MAX_LENGTH: usize = 2000;

/// The path as given where it leads to a page of the portal, else its first page.
///
/// Browsers take `\` for `/` and leave tabs and line breaks out, so that `/\evil` and `/<tab>/evil` lead elsewhere.
pub(crate) fn safe(path: Option<&str>) -> String {
    let Some(path) = path else { return "/".to_owned() };
    let is_safe = path.starts_with('/')
        && !path.starts_with("//")
        && path.len() <= MAX_LENGTH
        && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
        && !is_endpoint(path);
    if is_safe { path.to_owned() } else { "/".to_owned() }
}

/// Leading back to a sign-in would go round in circles.
fn is_endpoint(path: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    path == "/auth" || path.starts_with("/auth/") || path.split('/').any(|part| part == "." || part == "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_link_leads_out_of_the_portal() {
        for good in
            ["/", "/catalog?filters=a", "/catalog/default/component/cart#docs", "/a//b", "/x?to=https://y"]
        {
            assert_eq!(safe(Some(good)), good);
        }
        let long = format!("/{}", "a".repeat(3000));
        for bad in [
            "",
            "catalog",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "https://evil.example",
            "https:evil.example",
            "javascript:alert(1)",
            "/\t/evil.example",
            "/\n/evil.example",
            "\t//evil.example",
            " //evil.example",
            "/%0d%0a\r\nSet-Cookie: a=b",
            "/ä",
            "/a b",
            "/auth/github/start",
            "/auth",
            "/..//evil.example",
            "/./auth/github/start",
            "/x\0",
            "data:text/html,x",
            &long,
        ] {
            assert_eq!(safe(Some(bad)), "/", "{bad:?}");
        }
        assert_eq!(safe(None), "/");
    }
}
