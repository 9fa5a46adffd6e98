use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, boolean, integer, string, string_null, text, text_null, timestamp_with_time_zone,
        timestamp_with_time_zone_null, uuid, uuid_null,
    },
};

/// Work that outlives a request.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// Each holds the rows that one question is about, and no more: ended jobs do not slow down what is claimed.
const INDEXES: [&str; 5] = [
    "CREATE UNIQUE INDEX kit_jobs_live_key ON kit_jobs (queue, unique_key)
        WHERE state IN ('ready', 'running') AND NOT cancel_requested",
    "CREATE INDEX kit_jobs_key ON kit_jobs (queue, unique_key) WHERE unique_key IS NOT NULL",
    "CREATE INDEX kit_jobs_ready ON kit_jobs (queue, priority, run_at) WHERE state = 'ready'",
    "CREATE INDEX kit_jobs_running ON kit_jobs (lease_until) WHERE state = 'running'",
    "CREATE INDEX kit_jobs_ended ON kit_jobs (ended_at) WHERE ended_at IS NOT NULL",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("kit_jobs")
            .col(uuid("id").primary_key())
            .col(string("queue"))
            .col(string_null("unique_key"))
            .col(string("state"))
            .col(integer("priority"))
            .col(timestamp_with_time_zone("run_at"))
            .col(text("payload"))
            .col(text_null("secrets"))
            .col(boolean("had_secrets"))
            .col(boolean("recurring"))
            .col(integer("max_attempts"))
            .col(integer("failures"))
            .col(integer("losses"))
            .col(big_integer("runs"))
            .col(big_integer("ended_run"))
            .col(big_integer("awaited_run"))
            .col(boolean("again"))
            .col(boolean("cancel_requested"))
            .col(uuid_null("lease_owner"))
            .col(timestamp_with_time_zone_null("lease_until"))
            .col(text_null("checkpoint"))
            .col(text_null("progress"))
            .col(text_null("result"))
            .col(text_null("error"))
            .col(string_null("created_by"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone_null("started_at"))
            .col(timestamp_with_time_zone_null("ended_at"))
            .to_owned();
        manager.create_table(table).await?;
        for index in INDEXES {
            manager.get_connection().execute_unprepared(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("kit_jobs").to_owned()).await
    }
}
