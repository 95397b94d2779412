//! The notes of a collection, in schema 11 (JSON in one row) and schema 15 and later (tables).

use std::collections::BTreeMap;

use patra_core::{Phrase, phrase};
use patra_database::is_table;
use rusqlite::Connection;
use serde_json::Value as Json;

use super::package::{Fault, Value, fields};

/// The most notes that are read.
const MAX_NOTES: usize = 100_000;

/// A note type.
#[derive(Clone, Debug, Default)]
pub(super) struct NoteType {
    pub id: i64,
    pub fields: Vec<String>,
    pub kind: Kind,
}

/// How the notes of a type ask.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    #[default]
    Normal,
    Cloze,
    Occlusion,
}

/// A note.
#[derive(Clone, Debug)]
pub(super) struct Note {
    pub guid: String,
    pub note_type: NoteType,
    pub tags: Vec<String>,
    pub fields: Vec<String>,
    /// The names of its deck and of those around it, from the outermost.
    pub deck: Vec<String>,
}

/// What is read of a collection.
#[derive(Clone, Debug, Default)]
pub(super) struct Collection {
    /// The notes in the order of their ids, which is that of their making.
    pub notes: Vec<Note>,
}

impl Collection {
    /// Reads the database of a package.
    pub(super) fn read(bytes: Vec<u8>) -> Result<Self, Fault> {
        // The words of all notes are in the database once, unless pages in it are used several times.
        let mut left = bytes.len();
        let connection = open(bytes)?;
        for name in ["notes", "cards", "col", "fields", "decks"] {
            is_table(&connection, name).map_err(refused)?;
        }
        let modern = is_table(&connection, "notetypes").map_err(refused)?;
        let (types, decks) = if modern { modern_names(&connection) } else { legacy_names(&connection) }?;
        let mut places: BTreeMap<i64, i64> = BTreeMap::new();
        let mut statement =
            connection.prepare("SELECT nid, did, odid FROM cards ORDER BY nid, ord").map_err(damaged)?;
        let mut rows = statement.query([]).map_err(damaged)?;
        while let Some(row) = rows.next().map_err(damaged)? {
            let (note, deck, home): (i64, i64, i64) =
                (row.get(0).map_err(damaged)?, row.get(1).map_err(damaged)?, row.get(2).unwrap_or(0));
            // A card that is being studied in a filtered deck is at home in another.
            places.entry(note).or_insert(if home == 0 { deck } else { home });
        }
        let mut statement =
            connection.prepare("SELECT id, guid, mid, tags, flds FROM notes ORDER BY id").map_err(damaged)?;
        let mut rows = statement.query([]).map_err(damaged)?;
        let mut notes = Vec::new();
        while let Some(row) = rows.next().map_err(damaged)? {
            if notes.len() >= MAX_NOTES {
                return Err(Fault::TooLarge(phrase!("more than {$most} notes; patra reads no more", most = MAX_NOTES)));
            }
            let (id, mid): (i64, i64) = (row.get(0).map_err(damaged)?, row.get(2).map_err(damaged)?);
            let words = |column: usize| {
                // Anki's columns may hold numbers: SQLite has no types of columns.
                let value = row.get_ref(column).ok()?;
                match value {
                    rusqlite::types::ValueRef::Text(text) | rusqlite::types::ValueRef::Blob(text) => {
                        Some(String::from_utf8_lossy(text).into_owned())
                    }
                    rusqlite::types::ValueRef::Integer(number) => Some(number.to_string()),
                    rusqlite::types::ValueRef::Real(number) => Some(number.to_string()),
                    rusqlite::types::ValueRef::Null => None,
                }
            };
            let (guid, tags, joined) =
                (words(1).unwrap_or_default(), words(3).unwrap_or_default(), words(4).unwrap_or_default());
            left = left.checked_sub(guid.len() + tags.len() + joined.len()).ok_or_else(|| {
                Fault::Damaged(phrase!("its database is damaged: {$error}", error = phrase!("notes share their pages")))
            })?;
            let deck = places.get(&id).and_then(|deck| decks.get(deck)).cloned().unwrap_or_default();
            notes.push(Note {
                guid,
                note_type: types.get(&mid).cloned().unwrap_or_else(|| NoteType { id: mid, ..NoteType::default() }),
                tags: tags.split_whitespace().map(str::to_owned).collect(),
                fields: joined.split('\u{1f}').map(str::to_owned).collect(),
                deck: deck.split("::").map(|level| level.trim().to_owned()).filter(|level| !level.is_empty()).collect(),
            });
        }
        // The page that an Anki too old for a package shows instead of it.
        let stand_in = |note: &Note| note.fields.iter().any(|field| field.contains("Please update to the latest Anki"));
        if notes.len() == 1 && notes.first().is_some_and(stand_in) {
            return Err(Fault::Damaged(phrase!("its notes are in a collection that is missing")));
        }
        Ok(Collection { notes })
    }
}

