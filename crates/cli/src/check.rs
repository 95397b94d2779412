//! Checks: every problem, and nothing written.

use patra_pdf::Theme;

use crate::arguments::Check;
use crate::build::{Wanted, work};
use crate::exit::Exit;
use crate::input::{Found, find};
use crate::report::{Report, Voice};
use crate::settings::CallOptions;

/// Says what is wrong with the sources: all that a build would say, which is why everything is made, in memory; and what
/// could be asked better.
pub(crate) fn run(arguments: &Check, voice: Voice) -> Exit {
    let mut report = Report::new(voice);
    match find(&arguments.inputs) {
        Ok(Found { inputs, passed_over }) => {
            report.passed_over(&passed_over);
            let call = CallOptions::new(arguments.options.assignments.clone(), Theme::default(), Vec::new());
            let wanted = Wanted {
                formats: call.formats(),
                options: &call,
                out: None,
                advice: true,
                jobs: None,
                fail_fast: false,
            };
            work(inputs, &wanted, &mut report);
        }
        Err(failures) => failures.iter().for_each(|failure| report.failure(failure)),
    }
    report.finish()
}
