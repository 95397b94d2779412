//! The `patra` command, as a library, so that other programs (the Python package among them) can run it in-process.
//!
//! ```
//! let exit = patra_cli::run(["patra", "--version"].map(Into::into));
//! assert_eq!(exit.code(), 0);
//! ```
//!
//! Start reading at [`run`]. A build goes through the modules in this order: `arguments`, `input` (which files),
//! `load` (files to models, by the crate patra-source), `settings` (how files are made, by the options of `option_arguments` and of a book), `edition` (what a deck shows beside its own language), `lock` (what
//! decks have handed out), `paper` (how papers are printed), `make` (model to files in memory; `register` tells the sheets of the deck), `build` (over all
//! materials), `deliver` (memory to disk); `report` shows problems, `summary` what was written and `outlook` what `plan`
//! foresees. `merge` brings edited sheets back into a source, `import` makes one of what a teacher has.

mod arguments;
mod book;
mod build;
mod check;
mod course;
mod deliver;
mod edition;
mod exit;
mod explain;
mod export;
mod folder_lock;
mod ids;
mod import;
mod input;
mod journal;
mod load;
mod lock;
mod make;
mod merge;
mod option_arguments;
mod outlook;
mod paper;
mod plan;
mod progress;
mod record;
mod register;
mod replace;
mod report;
mod sarif;
mod settings;
mod summary;
mod tally;
mod usage;
mod visible;

use std::ffi::OsString;

use clap::{CommandFactory, FromArgMatches};
use patra_core::Locale;

use arguments::{Arguments, Command, ReportForm};
use option_arguments::in_language;
use report::{Report, Voice};

pub use book::{Book, EarlierBuilds, MaterialSource, SourceError, SourceFiles, make_material, sources_in};
pub use course::EDITIONS;
pub use exit::Exit;
pub use register::register;
pub use settings::CallOptions;

/// Runs the command with these arguments, the first of which is the program's name; it writes to the process's standard
/// output and standard error, and never ends the process.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    progress::deep(|| command(arguments.clone()))
}

fn command(arguments: Vec<OsString>) -> Exit {
    let locale = usage::locale(&arguments);
    let command = in_language(Arguments::command(), locale);
    let parsed = command.try_get_matches_from(arguments).and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(answer) => {
            if let Some(failure) = usage::failure(&answer).filter(|_| locale != Locale::English) {
                let mut report = Report::new(Voice { locale, form: ReportForm::Human });
                report.failure(&failure);
                return report.finish();
            }
            // Help and the version come this way too. A reader of them that has gone away is no failure.
            let _ = answer.print();
            return if answer.use_stderr() { Exit::Usage } else { Exit::Done };
        }
    };
    let locale = arguments.lang.unwrap_or(locale);
    let voice = |form: ReportForm| Voice { locale, form };
    match arguments.command {
        Command::Build(arguments) => build::run(&arguments, voice(arguments.report.format)),
        Command::Check(arguments) => check::run(&arguments, voice(arguments.report.format)),
        Command::Plan(arguments) => plan::run(&arguments, voice(arguments.report.format)),
        Command::Merge(arguments) => merge::run(&arguments, voice(ReportForm::Human)),
        Command::Import(arguments) => import::run(&arguments, voice(ReportForm::Human)),
        Command::Ids(arguments) => ids::run(&arguments, voice(ReportForm::Human)),
        Command::Explain(arguments) => explain::run(&arguments, voice(ReportForm::Human)),
        Command::Export(arguments) => export::run(&arguments, voice(ReportForm::Human)),
    }
}
