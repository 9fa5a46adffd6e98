use callboard_kit::{Clock, ReadFailure, Secret, SourceReader, SourceUrl};
use callboard_reading::{
    AllowedHost, AzureConfig, BitbucketCloudConfig, GithubConfig, IntegrationsConfig, Reading, ReadingConfig,
};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::file_host::FileHost;

fn cloud(host: &FileHost, others: &[&FileHost], data: &TempDir) -> Reading {
    let one = BitbucketCloudConfig {
        api_base_url: Some(host.url("/2.0")),
        token: Some(Secret::new("s3cret")),
        ..BitbucketCloudConfig::default()
    };
    let integrations = IntegrationsConfig { bitbucket_cloud: vec![one], ..IntegrationsConfig::default() };
    reading(&integrations, [host].into_iter().chain(others.iter().copied()), data)
}

fn reading<'a>(
    integrations: &IntegrationsConfig,
    hosts: impl Iterator<Item = &'a FileHost>,
    data: &TempDir,
) -> Reading {
    let allow =
        hosts.map(|host| AllowedHost { host: host.host(), paths: None, allow_private: true }).collect();
    let config = ReadingConfig { allow, ..ReadingConfig::default() };
    Reading::new(&config, integrations, &Clock::system(), data.path()).unwrap()
}

fn source(url: &str) -> SourceUrl {
    SourceUrl::url(url.parse().unwrap())
}

fn entry(kind: &str, path: &str) -> Value {
    json!({ "type": kind, "path": path, "commit": { "type": "commit", "hash": "0f2e" }, "attributes": [] })
}

const FIRST: &str = "/2.0/repositories/w/r/src/main/?max_depth=50&pagelen=100";

#[tokio::test]
async fn bitbucket_cloud_lists_files_in_pages() {
    let (host, data) = (FileHost::start().await, TempDir::new().unwrap());
    let mut link = entry("commit_file", "linked.yaml");
    link["attributes"] = json!(["link"]);
    let first = json!({
        "pagelen": 100,
        "values": [
            entry("commit_directory", "docs"),
            entry("commit_file", "docs/a.yaml"),
            entry("commit_file", "docs/a.md"),
            link,
        ],
        "page": 1,
        "next": host.url("/2.0/repositories/w/r/src/main/?max_depth=50&pagelen=100&page=AbC"),
    });
    host.reply(FIRST, 200, &[], first.to_string());
    let second = json!({ "pagelen": 100, "values": [entry("commit_file", "z/b.yaml")], "page": 2 });
    host.reply(&format!("{FIRST}&page=AbC"), 200, &[], second.to_string());
    let reading = cloud(&host, &[], &data);
    let files = reading.expand(&source("https://bitbucket.org/w/r/src/main/**/*.yaml")).await.unwrap();
    let files: Vec<&str> = files.iter().map(|file| file.url.as_str()).collect();
    let page = "https://bitbucket.org/w/r/src/main";
    assert_eq!(files, [format!("{page}/docs/a.yaml"), format!("{page}/z/b.yaml")]);
    let asked = host.take_asked();
    assert!(asked.iter().all(|(_, headers, _)| headers["authorization"] == "Bearer s3cret"));
}

#[tokio::test]
async fn azure_lists_the_files_of_a_branch() {
    let (host, data) = (FileHost::start().await, TempDir::new().unwrap());
    let node = |path: &str, is_folder: bool| {
        json!({
            "objectId": "61a8", "gitObjectType": if is_folder { "tree" } else { "blob" },
            "commitId": "23d0", "path": path, "isFolder": is_folder, "url": host.url("/x"),
        })
    };
    let mut link = node("/linked.yaml", false);
    link["isSymLink"] = json!(true);
    let nodes = [node("/", true), node("/My Docs", true), node("/My Docs/a b.yaml", false), link];
    let path = "/org/My%20Project/_apis/git/repositories/r/items?api-version=7.1\
                &versionDescriptor.version=main&versionDescriptor.versionType=branch\
                &scopePath=%2F&recursionLevel=Full";
    host.reply(path, 200, &[], json!({ "count": 4, "value": nodes }).to_string());
    let azure = AzureConfig {
        host: Some(host.host()),
        base_url: Some(host.url("/")),
        personal_access_token: Some(Secret::new("s3cret")),
        allow_private: true,
    };
    let integrations = IntegrationsConfig { azure: vec![azure], ..IntegrationsConfig::default() };
    let reading = reading(&integrations, std::iter::empty(), &data);
    let glob = host.url("/org/My%20Project/_git/r?path=/**/*.yaml&version=GBmain");
    let files = reading.expand(&source(&glob)).await.unwrap();
    assert_eq!(
        files,
        [source(&host.url("/org/My%20Project/_git/r?path=%2FMy+Docs%2Fa+b.yaml&version=GBmain"))]
    );
}

#[tokio::test]
async fn a_list_that_leads_to_another_host_takes_no_token_there() {
    let (host, other, data) = (FileHost::start().await, FileHost::start().await, TempDir::new().unwrap());
    host.reply(FIRST, 200, &[], json!({ "values": [], "next": other.url("/steal") }).to_string());
    other.reply("/steal", 200, &[], json!({ "values": [entry("commit_file", "a.yaml")] }).to_string());
    let reading = cloud(&host, &[&other], &data);
    let failure = reading.expand(&source("https://bitbucket.org/w/r/src/main/*")).await.unwrap_err();
    assert!(matches!(failure, ReadFailure::NotAllowed(_)), "{failure:?}");
    assert!(other.take_asked().is_empty());
}

#[tokio::test]
async fn a_list_without_end_is_given_up() {
    let (host, data) = (FileHost::start().await, TempDir::new().unwrap());
    let page = |next: &str| json!({ "values": [], "next": host.url(next) }).to_string();
    host.reply(FIRST, 200, &[], page("/2.0/one"));
    host.reply("/2.0/one", 200, &[], page("/2.0/two"));
    host.reply("/2.0/two", 200, &[], page("/2.0/one"));
    let reading = cloud(&host, &[], &data);
    let failure = reading.expand(&source("https://bitbucket.org/w/r/src/main/*")).await.unwrap_err();
    assert!(matches!(failure, ReadFailure::TooLarge(_)), "{failure:?}");
}

#[tokio::test]
async fn paths_of_a_list_that_lead_out_are_left_out() {
    let (host, data) = (FileHost::start().await, TempDir::new().unwrap());
    let paths =
        ["docs/../../etc/passwd", "/docs/x", "docs//x", "docs/.git/config", "docs/C:x", "docs/fine.md"];
    let nodes: Vec<Value> =
        paths.iter().map(|path| json!({ "path": path, "type": "blob", "mode": "100644" })).collect();
    let list = json!({ "tree": nodes, "truncated": false }).to_string();
    host.reply("/api/v3/repos/o/r/git/trees/main?recursive=1", 200, &[], list);
    host.reply("/api/v3/repos/o/r/contents/docs/fine.md?ref=main", 200, &[], "fine");
    let github = GithubConfig {
        host: Some(host.host()),
        api_base_url: Some(host.url("/api/v3")),
        allow_private: true,
        ..GithubConfig::default()
    };
    let integrations = IntegrationsConfig { github: vec![github], ..IntegrationsConfig::default() };
    let reading = reading(&integrations, std::iter::empty(), &data);
    let tree = reading.read_tree(&source(&host.url("/o/r/tree/main/docs"))).await.unwrap();
    let read: Vec<&str> = tree.files.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(read, ["fine.md"]);
}
