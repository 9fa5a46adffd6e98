use std::{fs, time::Duration};

use axum::http::StatusCode;
use callboard_kit::{Clock, ReadFailure, Secret, SourceReader};
use callboard_reading::GiteaConfig;

use crate::harness::{Reader, fetches, git, host, kept, reader, reader_at};

async fn failure(reader: &Reader, source: &callboard_kit::SourceUrl) -> ReadFailure {
    reader.reading.read(source).await.expect_err("it is not read")
}

#[tokio::test]
async fn credentials_go_to_their_own_host_and_into_no_message() {
    let (host, other) = (host().await, host().await);
    host.want_authorization("Basic YWxpY2U6czNjcmV0");
    let file = git(&host, "/o/a.git//catalog.yaml");
    let with = |password: &'static str| {
        reader(&host, |config, integrations| {
            config.allow.push(callboard_reading::AllowedHost {
                host: other.host(),
                paths: None,
                allow_private: true,
            });
            integrations.gitea.push(GiteaConfig {
                host: host.host(),
                base_url: Some(host.url("/")),
                username: Some("alice".to_owned()),
                password: Some(Secret::new(password)),
                allow_private: true,
            });
        })
    };
    fs::create_dir(host.folder("o")).unwrap();
    fs::rename(host.folder("a.git"), host.folder("o/a.git")).unwrap();
    let wrong = failure(&with("wr0ng"), &file).await;
    assert!(matches!(&wrong, ReadFailure::Unauthorized(message) if !message.contains("wr0ng")), "{wrong:?}");
    assert_eq!(&with("s3cret").reading.read(&file).await.unwrap().bytes[..], b"one");

    host.redirect_to(&other.url(""));
    other.take_asked();
    let _ = with("s3cret").reading.read(&file).await;
    let asked = other.take_asked();
    assert!(!asked.is_empty());
    assert!(asked.iter().all(|asked| !asked.headers.contains_key("authorization")));
}

#[tokio::test]
async fn what_the_config_does_not_allow_is_not_asked() {
    let (host, other) = (host().await, host().await);
    let file = git(&host, "/a.git//catalog.yaml");
    let reading = reader(&host, |_, _| {});
    host.redirect_to(&other.url(""));
    assert!(matches!(failure(&reading, &file).await, ReadFailure::NotAllowed(_)));
    assert!(other.take_asked().is_empty());
    let public = reader(&host, |config, _| config.allow[0].allow_private = false);
    host.take_asked();
    assert!(matches!(failure(&public, &file).await, ReadFailure::NotAllowed(_)));
    assert!(host.take_asked().is_empty());
}

#[tokio::test]
async fn a_host_that_hangs_or_fails_is_unavailable_and_read_when_it_is_back() {
    let host = host().await;
    let file = git(&host, "/a.git//catalog.yaml");
    let reader = reader(&host, |config, _| config.git.timeout.0 = Duration::from_millis(700));
    host.pause(Duration::from_mins(1));
    assert!(matches!(failure(&reader, &file).await, ReadFailure::Unavailable(_)));
    host.pause(Duration::ZERO);
    host.fail_with(Some(StatusCode::SERVICE_UNAVAILABLE));
    assert!(matches!(failure(&reader, &file).await, ReadFailure::Unavailable(_)));
    host.fail_with(None);
}

#[tokio::test]
async fn a_pack_that_breaks_off_leaves_nothing() {
    let host = host().await;
    let file = git(&host, "/a.git//catalog.yaml");
    let reader = reader(&host, |config, _| config.git.timeout.0 = Duration::from_secs(10));
    host.truncate(Some(300));
    assert!(matches!(failure(&reader, &file).await, ReadFailure::Unavailable(_)));
    assert!(kept(&reader).is_empty());
    host.truncate(None);
    assert_eq!(&reader.reading.read(&file).await.unwrap().bytes[..], b"one");
}

