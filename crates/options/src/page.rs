//! The options in the documentation, written from their declarations.

use std::fmt::Write;

use crate::declaration::{Choice, Group, Meaning, OptionSpec, Values};

/// The page `docs/options.md`, in Markdown.
#[must_use]
pub fn page() -> String {
    let mut page = String::from(include_str!("options.md"));
    for group in Group::ALL {
        let table = group.table().map(|table| format!(": `[{table}]`")).unwrap_or_default();
        let _ = write!(page, "\n## {}{table}\n\n", group.heading());
        page.push_str("| command line | in `patra.toml` | in Python | default | meaning |\n|---|---|---|---|---|\n");
        for option in group.options() {
            let in_file = if group.table().is_some() { format!("`{}`", in_file(option)) } else { "–".to_owned() };
            let default = default(option);
            let meaning = meaning(option);
            let _ = writeln!(
                page,
                "| `{}` | {in_file} | `{}` | {default} | {meaning} |",
                on_command_line(option),
                in_python(option)
            );
        }
    }
    page
}

fn on_command_line(option: &OptionSpec) -> String {
    let value = option.value_name();
    if value.is_empty() {
        format!("--{}", option.name)
    } else {
        format!("--{} {}", option.name, value.replace('|', "\\|"))
    }
}

fn in_file(option: &OptionSpec) -> String {
    let value = match &option.values {
        Values::Switch(_) => "true".to_owned(),
        Values::One(choices) => format!("\"{}\"", choices[0].name),
        Values::Several(choices, _) => format!("[\"{}\", …]", choices[0].name),
        Values::Whole(_) => "7".to_owned(),
        Values::Count(_) => "20".to_owned(),
        Values::Lengths(lengths) if lengths.example.contains(',') => {
            format!("[{}]", lengths.example.replace(',', ", "))
        }
        Values::Lengths(lengths) => lengths.example.to_owned(),
        Values::NameOrFile(..) => "\"look.toml\"".to_owned(),
        Values::Files(_) => "[\"own.ttf\", …]".to_owned(),
    };
    format!("{} = {value}", option.name_in_file)
}

fn in_python(option: &OptionSpec) -> String {
    let value = match (option.python.meaning, &option.values) {
        (Meaning::Negated, _) => "False".to_owned(),
        (Meaning::Named([_, on]), _) => format!("\"{on}\""),
        (Meaning::Same, Values::Switch(_)) => "True".to_owned(),
        (Meaning::Same, Values::Lengths(lengths)) if lengths.example.contains(',') => {
            format!("({})", lengths.example.replace(',', ", "))
        }
        (Meaning::Same, _) => {
            return format!("{}={}", option.python.name, in_file(option).split_once(" = ").unwrap_or_default().1);
        }
    };
    format!("{}={value}", option.python.name)
}

fn default(option: &OptionSpec) -> String {
    match option.default.phrase() {
        None => "–".to_owned(),
        Some(words) => words.to_string(),
    }
}

/// What an option does, with the names that it takes.
fn meaning(option: &OptionSpec) -> String {
    let mut meaning = option.help().to_string();
    if let Values::One(choices) | Values::Several(choices, _) = &option.values {
        let named = |choice: &Choice| {
            let needs = choice.feature.map(|feature| format!(" (if built with the feature `{feature}`)"));
            format!("`{}` ({}){}", choice.name, choice.help(), needs.unwrap_or_default())
        };
        let _ = write!(meaning, ". Values: {}", choices.iter().map(named).collect::<Vec<_>>().join("; "));
    }
    meaning.replace('|', "\\|")
}
