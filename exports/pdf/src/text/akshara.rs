//! Akshara fonts: embedded fonts in which one code stands for one akshara.
//!
//! Readers of PDF files take text from a font's codes, one by one, by its ToUnicode map. A shaped akshara is several
//! glyphs, reordered and stacked, and no map from glyphs to characters can give its text back. So after shaping, each
//! distinct cluster gets a glyph of its own in the embedded font, made of its glyphs at their places, and that glyph's
//! code stands for the cluster's whole text. The page looks the same; the text comes back exact.
//!
//! Two rules are for pdf.js, which takes a code whose text holds a nonspacing mark to have no width, and skips codes of
//! white space (mozilla/pdf.js#21890). The space after a word belongs to the code of the word's last cluster, also at the
//! end of a line, since a line that begins with such a code is taken to go on with the line before it. And the opening
//! words of a line, up to the first whose first cluster has no such mark, are one code each.
//!
//! What runs from right to left has rules of its own. pdfminer, and other readers that know nothing of direction, give
//! codes in the order in which they are drawn; poppler, pdfium and MuPDF sort letters by place and turn them round; pdf.js
//! and pypdf turn round what is drawn in one go. All of them find the words where
//!
//! - letters are drawn in the order of the text, each with a code and at a place of its own, a letter that is drawn with
//!   another a little left of it;
//! - a font of another size, by a thousandth of a point, is chosen for each, after which pypdf and pdf.js begin anew;
//! - the space after a word, also after the last of a line, is two codes that overlap: one that is a right-to-left mark and
//!   a space, since pdf.js skips what begins with white space, and a plain one, since pdfium skips a space by itself.
//!
//! Of the words of a text in Urdu, in per cent, with all letters of a line in one string from left to right, with such a
//! string and a space at its end, with letters in the order of the text, and with all three rules:
//!
//! | | poppler | pdfium | MuPDF | pypdf | pdfminer | pdf.js |
//! |---|---|---|---|---|---|---|
//! | left to right | 100 | 99 | 93 | 85 | 8 | 84 |
//! | with a space | 100 | 99 | 95 | 96 | 8 | 84 |
//! | order of the text | 97 | 30 | 98 | 7 | 98 | 8 |
//! | all three rules | 100 | 98 | 100 | 100 | 100 | 100 |
//!
//! ActualText for a line makes it worse: poppler and pdfium turn that round too (8 %).

use std::rc::Rc;

use foldhash::HashMap;

use super::{Cluster, Font, GlyphKey, Part, Word};

/// The widest that one code may be, in font units. Offsets in a composite glyph are 16-bit numbers.
const WIDEST: i32 = 30_000;

/// The longest text of one code, in UTF-16 code units: poppler takes no entry of a ToUnicode map that has more than 255
/// digits, of which a unit has four. The space after a word comes on top.
const LONGEST: usize = 60;

/// What the first code of a space between words that run from right to left stands for.
const TURNED_SPACE: &str = "\u{200F} ";

/// The embedded fonts of one style. A font is followed by another when it is full.
pub(crate) struct AksharaFonts {
    fonts: Vec<AksharaFont>,
    words: HashMap<(u32, Form), Coded>,
    limit: usize,
}

/// How a word is coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Form {
    /// A code for the whole word rather than one for each cluster.
    pub(crate) whole: bool,
    /// With the space after it.
    pub(crate) space: bool,
}

/// The codes of a word, and which of the style's fonts has them.
#[derive(Clone, Debug)]
pub(crate) struct Coded {
    pub(crate) font: usize,
    /// Two bytes a code, in the order of the text.
    pub(crate) codes: Rc<[u8]>,
}

/// One embedded font: glyphs, and the codes that stand for text. A code is the number of its glyph.
#[derive(Default)]
pub(crate) struct AksharaFont {
    pub(crate) font: Font,
    codes: HashMap<Cluster, u16>,
    /// What each code stands for, by glyph; glyphs that are only parts of others have none.
    pub(crate) texts: Vec<Option<Box<str>>>,
}

impl AksharaFonts {
    pub(crate) fn new() -> Self {
        AksharaFonts::with_limit(65_000)
    }

    /// Fonts of at most so many glyphs each.
    pub(crate) fn with_limit(limit: usize) -> Self {
        AksharaFonts { fonts: Vec::new(), words: HashMap::default(), limit }
    }

    pub(crate) fn fonts(&self) -> &[AksharaFont] {
        &self.fonts
    }

