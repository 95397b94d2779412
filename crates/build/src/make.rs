//! A material to its files, in memory.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use patra_anki::{ApkgOptions, Lock, Translation};
use patra_core::{Code, Diagnostic, Id, Material, Phrase, Practice, Severity, SourceMap, Warned};
use patra_options::{DeckOptions, Format};
use patra_pdf::Paper;

use crate::exit::Exit;
use crate::input::{Failure, Input};
use crate::load::order;
use crate::lock::Locked;
use crate::pool::STACK;
use crate::register::register;
use crate::settings::Settings;

/// The name of the deck's file.
pub const DECK: &str = "deck.apkg";

/// The files made of a material.
#[derive(Debug, Default)]
pub struct Made {
    /// Their names, with `/` between folders, and what they hold, in the order in which they are told of.
    pub files: Vec<(String, Content)>,
    /// What could not be made as the author meant it; with an error among them, some of the files are missing.
    pub diagnostics: Vec<Diagnostic>,
    /// Exporters that failed without a problem of the material's to name.
    pub failures: Vec<Failure>,
    /// How many items of practice there are.
    pub items: usize,
    /// How many pages the handout has, where it was made.
    pub pages: Option<usize>,
    /// What the deck handed out, where it was made.
    pub lock: Option<Lock>,
}

/// What a file holds.
#[derive(Debug)]
pub enum Content {
    /// In memory.
    Bytes(Vec<u8>),
    /// In memory, or where it is large in a file without a name; with its length in bytes.
    Spooled(tempfile::SpooledTempFile, u64),
}

impl Content {
    /// Its length in bytes.
    pub fn size(&self) -> u64 {
        match self {
            Content::Bytes(bytes) => bytes.len() as u64,
            Content::Spooled(_, length) => *length,
        }
    }

    /// All of it in memory.
    pub fn into_bytes(self) -> io::Result<Vec<u8>> {
        match self {
            Content::Bytes(bytes) => Ok(bytes),
            Content::Spooled(mut file, length) => {
                let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
                file.read_to_end(&mut bytes)?;
                Ok(bytes)
            }
        }
    }
}

/// The most bytes of a deck or a workbook that are held in memory: a deck holds all its sounds.
const SPOOLED: usize = 16 << 20;

/// A deck, and what writing it gave.
type Deck = (tempfile::SpooledTempFile, u64, patra_anki::WrittenApkg);

fn write_deck(
    material: &Material,
    practice: &Practice,
    options: &ApkgOptions,
) -> Result<Warned<Deck>, (Vec<Diagnostic>, String)> {
    let mut file = tempfile::spooled_tempfile(SPOOLED);
    let written = patra_anki::write_apkg(material, practice, options, &mut file);
    let Warned { output, warnings } = written.map_err(|error| (error.diagnostics().to_vec(), error.to_string()))?;
    let length = length_of(&mut file).map_err(|error| (Vec::new(), format!("the deck could not be kept: {error}")))?;
    Ok(Warned { output: (file, length, output), warnings })
}

/// A file that was written, with its length in bytes.
type Spooled = (tempfile::SpooledTempFile, u64);

/// The workbook with its length in bytes, and what could not be shown in it.
fn write_workbook(
    material: &Material,
    practice: &Practice,
    options: &patra_sheets::SheetsOptions,
) -> Result<Warned<Spooled>, (Vec<Diagnostic>, String)> {
    let mut file = tempfile::spooled_tempfile(SPOOLED);
    let Warned { warnings, .. } = patra_sheets::write_workbook(material, practice, options, &mut file)
        .map_err(|error| (error.diagnostics().to_vec(), error.to_string()))?;
    let length =
        length_of(&mut file).map_err(|error| (Vec::new(), format!("the workbook could not be kept: {error}")))?;
    Ok(Warned { output: (file, length), warnings })
}

/// The length of a file in bytes, which is read from its beginning next.
fn length_of(file: &mut tempfile::SpooledTempFile) -> io::Result<u64> {
    let length = file.seek(SeekFrom::End(0))?;
    file.rewind()?;
    Ok(length)
}

