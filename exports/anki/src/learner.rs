//! A learner's collection, read from a copy.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use patra_core::{Phrase, phrase};
use patra_database::is_table;
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::Value;
use tempfile::TempDir;

use crate::protobuf::varint_field;

/// How often a collection is copied anew where it changed meanwhile.
const TRIES: usize = 5;

/// A learner's collection, to plan an import into: the file `collection.anki2` in the folder of a profile.
///
/// It is read from a copy, with what Anki has written beside it and not yet into it, so that it may be open in Anki
/// and is never changed. Collections of schema 11 (Anki 2.1.27 and before, and AnkiDroid of that age) and of the schemas since are
/// read.
pub struct Collection {
    connection: Connection,
    pub(crate) note_types: Vec<LearnerNoteType>,
    /// The names of the decks, `::` between levels, by their ids.
    decks: BTreeMap<i64, String>,
    // Goes with the collection, after the connection.
    _copy: TempDir,
}

/// A note type of the learner's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct LearnerNoteType {
    pub id: i64,
    /// When it last changed, in seconds since 1970.
    pub modified: i64,
    /// Of what note type it is a copy that an import made.
    pub original: Option<i64>,
    pub fields: Vec<Part>,
    pub templates: Vec<Part>,
}

/// A field or a template: its name, and the id that Anki has given to such since 23.10.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Part {
    pub id: Option<i64>,
    pub name: String,
}

impl Part {
    /// Whether Anki takes one for the other: by their ids where both have one, else by their names.
    pub fn is(&self, other: &Part) -> bool {
        match (self.id, other.id) {
            (Some(a), Some(b)) => a == b,
            _ => self.name == other.name,
        }
    }
}

/// A note of the learner's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct LearnerNote {
    pub note_type: i64,
    pub modified: i64,
    pub tags: Vec<String>,
    pub fields: String,
    /// The deck of each card, by the card's ordinal.
    pub cards: BTreeMap<u16, String>,
}

/// Why a learner's collection could not be read.
#[derive(Debug)]
pub struct CollectionError {
    path: PathBuf,
    why: Why,
}

#[derive(Debug)]
enum Why {
    File(io::Error),
    NoCollection,
    Changing,
    Database(patra_database::Error),
}

impl Collection {
    /// Reads the collection at `path`.
    ///
    /// # Errors
    /// Where the file can't be read or copied, is no collection of Anki's, or went on changing while it was copied.
    pub fn open(path: &Path) -> Result<Self, CollectionError> {
        Self::read(path).map_err(|why| CollectionError { path: path.to_owned(), why })
    }

    fn read(path: &Path) -> Result<Self, Why> {
        let mut head = [0; 16];
        let length = File::open(path)?.take(16).read(&mut head)?;
        if &head[..length] != b"SQLite format 3\0" {
            return Err(Why::NoCollection);
        }
        let copy = tempfile::tempdir()?;
        let copied = copy_whole(path, copy.path())?;
        let length = fs::metadata(&copied)?.len();
        let mut connection = Connection::open(copied)?;
        patra_database::guard(&mut connection, length)?;
        let has = |name: &str| is_table(&connection, name);
        for name in ["fields", "templates", "decks"] {
            has(name)?;
        }
        if !has("col")? || !has("notes")? || !has("cards")? {
            return Err(Why::NoCollection);
        }
        let (note_types, decks) = if has("notetypes")? {
            (note_types(&connection)?, decks(&connection)?)
        } else {
            let json =
                connection.query_row("SELECT models, decks FROM col", [], |row| Ok((text(row, 0), text(row, 1))));
            let (models, decks) = json.optional()?.ok_or(Why::NoCollection)?;
            (note_types_of_json(&models), decks_of_json(&decks))
        };
        Ok(Collection { connection, note_types, decks, _copy: copy })
    }

    /// Those of the learner's notes whose GUIDs are wanted.
    pub(crate) fn notes(
        &self,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Result<BTreeMap<String, LearnerNote>, rusqlite::Error> {
        let mut notes = BTreeMap::new();
        let mut guids: BTreeMap<i64, String> = BTreeMap::new();
        let mut statement = self.connection.prepare("SELECT id, guid, mid, mod, tags, flds FROM notes")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let guid = text(row, 1);
            if wanted(&guid) {
                let tags = text(row, 4).split_whitespace().map(str::to_owned).collect();
                let (note_type, modified, fields) = (row.get(2)?, row.get(3)?, text(row, 5));
                guids.insert(row.get(0)?, guid.clone());
                notes.insert(guid, LearnerNote { note_type, modified, tags, fields, cards: BTreeMap::new() });
            }
        }
        let mut statement = self.connection.prepare("SELECT nid, ord, did, odid FROM cards")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let Some(note) = guids.get(&row.get(0)?).and_then(|guid| notes.get_mut(guid)) else { continue };
            // A card in a filtered deck belongs to the deck that it came from.
            let (deck, home): (i64, i64) = (row.get(2)?, row.get(3)?);
            let deck = self.decks.get(if home == 0 { &deck } else { &home }).cloned().unwrap_or_default();
            note.cards.insert(row.get(1)?, deck);
        }
        Ok(notes)
    }

    /// Whether there is a deck of this name. Anki takes two names that differ in case for one.
    pub(crate) fn has_deck(&self, name: &str) -> bool {
        self.decks.values().any(|deck| same_name(deck, name))
    }
}

