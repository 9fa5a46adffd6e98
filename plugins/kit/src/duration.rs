use std::{borrow::Cow, fmt, time::Duration};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A length of time in config: `90s`, `5m`, `1h 30m`, or an object of units as in `{ minutes: 5 }`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct HumanDuration(pub Duration);

impl HumanDuration {
    /// A length of whole seconds.
    pub const fn from_secs(seconds: u64) -> Self {
        Self(Duration::from_secs(seconds))
    }

    /// A length of whole milliseconds.
    pub const fn from_millis(milliseconds: u64) -> Self {
        Self(Duration::from_millis(milliseconds))
    }
}

impl fmt::Debug for HumanDuration {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", humantime::format_duration(self.0))
    }
}

impl fmt::Display for HumanDuration {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", humantime::format_duration(self.0))
    }
}

impl Serialize for HumanDuration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Units {
    days: u64,
    hours: u64,
    minutes: u64,
    seconds: u64,
    milliseconds: u64,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Text(String),
    Units(Units),
}

impl<'de> Deserialize<'de> for HumanDuration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let expected = || de::Error::custom("expected a duration such as `5m`, `90s` or `{ minutes: 5 }`");
        match Written::deserialize(deserializer).map_err(|_| expected())? {
            Written::Text(text) => humantime::parse_duration(&text).map(Self).map_err(|_| expected()),
            Written::Units(units) => {
                let hours = units.days.saturating_mul(24).saturating_add(units.hours);
                let minutes = hours.saturating_mul(60).saturating_add(units.minutes);
                let seconds = minutes.saturating_mul(60).saturating_add(units.seconds);
                Ok(Self(
                    Duration::from_secs(seconds).saturating_add(Duration::from_millis(units.milliseconds)),
                ))
            }
        }
    }
}

impl schemars::JsonSchema for HumanDuration {
    fn schema_name() -> Cow<'static, str> {
        "Duration".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let unit = serde_json::json!({ "type": "integer", "minimum": 0 });
        schemars::json_schema!({
            "description": "A length of time: `90s`, `5m`, `1h 30m`, or an object of units.",
            "oneOf": [
                { "type": "string" },
                { "type": "object", "additionalProperties": false, "properties": {
                    "days": unit, "hours": unit, "minutes": unit, "seconds": unit, "milliseconds": unit
                } }
            ]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_notations_are_read() {
        let read = |text: &str| serde_json::from_str::<HumanDuration>(text);
        assert_eq!(read("\"1m 30s\"").unwrap(), HumanDuration::from_secs(90));
        assert_eq!(read("{\"minutes\":5}").unwrap(), HumanDuration::from_secs(300));
        assert!(read("{\"fortnights\":5}").is_err());
        assert!(read("5").unwrap_err().to_string().contains("such as `5m`"));
    }
}
