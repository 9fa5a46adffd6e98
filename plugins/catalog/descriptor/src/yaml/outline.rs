use crate::{FieldPath, Segment};

/// The field that a line writes, read off the indentation of it and of the lines above.
///
/// For text that is no valid YAML, where the parser stops before it hands over what leads there. `None` where lists,
/// quoted keys or flow collections are on the way.
pub(super) fn field_of(text: &str, line: usize) -> Option<FieldPath> {
    let lines: Vec<&str> = text.lines().take(line).collect();
    let (mut indent, key) = key_of(lines.last()?)?;
    let mut keys = vec![key];
    for above in lines.iter().rev().skip(1) {
        if indent == 0 {
            break;
        }
        let content = above.trim_start();
        if content.is_empty() || content.starts_with('#') || above.len() - content.len() >= indent {
            continue;
        }
        let (outer, key) = key_of(above)?;
        keys.push(key);
        indent = outer;
    }
    let mut path = FieldPath::root();
    for key in keys.into_iter().rev() {
        path.push(Segment::Key(key.into()));
    }
    (indent == 0).then_some(path)
}

/// The columns before a plain key, and the key.
fn key_of(line: &str) -> Option<(usize, &str)> {
    let content = line.trim_start();
    let (key, rest) = content.split_once(':')?;
    let is_plain =
        !key.is_empty() && key.chars().all(|letter| letter.is_alphanumeric() || "-_./".contains(letter));
    let is_item = content.starts_with("- ");
    (is_plain && !is_item && (rest.is_empty() || rest.starts_with(' ')))
        .then_some((line.len() - content.len(), key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str, line: usize) -> Option<String> {
        field_of(text, line).map(|path| path.to_string())
    }

    #[test]
    fn the_path_is_read_off_the_indentation() {
        let text = "kind: A\nmetadata:\n  annotations:\n    a/b: c\n  # d: e\n\n  description: f: g\n";
        assert_eq!(path(text, 7).as_deref(), Some("metadata.description"));
        assert_eq!(path(text, 4).as_deref(), Some("metadata.annotations.a/b"));
        assert_eq!(path(text, 1).as_deref(), Some("kind"));
    }

    #[test]
    fn lists_and_text_have_no_outline() {
        assert_eq!(path("a:\n  - b: c: d\n", 2), None);
        assert_eq!(path("a:\n  - b: 1\n    c: d: e\n", 3), None);
        assert_eq!(path("just text", 1), None);
        assert_eq!(path("", 1), None);
    }
}
