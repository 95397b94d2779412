//! Decks of flashcards for Anki.
//!
//! A deck made here may be imported again after every change of the material: no card is doubled, no review is lost, and
//! with a [`Lock`] kept from build to build only what changed is touched.
//!
//! ```
//! use patra_anki::{ApkgOptions, ChangeKind, apkg};
//! use patra_core::{Block, Definition, Material, Practice, Section, phrase};
//!
//! let definition = Definition { term: "BPO".into(), meaning: "दूसरी कंपनी से काम कराना".into(), ..Definition::default() };
//! let section = Section { heading: "परिचय".into(), blocks: vec![Block::Definition(definition)], ..Section::default() };
//! let mut material =
//!     Material { title: "BPO".into(), language: "hi".parse()?, sections: vec![section], ..Material::default() };
//! material.assign_ids();
//! let deck = apkg(&material, &Practice::of(&material), &ApkgOptions::default())?.output;
//! assert!(deck.bytes.starts_with(b"PK"));
//! assert!(deck.changes.iter().all(|change| change.kind == ChangeKind::New));
//!
//! let mut options = ApkgOptions::default();
//! options.lock = Some(deck.lock);
//! let again = apkg(&material, &Practice::of(&material), &options)?.output;
//! assert!(again.changes.iter().all(|change| change.kind == ChangeKind::Unchanged));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Start reading at [`apkg`]. A deck is made in four steps: `draft` turns items into fields, `update` compares them with
//! the lock, `collection` writes Anki's database (in `pages`) and `package` packs it with the media. The first two and the database go on
//! side by side, so that no more than a few hundred notes are held at a time. [`plan`] says what importing it
//! will do, to everyone or to one learner's [`Collection`].

mod asked;
mod block;
mod card;
mod collection;
mod deck;
mod draft;
mod effect;
mod error;
mod escape;
mod field;
mod gap;
mod guid;
mod inline;
mod learner;
mod lock;
mod media;
mod note_type;
mod options;
mod package;
mod pages;
mod plan;
mod protobuf;
mod recover;
mod rename;
mod speech;
mod tag;
mod update;

pub use card::{CardTemplate, card_ordinals, gap_ordinals};
pub use error::{Error, ErrorKind};
pub use learner::{Collection, CollectionError};
pub use lock::{Lock, LockError};
pub use media::Media;
pub use options::{Apkg, ApkgOptions, Change, ChangeKind, DeckFormat, Translation, WrittenApkg};
pub use plan::{CardPlan, DeckPlan, Edits, Effect, NotePlan, NoteTypePlan, Outcome, Plan, Schema, plan};
pub use rename::Rename;
pub use tag::RETIRED_TAG;

use std::borrow::Cow;
use std::io::{Cursor, Seek, Write};
use std::sync::mpsc;

use patra_core::{Code, Diagnostic, Material, Phrase, Practice, Span, Warned, phrase};

/// The modification time of notes where neither the options nor the material gives one: 2025-01-01T00:00:00Z.
pub const BASE_TIME: i64 = 1_735_689_600;

/// Makes a deck of what a material asks.
///
/// Without a lock the notes are as new as the material: a learner who imports the deck again gets what changed only if
/// [`Material::updated`] moved on, and then all notes are taken anew. With the lock of the last build only notes that differ are
/// newer than before.
///
/// # Errors
/// Where something in the material can't be a card (a card too large, two cards with one id): all such problems. No
/// package is made then, since one that Anki takes in part is worse than none.
pub fn apkg(material: &Material, practice: &Practice, options: &ApkgOptions) -> Result<Warned<Apkg>, Error> {
    let mut bytes = Cursor::new(Vec::new());
    let Warned { output, warnings } = write_apkg(material, practice, options, &mut bytes)?;
    let WrittenApkg { lock, changes } = output;
    Ok(Warned { output: Apkg { bytes: bytes.into_inner(), lock, changes }, warnings })
}

