//! What the command understands.

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use patra_core::{Locale, Phrase, phrase};

use crate::given::Given;

/// Makes printable papers, a deck of flashcards and sheets of data from one source of study material.
#[derive(Debug, Parser)]
#[command(name = "patra", bin_name = "patra", version, disable_help_subcommand = true, max_term_width = 100)]
#[command(after_help = "Examples:
  patra build                      the course that comes with patra, in Hindi and in English
  patra build notes.md             patra-out/<id>/ with handout.pdf, worksheet.pdf, deck.apkg, …
  patra build bpo.hi.md bpo.en.md  two editions of one material
  patra check notes.md             what is wrong with it, and where
  patra import page.html -o notes.md
                                   an article, Word's or Google Docs' HTML, as a source to go on writing in
  patra plan notes.md              what importing its deck will do
  patra merge workbook.xlsx notes.md
                                   what was edited in the sheets, back into the source

Exit codes:
  0  done
  1  the material has errors
  2  wrong usage
  3  a file could not be read or written")]
pub(crate) struct Arguments {
    /// The language of messages: hi or en [default: that of the environment, by LC_ALL, LC_MESSAGES or LANG]
    #[arg(long, value_name = "LANG", global = true)]
    pub(crate) lang: Option<Locale>,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make the papers, the deck and the sheets
    Build(Build),
    /// Say what is wrong with a material and where; write nothing
    Check(Check),
    /// Say what importing the deck into Anki will do; write nothing
    Plan(Plan),
    /// Bring what was edited in the sheets back into the source
    Merge(Merge),
    /// Make a source in patra's Markdown of an article, a page or a pasted text
    Import(Import),
    /// Write ids into the source, so that they stay whatever is reworded
    Ids(Ids),
    /// Say what the code of a problem means and what to do about it
    Explain(Explain),
    /// Write a material in another form to standard output
    Export(Export),
}

/// Makes the papers, the deck and the sheets of each material.
///
/// They are written to OUT/<id of the material>/: handout.pdf, worksheet.pdf, answers.pdf, cards.pdf, deck.apkg,
/// sheets/*.csv with sheets/datapackage.json, workbook.xlsx and material.json; with `--only quiz`, a quiz for learning systems. An edition, which is a file named
/// after its language as in notes.hi.md, goes to OUT/<id>/<language>/. If any material has an error, nothing is written at all.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  patra build
  patra build notes.md -o printed
  patra build course/ --only pdf,anki --jobs 4
  patra build bpo.hi.md bpo.en.md --translation
  patra build bpo.hi.md bpo.en.md --bilingual
  patra build notes.md --only pdf --paper worksheet,answers --seed 7
  patra build notes.md --only sheets --spreadsheet-safe
  patra build notes.md --only pdf --paper cards --flip short-edge --back-offset 1.5,-0.5
  patra build notes.md --only pdf --paper booklet
  patra build notes.md --only pdf --sheet letter --theme large-print --binding 10")]
pub(crate) struct Build {
    /// Sources: patra's Markdown (.md, .markdown), text pasted from the web (.txt), a page of HTML (.html, .htm) or patra's stored form (.json,
    /// .yaml, .yml);
    /// of a folder, all such files directly in it; where it has a patra.toml, it is a
    /// book, one material, whose file may say what the options below say. Without any, the course that comes with patra
    #[arg(value_name = "FILE|DIR")]
    pub(crate) inputs: Vec<PathBuf>,

    /// Where to write
    #[arg(short, long, value_name = "OUT", default_value = "patra-out")]
    pub(crate) out: PathBuf,

    /// What to make, beside material.json, which is always made; without it, the papers, the deck and the sheets
    #[arg(long, value_name = "FORMATS", value_enum, value_delimiter = ',')]
    pub(crate) only: Vec<Format>,

    #[command(flatten)]
    pub(crate) papers: Given<Papers>,

    /// How many materials to work on at a time [default: as many as there are processors]
    #[arg(short, long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,

    #[command(flatten)]
    pub(crate) deck: Given<DeckArguments>,

    #[command(flatten)]
    pub(crate) sheets: Given<SheetArguments>,

    #[command(flatten)]
    pub(crate) report: ReportArguments,
}

