//! Lines: pieces set side by side until a measure is full.

use std::rc::Rc;

use unicode_bidi::{BidiInfo, Level};

use super::piece::End;
use super::{Piece, Shaper, Style};

/// A line of text, its pieces in the order of the text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    pub(crate) pieces: Vec<Piece>,
    /// In points, without the space at its end.
    pub(crate) width: f32,
}

/// How far a line may pass the measure before a word goes to the next, in points. Rounding must not break a line that fits.
const SLACK: f32 = 0.01;

/// Breaks pieces into lines no wider than the measure, in points. A word that is wider is broken between its aksharas.
pub(crate) fn break_lines(pieces: &[Piece], measure: f32, shaper: &mut Shaper) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line = Vec::new();
    let mut pen = 0.0_f32;
    let mut rest = pieces;
    while !rest.is_empty() {
        let length = group_length(rest);
        let (group, after) = rest.split_at(length);
        rest = after;
        let width = group_width(group);
        if pen > 0.0 && pen + width > measure + SLACK {
            lines.push(finish(std::mem::take(&mut line), shaper));
            pen = 0.0;
        }
        if pen + width <= measure + SLACK {
            pen += group.iter().map(|piece| piece.width() + piece.space_width()).sum::<f32>();
            line.extend_from_slice(group);
        } else {
            break_group(group, measure, &mut pen, &mut line, &mut lines, shaper);
        }
        if group.last().is_some_and(|last| last.end == End::Breaks) {
            lines.push(finish(std::mem::take(&mut line), shaper));
            pen = 0.0;
        }
    }
    if !line.is_empty() {
        lines.push(finish(line, shaper));
    }
    lines
}

/// Sets pieces that may not be parted and yet don't fit one line.
fn break_group(
    group: &[Piece],
    measure: f32,
    pen: &mut f32,
    line: &mut Vec<Piece>,
    lines: &mut Vec<Line>,
    shaper: &mut Shaper,
) {
    for piece in group {
        let fitted = piece.fitted(measure, f32::MAX);
        let piece = fitted.as_ref().unwrap_or(piece);
        if *pen + piece.width() <= measure + SLACK {
            *pen += piece.width() + piece.space_width();
            line.push(piece.clone());
            continue;
        }
        if *pen > 0.0 && piece.width() <= measure {
            lines.push(finish(std::mem::take(line), shaper));
            *pen = piece.width() + piece.space_width();
            line.push(piece.clone());
            continue;
        }
        let mut start = 0;
        let mut width = *pen;
        let clusters = &piece.word.clusters;
        for (i, cluster) in clusters.iter().enumerate() {
            let advance = cluster.advance as f32 * piece.style.size / 1000.0;
            if width + advance > measure + SLACK && (i > start || *pen > 0.0) {
                if i > start {
                    let word = shaper.part(&piece.word, start..i);
                    line.push(Piece { word: Rc::new(word), space: false, end: End::Joined, ..piece.clone() });
                }
                lines.push(finish(std::mem::take(line), shaper));
                (start, width, *pen) = (i, 0.0, 0.0);
            }
            width += advance;
        }
        let word = shaper.part(&piece.word, start..clusters.len());
        line.push(Piece { word: Rc::new(word), ..piece.clone() });
        *pen = width + piece.space_width();
    }
}

fn finish(mut pieces: Vec<Piece>, shaper: &mut Shaper) -> Line {
    while pieces.len() > 1 && pieces.last().is_some_and(|piece| piece.blank) {
        pieces.pop();
    }
    if let Some(last) = pieces.last_mut() {
        last.space = false;
    }
    let width = group_width(&pieces);
    if let Some(end) = turned_end(&pieces, shaper) {
        pieces.push(end);
    }
    Line { pieces, width }
}