/// Writes a deck as [`apkg`] makes it. With media that are [opened](Media::opened) when their turn comes, the memory it
/// takes doesn't grow with their size.
///
/// # Errors
/// As [`apkg`]; and where a file of the media can't be read, or `out` can't be written. `out` then holds a part of a package.
pub fn write_apkg(
    material: &Material,
    practice: &Practice,
    options: &ApkgOptions,
    out: impl Write + Seek,
) -> Result<Warned<WrittenApkg>, Error> {
    let deck = deck::Deck::of(material, options);
    let mut rows = collection::Rows::new(&deck, options.omit_retired)?;
    let ready = ready(material, practice, options, &deck, &mut rows)?;
    let collection = rows.finish();
    let Ready { entries, changes, mut edition, media, warnings, .. } = ready;
    let media = media.into_used();
    // The lock has to be sorted, which takes as long as packing.
    std::thread::scope(|scope| {
        let sort = std::thread::Builder::new().spawn_scoped(scope, || entries.into_iter().collect())?;
        package::pack(out, &collection, &media, options.format)?;
        edition.items = sort.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        Ok::<_, Error>(())
    })?;
    let mut lock = options.lock.clone().unwrap_or_default();
    lock.set(guid::Namespace::of(material), edition);
    Ok(Warned { output: WrittenApkg { lock, changes }, warnings })
}

/// What is known of a package once all its notes are taken.
struct Ready<'a> {
    /// What the lock is to say of each note, those left out among them.
    entries: Vec<update::Entry>,
    /// What became of each note, in the same order.
    changes: Vec<Change>,
    /// What else the lock is to say.
    edition: lock::Edition,
    /// What was handed out before.
    locked: Option<Cow<'a, lock::Edition>>,
    media: media::Files<'a>,
    renames: Vec<Rename>,
    warnings: Vec<Diagnostic>,
}

/// Has the notes of a package taken, and finds all that is wrong with it.
fn ready<'a>(
    material: &Material,
    practice: &Practice,
    options: &'a ApkgOptions,
    deck: &deck::Deck,
    notes: &mut dyn update::Take,
) -> Result<Ready<'a>, Error> {
    let namespace = guid::Namespace::of(material);
    let locked = options.lock.as_ref().and_then(|lock| lock.edition(&namespace));
    let recovered = match (locked, &options.earlier) {
        (None, Some(package)) => recover::recover(package, &namespace),
        _ => None,
    };
    let locked = locked.or(recovered.as_ref());

    let subdecks = match options.subdecks {
        true => deck::Subdecks::of(material, practice.items(), locked),
        false => deck::Subdecks::default(),
    };
    let mut media = media::Files::new(&options.media);
    let now = options.now.unwrap_or(deck.time);
    let compose = |hand_on: &mut dyn FnMut(Vec<draft::Draft>)| {
        draft::compose(material, practice.items(), locked, options, &subdecks, &mut media, hand_on)
    };
    let (mut found, mut settled) =
        side_by_side(compose, |drafts| update::settle(material, drafts, practice.items().len(), locked, now, notes))?;
    let mut warnings = Vec::new();
    if recovered.is_some() {
        let message =
            "a deck was made here before, but its lock is gone; what can be told from that deck is taken from it";
        let hint = "bring the lock back if you can: it alone knows the numbers of gaps that are gone";
        warnings.push(Diagnostic::new(Code::LockLost, Span::NONE, message).with_hint(hint));
    }
    warnings.append(&mut found.warnings);
    warnings.append(&mut settled.warnings);
    let mut errors = found.errors;
    errors.append(&mut settled.errors);
    if !errors.is_empty() {
        return Err(ErrorKind::Material(errors).into());
    }

    if let Some(before) = locked.map(|locked| &locked.deck).filter(|before| !before.is_empty() && **before != deck.name)
    {
        let message = phrase!("the deck was called `{$before}` and is now `{$name}`", before, name = deck.name);
        let hint = "cards that learners have stay in the deck of the old name; they can rename it first";
        warnings.push(Diagnostic::new(Code::DeckRenamed, Span::NONE, message).with_hint(hint));
    }
    warnings.extend(other_options(options, locked));
    if let Some(translation) = &options.translation
        && !practice.items().is_empty()
        && !practice.items().iter().any(|item| translation.items.contains_key(&item.id))
    {
        let message = phrase!(
            "nothing in the edition in `{$language}` is asked under the same ids",
            language = translation.language
        );
        let hint = "give the same things in both editions the same id, `{#its-id}`";
        warnings.push(Diagnostic::new(Code::NoTranslation, Span::NONE, message).with_hint(hint));
    }
    warnings.extend(subdecks.warnings);
    if settled.moved > 0 {
        let message = phrase!(
            "1 item is now in another subdeck; cards that learners have of it stay where they are"
                | "{$count} items are now in another subdeck; cards that learners have of them stay where they are",
            count = settled.moved
        );
        let hint = "in Anki's browser, the tag of a section finds its cards, to be moved by hand";
        warnings.push(Diagnostic::new(Code::SubdeckChanged, Span::NONE, message).with_hint(hint));
    }
    // Where subdecks are off for once, the names that they had are kept.
    let subdecks = match options.subdecks {
        true => subdecks.named,
        false => locked.map(|locked| locked.subdecks.clone()).unwrap_or_default(),
    };
    let options_now = Some(options.remembered());
    let edition = lock::Edition { deck: deck.name.clone(), options: options_now, subdecks, ..lock::Edition::default() };
    let locked = match recovered {
        Some(edition) => Some(Cow::Owned(edition)),
        None => options.lock.as_ref().and_then(|lock| lock.edition(&namespace)).map(Cow::Borrowed),
    };
    Ok(Ready {
        entries: settled.entries,
        changes: settled.changes,
        edition,
        locked,
        media,
        renames: settled.renames,
        warnings,
    })
}

