use callboard_kit::{PluginRegistry, StrictError, nearest};
use schemars::SchemaGenerator;
use serde_json::{Map, Value, json};

use super::CoreConfig;

/// The sections that belong to the portal itself.
pub(super) const CORE_SECTIONS: &[&str] =
    &["app", "organization", "backend", "database", "integrations", "plugins", "gateway", "log"];

/// The JSON Schema of the whole config, for editors and for the reference page.
pub fn json_schema(plugins: &PluginRegistry) -> Value {
    let mut generator = SchemaGenerator::default();
    let core = generator.root_schema_for::<CoreConfig>().to_value();
    let mut properties = core.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
    for plugin in plugins.iter() {
        let section = (plugin.config_schema)(&mut generator).to_value();
        properties.insert(plugin.config_section.to_owned(), section);
    }
    let mut definitions: Map<String, Value> =
        core.get("$defs").and_then(Value::as_object).cloned().unwrap_or_default();
    definitions.extend(generator.take_definitions(true));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Callboard config",
        "description": core.get("description"),
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
        "$defs": definitions,
    })
}

/// Sections that neither the portal nor a plugin knows.
pub(super) fn unknown_sections(sections: &Map<String, Value>, plugins: &PluginRegistry) -> Vec<StrictError> {
    let known: Vec<&str> =
        CORE_SECTIONS.iter().copied().chain(plugins.iter().map(|plugin| plugin.config_section)).collect();
    sections
        .keys()
        .filter(|name| !known.contains(&name.as_str()))
        .map(|name| {
            let message = match nearest(name, known.iter().copied()) {
                Some(near) => format!("unknown section `{name}`, did you mean `{near}`?"),
                None => format!("unknown section `{name}`, expected one of `{}`", known.join("`, `")),
            };
            StrictError { path: name.clone(), message }
        })
        .collect()
}