/// How problems are told.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(crate) struct ReportArguments {
    /// How problems are told: to a person, or to an editor or another program, on standard output
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub(crate) format: ReportForm,
}

/// The form in which problems are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportForm {
    /// With the line of the source, on standard error
    #[default]
    Human,
    /// An array of objects
    Json,
    /// SARIF 2.1.0
    Sarif,
}

/// How the sheets are written.
#[derive(Clone, Copy, Debug, Default, Args)]
#[command(next_help_heading = "The sheets")]
pub(crate) struct SheetArguments {
    /// Put a ' before each cell of a CSV file that a spreadsheet or a data-frame library would alter or run. datapackage.json
    /// says so, and taking one ' from the start of a cell gives back what was there; the workbook needs none
    #[arg(long)]
    pub(crate) spreadsheet_safe: bool,

    /// Begin CSV files without a byte order mark, for programs that don't expect one. Excel and LibreOffice then take them
    /// for another encoding, and garble every letter outside ASCII
    #[arg(long)]
    pub(crate) no_bom: bool,
}

/// How the deck is made.
#[derive(Clone, Copy, Debug, Default, Args)]
#[command(next_help_heading = "The deck")]
pub(crate) struct DeckArguments {
    /// A subdeck for each section; a section's tag finds its cards without
    #[arg(long)]
    pub(crate) subdecks: bool,

    /// A preset of options, which Anki takes where "Import any deck presets" is ticked
    #[arg(long)]
    pub(crate) preset: bool,

    /// Both directions of a term on the two cards of one note; otherwise each is a note of its own. In a deck that
    /// learners have, reviews stay with the old notes
    #[arg(long)]
    pub(crate) reversed: bool,

    /// Have answers that are a term or a name typed. In a deck that learners have, reviews stay with the old notes
    #[arg(long)]
    pub(crate) typed: bool,

    /// Have cards read aloud by the voice that the learner's device has for the language
    #[arg(long)]
    pub(crate) speech: bool,

    /// Show below each card its words in another edition of the material: one that is named in the same command, of
    /// more than one the first. A material whose other editions are not named is an error
    #[arg(long)]
    pub(crate) translation: bool,

    /// The form that every Anki since 2.0 reads, and a bigger file
    #[arg(long)]
    pub(crate) legacy: bool,

    /// Leave out the notes that say what is no longer asked: for learners who begin now
    #[arg(long)]
    pub(crate) omit_retired: bool,
}

/// Which papers are printed, and how.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "The papers")]
pub(crate) struct Papers {
    /// Which papers to make; without it, all but the booklet
    #[arg(long, value_name = "PAPERS", value_enum, value_delimiter = ',')]
    pub(crate) paper: Vec<Paper>,

    /// Make bilingual.pdf as well: the handout in two columns, the material's beside another edition's. Of the editions that are
    /// named in the same command it is made for the first, with the first of the others. A material whose other editions are
    /// not named is an error
    #[arg(long)]
    pub(crate) bilingual: bool,

    /// The size of the sheets
    #[arg(long, value_enum, default_value_t)]
    pub(crate) sheet: Sheet,

    /// How papers look: `standard`, `large-print` (18 points and up), `mono` (black on white), or a file in TOML
    #[arg(long, value_name = "NAME|FILE", default_value = "standard")]
    pub(crate) theme: OsString,

    /// A font to take letters from before those that come with patra: TTF, OTF or TTC. May be given several times
    #[arg(long, alias = "fonts", value_name = "FILE")]
    pub(crate) font: Vec<PathBuf>,

    /// The margins in millimetres: one number for all, or those above, beside and below the text; without it, the theme's
    #[arg(long, value_name = "MM[,MM,MM]", value_parser = margins)]
    pub(crate) margins: Option<[f32; 3]>,

    /// How much wider the margin is on the side where sheets are bound or punched, in millimetres
    #[arg(long, value_name = "MM", default_value_t, value_parser = binding)]
    pub(crate) binding: f32,

    /// Sheets are printed on one side, so that all are bound on one side
    #[arg(long)]
    pub(crate) single_sided: bool,

    /// Whether the handout has a table of contents: by itself, where it has nine pages or more and three sections
    #[arg(long, value_enum, default_value_t)]
    pub(crate) contents: Contents,

