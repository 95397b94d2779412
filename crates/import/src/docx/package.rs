//! The container of a document: a ZIP archive of parts that name one another by relationships (ECMA-376, part 2).

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use patra_core::{Code, Diagnostic, Phrase, Span, phrase};
use zip::ZipArchive;

use super::xml::{self, Node};

/// The largest part in XML, unpacked, in bytes.
const MAX_PART: u64 = 48 << 20;

/// The largest picture, and all of them together, in bytes.
const MAX_PICTURE: u64 = 32 << 20;
const MAX_PICTURES: u64 = 256 << 20;

/// Why a document is not read.
#[derive(Debug)]
pub(crate) enum Fault {
    /// The file is of another form, or damaged.
    Damaged(Phrase),
    /// A limit is passed.
    TooLarge(Phrase),
}

impl Fault {
    /// The error to report.
    pub(crate) fn diagnostic(self) -> Diagnostic {
        match self {
            Fault::Damaged(why) => {
                let message = phrase!("the file can't be read as a document: {$why}", why);
                Diagnostic::new(Code::Unreadable, Span::NONE, message)
                    .with_hint("open it in the program that wrote it and save it once more")
            }
            Fault::TooLarge(what) => {
                Diagnostic::new(Code::TooLarge, Span::NONE, phrase!("the document holds {$what}", what))
                    .with_hint("split it into several documents")
            }
        }
    }
}

/// An open container.
pub(crate) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    left: u64,
}

impl<'b> Package<'b> {
    pub(crate) fn open(bytes: &'b [u8]) -> Result<Self, Fault> {
        if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            return Err(Fault::Damaged(phrase!("it is locked with a password, or in the form of Word 97 (.doc)")));
        }
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| Fault::Damaged(phrase!("it is no ZIP archive, or is cut short")))?;
        Ok(Package { archive, left: MAX_PICTURES })
    }

    /// Whether the container has a part of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The text of a part; `None` if there is no such part.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<String>, Fault> {
        if !self.has(name) {
            return Ok(None);
        }
        let bytes = self.bytes(name, MAX_PART)?;
        let text = match bytes.as_slice() {
            [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
            [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
            _ => String::from_utf8(bytes).ok(),
        };
        let text = text.ok_or_else(|| Fault::Damaged(phrase!("`{$name}` in it is not UTF-8 text", name)))?;
        Ok(Some(match text.strip_prefix('\u{FEFF}') {
            Some(rest) => rest.to_owned(),
            None => text,
        }))
    }

    /// The bytes of a picture.
    pub(crate) fn picture(&mut self, name: &str) -> Result<Vec<u8>, Fault> {
        let bytes = self.bytes(name, MAX_PICTURE.min(self.left))?;
        self.left = self.left.saturating_sub(bytes.len() as u64);
        Ok(bytes)
    }

    fn bytes(&mut self, name: &str, most: u64) -> Result<Vec<u8>, Fault> {
        let damaged = |error: &dyn std::fmt::Display| {
            Fault::Damaged(phrase!("`{$name}` in it is damaged: {$error}", name, error = error.to_string()))
        };
        let entry = self.archive.by_name(name).map_err(|error| damaged(&error))?;
        let mut bytes = Vec::new();
        entry.take(most + 1).read_to_end(&mut bytes).map_err(|error| damaged(&error))?;
        if bytes.len() as u64 > most {
            return Err(Fault::TooLarge(phrase!(
                "a part, `{$name}`, of more than {$most} MiB",
                name,
                most = most >> 20
            )));
        }
        Ok(bytes)
    }

    /// The relationships of a part, by their ids; none if the part has none.
    pub(crate) fn relationships(&mut self, part: &str) -> Result<BTreeMap<String, Relationship>, Fault> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        let Some(text) = self.part(&name)? else { return Ok(BTreeMap::new()) };
        let document = xml::parse(&text, &name)?;
        let found = document.root_element().children().filter_map(|node| {
            let id = xml::attribute(node, "Id")?.to_owned();
            let external = xml::attribute(node, "TargetMode") == Some("External");
            let target = xml::attribute(node, "Target")?;
            let target = if external { target.to_owned() } else { inside(folder, target)? };
            Some((id, Relationship { kind: kind(node), target, external }))
        });
        Ok(found.collect())
    }
}

/// A relationship: another part, or something outside.
#[derive(Clone, Debug)]
pub(crate) struct Relationship {
    /// The last word of its type: `image`, `hyperlink`.
    pub kind: String,
    /// The name of a part, or the address of something outside.
    pub target: String,
    /// Whether the target is outside the container.
    pub external: bool,
}

fn kind(node: Node<'_, '_>) -> String {
    xml::attribute(node, "Type").and_then(|kind| kind.rsplit('/').next()).unwrap_or_default().to_owned()
}

/// The name of the part that a target names from a folder; `None` where it leads out of the container.
fn inside(folder: &str, target: &str) -> Option<String> {
    let target = target.split('#').next().unwrap_or(target);
    let from: Cow<'_, str> = match target.strip_prefix('/') {
        Some(rest) => Cow::Borrowed(rest),
        None => Cow::Owned(format!("{folder}/{target}")),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in from.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    String::from_utf16(&units).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_stay_in_the_container() {
        assert_eq!(inside("word", "media/a.png").as_deref(), Some("word/media/a.png"));
        assert_eq!(inside("word", "/word/b.xml").as_deref(), Some("word/b.xml"));
        assert_eq!(inside("word", "../customXml/c.xml").as_deref(), Some("customXml/c.xml"));
        assert_eq!(inside("word", "../../etc/passwd"), None);
        assert_eq!(inside("", "word\\d.xml").as_deref(), Some("word/d.xml"));
    }
}
