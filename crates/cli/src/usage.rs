//! Wrong usage, said in the language of the user. In English clap says it.

use std::error::Error;
use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use patra_core::{Locale, Phrase, phrase};

use patra_build::exit::Exit;
use patra_build::input::Failure;

/// The language that arguments ask for by `--lang`, however wrong the rest of them is; otherwise that of the environment.
pub(crate) fn locale(arguments: &[OsString]) -> Locale {
    let words: Vec<&str> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    let mut given = words.iter().enumerate().filter_map(|(at, word)| match word.strip_prefix("--lang")? {
        "" => words.get(at + 1).copied(),
        rest => rest.strip_prefix('='),
    });
    let asked = given.find_map(|tag| tag.parse().ok());
    asked.unwrap_or_else(|| Locale::of_environment(|name| std::env::var(name).ok()))
}

/// What is wrong with the arguments; `None` for what is no error of theirs, such as the help.
pub(crate) fn failure(error: &clap::Error) -> Option<Failure> {
    let named = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(word)) => word.clone(),
        Some(ContextValue::Strings(words)) => words.join(", "),
        _ => String::new(),
    };
    let name = named(ContextKind::InvalidArg);
    let mut hint = None;
    let message = match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
        | ErrorKind::DisplayVersion
        | ErrorKind::Io
        | ErrorKind::Format => return None,
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let values = named(ContextKind::ValidValue);
            let expected = error.source().and_then(|source| source.downcast_ref::<Phrase>()).cloned();
            hint = expected.or_else(|| (!values.is_empty()).then(|| phrase!("expected one of {$values}", values)));
            match named(ContextKind::InvalidValue) {
                value if value.is_empty() => phrase!("there is no value for `{$name}`", name),
                value => phrase!("invalid value `{$value}` for `{$name}`", value, name),
            }
        }
        ErrorKind::UnknownArgument => {
            hint = suggestion(named(ContextKind::SuggestedArg));
            phrase!("there is no option `{$name}`", name)
        }
        ErrorKind::InvalidSubcommand => {
            hint = suggestion(named(ContextKind::SuggestedSubcommand));
            phrase!("there is no command `{$name}`", name = named(ContextKind::InvalidSubcommand))
        }
        ErrorKind::ArgumentConflict => match named(ContextKind::PriorArg) {
            other if other.is_empty() || other == name => phrase!("`{$name}` may be given only once", name),
            other => phrase!("`{$one}` can't be used together with `{$other}`", one = name, other),
        },
        ErrorKind::MissingRequiredArgument => phrase!("missing arguments: {$names}", names = name),
        _ => phrase!("the command is not understood: {$name}", name),
    };
    let list = || phrase!("`patra --help` lists the commands, and `patra build --help` the options of a build");
    Some(Failure { message, hint: Some(hint.unwrap_or_else(list)), exit: Exit::Usage })
}

fn suggestion(name: String) -> Option<Phrase> {
    (!name.is_empty()).then(|| phrase!("did you mean `{$name}`?", name))
}
