use std::{borrow::Cow, collections::HashMap};

use granit_parser::{Event, Marker, Parser, ScalarStyle, StructureStyle, Tag};
use serde_json::{Map, Value};

use super::scalar::resolve_plain;
use crate::{FieldPath, Limits, Rule, Segment};

/// A fault of the YAML itself, placed within the text that was parsed.
#[derive(Clone, Debug)]
pub(crate) struct YamlFault {
    /// From 1.
    pub(crate) line: usize,
    /// From 1.
    pub(crate) column: usize,
    pub(crate) path: FieldPath,
    pub(crate) rule: Rule,
    pub(crate) message: String,
}

/// Builds the value of one document. An empty document is null.
pub(crate) fn build(text: &str, limits: &Limits) -> Result<Value, YamlFault> {
    let mut builder = Builder::new(limits);
    let mut parser = Parser::new_from_str_with_options(text, parser_options(limits));
    while let Some(next) = parser.next_event() {
        match next {
            Ok((event, span)) => {
                if builder.frames.is_empty() && is_indented_by_tab(&event, text, span.start) {
                    let message = syntax_message("a tab is used as indentation");
                    return Err(builder.fault(span.start, Rule::YamlSyntax, message));
                }
                builder.take(event, span.start)?;
            }
            Err(error) => {
                let rule = match error.kind() {
                    granit_parser::ErrorKind::RecursionLimitExceeded => Rule::TooDeep,
                    _ => Rule::YamlSyntax,
                };
                let message = match rule {
                    Rule::TooDeep => too_deep(limits),
                    _ => syntax_message(&error.info()),
                };
                let mut fault = builder.fault(*error.marker(), rule, message);
                if let Some(path) = super::outline::field_of(text, fault.line) {
                    fault.path = path;
                }
                return Err(fault);
            }
        }
    }
    Ok(builder.root.unwrap_or(Value::Null))
}

/// The parser lets a tab pass before the first key or item of a document, where YAML has no indentation.
fn is_indented_by_tab(event: &Event<'_>, text: &str, at: Marker) -> bool {
    let is_block = matches!(
        event,
        Event::MappingStart(StructureStyle::Block, ..) | Event::SequenceStart(StructureStyle::Block, ..)
    );
    is_block
        && line_of(text, at).chars().take_while(|letter| letter.is_whitespace()).any(|letter| letter == '\t')
}

fn line_of(text: &str, at: Marker) -> &str {
    text.lines().nth(at.line().saturating_sub(1)).unwrap_or_default()
}

pub(super) fn parser_options(limits: &Limits) -> granit_parser::Options {
    let mut options = granit_parser::options! {
        flow_nesting_limit: limits.depth,
        block_nesting_limit: limits.depth,
    };
    options.set_emit_comments(false);
    options
}

fn too_deep(limits: &Limits) -> String {
    format!("collections are nested deeper than {} levels, flatten the document", limits.depth)
}

fn syntax_message(info: &str) -> String {
    let info = info.lines().next().unwrap_or_default();
    let hint = if info.contains("tab") {
        "indent with spaces"
    } else if info.contains("mapping values") || info.contains("implicit") || info.contains("simple key") {
        "quote a value that holds `: `, and start all keys of a mapping at the same column"
    } else if info.contains("anchor") || info.contains("alias") {
        "quote a value that starts with `*` or `&`"
    } else if info.contains("character") || info.contains("escape") || info.contains("quoted") {
        "check the quotes; a value that starts with a special character must be quoted"
    } else {
        "check the indentation of this line and of the one above"
    };
    format!("not valid YAML: {info}; {hint}")
}

/// What has been counted up to some point of a document.
#[derive(Clone, Copy, Default)]
struct Tally {
    nodes: usize,
    bytes: usize,
}

struct Anchored {
    value: Value,
    size: Tally,
    height: usize,
}

