//! Edited sheets, back into their source.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use patra_core::{Phrase, phrase};
use patra_merge::{Book, Change, Deleted, Fate, MergeOptions, Merged, merge, merge_stored};
use patra_source::{Form, MAX_FILE_BYTES, read_file};

use crate::arguments::Merge;
use crate::report::{Report, Voice};
use crate::visible::Visible;
use patra_build::exit::Exit;
use patra_build::input::{Failure, Verb, gather};
use patra_build::load::{Loaded, load};
use patra_build::replace::replace;

/// Brings what was edited in the sheets into the source.
pub(crate) fn run(arguments: &Merge, voice: Voice) -> Exit {
    let mut report = Report::new(voice);
    if let Err(failures) = bring(arguments, &mut report) {
        failures.iter().for_each(|failure| report.failure(failure));
    }
    report.finish()
}

fn bring(arguments: &Merge, report: &mut Report) -> Result<(), Vec<Failure>> {
    let mut inputs = gather(std::slice::from_ref(&arguments.source))?;
    let (Some(input), true) = (inputs.pop(), inputs.is_empty()) else {
        let message = phrase!(
            "there are several sources in the folder `{$folder}`",
            folder = arguments.source.display().to_string()
        );
        return Err(vec![Failure { message, hint: Some(phrase!("name one of them")), exit: Exit::Usage }]);
    };
    if !matches!(input.form, Form::Markdown | Form::Stored | Form::StoredYaml) {
        let message = phrase!(
            "`{$source}` is neither Markdown nor the stored form, and says nothing for sure",
            source = input.name
        );
        let hint = Some(phrase!("make a source of it, `patra export --markdown`, and build the sheets from that"));
        return Err(vec![Failure { message, hint, exit: Exit::Usage }]);
    }
    if input.as_book().is_some() {
        let message = phrase!("`{$source}` is a book, and sheets are brought back into one file", source = input.name);
        let hint = Some(phrase!("build the sheets from the file that is to be changed"));
        return Err(vec![Failure { message, hint, exit: Exit::Usage }]);
    }
    if input.form == Form::StoredYaml {
        let message = phrase!("`{$source}` is YAML, which sheets are not brought back into", source = input.name);
        let hint = Some(phrase!("`patra export` makes JSON or Markdown of it, which they are"));
        return Err(vec![Failure { message, hint, exit: Exit::Usage }]);
    }
    let mut book = book(&arguments.sheets).map_err(|failure| vec![failure])?;
    if let Some(base) = &arguments.base {
        book = book.with_base_of(&self::book(base).map_err(|failure| vec![failure])?);
    }
    let before = input.read().map_err(|failure| vec![failure])?;
    let loaded = load(input).map_err(|failure| vec![failure])?;
    let Some(material) = loaded.sound() else {
        for diagnostic in &loaded.diagnostics {
            report.problem(&loaded.sources, diagnostic);
        }
        return Ok(());
    };
    if let Some((file, place)) = loaded.sources.included().next() {
        let (source, text, span) = loaded.sources.locate(place);
        let at = text.position(span.start());
        let message = phrase!(
            "`{$source}` includes `{$file}` at {$place}, and sheets are brought back into one file",
            source,
            file,
            place = format!("{}:{}", at.line, at.column)
        );
        let hint = Some(phrase!("build the sheets from the file that is to be changed"));
        return Err(vec![Failure { message, hint, exit: Exit::Usage }]);
    }
    let others = match (arguments.delete, arguments.keep) {
        (true, _) => Fate::Delete,
        (_, true) => Fate::Keep,
        _ => Fate::Undecided,
    };
    let mut options = MergeOptions::default();
    options.name = Some(loaded.input.file_name.clone());
    options.others = others;
    let attempt = |options: &MergeOptions| match loaded.input.form {
        Form::Stored => merge_stored(&book, material, options),
        _ => merge(&book, loaded.sources.first().text(), options),
    };
    let mut merged = attempt(&options);
    let undecided: Vec<&Deleted> = merged.deleted.iter().filter(|row| row.fate == Fate::Undecided).collect();
    if !undecided.is_empty() && io::stdin().is_terminal() && io::stderr().is_terminal() {
        options.rows = ask(&undecided, report.voice());
        merged = attempt(&options);
    }
    for problem in &merged.problems {
        report.problem(&loaded.sources, problem);
    }
    let written = match &merged.text {
        Some(text) if !merged.has_errors() && !arguments.dry_run => replace(&loaded, &before, text)?,
        _ => false,
    };
    tell(&loaded, &book, &merged, arguments.dry_run, written, report.voice()).map_err(|failure| vec![failure])
}

