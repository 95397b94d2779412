//! Editions: materials of one id in several languages, of which a deck may show one beside its own, and a handout too.

use patra_anki::Translation;
use patra_core::{Material, phrase};
use patra_pdf::Edition;
use patra_source::pictures;

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

/// For each source the edition that is set beside it in a handout of two columns: for the first of a material's editions the
/// next in another language, and for the others none, which are in it or told with it. A source without another edition is a
/// failure. Each source has a material.
pub(crate) fn besides(sources: &[&Loaded]) -> Result<Vec<Option<Edition>>, Vec<Failure>> {
    let mut found = Vec::new();
    let mut failures = Vec::new();
    for (at, source) in sources.iter().enumerate() {
        let Some(material) = &source.material else { continue };
        let is_other = |other: &Material| other.id == material.id && other.language != material.language;
        let others = sources.iter().enumerate().filter(|(_, other)| other.material.as_ref().is_some_and(is_other));
        let mut others = others.peekable();
        match others.peek() {
            None => failures.push(Failure {
                message: phrase!(
                    "`--bilingual`: no other edition of `{$id}` is named, to be set beside `{$source}`",
                    id = material.id,
                    source = source.input.name
                ),
                hint: Some(phrase!(
                    "name a source with the id `{$id}` in another language as well, or leave `--bilingual` out",
                    id = material.id
                )),
                exit: Exit::Usage,
            }),
            // Another comes before it.
            Some((first, _)) if *first < at => found.push(None),
            Some((_, other)) => found.push(other.material.as_ref().map(|second| {
                let (media, _) = pictures(second, other.input.folder(), &other.media);
                Edition::new(second.clone(), media)
            })),
        }
    }
    if failures.is_empty() { Ok(found) } else { Err(failures) }
}
