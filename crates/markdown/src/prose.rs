//! Running text as source: the marks of its runs, and no more escapes than it takes to read it back.

use patra_core::{Gap, Link, Run, Text};

use crate::copy::{ends, indian_digit, is_letter, opens};
use crate::include::INCLUDE;
use crate::keyword;
use crate::lettering::first_marker;
use crate::raised::{holds_script, is_script};

/// Where a text is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// A line break can't be a line end here.
    pub(crate) one_line: bool,
    /// In a cell of a table `|` parts cells.
    pub(crate) in_cell: bool,
    /// In an attribute's value `"` ends it.
    pub(crate) in_value: bool,
    /// A heading may not end with `#`.
    pub(crate) in_heading: bool,
}

impl Place {
    /// A paragraph, and all that is read as one.
    pub(crate) const PARAGRAPH: Place = Place { one_line: false, in_cell: false, in_value: false, in_heading: false };
    /// A term, a prompt above its answer: what has to fit on a line.
    pub(crate) const LINE: Place = Place { one_line: true, ..Place::PARAGRAPH };
    /// A heading.
    pub(crate) const HEADING: Place = Place { in_heading: true, ..Place::LINE };
    /// A cell of a table.
    pub(crate) const CELL: Place = Place { in_cell: true, ..Place::LINE };
    /// The value of an attribute.
    pub(crate) const VALUE: Place = Place { in_value: true, ..Place::LINE };
}

/// A text as source.
pub(crate) fn prose(text: &Text, place: Place) -> String {
    Writer::new(place, Around::default()).written(text, None)
}

/// A text as source, within `**`.
pub(crate) fn bold_prose(text: &Text, place: Place) -> String {
    let inner = Writer::new(place, Around { emphasis: true, ..Around::default() }).written(text, Some('*'));
    if inner.is_empty() { "**<!-- -->**".to_owned() } else { format!("**{inner}**") }
}

/// A text as source, within the brackets of an image.
pub(crate) fn bracketed_prose(text: &Text) -> String {
    let around = Around { brackets: true, links: true, ..Around::default() };
    Writer::new(Place::LINE, around).written(text, Some('['))
}

/// What stands around a run.
#[derive(Clone, Copy, Default)]
struct Around {
    gaps: bool,
    brackets: bool,
    links: bool,
    emphasis: bool,
    strikeout: bool,
}

/// Where a text begins.
#[derive(Clone, Copy, Default)]
struct Start {
    /// The byte of what is written.
    at: usize,
    /// The character that stands before the text on its line.
    before: Option<char>,
    /// Whether white space at the text's ends would be lost.
    whole: bool,
}

/// Writes each text once, whatever it is nested in: how a run is marked is settled before the text in it is written, by
/// the characters that it will begin and end with.
struct Writer {
    place: Place,
    around: Around,
    start: Start,
    out: String,
}

/// The character after a run, as far as it decides whether `*` may end there.
#[derive(Clone, Copy, PartialEq)]
enum Next {
    End,
    Char(char),
}

/// A subscript's mark to the parser, to which it is neither a letter nor punctuation.
const SCRIPT: char = '\u{1}';

impl Writer {
    fn new(place: Place, around: Around) -> Self {
        Writer { place, around, start: Start::default(), out: String::new() }
    }

    /// A text that stands by itself, or within marks that `before` is the last of.
    fn written(mut self, text: &Text, before: Option<char>) -> String {
        self.start = Start { at: 0, before, whole: true };
        self.runs(text);
        self.out
    }

    fn runs(&mut self, text: &Text) {
        let runs = text.runs();
        for (index, run) in runs.iter().enumerate() {
            self.run(run, runs.get(index + 1));
        }
    }

    /// Does within a text that begins here what is to be done within it.
    fn inside<T>(&mut self, around: Around, before: char, write: impl FnOnce(&mut Self) -> T) -> T {
        let start = Start { at: self.out.len(), before: Some(before), whole: false };
        let outer = (std::mem::replace(&mut self.around, around), std::mem::replace(&mut self.start, start));
        let written = write(self);
        (self.around, self.start) = outer;
        written
    }

