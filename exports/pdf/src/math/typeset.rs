//! Typesetting: RaTeX parses the LaTeX and places its letters by the rules of TeX (Knuth, The TeXbook, appendix G); words in
//! the scripts of India, which it can't shape, are shaped here and given to it as single letters.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use patra_core::{Phrase, phrase};
use ratex_layout::{
    FallbackGlyphMetrics, LayoutOptions, layout_with_fallback_metrics, to_display_list, validate_layout,
};
use ratex_types::color::Color;
use ratex_types::display_item::DisplayItem;
use ratex_types::math_style::MathStyle;
use ratex_types::path_command::PathCommand;
use unicode_script::{Script, UnicodeScript};

use super::formula::{Curve, Laid, Mark, Step};
use crate::text::{Cluster, Colour, FaceId, LanguageNumber, Part, Shaper, Word, is_invisible};

/// The longest formula that is set, in bytes.
const LONGEST: usize = 16 * 1024;

/// The largest a formula may be in either direction, in ems: made to fit a page, a larger one could not be read.
const LARGEST: f64 = 90.0;

/// How thick lines are that strike something out or go round it, in ems, as KaTeX draws them.
const STROKE: f32 = 0.046;

/// How much larger words in running text's fonts are than Computer Modern of the same size looks.
const WORD: f32 = 0.88;

/// The characters that stand for words in what RaTeX is given: of those for private use, the ones that KaTeX's faces have no
/// signs of their own at.
const STANDINS: std::ops::RangeInclusive<char> = '\u{E100}'..='\u{F8FF}';

/// Lays a formula out, or tells why it can't be.
///
/// `display` is whether it stands on lines of its own, where limits go above and below.
pub(crate) fn typeset(tex: &str, display: bool, language: LanguageNumber, shaper: &mut Shaper) -> Result<Laid, Phrase> {
    if tex.len() > LONGEST {
        return Err(phrase!("it is longer than {$most} KB", most = LONGEST / 1024));
    }
    let (source, words) = stand_in(tex, language, shaper)?;
    let nodes = ratex_parser::parse(&source).map_err(|error| Phrase::verbatim(said(&error.message, &words)))?;
    let metrics = words.iter().map(|(standin, word)| (*standin, metrics(word))).collect();
    let style = if display { MathStyle::Display } else { MathStyle::Text };
    let options = LayoutOptions { style, ..LayoutOptions::default() };
    let tree = layout_with_fallback_metrics(&nodes, &options, Arc::new(metrics));
    validate_layout(&tree).map_err(|error| Phrase::verbatim(error.to_lowercase()))?;
    let list = to_display_list(&tree);
    if ![list.width, list.height, list.depth].iter().all(|size| (0.0..LARGEST).contains(&size.abs())) {
        return Err(phrase!("it is larger than a page"));
    }
    let mut marks = Vec::with_capacity(list.items.len());
    for item in &list.items {
        mark(item, list.height, &words, language, shaper, &mut marks)?;
    }
    Ok(Laid {
        tex: tex.into(),
        width: list.width.max(0.0) as f32,
        height: list.height as f32,
        depth: list.depth as f32,
        marks,
    })
}

/// A message of the parser in lower case, words put back for what stands for them.
fn said(message: &str, words: &HashMap<char, Rc<Word>>) -> String {
    let mut out = String::new();
    for c in message.trim_end_matches('.').chars() {
        match words.get(&c) {
            Some(word) => word.clusters.iter().for_each(|cluster| out.push_str(&cluster.text)),
            None => out.push(c),
        }
    }
    let first = out.chars().next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    out.char_indices().nth(1).map_or(first.clone(), |(at, _)| first + &out[at..])
}

fn undrawn(c: char) -> Phrase {
    phrase!("no font at hand can draw `{$c}` (U+{$code})", c, code = format!("{:04X}", u32::from(c)))
}

