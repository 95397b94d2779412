//! Generators of materials for property tests, behind the feature `arbitrary`.
//!
//! They make only what a reader can make: texts whose plain runs are joined, paragraphs without gaps, terms that are not
//! empty. Their words are chosen to be hard on formats: marks of Markdown, of YAML and of spreadsheets, joiners,
//! conjuncts, scripts of both directions.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::{
    Alignment, Aspect, Block, Choice, Cloze, CodeBlock, Column, Comparison, Definition, Entry, Figure, Gap, Id, Link,
    List, ListDelimiter, ListItem, ListMarker, ListStyle, Marks, Material, Math, Note, NoteKind, Paragraph,
    PracticeSettings, Question, Quote, Rectangle, Region, Room, Row, Run, Section, Span, Subject, Table, Tagged, Terms,
    Text, Verse,
};

const PIECES: &[&str] = &[
    "क्षमा",
    "वाक्य है।",
    "क्\u{200d}ष",
    "र\u{94d}\u{200c}य",
    "BPO",
    "word",
    "مثال",
    "தமிழ்",
    "a1",
    "७",
    "😀",
    "é",
    " ",
    " ",
    " ",
    "  ",
    "\u{a0}",
    "*",
    "**",
    "_",
    "__",
    "#",
    "# ",
    "- ",
    "-",
    "+ ",
    "1. ",
    "१. ",
    "12)",
    "|",
    "||",
    "{",
    "}",
    "{{",
    "}}",
    "{#a}",
    "{.b}",
    "{c=d}",
    "{lang=en}",
    "[",
    "]",
    "(",
    ")",
    "](x)",
    "![",
    "[x] ",
    "[!NOTE]",
    "[^1]",
    "<",
    ">",
    "<b>",
    "<!--",
    "&",
    "&amp;",
    "&#32;",
    "`",
    "``",
    "$",
    "$$",
    "~",
    "~~~",
    "\\",
    "\\|",
    "Q: ",
    "A:",
    "Hint: ",
    "प्रश्न: ",
    "उत्तरः ",
    "प्रश्न：",
    ":",
    "::",
    ": ",
    "=",
    "==",
    "---",
    "===",
    "\"",
    "'",
    ".",
    ",",
    "!",
    "?",
    "।",
    "…",
    "–",
    "http://x.y/z",
    "a@b.c",
    "^",
    "%",
    "@",
    "/",
    "10:30",
    "c1::",
    "（",
    "“",
    "”",
    "\t",
];

/// Words that are not blank, on one line.
pub fn words() -> impl Strategy<Value = String> {
    vec(select(PIECES), 1..7).prop_map(|pieces| pieces.concat()).prop_filter("blank", |s| !s.trim().is_empty())
}

fn tag() -> impl Strategy<Value = crate::Language> {
    select(&["hi", "en", "ur", "en-IN", "pa-Guru"][..]).prop_filter_map("not a tag", |tag| tag.parse().ok())
}

