use std::{collections::HashMap, fmt, sync::Arc};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use callboard_kit::{Facet, FacetValue, Problem, SearchDocument};
use serde::{Deserialize, Serialize};

use super::EngineError;
use crate::excerpt::Matcher;

/// A document that was found.
#[derive(Clone, Debug)]
pub(crate) struct Hit {
    /// Its place in the list.
    pub cursor: Cursor,
    /// How well it fits; the more, the better.
    pub score: f32,
    /// The document.
    pub document: SearchDocument,
}

/// What was found.
#[derive(Clone)]
pub(crate) struct Found {
    /// A page of it, the best first.
    pub hits: Vec<Hit>,
    /// How many there are in all.
    pub total: u64,
    /// Whether there are more after the page.
    pub has_next: bool,
    /// Whether there are some before it.
    pub is_later_page: bool,
    /// What may have been meant, where little was found.
    pub suggestion: Option<String>,
    /// What marks the words in titles and texts.
    pub matcher: Arc<Matcher>,
    /// Counts values among all of it.
    pub facets: Arc<dyn FacetCounter>,
}

impl fmt::Debug for Found {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Found").field("total", &self.total).finish_non_exhaustive()
    }
}

/// Counts values among what was found.
#[async_trait::async_trait]
pub(crate) trait FacetCounter: Send + Sync {
    /// How often the values of these fields occur, most frequent first, `limit` of each at most.
    async fn count(&self, fields: &[String], limit: usize) -> Result<Vec<Facet>, EngineError>;
}

/// A place in the list of what was found. It holds how the list was weighed, so that the next page is weighed alike,
/// whatever comes and goes meanwhile.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Cursor {
    /// Stands for the question.
    #[serde(rename = "q")]
    pub signature: u64,
    /// How well the document fits.
    #[serde(rename = "s")]
    pub score: f32,
    /// When it changed, in seconds.
    #[serde(rename = "u")]
    pub updated: i64,
    /// Tells apart what is equal in both.
    #[serde(rename = "t")]
    pub tie: u64,
    /// The weight of each word.
    #[serde(rename = "w")]
    pub weights: Vec<f32>,
    /// For each word, whether it was looked for in other ways, too.
    #[serde(rename = "b")]
    pub ways: Vec<u8>,
    /// How many of the words had to be there.
    #[serde(rename = "n")]
    pub needed: u32,
    /// The day that counted as today.
    #[serde(rename = "d")]
    pub today: i64,
}

impl Cursor {
    /// The opaque text that clients hold.
    pub fn encode(&self) -> String {
        // Numbers always serialize.
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default())
    }

    /// Reads what `encode` wrote; `BAD_USER_INPUT` otherwise.
    pub fn decode(text: &str) -> Result<Self, Problem> {
        let cursor: Option<Self> =
            URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        cursor
            .filter(|cursor| {
                cursor.score.is_finite() && cursor.weights.iter().all(|weight| weight.is_finite())
            })
            .ok_or_else(|| Problem::bad_input("after", "`after` is not a cursor of this search"))
    }
}

/// Values that differ in case only are one, written as most are.
pub(crate) fn merged(counts: HashMap<String, u32>, limit: usize) -> Vec<FacetValue> {
    let mut by_value: Vec<(String, u32)> = counts.into_iter().collect();
    by_value.sort_unstable_by(|one, other| (other.1, &one.0).cmp(&(one.1, &other.0)));
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut values: Vec<FacetValue> = Vec::new();
    for (value, count) in by_value {
        if let Some(place) = places.get(&value.to_lowercase()) {
            values[*place].count += count;
        } else {
            places.insert(value.to_lowercase(), values.len());
            values.push(FacetValue { value, count });
        }
    }
    values.sort_by(|one, other| (other.count, &one.value).cmp(&(one.count, &other.value)));
    values.truncate(limit);
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_differ_in_case_are_counted_as_one() {
        let counts = [("Java", 3), ("java", 5), ("go", 7), ("JAVA", 1)];
        let values = merged(counts.map(|(value, count)| (value.to_owned(), count)).into(), 10);
        let values: Vec<_> = values.iter().map(|value| (value.value.as_str(), value.count)).collect();
        assert_eq!(values, [("java", 9), ("go", 7)]);
    }
}
