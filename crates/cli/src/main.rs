//! The `patra` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    patra_cli::run(std::env::args_os()).into()
}
