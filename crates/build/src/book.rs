//! Sources made as the command makes them, for a program that holds them.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use patra_anki::Lock;
use patra_core::{Diagnostic, Material, Severity, Source, SourceMap};
use patra_options::Format;

use crate::build::make_of;
use crate::edition::{Editions, beside, translation};
use crate::input::{Failure, Input, gather};
use crate::load::{Loaded, load_book};
use crate::lock::Locked;
use crate::make::{named_in_folder, tidy};
use crate::settings::CallOptions;

/// A book, with how its files are made.
pub struct Book {
    loaded: Loaded,
    call: Arc<CallOptions>,
}

/// A material with where it came from.
#[derive(Clone, Copy, Debug)]
pub struct MaterialSource<'a> {
    /// The material, without errors.
    pub material: &'a Material,
    /// Name of its source, such as a path; a material without a source has none.
    pub name: Option<&'a str>,
    /// Folder that the names of its pictures start from.
    pub folder: Option<&'a Path>,
    /// Its text and those of what it includes, in the offsets of its problems.
    pub sources: Option<&'a SourceMap>,
    /// Pictures and sounds that the source brings, by the names that the material has for them.
    pub media: &'a BTreeMap<String, Vec<u8>>,
    /// Problems found in it so far.
    pub diagnostics: &'a [Diagnostic],
}

/// What is known of earlier builds.
#[derive(Clone, Debug, Default)]
pub struct EarlierBuilds<'a> {
    /// What they handed out.
    pub lock: Option<&'a Lock>,
    /// Deck of one whose lock is lost.
    pub deck: Option<Vec<u8>>,
    /// Time of this build in seconds since 1970, where there is a lock or a deck.
    pub now: Option<i64>,
}

/// Files made of a source.
#[derive(Debug, Default)]
pub struct SourceFiles {
    /// The names of its files, with `/` between folders, and what they hold.
    pub files: Vec<(String, Vec<u8>)>,
    /// How many items of practice there are.
    pub items: usize,
    /// How many pages the handout has, where it was made.
    pub pages: Option<usize>,
    /// What the deck handed out, where it was made.
    pub lock: Option<Lock>,
    /// What could not be made as the author meant it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Why nothing was made of a source.
#[derive(Debug, Default)]
pub struct SourceError {
    /// Problems of the source, if there are any.
    pub diagnostics: Vec<Diagnostic>,
    /// Other problems.
    pub messages: Vec<String>,
    /// Whether the caller cancelled the work.
    pub cancelled: bool,
}

impl From<Vec<Failure>> for SourceError {
    fn from(failures: Vec<Failure>) -> Self {
        let told = |failure: Failure| match failure.hint {
            Some(hint) => format!("{}; {hint}", failure.message),
            None => failure.message.to_string(),
        };
        SourceError { messages: failures.into_iter().map(told).collect(), ..SourceError::default() }
    }
}

impl Book {
    /// Reads the book whose file is at `path`. Its files are made with these options, over those that it has of its own.
    ///
    /// # Errors
    /// If the file can't be read.
    pub fn read(path: &Path, call: Arc<CallOptions>) -> io::Result<Self> {
        let loaded = call.resolve(load_book(Input::book(path.to_owned()), path)?);
        Ok(Book { loaded, call })
    }

    /// Its material; `None` where nothing could be made of it.
    #[must_use]
    pub fn material(&self) -> Option<&Material> {
        self.loaded.material.as_ref()
    }

    /// All that is wrong with it or was guessed, in the order of its files.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.loaded.diagnostics
    }

    /// Its files, in the offsets of its problems.
    #[must_use]
    pub fn sources(&self) -> &SourceMap {
        &self.loaded.sources
    }

    /// The same by their names from the folder of the book.
    #[must_use]
    pub fn sources_in_folder(&self) -> SourceMap {
        named_in_folder(&self.loaded.input, &self.loaded.sources)
    }

