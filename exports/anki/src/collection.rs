//! The collection: Anki's SQLite file, of schema 11.
//!
//! Schema 11 is what every Anki since 2.0 reads, in packages of both forms. Indexes are left out: an import does not use
//! them, and they are half of the file.

use std::collections::BTreeSet;

use patra_core::Material;
use rusqlite::{Connection, params};
use serde_json::json;
use sha1::{Digest, Sha1};

use crate::error::Error;
use crate::guid::Namespace;
use crate::inline::Html;
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

/// The deck that the notes stand in.
#[derive(Clone, Debug)]
pub(crate) struct Deck {
    pub id: i64,
    pub name: String,
    /// Shown on the deck's page, in HTML.
    pub description: String,
    /// From where the ids of notes and cards count, in milliseconds since 1970.
    pub first_id: i64,
    /// The time of the deck itself, in seconds since 1970.
    pub time: i64,
}

impl Deck {
    /// The deck of a material. `name` as options give it, `time` that of the material.
    pub fn of(material: &Material, name: Option<&str>, time: i64) -> Deck {
        let namespace = Namespace::of(material);
        let title = material.title.to_plain();
        // A title with `::` is one name; only a name that was asked for has levels.
        let name = name.map_or_else(
            || clean_name(&title.replace("::", ": :")),
            |name| {
                let levels: Vec<String> = name.split("::").map(clean_name).filter(|level| !level.is_empty()).collect();
                levels.join("::")
            },
        );
        let name = if name.is_empty() { material.id.to_string() } else { name };
        let mut description = Html::in_language(&material.language);
        let lines = [
            material.subject.as_deref(),
            Some(&material.authors.join(", ")),
            material.source.as_deref(),
            material.licence.as_deref(),
        ];
        for line in lines.into_iter().flatten().filter(|line| !line.trim().is_empty()) {
            if !description.out.is_empty() {
                description.out.push_str("<br>");
            }
            description.words(line);
        }
        // The day before, since a day begins elsewhere before it begins in UTC, and ids must not lie ahead of now.
        let first_id = (time - 86_400) * 1000 + namespace.millisecond();
        Deck { id: namespace.deck_id(), name, description: description.out, first_id, time }
    }
}

/// A level of a deck's name. Anki trims levels and takes no control characters.
fn clean_name(level: &str) -> String {
    crate::lock::one_line(&crate::escape::nfc(level)).trim_matches(':').trim().to_owned()
}

/// The bytes of the SQLite file.
pub(crate) fn write(deck: &Deck, notes: &[Note]) -> Result<Vec<u8>, Error> {
    let mut connection = Connection::open_in_memory()?;
    connection.execute_batch(SCHEMA)?;
    let transaction = connection.transaction()?;
    let used: BTreeSet<_> = notes.iter().map(|note| note.note_type).collect();
    let milliseconds = deck.time * 1000;
    transaction.execute(
        "INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, '{}', ?, ?, '{}', '{}')",
        params![deck.time, milliseconds, milliseconds, models(&used).to_string(), decks(deck)],
    )?;
    {
        let mut add_note = transaction.prepare("INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, '')")?;
        let mut add_card =
            transaction.prepare("INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')")?;
        let mut position = 0_i64;
        for (note, id) in notes.iter().zip(deck.first_id..) {
            let tags = if note.tags.is_empty() { String::new() } else { format!(" {} ", note.tags.join(" ")) };
            let first = strip(note.fields.first().map(String::as_str).unwrap_or_default());
            let checksum = i64::from(u32::from_be_bytes(first_four(&Sha1::digest(&first))));
            add_note.execute(params![
                id,
                note.guid,
                note.note_type.id(),
                note.modified,
                tags,
                note.fields.join("\u{1f}"),
                first,
                checksum
            ])?;
            for &ord in &note.ords {
                // Anki gives new cards their places in the order of their ids, whatever `due` says.
                position += 1;
                add_card.execute(params![deck.first_id + position, id, deck.id, ord, note.modified, position])?;
            }
        }
    }
    transaction.commit()?;
    Ok(connection.serialize("main")?.to_vec())
}

fn first_four(hash: &[u8]) -> [u8; 4] {
    [hash[0], hash[1], hash[2], hash[3]]
}

/// The words of a field, by which Anki sorts notes: without tags, and with the references that fields are written with
/// resolved.
fn strip(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        const REFERENCES: [(&str, &str); 10] = [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&amp;", "&"),
            ("&quot;", "\""),
            ("&#91;", "["),
            ("&#92;", "\\"),
            ("&#123;", "{"),
            ("&#125;", "}"),
            ("&#58;", ":"),
            ("&#824;", "\u{338}"),
        ];
        if let Some((reference, c)) = REFERENCES.iter().find(|(reference, _)| rest.starts_with(reference)) {
            out.push_str(c);
            rest = &rest[reference.len()..];
        } else {
            let end = if rest.starts_with('<') { rest.find('>').map_or(rest.len(), |end| end + 1) } else { 1 };
            out.push_str(if rest.starts_with('&') { "&" } else { "" });
            rest = &rest[end..];
        }
    }
    out.push_str(rest);
    out
}

/// The decks, as schema 11 stores them: the one that every collection has, and ours with the decks it stands in.
fn decks(deck: &Deck) -> String {
    let entry = |id: i64, name: &str, description: &str, time: i64| {
        json!({
            "id": id, "name": name, "mod": time, "usn": -1, "desc": description, "dyn": 0, "conf": 1, "collapsed": false,
            "browserCollapsed": false, "extendNew": 0, "extendRev": 0, "newToday": [0, 0], "revToday": [0, 0],
            "lrnToday": [0, 0], "timeToday": [0, 0], "md": false,
        })
    };
    let mut decks = serde_json::Map::new();
    decks.insert("1".into(), entry(1, "Default", "", 0));
    let mut levels: Vec<&str> = deck.name.split("::").collect();
    decks.insert(deck.id.to_string(), entry(deck.id, &deck.name, &deck.description, deck.time));
    // Levels above the deck, which Anki would otherwise have to make up.
    let mut above = deck.id;
    while levels.len() > 1 {
        levels.pop();
        above += 1;
        decks.insert(above.to_string(), entry(above, &levels.join("::"), "", deck.time));
    }
    serde_json::Value::Object(decks).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sorted_field_is_words() {
        assert_eq!(strip("<p lang=\"hi\">a &lt;b&gt; &amp;amp; &#123;</p>&c"), "a <b> &amp; {&c");
        assert_eq!(strip("<unclosed"), "");
    }

    #[test]
    fn a_title_is_one_level() {
        let mut material = Material { title: "C++: std::vector".into(), ..Material::default() };
        assert_eq!(Deck::of(&material, None, 0).name, "C++: std: :vector");
        assert_eq!(Deck::of(&material, Some(" a :: ::b\nc"), 0).name, "a::b c");
        material.title = "\u{7}".into();
        material.id = patra_core::Id::from_key("क");
        assert_eq!(Deck::of(&material, None, 0).name, "क");
    }
}