    /// Whether nothing of the text is written yet.
    fn at_start(&self) -> bool {
        self.out.len() == self.start.at
    }

    fn previous(&self) -> Option<char> {
        self.out[self.start.at..].chars().next_back().or(self.start.before)
    }

    fn run(&mut self, run: &Run, next: Option<&Run>) {
        match run {
            Run::Plain(words) => self.plain(words, next),
            Run::Strong(inner) => self.emphasis("**", "strong", inner, next),
            Run::Emphasis(inner) => self.emphasis("*", "emphasis", inner, next),
            Run::Superscript(inner) => self.script('^', "superscript", inner, next),
            Run::Subscript(inner) => self.script('~', "subscript", inner, next),
            Run::Strikeout(inner) => self.strikeout(inner, next),
            Run::Code(code) => self.code(code, next),
            Run::Math(tex) => self.math(tex, next),
            Run::Link(link) => self.link(link),
            Run::Gap(gap) => self.gap(gap),
            Run::Language(tagged) => self.span(&tagged.text, &format!("lang={}", tagged.language)),
            Run::Break => {
                let on_a_line = !self.at_start() && !self.out.ends_with('\n');
                let goes_on = next.is_some_and(|next| !matches!(next, Run::Break));
                let inside = self.around.gaps || self.around.brackets || self.around.emphasis;
                let line_end = !self.place.one_line && on_a_line && goes_on && !inside;
                self.out.push_str(if line_end { "\\\n" } else { "<br>" });
            }
        }
    }

    /// `[words]{attribute}`, which holds anything.
    fn span(&mut self, text: &Text, attribute: &str) {
        let around = Around { brackets: true, ..self.around };
        self.out.push('[');
        self.inside(around, '[', |writer| writer.runs(text));
        self.out.push_str("]{");
        self.out.push_str(attribute);
        self.out.push('}');
    }

    /// `*` where CommonMark, and the reader's leave for dandas, surely let it open and close; else a span.
    fn emphasis(&mut self, mark: &str, class: &str, inner: &Text, next: Option<&Run>) {
        let previous = self.previous();
        let around = Around { emphasis: true, ..self.around };
        // `/` stands for any mark: only where the line begins does what is inside the `*` begin it too.
        let lead = if previous.is_none_or(|c| c == '\n') { '*' } else { '/' };
        if self.fits(inner, around, lead, previous, next) {
            self.out.push_str(mark);
            self.inside(around, lead, |writer| writer.runs(inner));
            self.out.push_str(mark);
        } else {
            self.span(inner, &format!(".{class}"));
        }
    }

    /// `^` or `~` around a number or a word where they are surely read as a script's; else a span.
    fn script(&mut self, mark: char, class: &str, inner: &Text, next: Option<&Run>) {
        let (before, next) = (self.previous(), self.first_of(next));
        let after = match next {
            Next::End => None,
            Next::Char(c) => Some(c),
        };
        let is_bare = |c: char| is_letter(c) || (mark == '^' && matches!(c, '+' | '-' | '−' | '.' | '/' | '(' | ')'));
        match inner.runs() {
            [Run::Plain(words)]
                if words.chars().all(is_bare)
                    && !matches!(before, Some('[' | '^' | '~' | '\\' | '/'))
                    && !self.in_address()
                    && !matches!(after, Some('^' | '~' | SCRIPT))
                    && is_script(mark, before, words, after) =>
            {
                self.out.push(mark);
                self.out.push_str(words);
                self.out.push(mark);
            }
            _ => self.span(inner, &format!(".{class}")),
        }
    }

    /// Whether the word that is being written holds an address.
    fn in_address(&self) -> bool {
        let start = self.out.rfind(char::is_whitespace).unwrap_or(0);
        self.out[start..].contains("://")
    }

