//! Text written for a font that draws other letters than its characters are.
//!
//! Before Unicode, Hindi was typed with fonts that show Devanagari in the place of Latin letters: with Kruti Dev `Hkkjr` looks as
//! `भारत` does. Copied or saved without the font it is garbage, and nothing in the file says so but its words.

use std::collections::BTreeSet;

use crate::character::Class;
use crate::{Code, Diagnostic, Phrase, Span, noun, phrase};

/// A family of fonts that share a layout.
struct Layout {
    /// The fonts as they are called.
    name: &'static str,
    /// Words that no other writing has.
    words: &'static [&'static str],
    /// Words that are common and may be something else.
    common: &'static [&'static str],
    /// Whether a word that is neither has the look of the layout.
    looks: fn(&str) -> bool,
    /// The lengths of those of the words that begin with a byte, a bit for each: few other words need to be looked for.
    lengths: [u32; 256],
}

static LAYOUTS: [Layout; 3] = [
    Layout::new(
        noun!("Kruti Dev 010 or DevLys 010"),
        &[
            "gS", "gSa", "gSA", "gSaA", "gSA*", "esa", "vkSj", "Hkkjr", "ugha", "gksrk", "gksrh", "gksrs", "gksus",
            "djuk", "djus", "djrk", "djrs", "fd;k", "x;k", "x;h", "x;s", ";g", ",d", "fy,", "rFkk", "}kjk", "vius",
            "viuk", "viuh", "bldk", "bldh", "blds", "mldk", "mlds", "Fkk", "Fks", "Fkh", "fdlh", "tkrk", "tkrs",
            "tkrh", "gqvk", "vFkok", "izdkj", "izkIr", ";fn", "Hkh", "dk;Z", "vkidk", "fganh", "fgUnh", "fgUnhA",
            "D;k", "lHkh", "dgrs", "okys", "dksbZ", "tks", "ftl", "ftlesa", "mUgsa", "iz'u", "mŸkj", "mRrj", "yksx",
            "yksxksa", "gekjs", "blesa",
        ],
        &["dk", "dh", "ds", "dks", "ls", "ij", "us", "bl", "ml", "fd", "rd", "gks", "os", "rks", "dj", "lkFk", "ckn"],
        looks_krutidev,
    ),
    Layout::new(
        "Chanakya",
        &[
            "ãñ",
            "ãñ´",
            "ãñÐ",
            "ãñ´Ð",
            "ãUñ",
            "ãUñ´",
            "ãUñÐ",
            "×ð´",
            "·¤æ",
            "·¤è",
            "·¤ð",
            "·¤ô",
            "âð",
            "ÂÚU",
            "ÂÚ",
            "Øã",
            "ØãU",
            "°·¤",
            "¥õÚU",
            "¥õÚ",
            "Ùãè´",
            "ÙãUè´",
            "ãô",
            "ãUô",
            "ç·¤",
            "Öè",
            "Ùð",
            "Öæ·¤ÚÌ",
            "ÖæÚUÌ",
            "ÖæÚÌ",
            "ç·¤Øæ",
        ],
        &[],
        looks_chanakya,
    ),
    Layout::new(
        "Shusha",
        &[
            "hO", "hOM", "hO.", "hO|", "hOM.", "hOM|", "maoM", "kI", "AaOr", "nahIM", "ilae", "kao", "nao", "qaa",
            "qao", "qaI", "[sa", "Baart", "ikyaa", "haota", "haoto", "krnao", "krnaa", "[sako", "]sako", "[saka",
            "]saka", "tqaa", "sakto",
        ],
        &["ko", "ka", "sao", "pr", "yah", "ek", "jaao"],
        |_| false,
    ),
];

/// How many words are looked at together.
const WINDOW: usize = 24;

/// What fonts a text was written for, as far as it is not Unicode.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LegacyFont {
    /// The fonts, as they are called: `Kruti Dev 010 or DevLys 010`.
    pub name: &'static str,
    /// The first words that are so written.
    pub span: Span,
    /// Whether most of the text is, and not a passage of it.
    pub most: bool,
}

