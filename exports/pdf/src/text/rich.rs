//! Rich text made flat: a string in NFC, and the style of each stretch of it.

use std::rc::Rc;

use patra_core::{Address, Gap, Run, Spelled, Text, nfc, plain_formula};

use super::{LanguageNumber, Shaper};
use crate::math::Formula;
pub(crate) use crate::theme::Colour;

/// How a stretch of text looks, and what it is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Style {
    pub(crate) face: patra_fonts::Style,
    /// In points.
    pub(crate) size: f32,
    pub(crate) colour: Colour,
    pub(crate) underline: bool,
    /// Whether a rule goes through it.
    pub(crate) strike: bool,
    /// Whether a light ground lies behind it, as behind code.
    pub(crate) ground: bool,
    /// A URL, or `#` and an id.
    pub(crate) link: Option<Rc<str>>,
    pub(crate) language: LanguageNumber,
    /// The base line's height above the line's, in points.
    pub(crate) raise: f32,
    /// The length of the rule that stands in place of the words, to be written on, in points.
    pub(crate) blank: Option<f32>,
    /// The formula that stands in place of the words.
    pub(crate) formula: Option<Formula>,
    /// The number of the script or struck-out run that it belongs to, counted from 1 in its text; 0 for none.
    pub(crate) script: usize,
}

