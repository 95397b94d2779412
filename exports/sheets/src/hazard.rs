//! Cells that a spreadsheet or a data-frame library would alter or run.

mod number;

use std::collections::BTreeMap;

use patra_core::{Code, Diagnostic, Phrase, Span, noun, phrase};

use crate::value::FIRST_ROW;
use crate::{Sheet, SheetName, parallel};
use number::{ascii_digits, is_date, is_number, is_part_of_a_day};

/// How a cell of words would be altered by what opens the sheet. Measured with LibreOffice's import of CSV in English and
/// Hindi, and with pandas 3.1, polars 2.1 and DuckDB 2.0; quotes around the cell change none of it.
///
/// ```
/// use patra_sheets::Hazard;
/// assert_eq!(Hazard::of("=1+1"), Some(Hazard::Formula));
/// assert_eq!(Hazard::of("00123"), Some(Hazard::LeadingZeros));
/// assert_eq!(Hazard::of("3 मार्च"), Some(Hazard::Date));
/// assert_eq!(Hazard::of("कॉल सेंटर"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Hazard {
    /// It begins as a formula does (`=`, `+`, `-`, `@`, a tab, a line end, their full-width forms), and may be run.
    Formula,
    /// It is a number with zeros before it, which are lost.
    LeadingZeros,
    /// It is a number with an exponent, which is worked out: `1E5` becomes 100000.
    Exponent,
    /// It is a number of more than 15 digits, the last of which become 0.
    LongNumber,
    /// It is a number whose written form is lost: `1.10`, `1,000`, `(5)`, `₹500`, `inf`.
    Number,
    /// It is a number in digits other than 0 to 9, which spreadsheets rewrite and polars refuses.
    NativeDigits,
    /// It is a percentage: `50%` becomes 0.5.
    Percent,
    /// It is a day or a part of one, or a fraction taken for one: `3/4`, `5 March`, `12-5-2020`.
    Date,
    /// It is a time, or a ratio taken for one: `2:1`.
    Time,
    /// It is a truth value: `TRUE`, and in Hindi `सही`.
    Truth,
    /// It is a word that stands for nothing at all in pandas or R: `NA`, `null`.
    MissingWord,
}

/// A cell with its hazard.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The sheet.
    pub sheet: SheetName,
    /// The row as spreadsheets number it: the header is row 1.
    pub row: usize,
    /// The column's name.
    pub column: &'static str,
    /// What the cell holds.
    pub cell: String,
    /// How it would be altered.
    pub hazard: Hazard,
    /// Where what the row tells of stood in the source.
    pub span: Span,
}

/// The longest cell that can be anything but words or a formula; longer ones are not looked at further.
const LONGEST_VALUE: usize = 400;

/// The longest cell, in bytes, that can be a value without holding a number: `गलत` and the words for nothing, with white
/// space around them.
const LONGEST_WORD: usize = 32;

/// What readers take for nothing, in any case: pandas' `na_values`, R's `NA`, spreadsheets' errors.
const MISSING_WORDS: [&str; 15] = [
    "#n/a", "#n/a n/a", "#na", "-1.#ind", "-1.#qnan", "-nan", "1.#ind", "1.#qnan", "<na>", "n/a", "na", "null", "nan",
    "none", "nil",
];

/// Whether a cell begins as no value does, which most do, so that nothing else need be asked. Of the letters only those are
/// left that a month, a weekday, a truth value or a word for nothing begins with.
fn is_plainly_words(words: &str) -> bool {
    let bytes = words.as_bytes();
    let too_long = || bytes.len() > LONGEST_DAY && words.trim_end().len() > LONGEST_DAY;
    match *bytes {
        [first, ..] if first.is_ascii_alphabetic() => {
            let known = matches!(
                first.to_ascii_lowercase(),
                b'a' | b'd' | b'f' | b'i' | b'j' | b'm' | b'n' | b'o' | b's' | b't' | b'w'
            );
            // Of the words that need no digit, `infinity` is the longest.
            !known || too_long() || (bytes.len() > LONGEST_WORD && !words.contains(char::is_numeric))
        }
        // U+0905 to U+0939, the letters of Devanagari.
        [0xE0, 0xA4, third, ..] if (0x85..=0xB9).contains(&third) => {
            let known = ["स", "ग", "ज", "फ", "म", "अ", "न", "द"];
            too_long() || !known.iter().any(|letter| words.starts_with(letter))
        }
        _ => false,
    }
}

/// The longest day with a time, in bytes, that begins with a letter: a month of 20 bytes in Hindi, and three numbers.
const LONGEST_DAY: usize = 80;

impl Hazard {
    /// The hazard of a cell of words, the gravest where there are several.
    #[must_use]
    pub fn of(words: &str) -> Option<Self> {
        if is_plainly_words(words) { None } else { Hazard::of_any(words) }
    }

