use indexmap::IndexMap;
use regex::Regex;

/// What a pattern begins with that sees the whole path.
const WHOLE: &str = "^/api/proxy/";

/// Patterns of paths and what stands in their place.
#[derive(Clone, Debug)]
pub(crate) struct Rewrites(Vec<Rewrite>);

#[derive(Clone, Debug)]
struct Rewrite {
    pattern: Regex,
    sees_whole: bool,
    replacement: String,
}

impl Rewrites {
    /// Reads the patterns, in order. An error names the pattern.
    pub(crate) fn new(written: &IndexMap<String, String>) -> Result<Self, (String, String)> {
        let read = |(pattern, replacement): (&String, &String)| {
            let compiled = Regex::new(pattern).map_err(|_| {
                let message = "is not a regular expression (there is no looking ahead or behind)";
                (pattern.clone(), message.to_owned())
            })?;
            Ok(Rewrite {
                pattern: compiled,
                sees_whole: pattern.starts_with(WHOLE),
                replacement: in_braces(replacement),
            })
        };
        written.iter().map(read).collect::<Result<_, _>>().map(Self)
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The path below the target for `rest`, which came after `name`.
    pub(crate) fn apply(&self, name: &str, rest: &str) -> String {
        let whole = format!("/api/proxy{name}{rest}");
        for rewrite in &self.0 {
            let seen = if rewrite.sees_whole { &whole } else { rest };
            if rewrite.pattern.is_match(seen) {
                let path = rewrite.pattern.replace(seen, &*rewrite.replacement).into_owned();
                return if path.is_empty() || path.starts_with('/') { path } else { format!("/{path}") };
            }
        }
        rest.to_owned()
    }
}

/// `$1x` means the first group in one language and a group `1x` in another.
fn in_braces(replacement: &str) -> String {
    let mut text = String::new();
    let mut rest = replacement;
    while let Some(at) = rest.find('$') {
        let digits = rest[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
        let end = at + 1 + digits;
        text.push_str(&rest[..at]);
        if digits > 0 {
            text.push_str("${");
            text.push_str(&rest[at + 1..end]);
            text.push('}');
        } else {
            text.push('$');
        }
        rest = &rest[end..];
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apply(rules: &[(&str, &str)], rest: &str) -> String {
        let rules = rules.iter().map(|(pattern, text)| ((*pattern).to_owned(), (*text).to_owned())).collect();
        Rewrites::new(&rules).unwrap().apply("/status", rest)
    }

    #[test]
    fn the_first_pattern_that_matches_counts() {
        for (rules, rest, expected) in [
            (&[][..], "/v1/x", "/v1/x"),
            (&[("^/old", "/new")], "/old/x", "/new/x"),
            (&[("^/old", "/new")], "/x/old", "/x/old"),
            (&[("^/old", "/new"), ("^/", "/other/")], "/old", "/new"),
            (&[("^/api/proxy/status/?", "/")], "/v1/x", "/v1/x"),
            (&[("^/api/proxy/status/v1", "/v2")], "/v1/x", "/v2/x"),
            (&[("^/(\\w+)/(\\w+)", "/$2_$1")], "/a/b", "/b_a"),
            (&[("^/a/", "")], "/a/b", "/b"),
            (&[("^/a$", "")], "/a", ""),
        ] {
            assert_eq!(apply(rules, rest), expected, "{rules:?} {rest}");
        }
    }

    #[test]
    fn what_is_no_pattern_is_named() {
        let rules = IndexMap::from([("^/(?=x)".to_owned(), "/".to_owned())]);
        assert_eq!(Rewrites::new(&rules).unwrap_err().0, "^/(?=x)");
    }
}
