//! The `rounds` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    rounds::edge::cli::run(std::env::args_os())
}
