//! Catalogues of translations: the part of GNU gettext's PO format that they need.

use std::collections::HashMap;

/// The translation of a template: one form, or two where it has a plural.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Forms(Vec<String>);

impl Forms {
    pub(crate) fn all(&self) -> &[String] {
        &self.0
    }

    /// The form for a number. In Hindi 0 and 1 take the singular (CLDR, plural rules of `hi`).
    pub(crate) fn of(&self, number: Option<u64>) -> Option<&str> {
        let plural = number.is_some_and(|number| number > 1) && self.0.len() > 1;
        self.0.get(usize::from(plural)).map(String::as_str).filter(|form| !form.is_empty())
    }
}

/// Which string the lines after a keyword go on with.
#[derive(Clone, Copy, PartialEq)]
enum Field {
    Id,
    Plural,
    Form(usize),
}

/// The entries of a catalogue by their `msgid`, without the header. Where a line is not understood, or a template comes twice, its
/// number comes as an error, with what else could be read.
pub(crate) fn parse(text: &str) -> Result<HashMap<String, Forms>, (HashMap<String, Forms>, usize)> {
    let mut found = HashMap::new();
    let mut wrong = None;
    let (mut id, mut forms, mut field) = (String::new(), Vec::<String>::new(), Field::Id);
    for (index, line) in text.lines().chain([""]).enumerate() {
        let line = line.trim();
        if line.starts_with('#') {
            continue;
        }
        let (keyword, rest) = match line.find('"') {
            Some(at) => (line[..at].trim_end(), &line[at..]),
            None => (line, ""),
        };
        let next = match keyword {
            "" if !rest.is_empty() => Some(field),
            "msgid" => Some(Field::Id),
            "msgid_plural" => Some(Field::Plural),
            "msgstr" | "msgstr[0]" => Some(Field::Form(0)),
            "msgstr[1]" => Some(Field::Form(1)),
            _ => None,
        };
        // An entry ends at an empty line, and where the next begins.
        if (keyword == "msgid" || line.is_empty()) && !forms.is_empty() {
            let entry = (std::mem::take(&mut id), Forms(std::mem::take(&mut forms)));
            if !entry.0.is_empty() && found.insert(entry.0, entry.1).is_some() {
                wrong = wrong.or(Some(index));
            }
        }
        match (next, unquoted(rest)) {
            (Some(next), Some(words)) => {
                field = next;
                match field {
                    Field::Id => id.push_str(&words),
                    Field::Plural => {}
                    Field::Form(number) => {
                        forms.resize(forms.len().max(number + 1), String::new());
                        forms[number].push_str(&words);
                    }
                }
            }
            _ if line.is_empty() => {}
            _ => wrong = wrong.or(Some(index + 1)),
        }
    }
    match wrong {
        None => Ok(found),
        Some(line) => Err((found, line)),
    }
}

/// The words of a quoted string.
fn unquoted(quoted: &str) -> Option<String> {
    let inner = quoted.strip_prefix('"')?.strip_suffix('"')?;
    let mut words = String::with_capacity(inner.len());
    let mut letters = inner.chars();
    while let Some(c) = letters.next() {
        match c {
            '"' => return None,
            '\\' => words.push(match letters.next()? {
                'n' => '\n',
                't' => '\t',
                c @ ('"' | '\\') => c,
                _ => return None,
            }),
            c => words.push(c),
        }
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"
msgid ""
msgstr "Language: hi\n"

#. a comment
msgid "a \"b\" "
"c"
msgstr "क\\\n"

msgid "1 item"
msgid_plural "{$count} items"
msgstr[0] "{$count} चीज़"
msgstr[1] "{$count} चीज़ें"
"#;

    #[test]
    fn entries_are_found_by_their_templates() {
        let found = parse(SMALL).expect("well-formed");
        assert_eq!(found.len(), 2);
        assert_eq!(found["a \"b\" c"].of(Some(7)), Some("क\\\n"));
        let items = &found["1 item"];
        assert_eq!(
            [0, 1, 2].map(|n| items.of(Some(n))),
            [Some("{$count} चीज़"), Some("{$count} चीज़"), Some("{$count} चीज़ें")]
        );
    }

    #[test]
    fn what_is_wrong_is_told_by_its_line() {
        for (text, line) in [("msgid \"a\"\nmsgstr \"b\nmsgstr", 2), ("msgctxt \"a\"", 1)] {
            assert_eq!(parse(text).map_err(|(_, line)| line).err(), Some(line), "{text}");
        }
        assert!(parse(&format!("{SMALL}\nmsgid \"1 item\"\nmsgstr \"x\"\n")).is_err());
    }
}
