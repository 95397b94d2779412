//! Builds: materials to files on disk.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::iter;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use patra_anki::Lock;
use patra_core::{Id, Language, Material, phrase};
use patra_options::Format;
use patra_source::{files, pictures};

use crate::deliver::{Delivery, sweep};
use crate::edition::{Editions, besides, translations};
use crate::exit::Exit;
use crate::folder_lock::FolderLock;
use crate::input::{Failure, Input, Verb};
use crate::journal::{Journal, finish};
use crate::listener::{Listener, Stage};
use crate::load::{Loaded, load};
use crate::lock::{Locked, Locks};
use crate::make::{Content, DECK, Made, Order, deck_options, make, tidy};
use crate::pool::each;
use crate::settings::{CallOptions, Settings};

/// The plan of a build: its options, where it writes, and how it runs.
#[derive(Clone, Copy, Debug)]
pub struct BuildPlan<'a> {
    /// How files are made, and in which formats.
    pub options: &'a CallOptions,
    /// Where to write; `None` where everything is made only to see what is wrong.
    pub out: Option<&'a Path>,
    /// Whether to say also what could be asked better.
    pub advice: bool,
    /// How many materials to work on at a time.
    pub jobs: Option<NonZeroUsize>,
    /// Whether nothing is written where one material has an error.
    pub fail_fast: bool,
    /// Ends the build where it becomes true; nothing is written then.
    pub cancelled: &'a AtomicBool,
}

/// The files that were written for one material.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The name of its source.
    pub name: String,
    /// How many items of practice there are.
    pub items: usize,
    /// How many pages the handout has, where it was made.
    pub pages: Option<usize>,
    /// The folder of its files.
    pub folder: PathBuf,
    /// The files by their names in the folder, with `/` between folders, and their sizes in bytes.
    pub files: Vec<(String, u64)>,
}

