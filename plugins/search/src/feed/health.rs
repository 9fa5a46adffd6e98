use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use callboard_kit::{Health, SearchSources};
use chrono::{DateTime, Utc};

use crate::engine::EngineStatus;

/// What is known of the feeding.
#[derive(Debug, Default)]
pub(super) struct FeedHealth(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// What is wrong with the documents of a type.
    faults: BTreeMap<(String, Part), String>,
    /// What is wrong with the index itself.
    fault: Option<String>,
    is_rebuilding: bool,
    is_rebuild_wanted: bool,
    rebuilt_at: Option<DateTime<Utc>>,
}

/// What was done when something went wrong: only the same that goes well again mends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// Following the changes of a source.
    Following,
    /// Reading all of it for an index that is built.
    Rebuilding,
}

/// How the index is.
#[derive(Clone, Debug)]
pub(crate) struct FeedStatus {
    /// How the engine says it is.
    pub engine: EngineStatus,
    /// The types of documents.
    pub types: Vec<TypeStatus>,
    /// Whether an index is being built beside the one that answers, or soon will be.
    pub is_rebuilding: bool,
    /// When that was done last, since the start.
    pub rebuilt_at: Option<DateTime<Utc>>,
    /// What is wrong with the index itself.
    pub fault: Option<String>,
}

/// How the documents of a type are.
#[derive(Clone, Debug)]
pub(crate) struct TypeStatus {
    /// Its name.
    pub name: String,
    /// What people read.
    pub title: String,
    /// How many there are.
    pub documents: u64,
    /// Whether all of them have been read once.
    pub is_complete: bool,
    /// Why what is found may not be what there is.
    pub fault: Option<String>,
}

impl State {
    fn fault_of(&self, type_: &str) -> Option<String> {
        let mut faults = self.faults.iter().filter(|((name, _), _)| name == type_);
        faults.next().map(|(_, fault)| fault.clone())
    }
}

impl FeedHealth {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes what is wrong with a type, or that nothing is; says whether that is news.
    pub fn note(&self, type_: &str, part: Part, fault: Option<String>) -> bool {
        let mut state = self.state();
        let key = (type_.to_owned(), part);
        let is_news = state.faults.get(&key) != fault.as_ref();
        match fault {
            Some(fault) => state.faults.insert(key, fault),
            None => state.faults.remove(&key),
        };
        is_news
    }

    /// Notes what is wrong with the index, or that nothing is.
    pub fn note_index(&self, fault: Option<String>) {
        self.state().fault = fault;
    }

    pub fn wants_rebuild(&self) {
        self.state().is_rebuild_wanted = true;
    }

    pub fn begins_rebuild(&self) {
        let mut state = self.state();
        state.is_rebuild_wanted = false;
        state.is_rebuilding = true;
    }

    pub fn ends_rebuild(&self, done_at: Option<DateTime<Utc>>) {
        let mut state = self.state();
        state.is_rebuilding = false;
        state.rebuilt_at = done_at.or(state.rebuilt_at);
    }

    pub fn get(&self) -> Health {
        let state = self.state();
        let of_types = state.faults.iter().map(|((type_, _), fault)| format!("{type_}: {fault}"));
        let faults: Vec<String> = state.fault.clone().into_iter().chain(of_types).collect();
        if faults.is_empty() { Health::Ok } else { Health::Degraded(faults.join("; ")) }
    }

    pub fn status(&self, engine: EngineStatus, sources: &SearchSources) -> FeedStatus {
        let state = self.state();
        let types = sources.all().into_iter().map(|source| {
            let type_ = source.search_type();
            TypeStatus {
                name: type_.name.to_owned(),
                title: type_.title.to_owned(),
                documents: engine.documents.get(type_.name).copied().unwrap_or_default(),
                is_complete: engine.places.contains_key(type_.name),
                fault: state.fault_of(type_.name),
            }
        });
        FeedStatus {
            types: types.collect(),
            is_rebuilding: state.is_rebuilding || state.is_rebuild_wanted,
            rebuilt_at: state.rebuilt_at,
            fault: state.fault.clone(),
            engine,
        }
    }
}
