//! The `patra` command.

use std::process::ExitCode;

/// A material is many small texts: with this allocator a large one is done in two thirds of the time. Huge pages are left out
/// (`no_thp`): to fill them with zeros is a fifth of the time of a short handout, and half of its memory.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    patra_cli::run(std::env::args_os()).into()
}
