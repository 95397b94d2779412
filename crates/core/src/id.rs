//! Ids: names that stay when the wording changes.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use crate::character::{Class, only_ascii_folds};
use crate::word::fold_word;
use crate::{Phrase, phrase};

/// The longest id, in bytes of UTF-8. A file name may have 255; an id shares it with kinds and endings.
pub const MAX_ID_BYTES: usize = 160;

/// The id of something in a material.
///
/// An id holds letters, marks and digits of any script in NFC and lower case, and between them `-`, `_` or `.`; it
/// holds at least one letter, so that no spreadsheet takes it for a number, and begins with a letter or digit, so that
/// none takes it for a formula. It is safe in a file name, and in a URL once percent-encoded.
///
/// An [unset](Id::is_unset) id stands for one that the author did not write;
/// [`Material::assign_ids`](crate::Material::assign_ids) derives it from the key of the thing.
///
/// ```
/// use patra_core::Id;
/// assert_eq!(Id::from_key("कॉल सेंटर BPO").as_str(), "कॉल-सेंटर-bpo");
/// assert_eq!(Id::from_key("2026").as_str(), "n-2026");
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(Arc<str>);

/// Why a text is not an id.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IdError {
    /// It is empty.
    Empty,
    /// It holds a character that an id may not hold.
    Character(char),
    /// It holds no letter.
    NoLetter,
    /// It does not begin with a letter or a digit, or does not end with a letter, mark or digit.
    Edge,
    /// It is longer than [`MAX_ID_BYTES`].
    TooLong,
}

impl Id {
    /// An id as an author wrote it, brought to NFC and lower case.
    ///
    /// # Errors
    /// Where the text breaks a rule for ids, which one.
    pub fn new(text: &str) -> Result<Self, IdError> {
        let id = fold_word(text).into_owned();
        if id.is_empty() {
            return Err(IdError::Empty);
        }
        if let Some(c) = id.chars().find(|&c| !is_word(c) && !matches!(c, '-' | '_' | '.')) {
            return Err(IdError::Character(c));
        }
        if !id.chars().any(char::is_alphabetic) {
            return Err(IdError::NoLetter);
        }
        let starts = id.starts_with(char::is_alphanumeric) && !id.starts_with(is_combining_mark);
        if !starts || !id.ends_with(is_word) {
            return Err(IdError::Edge);
        }
        if id.len() > MAX_ID_BYTES {
            return Err(IdError::TooLong);
        }
        if looks_like_a_value(&id, is_month) {
            return Err(IdError::NoLetter);
        }
        Ok(Id(id.into()))
    }

    /// The id that follows from a key: a term, a heading, the prompt of a question.
    ///
    /// Anything but letters, marks and digits parts words, and words are joined by `-`. Joiners (ZWJ, ZWNJ) and other
    /// invisible characters are left out, so that two spellings that look alike have one id. A key without a letter, or
    /// one that a spreadsheet would read as a value, gets `n-` before it; a long one is cut at a grapheme and a digest of
    /// the whole added.
    #[must_use]
    pub fn from_key(key: &str) -> Self {
        let folded = if only_ascii_folds(key) { Cow::Borrowed(key) } else { fold_word(key) };
        let mut id = String::with_capacity(folded.len());
        let mut lettered = false;
        // Whether the next character of a word begins one.
        let mut begins = true;
        for c in folded.chars() {
            let class = Class::of(c);
            if class.is_invisible() || class.is_mark() && begins {
                continue;
            }
            if !class.is_word() {
                begins = true;
                continue;
            }
            if begins && !id.is_empty() {
                id.push('-');
            }
            begins = false;
            lettered |= class.is_letter();
            id.push(c.to_ascii_lowercase());
        }
        if !lettered || looks_like_a_value(&id, begins_like_a_month) {
            // A key of symbols alone (`+`, `∑`) still tells its things apart.
            if id.is_empty() && !key.trim().is_empty() {
                id = digest(key.trim());
            }
            id.insert_str(0, if id.is_empty() { "n" } else { "n-" });
        }
        // Room is kept for the kind of a practice item, and for a section's id where two keys are equal.
        const LONGEST: usize = 75;
        if id.len() > LONGEST {
            let room = LONGEST - 9;
            let cut =
                id.grapheme_indices(true).map(|(i, g)| i + g.len()).take_while(|&end| end <= room).last().unwrap_or(0);
            let digest = digest(&id);
            id.truncate(cut);
            let kept = id.trim_end_matches('-').len();
            id.truncate(kept);
            id = if id.is_empty() { format!("n-{digest}") } else { format!("{id}-{digest}") };
        }
        Id(id.into())
    }

