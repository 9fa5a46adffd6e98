use async_trait::async_trait;
use callboard_kit::{Code, EntityRef, Problem, Result, SearchDocument, SearchIndexer};

use super::{Feed, repository::Change};

/// The longest id, in bytes.
const MAX_ID: usize = 1000;
/// Documents that are told in one step.
const MAX_DOCUMENTS: usize = 10_000;

#[async_trait]
impl SearchIndexer for Feed {
    async fn upsert(&self, documents: Vec<SearchDocument>) -> Result<()> {
        check(&documents)?;
        let mut documents = documents;
        documents.sort_by(|one, other| one.type_.cmp(&other.type_));
        for of_type in documents.chunk_by(|one, other| one.type_ == other.type_) {
            let Some(type_) = of_type.first().map(|document| document.type_.clone()) else { continue };
            self.known(&type_)?;
            let changes: Vec<Change> = of_type.iter().cloned().map(Box::new).map(Change::Put).collect();
            self.log.add(&type_, &changes).await?;
        }
        Ok(())
    }

    async fn delete(&self, type_: &str, ids: &[String]) -> Result<()> {
        self.known(type_)?;
        let changes: Vec<Change> = ids.iter().cloned().map(Change::Delete).collect();
        self.log.add(type_, &changes).await
    }

    async fn delete_of(&self, type_: &str, entity: &EntityRef) -> Result<()> {
        self.known(type_)?;
        self.log.add(type_, &[Change::DeleteOf(entity.clone())]).await
    }

    async fn replace_of(
        &self,
        type_: &str,
        entity: &EntityRef,
        documents: Vec<SearchDocument>,
    ) -> Result<()> {
        check(&documents)?;
        self.known(type_)?;
        if let Some(other) = documents.iter().find(|document| document.type_ != type_) {
            let message = format!("the document `{}` is of type `{}`, not `{type_}`", other.id, other.type_);
            return Err(Problem::bad_input("type", message));
        }
        let puts = documents.into_iter().map(Box::new).map(Change::Put);
        let changes: Vec<Change> = [Change::DeleteOf(entity.clone())].into_iter().chain(puts).collect();
        self.log.add(type_, &changes).await
    }
}

impl Feed {
    /// Refuses types that no source gives, or whose source has a log of its own.
    fn known(&self, type_: &str) -> Result<()> {
        match self.sources.of(type_) {
            Some(source) if source.changes().is_some() => {
                let message = format!("documents of type `{type_}` follow a log of their own");
                Err(Problem::new(Code::Conflict, message))
            }
            Some(_) => Ok(()),
            None => Err(Problem::bad_input("type", format!("no source gives documents of type `{type_}`"))),
        }
    }
}

fn check(documents: &[SearchDocument]) -> Result<()> {
    if documents.len() > MAX_DOCUMENTS {
        let message = format!("{MAX_DOCUMENTS} documents at most are told in one step");
        return Err(Problem::bad_input("documents", message));
    }
    for document in documents {
        let id = &document.id;
        if id.is_empty() || id.len() > MAX_ID || id.chars().any(char::is_control) {
            let message = format!(
                "an id has 1 to {MAX_ID} bytes and no control characters, unlike that of `{}`",
                document.title
            );
            return Err(Problem::bad_input("id", message));
        }
        if document.title.trim().is_empty() {
            return Err(Problem::bad_input("title", format!("the document `{id}` has no title")));
        }
    }
    Ok(())
}