impl LegacyFont {
    /// The problem to report: an error where the text is for such a font as a whole, since all that is made of it would be
    /// garbage. `place` says what it is of, where the text is no file's.
    #[must_use]
    pub fn diagnostic(&self, place: Option<Phrase>) -> Diagnostic {
        let (code, what) = if self.most {
            (Code::LegacyFont, phrase!("the text"))
        } else {
            (Code::LegacyPassage, phrase!("a passage"))
        };
        let font = Phrase::from(self.name);
        let message = match place {
            Some(place) => {
                phrase!("{$what} in {$place} is written for the font {$font}, and is not Unicode", what, place, font)
            }
            None => phrase!("{$what} is written for the font {$font}, and is not Unicode", what, font),
        };
        let hint = phrase!(
            "convert it to Unicode first, with a converter for {$font}, then paste or save it as UTF-8",
            font = self.name.split(" or ").next().unwrap_or(self.name)
        );
        Diagnostic::new(code, self.span, message).with_hint(hint)
    }
}

/// The font that a text, or a passage of it, was written for, if it is one of those that show Devanagari in the place of Latin
/// letters.
///
/// Told by common words and the look of others, in windows of some twenty words, so that a word or two in English, in code or in
/// Hindi in Latin letters are not taken for it.
///
/// ```
/// use patra_core::legacy_font;
/// assert_eq!(legacy_font("Hkkjr ,d ns'k gSA").map(|font| font.name), Some("Kruti Dev 010 or DevLys 010"));
/// assert_eq!(legacy_font("Bharat ek desh hai, and the kids used it."), None);
/// ```
#[must_use]
pub fn legacy_font(text: &str) -> Option<LegacyFont> {
    // Each of the layouts has Latin letters; a text without any is soon done with.
    if !text.bytes().any(|byte| BYTES[usize::from(byte)] & LATIN != 0) {
        return None;
    }
    // Where each of the layouts is first, and in how many words it is.
    let mut found: [Option<(Span, usize)>; LAYOUTS.len()] = [None; LAYOUTS.len()];
    let mut judge = |window: &[Word<'_>]| {
        let (Some(first), Some(last)) = (window.first(), window.last()) else { return };
        if !is_enough(window.iter().filter(|word| word.latin).count(), window) {
            return;
        }
        for (layout, found) in LAYOUTS.iter().zip(&mut found) {
            if layout.is_in(window) {
                // A window may span lines; the first is enough to be shown.
                let line = text[first.at..last.at + last.word.len()].lines().next().map_or(0, str::len);
                found.get_or_insert((Span::new(first.at, first.at + line), 0)).1 += window.len();
            }
        }
    };
    let (mut window, mut all) = (Vec::with_capacity(WINDOW), 0);
    for word in (Words { text, at: 0 }) {
        window.push(word);
        all += 1;
        if window.len() == WINDOW {
            judge(&window);
            window.clear();
        }
    }
    judge(&window);
    let (layout, (span, within)) = LAYOUTS.iter().zip(found).find_map(|(layout, found)| Some((layout, found?)))?;
    Some(LegacyFont { name: layout.name, span, most: within * 2 >= all })
}

/// A letter of ASCII, or a byte that a character of Latin-1 may begin with: each word of a layout has one.
const LATIN: u8 = 1;
/// A character between words.
const END: u8 = 2;
/// A byte that a character of white space may begin with.
const WHITE: u8 = 4;

/// What each byte of UTF-8 may mean.
static BYTES: [u8; 256] = {
    let mut bytes = [0; 256];
    let mut byte: u8 = 0;
    while byte < 0x80 {
        bytes[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' => LATIN,
            b'\t'..=b'\r' | b' ' | b'|' => END,
            _ => 0,
        };
        byte += 1;
    }
    (bytes[0xC2], bytes[0xC3]) = (LATIN | WHITE, LATIN);
    (bytes[0xE1], bytes[0xE2], bytes[0xE3]) = (WHITE, WHITE, WHITE);
    bytes
};

struct Word<'t> {
    at: usize,
    word: &'t str,
    latin: bool,
}