    fn of_any(words: &str) -> Option<Self> {
        let first = words.chars().next()?;
        if words.len() <= LONGEST_WORD && MISSING_WORDS.contains(&words.trim().to_lowercase().as_str()) {
            return Some(Hazard::MissingWord);
        }
        if matches!(first, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') {
            return Some(Hazard::Formula);
        }
        if words.len() > LONGEST_VALUE {
            return None;
        }
        let trimmed = words.trim();
        // Some look past white space to the sign.
        if trimmed.starts_with(['=', '＝']) {
            return Some(Hazard::Formula);
        }
        // Most cells are sentences, and no sentence without a number is a value.
        if words.len() > LONGEST_WORD && !words.contains(char::is_numeric) {
            return None;
        }
        let (ascii, native) = ascii_digits(trimmed);
        let value = Hazard::of_value(&ascii);
        // `२०२६` on its own is harmless to no reader, where `2026` is to all.
        if native && (value.is_some() || is_number(&ascii)) { Some(Hazard::NativeDigits) } else { value }
    }

    /// The hazard of a trimmed cell that begins with no sign.
    fn of_value(text: &str) -> Option<Self> {
        let lower = text.to_lowercase();
        if matches!(lower.as_str(), "true" | "false" | "सही" | "गलत" | "ग\u{93C}लत") {
            return Some(Hazard::Truth);
        }
        if matches!(lower.as_str(), "inf" | "infinity" | "+inf" | "-inf") {
            return Some(Hazard::Number);
        }
        if !text.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        if let Some(number) = text.strip_suffix('%') {
            return is_number(number.trim_end()).then_some(Hazard::Percent);
        }
        if is_number(text) {
            let digits = text.bytes().filter(u8::is_ascii_digit).count();
            let leading = text.len() > 1 && text.starts_with('0') && text.as_bytes()[1].is_ascii_digit();
            let canonical = text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
                && !(text.contains('.') && text.ends_with(['0', '.']))
                && !text.starts_with('.');
            return if lower.contains('e') {
                Some(Hazard::Exponent)
            } else if leading {
                Some(Hazard::LeadingZeros)
            } else if digits > 15 {
                Some(Hazard::LongNumber)
            } else {
                (!canonical).then_some(Hazard::Number)
            };
        }
        if is_part_of_a_day(&lower) {
            return Some(Hazard::Time);
        }
        is_date(&lower).then_some(Hazard::Date)
    }

    /// What happens to the cell, in a few words.
    #[must_use]
    pub fn consequence(self) -> &'static str {
        match self {
            Hazard::Formula => noun!("is run as a formula by spreadsheets"),
            Hazard::LeadingZeros => noun!("loses its leading zeros"),
            Hazard::Exponent => noun!("becomes a number without its exponent"),
            Hazard::LongNumber => noun!("loses its last digits"),
            Hazard::Number => noun!("becomes a number in another form"),
            Hazard::NativeDigits => noun!("becomes a number in other digits, and polars refuses it"),
            Hazard::Percent => noun!("becomes a fraction"),
            Hazard::Date => noun!("becomes a date"),
            Hazard::Time => noun!("becomes a time"),
            Hazard::Truth => noun!("becomes a truth value"),
            Hazard::MissingWord => noun!("is read as nothing by pandas and R"),
        }
    }
}

/// Every cell of words in the sheets that has a hazard, in order.
#[must_use]
pub fn hazards(sheets: &[Sheet<'_>]) -> Vec<Finding> {
    parallel::each(sheets, of_sheet).into_iter().flatten().collect()
}

fn of_sheet(sheet: &Sheet<'_>) -> Vec<Finding> {
    let columns = sheet.schema().columns;
    let mut found = Vec::new();
    // In many columns a cell holds what the one above it does.
    let mut above: Vec<(&str, Option<Hazard>)> = vec![("", None); columns.len()];
    for (i, row) in sheet.rows.iter().enumerate() {
        for ((column, cell), above) in columns.iter().zip(&row.cells).zip(&mut above) {
            let Some(words) = cell.as_text() else { continue };
            if words != above.0 {
                *above = (words, Hazard::of(words));
            }
            if let Some(hazard) = above.1 {
                let (column, cell) = (column.name, words.to_owned());
                found.push(Finding { sheet: sheet.name, row: i + FIRST_ROW, column, cell, hazard, span: row.span });
            }
        }
    }
    found
}

/// Hazards as warnings, one for all cells that hold the same words: a term stands in several sheets.
pub(crate) fn warnings<'a>(found: impl Iterator<Item = &'a Finding> + Clone) -> Vec<Diagnostic> {
    let mut others: BTreeMap<&str, usize> = BTreeMap::new();
    found.clone().for_each(|finding| *others.entry(&finding.cell).or_default() += 1);
    let mut warnings = Vec::new();
    for finding in found {
        let Some(count) = others.remove(finding.cell.as_str()) else { continue };
        let Finding { sheet, row, column, cell, hazard, span } = finding;
        let message = phrase!(
            "row {$row} of `{$sheet}`, column `{$column}`: `{$cell}` {$becomes}",
            row,
            sheet = sheet.as_str(),
            column,
            cell = shortened(cell),
            becomes = Phrase::from(hazard.consequence())
        );
        let message = match count - 1 {
            0 => message,
            more => {
                phrase!("{$message}, and so in 1 more cell" | "{$message}, and so in {$more} more cells", message, more)
            }
        };
        let hint = "the workbook keeps it; `--spreadsheet-safe`, in Python `spreadsheet_safe`, guards it in CSV";
        warnings.push(Diagnostic::new(Code::SheetCell, *span, message).with_hint(hint));
    }
    warnings
}

