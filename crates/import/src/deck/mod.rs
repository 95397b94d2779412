//! Decks of Anki's: `.apkg` and `.colpkg`, in the legacy form and the current one.
//!
//! A [package](package) holds a database, of which [the notes](collection) are read, and media. The fields of a note are
//! [HTML](field); what a note becomes is told by its note type ([`note`]), and [the notes that patra made](own) become again
//! what they were made of.

mod collection;
mod field;
mod note;
mod own;
mod package;
mod piece;

use std::collections::{BTreeMap, BTreeSet};

use patra_core::{
    Code, Diagnostic, Id, MAX_SECTION_DEPTH, Material, MediaKind, Read, Section, Span, Text, legacy_font, phrase,
};

use crate::notes::Notes;
use crate::sections::Sections;
use crate::text::{distinct, script, title};
use collection::{Collection, Kind, Note};
use field::Fields;
use package::{Fault, Package};

/// What is known of a deck besides its notes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeckOptions {
    /// What the package is called, such as its file's name without the ending. It becomes the title where the notes lie in
    /// several decks.
    pub name: Option<String>,
}

impl DeckOptions {
    /// Options for a package that has a name.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        DeckOptions { name: Some(name.into()) }
    }
}

/// What became of a package.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct DeckRead {
    /// The material, and what was told or could not be carried along. A package has no lines, so its diagnostics have no span.
    pub read: Read,
    /// The pictures and sounds that the material names, by the names it has for them: `media/kamal.png`. No name leads out of
    /// the folder that it is put into.
    pub media: BTreeMap<String, Vec<u8>>,
}

/// Reads a package of Anki's.
///
/// Notes become definitions, questions, sentences with gaps, or, where their note type is unknown, definitions whose other fields
/// stand below them under their names. Decks become sections. A deck that patra made becomes the material it was made of, with
/// the same ids; a note of another has an id that follows from its GUID.
///
/// Nothing is written anywhere. A package that is damaged or unpacks to too much is refused with a message.
pub fn read_deck(bytes: &[u8], options: &DeckOptions) -> DeckRead {
    let refused = |fault: Fault| {
        let problem = match fault {
            Fault::Damaged(why) => {
                let message = phrase!("the file can't be read as a deck of Anki's: {$why}", why);
                Diagnostic::new(Code::Unreadable, Span::NONE, message)
                    .with_hint("export the deck from Anki once more, as an Anki deck package (.apkg)")
            }
            Fault::TooLarge(what) => {
                Diagnostic::new(Code::TooLarge, Span::NONE, phrase!("the deck holds {$what}", what))
                    .with_hint("export a part of it")
            }
        };
        DeckRead { read: Read { material: None, diagnostics: vec![problem] }, media: BTreeMap::new() }
    };
    let mut package = match Package::open(bytes) {
        Ok(package) => package,
        Err(fault) => return refused(fault),
    };
    let collection = match package.database().and_then(Collection::read) {
        Ok(collection) => collection,
        Err(fault) => return refused(fault),
    };
    let mut found = Notes::default();
    let words: String =
        collection.notes.iter().flat_map(|note| &note.fields).fold(String::new(), |mut words, field| {
            if words.len() < 4_000_000 {
                words.push_str(&piece::plain(field));
                words.push('\n');
            }
            words
        });
    if let Some(font) = legacy_font(&words) {
        found.push(Diagnostic { span: Span::NONE, ..font.diagnostic(Some(phrase!("the deck"))) });
    }
    let names = safe_names(package.names());
    let mut fields = Fields::new(&names);
    let mut material = match own::material(&collection, &mut fields, &mut found) {
        Some(material) => material,
        None => foreign(&collection, options, &words, &mut fields, &mut found),
    };
    let Fields { used, missing, .. } = fields;
    for name in missing {
        let message = phrase!("the file `{$name}` is named by a note and is not in the package", name);
        found.push(Diagnostic::new(Code::DeckMedia, Span::NONE, message));
    }
    if material.sections.is_empty() {
        found.push(Diagnostic::new(Code::EmptySource, Span::NONE, "the deck holds no notes"));
        return DeckRead { read: Read { material: None, diagnostics: found.finish() }, media: BTreeMap::new() };
    }
    let media = carry(used, &mut package, &mut found);
    distinct::distinct_ids(&mut material);
    found.extend(material.assign_ids());
    DeckRead { read: Read { material: Some(material), diagnostics: found.finish() }, media }
}

