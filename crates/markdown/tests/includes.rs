//! Lines in whose place other files stand: where they are found, and where they can't stand.

use patra_core::{Block, Code, Material, Paragraph, Section, Source, Text};
use patra_markdown::{Part, ReadOptions, read, read_part, write};

fn part(text: &str) -> Part {
    read_part(&Source::new(format!("---\nlanguage: hi\n---\n\n{text}")), &ReadOptions::named("t.md"))
}

/// Of each include its file, its section and how many blocks stand before it.
fn places(text: &str) -> Vec<(String, Option<usize>, usize)> {
    let part = part(text);
    assert!(
        part.read.diagnostics.iter().all(|problem| problem.code == Code::MissingTitle),
        "{:?}",
        part.read.diagnostics
    );
    part.includes.into_iter().map(|include| (include.file, include.section, include.blocks)).collect()
}

/// The text of every problem's place.
fn misplaced(text: &str) -> Vec<String> {
    let text = format!("---\nlanguage: hi\ntitle: t\n---\n\n{text}");
    let source = Source::new(text.clone());
    let part = read_part(&source, &ReadOptions::default());
    assert_eq!(part.includes, [], "{text}");
    let problems = part.read.diagnostics.into_iter().filter(|problem| problem.code == Code::Attribute);
    problems.map(|problem| source.slice(problem.span).to_owned()).collect()
}

#[test]
fn an_include_is_found_by_its_section_and_the_blocks_before_it() {
    let text = "{include=\"पहला.md\"}\n\n## A\n\nएक\n\n{include=b/c.md}\n\nदो\n\n### B\n\n{include=\"d \\\"e\\\".md\"}\n{include=_f_g_.md}\nतीन\n\n## C\n\nक\n: ख\n\n{include=h.md}\nग\n: घ\n";
    let found = places(text);
    let found: Vec<_> = found.iter().map(|(file, section, blocks)| (file.as_str(), *section, *blocks)).collect();
    let expected = [
        ("पहला.md", None, 0),
        ("b/c.md", Some(1), 1),
        ("d \"e\".md", Some(2), 0),
        ("_f_g_.md", Some(2), 0),
        ("h.md", Some(3), 1),
    ];
    assert_eq!(found, expected);
    let material = part(text).read.material.expect("a material");
    let blocks = |section: &Section| section.blocks.len();
    assert_eq!((blocks(&material.sections[0]), blocks(&material.sections[1])), (0, 2));
}

#[test]
fn below_the_title_it_stands_before_the_first_section() {
    let found = places("एक\n\n# शीर्षक\n\nदो\n\n{include=a.md}\n\n## A\n\n{include=b.md}\n");
    assert_eq!(found, [("a.md".to_owned(), None, 2), ("b.md".to_owned(), Some(1), 0)]);
    let found = places("# शीर्षक\n\n{include=a.md}\n\n## A\n\nएक\n");
    assert_eq!(found, [("a.md".to_owned(), None, 0)]);
    // A file that is included has no title: its first heading is a section.
    let mut options = ReadOptions::default();
    options.included = true;
    let part = read_part(&Source::new("# A\n\n{include=b.md}\n".to_owned()), &options);
    assert_eq!(part.includes[0].section, Some(0));
    assert_eq!(part.read.material.expect("a material").sections[0].heading, Text::plain("A"));
}

#[test]
fn where_nothing_can_be_included_it_is_an_error_with_its_place() {
    for text in [
        "- {include=\"a.md\"}",
        "- एक\n\n  {include=\"a.md\"}",
        "> {include=\"a.md\"}",
        "> [!NOTE]\n> {include=\"a.md\"}",
        "| क | ख |\n|---|---|\n| ग | {include=\"a.md\"} |",
        "क\n: {include=\"a.md\"}",
        "क\n: ख\n\n  {include=\"a.md\"}",
        "Q: क?\n: {include=\"a.md\"}",
        "Q: क?\nA: {include=\"a.md\"}",
        "- **क**: {include=\"a.md\"}",
        "एक {include=\"a.md\"} दो",
        "**{include=\"a.md\"}**",
        "{{क {include=\"a.md\"}}}",
        "{include=\"a.md\"} दो",
        "[^1]: {include=\"a.md\"}\n\nएक[^1]",
    ] {
        assert_eq!(misplaced(text), ["{include=\"a.md\"}"], "{text}");
    }
    // At the end of what may have attributes, the one that can't be there is named.
    for text in [
        "- **क** {include=\"a.md\"}: ख",
        "| {include=\"a.md\"} | ख |\n|---|---|\n| ग | घ |",
        "# A {include=\"a.md\"}",
        "एक\n{include=\"a.md\"}",
        "[क]{include=\"a.md\"}",
        "एक {#b include=\"a.md\"}",
    ] {
        let found = misplaced(text);
        assert!(found.contains(&"include=\"a.md\"".to_owned()), "{text}: {found:?}");
    }
}

