//! What others wrote in Markdown is read, and no word of it is lost: the examples of the CommonMark specification, and the
//! READMEs of all crates that Cargo has at hand.
//!
//! The examples are those that pulldown-cmark brings along with its tests.

use std::collections::BTreeMap;
use std::path::PathBuf;

use patra_core::{Block, Material, Severity, Source};
use patra_markdown::{ReadOptions, read};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// How many examples the specification has, in its versions from 0.31 on.
const EXAMPLES: usize = 652;

/// The folders of the crates that Cargo has at hand.
fn crates() -> Vec<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo"))).expect("a home of Cargo's");
    let folders = |folder: PathBuf| {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let mut folders: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        folders.sort();
        folders
    };
    folders(home.join("registry/src")).into_iter().flat_map(folders).collect()
}

fn folder_name(folder: &std::path::Path) -> &str {
    folder.file_name().and_then(|name| name.to_str()).unwrap_or("")
}

/// The examples, each with the HTML that it stands for.
fn examples() -> Vec<(String, String)> {
    let all = crates();
    let parser = all.iter().rfind(|folder| folder_name(folder).starts_with("pulldown-cmark-0"));
    let file = parser.expect("the parser's sources").join("tests/suite/spec.rs");
    let tests = std::fs::read_to_string(file).expect("the parser's tests");
    let literal = |test: &str, name: &str| {
        let (_, rest) = test.split_once(&format!("let {name} = r##\""))?;
        rest.split_once("\"##;").map(|(text, _)| text.to_owned())
    };
    tests.split("#[test]").filter_map(|test| Some((literal(test, "original")?, literal(test, "expected")?))).collect()
}

/// Words with how often they stand there.
fn words(text: &str) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *words.entry(word.to_lowercase()).or_default() += 1;
    }
    words
}

/// The words that `material` has fewer of than `text`.
fn lost(text: &str, material: Option<&Material>) -> Vec<String> {
    let held = words(&material.map(words_of).unwrap_or_default());
    words(text).into_iter().filter(|(word, count)| held.get(word).unwrap_or(&0) < count).map(|(word, _)| word).collect()
}

/// All that a material says, one text a line.
fn words_of(material: &Material) -> String {
    let mut lines = vec![material.title.to_plain()];
    material.walk_sections(&mut |section, _| lines.push(section.heading.to_plain()));
    material.walk_blocks(&mut |block, _| {
        block.texts(&mut |text, _| lines.push(text.to_plain()));
        match block {
            Block::Code(code) => lines.push(code.text.clone()),
            Block::Math(math) => lines.push(math.tex.clone()),
            Block::Figure(figure) => lines.push(figure.alt.clone()),
            _ => {}
        }
    });
    lines.join("\n")
}

/// The words of HTML as a browser would show them.
fn shown(html: &str) -> String {
    const WITHIN_LINES: [&str; 9] = ["a", "em", "strong", "code", "b", "i", "del", "span", "sup"];
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let tag = &rest[at..];
        let end =
            if tag.starts_with("<!--") { tag.find("-->").map(|end| end + 3) } else { tag.find('>').map(|end| end + 1) };
        let tag = &tag[..end.unwrap_or(tag.len())];
        let name = tag.trim_start_matches(['<', '/']).split(|c: char| !c.is_ascii_alphanumeric()).next();
        if name == Some("img")
            && let Some((_, alt)) = tag.split_once("alt=\"")
        {
            out.push_str(alt.split('"').next().unwrap_or(""));
        } else if !WITHIN_LINES.contains(&name.unwrap_or("")) {
            out.push(' ');
        }
        rest = &rest[at + tag.len()..];
    }
    out.push_str(rest);
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[test]
fn the_examples_of_commonmark_lose_no_word() {
    let examples = examples();
    assert_eq!(examples.len(), EXAMPLES);
    let mut failed = Vec::new();
    for (number, (markdown, html)) in examples.iter().enumerate() {
        let source = Source::new(format!("---\ntitle: t\nlanguage: en\n---\n\n{markdown}"));
        let read = read(&source, &ReadOptions::default());
        let lost = lost(&shown(html), read.material.as_ref());
        if !lost.is_empty() {
            failed.push(format!("{}: {markdown:?} lost {lost:?}", number + 1));
        }
    }
    assert!(failed.is_empty(), "{} of them lost words:\n{}", failed.len(), failed.join("\n"));
}

/// The words of Markdown as the parser alone tells them.
fn parsed(markdown: &str) -> String {
    let options = Options::ENABLE_TASKLISTS | Options::ENABLE_GFM | Options::ENABLE_FOOTNOTES | Options::ENABLE_TABLES;
    let (mut out, mut block) = (String::new(), String::new());
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Text(words) | Event::Code(words) => out.push_str(&words),
            // A tag may go over several lines, each an event.
            Event::Html(html) => block.push_str(&html),
            Event::End(TagEnd::HtmlBlock) => {
                // The tags are kept as text, so that they part words.
                out.push(' ');
                out.push_str(&shown(&block.replace('<', " <")));
                block.clear();
            }
            Event::Start(Tag::Strong | Tag::Emphasis | Tag::Link { .. })
            | Event::End(TagEnd::Strong | TagEnd::Emphasis | TagEnd::Link) => {}
            _ => out.push(' '),
        }
    }
    out
}

#[test]
fn the_readmes_at_hand_lose_no_word() {
    /// What introduces questions and answers is part of the form.
    const KEYWORDS: [&str; 6] = ["q", "question", "a", "answer", "ans", "hint"];
    let (mut count, mut failed) = (0, Vec::new());
    for folder in crates() {
        for file in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let name = file.file_name().to_string_lossy().to_lowercase();
            if !(name.starts_with("readme") && name.ends_with(".md")) {
                continue;
            }
            let Ok(text) = std::fs::read_to_string(file.path()) else { continue };
            count += 1;
            let source = Source::new(text);
            let read = read(&source, &ReadOptions::named("readme.md"));
            let mut lost = lost(&parsed(source.text()), read.material.as_ref());
            lost.retain(|word| !KEYWORDS.contains(&word.as_str()));
            // What is in error stops all output, so nothing is lost in silence.
            let told = read.diagnostics.iter().any(|problem| problem.severity() == Severity::Error);
            if !lost.is_empty() && !told {
                failed.push(format!("{}: {lost:?}", file.path().display()));
            }
        }
    }
    assert!(count >= 50, "only {count} are there");
    assert!(failed.is_empty(), "{} of {count} lost words:\n{}", failed.len(), failed.join("\n"));
}
