//! What the README shows is true.

use patra_tests::Folder;

const README: &str = include_str!("../../README.md");

/// The first block of code of a language.
fn block(language: &str, beginning: &str) -> &'static str {
    let opening = format!("```{language}\n");
    let blocks = README.split(opening.as_str()).skip(1).filter_map(|rest| rest.split("```").next());
    blocks.into_iter().find(|block| block.starts_with(beginning)).expect("the README has the block")
}

fn folder() -> Folder {
    Folder::new(env!("CARGO_BIN_EXE_patra-under-test"))
}

#[test]
fn the_example_is_without_fault() {
    let folder = folder();
    folder.write("notes.hi.md", block("markdown", "---\n"));
    let ran = folder.patra(&["build", "notes.hi.md"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{ran}");
    let files = folder.files();
    let stored = String::from_utf8(files["patra-out/soil/hi/material.json"].clone()).expect("UTF-8");
    for kind in ["definition", "terms", "comparison", "question", "cloze"] {
        assert!(stored.contains(&format!("\"{kind}\": {{")), "the example has no {kind}");
    }
}

#[test]
fn the_problem_is_shown_as_it_is() {
    let folder = folder();
    let row = "| रंग {#colour} | हल्का भूरा | गहरा काला |";
    let source = block("markdown", "---\n");
    assert!(source.contains(row));
    folder.write("notes.hi.md", source.replace(row, "| रंग {#colour} | हल्का भूरा |"));
    let ran = folder.patra(&["build", "notes.hi.md"]);
    assert_eq!(ran.code, 1, "{ran}");
    let shown = block("text", "error[P0021]");
    assert!(ran.stderr.contains(shown.trim_end()), "the README shows\n{shown}\nand it is\n{}", ran.stderr);
}

#[test]
fn the_files_listed_are_made() {
    let folder = folder();
    assert_eq!(folder.patra(&["build"]).code, 0);
    let made = folder.names();
    let listing = block("text", "patra-out/");
    let listed: Vec<&str> = listing
        .lines()
        .filter_map(|line| line.split_once("── "))
        .filter_map(|(_, rest)| rest.split(' ').next())
        .collect();
    assert!(listed.len() > 4);
    for name in &listed {
        let (start, end) = name.split_once('*').unwrap_or((name, ""));
        let is_it = |path: &String| {
            path.strip_prefix("patra-out/bpo/hi/").is_some_and(|p| p.starts_with(start) && p.ends_with(end))
        };
        assert!(made.iter().any(is_it), "{name} is not made");
    }
    for path in made {
        let Some(name) = path.strip_prefix("patra-out/bpo/hi/") else { continue };
        let told = listed.iter().any(|listed| *listed == name || (*listed == "sheets/*.csv" && name.ends_with(".csv")));
        assert!(told, "the README does not tell of {name}");
    }
}
