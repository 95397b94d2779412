//! Editions: materials of one id in several languages, of which a deck may show one beside its own, and a handout too.

use patra_anki::Translation;
use patra_core::{Material, phrase};
use patra_pdf::Edition;
use patra_source::pictures;

use crate::exit::Exit;
use crate::input::Failure;
use crate::load::Loaded;
use crate::settings::CallOptions;

/// The editions that are shown beside a material.
#[derive(Default)]
pub struct Editions {
    /// The one that the deck shows.
    pub translation: Option<Translation>,
    /// The one in the second column of a handout.
    pub beside: Option<Edition>,
}

/// For each source the edition that its deck shows beside it, where it is to show one. Each source has a material: where one
/// has errors, those are told first.
pub fn translations(sources: &[&Loaded], options: &CallOptions) -> Result<Vec<Option<Translation>>, Vec<Failure>> {
    all(sources.len(), |at| translation(sources, at, options))
}

/// That edition for one of the sources: the first, in their order, of the same material in another language. Where there is
/// none, that is a failure: a deck that learners have would lose its translations if it were made without.
pub fn translation(sources: &[&Loaded], at: usize, options: &CallOptions) -> Result<Option<Translation>, Failure> {
    let source = sources[at];
    let Some(material) = source.material.as_ref().filter(|_| options.of(source).options.deck.translation) else {
        return Ok(None);
    };
    let (_, _, other) =
        others(sources, material).next().ok_or_else(|| alone(&options.name_of("translation"), material, source))?;
    Ok(Some(Translation::of(other)))
}

/// For each source the edition that is set beside it in a handout of two columns. Each source has a material.
pub fn besides(sources: &[&Loaded], options: &CallOptions) -> Result<Vec<Option<Edition>>, Vec<Failure>> {
    all(sources.len(), |at| beside(sources, at, options))
}

/// That edition for one of the sources: for the first of a material's editions the next in another language, and for the
/// others none, which are in it or told with it. It is made where one of them asks for it, and one that asks and is alone is a
/// failure.
pub fn beside(sources: &[&Loaded], at: usize, options: &CallOptions) -> Result<Option<Edition>, Failure> {
    let source = sources[at];
    let asks = |source: &Loaded| options.of(source).options.papers.bilingual;
    let Some(material) = &source.material else { return Ok(None) };
    if !asks(source) && !others(sources, material).any(|(_, other, _)| asks(other)) {
        return Ok(None);
    }
    match others(sources, material).next() {
        None => Err(alone(&options.name_of("bilingual"), material, source)),
        // Another comes before it.
        Some((first, ..)) if first < at => Ok(None),
        Some((_, other, second)) => {
            let (media, _) = pictures(second, other.input.folder(), &other.media);
            Ok(Some(Edition::new(second.clone(), media)))
        }
    }
}

/// What there is for each source, or all that failed.
fn all<T>(sources: usize, of: impl Fn(usize) -> Result<T, Failure>) -> Result<Vec<T>, Vec<Failure>> {
    let mut found = Vec::new();
    let mut failures = Vec::new();
    for result in (0..sources).map(of) {
        match result {
            Ok(one) => found.push(one),
            Err(failure) => failures.push(failure),
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
