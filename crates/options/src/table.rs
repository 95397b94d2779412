//! Options in the file of a book.

use patra_core::{Code, Diagnostic, Phrase, Span, phrase};
use patra_source::{BookOption, OptionTable, OptionValue};

use crate::assignment::Assignment;
use crate::declaration::{Group, OptionSpec, Values};
use crate::value::Value;

/// The most values of an option.
const MOST_VALUES: usize = 100;

/// Reads a table of a book's file. Each problem is added to `found`, with its place.
pub fn read_table(table: &OptionTable, found: &mut Vec<Diagnostic>) -> Vec<Assignment> {
    let group = Group::ALL.into_iter().find(|group| group.table() == Some(&table.name));
    let options: Vec<&OptionSpec> = group.into_iter().flat_map(Group::options).collect();
    let mut assignments = Vec::new();
    for given in &table.options {
        let mut report = |span: Span, message: Phrase, hint: Phrase| {
            found.push(Diagnostic::new(Code::BookManifest, span, message).with_hint(hint));
        };
        let named = |option: &&&OptionSpec| option.name == given.name || option.name_in_file == given.name;
        let Some(option) = options.iter().find(named) else {
            let names: Vec<&str> = options.iter().map(|option| option.name_in_file).collect();
            let message = phrase!("`[{$table}]` has no option `{$name}`", table = &table.name, name = &given.name);
            report(given.span, message, phrase!("its options are {$names}", names = names.join(", ")));
            continue;
        };
        if let Values::Switch(_) = option.values {
            match given.value {
                OptionValue::Switch(true) => assignments.push(Assignment::new(option, Value::On, given.value_span)),
                OptionValue::Switch(false) => {}
                _ => {
                    let message = phrase!("`{$name}` is `true` or `false`", name = &given.name);
                    report(given.value_span, message, option.expected());
                }
            }
            continue;
        }
        let values = values(option, given);
        if values.len() > MOST_VALUES {
            let message = phrase!("`{$name}` has more than {$most} values", name = &given.name, most = MOST_VALUES);
            report(given.value_span, message, phrase!("leave some out"));
            continue;
        }
        for (words, span) in values {
            match option.parse(&words) {
                Ok(value) => assignments.push(Assignment::new(option, value, span)),
                Err(expected) => {
                    let message = phrase!("invalid value `{$value}` for `{$name}`", value = words, name = &given.name);
                    report(span, message, expected);
                }
            }
        }
    }
    assignments
}

/// The values of an option, each with its place. A list for an option that takes one value is that value in parts, as the
/// command line has it: `25,20,20`.
fn values(option: &OptionSpec, given: &BookOption) -> Vec<(String, Span)> {
    let several = matches!(option.values, Values::Several(..) | Values::Files(_));
    match &given.value {
        OptionValue::List(list) if several => list.clone(),
        OptionValue::List(list) => {
            let parts: Vec<&str> = list.iter().map(|(part, _)| part.as_str()).collect();
            vec![(parts.join(","), given.value_span)]
        }
        // As on the command line, commas separate names.
        OptionValue::Words(words) if matches!(option.values, Values::Several(..)) => {
            words.split(',').map(|part| (part.to_owned(), given.value_span)).collect()
        }
        OptionValue::Words(words) => vec![(words.clone(), given.value_span)],
        OptionValue::Switch(on) => vec![(on.to_string(), given.value_span)],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;

    fn table(name: &str, options: &[(&str, OptionValue)]) -> OptionTable {
        let option = |(at, (name, value)): (usize, &(&str, OptionValue))| BookOption {
            name: (*name).to_owned(),
            span: Span::new(at, at + 1),
            value: value.clone(),
            value_span: Span::new(at, at + 1),
        };
        let options = options.iter().enumerate().map(option).collect();
        OptionTable { name: name.to_owned(), span: Span::NONE, options }
    }

    fn words(words: &str) -> OptionValue {
        OptionValue::Words(words.to_owned())
    }

    fn list(words: &[&str]) -> OptionValue {
        OptionValue::List(words.iter().map(|words| ((*words).to_owned(), Span::NONE)).collect())
    }

    #[test]
    fn a_table_is_read_into_options() {
        let mut found = Vec::new();
        let papers = table(
            "papers",
            &[
                ("sheet", words("letter")),
                ("paper", list(&["cards", "booklet"])),
                ("fonts", list(&["a.ttf", "ख.ttf"])),
                ("margins", list(&["25", "20", "15.5"])),
                ("back-offset", list(&["-1", "0.5"])),
                ("no-marks", OptionValue::Switch(true)),
                ("bilingual", OptionValue::Switch(false)),
            ],
        );
        let options = Options::of(&[&read_table(&papers, &mut found)]);
        assert_eq!(found, []);
        let papers = options.papers;
        assert_eq!((papers.print.sheet, papers.fonts.len()), (patra_pdf::Sheet::Letter, 2));
        assert_eq!(papers.papers, Some(vec![patra_pdf::Paper::Cards, patra_pdf::Paper::Booklet]));
        assert_eq!((papers.margins, papers.print.cards.back_offset), (Some([25.0, 20.0, 15.5]), (-1.0, 0.5)));
        assert!(!papers.print.marks && !papers.bilingual);
        let deck = table("deck", &[("omit-retired", OptionValue::Switch(true))]);
        assert!(Options::of(&[&read_table(&deck, &mut found)]).deck.package.omit_retired && found.is_empty());
    }

    #[test]
    fn each_wrong_option_is_reported_in_its_place() {
        let mut found = Vec::new();
        let book = table(
            "papers",
            &[
                ("sheat", words("a4")),
                ("sheet", words("a3")),
                ("binding", words("99")),
                ("seed", words("-1")),
                ("calibrate", words("yes")),
                ("margins", list(&["20", "20"])),
                ("paper", list(&["handout", "leaflet"])),
                ("fonts", list(&["a.ttf"; MOST_VALUES + 1])),
                ("only", words("pdf")),
            ],
        );
        let read = read_table(&book, &mut found);
        assert_eq!(read.len(), 1, "{read:?}");
        let reported: Vec<(usize, String)> = found
            .iter()
            .map(|problem| {
                let hint = problem.hint.as_deref().unwrap_or_default();
                (problem.span.start(), format!("{}; {hint}", problem.message))
            })
            .collect();
        insta::assert_debug_snapshot!(reported);
    }
}
