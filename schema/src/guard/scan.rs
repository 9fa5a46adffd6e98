use super::TooComplex;

/// Brackets nested deeper than this would cost the parser its stack, whatever the limits say.
const MAX_NESTING: usize = 120;

/// Counts the document's tokens and nesting without building anything.
pub(crate) fn check_text(query: &str, max_tokens: usize) -> Result<(), TooComplex> {
    let bytes = query.as_bytes();
    let (mut at, mut tokens, mut nesting) = (0, 0_usize, 0_usize);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' | b',' | 0xEF | 0xBB | 0xBF => {
                at += 1;
                continue;
            }
            b'#' => {
                while bytes.get(at).is_some_and(|byte| !matches!(byte, b'\n' | b'\r')) {
                    at += 1;
                }
                continue;
            }
            b'"' => at = end_of_string(bytes, at),
            b'{' | b'(' | b'[' => {
                nesting += 1;
                if nesting > MAX_NESTING {
                    return Err(TooComplex::Depth(MAX_NESTING));
                }
                at += 1;
            }
            b'}' | b')' | b']' => {
                nesting = nesting.saturating_sub(1);
                at += 1;
            }
            byte if is_word(byte) => {
                while bytes.get(at).copied().is_some_and(is_word) {
                    at += 1;
                }
            }
            _ => at += 1,
        }
        tokens += 1;
        if tokens > max_tokens {
            return Err(TooComplex::Tokens(max_tokens));
        }
    }
    Ok(())
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn end_of_string(bytes: &[u8], start: usize) -> usize {
    if bytes[start..].starts_with(b"\"\"\"") {
        let mut at = start + 3;
        while at < bytes.len() {
            if bytes[at..].starts_with(b"\\\"\"\"") {
                at += 4;
            } else if bytes[at..].starts_with(b"\"\"\"") {
                return at + 3;
            } else {
                at += 1;
            }
        }
        return at;
    }
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' => return at + 1,
            b'\n' | b'\r' => return at,
            _ => at += 1,
        }
    }
    at.min(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_in_strings_and_comments_do_not_nest() {
        let many = "{".repeat(500);
        assert!(check_text(&format!("{{ a(b: \"{many}\") }} # {many}"), 100).is_ok());
        assert!(check_text(&format!("{{ a(b: \"\"\"{many} \\\"\"\" {many}\"\"\") }}"), 100).is_ok());
        assert!(matches!(check_text(&many, 10_000), Err(TooComplex::Depth(_))));
    }

    #[test]
    fn tokens_are_counted_like_the_parser_does() {
        assert!(check_text("{ a b c }", 5).is_ok());
        assert!(matches!(check_text("{ a b c }", 4), Err(TooComplex::Tokens(4))));
    }
}
