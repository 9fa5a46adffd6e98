//! The providers against services of the documented shapes, read through the real, guarded reader.
#![expect(clippy::unwrap_used, reason = "a test fails where something is not there")]
#![expect(clippy::needless_pass_by_value, reason = "JSON is written where it is passed")]

mod directory;
mod github;
mod gitlab;
mod json;
mod support;
