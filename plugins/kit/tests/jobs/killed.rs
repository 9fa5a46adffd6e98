use std::process::{Command, Stdio};

use callboard_kit::{JobOutcome, JobState, NewJob, RunningJob};
use serde_json::{Value, json};

use crate::harness::{Engine, Replica, Store, quick, until};

/// The database of the process that is to be killed.
const STORE: &str = "CALLBOARD_TEST_JOBS";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_killed_process_had_begun_is_taken_over_from_its_checkpoint() {
    for engine in Engine::ALL {
        let store = Store::create(engine).await;
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "killed::works_until_it_is_killed", "--ignored"])
            .env(STORE, &store.url)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // SQLite belongs to one process, which looks at what was left behind when it starts: there the dying one puts the
        // job into its queue itself.
        until(|| async { store.read("SELECT checkpoint FROM kit_jobs").await == ["\"half\""] }).await;
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(
            store.read("SELECT state FROM kit_jobs").await,
            ["running"],
            "nobody knows yet, {engine:?}"
        );
        let replica = store.replica().await;
        replica.work("test.killed", quick(1), |job: RunningJob| async move {
            Ok(JobOutcome::Done(json!([job.checkpoint, job.attempt])))
        });
        let ids = store.read("SELECT CAST(state AS TEXT) FROM kit_jobs WHERE state = 'running'").await.len();
        assert!(ids <= 1);
        until(|| async { store.read("SELECT state FROM kit_jobs").await == [JobState::Done.as_str()] }).await;
        let result = store.read("SELECT result FROM kit_jobs").await;
        let result: Value = serde_json::from_str(&result[0]).unwrap();
        assert_eq!(result[0], "half", "{engine:?}");
        replica.leave().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the process that the test above kills"]
async fn works_until_it_is_killed() {
    let Ok(url) = std::env::var(STORE) else { return };
    let replica = Replica::start(&url).await;
    replica.work("test.killed", quick(1), |job: RunningJob| async move {
        job.save_checkpoint(json!("half")).await?;
        std::future::pending::<()>().await;
        Ok(JobOutcome::Done(Value::Null))
    });
    replica.jobs.enqueue(NewJob::new("test.killed", Value::Null)).await.unwrap();
    std::future::pending::<()>().await;
}
