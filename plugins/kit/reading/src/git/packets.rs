use bytes::{Buf, Bytes, BytesMut};
use callboard_kit::ReadFailure;

use crate::http::Streamed;

/// A line of git's protocol.
#[derive(Debug)]
pub enum Packet {
    /// A line, with its line feed.
    Data(Bytes),
    /// The end of a message.
    Flush,
    /// The end of a section.
    Delimiter,
}

/// The lines of an answer, no more of it than a number of bytes.
#[derive(Debug)]
pub struct Packets {
    streamed: Streamed,
    buffer: BytesMut,
    left: u64,
}

impl Packets {
    /// The lines of an answer.
    pub fn new(streamed: Streamed, max_bytes: u64) -> Self {
        Self { streamed, buffer: BytesMut::new(), left: max_bytes }
    }

    /// Who answered.
    pub const fn streamed(&self) -> &Streamed {
        &self.streamed
    }

    /// The next line; `None` at the end of the answer.
    pub async fn next(&mut self) -> Result<Option<Packet>, ReadFailure> {
        if !self.fill(4).await? {
            return if self.buffer.is_empty() { Ok(None) } else { Err(broken()) };
        }
        let digits = std::str::from_utf8(&self.buffer[..4]).map_err(|_| broken())?;
        let length = usize::from_str_radix(digits, 16).map_err(|_| broken())?;
        match length {
            0 | 2 => {
                self.buffer.advance(4);
                Ok(Some(Packet::Flush))
            }
            1 => {
                self.buffer.advance(4);
                Ok(Some(Packet::Delimiter))
            }
            3 => Err(broken()),
            length => {
                if !self.fill(length).await? {
                    return Err(broken());
                }
                let mut line = self.buffer.split_to(length).freeze();
                line.advance(4);
                if let Some(error) = line.strip_prefix(b"ERR ") {
                    return Err(refused(error));
                }
                Ok(Some(Packet::Data(line)))
            }
        }
    }

    /// Whether so many bytes are there.
    async fn fill(&mut self, wanted: usize) -> Result<bool, ReadFailure> {
        while self.buffer.len() < wanted {
            let Some(chunk) = self.streamed.chunk().await? else { return Ok(false) };
            self.left = self.left.checked_sub(chunk.len() as u64).ok_or_else(|| {
                ReadFailure::TooLarge(
                    "the answer of the repository's host is larger than `backend.reading` allows".to_owned(),
                )
            })?;
            self.buffer.extend_from_slice(&chunk);
        }
        Ok(true)
    }
}

/// An answer that is none of git's protocol, or not all of it.
pub fn broken() -> ReadFailure {
    ReadFailure::Unavailable("the repository's host did not answer as git hosts do, or broke off".to_owned())
}

/// What a host has to say in place of an answer.
pub fn refused(message: &[u8]) -> ReadFailure {
    let text: String = String::from_utf8_lossy(message)
        .chars()
        .filter(|character| !character.is_control())
        .take(200)
        .collect();
    if text.contains("not our ref") || text.contains("not found") {
        return ReadFailure::NotFound(format!("the repository's host has no such commit: {text}"));
    }
    ReadFailure::Unavailable(format!("the repository's host refuses: {text}"))
}
