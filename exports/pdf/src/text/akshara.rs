//! Akshara fonts: embedded fonts in which one code stands for one akshara.
//!
//! Readers of PDF files take text from a font's codes, one by one, by its ToUnicode map. A shaped akshara is several
//! glyphs, reordered and stacked, and no map from glyphs to characters can give its text back. So after shaping, each
//! distinct cluster gets a glyph of its own in the embedded font, made of its glyphs at their places, and that glyph's
//! code stands for the cluster's whole text. The page looks the same; the text comes back exact.
//!
//! Two rules are for pdf.js, which takes a code whose text holds a nonspacing mark to have no width, and skips codes of
//! white space (mozilla/pdf.js#21890). The space after a word belongs to the code of the word's last cluster, also at the
//! end of a line, since a line that begins with such a code is taken to go on with the line before it. And where the first
//! cluster of a line has such a mark, two codes stand for it: one for what is before the mark, which draws all of it, and one
//! that has no width indeed. No code may be much wider than a letter: pdfium takes what is half as far below another word as
//! the codes at their ends are wide to stand on its line, and sorts the rows of a table by column.
//!
//! What runs from right to left has rules of its own. pdfminer, and other readers that know nothing of direction, give
//! codes in the order in which they are drawn; poppler, pdfium and MuPDF sort letters by place and turn them round; pdf.js
//! and pypdf turn round what is drawn in one go. All of them find the words where
//!
//! - letters are drawn in the order of the text, each with a code and at a place of its own, a letter that is drawn with
//!   another a little left of it;
//! - a font of another size, by a thousandth of a point, is chosen for each, after which pypdf and pdf.js begin anew;
//! - the space after a word, also after the last of a line, is two codes that overlap: one that is a right-to-left mark and
//!   a space, since pdf.js skips what begins with white space, and a plain one, since pdfium skips a space by itself. They are
//!   narrow, since MuPDF turns round a line in which something ends far to the right of where the one before it began;
//! - the box of each letter reaches the same height and is nowhere empty, since pdfium skips what has no box, and begins a
//!   line where a letter hangs above the next.
//!
//! Of the words of a text in Urdu, in per cent, with all letters of a line in one string from left to right, with such a
//! string and a space at its end, with letters in the order of the text, and with all rules:
//!
//! | | poppler | pdfium | MuPDF | pypdf | pdfminer | pdf.js |
//! |---|---|---|---|---|---|---|
//! | left to right | 100 | 99 | 93 | 85 | 8 | 84 |
//! | with a space | 100 | 99 | 95 | 96 | 8 | 84 |
//! | order of the text | 97 | 30 | 98 | 7 | 98 | 8 |
//! | all rules | 100 | 100 | 100 | 100 | 100 | 100 |
//!
//! What is left is that pdfium puts digits before the Latin letters that they follow on a line from right to left: `B52` is
//! `52B` to it. ActualText for a line makes it worse: poppler and pdfium turn that round too (8 %).

use std::rc::Rc;

use foldhash::HashMap;

use super::shape::is_nonspacing_mark;
use super::{Cluster, Font, GlyphKey, Part, Word};

/// What the first code of a space between words that run from right to left stands for.
const TURNED_SPACE: &str = "\u{200F} ";

/// How wide each of the two codes of such a space is at most, in font units. MuPDF turns round the words of a line in which
/// something ends more than 0.15 em to the right of where the one before it began.
const SPACE: i32 = 60;

/// How wide a code is that takes no room, in font units.
pub(crate) const NARROWEST: u16 = 2;

/// The height that the boxes of all letters from right to left reach, in font units: pdfium skips a letter whose box is empty,
/// and begins a line where the boxes of two letters are one above the other, as those of Nastaliq may be.
const REACH: i16 = 200;

/// The embedded fonts of one style. A font is followed by another when it is full.
pub(crate) struct AksharaFonts {
    fonts: Vec<AksharaFont>,
    words: HashMap<(u32, Form), Coded>,
    limit: usize,
}

