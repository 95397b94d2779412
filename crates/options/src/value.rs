//! Values, read from the words that a person writes.

use std::ffi::OsString;

use patra_core::{Phrase, phrase};

use crate::declaration::{Choice, OptionSpec, Values};

/// A value of an option.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Value {
    /// A switch that is on.
    On,
    /// Of an option that takes any number of names, none.
    None,
    /// A name that the option takes.
    Choice(&'static Choice),
    /// A whole number.
    Whole(u64),
    /// A number from 1, or all.
    Count(Option<usize>),
    /// Lengths in millimetres.
    Lengths(Vec<f32>),
    /// A name or a path.
    Path(OsString),
}

impl OptionSpec {
    /// The value of these words: of an option that takes several names, a single one of them.
    ///
    /// # Errors
    /// If the option doesn't take it: the values that it takes.
    pub fn parse(&'static self, words: &str) -> Result<Value, Phrase> {
        match &self.values {
            Values::Switch(_) => {
                if words == "true" {
                    Some(Value::On)
                } else {
                    None
                }
            }
            Values::One(choices) | Values::Several(choices, _) => {
                choices.iter().find(|choice| choice.name == words).map(Value::Choice)
            }
            Values::Whole(_) => words.trim().parse().ok().map(Value::Whole),
            Values::Count(_) if words.trim() == "all" => Some(Value::Count(None)),
            Values::Count(_) => {
                words.trim().parse().ok().filter(|count| *count > 0).map(|count| Value::Count(Some(count)))
            }
            Values::Lengths(lengths) => {
                let length =
                    |part: &str| part.trim().parse().ok().filter(|mm| (lengths.least..=lengths.most).contains(mm));
                let all: Option<Vec<f32>> = words.split(',').map(length).collect();
                all.filter(|all| lengths.counts.contains(&all.len())).map(Value::Lengths)
            }
            Values::NameOrFile(..) | Values::Files(_) => Some(Value::Path(words.into())),
        }
        .ok_or_else(|| self.expected())
    }

    /// The values that it takes, in words.
    #[must_use]
    pub fn expected(&self) -> Phrase {
        match &self.values {
            Values::Switch(_) => phrase!("write `{$name} = true`, or leave it out", name = self.name_in_file),
            Values::One(choices) | Values::Several(choices, _) => {
                let names: Vec<&str> = choices.iter().map(|choice| choice.name).collect();
                phrase!("expected one of {$values}", values = names.join(", "))
            }
            Values::Whole(_) => phrase!("expected a whole number, 0 or more"),
            Values::Count(_) => phrase!("expected a whole number, 1 or more, or `all`"),
            Values::Lengths(lengths) => {
                let (least, most) = (lengths.least.to_string(), lengths.most.to_string());
                let example = lengths.example;
                match lengths.counts {
                    [1] => phrase!(
                        "expected a number of millimetres from {$least} to {$most}, as in `{$example}`",
                        least,
                        most,
                        example
                    ),
                    [1, 3] => phrase!(
                        "expected one number or three of millimetres from {$least} to {$most}, as in `{$example}`",
                        least,
                        most,
                        example
                    ),
                    _ => phrase!(
                        "expected {$count} numbers of millimetres from {$least} to {$most}, as in `{$example}`",
                        count = lengths.counts.first().copied().unwrap_or_default().to_string(),
                        least,
                        most,
                        example
                    ),
                }
            }
            Values::NameOrFile(names, _) => {
                let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
                phrase!("expected a file, or one of {$names}", names = names.join(", "))
            }
            Values::Files(_) => phrase!("expected the path of a file"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(option: &str, words: &str) -> String {
        let option = OptionSpec::named(option).expect("an option");
        option.parse(words).expect_err("refused").to_string()
    }

    #[test]
    fn wrong_values_are_told_what_is_expected() {
        assert_eq!(refused("sheet", "b5"), "expected one of a4, letter, legal, a5");
        assert_eq!(refused("sheet", "A4"), "expected one of a4, letter, legal, a5");
        assert_eq!(
            refused("paper", "handout,cards"),
            "expected one of handout, worksheet, answers, cards, test, booklet"
        );
        assert_eq!(refused("seed", "-1"), "expected a whole number, 0 or more");
        assert_eq!(refused("seed", "18446744073709551616"), "expected a whole number, 0 or more");
        for words in ["0", "-3", "every", "1.5"] {
            assert_eq!(refused("questions", words), "expected a whole number, 1 or more, or `all`");
        }
        assert_eq!(refused("binding", "8 mm"), "expected a number of millimetres from 0 to 30, as in `10`");
        for words in ["20,20", "20,20,20,20", "", "20,,20", "20;20;20"] {
            let expected = "expected one number or three of millimetres from 10 to 60, as in `25,20,20`";
            assert_eq!(refused("margins", words), expected, "{words}");
        }
        for words in ["1", "1,2,3", "8.5,0"] {
            let expected = "expected 2 numbers of millimetres from -8 to 8, as in `1.5,-0.5`";
            assert_eq!(refused("back-offset", words), expected, "{words}");
        }
        assert!(matches!(OptionSpec::named("margins").map(|option| option.parse("25, 20 ,15.5")), Some(Ok(_))));
    }
}
