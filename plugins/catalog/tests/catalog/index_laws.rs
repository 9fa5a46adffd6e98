//! What the index answers is what looking at each entity would.

mod entity;
mod facet;
mod filter;
mod generate;
mod page;
mod paths;
