use std::fmt::Write;

use url::Url;

/// A form that a text must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    ApiVersion,
    Kind,
    Name,
    Namespace,
    Key,
    LabelValue,
    Tag,
    Url,
    NotBlank,
}

impl Format {
    pub(crate) fn accepts(self, text: &str) -> bool {
        match self {
            Self::ApiVersion => has_prefix_and_suffix(text, |suffix| {
                is_within(suffix, 63) && suffix.bytes().all(|byte| byte.is_ascii_alphanumeric())
            }),
            Self::Kind => {
                is_within(text, 63)
                    && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
                    && text.as_bytes()[0].is_ascii_alphabetic()
            }
            Self::Name => is_name(text),
            Self::Namespace => is_label(text, u8::is_ascii_alphanumeric),
            Self::Key => has_prefix_and_suffix(text, is_name),
            Self::LabelValue => text.is_empty() || is_name(text),
            Self::Tag => {
                is_within(text, 63)
                    && text.split('-').all(|part| {
                        !part.is_empty()
                            && part.bytes().all(|byte| {
                                byte.is_ascii_lowercase()
                                    || byte.is_ascii_digit()
                                    || matches!(byte, b':' | b'+' | b'#')
                            })
                    })
            }
            Self::Url => Url::parse(text).is_ok(),
            Self::NotBlank => !text.trim().is_empty(),
        }
    }

    /// What is expected, to follow "must be".
    pub(crate) const fn expectation(self) -> &'static str {
        match self {
            Self::ApiVersion => {
                "1 to 63 characters of [A-Za-z0-9], after an optional lower-case domain and `/`, as in `backstage.io/v1alpha1`"
            }
            Self::Kind => "1 to 63 characters of [A-Za-z0-9] that start with a letter",
            Self::Name => "1 to 63 characters of [A-Za-z0-9] separated by [-_.]",
            Self::Namespace => "1 to 63 characters of [A-Za-z0-9] separated by [-]",
            Self::Key => {
                "1 to 63 characters of [A-Za-z0-9] separated by [-_.], after an optional lower-case domain and `/`, as in `example.com/name`"
            }
            Self::LabelValue => "empty, or 1 to 63 characters of [A-Za-z0-9] separated by [-_.]",
            Self::Tag => "1 to 63 characters of [a-z0-9:+#] separated by [-]",
            Self::Url => "an absolute URL, as in `https://example.com/page`",
            Self::NotBlank => "a text that is not blank",
        }
    }

    /// The nearest text of this form, if there is an obvious one.
    pub(crate) fn suggestion(self, text: &str) -> Option<String> {
        let candidate = match self {
            Self::Name | Self::LabelValue => {
                joined(text, |letter| letter.is_ascii_alphanumeric() || "-_.".contains(letter))
            }
            Self::Namespace => joined(text, |letter| letter.is_ascii_alphanumeric() || letter == '-'),
            Self::Tag => joined(&text.to_lowercase(), |letter| {
                letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-:+#".contains(letter)
            }),
            Self::Kind => text.chars().filter(char::is_ascii_alphanumeric).collect(),
            Self::Url
                if text.contains('.') && !text.contains([':', ' ']) && !text.starts_with(['.', '/']) =>
            {
                format!("https://{text}")
            }
            _ => return None,
        };
        (!candidate.is_empty() && candidate != text && self.accepts(&candidate)).then_some(candidate)
    }
}

