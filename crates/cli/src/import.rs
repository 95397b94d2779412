//! Sources in other forms to patra's Markdown, saying what was guessed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use patra_core::{Block, Code, Diagnostic, Material, Section, Severity, SourceMap, phrase};
use patra_source::{embedded_picture, files, read_file};

use crate::arguments::Import;
use crate::deliver::Delivery;
use crate::exit::Exit;
use crate::export::print;
use crate::input::{Failure, one};
use crate::load::load;
use crate::report::{Report, Voice};

/// Writes a source as patra's Markdown, and its pictures beside it.
pub(crate) fn run(arguments: &Import, voice: Voice) -> Exit {
    let mut report = Report::new(voice);
    if let Err(failures) = import(arguments, &mut report) {
        failures.iter().for_each(|failure| report.failure(failure));
    }
    report.finish()
}

fn import(arguments: &Import, report: &mut Report) -> Result<(), Vec<Failure>> {
    let loaded = load(one(&arguments.input)?).map_err(|failure| vec![failure])?;
    let name = loaded.input.name.clone();
    let (notes, problems): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        loaded.diagnostics.iter().partition(|diagnostic| is_note(diagnostic));
    problems.iter().for_each(|problem| report.problem(&loaded.sources, problem));
    tell(&name, &loaded.sources, &notes, arguments.explain, report);
    let Some(material) = loaded.sound() else { return Ok(()) };
    let Some(out) = &arguments.out else {
        return print(patra_markdown::write(material).as_bytes()).map_err(|failure| vec![failure]);
    };
    let mut material = material.clone();
    let pictures = pictures(&mut material, &loaded.media, loaded.input.folder(), out, report);
    let mut delivery = Delivery::default();
    deliver(&mut delivery, out, patra_markdown::write(&material).as_bytes(), arguments.force)?;
    for (path, bytes) in &pictures {
        deliver(&mut delivery, path, bytes, arguments.force)?;
    }
    delivery.commit().map_err(|failure| vec![failure])?;
    let beside = match pictures.len() {
        0 => String::new(),
        1 => ", and 1 picture beside it".to_owned(),
        count => format!(", and {count} pictures beside it"),
    };
    report.line(&format!("{name} was written to {}{beside}", out.display()));
    Ok(())
}

/// Has a file written, unless that would overwrite another.
fn deliver(delivery: &mut Delivery, path: &Path, bytes: &[u8], force: bool) -> Result<(), Vec<Failure>> {
    if fs::symlink_metadata(path).is_ok() && !force {
        if fs::read(path).is_ok_and(|there| there == bytes) {
            return Ok(());
        }
        let message = phrase!("`{$path}` is there already, and nothing was written", path = path.display().to_string());
        return Err(vec![Failure {
            message,
            hint: Some(phrase!("name another file, or say `--force`")),
            exit: Exit::File,
        }]);
    }
    delivery.prepare(path.to_owned(), bytes).map_err(|failure| vec![failure])
}

/// The pictures that the material shows, each with where it is to be: those of the source's folder under the same names,
/// and those that stand in the source itself under a name made of the output's, which the material then has for them.
fn pictures(
    material: &mut Material,
    media: &BTreeMap<String, Vec<u8>>,
    folder: Option<&Path>,
    out: &Path,
    report: &mut Report,
) -> BTreeMap<PathBuf, Vec<u8>> {
    let beside = out.parent().unwrap_or(Path::new(""));
    let mut found = BTreeMap::new();
    let stem = out.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = stem.split('.').find(|part| !part.is_empty()).unwrap_or("picture").to_owned();
    // What a deck brings has a name in the material already.
    let mut carried = media.clone();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    // A name that a file of the source has is no name for another.
    let mut taken = BTreeSet::new();
    material.walk_blocks(&mut |block, _| {
        if let Block::Figure(figure) = block {
            taken.insert(figure.source.clone());
        }
    });
    let mut number = 0;
    each_figure(&mut material.sections, &mut |figure| {
        if let Some(name) = names.get(&figure.source) {
            figure.source.clone_from(name);
        } else if let Some((bytes, ending)) = embedded_picture(&figure.source) {
            let name = loop {
                number += 1;
                let name = format!("{stem}-{number}.{ending}");
                if taken.insert(name.clone()) {
                    break name;
                }
            };
            names.insert(std::mem::replace(&mut figure.source, name.clone()), name.clone());
            carried.insert(name, bytes);
        }
    });
    let (there, missing) = files(material, folder, &carried);
    missing.iter().for_each(|problem| report.line(&format!("note: {}", problem.message)));
    found.extend(carried.into_iter().map(|(name, bytes)| (beside.join(name), bytes)));
    let same = |one: &Path, other: &Path| {
        fs::canonicalize(one).ok().is_some_and(|one| fs::canonicalize(other).ok() == Some(one))
    };
    for (name, path) in there {
        let to = beside.join(&name);
        let inside = Path::new(&name).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        if inside && !same(&path, &to) {
            match read_file(&path) {
                Ok(bytes) => drop(found.insert(to, bytes)),
                Err(error) => report.line(&format!("note: cannot read the file `{name}`: {error}")),
            }
        }
    }
    found
}

