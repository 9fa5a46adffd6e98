use std::{
    collections::{HashMap, HashSet},
    ops::ControlFlow,
    sync::Arc,
};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::{
    DescriptorError, EmittedTarget, Presence, ProcessOptions, ProcessedDocument, Provenance, ReadError,
    Reader, Reference, Rule, parse_documents, process,
};

/// Files that are held in memory at once.
const FILES_AT_ONCE: usize = 32;
/// Bytes of descriptors that are turned into entities at once.
const BYTES_AT_ONCE: usize = 16 * 1024 * 1024;

/// Where reading begins: a location of the config.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocationTarget {
    /// A file as [`FileReader::for_target`](crate::FileReader::for_target) gives it, or something that others host.
    pub target: Reference,
    /// Whether it must be there.
    pub presence: Presence,
}

/// A file that was read, or could not be.
#[derive(Clone, Debug)]
pub struct ReadFile {
    /// The file.
    pub place: Reference,
    /// The Locations that led to it, outermost first.
    pub ancestors: Vec<Reference>,
    /// A hash of its bytes; `None` where it could not be read.
    pub hash: Option<[u8; 32]>,
    /// Its documents, without the empty ones.
    pub documents: Vec<ProcessedDocument>,
    /// Why it was refused as a whole.
    pub errors: Vec<DescriptorError>,
}

/// What came of reading a location.
#[derive(Clone, Debug, Default)]
pub struct WalkSummary {
    /// Files that were read or could not be.
    pub files: usize,
    /// Documents that are entities.
    pub entities: usize,
    /// Documents and files that were refused.
    pub refused: usize,
    /// Why the location as a whole, or a part of it, was not read.
    pub errors: Vec<DescriptorError>,
}

struct Job {
    place: Reference,
    ancestry: Option<Arc<Ancestor>>,
    depth: usize,
}

/// The Locations that led to a file, innermost first.
struct Ancestor {
    place: Reference,
    parent: Option<Arc<Self>>,
}

/// Reads a location and all that its Locations lead to, nearest first, each file once, and hands every file to
/// `sink` in an order that depends on the files alone. Files are read and turned into entities on all cores.
pub fn read_location(
    start: &LocationTarget,
    reader: &dyn Reader,
    options: &ProcessOptions,
    sink: &mut dyn FnMut(ReadFile) -> ControlFlow<()>,
) -> WalkSummary {
    let mut walk = Walk {
        reader,
        options,
        origin: &start.target,
        summary: WalkSummary::default(),
        seen: HashSet::new(),
        leading: Vec::new(),
        leaders: HashMap::new(),
    };
    match reader.expand(&start.target) {
        Ok(files) => {
            let mut level: Vec<Job> =
                files.into_iter().filter_map(|place| walk.admit(place, None, 0)).collect();
            while !level.is_empty() {
                match walk.read_level(&level, sink) {
                    ControlFlow::Continue(next) => level = next,
                    ControlFlow::Break(()) => break,
                }
            }
        }
        Err(error) if error.is_not_found() && start.presence == Presence::Optional => {}
        Err(error) => walk.summary.errors.push(unreadable(&error)),
    }
    walk.summary
}

struct Walk<'a> {
    reader: &'a dyn Reader,
    options: &'a ProcessOptions,
    origin: &'a Reference,
    summary: WalkSummary,
    seen: HashSet<Reference>,
    /// The files with Locations that lead somewhere.
    leading: Vec<Reference>,
    /// From a file to those that lead to it, by their places in `leading`.
    leaders: HashMap<Reference, Vec<usize>>,
}

