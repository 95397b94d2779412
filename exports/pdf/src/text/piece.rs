//! Pieces: a text divided where its lines may end, its style changes or its direction turns.

use std::borrow::Cow;
use std::iter::Peekable;
use std::rc::Rc;

use unicode_bidi::{BidiInfo, Level};
use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::{Cluster, Rich, Shaper, Style, Word};
use crate::math::Formula;

/// A word or a part of one, of one style and direction.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) word: Rc<Word>,
    pub(crate) style: Rc<Style>,
    /// The embedding level: odd where it runs from right to left (UAX #9).
    pub(crate) level: u8,
    /// Whether a space follows, which is dropped at a line's end.
    pub(crate) space: bool,
    /// Whether the piece is itself a space, one whose direction is not that of the word before it.
    pub(crate) blank: bool,
    pub(crate) end: End,
}

/// What may happen after a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// The next piece stands on the same line.
    Joined,
    /// The line may end.
    MayBreak,
    /// The line ends.
    Breaks,
}

impl Piece {
    /// Its width in points, without the space after it.
    pub(crate) fn width(&self) -> f32 {
        self.word.advance as f32 * self.style.size / 1000.0
    }

    /// The same with its formula made smaller; `None` where it is none or has room. In points.
    pub(crate) fn fitted(&self, width: f32, height: f32) -> Option<Piece> {
        let formula = self.style.formula.as_ref()?.fitted(width, height)?;
        let advance = (formula.width() / self.style.size * 1000.0) as i32;
        let cluster = Cluster { text: Box::default(), parts: Box::default(), advance };
        let word = Word { advance, clusters: vec![cluster], ..*self.word };
        let style = Style { formula: Some(formula), ..(*self.style).clone() };
        Some(Piece { word: Rc::new(word), style: Rc::new(style), ..self.clone() })
    }

    /// The width of the space after it, in points.
    pub(crate) fn space_width(&self) -> f32 {
        if self.space { self.word.space as f32 * self.style.size / 1000.0 } else { 0.0 }
    }
}

/// Divides a text into shaped pieces. Characters that no font has are added to `missing`.
pub(crate) fn pieces(rich: &Rich, rtl: bool, shaper: &mut Shaper, missing: &mut Vec<char>) -> Vec<Piece> {
    let text = rich.text.trim_end_matches([' ', '\n']);
    if text.is_empty() {
        return Vec::new();
    }
    let levels = levels(&with_signs_as_digits(rich)[..text.len()], rtl);
    let level_at = |at: usize| levels.as_ref().and_then(|levels| levels.get(at).copied()).unwrap_or(u8::from(rtl));
    let mut out = Vec::new();
    let mut spans = rich.spans.iter().peekable();
    let mut marks = Marks { opens: rich.opens.iter().peekable(), closes: rich.closes.iter().peekable() };
    let mut start = 0;
    for (end, opportunity) in linebreaks(text) {
        let end_of = match opportunity {
            BreakOpportunity::Mandatory if end < text.len() => End::Breaks,
            _ if may_begin_line(&text[end..]) => End::MayBreak,
            _ => End::Joined,
        };
        let first = out.len();
        while start < end {
            while spans.peek().is_some_and(|(to, _)| *to <= start) {
                spans.next();
            }
            let Some((to, style)) = spans.peek() else { break };
            let mut stop = end.min(*to);
            let level = level_at(start);
            if levels.is_some() {
                let turn = text[start..stop].char_indices().find(|(i, _)| level_at(start + i) != level);
                stop = turn.map_or(stop, |(i, _)| start + i);
            }
            let mut segment = text[start..stop].trim_end_matches('\n');
            // A space that no line may end at still ends a word: `है ।`.
            while let Some(at) = after_inner_space(segment) {
                push(&segment[..at], style, level, marks.of(start, start + at), shaper, missing, &mut out);
                segment = &segment[at..];
                start += at;
            }
            let said = if segment.trim().is_empty() { None } else { marks.of(start, stop) };
            push(segment, style, level, said, shaper, missing, &mut out);
            start = stop;
        }
        start = end;
        match out.get_mut(first..).and_then(<[Piece]>::last_mut) {
            Some(last) => last.end = end_of,
            // An empty line of code.
            None if end_of == End::Breaks => {
                if let Some((_, style)) = rich.spans.iter().find(|(to, _)| *to >= end) {
                    out.push(piece("", style, level_at(end - 1), shaper, missing));
                    out.iter_mut().next_back().into_iter().for_each(|last| last.end = End::Breaks);
                }
            }
            None => {}
        }
    }
    out
}

