//! Text written for a font that draws other letters than its characters are.
//!
//! Before Unicode, Hindi was typed with fonts that show Devanagari in the place of Latin letters: with Kruti Dev `Hkkjr` looks as
//! `भारत` does. Copied or saved without the font it is garbage, and nothing in the file says so but its words.

use std::collections::BTreeSet;

use crate::{Code, Diagnostic, Span};

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
}

const LAYOUTS: [Layout; 3] = [
    Layout {
        name: "Kruti Dev 010 or DevLys 010",
        words: &[
            "gS", "gSa", "gSA", "gSaA", "gSA*", "esa", "vkSj", "Hkkjr", "ugha", "gksrk", "gksrh", "gksrs", "gksus",
            "djuk", "djus", "djrk", "djrs", "fd;k", "x;k", "x;h", "x;s", ";g", ",d", "fy,", "rFkk", "}kjk", "vius",
            "viuk", "viuh", "bldk", "bldh", "blds", "mldk", "mlds", "Fkk", "Fks", "Fkh", "fdlh", "tkrk", "tkrs",
            "tkrh", "gqvk", "vFkok", "izdkj", "izkIr", ";fn", "Hkh", "dk;Z", "vkidk", "fganh", "fgUnh", "fgUnhA",
            "D;k", "lHkh", "dgrs", "okys", "dksbZ", "tks", "ftl", "ftlesa", "mUgsa", "iz'u", "mŸkj", "mRrj", "yksx",
            "yksxksa", "gekjs", "blesa",
        ],
        common: &[
            "dk", "dh", "ds", "dks", "ls", "ij", "us", "bl", "ml", "fd", "rd", "gks", "os", "rks", "dj", "lkFk", "ckn",
        ],
        looks: looks_krutidev,
    },
    Layout {
        name: "Chanakya",
        words: &[
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
        common: &[],
        looks: looks_chanakya,
    },
    Layout {
        name: "Shusha",
        words: &[
            "hO", "hOM", "hO.", "hO|", "hOM.", "hOM|", "maoM", "kI", "AaOr", "nahIM", "ilae", "kao", "nao", "qaa",
            "qao", "qaI", "[sa", "Baart", "ikyaa", "haota", "haoto", "krnao", "krnaa", "[sako", "]sako", "[saka",
            "]saka", "tqaa", "sakto",
        ],
        common: &["ko", "ka", "sao", "pr", "yah", "ek", "jaao"],
        looks: |_| false,
    },
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
    pub fn diagnostic(&self, place: Option<&str>) -> Diagnostic {
        let (code, what) = if self.most { (Code::LegacyFont, "the text") } else { (Code::LegacyPassage, "a passage") };
        let of = place.map_or_else(String::new, |place| format!(" in {place}"));
        let message = format!("{what}{of} is written for the font {}, and is not Unicode", self.name);
        let hint = format!(
            "convert it to Unicode first, with a converter for {}, then paste or save it as UTF-8",
            self.name.split(" or ").next().unwrap_or(self.name)
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
    if !text.bytes().any(|byte| byte.is_ascii_alphabetic() || byte == 0xC2 || byte == 0xC3) {
        return None;
    }
    let words: Vec<(usize, &str)> = words(text).collect();
    for layout in &LAYOUTS {
        let mut first = None;
        let mut within = 0;
        for window in words.chunks(WINDOW) {
            if layout.is_in(window) {
                within += window.len();
                let end = window.last().map_or(0, |(at, word)| at + word.len());
                let start = window.first().map_or(0, |(at, _)| *at);
                // A window may span lines; the first is enough to be shown.
                let line = text[start..end].lines().next().map_or(end, |line| start + line.len());
                first.get_or_insert(Span::new(start, line));
            }
        }
        if let Some(span) = first {
            return Some(LegacyFont { name: layout.name, span, most: within * 2 >= words.len() });
        }
    }
    None
}

/// The words between white space that hold a letter, without the marks of tables and Markdown around them.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let start = text.as_ptr() as usize;
    text.split(|c: char| c.is_whitespace() || matches!(c, '|' | '\t'))
        .filter(|word| word.chars().any(char::is_alphabetic))
        .map(move |word| (word.as_ptr() as usize - start, word))
}

impl Layout {
    fn is_in(&self, window: &[(usize, &str)]) -> bool {
        let mut distinct = BTreeSet::new();
        let (mut sure, mut likely) = (0, 0);
        for (_, word) in window {
            let bare = word.trim_matches(|c: char| matches!(c, '(' | ')' | '*' | '_' | '#' | '"' | '`' | ':'));
            // A comma parts cells of CSV and begins `,d`.
            let parts = [bare, bare.trim_end_matches([',', '-', '\\', 'A'])];
            if parts.iter().any(|part| self.words.contains(part)) || (self.looks)(bare) {
                sure += 1;
                distinct.insert(bare);
            } else if parts.iter().any(|part| self.common.contains(part)) {
                likely += 1;
            }
        }
        let enough = if window.len() < 8 { 2 } else { 3 };
        distinct.len() >= enough && (sure + likely) * 10 >= window.len() * 4 && sure * 5 >= window.len()
    }
}

/// Whether a word looks like one in Kruti Dev: vowel signs and half letters stand in places where no other writing has them.
fn looks_krutidev(word: &str) -> bool {
    if word.len() < 4 || word.len() > 40 || !word.is_ascii() || word.contains("://") {
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
