use std::time::Duration;

use callboard_kit::{ReadFailure, SourceReader, SourceUrl};

use crate::harness::{Reader, fetches, git, host, reader, reader_in};

async fn text(reader: &Reader, source: &SourceUrl) -> Result<String, ReadFailure> {
    let file = reader.reading.read(source).await?;
    Ok(String::from_utf8(file.bytes.to_vec()).expect("text"))
}

#[tokio::test]
async fn a_file_is_read_from_the_default_branch_a_branch_a_tag_and_a_commit() {
    let host = host().await;
    let first = host.git("a.git", &["rev-parse", "HEAD"]).await.unwrap();
    host.git("a.git", &["tag", "--annotate", "--message=one", "v1"]).await.unwrap();
    host.git("a.git", &["checkout", "--quiet", "-b", "feature/x"]).await.unwrap();
    host.commit("a.git", &[("catalog.yaml", "featured")]).await.unwrap();
    host.git("a.git", &["checkout", "--quiet", "main"]).await.unwrap();
    host.commit("a.git", &[("catalog.yaml", "two")]).await.unwrap();
    let reader = reader(&host, |_, _| {});
    let at = |reference: &str| git(&host, &format!("/a.git//catalog.yaml{reference}"));
    assert_eq!(text(&reader, &at("")).await.unwrap(), "two");
    assert_eq!(text(&reader, &at("?ref=main")).await.unwrap(), "two");
    assert_eq!(text(&reader, &at("?ref=feature/x")).await.unwrap(), "featured");
    assert_eq!(text(&reader, &at("?ref=v1")).await.unwrap(), "one");
    assert_eq!(text(&reader, &at(&format!("?ref={first}"))).await.unwrap(), "one");
    assert!(reader.reading.read(&at("")).await.unwrap().revision.is_some());
}

#[tokio::test]
async fn globs_and_folders_stand_for_files() {
    let host = host().await;
    let reader = reader(&host, |_, _| {});
    let expand = async |path: &str| {
        let files = reader.reading.expand(&git(&host, path)).await.unwrap();
        files.iter().map(|file| file.url.path().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        expand("/a.git//docs/**/*.yaml").await,
        ["/a.git//docs/50%25%20[a].yaml", "/a.git//docs/deep/x.yaml"]
    );
    assert_eq!(expand("/a.git").await.len(), 4);
    assert_eq!(expand("/a.git//docs/").await.len(), 3);
    assert_eq!(expand("/a.git//nothing.yaml").await, ["/a.git//nothing.yaml"]);
    let odd = reader.reading.expand(&git(&host, "/a.git//docs/*.yaml?ref=main")).await.unwrap();
    assert_eq!(text(&reader, &odd[0]).await.unwrap(), "odd");

    let tree = reader.reading.read_tree(&git(&host, "/a.git//docs")).await.unwrap();
    let paths: Vec<&str> = tree.files.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["50% [a].yaml", "deep/x.yaml", "index.md"]);
    assert_eq!(tree.revision.unwrap(), host.git("a.git", &["rev-parse", "HEAD"]).await.unwrap());
}

#[tokio::test]
async fn a_push_is_seen_and_what_is_unchanged_is_not_transferred_again() {
    let host = host().await;
    let first = reader(&host, |_, _| {});
    let file = git(&host, "/a.git//catalog.yaml");
    assert_eq!(text(&first, &file).await.unwrap(), "one");
    assert_eq!(fetches(&host), 1);
    assert_eq!(text(&first, &file).await.unwrap(), "one");
    let asked = host.take_asked();
    assert_eq!((asked.len(), asked.iter().filter(|asked| asked.is_fetch).count()), (2, 0));

    host.commit("a.git", &[("catalog.yaml", "two")]).await.unwrap();
    assert_eq!(text(&first, &file).await.unwrap(), "two");
    assert_eq!(fetches(&host), 1);
    host.git("a.git", &["reset", "--quiet", "--hard", "HEAD~1"]).await.unwrap();
    host.commit("a.git", &[("catalog.yaml", "rewritten")]).await.unwrap();
    assert_eq!(text(&first, &file).await.unwrap(), "rewritten");
    assert_eq!(fetches(&host), 1);

    // Another process finds it on disk.
    let second = reader_in(first.folder, &host, |_, _| {});
    assert_eq!(text(&second, &file).await.unwrap(), "rewritten");
    assert_eq!(fetches(&host), 0);
}

