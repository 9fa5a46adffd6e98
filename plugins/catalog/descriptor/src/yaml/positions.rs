use std::collections::HashMap;

use granit_parser::{Event, Marker, Parser};

use super::builder::parser_options;
use crate::{FieldPath, Limits, Segment};

/// Where fields of one document are written, found by parsing it again: only documents with faults pay for it, and only
/// for what is asked about. A place of every value, each with its way from the root, would take many times the document.
#[derive(Debug)]
pub(crate) struct Positions {
    /// The fields that are asked about and those around them; the first is the document.
    fields: Vec<Wanted>,
}

#[derive(Debug, Default)]
struct Wanted {
    place: Option<Place>,
    below: HashMap<Segment, usize>,
}

/// Lines and columns from 1, within the text that was parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    key: (usize, usize),
    value: (usize, usize),
}

impl Positions {
    pub(crate) fn of<'a>(
        text: &str,
        limits: &Limits,
        paths: impl IntoIterator<Item = &'a FieldPath>,
    ) -> Self {
        let mut positions = Self { fields: vec![Wanted::default()] };
        paths.into_iter().for_each(|path| positions.want(path));
        let mut recorder =
            Recorder { positions, frames: Vec::new(), way: Vec::new(), entered: 0, skipping: 0 };
        let mut parser = Parser::new_from_str_with_options(text, parser_options(limits));
        while let Some(Ok((event, span))) = parser.next_event() {
            recorder.take(&event, span.start, span.is_empty());
            if recorder.entered > limits.nodes {
                break;
            }
        }
        recorder.positions
    }

    fn want(&mut self, path: &FieldPath) {
        let mut at = 0;
        for segment in path.segments() {
            let next = self.fields.len();
            let below = self.fields[at].below.entry(segment.clone()).or_insert(next);
            at = *below;
            if at == next {
                self.fields.push(Wanted::default());
            }
        }
    }

    /// The place of the value at `path`, or of its key where only the key is wanted; where nothing is written
    /// there, the key of the nearest field around it.
    pub(crate) fn find(&self, path: &FieldPath, key: bool) -> Option<(usize, usize)> {
        let mut around = self.fields[0].place;
        let mut at = 0;
        for (position, segment) in path.segments().iter().enumerate() {
            at = match self.fields[at].below.get(segment) {
                Some(below) => *below,
                None => return around.map(|place| place.key),
            };
            let is_last = position + 1 == path.segments().len();
            if !is_last {
                around = self.fields[at].place.or(around);
            }
        }
        match self.fields[at].place {
            Some(place) => Some(if key { place.key } else { place.value }),
            None => around.map(|place| place.key),
        }
    }
}

enum Frame {
    List { next: usize },
    Mapping { key: Option<(usize, usize)> },
}

struct Recorder {
    positions: Positions,
    frames: Vec<Frame>,
    /// For each step from the root to here, which field it leads to, where that is asked about.
    way: Vec<Option<usize>>,
    entered: usize,
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
            self.step(&Segment::Key(text.into()));
        }
    }

    fn here(&self) -> Option<usize> {
        self.way.last().copied().unwrap_or(Some(0))
    }

    fn step(&mut self, segment: &Segment) {
        let next = self.here().and_then(|at| self.positions.fields[at].below.get(segment).copied());
        self.way.push(next);
    }

    fn enter(&mut self, at: (usize, usize), is_empty: bool) {
        let mut index = None;
        let key = match self.frames.last_mut() {
            Some(Frame::Mapping { key }) => key.unwrap_or(at),
            Some(Frame::List { next }) => {
                index = Some(*next);
                *next += 1;
                at
            }
            None => at,
        };
        if let Some(index) = index {
            self.step(&Segment::Index(index));
        }
        self.entered += 1;
        let value = if is_empty { key } else { at };
        // The first of two equal keys stays: the fault is about the second, which has its own place.
        if let Some(here) = self.here() {
            self.positions.fields[here].place.get_or_insert(Place { key, value });
        }
    }

    fn leave(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            self.way.pop();
            if let Frame::Mapping { key } = frame {
                *key = None;
            }
        }
    }
}
