//! Every fixture with what is read from it and what is said about it.

use std::fmt::Write as _;
use std::path::Path;

use patra_core::Source;
use patra_markdown::{ReadOptions, read, write};

#[test]
fn fixtures_read_as_they_did() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .expect("the folder is there")
        .filter_map(|entry| entry.expect("an entry").file_name().into_string().ok())
        .filter(|name| name.ends_with(".md"))
        .collect();
    names.sort();
    assert!(names.len() > 25, "{names:?}");
    for name in names {
        let source = Source::new(std::fs::read_to_string(folder.join(&name)).expect("UTF-8"));
        let read_once =
            read(&source, &ReadOptions::named(name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-')));
        let mut out = String::new();
        for problem in &read_once.diagnostics {
            let place = source.position(problem.span.start());
            let words = source.slice(problem.span).replace('\n', "⏎");
            let words: String = words.chars().take(60).collect();
            writeln!(out, "{}:{} {problem}\n    at `{words}`", place.line, place.column).expect("a string");
        }
        let material = read_once.material.expect("every fixture holds something");
        writeln!(out, "\n{}", material.to_json()).expect("a string");
        insta::assert_snapshot!(name.trim_end_matches(".md"), out);

        let written = write(&material);
        let again = read(&Source::new(written.clone()), &ReadOptions::default()).material.expect("it was written");
        assert_eq!(again, material, "{name}:\n{written}");
        assert_eq!(write(&again), written, "{name}");

        // Lines may end as they do on Windows.
        let crlf = Source::new(source.text().replace('\n', "\r\n"));
        let again = read(&crlf, &ReadOptions::named(name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-')));
        assert_eq!(again.material, Some(material), "{name} with CRLF");
    }
}
