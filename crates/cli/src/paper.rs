//! How papers are printed, as the arguments and the files that they name say.

use std::path::Path;

use patra_core::{Source, phrase};
use patra_options::PaperOptions;
use patra_pdf::{FontFile, Theme};
use patra_source::{Decoded, decode, read_file};

use crate::report::Report;
use patra_build::exit::Exit;
use patra_build::input::{Failure, Verb};

/// The theme and the fonts that the arguments name, each read once, so that what is wrong with it is told once; `None` where
/// they can't be had, which has been reported.
pub(crate) fn files(papers: &PaperOptions, report: &mut Report) -> Option<(Theme, Vec<FontFile>)> {
    Some((theme(papers, report)?, fonts(papers, report)?))
}

/// The fonts that the arguments name; all that is wrong with them is reported.
fn fonts(papers: &PaperOptions, report: &mut Report) -> Option<Vec<FontFile>> {
    let mut fonts = Vec::with_capacity(papers.fonts.len());
    for path in &papers.fonts {
        match read_file(path) {
            Ok(bytes) => match FontFile::read(&path.display().to_string(), bytes) {
                Ok(font) => fonts.push(font),
                Err(problem) => {
                    report.failure(&Failure { message: problem.message, hint: problem.hint, exit: Exit::File });
                }
            },
            Err(error) => report.failure(&Failure::file(Verb::Read, path, &error)),
        }
    }
    (!report.has_errors()).then_some(fonts)
}

/// The theme that the arguments name: one that comes with patra, or a file.
fn theme(papers: &PaperOptions, report: &mut Report) -> Option<Theme> {
    if let Some(theme) = papers.theme.to_str().and_then(Theme::named) {
        return Some(theme);
    }
    let path = Path::new(&papers.theme);
    let name = path.display().to_string();
    let bytes = match read_file(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let mut failure = Failure::file(Verb::Read, path, &error);
            if error.kind() == std::io::ErrorKind::NotFound {
                let names = Theme::NAMES.map(|name| format!("`{name}`")).join(", ");
                failure.hint = Some(phrase!("`--theme` takes a file, or one of {$names}", names));
            }
            report.failure(&failure);
            return None;
        }
    };
    let Decoded { source, problem } = decode(bytes);
    if let Some(problem) = problem {
        report.diagnostic(&name, &source, &problem);
        return None;
    }
    read(&name, &source, report)
}

fn read(name: &str, source: &Source, report: &mut Report) -> Option<Theme> {
    match Theme::read(source) {
        Ok(read) => {
            read.warnings.iter().for_each(|problem| report.diagnostic(name, source, problem));
            Some(read.output)
        }
        Err(problems) => {
            problems.iter().for_each(|problem| report.diagnostic(name, source, problem));
            None
        }
    }
}
