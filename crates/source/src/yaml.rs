//! The stored form in YAML.

use patra_core::{Code, Diagnostic, Material, Phrase, Source, Span, phrase};
use serde_saphyr::budget::{Budget, BudgetBreach};
use serde_saphyr::{Error, Options, SerializerOptions};

/// The deepest nesting that is read: what serde_json allows JSON.
const MAX_DEPTH: usize = 128;

/// The nesting that any stack has room for; what is deeper is read on one of its own.
const USUAL_DEPTH: usize = 48;
const DEEP_STACK: usize = 64 << 20;

/// The most values that are read; without a bound on them a few bytes of aliases would grow into gigabytes. A source of the
/// largest size that is read, of values as short as patra's are, has fewer.
const MAX_VALUES: usize = 8 << 20;

/// The most that aliases may stand for, all together, in values: patra writes none, and a person a few.
const MAX_REPLAYED: usize = 50_000;

/// The stored form in YAML: the same fields in the same order as in [JSON](Material::to_json).
///
/// A string that a reader of YAML 1.1 or 1.2 would take for something else (`no`, `1.10`, `2026-11-24`) stands in quotes,
/// and so does one with a control character or with spaces at its ends.
#[must_use]
pub fn to_yaml(material: &Material) -> String {
    let mut options = SerializerOptions::default();
    // A long line folded comes back the same, but not in every reader, and a diff of it says less.
    options.prefer_block_scalars = false;
    // Serialising plain structs of strings and numbers into memory has no way to fail.
    serde_saphyr::to_string_with_options(material, options).unwrap_or_default()
}

/// A material from its stored form in YAML, with the ids it lacks derived.
///
/// # Errors
/// Where the text is not YAML, passes a bound (128 levels, eight million values with those that aliases stand for), has a
/// version this patra doesn't know, lacks a field or has one that is unknown: what and where.
pub fn from_yaml(yaml: &str) -> Result<Material, Diagnostic> {
    let mut material = read(yaml, USUAL_DEPTH).or_else(|problem| {
        if problem.code != Code::TooLarge {
            return Err(problem);
        }
        let deeper = std::thread::scope(|scope| {
            let builder = std::thread::Builder::new().stack_size(DEEP_STACK);
            builder.spawn_scoped(scope, || read(yaml, MAX_DEPTH)).ok()?.join().ok()
        });
        deeper.unwrap_or(Err(problem))
    })?;
    material.assign_ids();
    Ok(material)
}

fn read(yaml: &str, depth: usize) -> Result<Material, Diagnostic> {
    serde_saphyr::from_str_with_options(yaml, options(depth)).map_err(|error| problem(yaml, &error, depth))
}

fn options(depth: usize) -> Options {
    let mut budget = Budget::default();
    budget.max_depth = depth;
    budget.flow_nesting_limit = depth;
    budget.max_nodes = MAX_VALUES;
    budget.max_events = 2 * MAX_VALUES;
    budget.max_recorded_anchor_events = MAX_REPLAYED;
    let mut options = Options::default();
    options.alias_limits.max_total_replayed_events = MAX_REPLAYED;
    options.budget = Some(budget);
    // A number where words belong is a mistake to tell of: it may have lost digits already.
    options.with_snippet = false;
    options
}

/// The keys that lead to what the error is about: read again, now that it pays to keep count.
fn keys(yaml: &str, depth: usize) -> Option<String> {
    let mut keys = None;
    let _ = serde_saphyr::with_deserializer_from_str_with_options(yaml, options(depth), |deserializer| {
        let mut track = serde_path_to_error::Track::new();
        let read = serde::Deserialize::deserialize(serde_path_to_error::Deserializer::new(deserializer, &mut track));
        read.map(|_: Material| ()).inspect_err(|_| {
            let path = track.path();
            keys = path.iter().next().is_some().then(|| path.to_string());
        })
    });
    keys
}