#[test]
fn nothing_else_can_be_said_with_it() {
    for text in ["{include=a.md #b}", "{include=a.md kind=\"c\"}", "{kind=\"c\"}\n{include=a.md}"] {
        let part = part(text);
        assert_eq!(part.includes.len(), 1, "{text}");
        assert!(part.read.diagnostics.iter().any(|problem| problem.code == Code::Attribute), "{text}");
    }
}

#[test]
fn one_that_is_not_well_formed_is_told() {
    for text in ["{include: a.md}", "{include = \"a.md\"}", "{include=\"a.md}", "{ include=“a b.md”}", "क {include=} ख"]
    {
        assert_eq!(misplaced(text).len(), 1, "{text}");
    }
    for text in ["{includes: a.md}", "{include all}", "{a include=b.md}", "\\{include: a.md}", "{include: a.md"] {
        assert_eq!(misplaced(text), [""; 0], "{text}");
    }
}

#[test]
fn in_code_and_escaped_it_is_text() {
    for text in
        ["```\n{include=\"a.md\"}\n```", "    {include=\"a.md\"}", "एक `{include=\"a.md\"}`", "\\{include=\"a.md\"}"]
    {
        assert_eq!(misplaced(text), [""; 0], "{text}");
        assert!(part(text).read.material.expect("a material").to_json().contains("{include=\\\"a.md\\\"}"), "{text}");
    }
}

#[test]
fn words_that_read_as_one_are_written_so_that_they_stay_words() {
    for words in
        ["{include=\"a.md\"}", "{include=a.md}", "{include: a.md}", "{ include = a.md}", "क {include=\"a.md\"} ख"]
    {
        let text = Text::plain(words);
        let blocks = vec![Block::Paragraph(Paragraph { text, ..Paragraph::default() })];
        let sections = vec![Section { heading: "A".into(), blocks, ..Section::default() }];
        let language = "hi".parse().expect("a tag");
        let mut material = Material { title: "t".into(), language, sections, ..Material::default() };
        material.assign_ids();
        let written = write(&material);
        let again = read(&Source::new(written.clone()), &ReadOptions::default());
        assert_eq!((again.diagnostics, again.material), (vec![], Some(material)), "{written}");
    }
}

#[test]
fn a_text_in_no_file_includes_nothing() {
    let source = Source::new("---\nlanguage: hi\ntitle: t\n---\n\n# A\n\n{include=\"a.md\"}\n\nएक\n".to_owned());
    let read = read(&source, &ReadOptions::default());
    let [problem] = read.diagnostics.as_slice() else { panic!("{:?}", read.diagnostics) };
    assert_eq!((problem.code, source.slice(problem.span)), (Code::IncludeFile, "{include=\"a.md\"}"));
    assert!(problem.message.contains("`a.md`") && problem.hint.is_some(), "{problem}");
}

#[test]
fn what_nobody_wrote_is_told_from_what_was_written() {
    let part = part("# T\n\n## A {#a}\n\nओस {#dew}\n: बूँद।\n\nओला\n: बर्फ।\n\n## ओस\n\nएक\n");
    let mut material = part.read.material.expect("a material");
    let mut ids = Vec::new();
    material.ids_mut(&mut |id| ids.push(id.to_string()));
    let derived: Vec<&str> =
        ids.iter().zip(&part.derived).filter(|(_, derived)| **derived).map(|(id, _)| id.as_str()).collect();
    assert_eq!((ids.len(), derived), (part.derived.len(), vec!["ओला", "ओस"]));
}