/// A flat text with its styles.
#[derive(Debug, Default)]
pub(crate) struct Rich {
    pub(crate) text: String,
    /// The end of each stretch, in bytes, and its style.
    pub(crate) spans: Vec<(usize, Rc<Style>)>,
    /// For each gap, in reading order, whether a rule stands in its place; those beyond the end show their words.
    blanks: Vec<bool>,
    /// How many gaps were met.
    gaps: usize,
    /// How many scripts and struck-out runs were met.
    scripts: usize,
    /// Marks of scripts and struck-out words, at their places in the text, in bytes: those that open with what follows, those
    /// that close with what stands before. They are not drawn, but are read where the text of the page is.
    pub(crate) opens: Vec<(usize, &'static str)>,
    pub(crate) closes: Vec<(usize, &'static str)>,
}

/// What stands for a gap in the text of the page, whatever the length of its rule.
const BLANK: &str = "____";

/// What stands for a formula in the text of the page: a character for private use, which lines are broken beside as beside a
/// letter.
const FORMULA: &str = "\u{E000}";

/// The size of a script as a part of the size of what it stands beside, and how much higher its base line is.
const SCRIPT: f32 = 0.68;
const SUPERSCRIPT: f32 = 0.36;
const SUBSCRIPT: f32 = -0.16;

/// How much longer than its printed words a rule is that they are to be written on by hand.
const HAND: f32 = 1.7;

/// The length of a rule for words that are `width` long in print, in points. It comes in steps, so that it does not tell the
/// words.
fn blank_width(width: f32) -> f32 {
    const STEP: f32 = 36.0;
    ((width * HAND / STEP).ceil() * STEP).clamp(2.0 * STEP, 7.0 * STEP)
}

impl Style {
    pub(crate) fn bold(&self) -> Style {
        use patra_fonts::Style::{Bold, BoldItalic, Italic, Regular};
        let face = match self.face {
            Regular | Bold => Bold,
            Italic | BoldItalic => BoldItalic,
        };
        Style { face, ..self.clone() }
    }

    pub(crate) fn italic(&self) -> Style {
        use patra_fonts::Style::{Bold, BoldItalic, Italic, Regular};
        let face = match self.face {
            Regular | Italic => Italic,
            Bold | BoldItalic => BoldItalic,
        };
        Style { face, ..self.clone() }
    }

    /// Smaller, with its base line this part of the size higher.
    fn raised(&self, rise: f32) -> Style {
        Style { size: self.size * SCRIPT, raise: self.raise + self.size * rise, ..self.clone() }
    }

    pub(crate) fn sized(&self, size: f32) -> Style {
        Style { size, ..self.clone() }
    }

    pub(crate) fn coloured(&self, colour: Colour) -> Style {
        Style { colour, ..self.clone() }
    }
}

impl Rich {
    /// A rich text in a style, its runs of white space each one space.
    pub(crate) fn of(text: &Text, style: &Style, shaper: &mut Shaper) -> Rich {
        let mut rich = Rich::default();
        rich.add(text, style, shaper);
        rich
    }

    /// A rich text with rules in the place of some of its gaps: of those that `blanks` has `true` for, in reading order.
    pub(crate) fn with_blanks(text: &Text, style: &Style, blanks: Vec<bool>, shaper: &mut Shaper) -> Rich {
        let mut rich = Rich { blanks, ..Rich::default() };
        rich.add(text, style, shaper);
        rich
    }

    /// A rule to write on, `width` points long.
    pub(crate) fn push_blank(&mut self, width: f32, style: &Style) {
        self.push(BLANK, &Style { blank: Some(width), link: None, underline: false, ..style.clone() }, false);
    }

    /// A formula, which no line is broken in.
    pub(crate) fn push_formula(&mut self, formula: Formula, style: &Style) {
        self.push(FORMULA, &Style { formula: Some(formula), ..style.clone() }, false);
    }

    /// Plain words in a style.
    pub(crate) fn plain(words: &str, style: &Style) -> Rich {
        let mut rich = Rich::default();
        rich.push(words, style, false);
        rich
    }

    /// Lines of code: spaces are kept, and each line ends where it ends in the source.
    pub(crate) fn code(lines: &str, style: &Style) -> Rich {
        let mut rich = Rich::default();
        rich.push(lines, style, true);
        rich
    }

    /// Adds a rich text at the end.
    pub(crate) fn add(&mut self, text: &Text, style: &Style, shaper: &mut Shaper) {
        self.add_before(text, None, style, shaper);
    }

    /// Adds a rich text that `next` comes after.
    fn add_before(&mut self, text: &Text, next: Option<char>, style: &Style, shaper: &mut Shaper) {
        for spelled in text.spelled(next) {
            let Spelled { run, next, .. } = spelled;
            match run {
                Run::Plain(words) => self.push(words, style, false),
                Run::Strong(inner) => self.add_before(inner, next, &style.bold(), shaper),
                Run::Emphasis(inner) => self.add_before(inner, next, &style.italic(), shaper),
                Run::Superscript(inner) => self.marked(&spelled, inner, style.raised(SUPERSCRIPT), shaper),
                Run::Subscript(inner) => self.marked(&spelled, inner, style.raised(SUBSCRIPT), shaper),
                Run::Strikeout(inner) => {
                    self.marked(&spelled, inner, Style { strike: true, ..style.clone() }, shaper);
                }
                Run::Code(code) => self.push(code, &Style { ground: true, ..style.clone() }, false),
                Run::Math(tex) => match shaper.formula(tex, false, style.size, style.language) {
                    Ok(formula) => self.push_formula(formula, style),
                    Err(_) => self.push(&plain_formula(tex), &Style { ground: true, ..style.italic() }, false),
                },
                Run::Link(link) => {
                    let target = match Address::of(&link.target) {
                        Address::Web(url) | Address::File(url) => Some(url.into()),
                        Address::Within(id) => Some(format!("#{id}").into()),
                        _ => None,
                    };
                    match target {
                        Some(target) => {
                            let style = Style { link: Some(target), underline: true, ..style.clone() };
                            self.add_before(&link.text, next, &style, shaper);
                        }
                        None => self.add_before(&link.text, next, style, shaper),
                    }
                }
                Run::Gap(gap) => self.gap(gap, next, style, shaper),
                Run::Language(tagged) => {
                    let language = shaper.language(&tagged.language);
                    self.add_before(&tagged.text, next, &Style { language, ..style.clone() }, shaper);
                }
                Run::Break => self.line_end(style),
            }
        }
    }

    /// Adds a run that has marks in plain words.
    fn marked(&mut self, spelled: &Spelled<'_>, inner: &Text, style: Style, shaper: &mut Shaper) {
        self.scripts += 1;
        let style = Style { script: self.scripts, ..style };
        let start = self.text.len();
        self.add_before(inner, spelled.next, &style, shaper);
        if self.text.get(start..).is_some_and(|added| !added.trim().is_empty()) {
            self.opens.push((start, spelled.open));
            self.closes.push((self.text.len(), spelled.close));
        }
    }

    fn gap(&mut self, gap: &Gap, next: Option<char>, style: &Style, shaper: &mut Shaper) {
        let blank = self.blanks.get(self.gaps).copied().unwrap_or(false);
        self.gaps += 1;
        if !blank {
            self.add_before(&gap.text, next, &Style { underline: true, ..style.bold() }, shaper);
            return;
        }
        self.gaps += gap.text.gaps().len();
        let words = Rich::of(&gap.text, style, shaper);
        // What no font can draw is told where the words are printed.
        let pieces = super::pieces(&words, false, shaper, &mut Vec::new());
        self.push_blank(blank_width(super::natural_width(&pieces)), style);
        if let Some(hint) = gap.hint.as_ref().filter(|hint| !hint.trim().is_empty()) {
            self.push(&format!(" ({hint})"), &style.italic().sized(style.size * 0.86), false);
        }
    }

    /// Adds plain words at the end.
    pub(crate) fn push(&mut self, words: &str, style: &Style, keep_spaces: bool) {
        for c in nfc(words).chars() {
            match c {
                '\n' if keep_spaces => self.text.push('\n'),
                '\t' if keep_spaces => self.text.push_str("    "),
                ' ' if keep_spaces => self.text.push(' '),
                // White space that a line may break at; a no-break space is a character like others.
                ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                    if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                        self.text.push(' ');
                    }
                }
                '\u{AD}' | '\u{FEFF}' => {}
                c if c.is_control() => {}
                c => self.text.push(c),
            }
        }
        self.close(style);
    }