fn run(gaps: bool) -> impl Strategy<Value = Run> {
    let target = || prop_oneof![words(), Just("https://example.org/a_(b)".to_owned()), Just("#a".to_owned())];
    let leaf = prop_oneof![
        8 => words().prop_map(Run::Plain),
        1 => words().prop_map(Run::Code),
        1 => prop_oneof![words(), Just("\\frac{a}{b}".to_owned())].prop_map(Run::Math),
        1 => Just(Run::Break),
        1 => target().prop_map(|url| Run::Link(Link { text: url.as_str().into(), target: url })),
    ];
    leaf.prop_recursive(3, 12, 3, move |inner| {
        let text = || {
            vec(inner.clone(), 1..4)
                .prop_map(|runs| runs.into_iter().collect::<Text>())
                .prop_filter("empty", |text| !text.is_empty())
        };
        let marked = prop_oneof![
            3 => text().prop_map(Run::Strong),
            3 => text().prop_map(Run::Emphasis),
            1 => text().prop_map(Run::Superscript),
            1 => text().prop_map(Run::Subscript),
            1 => text().prop_map(Run::Strikeout),
            1 => select(&["2", "n+1", "-1", "ij", "२"][..]).prop_map(|words| Run::Superscript(words.into())),
            1 => select(&["2", "n+1", "(aq)", "ij", "२"][..]).prop_map(|words| Run::Subscript(words.into())),
            1 => (text(), target()).prop_map(|(text, target)| Run::Link(Link { text, target })),
            1 => (text(), tag()).prop_map(|(text, language)| Run::Language(Tagged { text, language })),
        ];
        if gaps {
            let gap = (text(), option::of(1_u16..9), option::of(words()));
            prop_oneof![
                2 => marked,
                1 => gap.prop_map(|(text, number, hint)| Run::Gap(Gap { text, number, hint })),
            ]
            .boxed()
        } else {
            marked.boxed()
        }
    })
}

fn region() -> impl Strategy<Value = Region> {
    let side = || (0..9_000_u16, 1..1_000_u16);
    (id(), text(), side(), side()).prop_map(|(id, name, (left, width), (top, height))| {
        let at = Rectangle::new(left, top, width, height).unwrap_or_default();
        Region { id, name, at }
    })
}

/// A text without gaps that is not blank.
pub fn text() -> impl Strategy<Value = Text> {
    vec(run(false), 1..5)
        .prop_map(|runs| runs.into_iter().collect::<Text>())
        .prop_filter("blank", |text| !text.is_blank())
}

/// A text without gaps that may be empty.
fn maybe_text() -> impl Strategy<Value = Text> {
    prop_oneof![1 => Just(Text::default()), 4 => text()]
}

/// A text with a gap at least.
pub fn gapped() -> impl Strategy<Value = Text> {
    let gap = (text(), option::of(1_u16..9), option::of(words()))
        .prop_map(|(text, number, hint)| Run::Gap(Gap { text, number, hint }));
    (vec(run(true), 0..3), gap, vec(run(true), 0..3))
        .prop_map(|(before, gap, after)| before.into_iter().chain([gap]).chain(after).collect())
}

/// An id, unset more often than not.
fn id() -> impl Strategy<Value = Id> {
    prop_oneof![
        4 => Just(Id::default()),
        1 => select(&["a", "call-centre", "कॉल-सेंटर", "x_y", "q.1", "a-_b_-c"][..])
            .prop_map(|id| Id::new(id).unwrap_or_default()),
    ]
}

fn lines() -> impl Strategy<Value = String> {
    let line = prop_oneof![Just(String::new()), words(), Just("    x".to_owned()), Just("```".to_owned())];
    vec(line, 0..5).prop_map(|lines| lines.join("\n"))
}

