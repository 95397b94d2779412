//! `patra.toml`: what a book is made of.

use std::ops::Range;

use patra_core::{Code, Date, Diagnostic, Id, Language, Material, Phrase, Source, Span, Text, phrase};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::options::{self, OptionTable};

/// What `patra.toml` says of a book.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    id: Id,
    title: String,
    pub(super) language: Option<Language>,
    pub(super) subject: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) licence: Option<String>,
    pub(super) source: Option<String>,
    updated: Option<Date>,
    tags: Vec<String>,
    /// The names of its files, or patterns of them, with their places; all sources in the folder where there are none.
    pub(super) files: Option<Vec<(String, Span)>>,
    /// The tables beside its own.
    pub(super) options: Vec<OptionTable>,
}

type Value<'a> = Spanned<DeValue<'a>>;

struct Reader<'a> {
    text: &'a str,
    found: &'a mut Vec<Diagnostic>,
}

impl Manifest {
    /// Reads the fields, and the other tables of which `tables` has the names; `None` where the file is not TOML, or has no
    /// table of fields.
    pub(super) fn read(source: &Source, tables: &[&str], found: &mut Vec<Diagnostic>) -> Option<Self> {
        let document = match DeTable::parse(source.text()) {
            Ok(document) => document,
            Err(error) => {
                let span = error.span().map_or(Span::NONE, |at| Span::new(at.start, at.end));
                let why = error.message().lines().next().map_or_else(|| phrase!("it is cut short"), Phrase::verbatim);
                let message = phrase!("the book's file is not TOML: {$why}", why);
                found.push(Diagnostic::new(Code::BookManifest, span, message));
                return None;
            }
        };
        let mut reader = Reader { text: source.text(), found };
        let mut manifest = None;
        let mut options = Vec::new();
        for (key, value) in document.get_ref() {
            match (&**key.get_ref(), value.get_ref()) {
                ("book", DeValue::Table(table)) => manifest = Some(reader.book(table, key.span())),
                (name, DeValue::Table(table)) if tables.contains(&name) => {
                    let mut tell = |at: Range<usize>, message: Phrase, hint: Phrase| reader.tell(at, message, hint);
                    options.push(options::read(source.text(), (name, key.span()), table, &mut tell));
                }
                (name, _) if name == "book" || tables.contains(&name) => {
                    let hint = phrase!("write `[{$name}]` on a line", name);
                    reader.tell(value.span(), phrase!("`{$name}` is a table", name), hint);
                }
                (other, _) => {
                    let names: Vec<String> = tables.iter().map(|name| format!(", `[{name}]`")).collect();
                    let hint = phrase!("its tables are {$names}", names = format!("`[book]`{}", names.concat()));
                    reader.tell(key.span(), phrase!("a book's file has no `{$other}`", other), hint);
                }
            }
        }
        if manifest.is_none() && reader.found.is_empty() {
            reader.tell(
                0..0,
                phrase!("the file has no table `[book]`"),
                "write `[book]`, and below it `title = \"…\"`",
            );
        }
        manifest.map(|manifest| Manifest { options, ..manifest })
    }

    /// The material of the book, its sections not yet in it.
    pub(super) fn material(self, language: Language) -> Material {
        Material {
            id: self.id,
            title: Text::plain(self.title),
            language,
            subject: self.subject,
            authors: self.authors,
            licence: self.licence,
            source: self.source,
            updated: self.updated,
            tags: self.tags,
            ..Material::default()
        }
    }
}

