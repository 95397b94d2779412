//! Everything read knows where it stood, also after digits and marks that the parser sees otherwise.

use patra_core::{Block, Source, Span};
use patra_markdown::{ReadOptions, read};

const TEXT: &str = "\u{FEFF}---\r
title: t\r
language: hi\r
---\r
\r
१२. पहला **है।**और\u{7}\r
१३. दूसरा\r
\r
# शीर्षक\r
\r
> शब्द {#w}\r
> : अर्थ\r
\r
{#c}\r
| पहलू | नदी {#river} | झील |\r
|---|---|---|\r
| बहाव | बहती | ठहरी |\r
\r
- **ओस**: बूँद\r
\r
प्रश्न: क्या?\r
\r
- [x] यह\r
\r
उत्तर: हाँ {{अधूरा\r
";

#[test]
fn spans_are_places_in_the_source() {
    let source = Source::new(TEXT.to_owned());
    let read = read(&source, &ReadOptions::default());
    let material = read.material.expect("it holds something");
    let mut seen: Vec<(&str, String)> = Vec::new();
    let words = |span: Span| source.slice(span).replace("\r\n", "⏎");
    material.walk_sections(&mut |section, _| seen.push(("section", words(section.span).chars().take(9).collect())));
    material.walk_blocks(&mut |block, _| {
        seen.push((block.name(), words(block.span())));
        match block {
            Block::List(list) => seen.extend(list.items.iter().map(|item| ("item", words(item.span)))),
            Block::Terms(terms) => seen.extend(terms.entries.iter().map(|entry| ("entry", words(entry.span)))),
            Block::Question(question) => seen.extend(question.choices.iter().map(|c| ("choice", words(c.span)))),
            Block::Comparison(comparison) => {
                seen.extend(comparison.subjects.iter().map(|subject| ("subject", words(subject.span))));
                seen.extend(comparison.aspects.iter().map(|aspect| ("aspect", words(aspect.span))));
            }
            _ => {}
        }
    });
    let seen: Vec<(&str, &str)> = seen.iter().map(|(what, words)| (*what, words.as_str())).collect();
    assert_eq!(
        seen,
        [
            ("section", "१२. पहला "),
            ("section", "# शीर्षक⏎"),
            ("list", "१२. पहला **है।**और\u{7}⏎१३. दूसरा"),
            ("item", "१२. पहला **है।**और"),
            ("item", "१३. दूसरा"),
            ("quote", "> शब्द {#w}⏎> : अर्थ"),
            ("definition", "शब्द {#w}⏎> : अर्थ"),
            ("comparison", "| पहलू | नदी {#river} | झील |⏎|---|---|---|⏎| बहाव | बहती | ठहरी |"),
            ("subject", "नदी {#river}"),
            ("subject", "झील"),
            ("aspect", "| बहाव | बहती | ठहरी |"),
            ("terms", "- **ओस**: बूँद"),
            ("entry", "- **ओस**: बूँद"),
            ("question", "प्रश्न: क्या?⏎⏎- [x] यह⏎⏎उत्तर: हाँ {{अधूरा"),
            ("choice", "- [x] यह"),
        ]
    );
    let problems: Vec<(usize, usize, String)> = read
        .diagnostics
        .iter()
        .map(|problem| {
            let place = source.position(problem.span.start());
            (place.line, place.column, problem.code.to_string())
        })
        .collect();
    // Columns count graphemes: `त्त` and `हाँ` are one each.
    assert_eq!(problems, [(6, 17, "P0004".to_owned()), (25, 8, "P0023".to_owned())]);
}

#[test]
fn a_list_that_a_tab_indents_begins_at_its_mark() {
    for (lead, newline) in [("", "\n"), ("> ", "\n"), ("", "\r\n")] {
        let lines = ["- पेड़", "\t- {{जड़}} नीचे", "\t\t१. पहली", "\t\t२. दूसरी", "\t- {{तना}} ऊपर"];
        let text = format!("# T{newline}{newline}{}", lines.map(|line| format!("{lead}{line}{newline}")).concat());
        let source = Source::new(text);
        let material = read(&source, &ReadOptions::default()).material.expect("it holds something");
        let mut starts = Vec::new();
        material.walk_blocks(&mut |block, _| {
            if let Block::List(list) = block {
                assert_eq!(list.span.start(), list.items[0].span.start());
                starts.extend(list.items.iter().map(|item| {
                    let place = source.position(item.span.start());
                    (place.line, source.slice(item.span).chars().next().unwrap_or(' '))
                }));
            }
        });
        starts.sort_unstable();
        assert_eq!(starts, [(3, '-'), (4, '-'), (5, '१'), (6, '२'), (7, '-')], "{lead:?}");
    }
}