/// Makes all that is wanted of the inputs and writes the materials that have no error. `listener` hears of every problem, and of all
/// that was done.
pub fn build(inputs: Vec<Input>, plan: &BuildPlan<'_>, listener: &mut dyn Listener) {
    let is_cancelled = || plan.cancelled.load(Ordering::Relaxed);
    let count = listener.started(Stage::Reading, inputs.len());
    let loaded = each(inputs, plan.jobs, &*count, |input| {
        if is_cancelled() {
            return None;
        }
        let loaded = load(input).map(|loaded| plan.options.resolve(loaded.unpacked()));
        Some(loaded.map(|loaded| if plan.advice { loaded.with_advice() } else { loaded }))
    });
    drop(count);
    let Some(loaded) = loaded.into_iter().collect::<Option<Vec<_>>>() else { return };
    let all = loaded.len();
    let clashes = plan.out.map(|out| clashes(&loaded, out)).unwrap_or_default();
    let sound = |result: &Result<Loaded, Failure>| result.as_ref().is_ok_and(|loaded| loaded.sound().is_some());
    // With an error somewhere, the other materials are made all the same, and written unless they could lack an edition.
    let one_by_one = !plan.fail_fast && !loaded.iter().flatten().any(|loaded| plan.options.pairs_editions(loaded));
    let out = plan.out.filter(|_| one_by_one || clashes.is_empty() && loaded.iter().all(sound));
    let mut delivery = Delivery::default();
    let folders = || loaded.iter().flatten().filter_map(|loaded| loaded.input.folder());
    let _held = out.map(|out| {
        // A folder that can't be made is reported with the first file that can't be written.
        let _ = delivery.make_folder(out);
        let held = FolderLock::hold(&folders().chain([out]).collect::<Vec<_>>(), |folder, process| {
            listener.waiting(folder, process)
        });
        finish(out).map(|()| held)
    });
    if let (Some(Err(error)), Some(out)) = (&_held, out) {
        return listener.failed(&Failure::file(Verb::Write, out, error));
    }
    let mut locks = match Locks::read(folders()) {
        Ok(locks) => locks,
        Err(failures) => return failures.iter().for_each(|failure| listener.failed(failure)),
    };
    // A source that can't be read may be the edition that is missed: what is wrong with it comes first.
    let whole: Vec<&Loaded> = if loaded.iter().all(sound) { loaded.iter().flatten().collect() } else { Vec::new() };
    let translations = match translations(&whole, plan.options) {
        Ok(translations) => translations,
        Err(failures) if plan.options.formats().contains(&Format::Anki) => {
            return failures.iter().for_each(|failure| listener.failed(failure));
        }
        // Sheets tell of the deck too; but where none is made, none lacks a translation.
        Err(_) => Vec::new(),
    };
    let translations = translations.into_iter().chain(iter::repeat(None));
    let besides =
        if plan.options.formats().contains(&Format::Pdf) { besides(&whole, plan.options) } else { Ok(Vec::new()) };
    let besides = match besides {
        Ok(besides) => besides,
        Err(failures) => return failures.iter().for_each(|failure| listener.failed(failure)),
    };
    let besides = besides.into_iter().chain(iter::repeat_with(|| None));
    let loaded: Vec<_> = loaded.into_iter().zip(translations.zip(besides)).collect();
    let count = listener.started(Stage::Making, all);
    let results = each(loaded, plan.jobs, &*count, |(result, (translation, beside))| {
        if is_cancelled() {
            return None;
        }
        Some(result.map(|loaded| make_one(loaded, plan, out, &locks, Editions { translation, beside })))
    });
    drop(count);
    let results: Option<Vec<Result<Outcome, Failure>>> = results.into_iter().collect();
    let Some(results) = results.filter(|_| !is_cancelled()) else { return };

    let mut written = Vec::new();
    // Sources with one folder of outputs may each have made a part of it, so all parts go together.
    let mut discarded = Delivery::default();
    let bad = unsound(&results, &clashes);
    for result in results {
        match result {
            Ok(mut outcome) => {
                let Loaded { sources, diagnostics, .. } = &outcome.loaded;
                diagnostics.iter().for_each(|diagnostic| listener.problem(sources, diagnostic));
                outcome.failures.iter().for_each(|failure| listener.failed(failure));
                let Some(material) = outcome.loaded.material.as_ref().filter(|material| !bad.contains(&material.id))
                else {
                    discarded.append(outcome.delivery);
                    continue;
                };
                written.extend(outcome.written.take());
                if let Some(lock) = &outcome.lock {
                    locks.take(outcome.loaded.input.folder(), lock, material);
                }
                delivery.append(outcome.delivery);
            }
            Err(failure) => listener.failed(&failure),
        }
    }
    clashes.iter().for_each(|(_, failure)| listener.failed(failure));
    let Some(out) = out.filter(|_| !written.is_empty()) else { return };
    match locks.keep().and_then(|unkept| deliver(out, delivery).map(|()| unkept)) {
        Ok(unkept) => listener.written(&written, all, &unkept),
        Err(failure) => listener.failed(&failure),
    }
}

/// The materials of which a source has an error: editions are written together or not at all.
fn unsound(results: &[Result<Outcome, Failure>], clashes: &[(Id, Failure)]) -> BTreeSet<Id> {
    let bad =
        results.iter().flatten().filter(|outcome| outcome.loaded.sound().is_none() || !outcome.failures.is_empty());
    let bad = bad.filter_map(|outcome| outcome.loaded.material.as_ref()).map(|material| material.id.clone());
    bad.chain(clashes.iter().map(|(id, _)| id.clone())).collect()
}

/// Puts the files in place. A build that is killed between two of them is finished by the next.
fn deliver(out: &Path, delivery: Delivery) -> Result<(), Failure> {
    let failed = |error: io::Error| Failure::file(Verb::Write, out, &error);
    let journal = Journal::begin(out, delivery.renames(), delivery.removals()).map_err(failed)?;
    let done = delivery.commit();
    journal.map_or(Ok(()), Journal::end).map_err(failed)?;
    done
}

/// The result for one material.
struct Outcome {
    loaded: Loaded,
    failures: Vec<Failure>,
    delivery: Delivery,
    written: Option<Written>,
    lock: Option<Lock>,
}

