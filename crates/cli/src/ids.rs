//! Ids, written into the sources.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::io::{self, Write};

use patra_core::{Id, Place, Practice, Source, phrase};
use patra_markdown::ReadOptions;
use patra_markdown::edit::{Stamped, stamp};
use patra_options::DeckOptions;
use patra_source::{FileRead, Form, files, read_text};

use crate::arguments::Ids;
use crate::report::{Report, Voice};
use patra_build::exit::Exit;
use patra_build::input::{Failure, gather};
use patra_build::load::{Loaded, load};
use patra_build::lock::Locks;
use patra_build::make::deck_options;
use patra_build::replace::replace;

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
        let renames = if arguments.renamed { renames(&loaded, &locks) } else { BTreeMap::new() };
        let options = ReadOptions::named(loaded.input.file_name.clone());
        let renamed = in_the_whole(&loaded, &options, &renames);
        let Some(mut stamped) = stamp(loaded.sources.first().text(), &options, &renamed) else { continue };
        for stamp in &mut stamped.stamps {
            stamp.before.take_if(|_| !renames.values().any(|old| *old == stamp.id));
        }
        if included_ids(&loaded, &stamped.text) != included_ids(&loaded, loaded.sources.first().text()) {
            let message = phrase!(
                "ids written into `{$source}` would change those of the files that it includes",
                source = &loaded.input.name
            );
            let hint = Some(phrase!("write ids into those files first: name each of them"));
            return Err(vec![Failure { message, hint, exit: Exit::Material }]);
        }
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

/// The ids that things of a source have where it includes others, by those that they have in it alone: with other things
/// beside them they may be told apart. What was renamed has its old id.
fn in_the_whole(loaded: &Loaded, options: &ReadOptions, renames: &BTreeMap<Id, Id>) -> BTreeMap<Id, Id> {
    let mut ids = renames.clone();
    let alone = patra_markdown::read(loaded.sources.first(), options).material;
    let (Some(whole), Some(alone)) = (loaded.material.as_ref().filter(|_| loaded.sources.has_several()), alone) else {
        return ids;
    };
    // Regions of one picture stand in one place.
    let mut places: HashMap<_, VecDeque<Id>> = HashMap::new();
    let key = |place: &Place<'_>| (place.sort, place.span.start(), place.span.end());
    whole.walk_places(&mut |place| places.entry(key(&place)).or_default().push_back(place.id.clone()));
    alone.walk_places(&mut |place| {
        let id = places.get_mut(&key(&place)).and_then(VecDeque::pop_front);
        if let Some(id) = id.map(|id| renames.get(&id).cloned().unwrap_or(id)).filter(|id| id != place.id) {
            ids.insert(place.id.clone(), id);
        }
    });
    ids
}

/// The ids of what a source includes, where this is its text.
fn included_ids(loaded: &Loaded, text: &str) -> Vec<Id> {
    let mut ids = Vec::new();
    if !loaded.sources.has_several() {
        return ids;
    }
    let (input, source) = (&loaded.input, Source::new(text.to_owned()));
    let FileRead { sources, read, .. } = read_text(source, input.form, Some(&input.name), input.folder());
    read.material.unwrap_or_default().walk_places(&mut |place| {
        if sources.included_at(place.span).is_some() {
            ids.push(place.id.clone());
        }
    });
    ids
}

/// What was renamed since the build that the lock is of: the ids of before by those of now.
fn renames(loaded: &Loaded, locks: &Locks) -> BTreeMap<Id, Id> {
    let Some(material) = &loaded.material else { return BTreeMap::new() };
    let folder = loaded.input.folder();
    let (media, _) = files(material, folder, &loaded.media);
    let options = deck_options(&media, locks.of(folder, material, None), &DeckOptions::default(), None);
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
    let included: BTreeSet<&str> = loaded.sources.included().map(|(file, _)| file).collect();
    for file in included {
        let said = phrase!("`{$file}` is included, and no ids are written into it; name it too", file);
        writeln!(out, "{name}: {}", voice.say(&said))?;
    }
    out.flush()
}
