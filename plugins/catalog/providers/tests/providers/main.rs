//! The providers against services of the documented shapes, read through the real, guarded reader.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails where something is not there"
)]

mod directory;
mod github;
mod gitlab;
mod json;
mod support;