/// The words between white space and the marks of tables that hold a letter.
struct Words<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Words<'t> {
    type Item = Word<'t>;

    fn next(&mut self) -> Option<Word<'t>> {
        while self.at < self.text.len() {
            let at = self.at;
            let mut latin = false;
            let end = self.text.as_bytes()[at..].iter().zip(at..).find_map(|(byte, here)| {
                let means = BYTES[usize::from(*byte)];
                latin |= means & LATIN != 0;
                let ends = means & END != 0
                    || means & WHITE != 0 && self.text[here..].chars().next().is_some_and(char::is_whitespace);
                ends.then_some(here)
            });
            let end = end.unwrap_or(self.text.len());
            self.at = end + self.text[end..].chars().next().map_or(0, char::len_utf8);
            let word = &self.text[at..end];
            if word.chars().any(|c| Class::of(c).is_letter()) {
                return Some(Word { at, word, latin });
            }
        }
        None
    }
}

/// Whether so many words of a window are enough for the whole of it to be so written.
fn is_enough(words: usize, window: &[Word<'_>]) -> bool {
    words * 10 >= window.len() * 4
}

impl Layout {
    const fn new(
        name: &'static str,
        words: &'static [&'static str],
        common: &'static [&'static str],
        looks: fn(&str) -> bool,
    ) -> Self {
        let mut lengths = [0; 256];
        let mut index = 0;
        while index < words.len() + common.len() {
            let word = if index < words.len() { words[index] } else { common[index - words.len()] };
            lengths[word.as_bytes()[0] as usize] |= 1 << word.len();
            index += 1;
        }
        Layout { name, words, common, looks, lengths }
    }

    fn is_in(&self, window: &[Word<'_>]) -> bool {
        let mut distinct = BTreeSet::new();
        let (mut sure, mut likely) = (0, 0);
        for word in window.iter().filter(|word| word.latin) {
            let bare = word.word.trim_matches(|c: char| matches!(c, '(' | ')' | '*' | '_' | '#' | '"' | '`' | ':'));
            // A comma parts cells of CSV and begins `,d`.
            let trimmed = bare.trim_end_matches([',', '-', '\\', 'A']);
            let is_among = |words: &[&str]| {
                let is = |part: &str| self.may_have(part) && words.contains(&part);
                is(bare) || trimmed.len() < bare.len() && is(trimmed)
            };
            if is_among(self.words) || (self.looks)(bare) {
                sure += 1;
                distinct.insert(bare);
            } else if is_among(self.common) {
                likely += 1;
            }
        }
        let enough = if window.len() < 8 { 2 } else { 3 };
        distinct.len() >= enough && is_enough(sure + likely, window) && sure * 5 >= window.len()
    }

    fn may_have(&self, word: &str) -> bool {
        let lengths = word.bytes().next().map_or(0, |first| self.lengths[usize::from(first)]);
        word.len() < 32 && lengths >> word.len() & 1 == 1
    }
}

/// Whether a word looks like one in Kruti Dev: vowel signs and half letters stand in places where no other writing has them.
fn looks_krutidev(word: &str) -> bool {
    // All that is looked for has one of two letters that are rare at least in English.
    if word.len() < 4 || word.len() > 40 || !word.bytes().any(|byte| matches!(byte, b'k' | b'Z')) {
        return false;
    }
    if !word.is_ascii() || word.contains("://") {
        return false;
    }
    // Capitals within are letters of their own: `Hk` भ, `Fk` थ. Code has them after a small letter as often.
    let aspirated = ["Hk", "Fk"].iter().any(|mark| {
        word.find(mark).is_some_and(|at| {
            let before = word[..at].chars().next_back();
            let after = word[at + 2..].chars().next();
            before.is_none_or(|c| c.is_ascii_lowercase())
                && after.is_none_or(|c| matches!(c, 'k' | 'h' | 's' | 'r' | 'q' | 'w' | 'i' | 'y' | 'S'))
        })
    });
    // `;` is य between letters: `fd;k`, `dk;Z`.
    let between = word.bytes().enumerate().any(|(at, byte)| {
        let letter = |at: usize| word.as_bytes().get(at).is_some_and(u8::is_ascii_alphabetic);
        byte == b';' && at > 0 && letter(at - 1) && (letter(at + 1) || word.len() == at + 1) && letter(at + 1)
    });
    let one = word.bytes().filter(|byte| *byte == b';').count() == 1;
    let code = word.contains(['(', '{', '=', '<', '&', '$', '@', '\\']);
    let reph = word.ends_with("kZ") || word.ends_with(";Z") || word.ends_with("eZ");
    !code
        && (aspirated
            || (between && one && word.contains('k'))
            || reph
            || word.ends_with("ksa")
            || word.ends_with("ksaA"))
}