/// A cell as a message shows it: on one line, and not all of a long one.
pub(crate) fn shortened(cell: &str) -> String {
    const SHOWN: usize = 40;
    let mut shown: String = cell.chars().take(SHOWN).flat_map(escaped).collect();
    if cell.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

/// Control characters as escapes. Not `escape_debug`, which would escape the marks of Indic scripts.
fn escaped(c: char) -> Vec<char> {
    if c.is_control() { c.escape_default().collect() } else { vec![c] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_hazard_is_told() {
        let cases = [
            (
                Hazard::Formula,
                &["=1+1", "+91 98765", "-5", "- सूची", "@a", "\tक", "\rक", "\nक", "＝1", "－१", "＋१", "＠", " =1"][..],
            ),
            (Hazard::LeadingZeros, &["00123", "007", "01.5"]),
            (Hazard::Exponent, &["1E5", "2e10", "1.5E-3", "1 E5"]),
            (Hazard::LongNumber, &["1234567890123456"]),
            (
                Hazard::Number,
                &[
                    "1.10", "1,000", "1,00,000", "1.234,56", "(5)", "( 5 )", "₹500", "₹ 5", "₹-5", "5 ₹", "$5", "5-",
                    "1 1/2", ".5", "5.", "inf",
                ],
            ),
            (Hazard::NativeDigits, &["१२३", "००१", "१/२", "५०%", "१०:३०", "২০", "٣"]),
            (Hazard::Percent, &["50%", "12.5 %"]),
            (
                Hazard::Date,
                &[
                    "3/4",
                    "1-2",
                    "12-5-2020",
                    "2026-11-24",
                    "24.11.2026",
                    "5 March",
                    "Mar 5",
                    "march 2026",
                    "5 मार्च",
                    "जनवरी 2026",
                    "1-jan",
                    "March 5, 2026",
                ],
            ),
            (Hazard::Time, &["2:1", "10:30", "10:30 PM", "10:30:15", "9 am", "5:"]),
            (Hazard::Truth, &["TRUE", "false", "सही", "गलत "]),
            (Hazard::MissingWord, &["NA", "N/A", "null", "NaN", "None", "-nan", "#N/A"]),
        ];
        for (hazard, cells) in cases {
            for cell in cells {
                assert_eq!(Hazard::of(cell), Some(hazard), "{cell:?}");
            }
        }
    }

    #[test]
    fn the_first_letter_tells_as_much_as_the_whole() {
        let starts = ["", " ", "ग़", "ग\u{93C}", "क", "a", "T", "İ", "é", "九", "म", "S", "\u{900}"];
        let rests = [
            "",
            "true",
            "alse",
            "लत",
            "लत ",
            "ही",
            "an 5",
            "arch 5, 2026",
            "ार्च 5",
            "ई 2026",
            "na",
            "/a",
            "NA",
            "inf",
            "nf",
            "infinity",
            "aturday, 5 march 2026",
            "eptember 24, 2026 10:30:15 pm",
            "ितम्बर 2026",
            "1",
            "5 am",
        ];
        for start in starts {
            for rest in rests {
                let cell = format!("{start}{rest}");
                assert_eq!(Hazard::of(&cell), Hazard::of_any(&cell), "{cell:?}");
            }
        }
    }

    #[test]
    fn words_and_plain_numbers_are_left_alone() {
        for cell in [
            "",
            "क",
            "24",
            "1.5",
            "0",
            "0.5",
            "BPO",
            "24x7",
            "24/7 सेवा",
            "e-mail",
            "कॉल (फ़ोन)",
            "नहीं",
            "March on",
            "मई",
            "1e",
            "e5",
            "a=b",
            "10 मिनट",
            "2:1 के अनुपात में",
            "NATO",
            "123456789012345",
            "1.2.3.4",
            "50 % तक",
            "C++",
            "'hi",
            "bpo.b1.2",
        ] {
            assert_eq!(Hazard::of(cell), None, "{cell:?}");
        }
    }

    #[test]
    fn a_long_cell_costs_no_more_than_a_look_at_its_start() {
        assert_eq!(Hazard::of(&"1".repeat(10_000_000)), None);
        assert_eq!(Hazard::of(&format!("={}", "1".repeat(10_000_000))), Some(Hazard::Formula));
        assert_eq!(shortened(&format!("\n{}", "क".repeat(50))), format!("\\n{}…", "क".repeat(39)));
    }
}
