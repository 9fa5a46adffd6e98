use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};
use percent_encoding::percent_decode;

/// How often a path may be encoded and encoded again: whoever decodes it more than once must not find a way out in it.
const MAX_ENCODED: usize = 4;

/// Says what is wrong with the rest of a path that a client wrote: whatever the target makes of it, it stays below the
/// target's own path.
pub(crate) fn check(path: &str) -> Result<(), &'static str> {
    let well_formed = path.split('%').skip(1).all(|rest| {
        let digits = rest.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    if !well_formed {
        return Err("has a `%` that is not followed by two hexadecimal digits");
    }
    let mut seen = path.as_bytes().to_vec();
    for _ in 0..MAX_ENCODED {
        check_decoded(&seen)?;
        let decoded: Vec<u8> = percent_decode(&seen).collect();
        if decoded == seen {
            return Ok(());
        }
        seen = decoded;
    }
    Err("is encoded over and over")
}

fn check_decoded(path: &[u8]) -> Result<(), &'static str> {
    if path.iter().any(|byte| *byte == b'\\' || byte.is_ascii_control()) {
        return Err("has a backslash or a control character");
    }
    let segments: Vec<&[u8]> = path.split(|byte| *byte == b'/').collect();
    let inner = segments.get(1..segments.len().saturating_sub(1)).unwrap_or_default();
    if inner.iter().any(|segment| segment.is_empty()) {
        return Err("has two slashes beside each other");
    }
    // Some servers take what comes after a semicolon for parameters, and leave it away.
    let name = |segment: &&[u8]| segment.split(|byte| *byte == b';').next().map(<[u8]>::to_vec);
    if segments.iter().filter_map(name).any(|name| matches!(name.as_slice(), b"." | b"..")) {
        return Err("leads out of where it begins");
    }
    Ok(())
}

/// The paths below a target that may be asked for.
#[derive(Clone, Debug)]
pub(crate) struct Paths(Option<GlobSet>);

impl Paths {
    /// The paths of these globs, all without any. An error names the glob by its place.
    pub(crate) fn new(globs: Option<&[String]>) -> Result<Self, (usize, String)> {
        let Some(globs) = globs else { return Ok(Self(None)) };
        let mut set = GlobSetBuilder::new();
        for (index, text) in globs.iter().enumerate() {
            set.add(glob(text).map_err(|message| (index, message))?);
        }
        set.build().map(|set| Self(Some(set))).map_err(|error| (0, error.to_string()))
    }

    /// Whether a path may be asked for, whether the target takes `%2F` for a slash or not, and however often it decodes.
    pub(crate) fn allow(&self, path: &str) -> bool {
        let Some(set) = &self.0 else { return true };
        let mut seen = if path.is_empty() { b"/".to_vec() } else { path.as_bytes().to_vec() };
        for _ in 0..MAX_ENCODED {
            if !set.is_match(&*String::from_utf8_lossy(&seen)) {
                return false;
            }
            let decoded: Vec<u8> = percent_decode(&seen).collect();
            if decoded == seen {
                return true;
            }
            seen = decoded;
        }
        false
    }
}

fn glob(text: &str) -> Result<Glob, String> {
    if !text.starts_with('/') {
        return Err(format!("`{text}` must begin with `/`"));
    }
    let glob = GlobBuilder::new(text).literal_separator(true).build();
    glob.map_err(|error| format!("`{text}` is not a glob such as `/v1/**`: {}", error.kind()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_out_of_where_it_begins() {
        for path in [
            "",
            "/",
            "/v1/x",
            "/v1/",
            "/a..b/...",
            "/.well-known/x",
            "/projects/group%2Fname",
            "/50%25",
            "/ä%C3%A4",
            "/%ff",
        ] {
            assert_eq!(check(path), Ok(()), "{path}");
        }
        for path in [
            "/..",
            "/../x",
            "/a/../b",
            "/a/..",
            "/./a",
            "/%2e%2e/x",
            "/%2E./x",
            "/a%2f..%2fb",
            "/a/..%2f",
            "/%252e%252e/x",
            "/%25252e%25252e/x",
            "/..;/x",
            "/..;a=b/x",
            "/%2e%2e%3bx/y",
            "//evil.example",
            "/a//b",
            "/a%2f/b",
            "/%2f%2fevil.example",
            "/a\\b",
            "/..%5cx",
            "/%5c%5cevil.example",
            "/a%00",
            "/a%0d%0ax",
            "/a%7f",
            "/%",
            "/%2",
            "/%zz",
            "/%2525252525252e",
        ] {
            assert!(check(path).is_err(), "{path}");
        }
    }

    #[test]
    fn only_the_paths_that_are_named_are_allowed() {
        let paths = Paths::new(Some(&["/v1/**".to_owned(), "/projects/*/issues".to_owned()])).unwrap();
        for (path, expected) in [
            ("/v1/a", true),
            ("/v1/a/b", true),
            ("/v2/a", false),
            ("/v1", false),
            ("/V1/a", false),
            ("", false),
            ("/projects/7/issues", true),
            ("/projects/7/8/issues", false),
            // To some targets that is another path than it seems to be.
            ("/v1%2Fa", false),
            ("/projects/a%2Fb/issues", false),
            ("/projects/a%252Fb/issues", false),
            ("/projects/50%25/issues", true),
            ("/v1/a%2Fb", true),
        ] {
            assert_eq!(paths.allow(path), expected, "{path}");
        }
        assert!(Paths::new(None).unwrap().allow("/anything"));
        assert!(!Paths::new(Some(&[])).unwrap().allow("/anything"));
    }
}