    /// This id with a part after it: `bpo` and `meaning` make `bpo.meaning`.
    #[must_use]
    pub fn join(&self, part: &str) -> Self {
        Id([&self.0, ".", part].concat().into())
    }

    /// The short code that stands for the id on paper: `K7Q2M`.
    ///
    /// By it a person tells that a line of a worksheet, a card and a row of a sheet are about one thing. It has five signs,
    /// a letter first, without vowels and without what looks alike, and says nothing of the id: on a worksheet it gives
    /// no answer away. Of 300 ids two have one code in one material of 200.
    #[must_use]
    pub fn code(&self) -> String {
        const SIGNS: &[u8; 27] = b"BCDFGHJKMNPQRSTVWXZ23456789";
        const LETTERS: u64 = 19;
        // 64-bit FNV-1a, its bits mixed by the last steps of SplitMix64.
        let hash =
            self.0.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
        let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mut rest = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        rest ^= rest >> 31;
        let mut code = String::with_capacity(5);
        for base in [LETTERS, 27, 27, 27, 27] {
            code.push(char::from(SIGNS[usize::try_from(rest % base).unwrap_or(0)]));
            rest /= base;
        }
        code
    }

    /// Whether no id was given yet.
    #[must_use]
    pub fn is_unset(&self) -> bool {
        self.0.is_empty()
    }

    /// The text of the id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_word(c: char) -> bool {
    Class::of(c).is_word()
}

/// Whether a spreadsheet or a data-frame library would read the id as a number, a truth value or a missing value.
fn looks_like_a_value(id: &str, month: fn(&str) -> bool) -> bool {
    // All of these begin with an ASCII letter or digit.
    if !id.starts_with(|c: char| c.is_ascii()) {
        return false;
    }
    const WORDS: [&str; 11] = ["true", "false", "null", "none", "nan", "na", "n.a", "inf", "infinity", "yes", "no"];
    let exponent = id.split_once('e').is_some_and(|(mantissa, exponent)| {
        let digits = |s: &str| !s.is_empty() && s.chars().all(|c| c.is_ascii_digit() || c == '.');
        digits(mantissa) && digits(exponent.trim_start_matches('-'))
    });
    let hex = id.strip_prefix("0x").is_some_and(|h| h.chars().all(|c| c.is_ascii_hexdigit()));
    exponent || hex || WORDS.contains(&id) || is_day_and_month(id, month)
}

/// Names of the months, of which spreadsheets take any beginning from three letters on.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Whether a spreadsheet reads a word as a month: `mar`, `sept` and `march`, but not `marathi`.
fn is_month(word: &str) -> bool {
    word.len() >= 3 && MONTHS.iter().any(|name| name.starts_with(word))
}

/// Whether a word begins with the three letters of a month, as `marathi` does.
///
/// Ids that follow from keys are made by this wider rule, and stay so: learners' cards are known by them.
fn begins_like_a_month(word: &str) -> bool {
    word.get(..3).is_some_and(|start| MONTHS.iter().any(|name| name.starts_with(start)))
}

/// `1-jan`, `mar-5`, `sep-2026`: dates to a spreadsheet.
fn is_day_and_month(id: &str, month: fn(&str) -> bool) -> bool {
    let number = |s: &str| !s.is_empty() && s.chars().all(|c| c.is_ascii_digit());
    let parts: Vec<&str> = id.split('-').collect();
    match parts.as_slice() {
        [one] => {
            one.find(|c: char| !c.is_ascii_digit()).is_some_and(|i| i > 0 && one[i..].len() == 3 && is_month(&one[i..]))
        }
        [a, b] => (number(a) && month(b)) || (month(a) && number(b)),
        [a, b, c] => number(a) && month(b) && number(c),
        _ => false,
    }
}

/// Eight hexadecimal digits of 32-bit FNV-1a, which tell apart long keys with one beginning.
fn digest(text: &str) -> String {
    let hash = text.bytes().fold(0x811c_9dc5_u32, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193));
    format!("{hash:08x}")
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

impl std::str::FromStr for Id {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        Id::new(text)
    }
}