fn each_figure(sections: &mut [Section], visit: &mut dyn FnMut(&mut patra_core::Figure)) {
    fn within(block: &mut Block, visit: &mut dyn FnMut(&mut patra_core::Figure)) {
        match block {
            Block::Figure(figure) => visit(figure),
            block => block.children_mut().into_iter().for_each(|child| within(child, visit)),
        }
    }
    for section in sections {
        section.blocks.iter_mut().for_each(|block| within(block, visit));
        each_figure(&mut section.sections, visit);
    }
}

/// Whether a problem says what was made of the source, and is no fault of it.
fn is_note(diagnostic: &Diagnostic) -> bool {
    let said = matches!(
        diagnostic.code,
        Code::Guessed
            | Code::BoilerplateLeftOut
            | Code::KeptAsText
            | Code::MissingTitle
            | Code::MissingLanguage
            | Code::InvisibleRemoved
            | Code::DerivedIdClash
            | Code::MissingAlt
            | Code::EmptyCell
            | Code::EmptyDescription
    );
    said && diagnostic.severity() < Severity::Error
}

/// What kind of thing a note says, in the singular and the plural.
fn kind(diagnostic: &Diagnostic) -> (&'static str, &'static str) {
    let message = diagnostic.message.as_str();
    match diagnostic.code {
        Code::Guessed if message.contains("is a heading") => ("heading", "headings"),
        Code::Guessed if message.contains("terms with descriptions") => ("list of terms", "lists of terms"),
        Code::Guessed if message.contains("question") => ("question", "questions"),
        Code::Guessed if message.contains("compares") => ("comparison", "comparisons"),
        Code::Guessed if message.contains("defines") => ("definition", "definitions"),
        Code::Guessed => ("other guess", "other guesses"),
        Code::BoilerplateLeftOut => ("part left out", "parts left out"),
        Code::KeptAsText => ("thing kept in another form", "things kept in another form"),
        Code::MissingTitle => ("title", "titles"),
        Code::MissingLanguage => ("language", "languages"),
        Code::InvisibleRemoved => ("kind of invisible character left out", "kinds of invisible characters left out"),
        Code::DerivedIdClash => ("id told apart", "ids told apart"),
        Code::MissingAlt => ("picture without alternative text", "pictures without alternative text"),
        _ => ("empty place", "empty places"),
    }
}

/// Says what was made of the source: all of it, or how much of each kind.
fn tell(name: &str, sources: &SourceMap, notes: &[&Diagnostic], explain: bool, report: &mut Report) {
    if explain {
        for note in notes {
            report.line(&explained(sources, note));
        }
        return;
    }
    let mut counts: Vec<((&str, &str), usize)> = Vec::new();
    for note in notes {
        let kind = kind(note);
        match counts.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += 1,
            None => counts.push((kind, 1)),
        }
    }
    if !counts.is_empty() {
        let counted =
            |((one, many), count): &((&str, &str), usize)| format!("{count} {}", if *count == 1 { one } else { many });
        let counts: Vec<String> = counts.iter().map(counted).collect();
        report.line(&format!("{name}: patra told {}; `--explain` says where and why", counts.join(", ")));
    }
}

/// A note on one line: `guessed: line 24 is a heading, because …`.
fn explained(sources: &SourceMap, note: &Diagnostic) -> String {
    let verb = match note.code {
        Code::Guessed | Code::MissingTitle | Code::MissingLanguage => "guessed",
        Code::BoilerplateLeftOut => "left out",
        _ => "note",
    };
    if note.span.is_none() {
        return format!("{verb}: {}", note.message);
    }
    let (_, source, span) = sources.locate(note.span);
    let line = source.position(span.start()).line;
    match note.message.strip_prefix("this line ") {
        Some(rest) => format!("{verb}: line {line} {rest}"),
        None => format!("{verb}: line {line}: {}", note.message),
    }
}

#[cfg(test)]
mod tests {
    use patra_core::Span;

    use super::*;

    #[test]
    fn a_guess_is_said_on_one_line() {
        let source = SourceMap::new("a.txt", patra_core::Source::new("क\nख\n".to_owned()));
        let said = |code, message: &str| explained(&source, &Diagnostic::new(code, Span::new(4, 7), message));
        assert_eq!(
            said(Code::Guessed, "this line is a heading, because it is bold"),
            "guessed: line 2 is a heading, because it is bold"
        );
        assert_eq!(said(Code::BoilerplateLeftOut, "3 words"), "left out: line 2: 3 words");
    }
}
