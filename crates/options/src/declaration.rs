//! The form in which an option is declared.

use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;

use patra_core::{Phrase, noun, phrase};

use crate::options::Options;
use crate::{call, deck, papers, sheets};

/// An option: everything that the command line, a book's file, Python and the documentation know of it.
#[derive(Debug)]
#[non_exhaustive]
pub struct OptionSpec {
    /// Name on the command line, after `--`.
    pub name: &'static str,
    /// Name in a book's file, which is plural where the command line repeats the option for each value.
    pub name_in_file: &'static str,
    /// Keyword in Python.
    pub python: Keyword,
    /// Group that it belongs to.
    pub group: Group,
    /// Values that it takes, and the field that they set.
    pub values: Values,
    /// What holds without it.
    pub default: DefaultValue,
    /// Sentence for `--help` and the documentation, in English; the catalogue has it in other languages. It names no bounds, units or
    /// defaults, which [`OptionSpec::help`] adds.
    pub(crate) help: &'static str,
}

/// A group of options.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Group {
    /// What a single build makes. No file has these options: they are a matter of the moment.
    Call,
    /// How papers are printed: `[papers]`.
    Papers,
    /// How the deck is made: `[deck]`.
    Deck,
    /// How sheets are written: `[sheets]`.
    Sheets,
}

/// Values of an option, with the function that puts one into the options.
#[non_exhaustive]
pub enum Values {
    /// None: the option is on where it is given.
    Switch(fn(&mut Options)),
    /// One of several names.
    One(&'static [Choice]),
    /// Any number of several names, and the function that leaves none of them.
    Several(&'static [Choice], fn(&mut Options)),
    /// A whole number from 0 to `u64::MAX`.
    Whole(fn(&mut Options, u64)),
    /// A number from 1, or `all`.
    Count(fn(&mut Options, Option<usize>)),
    /// Lengths in millimetres.
    Lengths(&'static Lengths),
    /// A name that comes with patra, or the path of a file.
    NameOrFile(&'static [&'static str], fn(&mut Options, OsString)),
    /// The path of a file; the option may be repeated.
    Files(fn(&mut Options, PathBuf)),
}

impl fmt::Debug for Values {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Values::Switch(_) => "Switch",
            Values::One(_) => "One",
            Values::Several(..) => "Several",
            Values::Whole(_) => "Whole",
            Values::Count(_) => "Count",
            Values::Lengths(_) => "Lengths",
            Values::NameOrFile(..) => "NameOrFile",
            Values::Files(_) => "Files",
        })
    }
}

/// A name that an option takes.
#[derive(Debug)]
#[non_exhaustive]
pub struct Choice {
    /// The name.
    pub name: &'static str,
    /// Feature of the program without which it is not there.
    pub feature: Option<&'static str>,
    /// What it stands for, in English.
    pub(crate) help: &'static str,
    pub(crate) set: fn(&mut Options),
}

impl Choice {
    /// What it stands for.
    #[must_use]
    pub fn help(&self) -> Phrase {
        Phrase::from(self.help)
    }
}

/// How many lengths an option takes, and how long each may be.
#[derive(Debug)]
#[non_exhaustive]
pub struct Lengths {
    /// The numbers of lengths that it takes, such as 1 or 3.
    pub counts: &'static [usize],
    /// The shortest, in millimetres.
    pub least: f32,
    /// The longest, in millimetres.
    pub most: f32,
    /// An example.
    pub example: &'static str,
    pub(crate) set: fn(&mut Options, &[f32]),
}

/// What holds where an option is not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DefaultValue {
    /// The option is off, or nothing that one value could say.
    Nothing,
    /// A value of the option.
    Value(&'static str),
    /// No single value: a description, in English.
    Described(&'static str),
}

/// The keyword that an option is in Python.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Keyword {
    /// Its name.
    pub name: &'static str,
    /// How its values are those of the option.
    pub meaning: Meaning,
}

