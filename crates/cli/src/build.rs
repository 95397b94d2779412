//! Builds, as the arguments ask for them and the terminal shows them.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use indicatif::{ProgressBar, ProgressFinish, ProgressStyle};
use patra_build::build::{BuildPlan, Written, build};
use patra_build::exit::Exit;
use patra_build::input::{Failure, Found, find};
use patra_build::listener::{Listener, Stage};
use patra_build::settings::CallOptions;
use patra_core::{Diagnostic, SourceMap, phrase};
use patra_options::{Format, Options};

use crate::arguments::Build;
use crate::paper;
use crate::report::{Report, Voice};
use crate::summary::tell;

/// Makes the files of all materials and writes them, or says what is wrong and writes nothing.
pub fn run(arguments: &Build, voice: Voice) -> Exit {
    let mut report = Report::new(voice);
    let given = &arguments.options.assignments;
    let options = Options::of(&[given]);
    if options.papers.papers.is_some() && !options.formats().contains(&Format::Pdf) {
        report.failure(&Failure {
            message: phrase!("`--paper` asks for papers, and `--only` for none"),
            hint: Some(phrase!("add `pdf` to `--only`, or leave one of the two out")),
            exit: Exit::Usage,
        });
        return report.finish();
    }
    let Some((theme, fonts)) = paper::files(&options.papers, &mut report) else { return report.finish() };
    let call = CallOptions::new(given.clone(), theme, fonts);
    match find(&arguments.inputs) {
        Ok(Found { inputs, passed_over }) => {
            report.passed_over(&passed_over);
            // For a book the problem may be another, or none.
            let plain = inputs.iter().any(|input| input.as_book().is_none());
            if let Some(problem) = call.problem().filter(|_| plain) {
                report.failure(&Failure { message: problem.message, hint: problem.hint, exit: Exit::Usage });
                return report.finish();
            }
            let plan = BuildPlan {
                options: &call,
                out: Some(&arguments.out),
                advice: false,
                jobs: arguments.jobs,
                fail_fast: arguments.fail_fast,
                cancelled: &AtomicBool::new(false),
            };
            build(inputs, &plan, &mut report);
        }
        Err(failures) => failures.iter().for_each(|failure| report.failure(failure)),
    }
    report.finish()
}

impl Listener for Report {
    /// Shows a bar on standard error; nothing where that is no terminal.
    fn started(&mut self, stage: Stage, materials: usize) -> Box<dyn Fn() + Sync> {
        let verb = match stage {
            Stage::Reading => "reading",
            Stage::Making => "making",
        };
        let bar = ProgressBar::new(materials as u64).with_message(verb).with_finish(ProgressFinish::AndClear);
        if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len}") {
            bar.set_style(style.progress_chars("=> "));
        }
        Box::new(move || bar.inc(1))
    }

    fn waiting(&mut self, folder: &Path, process: Option<u32>) {
        let folder = folder.display().to_string();
        self.say(&match process {
            Some(process) => phrase!("waiting for process {$process}, which builds in `{$folder}`", process, folder),
            None => phrase!("waiting for another process, which builds in `{$folder}`", folder),
        });
    }

    fn problem(&mut self, sources: &SourceMap, diagnostic: &Diagnostic) {
        Report::problem(self, sources, diagnostic);
    }

    fn failed(&mut self, failure: &Failure) {
        self.failure(failure);
    }

    fn written(&mut self, written: &[Written], materials: usize, unkept: &[&Path]) {
        tell(&mut self.listener(), written, unkept, self.voice());
        if written.len() < materials {
            self.say(&phrase!(
                "{$written} of {$all} materials were written; the others have errors and were left as they were",
                written = written.len(),
                all = materials
            ));
        }
    }
}