fn damaged(error: rusqlite::Error) -> Fault {
    refused(error.into())
}

fn refused(error: patra_database::Error) -> Fault {
    Fault::Damaged(phrase!("its database is damaged: {$error}", error = Phrase::from(&error)))
}

fn open(mut bytes: Vec<u8>) -> Result<Connection, Fault> {
    // Anki's current form is a database that keeps a log beside it, which SQLite opens from no memory. In a package the log is
    // empty and left out, so that it is a plain one but for what its header says (https://sqlite.org/fileformat.html, 1.3.3).
    if let Some(versions @ [2, 2]) = bytes.get_mut(18..20) {
        versions.fill(1);
    }
    patra_database::open(&bytes).map_err(refused)
}

type Names = (BTreeMap<i64, NoteType>, BTreeMap<i64, String>);

/// Note types and decks as JSON in the one row of `col`.
fn legacy_names(connection: &Connection) -> Result<Names, Fault> {
    let (models, decks): (String, String) = connection
        .query_row("SELECT models, decks FROM col", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .map_err(damaged)?;
    let json = |text: &str| {
        serde_json::from_str::<Json>(text).map_err(|error| {
            Fault::Damaged(phrase!("its note types or decks are not JSON: {$error}", error = error.to_string()))
        })
    };
    let text = |value: &Json, key: &str| value.get(key).and_then(Json::as_str).unwrap_or_default().to_owned();
    let mut types = BTreeMap::new();
    for (id, model) in json(&models)?.as_object().into_iter().flatten() {
        let Ok(id) = id.parse() else { continue };
        let listed = model.get("flds").and_then(Json::as_array).into_iter().flatten();
        let cloze = model.get("type").and_then(Json::as_i64) == Some(1);
        let stock = model.get("originalStockKind").and_then(Json::as_i64);
        let fields: Vec<String> = listed.map(|field| text(field, "name")).collect();
        let kind = kind(cloze, stock == Some(6), &fields);
        types.insert(id, NoteType { id, fields, kind });
    }
    let decks = json(&decks)?;
    let decks = decks.as_object().into_iter().flatten();
    let names = decks.filter_map(|(id, deck)| Some((id.parse().ok()?, text(deck, "name"))));
    Ok((types, names.collect()))
}

/// Note types and decks in tables of their own.
fn modern_names(connection: &Connection) -> Result<Names, Fault> {
    let mut types: BTreeMap<i64, NoteType> = BTreeMap::new();
    let mut listed: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    let mut statement = connection.prepare("SELECT ntid, name FROM fields ORDER BY ntid, ord").map_err(damaged)?;
    let mut rows = statement.query([]).map_err(damaged)?;
    while let Some(row) = rows.next().map_err(damaged)? {
        listed.entry(row.get(0).map_err(damaged)?).or_default().push(row.get(1).map_err(damaged)?);
    }
    let mut statement = connection.prepare("SELECT id, config FROM notetypes").map_err(damaged)?;
    let mut rows = statement.query([]).map_err(damaged)?;
    while let Some(row) = rows.next().map_err(damaged)? {
        let id: i64 = row.get(0).map_err(damaged)?;
        let config: Vec<u8> = row.get(1).map_err(damaged)?;
        let settings = fields(&config).unwrap_or_default();
        let number = |wanted: u64| {
            settings.iter().find_map(|(field, value)| match value {
                Value::Number(number) if *field == wanted => Some(*number),
                _ => None,
            })
        };
        let names = listed.remove(&id).unwrap_or_default();
        let kind = kind(number(1) == Some(1), number(9) == Some(6), &names);
        types.insert(id, NoteType { id, fields: names, kind });
    }
    let mut decks = BTreeMap::new();
    let mut statement = connection.prepare("SELECT id, name FROM decks").map_err(damaged)?;
    let mut rows = statement.query([]).map_err(damaged)?;
    while let Some(row) = rows.next().map_err(damaged)? {
        let name: String = row.get(1).map_err(damaged)?;
        decks.insert(row.get(0).map_err(damaged)?, name.replace('\u{1f}', "::"));
    }
    Ok((types, decks))
}

fn kind(cloze: bool, occlusion: bool, fields: &[String]) -> Kind {
    let covered =
        fields.first().is_some_and(|name| name == "Occlusion") && fields.get(1).is_some_and(|name| name == "Image");
    match (cloze, occlusion || covered) {
        (_, true) => Kind::Occlusion,
        (true, _) => Kind::Cloze,
        _ => Kind::Normal,
    }
}