    /// Which worksheet to draw, with its key: another number gives other questions [default: 1]
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,

    /// Over which edge the printer turns a sheet of cards or of a booklet [default: long-edge for cards, short-edge for a
    /// booklet]
    #[arg(long, value_enum)]
    pub(crate) flip: Option<Flip>,

    /// How far the pages of a booklet's innermost sheet are moved towards the fold, in millimetres of at most 5, and those of
    /// the others in proportion: for a thick booklet whose edge is trimmed
    #[arg(long, value_name = "MM", default_value_t, value_parser = creep)]
    pub(crate) creep: f32,

    /// How far to move the backs of the cards to the right and down, in millimetres, each at most 8; negative numbers move
    /// them to the left and up
    #[arg(long, value_name = "X,Y", value_parser = back_offset, allow_hyphen_values = true)]
    pub(crate) back_offset: Option<(f32, f32)>,

    /// Begin the cards with a sheet that shows how far the printer moves the backs
    #[arg(long)]
    pub(crate) calibrate: bool,

    /// Leave out the short codes by which a line on paper, a card and a row are told to be of one thing
    #[arg(long)]
    pub(crate) no_marks: bool,
}

impl Papers {
    /// Whether a paper is wanted.
    pub(crate) fn wants(&self, paper: Paper) -> bool {
        // A booklet is the handout's words once more.
        (self.paper.is_empty() && paper != Paper::Booklet) || self.paper.contains(&paper)
    }
}

fn creep(text: &str) -> Result<f32, Phrase> {
    let most = patra_pdf::BookletOptions::MOST_CREEP;
    let number = text.trim().parse::<f32>().ok().filter(|mm| (0.0..=most).contains(mm));
    number.ok_or_else(|| phrase!("expected millimetres from 0 to {$most}, as in `1.5`", most = most.to_string()))
}

fn back_offset(text: &str) -> Result<(f32, f32), Phrase> {
    let most = patra_pdf::CardOptions::MOST_OFFSET;
    let number = |part: &str| part.trim().parse::<f32>().ok().filter(|mm| mm.abs() <= most);
    text.split_once(',').and_then(|(right, down)| Some((number(right)?, number(down)?))).ok_or_else(|| {
        phrase!(
            "it is two numbers of millimetres from -{$most} to {$most}, such as `1.5,-0.5`",
            most = most.to_string()
        )
    })
}

fn margins(text: &str) -> Result<[f32; 3], Phrase> {
    use patra_pdf::Margins;
    let number =
        |part: &str| part.trim().parse::<f32>().ok().filter(|mm| (Margins::LEAST..=Margins::MOST).contains(mm));
    let numbers: Option<Vec<f32>> = text.split(',').map(number).collect();
    match numbers.as_deref() {
        Some([all]) => Ok([*all; 3]),
        Some([top, side, bottom]) => Ok([*top, *side, *bottom]),
        _ => Err(phrase!(
            "it is one number or three of millimetres from {$least} to {$most}, such as `20` or `25,20,20`",
            least = Margins::LEAST.to_string(),
            most = Margins::MOST.to_string()
        )),
    }
}

fn binding(text: &str) -> Result<f32, Phrase> {
    let most = patra_pdf::PdfOptions::MOST_BINDING;
    let number = text.trim().parse::<f32>().ok().filter(|mm| (0.0..=most).contains(mm));
    number.ok_or_else(|| phrase!("it is a number of millimetres from 0 to {$most}", most = most.to_string()))
}

/// Says what is wrong with each material and where: all that `build` would say. Nothing is written.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  patra check notes.md")]
pub(crate) struct Check {
    /// Sources, as for `build`
    #[arg(value_name = "FILE|DIR", required = true)]
    pub(crate) inputs: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) deck: Given<DeckArguments>,

    #[command(flatten)]
    pub(crate) report: ReportArguments,
}

/// Says what importing the deck of each material will do: which notes are new, updated, unchanged and retired since the
/// last build, and what is at risk. With a learner's collection, what will become of their notes.
///
/// Nothing is written: the lock stays as it is, and the collection is read from a copy, so that Anki may be open.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  patra plan notes.md
  patra plan notes.md --collection ~/.local/share/Anki2/'User 1'/collection.anki2
  patra plan notes.md --json")]
