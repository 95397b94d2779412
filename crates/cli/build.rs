//! How the command is linked.

use std::env::var;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // An executable that may be loaded anywhere has 58,000 addresses, which the loader mends each time it begins: 3 ms, of 5 for
    // `patra --version` and of 16 for a short handout. Linked for one address it has none; its libraries, stack and heap are
    // still placed at random.
    let is = |name: &str, value: &str| var(name).is_ok_and(|set| set == value);
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") && is("PROFILE", "release") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
