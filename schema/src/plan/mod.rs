//! What is done for an operation: the fetches, in our own types, and what of their answers the client asked for.

mod aliases;
mod convert;
mod cut;
mod entrance;
mod fetch;
mod fetched;
mod joins;
mod planner;
mod request;
mod selection;

use std::sync::Arc;

pub(crate) use fetch::{
    EntityFetch, EntityInput, EntityOutput, FetchedFields, FlattenStep, Node, Operation as FetchOperation,
    Requirement, Rewrite, RewriteAction, RewriteStep, RootFetch,
};
pub(crate) use planner::Planner;
pub(crate) use selection::{
    CompositeSelection, FieldContent, FieldSelection, Leaf, ObjectSelection, Shape, select,
};

use crate::guard::Cost;

/// An operation under one choice of its conditions, ready to run any number of times.
#[derive(Debug)]
pub(crate) struct Plan {
    /// What is fetched; nothing where only introspection was asked for.
    pub(crate) node: Option<Node>,
    /// What the client reads.
    pub(crate) selection: Arc<ObjectSelection>,
    /// What it costs.
    pub(crate) cost: Cost,
    /// What it takes in the cache, estimated.
    pub(crate) bytes: usize,
}
