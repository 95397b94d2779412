//! The collection: Anki's SQLite file, of schema 11.
//!
//! Schema 11 is what every Anki since 2.0 reads, in packages of both forms. Indexes are left out: an import does not use
//! them, and they are half of the file.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};
use sha1::{Digest, Sha1};

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

/// The bytes of the SQLite file.
pub(crate) fn write(deck: &Deck, notes: &[Note]) -> Result<Vec<u8>, Error> {
    let mut connection = Connection::open_in_memory()?;
    connection.execute_batch(SCHEMA)?;
    let transaction = connection.transaction()?;
    let used: BTreeSet<_> = notes.iter().map(|note| note.note_type).collect();
    let subdecks: BTreeSet<&str> = notes.iter().map(|note| note.subdeck.as_str()).collect();
    let milliseconds = deck.time * 1000;
    transaction.execute(
        "INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, '{}', ?, ?, ?, '{}')",
        params![deck.time, milliseconds, milliseconds, models(&used).to_string(), deck.json(&subdecks), deck.presets()],
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
            let deck_id = deck.id_of(&note.subdeck);
            for &ord in &note.ords {
                // Anki gives new cards their places in the order of their ids, whatever `due` says.
                position += 1;
                add_card.execute(params![deck.first_id + position, id, deck_id, ord, note.modified, position])?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sorted_field_is_words() {
        assert_eq!(strip("<p lang=\"hi\">a &lt;b&gt; &amp;amp; &#123;</p>&c"), "a <b> &amp; {&c");
        assert_eq!(strip("<unclosed"), "");
    }
}
