//! Checks: every problem, and nothing written.

use crate::arguments::Check;
use crate::build::{Wanted, work};
use crate::exit::Exit;
use crate::input::gather;
use crate::report::{Report, Voice};
use crate::settings::Asked;

/// Says what is wrong with the sources: all that a build would say, which is why everything is made, in memory; and what
/// could be asked better.
pub(crate) fn run(arguments: &Check, voice: Voice) -> Exit {
    let mut report = Report::new(voice);
    match gather(&arguments.inputs) {
        Ok(inputs) => {
            let asked = Asked::of_deck(&arguments.deck);
            let wanted = Wanted { formats: &[], asked: &asked, out: None, advice: true, jobs: None };
            work(inputs, &wanted, &mut report);
        }
        Err(failures) => failures.iter().for_each(|failure| report.failure(failure)),
    }
    report.finish()
}
