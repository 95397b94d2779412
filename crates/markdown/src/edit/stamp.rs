//! Ids written into the source where they would be derived, and nothing else changed.

use std::collections::BTreeMap;

use super::apply::is_same;
use super::id::{Place, Thing, pin, things};
use super::lines::line_of;
use super::{Change, Document};
use crate::ReadOptions;
use patra_core::{Id, Material, nfc};

/// What stamping a source comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stamped {
    /// The source with the ids in it; byte for byte what it was but for them.
    pub text: String,
    /// The ids that were written, in the order of the source.
    pub stamps: Vec<Stamp>,
    /// Ids of things for which the source has no place to write one, or which could not be written so that the source reads as
    /// before.
    pub left: Vec<Id>,
}

/// An id that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stamp {
    /// The id.
    pub id: Id,
    /// The id that the thing had before, where it was given that of something it was renamed from.
    pub before: Option<Id>,
    /// Where in the source that was read it was written: a byte.
    pub at: usize,
}

/// Writes into a source of patra's Markdown the id of everything that can carry one and doesn't yet: sections, definitions, lists
/// of terms and their entries, comparisons with their subjects and aspects, questions, sentences with gaps and regions of pictures.
/// `renamed` gives things of the first id the second in its stead.
///
/// The source is read again: unless it gives the same model with the same ids (but for those renamed) and the same errors, the id is
/// left out. `None` where nothing can be made of the source.
///
/// ```
/// use patra_markdown::ReadOptions;
/// use patra_markdown::edit::stamp;
///
/// let stamped = stamp("# जल\n\nओस\n: रात की बूँदें।\n", &ReadOptions::default(), &Default::default()).ok_or("nothing to read")?;
/// assert_eq!(stamped.text, "# जल\n\nओस {#ओस}\n: रात की बूँदें।\n");
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn stamp(source: &str, options: &ReadOptions, renamed: &BTreeMap<Id, Id>) -> Option<Stamped> {
    let document = Document::read(source.to_owned(), options)?;
    let intended = with_ids(document.material(), renamed);
    let (found, wanted) = (things(document.material()), things(&intended));
    let (mut stamps, mut changes, mut left) = (Vec::new(), Vec::new(), Vec::new());
    for (found, wanted) in found.iter().zip(&wanted) {
        if matches!(found.place, Place::Material) || is_written(&document, found) {
            continue;
        }
        match pin(&document, &found.place, wanted.id) {
            Some(edit) if edit.range.is_empty() => {
                let before = Some(found.id).filter(|id| *id != wanted.id).cloned();
                stamps.push(Stamp { id: wanted.id.clone(), before, at: edit.range.start });
                changes.push(Change::one(Some(edit)));
            }
            _ => left.push(wanted.id.clone()),
        }
    }
    // Which of them are renamed depends on which are written, and each can be told by itself.
    let intend = |some: &[usize]| {
        let these: BTreeMap<Id, Id> =
            some.iter().filter_map(|&at| Some((stamps[at].before.clone()?, stamps[at].id.clone()))).collect();
        with_ids(document.material(), &these)
    };
    let applied = document.apply(&changes, &intend);
    // Writing one id may have made another be derived differently, which is mended by writing that one too.
    let read = Document::read(applied.text.clone(), options)?;
    let all: Vec<usize> = (0..changes.len()).filter(|at| !applied.failed.contains(at)).collect();
    if read.errors() != document.errors() || !is_same(read.material(), &intend(&all)) {
        left.extend(stamps.into_iter().map(|stamp| stamp.id));
        return Some(Stamped { text: document.text().to_owned(), stamps: Vec::new(), left });
    }
    let mut kept = Vec::new();
    for (at, stamp) in stamps.into_iter().enumerate() {
        if applied.failed.contains(&at) { left.push(stamp.id) } else { kept.push(stamp) }
    }
    kept.sort_by_key(|stamp| stamp.at);
    Some(Stamped { text: applied.text, stamps: kept, left })
}

/// Whether the source says the id of a thing: after its words, or in a line of attributes before it.
fn is_written(document: &Document, thing: &Thing<'_>) -> bool {
    let text = document.text();
    let line = |at: usize| line_of(text, &(at..at));
    let above = |at: usize| {
        let start = line(at).start;
        if start == 0 { String::new() } else { text[line(start - 1)].to_owned() }
    };
    let says = |words: &str| {
        let words = nfc(words);
        let written = format!("#{}", thing.id);
        words.match_indices(written.as_str()).any(|(at, _)| {
            let (before, after) = (&words[..at], &words[at + written.len()..]);
            before.ends_with(['{', ' ', '\t', '"']) && after.starts_with(['}', ' ', '\t'])
        })
    };
    match &thing.place {
        Place::Material => true,
        Place::After(texts, span) => {
            let after = texts.iter().find_map(|text| document.within(text, *span).next()).is_some_and(|passage| {
                let end = passage.span.end();
                says(&text[end..line(end).end.max(end)])
            });
            after || says(&above(span.start()))
        }
        Place::Before(span) => says(&above(span.start())),
        Place::Region(_, span) => {
            let start = line(span.start()).start;
            says(&text[start..span.end().max(start)]) || says(&above(span.start()))
        }
    }
}

