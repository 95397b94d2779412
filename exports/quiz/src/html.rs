//! Rich text as HTML, well-formed as XML too.

use patra_core::{Address, Direction, Gap, Language, Run, Text, plain_formula};

use crate::escape::{fit, xml};
use crate::loss::Losses;
use crate::picture::Pictures;

/// Where the HTML goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// A text of Moodle.
    Moodle,
    /// The text of a question of Moodle with gaps in it: a brace may begin one.
    Cloze,
    /// The body of a QTI item, which has `xml:lang` and no `dir`, and no list that begins elsewhere than at 1.
    Qti,
}

/// HTML as it is written.
pub(crate) struct Html<'w, 'm> {
    pub(crate) out: String,
    pub(crate) dialect: Dialect,
    pub(crate) losses: &'w mut Losses,
    pub(crate) pictures: &'w mut Pictures<'m>,
    direction: Direction,
    /// What to write for each gap to come, in reading order; `None` fills it in.
    gaps: std::vec::IntoIter<Option<String>>,
}

impl<'w, 'm> Html<'w, 'm> {
    pub(crate) fn new(
        dialect: Dialect,
        language: &Language,
        losses: &'w mut Losses,
        pictures: &'w mut Pictures<'m>,
    ) -> Self {
        let direction = language.direction();
        Html { out: String::new(), dialect, losses, pictures, direction, gaps: Vec::new().into_iter() }
    }

    /// What to write in place of each gap, in reading order.
    pub(crate) fn with_gaps(mut self, gaps: Vec<Option<String>>) -> Self {
        self.gaps = gaps.into_iter();
        self
    }

    /// Adds an opening tag with the language and direction of the material.
    pub(crate) fn open(&mut self, tag: &str, language: &Language) {
        self.out.push('<');
        self.out.push_str(tag);
        self.language(language);
        if self.direction == Direction::RightToLeft {
            self.direction(Direction::RightToLeft);
        }
        self.out.push('>');
    }

    fn language(&mut self, language: &Language) {
        self.out.push_str(if self.dialect == Dialect::Qti { " xml:lang=\"" } else { " lang=\"" });
        self.attribute(&language.to_string());
        self.out.push('"');
    }

    fn direction(&mut self, direction: Direction) {
        if self.dialect == Dialect::Qti {
            let hint = "the reader tells the direction by the letters; QTI 2.2 has it";
            self.losses.lesser_throughout("QTI 2.1 can't say in which direction words run", hint);
            return;
        }
        self.out.push_str(match direction {
            Direction::LeftToRight => " dir=\"ltr\"",
            Direction::RightToLeft => " dir=\"rtl\"",
        });
    }

    /// Adds words as they are: nothing in them is a tag, a formula, a gap or a file to the reader.
    pub(crate) fn words(&mut self, words: &str) {
        let fit = fit(words, self.losses);
        let mut chars = fit.chars().peekable();
        let mut before = None;
        while let Some(c) = chars.next() {
            let next = chars.peek().copied();
            match c {
                // MathJax looks for its delimiters in the text between tags. At the end of the words, what follows is not known.
                '\\' if matches!(next, None | Some('(' | ')' | '[' | ']')) => self.out.push_str("<span>\\</span>"),
                '$' if matches!(next, None | Some('$')) || before == Some('$') => self.out.push_str("<span>$</span>"),
                // `@@PLUGINFILE@@` is the address of Moodle's files.
                '@' if self.dialect != Dialect::Qti && matches!(next, None | Some('@')) => self.out.push_str("&#64;"),
                '{' | '}' if self.dialect == Dialect::Cloze => self.brace(c),
                _ => xml(&mut self.out, c.encode_utf8(&mut [0; 4])),
            }
            before = Some(c);
        }
    }

    fn brace(&mut self, c: char) {
        self.out.push_str(if c == '{' { "&#123;" } else { "&#125;" });
    }