/// A piece without letters for the space at the end of a line from right to left whose last word runs from left to right: it
/// stands to the left of all words.
fn turned_end(pieces: &[Piece], shaper: &mut Shaper) -> Option<Piece> {
    let last = pieces.last().filter(|last| !last.word.rtl && pieces.iter().all(|piece| piece.level > 0))?;
    let turned = pieces.iter().find(|piece| piece.word.rtl)?;
    let style = Style {
        underline: false,
        strike: false,
        ground: false,
        link: None,
        blank: None,
        formula: None,
        ..(*last.style).clone()
    };
    let word = shaper.word("", style.face, style.language, true, &mut Vec::new());
    Some(Piece { word, style: Rc::new(style), level: turned.level, space: false, blank: false, end: last.end })
}

fn group_length(pieces: &[Piece]) -> usize {
    pieces.iter().position(|piece| piece.end != End::Joined).map_or(pieces.len(), |last| last + 1)
}

/// The width of pieces side by side, without the space after the last.
fn group_width(group: &[Piece]) -> f32 {
    let all: f32 = group.iter().map(|piece| piece.width() + piece.space_width()).sum();
    all - group.last().map_or(0.0, Piece::space_width)
}

/// The width of the widest part that no line may be broken in, in points.
pub(crate) fn longest_word(pieces: &[Piece]) -> f32 {
    groups(pieces).map(group_width).fold(0.0, f32::max)
}

/// The width of the text on as few lines as it can have, in points.
pub(crate) fn natural_width(pieces: &[Piece]) -> f32 {
    pieces.split_inclusive(|piece| piece.end == End::Breaks).map(group_width).fold(0.0, f32::max)
}

fn groups(pieces: &[Piece]) -> impl Iterator<Item = &[Piece]> {
    pieces.split_inclusive(|piece| piece.end != End::Joined)
}

impl Line {
    /// The order in which its pieces stand from left to right (UAX #9, rule L2).
    pub(crate) fn visual_order(&self) -> Vec<usize> {
        if self.pieces.iter().all(|piece| piece.level == 0) {
            return (0..self.pieces.len()).collect();
        }
        let levels: Vec<Level> =
            self.pieces.iter().map(|piece| Level::new(piece.level).unwrap_or_else(|_| Level::ltr())).collect();
        BidiInfo::reorder_visual(&levels)
    }

    /// Its text, with the spaces between its words.
    #[cfg(test)]
    pub(crate) fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.word.text() + if piece.space { " " } else { "" }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::piece::pieces;
    use super::super::rich::{Colour, Rich, Style};
    use super::*;

    fn lines(text: &str, measure: f32) -> Vec<Line> {
        let mut shaper = Shaper::new();
        let style = Style {
            face: patra_fonts::Style::Regular,
            size: 10.0,
            colour: Colour([0; 3]),
            underline: false,
            strike: false,
            ground: false,
            link: None,
            language: shaper.language(&"hi".parse().expect("a tag")),
            raise: 0.0,
            blank: None,
            formula: None,
            script: 0,
        };
        let mut missing = Vec::new();
        let pieces = pieces(&Rich::plain(text, &style), false, &mut shaper, &mut missing);
        break_lines(&pieces, measure, &mut shaper)
    }

    #[test]
    fn lines_fill_the_measure_and_no_word_is_lost() {
        let text = "कर्मचारी ग्राहकों से संपर्क करते हैं और उनकी समस्याओं का समाधान करते हैं।";
        let lines = lines(text, 100.0);
        assert!(lines.len() > 2);
        assert!(lines.iter().all(|line| line.width <= 100.0 + SLACK));
        assert!(lines[..lines.len() - 1].iter().all(|line| line.width > 40.0));
        let joined: Vec<String> = lines.iter().map(Line::text).collect();
        assert_eq!(joined.join(" "), text);
    }

    #[test]
    fn a_word_wider_than_the_line_is_broken_between_aksharas() {
        let word = "क्ष".repeat(1000);
        let lines = lines(&word, 100.0);
        assert!(lines.len() > 30);
        assert!(lines.iter().all(|line| line.width <= 100.0 + SLACK && line.text().starts_with('क')));
        assert_eq!(lines.iter().map(Line::text).collect::<String>(), word);
    }

    #[test]
    fn a_measure_narrower_than_an_akshara_still_ends() {
        assert_eq!(lines("क्षत्रिय", 1.0).len(), 3);
    }
}