/// Where the first word after a word and a space begins.
fn after_inner_space(segment: &str) -> Option<usize> {
    let word = segment.find(|c| c != ' ')?;
    let space = word + segment[word..].find(' ')?;
    segment[space..].find(|c| c != ' ').map(|next| space + next)
}

/// The marks of scripts and struck-out words that come next in a text.
struct Marks<'r> {
    opens: Peekable<std::slice::Iter<'r, (usize, &'static str)>>,
    closes: Peekable<std::slice::Iter<'r, (usize, &'static str)>>,
}

impl Marks<'_> {
    /// The marks before and after the word that begins at `start` and ends at `end`.
    fn of(&mut self, start: usize, end: usize) -> Option<[String; 2]> {
        let before: String =
            std::iter::from_fn(|| self.opens.next_if(|(at, _)| *at <= start)).map(|(_, mark)| *mark).collect();
        let after: String =
            std::iter::from_fn(|| self.closes.next_if(|(at, _)| *at <= end)).map(|(_, mark)| *mark).collect();
        (!before.is_empty() || !after.is_empty()).then_some([before, after])
    }
}

/// Adds a segment of one style and level, its trailing spaces apart from its word. `said` are marks before and after the word.
fn push(
    segment: &str,
    style: &Rc<Style>,
    level: u8,
    said: Option<[String; 2]>,
    shaper: &mut Shaper,
    missing: &mut Vec<char>,
    out: &mut Vec<Piece>,
) {
    let word = segment.trim_end_matches(' ');
    let mut spaces = segment.len() - word.len();
    // Spaces stand before a word only in code.
    let inner = word.trim_start_matches(' ');
    for _ in 0..word.len() - inner.len() {
        out.push(Piece { blank: true, ..piece(" ", style, level, shaper, missing) });
    }
    if !inner.is_empty() {
        let mut made = piece(inner, style, level, shaper, missing);
        if let Some([before, after]) = said {
            made.word = Rc::new(shaper.said(&made.word, &before, &after));
        }
        if spaces > 0 {
            made.space = true;
            spaces -= 1;
        }
        out.push(made);
    } else if spaces > 0
        && let Some(last) = out.last_mut()
        && last.end == End::Joined
        && last.level == level
        && !last.space
        && !last.blank
    {
        if last.style.raise != style.raise && last.style.size > 0.0 {
            // The space after a script is one of the text around it.
            last.word = Rc::new(shaper.spaced(&last.word, style.size / last.style.size));
        }
        last.space = true;
        spaces -= 1;
    }
    for _ in 0..spaces {
        out.push(Piece { blank: true, ..piece(" ", style, level, shaper, missing) });
    }
}

fn piece(text: &str, style: &Rc<Style>, level: u8, shaper: &mut Shaper, missing: &mut Vec<char>) -> Piece {
    let rtl = level % 2 == 1;
    let width = style.formula.as_ref().map(Formula::width).or(style.blank);
    let word = match width {
        Some(width) if !text.trim().is_empty() => {
            let advance = (width / style.size * 1000.0).clamp(0.0, 1e6) as i32;
            Rc::new(shaper.blank(text, advance, style.face, style.language, rtl))
        }
        _ => shaper.word(text, style.face, style.language, rtl, missing),
    };
    Piece { word, style: Rc::clone(style), level, space: false, blank: false, end: End::Joined }
}

/// The text with digits in place of the signs of powers and indices, each as long as its sign, to tell directions by.
///
/// After Arabic letters a minus belongs to neither of the numbers beside it (UAX #9, W2 and W4): 10⁻³ would be read as 3⁻10.
fn with_signs_as_digits(rich: &Rich) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(rich.text.as_str());
    let mut start = 0;
    for (end, style) in &rich.spans {
        if style.raise != 0.0 {
            for (at, sign) in rich.text[start..*end].match_indices(['-', '+', '\u{2212}']) {
                let digit = if sign.len() == 1 { "0" } else { "\u{FF10}" };
                text.to_mut().replace_range(start + at..start + at + sign.len(), digit);
            }
        }
        start = *end;
    }
    text
}