/// The material of notes that patra did not make.
fn foreign(
    collection: &Collection,
    options: &DeckOptions,
    words: &str,
    fields: &mut Fields<'_>,
    found: &mut Notes,
) -> Material {
    let mut material = Material::default();
    let root = |note: &Note| note.deck.first().cloned().unwrap_or_default();
    let roots: BTreeSet<String> = collection.notes.iter().map(root).collect();
    let one = roots.first().filter(|name| roots.len() == 1 && !name.is_empty());
    let (named, why) = match (one, options.name.as_deref()) {
        (Some(root), _) => (root.clone(), phrase!("all notes lie in the deck of that name")),
        (None, Some(name)) => (name.to_owned(), phrase!("it is the name of the file")),
        (None, None) => (roots.first().cloned().unwrap_or_default(), phrase!("it is the first deck")),
    };
    let mut tags: BTreeMap<String, String> = BTreeMap::new();
    let mut sections = Sections::default();
    let mut masked = 0;
    for (number, note) in (1_usize..).zip(&collection.notes) {
        let path = if one.is_some() { note.deck.get(1..).unwrap_or_default() } else { note.deck.as_slice() };
        let blocks = note::blocks(note, fields, &mut masked);
        if blocks.is_empty() {
            let message = phrase!("note {$number} of the deck is empty and was left out", number);
            found.push(Diagnostic::new(Code::CellUnclear, Span::NONE, message));
            continue;
        }
        if !blocks.iter().any(|block| block.id().is_some()) && note.note_type.kind == Kind::Normal {
            let first: String = note::first_words(&blocks).chars().take(60).collect();
            let message =
                phrase!("note {$number} of the deck (`{$first}`) has no answer, so it is kept as text", number, first);
            found.push(Diagnostic::new(Code::CellUnclear, Span::NONE, message));
        }
        section(&mut sections, path).blocks.extend(blocks);
        // What Anki sets itself says nothing of the note.
        let own = |tag: &&String| !matches!(tag.to_lowercase().as_str(), "leech" | "marked");
        tags.extend(note.tags.iter().filter(own).map(|tag| (tag.to_lowercase(), tag.clone())));
    }
    if masked > 0 {
        let message = phrase!(
            "a note that covers parts of a picture is kept field by field, since its masks have no names"
                | "{$masked} notes that cover parts of pictures are kept field by field, since their masks have no names",
            masked
        );
        found.push(Diagnostic::new(Code::KeptAsText, Span::NONE, message));
    }
    // The section before the first heading comes first.
    let (bare, headed): (Vec<Section>, Vec<Section>) =
        sections.into_list().into_iter().partition(|section| section.heading.is_blank());
    material.sections = bare.into_iter().chain(headed).collect();
    material.title = Text::plain(if named.trim().is_empty() { "Anki".to_owned() } else { named });
    let shown = material.title.to_plain();
    found.push(
        Diagnostic::new(Code::MissingTitle, Span::NONE, title::told(&shown, why))
            .with_hint("write `title:` in the front matter of the imported source"),
    );
    let (language, how) = script::language(words);
    material.language = language;
    found.push(
        Diagnostic::new(Code::MissingLanguage, Span::NONE, phrase!("the deck does not name its language; {$how}", how))
            .with_hint("write `language:` in the front matter of the imported source"),
    );
    material.tags = tags.into_values().collect();
    if !material.tags.is_empty() {
        let message = "the tags of the notes are kept as tags of the whole material, since single items have none";
        found.push(Diagnostic::new(Code::Guessed, Span::NONE, message));
    }
    material
}

/// The section at a path of headings, made where it isn't there; what is below the sixth level joins its name.
fn section<'m>(sections: &'m mut Sections, path: &[String]) -> &'m mut Section {
    let mut path: Vec<&str> = path.iter().map(String::as_str).filter(|name| !name.trim().is_empty()).collect();
    let rest = path.get(MAX_SECTION_DEPTH - 1..).unwrap_or_default().join(" – ");
    if path.len() > MAX_SECTION_DEPTH {
        path.truncate(MAX_SECTION_DEPTH - 1);
        path.push(&rest);
    }
    if path.is_empty() {
        path.push("");
    }
    sections.at(&path, |depth| Section { heading: Text::plain(path[depth]), ..Section::default() })
}

