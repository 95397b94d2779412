//! Markers of lists: the numbers and letters before items, in the style that the author counts in.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Phrase, phrase};

/// Marker of a numbered list's items: the style of its numbers and the signs around them.
///
/// [`label`](ListMarker::label) prints one, [`readings`](ListMarker::readings) reads one. In the stored form it is the names of
/// both, `{"style": "devanagari-consonants", "delimiter": "two-parens"}`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListMarker {
    /// The style of the numbers.
    #[serde(default)]
    pub style: ListStyle,
    /// The signs around them.
    #[serde(default)]
    pub delimiter: ListDelimiter,
}

/// Signs around the number of an item, by the names of pandoc's `ListNumberDelim`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ListDelimiter {
    /// `1.`
    #[default]
    Period,
    /// `1)`
    OneParen,
    /// `(1)`
    TwoParens,
}

/// Style in which items are counted: CSS's name of it where CSS has one (CSS Counter Styles Level 3 and Ready-made Counter
/// Styles).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
#[expect(missing_docs, reason = "each is described by its name, which `name` gives, and by its first numbers")]
pub enum ListStyle {
    /// 1, 2, 3: on paper in the digits that the material's language is printed with.
    #[default]
    Decimal,
    LowerAlpha,
    UpperAlpha,
    LowerRoman,
    UpperRoman,
    Devanagari,
    Bengali,
    Gurmukhi,
    Gujarati,
    Oriya,
    Tamil,
    Telugu,
    Kannada,
    Malayalam,
    Persian,
    ArabicIndic,
    OlChiki,
    MeeteiMayek,
    DevanagariConsonants,
    DevanagariAlphabet,
    DevanagariAbcd,
    BengaliConsonants,
    BengaliAlphabet,
    GurmukhiConsonants,
    GurmukhiAlphabet,
    GujaratiConsonants,
    GujaratiAlphabet,
    GujaratiAbcd,
    OriyaConsonants,
    OriyaAlphabet,
    TamilConsonants,
    TamilAlphabet,
    TeluguConsonants,
    TeluguAlphabet,
    KannadaConsonants,
    KannadaAlphabet,
    MalayalamConsonants,
    MalayalamAlphabet,
    UrduAbjad,
}

