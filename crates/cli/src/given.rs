//! Options as they are given: on the command line, or in the file of a book, which is understood as the command line is.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue};
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Args, Command, FromArgMatches, Id};
use patra_core::{Code, Diagnostic, Phrase, Span, phrase};
use patra_source::{BookOption, OptionTable, OptionValue};

/// A group of options, with those of them that the command line names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Given<T> {
    /// The options where no file says anything of them.
    pub(crate) usual: T,
    named: Vec<Argument>,
}

/// An option with its value, as the command line has it: `--sheet=a5`.
#[derive(Clone, Debug)]
pub(crate) struct Argument {
    pub(crate) option: Id,
    /// The value alone.
    pub(crate) value: OsString,
    /// Where it stands in the file of a book.
    pub(crate) span: Span,
    text: OsString,
}

impl Argument {
    fn new(option: &Arg, value: Option<OsString>, span: Span) -> Self {
        let mut text = OsString::from(format!("--{}", option.get_long().unwrap_or_default()));
        if let Some(value) = &value {
            text.push("=");
            text.push(value);
        }
        Argument { option: option.get_id().clone(), value: value.unwrap_or_default(), span, text }
    }
}

/// The options of a group by themselves.
fn group<T: Args>() -> Command {
    T::augment_args(Command::new("options").no_binary_name(true).disable_help_flag(true))
}

fn understood<T: Args>(arguments: impl IntoIterator<Item = OsString>) -> Result<T, clap::Error> {
    T::from_arg_matches(&group::<T>().try_get_matches_from(arguments)?)
}

impl<T: Args> Given<T> {
    /// Whether the command line names an option.
    pub(crate) fn names(&self, option: &str) -> bool {
        self.named.iter().any(|argument| argument.option == option)
    }

    /// The options with those of a book: what the command line names, it has the last word on.
    pub(crate) fn over(&self, book: &[Argument]) -> T
    where
        T: Clone,
    {
        let below = book.iter().filter(|argument| !self.names(argument.option.as_str()));
        let all = below.chain(&self.named).map(|argument| argument.text.clone());
        // Each was understood by itself.
        understood(all).unwrap_or_else(|_| self.usual.clone())
    }
}

impl<T: Args> FromArgMatches for Given<T> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut named = Vec::new();
        for option in group::<T>().get_arguments() {
            let id = option.get_id();
            if matches.value_source(id.as_str()) != Some(ValueSource::CommandLine) {
                continue;
            }
            if option.get_action().takes_values() {
                let values = matches.get_raw(id.as_str()).into_iter().flatten();
                named.extend(values.map(|value| Argument::new(option, Some(value.to_owned()), Span::NONE)));
            } else {
                named.push(Argument::new(option, None, Span::NONE));
            }
        }
        Ok(Given { usual: T::from_arg_matches(matches)?, named })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Given::from_arg_matches(matches)?;
        Ok(())
    }
}

impl<T: Args> Args for Given<T> {
    fn group_id() -> Option<Id> {
        T::group_id()
    }

    fn augment_args(command: Command) -> Command {
        T::augment_args(command)
    }

    fn augment_args_for_update(command: Command) -> Command {
        T::augment_args_for_update(command)
    }
}

/// The most values of an option in the file of a book: each is understood by itself.
const MOST_VALUES: usize = 100;

/// What a table of a book's file says of a group of options; what is wrong is told with its place.
pub(crate) fn arguments<T: Args>(table: &OptionTable, found: &mut Vec<Diagnostic>) -> Vec<Argument> {
    let group = group::<T>();
    let mut arguments = Vec::new();
    for given in &table.options {
        let named = |option: &&Arg| {
            let aliases = option.get_all_aliases().unwrap_or_default();
            option.get_long() == Some(&given.name) || aliases.contains(&given.name.as_str())
        };
        let mut tell = |span: Span, message: Phrase, hint: Phrase| {
            found.push(Diagnostic::new(Code::BookManifest, span, message).with_hint(hint));
        };
        let Some(option) = group.get_arguments().find(named) else {
            let names: Vec<&str> = group.get_arguments().map(name_in_book).collect();
            let message = phrase!("`[{$table}]` has no option `{$name}`", table = &table.name, name = &given.name);
            tell(given.span, message, phrase!("its options are {$names}", names = names.join(", ")));
            continue;
        };
        if !option.get_action().takes_values() {
            match given.value {
                OptionValue::Switch(true) => arguments.push(Argument::new(option, None, given.value_span)),
                OptionValue::Switch(false) => {}
                _ => tell(
                    given.value_span,
                    phrase!("`{$name}` is `true` or `false`", name = &given.name),
                    phrase!("write `{$name} = true`, or leave it out", name = &given.name),
                ),
            }
            continue;
        }
        let values = values(option, given);
        if values.len() > MOST_VALUES {
            let message = phrase!("`{$name}` has more than {$most} values", name = &given.name, most = MOST_VALUES);
            tell(given.value_span, message, phrase!("leave some out"));
            continue;
        }
        for (value, span) in values {
            let argument = Argument::new(option, Some(OsString::from(&value)), span);
            match understood::<T>([argument.text.clone()]) {
                Ok(_) => arguments.push(argument),
                Err(error) => {
                    tell(span, phrase!("`{$value}` is no value of `{$name}`", value, name = &given.name), help(&error));
                }
            }
        }
    }
    arguments
}