/// Whether a word looks like one in Chanakya: more than half of it are letters of Latin-1 and marks such as `¤` and `´`.
fn looks_chanakya(word: &str) -> bool {
    if word.is_ascii() {
        return false;
    }
    let all = word.chars().count();
    let latin = word.chars().filter(|c| matches!(c, '\u{A1}'..='\u{FF}')).count();
    // UTF-8 that was read as Windows-1252 has these instead.
    let garbled = word.contains("à¤") || word.contains("à¥") || word.contains("Ã");
    let marks = ["·¤", "ð´", "è´", "æ", "ð", "ñ"].iter().filter(|mark| word.contains(**mark)).count();
    all >= 3 && latin * 2 > all && !garbled && marks >= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn font(text: &str) -> Option<(&'static str, bool)> {
        legacy_font(text).map(|font| (font.name, font.most))
    }

    const KRUTIDEV: &str = "Kruti Dev 010 or DevLys 010";

    #[test]
    fn white_space_of_every_kind_parts_words() {
        for c in (0..0x4000).filter_map(char::from_u32) {
            let text = format!("क{c}a");
            let words: Vec<&str> = Words { text: &text, at: 0 }.map(|word| word.word).collect();
            let parts = c.is_whitespace() || c == '|';
            assert_eq!(words, if parts { vec!["क", "a"] } else { vec![&*text] }, "{c:?}");
        }
    }

    #[test]
    fn each_word_of_a_layout_is_looked_for() {
        for layout in &LAYOUTS {
            for word in layout.words.iter().chain(layout.common) {
                assert!(layout.may_have(word) && Words { text: word, at: 0 }.all(|word| word.latin), "{word}");
            }
        }
    }

    #[test]
    fn fonts_are_told_by_their_words() {
        assert_eq!(font("Hkkjr\ndk;Z\n"), Some((KRUTIDEV, true)));
        assert_eq!(font("dEI;wVj ,d ;a= gS tks dk;Z djrk gSA bldk mi;ksx lHkh yksx djrs gSaA"), Some((KRUTIDEV, true)));
        assert_eq!(font("term,meaning\nHkk\"kk,cksyus dk lk/ku gS\nfy,,ds fy, fd;k x;k\n"), Some((KRUTIDEV, true)));
        assert_eq!(font("ÖæÚUÌ °·¤ Îðàæ ãñ ¥õÚU ·¤æ âð ÂÚU"), Some(("Chanakya", true)));
        assert_eq!(font("Baart ek doSa hO AaOr [sa maoM nadI hO."), Some(("Shusha", true)));
    }

    #[test]
    fn a_passage_is_told_with_its_place() {
        let text = format!("{}\n\nHkkjr ,d ns'k gS vkSj blesa yksx gSaA\n", "यह हिन्दी है और ठीक लिखी है। ".repeat(20));
        let text = text.replace("है", "है ok");
        let found = legacy_font(&text);
        assert!(found.is_none_or(|font| !font.most), "a passage is not most of the text");
    }

    #[test]
    fn other_writing_is_left_alone() {
        for text in [
            "",
            "The task is to use it as a class of ds and ls, and cd dk.",
            "Bharat ek desh hai aur isme log rehte hain, ka ki ke ko se pr yah ek.",
            "for (i=0;i<n;i++) { x[k] = 'k'; if (a;b) }",
            "let Hkey = fooFk; ls -la | grep ds; us dk tv",
            "café naïve façade über señor très à ñ",
            "ls cd ds us ij dk fd",
            "BPO का काम है और call center में होता है।",
        ] {
            assert_eq!(font(text), None, "{text}");
        }
    }
}