    /// `~~` where CommonMark surely lets it open and close; else a span.
    fn strikeout(&mut self, inner: &Text, next: Option<&Run>) {
        let before = self.previous();
        let around = Around { strikeout: true, ..self.around };
        let lead = if before.is_none_or(|c| c == '\n') { '*' } else { '/' };
        let (first, last, _) = self.inside(around, lead, |writer| writer.ends_of(inner));
        let next = self.first_of(next);
        let clear = |c: Option<char>| !matches!(c, Some('~' | '\\' | '[' | SCRIPT));
        let after = match next {
            Next::End => None,
            Next::Char(c) => Some(c),
        };
        let closes = last.is_some_and(is_letter)
            || last.is_some_and(is_solid) && after.is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation());
        let lowered = matches!(inner.runs().first(), Some(Run::Subscript(_)));
        let fits = !self.around.strikeout
            && !lowered
            && first.is_some_and(is_solid)
            && closes
            && clear(first)
            && clear(last)
            && clear(before)
            && clear(after);
        if fits {
            self.out.push_str("~~");
            self.inside(around, lead, |writer| writer.runs(inner));
            self.out.push_str("~~");
        } else {
            self.span(inner, ".strikeout");
        }
    }

    /// Whether `*` may stand around a text, `around` and `lead` being what it would then be written in and after.
    fn fits(&mut self, inner: &Text, around: Around, lead: char, previous: Option<char>, next: Option<&Run>) -> bool {
        let next = self.first_of(next);
        let (first, last, before_last) = match self.inside(around, lead, |writer| writer.ends_of(inner)) {
            (Some(first), Some(last), before_last) if first != '*' && last != '*' => (first, last, before_last),
            _ => return false,
        };
        let clear_before = previous.is_none_or(|c| c.is_whitespace());
        let clear_after = match next {
            Next::End => true,
            Next::Char(c) => c.is_whitespace(),
        };
        if self.around.emphasis {
            return is_solid(first) && is_solid(last) && clear_before && clear_after && previous.is_some();
        }
        let open = clear_before && is_solid(first)
            || is_letter(first) && previous.is_some_and(|c| c != '*' && c != '\\')
            || is_mark(first) && previous.is_some_and(|c| is_mark(c) && c != '*' && c != '\\' && c != '~')
            || opens(first) && previous.is_some_and(is_letter);
        let close = clear_after && is_solid(last)
            || is_letter(last) && next != Next::Char('*')
            || is_mark(last) && matches!(next, Next::Char(c) if is_mark(c) && c != '*')
            || ends(last)
                && before_last.is_some_and(|c| c != '\\' && c != '*' && !c.is_whitespace())
                && matches!(next, Next::Char(c) if is_letter(c));
        open && close
    }

    /// The first, the last and the last but one of the characters that a text within `*` is written with.
    ///
    /// Only words are looked at. Any other run begins and ends with a mark there, and not with `*`: emphasis that begins or
    /// ends what holds it has no white space on that side, and is a span.
    fn ends_of(&mut self, text: &Text) -> (Option<char>, Option<char>, Option<char>) {
        const MARK: char = '}';
        let (runs, at) = (text.runs(), self.out.len());
        match runs.first() {
            Some(Run::Plain(words)) => self.plain(words, runs.get(1)),
            Some(_) => self.out.push(MARK),
            None => {}
        }
        let first = self.out[at..].chars().next();
        if let [_, .., last] = runs {
            self.out.truncate(at);
            self.out.push(MARK);
            if let Run::Plain(words) = last {
                self.plain(words, None);
            }
        }
        let mut back = self.out[at..].chars().rev();
        let ends = (first, back.next(), back.next());
        self.out.truncate(at);
        ends
    }

    /// The first character that a run is written with.
    fn first_of(&mut self, run: Option<&Run>) -> Next {
        match run {
            // What stands around the text may go on; the marks that end what holds it are no letters.
            None if self.around.strikeout => Next::Char('~'),
            None if self.around.gaps => Next::Char('}'),
            None if self.around.brackets => Next::Char(']'),
            None if self.around.emphasis => Next::Char('*'),
            None if self.place.in_value => Next::Char('"'),
            None => Next::End,
            Some(Run::Plain(words)) => {
                let at = self.out.len();
                self.inside(self.around, '*', |writer| writer.plain(words, None));
                let first = self.out[at..].chars().next();
                self.out.truncate(at);
                first.map_or(Next::End, Next::Char)
            }
            Some(Run::Strong(_) | Run::Emphasis(_)) => Next::Char('*'),
            // It may be written as a span too, whose bracket is a mark as well.
            Some(Run::Superscript(_)) => Next::Char('^'),
            Some(Run::Strikeout(_)) => Next::Char('~'),
            Some(Run::Subscript(_)) => Next::Char(SCRIPT),
            Some(Run::Code(_)) => Next::Char('`'),
            Some(Run::Link(_) | Run::Language(_)) => Next::Char('['),
            Some(Run::Math(_)) => Next::Char('$'),
            Some(Run::Gap(_)) => Next::Char('{'),
            Some(Run::Break) => Next::Char('\\'),
        }
    }

    fn code(&mut self, code: &str, next: Option<&Run>) {
        let awkward = code.contains(['\n', '\r', '\t'])
            || self.previous() == Some('`')
            // Brackets come before code where a line begins with a link's definition (CommonMark, 4.7).
            || (self.around.brackets && code.contains(']'))
            || (self.place.in_cell && code.contains(['|', '\\']))
            || (self.place.in_value && code.contains(['"', '\\']))
            || code.trim().is_empty()
            || matches!(next, Some(Run::Code(_)));
        if awkward {
            return self.span(&Text::plain(code), ".code");
        }
        let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest + 1);
        let padded = code.starts_with('`') || code.ends_with('`') || (code.starts_with(' ') && code.ends_with(' '));
        let space = if padded { " " } else { "" };
        self.out.push_str(&format!("{fence}{space}{code}{space}{fence}"));
    }

    fn math(&mut self, tex: &str, next: Option<&Run>) {
        let followed = match self.first_of(next) {
            Next::Char(c) => c.is_alphanumeric() || c == '$',
            Next::End => false,
        };
        let fits = is_plain_tex(tex)
            && !followed
            && self.previous().is_none_or(|c| !c.is_alphanumeric() && c != '$' && c != '\\')
            && !(self.place.in_cell && tex.contains('|'))
            && !(self.around.brackets && tex.contains(']'))
            && !(self.place.in_value && tex.contains('"'));
        if fits {
            self.out.push_str(&format!("${tex}$"));
        } else {
            self.span(&Text::plain(tex), ".math");
        }
    }

    fn link(&mut self, link: &Link) {
        if let [Run::Plain(words)] = link.text.runs()
            && *words == link.target
            && is_uri(words)
            && !self.around.links
            && !self.place.in_cell
            && !self.place.in_value
        {
            self.out.push_str(&format!("<{words}>"));
            return;
        }
        if self.around.links || link.target.contains(['\n', '\r']) {
            let mut value = String::new();
            for c in link.target.chars() {
                if c.is_alphanumeric() || matches!(c, '/' | ':' | '.' | '-' | '#') {
                    value.push(c);
                } else {
                    value.push_str(&format!("&#{};", u32::from(c)));
                }
            }
            let value = if value.is_empty() { "\"\"" } else { &value };
            return self.span(&link.text, &format!("link={value}"));
        }
        let around = Around { brackets: true, links: true, ..self.around };
        self.out.push('[');
        self.inside(around, '[', |writer| writer.runs(&link.text));
        self.out.push_str(&format!("]({})", destination(&link.target)));
    }

    fn gap(&mut self, gap: &Gap) {
        self.out.push_str("{{");
        if let Some(number) = gap.number {
            self.out.push_str(&format!("{number}:"));
        }
        let around = Around { gaps: true, ..self.around };
        let lead = if gap.number.is_some() { ':' } else { '{' };
        self.inside(around, lead, |writer| writer.runs(&gap.text));
        if let Some(hint) = gap.hint.as_deref().filter(|hint| !hint.is_empty()) {
            self.out.push_str(if self.place.in_cell { "\\|" } else { "|" });
            self.inside(around, '|', |writer| writer.plain(hint, None));
        }
        self.out.push_str("}}");
    }

    fn plain(&mut self, words: &str, next: Option<&Run>) {
        let Start { before, whole, .. } = self.start;
        let starts = self.at_start() && whole;
        let on_new_line = !self.at_start() && self.out.ends_with('\n');
        // What only means something where a line begins, also within the `**` that the line begins with.
        let line_start = on_new_line || (self.at_start() && before.is_none_or(|c| c == '*'));
        let escaped_at = if line_start { line_mark(words) } else { None };
        // A cell begins no line.
        let lettered_at = if line_start && !self.place.in_cell { first_marker(words) } else { None };
        let keyword_at = if line_start { keyword_colon(words) } else { None };
        let number_at = if before == Some('{') && self.at_start() { gap_number(words) } else { None };
        let ends_text = next.is_none() && whole;
        let begins_text = self.at_start();
        // The stretch without white space that ends here has carets which need a backslash, or not.
        let (mut stretch_end, mut raises) = (0, false);
        let mut chars = words.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let previous = self.previous();
            let following = chars.peek().map(|&(_, c)| c);
            let last = following.is_none();
            let beside_break = (last && matches!(next, Some(Run::Break))) || (at == 0 && on_new_line);
            let at_edge = (at == 0 && starts) || (last && ends_text) || beside_break;
            if matches!(c, '\n' | '\r') || (at_edge && c.is_whitespace()) || (c == '\t') {
                self.out.push_str(&format!("&#{};", u32::from(c)));
                continue;
            }
            let after_bold = at == 0 && previous == Some('*') && matches!(c, ':' | '：' | 'ः');
            if keyword_at == Some(at) || after_bold {
                if c == ':' {
                    self.out.push_str("\\:");
                } else {
                    self.out.push_str(&format!("&#x{:X};", u32::from(c)));
                }
                continue;
            }
            if c == '|' && self.place.in_cell && self.around.gaps {
                self.out.push_str("&#124;");
                continue;
            }
            if c == '\\' && self.place.in_cell {
                self.out.push_str("&#92;");
                continue;
            }
            let rest = &words[at + c.len_utf8()..];
            if c == '^' && at >= stretch_end {
                let start = words[..at].rfind(char::is_whitespace).map_or(0, |found| found + 1);
                stretch_end = words[at..].find(char::is_whitespace).map_or(words.len(), |found| at + found);
                let touches = start == 0 && !begins_text
                    || stretch_end == words.len() && next.is_some_and(|next| !matches!(next, Run::Break));
                raises = touches || holds_script('^', None, words.get(start..stretch_end).unwrap_or(words), None);
            }
            let escape = escaped_at == Some(at)
                || lettered_at == Some(at)
                || number_at == Some(at)
                || match c {
                    '\\' | '`' | '*' | '$' | '[' => true,
                    ']' => self.around.brackets || self.place.in_value,
                    '_' => !(previous.is_some_and(is_letter) && following.is_some_and(is_letter)),
                    '~' => {
                        !(previous.is_none_or(char::is_whitespace) && following.is_none_or(char::is_whitespace))
                            || line_start && at == 0
                    }
                    '{' => braces_mean_something(previous, rest),
                    '}' => self.around.gaps,
                    '|' => self.place.in_cell || self.around.gaps,
                    '!' => last && next.is_some(),
                    '<' => following.is_none_or(|c| !c.is_whitespace()),
                    '&' => following.is_some_and(|c| c.is_ascii_alphanumeric() || c == '#'),
                    '^' => raises || previous == Some('['),
                    '"' => self.place.in_value,
                    '#' => self.place.in_heading && last && next.is_none(),
                    _ => false,
                };
            if escape {
                self.out.push('\\');
            }
            self.out.push(c);
        }
    }
}