fn problem(yaml: &str, error: &Error, depth: usize) -> Diagnostic {
    let source = Source::new(yaml.to_owned());
    let span = error.location().map_or(Span::NONE, |location| {
        let span = location.span();
        let offset = |n: u64| usize::try_from(n).unwrap_or(yaml.len()).min(yaml.len());
        let start = match span.byte_offset() {
            Some(start) => (0..=offset(start)).rev().find(|&at| yaml.is_char_boundary(at)).unwrap_or(0),
            None => {
                let line = source.offset(usize::try_from(location.line()).unwrap_or(1), 1);
                let column = usize::try_from(location.column()).unwrap_or(1).max(1);
                yaml[line..].char_indices().nth(column - 1).map_or(yaml.len(), |(at, _)| line + at)
            }
        };
        let line_end = yaml[start..].find('\n').map_or(yaml.len(), |at| start + at);
        let end = span.byte_len().map_or(line_end, |length| offset(length).saturating_add(start));
        // A byte at least, where there is one, and whole characters: what is wrong may be at the end, or its length counted otherwise.
        let end = end.clamp(start, line_end.max(start)).max(start + 1).min(yaml.len());
        Span::new(start, (end..yaml.len()).find(|&at| yaml.is_char_boundary(at)).unwrap_or(yaml.len()))
    });
    let rendered = error.to_string();
    // The parser has a bound of its own on nesting in brackets.
    if matches!(error, Error::Budget { breach: BudgetBreach::Depth { .. }, .. })
        || rendered.contains("recursion limit exceeded")
    {
        return Diagnostic::new(
            Code::TooLarge,
            span,
            phrase!("the stored form is nested more than {$limit} deep", limit = MAX_DEPTH),
        )
        .with_hint("take blocks out of the lists, notes and quotes around them");
    }
    // An error in what an alias stands for is wrapped in another.
    if rendered.contains("budget breached") || rendered.contains("alias replay") || rendered.contains("alias expansion")
    {
        let message = "the stored form holds more values, or aliases, than are read";
        return Diagnostic::new(Code::TooLarge, span, message)
            .with_hint("write out what the aliases stand for, and part the material");
    }
    let message = rendered.lines().next().unwrap_or_default().trim();
    let message = message.strip_prefix("error: ").unwrap_or(message);
    let message = message.rfind(" at line ").map_or(message, |at| &message[..at]);
    let message = message.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':' || c == ' ');
    let message = message.find(" (defined at ").map_or(message, |at| &message[..at]);
    let message = message.find(", expected one of").map_or(message, |at| &message[..at]);
    let code = if message.contains("the stored form has version") { Code::FormatVersion } else { Code::Json };
    let problem = Diagnostic::new(code, span, Phrase::verbatim(message));
    match keys(yaml, depth) {
        Some(keys) => problem.with_hint(phrase!("the field is `{$keys}`", keys)),
        None => problem,
    }
}

#[cfg(test)]
mod tests {
    use patra_core::arbitrary::material;
    use patra_core::{Block, CodeBlock, Quote, Section, Text};
    use proptest::prelude::*;

    use super::*;

    fn titled(title: &str) -> Material {
        let mut material = Material { title: Text::plain(title), ..Material::default() };
        material.language = "hi".parse().expect("a tag");
        material.tags = vec![title.to_owned()];
        let code = CodeBlock { language: Some(title.to_owned()), text: title.to_owned(), ..CodeBlock::default() };
        material.sections = vec![Section { blocks: vec![Block::Code(code)], ..Section::default() }];
        material.assign_ids();
        material
    }

    fn place(yaml: &str) -> (Code, usize, usize, String, Option<String>) {
        let problem = from_yaml(yaml).expect_err("it is wrong");
        let place = Source::new(yaml.to_owned()).position(problem.span.start());
        (problem.code, place.line, place.column, problem.message.to_string(), problem.hint.map(|hint| hint.to_string()))
    }

    #[test]
    fn what_is_wrong_has_a_place_of_whole_characters() {
        for yaml in [
            "क",
            "title: {क: ख}",
            "tags: [क, {",
            "sections:\n- heading: {क",
            "patra: क",
            "tags:\n- क\n- [ख]",
            "tags:\n- ",
        ] {
            let problem = from_yaml(yaml).expect_err("it is not the stored form");
            let span = problem.span;
            assert!(span.is_none() || yaml.get(span.start()..span.end()).is_some(), "{yaml:?}: {problem}");
        }
    }

