//! The `patra` command.
fn main() {}