/// How a style writes numbers.
enum System {
    /// In digits, of which this is the nought.
    Digits(char),
    Roman {
        upper: bool,
    },
    /// In letters, by their order; after the last one two letters, as the columns of a spreadsheet are named.
    Letters(&'static str),
}

/// The highest number that is written in Roman numerals.
const HIGHEST_ROMAN: u32 = 3999;

const ROMAN: [(u32, &str); 13] = [
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

/// Every style with its name, in the order of declaration.
const STYLES: [(ListStyle, &str, System); 39] = {
    use ListStyle as S;
    use System::{Digits, Letters, Roman};
    [
        (S::Decimal, "decimal", Digits('0')),
        (S::LowerAlpha, "lower-alpha", Letters("a b c d e f g h i j k l m n o p q r s t u v w x y z")),
        (S::UpperAlpha, "upper-alpha", Letters("A B C D E F G H I J K L M N O P Q R S T U V W X Y Z")),
        (S::LowerRoman, "lower-roman", Roman { upper: false }),
        (S::UpperRoman, "upper-roman", Roman { upper: true }),
        (S::Devanagari, "devanagari", Digits('०')),
        (S::Bengali, "bengali", Digits('০')),
        (S::Gurmukhi, "gurmukhi", Digits('੦')),
        (S::Gujarati, "gujarati", Digits('૦')),
        (S::Oriya, "oriya", Digits('୦')),
        (S::Tamil, "tamil", Digits('௦')),
        (S::Telugu, "telugu", Digits('౦')),
        (S::Kannada, "kannada", Digits('೦')),
        (S::Malayalam, "malayalam", Digits('൦')),
        (S::Persian, "persian", Digits('۰')),
        (S::ArabicIndic, "arabic-indic", Digits('٠')),
        (S::OlChiki, "ol-chiki", Digits('᱐')),
        (S::MeeteiMayek, "meetei-mayek", Digits('꯰')),
        (
            S::DevanagariConsonants,
            "devanagari-consonants",
            Letters("क ख ग घ ङ च छ ज झ ञ ट ठ ड ढ ण त थ द ध न प फ ब भ म य र ल व श ष स ह"),
        ),
        (
            S::DevanagariAlphabet,
            "devanagari-alphabet",
            Letters("अ आ इ ई उ ऊ ए ऐ ओ औ क ख ग घ च छ ज झ ट ठ ड ढ त थ द ध न प फ ब भ म"),
        ),
        (S::DevanagariAbcd, "devanagari-abcd", Letters("अ ब स द य र ल व")),
        (
            S::BengaliConsonants,
            "bengali-consonants",
            Letters("ক খ গ ঘ ঙ চ ছ জ ঝ ঞ ট ঠ ড ঢ ণ ত থ দ ধ ন প ফ ব ভ ম য র ল শ ষ স হ"),
        ),
        (
            S::BengaliAlphabet,
            "bengali-alphabet",
            Letters("অ আ ই ঈ উ ঊ এ ঐ ও ঔ ক খ গ ঘ চ ছ জ ঝ ট ঠ ড ঢ ত থ দ ধ ন প ফ ব ভ ম"),
        ),
        (
            S::GurmukhiConsonants,
            "gurmukhi-consonants",
            Letters("ਕ ਖ ਗ ਘ ਙ ਚ ਛ ਜ ਝ ਞ ਟ ਠ ਡ ਢ ਣ ਤ ਥ ਦ ਧ ਨ ਪ ਫ ਬ ਭ ਮ ਯ ਰ ਲ ਵ"),
        ),
        (
            S::GurmukhiAlphabet,
            "gurmukhi-alphabet",
            Letters("ੳ ਅ ੲ ਸ ਹ ਕ ਖ ਗ ਘ ਙ ਚ ਛ ਜ ਝ ਞ ਟ ਠ ਡ ਢ ਣ ਤ ਥ ਦ ਧ ਨ ਪ ਫ ਬ ਭ ਮ"),
        ),
        (
            S::GujaratiConsonants,
            "gujarati-consonants",
            Letters("ક ખ ગ ઘ ચ છ જ ઝ ટ ઠ ડ ઢ ત થ દ ધ ન પ ફ બ ભ મ ય ર લ વ શ સ હ"),
        ),
        (
            S::GujaratiAlphabet,
            "gujarati-alphabet",
            Letters("અ આ ઇ ઈ ઉ ઊ એ ઐ ઓ ઔ ક ખ ગ ઘ ચ છ જ ઝ ટ ઠ ડ ઢ ત થ દ ધ ન પ ફ બ ભ મ"),
        ),
        (S::GujaratiAbcd, "gujarati-abcd", Letters("અ બ ક ડ ઇ")),
        (S::OriyaConsonants, "oriya-consonants", Letters("କ ଖ ଗ ଘ ଙ ଚ ଛ ଜ ଝ ଞ ଟ ଠ ଡ ଢ ଣ ତ ଥ ଦ ଧ ନ ପ ଫ ବ ଭ ମ")),
        (
            S::OriyaAlphabet,
            "oriya-alphabet",
            Letters("ଅ ଆ ଇ ଈ ଉ ଊ ଏ ଐ ଓ ଔ କ ଖ ଗ ଘ ଚ ଛ ଜ ଝ ଟ ଠ ଡ ଢ ତ ଥ ଦ ଧ ନ ପ ଫ ବ ଭ ମ"),
        ),
        (S::TamilConsonants, "tamil-consonants", Letters("க ங ச ஞ ட ண த ந ப ம ய ர ல வ")),
        (S::TamilAlphabet, "tamil-alphabet", Letters("அ ஆ இ ஈ உ ஊ எ ஏ ஐ ஒ ஓ ஔ க ங ச ஞ ட ண த ந ப ம ய ர ல வ")),
        (S::TeluguConsonants, "telugu-consonants", Letters("క ఖ గ ఘ చ ఛ జ ఝ ట ఠ డ ఢ త థ ద ధ న ప ఫ బ భ మ య ర ల వ")),
        (
            S::TeluguAlphabet,
            "telugu-alphabet",
            Letters("అ ఆ ఇ ఈ ఉ ఊ ఎ ఏ ఐ ఒ ఓ ఔ క ఖ గ ఘ చ ఛ జ ఝ ట ఠ డ ఢ త థ ద ధ న ప ఫ బ భ మ"),
        ),
        (S::KannadaConsonants, "kannada-consonants", Letters("ಕ ಖ ಗ ಘ ಚ ಛ ಜ ಝ ಟ ಠ ಡ ಢ ತ ಥ ದ ಧ ನ ಪ ಫ ಬ ಭ ಮ ಯ ರ ಲ ವ")),
        (
            S::KannadaAlphabet,
            "kannada-alphabet",
            Letters("ಅ ಆ ಇ ಈ ಉ ಊ ಎ ಏ ಐ ಒ ಓ ಔ ಕ ಖ ಗ ಘ ಚ ಛ ಜ ಝ ಟ ಠ ಡ ಢ ತ ಥ ದ ಧ ನ ಪ ಫ ಬ ಭ ಮ"),
        ),
        (
            S::MalayalamConsonants,
            "malayalam-consonants",
            Letters("ക ഖ ഗ ഘ ച ഛ ജ ഝ ട ഠ ഡ ഢ ത ഥ ദ ധ ന പ ഫ ബ ഭ മ യ ര ല വ"),
        ),
        (
            S::MalayalamAlphabet,
            "malayalam-alphabet",
            Letters("അ ആ ഇ ഈ ഉ ഊ എ ഏ ഐ ഒ ഓ ഔ ക ഖ ഗ ഘ ച ഛ ജ ഝ ട ഠ ഡ ഢ ത ഥ ദ ധ ന പ ഫ ബ ഭ മ"),
        ),
        (S::UrduAbjad, "urdu-abjad", Letters("الف ب ج د ہ و ز ح ط ی ک ل م ن س ع ف ص ق ر ش ت ث خ ذ")),
    ]
};

impl ListStyle {
    /// Every style, in the order of declaration.
    pub fn all() -> impl Iterator<Item = ListStyle> {
        STYLES.iter().map(|(style, ..)| *style)
    }

    fn row(self) -> &'static (ListStyle, &'static str, System) {
        &STYLES[self as usize]
    }

    /// Name of the style, as the stored form has it: `lower-roman`, `devanagari-consonants`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// The style with a name of the stored form, which are CSS's where CSS has one.
    #[must_use]
    pub fn of_name(name: &str) -> Option<ListStyle> {
        STYLES.iter().find(|(_, known, _)| *known == name).map(|(style, ..)| *style)
    }

    /// Whether the style counts in letters, and not in digits or Roman numerals.
    #[must_use]
    pub fn is_lettering(self) -> bool {
        matches!(self.row().2, System::Letters(_))
    }

    /// A number in the style. What a style can't write, such as 0 in letters, is in European digits.
    #[must_use]
    pub fn number(self, number: u32) -> String {
        match &self.row().2 {
            System::Digits(zero) => in_digits(number, *zero),
            System::Roman { upper } if (1..=HIGHEST_ROMAN).contains(&number) => {
                let numeral = roman(number);
                if *upper { numeral.to_uppercase() } else { numeral }
            }
            System::Letters(letters) if number > 0 => in_letters(number, letters),
            System::Roman { .. } | System::Letters(_) => number.to_string(),
        }
    }

    /// The number that a numeral of the style stands for; of letters one alone is read.
    fn value(self, numeral: &str) -> Option<u32> {
        match &self.row().2 {
            System::Digits(zero) => {
                let digit = |c: char| u32::from(c).checked_sub(u32::from(*zero)).filter(|digit| *digit < 10);
                let value = numeral.chars().try_fold(0_u32, |value, c| value.checked_mul(10)?.checked_add(digit(c)?));
                value.filter(|_| !numeral.is_empty() && numeral.chars().count() <= 9)
            }
            System::Roman { .. } => {
                // No numeral up to the highest has more letters.
                let short = !numeral.is_empty() && numeral.len() <= 15 && numeral.is_ascii();
                short.then(|| from_roman(&numeral.to_ascii_lowercase()))?.filter(|&value| self.number(value) == numeral)
            }
            System::Letters(letters) => {
                let at = letters.split(' ').position(|letter| letter == numeral)?;
                u32::try_from(at + 1).ok()
            }
        }
    }
}

fn in_digits(number: u32, zero: char) -> String {
    let digit = |c: char| c.to_digit(10).and_then(|digit| char::from_u32(u32::from(zero) + digit)).unwrap_or(c);
    number.to_string().chars().map(digit).collect()
}

fn in_letters(number: u32, letters: &str) -> String {
    let letters: Vec<&str> = letters.split(' ').collect();
    let base = u32::try_from(letters.len()).unwrap_or(1);
    let (mut rest, mut out) = (number, Vec::new());
    while rest > 0 {
        rest -= 1;
        out.push(letters[(rest % base) as usize]);
        rest /= base;
    }
    out.into_iter().rev().collect()
}

fn roman(number: u32) -> String {
    let (mut rest, mut out) = (number, String::new());
    for (value, numeral) in ROMAN {
        while rest >= value {
            out.push_str(numeral);
            rest -= value;
        }
    }
    out
}

fn from_roman(numeral: &str) -> Option<u32> {
    let (mut rest, mut value) = (numeral, 0);
    for (worth, sign) in ROMAN {
        while let Some(after) = rest.strip_prefix(sign) {
            (rest, value) = (after, value + worth);
        }
    }
    (rest.is_empty() && value <= HIGHEST_ROMAN).then_some(value)
}

impl ListMarker {
    /// Marker of an item by its number: `(ग)` for 3.
    #[must_use]
    pub fn label(self, number: u32) -> String {
        self.delimiter.around(&self.style.number(number))
    }