    /// The codes of a word.
    pub(crate) fn code(&mut self, word: &Word, form: Form) -> Coded {
        if let Some(coded) = self.words.get(&(word.number, form)) {
            return coded.clone();
        }
        let clusters = coded_clusters(word, form);
        // No more glyphs can be added than the clusters and all their parts.
        let most = clusters.iter().map(|cluster| 1 + 2 * cluster.parts.len()).sum::<usize>();
        let full = self.fonts.last().is_none_or(|font| font.font.len() + most > self.limit && font.font.len() > 1);
        if full {
            self.fonts.push(AksharaFont::default());
        }
        let font = self.fonts.len() - 1;
        let mut codes = Vec::with_capacity(2 * clusters.len());
        for cluster in &clusters {
            codes.extend_from_slice(&self.fonts[font].code(cluster).to_be_bytes());
        }
        let coded = Coded { font, codes: codes.into() };
        self.words.insert((word.number, form), coded.clone());
        coded
    }
}

impl AksharaFont {
    /// How far a code moves the pen, in font units.
    pub(crate) fn advance(&self, code: u16) -> u16 {
        self.font.advance(code)
    }

    /// Whether a code is the first of the two of a space between words that run from right to left.
    pub(crate) fn is_turned_space(&self, code: u16) -> bool {
        self.texts.get(usize::from(code)).is_some_and(|text| text.as_deref() == Some(TURNED_SPACE))
    }

    fn code(&mut self, cluster: &Cluster) -> u16 {
        if let Some(code) = self.codes.get(cluster) {
            return *code;
        }
        let code = self.new_code(cluster);
        if self.texts.len() <= usize::from(code) {
            self.texts.resize(usize::from(code) + 1, None);
        }
        self.texts[usize::from(code)] = Some(cluster.text.clone());
        self.codes.insert(cluster.clone(), code);
        code
    }

    fn new_code(&mut self, cluster: &Cluster) -> u16 {
        // A letter that is one glyph where its font puts it needs no glyph of its own, unless its code has a text.
        if let [Part { face, glyph, x: 0, y: 0, slanted: false }] = *cluster.parts {
            let natural = face.face().is_some_and(|face| face.advance(glyph) == cluster.advance);
            if natural {
                let base = self.font.base(GlyphKey { face, glyph });
                if self.texts.get(usize::from(base)).is_none_or(Option::is_none) {
                    return base;
                }
            }
        }
        self.font.composite(&cluster.parts, cluster.advance)
    }
}

/// The clusters that get a code each when a word is written in a form, in the order of the text.
fn coded_clusters(word: &Word, form: Form) -> Vec<Cluster> {
    if word.rtl {
        return letters(word, form.space);
    }
    let mut clusters: Vec<Cluster> = if form.whole { whole_clusters(word) } else { word.clusters.clone() };
    if form.space {
        match clusters.last_mut() {
            Some(last) => {
                last.text = format!("{} ", last.text).into();
                last.advance = last.advance.saturating_add(word.space);
            }
            None => clusters.push(space(word)),
        }
    }
    clusters
}

fn space(word: &Word) -> Cluster {
    Cluster { text: " ".into(), parts: Box::default(), advance: word.space }
}

/// The letters of a word that runs from right to left, in the order of the text, each with a code of its own.
///
/// A letter that is drawn with another has a code that draws nothing. A letter that moves the pen back, as some do in
/// Nastaliq, can have no such width in a font: it is drawn as far to the right within its code, and the one after it is as much
/// narrower.
fn letters(word: &Word, with_space: bool) -> Vec<Cluster> {
    let mut out = Vec::new();
    let mut back = 0;
    for cluster in &word.clusters {
        let advance = cluster.advance.saturating_add(back);
        back = advance.min(0);
        if &*cluster.text == " " {
            out.extend(turned_space(advance.max(0)));
            continue;
        }
        let mut letters = cluster.text.chars();
        let first = letters.next().map(String::from).unwrap_or_default();
        let parts = cluster.parts.iter().map(|part| Part { x: part.x.saturating_sub(back), ..*part });
        out.push(Cluster { text: first.into(), parts: parts.collect(), advance: advance.max(0) });
        for letter in letters {
            out.push(Cluster { text: letter.to_string().into(), parts: Box::default(), advance: 0 });
        }
    }
    if with_space {
        out.extend(turned_space(word.space.saturating_add(back).max(0)));
    }
    out
}

/// The two codes of a space between words that run from right to left.
fn turned_space(advance: i32) -> [Cluster; 2] {
    [(TURNED_SPACE, advance / 2), (" ", advance)].map(|(text, advance)| Cluster {
        text: text.into(),
        parts: Box::default(),
        advance,
    })
}