/// Ids compare and hash as their texts do.
impl std::borrow::Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Id {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Phrase::from(self))
    }
}

impl From<&IdError> for Phrase {
    fn from(error: &IdError) -> Self {
        match error {
            IdError::Empty => phrase!("the id is empty"),
            IdError::Character(c) => {
                phrase!("an id may not hold `{$character}`", character = c.escape_debug().to_string())
            }
            IdError::NoLetter => phrase!("an id needs a letter and must not read as a number, a date or `true`"),
            IdError::Edge => phrase!("an id begins with a letter or digit and ends with one"),
            IdError::TooLong => phrase!("an id has at most {$limit} bytes", limit = MAX_ID_BYTES),
        }
    }
}

impl From<IdError> for Phrase {
    fn from(error: IdError) -> Self {
        Phrase::from(&error)
    }
}

impl std::error::Error for IdError {}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Id::new(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_gives_an_id_that_new_accepts() {
        let long = "क्षेत्रीय ".repeat(60);
        let keys = [
            "कॉल सेंटर BPO",
            "C++",
            "+",
            "1E5",
            "=1+1",
            "१२३",
            "true",
            "3 Mar",
            "1jan",
            "क्‍ष",
            "ि",
            "نستعلیق",
            "a".repeat(5000).as_str(),
            &long,
            "İ",
            "0x1F",
            "NA",
        ]
        .map(str::to_owned);
        for key in keys {
            let id = Id::from_key(&key);
            assert_eq!(Id::new(id.as_str()), Ok(id.clone()), "{key}");
        }
    }

    #[test]
    fn joiners_and_case_do_not_part_keys() {
        assert_eq!(Id::from_key("क्\u{200d}ष"), Id::from_key("क्ष"));
        assert_eq!(Id::from_key("Call  Centre!"), Id::from_key("call centre"));
        assert_ne!(Id::from_key("+"), Id::from_key("-"));
        assert_ne!(Id::from_key(&"क".repeat(400)), Id::from_key(&"क".repeat(401)));
        // U+0958 decomposes under NFC.
        assert_eq!(Id::from_key("\u{958}"), Id::from_key("\u{915}\u{93c}"));
    }

    #[test]
    fn codes_are_short_and_tell_ids_apart() {
        // Codes are printed: they stay what they are.
        assert_eq!(Id::from_key("कॉल सेंटर").join("meaning").code(), "H3FJW");
        assert_eq!(Id::from_key("bpo").code(), "TNN9P");
        let codes: std::collections::BTreeSet<String> =
            (0..300).map(|n| Id::from_key(&format!("t{n}")).code()).collect();
        assert_eq!(codes.len(), 300);
        assert!(codes.iter().all(|code| code.len() == 5 && code.starts_with(|c: char| c.is_ascii_uppercase())));
        assert!(!codes.iter().any(|code| code.contains(['A', 'E', 'I', 'O', 'U', 'L', '0', '1'])));
    }

    #[test]
    fn a_word_that_only_begins_like_a_month_is_no_date() {
        for id in ["sepal-3", "marathi-50", "12-juniper", "mars-2", "7-octave-4"] {
            assert_eq!(Id::new(id).map(|id| id.to_string()), Ok(id.to_owned()));
        }
        for id in ["sep-3", "sept-3", "september-3", "mar-50", "12-june", "7-oct-4", "3may"] {
            assert_eq!(Id::new(id), Err(IdError::NoLetter), "{id}");
        }
        // An id that follows from a key is what it always was.
        assert_eq!(Id::from_key("Sepal 3").as_str(), "n-sepal-3");
        assert_eq!(Id::from_key("12 June").as_str(), "n-12-june");
    }

    #[test]
    fn what_is_not_an_id_says_why() {
        assert_eq!(Id::new(""), Err(IdError::Empty));
        assert_eq!(Id::new("a b"), Err(IdError::Character(' ')));
        assert_eq!(Id::new("../a"), Err(IdError::Character('/')));
        assert_eq!(Id::new("-a"), Err(IdError::Edge));
        assert_eq!(Id::new("a."), Err(IdError::Edge));
        assert_eq!(Id::new("12"), Err(IdError::NoLetter));
        assert_eq!(Id::new("1e5"), Err(IdError::NoLetter));
        assert_eq!(Id::new(&"a".repeat(161)), Err(IdError::TooLong));
    }
}
