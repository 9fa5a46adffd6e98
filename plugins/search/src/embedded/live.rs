use std::{
    collections::BTreeMap,
    fmt, fs,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError, RwLock},
};

use callboard_kit::SearchDocument;
use tantivy::{
    Index, IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, Term,
    merge_policy::LogMergePolicy,
    query::{BooleanQuery, Occur, Query, TermQuery},
    schema::{IndexRecordOption, Value},
};

use super::{
    schema::{FIELDS, key},
    write::written,
};
use crate::engine::{Batch, EngineError, EngineStatus, Places};

/// What documents that are not written yet may take in memory, in bytes.
const WRITER_MEMORY: usize = 48 * 1024 * 1024;

/// An index in a folder of its own.
pub(super) struct LiveIndex {
    folder: PathBuf,
    reader: IndexReader,
    writer: Mutex<IndexWriter>,
    places: RwLock<Places>,
}

impl LiveIndex {
    /// An empty one.
    pub fn create(folder: &Path) -> Result<Self, EngineError> {
        Self::of(&Index::create_in_dir(folder, FIELDS.schema.clone())?, folder, Places::new())
    }

    /// One that is there already.
    pub fn open(folder: &Path) -> Result<Self, EngineError> {
        let index = Index::open_in_dir(folder)?;
        let places = match index.load_metas()?.payload {
            Some(payload) => serde_json::from_str(&payload)?,
            None => Places::new(),
        };
        Self::of(&index, folder, places)
    }

    fn of(index: &Index, folder: &Path, places: Places) -> Result<Self, EngineError> {
        let writer: IndexWriter = index.writer_with_num_threads(1, WRITER_MEMORY)?;
        let mut merges = LogMergePolicy::default();
        // Small changes come often: few segments make each search quick, and what was deleted goes soon.
        merges.set_min_num_segments(6);
        merges.set_del_docs_ratio_before_merge(0.3);
        writer.set_merge_policy(Box::new(merges));
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self {
            folder: folder.to_owned(),
            reader,
            writer: Mutex::new(writer),
            places: RwLock::new(places),
        })
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the types are.
    pub fn places(&self) -> Places {
        self.places.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// All documents as they are now.
    pub fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// Takes changes, so that they are found and outlive a crash.
    pub fn apply(&self, batch: &Batch) -> Result<(), EngineError> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = write(&mut writer, batch).and_then(|()| {
            let mut places = self.places();
            places.extend(batch.places.clone());
            let payload = serde_json::to_string(&places)?;
            let mut prepared = writer.prepare_commit()?;
            prepared.set_payload(&payload);
            prepared.commit()?;
            Ok(places)
        });
        match taken {
            Ok(places) => {
                self.reader.reload()?;
                *self.places.write().unwrap_or_else(PoisonError::into_inner) = places;
                Ok(())
            }
            Err(error) => {
                // Half of a batch must not become visible with the next one.
                writer.rollback()?;
                Err(error)
            }
        }
    }

    /// Takes changes that nobody is to see before `apply` is called.
    pub fn add(&self, batch: &Batch) -> Result<(), EngineError> {
        write(&mut self.writer.lock().unwrap_or_else(PoisonError::into_inner), batch)
    }

    /// Takes the documents of a type from another index.
    pub fn copy(&self, type_: &str, other: &Self) -> Result<(), EngineError> {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        writer.delete_term(Term::from_field_text(FIELDS.type_, type_));
        let searcher = other.searcher();
        let term = Term::from_field_text(FIELDS.type_, type_);
        for segment in searcher.segment_readers() {
            let store = segment.get_store_reader(10)?;
            let Some(mut postings) =
                segment.inverted_index(FIELDS.type_)?.read_postings(&term, IndexRecordOption::Basic)?
            else {
                continue;
            };
            let mut document = tantivy::DocSet::doc(&postings);
            while document != tantivy::TERMINATED {
                if !segment.is_deleted(document) {
                    writer.add_document(written(&stored(&store.get(document)?)?)?)?;
                }
                document = tantivy::DocSet::advance(&mut postings);
            }
        }
        Ok(())
    }

    /// How it is.
    pub fn status(&self) -> Result<EngineStatus, EngineError> {
        let searcher = self.searcher();
        let mut documents: BTreeMap<String, u64> = BTreeMap::new();
        for segment in searcher.segment_readers() {
            let index = segment.inverted_index(FIELDS.type_)?;
            let mut terms = index.terms().stream()?;
            while let Some((name, info)) = terms.next() {
                let postings = index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
                let count = match segment.alive_bitset() {
                    Some(alive) => postings.doc_freq_given_deletes(alive),
                    None => postings.doc_freq(),
                };
                *documents.entry(String::from_utf8_lossy(name).into_owned()).or_default() += u64::from(count);
            }
        }
        documents.retain(|_, count| *count > 0);
        Ok(EngineStatus { documents, bytes: Some(size(&self.folder)), places: self.places() })
    }
}

fn write(writer: &mut IndexWriter, batch: &Batch) -> Result<(), EngineError> {
    for type_ in &batch.drops {
        writer.delete_term(Term::from_field_text(FIELDS.type_, type_));
    }
    for (type_, id) in &batch.deletes {
        writer.delete_term(Term::from_field_text(FIELDS.key, &key(type_, id)));
    }
    for (type_, entity) in &batch.deletes_of {
        let term = |field, text: &str| {
            let query = TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic);
            (Occur::Must, Box::new(query) as Box<dyn Query>)
        };
        let both = vec![term(FIELDS.type_, type_), term(FIELDS.entity, entity.as_str())];
        writer.delete_query(Box::new(BooleanQuery::new(both)))?;
    }
    for document in &batch.puts {
        writer.delete_term(Term::from_field_text(FIELDS.key, &key(&document.type_, &document.id)));
        writer.add_document(written(document)?)?;
    }
    Ok(())
}

/// A document as it was given.
pub(super) fn stored(document: &TantivyDocument) -> Result<SearchDocument, EngineError> {
    let text = document.get_first(FIELDS.document).and_then(|value| value.as_bytes()).unwrap_or_default();
    Ok(serde_json::from_slice(text)?)
}

fn size(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    entries.filter_map(|entry| entry.ok()?.metadata().ok()).map(|metadata| metadata.len()).sum()
}

impl fmt::Debug for LiveIndex {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("LiveIndex").field("folder", &self.folder).finish_non_exhaustive()
    }
}
