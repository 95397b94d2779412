//! The `patra` command, as a library, so that other programs (the Python package among them) can run it in-process.
//!
//! ```
//! let exit = patra_cli::run(["patra", "--version"].map(Into::into));
//! assert_eq!(exit.code(), 0);
//! ```
//!
//! Start reading at [`run`]. The way from sources to files is the crate patra-build; here are `arguments` and `option_arguments`, a
//! module for each command, and what a person or a program is shown: `report` has the problems, `summary` the files written and
//! `outlook` the changes that `plan` foresees. `merge` brings edited sheets back into a source, `import` makes one of what a teacher has.

mod arguments;
mod build;
mod check;
mod explain;
mod export;
mod ids;
mod import;
mod merge;
mod option_arguments;
mod outlook;
mod paper;
mod plan;
mod record;
mod report;
mod sarif;
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

pub use patra_build::book::{Book, EarlierBuilds, MaterialSource, SourceError, SourceFiles, make_material, sources_in};
pub use patra_build::course::EDITIONS;
pub use patra_build::exit::Exit;
pub use patra_build::register::register;
pub use patra_build::settings::CallOptions;

/// Runs the command with these arguments, the first of which is the program's name; it writes to the process's standard
/// output and standard error, and never ends the process.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    patra_build::pool::deep(|| command(arguments.clone()))
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