/// The length of a text in UTF-16 code units.
fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// The clusters of a word joined into one, or into few where one code could not hold them.
fn whole_clusters(word: &Word) -> Vec<Cluster> {
    let mut out: Vec<Cluster> = Vec::new();
    let mut text = String::new();
    for cluster in &word.clusters {
        let joined = out.last().is_some_and(|before| {
            units(&before.text) + units(&cluster.text) <= LONGEST
                && before.advance.saturating_add(cluster.advance) <= WIDEST
                && cluster.parts.iter().all(|part| part.x.abs() <= WIDEST)
        });
        match out.last_mut() {
            Some(before) if joined => {
                let shifted = cluster.parts.iter().map(|part| Part { x: part.x + before.advance, ..*part });
                before.parts = before.parts.iter().copied().chain(shifted).collect();
                text.clear();
                text.push_str(&before.text);
                text.push_str(&cluster.text);
                before.text = text.as_str().into();
                before.advance += cluster.advance;
            }
            _ => out.push(cluster.clone()),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::Shaper;
    use super::*;

    fn word(text: &str) -> Rc<Word> {
        let mut shaper = Shaper::new();
        let tag = if text.starts_with('ت') { "ur" } else { "hi" };
        let language = shaper.language(&tag.parse().expect("a tag"));
        shaper.word(text, patra_fonts::Style::Regular, language, tag == "ur", &mut Vec::new())
    }

    fn texts(fonts: &AksharaFonts, coded: &Coded) -> Vec<String> {
        let font = &fonts.fonts()[coded.font];
        let codes = coded.codes.chunks(2).map(|code| usize::from(u16::from_be_bytes([code[0], code[1]])));
        codes.map(|code| font.texts[code].as_deref().expect("a text").to_owned()).collect()
    }

    fn coded(text: &str, whole: bool, space: bool) -> Vec<String> {
        let mut fonts = AksharaFonts::new();
        let coded = fonts.code(&word(text), Form { whole, space });
        texts(&fonts, &coded)
    }

    #[test]
    fn a_code_stands_for_an_akshara_and_the_last_for_the_space_too() {
        assert_eq!(coded("क्षत्रिय", false, true), ["क्ष", "त्रि", "य "]);
        assert_eq!(coded("क्षत्रिय", true, true), ["क्षत्रिय "]);
        assert_eq!(coded("क्षत्रिय", false, false), ["क्ष", "त्रि", "य"]);
    }

    #[test]
    fn letters_from_right_to_left_have_a_code_each_and_the_space_has_two() {
        assert_eq!(coded("تعلیم", true, true), ["ت", "ع", "ل", "ی", "م", TURNED_SPACE, " "]);
    }

    #[test]
    fn a_letter_that_moves_the_pen_back_leaves_all_in_their_places() {
        // From the right end, as they are drawn; where shaping puts them, and where the codes do.
        fn places(clusters: &[Cluster]) -> Vec<(u16, i32)> {
            let mut pen = 0;
            let parts = clusters.iter().flat_map(|cluster| {
                pen -= cluster.advance;
                cluster.parts.iter().map(move |part| (part.glyph, pen + part.x))
            });
            parts.collect()
        }
        let word = word("تکیچڑ");
        assert!(word.clusters.iter().any(|cluster| cluster.advance < 0));
        let codes = coded_clusters(&word, Form { whole: false, space: false });
        assert!(codes.iter().all(|code| code.advance >= 0));
        assert_eq!(places(&codes), places(&word.clusters));
        assert_eq!(codes.iter().map(|code| code.advance).sum::<i32>(), word.advance);
    }

    #[test]
    fn a_word_too_wide_for_one_code_has_several() {
        let codes = coded(&"कि".repeat(500), true, false);
        assert!(codes.len() > 3 && codes.iter().all(|text| units(text) <= LONGEST), "{codes:?}");
        assert_eq!(codes.concat(), "कि".repeat(500));
    }

    #[test]
    fn a_font_that_is_full_is_followed_by_another() {
        let mut fonts = AksharaFonts::with_limit(12);
        let mut shaper = Shaper::new();
        let language = shaper.language(&"hi".parse().expect("a tag"));
        for text in ["कमल", "खगोल", "गरम", "कमल", "घर"] {
            let word = shaper.word(text, patra_fonts::Style::Regular, language, false, &mut Vec::new());
            let coded = fonts.code(&word, Form { whole: false, space: false });
            assert_eq!(texts(&fonts, &coded).concat(), text);
        }
        assert!(fonts.fonts().len() > 1);
        assert!(fonts.fonts().iter().all(|font| font.font.len() <= 12));
    }

    #[test]
    fn letters_alike_with_texts_unlike_have_codes_of_their_own() {
        let mut fonts = AksharaFonts::new();
        let part = Part { face: super::super::FaceId(0), glyph: 40, x: 0, y: 0, slanted: false };
        let advance = part.face.face().expect("a face").advance(40);
        fonts.fonts.push(AksharaFont::default());
        let codes = ["a", "b", "a"]
            .map(|text| fonts.fonts[0].code(&Cluster { text: text.into(), parts: [part].into(), advance }));
        assert!(codes[0] != codes[1] && codes[0] == codes[2]);
    }
}
