use axum::http::HeaderMap;
use callboard_kit::{Clock, Secret, SourceReader, SourceUrl};
use callboard_reading::{
    AllowedHost, BitbucketServerConfig, GiteaConfig, GithubConfig, GitlabConfig, IntegrationsConfig, Reading,
    ReadingConfig,
};

use crate::file_host::FileHost;

/// A forge: what the config says of it, the page of a file, where its API has that, and the header with the token.
struct Case {
    integrations: IntegrationsConfig,
    page: &'static str,
    raw: &'static str,
    header: (&'static str, &'static str),
}

fn cases(host: &FileHost) -> [Case; 4] {
    let (name, token) = (Some(host.host()), Some(Secret::new("s3cret")));
    let none = IntegrationsConfig::default;
    let github = GithubConfig {
        host: name.clone(),
        api_base_url: Some(host.url("/api/v3")),
        token: token.clone(),
        allow_private: true,
        ..GithubConfig::default()
    };
    let gitlab = GitlabConfig {
        host: name,
        api_base_url: Some(host.url("/api/v4")),
        token: token.clone(),
        allow_private: true,
    };
    let gitea = GiteaConfig {
        host: host.host(),
        base_url: Some(host.url("/")),
        password: token.clone(),
        username: None,
        allow_private: true,
    };
    let bitbucket = BitbucketServerConfig {
        host: host.host(),
        api_base_url: Some(host.url("/rest/api/1.0")),
        token,
        allow_private: true,
    };
    [
        Case {
            integrations: IntegrationsConfig { github: vec![github], ..none() },
            page: "/o/r/blob/main/a/b.yaml",
            raw: "/api/v3/repos/o/r/contents/a/b.yaml?ref=main",
            header: ("authorization", "Bearer s3cret"),
        },
        Case {
            integrations: IntegrationsConfig { gitlab: vec![gitlab], ..none() },
            page: "/g/s/p/-/blob/main/a/b.yaml",
            raw: "/api/v4/projects/g%2Fs%2Fp/repository/files/a%2Fb.yaml/raw?ref=main",
            header: ("private-token", "s3cret"),
        },
        Case {
            integrations: IntegrationsConfig { gitea: vec![gitea], ..none() },
            page: "/o/r/src/branch/main/a/b.yaml",
            raw: "/api/v1/repos/o/r/raw/a/b.yaml?ref=main",
            header: ("authorization", "token s3cret"),
        },
        Case {
            integrations: IntegrationsConfig { bitbucket_server: vec![bitbucket], ..none() },
            page: "/projects/K/repos/r/browse/a/b.yaml?at=main",
            raw: "/rest/api/1.0/projects/K/repos/r/raw/a/b.yaml?at=main",
            header: ("authorization", "Bearer s3cret"),
        },
    ]
}

fn reading(integrations: &IntegrationsConfig, allow: Vec<AllowedHost>, data: &std::path::Path) -> Reading {
    let config = ReadingConfig { allow, ..ReadingConfig::default() };
    Reading::new(&config, integrations, &Clock::system(), data).unwrap()
}

#[tokio::test]
async fn a_file_comes_from_the_api_with_the_token_and_is_transferred_once() {
    let data = tempfile::tempdir().unwrap();
    for index in 0..4 {
        let host = FileHost::start().await;
        let [ref case] = [cases(&host).into_iter().nth(index).unwrap()];
        host.reply(case.raw, 200, &[("etag", "\"1\"")], "kind: Component");
        let reading = reading(&case.integrations, Vec::new(), data.path());
        let source = SourceUrl::url(host.url(case.page).parse().unwrap());
        for _ in 0..2 {
            let file = reading.read(&source).await.unwrap();
            assert_eq!((&file.bytes[..], file.revision.as_deref()), (&b"kind: Component"[..], Some("\"1\"")));
        }
        let asked = host.take_asked();
        let statuses: Vec<u16> = asked.iter().map(|(.., status)| status.as_u16()).collect();
        assert_eq!(statuses, [200, 304], "{}", case.page);
        assert!(asked.iter().all(|(_, headers, _)| headers[case.header.0] == case.header.1));
    }
}

#[tokio::test]
async fn a_token_does_not_go_along_with_a_redirect() {
    let data = tempfile::tempdir().unwrap();
    for index in 0..4 {
        let (host, other) = (FileHost::start().await, FileHost::start().await);
        let [ref case] = [cases(&host).into_iter().nth(index).unwrap()];
        host.reply(case.raw, 302, &[("location", &other.url("/raw"))], "");
        other.reply("/raw", 200, &[], "moved");
        let allow = vec![AllowedHost { host: other.host(), paths: None, allow_private: true }];
        let reading = reading(&case.integrations, allow, data.path());
        let source = SourceUrl::url(host.url(case.page).parse().unwrap());
        assert_eq!(&reading.read(&source).await.unwrap().bytes[..], b"moved");
        let asked = other.take_asked();
        let is_secret = |headers: &HeaderMap| headers.contains_key(case.header.0);
        assert!(
            !asked.is_empty() && !asked.iter().any(|(_, headers, _)| is_secret(headers)),
            "{}",
            case.page
        );
    }
}