fn leaf_block() -> impl Strategy<Value = Block> {
    let comparison = (id(), maybe_text(), vec((id(), text()), 2..4), vec((id(), text(), vec(maybe_text(), 4)), 1..4))
        .prop_map(|(id, corner, subjects, aspects)| {
            let width = subjects.len();
            let subject = |(id, name)| Subject { id, name, ..Subject::default() };
            let aspect = |(id, name, cells): (Id, Text, Vec<Text>)| Aspect {
                id,
                name,
                cells: cells.into_iter().take(width).collect(),
                ..Aspect::default()
            };
            Block::Comparison(Comparison {
                id,
                corner,
                subjects: subjects.into_iter().map(subject).collect(),
                aspects: aspects.into_iter().map(aspect).collect(),
                ..Comparison::default()
            })
        });
    let side = select(&[Alignment::Start, Alignment::Centre, Alignment::End][..]);
    let table = (vec((maybe_text(), side), 1..4), vec(vec(maybe_text(), 4), 0..3)).prop_map(|(columns, rows)| {
        let width = columns.len();
        let column = |(heading, alignment)| Column { heading, alignment };
        let row = |cells: Vec<Text>| Row { cells: cells.into_iter().take(width).collect(), ..Row::default() };
        Block::Table(Table {
            columns: columns.into_iter().map(column).collect(),
            rows: rows.into_iter().map(row).collect(),
            ..Table::default()
        })
    });
    let code_language = option::of(select(&["python", "math", "rust,no_run", "c++ \\ & `x`"][..]));
    prop_oneof![
        4 => text().prop_map(|text| Block::Paragraph(Paragraph { text, ..Paragraph::default() })),
        1 => vec(vec(text(), 1..4), 1..3).prop_map(|stanzas| Block::Verse(Verse { stanzas, ..Verse::default() })),
        2 => (id(), gapped()).prop_map(|(id, text)| Block::Cloze(Cloze { id, text, ..Cloze::default() })),
        1 => (code_language, lines()).prop_map(|(language, text)| {
            Block::Code(CodeBlock { language: language.map(str::to_owned), text, ..CodeBlock::default() })
        }),
        1 => prop_oneof![words(), lines().prop_filter("blank", |s| !s.trim().is_empty())]
            .prop_map(|tex| Block::Math(Math { tex, ..Math::default() })),
        1 => (words(), words(), option::of(text()), vec(region(), 0..3)).prop_map(|(source, alt, caption, regions)| {
            Block::Figure(Figure { source, alt, caption, regions, ..Figure::default() })
        }),
        2 => comparison,
        1 => table,
    ]
}

/// A block of any kind, blocks within it up to three deep.
pub fn block() -> impl Strategy<Value = Block> {
    leaf_block().prop_recursive(3, 10, 3, |inner| {
        let details = || prop_oneof![3 => Just(Vec::new()), 2 => vec(inner.clone(), 1..3)];
        let definition = (id(), text(), option::of(full_form()), maybe_text(), details()).prop_map(
            |(id, term, full_form, meaning, details)| {
                let (term, full_form) = match full_form {
                    Some((term, full)) => (term.into(), Some(full)),
                    None => (term, None),
                };
                Block::Definition(Definition { id, term, full_form, meaning, details, ..Definition::default() })
            },
        );
        let entry = (id(), text(), maybe_text(), details()).prop_map(|(id, term, description, details)| Entry {
            id,
            term,
            description,
            details,
            ..Entry::default()
        });
        let terms =
            (id(), option::of(text()), any::<bool>(), vec(entry, 1..4)).prop_map(|(id, kind, ordered, entries)| {
                Block::Terms(Terms { id, kind, ordered, entries, ..Terms::default() })
            });
        let item =
            (maybe_text(), details()).prop_map(|(text, blocks)| ListItem { text, blocks, ..ListItem::default() });
        let start = option::of(select(&[0_u32, 1, 7, 999_999_998, u32::MAX][..]));
        let list = (start, marker(), vec(item, 1..4)).prop_map(|(start, marker, items)| {
            // Without numbers there is nothing to mark.
            let marker = if start.is_some() { marker } else { ListMarker::default() };
            Block::List(List { start, marker, items, ..List::default() })
        });
        let kinds = [NoteKind::Note, NoteKind::Tip, NoteKind::Important, NoteKind::Warning, NoteKind::Caution];
        let note = (select(kinds.to_vec()), vec(inner.clone(), 0..3))
            .prop_map(|(kind, blocks)| Block::Note(Note { kind, blocks, ..Note::default() }));
        let quote = vec(inner.clone(), 0..3).prop_map(|blocks| Block::Quote(Quote { blocks, ..Quote::default() }));
        let choice = (text(), any::<bool>(), any::<bool>()).prop_map(|(text, correct, pinned)| Choice {
            text,
            correct,
            pinned,
            ..Choice::default()
        });
        let room = option::of(select(&[Room::Lines(1), Room::Lines(100), Room::Space(60)][..]));
        let offered = (vec(choice, 0..3), option::of(marker()));
        let marks = option::of(
            select(&["1", "2.5", "0.25", "80"][..]).prop_map(|words| Marks::parse(words).unwrap_or_default()),
        );
        let paper = (room, marks);
        let question = (id(), text(), details(), maybe_text(), details(), offered, option::of(text()), paper).prop_map(
            |(id, prompt, stem, answer, details, (choices, lettering), hint, (room, marks))| {
                // Without choices there is nothing to letter.
                let lettering = lettering.filter(|_| !choices.is_empty());
                // No question is a part of another.
                let stem = stem.into_iter().filter(|block| !matches!(block, Block::Question(_))).collect();
                let span = Span::NONE;
                let question =
                    Question { id, prompt, stem, answer, details, choices, lettering, hint, room, marks, span };
                Block::Question(question)
            },
        );
        prop_oneof![definition, terms, list, note, quote, question]
    })
}

