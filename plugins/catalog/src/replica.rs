use std::{sync::Arc, time::Duration};

use sea_orm::sqlx::postgres::PgListener;
use tokio_util::sync::CancellationToken;

use crate::service::CatalogService;

/// The log is looked at this often even when no notice came: a notice can be lost with its connection.
const POLL: Duration = Duration::from_secs(5);

/// Keeps the index current with what other processes write to the same PostgreSQL, until told to stop.
pub async fn follow(service: &Arc<CatalogService>, stop: &CancellationToken) {
    let mut listener = listen(service).await;
    loop {
        let notice = async {
            match &mut listener {
                Some(listener) => listener.recv().await.is_ok(),
                None => std::future::pending().await,
            }
        };
        let heard = tokio::select! {
            () = stop.cancelled() => return,
            heard = notice => heard,
            () = tokio::time::sleep(POLL) => true,
        };
        if !heard || listener.is_none() {
            listener = listen(service).await;
        }
        if let Err(error) = service.index.catch_up().await {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "the index could not follow the database"
            );
        }
    }
}

async fn listen(service: &CatalogService) -> Option<PgListener> {
    service.repository().listen().await.unwrap_or_else(|error| {
        let error = &error as &dyn std::error::Error;
        tracing::warn!(error, "changes of other replicas are polled for: listening failed");
        None
    })
}
