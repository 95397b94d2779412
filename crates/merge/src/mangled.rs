//! What spreadsheets do to a cell unasked, told from what people do to it.

use patra_core::{Phrase, phrase};

use patra_sheets::{Hazard, MAX_CELL_LENGTH};

/// Errors that spreadsheets put in the place of a formula's value.
const ERRORS: [&str; 9] =
    ["#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#N/A", "#NUM!", "#NULL!", "#SPILL!", "#GETTING_DATA"];

/// Why the words that stand in a cell of CSV can only be what a spreadsheet made of those that stood there; `None` where a
/// person may have written them.
pub(crate) fn mangled(was: &str, is: &str) -> Option<Phrase> {
    if ERRORS.contains(&is.trim()) || (is.starts_with("Err:") && is[4..].trim().bytes().all(|b| b.is_ascii_digit())) {
        return Some(phrase!("an error of the spreadsheet's stands there"));
    }
    if let Some(why) = garbled(was, is) {
        return Some(why);
    }
    let cut = || was.starts_with(is) && is.encode_utf16().count() >= MAX_CELL_LENGTH - 1;
    if is.len() >= MAX_CELL_LENGTH / 2 && cut() {
        return Some(phrase!("the spreadsheet cut it off"));
    }
    match Hazard::of(was)? {
        Hazard::MissingWord if is.is_empty() => Some(phrase!("it was taken for nothing")),
        Hazard::Formula if is_value(is) => Some(phrase!("it was taken for a formula or a number")),
        Hazard::Formula | Hazard::MissingWord => None,
        Hazard::Date | Hazard::Time if is_value(is) => Some(phrase!("it was taken for a date or a time")),
        Hazard::Truth if is_value(is) => Some(phrase!("it was taken for a truth value")),
        _ if is_value(is) => Some(phrase!("it was taken for a number")),
        _ => None,
    }
}

/// Whether a spreadsheet may show a number, a date or a truth value so.
fn is_value(words: &str) -> bool {
    let plain = words.trim().replace([',', ' '], "");
    plain.parse::<f64>().is_ok()
        || !matches!(Hazard::of(words), None | Some(Hazard::Formula | Hazard::MissingWord))
        || Hazard::of(words.trim().trim_start_matches('-')).is_some_and(|hazard| {
            !matches!(hazard, Hazard::Formula | Hazard::MissingWord) && words.trim().starts_with('-')
        })
}

/// Whether letters were lost between encodings.
fn garbled(was: &str, is: &str) -> Option<Phrase> {
    let why = || phrase!("its letters were lost between encodings");
    if is.contains('\u{FFFD}') && !was.contains('\u{FFFD}') {
        return Some(why());
    }
    // UTF-8 read as Windows-1252: each letter is two or three, the first of them one of a few.
    let bytes = was.len() == is.chars().count() && !was.is_ascii();
    if bytes && was.bytes().zip(is.chars()).all(|(byte, c)| may_be(c, byte)) {
        return Some(why());
    }
    if lone_bytes(is) > lone_bytes(was) {
        return Some(why());
    }
    // An encoding without a letter has a question mark for it.
    let marks = is.matches('?').count();
    let lost = was.chars().filter(|c| !c.is_ascii()).count();
    if marks > was.matches('?').count() && lost > 0 && was.chars().count() == is.chars().count() {
        let same = was.chars().zip(is.chars()).all(|(was, is)| was == is || (!was.is_ascii() && is == '?'));
        return same.then(why);
    }
    None
}

/// What Windows-1252 has for the bytes from 0x80 to 0x9F; `\0` for those without a character.
const WINDOWS: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”', '•',
    '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// Whether a byte that was taken for a character of Windows-1252 may show as this one.
fn may_be(c: char, byte: u8) -> bool {
    c == char::from(byte)
        || matches!(byte, 0x80..=0x9F if WINDOWS[usize::from(byte - 0x80)] == c)
        // LibreOffice puts bytes without a character into the private use area.
        || u32::from(c) == 0xF100 + u32::from(byte)
        || c == '?' && byte >= 0x80
}

/// How often a byte that begins a letter in UTF-8 and one that goes on with it stand beside each other as characters.
fn lone_bytes(words: &str) -> usize {
    let goes_on = |c: char| {
        matches!(u32::from(c), 0x80..=0xBF | 0xF180..=0xF19F) || (c != '\0' && !c.is_ascii() && WINDOWS.contains(&c))
    };
    let begins = |c: char| matches!(c, 'Â' | 'Ã' | 'Ø' | 'Ù' | 'à' | 'á' | 'â' | 'ï' | 'ð');
    words.chars().zip(words.chars().skip(1)).filter(|&(c, next)| begins(c) && goes_on(next)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_spreadsheets_make_of_a_cell_is_known() {
        for (was, is) in [
            ("00123", "123"),
            ("1E5", "100000"),
            ("1E5", "1.00E+05"),
            ("1.10", "1.1"),
            ("1234567890123456", "1234567890123460"),
            ("1234567890123456", "1.23457E+15"),
            ("3/4", "2026-03-04"),
            ("3/4", "04-Mar"),
            ("3/4", "46085"),
            ("5 मार्च", "2026-03-05"),
            ("2:1", "02:01:00"),
            ("50%", "0.5"),
            ("50%", "50.00%"),
            ("TRUE", "1"),
            ("TRUE", "सही"),
            ("१२३", "123"),
            ("=1+1", "2"),
            ("=1+1", "-2"),
            ("- सूची", "#NAME?"),
            ("@a", "Err:508"),
            ("+91 98765", "9198765"),
            ("NA", ""),
            ("कमल", "???"),
            ("कमल", "क\u{FFFD}ल"),
            ("कमल", "à¤•à¤®à¤²"),
            ("कमल नया", "à¤•à¤®à¤² à¤¨"),
            ("＝1", "ï¼\u{f19d}1"),
            ("ठीक", "it’s 20Â°C"),
        ] {
            assert!(mangled(was, is).is_some(), "{was} → {is}");
        }
        let long = "क".repeat(MAX_CELL_LENGTH + 5);
        let cut: String = long.chars().take(MAX_CELL_LENGTH).collect();
        assert!(mangled(&long, &cut).is_some());
    }

    #[test]
    fn what_people_write_is_theirs() {
        for (was, is) in [
            ("कमल", "गुलाब"),
            ("कमल", ""),
            ("कमल", "123"),
            ("कमल", "=1+1"),
            ("क्या?", "कब?"),
            ("00123", "सौ तेईस"),
            ("- सूची", "- सूची नई"),
            ("NA", "उपलब्ध नहीं"),
            ("50%", "आधा"),
            ("=1+1", "दो"),
            ("voilà", "voilà ¤ 5"),
        ] {
            assert_eq!(mangled(was, is), None, "{was} → {is}");
        }
    }
}
