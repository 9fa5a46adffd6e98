use std::collections::HashMap;

use granit_parser::{Event, Marker, Parser};

use super::builder::parser_options;
use crate::{FieldPath, Limits, Segment};

/// Where the fields of one document are written, found by parsing it again: only documents with faults pay for it.
#[derive(Debug, Default)]
pub(crate) struct Positions {
    places: HashMap<FieldPath, Place>,
}

/// Lines and columns from 1, within the text that was parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) key: (usize, usize),
    pub(crate) value: (usize, usize),
}

impl Positions {
    pub(crate) fn of(text: &str, limits: &Limits) -> Self {
        let mut recorder = Recorder::default();
        let mut parser = Parser::new_from_str_with_options(text, parser_options(limits));
        while let Some(Ok((event, span))) = parser.next_event() {
            recorder.take(&event, span.start, span.is_empty());
            if recorder.positions.places.len() > limits.nodes {
                break;
            }
        }
        recorder.positions
    }

    /// The place of the value at `path`, or of its key where only the key is wanted; where nothing is written
    /// there, the key of the nearest field around it.
    pub(crate) fn find(&self, path: &FieldPath, key: bool) -> Option<(usize, usize)> {
        if let Some(place) = self.places.get(path) {
            return Some(if key { place.key } else { place.value });
        }
        let mut around = path.parent();
        while let Some(path) = around {
            if let Some(place) = self.places.get(&path) {
                return Some(place.key);
            }
            around = path.parent();
        }
        None
    }
}

enum Frame {
    List { next: usize },
    Mapping { key: Option<(usize, usize)> },
}

#[derive(Default)]
struct Recorder {
    positions: Positions,
    frames: Vec<Frame>,
    path: FieldPath,
    /// Levels of a collection that is used as a key.
    skipping: usize,
}

impl Recorder {
    fn take(&mut self, event: &Event<'_>, at: Marker, is_empty: bool) {
        let at = (at.line(), at.col() + 1);
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) if self.skipping > 0 => self.skipping += 1,
            Event::SequenceEnd | Event::MappingEnd if self.skipping > 0 => {
                self.skipping -= 1;
                if self.skipping == 0 {
                    self.set_key("{}", at);
                }
            }
            _ if self.skipping > 0 => {}
            Event::Scalar(text, ..) if self.expects_key() => self.set_key(text, at),
            Event::Alias(_) if self.expects_key() => self.set_key("*", at),
            Event::SequenceStart(..) | Event::MappingStart(..) if self.expects_key() => self.skipping = 1,
            Event::Scalar(..) | Event::Alias(_) => {
                self.enter(at, is_empty);
                self.leave();
            }
            Event::SequenceStart(..) => {
                self.enter(at, false);
                self.frames.push(Frame::List { next: 0 });
            }
            Event::MappingStart(..) => {
                self.enter(at, false);
                self.frames.push(Frame::Mapping { key: None });
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.frames.pop();
                self.leave();
            }
            _ => {}
        }
    }

    fn expects_key(&self) -> bool {
        matches!(self.frames.last(), Some(Frame::Mapping { key: None }))
    }

    fn set_key(&mut self, text: &str, at: (usize, usize)) {
        if let Some(Frame::Mapping { key }) = self.frames.last_mut() {
            *key = Some(at);
            self.path.push(Segment::Key(text.into()));
        }
    }

    fn enter(&mut self, at: (usize, usize), is_empty: bool) {
        let key = match self.frames.last_mut() {
            Some(Frame::Mapping { key }) => key.unwrap_or(at),
            Some(Frame::List { next }) => {
                self.path.push(Segment::Index(*next));
                *next += 1;
                at
            }
            None => at,
        };
        let value = if is_empty { key } else { at };
        // The first of two equal keys stays: the fault is about the second, which has its own place.
        self.positions.places.entry(self.path.clone()).or_insert(Place { key, value });
    }

    fn leave(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            self.path.pop();
            if let Frame::Mapping { key } = frame {
                *key = None;
            }
        }
    }
}
