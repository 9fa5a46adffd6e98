use axum::http::HeaderMap;
use callboard_kit::{Clock, ReadFailure, Secret, SourceReader, SourceUrl};
use callboard_reading::{
    AllowedHost, AzureConfig, BitbucketCloudConfig, BitbucketServerConfig, GiteaConfig, GithubConfig,
    GitlabConfig, IntegrationsConfig, Reading, ReadingConfig,
};

use crate::file_host::FileHost;

/// A forge: what the config says of it, the page of a file, where its API has that, and the header with the token.
struct Case {
    integrations: IntegrationsConfig,
    /// On its own host where it begins with a slash.
    page: &'static str,
    raw: &'static str,
    header: (&'static str, &'static str),
}

fn cases(host: &FileHost) -> [Case; 6] {
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
        token: token.clone(),
        allow_private: true,
    };
    let cloud = BitbucketCloudConfig {
        api_base_url: Some(host.url("/2.0")),
        username: Some("alice@example.org".to_owned()),
        token: token.clone(),
        app_password: None,
    };
    let azure = AzureConfig {
        host: Some(host.host()),
        base_url: Some(host.url("/")),
        personal_access_token: token,
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
        Case {
            integrations: IntegrationsConfig { bitbucket_cloud: vec![cloud], ..none() },
            page: "https://bitbucket.org/w/r/src/main/a/b.yaml",
            raw: "/2.0/repositories/w/r/src/main/a/b.yaml",
            header: ("authorization", "Basic YWxpY2VAZXhhbXBsZS5vcmc6czNjcmV0"),
        },
        Case {
            integrations: IntegrationsConfig { azure: vec![azure], ..none() },
            page: "/org/My%20Project/_git/My%20Repo?path=/a/b%20c.yaml&version=GBmain",
            raw: "/org/My%20Project/_apis/git/repositories/My%20Repo/items?api-version=7.1\
                  &versionDescriptor.version=main&versionDescriptor.versionType=branch\
                  &path=%2Fa%2Fb+c.yaml&%24format=octetStream",
            header: ("authorization", "Basic OnMzY3JldA=="),
        },
    ]
}

fn page(host: &FileHost, page: &str) -> SourceUrl {
    let url = if page.starts_with('/') { host.url(page) } else { page.to_owned() };
    SourceUrl::url(url.parse().unwrap())
}

fn allowed(host: &FileHost) -> AllowedHost {
    AllowedHost { host: host.host(), paths: None, allow_private: true }
}

fn reading(integrations: &IntegrationsConfig, allow: Vec<AllowedHost>, data: &std::path::Path) -> Reading {
    let config = ReadingConfig { allow, ..ReadingConfig::default() };
    Reading::new(&config, integrations, &Clock::system(), data).unwrap()
}

#[tokio::test]
async fn a_file_comes_from_the_api_with_the_token_and_is_transferred_once() {
    let data = tempfile::tempdir().unwrap();
    for index in 0..6 {
        let host = FileHost::start().await;
        let [ref case] = [cases(&host).into_iter().nth(index).unwrap()];
        host.reply(case.raw, 200, &[("etag", "\"1\"")], "kind: Component");
        let reading = reading(&case.integrations, vec![allowed(&host)], data.path());
        let source = page(&host, case.page);
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
    for index in 0..6 {
        let (host, other) = (FileHost::start().await, FileHost::start().await);
        let [ref case] = [cases(&host).into_iter().nth(index).unwrap()];
        host.reply(case.raw, 302, &[("location", &other.url("/raw"))], "");
        other.reply("/raw", 200, &[], "moved");
        let reading = reading(&case.integrations, vec![allowed(&host), allowed(&other)], data.path());
        let source = page(&host, case.page);
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

#[tokio::test]
async fn encoded_slashes_and_dots_do_not_lead_elsewhere_in_an_api() {
    let data = tempfile::tempdir().unwrap();
    let ways = [
        "/..%2f..%2fadmin/r/blob/main/x",
        "/o/..%2fr/blob/main/x",
        "/o/r/blob/..%2f..%2fx/y",
        "/o/r/blob/main/..%2f..%2fx",
        "/g/..%2fs/p/-/blob/main/x",
        "/g/p/-/blob/main/%2e%2e%2fx",
        "/g/p/-/blob/main/a%5C..%5Cb",
        "/o/r/src/branch/main/..%2f..%2f..%2fadmin",
        "/projects/..%2fadmin/repos/r/browse/x",
        "/projects/K/repos/r/browse/..%2fx?at=main",
        "/projects/K/repos/r/browse/x?at=../main",
        "/org/..%2f..%2fx/_git/r?path=/a",
        "/org/p/_git/r?path=/../a&version=GBmain",
        "https://bitbucket.org/w/..%2f..%2fuser/src/main/x",
    ];
    let mut refused = 0;
    for index in 0..6 {
        let host = FileHost::start().await;
        let case = cases(&host).into_iter().nth(index).unwrap();
        let reading = reading(&case.integrations, vec![allowed(&host)], data.path());
        for way in ways.into_iter().filter(|way| way.starts_with('/') || index == 4) {
            let read = reading.read(&page(&host, way)).await;
            refused += usize::from(matches!(read, Err(ReadFailure::Invalid(_))));
            let expanded = reading.expand(&page(&host, &format!("{way}*"))).await;
            assert!(!matches!(expanded, Ok(files) if files.len() > 1), "{way}");
        }
        // What is of no forge is read as it stands, without a token.
        let asked = host.take_asked();
        let leads_elsewhere = |path: &str| path.contains("..") || path.contains("admin");
        let with_token = asked.iter().filter(|(_, headers, _)| headers.contains_key(case.header.0));
        assert!(with_token.clone().all(|(path, ..)| !leads_elsewhere(path)), "{asked:?}");
    }
    assert!(refused >= ways.len(), "{refused}");
}
