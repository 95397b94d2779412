//! The `patra` command under a name of its own: Cargo tells a test only where the programs of its own package are.

use std::process::ExitCode;

fn main() -> ExitCode {
    patra_cli::run(std::env::args_os()).into()
}
