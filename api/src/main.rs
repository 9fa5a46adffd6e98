//! The binary `callboard`.

use std::process::ExitCode;

fn main() -> ExitCode {
    callboard_api::cli::main()
}
