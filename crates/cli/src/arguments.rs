//! What the command understands.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Makes a printable handout, a deck of flashcards and sheets of data from one source of study material.
#[derive(Debug, Parser)]
#[command(name = "patra", bin_name = "patra", version, disable_help_subcommand = true, max_term_width = 100)]
#[command(after_help = "Examples:
  patra build                      the course that comes with patra, in Hindi and in English
  patra build notes.md             patra-out/<id>/ with handout.pdf, deck.apkg, sheets/, …
  patra build bpo.hi.md bpo.en.md  two editions of one material
  patra check notes.md             what is wrong with it, and where

Exit codes:
  0  done
  1  the material has errors
  2  wrong usage
  3  a file could not be read or written")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make the handout, the deck and the sheets
    Build(Build),
    /// Say what is wrong with a material and where; write nothing
    Check(Check),
    /// Write a material in another form to standard output
    Export(Export),
}

/// Makes the handout, the deck and the sheets of each material.
///
/// They are written to OUT/<id of the material>/: handout.pdf, deck.apkg, sheets/*.csv with sheets/datapackage.json,
/// workbook.xlsx and material.json; with `--only quiz`, a quiz for learning systems. An edition, which is a file named
/// after its language as in notes.hi.md, goes to OUT/<id>/<language>/. If any material has an error, nothing is written at all.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  patra build
  patra build notes.md -o printed
  patra build course/ --only pdf,anki --jobs 4")]
pub(crate) struct Build {
    /// Sources: patra's Markdown (.md, .markdown), text pasted from the web (.txt) or patra's stored form (.json);
    /// of a folder, all such files directly in it. Without any, the course that comes with patra
    #[arg(value_name = "FILE|DIR")]
    pub(crate) inputs: Vec<PathBuf>,

    /// Where to write
    #[arg(short, long, value_name = "OUT", default_value = "patra-out")]
    pub(crate) out: PathBuf,

    /// What to make, beside material.json, which is always made; without it, everything but the quiz
    #[arg(long, value_name = "FORMATS", value_enum, value_delimiter = ',')]
    pub(crate) only: Vec<Format>,

    /// How many materials to work on at a time [default: as many as there are processors]
    #[arg(short, long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
}

/// Says what is wrong with each material and where: all that `build` would say. Nothing is written.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  patra check notes.md")]
pub(crate) struct Check {
    /// Sources, as for `build`
    #[arg(value_name = "FILE|DIR", required = true)]
    pub(crate) inputs: Vec<PathBuf>,
}

/// Writes a material in another form to standard output.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  patra export --json notes.md > notes.json")]
pub(crate) struct Export {
    /// patra's stored form, which every patra command reads back
    #[arg(long, required_unless_present = "markdown")]
    pub(crate) json: bool,

    /// patra's Markdown, to go on writing in: what was guessed of a pasted text stands in it
    #[arg(long, conflicts_with = "json")]
    pub(crate) markdown: bool,

    /// A source, as for `build`
    #[arg(value_name = "FILE")]
    pub(crate) input: PathBuf,
}

/// What can be made of a material.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// handout.pdf
    Pdf,
    /// deck.apkg
    Anki,
    /// sheets/*.csv with sheets/datapackage.json, and workbook.xlsx
    Sheets,
    /// quiz/moodle.xml, quiz/gift.txt and quiz/qti.zip (QTI 2.1), for learning systems
    Quiz,
}

impl Format {
    /// Whether it is made where nothing is asked for.
    pub(crate) fn is_usual(self) -> bool {
        self != Format::Quiz
    }
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
