use std::{collections::BTreeMap, sync::Arc};

use async_graphql::{Name, Value, parser::types::ExecutableDocument};

use crate::schema_index::TypeNames;

/// A step of a plan.
#[derive(Debug)]
pub(crate) enum Node {
    Root(RootFetch),
    Entities(EntityFetch),
    Sequence(Vec<Node>),
    Parallel(Vec<Node>),
    Condition { variable: Name, included: Option<Box<Node>>, skipped: Option<Box<Node>> },
    Subscription(RootFetch),
}

/// What is sent to a subgraph, the same at every run but for the variables.
#[derive(Debug)]
pub(crate) struct Operation {
    /// The subgraph, by its place in the gateway's list.
    pub(crate) subgraph: usize,
    pub(crate) query: Arc<str>,
    pub(crate) document: Option<Arc<ExecutableDocument>>,
    /// The client's variables that it uses.
    pub(crate) variables: Vec<Name>,
}

/// A fetch of root fields, merged into what is found at `path`.
#[derive(Debug)]
pub(crate) struct RootFetch {
    pub(crate) operation: Operation,
    pub(crate) path: Vec<FlattenStep>,
    pub(crate) rewrites: Vec<Rewrite>,
    pub(crate) fields: FetchedFields,
}

/// A fetch of further fields of entities.
#[derive(Debug)]
pub(crate) struct EntityFetch {
    pub(crate) operation: Operation,
    pub(crate) inputs: Vec<EntityInput>,
}

/// One list of representations, and what is asked of it.
#[derive(Debug)]
pub(crate) struct EntityInput {
    pub(crate) variable: Name,
    /// Where the entities are.
    pub(crate) paths: Vec<Vec<FlattenStep>>,
    pub(crate) requires: Vec<Requirement>,
    pub(crate) rewrites: Vec<Rewrite>,
    pub(crate) outputs: Vec<EntityOutput>,
}

/// One `_entities` field of a fetch.
#[derive(Debug)]
pub(crate) struct EntityOutput {
    pub(crate) key: Name,
    pub(crate) rewrites: Vec<Rewrite>,
    pub(crate) fields: FetchedFields,
}

/// A step on the way to the objects that a fetch adds to.
#[derive(Clone, Debug)]
pub(crate) enum FlattenStep {
    Field(Name),
    List,
    Type(TypeNames),
}

/// A part of a representation.
#[derive(Debug)]
pub(crate) enum Requirement {
    Field {
        /// The key it has in what was fetched.
        source: Name,
        /// The name under which it is sent.
        name: Name,
        below: Vec<Requirement>,
    },
    Fragment {
        types: TypeNames,
        below: Vec<Requirement>,
    },
}

/// A change to values on their way in or out of a subgraph.
#[derive(Debug)]
pub(crate) struct Rewrite {
    pub(crate) path: Vec<RewriteStep>,
    pub(crate) action: RewriteAction,
}

/// A step on the way to a rewritten value; lists are passed through.
#[derive(Debug)]
pub(crate) enum RewriteStep {
    Key(Name),
    Type(TypeNames),
}

/// What is done to the value at the end of the path.
#[derive(Debug)]
pub(crate) enum RewriteAction {
    Set(Value),
    Rename(Name),
}

/// The keys that a fetch was to bring, to tell what is missing when it fails.
#[derive(Debug, Default)]
pub(crate) struct FetchedFields(pub(crate) BTreeMap<String, FetchedFields>);

impl Node {
    /// All of some nodes at once; `None` where there are none.
    pub(super) fn parallel(mut nodes: Vec<Self>) -> Option<Self> {
        if nodes.len() > 1 { Some(Self::Parallel(nodes)) } else { nodes.pop() }
    }

    /// The node for objects that are found further down.
    pub(super) fn below(self, prefix: &[FlattenStep]) -> Self {
        self.with_paths(&|path| path.splice(0..0, prefix.iter().cloned()).for_each(drop))
    }

    /// The node for objects that are found one step further up.
    pub(super) fn without_first_step(self) -> Self {
        self.with_paths(&|path| path.drain(..path.len().min(1)).for_each(drop))
    }

    fn with_paths(self, change: &dyn Fn(&mut Vec<FlattenStep>)) -> Self {
        let all = |nodes: Vec<Self>| nodes.into_iter().map(|node| node.with_paths(change)).collect();
        let branch = |node: Option<Box<Self>>| node.map(|node| Box::new(node.with_paths(change)));
        match self {
            Self::Root(mut fetch) => {
                change(&mut fetch.path);
                Self::Root(fetch)
            }
            Self::Entities(mut fetch) => {
                fetch.inputs.iter_mut().flat_map(|input| &mut input.paths).for_each(change);
                Self::Entities(fetch)
            }
            Self::Sequence(nodes) => Self::Sequence(all(nodes)),
            Self::Parallel(nodes) => Self::Parallel(all(nodes)),
            Self::Condition { variable, included, skipped } => {
                Self::Condition { variable, included: branch(included), skipped: branch(skipped) }
            }
            Self::Subscription(fetch) => Self::Subscription(fetch),
        }
    }
}

impl FetchedFields {
    /// Whether the fetch was to bring `key` of the object at `path`.
    pub(crate) fn covers(&self, path: &[&str], key: &str) -> bool {
        match path.split_first() {
            None => self.0.contains_key(key),
            Some((first, rest)) => self.0.get(*first).is_some_and(|below| below.covers(rest, key)),
        }
    }
}

impl Rewrite {
    /// The key before and after, where this rewrite renames one.
    pub(crate) fn renamed(&self) -> Option<(&str, &Name)> {
        match (&self.action, self.path.last()) {
            (RewriteAction::Rename(to), Some(RewriteStep::Key(from))) => Some((from, to)),
            _ => None,
        }
    }
}