/// How a keyword in Python says what an option says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Meaning {
    /// Its value is the option's.
    Same,
    /// `False` turns the option on.
    Negated,
    /// The second name turns the option on, and the first is the default.
    Named([&'static str; 2]),
}

impl Keyword {
    pub(crate) const fn same(name: &'static str) -> Self {
        Keyword { name, meaning: Meaning::Same }
    }

    pub(crate) const fn negated(name: &'static str) -> Self {
        Keyword { name, meaning: Meaning::Negated }
    }
}

/// Every option, in the order in which the help and the documentation have them.
pub static OPTIONS: &[&[OptionSpec]] = &[call::OPTIONS, papers::OPTIONS, deck::OPTIONS, sheets::OPTIONS];

impl OptionSpec {
    /// Every option.
    pub fn all() -> impl Iterator<Item = &'static OptionSpec> {
        OPTIONS.iter().copied().flatten()
    }

    /// The option of a name on the command line.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static OptionSpec> {
        OptionSpec::all().find(|option| option.name == name)
    }

    /// Its help, with its bounds, unit and default where they can be said in brackets: a program that shows the default and the
    /// names that it takes in its own way asks for [`meaning`](Self::meaning).
    #[must_use]
    pub fn help(&self) -> Phrase {
        let Values::Lengths(lengths) = &self.values else { return self.meaning() };
        phrase!(
            "{$meaning} (in millimetres, from {$least} to {$most})",
            meaning = self.meaning(),
            least = lengths.least.to_string(),
            most = lengths.most.to_string()
        )
    }

    /// Placeholder of its value in the help, `MM` for instance; empty for a switch.
    #[must_use]
    pub fn value_name(&self) -> &'static str {
        match &self.values {
            Values::Switch(_) => "",
            Values::One(_) => "NAME",
            Values::Several(..) => "NAMES",
            Values::Whole(_) => "N",
            Values::Count(_) => "N|all",
            Values::Lengths(Lengths { counts: [1, 3], .. }) => "MM[,MM,MM]",
            Values::Lengths(Lengths { counts: [2], .. }) => "X,Y",
            Values::Lengths(_) => "MM",
            Values::NameOrFile(..) => "NAME|FILE",
            Values::Files(_) => "FILE",
        }
    }

    /// What it does.
    #[must_use]
    pub fn meaning(&self) -> Phrase {
        Phrase::from(self.help)
    }
}

impl Group {
    /// Every group.
    pub const ALL: [Group; 4] = [Group::Call, Group::Papers, Group::Deck, Group::Sheets];

    /// Its options.
    pub fn options(self) -> impl Iterator<Item = &'static OptionSpec> {
        OptionSpec::all().filter(move |option| option.group == self)
    }

    /// The table that it is in a book's file, where it is one.
    #[must_use]
    pub fn table(self) -> Option<&'static str> {
        match self {
            Group::Call => None,
            Group::Papers => Some("papers"),
            Group::Deck => Some("deck"),
            Group::Sheets => Some("sheets"),
        }
    }

    /// Its heading.
    #[must_use]
    pub fn heading(self) -> Phrase {
        Phrase::from(match self {
            Group::Call => noun!("What to make"),
            Group::Papers => noun!("The papers"),
            Group::Deck => noun!("The deck"),
            Group::Sheets => noun!("The sheets"),
        })
    }
}

impl DefaultValue {
    /// The default in words, where there is anything to say.
    #[must_use]
    pub fn phrase(self) -> Option<Phrase> {
        match self {
            DefaultValue::Nothing => None,
            DefaultValue::Value(value) => Some(Phrase::verbatim(value)),
            DefaultValue::Described(words) => Some(Phrase::from(words)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::assignment::Assignment;
    use patra_core::Span;

    fn applied(option: &'static OptionSpec, words: &str) -> String {
        let value = option.parse(words).unwrap_or_else(|why| panic!("{}: {why}", option.name));
        format!("{:?}", Options::of(&[&[Assignment::new(option, value, Span::NONE)]]))
    }

    #[test]
    fn names_are_not_used_twice() {
        let names: BTreeSet<&str> = OptionSpec::all().map(|option| option.name).collect();
        let keywords: BTreeSet<&str> = OptionSpec::all().map(|option| option.python.name).collect();
        assert_eq!((names.len(), keywords.len()), (OptionSpec::all().count(), OptionSpec::all().count()));
        assert!(names.len() > 20);
    }

    #[test]
    fn defaults_are_those_that_hold_without_the_option() {
        for option in OptionSpec::all() {
            if let DefaultValue::Value(words) = option.default {
                assert_eq!(applied(option, words), format!("{:?}", Options::default()), "{}", option.name);
            }
        }
    }

    #[test]
    fn every_value_sets_something() {
        for option in OptionSpec::all() {
            let values: Vec<&str> = match &option.values {
                Values::Switch(_) => vec!["true"],
                Values::One(choices) | Values::Several(choices, _) => {
                    choices.iter().map(|choice| choice.name).collect()
                }
                Values::Whole(_) => vec!["7"],
                Values::Count(_) => vec!["20", "all"],
                Values::Lengths(lengths) => vec![lengths.example],
                Values::NameOrFile(..) | Values::Files(_) => vec!["own.file"],
            };
            let default = format!("{:?}", Options::default());
            for words in values {
                let is_default = option.default == DefaultValue::Value(words);
                // Of the edge there is a default for each paper, and each name sets both.
                assert_eq!(applied(option, words) == default, is_default, "{} {words}", option.name);
            }
        }
    }

    #[test]
    fn every_example_is_within_the_bounds() {
        for option in OptionSpec::all() {
            if let Values::Lengths(lengths) = &option.values {
                assert!(option.parse(lengths.example).is_ok(), "{}", option.name);
                for (number, sound) in [
                    (lengths.least, true),
                    (lengths.most, true),
                    (lengths.least - 0.1, false),
                    (lengths.most + 0.1, false),
                    (f32::NAN, false),
                    (f32::INFINITY, false),
                ] {
                    let words = vec![number.to_string(); lengths.counts[0]].join(",");
                    assert_eq!(option.parse(&words).is_ok(), sound, "{} {words}", option.name);
                }
            }
        }
    }
}
