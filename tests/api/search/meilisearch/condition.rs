//! Conditions as Meilisearch writes them.

use serde_json::Value;

/// Whether a document is as a condition says.
pub fn holds(condition: &str, document: &Value) -> bool {
    let tokens = tokens(condition);
    let mut reader = Reader { tokens: &tokens, at: 0, document };
    let holds = reader.either();
    assert_eq!(reader.at, tokens.len(), "not all of the condition was understood: {condition}");
    holds
}

fn tokens(condition: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut letters = condition.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            ' ' => {}
            '(' | ')' | '[' | ']' | ',' | '=' => tokens.push(letter.to_string()),
            '"' => {
                let mut text = String::from("\"");
                while let Some(letter) = letters.next() {
                    match letter {
                        '"' => break,
                        '\\' => text.extend(letters.next()),
                        other => text.push(other),
                    }
                }
                tokens.push(text);
            }
            first => {
                let mut word = String::from(first);
                while let Some(next) = letters.next_if(char::is_ascii_alphanumeric) {
                    word.push(next);
                }
                tokens.push(word);
            }
        }
    }
    tokens
}

struct Reader<'a> {
    tokens: &'a [String],
    at: usize,
    document: &'a Value,
}

impl Reader<'_> {
    fn next(&mut self) -> &str {
        self.at += 1;
        &self.tokens[self.at - 1]
    }

    fn takes(&mut self, word: &str) -> bool {
        let takes = self.tokens.get(self.at).is_some_and(|token| token == word);
        self.at += usize::from(takes);
        takes
    }

    fn either(&mut self) -> bool {
        let mut holds = self.all();
        while self.takes("OR") {
            let other = self.all();
            holds |= other;
        }
        holds
    }

    fn all(&mut self) -> bool {
        let mut holds = self.one();
        while self.takes("AND") {
            let other = self.one();
            holds &= other;
        }
        holds
    }

    fn one(&mut self) -> bool {
        if self.takes("NOT") {
            return !self.one();
        }
        if self.takes("(") {
            let holds = self.either();
            assert!(self.takes(")"));
            return holds;
        }
        let attribute = self.next().to_owned();
        let value = self.document.get(&attribute).cloned();
        if self.takes("EXISTS") {
            return value.is_some();
        }
        if self.takes("IS") {
            let negated = self.takes("NOT");
            assert!(self.takes("NULL"));
            return value.is_some_and(|value| value.is_null() != negated);
        }
        let values: Vec<String> = match value {
            Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            Some(Value::String(text)) => vec![text],
            _ => Vec::new(),
        };
        let has = |wanted: &str| values.iter().any(|value| value.eq_ignore_ascii_case(&wanted[1..]));
        if self.takes("=") {
            let wanted = self.next().to_owned();
            return has(&wanted);
        }
        assert!(self.takes("IN") && self.takes("["), "unknown condition on {attribute}");
        let mut holds = false;
        while !self.takes("]") {
            let wanted = self.next().to_owned();
            holds |= has(&wanted);
            self.takes(",");
        }
        holds
    }
}