/// The sheets of a workbook, of a file or of the files of a folder.
fn book(path: &Path) -> Result<Book, Failure> {
    let failed = |error: patra_merge::Error| Failure {
        message: error.message().clone(),
        hint: error.hint().cloned(),
        exit: Exit::File,
    };
    let unreadable = |path: &Path, error: io::Error| Failure::file(Verb::Read, path, &error);
    let ending = |path: &Path| path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    let metadata = fs::metadata(path).map_err(|error| unreadable(path, error))?;
    if metadata.is_dir() {
        let mut paths: Vec<PathBuf> = Vec::new();
        for entry in fs::read_dir(path).map_err(|error| unreadable(path, error))? {
            let entry = entry.map_err(|error| unreadable(path, error))?.path();
            let hidden = entry.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
            let named = entry.file_name().is_some_and(|name| name == "datapackage.json");
            if !hidden && (matches!(ending(&entry).as_deref(), Some("csv" | "tsv")) || named) {
                paths.push(entry);
            }
        }
        paths.sort();
        let mut files = Vec::new();
        for path in paths {
            files.push((name_of(&path), read_file(&path).map_err(|error| unreadable(&path, error))?));
        }
        return Book::of_files(files).map_err(failed);
    }
    match ending(path).as_deref() {
        Some("xlsx" | "xlsm") => {
            let bytes = read_file(path).map_err(|error| unreadable(path, error))?;
            Book::of_workbook(&name_of(path), &bytes).map_err(failed)
        }
        Some("csv" | "tsv" | "txt") => {
            let mut files = vec![(name_of(path), read_file(path).map_err(|error| unreadable(path, error))?)];
            // What the file held when it was written stands beside it.
            let beside = path.with_file_name("datapackage.json");
            if fs::metadata(&beside).is_ok_and(|metadata| metadata.is_file() && metadata.len() <= MAX_FILE_BYTES) {
                let bytes = read_file(&beside).map_err(|error| unreadable(&beside, error))?;
                files.push((name_of(&beside), bytes));
            }
            Book::of_files(files).map_err(failed)
        }
        _ => Err(Failure {
            message: phrase!("`{$source}` is neither a workbook nor CSV", source = path.display().to_string()),
            hint: Some(phrase!("save it as XLSX or as CSV in UTF-8")),
            exit: Exit::Usage,
        }),
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Asks a person about each row; whoever answers nothing keeps it.
fn ask(rows: &[&Deleted], voice: Voice) -> BTreeMap<String, Fate> {
    let mut fates = BTreeMap::new();
    for row in rows {
        let mut err = io::stderr();
        let question = phrase!(
            "`{$name}` was deleted in the sheets: {$label}. Delete it in the source?",
            name = row.name,
            label = row.label
        );
        let _ = write!(err, "{} [y/N] ", voice.say(&question));
        let _ = err.flush();
        let mut answer = String::new();
        let _ = io::stdin().read_line(&mut answer);
        let yes = matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "हाँ" | "ह");
        fates.insert(row.name.clone(), if yes { Fate::Delete } else { Fate::Keep });
    }
    fates
}

/// Says what was changed, or would be.
fn tell(loaded: &Loaded, book: &Book, merged: &Merged, dry: bool, written: bool, voice: Voice) -> Result<(), Failure> {
    let mut out = Visible::new(io::stdout().lock());
    let mut say = || -> io::Result<()> {
        if merged.text.is_none() && !dry {
            return out.flush();
        }
        if !book.has_base() {
            let message = phrase!(
                "the sheets don't say what they held when they were made, so they are compared with the source alone"
            );
            writeln!(out, "{}", voice.say(&message))?;
        }
        for Change { place, was, is, .. } in &merged.changes {
            let quoted = |words: &Phrase| quoted(&voice.say(words));
            let said = match (was, is) {
                (Some(was), Some(is)) => format!("{}: {} → {}", voice.say(place), quoted(was), quoted(is)),
                (None, Some(is)) => {
                    voice.say(&phrase!("{$place}, new: {$words}", place, words = quoted(is))).into_owned()
                }
                (was, _) => {
                    format!("{}: {}", voice.say(place), was.as_ref().map_or_else(|| "``".to_owned(), quoted))
                }
            };
            writeln!(out, "{said}")?;
        }
        for row in merged.deleted.iter().filter(|row| row.fate == Fate::Keep) {
            let name = quoted(&row.name);
            let message = phrase!("{$name} was deleted in the sheets and stays in the source", name);
            writeln!(out, "{}", voice.say(&message))?;
        }
        let count = match merged.changes.len() {
            0 => phrase!("no changes"),
            count => phrase!("1 change" | "{$count} changes", count),
        };
        let nothing = merged.text.is_none() || (!merged.changes.is_empty() && !written);
        let count = if nothing { phrase!("{$count}, nothing written", count) } else { count };
        writeln!(out, "{}: {}", loaded.input.name, voice.say(&count))?;
        out.flush()
    };
    match say() {
        // Whoever read it has read enough.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::output(&error)),
        _ => Ok(()),
    }
}

/// A cell on one line, and not all of a long one.
fn quoted(cell: &str) -> String {
    const SHOWN: usize = 60;
    let mut shown: String = cell.chars().take(SHOWN).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if cell.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    format!("`{shown}`")
}