/// A marker of lists in any style.
fn marker() -> impl Strategy<Value = ListMarker> {
    let delimiters = &[ListDelimiter::Period, ListDelimiter::OneParen, ListDelimiter::TwoParens][..];
    let any = (select(ListStyle::all().collect::<Vec<_>>()), select(delimiters))
        .prop_map(|(style, delimiter)| ListMarker { style, delimiter });
    prop_oneof![2 => Just(ListMarker::default()), 1 => any]
}

/// An abbreviation and what it stands for, in the form that a reader tells by itself or not.
fn full_form() -> impl Strategy<Value = (&'static str, Text)> {
    prop_oneof![
        Just(("BPO", Text::plain("Business Process Outsourcing"))),
        Just(("BPO", Text::plain("Outsourcing"))),
        text().prop_map(|full| ("KPI", full)),
    ]
}

fn section(depth: usize) -> BoxedStrategy<Section> {
    let subsections = if depth > 2 { Just(Vec::new()).boxed() } else { vec(section(depth + 1), 0..3).boxed() };
    (id(), text(), vec(block(), 0..4), subsections)
        .prop_map(|(id, heading, blocks, sections)| Section { id, heading, blocks, sections, ..Section::default() })
        .boxed()
}

/// A material of any shape, its ids assigned.
pub fn material() -> impl Strategy<Value = Material> {
    let before = prop_oneof![1 => Just(Vec::new()), 1 => vec(block(), 1..4)];
    let head = (id(), text(), tag(), option::of(words()), vec(words(), 0..3), option::of(words()));
    let tag_word = prop_oneof![words(), Just("no".to_owned()), Just("1.10".to_owned()), Just("~".to_owned())];
    let skipped = option::weighted(0.2, select(&["a.meaning", "कॉल-सेंटर"][..]));
    let settings = (skipped, option::weighted(0.2, words()));
    let tail = (option::of(words()), option::of(Just("2026-11-24")), vec(tag_word, 0..3), settings);
    (head, tail, before, vec(section(1), 1..4)).prop_map(
        |(
            (id, title, language, subject, authors, licence),
            (source, updated, tags, (skipped, message)),
            before,
            sections,
        )| {
            let first = (!before.is_empty()).then(|| Section { blocks: before, ..Section::default() });
            let updated = updated.and_then(|date| date.parse().ok());
            let sections = first.into_iter().chain(sections).collect();
            let mut material = Material {
                id,
                title,
                language,
                subject,
                authors,
                licence,
                source,
                updated,
                tags,
                practice: PracticeSettings {
                    skip: skipped.into_iter().filter_map(|id| Id::new(id).ok()).collect(),
                    ..PracticeSettings::default()
                },
                messages: message.into_iter().map(|pattern| ("hint".to_owned(), pattern)).collect(),
                sections,
                ..Material::default()
            };
            material.assign_ids();
            material
        },
    )
}
