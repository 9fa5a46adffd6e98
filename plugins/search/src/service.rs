//! The rules: what a question means, and what somebody may find.

mod admin;
mod sight;

use std::{collections::BTreeSet, fmt, sync::Arc};

use callboard_kit::{
    Clock, Code, Facet, FieldFilter, MAX_FILTER_VALUE, PageArguments, Problem, Result, SearchField,
    SearchSources, Services, Viewer, nearest,
};

use crate::{
    engine::{Ask, Cursor, EngineError, Found},
    feed::Feed,
    query::{Filter, Known, SearchQuery, parse},
};

/// The most results of one page: their texts are read and marked.
const MAX_PAGE: i32 = 100;
/// The most fields whose values are counted for one search.
const MAX_FACETS: usize = 20;
/// The most values that are told of one field.
const FACET_VALUES: usize = 200;
/// The most conditions beside those of the text, and values of one.
const MAX_FILTERS: usize = 30;
const MAX_VALUES: usize = 200;
const DAY: i64 = 24 * 60 * 60;
/// What may be put to the engine at the same time.
const AT_ONCE: usize = 16;

/// The search of this process.
pub(crate) struct SearchService {
    feed: Arc<Feed>,
    services: Services,
    clock: Clock,
    turns: tokio::sync::Semaphore,
}

/// A question.
#[derive(Clone, Debug, Default)]
pub(crate) struct Question {
    /// The text as typed.
    pub text: String,
    /// Only these types of documents.
    pub types: Option<Vec<String>>,
    /// What they must be beside.
    pub filters: Vec<FieldFilter>,
    /// How many from the start.
    pub first: Option<i32>,
    /// After this cursor.
    pub after: Option<String>,
}

/// The search as one viewer sees it.
pub(crate) struct SearchRequest {
    service: Arc<SearchService>,
    viewer: Arc<Viewer>,
}

impl SearchService {
    /// The search over what is fed.
    pub fn new(feed: Arc<Feed>, services: Services, clock: Clock) -> Self {
        Self { feed, services, clock, turns: tokio::sync::Semaphore::new(AT_ONCE) }
    }

    /// The search as one viewer sees it.
    pub fn request(self: &Arc<Self>, viewer: Arc<Viewer>) -> SearchRequest {
        SearchRequest { service: Arc::clone(self), viewer }
    }

    const fn sources(&self) -> &SearchSources {
        &self.services.search_sources
    }

    /// The fields there are, those that mean the same everywhere first.
    async fn fields(&self) -> Result<Vec<String>> {
        let own = ["type"].into_iter().chain(SearchField::ALL.map(SearchField::name));
        let mut fields: Vec<String> = own.map(str::to_owned).collect();
        let more = self.feed.engine().fields().await.map_err(|error| self.problem(error))?;
        let known: BTreeSet<String> = fields.iter().cloned().collect();
        fields.extend(more.into_iter().filter(|field| !known.contains(field)));
        Ok(fields)
    }

    /// What went wrong in the engine, for the viewer; what is broken is mended.
    fn problem(&self, error: EngineError) -> Problem {
        match error {
            EngineError::ForeignCursor => Problem::bad_input("after", error.to_string()),
            EngineError::Interrupted(_) => Problem::internal(error),
            EngineError::Index(_) | EngineError::Folder(_) | EngineError::Corrupt(_) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "the search index is broken and is built anew");
                self.feed.rebuild_soon();
                Problem::new(Code::Unavailable, "the search index is being built anew, try again soon")
            }
            EngineError::Unavailable(_) => {
                tracing::warn!(%error, "the search engine does not answer");
                Problem::new(Code::Unavailable, "the search does not answer, try again soon")
            }
        }
    }
}