pub(crate) struct Plan {
    /// Sources, as for `build`
    #[arg(value_name = "FILE|DIR", required = true)]
    pub(crate) inputs: Vec<PathBuf>,

    /// A learner's collection, the file collection.anki2 in the folder of a profile
    #[arg(short, long, value_name = "PATH")]
    pub(crate) collection: Option<PathBuf>,

    /// Where `build` writes: where a lock is lost, the deck there tells what learners have
    #[arg(short, long, value_name = "OUT", default_value = "patra-out")]
    pub(crate) out: PathBuf,

    /// Every note, as JSON
    #[arg(long, conflicts_with = "format")]
    pub(crate) json: bool,

    #[command(flatten)]
    pub(crate) deck: Given<DeckArguments>,

    #[command(flatten)]
    pub(crate) report: ReportArguments,
}

/// Brings what was edited in a spreadsheet back into the source that the sheets were made from.
///
/// Rows are told by their ids. Of the source no more is changed than it takes; all else stays byte for byte. What a
/// spreadsheet has altered of itself, a cell that the source has changed too, and cells that follow from others are
/// refused, each with its place, and then nothing is written.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  patra merge patra-out/notes/workbook.xlsx notes.md
  patra merge patra-out/notes/sheets notes.md --dry-run
  patra merge terms.csv notes.md --base patra-out/notes/workbook.xlsx --keep")]
pub(crate) struct Merge {
    /// The edited sheets: a workbook (.xlsx), a file of CSV, or a folder of such files
    #[arg(value_name = "SHEETS")]
    pub(crate) sheets: PathBuf,

    /// The source: patra's Markdown, or its stored form
    #[arg(value_name = "SOURCE")]
    pub(crate) source: PathBuf,

    /// The sheets as they were before they were edited, as `build` wrote them. A workbook knows what its cells held, and so
    /// does the folder of the sheets; a single file of CSV doesn't, so that it is compared with the source alone
    #[arg(long, value_name = "SHEETS")]
    pub(crate) base: Option<PathBuf>,

    /// Take out of the source what was deleted in the sheets; without it, a person at a terminal is asked
    #[arg(long, conflicts_with = "keep")]
    pub(crate) delete: bool,

    /// Leave in the source what was deleted in the sheets
    #[arg(long)]
    pub(crate) keep: bool,

    /// Say what would be changed; write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Makes a source in patra's Markdown of what a teacher has: text pasted from the web, a page of HTML that was saved or
/// exported from Word or Google Docs, or any other form that patra reads.
///
/// Every guess is counted, and said with its line and its reason by `--explain`; of a page, what is left out around its
/// article too. No word is lost. Without -o the source goes to standard output; with it, pictures go beside it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  patra import article.txt -o notes.hi.md
  patra import page.html -o course/notes.hi.md --explain
  patra import page.html | less")]
pub(crate) struct Import {
    /// A source, as for `build`
    #[arg(value_name = "FILE")]
    pub(crate) input: PathBuf,

    /// The file to write; its folder gets the pictures
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,

    /// Say every guess, where it was made and why
    #[arg(long)]
    pub(crate) explain: bool,

    /// Overwrite files that are there
    #[arg(long)]
    pub(crate) force: bool,
}

/// Writes the ids that would be derived, `{#its-id}`, into sources in patra's Markdown: after sections, terms, questions and all
/// else that can carry one. Whatever is reworded from then on stays the same thing to learners.
///
/// Nothing else is changed, to the byte. Without `--write`, says which ids it would write, and where.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  patra ids notes.md
  patra ids --write notes.md
  patra ids --write --renamed notes.md")]
pub(crate) struct Ids {
    /// Sources in patra's Markdown; of a folder, all such files directly in it
    #[arg(value_name = "FILE|DIR", required = true)]
    pub(crate) inputs: Vec<PathBuf>,

    /// Write them; without it, they are listed
    #[arg(long)]
    pub(crate) write: bool,