enum Content {
    List(Vec<Value>),
    Mapping { entries: Map<String, Value>, key: Option<String> },
}

struct Frame {
    content: Content,
    anchor: usize,
    /// The tally before the collection.
    before: Tally,
    /// Levels of collections inside it.
    height: usize,
}

struct Builder<'limits> {
    limits: &'limits Limits,
    frames: Vec<Frame>,
    anchors: HashMap<usize, Anchored>,
    tally: Tally,
    repeated_bytes: usize,
    documents: usize,
    root: Option<Value>,
}

impl<'limits> Builder<'limits> {
    fn new(limits: &'limits Limits) -> Self {
        Self {
            limits,
            frames: Vec::new(),
            anchors: HashMap::new(),
            tally: Tally::default(),
            repeated_bytes: 0,
            documents: 0,
            root: None,
        }
    }

    fn take(&mut self, event: Event<'_>, at: Marker) -> Result<(), YamlFault> {
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    let message =
                        "a second document starts here, put `---` on a line of its own between them";
                    return Err(self.fault(at, Rule::YamlSyntax, message));
                }
                Ok(())
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.count(at, 1, text.len())?;
                if text.contains('\0') {
                    let message = "the text holds a NUL character, remove it";
                    return Err(self.fault(at, Rule::ControlCharacter, message));
                }
                let value = scalar_value(text, style, tag.as_deref());
                if anchor != 0 {
                    let size = Tally { nodes: 1, bytes: text_len(&value) };
                    self.anchors.insert(anchor, Anchored { value: value.clone(), size, height: 0 });
                }
                self.place(value, 0, at)
            }
            Event::SequenceStart(_, anchor, _) => self.open(Content::List(Vec::new()), anchor, at),
            Event::MappingStart(_, anchor, _) => {
                self.open(Content::Mapping { entries: Map::new(), key: None }, anchor, at)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(at),
            Event::Alias(anchor) => self.repeat(anchor, at),
            _ => Ok(()),
        }
    }

    fn open(&mut self, content: Content, anchor: usize, at: Marker) -> Result<(), YamlFault> {
        if self.frames.len() >= self.limits.depth {
            return Err(self.fault(at, Rule::TooDeep, too_deep(self.limits)));
        }
        let before = self.tally;
        self.count(at, 1, 0)?;
        self.frames.push(Frame { content, anchor, before, height: 0 });
        Ok(())
    }

    fn close(&mut self, at: Marker) -> Result<(), YamlFault> {
        let Some(frame) = self.frames.pop() else { return Ok(()) };
        let value = match frame.content {
            Content::List(items) => Value::Array(items),
            Content::Mapping { entries, .. } => Value::Object(entries),
        };
        let height = frame.height + 1;
        if frame.anchor != 0 {
            let size = Tally {
                nodes: self.tally.nodes - frame.before.nodes,
                bytes: self.tally.bytes - frame.before.bytes,
            };
            // The kept copy costs as much as the value itself.
            self.count(at, size.nodes, 0)?;
            self.repeated(at, size.bytes)?;
            self.anchors.insert(frame.anchor, Anchored { value: value.clone(), size, height });
        }
        self.place(value, height, at)
    }

    fn repeat(&mut self, anchor: usize, at: Marker) -> Result<(), YamlFault> {
        let Some(anchored) = self.anchors.get(&anchor) else {
            let message = "an alias repeats the value that it is part of, write the value out";
            return Err(self.fault(at, Rule::YamlSyntax, message));
        };
        let Anchored { size, height, .. } = *anchored;
        if self.frames.len() + height > self.limits.depth {
            return Err(self.fault(at, Rule::TooDeep, too_deep(self.limits)));
        }
        self.count(at, size.nodes, size.bytes)?;
        self.repeated(at, size.bytes)?;
        let value = self.anchors.get(&anchor).map_or(Value::Null, |anchored| anchored.value.clone());
        self.place(value, height, at)
    }

    fn place(&mut self, value: Value, height: usize, at: Marker) -> Result<(), YamlFault> {
        let Some(frame) = self.frames.last_mut() else {
            self.root = Some(value);
            return Ok(());
        };
        frame.height = frame.height.max(height);
        match &mut frame.content {
            Content::List(items) => items.push(value),
            Content::Mapping { entries, key } => {
                if let Some(key) = key.take() {
                    entries.insert(key, value);
                } else {
                    let text = key_text(value);
                    if entries.contains_key(&text) {
                        let shown = crate::format::shown(&text);
                        let message =
                            format!("key {shown} is written twice in this mapping, remove one of them");
                        *key = Some(text);
                        return Err(self.fault(at, Rule::DuplicateKey, message));
                    }
                    *key = Some(text);
                }
            }
        }
        Ok(())
    }

    fn count(&mut self, at: Marker, nodes: usize, bytes: usize) -> Result<(), YamlFault> {
        self.tally.nodes = self.tally.nodes.saturating_add(nodes);
        self.tally.bytes = self.tally.bytes.saturating_add(bytes);
        if self.tally.nodes > self.limits.nodes {
            let message = format!(
                "the document has more than {} values once its aliases are written out, split it",
                self.limits.nodes
            );
            return Err(self.fault(at, Rule::TooLarge, message));
        }
        Ok(())
    }

    fn repeated(&mut self, at: Marker, bytes: usize) -> Result<(), YamlFault> {
        self.repeated_bytes = self.repeated_bytes.saturating_add(bytes);
        if self.repeated_bytes > self.limits.alias_bytes {
            let message = format!(
                "aliases repeat more than {} bytes of the document, write less of it with them",
                self.limits.alias_bytes
            );
            return Err(self.fault(at, Rule::TooLarge, message));
        }
        Ok(())
    }

    fn fault(&self, at: Marker, rule: Rule, message: impl Into<String>) -> YamlFault {
        let mut path = FieldPath::root();
        for frame in &self.frames {
            match &frame.content {
                Content::List(items) => path.push(Segment::Index(items.len())),
                Content::Mapping { key: Some(key), .. } => path.push(Segment::Key(key.as_str().into())),
                Content::Mapping { .. } => {}
            }
        }
        YamlFault { line: at.line(), column: at.col() + 1, path, rule, message: message.into() }
    }
}