impl SearchRequest {
    /// Looks for documents that the viewer may see.
    pub async fn search(&self, question: Question) -> Result<Found> {
        let (query, size) = self.read(&question).await?;
        let after = question.after.as_deref().map(Cursor::decode).transpose()?;
        let ask = Ask {
            query: Arc::new(query),
            sight: Arc::new(self.sight().await?),
            size,
            after,
            today: self.service.clock.now().timestamp() / DAY,
        };
        let _turn = self.service.turns.acquire().await.map_err(Problem::internal)?;
        let found = self.service.feed.engine().search(ask).await;
        found.map_err(|error| self.service.problem(error))
    }

    /// How often the values of fields occur in what was found.
    pub async fn facets(&self, found: &Found, fields: &[String]) -> Result<Vec<Facet>> {
        if fields.len() > MAX_FACETS {
            return Err(Problem::bad_input("fields", format!("`fields` takes {MAX_FACETS} fields at most")));
        }
        let known = self.service.fields().await?;
        for field in fields {
            check_field("fields", field, &known)?;
        }
        let counted = found.facets.count(fields, FACET_VALUES).await;
        counted.map_err(|error| self.service.problem(error))
    }

    /// What is asked for, and how many at most.
    async fn read(&self, question: &Question) -> Result<(SearchQuery, usize)> {
        let page = PageArguments::forward(question.first, None).check()?;
        if question.first.is_some_and(|first| first > MAX_PAGE) {
            return Err(Problem::bad_input("first", format!("`first` must be from 0 to {MAX_PAGE}")));
        }
        let fields = self.service.fields().await?;
        let types: Vec<String> =
            self.service.sources().all().iter().map(|source| source.search_type().name.to_owned()).collect();
        let mut query = parse(&question.text, Known { fields: &fields, types: &types })?;
        if let Some(wanted) = &question.types {
            if let Some(unknown) = wanted.iter().find(|name| !types.contains(name)) {
                let message = format!("no documents are of type `{unknown}`; there are {}", types.join(", "));
                return Err(Problem::bad_input("types", message));
            }
            query.filters.push(Filter {
                field: "type".to_owned(),
                values: wanted.clone(),
                ..Filter::default()
            });
        }
        if question.filters.len() > MAX_FILTERS {
            let message = format!("`filters` takes {MAX_FILTERS} conditions at most");
            return Err(Problem::bad_input("filters", message));
        }
        for (index, filter) in question.filters.iter().enumerate() {
            query.filters.extend(conditions(index, filter, &fields)?);
        }
        Ok((query, page.size))
    }
}

/// What a filter of the client asks for.
fn conditions(index: usize, filter: &FieldFilter, known: &[String]) -> Result<Vec<Filter>> {
    let field = check_field(&format!("filters.{index}.field"), &filter.field, known)?.to_owned();
    let mut conditions = Vec::new();
    if let Some(values) = &filter.values {
        if values.len() > MAX_VALUES || values.iter().any(|value| value.len() > MAX_FILTER_VALUE) {
            let message = format!("`in` takes {MAX_VALUES} values of {MAX_FILTER_VALUE} bytes at most");
            return Err(Problem::bad_input(format!("filters.{index}.in"), message));
        }
        let values = values.iter().map(|value| value.trim().to_lowercase()).collect();
        conditions.push(Filter { field: field.clone(), values, ..Filter::default() });
    }
    if let Some(exists) = filter.exists {
        conditions.push(Filter { field, exists: Some(exists), ..Filter::default() });
    }
    Ok(conditions)
}

fn check_field<'a>(argument: &str, field: &str, known: &'a [String]) -> Result<&'a str> {
    if let Some(found) = known.iter().find(|name| name.eq_ignore_ascii_case(field)) {
        return Ok(found);
    }
    let hint = match nearest(field, known.iter().map(String::as_str)) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => format!("known are {}", known.join(", ")),
    };
    Err(Problem::bad_input(argument, format!("documents have no field `{field}`; {hint}")))
}

impl fmt::Debug for SearchService {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("SearchService").finish_non_exhaustive()
    }
}
