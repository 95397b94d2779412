//! How the files of a material are made: as the command line says, and for a book as its own file says besides.

use std::path::Path;

use patra_core::{Code, Diagnostic, SourceMap, Span, phrase};
use patra_pdf::{FontFile, PdfOptions, Theme};
use patra_source::{Decoded, MAX_FILE_BYTES, OptionTable, decode, read_beside};

use crate::arguments::{DeckArguments, Papers, SheetArguments};
use crate::given::{Argument, Given, arguments};
use crate::load::Loaded;
use crate::paper;

/// How files are made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    /// Which papers are printed, and how.
    pub(crate) papers: Papers,
    /// How they are printed, to the exporter; without pictures.
    pub(crate) printed: PdfOptions,
    pub(crate) deck: DeckArguments,
    pub(crate) sheets: SheetArguments,
}

/// What the command line says of how files are made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    papers: Given<Papers>,
    deck: Given<DeckArguments>,
    sheets: Given<SheetArguments>,
    /// How they are made of what is no book.
    usual: Settings,
}

impl Asked {
    /// The same with the theme and the fonts that the papers name.
    pub(crate) fn new(
        papers: &Given<Papers>,
        deck: &Given<DeckArguments>,
        sheets: &Given<SheetArguments>,
        theme: Theme,
        fonts: Vec<FontFile>,
    ) -> Self {
        let printed = paper::options(&papers.usual, theme, fonts);
        let usual = Settings { papers: papers.usual.clone(), printed, deck: deck.usual, sheets: sheets.usual };
        Asked { papers: papers.clone(), deck: deck.clone(), sheets: sheets.clone(), usual }
    }

    /// That of a deck alone.
    pub(crate) fn of_deck(deck: &Given<DeckArguments>) -> Self {
        Asked::new(&Given::default(), deck, &Given::default(), Theme::default(), Vec::new())
    }

    /// Why no paper can be printed as the command line says, if none can.
    pub(crate) fn problem(&self) -> Option<Diagnostic> {
        self.usual.printed.problem()
    }

    /// How the files of a source are made.
    pub(crate) fn of<'a>(&'a self, loaded: &'a Loaded) -> &'a Settings {
        loaded.settings.as_deref().unwrap_or(&self.usual)
    }

    /// A source with how its files are made, where its book says something of it.
    pub(crate) fn settle(&self, mut loaded: Loaded) -> Loaded {
        let Some(book) = &loaded.options else { return loaded };
        let papers = self.papers.over(&book.papers);
        let usual = &self.usual.printed;
        let theme = book.theme.as_ref().filter(|_| !self.papers.names("theme"));
        let fonts = if self.papers.names("font") { &usual.fonts } else { &book.fonts };
        // Margins that the command line names are in the usual theme, and will be in this one.
        let theme = theme.unwrap_or(&self.usual.printed.theme).clone();
        let settings = Settings {
            printed: paper::options(&papers, theme, fonts.clone()),
            papers,
            deck: self.deck.over(&book.deck),
            sheets: self.sheets.over(&book.sheets),
        };
        if let Some(problem) = settings.printed.problem() {
            loaded.diagnostics.push(Diagnostic { span: book.span, ..problem });
            crate::load::order(&mut loaded.diagnostics);
        }
        loaded.settings = Some(Box::new(settings));
        loaded
    }

    /// A switch as a person knows it that turned it on: of the command line, or of the book's file.
    pub(crate) fn name_of(&self, switch: &'static str) -> String {
        let named = self.papers.names(switch) || self.deck.names(switch);
        if named { format!("--{switch}") } else { switch.to_owned() }
    }
}

/// What the file of a book says of how its files are made.
#[derive(Clone, Debug, Default)]
pub(crate) struct BookOptions {
    papers: Vec<Argument>,
    deck: Vec<Argument>,
    sheets: Vec<Argument>,
    theme: Option<Theme>,
    fonts: Vec<FontFile>,
    /// Where it speaks of papers.
    span: Span,
}

impl BookOptions {
    /// The tables of options that a book's file may have.
    pub(crate) const TABLES: [&'static str; 3] = ["papers", "deck", "sheets"];

    /// Makes of the tables what the command makes of its arguments, and reads the files that they name; all that is wrong is
    /// told with its place. `path` is that of the book's file, and `name` what it is called.
    pub(crate) fn read(
        tables: &[OptionTable],
        (path, name): (&Path, &str),
        sources: &mut SourceMap,
        found: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut options = BookOptions::default();
        for table in tables {
            match table.name.as_str() {
                "papers" => {
                    options.span = table.span;
                    let all = arguments::<Papers>(table, found);
                    let (files, others) =
                        all.into_iter().partition(|argument| matches!(argument.option.as_str(), "font" | "theme"));
                    options.papers = others;
                    options.read_files(files, (path, name), sources, found);
                }
                "deck" => options.deck = arguments::<DeckArguments>(table, found),
                _ => options.sheets = arguments::<SheetArguments>(table, found),
            }
        }
        options
    }

    fn read_files(
        &mut self,
        files: Vec<Argument>,
        (path, name): (&Path, &str),
        sources: &mut SourceMap,
        found: &mut Vec<Diagnostic>,
    ) {
        let file_name = path.file_name().unwrap_or_default().to_string_lossy();
        let prefix = name.strip_suffix(&*file_name).unwrap_or_default();
        let mut room = MAX_FILE_BYTES;
        for Argument { option, value, span, .. } in files {
            let value = value.to_string_lossy();
            let is_theme = option == "theme";
            if let Some(theme) = Theme::named(&value).filter(|_| is_theme) {
                self.theme = Some(theme);
                continue;
            }
            let bytes = match read_beside(path, &value) {
                Ok(bytes) => bytes,
                Err(why) => {
                    let message = phrase!("cannot read the file `{$name}`: {$why}", name = &*value, why);
                    let names = Theme::NAMES.map(|name| format!("`{name}`")).join(", ");
                    let hint = if is_theme {
                        phrase!("it is a file in the folder of the book, or one of {$names}", names)
                    } else {
                        phrase!("names start from the folder of the book, and lead nowhere else")
                    };
                    found.push(Diagnostic::new(Code::BookFile, span, message).with_hint(hint));
                    continue;
                }
            };
            let Some(left) = room.checked_sub(bytes.len() as u64) else {
                let message =
                    phrase!("the fonts of the book are larger than {$most} MiB together", most = MAX_FILE_BYTES >> 20);
                found.push(Diagnostic::new(Code::BookTooLarge, span, message));
                continue;
            };
            room = left;
            if !is_theme {
                match FontFile::read(&value, bytes) {
                    Ok(font) => self.fonts.push(font),
                    Err(problem) => found.push(Diagnostic { span, ..problem }),
                }
                continue;
            }
            let Decoded { source, problem } = decode(bytes);
            let base = sources.add(format!("{prefix}{value}"), source.clone());
            let problems = match problem {
                Some(problem) => vec![problem],
                None => match Theme::read(&source) {
                    Ok(read) => {
                        self.theme = Some(read.output);
                        read.warnings
                    }
                    Err(problems) => problems,
                },
            };
            found.extend(problems.into_iter().map(|problem| problem.moved(base)));
        }
    }
}