/// Whatever is not kept becomes one `-`.
fn joined(text: &str, is_kept: impl Fn(char) -> bool) -> String {
    let parts = text.split(|letter| !is_kept(letter)).map(|part| part.trim_matches(['-', '_', '.']));
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

fn is_within(text: &str, length: usize) -> bool {
    !text.is_empty() && text.len() <= length
}

fn is_name(text: &str) -> bool {
    let is_edge = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = text.as_bytes();
    is_within(text, 63)
        && is_edge(bytes.first())
        && is_edge(bytes.last())
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

fn is_label(text: &str, is_letter: impl Fn(&u8) -> bool) -> bool {
    let bytes = text.as_bytes();
    is_within(text, 63)
        && bytes.first().is_some_and(&is_letter)
        && bytes.last().is_some_and(&is_letter)
        && bytes.iter().all(|byte| is_letter(byte) || *byte == b'-')
}

fn has_prefix_and_suffix(text: &str, is_suffix: impl Fn(&str) -> bool) -> bool {
    match text.split_once('/') {
        None => is_suffix(text),
        Some((prefix, suffix)) => {
            let is_domain = is_within(prefix, 253)
                && prefix
                    .split('.')
                    .all(|label| is_label(label, |byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()));
            is_domain && is_suffix(suffix)
        }
    }
}

/// A text in backticks, shortened and on one line, fit for a message.
pub(crate) fn shown(text: &str) -> String {
    let mut shown = String::from("`");
    for (count, letter) in text.chars().enumerate() {
        if count == 100 {
            shown.push('…');
            break;
        }
        if letter.is_control() {
            let _ = write!(shown, "{}", letter.escape_default());
        } else {
            shown.push(letter);
        }
    }
    shown.push('`');
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(format: Format, accepted: &[&str], refused: &[&str]) {
        for text in accepted {
            assert!(format.accepts(text), "{format:?} should accept {text:?}");
        }
        for text in refused {
            assert!(!format.accepts(text), "{format:?} should refuse {text:?}");
        }
    }

    #[test]
    fn api_versions_are_an_optional_domain_and_a_version() {
        let long = "v".repeat(64);
        let long_domain = format!("{}/v1", ["a"; 130].join("."));
        table(
            Format::ApiVersion,
            &["v1", "backstage.io/v1alpha1", "a-b.c/V1", &"v".repeat(63)],
            &["", "a/b/c", "v1_1", "Foo.com/v1", "/v1", "a/", "a..b/v1", "-a/v1", &long, &long_domain],
        );
    }

    #[test]
    fn kinds_are_letters_and_digits() {
        table(Format::Kind, &["API", "a1", &"k".repeat(63)], &["", "My-Kind", "1a", "A b", &"k".repeat(64)]);
    }

    #[test]
    fn names_are_parts_joined_by_dash_underscore_or_dot() {
        table(
            Format::Name,
            &["a", "A.b_c-d", "a--b", "0", &"n".repeat(63)],
            &["", "-a", "a-", ".a", "a b", "ä", "a/b", &"n".repeat(64)],
        );
    }

    #[test]
    fn namespaces_are_parts_joined_by_dashes() {
        table(
            Format::Namespace,
            &["a", "Team-A", "a--b", &"n".repeat(63)],
            &["", "a.b", "a_b", "-a", "a-", &"n".repeat(64)],
        );
    }

    #[test]
    fn label_and_annotation_keys_have_an_optional_lower_case_domain() {
        let long_domain = format!("{}/x", ["a"; 128].join("."));
        table(
            Format::Key,
            &["a", "A.b", "foo.com/x", "backstage.io/techdocs-ref", "a/B_c"],
            &["", "Foo.com/x", "a/b/c", "/x", "foo.com/", "foo_bar/x", &long_domain],
        );
        table(Format::LabelValue, &["", "a", "A.b"], &["a b", "-", &"v".repeat(64)]);
    }

    #[test]
    fn tags_are_lower_case_parts() {
        table(
            Format::Tag,
            &["c++", "c#", "a:b", "java-17", &"t".repeat(63)],
            &["", "Java", "a_b", "a--b", "-a", "a-", "a b", &"t".repeat(64)],
        );
    }

    #[test]
    fn urls_are_absolute() {
        table(
            Format::Url,
            &["https://a.b/c", "mailto:a@b.c", "x:y"],
            &["", "a.b/c", "./x", "/x", "https://"],
        );
    }

    #[test]
    fn a_wrong_text_suggests_a_right_one() {
        assert_eq!(Format::Name.suggestion("my service").as_deref(), Some("my-service"));
        assert_eq!(Format::Tag.suggestion("Java EE").as_deref(), Some("java-ee"));
        assert_eq!(Format::Url.suggestion("example.com/x").as_deref(), Some("https://example.com/x"));
        assert_eq!(Format::Name.suggestion("ä"), None);
    }

    #[test]
    fn shown_texts_are_short_and_on_one_line() {
        assert_eq!(shown("a\nb"), "`a\\nb`");
        assert_eq!(shown(&"x".repeat(500)).chars().count(), 103);
    }
}