    #[test]
    fn strings_that_look_like_something_else_stay_strings() {
        for title in [
            "no",
            "NO",
            "y",
            "on",
            "null",
            "~",
            "",
            " ",
            "1.10",
            "012",
            "0o7",
            "0x1F",
            "1e5",
            "1_000",
            "12:30",
            "2026-11-24",
            ".inf",
            "=",
            "<<",
            "- a",
            "? a",
            "a: b",
            "a #b",
            "#",
            "&a",
            "*a",
            "!a",
            "%a",
            "@a",
            "`a",
            "|",
            ">",
            "{a}",
            "[a]",
            "'",
            "\"",
            "\\",
            " a ",
            "\ta",
            "a\n",
            "\n",
            "\n\na\n\n",
            "a\r\nb",
            "a\rb",
            "\u{0}",
            "\u{7}",
            "\u{1b}",
            "\u{7f}",
            "\u{85}",
            "\u{9f}",
            "\u{a0}",
            "\u{2028}",
            "a\u{2029}b",
            "\u{feff}a",
            "\u{fffe}",
            "\u{e000}",
            "क्\u{200d}ष",
            "र्\u{200c}य",
            "😀",
            "👩‍🏫",
            "…",
            "---",
            "...",
            "--- a",
            "a: |\n  b",
            "नमस्ते: दुनिया",
            "\u{202e}abc",
        ] {
            let material = titled(title);
            let yaml = to_yaml(&material);
            assert_eq!(from_yaml(&yaml), Ok(material), "{title:?}\n{yaml}");
        }
    }

    #[test]
    fn the_stored_form_is_plain_to_read() {
        let yaml = to_yaml(&titled("नमस्ते"));
        assert!(yaml.starts_with("patra: 1\nid: नमस्ते\ntitle: नमस्ते\nlanguage: hi\n"), "{yaml}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn what_is_written_is_read_back(material in material(), words in any::<String>(), more in "[\\s\\p{Cc}\\p{Devanagari}\u{2028}#:'\"-]{0,12}") {
            let yaml = to_yaml(&material);
            prop_assert_eq!(from_yaml(&yaml), Ok(material), "{}", yaml);
            for words in [words, more] {
                let material = titled(&words);
                let yaml = to_yaml(&material);
                prop_assert_eq!(from_yaml(&yaml), Ok(material), "{}", yaml);
            }
        }
    }

    #[test]
    fn a_problem_is_told_by_its_place_and_keys() {
        let head = "patra: 1\ntitle: क्षमा\nlanguage: hi\n";
        let (code, line, column, message, hint) = place(&format!("{head}sections:\n- {{heading: क्षमा, रंग: 1}}\n"));
        assert_eq!((code, line, column), (Code::Json, 5, 17), "{message}");
        assert!(message.contains("रंग"), "{message}");
        assert_eq!(hint.as_deref(), Some("the field is `sections[0].रंग`"));
        let (code, line, column, ..) = place("patra: 99\ntitle: क\nlanguage: hi\nsections: []\n");
        assert_eq!((code, line, column), (Code::FormatVersion, 1, 8));
        let (code, line, ..) = place(&format!("{head}sections:\n- heading: क्षमा\n blocks: [\n"));
        assert_eq!((code, line), (Code::Json, 6));
        // A number for words would lose what was written.
        assert_eq!(place(&head.replace("क्षमा", "1.10")).0, Code::Json);
    }

    #[test]
    fn what_nests_deep_is_read_back() {
        let mut blocks = Vec::new();
        for _ in 0..patra_core::MAX_DEPTH - 2 {
            blocks = vec![Block::Quote(Quote { blocks, ..Quote::default() })];
        }
        let mut material = titled("क");
        material.sections[0].blocks = blocks;
        assert_eq!(from_yaml(&to_yaml(&material)), Ok(material));
    }

    #[test]
    fn nesting_and_aliases_are_bounded() {
        let head = "patra: 1\nlanguage: hi\nsections: []\ntitle: ";
        let flow = place(&format!("{head}{}", "[{strong: ".repeat(50_000)));
        assert_eq!((flow.0, flow.1), (Code::TooLarge, 4), "{flow:?}");
        let blocks: String = (0..200).map(|depth| format!("{}- strong:\n", "  ".repeat(depth))).collect();
        assert_eq!(place(&format!("{head}\n{blocks}")).0, Code::TooLarge);
        // Nine levels of nine: 400 million words from 500 bytes.
        let mut laughs = String::from("patra: 1\nlanguage: hi\nsections: []\nauthors:\n- &a0 ha\ntitle:\n");
        for level in 1..9 {
            let below = format!("{{emphasis: *a{}}}, ", level - 1).repeat(9);
            laughs.push_str(&format!("- strong: &a{level} [{}]\n", below.trim_end_matches(", ")));
        }
        let laughed = place(&laughs);
        assert_eq!(laughed.0, Code::TooLarge, "{laughed:?}");
    }
}