    /// Makes its files. `editions` are the files of the books that are its editions, in the order in which they would be
    /// named, its own among them; those that have errors are passed over. `cancelled` ends the work where it becomes true.
    ///
    /// # Errors
    /// If it or one of its files has errors, or an edition that it asks for is not there.
    pub fn make(
        &self,
        editions: &[PathBuf],
        earlier: EarlierBuilds<'_>,
        cancelled: &AtomicBool,
    ) -> Result<SourceFiles, SourceError> {
        let own = self.loaded.input.path();
        let others = editions.iter().map(|path| {
            if Some(path.as_path()) == own {
                return None;
            }
            let loaded = self.call.resolve(load_book(Input::book(path.clone()), path).ok()?);
            loaded.sound().is_some().then_some(loaded)
        });
        let others: Vec<Option<Loaded>> = others.collect();
        let own_place = editions.iter().position(|path| Some(path.as_path()) == own).unwrap_or(0);
        let (before, after) = others.split_at(own_place);
        let mut sources: Vec<&Loaded> = before.iter().flatten().collect();
        let at = sources.len();
        sources.push(&self.loaded);
        sources.extend(after.iter().flatten());
        let of_itself = || SourceError { diagnostics: self.loaded.diagnostics.clone(), ..SourceError::default() };
        let material = self.loaded.sound().ok_or_else(of_itself)?;
        make_files(material, &sources, at, &self.call, earlier, cancelled)
    }
}

/// Makes the files of one of several sources that are no books, the others of which may be its editions, in their order.
/// `cancelled` ends the work where it becomes true.
///
/// # Errors
/// If one of its files has errors, no paper can be printed with the options, or an edition that they ask for is not there.
pub fn make_material(
    sources: &[MaterialSource<'_>],
    at: usize,
    call: &CallOptions,
    earlier: EarlierBuilds<'_>,
    cancelled: &AtomicBool,
) -> Result<SourceFiles, SourceError> {
    if let Some(problem) = call.problem() {
        return Err(SourceError { diagnostics: vec![problem], ..SourceError::default() });
    }
    let Some(own) = sources.get(at) else { return Err(SourceError::default()) };
    let loaded: Vec<Loaded> = sources.iter().map(|source| source.loaded(call.asks_for_editions())).collect();
    make_files(own.material, &loaded.iter().collect::<Vec<_>>(), at, call, earlier, cancelled)
}

impl MaterialSource<'_> {
    /// The same as if the command had read it; without its material where only others ask for that.
    fn loaded(&self, with_material: bool) -> Loaded {
        let name = self.name.unwrap_or_default();
        let empty = || SourceMap::new(name.to_owned(), Source::new(String::new()));
        Loaded {
            input: Input::held(name, self.folder),
            sources: self.sources.cloned().unwrap_or_else(empty),
            material: with_material.then(|| self.material.clone()),
            media: self.media.clone(),
            diagnostics: self.diagnostics.to_vec(),
            options: None,
            settings: None,
        }
    }
}

/// Sources of a folder, by name, as the command takes them.
///
/// # Errors
/// If the folder can't be read, or has no source.
pub fn sources_in(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let inputs = gather(&[folder.to_owned()])
        .map_err(|failures| failures.first().map(|failure| failure.message.to_string()).unwrap_or_default())?;
    Ok(inputs.iter().filter_map(|input| input.path().map(Path::to_owned)).collect())
}

fn make_files(
    material: &Material,
    sources: &[&Loaded],
    at: usize,
    call: &CallOptions,
    earlier: EarlierBuilds<'_>,
    cancelled: &AtomicBool,
) -> Result<SourceFiles, SourceError> {
    let loaded = sources[at];
    let translation = match translation(sources, at, call) {
        Err(failure) if call.formats().contains(&Format::Anki) => return Err(vec![failure].into()),
        found => found.unwrap_or_default(),
    };
    let papers = call.formats().contains(&Format::Pdf);
    let beside = if papers { beside(sources, at, call).map_err(|failure| vec![failure])? } else { None };
    let locked = Locked { lock: earlier.lock.cloned(), earlier: earlier.deck, now: earlier.now };
    let editions = Editions { translation, beside };
    let mut made = make_of(loaded, material, call.of(loaded), call.formats(), locked, editions, cancelled);
    if cancelled.load(Ordering::Relaxed) {
        return Err(SourceError { cancelled: true, ..SourceError::default() });
    }
    tidy(&mut made.diagnostics);
    let unsound = made.diagnostics.iter().any(|problem| problem.severity() == Severity::Error);
    if unsound || !made.failures.is_empty() {
        let diagnostics = made.diagnostics;
        return Err(SourceError { diagnostics, ..made.failures.into() });
    }
    let mut files = Vec::with_capacity(made.files.len());
    for (name, content) in made.files {
        let failed = |error: io::Error| SourceError { messages: vec![error.to_string()], ..SourceError::default() };
        files.push((name, content.into_bytes().map_err(failed)?));
    }
    let (items, pages, lock, diagnostics) = (made.items, made.pages, made.lock, made.diagnostics);
    Ok(SourceFiles { files, items, pages, lock, diagnostics })
}
