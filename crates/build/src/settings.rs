//! How the files of a material are made: as the command line says, and for a book as its own file says besides.

use std::mem;
use std::path::Path;

use patra_core::{Code, Diagnostic, SourceMap, Span, phrase};
use patra_options::{Assignment, Format, Group, Options, PaperOptions, Value, Values, read_table};
use patra_pdf::{FontFile, PdfOptions, Theme};
use patra_source::{Decoded, MAX_FILE_BYTES, OptionTable, decode, read_beside};

use crate::load::Loaded;

/// How the files of a source are made.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The options, those of a book's file among them.
    pub options: Options,
    /// How papers are printed, to the exporter: with the theme and the fonts, without pictures.
    pub printed: PdfOptions,
}

/// The options of one call, over which a book's file has options of its own.
#[derive(Clone, Debug, Default)]
pub struct CallOptions {
    assignments: Vec<Assignment>,
    /// How the files of what is no book are made.
    settings: Settings,
}

impl CallOptions {
    /// These options, with the theme and the fonts that they name.
    #[must_use]
    pub fn new(assignments: Vec<Assignment>, theme: Theme, fonts: Vec<FontFile>) -> Self {
        let options = Options::of(&[&assignments]);
        let printed = print_options(&options.papers, theme, fonts);
        CallOptions { assignments, settings: Settings { options, printed } }
    }

    /// Formats to make.
    pub fn formats(&self) -> &[Format] {
        self.settings.options.formats()
    }

    /// How papers are printed, without pictures.
    #[must_use]
    pub fn print_options(&self) -> &PdfOptions {
        &self.settings.printed
    }

    /// Whether another edition of a material has to be at hand.
    #[must_use]
    pub fn asks_for_editions(&self) -> bool {
        self.settings.options.papers.bilingual || self.settings.options.deck.translation
    }

    fn names(&self, option: &str) -> bool {
        self.assignments.iter().any(|given| given.option.name == option)
    }

    /// Why no paper can be printed as the command line says, if none can.
    #[must_use]
    pub fn problem(&self) -> Option<Diagnostic> {
        self.settings.printed.problem()
    }

    /// How the files of a source are made.
    pub fn of<'a>(&'a self, loaded: &'a Loaded) -> &'a Settings {
        loaded.settings.as_deref().unwrap_or(&self.settings)
    }

    /// Whether files of a source show another edition of its material too.
    pub fn pairs_editions(&self, loaded: &Loaded) -> bool {
        let options = &self.of(loaded).options;
        options.deck.translation || options.papers.bilingual
    }

    /// A source with how its files are made, where its book says something of it.
    pub fn resolve(&self, mut loaded: Loaded) -> Loaded {
        let Some(book) = &loaded.options else { return loaded };
        let options = Options::of(&[&book.assignments, &self.assignments]);
        let own = &self.settings.printed;
        let theme = book.theme.as_ref().filter(|_| !self.names("theme"));
        let fonts = if self.names("font") { &own.fonts } else { &book.fonts };
        // Margins that the call names are in its theme, and will be in this one.
        let theme = theme.unwrap_or(&own.theme).clone();
        let printed = print_options(&options.papers, theme, fonts.clone());
        let settings = Settings { options, printed };
        if let Some(problem) = settings.printed.problem() {
            loaded.diagnostics.push(Diagnostic { span: book.span, ..problem });
            crate::load::order(&mut loaded.diagnostics);
        }
        loaded.settings = Some(Box::new(settings));
        loaded
    }

    /// A switch by the name that it has where it is turned on: on the command line, or in the book's file.
    pub fn name_of(&self, switch: &'static str) -> String {
        if self.names(switch) { format!("--{switch}") } else { switch.to_owned() }
    }
}

/// The exporter's options for the papers, in this theme and with these fonts, without pictures.
fn print_options(papers: &PaperOptions, theme: Theme, fonts: Vec<FontFile>) -> PdfOptions {
    let mut options = papers.print.clone();
    options.theme = theme;
    if let Some([top, side, bottom]) = papers.margins {
        options.theme.margins.top = top;
        options.theme.margins.side = side;
        options.theme.margins.bottom = bottom;
        options.theme.margins.exact = true;
    }
    options.fonts = fonts;
    options
}

/// What the file of a book says of how its files are made.
#[derive(Clone, Debug, Default)]
pub struct BookOptions {
    /// Its options, without those that name files.
    assignments: Vec<Assignment>,
    theme: Option<Theme>,
    fonts: Vec<FontFile>,
    /// Where it speaks of papers.
    span: Span,
}

impl BookOptions {
    /// Makes of the tables what the command makes of its arguments, and reads the files that they name; all that is wrong is
    /// told with its place. `path` is that of the book's file, and `name` what it is called.
    pub fn read(
        tables: &[OptionTable],
        (path, name): (&Path, &str),
        sources: &mut SourceMap,
        found: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut options = BookOptions::default();
        for table in tables {
            if Some(table.name.as_str()) == Group::Papers.table() {
                options.span = table.span;
            }
            let files;
            let all = read_table(table, found).into_iter();
            (files, options.assignments) = all.chain(mem::take(&mut options.assignments)).partition(names_file);
            options.read_files(files, (path, name), sources, found);
        }
        options
    }

    fn read_files(
        &mut self,
        files: Vec<Assignment>,
        (path, name): (&Path, &str),
        sources: &mut SourceMap,
        found: &mut Vec<Diagnostic>,
    ) {
        let file_name = path.file_name().unwrap_or_default().to_string_lossy();
        let prefix = name.strip_suffix(&*file_name).unwrap_or_default();
        let mut room = MAX_FILE_BYTES;
        for Assignment { option, value, span, .. } in files {
            let Value::Path(value) = value else { continue };
            let value = value.to_string_lossy();
            let is_theme = matches!(option.values, Values::NameOrFile(..));
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

/// Whether the value of an option is a file's, which is read from the book's folder.
fn names_file(given: &Assignment) -> bool {
    matches!(given.option.values, Values::NameOrFile(..) | Values::Files(_))
}