#[tokio::test]
async fn readers_at_once_share_one_look_and_one_pack() {
    let host = host().await;
    host.pause(Duration::from_millis(50));
    let reader = reader(&host, |config, _| config.git.fresh_for.0 = Duration::from_mins(1));
    let sources = ["catalog.yaml", "docs/index.md", "docs/deep/x.yaml"];
    let sources = sources.map(|path| git(&host, &format!("/a.git//{path}")));
    let read = sources.iter().map(|source| reader.reading.read(source));
    for file in futures::future::join_all(read).await {
        file.unwrap();
    }
    assert_eq!(host.take_asked().len(), 3, "capabilities, references and a pack");
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let host = host().await;
    host.init("empty.git", &[]).await.unwrap();
    let reader = reader(&host, |_, _| {});
    let unknown = "a".repeat(40);
    for path in [
        "/a.git//nothing.yaml",
        "/a.git//docs",
        "/a.git//catalog.yaml/x",
        "/a.git//catalog.yaml?ref=nowhere",
        &format!("/a.git//catalog.yaml?ref={unknown}"),
        "/empty.git//catalog.yaml",
        "/nowhere.git//catalog.yaml",
    ] {
        let failure = text(&reader, &git(&host, path)).await.unwrap_err();
        assert!(matches!(failure, ReadFailure::NotFound(_)), "{path}: {failure:?}");
    }
}

#[tokio::test]
async fn a_repository_of_other_hashes_is_refused_clearly() {
    let host = host().await;
    host.init("b.git", &["--object-format=sha256"]).await.unwrap();
    host.commit("b.git", &[("catalog.yaml", "one")]).await.unwrap();
    let reader = reader(&host, |_, _| {});
    let failure = text(&reader, &git(&host, "/b.git//catalog.yaml")).await.unwrap_err();
    assert!(matches!(&failure, ReadFailure::Invalid(message) if message.contains("SHA-1")), "{failure:?}");
}

#[tokio::test]
async fn links_of_the_file_system_lead_nowhere() {
    let host = host().await;
    std::os::unix::fs::symlink("/etc/passwd", host.folder("a.git").join("passwd")).unwrap();
    std::os::unix::fs::symlink("docs", host.folder("a.git").join("folder")).unwrap();
    host.commit("a.git", &[]).await.unwrap();
    let reader = reader(&host, |_, _| {});
    for path in ["passwd", "folder/index.md", "..%2f..%2fetc/passwd", ".git/config"] {
        let failure = text(&reader, &git(&host, &format!("/a.git//{path}"))).await.unwrap_err();
        assert!(matches!(failure, ReadFailure::NotFound(_)), "{path}: {failure:?}");
    }
    assert_eq!(reader.reading.expand(&git(&host, "/a.git")).await.unwrap().len(), 4);
}

#[tokio::test]
async fn targets_stay_in_the_repository_or_are_urls() {
    let host = host().await;
    let reader = reader(&host, |_, _| {});
    let base = git(&host, "/a.git//docs/index.md?ref=main");
    let resolve = |target: &str| reader.reading.resolve(&base, target);
    assert_eq!(resolve("../catalog.yaml").unwrap(), git(&host, "/a.git//catalog.yaml?ref=main"));
    assert_eq!(resolve("./deep/x.yaml").unwrap(), git(&host, "/a.git//docs/deep/x.yaml?ref=main"));
    let url = "https://example.org/a.yaml";
    assert_eq!(resolve(url).unwrap(), SourceUrl::url(url.parse().unwrap()));
    assert!(matches!(resolve("../../secret"), Err(ReadFailure::NotAllowed(_))));
    assert!(resolve("file:///etc/passwd").is_err());

    assert_eq!(reader.reading.links(&base).view, Some(host.url("/a.git").parse().unwrap()));
    let known = SourceUrl::git("https://github.com/o/r.git//a/b.yaml?ref=main".parse().unwrap());
    let view = reader.reading.links(&known).view.unwrap();
    assert_eq!(view.as_str(), "https://github.com/o/r/blob/main/a/b.yaml");
}
