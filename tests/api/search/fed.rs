use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU8, Ordering},
};

use async_trait::async_trait;
use callboard_kit::{
    Code, Plugin, PluginContext, PluginHandle, PluginRegistry, Problem, Result, SearchDocument,
    SearchIndexer, SearchSource, SearchType, Services,
};
use futures::{StreamExt, stream, stream::BoxStream};

/// How the notes are now.
pub const WELL: u8 = 0;
pub const FAILING: u8 = 1;
pub const EMPTY: u8 = 2;

static PORTAL: Mutex<Option<Notes>> = Mutex::new(None);

/// Notes that a plugin gives to be searched: what is asked for by every replica is the same.
#[derive(Clone)]
pub struct Notes {
    documents: Arc<Mutex<Vec<SearchDocument>>>,
    pub state: Arc<AtomicU8>,
    services: Services,
}

impl Notes {
    /// A note that a source will give.
    pub fn keep(&self, document: SearchDocument) {
        self.documents.lock().unwrap().push(document);
    }

    /// A note that a source gives no more.
    pub fn forget(&self, id: &str) {
        self.documents.lock().unwrap().retain(|document| document.id != id);
    }

    pub fn indexer(&self) -> Arc<dyn SearchIndexer> {
        self.services.search.get().unwrap()
    }
}

pub fn note(id: &str, title: &str, text: &str) -> SearchDocument {
    SearchDocument::new("notes", id, title).with_text(text).at(format!("/notes/{id}"))
}

#[async_trait]
impl SearchSource for Notes {
    fn search_type(&self) -> SearchType {
        SearchType { name: "notes", title: "Notes", permission: Some("notes.read") }
    }

    fn documents(&self) -> BoxStream<'_, Result<Vec<SearchDocument>>> {
        let kept = self.documents.lock().unwrap().clone();
        let steps = match self.state.load(Ordering::SeqCst) {
            FAILING => {
                let some = kept.into_iter().take(1).collect();
                vec![Ok(some), Err(Problem::new(Code::Unavailable, "the drawer is stuck"))]
            }
            EMPTY => Vec::new(),
            _ => vec![Ok(kept)],
        };
        stream::iter(steps).boxed()
    }
}

struct NotesPlugin;

#[async_trait]
impl Plugin for NotesPlugin {
    const ID: &'static str = "notes";
    const TITLE: &'static str = "Notes";
    type Config = NotesConfig;

    fn sdl() -> String {
        String::new()
    }

    fn permissions() -> &'static [callboard_kit::PermissionDefinition] {
        &[callboard_kit::PermissionDefinition {
            name: "notes.read",
            description: "Find notes.",
            action: callboard_kit::PermissionAction::Read,
            resource_type: Some("catalog-entity"),
        }]
    }

    async fn start(_: NotesConfig, context: PluginContext) -> anyhow::Result<PluginHandle> {
        let notes =
            Notes { documents: Arc::default(), state: Arc::default(), services: context.services.clone() };
        context.services.search_sources.add(Arc::new(notes.clone()));
        *PORTAL.lock().unwrap() = Some(notes);
        Ok(PluginHandle::default())
    }
}

#[derive(Default, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
struct NotesConfig {}

/// All plugins, and notes.
pub fn registry() -> PluginRegistry {
    callboard_api::plugins::registry().register::<NotesPlugin>()
}

/// The notes of the portal that started last.
pub fn notes() -> Notes {
    PORTAL.lock().unwrap().clone().unwrap()
}