/// The embedding level of each byte; `None` where all run from left to right.
fn levels(text: &str, rtl: bool) -> Option<Vec<u8>> {
    if !rtl && !text.chars().any(is_right_to_left) {
        return None;
    }
    let base = if rtl { Level::rtl() } else { Level::ltr() };
    Some(BidiInfo::new(text, Some(base)).levels.iter().map(|level| level.number()).collect())
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{200F}' | '\u{202B}' | '\u{202E}' | '\u{2067}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// Whether a line may begin with this text: not with a danda or other mark that closes what stands before it, even where
/// a space parts them, as many writers of Hindi put one.
fn may_begin_line(text: &str) -> bool {
    !text.starts_with([
        '।', '॥', '?', '!', ';', ':', ',', '.', ')', ']', '}', '”', '’', '»', '…', '%', '۔', '؟', '،', '؛', '৷',
    ])
}

#[cfg(test)]
mod tests {
    use super::super::rich::Colour;
    use super::*;

    fn style(language: &str, shaper: &mut Shaper) -> Style {
        Style {
            face: patra_fonts::Style::Regular,
            size: 10.0,
            colour: Colour([0; 3]),
            underline: false,
            strike: false,
            ground: false,
            link: None,
            language: shaper.language(&language.parse().expect("a tag")),
            raise: 0.0,
            blank: None,
            formula: None,
            script: 0,
        }
    }

    fn cut(text: &str, rtl: bool) -> Vec<(String, bool, End, u8)> {
        let mut shaper = Shaper::new();
        let style = style(if rtl { "ur" } else { "hi" }, &mut shaper);
        let mut missing = Vec::new();
        let pieces = pieces(&Rich::code(text, &style), rtl, &mut shaper, &mut missing);
        assert!(missing.is_empty(), "{missing:?}");
        pieces.into_iter().map(|piece| (piece.word.text(), piece.space, piece.end, piece.level)).collect()
    }

    fn owned(pieces: &[(&str, bool, End, u8)]) -> Vec<(String, bool, End, u8)> {
        pieces.iter().map(|(text, space, end, level)| ((*text).to_owned(), *space, *end, *level)).collect()
    }

    #[test]
    fn a_danda_never_begins_a_line() {
        use End::{Joined, MayBreak};
        let expected = owned(&[
            ("यह", true, MayBreak, 0),
            ("काम", true, MayBreak, 0),
            ("है", true, Joined, 0),
            ("।", true, MayBreak, 0),
            ("वह", true, Joined, 0),
            ("?", false, MayBreak, 0),
        ]);
        assert_eq!(cut("यह काम है । वह ?", false), expected);
    }

    #[test]
    fn lines_of_code_keep_their_spaces() {
        use End::{Breaks, Joined, MayBreak};
        let expected = owned(&[
            ("a", false, Breaks, 0),
            ("", false, Breaks, 0),
            (" ", false, Joined, 0),
            (" ", false, MayBreak, 0),
            ("b", false, MayBreak, 0),
        ]);
        assert_eq!(cut("a\n\n  b", false), expected);
    }

    #[test]
    fn latin_words_in_urdu_have_their_own_direction() {
        let pieces = cut("یہ call center ہے", true);
        let levels: Vec<(&str, u8)> = pieces.iter().map(|(text, _, _, level)| (text.as_str(), *level)).collect();
        assert_eq!(levels, [("یہ", 1), ("call", 2), ("center", 2), (" ", 1), ("ہے", 1)]);
    }

    #[test]
    fn a_power_with_a_sign_is_one_number_in_urdu() {
        let mut shaper = Shaper::new();
        let mut style = style("ur", &mut shaper);
        for sign in ["-", "+", "\u{2212}"] {
            style.raise = 0.0;
            let mut rich = Rich::plain("وزن 10", &style);
            style.raise = 3.6;
            rich.push(&format!("{sign}3"), &style, false);
            let pieces = pieces(&rich, true, &mut shaper, &mut Vec::new());
            let number = pieces.iter().filter(|piece| piece.word.text().contains(['1', '3']));
            assert!(number.clone().count() == 2 && number.clone().all(|piece| piece.level == 2), "{sign} {pieces:?}");
        }
    }
}