/// Whether Anki takes two names of decks for one.
pub(crate) fn same_name(a: &str, b: &str) -> bool {
    a == b || a.to_lowercase() == b.to_lowercase()
}

/// Copies a database with its write-ahead log or its rollback journal, all of one moment.
fn copy_whole(path: &Path, folder: &Path) -> Result<PathBuf, Why> {
    let beside = |ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let parts = [(path.to_owned(), ""), (beside("-wal"), "-wal"), (beside("-journal"), "-journal")];
    let state = || -> io::Result<Vec<Option<(u64, SystemTime)>>> {
        let of = |path: &Path| match fs::metadata(path) {
            Ok(metadata) => Ok(Some((metadata.len(), metadata.modified()?))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        };
        parts.iter().map(|(path, _)| of(path)).collect()
    };
    for _ in 0..TRIES {
        let before = state()?;
        for ((from, ending), there) in parts.iter().zip(&before) {
            let to = folder.join(format!("collection.anki2{ending}"));
            match fs::remove_file(&to) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
            if there.is_some() {
                match fs::copy(from, &to) {
                    // Anki has closed meanwhile, and the log is gone.
                    Err(error) if error.kind() == io::ErrorKind::NotFound && !ending.is_empty() => {}
                    copied => drop(copied?),
                }
            }
        }
        if before == state()? {
            return Ok(folder.join("collection.anki2"));
        }
    }
    Err(Why::Changing)
}

fn text(row: &Row<'_>, column: usize) -> String {
    let value = row.get_ref(column).ok();
    let bytes = value.and_then(|value| value.as_bytes().ok().map(String::from_utf8_lossy).map(Into::into));
    bytes.unwrap_or_default()
}

fn blob(row: &Row<'_>, column: usize) -> Vec<u8> {
    row.get_ref(column).ok().and_then(|value| value.as_bytes().ok().map(<[u8]>::to_vec)).unwrap_or_default()
}

// The numbers of the fields are those of Anki's `notetypes.proto`, where what is unknown is kept: they stay.
const FIELD_ID: u64 = 9;
const TEMPLATE_ID: u64 = 8;
const ORIGINAL_ID: u64 = 10;

fn note_types(connection: &Connection) -> Result<Vec<LearnerNoteType>, rusqlite::Error> {
    let parts = |table: &str, id: u64| -> Result<BTreeMap<i64, Vec<Part>>, rusqlite::Error> {
        let mut found: BTreeMap<i64, Vec<Part>> = BTreeMap::new();
        let mut statement =
            connection.prepare(&format!("SELECT ntid, name, config FROM {table} ORDER BY ntid, ord"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let part = Part { id: varint_field(&blob(row, 2), id).map(u64::cast_signed), name: text(row, 1) };
            found.entry(row.get(0)?).or_default().push(part);
        }
        Ok(found)
    };
    let (mut fields, mut templates) = (parts("fields", FIELD_ID)?, parts("templates", TEMPLATE_ID)?);
    let mut statement = connection.prepare("SELECT id, mtime_secs, config FROM notetypes ORDER BY id")?;
    let found = statement.query_map([], |row| {
        let id = row.get(0)?;
        Ok(LearnerNoteType {
            id,
            modified: row.get(1)?,
            original: varint_field(&blob(row, 2), ORIGINAL_ID).map(u64::cast_signed),
            fields: fields.remove(&id).unwrap_or_default(),
            templates: templates.remove(&id).unwrap_or_default(),
        })
    })?;
    found.collect()
}

fn decks(connection: &Connection) -> Result<BTreeMap<i64, String>, rusqlite::Error> {
    let mut statement = connection.prepare("SELECT id, name FROM decks")?;
    let found = statement.query_map([], |row| Ok((row.get(0)?, text(row, 1).replace('\u{1f}', "::"))))?;
    found.collect()
}

/// Note types as schema 11 stores them: an object by id.
pub(crate) fn note_types_of_json(models: &str) -> Vec<LearnerNoteType> {
    let models: Value = serde_json::from_str(models).unwrap_or_default();
    let parts = |value: &Value, key: &str| -> Vec<Part> {
        let parts = value.get(key).and_then(Value::as_array).into_iter().flatten();
        let part = |part: &Value| Part {
            id: part.get("id").and_then(Value::as_i64),
            name: part.get("name").and_then(Value::as_str).unwrap_or_default().to_owned(),
        };
        parts.map(part).collect()
    };
    let note_type = |(id, value): (&String, &Value)| {
        Some(LearnerNoteType {
            id: id.parse().ok()?,
            modified: value.get("mod").and_then(Value::as_i64).unwrap_or_default(),
            original: value.get("originalId").and_then(Value::as_i64),
            fields: parts(value, "flds"),
            templates: parts(value, "tmpls"),
        })
    };
    models.as_object().into_iter().flatten().filter_map(note_type).collect()
}

fn decks_of_json(decks: &str) -> BTreeMap<i64, String> {
    let decks: Value = serde_json::from_str(decks).unwrap_or_default();
    let deck = |(id, value): (&String, &Value)| Some((id.parse().ok()?, value.get("name")?.as_str()?.to_owned()));
    decks.as_object().into_iter().flatten().filter_map(deck).collect()
}

impl From<io::Error> for Why {
    fn from(error: io::Error) -> Self {
        Why::File(error)
    }
}

impl From<rusqlite::Error> for Why {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase | rusqlite::ErrorCode::DatabaseCorrupt) => Why::NoCollection,
            _ => Why::Database(error.into()),
        }
    }
}