fn make_one(loaded: Loaded, plan: &BuildPlan<'_>, out: Option<&Path>, locks: &Locks, editions: Editions) -> Outcome {
    let mut outcome =
        Outcome { loaded, failures: Vec::new(), delivery: Delivery::default(), written: None, lock: None };
    let Some(material) = outcome.loaded.sound() else { return outcome };
    let deck = plan.out.map(|out| folder_of(&outcome.loaded, out).join(DECK));
    let locked = locks.of(outcome.loaded.input.folder(), material, deck.as_deref());
    let settings = plan.options.of(&outcome.loaded);
    let mut made =
        make_of(&outcome.loaded, material, settings, plan.options.formats(), locked, editions, plan.cancelled);
    outcome.failures.append(&mut made.failures);
    outcome.loaded.diagnostics.append(&mut made.diagnostics);
    tidy(&mut outcome.loaded.diagnostics);
    if outcome.loaded.sound().is_none() || !outcome.failures.is_empty() {
        return outcome;
    }
    let Some(folder) = out.map(|out| folder_of(&outcome.loaded, out)) else { return outcome };
    let folders: BTreeSet<PathBuf> =
        made.files.iter().filter_map(|(name, _)| folder.join(name).parent().map(Path::to_owned)).collect();
    folders.iter().for_each(|folder| sweep(folder));
    for name in stale_sheets(&folder, &made.files) {
        outcome.delivery.retire(folder.join(name));
    }
    let sizes = made.files.iter().map(|(name, content)| (name.clone(), content.size())).collect();
    for (name, content) in made.files {
        let prepared = match content {
            Content::Bytes(bytes) => outcome.delivery.prepare(folder.join(name), &bytes[..]),
            Content::Spooled(file, _) => outcome.delivery.prepare(folder.join(name), file),
        };
        if let Err(failure) = prepared {
            // The next file would hardly fare better.
            outcome.failures.push(failure);
            return outcome;
        }
    }
    outcome.lock = made.lock;
    outcome.written = Some(Written {
        name: outcome.loaded.input.name.clone(),
        items: made.items,
        pages: made.pages,
        folder,
        files: sizes,
    });
    outcome
}

/// Makes the files of a source, whose material has no errors.
pub fn make_of(
    loaded: &Loaded,
    material: &Material,
    settings: &Settings,
    formats: &[Format],
    locked: Locked,
    editions: Editions,
    cancelled: &AtomicBool,
) -> Made {
    let (folder, carried) = (loaded.input.folder(), &loaded.media);
    let (media, problems) = files(material, folder, carried);
    // What can't be found has been told of.
    let (pictures, _) = pictures(material, folder, carried);
    let mut deck = deck_options(&media, locked, &settings.options.deck, editions.translation);
    deck.media.extend(carried.iter().map(|(name, bytes)| (name.clone(), bytes.clone().into())));
    let order = Order {
        pictures: &pictures,
        beside: editions.beside,
        formats,
        settings,
        deck: &deck,
        input: &loaded.input,
        sources: &loaded.sources,
        diagnostics: &loaded.diagnostics,
        cancelled,
    };
    let mut made = make(material, &order);
    // A material that lies in no folder has no files to miss: exporters say which pictures they don't show.
    let problems = if folder.is_some() { problems } else { Vec::new() };
    made.diagnostics.splice(0..0, problems);
    made
}

/// The folder of a material's files: `OUT/bpo`, and for an edition `OUT/bpo/hi`.
pub fn folder_of(loaded: &Loaded, out: &Path) -> PathBuf {
    let Some(material) = &loaded.material else { return out.to_owned() };
    let folder = out.join(material.id.as_str());
    if is_edition(&loaded.input.file_name, &material.language) {
        folder.join(material.language.to_string())
    } else {
        folder
    }
}

/// Whether a file is named after its language, as `bpo.hi.md` is.
fn is_edition(file_name: &str, language: &Language) -> bool {
    let mut parts = file_name.rsplit('.').skip(1);
    let (tag, name) = (parts.next(), parts.next());
    name.is_some() && tag.and_then(|tag| tag.parse::<Language>().ok()).is_some_and(|tag| tag == *language)
}

