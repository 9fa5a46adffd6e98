//! Reading of what others host, served by real parts on this machine.

#![expect(clippy::panic, reason = "a test whose host fails has failed")]

mod git;
mod git_limits;
mod harness;
