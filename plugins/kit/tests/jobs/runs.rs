use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use callboard_kit::{JobEnd, JobOutcome, JobState, NewJob, WorkerOptions};
use serde_json::{Value, json};

use crate::harness::{Engine, PATIENCE, Replica, Store, quick, until};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_job_is_run_once_however_many_replicas_work() {
    for engine in Engine::ALL {
        let store = Store::create(engine).await;
        let ran: Arc<Mutex<BTreeMap<i64, usize>>> = Arc::default();
        let (mut replicas, mut by) = (Vec::new(), Vec::new());
        for _ in 0..2 {
            let replica = store.replica().await;
            let (ran, count) = (Arc::clone(&ran), Arc::new(AtomicUsize::new(0)));
            by.push(Arc::clone(&count));
            replica.work("test.many", quick(4), move |job| {
                let (ran, count) = (Arc::clone(&ran), Arc::clone(&count));
                async move {
                    *ran.lock().unwrap().entry(job.payload.as_i64().unwrap()).or_default() += 1;
                    count.fetch_add(1, SeqCst);
                    tokio::time::sleep(Duration::from_millis(5)).await;
                    Ok(JobOutcome::Done(job.payload))
                }
            });
            replicas.push(replica);
        }
        let jobs = (0..200).map(|number| NewJob::new("test.many", json!(number))).collect();
        replicas[0].jobs.enqueue_many(jobs).await.unwrap();
        until(|| async { ran.lock().unwrap().len() == 200 }).await;
        until(|| async { replicas[0].jobs.counts().await.unwrap().iter().all(|queue| queue.running == 0) })
            .await;
        assert!(ran.lock().unwrap().values().all(|times| *times == 1), "{engine:?}");
        if engine == Engine::Postgres {
            assert!(by.iter().all(|count| count.load(SeqCst) > 0), "they share the work");
        }
        for replica in replicas {
            replica.leave().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_is_left_to_those_who_know_its_key() {
    for engine in Engine::ALL {
        let store = Store::create(engine).await;
        let (knowing, other) = (store.replica().await, store.replica().await);
        let ran: Arc<Mutex<Vec<(&str, String)>>> = Arc::default();
        let work = |replica: &Replica, name: &'static str, keys: &[&str]| {
            let keys = Some(keys.iter().map(|key| (*key).to_owned()).collect());
            let ran = Arc::clone(&ran);
            replica.work("test.known", WorkerOptions { keys, ..quick(4) }, move |job| {
                ran.lock().unwrap().push((name, job.key.unwrap()));
                async { Ok(JobOutcome::Done(Value::Null)) }
            });
        };
        let new = |key: &str| NewJob::new("test.known", Value::Null).key(key);
        other.jobs.enqueue_many(vec![new("theirs"), new("nobodys"), new("mine")]).await.unwrap();
        work(&other, "other", &["mine"]);
        until(|| async { !ran.lock().unwrap().is_empty() }).await;
        assert_eq!(*ran.lock().unwrap(), [("other", "mine".to_owned())], "those before it are not its own");
        work(&knowing, "knowing", &["mine", "theirs"]);
        until(|| async { ran.lock().unwrap().len() == 2 }).await;
        assert_eq!(ran.lock().unwrap()[1], ("knowing", "theirs".to_owned()));
        let left = other.jobs.by_keys("test.known", &["nobodys"]).await.unwrap();
        assert_eq!(left[0].state, JobState::Ready);
        knowing.leave().await;
        other.leave().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_has_one_live_job_and_what_asks_for_it_meanwhile_has_it_run_again() {
    for engine in Engine::ALL {
        let store = Store::create(engine).await;
        let replica = store.replica().await;
        let (begun, open) = (Arc::new(AtomicUsize::new(0)), Arc::new(tokio::sync::Semaphore::new(0)));
        let jobs = &replica.jobs;
        let new = || NewJob::new("test.keys", Value::Null).key("one").recurring();
        let first = jobs.enqueue(new()).await.unwrap();
        assert_eq!(jobs.enqueue(new()).await.unwrap(), first, "one at a time");
        let (counted, gate) = (Arc::clone(&begun), Arc::clone(&open));
        replica.work("test.keys", quick(2), move |_| {
            let (counted, gate) = (Arc::clone(&counted), Arc::clone(&gate));
            async move {
                counted.fetch_add(1, SeqCst);
                gate.acquire().await?.forget();
                Ok(JobOutcome::Again(Duration::from_hours(1)))
            }
        });
        until(|| async { begun.load(SeqCst) == 1 }).await;
        // It may have read what was there before.
        let ticket = jobs.trigger("test.keys", "one").await.unwrap().unwrap();
        let again = jobs.trigger("test.keys", "one").await.unwrap().unwrap();
        assert!(jobs.wait(&ticket, Duration::from_millis(100)).await.is_err());
        assert_eq!(begun.load(SeqCst), 1, "never two of one key at once");
        open.add_permits(2);
        for ticket in [ticket, again] {
            assert_eq!(jobs.wait(&ticket, PATIENCE).await.unwrap(), JobEnd::Done(Value::Null));
        }
        assert_eq!(begun.load(SeqCst), 2, "however many asked, {engine:?}");
        assert!(jobs.trigger("test.keys", "another").await.unwrap().is_none());
        replica.leave().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_done_every_so_often_is_done_by_one_of_all_replicas() {
    for engine in Engine::ALL {
        let store = Store::create(engine).await;
        let done = Arc::new(AtomicUsize::new(0));
        let mut replicas = Vec::new();
        for _ in 0..2 {
            let replica = store.replica().await;
            let done = Arc::clone(&done);
            let what = move |_| {
                let done = Arc::clone(&done);
                async move {
                    done.fetch_add(1, SeqCst);
                    Ok(())
                }
            };
            let hour = Duration::from_hours(1);
            replica.jobs.every("test.every", hour, what, &replica.stop, &replica.tasks).await.unwrap();
            replicas.push(replica);
        }
        until(|| async { done.load(SeqCst) > 0 }).await;
        tokio::time::sleep(Duration::from_millis(1500)).await;
        assert_eq!(done.load(SeqCst), 1, "{engine:?}");
        for replica in replicas {
            replica.leave().await;
        }
    }
}