    /// Whether it is the marker of lists that say nothing of it: `1.`
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == ListMarker::default()
    }

    /// All that a marker such as `(i)` can be: in each style in which it is a numeral, its number.
    #[must_use]
    pub fn readings(label: &str) -> Vec<(ListMarker, u32)> {
        let Some((numeral, delimiter)) = ListDelimiter::take(label) else { return Vec::new() };
        let read = |style: ListStyle| Some((ListMarker { style, delimiter }, style.value(numeral)?));
        ListStyle::all().filter_map(read).collect()
    }

    /// The marker by which labels count up by one, and the first number; `None` where none does. Where several do, it is one
    /// that begins with 1, and of those the first in the order of declaration.
    #[must_use]
    pub fn of_sequence<'a>(labels: impl IntoIterator<Item = &'a str>) -> Option<(ListMarker, u32)> {
        let mut labels = labels.into_iter();
        let mut candidates = ListMarker::readings(labels.next()?);
        for (after, label) in (1..).zip(labels) {
            let readings = ListMarker::readings(label);
            candidates.retain(|(marker, first)| {
                first.checked_add(after).is_some_and(|number| readings.contains(&(*marker, number)))
            });
        }
        candidates.iter().find(|(_, first)| *first == 1).or(candidates.first()).copied()
    }

    /// Whether a sequence that begins with these labels is one beyond doubt.
    fn is_told_by_first(self) -> bool {
        ListMarker::of_sequence([self.label(1).as_str()]).is_some_and(|(marker, first)| (marker, first) == (self, 1))
    }
}