    /// Adds the value of an attribute, without the quotation marks.
    pub(crate) fn attribute(&mut self, value: &str) {
        let fit = crate::escape::one_line(value, self.losses);
        for c in fit.chars() {
            match c {
                '{' | '}' if self.dialect == Dialect::Cloze => self.brace(c),
                '@' => self.out.push_str("&#64;"),
                _ => xml(&mut self.out, c.encode_utf8(&mut [0; 4])),
            }
        }
    }

    /// Adds a formula in LaTeX for MathJax, on a line of its own or within one.
    pub(crate) fn formula(&mut self, tex: &str, own_line: bool) {
        let fit = fit(&plain_formula(tex), self.losses);
        self.out.push_str(if own_line { "\\[" } else { "\\(" });
        let mut chars = fit.trim().chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\\' => match chars.peek().copied() {
                    // These are delimiters, and no formula stands in a formula: the backslash goes.
                    Some('(' | ')' | '[' | ']') | None => {}
                    Some('\\') => {
                        chars.next();
                        // The space keeps the second one apart from what follows.
                        self.out.push_str("\\\\ ");
                    }
                    Some(_) => self.out.push('\\'),
                },
                '{' | '}' if self.dialect == Dialect::Cloze => self.brace(c),
                _ if c.is_whitespace() => self.out.push(' '),
                _ => xml(&mut self.out, c.encode_utf8(&mut [0; 4])),
            }
        }
        self.out.push_str(if own_line { "\\]" } else { "\\)" });
    }

    /// Adds rich text.
    pub(crate) fn text(&mut self, text: &Text) {
        for run in text.runs() {
            match run {
                Run::Plain(words) => self.words(words),
                Run::Strong(inner) => self.element("strong", inner),
                Run::Emphasis(inner) => self.element("em", inner),
                Run::Superscript(inner) => self.element("sup", inner),
                Run::Subscript(inner) => self.element("sub", inner),
                Run::Strikeout(inner) => self.element("del", inner),
                Run::Code(code) => {
                    self.out.push_str("<code>");
                    self.words(code);
                    self.out.push_str("</code>");
                }
                Run::Link(link) => match address(&link.target) {
                    Some(address) => {
                        self.out.push_str("<a href=\"");
                        self.attribute(&address);
                        self.out.push_str("\">");
                        self.text(&link.text);
                        self.out.push_str("</a>");
                    }
                    // A question has no place for a link within the material to lead to.
                    None => self.text(&link.text),
                },
                Run::Math(tex) => self.formula(tex, false),
                Run::Gap(gap) => self.gap(gap),
                Run::Language(tagged) => {
                    let outer = self.direction;
                    let direction = tagged.language.direction();
                    self.out.push_str("<span");
                    self.language(&tagged.language);
                    if outer != direction {
                        self.direction(direction);
                    }
                    self.out.push('>');
                    self.direction = direction;
                    self.text(&tagged.text);
                    self.direction = outer;
                    self.out.push_str("</span>");
                }
                Run::Break => self.out.push_str("<br/>"),
            }
        }
    }

    /// Adds an element around rich text.
    pub(crate) fn element(&mut self, tag: &str, inner: &Text) {
        self.out.push('<');
        self.out.push_str(tag);
        self.out.push('>');
        self.text(inner);
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
    }

    fn gap(&mut self, gap: &Gap) {
        let Some(blank) = self.gaps.next().flatten() else { return self.text(&gap.text) };
        self.out.push_str(&blank);
        // The gaps within are hidden with it.
        self.gaps.by_ref().take(gap.text.gaps().len()).for_each(drop);
        if let Some(hint) = gap.hint.as_deref().filter(|hint| !hint.trim().is_empty()) {
            self.out.push_str(" <em>(");
            self.words(hint.trim());
            self.out.push_str(")</em>");
        }
    }
}

/// A target that a question may link to: not a script, and not a place in the material. What no URL holds is percent-encoded
/// (RFC 3987, 2.2 lets letters of all scripts stand).
fn address(target: &str) -> Option<String> {
    let Address::Web(target) = Address::of(target) else { return None };
    let mut out = String::with_capacity(target.len());
    for c in target.chars() {
        if c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}') {
            c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
        } else {
            out.push(c);
        }
    }
    Some(out)
}
