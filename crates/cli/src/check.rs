//! Checks: every problem, and nothing written.

use std::sync::atomic::AtomicBool;

use patra_pdf::Theme;

use crate::arguments::Check;
use crate::report::{Report, Voice};
use patra_build::build::{BuildPlan, build};
use patra_build::exit::Exit;
use patra_build::input::{Found, find};
use patra_build::settings::CallOptions;

/// Says what is wrong with the sources: all that a build would say, which is why everything is made, in memory; and what
/// could be asked better.
pub(crate) fn run(arguments: &Check, voice: Voice) -> Exit {
    let mut report = Report::new(voice);
    match find(&arguments.inputs) {
        Ok(Found { inputs, passed_over }) => {
            report.passed_over(&passed_over);
            let call = CallOptions::new(arguments.options.assignments.clone(), Theme::default(), Vec::new());
            let plan = BuildPlan {
                options: &call,
                out: None,
                advice: true,
                jobs: None,
                fail_fast: false,
                cancelled: &AtomicBool::new(false),
            };
            build(inputs, &plan, &mut report);
        }
        Err(failures) => failures.iter().for_each(|failure| report.failure(failure)),
    }
    report.finish()
}