/// Whether a brace opens a gap or an attribute, or might with what follows the run.
fn braces_mean_something(previous: Option<char>, rest: &str) -> bool {
    let inner = rest.trim_start_matches([' ', '\t']);
    let key = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
    matches!(previous, Some('{' | ']'))
        || inner.is_empty()
        || inner.starts_with(['{', '#', '.'])
        || inner.starts_with(INCLUDE)
        || key.is_some_and(|at| at > 0 && inner[at..].starts_with('='))
}

/// A character that emphasis may begin or end with beside white space.
fn is_solid(c: char) -> bool {
    is_letter(c) || is_mark(c) || ends(c) || opens(c)
}

/// A character that surely is punctuation to the parser.
fn is_mark(c: char) -> bool {
    c.is_ascii_punctuation() || matches!(c, '।' | '॥')
}

/// Whether TeX can stand between dollar signs.
pub(crate) fn is_plain_tex(tex: &str) -> bool {
    let mut depth = 0_i32;
    let mut balanced = true;
    for c in tex.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        balanced &= depth >= 0;
    }
    balanced
        && depth == 0
        && !tex.is_empty()
        && tex == tex.trim()
        && !tex.ends_with('\\')
        && !tex.contains(['$', '\n', '\r', '`', '\t', '<'])
        && !tex.contains("\\{")
        && !tex.contains("\\}")
}

