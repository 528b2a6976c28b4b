//! The `pathquiz` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    pathquiz::cli::run(std::env::args_os())
}