fn text_len(value: &Value) -> usize {
    value.as_str().map_or(0, str::len)
}

fn scalar_value(text: Cow<'_, str>, style: ScalarStyle, tag: Option<&Tag>) -> Value {
    let resolved = match tag {
        None if style == ScalarStyle::Plain => resolve_plain(&text),
        None => None,
        Some(tag) => resolve_plain(&text).filter(|value| fits_tag(value, tag)),
    };
    resolved.unwrap_or_else(|| Value::String(text.into_owned()))
}

/// A tag keeps a value of its own type; any other tagged scalar is text, as in the reference.
fn fits_tag(value: &Value, tag: &Tag) -> bool {
    match tag.core_suffix() {
        Some("null") => value.is_null(),
        Some("bool") => value.is_boolean(),
        Some("int" | "float") => value.is_number(),
        _ => false,
    }
}

/// Keys are text in JSON: what is not is written out, as the reference does.
fn key_text(key: Value) -> String {
    match key {
        Value::String(text) => text,
        Value::Null => String::new(),
        other => flow_text(&other),
    }
}

fn flow_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) if items.is_empty() => "[]".to_owned(),
        Value::Array(items) => {
            format!("[ {} ]", items.iter().map(flow_text).collect::<Vec<_>>().join(", "))
        }
        Value::Object(entries) if entries.is_empty() => "{}".to_owned(),
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| match value {
                Value::Null => key.clone(),
                value => format!("{key}: {}", flow_text(value)),
            });
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
        scalar => scalar.to_string(),
    }
}
