use serde_json::Value;

use crate::{
    Fault, FieldPath, Limits, ReadError, Reader, Reference, Rule, Segment, format::shown, kinds,
    parse_documents,
};

/// What resolving the placeholders of an entity brought to light.
#[derive(Clone, Debug, Default)]
pub struct Resolution {
    /// Placeholders that could not be resolved; they are left as they are.
    pub faults: Vec<Fault>,
    /// What was read or could not be: changes there change the entity.
    pub refresh: Vec<Reference>,
    /// What was read, in order, for the hash of the document.
    pub(crate) contents: Vec<Vec<u8>>,
}

/// What becomes of a placeholder that names a URL.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RemotePlaceholders {
    /// The reader is asked for it.
    #[default]
    Read,
    /// Some text takes its place, for checks that must not reach out.
    AsText,
}

#[derive(Clone, Copy)]
enum Form {
    Text,
    Json,
    Yaml,
}

/// Puts the contents of files in the place of `$text`, `$json` and `$yaml`, anywhere in the entity.
///
/// A placeholder is a mapping with that one key. A mapping with another key that starts with `$` is data, and so
/// is all that is in it and all that a file brings in: nothing is resolved twice.
pub fn resolve_placeholders(
    entity: &mut Value,
    from: &Reference,
    reader: &dyn Reader,
    limits: &Limits,
    remote: RemotePlaceholders,
) -> Resolution {
    let mut resolver = Resolver {
        from,
        reader,
        limits,
        remote,
        path: FieldPath::root(),
        bytes: 0,
        count: 0,
        resolution: Resolution::default(),
    };
    resolver.visit(entity);
    resolver.resolution
}

struct Resolver<'a> {
    from: &'a Reference,
    reader: &'a dyn Reader,
    limits: &'a Limits,
    remote: RemotePlaceholders,
    path: FieldPath,
    bytes: u64,
    count: usize,
    resolution: Resolution,
}

impl Resolver<'_> {
    fn visit(&mut self, value: &mut Value) {
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.path.push(Segment::Index(index));
                    self.visit(item);
                    self.path.pop();
                }
            }
            Value::Object(entries) if !entries.keys().any(|key| key.starts_with('$')) => {
                for (key, item) in entries.iter_mut() {
                    if matches!(item, Value::Array(_) | Value::Object(_)) {
                        self.path.push(Segment::Key(key.as_str().into()));
                        self.visit(item);
                        self.path.pop();
                    }
                }
            }
            Value::Object(entries) if entries.len() == 1 => {
                let Some((key, target)) = entries.iter().next() else { return };
                let form = match key.as_str() {
                    "$text" => Form::Text,
                    "$json" => Form::Json,
                    "$yaml" => Form::Yaml,
                    _ => return,
                };
                self.count += 1;
                if self.count > self.limits.placeholders + 1 {
                    // That there are too many is said once.
                    return;
                }
                match self.resolve(key, form, target) {
                    Ok(content) => *value = content,
                    Err(reason) => {
                        let path = self.path.key(key);
                        let message = format!("`{path}`: {reason}");
                        self.resolution.faults.push(Fault::new(path, Rule::Placeholder, message));
                    }
                }
            }
            _ => {}
        }
    }

    fn resolve(&mut self, key: &str, form: Form, target: &Value) -> Result<Value, String> {
        let Value::String(target) = target else {
            let fault = kinds::wrong_type(&self.path.key(key), "text", target, "write a path or a URL");
            return Err(fault.message);
        };
        if self.count > self.limits.placeholders {
            return Err(format!("the document has more than {} placeholders", self.limits.placeholders));
        }
        let reference = self.reader.resolve(self.from, target).map_err(|error| hinted(&error))?;
        reference.check_length(self.limits)?;
        // Noted before it is read: what is missing now may come.
        self.resolution.refresh.push(reference.clone());
        if let (Reference::Remote(source), RemotePlaceholders::AsText) = (&reference, self.remote) {
            return Ok(Value::String(source.url.to_string()));
        }
        let bytes = self.reader.read(&reference).map_err(|error| hinted(&error))?;
        self.bytes = self.bytes.saturating_add(bytes.len() as u64);
        if self.bytes > self.limits.placeholder_bytes {
            let limit = self.limits.placeholder_bytes;
            return Err(format!("the placeholders of the document bring in more than {limit} bytes"));
        }
        let room = self.limits.depth.saturating_sub(self.path.segments().len());
        let value = parse(form, &bytes, self.limits, target).and_then(|value| check(value, room, target))?;
        self.resolution.contents.push(bytes);
        Ok(value)
    }
}

fn parse(form: Form, bytes: &[u8], limits: &Limits, target: &str) -> Result<Value, String> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match form {
        Form::Text => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Value::String(text.to_owned())),
            Err(_) => Err(format!("{} is not UTF-8 text, save it as UTF-8", shown(target))),
        },
        Form::Json => {
            serde_json::from_slice(bytes).map_err(|error| format!("{} is not JSON: {error}", shown(target)))
        }
        Form::Yaml => {
            let mut documents =
                parse_documents(bytes, limits).map_err(|error| format!("{}: {error}", shown(target)))?;
            let (Some(document), true) = (documents.pop(), documents.is_empty()) else {
                return Err(format!("{} must hold exactly one YAML document", shown(target)));
            };
            match (document.value, document.errors.first()) {
                (Some(value), _) => Ok(value),
                (None, Some(error)) => Err(format!("{}:{error}", shown(target))),
                (None, None) => Ok(Value::Null),
            }
        }
    }
}

/// Refuses content that would not survive being stored: NUL, and nesting past what is read back.
fn check(value: Value, room: usize, target: &str) -> Result<Value, String> {
    let mut values = vec![(&value, 0_usize)];
    while let Some((value, depth)) = values.pop() {
        if depth > room {
            return Err(format!("{} is nested too deep, flatten it", shown(target)));
        }
        let has_nul = match value {
            Value::String(text) => text.contains('\0'),
            Value::Array(items) => {
                values.extend(items.iter().map(|item| (item, depth + 1)));
                false
            }
            Value::Object(entries) => {
                values.extend(entries.values().map(|item| (item, depth + 1)));
                entries.keys().any(|key| key.contains('\0'))
            }
            _ => false,
        };
        if has_nul {
            return Err(format!("{} holds a NUL character, remove it", shown(target)));
        }
    }
    Ok(value)
}

fn hinted(error: &ReadError) -> String {
    match error {
        _ if error.is_not_found() => format!("{error}; write a path relative to this descriptor, or a URL"),
        ReadError::NotAPath(_) => format!("{error}; to write the text itself, leave the placeholder out"),
        _ => error.to_string(),
    }
}