/// The material with other ids for some of its things.
fn with_ids(material: &Material, renamed: &BTreeMap<Id, Id>) -> Material {
    let mut material = material.clone();
    if renamed.is_empty() {
        return material;
    }
    material.ids_mut(&mut |id| {
        if let Some(other) = renamed.get(id) {
            *id = other.clone();
        }
    });
    let ids = |id: Id| renamed.get(&id).cloned().unwrap_or(id);
    material.practice.of =
        std::mem::take(&mut material.practice.of).into_iter().map(|(id, set)| (ids(id), set)).collect();
    material.practice.allow_for =
        std::mem::take(&mut material.practice.allow_for).into_iter().map(|(id, set)| (ids(id), set)).collect();
    material
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamped(source: &str) -> Stamped {
        let options = ReadOptions::default();
        let stamped = stamp(source, &options, &BTreeMap::new()).expect("something to read");
        let read = |text: &str| Document::read(text.to_owned(), &options).expect("it can be read").material().clone();
        assert_eq!(read(&stamped.text), read(source), "{source}");
        let again = stamp(&stamped.text, &options, &BTreeMap::new()).expect("something to read");
        assert_eq!((again.text, again.stamps), (stamped.text.clone(), vec![]), "{source}");
        stamped
    }

    const EVERYTHING: &str = "\u{FEFF}---\r\ntitle: सब\r\nlanguage: hi\r\n---\r\n\r\n# पहला  \r\n\r\nओस (DEW)\r\n:   रात की बूँदें।\t\r\n\r\n\
        क\r\n: एक\r\n\r\nख {#b}\r\n: दो  \r\n\r\n| पहलू | लाभ | हानि |\r\n|---|---|---|\r\n| दिशा | ऊपर | नीचे |\r\n\r\n\
        प्रश्न: क्या है?\r\nउत्तर: यह।\r\n\r\nयह {{रिक्त}} है।\r\n\r\n{.table}\r\n| a | b |\r\n|---|---|\r\n| 1 | 2 |\r\n\r\n## दूसरा ##\r\n\r\nपाठ।   ";

    #[test]
    fn nothing_but_ids_is_changed() {
        let done = stamped(EVERYTHING);
        assert_eq!(done.left, [], "{done:#?}");
        // Each stamp taken away again leaves the source.
        let mut text = done.text.clone();
        for stamp in done.stamps.iter().rev() {
            for form in [format!(" {{#{}}}", stamp.id), format!("{{#{}}}\r\n", stamp.id), format!("#{} ", stamp.id)] {
                if let Some(at) = text.rfind(&form) {
                    text.replace_range(at..at + form.len(), "");
                    break;
                }
            }
        }
        assert_eq!(text, EVERYTHING);
        assert_eq!(done.stamps.len(), 10, "{:#?}", done.stamps);
    }

    #[test]
    fn a_renamed_term_gets_the_old_id() {
        let source = "# S\n\nकॉल सेंटर\n: फ़ोन का दफ़्तर।\n";
        let id = |words: &str| Id::new(words).expect("an id");
        let renamed = BTreeMap::from([(id("कॉल-सेंटर"), id("call-centre"))]);
        let done = stamp(source, &ReadOptions::default(), &renamed).expect("something to read");
        assert!(done.text.contains("कॉल सेंटर {#call-centre}\n"), "{}", done.text);
        assert_eq!(done.stamps.iter().filter(|stamp| stamp.before.is_some()).count(), 1);
    }
    #[test]
    fn a_renamed_region_or_section_gets_the_old_id() {
        let source = "---\ntitle: S\nlanguage: hi\n---\n\n# फूल\n\n{region=\"1% 1% 5% 5% पत्ती\"}\n![फूल](a.png)\n";
        let id = |words: &str| Id::new(words).expect("an id");
        let renamed = BTreeMap::from([(id("पत्ती"), id("leaf")), (id("फूल"), id("flower"))]);
        let done = stamp(source, &ReadOptions::default(), &renamed).expect("something to read");
        assert!(done.text.contains("# फूल {#flower}\n") && done.text.contains("5% #leaf पत्ती"), "{done:#?}");
        assert_eq!(done.stamps.iter().filter(|stamp| stamp.before.is_some()).count(), 2);
    }
}
