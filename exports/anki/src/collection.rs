//! The collection: Anki's SQLite file, of schema 11.
//!
//! Schema 11 is what every Anki since 2.0 reads, in packages of both forms. Indexes are left out: an import does not use
//! them, and they are half of the file.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use crate::deck::Deck;
use crate::error::Error;
use crate::note_type::{NoteType, models};
use crate::options::ChangeKind;
use crate::pages::{PAGE, Pages, Row, Table};
use crate::update::{Note, Take};

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

/// The rows of a deck's notes and cards, as the notes are taken.
///
/// SQLite itself makes the file and its empty tables, and what it makes of rows is written by [`Table`].
pub(crate) struct Rows<'d> {
    deck: &'d Deck,
    omit_retired: bool,
    pages: Pages,
    collection: Table,
    notes: Table,
    cards: Table,
    row: Row,
    /// How many notes and how many cards there are.
    note_count: i64,
    card_count: i64,
    note_types: BTreeSet<NoteType>,
    /// The subdecks of the cards, with their ids.
    subdecks: BTreeMap<String, i64>,
}

impl<'d> Rows<'d> {
    pub fn new(deck: &'d Deck, omit_retired: bool) -> Result<Self, Error> {
        let mut empty = Connection::open_in_memory()?;
        empty.execute_batch(&format!("PRAGMA page_size = {PAGE}; PRAGMA journal_mode = OFF; {SCHEMA}"))?;
        let table = |name: &str| {
            let sql = "SELECT rootpage FROM sqlite_schema WHERE name = ?";
            empty.query_row(sql, [name], |row| row.get(0)).map(Table::new)
        };
        let (collection, notes, cards) = (table("col")?, table("notes")?, table("cards")?);
        Ok(Rows {
            deck,
            omit_retired,
            collection,
            notes,
            cards,
            pages: Pages::of(&empty.serialize("main")?),
            row: Row::default(),
            note_count: 0,
            card_count: 0,
            note_types: BTreeSet::new(),
            subdecks: BTreeMap::new(),
        })
    }

    /// Adds what stands over the notes, their types and decks, and gives the file.
    pub fn finish(self) -> Pages {
        let Rows { deck, mut pages, mut collection, mut row, .. } = self;
        let milliseconds = deck.time * 1000;
        row.clear().null().integer(deck.time).integer(milliseconds).integer(milliseconds).integer(11);
        row.integer(0).integer(0).integer(0).text("{}");
        row.text(&models(&self.note_types).to_string())
            .text(&deck.json(&self.subdecks))
            .text(&deck.presets())
            .text("{}");
        collection.add(&mut pages, 1, &row);
        for table in [collection, self.notes, self.cards] {
            table.finish(&mut pages);
        }
        pages.finish();
        pages
    }
}

impl Take for Rows<'_> {
    fn take(&mut self, note: Note, kind: ChangeKind) {
        if kind == ChangeKind::Retired && self.omit_retired {
            return;
        }
        self.note_types.insert(note.note_type);
        let id = self.deck.first_id + self.note_count;
        self.note_count += 1;
        let row = self.row.clear().null().text(&note.guid).integer(note.note_type.id()).integer(note.modified);
        // What Anki works out anew at an import is left out: the field by which notes are sorted, and its checksum. They
        // would be a fifth of the package.
        row.integer(-1).text(&note.tags).text(&note.fields).integer(0).integer(0).integer(0).text("");
        self.notes.add(&mut self.pages, id, row);
        let deck_id = match self.subdecks.get(&note.subdeck) {
            Some(&id) => id,
            None => *self.subdecks.entry(note.subdeck).or_insert_with_key(|subdeck| self.deck.id_of(subdeck)),
        };
        for &ord in &note.ords {
            self.card_count += 1;
            let row = self.row.clear().null().integer(id).integer(deck_id).integer(ord.into()).integer(note.modified);
            // Anki gives new cards their places in the order of their ids, whatever `due` says.
            row.integer(-1).integer(0).integer(0).integer(self.card_count);
            (0..8).for_each(|_| _ = row.integer(0));
            row.text("");
            self.cards.add(&mut self.pages, self.deck.first_id + self.card_count, row);
        }
    }
}
