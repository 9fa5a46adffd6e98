use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use callboard_kit::{Clock, Interruption, JobOutcome, JobState, NewJob};
use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, TransactionTrait};
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use crate::harness::{Engine, Replica, Store, quick, until};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_replica_whose_clock_is_wrong_takes_no_job_from_one_that_lives() {
    let store = Store::create(Engine::Postgres).await;
    let now = Clock::system().now();
    let ahead = Replica::idle(&store.url, Clock::fixed(now + TimeDelta::hours(2))).await;
    let behind = Replica::idle(&store.url, Clock::fixed(now - TimeDelta::hours(2))).await;
    let open = Arc::new(Semaphore::new(0));
    let gate = Arc::clone(&open);
    let mut options = quick(1);
    options.lease = Duration::from_mins(10);
    behind.work("test.clocks", options, move |_| {
        let gate = Arc::clone(&gate);
        async move {
            gate.acquire().await?.forget();
            Ok(JobOutcome::Done(Value::Null))
        }
    });
    let id = behind.jobs.enqueue(NewJob::new("test.clocks", Value::Null)).await.unwrap();
    until(|| async { behind.jobs.get(id).await.unwrap().unwrap().state == JobState::Running }).await;
    // One that nobody works on any more, to see that the other replica has looked.
    let left = behind.jobs.enqueue(NewJob::new("test.left", Value::Null)).await.unwrap();
    let leave = "UPDATE kit_jobs SET state = 'running', lease_owner = id,
        lease_until = now() - interval '1 second' WHERE queue = 'test.left'";
    store.connect().await.execute_unprepared(leave).await.unwrap();
    ahead.jobs.run(&ahead.stop, &ahead.tasks).await.unwrap();
    until(|| async { ahead.jobs.get(left).await.unwrap().unwrap().state == JobState::Ready }).await;
    let job = ahead.jobs.get(id).await.unwrap().unwrap();
    assert_eq!((job.state, job.runs), (JobState::Running, 1));
    open.add_permits(1);
    until(|| async { ahead.jobs.get(id).await.unwrap().unwrap().state == JobState::Done }).await;
    ahead.leave().await;
    behind.leave().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_that_cannot_renew_its_lease_stops_and_its_job_is_given_back_unharmed() {
    let store = Store::create(Engine::Postgres).await;
    let replica = store.replica().await;
    let told = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&told);
    replica.work("test.away", quick(1), move |job| {
        let seen = Arc::clone(&seen);
        async move {
            if seen.load(SeqCst) > 0 {
                return Ok(JobOutcome::Done(json!(job.attempt)));
            }
            job.cancelled.cancelled().await;
            seen.store(if job.interruption() == Some(Interruption::LeaseLost) { 1 } else { 2 }, SeqCst);
            Err(anyhow::anyhow!("it was stopped").into())
        }
    });
    let new = NewJob::new("test.away", Value::Null).max_attempts(1);
    let id = replica.jobs.enqueue(new).await.unwrap();
    until(|| async { replica.jobs.get(id).await.unwrap().unwrap().state == JobState::Running }).await;
    // For this process the table is as good as gone.
    let elsewhere = store.connect().await;
    let lock = elsewhere.begin().await.unwrap();
    lock.execute_unprepared("LOCK TABLE kit_jobs IN ACCESS EXCLUSIVE MODE").await.unwrap();
    until(|| async { told.load(SeqCst) != 0 }).await;
    assert_eq!(told.load(SeqCst), 1);
    lock.rollback().await.unwrap();
    until(|| async { replica.jobs.get(id).await.unwrap().unwrap().state == JobState::Done }).await;
    assert_eq!(replica.jobs.get(id).await.unwrap().unwrap().result, Some(json!(1)), "it was not its fault");
    replica.leave().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_cannot_be_read_dies_alone() {
    for engine in Engine::ALL {
        let store = Store::create(engine).await;
        let replica = store.replica().await;
        let jobs = ["a", "b", "c"].map(|key| NewJob::new("test.corrupt", json!(key)).key(key));
        let ids = replica.jobs.enqueue_many(jobs.into()).await.unwrap();
        let corrupt = "UPDATE kit_jobs SET payload = 'not json' WHERE unique_key = 'b'";
        store.connect().await.execute_unprepared(corrupt).await.unwrap();
        replica.work("test.corrupt", quick(3), |job| async move { Ok(JobOutcome::Done(job.payload)) });
        for (id, key) in [(ids[0], "a"), (ids[2], "c")] {
            until(|| async { replica.jobs.get(id).await.unwrap().unwrap().state == JobState::Done }).await;
            let job = replica.jobs.get(id).await.unwrap().unwrap();
            assert_eq!((job.result, job.runs), (Some(json!(key)), 1), "{engine:?}");
        }
        let query = "SELECT state || ': ' || error FROM kit_jobs WHERE unique_key = 'b'";
        until(|| async { store.read(query).await[0].starts_with("dead: ") }).await;
        let said = store.read(query).await;
        assert!(said[0].contains("cannot be read"), "{said:?}");
        replica.leave().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_who_add_the_same_keys_in_another_order_do_not_wait_for_each_other() {
    let store = Store::create(Engine::Postgres).await;
    let (one, other) = (store.replica().await, store.replica().await);
    for round in 0..20 {
        let keys: Vec<String> = (0..400).map(|number| format!("{round}-{number}")).collect();
        let new = |key: &String| NewJob::new("test.order", Value::Null).key(key);
        let forwards = one.jobs.enqueue_many(keys.iter().map(new).collect());
        let backwards = other.jobs.enqueue_many(keys.iter().rev().map(new).collect());
        let (forwards, backwards) = tokio::join!(forwards, backwards);
        let mut backwards = backwards.unwrap();
        backwards.reverse();
        assert_eq!(forwards.unwrap(), backwards, "whoever was first, the jobs are the same");
    }
    one.leave().await;
    other.leave().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_ended_long_ago_is_forgotten_however_much_it_is() {
    let store = Store::create(Engine::Sqlite).await;
    let idle = Replica::idle(&store.url, Clock::system()).await;
    let jobs = (0..6_000).map(|number| NewJob::new("test.old", json!(number))).collect();
    idle.jobs.enqueue_many(jobs).await.unwrap();
    let kept = idle.jobs.enqueue(NewJob::new("test.old", json!("kept"))).await.unwrap();
    let long_ago = "UPDATE kit_jobs SET state = 'done', ended_at = '2020-01-01 00:00:00+00:00'
        WHERE payload <> '\"kept\"'";
    store.connect().await.execute_unprepared(long_ago).await.unwrap();
    idle.jobs.run(&idle.stop, &idle.tasks).await.unwrap();
    until(|| async { store.read("SELECT CAST(COUNT(*) AS TEXT) FROM kit_jobs").await == ["1"] }).await;
    assert!(idle.jobs.get(kept).await.unwrap().is_some());
    idle.leave().await;
}
