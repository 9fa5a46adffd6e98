//! YAML 1.2 as the reference reads it: core words only, no merge keys, duplicate keys refused, bounded.

mod boundary;
mod builder;
mod outline;
mod positions;
mod scalar;

pub(crate) use boundary::{Chunk, split};
pub(crate) use builder::{YamlFault, build};
pub(crate) use positions::Positions;
