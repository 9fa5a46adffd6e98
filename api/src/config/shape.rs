use serde_json::{Map, Value};

/// What the JSON Schema of the config says about one place: the alternatives that a value there has.
#[derive(Clone, Debug)]
pub(super) struct Shape<'a> {
    root: &'a Value,
    alternatives: Vec<&'a Map<String, Value>>,
}

impl<'a> Shape<'a> {
    /// The place of the whole config.
    pub(super) fn of(schema: &'a Value) -> Self {
        Self::at(schema, [schema])
    }

    fn at(root: &'a Value, written: impl IntoIterator<Item = &'a Value>) -> Self {
        let mut alternatives = Vec::new();
        let mut open: Vec<&Value> = written.into_iter().collect();
        while let Some(written) = open.pop() {
            let Some(shape) = written.as_object() else { continue };
            let pointer = shape.get("$ref").and_then(Value::as_str).and_then(|text| text.strip_prefix('#'));
            open.extend(pointer.and_then(|pointer| root.pointer(pointer)));
            for key in ["allOf", "anyOf", "oneOf"] {
                open.extend(shape.get(key).and_then(Value::as_array).into_iter().flatten());
            }
            alternatives.push(shape);
        }
        Self { root, alternatives }
    }

    /// The place of a key, where there is one of that name.
    pub(super) fn key(&self, name: &str) -> Option<Self> {
        let found: Vec<&Value> = self.properties().filter_map(|properties| properties.get(name)).collect();
        (!found.is_empty()).then(|| Self::at(self.root, found))
    }

    /// The key of that name, without regard to case and underscores.
    pub(super) fn known_key(&self, name: &str) -> Option<String> {
        let fold = |name: &str| name.replace('_', "").to_lowercase();
        self.properties().flat_map(Map::keys).find(|key| fold(key) == fold(name)).cloned()
    }

    /// The place of an item, where a list is wanted.
    pub(super) fn item(&self) -> Option<Self> {
        let found: Vec<&Value> = self.alternatives.iter().filter_map(|shape| shape.get("items")).collect();
        (!found.is_empty()).then(|| Self::at(self.root, found))
    }

    /// Whether a text is wanted, or will do.
    pub(super) fn wants_text(&self) -> bool {
        self.has_type("string")
    }

    /// A text from outside as what is wanted here: a number, a truth value, or itself.
    pub(super) fn read_scalar(&self, text: String) -> Value {
        let wanted = ["integer", "number", "boolean"].into_iter().any(|name| self.has_type(name));
        if self.wants_text() || !wanted {
            return Value::String(text);
        }
        match serde_yaml::from_str(&text) {
            Ok(value @ (Value::Number(_) | Value::Bool(_))) => value,
            // What is wrong with it is told where the value is judged.
            _ => Value::String(text),
        }
    }

    fn properties(&self) -> impl Iterator<Item = &'a Map<String, Value>> {
        self.alternatives.iter().filter_map(|shape| shape.get("properties")?.as_object())
    }

    fn has_type(&self, wanted: &str) -> bool {
        self.alternatives.iter().any(|shape| match shape.get("type") {
            Some(Value::String(name)) => name == wanted,
            Some(Value::Array(names)) => names.iter().any(|name| name == wanted),
            _ => false,
        })
    }
}