    /// Give what seems to have been renamed since the last build, by patra.lock, the id that it had: learners' reviews go on
    #[arg(long)]
    pub(crate) renamed: bool,
}

/// Says what the code of a problem means, how it comes about and how to mend it. Without a code, lists all.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  patra explain P0035
  patra explain --lang hi P0035")]
pub(crate) struct Explain {
    /// Codes, such as P0035
    #[arg(value_name = "CODE")]
    pub(crate) codes: Vec<String>,
}

/// Writes a material in another form to standard output.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("form").required(true).multiple(false))]
#[command(after_help = "Example:
  patra export --json notes.md > notes.json")]
pub(crate) struct Export {
    /// patra's stored form, which every patra command reads back
    #[arg(long, group = "form")]
    pub(crate) json: bool,

    /// The stored form in YAML, which every patra command reads back too
    #[arg(long, group = "form")]
    pub(crate) yaml: bool,

    /// patra's Markdown, to go on writing in: what was guessed of a pasted text stands in it
    #[arg(long, group = "form")]
    pub(crate) markdown: bool,

    /// The JSON Schema (draft 2020-12) of the stored form, for editors and other programs; no source is named
    #[arg(long, group = "form")]
    pub(crate) schema: bool,

    /// A source, as for `build`
    #[arg(value_name = "FILE", required_unless_present = "schema", conflicts_with = "schema")]
    pub(crate) input: Option<PathBuf>,
}

/// What can be made of a material.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// handout.pdf, worksheet.pdf, answers.pdf and cards.pdf
    Pdf,
    /// deck.apkg
    Anki,
    /// sheets/*.csv with sheets/datapackage.json, and workbook.xlsx
    Sheets,
    /// parquet/*.parquet with parquet/datapackage.json: the sheets in columns, for data-frame programs
    #[cfg(feature = "parquet")]
    Parquet,
    /// quiz/moodle.xml, quiz/gift.txt and quiz/qti.zip (QTI 2.1), for learning systems
    Quiz,
}

/// What is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Paper {
    /// handout.pdf: all that the material says, to read
    Handout,
    /// worksheet.pdf: exercises to write on
    Worksheet,
    /// answers.pdf: the key to the worksheet
    Answers,
    /// cards.pdf: cards to cut out, printed on both sides
    Cards,
    /// booklet.pdf: the handout, two pages a side of a sheet, to fold and staple
    Booklet,
}

/// The size of a sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Sheet {
    /// 210 mm × 297 mm
    #[default]
    A4,
    /// 8.5 in × 11 in
    Letter,
    /// 8.5 in × 14 in
    Legal,
    /// 148 mm × 210 mm
    A5,
}

/// Whether a handout has a table of contents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Contents {
    /// Where it is long
    #[default]
    Auto,
    /// Wherever it has a section
    Always,
    /// Never
    Never,
}

/// Over which edge a printer turns an upright sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Flip {
    /// As a page of a book is turned
    LongEdge,
    /// As a page of a wall calendar is turned
    ShortEdge,
}

impl Format {
    /// Whether it is made where these are asked for; without any, all is that a person needs to learn and to teach.
    pub(crate) fn is_among(self, asked: &[Format]) -> bool {
        let usual = matches!(self, Format::Pdf | Format::Anki | Format::Sheets);
        if asked.is_empty() { usual } else { asked.contains(&self) }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn a_back_offset_is_two_numbers_of_millimetres() {
        assert_eq!(back_offset("1.5,-0.5"), Ok((1.5, -0.5)));
        assert_eq!(back_offset("0, 8"), Ok((0.0, 8.0)));
        for wrong in ["1.5", "8.1,0", "0,-9", "nan,0", "inf,0", "a,b", "1,2,3", ""] {
            assert!(back_offset(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn margins_are_one_number_or_three() {
        assert_eq!(margins("20"), Ok([20.0; 3]));
        assert_eq!(margins("25, 20,15.5"), Ok([25.0, 20.0, 15.5]));
        for wrong in ["", "9", "61", "20,20", "20,20,20,20", "nan", "20mm"] {
            assert!(margins(wrong).is_err(), "{wrong}");
        }
        assert_eq!(binding("10"), Ok(10.0));
        assert_eq!(creep("1.5"), Ok(1.5));
        assert!(creep("-1").is_err() && creep("5.1").is_err() && creep("nan").is_err());
        assert!(binding("-1").is_err() && binding("31").is_err() && binding("inf").is_err());
    }

    #[test]
    fn the_description_of_the_arguments_is_sound() {
        Arguments::command().debug_assert();
    }
}
