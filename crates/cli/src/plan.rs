//! Plans: what importing decks will do, and nothing written.

use std::io::{self, Write};
use std::path::Path;

use patra_anki::{Collection, ErrorKind};
use patra_core::{Phrase, Practice, Severity};
use patra_pdf::Theme;
use patra_source::files;

use crate::arguments::Plan;
use crate::outlook::{Outlook, json, tell};
use crate::report::{Report, Voice};
use patra_build::build::folder_of;
use patra_build::edition::translations;
use patra_build::exit::Exit;
use patra_build::input::{Failure, gather};
use patra_build::load::{Loaded, load};
use patra_build::lock::Locks;
use patra_build::make::{DECK, deck_options, tidy};
use patra_build::settings::CallOptions;

/// Says what importing the decks of the sources will do. What is wrong with a source is reported as by a build.
pub(crate) fn run(arguments: &Plan, voice: Voice) -> Exit {
    let mut report = Report::new(voice);
    if let Err(failures) = plan(arguments, &mut report) {
        failures.iter().for_each(|failure| report.failure(failure));
    }
    report.finish()
}

fn plan(arguments: &Plan, report: &mut Report) -> Result<(), Vec<Failure>> {
    let inputs = gather(&arguments.inputs)?;
    let locks = Locks::read(inputs.iter().filter_map(|input| input.folder()))?;
    let collection = arguments.collection.as_deref().map(open).transpose().map_err(|failure| vec![failure])?;
    let call = CallOptions::new(arguments.options.assignments.clone(), Theme::default(), Vec::new());
    let all = inputs.into_iter().map(|input| load(input).map(|loaded| call.resolve(loaded.unpacked())));
    let all = all.collect::<Result<Vec<Loaded>, Failure>>().map_err(|failure| vec![failure])?;
    // An edition with errors is told of first, as by a build.
    let sound = all.iter().all(|loaded| loaded.sound().is_some());
    let translations = if sound { translations(&all.iter().collect::<Vec<_>>(), &call)? } else { Vec::new() };
    let mut translations = translations.into_iter();
    let mut outlooks = Vec::new();
    for mut loaded in all {
        let translation = translations.next().flatten();
        if let Some(material) = loaded.sound() {
            let folder = loaded.input.folder();
            let (media, mut problems) = files(material, folder, &loaded.media);
            let made = folder_of(&loaded, &arguments.out).join(DECK);
            let locked = locks.of(folder, material, Some(&made));
            let has_lock = locked.lock.as_ref().is_some_and(|lock| lock.knows(material));
            let mut options = deck_options(&media, locked, &call.of(&loaded).options.deck, translation);
            options.media.extend(loaded.media.iter().map(|(name, bytes)| (name.clone(), bytes.clone().into())));
            match patra_anki::plan(material, &Practice::of(material), &options, collection.as_ref()) {
                Ok(planned) => {
                    problems.extend(planned.warnings);
                    outlooks.push(Outlook {
                        name: loaded.input.name.clone(),
                        material: material.id.to_string(),
                        language: material.language.to_string(),
                        has_lock,
                        plan: planned.output,
                    });
                }
                Err(error) => {
                    if !error.diagnostics().iter().any(|problem| problem.severity() == Severity::Error) {
                        let (message, exit) = match error.kind() {
                            ErrorKind::LearnerCollection(error) => (error.message(), Exit::File),
                            _ => (Phrase::verbatim(error.to_string()), Exit::Material),
                        };
                        return Err(vec![Failure { message, hint: None, exit }]);
                    }
                    problems.extend(error.diagnostics().iter().cloned());
                }
            }
            loaded.diagnostics.append(&mut problems);
            tidy(&mut loaded.diagnostics);
        }
        for diagnostic in &loaded.diagnostics {
            report.problem(&loaded.sources, diagnostic);
        }
    }
    if report.has_errors() {
        return Ok(());
    }
    let mut out = report.listener();
    let told = if arguments.json { json(&mut out, &outlooks) } else { tell(&mut out, &outlooks, report.voice()) };
    match told.and_then(|()| out.flush()) {
        // Whoever read it has read enough.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(vec![Failure::output(&error)]),
        _ => Ok(()),
    }
}

fn open(path: &Path) -> Result<Collection, Failure> {
    Collection::open(path).map_err(|error| Failure { message: error.message(), hint: error.hint(), exit: Exit::File })
}
