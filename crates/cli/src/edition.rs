//! Editions: materials of one id in several languages, of which a deck may show one beside its own.

use patra_anki::Translation;
use patra_core::{Material, phrase};

use crate::exit::Exit;
use crate::input::Failure;
use crate::load::Loaded;

/// For each source the edition that its deck shows beside it: the first, in the order of the sources, of the same material
/// in another language. A source without one is a failure: a deck that learners have would lose its translations if it were
/// made without. Each source has a material: where one has errors, those are told first.
pub(crate) fn translations(sources: &[&Loaded]) -> Result<Vec<Translation>, Vec<Failure>> {
    let mut found = Vec::new();
    let mut failures = Vec::new();
    for source in sources {
        let Some(material) = &source.material else { continue };
        let is_other = |other: &&Material| other.id == material.id && other.language != material.language;
        match sources.iter().filter_map(|other| other.material.as_ref()).find(is_other) {
            Some(other) => found.push(Translation::of(other)),
            None => failures.push(Failure {
                message: phrase!(
                    "`--translation`: no other edition of `{$id}` is named, to be shown beside `{$source}`",
                    id = material.id,
                    source = source.input.name
                ),
                hint: Some(phrase!(
                    "name a source with the id `{$id}` in another language as well, or leave `--translation` out",
                    id = material.id
                )),
                exit: Exit::Usage,
            }),
        }
    }
    if failures.is_empty() { Ok(found) } else { Err(failures) }
}
