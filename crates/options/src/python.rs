//! The options in Python, written from their declarations.

use std::fmt::Write;

use crate::declaration::{Choice, Lengths, Meaning, OptionSpec, Values};

/// The module `patra.options` of the Python package: the keywords of a build with their types and meanings.
#[must_use]
pub fn python_module() -> String {
    let mut module = String::from(include_str!("options.py"));
    for option in OptionSpec::all() {
        let _ = write!(module, "\n    {}: {}\n", option.python.name, annotation(option));
        let mut words = String::new();
        match option.python.meaning {
            Meaning::Same => {}
            Meaning::Negated => words.push_str("``False``: "),
            Meaning::Named([_, on]) => {
                let _ = write!(words, "``\"{on}\"``: ");
            }
        }
        words.push_str(&option.help());
        words.push('.');
        if let Some(default) = option.default.phrase() {
            let _ = write!(words, " Default: {default}.");
        }
        let words = words.replace('`', "``").replace("````", "``");
        let _ = writeln!(module, "    {}", docstring(&words));
    }
    module
}

/// A docstring of lines of at most 120 letters, without the indent of the first.
fn docstring(words: &str) -> String {
    let mut text = String::from("\"\"\"");
    let mut length = 7;
    for (at, word) in words.replace('"', "'").split(' ').enumerate() {
        let letters = word.chars().count();
        if at > 0 && length + 1 + letters > 117 {
            text.push_str("\n    ");
            length = 4;
        } else if at > 0 {
            text.push(' ');
            length += 1;
        }
        text.push_str(word);
        length += letters;
    }
    text.push_str("\"\"\"");
    text
}

/// The type of an option's keyword.
fn annotation(option: &OptionSpec) -> String {
    let names = |choices: &[Choice]| {
        let offered = choices.iter().filter(|choice| choice.feature.is_none());
        format!("Literal[{}]", offered.map(|choice| format!("\"{}\"", choice.name)).collect::<Vec<_>>().join(", "))
    };
    match (option.python.meaning, &option.values) {
        (Meaning::Named([off, on]), _) => format!("Literal[\"{off}\", \"{on}\"]"),
        (_, Values::Switch(_)) => "bool".to_owned(),
        (_, Values::One(choices)) => format!("{} | None", names(choices)),
        (_, Values::Several(choices, _)) => format!("Iterable[{}] | None", names(choices)),
        (_, Values::Whole(_)) => "int | None".to_owned(),
        (_, Values::Count(_)) => "int | Literal[\"all\"] | None".to_owned(),
        (_, Values::Lengths(Lengths { counts, .. })) => {
            let kinds = counts.iter().map(|&count| match count {
                1 => "float".to_owned(),
                _ => format!("tuple[{}]", vec!["float"; count].join(", ")),
            });
            format!("{} | None", kinds.collect::<Vec<_>>().join(" | "))
        }
        (_, Values::NameOrFile(..)) => "PathLike | None".to_owned(),
        (_, Values::Files(_)) => "Sequence[PathLike] | None".to_owned(),
    }
}
