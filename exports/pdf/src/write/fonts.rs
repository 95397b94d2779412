//! The fonts of a document: which of them has the codes of a word.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::svg::Drawing;
use crate::text::{AksharaFont, AksharaFonts, Form, NARROWEST, Piece, Word};

/// How far left of a letter each of those is placed that are drawn with its code, in points.
const ASIDE: f32 = 0.02;

/// The embedded fonts of a document, by style.
pub(crate) struct Fonts {
    styles: BTreeMap<patra_fonts::Style, AksharaFonts>,
    /// Those of formulas: their letters have other heights than text, and readers tell lines by the heights of fonts.
    math: AksharaFonts,
    /// The drawings met, each with itself as operators alone. Each is coded once, however many pages show it.
    drawings: BTreeMap<*const Drawing, [Rc<Drawing>; 2]>,
}

impl Fonts {
    pub(crate) fn new() -> Self {
        Fonts { styles: BTreeMap::new(), math: AksharaFonts::new(), drawings: BTreeMap::new() }
    }

    fn of(&mut self, style: patra_fonts::Style) -> &mut AksharaFonts {
        self.styles.entry(style).or_insert_with(AksharaFonts::new)
    }

    /// Every embedded font with the name it is called by on the pages, and its style; none for formulas.
    pub(crate) fn named(&self) -> impl Iterator<Item = (String, Option<patra_fonts::Style>, &AksharaFont)> {
        let text = self.styles.iter().flat_map(|(style, fonts)| {
            fonts.fonts().iter().enumerate().map(|(i, font)| (font_name(*style, i), Some(*style), font))
        });
        text.chain(self.math.fonts().iter().enumerate().map(|(i, font)| (format!("M{i}"), None, font)))
    }

    /// The codes of a piece, and which of its style's fonts has them: one code for all of it where it opens a line, with the
    /// space after it where it ends one.
    pub(super) fn codes(&mut self, piece: &Piece, opening: bool, last: bool) -> (usize, Rc<[u8]>) {
        let form = Form { opening: opening && piece.word.mark_first && !piece.word.rtl, space: piece.space || last };
        let coded = self.of(piece.style.face).code(&piece.word, form);
        (coded.font, coded.codes)
    }

    /// The letters of a word that runs from right to left, in the order in which they are drawn, as the codes that show each and
    /// how far left of the word's right end they begin, in points: see the rules in `akshara`.
    pub(super) fn letters(&self, piece: &Piece, font: usize, codes: &[u8]) -> Vec<(Vec<u8>, f32)> {
        let (word, size) = (&piece.word, piece.style.size);
        let font = self.styles.get(&piece.style.face).and_then(|fonts| fonts.fonts().get(font));
        let (mut pen, mut aside) = (0.0, 0.0);
        let mut out = Vec::new();
        let mut letters = codes.chunks_exact(2);
        while let Some(code) = letters.next() {
            let number = u16::from_be_bytes([code[0], code[1]]);
            let mut data = code.to_vec();
            if font.is_some_and(|font| font.is_turned_space(number)) {
                data.extend(letters.next().into_iter().flatten());
                let space = if piece.blank { 0 } else { word.space };
                out.push((data, word.advance.saturating_add(space) as f32 * size / 1000.0));
                continue;
            }
            let advance = font.map_or(0, |font| font.advance(number));
            if advance > NARROWEST {
                aside = 0.0;
                pen += f32::from(advance) * size / 1000.0;
            } else {
                aside += ASIDE;
            }
            out.push((data, pen + aside));
        }
        out
    }

    /// A drawing as operators alone.
    pub(super) fn drawing(&mut self, drawing: &Rc<Drawing>) -> Rc<Drawing> {
        let known = self.drawings.get(&Rc::as_ptr(drawing)).map(|[_, coded]| Rc::clone(coded));
        known.unwrap_or_else(|| {
            let form = super::drawing::coded(&drawing.form, self);
            let coded = Rc::new(Drawing { form, ..**drawing });
            // What is held stays where it is, so its address stands for it.
            self.drawings.insert(Rc::as_ptr(drawing), [Rc::clone(drawing), Rc::clone(&coded)]);
            coded
        })
    }

    /// The name of the font that has a word of a formula, and the word's codes.
    pub(crate) fn math(&mut self, word: &Word, space: bool) -> (String, Rc<[u8]>) {
        let coded = self.math.code(word, Form { opening: false, space });
        (format!("M{}", coded.font), coded.codes)
    }
}

pub(super) fn font_name(style: patra_fonts::Style, number: usize) -> String {
    let letter = match style {
        patra_fonts::Style::Regular => 'R',
        patra_fonts::Style::Bold => 'B',
        patra_fonts::Style::Italic => 'I',
        patra_fonts::Style::BoldItalic => 'Z',
    };
    format!("{letter}{number}")
}
