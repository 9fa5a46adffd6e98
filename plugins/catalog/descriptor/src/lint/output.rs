use std::io::{self, Write};

use super::LintDocument;

/// How findings are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// A line for each error, `file:line:column: message`, and a sentence at the end.
    #[default]
    Text,
    /// A line of JSON for each document.
    Json,
}

/// Writes the document as a line of JSON.
pub fn write_json_line(found: &LintDocument, output: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *output, found)?;
    output.write_all(b"\n")
}

/// Writes each error as `file:line:column: message`.
pub fn write_text(found: &LintDocument, output: &mut dyn Write) -> io::Result<()> {
    for error in &found.errors {
        writeln!(output, "{}:{error} [{}]", found.file, error.rule.as_str())?;
    }
    Ok(())
}

/// How many documents there were.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) valid: usize,
    pub(super) invalid: usize,
    empty: usize,
}

impl Tally {
    pub(super) fn add(&mut self, found: &LintDocument) {
        match found.valid {
            Some(true) => self.valid += 1,
            Some(false) => self.invalid += 1,
            None => self.empty += 1,
        }
    }

    pub(super) fn write(&self, output: &mut dyn Write) -> io::Result<()> {
        writeln!(output, "{} valid, {} invalid, {} empty", self.valid, self.invalid, self.empty)
    }
}
