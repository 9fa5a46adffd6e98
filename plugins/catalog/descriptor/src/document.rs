use serde_json::Value;

use crate::{
    DescriptorError, Fault, FieldPath, Limits, Rule,
    yaml::{self, Chunk, Positions, YamlFault},
};

/// One document of a file: what it says, or why it cannot be read.
#[derive(Clone, Debug)]
pub struct Document<'text> {
    /// Its place in the file, from 0; empty documents count.
    pub index: usize,
    /// What it is written as; empty where it is not text at all.
    pub text: &'text str,
    /// The line of the file that `text` starts with, from 1.
    pub first_line: u32,
    /// What it says; `Null` for an empty document, `None` where it cannot be read.
    pub value: Option<Value>,
    /// Why it cannot be read.
    pub errors: Vec<DescriptorError>,
}

/// Reads every document of a file; what is wrong with one does not touch the others.
///
/// Fails only where the file as a whole is refused: too large, too many documents, or not in UTF-8 at all.
pub fn parse_documents<'text>(
    text: &'text [u8],
    limits: &Limits,
) -> Result<Vec<Document<'text>>, DescriptorError> {
    if text.len() as u64 > limits.file_bytes {
        return Err(DescriptorError::of_file(Rule::TooLarge, crate::reader::too_large(limits.file_bytes)));
    }
    if text.starts_with(&[0xFE, 0xFF]) || text.starts_with(&[0xFF, 0xFE]) {
        let message = "the file is in UTF-16, save it as UTF-8";
        return Err(DescriptorError::of_file(Rule::Encoding, message));
    }
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    let chunks: Vec<Chunk<'_>> = yaml::split(text).take(limits.documents + 1).collect();
    if chunks.len() > limits.documents {
        let message = format!("the file has more than {} documents, split it", limits.documents);
        return Err(DescriptorError {
            line: chunks.last().map_or(1, |chunk| chunk.first_line),
            ..DescriptorError::of_file(Rule::TooManyDocuments, message)
        });
    }
    Ok(chunks.into_iter().enumerate().map(|(index, chunk)| Document::parse(index, chunk, limits)).collect())
}

impl<'text> Document<'text> {
    fn parse(index: usize, chunk: Chunk<'text>, limits: &Limits) -> Self {
        let first_line = chunk.first_line;
        let (text, result) = match std::str::from_utf8(chunk.bytes) {
            Ok(text) => (text, check_characters(text).and_then(|()| yaml::build(text, limits))),
            Err(error) => ("", Err(encoding_fault(chunk.bytes, error.valid_up_to()))),
        };
        let mut document = Self { index, text, first_line, value: None, errors: Vec::new() };
        match result {
            Ok(value) => document.value = Some(value),
            Err(fault) => {
                let mut error = document.place(fault);
                if error.0.rule == Rule::DuplicateKey
                    && let Some((line, _)) = Positions::of(text, limits, [&error.1]).find(&error.1, true)
                {
                    let line = document.line_of(line);
                    error.0.message += "; the first is on line ";
                    error.0.message += &line.to_string();
                }
                document.errors.push(error.0);
            }
        }
        document
    }

    /// Whether there is nothing in it, which is neither an entity nor an error.
    pub fn is_empty(&self) -> bool {
        matches!(self.value, Some(Value::Null))
    }

    /// Says where each fault is written.
    pub fn locate(&self, faults: Vec<Fault>) -> Vec<DescriptorError> {
        if faults.is_empty() {
            return Vec::new();
        }
        let paths = faults.iter().map(|fault| &fault.path);
        let positions = Positions::of(self.text, &Limits::default(), paths);
        faults.into_iter().map(|fault| self.locate_in(&positions, fault)).collect()
    }

    fn locate_in(&self, positions: &Positions, fault: Fault) -> DescriptorError {
        let at_key = matches!(fault.rule, Rule::UnknownField | Rule::Required | Rule::Placeholder);
        let (line, column) = positions.find(&fault.path, at_key).unwrap_or((1, 1));
        DescriptorError {
            line: self.line_of(line),
            column: u32::try_from(column).unwrap_or(u32::MAX),
            path: fault.path.to_string(),
            rule: fault.rule,
            message: fault.message,
        }
    }

    fn place(&self, fault: YamlFault) -> (DescriptorError, FieldPath) {
        let error = DescriptorError {
            line: self.line_of(fault.line),
            column: u32::try_from(fault.column).unwrap_or(u32::MAX),
            path: fault.path.to_string(),
            rule: fault.rule,
            message: fault.message,
        };
        (error, fault.path)
    }

    fn line_of(&self, line: usize) -> u32 {
        self.first_line.saturating_add(u32::try_from(line.saturating_sub(1)).unwrap_or(u32::MAX))
    }
}

/// Refuses what YAML does not allow, NUL first of all: parsers take it for the end of the text.
fn check_characters(text: &str) -> Result<(), YamlFault> {
    let is_forbidden = |byte: &u8| (*byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) || *byte == 0x7F;
    let Some(at) = text.as_bytes().iter().position(is_forbidden) else { return Ok(()) };
    let (line, column) = line_and_column(&text.as_bytes()[..at]);
    let message = format!(
        "the control character 0x{:02X} is not allowed here, remove it or write it as an escape in double quotes",
        text.as_bytes()[at]
    );
    Err(YamlFault { line, column, path: FieldPath::root(), rule: Rule::ControlCharacter, message })
}

fn encoding_fault(bytes: &[u8], at: usize) -> YamlFault {
    let (line, column) = line_and_column(&bytes[..at]);
    let message = format!("the byte 0x{:02X} is not UTF-8, save the file as UTF-8", bytes[at]);
    YamlFault { line, column, path: FieldPath::root(), rule: Rule::Encoding, message }
}

fn line_and_column(before: &[u8]) -> (usize, usize) {
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let line = before.split(|byte| *byte == b'\n').count();
    (line, String::from_utf8_lossy(&before[line_start..]).chars().count() + 1)
}
