//! Whether the command line, the file of a book and the documentation have every option that is declared.

use std::fs;
use std::path::Path;

use patra_options::{Group, OptionSpec, Values};
use patra_tests::Folder;

fn folder() -> Folder {
    Folder::new(env!("CARGO_BIN_EXE_patra-under-test"))
}

/// A value that an option takes, as the command line and the file have it.
fn value(option: &OptionSpec) -> (String, String) {
    let (words, in_file) = match &option.values {
        Values::Switch(_) => ("", "true".to_owned()),
        Values::One(choices) => (choices[0].name, format!("\"{}\"", choices[0].name)),
        Values::Several(choices, _) => (choices[0].name, format!("[\"{}\"]", choices[0].name)),
        Values::Whole(_) => ("7", "7".to_owned()),
        Values::Lengths(lengths) => (lengths.example, format!("[{}]", lengths.example)),
        Values::Count(_) => ("20", "20".to_owned()),
        Values::NameOrFile(names, _) => (names[0], format!("\"{}\"", names[0])),
        _ => ("own.ttf", "[\"own.ttf\"]".to_owned()),
    };
    let words = if words.is_empty() { String::new() } else { format!("={words}") };
    (format!("--{}{words}", option.name), in_file)
}

#[test]
fn the_command_line_and_the_file_have_every_option() {
    let folder = folder();
    folder.write("own.ttf", include_bytes!("../../crates/fonts/fonts/NotoSansDevanagari-Regular.ttf"));
    folder.write("book/own.ttf", include_bytes!("../../crates/fonts/fonts/NotoSansDevanagari-Regular.ttf"));
    folder.write("book/1.hi.md", "# पहला पाठ\n\nलाभ {#gain}\n: जो बचता है।\n");
    folder.write("book/1.en.md", "# First lesson\n\ngain {#gain}\n: what is left over\n");
    let title = |language: &str| format!("[book]\ntitle = \"नाप\"\nid = \"measure\"\nlanguage = \"{language}\"\n");
    folder.write("book/patra.hi.toml", title("hi"));
    folder.write("book/patra.en.toml", title("en"));
    let mut arguments = vec!["build".to_owned(), "book".to_owned()];
    let help = folder.patra(&["build", "--help"]).stdout;
    for option in OptionSpec::all() {
        assert!(help.contains(&format!("--{}", option.name)), "the help lacks --{}", option.name);
        arguments.push(value(option).0);
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ran = folder.patra(&arguments);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{ran}");

    let mut file = title("hi");
    for group in Group::ALL {
        let Some(table) = group.table() else { continue };
        file.push_str(&format!("\n[{table}]\n"));
        for option in group.options() {
            file.push_str(&format!("{} = {}\n", option.name_in_file, value(option).1));
        }
    }
    folder.write("book/patra.hi.toml", file);
    let ran = folder.patra(&["build", "book", "--only", "pdf", "-o", "by-file"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{ran}");
    let files = folder.files();
    for name in ["handout.pdf", "bilingual.pdf"] {
        let by_file = files.get(&format!("by-file/measure/hi/{name}"));
        assert!(by_file.is_some() == files.contains_key(&format!("patra-out/measure/hi/{name}")), "{name}");
        assert!(by_file == files.get(&format!("patra-out/measure/hi/{name}")), "{name} differs");
    }
}

/// Holds that a file which is written from the declarations is as they are.
fn up_to_date(name: &str, content: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name);
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(&path, content).expect("the file can be written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == content, "{name} is out of date; write it anew with INSTA_UPDATE=always");
}

#[test]
fn python_has_every_option() {
    let module = patra_options::python_module();
    up_to_date("bindings/python/python/patra/options.py", &module);
    for option in OptionSpec::all() {
        assert!(module.contains(&format!("\n    {}: ", option.python.name)), "{}", option.name);
    }
}

#[test]
fn the_page_of_options_is_up_to_date() {
    let page = patra_options::page();
    up_to_date("docs/options.md", &page);
    let books = include_str!("../../docs/books.md");
    for option in OptionSpec::all().filter(|option| option.group.table().is_some()) {
        let name = option.name_in_file;
        assert!(page.contains(&format!("`{name} = ")) && books.contains(&format!("`{name}`")), "{name}");
    }
}