/// How a word is coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Form {
    /// At the beginning of a line, with a first cluster that holds a nonspacing mark.
    pub(crate) opening: bool,
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
            codes.extend_from_slice(&self.fonts[font].code(cluster, word.rtl).to_be_bytes());
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

    fn code(&mut self, cluster: &Cluster, rtl: bool) -> u16 {
        if let Some(code) = self.codes.get(cluster) {
            return *code;
        }
        let code = self.new_code(cluster, rtl);
        if self.texts.len() <= usize::from(code) {
            self.texts.resize(usize::from(code) + 1, None);
        }
        self.texts[usize::from(code)] = Some(cluster.text.clone());
        self.codes.insert(cluster.clone(), code);
        code
    }

    fn new_code(&mut self, cluster: &Cluster, rtl: bool) -> u16 {
        if rtl && !cluster.text.ends_with(' ') {
            return self.font.reaching(&cluster.parts, cluster.advance, REACH);
        }
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
    let mut clusters = word.clusters.clone();
    if form.opening {
        part_first(&mut clusters);
    }
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
/// A letter that is drawn with another has a code that draws nothing, and takes next to no room. A letter that moves the pen
/// back, as some do in Nastaliq, can have no such width in a font: it is drawn as far to the right within its code, and the one
/// after it is as much narrower.
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
        // Those of a gap to be filled in share its room, since pdfium takes lines for one where a code is wide.
        let count = cluster.text.chars().count().max(1);
        let shared = if cluster.parts.is_empty() { count } else { 1 };
        let advance = advance / i32::try_from(shared).unwrap_or(i32::MAX);
        for (i, letter) in cluster.text.chars().enumerate() {
            let parts = cluster.parts.iter().map(|part| Part { x: part.x.saturating_sub(back), ..*part });
            out.push(Cluster {
                text: letter.to_string().into(),
                parts: if i == 0 { parts.collect() } else { Box::default() },
                advance: if i < shared { advance.max(NARROWEST.into()) } else { NARROWEST.into() },
            });
        }
    }
    if with_space {
        out.extend(turned_space(word.space));
    }
    out
}

/// The two codes of a space between words that run from right to left.
fn turned_space(advance: i32) -> [Cluster; 2] {
    [(TURNED_SPACE, advance / 2), (" ", advance)].map(|(text, advance)| Cluster {
        text: text.into(),
        parts: Box::default(),
        advance: advance.min(SPACE),
    })
}

/// Parts the first cluster before its first nonspacing mark: one code draws it, and one without a width stands for the rest.
fn part_first(clusters: &mut Vec<Cluster>) {
    let Some(first) = clusters.first_mut() else { return };
    let mark = first.text.char_indices().find(|(_, c)| is_nonspacing_mark(*c)).map(|(at, _)| at);
    let Some(at) = mark.filter(|at| *at > 0) else { return };
    let rest = Cluster { text: first.text[at..].into(), parts: Box::default(), advance: 0 };
    first.text = first.text[..at].into();
    clusters.insert(1, rest);
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

    fn coded(text: &str, opening: bool, space: bool) -> Vec<String> {
        let mut fonts = AksharaFonts::new();
        let coded = fonts.code(&word(text), Form { opening, space });
        texts(&fonts, &coded)
    }

    #[test]
    fn a_code_stands_for_an_akshara_and_the_last_for_the_space_too() {
        assert_eq!(coded("क्षत्रिय", false, true), ["क्ष", "त्रि", "य "]);
        assert_eq!(coded("क्षत्रिय", true, true), ["क", "्ष", "त्रि", "य "]);
        assert_eq!(coded("कि", true, true), ["कि "]);
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
                pen -= if cluster.advance == i32::from(NARROWEST) { 0 } else { cluster.advance };
                cluster.parts.iter().map(move |part| (part.glyph, pen + part.x))
            });
            parts.collect()
        }
        let word = word("تکیچڑ");
        assert!(word.clusters.iter().any(|cluster| cluster.advance < 0));
        let codes = coded_clusters(&word, Form { opening: false, space: false });
        assert!(codes.iter().all(|code| code.advance >= NARROWEST.into()));
        assert_eq!(places(&codes), places(&word.clusters));
    }

    #[test]
    fn the_box_of_each_letter_from_right_to_left_reaches_one_height() {
        let mut fonts = AksharaFonts::new();
        for text in ["تکیچڑ", "تُو"] {
            let coded = fonts.code(&word(text), Form { opening: false, space: false });
            for code in coded.codes.chunks(2) {
                let bounds = fonts.fonts()[coded.font].font.bounds_of(u16::from_be_bytes([code[0], code[1]]));
                assert!(bounds.x_min < bounds.x_max && bounds.y_min <= REACH && REACH <= bounds.y_max, "{bounds:?}");
            }
        }
    }

    #[test]
    fn the_letters_of_a_gap_share_its_room() {
        let mut shaper = Shaper::new();
        let language = shaper.language(&"ur".parse().expect("a tag"));
        let gap = shaper.blank("____", 4000, patra_fonts::Style::Regular, language, true);
        let codes = coded_clusters(&gap, Form { opening: false, space: false });
        assert_eq!(codes.iter().map(|code| code.advance).collect::<Vec<_>>(), [1000; 4]);
    }

    #[test]
    fn a_font_that_is_full_is_followed_by_another() {
        let mut fonts = AksharaFonts::with_limit(12);
        let mut shaper = Shaper::new();
        let language = shaper.language(&"hi".parse().expect("a tag"));
        for text in ["कमल", "खगोल", "गरम", "कमल", "घर"] {
            let word = shaper.word(text, patra_fonts::Style::Regular, language, false, &mut Vec::new());
            let coded = fonts.code(&word, Form { opening: false, space: false });
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
            .map(|text| fonts.fonts[0].code(&Cluster { text: text.into(), parts: [part].into(), advance }, false));
        assert!(codes[0] != codes[1] && codes[0] == codes[2]);
    }
}