    fn line_end(&mut self, style: &Style) {
        let kept = self.text.trim_end_matches(' ').len();
        self.text.truncate(kept);
        self.spans.retain(|(end, _)| *end <= kept);
        self.text.push('\n');
        self.close(style);
    }

    /// Gives what follows the last span a style.
    fn close(&mut self, style: &Style) {
        let start = self.spans.last().map_or(0, |(end, _)| *end);
        if start == self.text.len() {
            return;
        }
        match self.spans.last_mut() {
            Some((end, last)) if **last == *style => *end = self.text.len(),
            _ => self.spans.push((self.text.len(), Rc::new(style.clone()))),
        }
    }

    /// Whether there is nothing to see.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(shaper: &mut Shaper) -> Style {
        Style {
            face: patra_fonts::Style::Regular,
            size: 11.0,
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
        }
    }

    #[test]
    fn white_space_is_one_space_and_text_is_nfc() {
        let mut shaper = Shaper::new();
        let style = style(&mut shaper);
        let mut text = Text::plain(" \u{958}  ख\n\t");
        text.push(Run::Strong(" ग".into()));
        text.push(Run::Break);
        text.push(Run::Gap(Gap { text: "घ".into(), ..Gap::default() }));
        let rich = Rich::of(&text, &style, &mut shaper);
        assert_eq!(rich.text, "\u{915}\u{93c} ख ग\nघ");
        assert_eq!(rich.spans.last().map(|(end, _)| *end), Some(rich.text.len()));
        assert!(rich.spans.last().is_some_and(|(_, style)| style.underline));
    }

    #[test]
    fn a_gap_to_fill_says_nothing_of_its_words() {
        let mut shaper = Shaper::new();
        let style = style(&mut shaper);
        let gap = |words: &str, hint: Option<&str>| {
            Run::Gap(Gap { text: words.into(), hint: hint.map(str::to_owned), ..Gap::default() })
        };
        let text: Text = [gap("क", None), Run::Plain(" और ".into()), gap("ख", Some("दूसरा"))].into_iter().collect();
        let rich = Rich::with_blanks(&text, &style, vec![true, false], &mut shaper);
        assert_eq!(rich.text, "____ और ख");
        let rich = Rich::with_blanks(&text, &style, vec![true, true], &mut shaper);
        assert_eq!(rich.text, "____ और ____ (दूसरा)");
        assert_eq!([1.0, 30.0, 100.0, 1e9].map(blank_width), [72.0, 72.0, 180.0, 252.0]);
    }

    #[test]
    fn words_lead_only_where_links_may() {
        let mut shaper = Shaper::new();
        let style = style(&mut shaper);
        for (target, leads) in [
            (" https://example.org ", Some("https://example.org")),
            ("#जल", Some("#जल")),
            ("notes.pdf", Some("notes.pdf")),
            ("javascript:alert(1)", None),
            ("file:///a", None),
            ("//host/a", None),
        ] {
            let link = Run::Link(patra_core::Link { text: "यहाँ".into(), target: target.into() });
            let rich = Rich::of(&[link].into_iter().collect(), &style, &mut shaper);
            let [(_, shown)] = rich.spans.as_slice() else { panic!("one style: {:?}", rich.spans) };
            assert_eq!((rich.text.as_str(), shown.link.as_deref(), shown.underline), ("यहाँ", leads, leads.is_some()));
        }
    }

    #[test]
    fn code_keeps_its_spaces() {
        let mut shaper = Shaper::new();
        let style = style(&mut shaper);
        assert_eq!(Rich::code("a\n  b\tc", &style).text, "a\n  b    c");
    }
}