#[tokio::test]
async fn packs_are_bounded_in_bytes_objects_and_what_they_unpack_to() {
    let host = host().await;
    host.commit("a.git", &[("zeros", &"0".repeat(5_000_000))]).await.unwrap();
    let file = git(&host, "/a.git//catalog.yaml");
    let packs = reader(&host, |config, _| config.git.max_pack_bytes = 100);
    let objects = reader(&host, |config, _| config.git.max_objects = 3);
    let unpacked = reader(&host, |config, _| config.git.max_unpacked_bytes = 1_000_000);
    for reader in [packs, objects, unpacked] {
        let failure = failure(&reader, &file).await;
        assert!(matches!(failure, ReadFailure::TooLarge(_)), "{failure:?}");
        assert!(kept(&reader).is_empty());
    }
    let bytes = reader(&host, |config, _| config.max_bytes = 1000);
    assert!(matches!(failure(&bytes, &git(&host, "/a.git//zeros")).await, ReadFailure::TooLarge(_)));
}

#[tokio::test]
async fn what_was_not_used_for_longest_goes_first_however_old_it_is() {
    let host = host().await;
    for name in ["b.git", "c.git"] {
        host.init(name, &[]).await.unwrap();
        host.commit(name, &[("catalog.yaml", "one"), ("docs/index.md", "# docs")]).await.unwrap();
    }
    let file = |name: &str| git(&host, &format!("/{name}.git//catalog.yaml"));
    let measured = reader(&host, |_, _| {});
    let mut sizes = Vec::new();
    for name in ["a", "b", "c"] {
        measured.reading.read(&file(name)).await.unwrap();
        let bytes = |folder: &std::path::PathBuf| {
            fs::read_dir(folder).unwrap().map(|file| file.unwrap().metadata().unwrap().len()).sum::<u64>()
        };
        sizes.push(kept(&measured).iter().map(bytes).sum::<u64>());
    }
    // Room for any two of them.
    let clock = Clock::fixed("2030-01-01T00:00:00Z".parse().unwrap());
    let reader = reader_at(&clock, &host, |config, _| config.git.max_cache_bytes = sizes[2] - 500);
    let used = async |name: &str| {
        clock.advance(Duration::from_mins(1));
        host.take_asked();
        reader.reading.read(&file(name)).await.unwrap();
        fetches(&host)
    };
    assert_eq!(used("a").await, 1);
    assert_eq!(used("b").await, 1);
    assert_eq!(used("a").await, 0, "the older one is used again");
    assert_eq!(used("c").await, 1, "and now there is no room for the one that is not");
    assert_eq!(kept(&reader).len(), 2);
    assert_eq!((used("a").await, used("c").await), (0, 0));
    assert_eq!(used("b").await, 1);
    assert_eq!(used("c").await, 0, "the first one went for it");
    assert_eq!(used("a").await, 1);
}

#[tokio::test]
async fn the_one_that_is_read_stays_however_large_it_is() {
    let host = host().await;
    let file = git(&host, "/a.git//catalog.yaml");
    let reader = reader(&host, |config, _| config.git.max_cache_bytes = 1);
    reader.reading.read(&file).await.unwrap();
    assert_eq!(kept(&reader).len(), 1);
    let commit = host.commit("a.git", &[("catalog.yaml", "two")]).await.unwrap();
    reader.reading.read(&file).await.unwrap();
    let left = kept(&reader);
    assert_eq!(left.len(), 1);
    assert!(left[0].ends_with(commit));
}

#[tokio::test]
async fn a_torn_cache_is_made_anew() {
    let host = host().await;
    let file = git(&host, "/a.git//catalog.yaml");
    let reader = reader(&host, |_, _| {});
    reader.reading.read(&file).await.unwrap();
    for extension in ["pack", "idx"] {
        let mut files = fs::read_dir(&kept(&reader)[0]).unwrap().map(|entry| entry.unwrap().path());
        let torn = files.find(|file| file.extension().is_some_and(|found| found == extension)).unwrap();
        let bytes = fs::read(&torn).unwrap();
        fs::remove_file(&torn).unwrap();
        fs::write(&torn, &bytes[..bytes.len() / 2]).unwrap();
        host.take_asked();
        assert_eq!(&reader.reading.read(&file).await.unwrap().bytes[..], b"one");
        assert_eq!(fetches(&host), 1, "{extension}");
    }
}
