//! Sources in other forms to patra's Markdown, saying what was guessed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use patra_core::{Block, Code, Diagnostic, Guess, Material, Phrase, SourceMap, Span, phrase};
use patra_source::{files, read_file, unpack_embedded};

use crate::arguments::Import;
use crate::export::print;
use crate::report::{Report, Voice};
use crate::tally::Tally;
use patra_build::deliver::Delivery;
use patra_build::exit::Exit;
use patra_build::input::{Failure, Verb, one};
use patra_build::load::load;

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
        loaded.diagnostics.iter().partition(|diagnostic| diagnostic.code.is_note());
    problems.iter().for_each(|problem| report.problem(&loaded.sources, problem));
    tell(&name, &loaded.sources, &notes, arguments.explain, report);
    let Some(material) = loaded.sound() else { return Ok(()) };
    figures(&name, Tally::of(material, &loaded.sources, loaded.input.form, &notes), &loaded.sources, report);
    score(&name, material, &loaded.sources, report);
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
    let out = out.display().to_string();
    report.say(&match pictures.len() {
        0 => phrase!("{$name} was written to {$out}", name, out),
        count => phrase!(
            "{$name} was written to {$out}, and 1 picture beside it"
                | "{$name} was written to {$out}, and {$count} pictures beside it",
            name,
            out,
            count
        ),
    });
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
    unpack_embedded(material, &mut carried, &stem);
    let (there, missing) = files(material, folder, &carried);
    missing.iter().for_each(|problem| report.say(&phrase!("note: {$message}", message = problem.message)));
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
                Err(error) => {
                    let message = Failure::file(Verb::Read, &path, &error).message;
                    report.say(&phrase!("note: {$message}", message));
                }
            }
        }
    }
    found
}

/// How many notes of one kind there are.
fn counted(note: &Diagnostic, count: usize) -> Phrase {
    match (note.code, &note.guess) {
        (_, Some(Guess::Heading(_))) => phrase!("1 heading" | "{$count} headings", count),
        (_, Some(Guess::Terms)) => phrase!("1 list of terms" | "{$count} lists of terms", count),
        (_, Some(Guess::Question)) => phrase!("1 question" | "{$count} questions", count),
        (_, Some(Guess::Unanswered)) => {
            phrase!("1 question without an answer" | "{$count} questions without an answer", count)
        }
        (_, Some(Guess::Comparison)) => phrase!("1 comparison" | "{$count} comparisons", count),
        (_, Some(Guess::Definition)) => phrase!("1 definition" | "{$count} definitions", count),
        (Code::BoilerplateLeftOut, _) => phrase!("1 part left out" | "{$count} parts left out", count),
        (Code::KeptAsText, _) => {
            phrase!("1 thing kept in another form" | "{$count} things kept in another form", count)
        }
        (Code::MissingTitle, _) => phrase!("1 title" | "{$count} titles", count),
        (Code::MissingLanguage, _) => phrase!("1 language" | "{$count} languages", count),
        (Code::InvisibleRemoved, _) => {
            phrase!("1 kind of invisible character left out" | "{$count} kinds of invisible characters left out", count)
        }
        (Code::DerivedIdClash, _) => phrase!("1 id told apart" | "{$count} ids told apart", count),
        (Code::MissingAlt, _) => {
            phrase!("1 picture without alternative text" | "{$count} pictures without alternative text", count)
        }
        (Code::EmptyCell | Code::EmptyDescription, _) => phrase!("1 empty place" | "{$count} empty places", count),
        _ => phrase!("1 other guess" | "{$count} other guesses", count),
    }
}

/// Says how many words were kept and left out, with a warning where more were left out.
fn figures(name: &str, tally: Tally, sources: &SourceMap, report: &mut Report) {
    let Tally { kept, left_out } = tally;
    report.say(&phrase!(
        "{$name}: {$all} words in the source, {$kept} kept, {$left_out} left out",
        name,
        all = kept + left_out,
        kept,
        left_out
    ));
    if left_out > kept {
        let message = phrase!("more words were left out ({$left_out}) than kept ({$kept})", left_out, kept);
        let hint = "see with `--explain` whether the article was found, and save the page anew if it was not";
        report.problem(sources, &Diagnostic::new(Code::BoilerplateLeftOut, Span::NONE, message).with_hint(hint));
    }
}

