use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use callboard_kit::{Interruption, JobFailure, JobOutcome, JobState, JobsError, NewJob, RunningJob};
use sea_orm::TransactionTrait;
use serde_json::{Value, json};

use crate::harness::{Engine, Store, quick, until};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_fails_is_tried_again_from_where_it_was_and_given_up_in_the_end() {
    for engine in Engine::ALL {
        let store = Store::create(engine).await;
        let replica = store.replica().await;
        replica.work("test.failing", quick(1), |job: RunningJob| async move {
            let before = job.checkpoint.as_ref().and_then(Value::as_u64).unwrap_or(0);
            job.save_checkpoint(json!(before + 1)).await?;
            match job.payload.as_str() {
                Some("fatal") => Err(JobFailure::fatal(anyhow::anyhow!("it is of no use"))),
                Some("panic") => panic!("at the disco"),
                Some("third") if before == 2 => Ok(JobOutcome::Done(json!(job.attempt))),
                _ => Err(anyhow::anyhow!("not yet").into()),
            }
        });
        let jobs = &replica.jobs;
        let ended = async |what: &str| {
            let id = jobs.enqueue(NewJob::new("test.failing", json!(what)).max_attempts(3)).await.unwrap();
            until(|| async { jobs.get(id).await.unwrap().unwrap().ended_at.is_some() }).await;
            jobs.get(id).await.unwrap().unwrap()
        };
        let third = ended("third").await;
        assert_eq!((third.state, third.result), (JobState::Done, Some(json!(3))), "{engine:?}");
        let never = ended("never").await;
        assert_eq!((never.state, never.failures, never.runs), (JobState::Dead, 3, 3));
        assert_eq!(never.error.as_deref(), Some("not yet"));
        let fatal = ended("fatal").await;
        assert_eq!((fatal.state, fatal.runs), (JobState::Dead, 1));
        let panicked = ended("panic").await;
        assert_eq!((panicked.state, panicked.runs), (JobState::Dead, 3));
        assert!(panicked.error.as_deref().unwrap().contains("at the disco"), "{:?}", panicked.error);
        // Somebody mended the cause: it goes on from where it was.
        jobs.retry(never.id).await.unwrap();
        until(|| async { jobs.get(never.id).await.unwrap().unwrap().runs == 6 }).await;
        assert!(matches!(jobs.retry(third.id).await, Err(JobsError::NotDead)));
        replica.leave().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_cancelled_on_one_replica_stops_on_another_and_writes_no_more() {
    for engine in Engine::ALL {
        let store = Store::create(engine).await;
        let (here, there) = (store.replica().await, store.replica().await);
        let (told, database) = (Arc::new(AtomicUsize::new(0)), there.database.clone());
        let seen = Arc::clone(&told);
        there.work("test.cancel", quick(1), move |job: RunningJob| {
            let (seen, database) = (Arc::clone(&seen), database.clone());
            async move {
                job.cancelled.cancelled().await;
                let transaction = database.begin().await?;
                let fence = job.fence(&transaction).await;
                transaction.rollback().await?;
                let is_cancelled = job.interruption() == Some(Interruption::Cancelled);
                let is_fenced = matches!(fence, Err(JobsError::LeaseLost));
                seen.store(if is_cancelled && is_fenced { 1 } else { 2 }, SeqCst);
                Ok(JobOutcome::Done(json!("too late")))
            }
        });
        let new = || NewJob::new("test.cancel", Value::Null);
        let running = here.jobs.enqueue(new().key("one")).await.unwrap();
        until(|| async { here.jobs.get(running).await.unwrap().unwrap().state == JobState::Running }).await;
        let waiting = here.jobs.enqueue(new()).await.unwrap();
        assert!(here.jobs.cancel(waiting).await.unwrap());
        assert_eq!(here.jobs.get(waiting).await.unwrap().unwrap().state, JobState::Cancelled);
        assert!(here.jobs.cancel(running).await.unwrap());
        until(|| async { told.load(SeqCst) != 0 }).await;
        assert_eq!(told.load(SeqCst), 1, "{engine:?}");
        until(|| async { here.jobs.get(running).await.unwrap().unwrap().state == JobState::Cancelled }).await;
        assert_eq!(here.jobs.get(running).await.unwrap().unwrap().result, None);
        assert!(!here.jobs.cancel(running).await.unwrap(), "it is over");
        here.leave().await;
        there.leave().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_that_takes_too_long_is_dropped_and_tried_again() {
    for engine in Engine::ALL {
        let store = Store::create(engine).await;
        let replica = store.replica().await;
        let mut options = quick(1);
        options.timeout = Some(Duration::from_millis(200));
        replica.work("test.slow", options, |job: RunningJob| async move {
            if job.attempt == 1 {
                // It does not even listen.
                std::future::pending::<()>().await;
            }
            Ok(JobOutcome::Done(json!(job.attempt)))
        });
        let id = replica.jobs.enqueue(NewJob::new("test.slow", Value::Null)).await.unwrap();
        until(|| async { replica.jobs.get(id).await.unwrap().unwrap().state == JobState::Done }).await;
        let job = replica.jobs.get(id).await.unwrap().unwrap();
        assert_eq!((job.result, job.runs), (Some(json!(2)), 2), "{engine:?}");
        replica.leave().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn secrets_are_sealed_while_they_are_needed_and_erased_then() {
    for engine in Engine::ALL {
        let store = Store::create(engine).await;
        let replica = store.replica().await;
        let new = NewJob::new("test.secrets", json!("open")).secrets(json!({ "token": "very-secret" }));
        let id = replica.jobs.enqueue(new).await.unwrap();
        let kept = || store.read("SELECT secrets FROM kit_jobs");
        let sealed = kept().await;
        assert!(!sealed[0].is_empty() && !sealed[0].contains("very-secret"), "{sealed:?}");
        replica.work("test.secrets", quick(1), |job: RunningJob| async move {
            Ok(JobOutcome::Done(json!(job.secrets.unwrap()["token"] == "very-secret")))
        });
        until(|| async { replica.jobs.get(id).await.unwrap().unwrap().state == JobState::Done }).await;
        assert_eq!(replica.jobs.get(id).await.unwrap().unwrap().result, Some(json!(true)));
        assert_eq!(kept().await, [""], "{engine:?}");
        replica.leave().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_stops_gives_back_what_is_running() {
    for engine in Engine::ALL {
        let store = Store::create(engine).await;
        let first = store.replica().await;
        let id = first.jobs.enqueue(NewJob::new("test.stop", Value::Null)).await.unwrap();
        first.work("test.stop", quick(1), |job: RunningJob| async move {
            job.save_checkpoint(json!("half")).await?;
            job.cancelled.cancelled().await;
            Err(anyhow::anyhow!("stopped").into())
        });
        until(|| async { first.jobs.get(id).await.unwrap().unwrap().checkpoint.is_some() }).await;
        first.leave().await;
        let second = store.replica().await;
        let job = second.jobs.get(id).await.unwrap().unwrap();
        assert_eq!((job.state, job.failures), (JobState::Ready, 0), "it is nobody's fault, {engine:?}");
        second.work("test.stop", quick(1), |job: RunningJob| async move {
            Ok(JobOutcome::Done(job.checkpoint.unwrap_or_default()))
        });
        until(|| async { second.jobs.get(id).await.unwrap().unwrap().state == JobState::Done }).await;
        assert_eq!(second.jobs.get(id).await.unwrap().unwrap().result, Some(json!("half")));
        second.leave().await;
    }
}
