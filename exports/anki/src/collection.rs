//! The collection: Anki's SQLite file, of schema 11.
//!
//! Schema 11 is what every Anki since 2.0 reads, in packages of both forms. Indexes are left out: an import does not use
//! them, and they are half of the file.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rusqlite::{Connection, OpenFlags, Statement, params};

use crate::deck::Deck;
use crate::error::Error;
use crate::note_type::{NoteType, models};
use crate::options::ChangeKind;
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

/// The database, in SQLite's own file system in memory. That keeps one copy of it: of a database opened as `:memory:` the
/// bytes would have to be copied out, and the system takes longer to clear memory for them than SQLite to write the rows.
pub(crate) struct Database(Connection);

impl Database {
    pub fn create() -> Result<Self, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        // A name that begins without a slash is this connection's alone.
        let connection = Connection::open_with_flags_and_vfs("collection", flags, c"memdb")?;
        // Nothing is ever taken back, and larger pages have to be found less often. What is full goes out of the cache.
        connection
            .execute_batch("PRAGMA page_size = 65536; PRAGMA journal_mode = OFF; PRAGMA cache_size = 64; BEGIN")?;
        connection.execute_batch(SCHEMA)?;
        Ok(Database(connection))
    }

    /// What takes the notes of a deck.
    pub fn rows<'d>(&'d self, deck: &'d Deck, omit_retired: bool) -> Result<Rows<'d>, Error> {
        let mut add_note = self.0.prepare("INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, 0, 0, 0, '')")?;
        let rest = "-1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, ''";
        let add_card = self.0.prepare(&format!("INSERT INTO cards VALUES (?, ?, ?, ?, ?, {rest})"))?;
        let tags = Arc::from("");
        add_note.raw_bind_parameter(5, &*tags)?;
        Ok(Rows {
            connection: &self.0,
            deck,
            omit_retired,
            add_note,
            add_card,
            notes: 0,
            cards: 0,
            note_types: BTreeSet::new(),
            subdecks: BTreeMap::new(),
            tags,
        })
    }

    /// Gives what becomes of the bytes of the SQLite file, once its rows are finished.
    pub fn pack<T>(mut self, pack: impl FnOnce(&[u8]) -> Result<T, Error>) -> Result<T, Error> {
        pack(&self.0.serialize("main")?)
    }
}

/// The rows of a deck's notes and cards, as the notes are taken.
pub(crate) struct Rows<'d> {
    connection: &'d Connection,
    deck: &'d Deck,
    omit_retired: bool,
    add_note: Statement<'d>,
    add_card: Statement<'d>,
    /// How many notes and how many cards there are.
    notes: i64,
    cards: i64,
    note_types: BTreeSet<NoteType>,
    /// The subdecks of the cards, with their ids.
    subdecks: BTreeMap<String, i64>,
    /// The tags that are bound.
    tags: Arc<str>,
}

impl Rows<'_> {
    /// Adds what stands over the notes: their types and decks.
    pub fn finish(self) -> Result<(), Error> {
        let deck = self.deck;
        let milliseconds = deck.time * 1000;
        let (models, decks) = (models(&self.note_types).to_string(), deck.json(&self.subdecks));
        self.connection.execute(
            "INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, '{}', ?, ?, ?, '{}')",
            params![deck.time, milliseconds, milliseconds, models, decks, deck.presets()],
        )?;
        Ok(self.connection.execute_batch("COMMIT")?)
    }
}

impl Take for Rows<'_> {
    fn take(&mut self, note: Note, kind: ChangeKind) -> Result<(), Error> {
        if kind == ChangeKind::Retired && self.omit_retired {
            return Ok(());
        }
        self.note_types.insert(note.note_type);
        let id = self.deck.first_id + self.notes;
        self.notes += 1;
        // What Anki works out anew at an import is left out: the field by which notes are sorted, and its checksum. They
        // would be a fifth of the package.
        let add = &mut self.add_note;
        // Given for the first, and for those after it left to SQLite, which takes the next without looking whether it is there.
        add.raw_bind_parameter(1, (self.notes == 1).then_some(id))?;
        add.raw_bind_parameter(2, note.guid.as_str())?;
        add.raw_bind_parameter(3, note.note_type.id())?;
        add.raw_bind_parameter(4, note.modified)?;
        if !Arc::ptr_eq(&self.tags, &note.tags) {
            add.raw_bind_parameter(5, &*note.tags)?;
            self.tags = note.tags;
        }
        add.raw_bind_parameter(6, note.fields.as_str())?;
        add.raw_execute()?;
        let deck_id = match self.subdecks.get(&note.subdeck) {
            Some(&id) => id,
            None => *self.subdecks.entry(note.subdeck).or_insert_with_key(|subdeck| self.deck.id_of(subdeck)),
        };
        let add = &mut self.add_card;
        for &ord in &note.ords {
            self.cards += 1;
            add.raw_bind_parameter(1, (self.cards == 1).then_some(self.deck.first_id + 1))?;
            add.raw_bind_parameter(2, id)?;
            add.raw_bind_parameter(3, deck_id)?;
            add.raw_bind_parameter(4, ord)?;
            add.raw_bind_parameter(5, note.modified)?;
            // Anki gives new cards their places in the order of their ids, whatever `due` says.
            add.raw_bind_parameter(6, self.cards)?;
            add.raw_execute()?;
        }
        Ok(())
    }
}