impl From<patra_database::Error> for Why {
    fn from(error: patra_database::Error) -> Self {
        match error {
            patra_database::Error::Sqlite(error) => error.into(),
            error => Why::Database(error),
        }
    }
}

impl CollectionError {
    /// A failure of the database's at reading from it.
    pub(crate) fn database(error: rusqlite::Error) -> Self {
        CollectionError { path: PathBuf::from("collection.anki2"), why: error.into() }
    }

    /// Whether a file could not be read, rather than holds what it should not.
    #[must_use]
    pub fn is_file(&self) -> bool {
        matches!(self.why, Why::File(_) | Why::Changing)
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<Phrase> {
        match self.why {
            Why::NoCollection => Some(phrase!(
                "a collection is the file `collection.anki2` in the folder of a profile, such as `~/.local/share/Anki2/User 1`"
            )),
            Why::Changing => Some(phrase!("let Anki come to rest, or close it, and try again")),
            Why::File(_) | Why::Database(_) => None,
        }
    }

    /// What is wrong.
    #[must_use]
    pub fn message(&self) -> Phrase {
        let path = self.path.display().to_string();
        let why = match &self.why {
            Why::File(error) if error.kind() == io::ErrorKind::NotFound => phrase!("there is no such file"),
            Why::File(error) => Phrase::verbatim(error.to_string()),
            Why::NoCollection => return phrase!("`{$path}` is no collection of Anki's, or is damaged", path),
            Why::Changing => return phrase!("`{$path}` went on changing while it was copied", path),
            Why::Database(error) => error.into(),
        };
        phrase!("cannot read `{$path}`: {$why}", path, why)
    }
}

impl fmt::Display for CollectionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl std::error::Error for CollectionError {}

impl fmt::Debug for Collection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Collection").field("note_types", &self.note_types.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_collection_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a");
        let open = || Collection::open(&path).map(|_| ()).map_err(|error| error.to_string());
        assert!(open().expect_err("missing").ends_with("there is no such file"));
        for bytes in [&b""[..], b"PK\x03\x04 a package", b"SQLite format 3\0 and then nothing of the kind"] {
            fs::write(&path, bytes).expect("written");
            assert!(open().expect_err("no collection").ends_with("is no collection of Anki's, or is damaged"));
        }
        fs::remove_file(&path).expect("removed");
        Connection::open(&path).and_then(|c| c.execute_batch("CREATE TABLE notes (id)")).expect("made");
        assert!(open().is_err());
    }

    #[test]
    fn what_stands_in_the_log_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("collection.anki2");
        let anki = Connection::open(&path).expect("made");
        anki.execute_batch(
            "PRAGMA journal_mode = wal; PRAGMA locking_mode = exclusive;
            CREATE TABLE col (models, decks); CREATE TABLE notes (id, guid, mid, mod, tags, flds);
            CREATE TABLE cards (nid, ord, did, odid);
            INSERT INTO col VALUES ('{\"7\":{\"mod\":3,\"flds\":[{\"name\":\"A\",\"id\":5}],\"tmpls\":[{\"name\":\"C\"}]}}', '{\"9\":{\"name\":\"क::ख\"}}');
            INSERT INTO notes VALUES (1, 'g', 7, 4, ' a b ', 'x'), (2, 'other', 7, 4, '', 'y');
            INSERT INTO cards VALUES (1, 0, 9, 0), (1, 2, 5, 9), (2, 0, 9, 0);",
        )
        .expect("made");
        assert!(folder.path().join("collection.anki2-wal").exists());
        let collection = Collection::open(&path).expect("read while it is open");
        let part = |id, name: &str| vec![Part { id, name: name.into() }];
        let note_type = LearnerNoteType {
            id: 7,
            modified: 3,
            original: None,
            fields: part(Some(5), "A"),
            templates: part(None, "C"),
        };
        assert_eq!(collection.note_types, [note_type]);
        assert!(collection.has_deck("क::ख") && !collection.has_deck("क"));
        let notes = collection.notes(&|guid| guid == "g").expect("read");
        let deck = "क::ख".to_owned();
        let note = LearnerNote {
            note_type: 7,
            modified: 4,
            tags: vec!["a".into(), "b".into()],
            fields: "x".into(),
            cards: [(0, deck.clone()), (2, deck)].into(),
        };
        assert_eq!(notes, BTreeMap::from([("g".to_owned(), note)]));
        drop(anki);
    }
}
