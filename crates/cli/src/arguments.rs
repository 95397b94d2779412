//! What the command understands.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use patra_core::Locale;

use crate::option_arguments::{DeckGroup, EveryGroup, OptionArguments};

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
/// after its language as in notes.hi.md, goes to OUT/<id>/<language>/. A material with an error is left as it was, all editions of it, and the others are written.
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
    /// Sources: patra's Markdown (.md, .markdown), text pasted from the web (.txt), a page of HTML (.html, .htm), a
    /// document of Word's (.docx) or patra's stored form (.json, .yaml, .yml); of a folder, all such files directly in it; where it has a patra.toml, it is a
    /// book, one material, whose file may say what the options below say. Without any, the course that comes with patra
    #[arg(value_name = "FILE|DIR")]
    pub(crate) inputs: Vec<PathBuf>,

    /// Where to write
    #[arg(short, long, value_name = "OUT", default_value = "patra-out")]
    pub(crate) out: PathBuf,

    /// How many materials to work on at a time [default: as many as there are processors]
    #[arg(short, long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,

    /// Write nothing where any material has an error
    #[arg(long)]
    pub(crate) fail_fast: bool,

    #[command(flatten)]
    pub(crate) options: OptionArguments<EveryGroup>,

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

/// Says what is wrong with each material and where: all that `build` would say. Nothing is written.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  patra check notes.md")]
pub(crate) struct Check {
    /// Sources, as for `build`
    #[arg(value_name = "FILE|DIR", required = true)]
    pub(crate) inputs: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) options: OptionArguments<DeckGroup>,

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
    pub(crate) options: OptionArguments<DeckGroup>,

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

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_description_of_the_arguments_is_sound() {
        Arguments::command().debug_assert();
    }
}