/// What to make of a material, and of what source it is.
pub struct Order<'a> {
    /// Its pictures by their names.
    pub pictures: &'a BTreeMap<String, Vec<u8>>,
    /// The formats.
    pub formats: &'a [Format],
    /// How papers are printed, of which the first is the handout, and how sheets are written.
    pub settings: &'a Settings,
    /// The edition that is set beside the material in a handout of two columns, if there is to be one.
    pub beside: Option<patra_pdf::Edition>,
    /// How its deck is made, as [`deck_options`] says.
    pub deck: &'a ApkgOptions,
    /// Where the source came from.
    pub input: &'a Input,
    /// The source's text and those of what it includes.
    pub sources: &'a SourceMap,
    /// What was found wrong with the source so far.
    pub diagnostics: &'a [Diagnostic],
    /// Ends the work where it becomes true: what is made is then of no use.
    pub cancelled: &'a AtomicBool,
}

/// The practice items of a material, made when they are asked for or before.
#[derive(Clone, Copy)]
struct Pending<'a> {
    practice: &'a OnceLock<Practice>,
    material: &'a Material,
}

impl Deref for Pending<'_> {
    type Target = Practice;

    fn deref(&self) -> &Practice {
        self.practice.get_or_init(|| Practice::of(self.material))
    }
}

/// Makes the files of a material without errors.
pub fn make(material: &Material, order: &Order<'_>) -> Made {
    let &Order { pictures, formats, settings, deck, .. } = order;
    let papers = &settings.options.papers;
    let practice = OnceLock::new();
    let pending = Pending { practice: &practice, material };
    let mut made = Made::default();
    let wants = |format: Format| formats.contains(&format);
    let mut pages = BTreeMap::new();

    let mut options = settings.printed.clone();
    options.media = pictures.clone();
    let handout = wants(Format::Pdf) && papers.wants(Paper::Handout);
    // The sheets and the cards tell on which page of the handout a thing stands, whether or not the handout is asked for.
    let tables = order.wants_tables();
    if handout || wants(Format::Anki) || tables {
        let result = thread::scope(|scope| {
            // The handout asks for them once its lines are set. Where there is no thread to be had, they are made then.
            let _ = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || pending.items().len());
            patra_pdf::pdf(material, pending, &options)
        });
        if handout {
            let result = result.map_err(|error| (error.diagnostics().to_vec(), error.to_string()));
            if let Some(pdf) = made.settle(result) {
                pages = pdf.pages;
                made.pages = Some(pdf.page_count);
                made.files.push(("handout.pdf".to_owned(), Content::Bytes(pdf.bytes)));
            }
        } else if let Ok(pdf) = result {
            pages = pdf.output.pages;
        }
    }
    let mut practice = practice.into_inner().unwrap_or_else(|| Practice::of(material));
    made.items = practice.items().len();
    if wants(Format::Pdf) {
        for (paper, name) in [
            (Paper::Worksheet, "worksheet.pdf"),
            (Paper::Answers, "answers.pdf"),
            (Paper::Cards, "cards.pdf"),
            (Paper::Booklet, "booklet.pdf"),
        ] {
            if !papers.wants(paper) || order.is_cancelled() {
                continue;
            }
            options.paper = paper;
            let result = patra_pdf::pdf(material, &practice, &options);
            if let Some(pdf) = made.settle(result.map_err(|error| (error.diagnostics().to_vec(), error.to_string()))) {
                made.files.push((name.to_owned(), Content::Bytes(pdf.bytes)));
            }
        }
    }
    if wants(Format::Pdf) && papers.wants(Paper::Test) {
        let letters: Vec<Option<char>> = match options.sets.as_slice() {
            [] => vec![None],
            sets => sets.iter().copied().map(Some).collect(),
        };
        for (at, set) in letters.into_iter().enumerate() {
            (options.paper, options.set) = (Paper::Test, at);
            let result = patra_pdf::pdf(material, &practice, &options);
            if let Some(pdf) = made.settle(result.map_err(|error| (error.diagnostics().to_vec(), error.to_string()))) {
                let name = set.map_or_else(|| "test.pdf".to_owned(), |set| format!("test-{set}.pdf"));
                made.files.push((name, Content::Bytes(pdf.bytes)));
            }
        }
        (options.paper, options.set) = (Paper::TestKey, 0);
        let result = patra_pdf::pdf(material, &practice, &options);
        if let Some(pdf) = made.settle(result.map_err(|error| (error.diagnostics().to_vec(), error.to_string()))) {
            made.files.push(("test-key.pdf".to_owned(), Content::Bytes(pdf.bytes)));
        }
    }
    if let Some(edition) = order.beside.clone() {
        options.paper = Paper::Handout;
        options.beside = Some(edition);
        let result = patra_pdf::pdf(material, &practice, &options);
        if let Some(pdf) = made.settle(result.map_err(|error| (error.diagnostics().to_vec(), error.to_string()))) {
            made.files.push(("bilingual.pdf".to_owned(), Content::Bytes(pdf.bytes)));
        }
    }
    practice.set_pages(&pages);
    if order.is_cancelled() {
        return made;
    }
    if wants(Format::Anki)
        && let Some((file, length, written)) = made.settle(write_deck(material, &practice, deck))
    {
        made.files.push((DECK.to_owned(), Content::Spooled(file, length)));
        made.lock = Some(written.lock);
    }
    if tables && !order.is_cancelled() {
        let options = order.sheets_options(material, &practice, pages);
        made.tables(material, &practice, order, &options);
    }
    if wants(Format::Quiz) && !order.is_cancelled() {
        let mut options = patra_quiz::QuizOptions::default();
        options.media = pictures.clone();
        options.seed = papers.print.seed;
        // A quiz has room for what a deck would only grow by: statements to judge, terms to choose among.
        let practice = Practice::of_every_kind(material);
        for (name, result) in [
            ("quiz/moodle.xml", patra_quiz::moodle_xml(material, &practice, &options)),
            ("quiz/gift.txt", patra_quiz::gift(material, &practice, &options)),
            ("quiz/qti.zip", patra_quiz::qti(material, &practice, &options)),
        ] {
            let result = result.map_err(|error| (error.diagnostics().to_vec(), error.to_string()));
            if let Some(bytes) = made.settle(result) {
                made.files.push((name.to_owned(), Content::Bytes(bytes)));
            }
        }
    }
    made.files.push(("material.json".to_owned(), Content::Bytes(material.to_json().into_bytes())));
    tidy(&mut made.diagnostics);
    made
}