impl ListDelimiter {
    /// A numeral with the signs around it.
    fn around(self, numeral: &str) -> String {
        match self {
            ListDelimiter::Period => format!("{numeral}."),
            ListDelimiter::OneParen => format!("{numeral})"),
            ListDelimiter::TwoParens => format!("({numeral})"),
        }
    }

    /// The numeral within a label, and the signs around it.
    fn take(label: &str) -> Option<(&str, ListDelimiter)> {
        if let Some(numeral) = label.strip_suffix('.') {
            return Some((numeral, ListDelimiter::Period));
        }
        let inner = label.strip_suffix(')')?;
        Some(match inner.strip_prefix('(') {
            Some(numeral) => (numeral, ListDelimiter::TwoParens),
            None => (inner, ListDelimiter::OneParen),
        })
    }
}

/// The first marker, `(क)`; the first two where one alone could be of another style: `(अ) (ब)`.
impl fmt::Display for ListMarker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label(1))?;
        if !self.is_told_by_first() {
            write!(f, " {}", self.label(2))?;
        }
        Ok(())
    }
}

/// Words that show no marker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListMarkerError(String);

impl From<&ListMarkerError> for Phrase {
    fn from(error: &ListMarkerError) -> Self {
        phrase!("`{$words}` is not the first marker of a list, such as `1.`, `(a)`, `i)` or `(क)`", words = &error.0)
    }
}

