//! Books, read and made as the command does it, for a program that holds them.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use clap::Parser;
use patra_anki::Lock;
use patra_core::{Diagnostic, Material, Severity, SourceMap};
use patra_options::{Format, Options};

use crate::arguments::{Arguments, Command};
use crate::build::make_of;
use crate::edition::{beside, translation};
use crate::input::{Failure, Input};
use crate::load::{Loaded, load_book};
use crate::lock::Locked;
use crate::make::{named_in_folder, tidy};
use crate::paper;
use crate::report::{Report, Voice};
use crate::settings::CallOptions;

/// A book, with how its files are made.
pub struct Book {
    loaded: Loaded,
    call: CallOptions,
}

/// What was made of a book.
#[derive(Debug, Default)]
pub struct BookFiles {
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

/// Why nothing was made of a book.
#[derive(Debug, Default)]
pub struct BookError {
    /// What is wrong with the book, where it is that.
    pub diagnostics: Vec<Diagnostic>,
    /// What is wrong besides.
    pub messages: Vec<String>,
}

impl From<Vec<Failure>> for BookError {
    fn from(failures: Vec<Failure>) -> Self {
        let told = |failure: Failure| match failure.hint {
            Some(hint) => format!("{}; {hint}", failure.message),
            None => failure.message.to_string(),
        };
        BookError { diagnostics: Vec::new(), messages: failures.into_iter().map(told).collect() }
    }
}

impl Book {
    /// Reads the book whose file is at `path`. Its files are made as `patra build` makes them with these arguments, which name
    /// no sources, themes or fonts.
    ///
    /// # Errors
    /// Where the file can't be read, or the arguments are none.
    pub fn read(path: &Path, arguments: &[String]) -> io::Result<Self> {
        let line = ["patra", "build"].into_iter().chain(arguments.iter().map(String::as_str)).map(OsString::from);
        let wrong = |why: String| io::Error::new(io::ErrorKind::InvalidInput, why);
        let parsed = Arguments::try_parse_from(line).map_err(|error| wrong(error.to_string()))?;
        let Command::Build(build) = parsed.command else { return Err(wrong("no arguments of a build".to_owned())) };
        let mut report = Report::new(Voice::default());
        let given = build.options.assignments;
        let (theme, fonts) = paper::files(&Options::of(&[&given]).papers, &mut report).unwrap_or_default();
        let call = CallOptions::new(given, theme, fonts);
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
    /// named, its own among them; those that have errors are passed over. `lock` is what earlier builds handed out, `earlier`
    /// the deck of one whose lock is lost, and `now` the time of this build in seconds since 1970, where there is either.
    ///
    /// # Errors
    /// Where it or one of its files has errors, or an edition that it asks for is not there.
    pub fn make(
        &self,
        editions: &[PathBuf],
        lock: Option<&Lock>,
        earlier: Option<Vec<u8>>,
        now: Option<i64>,
    ) -> Result<BookFiles, BookError> {
        let of_itself = || BookError { diagnostics: self.loaded.diagnostics.clone(), messages: Vec::new() };
        let material = self.loaded.sound().ok_or_else(of_itself)?;
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

        let translation = match translation(&sources, at, &self.call) {
            Err(failure) if self.call.formats().contains(&Format::Anki) => return Err(vec![failure].into()),
            found => found.unwrap_or_default(),
        };
        let papers = self.call.formats().contains(&Format::Pdf);
        let beside = if papers { beside(&sources, at, &self.call).map_err(|failure| vec![failure])? } else { None };
        let settings = self.call.of(&self.loaded);
        let locked = Locked { lock, earlier, now };
        let mut made = make_of(&self.loaded, material, settings, self.call.formats(), locked, translation, beside);
        tidy(&mut made.diagnostics);
        let unsound = made.diagnostics.iter().any(|problem| problem.severity() == Severity::Error);
        if unsound || !made.failures.is_empty() {
            let diagnostics = made.diagnostics;
            return Err(BookError { diagnostics, ..made.failures.into() });
        }
        let mut files = Vec::with_capacity(made.files.len());
        for (name, content) in made.files {
            let failed = |error: io::Error| BookError { messages: vec![error.to_string()], ..BookError::default() };
            files.push((name, content.into_bytes().map_err(failed)?));
        }
        let (items, pages, lock, diagnostics) = (made.items, made.pages, made.lock, made.diagnostics);
        Ok(BookFiles { files, items, pages, lock, diagnostics })
    }
}