/// Whether words between `<` and `>` are a link (CommonMark, 6.5).
fn is_uri(words: &str) -> bool {
    let Some((scheme, rest)) = words.split_once(':') else { return false };
    (2..=32).contains(&scheme.len())
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-'))
        && !rest.contains(|c: char| {
            c.is_ascii_control() || c.is_whitespace() || matches!(c, '<' | '>' | '*' | '\\' | '{' | '}' | '[' | ']')
        })
}

/// A link's target as it stands in its parentheses.
pub(crate) fn destination(target: &str) -> String {
    let bare = !target.is_empty()
        && !target.contains(|c: char| {
            c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '(' | ')' | '\\' | '&' | '|' | '"' | '*')
        });
    if bare {
        return target.to_owned();
    }
    let mut out = String::from("<");
    for c in target.chars() {
        match c {
            '<' | '>' | '\\' | '|' => out.extend(['\\', c]),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\r' | '\t' => out.push_str(&format!("&#{};", u32::from(c))),
            _ => out.push(c),
        }
    }
    out.push('>');
    out
}

/// Where a backslash keeps the first line of `words` from being read as something else than words.
fn line_mark(words: &str) -> Option<usize> {
    let mut chars = words.chars();
    let first = chars.next()?;
    let second = chars.next();
    let blank = |c: Option<char>| c.is_none_or(|c| matches!(c, ' ' | '\t' | '\n'));
    match first {
        '>' | ':' | '|' | '=' => Some(0),
        '#' => (blank(second) || second == Some('#')).then_some(0),
        '+' => blank(second).then_some(0),
        '-' => (blank(second) || matches!(second, Some('-' | '|' | ':' | ' '))).then_some(0),
        c if c.is_ascii_digit() || indian_digit(c).is_some() => {
            let end = words.find(|c: char| !c.is_ascii_digit() && indian_digit(c).is_none())?;
            let rest = &words[end..];
            let dot = rest.starts_with(['.', ')']);
            (dot && blank(rest.chars().nth(1))).then_some(end)
        }
        _ => None,
    }
}

/// Where the colon stands that makes a keyword of the first word.
fn keyword_colon(words: &str) -> Option<usize> {
    let at = words.find([':', '：', 'ः'])?;
    // What follows the run may be a space or nothing.
    keyword::keyword(words)
        .or_else(|| keyword::keyword(&format!("{} ", &words[..at + words[at..].chars().next()?.len_utf8()])))?;
    Some(at)
}

/// Where the colon stands that makes a gap's number of its first word: `10:30`, `c1::`.
fn gap_number(words: &str) -> Option<usize> {
    let digits_at = usize::from(words.starts_with('c'));
    let end = words[digits_at..].find(|c: char| !c.is_ascii_digit() && indian_digit(c).is_none())? + digits_at;
    (end > digits_at && words[end..].starts_with(':')).then_some(end)
}