/// An id that follows from the GUID of a note, whatever letters that has.
fn id_of(guid: &str) -> Id {
    // 64-bit FNV-1a: GUIDs are told apart by case, and ids are not.
    let hash = guid.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    Id::from_key(&format!("note {hash:016x}"))
}

/// Takes the files that the notes name out of the package.
fn carry(used: BTreeMap<String, String>, package: &mut Package<'_>, found: &mut Notes) -> BTreeMap<String, Vec<u8>> {
    let mut media = BTreeMap::new();
    for (safe, name) in used {
        match package.media(&name) {
            // A program or a settings file must not come along under the name of a picture.
            Ok(bytes) if !MediaKind::of(&bytes).is_some_and(|kind| kind.fits(&safe)) => {
                let message = phrase!(
                    "the file `{$name}` is named by a note and was left out: its content and its ending are not those of a picture or a sound",
                    name
                );
                found.push(Diagnostic::new(Code::DeckMedia, Span::NONE, message));
            }
            Ok(bytes) => drop(media.insert(safe, bytes)),
            Err(why) => {
                let message =
                    phrase!("the file `{$name}` is named by a note and can't be carried along: {$why}", name, why);
                found.push(Diagnostic::new(Code::DeckMedia, Span::NONE, message));
            }
        }
    }
    media
}

/// The names that the files of a package get.
fn safe_names<'n>(names: impl Iterator<Item = &'n str>) -> BTreeMap<String, String> {
    let mut given = Names::default();
    names.map(|name| (name.to_owned(), given.safe(name))).collect()
}

/// The names that have been given.
#[derive(Default)]
struct Names {
    /// Without the differences that some systems make nothing of: `A.png` is `a.png` on them.
    taken: BTreeSet<String>,
    /// How many files would have each name.
    counts: BTreeMap<String, usize>,
}

impl Names {
    /// `media/` and the name with nothing in it that a folder or a link could take for something else.
    fn safe(&mut self, name: &str) -> String {
        let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let fit = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.') || is_mark(c);
        let kept: String = last.chars().map(|c| if fit(c) { c } else { '-' }).collect();
        let kept = kept.trim_matches(['.', '-']);
        let (stem, ending) = kept.rsplit_once('.').unwrap_or((kept, ""));
        let stem: String = stem.chars().take(60).collect();
        let stem = if stem.is_empty() { "file" } else { &stem };
        let ending =
            if ending.is_empty() { String::new() } else { format!(".{}", ending.chars().take(8).collect::<String>()) };
        let mut safe = format!("media/{stem}{ending}");
        let folded = |name: &str| patra_core::nfc(name).to_lowercase();
        let count = self.counts.entry(folded(&safe)).or_insert(1);
        while !self.taken.insert(folded(&safe)) {
            *count += 1;
            safe = format!("media/{stem}-{count}{ending}");
        }
        safe
    }
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_media_lead_nowhere() {
        let mut names = Names::default();
        for (name, safe) in [
            ("कमल.png", "media/कमल.png"),
            ("../../etc/passwd", "media/passwd"),
            ("C:\\windows\\a b.jpg", "media/a-b.jpg"),
            ("...", "media/file"),
            ("a\u{0}b.mp3", "media/a-b.mp3"),
            ("a.png", "media/a.png"),
            ("x/a.png", "media/a-2.png"),
            ("A.PNG", "media/A-3.PNG"),
            ("a-2.png", "media/a-2-2.png"),
            ("?.png", "media/png"),
            ("..a..png", "media/a..png"),
            ("!!", "media/file-2"),
        ] {
            assert_eq!(names.safe(name), safe);
        }
    }

    #[test]
    fn names_of_no_letters_are_numbered_at_once() {
        // Trying each number anew would take minutes.
        let names: Vec<String> =
            (1..=20_000).map(|count| "!".repeat(count % 200 + 1) + &"?".repeat(count / 200)).collect();
        let safe = safe_names(names.iter().map(String::as_str));
        assert_eq!(safe.values().collect::<BTreeSet<_>>().len(), safe.len());
        assert!(safe.values().any(|name| name == "media/file-20000"));
    }

    #[test]
    fn ids_tell_guids_apart_by_case() {
        assert_ne!(id_of("aB#x"), id_of("ab#x"));
        assert_eq!(id_of("aB#x"), id_of("aB#x"));
    }
}