impl Walk<'_> {
    fn admit(&mut self, place: Reference, ancestry: Option<Arc<Ancestor>>, depth: usize) -> Option<Job> {
        if self.seen.contains(&place) {
            return None;
        }
        if let Err(message) = place.check_length(&self.options.limits) {
            if self.summary.errors.is_empty() {
                self.summary.errors.push(DescriptorError::of_file(Rule::TooLarge, message));
            }
            return None;
        }
        let limit = self.options.limits.files;
        if self.seen.len() >= limit {
            if self.seen.len() == limit
                && self.summary.errors.iter().all(|error| error.rule != Rule::TooLarge)
            {
                let message =
                    format!("the location leads to more than {limit} files, the others are not read");
                self.summary.errors.push(DescriptorError::of_file(Rule::TooLarge, message));
            }
            return None;
        }
        self.seen.insert(place.clone());
        Some(Job { place, ancestry, depth })
    }

    fn read_level(
        &mut self,
        level: &[Job],
        sink: &mut dyn FnMut(ReadFile) -> ControlFlow<()>,
    ) -> ControlFlow<(), Vec<Job>> {
        let mut next = Vec::new();
        for jobs in level.chunks(FILES_AT_ONCE) {
            let reader = self.reader;
            let texts: Vec<Result<Vec<u8>, ReadError>> =
                jobs.par_iter().map(|job| reader.read(&job.place)).collect();
            let mut pairs: Vec<(&Job, Result<Vec<u8>, ReadError>)> = jobs.iter().zip(texts).collect();
            while !pairs.is_empty() {
                let mut bytes = 0;
                let fitting = pairs.iter().take_while(|(_, text)| {
                    bytes += text.as_ref().map_or(0, Vec::len);
                    bytes <= BYTES_AT_ONCE
                });
                let rest = pairs.split_off(fitting.count().max(1).min(pairs.len()));
                let (options, origin) = (self.options, self.origin);
                let files: Vec<(&Job, ReadFile)> = pairs
                    .into_par_iter()
                    .map(|(job, text)| (job, read_file(job, text, reader, options, origin)))
                    .collect();
                pairs = rest;
                for (job, mut file) in files {
                    self.follow(job, &mut file, &mut next);
                    self.count(&file);
                    if sink(file).is_break() {
                        return ControlFlow::Break(());
                    }
                }
            }
        }
        ControlFlow::Continue(next)
    }

    fn count(&mut self, file: &ReadFile) {
        let entities = file.documents.iter().filter(|document| document.is_valid()).count();
        self.summary.files += 1;
        self.summary.entities += entities;
        self.summary.refused += file.documents.len() - entities + usize::from(!file.errors.is_empty());
    }

    /// Notes where the Locations of a file lead, and says so where that is back to themselves.
    fn follow(&mut self, job: &Job, file: &mut ReadFile, next: &mut Vec<Job>) {
        let mut ancestry = None;
        if file.documents.iter().all(|document| document.targets.is_empty()) {
            return;
        }
        let ways = self.ways_to(&job.place);
        let leader = self.leading.len();
        self.leading.push(job.place.clone());
        for document in &mut file.documents {
            let mut faults = Vec::new();
            for target in &mut document.targets {
                // A folder or pattern that its own Location is part of means the others.
                if target.files.len() > 1 || target.files.iter().any(|found| target.target != *found) {
                    target.files.retain(|found| *found != job.place);
                }
                for found in &target.files {
                    if let Some(cycle) = cycle(found, &job.place, &ways) {
                        let message = format!("leads back to itself: {cycle}; remove one of the targets");
                        faults.push(fault_of(target, Rule::LocationCycle, &message));
                        continue;
                    }
                    let leaders = self.leaders.entry(found.clone()).or_default();
                    if leaders.last() != Some(&leader) {
                        leaders.push(leader);
                    }
                    if job.depth >= self.options.limits.location_depth {
                        let limit = self.options.limits.location_depth;
                        let message =
                            format!("is not read, Locations lead to one another {limit} times before it");
                        faults.push(fault_of(target, Rule::LocationTarget, &message));
                        continue;
                    }
                    let ancestry = ancestry.get_or_insert_with(|| {
                        Arc::new(Ancestor { place: job.place.clone(), parent: job.ancestry.clone() })
                    });
                    next.extend(self.admit(found.clone(), Some(ancestry.clone()), job.depth + 1));
                }
            }
            document.errors.extend(faults);
        }
    }

    /// All that is known to lead to a file, each with the next step on a way there. Looked up once a file: there may be
    /// very many targets to judge by it.
    fn ways_to(&self, to: &Reference) -> HashMap<Reference, Reference> {
        let mut ways: HashMap<Reference, Reference> = HashMap::new();
        let mut open = vec![to];
        while let Some(place) = open.pop() {
            for leader in self.leaders.get(place).into_iter().flatten() {
                let leader = &self.leading[*leader];
                if leader != to && !ways.contains_key(leader) {
                    ways.insert(leader.clone(), place.clone());
                    open.push(leader);
                }
            }
        }
        ways
    }
}

/// The way from a file to one that it leads to, and from there back to it, as text; `None` where it leads elsewhere.
fn cycle(from: &Reference, to: &Reference, ways: &HashMap<Reference, Reference>) -> Option<String> {
    let mut way = vec![to, from];
    let mut at = from;
    while at != to {
        at = ways.get(at)?;
        way.push(at);
    }
    let way: Vec<String> = way.iter().map(|place| name_of(place, to)).collect();
    Some(way.join(" -> "))
}

/// A file as seen from the folder of another.
fn name_of(place: &Reference, from: &Reference) -> String {
    let (Some(path), Some(from)) = (place.path(), from.path()) else {
        return crate::format::shown(&place.target());
    };
    let folder = from.parent().unwrap_or(from);
    crate::format::shown(&path.strip_prefix(folder).unwrap_or(path).to_string_lossy())
}

fn fault_of(target: &EmittedTarget, rule: Rule, message: &str) -> DescriptorError {
    DescriptorError {
        line: target.line,
        column: target.column,
        path: target.path.to_string(),
        rule,
        message: format!("`{}` {message}", target.path),
    }
}

fn read_file(
    job: &Job,
    text: Result<Vec<u8>, ReadError>,
    reader: &dyn Reader,
    options: &ProcessOptions,
    origin: &Reference,
) -> ReadFile {
    let mut ancestors = Vec::new();
    let mut ancestor = job.ancestry.as_ref();
    while let Some(found) = ancestor {
        ancestors.push(found.place.clone());
        ancestor = found.parent.as_ref();
    }
    ancestors.reverse();
    let mut file = ReadFile {
        place: job.place.clone(),
        ancestors,
        hash: None,
        documents: Vec::new(),
        errors: Vec::new(),
    };
    match text {
        Err(error) => file.errors.push(unreadable(&error)),
        Ok(text) => {
            file.hash = Some(Sha256::digest(&text).into());
            let target = origin.target();
            let provenance =
                Provenance { file: &job.place, origin_type: origin.kind(), origin_target: &target };
            match parse_documents(&text, &options.limits) {
                Err(error) => file.errors.push(error),
                Ok(documents) => {
                    file.documents = documents
                        .into_iter()
                        .filter_map(|document| process(document, &provenance, reader, options))
                        .collect();
                }
            }
        }
    }
    file
}

pub(crate) fn unreadable(error: &ReadError) -> DescriptorError {
    let rule = match error {
        ReadError::TooLarge(..) | ReadError::TooMany(..) => Rule::TooLarge,
        _ => Rule::Unreadable,
    };
    DescriptorError::of_file(rule, error.to_string())
}
