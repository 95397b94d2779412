//! Ids, written into the sources.

use std::collections::BTreeMap;
use std::io::{self, Write};

use patra_core::{Id, Practice, phrase};
use patra_markdown::ReadOptions;
use patra_merge::{Stamped, stamp};
use patra_source::{Form, files};

use crate::arguments::{DeckArguments, Ids};
use crate::exit::Exit;
use crate::input::{Failure, gather};
use crate::load::{Loaded, load};
use crate::lock::Locks;
use crate::make::deck_options;
use crate::replace::replace;
use crate::report::{Report, Voice};

/// Writes ids into the sources, or says which it would write.
pub(crate) fn run(arguments: &Ids, voice: Voice) -> Exit {
    let mut report = Report::new(voice);
    if let Err(failures) = ids(arguments, &mut report) {
        failures.iter().for_each(|failure| report.failure(failure));
    }
    report.finish()
}

fn ids(arguments: &Ids, report: &mut Report) -> Result<(), Vec<Failure>> {
    let inputs = gather(&arguments.inputs)?;
    if let Some(input) = inputs.iter().find(|input| input.as_book().is_some()) {
        let message =
            phrase!("`{$source}` is a book, and ids are written into one file at a time", source = input.name);
        let hint = Some(phrase!("name its files"));
        return Err(vec![Failure { message, hint, exit: Exit::Usage }]);
    }
    if let Some(input) = inputs.iter().find(|input| input.form != Form::Markdown) {
        let message = phrase!("`{$name}` is not Markdown, so no ids can be written into it", name = input.name);
        let hint = match input.form {
            Form::Stored => phrase!("in the stored form, `patra export --json` writes every id"),
            _ => phrase!("make a source of it first: `patra export --markdown`"),
        };
        return Err(vec![Failure { message, hint: Some(hint), exit: Exit::Usage }]);
    }
    let locks = Locks::read(inputs.iter().filter_map(|input| input.folder()))?;
    for input in inputs {
        let before = input.read().map_err(|failure| vec![failure])?;
        let loaded = load(input).map_err(|failure| vec![failure])?;
        // Ids of a source with errors may be others once it is mended.
        if loaded.sound().is_none() {
            for diagnostic in &loaded.diagnostics {
                report.problem(&loaded.sources, diagnostic);
            }
            continue;
        }
        let renamed = if arguments.renamed { renames(&loaded, &locks) } else { BTreeMap::new() };
        let options = ReadOptions::named(loaded.input.file_name.clone());
        let Some(stamped) = stamp(loaded.sources.first().text(), &options, &renamed) else { continue };
        if arguments.write {
            replace(&loaded, &before, &stamped.text)?;
        }
        match tell(report.voice(), &loaded, &stamped, arguments.write) {
            // Whoever read it has read enough.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(vec![Failure::output(&error)]),
            _ => {}
        }
    }
    Ok(())
}

/// What was renamed since the build that the lock is of: the ids of before by those of now.
fn renames(loaded: &Loaded, locks: &Locks) -> BTreeMap<Id, Id> {
    let Some(material) = &loaded.material else { return BTreeMap::new() };
    let folder = loaded.input.folder();
    let (media, _) = files(material, folder, &loaded.media);
    let options = deck_options(&media, locks.of(folder, material, None), DeckArguments::default(), None);
    match patra_anki::plan(material, &Practice::of(material), &options, None) {
        Ok(planned) => planned.output.renames.into_iter().map(|rename| (rename.new, rename.old)).collect(),
        // What is wrong with a deck is told where it is made.
        Err(_) => BTreeMap::new(),
    }
}

fn tell(voice: Voice, loaded: &Loaded, stamped: &Stamped, written: bool) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let name = &loaded.input.name;
    for stamp in &stamped.stamps {
        let place = loaded.sources.first().position(stamp.at);
        write!(out, "{name}:{}:{}: {{#{}}}", place.line, place.column, stamp.id)?;
        match &stamp.before {
            Some(before) => {
                writeln!(out, " ({})", voice.say(&phrase!("renamed; without it `{$before}`", before)))?;
            }
            None => writeln!(out)?,
        }
    }
    if !stamped.left.is_empty() {
        let ids: Vec<String> = stamped.left.iter().map(|id| format!("`{id}`")).collect();
        let said = phrase!("the source has no place for {$ids}", ids = ids.join(", "));
        writeln!(out, "{name}: {}", voice.say(&said))?;
    }
    let count = stamped.stamps.len();
    let said = match (count, written) {
        (0, _) => phrase!("every id is written"),
        (_, true) => phrase!("1 id written" | "{$count} ids written", count),
        (_, false) => phrase!("1 id to write; --write writes it" | "{$count} ids to write; --write writes them", count),
    };
    writeln!(out, "{name}: {}", voice.say(&said))?;
    out.flush()
}