impl Reader<'_> {
    fn tell(&mut self, at: Range<usize>, message: Phrase, hint: impl Into<Phrase>) {
        // A character at least, where there is one: an empty key has no place of its own.
        let first = self.text.get(at.start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let span = Span::new(at.start, at.end.max(at.start + first));
        self.found.push(Diagnostic::new(Code::BookManifest, span, message).with_hint(hint));
    }

    fn book(&mut self, table: &DeTable<'_>, at: Range<usize>) -> Manifest {
        let mut book = Manifest::default();
        for (key, value) in table {
            match &**key.get_ref() {
                "id" => {
                    book.id = self
                        .parsed(key, value, phrase!("write something like `id = \"call-centre\"`"))
                        .unwrap_or_default()
                }
                "title" => book.title = self.words(key, value).unwrap_or_default(),
                "language" => {
                    book.language = self.parsed(key, value, phrase!("write the code of the language: `hi`, `en`"))
                }
                "subject" => book.subject = self.words(key, value),
                "authors" => book.authors = self.list(key, value),
                "licence" => book.licence = self.words(key, value),
                "source" => book.source = self.words(key, value),
                "updated" => {
                    let hint = phrase!("write year, month and day: `2026-11-24`");
                    book.updated = match value.get_ref() {
                        DeValue::Datetime(date) => self.value(&date.to_string(), value, hint),
                        _ => self.parsed(key, value, hint),
                    };
                }
                "tags" => book.tags = self.list(key, value),
                "files" => book.files = Some(self.placed(key, value)),
                other => {
                    let message = phrase!("a book has no field `{$other}`", other);
                    let hint = "its fields are id, title, language, subject, authors, licence, source, updated, tags and files";
                    self.tell(key.span(), message, hint);
                }
            }
        }
        if book.title.trim().is_empty() && !table.contains_key("title") {
            self.tell(at, phrase!("the book has no title"), "write `title = \"…\"` below `[book]`");
        }
        book
    }

    fn words(&mut self, key: &Spanned<std::borrow::Cow<'_, str>>, value: &Value<'_>) -> Option<String> {
        if let DeValue::String(words) = value.get_ref() {
            return Some(words.clone().into_owned());
        }
        self.tell(value.span(), phrase!("`{$key}` is words", key = key.get_ref()), "put them in quotes");
        None
    }

    fn placed(&mut self, key: &Spanned<std::borrow::Cow<'_, str>>, value: &Value<'_>) -> Vec<(String, Span)> {
        let DeValue::Array(values) = value.get_ref() else {
            self.tell(value.span(), phrase!("`{$key}` is a list", key = key.get_ref()), "write it as `[\"…\", \"…\"]`");
            return Vec::new();
        };
        let placed = values.iter().filter_map(|value| {
            let words = self.words(key, value)?;
            Some((words, Span::new(value.span().start, value.span().end)))
        });
        placed.collect()
    }

    fn list(&mut self, key: &Spanned<std::borrow::Cow<'_, str>>, value: &Value<'_>) -> Vec<String> {
        self.placed(key, value).into_iter().map(|(words, _)| words).collect()
    }

    fn parsed<T: std::str::FromStr<Err: Into<Phrase>>>(
        &mut self,
        key: &Spanned<std::borrow::Cow<'_, str>>,
        value: &Value<'_>,
        hint: Phrase,
    ) -> Option<T> {
        let words = self.words(key, value)?;
        self.value(&words, value, hint)
    }

    fn value<T: std::str::FromStr<Err: Into<Phrase>>>(
        &mut self,
        words: &str,
        value: &Value<'_>,
        hint: Phrase,
    ) -> Option<T> {
        match words.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.tell(value.span(), error.into(), hint);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_has_a_place_of_whole_characters() {
        for text in [
            "",
            "#क",
            "क = 1",
            "[book]\n\"\" = 1",
            "book = \"क\"",
            "[book]\nfiles = [\"\", 1, \"क",
            "[बुक]",
            "papers = 1",
            "[papers]\nक = {}\n\"\" = [[]]",
        ] {
            let mut found = Vec::new();
            Manifest::read(&Source::new(text.to_owned()), &["papers"], &mut found);
            assert!(!found.is_empty(), "{text:?}");
            for problem in found {
                let span = problem.span;
                assert!(text.get(span.start()..span.end()).is_some(), "{text:?}: {problem}");
            }
        }
    }
}