/// Materials whose files would overwrite each other's.
fn clashes(loaded: &[Result<Loaded, Failure>], out: &Path) -> Vec<(Id, Failure)> {
    let mut first: BTreeMap<PathBuf, &str> = BTreeMap::new();
    let mut failures = Vec::new();
    for loaded in loaded.iter().flatten() {
        let Some(material) = &loaded.material else { continue };
        let folder = folder_of(loaded, out);
        let name = loaded.input.name.as_str();
        match first.get(&folder) {
            Some(other) => failures.push((
                material.id.clone(),
                Failure {
                    message: phrase!(
                        "`{$other}` and `{$name}` would both be written to `{$folder}`",
                        other,
                        name,
                        folder = folder.display().to_string()
                    ),
                    hint: Some(phrase!(
                        "give one of them another id; editions in several languages are named as in `bpo.hi.md`"
                    )),
                    exit: Exit::Material,
                },
            )),
            None => {
                first.insert(folder, name);
            }
        }
    }
    failures
}

/// The sheets of an earlier build that this one doesn't make: whoever opens `sheets/*.csv` would take them for current.
///
/// They are told by the descriptor that the earlier build wrote, so that nothing goes which patra didn't make.
fn stale_sheets(folder: &Path, files: &[(String, Content)]) -> Vec<String> {
    let stale = |(within, ending): (&str, &str)| {
        let descriptor = format!("{within}/datapackage.json");
        if !files.iter().any(|(name, _)| *name == descriptor) {
            return Vec::new();
        }
        let Ok(before) = fs::read(folder.join(descriptor)) else { return Vec::new() };
        let before: serde_json::Value = serde_json::from_slice(&before).unwrap_or_default();
        let resources = before.get("resources").and_then(serde_json::Value::as_array);
        let paths = resources.into_iter().flatten().filter_map(|resource| resource.get("path")?.as_str());
        paths
            .filter(|path| path.ends_with(ending) && !path.contains(['/', '\\']))
            .map(|path| format!("{within}/{path}"))
            .filter(|name| !files.iter().any(|(made, _)| made == name))
            .collect::<Vec<_>>()
    };
    [("sheets", ".csv"), ("parquet", ".parquet")].into_iter().flat_map(stale).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edition_is_named_after_its_language() {
        let is = |name: &str, tag: &str| is_edition(name, &tag.parse().expect("a tag"));
        assert!(is("bpo.hi.md", "hi"));
        assert!(is("bpo.EN-in.markdown", "en-IN"));
        for (name, tag) in
            [("bpo.md", "hi"), ("bpo.hi.md", "en"), ("hi.md", "hi"), (".hi.md", "mr"), ("bpo.notes.md", "hi")]
        {
            assert!(!is(name, tag), "{name}");
        }
    }

    #[test]
    fn only_sheets_that_patra_made_are_stale() {
        let folder = tempfile::tempdir().expect("a folder");
        let sheets = folder.path().join("sheets");
        fs::create_dir(&sheets).expect("made");
        let made = [("sheets/terms.csv".to_owned(), Vec::new()), ("sheets/datapackage.json".to_owned(), Vec::new())]
            .map(|(name, bytes): (String, Vec<u8>)| (name, Content::Bytes(bytes)));
        assert!(stale_sheets(folder.path(), &made).is_empty());
        let descriptor =
            r#"{"resources": [{"path": "terms.csv"}, {"path": "cells.csv"}, {"path": "../own.csv"}, {}, 7]}"#;
        fs::write(sheets.join("datapackage.json"), descriptor).expect("written");
        assert_eq!(stale_sheets(folder.path(), &made), ["sheets/cells.csv"]);
        assert!(stale_sheets(folder.path(), &made[..1]).is_empty());
        fs::write(sheets.join("datapackage.json"), "[").expect("written");
        assert!(stale_sheets(folder.path(), &made).is_empty());
    }
}