/// The options of a deck, which `plan` takes as `build` does: with where the material's files are, what earlier builds handed
/// out, and the edition to show beside it.
pub fn deck_options(
    media: &BTreeMap<String, PathBuf>,
    locked: Locked,
    deck: &DeckOptions,
    translation: Option<Translation>,
) -> ApkgOptions {
    let mut options = deck.package.clone();
    let open = |path: &PathBuf| {
        let path = path.clone();
        patra_anki::Media::opened(move || File::open(&path))
    };
    options.media = media.iter().map(|(name, path)| (name.clone(), open(path))).collect();
    options.lock = locked.lock;
    options.earlier = locked.earlier;
    options.now = locked.now;
    options.translation = translation;
    options
}

/// Sources by names that start from the folder of the first, wherever the command was run.
pub fn named_in_folder(input: &Input, sources: &SourceMap) -> SourceMap {
    let folder = input.name.strip_suffix(&input.file_name).unwrap_or_default();
    sources.renamed(|name| name.strip_prefix(folder).unwrap_or(name).to_owned())
}

impl Order<'_> {
    fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    fn wants(&self, format: Format) -> bool {
        self.formats.contains(&format)
    }

    /// Whether sheets are wanted in any form.
    fn wants_tables(&self) -> bool {
        #[cfg(feature = "parquet")]
        let columns = self.wants(Format::Parquet);
        #[cfg(not(feature = "parquet"))]
        let columns = false;
        self.wants(Format::Sheets) || columns
    }

    /// What the sheets tell beside the material. It is the same whatever else is made.
    fn sheets_options(
        &self,
        material: &Material,
        practice: &Practice,
        pages: BTreeMap<Id, usize>,
    ) -> patra_sheets::SheetsOptions {
        let mut options = self.settings.options.sheets.clone();
        options.pages = pages;
        (options.cards, options.changes) = register(material, practice, self.deck);
        options.diagnostics = self.diagnostics.to_vec();
        options.sources = (!self.input.name.is_empty()).then(|| named_in_folder(self.input, self.sources));
        options
    }
}

