//! The options of a build on the command line, from their declarations in `patra_options`.

use std::marker::PhantomData;

use clap::builder::{OsStringValueParser, PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};
use patra_core::{Locale, Span, phrase};
use patra_options::{Assignment, Choice, DefaultValue, Group, OptionSpec, Value, Values};

/// The groups of options that a subcommand takes.
pub(crate) trait Groups {
    const GROUPS: &[Group];
}

/// Those of a build: all of them.
#[derive(Clone, Debug)]
pub(crate) struct EveryGroup;

impl Groups for EveryGroup {
    const GROUPS: &[Group] = &Group::ALL;
}

/// Those of the deck.
#[derive(Clone, Debug)]
pub(crate) struct DeckGroup;

impl Groups for DeckGroup {
    const GROUPS: &[Group] = &[Group::Deck];
}

/// The options that the command line names, with their values.
#[derive(Clone, Debug)]
pub(crate) struct OptionArguments<G> {
    pub(crate) assignments: Vec<Assignment>,
    groups: PhantomData<G>,
}

impl<G: Groups> FromArgMatches for OptionArguments<G> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut assignments = Vec::new();
        for option in options::<G>() {
            if matches.value_source(option.name) != Some(ValueSource::CommandLine) {
                continue;
            }
            let values: Vec<Value> = match option.values {
                Values::Switch(_) => vec![Value::On],
                _ => matches.get_many(option.name).into_iter().flatten().cloned().collect(),
            };
            assignments.extend(values.into_iter().map(|value| Assignment::new(option, value, Span::NONE)));
        }
        Ok(OptionArguments { assignments, groups: PhantomData })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = OptionArguments::from_arg_matches(matches)?;
        Ok(())
    }
}

impl<G: Groups> Args for OptionArguments<G> {
    fn augment_args(command: Command) -> Command {
        options::<G>().fold(command, |command, option| command.arg(argument(option, Locale::English)))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

fn options<G: Groups>() -> impl Iterator<Item = &'static OptionSpec> {
    G::GROUPS.iter().flat_map(|group| group.options())
}

/// The command with the help of its options in a language.
pub(crate) fn in_language(command: Command, locale: Locale) -> Command {
    if locale == Locale::English {
        return command;
    }
    let translated = |command: Command| {
        let has = |command: &Command, name: &str| command.get_arguments().any(|argument| argument.get_id() == name);
        OptionSpec::all().fold(command, |command, option| match has(&command, option.name) {
            true => command.mut_arg(option.name, |_| argument(option, locale)),
            false => command,
        })
    };
    let names: Vec<String> = command.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    names.into_iter().fold(command, |command, name| command.mut_subcommand(name, translated))
}

/// The argument that is an option, with its help in a language.
fn argument(option: &'static OptionSpec, locale: Locale) -> Arg {
    let mut argument =
        Arg::new(option.name).long(option.name).help_heading(option.group.heading().to(locale).into_owned());
    argument = argument.help(help(option, locale));
    if option.name_in_file != option.name {
        argument = argument.alias(option.name_in_file);
    }
    if let Values::Switch(_) = option.values {
        return argument.action(ArgAction::SetTrue);
    }
    argument = argument.value_name(option.value_name()).action(ArgAction::Set);
    if let DefaultValue::Value(value) = option.default {
        argument = argument.default_value(value);
    }
    let parse = move |words: &str| option.parse(words);
    match &option.values {
        Values::One(choices) => argument.value_parser(names(option, choices, locale)),
        Values::Several(choices, _) => {
            argument.action(ArgAction::Append).value_delimiter(',').value_parser(names(option, choices, locale))
        }
        Values::Lengths(lengths) => argument.allow_hyphen_values(lengths.least < 0.0).value_parser(parse),
        Values::NameOrFile(..) => argument.value_parser(OsStringValueParser::new().map(Value::Path)),
        Values::Files(_) => {
            argument.action(ArgAction::Append).value_parser(OsStringValueParser::new().map(Value::Path))
        }
        _ => argument.value_parser(parse),
    }
}

/// One of the names that an option takes.
fn names(
    option: &'static OptionSpec,
    choices: &'static [Choice],
    locale: Locale,
) -> impl TypedValueParser<Value = Value> {
    let named = move |choice: &Choice| PossibleValue::new(choice.name).help(choice.help().to(locale).into_owned());
    PossibleValuesParser::new(choices.iter().map(named)).try_map(|name| option.parse(&name))
}

/// What the help says of an option; what its value is without it, where clap doesn't say so.
fn help(option: &OptionSpec, locale: Locale) -> String {
    let help = option.help();
    let said = match option.default {
        DefaultValue::Described(_) => {
            phrase!("{$help} [default: {$value}]", help, value = option.default.phrase().unwrap_or_default())
        }
        _ => help,
    };
    said.to(locale).into_owned()
}
