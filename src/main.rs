//! The `pathquiz` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    pathquiz::internals::cli::run(std::env::args_os())
}