/// Puts a single character in the place of each word, or of words with spaces between, that has to be shaped.
fn stand_in(
    tex: &str,
    language: LanguageNumber,
    shaper: &mut Shaper,
) -> Result<(String, HashMap<char, Rc<Word>>), Phrase> {
    let mut out = String::with_capacity(tex.len());
    let mut words = HashMap::new();
    let mut free = STANDINS;
    let mut rest = tex;
    while let Some(c) = rest.chars().next() {
        if matches!(c, '\u{E000}'..='\u{F8FF}') {
            return Err(phrase!("no font at hand can draw U+{$code}", code = format!("{:04X}", u32::from(c))));
        }
        if !starts_word(c) {
            out.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let end = rest.find(|c| !goes_on(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        let mut missing = Vec::new();
        let rtl = matches!(c.script(), Script::Arabic | Script::Hebrew | Script::Syriac | Script::Thaana);
        let shaped = shaper.word(word, patra_fonts::Style::Regular, language, rtl, &mut missing);
        if let Some(c) = missing.first() {
            return Err(undrawn(*c));
        }
        let known = words.iter().find(|(_, known): &(_, &Rc<Word>)| Rc::ptr_eq(known, &shaped)).map(|(c, _)| *c);
        let standin = known.or_else(|| free.next()).ok_or_else(|| phrase!("it has too many words"))?;
        words.insert(standin, shaped);
        out.push(standin);
    }
    Ok((out, words))
}

/// Whether a character begins a word that has to be shaped: one of a script that formulas have no letters of.
fn starts_word(c: char) -> bool {
    !c.is_ascii()
        && !matches!(c.script(), Script::Latin | Script::Greek | Script::Common | Script::Inherited | Script::Unknown)
}

fn goes_on(c: char) -> bool {
    starts_word(c) || matches!(c, '\u{200C}' | '\u{200D}') || c.script() == Script::Inherited
}

/// The size of a word as a letter of a formula.
fn metrics(word: &Word) -> FallbackGlyphMetrics {
    let em = |units: i32| f64::from(units) * f64::from(WORD) / 1000.0;
    // Faces tell the room for a whole line; letters take less of it.
    let (height, depth) = (em(word.ascent) * 0.85, em(-word.descent) * 0.7);
    FallbackGlyphMetrics { width: em(word.advance), height, depth }
}

fn mark(
    item: &DisplayItem,
    baseline: f64,
    words: &HashMap<char, Rc<Word>>,
    language: LanguageNumber,
    shaper: &mut Shaper,
    out: &mut Vec<Mark>,
) -> Result<(), Phrase> {
    let up = |y: f64| (baseline - y) as f32;
    match item {
        DisplayItem::GlyphPath { x, y, scale, font, char_code, color } => {
            let c = char::from_u32(*char_code).ok_or_else(|| phrase!("a character is broken"))?;
            let (x, y, em, colour) = (*x as f32, up(*y), *scale as f32, own(color));
            if let Some(word) = words.get(&c) {
                out.push(Mark::Word { word: Rc::clone(word), x, y, em: em * WORD, colour });
                return Ok(());
            }
            let (face_char, text) = letters(c);
            let face = FaceId::of_math(font);
            let glyph = face.and_then(|id| Some((id, id.face()?.glyph(face_char).or_else(|| id.face()?.glyph(c))?)));
            if let Some((face, glyph)) = glyph {
                let word = shaper.letter(face, glyph, &text.to_string());
                out.push(Mark::Word { word, x, y, em, colour });
            } else if !is_invisible(c) && !c.is_whitespace() {
                let mut missing = Vec::new();
                let word = shaper.word(&c.to_string(), patra_fonts::Style::Regular, language, false, &mut missing);
                if !missing.is_empty() {
                    return Err(undrawn(c));
                }
                out.push(Mark::Word { word, x, y, em: em * WORD, colour });
            }
        }
        DisplayItem::Line { x, y, width, thickness, color, dashed } => {
            let (thick, y) = (*thickness as f32, up(*y));
            let mut rule = |x: f64, width: f64| {
                let (x, width, y) = (x as f32, width as f32, y - thick / 2.0);
                out.push(Mark::Rule { x, y, width, height: thick, colour: own(color) });
            };
            if *dashed && *thickness > 0.0 {
                // Dashes as long as the gaps between them, as KaTeX has them.
                let step = (8.0 * thickness).max(width / 500.0);
                let mut at = 0.0;
                while at < *width {
                    rule(x + at, (step / 2.0).min(width - at));
                    at += step;
                }
            } else {
                rule(*x, *width);
            }
        }
        DisplayItem::Rect { x, y, width, height, color } => {
            let (x, y, width) = (*x as f32, up(y + height), *width as f32);
            out.push(Mark::Rule { x, y, width, height: *height as f32, colour: own(color) });
        }
        DisplayItem::Path { x, y, commands, fill, color } => {
            let at = |px: f64, py: f64| [(x + px) as f32, up(y + py)];
            let mut steps = Vec::with_capacity(commands.len());
            let mut last = [0.0; 2];
            for command in commands {
                match *command {
                    PathCommand::MoveTo { x, y } => {
                        last = at(x, y);
                        steps.push(Step::Move(last));
                    }
                    PathCommand::LineTo { x, y } => {
                        last = at(x, y);
                        steps.push(Step::Line(last));
                    }
                    PathCommand::CubicTo { x1, y1, x2, y2, x, y } => {
                        let ([a, b], [c, d]) = (at(x1, y1), at(x2, y2));
                        last = at(x, y);
                        steps.push(Step::Cubic([a, b, c, d, last[0], last[1]]));
                    }
                    PathCommand::QuadTo { x1, y1, x, y } => {
                        let (control, end) = (at(x1, y1), at(x, y));
                        steps.push(Step::Cubic(raised(last, control, end)));
                        last = end;
                    }
                    PathCommand::Close => steps.push(Step::Close),
                }
            }
            let thickness = (!fill).then_some(STROKE);
            out.push(Mark::Curve(Curve { steps, thickness, colour: own(color) }));
        }
    }
    Ok(())
}

/// The cubic curve that a quadratic one is.
pub(crate) fn raised(start: [f32; 2], control: [f32; 2], end: [f32; 2]) -> [f32; 6] {
    let third = |from: f32, to: f32| from + (to - from) * 2.0 / 3.0;
    [
        third(start[0], control[0]),
        third(start[1], control[1]),
        third(end[0], control[0]),
        third(end[1], control[1]),
        end[0],
        end[1],
    ]
}

/// A colour that the formula names; black is that of the text around.
fn own(colour: &Color) -> Option<Colour> {
    let part = |part: f32| (part.clamp(0.0, 1.0) * 255.0).round() as u8;
    let rgb = [part(colour.r), part(colour.g), part(colour.b)];
    (rgb != [0; 3]).then_some(Colour(rgb))
}

/// The character by which a face of the KaTeX project has a letter of a mathematical alphabet, and what it is read as.
fn letters(c: char) -> (char, char) {
    use unicode_normalization::UnicodeNormalization;
    if matches!(c, '\u{E000}'..='\u{F8FF}') {
        return (c, sign(c));
    }
    if !matches!(c, '\u{1D400}'..='\u{1D7FF}') {
        return (c, c);
    }
    let mut plain = std::iter::once(c).nfkc();
    match (plain.next(), plain.next()) {
        (Some(plain), None) => (plain, plain),
        _ => (c, c),
    }
}

/// What a sign is read as that KaTeX's faces have at a character for private use: the nearest that Unicode has
/// (ISO 19005-2, 6.2.11.7.3 wants one).
fn sign(c: char) -> char {
    match c {
        // The stroke through what follows.
        '\u{E020}' => '¬',
        '\u{E006}' => '∤',
        '\u{E007}' => '∦',
        '\u{E008}' => 'ϝ',
        '\u{E009}' => 'ϰ',
        '\u{E00C}' => '≨',
        '\u{E00D}' => '≩',
        '\u{E00E}' | '\u{E00F}' => '≱',
        '\u{E010}' | '\u{E011}' => '≰',
        '\u{E016}' => '⊈',
        '\u{E017}' => '⫋',
        '\u{E018}' => '⊉',
        '\u{E019}' => '⫌',
        '\u{E01A}' => '⊊',
        '\u{E01B}' => '⊋',
        _ => '?',
    }
}

impl Shaper {
    /// A glyph of a face for formulas as a word of one letter.
    fn letter(&mut self, face: FaceId, glyph: u16, text: &str) -> Rc<Word> {
        let advance = face.face().map_or(0, |face| face.advance(glyph));
        let part = Part { face, glyph, x: 0, y: 0, slanted: false };
        let parts: Box<[Part]> = match face.face() {
            Some(face) if !face.outline(glyph).is_empty() => [part].into(),
            _ => Box::default(),
        };
        self.made(Cluster { text: text.into(), parts, advance })
    }
}
