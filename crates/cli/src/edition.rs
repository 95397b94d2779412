//! Editions: materials of one id in several languages, of which a deck may show one beside its own, and a handout too.

use patra_anki::Translation;
use patra_core::{Material, phrase};
use patra_pdf::Edition;
use patra_source::pictures;

use crate::exit::Exit;
use crate::input::Failure;
use crate::load::Loaded;
use crate::settings::Asked;

/// For each source whose deck is to show another edition that edition: the first, in the order of the sources, of the same
/// material in another language. A source without one is a failure: a deck that learners have would lose its translations if it were
/// made without. Each source has a material: where one has errors, those are told first.
pub(crate) fn translations(sources: &[&Loaded], asked: &Asked) -> Result<Vec<Option<Translation>>, Vec<Failure>> {
    let mut found = Vec::new();
    let mut failures = Vec::new();
    for source in sources {
        let Some(material) = &source.material else { continue };
        if !asked.of(source).deck.translation {
            found.push(None);
            continue;
        }
        match others(sources, material).next() {
            Some((_, _, other)) => found.push(Some(Translation::of(other))),
            None => failures.push(alone(&asked.name_of("translation"), material, source)),
        }
    }
    if failures.is_empty() { Ok(found) } else { Err(failures) }
}

/// For each source the edition that is set beside it in a handout of two columns: for the first of a material's editions the
/// next in another language, and for the others none, which are in it or told with it. It is made where one of them asks for
/// it, and one that asks and is alone is a failure. Each source has a material.
pub(crate) fn besides(sources: &[&Loaded], asked: &Asked) -> Result<Vec<Option<Edition>>, Vec<Failure>> {
    let asks = |source: &Loaded| asked.of(source).papers.bilingual;
    let mut found = Vec::new();
    let mut failures = Vec::new();
    for (at, source) in sources.iter().enumerate() {
        let Some(material) = &source.material else { continue };
        let asked_for = asks(source) || others(sources, material).any(|(_, other, _)| asks(other));
        match others(sources, material).next() {
            None if asked_for => failures.push(alone(&asked.name_of("bilingual"), material, source)),
            // None comes before it.
            Some((first, other, second)) if asked_for && first > at => {
                let (media, _) = pictures(second, other.input.folder(), &other.media);
                found.push(Some(Edition::new(second.clone(), media)));
            }
            _ => found.push(None),
        }
    }
    if failures.is_empty() { Ok(found) } else { Err(failures) }
}

/// The sources of the same material in other languages, in their order, each with its place in it.
fn others<'a>(
    sources: &'a [&Loaded],
    material: &'a Material,
) -> impl Iterator<Item = (usize, &'a Loaded, &'a Material)> {
    sources.iter().enumerate().filter_map(|(at, other)| {
        let edition = other.material.as_ref()?;
        (edition.id == material.id && edition.language != material.language).then_some((at, *other, edition))
    })
}

/// That an option wants another edition than the source's, and none is named.
fn alone(option: &str, material: &Material, source: &Loaded) -> Failure {
    Failure {
        message: phrase!(
            "`{$option}`: no other edition of `{$id}` is named, to stand beside `{$source}`",
            option,
            id = material.id,
            source = source.input.name
        ),
        hint: Some(phrase!(
            "name a source with the id `{$id}` in another language as well, or leave `{$option}` out",
            id = material.id,
            option
        )),
        exit: Exit::Usage,
    }
}
