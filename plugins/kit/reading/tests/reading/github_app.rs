use std::time::Duration;

use callboard_kit::{Clock, ReadFailure, Secret, SourceFile, SourceReader, SourceUrl};
use callboard_reading::{GithubConfig, IntegrationsConfig, Reading, ReadingConfig};
use tempfile::TempDir;

use crate::app_host::AppHost;

struct Portal {
    clock: Clock,
    host: AppHost,
    reading: Reading,
    _data: TempDir,
}

impl Portal {
    async fn start(change: impl FnOnce(&mut GithubConfig)) -> Self {
        let clock = Clock::fixed("2030-06-01T00:00:00Z".parse().unwrap());
        let (host, data) = (AppHost::start(&clock).await, TempDir::new().unwrap());
        let mut github = host.config();
        change(&mut github);
        let integrations = IntegrationsConfig { github: vec![github], ..IntegrationsConfig::default() };
        let reading = Reading::new(&ReadingConfig::default(), &integrations, &clock, data.path()).unwrap();
        Self { clock, host, reading, _data: data }
    }

    async fn read(&self, owner: &str) -> Result<SourceFile, ReadFailure> {
        let url = self.host.url(&format!("/{owner}/shop/blob/main/catalog-info.yaml"));
        self.reading.read(&SourceUrl::url(url.parse().unwrap())).await
    }
}

#[tokio::test]
async fn an_app_proves_itself_and_reads_with_the_token_of_the_owner() {
    let portal = Portal::start(|_| {}).await;
    for owner in ["acme", "Acme", "acme"] {
        portal.read(owner).await.unwrap();
    }
    assert_eq!(portal.host.take_reads(), ["Bearer ghs_1", "Bearer ghs_1", "Bearer ghs_1"]);
    assert_eq!((portal.host.given(), portal.host.lists()), (1, 2), "one token, and the two pages of a list");
}

#[tokio::test]
async fn a_token_is_renewed_before_it_ends() {
    let portal = Portal::start(|_| {}).await;
    portal.read("acme").await.unwrap();
    portal.clock.advance(Duration::from_mins(54));
    portal.read("acme").await.unwrap();
    assert_eq!(portal.host.given(), 1);
    portal.clock.advance(Duration::from_mins(2));
    portal.read("acme").await.unwrap();
    assert_eq!(
        portal.host.take_reads(),
        ["Bearer ghs_1", "Bearer ghs_1", "Bearer ghs_2"],
        "none was refused"
    );
}

#[tokio::test]
async fn a_token_that_was_taken_back_is_renewed_once() {
    let portal = Portal::start(|_| {}).await;
    portal.read("acme").await.unwrap();
    portal.clock.advance(Duration::from_mins(2));
    portal.host.revoke();
    portal.read("acme").await.unwrap();
    assert_eq!(portal.host.take_reads(), ["Bearer ghs_1", "Bearer ghs_1", "Bearer ghs_2"]);

    portal.clock.advance(Duration::from_mins(2));
    portal.host.take_none();
    let failure = portal.read("acme").await.unwrap_err();
    assert!(matches!(failure, ReadFailure::Unauthorized(_)), "{failure:?}");
    assert!(!failure.to_string().contains("ghs_"), "{failure}");
    for _ in 0..3 {
        assert!(portal.read("acme").await.is_err());
    }
    assert_eq!(portal.host.given(), 3, "who refuses a new token is not asked for another at once");
}

#[tokio::test]
async fn who_has_not_installed_the_app_is_read_without_it() {
    let portal = Portal::start(|_| {}).await;
    for number in 0..20 {
        portal.read(&format!("stranger{number}")).await.unwrap();
    }
    portal.read("suspended").await.unwrap();
    assert!(portal.host.take_reads().iter().all(String::is_empty));
    assert_eq!(
        (portal.host.given(), portal.host.lists()),
        (0, 2),
        "the list is asked for once for all of them"
    );
    let only = Portal::start(|github| {
        github.apps[0].allowed_installation_owners = Some(vec!["else".to_owned()]);
    });
    let only = only.await;
    only.read("acme").await.unwrap();
    assert_eq!(only.host.given(), 0);
}

#[tokio::test]
async fn a_key_that_is_not_the_apps_is_said_to_be_refused() {
    let other = AppHost::start(&Clock::system()).await.config().apps.remove(0).private_key;
    let portal = Portal::start(|github| github.apps[0].private_key = other).await;
    let failure = portal.read("acme").await.unwrap_err();
    assert!(matches!(failure, ReadFailure::Unauthorized(_)), "{failure:?}");
    let none = Portal::start(|github| github.apps[0].private_key = Secret::new("none")).await;
    let failure = none.read("acme").await.unwrap_err();
    assert!(
        matches!(&failure, ReadFailure::Unauthorized(text) if text.contains("private key")),
        "{failure:?}"
    );
}
