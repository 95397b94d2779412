//! The collection: Anki's SQLite file, of schema 11.
//!
//! Schema 11 is what every Anki since 2.0 reads, in packages of both forms. Indexes are left out: an import does not use
//! them, and they are half of the file.

use std::collections::BTreeSet;

use rusqlite::{Connection, Transaction, params};

use crate::deck::Deck;
use crate::error::Error;
use crate::note_type::models;
use crate::update::Note;

const SCHEMA: &str = "
    CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL,
        ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL, conf text NOT NULL,
        models text NOT NULL, decks text NOT NULL, dconf text NOT NULL, tags text NOT NULL);
    CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL,
        usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL, csum integer NOT NULL,
        flags integer NOT NULL, data text NOT NULL);
    CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL,
        mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL,
        due integer NOT NULL, ivl integer NOT NULL, factor integer NOT NULL, reps integer NOT NULL,
        lapses integer NOT NULL, left integer NOT NULL, odue integer NOT NULL, odid integer NOT NULL,
        flags integer NOT NULL, data text NOT NULL);
    CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL, ease integer NOT NULL,
        ivl integer NOT NULL, lastIvl integer NOT NULL, factor integer NOT NULL, time integer NOT NULL,
        type integer NOT NULL);
    CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);";

/// What becomes of the bytes of the SQLite file.
///
/// What Anki works out anew at an import is left out: the field by which notes are sorted, and its checksum. They would be
/// a fifth of the package.
pub(crate) fn write<T>(deck: &Deck, notes: &[Note], pack: impl FnOnce(&[u8]) -> Result<T, Error>) -> Result<T, Error> {
    let mut connection = Connection::open_in_memory()?;
    // Nothing is ever taken back, and larger pages have to be found less often.
    connection.execute_batch("PRAGMA page_size = 65536; PRAGMA journal_mode = OFF")?;
    connection.execute_batch(SCHEMA)?;
    let transaction = connection.transaction()?;
    let used: BTreeSet<_> = notes.iter().map(|note| note.note_type).collect();
    let subdecks: BTreeSet<&str> = notes.iter().map(|note| note.subdeck.as_str()).collect();
    let milliseconds = deck.time * 1000;
    transaction.execute(
        "INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, '{}', ?, ?, ?, '{}')",
        params![deck.time, milliseconds, milliseconds, models(&used).to_string(), deck.json(&subdecks), deck.presets()],
    )?;
    add_notes(&transaction, deck, notes)?;
    add_cards(&transaction, deck, notes)?;
    transaction.commit()?;
    pack(&connection.serialize("main")?)
}

fn add_notes(transaction: &Transaction<'_>, deck: &Deck, notes: &[Note]) -> Result<(), Error> {
    let mut add = transaction.prepare("INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, 0, 0, 0, '')")?;
    for (note, id) in notes.iter().zip(deck.first_id..) {
        add.raw_bind_parameter(1, id)?;
        add.raw_bind_parameter(2, note.guid.as_str())?;
        add.raw_bind_parameter(3, note.note_type.id())?;
        add.raw_bind_parameter(4, note.modified)?;
        add.raw_bind_parameter(5, &*note.tags)?;
        add.raw_bind_parameter(6, note.fields.as_str())?;
        add.raw_execute()?;
    }
    Ok(())
}

/// Adds the cards. Notes in a row that have one card each, as most have, and in one deck, get theirs in one statement.
fn add_cards(transaction: &Transaction<'_>, deck: &Deck, notes: &[Note]) -> Result<(), Error> {
    const REST: &str = "-1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, ''";
    let mut add = transaction.prepare(&format!("INSERT INTO cards VALUES (?, ?, ?, ?, ?, {REST})"))?;
    let mut add_all = transaction.prepare(&format!(
        "INSERT INTO cards SELECT id + ?1, id, ?2, 0, mod, {} FROM notes WHERE id BETWEEN ?4 AND ?5 ORDER BY id",
        REST.replace('?', "id + ?3")
    ))?;
    // Anki gives new cards their places in the order of their ids, whatever `due` says.
    let mut position = 0;
    let mut id = deck.first_id;
    for notes in notes.chunk_by(|one, other| has_one_card(one) && has_one_card(other) && one.subdeck == other.subdeck) {
        let deck_id = deck.id_of(&notes[0].subdeck);
        let count = i64::try_from(notes.len()).unwrap_or(i64::MAX);
        if has_one_card(&notes[0]) {
            position += 1;
            let (first, last) = (id, id + count - 1);
            add_all.execute(params![deck.first_id + position - first, deck_id, position - first, first, last])?;
            position += count - 1;
        } else {
            for (note, id) in notes.iter().zip(id..) {
                for &ord in &note.ords {
                    position += 1;
                    add.execute(params![deck.first_id + position, id, deck_id, ord, note.modified, position])?;
                }
            }
        }
        id += count;
    }
    Ok(())
}

fn has_one_card(note: &Note) -> bool {
    note.ords == [0]
}