impl From<ListMarkerError> for Phrase {
    fn from(error: ListMarkerError) -> Self {
        Phrase::from(&error)
    }
}

impl fmt::Display for ListMarkerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Phrase::from(self))
    }
}

impl std::error::Error for ListMarkerError {}

impl FromStr for ListMarker {
    type Err = ListMarkerError;

    /// A marker from the form that it is printed in: the first, or the first few, of the markers of a list.
    fn from_str(words: &str) -> Result<Self, ListMarkerError> {
        match ListMarker::of_sequence(words.split(' ').filter(|word| !word.is_empty())) {
            Some((marker, 1)) => Ok(marker),
            _ => Err(ListMarkerError(words.to_owned())),
        }
    }
}

impl Serialize for ListStyle {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for ListStyle {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        ListStyle::of_name(&name).ok_or_else(|| {
            serde::de::Error::custom(phrase!("`{$name}` is not a style of lists, such as `lower-alpha`", name))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_stands_in_its_row_and_reads_what_it_writes() {
        for (place, style) in ListStyle::all().enumerate() {
            assert_eq!(style as usize, place, "{}", style.name());
            for delimiter in [ListDelimiter::Period, ListDelimiter::OneParen, ListDelimiter::TwoParens] {
                let marker = ListMarker { style, delimiter };
                assert_eq!(marker.to_string().parse(), Ok(marker), "{marker}");
                let json = serde_json::to_string(&marker).expect("JSON");
                assert_eq!(serde_json::from_str::<ListMarker>(&json).expect("a marker"), marker, "{json}");
                for number in 1..=5 {
                    let readings = ListMarker::readings(&marker.label(number));
                    assert!(readings.contains(&(marker, number)), "{} {number}", style.name());
                }
            }
        }
    }

    #[test]
    fn numbers_are_written_as_each_style_does() {
        let shown = |style: ListStyle, number: u32| style.number(number);
        assert_eq!(shown(ListStyle::Devanagari, 120), "१२०");
        assert_eq!(shown(ListStyle::Persian, 45), "۴۵");
        assert_eq!(shown(ListStyle::LowerAlpha, 26), "z");
        assert_eq!(shown(ListStyle::LowerAlpha, 27), "aa");
        assert_eq!(shown(ListStyle::LowerAlpha, 703), "aaa");
        assert_eq!(shown(ListStyle::UpperRoman, 1994), "MCMXCIV");
        assert_eq!(shown(ListStyle::LowerRoman, 0), "0");
        assert_eq!(shown(ListStyle::LowerRoman, 4000), "4000");
        assert_eq!(shown(ListStyle::LowerAlpha, 0), "0");
        assert_eq!(shown(ListStyle::UrduAbjad, 4), "د");
        assert_eq!(shown(ListStyle::LowerAlpha, u32::MAX).len(), 7);
    }

    #[test]
    fn a_sequence_tells_what_one_marker_leaves_open() {
        let of = |labels: &[&str]| {
            ListMarker::of_sequence(labels.iter().copied()).map(|(marker, first)| (marker.to_string(), first))
        };
        let some = |marker: &str, first| Some((marker.to_owned(), first));
        assert_eq!(of(&["(i)", "(ii)", "(iii)"]), some("(i)", 1));
        assert_eq!(of(&["h)", "i)", "j)"]), some("a)", 8));
        assert_eq!(of(&["(अ)", "(ब)", "(स)"]), some("(अ) (ब)", 1));
        assert_eq!(of(&["(अ)", "(आ)"]), some("(अ)", 1));
        assert_eq!(of(&["४.", "५."]), some("१.", 4));
        assert_eq!(of(&["(ग)", "(घ)"]), some("(क)", 3));
        for wrong in [&["(क)", "(ग)"][..], &["(क)", "ख)"], &["a.", "B."], &["(iiii)"], &["iv"], &["()"], &[""], &[]]
        {
            assert_eq!(of(wrong), None, "{wrong:?}");
        }
        for words in ["", "b.", "(क) (ग)", "क", "ii)", "1"] {
            assert!(words.parse::<ListMarker>().is_err(), "{words}");
        }
    }
}
