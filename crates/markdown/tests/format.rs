//! Every example of `docs/format.md` is read, and holds the blocks that its first line names.

use std::path::Path;

use patra_core::{Block, Code, Material, Paragraph, Source};
use patra_markdown::{ReadOptions, read, write};

/// The kinds named by an example, and its source.
fn examples() -> Vec<(Vec<String>, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/format.md");
    let page = std::fs::read_to_string(path).expect("the page is there");
    let mut examples = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(kinds) = line.strip_prefix("````markdown ") else { continue };
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "````").collect();
        examples.push((kinds.split(' ').map(str::to_owned).collect(), body.join("\n") + "\n"));
    }
    examples
}

fn kinds(material: &Material) -> Vec<&'static str> {
    let mut kinds = Vec::new();
    material.walk_sections(&mut |section, _| kinds.extend(section.blocks.iter().map(Block::name)));
    kinds
}

#[test]
fn every_example_is_what_the_page_says() {
    let examples = examples();
    assert!(examples.len() > 15, "{}", examples.len());
    for (named, text) in examples {
        let source = Source::new(text.clone());
        let read_once = read(&source, &ReadOptions::named("example"));
        let material = read_once.material.expect("the example holds something");
        let unexpected: Vec<String> = (read_once.diagnostics.iter().chain(&material.problems()))
            .filter(|problem| !matches!(problem.code, Code::MissingTitle | Code::MissingLanguage))
            .map(ToString::to_string)
            .collect();
        assert!(unexpected.is_empty(), "{unexpected:?}\n{text}");
        // Paragraphs lead up to the rest; an example of paragraphs has nothing else.
        let mut found = kinds(&material);
        if !named.iter().all(|kind| kind == "paragraph") {
            found.retain(|kind| *kind != "paragraph");
        }
        if named != ["paragraph"] || found.iter().any(|kind| *kind != "paragraph") {
            assert_eq!(found, named, "{text}");
        }
        let again = read(&Source::new(write(&material)), &ReadOptions::default()).material;
        assert_eq!(again.as_ref(), Some(&material), "{text}");
    }
}

/// Code in the page's running text that shows a mark does what the page says.
#[test]
fn marks_in_the_running_text_work() {
    let text = |source: &str| {
        let read =
            read(&Source::new(format!("---\ntitle: t\nlanguage: en\n---\n\n{source}\n")), &ReadOptions::default());
        assert_eq!(read.diagnostics, [], "{source}");
        let material = read.material.expect("it holds something");
        match &material.sections[0].blocks[0] {
            Block::Paragraph(Paragraph { text, .. }) => shown(text.runs()),
            block => block.name().to_owned(),
        }
    };
    assert_eq!(text("**वाक्य है।**अगला"), r#"[Strong("वाक्य है।"), Plain("अगला")]"#);
    assert_eq!(text("\\* \\# \\{"), r##"[Plain("* # {")]"##);
    assert_eq!(text("A\\: b"), r#"[Plain("A: b")]"#);
    assert_eq!(text("\\{{x}}"), r#"[Plain("{{x}}")]"#);
    assert_eq!(text("{{10\\:30}}"), "cloze");
    assert_eq!(text("{{c1::words::hint}}"), "cloze");
    assert_eq!(text("a \\$5 b"), r#"[Plain("a $5 b")]"#);
    assert_eq!(text("{.definition}\n- **a**: b"), "definition");
    assert_eq!(text("{.question}\n- a?\n\n  b"), "question");
    assert_eq!(text("{.terms}\n- term: description"), "terms");
    assert_eq!(text("{.list}\n- **term**: description"), "list");
    assert_eq!(text("a<!-- so -->b"), r#"[Plain("ab")]"#);
}

/// Runs as `{:?}` shows them, but with the marks of Indic scripts as they are.
fn shown(runs: &[patra_core::Run]) -> String {
    let parts: Vec<String> = runs
        .iter()
        .map(|run| match run {
            patra_core::Run::Plain(words) => format!("Plain(\"{words}\")"),
            patra_core::Run::Strong(text) => format!("Strong({text:?})"),
            other => format!("{other:?}"),
        })
        .collect();
    format!("[{}]", parts.join(", "))
}
