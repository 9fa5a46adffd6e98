use callboard_kit::Findings;
use regex::{Regex, RegexBuilder};

/// The largest pattern that is taken in, compiled.
const LARGEST: usize = 1 << 20;

/// A pattern that a whole name has to match.
pub fn pattern(text: &str) -> Option<Regex> {
    build(text).ok()
}

/// An error at `key` unless a text is a pattern.
pub fn is_pattern(key: &str, text: Option<&String>, findings: &mut Findings) {
    if let Some(Err(error)) = text.map(|text| build(text)) {
        findings.error(key, format!("is no regular expression: {error}"));
    }
}

fn build(text: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(&format!("^(?:{text})$")).size_limit(LARGEST).build()
}
