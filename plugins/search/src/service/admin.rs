use callboard_kit::{Decision, Problem, Result, note_message, note_target};

use super::SearchRequest;
use crate::{
    feed::FeedStatus,
    permissions::{INDEX_READ, INDEX_REBUILD},
};

/// What is kept of a reason, in characters.
const MAX_REASON: usize = 500;

impl SearchRequest {
    async fn may(&self, permission: &str) -> bool {
        let authorizer = self.service.services.authorizer();
        matches!(authorizer.decide(&self.viewer, permission).await, Decision::Allow)
    }

    /// How the index of this process is; `None` for who may not see that.
    pub async fn status(&self) -> Result<Option<FeedStatus>> {
        if !self.may(INDEX_READ).await {
            return Ok(None);
        }
        let status = self.service.feed.status().await;
        Ok(Some(status.map_err(|error| self.service.problem(error))?))
    }

    /// The name of the engine.
    pub fn engine(&self) -> &'static str {
        self.service.feed.engine().name()
    }

    /// Has the index of this process built anew.
    pub async fn rebuild(&self, reason: Option<&str>) -> Result<()> {
        note_target("search index");
        if let Some(reason) = reason {
            note_message(reason.chars().take(MAX_REASON).collect::<String>());
        }
        if !self.may(INDEX_REBUILD).await {
            return Err(Problem::lacking(INDEX_REBUILD));
        }
        self.service.feed.rebuild_soon();
        Ok(())
    }
}
