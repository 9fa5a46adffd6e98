use bytes::Bytes;
use callboard_kit::{Code, SubgraphResponse};
use futures::{Stream, StreamExt, stream};
use reqwest::Response;

use super::answer::{read, unavailable};

/// The answers in a stream of server-sent events (graphql-sse, distinct connections).
pub(super) fn events(
    id: String,
    response: Response,
    max_bytes: usize,
) -> impl Stream<Item = SubgraphResponse> {
    let state = (response.bytes_stream().boxed(), Buffer::default(), false);
    stream::unfold(state, move |(mut body, mut buffer, ended)| {
        let id = id.clone();
        async move {
            if ended {
                return None;
            }
            loop {
                match buffer.next_event() {
                    Some(Event::Next(data)) => {
                        return Some((read(&id, 200, data.as_bytes()), (body, buffer, false)));
                    }
                    Some(Event::Complete) => return None,
                    None => {}
                }
                match body.next().await {
                    Some(Ok(chunk)) if buffer.bytes.len() + chunk.len() <= max_bytes => buffer.push(&chunk),
                    Some(Ok(_)) => {
                        let answer =
                            unavailable(Code::Unavailable, format!("`{id}` sent too large an event"));
                        return Some((answer, (body, buffer, true)));
                    }
                    Some(Err(_)) => {
                        let answer = unavailable(Code::Unavailable, format!("`{id}` broke off"));
                        return Some((answer, (body, buffer, true)));
                    }
                    None => return None,
                }
            }
        }
    })
}

#[derive(Default)]
struct Buffer {
    bytes: Vec<u8>,
}

#[derive(Debug, PartialEq, Eq)]
enum Event {
    Next(String),
    Complete,
}

impl Buffer {
    fn push(&mut self, chunk: &Bytes) {
        // One notation of line ends makes the end of an event one pattern.
        self.bytes.extend(chunk.iter().copied().filter(|byte| *byte != b'\r'));
    }

    /// The next whole event that says something.
    fn next_event(&mut self) -> Option<Event> {
        loop {
            let end = self.bytes.windows(2).position(|pair| pair == b"\n\n")?;
            let rest = self.bytes.split_off(end + 2);
            let block = String::from_utf8_lossy(&std::mem::replace(&mut self.bytes, rest)).into_owned();
            let field = |name: &str| {
                let values = block.lines().filter_map(|line| {
                    let value = line.strip_prefix(name)?.strip_prefix(':')?;
                    Some(value.strip_prefix(' ').unwrap_or(value))
                });
                values.collect::<Vec<_>>().join("\n")
            };
            match (field("event").as_str(), field("data")) {
                ("complete", _) => return Some(Event::Complete),
                ("next" | "", data) if !data.is_empty() => return Some(Event::Next(data)),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_read_across_chunks_and_line_ends() {
        let mut buffer = Buffer::default();
        buffer.push(&Bytes::from_static(b":\r\n\r\nevent: next\r\nda"));
        assert_eq!(buffer.next_event(), None);
        buffer.push(&Bytes::from_static(b"ta: {\"a\":1}\r\n\r\nevent: complete\n\n"));
        assert_eq!(buffer.next_event(), Some(Event::Next("{\"a\":1}".to_owned())));
        assert_eq!(buffer.next_event(), Some(Event::Complete));
    }
}