/// What an option is called in the file of a book: where the command line names it once for each value, as it does `--font`,
/// the plural is its alias.
pub(crate) fn name_in_book(option: &Arg) -> &str {
    let alias = option.get_all_aliases().and_then(|aliases| aliases.into_iter().next());
    alias.or_else(|| option.get_long()).unwrap_or_default()
}

/// The values of an option, each with its place. A list for an option that has one value is that value in parts, as the
/// command line writes it: `25,20,20`.
fn values(option: &Arg, given: &BookOption) -> Vec<(String, Span)> {
    let several = matches!(option.get_action(), clap::ArgAction::Append);
    match &given.value {
        OptionValue::List(list) if several => list.clone(),
        OptionValue::List(list) => {
            let parts: Vec<&str> = list.iter().map(|(part, _)| part.as_str()).collect();
            vec![(parts.join(","), given.value_span)]
        }
        OptionValue::Words(words) => vec![(words.clone(), given.value_span)],
        OptionValue::Switch(on) => vec![(on.to_string(), given.value_span)],
        _ => Vec::new(),
    }
}

/// What is said of a value that an option doesn't take.
fn help(error: &clap::Error) -> Phrase {
    if let Some(ContextValue::Strings(values)) = error.get(ContextKind::ValidValue)
        && !values.is_empty()
    {
        return phrase!("it is one of {$values}", values = values.join(", "));
    }
    let own = std::error::Error::source(error).and_then(|source| source.downcast_ref::<Phrase>());
    own.cloned().unwrap_or_else(|| phrase!("`patra build --help` says what it takes"))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::arguments::{DeckArguments, Papers, Sheet, SheetArguments};

    #[derive(Debug, Parser)]
    #[command(no_binary_name = true)]
    struct Line {
        #[command(flatten)]
        papers: Given<Papers>,
    }

    fn line(arguments: &[&str]) -> Given<Papers> {
        Line::try_parse_from(arguments).expect("understood").papers
    }

    fn table(options: &[(&str, OptionValue)]) -> OptionTable {
        let option = |(at, (name, value)): (usize, &(&str, OptionValue))| BookOption {
            name: (*name).to_owned(),
            span: Span::new(at, at + 1),
            value: value.clone(),
            value_span: Span::new(at, at + 1),
        };
        let options = options.iter().enumerate().map(option).collect();
        OptionTable { name: "papers".to_owned(), span: Span::NONE, options }
    }

    fn words(words: &str) -> OptionValue {
        OptionValue::Words(words.to_owned())
    }

    fn list(words: &[&str]) -> OptionValue {
        OptionValue::List(words.iter().map(|words| ((*words).to_owned(), Span::NONE)).collect())
    }

    #[test]
    fn the_command_line_has_the_last_word() {
        let mut found = Vec::new();
        let book = arguments::<Papers>(
            &table(&[
                ("sheet", words("letter")),
                ("paper", list(&["cards", "booklet"])),
                ("fonts", list(&["a.ttf", "ख.ttf"])),
                ("margins", list(&["25", "20", "15.5"])),
                ("back-offset", list(&["-1", "0.5"])),
                ("no-marks", OptionValue::Switch(true)),
                ("bilingual", OptionValue::Switch(false)),
            ]),
            &mut found,
        );
        assert_eq!(found, []);
        let papers = line(&[]).over(&book);
        assert_eq!((papers.sheet, papers.paper.len(), papers.font.len()), (Sheet::Letter, 2, 2));
        assert_eq!((papers.margins, papers.back_offset), (Some([25.0, 20.0, 15.5]), Some((-1.0, 0.5))));
        assert!(papers.no_marks && !papers.bilingual);
        // Even where it says what would be so anyway.
        let given = line(&["--sheet", "a4", "--paper", "handout,answers,worksheet", "--font", "x.ttf", "--bilingual"]);
        let papers = given.over(&book);
        assert_eq!((papers.sheet, papers.paper.len(), papers.font.len()), (Sheet::A4, 3, 1));
        assert!(papers.no_marks && papers.bilingual && papers.margins.is_some());
        assert!(given.names("sheet") && !given.names("margins"));
    }

    #[test]
    fn what_is_wrong_is_told_each_in_its_place() {
        let mut found = Vec::new();
        let book = arguments::<Papers>(
            &table(&[
                ("sheat", words("a4")),
                ("sheet", words("a3")),
                ("binding", words("99")),
                ("seed", words("-1")),
                ("calibrate", words("yes")),
                ("margins", list(&["20", "20"])),
                ("paper", list(&["handout", "leaflet"])),
                ("fonts", list(&["a.ttf"; MOST_VALUES + 1])),
            ]),
            &mut found,
        );
        assert_eq!(book.len(), 1, "{book:?}");
        let told: Vec<(usize, String)> = found
            .iter()
            .map(|problem| {
                (problem.span.start(), format!("{}; {}", problem.message, problem.hint.as_deref().unwrap_or_default()))
            })
            .collect();
        insta::assert_debug_snapshot!(told);
    }

    #[test]
    fn the_documentation_names_every_option() {
        let docs = include_str!("../../../docs/books.md");
        let groups = [group::<Papers>(), group::<DeckArguments>(), group::<SheetArguments>()];
        let options: Vec<&Arg> = groups.iter().flat_map(Command::get_arguments).collect();
        assert!(options.len() > 20);
        for option in options {
            let name = name_in_book(option);
            assert!(docs.contains(&format!("`{name}`")), "docs/books.md says nothing of `{name}`");
        }
    }
}
