use std::{io::Write, time::Duration};

use callboard_kit::{Clock, ReadFailure, SourceFile, SourceReader, SourceUrl};
use callboard_reading::{AllowedHost, IntegrationsConfig, Reading, ReadingConfig};
use flate2::{Compression, write::GzEncoder};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

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
async fn patience_is_asked_for_by_those_who_are_down_too_and_is_not_endless() {
    let host = FileHost::start().await;
    for (path, status, asked, granted) in
        [("/down", 503, "60", 60), ("/gone", 502, "600", 600), ("/never", 429, "99999999999", 3600)]
    {
        host.reply(path, status, &[("retry-after", asked)], "");
        let limited = read(&host, &host.url(path), true).await.unwrap_err();
        let ReadFailure::RateLimited { retry_after, .. } = limited else { panic!("{limited:?}") };
        assert_eq!(retry_after, Some(Duration::from_secs(granted)));
        assert_eq!(host.take_asked().len(), 1, "{path}");
    }
}

#[tokio::test]
async fn who_is_away_without_a_word_is_asked_four_times() {
    let host = FileHost::start().await;
    host.reply("/away", 500, &[], "");
    assert!(matches!(read(&host, &host.url("/away"), true).await, Err(ReadFailure::Unavailable(_))));
    assert_eq!(host.take_asked().len(), 4);
}

#[tokio::test]
async fn redirects_end_and_lead_nowhere_that_is_not_allowed() {
    let host = FileHost::start().await;
    let secret = format!("http://alice:s3cret@{}/x", host.host());
    for (path, target) in [
        ("/loop", "/loop"),
        ("/file", "file:///etc/passwd"),
        ("/data", "data:text/plain,x"),
        ("/secret", secret.as_str()),
        ("/inside", "http://169.254.169.254/latest/meta-data"),
        ("/mapped", "http://[::ffff:127.0.0.1]/"),
        ("/other-port", "http://127.0.0.1:1/"),
    ] {
        host.reply(path, 302, &[("location", target)], "");
        let failure = read(&host, &host.url(path), true).await.unwrap_err();
        assert!(matches!(failure, ReadFailure::NotAllowed(_)), "{path}: {failure:?}");
        assert!(!failure.to_string().contains("s3cret"), "{failure}");
    }
    let asked = host.take_asked();
    assert_eq!(asked.iter().filter(|(path, ..)| path == "/loop").count(), 6);
    assert_eq!(asked.iter().filter(|(path, ..)| path == "/x").count(), 0);
}

#[tokio::test]
async fn a_page_to_sign_in_at_is_not_the_file() {
    let host = FileHost::start().await;
    host.reply("/page", 203, &[], "<html>");
    assert!(matches!(read(&host, &host.url("/page"), true).await, Err(ReadFailure::Unauthorized(_))));
}

#[tokio::test]
async fn an_answer_without_end_is_given_up() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            tokio::spawn(async move {
                let _asked = socket.read(&mut [0; 4096]).await.unwrap();
                let head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
                socket.write_all(head).await.unwrap();
                while socket.write_all(b"1\r\nx\r\n").await.is_ok() {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            });
        }
    });
    let data = tempfile::tempdir().unwrap();
    let url = format!("http://{host}/slow");
    let allow = vec![AllowedHost { host, paths: None, allow_private: true }];
    let mut config = ReadingConfig { allow, ..ReadingConfig::default() };
    config.timeout.0 = Duration::from_millis(200);
    let reading =
        Reading::new(&config, &IntegrationsConfig::default(), &Clock::system(), data.path()).unwrap();
    let failure = reading.read(&SourceUrl::url(url.parse().unwrap())).await.unwrap_err();
    assert!(matches!(&failure, ReadFailure::Unavailable(text) if text.contains("in time")), "{failure:?}");
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