impl Made {
    /// Adds the sheets in the forms that are wanted.
    fn tables(
        &mut self,
        material: &Material,
        practice: &Practice,
        order: &Order<'_>,
        options: &patra_sheets::SheetsOptions,
    ) {
        let failed = |error: patra_sheets::Error| (error.diagnostics().to_vec(), error.to_string());
        if order.wants(Format::Sheets) {
            if let Some(sheets) = self.settle(patra_sheets::sheets(material, practice, options).map_err(failed)) {
                self.add_sheets("sheets", sheets);
            }
            if let Some((file, length)) = self.settle(write_workbook(material, practice, options)) {
                self.files.push(("workbook.xlsx".to_owned(), Content::Spooled(file, length)));
            }
        }
        #[cfg(feature = "parquet")]
        if order.wants(Format::Parquet) {
            let sheets = patra_sheets::parquet(material, practice, options);
            let sheets = sheets.map(|output| Warned { output, warnings: Vec::new() }).map_err(failed);
            if let Some(sheets) = self.settle(sheets) {
                self.add_sheets("parquet", sheets);
            }
        }
    }

    fn add_sheets(&mut self, folder: &str, sheets: patra_sheets::Sheets) {
        let files = sheets.files.into_iter();
        self.files.extend(files.map(|file| (format!("{folder}/{}", file.name), Content::Bytes(file.bytes))));
    }

    /// An exporter's output, where there is one; its problems are kept.
    fn settle<T>(&mut self, result: Result<Warned<T>, (Vec<Diagnostic>, String)>) -> Option<T> {
        match result {
            Ok(warned) => {
                self.diagnostics.extend(warned.warnings);
                Some(warned.output)
            }
            Err((diagnostics, message)) => {
                if !diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error) {
                    let message = Phrase::verbatim(message);
                    self.failures.push(Failure { message, hint: None, exit: Exit::Material });
                }
                self.diagnostics.extend(diagnostics);
                None
            }
        }
    }
}

/// Brings problems into the order of the source, and tells once what several exporters found.
pub fn tidy(diagnostics: &mut Vec<Diagnostic>) {
    order(diagnostics);
    let mut kept: Vec<Diagnostic> = Vec::new();
    for diagnostic in diagnostics.drain(..) {
        let same = |other: &Diagnostic| {
            let place = (other.span.start(), other.span.end()) == (diagnostic.span.start(), diagnostic.span.end());
            // Why a picture can't be shown is known best where it was to be read; the exporters only miss it.
            let again = diagnostic.code == Code::MissingFigure && !diagnostic.span.is_none();
            let kind = other.code == diagnostic.code || again && other.code == Code::MissingFile;
            kind && place && (again || other.message == diagnostic.message)
        };
        // Those of one place are neighbours now.
        if !kept.iter().rev().take_while(|other| other.span.start() == diagnostic.span.start()).any(same) {
            kept.push(diagnostic);
        }
    }
    *diagnostics = kept;
}

#[cfg(test)]
mod tests {
    use patra_core::Span;

    use super::*;

    #[test]
    fn what_two_exporters_find_is_told_once() {
        let at = |start, code, message: &'static str| Diagnostic::new(code, Span::new(start, start + 2), message);
        let mut diagnostics = vec![
            at(9, Code::MissingFigure, "no such file"),
            at(3, Code::MissingGlyph, "no font draws `x`"),
            at(9, Code::MissingFigure, "the deck lacks it"),
            at(3, Code::MissingGlyph, "no font draws `y`"),
            at(3, Code::MissingGlyph, "no font draws `x`"),
        ];
        tidy(&mut diagnostics);
        let messages: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
        assert_eq!(messages, ["no font draws `x`", "no font draws `y`", "no such file"]);
    }
}
