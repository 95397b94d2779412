//! The dependencies: whether each has a licence and a source that `deny.toml` allows. cargo-deny checks more of them, where it is
//! installed.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// The strings of a list in `deny.toml`.
fn list(policy: &str, name: &str) -> Vec<String> {
    let start = policy.find(&format!("\n{name} = [")).unwrap_or_else(|| panic!("deny.toml has no `{name}`"));
    let list = policy[start..].split_once('[').expect("a list").1;
    let list = list.split_once(']').expect("its end").0;
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Whether an expression of SPDX without parentheses in parentheses is met by the licences allowed.
fn is_met(expression: &str, allowed: &[String]) -> bool {
    // `MIT/Apache-2.0` is how crates wrote `OR` once.
    let expression = expression.replace('/', " OR ");
    let mut outer = String::new();
    let mut rest = expression.as_str();
    while let Some((before, inner)) = rest.split_once('(') {
        let (inner, after) = inner.split_once(')').expect("a closing parenthesis");
        outer.push_str(before);
        outer.push_str(if is_met(inner, allowed) { "met" } else { "unmet" });
        rest = after;
    }
    outer.push_str(rest);
    let known = |licence: &str| licence == "met" || allowed.iter().any(|allowed| allowed == licence);
    outer.split(" OR ").any(|all| all.split(" AND ").all(|licence| known(licence.trim())))
}

#[test]
fn expressions_are_judged() {
    let allowed = ["MIT".to_owned(), "Zlib".to_owned()];
    for met in ["MIT", "GPL-3.0 OR MIT", "MIT/Apache-2.0", "(Apache-2.0 OR MIT) AND Zlib", "MIT AND Zlib"] {
        assert!(is_met(met, &allowed), "{met}");
    }
    for unmet in ["GPL-3.0", "MIT AND GPL-3.0", "(Apache-2.0 OR GPL-3.0) AND MIT", ""] {
        assert!(!is_met(unmet, &allowed), "{unmet}");
    }
}

#[test]
fn every_dependency_has_a_licence_and_a_source_that_are_allowed() {
    let policy = fs::read_to_string(root().join("deny.toml")).expect("deny.toml can be read");
    let (allowed, denied, registries) =
        (list(&policy, "allow"), list(&policy, "deny"), list(&policy, "allow-registry"));
    let asked = |more: &[&str]| {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["metadata", "--format-version", "1", "--locked"]).args(more).current_dir(root());
        cargo.output().expect("cargo runs")
    };
    let about = Command::new("rustc").arg("-vV").output().expect("rustc runs");
    let about = String::from_utf8_lossy(&about.stdout).into_owned();
    let host = about.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host");
    // What was never built here may have to be fetched to be read.
    let mut output = asked(&["--offline", "--filter-platform", host]);
    if !output.status.success() {
        output = asked(&["--filter-platform", host]);
    }
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    assert!(packages.len() > 100, "{}", packages.len());
    let mut wrong = Vec::new();
    for package in packages {
        let (name, licence) =
            (package["name"].as_str().expect("a name"), package["license"].as_str().unwrap_or_default());
        if !is_met(licence, &allowed) {
            wrong.push(format!("{name}: licence {licence:?}"));
        }
        if denied.iter().any(|denied| denied == name) {
            wrong.push(format!("{name}: denied"));
        }
        // What has no source is in the workspace.
        let source = package["source"].as_str().map(|source| source.trim_start_matches("registry+"));
        if source.is_some_and(|source| !registries.iter().any(|registry| registry == source)) {
            wrong.push(format!("{name}: source {source:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
