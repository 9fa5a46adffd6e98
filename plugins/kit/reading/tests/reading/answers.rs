use std::{io::Write, time::Duration};

use callboard_kit::{Clock, ReadFailure, SourceFile, SourceReader, SourceUrl};
use callboard_reading::{AllowedHost, IntegrationsConfig, Reading, ReadingConfig};
use flate2::{Compression, write::GzEncoder};

use crate::file_host::FileHost;

async fn read(host: &FileHost, path: &str, allow_private: bool) -> Result<SourceFile, ReadFailure> {
    let data = tempfile::tempdir().unwrap();
    let allow = vec![
        AllowedHost { host: host.host(), paths: None, allow_private },
        AllowedHost {
            host: host.host().replace("127.0.0.1", "localhost"),
            paths: None,
            allow_private: false,
        },
    ];
    let config = ReadingConfig { allow, max_bytes: 1_000_000, ..ReadingConfig::default() };
    let reading =
        Reading::new(&config, &IntegrationsConfig::default(), &Clock::system(), data.path()).unwrap();
    reading.read(&SourceUrl::url(path.parse().unwrap())).await
}

#[tokio::test]
async fn a_busy_host_is_given_the_time_it_asks_for() {
    let host = FileHost::start().await;
    for status in [429, 503] {
        let path = format!("/busy/{status}");
        host.reply(&path, status, &[("retry-after", "1")], "");
        host.reply(&path, 200, &[], "at last");
        let file = read(&host, &host.url(&path), true).await.unwrap();
        assert_eq!(&file.bytes[..], b"at last");
    }
    host.reply("/later", 429, &[("retry-after", "3600")], "");
    host.take_asked();
    let limited = read(&host, &host.url("/later"), true).await.unwrap_err();
    let ReadFailure::RateLimited { retry_after, .. } = limited else { panic!("{limited:?}") };
    assert_eq!(retry_after, Some(Duration::from_hours(1)));
    assert_eq!(host.take_asked().len(), 1, "nobody waits for an hour");
}

#[tokio::test]
async fn what_is_compressed_counts_as_what_it_unpacks_to() {
    let host = FileHost::start().await;
    let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
    bomb.write_all(&vec![0; 50_000_000]).unwrap();
    host.reply("/bomb", 200, &[("content-encoding", "gzip")], bomb.finish().unwrap());
    let failure = read(&host, &host.url("/bomb"), true).await.unwrap_err();
    assert!(matches!(failure, ReadFailure::TooLarge(_)), "{failure:?}");
}

#[tokio::test]
async fn a_name_that_leads_into_a_private_network_is_refused_when_it_is_looked_up() {
    let host = FileHost::start().await;
    let url = host.url("/x").replace("127.0.0.1", "localhost");
    let failure = read(&host, &url, false).await.unwrap_err();
    assert!(
        matches!(&failure, ReadFailure::NotAllowed(message) if message.contains("private")),
        "{failure:?}"
    );
    assert!(host.take_asked().is_empty());
}
