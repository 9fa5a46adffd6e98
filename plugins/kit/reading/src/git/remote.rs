use std::path::Path;

use base64::{Engine, engine::general_purpose::STANDARD};
use callboard_kit::ReadFailure;
use gix_hash::ObjectId;
use http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE},
};
use tokio::{fs::File, io::AsyncWriteExt};
use url::Url;

use super::{
    packets::{Packet, Packets, broken, refused},
    store::disk,
};
use crate::{
    forge::secret_header,
    guard::shown,
    http::{Http, Streamed},
};

/// What the lists of references and capabilities may have, in bytes.
const LIST_BYTES: u64 = 16 * 1024 * 1024;
const AGENT: &str = concat!("agent=callboard/", env!("CARGO_PKG_VERSION"), "\n");

/// A repository that speaks version 2 of git's protocol.
#[derive(Debug)]
pub struct Remote {
    http: Http,
    /// As the config names it, for messages.
    name: String,
    service: Url,
    headers: HeaderMap,
}

impl Remote {
    /// Asks a repository how it wants to be spoken to.
    pub async fn open(
        http: &Http,
        repository: &Url,
        credentials: Option<(String, String)>,
    ) -> Result<Self, ReadFailure> {
        let mut url = repository.clone();
        url.set_path(&format!("{}/info/refs", repository.path().trim_end_matches('/')));
        url.set_query(Some("service=git-upload-pack"));
        let mut headers = HeaderMap::new();
        headers.insert(HeaderName::from_static("git-protocol"), HeaderValue::from_static("version=2"));
        if let Some((name, password)) = credentials {
            let basic = format!("Basic {}", STANDARD.encode(format!("{name}:{password}")));
            secret_header(&mut headers, AUTHORIZATION, &basic);
        }
        let streamed = http.stream(&url, &headers, None).await?;
        let name = shown(repository);
        let is_git = streamed.is("application/x-git-upload-pack-advertisement");
        let mut packets = Packets::new(streamed, LIST_BYTES);
        let mut lines = Vec::new();
        while let Some(packet) = if is_git { packets.next().await? } else { None } {
            if let Packet::Data(line) = packet {
                lines.push(String::from_utf8_lossy(&line).trim_end().to_owned());
            }
        }
        let has = |start: &str| lines.iter().any(|line| line.starts_with(start));
        if !has("version 2")
            || !lines.iter().any(|line| line.starts_with("fetch=") && line.contains("shallow"))
        {
            let message =
                format!("`{name}` is no git repository whose host speaks version 2 of git's protocol");
            return Err(ReadFailure::Invalid(message));
        }
        if has("object-format=") && !has("object-format=sha1") {
            let message = format!("`{name}` cannot be read: it names its objects by other hashes than SHA-1");
            return Err(ReadFailure::Invalid(message));
        }
        let Streamed { url, headers, .. } = packets.streamed();
        let mut service = url.clone();
        service.set_query(None);
        let path = service.path().strip_suffix("/info/refs").ok_or_else(broken)?;
        let path = format!("{path}/git-upload-pack");
        service.set_path(&path);
        Ok(Self { http: http.clone(), name, service, headers: headers.clone() })
    }

    /// The commit that a branch or tag, or the default branch, is at.
    pub async fn commit(&self, reference: Option<&str>) -> Result<ObjectId, ReadFailure> {
        let wanted = match reference {
            None => vec!["HEAD".to_owned()],
            Some(name) if name.starts_with("refs/") => vec![name.to_owned()],
            Some(name) => vec![format!("refs/heads/{name}"), format!("refs/tags/{name}")],
        };
        let prefixes: Vec<String> = wanted.iter().map(|name| format!("ref-prefix {name}\n")).collect();
        let arguments = std::iter::once("peel\n").chain(prefixes.iter().map(String::as_str));
        let mut packets = self.ask("ls-refs", arguments, LIST_BYTES).await?;
        let mut found = vec![None; wanted.len()];
        while let Some(Packet::Data(line)) = packets.next().await? {
            let line = String::from_utf8_lossy(&line).into_owned();
            let mut words = line.trim_end().split(' ');
            let (Some(id), Some(name)) = (words.next(), words.next()) else { return Err(broken()) };
            if let Some(index) = wanted.iter().position(|wanted| wanted == name) {
                let peeled = words.find_map(|word| word.strip_prefix("peeled:")).unwrap_or(id);
                found[index] = ObjectId::from_hex(peeled.as_bytes()).ok();
            }
        }
        found.into_iter().flatten().next().ok_or_else(|| {
            ReadFailure::NotFound(match reference {
                Some(reference) => format!("`{}` has no branch or tag `{reference}`", self.name),
                None => format!("`{}` has no default branch: it is empty", self.name),
            })
        })
    }

    /// Writes the pack of one commit, without what came before it, to a file.
    pub async fn fetch(&self, commit: ObjectId, file: &Path, max_bytes: u64) -> Result<(), ReadFailure> {
        let want = format!("want {commit}\n");
        let arguments = ["no-progress\n", "ofs-delta\n", "deepen 1\n", want.as_str(), "done\n"];
        // Each line of 64 KiB has a few bytes of its own.
        let framed = max_bytes.saturating_add(max_bytes / 64).saturating_add(64 * 1024);
        let mut packets = self.ask("fetch", arguments.into_iter(), framed).await?;
        loop {
            match packets.next().await? {
                Some(Packet::Data(line)) if line.as_ref() == b"packfile\n" => break,
                Some(_) => {}
                None => return Err(broken()),
            }
        }
        let mut file = File::create_new(file).await.map_err(|error| disk(&error))?;
        let mut written = 0;
        loop {
            match packets.next().await? {
                Some(Packet::Data(line)) => match line.split_first() {
                    Some((1, piece)) => {
                        written += piece.len() as u64;
                        if written > max_bytes {
                            let message = format!(
                                "the pack of `{}` is larger than {max_bytes} bytes, the limit of \
                                 `backend.reading.git.maxPackBytes`",
                                self.name
                            );
                            return Err(ReadFailure::TooLarge(message));
                        }
                        file.write_all(piece).await.map_err(|error| disk(&error))?;
                    }
                    Some((3, message)) => return Err(refused(message)),
                    _ => {}
                },
                Some(Packet::Flush) => {
                    file.flush().await.map_err(|error| disk(&error))?;
                    return file.sync_all().await.map_err(|error| disk(&error));
                }
                Some(Packet::Delimiter) | None => return Err(broken()),
            }
        }
    }

    async fn ask<'a>(
        &self,
        command: &str,
        arguments: impl Iterator<Item = &'a str>,
        max_bytes: u64,
    ) -> Result<Packets, ReadFailure> {
        let mut body = line(&format!("command={command}\n"));
        body += &line(AGENT);
        body += &line("object-format=sha1\n");
        body += "0001";
        for argument in arguments {
            body += &line(argument);
        }
        body += "0000";
        let mut headers = self.headers.clone();
        let kind = HeaderValue::from_static("application/x-git-upload-pack-request");
        headers.insert(CONTENT_TYPE, kind);
        headers.insert(ACCEPT, HeaderValue::from_static("application/x-git-upload-pack-result"));
        let streamed = self.http.stream(&self.service, &headers, Some(body.into_bytes())).await?;
        Ok(Packets::new(streamed, max_bytes))
    }
}

fn line(text: &str) -> String {
    format!("{:04x}{text}", text.len() + 4)
}