/// Says how many questions there are, and on which lines those begin that have no answer.
fn score(name: &str, material: &Material, sources: &SourceMap, report: &mut Report) {
    const SHOWN: usize = 12;
    let mut count = 0;
    let mut open: Vec<Span> = Vec::new();
    material.walk_blocks(&mut |block, _| {
        if let Block::Question(question) = block {
            count += 1;
            if !question.is_answered() {
                open.push(question.span);
            }
        }
    });
    if count == 0 {
        return;
    }
    let answered = count - open.len();
    if open.is_empty() {
        report.say(&phrase!(
            "{$name}: 1 question with its answer" | "{$name}: {$count} questions with their answers",
            name,
            count
        ));
        return;
    }
    let line = |span: &Span| {
        let (_, source, span) = sources.locate(*span);
        source.position(span.start()).line.to_string()
    };
    let mut lines: Vec<String> = open.iter().filter(|span| !span.is_none()).take(SHOWN).map(line).collect();
    if open.len() > SHOWN {
        lines.push("…".to_owned());
    }
    let (unanswered, lines) = (open.len(), lines.join(", "));
    report.say(&phrase!(
        "{$name}: {$count} questions, {$answered} with their answers, {$unanswered} without (lines {$lines})",
        name,
        count,
        answered,
        unanswered,
        lines
    ));
}

/// Says what was made of the source: all of it, or how much of each kind.
fn tell(name: &str, sources: &SourceMap, notes: &[&Diagnostic], explain: bool, report: &mut Report) {
    if explain {
        notes.iter().for_each(|note| report.say(&explained(sources, note)));
        return;
    }
    // Notes are of one kind where one of them alone is called the same.
    let mut counts: Vec<(&Diagnostic, usize)> = Vec::new();
    for note in notes {
        match counts.iter_mut().find(|(known, _)| counted(known, 1) == counted(note, 1)) {
            Some((_, count)) => *count += 1,
            None => counts.push((note, 1)),
        }
    }
    if !counts.is_empty() {
        let voice = report.voice();
        let counts: Vec<String> =
            counts.iter().map(|(note, count)| voice.say(&counted(note, *count)).into_owned()).collect();
        let counts = counts.join(", ");
        report.say(&phrase!("{$name}: patra told {$counts}; `--explain` says where and why", name, counts));
    }
}

/// A note on one line: `guessed: line 24 is a heading, because …`.
fn explained(sources: &SourceMap, note: &Diagnostic) -> Phrase {
    let message = &note.message;
    let line = (!note.span.is_none()).then(|| {
        let (_, source, span) = sources.locate(note.span);
        source.position(span.start()).line
    });
    match (note.code, &note.guess, line) {
        (_, Some(Guess::Heading(why)), Some(line)) => {
            phrase!("guessed: line {$line} is a heading, because {$why}", line, why)
        }
        (Code::Guessed | Code::MissingTitle | Code::MissingLanguage, _, Some(line)) => {
            phrase!("guessed: line {$line}: {$message}", line, message)
        }
        (Code::Guessed | Code::MissingTitle | Code::MissingLanguage, _, None) => {
            phrase!("guessed: {$message}", message)
        }
        (Code::BoilerplateLeftOut, _, Some(line)) => phrase!("left out: line {$line}: {$message}", line, message),
        (_, _, Some(line)) => phrase!("note: line {$line}: {$message}", line, message),
        (_, _, None) => phrase!("note: {$message}", message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guess_is_said_on_one_line() {
        let source = SourceMap::new("a.txt", patra_core::Source::new("क\nख\n".to_owned()));
        let span = Span::new(4, 7);
        let heading = Guess::Heading("it is bold".into());
        let said = |note: &Diagnostic| explained(&source, note).to_string();
        assert_eq!(
            said(&Diagnostic::guessed(heading, span, "this line is a heading, because it is bold")),
            "guessed: line 2 is a heading, because it is bold"
        );
        assert_eq!(said(&Diagnostic::new(Code::BoilerplateLeftOut, span, "3 words")), "left out: line 2: 3 words");
    }
}