/// That a deck is not made with the options it was made with before.
fn other_options(options: &ApkgOptions, locked: Option<&lock::Edition>) -> Option<Diagnostic> {
    let before = locked?.options.as_deref()?;
    let now = options.remembered();
    let quoted = |names: &str| match names {
        "" => phrase!("without options"),
        names => {
            let names = names.split(' ').map(|name| Phrase::verbatim(format!("`{name}`")));
            let names = names.reduce(|names, name| phrase!("{$names} and {$name}", names, name));
            phrase!("with {$names}", names = names.unwrap_or_default())
        }
    };
    (before != now).then(|| {
        let message =
            phrase!("the deck was made {$before} and is now made {$now}", before = quoted(before), now = quoted(&now));
        let hint = "if that is not meant, give the options of the last build again: cards that learners have would ask or \
                    look otherwise";
        Diagnostic::new(Code::DeckOptions, Span::NONE, message).with_hint(hint)
    })
}

/// How many batches of drafts may wait to be settled.
const WAITING: usize = 8;

/// Composes drafts and settles them at the same time, which are half of the work on a large deck. What comes out is the same as
/// one after the other: the drafts keep their order.
fn side_by_side<'a, S>(
    compose: impl FnOnce(&mut dyn FnMut(Vec<draft::Draft>)) -> draft::Found + Send + 'a,
    settle: impl FnOnce(Box<dyn Iterator<Item = draft::Draft>>) -> S,
) -> Result<(draft::Found, S), Error> {
    std::thread::scope(|scope| {
        let (send, receive) = mpsc::sync_channel(WAITING);
        // Where nobody receives any more, the settling has failed, and its panic is what will be told.
        let composing = move || compose(&mut |drafts| _ = send.send(drafts));
        let composing = std::thread::Builder::new().name("compose".into()).spawn_scoped(scope, composing)?;
        let settled = settle(Box::new(receive.into_iter().flatten()));
        let found = composing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        Ok((found, settled))
    })
}
