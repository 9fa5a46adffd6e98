/// The bytes of one document, its `---` line and directives included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chunk<'text> {
    pub(crate) bytes: &'text [u8],
    /// The line in the file that `bytes` starts with, from 1.
    pub(crate) first_line: u32,
}

/// Cuts a file at its document markers.
///
/// YAML forbids `---` and `...` at the start of a line inside any content, so that cutting there needs no
/// parser, and a fault in one document cannot spread to the next.
pub(crate) fn split(text: &[u8]) -> Split<'_> {
    Split { text, at: 0, line: 1 }
}

/// The documents of a file, in order.
pub(crate) struct Split<'text> {
    text: &'text [u8],
    at: usize,
    line: u32,
}

impl<'text> Iterator for Split<'text> {
    type Item = Chunk<'text>;

    fn next(&mut self) -> Option<Chunk<'text>> {
        let (mut start, mut first_line) = (self.at, self.line);
        let mut explicit = false;
        let mut has_content = false;
        while self.at < self.text.len() {
            let rest = &self.text[self.at..];
            let length = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |end| end + 1);
            let line = &rest[..length];
            match kind_of(line) {
                Line::Start if explicit || has_content => break,
                Line::Start => explicit = true,
                Line::End if explicit || has_content => {
                    self.advance(length);
                    return Some(self.chunk(start, first_line));
                }
                Line::End => {
                    self.advance(length);
                    (start, first_line) = (self.at, self.line);
                    continue;
                }
                Line::Directive if !explicit && !has_content => {}
                Line::Blank => {}
                Line::Directive | Line::Content => has_content = true,
            }
            self.advance(length);
        }
        (explicit || has_content).then(|| self.chunk(start, first_line))
    }
}

impl<'text> Split<'text> {
    fn advance(&mut self, length: usize) {
        self.at += length;
        self.line = self.line.saturating_add(1);
    }

    fn chunk(&self, start: usize, first_line: u32) -> Chunk<'text> {
        Chunk { bytes: &self.text[start..self.at], first_line }
    }
}

enum Line {
    Start,
    End,
    Directive,
    Blank,
    Content,
}

fn kind_of(line: &[u8]) -> Line {
    let is_marker = |marker: &[u8]| {
        line.strip_prefix(marker)
            .is_some_and(|rest| rest.first().is_none_or(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')))
    };
    if is_marker(b"---") {
        return Line::Start;
    }
    if is_marker(b"...") {
        return Line::End;
    }
    if line.first() == Some(&b'%') {
        return Line::Directive;
    }
    match line.iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n')) {
        None | Some(b'#') => Line::Blank,
        Some(_) => Line::Content,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunks(text: &str) -> Vec<(u32, &str)> {
        split(text.as_bytes())
            .map(|chunk| (chunk.first_line, std::str::from_utf8(chunk.bytes).unwrap()))
            .collect()
    }

    #[test]
    fn documents_are_cut_at_markers_in_the_first_column_only() {
        assert_eq!(chunks("a: |\n ---\n x\n---\nb: 1\n"), [(1, "a: |\n ---\n x\n"), (4, "---\nb: 1\n")]);
        assert_eq!(chunks("a: 1\n--- # comment\nb: 1"), [(1, "a: 1\n"), (2, "--- # comment\nb: 1")]);
        assert_eq!(chunks("a: 1\n----\n"), [(1, "a: 1\n----\n")]);
        assert_eq!(chunks("a: 1\n...\n# end\n"), [(1, "a: 1\n...\n")]);
        assert_eq!(chunks("a: 1\r\n---\r\nb: 2\r\n"), [(1, "a: 1\r\n"), (2, "---\r\nb: 2\r\n")]);
    }

    #[test]
    fn comments_and_directives_belong_to_the_document_after_them() {
        assert_eq!(chunks("# hello\n\n%YAML 1.2\n---\na: 1\n"), [(1, "# hello\n\n%YAML 1.2\n---\na: 1\n")]);
    }

    #[test]
    fn empty_documents_count_and_an_empty_file_has_none() {
        assert_eq!(chunks(""), []);
        assert_eq!(chunks("\n# nothing\n"), []);
        assert_eq!(chunks("---\n# c\n---\na: 1"), [(1, "---\n# c\n"), (3, "---\na: 1")]);
        assert_eq!(chunks("a: 1\n---\n"), [(1, "a: 1\n"), (2, "---\n")]);
        assert_eq!(chunks("---\n...\n---\n"), [(1, "---\n...\n"), (3, "---\n")]);
        let ends = "...\n".repeat(200_000);
        assert_eq!(chunks(&ends), []);
        assert_eq!(chunks(&(ends + "a: 1\n")), [(200_001, "a: 1\n")]);
    }
}
