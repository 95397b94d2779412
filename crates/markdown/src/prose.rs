//! Running text as source: the marks of its runs, and no more escapes than it takes to read it back.

use patra_core::{Gap, Link, Run, Text};

use crate::copy::{ends, indian_digit, is_letter, opens};
use crate::keyword;

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
    let mut writer = Writer { place, around: Around::default() };
    writer.text(text, None, true)
}

/// A text as source, within `**`.
pub(crate) fn bold_prose(text: &Text, place: Place) -> String {
    let mut writer = Writer { place, around: Around { emphasis: 1, ..Around::default() } };
    let inner = writer.text(text, Some('*'), true);
    if inner.is_empty() { "**<!-- -->**".to_owned() } else { format!("**{inner}**") }
}

/// A text as source, within the brackets of an image.
pub(crate) fn bracketed_prose(text: &Text) -> String {
    let mut writer = Writer { place: Place::LINE, around: Around { brackets: 1, links: 1, ..Around::default() } };
    writer.text(text, Some('['), true)
}

/// What stands around a run.
#[derive(Clone, Copy, Default)]
struct Around {
    gaps: usize,
    brackets: usize,
    links: usize,
    emphasis: usize,
}

struct Writer {
    place: Place,
    around: Around,
}

/// The character after a run, as far as it decides whether `*` may end there.
#[derive(Clone, Copy, PartialEq)]
enum Next {
    End,
    Char(char),
}

impl Writer {
    /// `before` is the character that stands before the text on its line; `whole` tells that white space at its ends
    /// would be lost.
    fn text(&mut self, text: &Text, before: Option<char>, whole: bool) -> String {
        let mut out = String::new();
        let runs = text.runs();
        for (index, run) in runs.iter().enumerate() {
            let next = runs.get(index + 1);
            self.run(run, next, before, whole, &mut out);
        }
        out
    }

    fn run(&mut self, run: &Run, next: Option<&Run>, before: Option<char>, whole: bool, out: &mut String) {
        let previous = out.chars().next_back().or(before);
        match run {
            Run::Plain(words) => self.plain(words, next, before, whole, out),
            Run::Strong(inner) => self.emphasis("**", "strong", inner, previous, next, out),
            Run::Emphasis(inner) => self.emphasis("*", "emphasis", inner, previous, next, out),
            Run::Code(code) => {
                let code = self.code(code, previous, next);
                out.push_str(&code);
            }
            Run::Math(tex) => {
                let math = self.math(tex, previous, next);
                out.push_str(&math);
            }
            Run::Link(link) => {
                let link = self.link(link);
                out.push_str(&link);
            }
            Run::Gap(gap) => self.gap(gap, out),
            Run::Language(tagged) => {
                let attribute = format!("lang={}", tagged.language);
                let span = self.span(&tagged.text, &attribute);
                out.push_str(&span);
            }
            Run::Break => {
                let on_a_line = !out.is_empty() && !out.ends_with('\n');
                let goes_on = next.is_some_and(|next| !matches!(next, Run::Break));
                let inside = self.around.gaps + self.around.brackets + self.around.emphasis > 0;
                if !self.place.one_line && on_a_line && goes_on && !inside {
                    out.push_str("\\\n");
                } else {
                    out.push_str("<br>");
                }
            }
        }
    }

    fn inside<T>(&mut self, around: Around, write: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.around, around);
        let written = write(self);
        self.around = outer;
        written
    }

    /// `[words]{attribute}`, which holds anything.
    fn span(&mut self, text: &Text, attribute: &str) -> String {
        let around = Around { brackets: self.around.brackets + 1, ..self.around };
        let inner = self.inside(around, |writer| writer.text(text, Some('['), false));
        format!("[{inner}]{{{attribute}}}")
    }

    /// `*` where CommonMark, and the reader's leave for dandas, surely let it open and close; else a span.
    fn emphasis(
        &mut self,
        mark: &str,
        class: &str,
        inner: &Text,
        previous: Option<char>,
        next: Option<&Run>,
        out: &mut String,
    ) {
        let nested = self.around.emphasis > 0;
        let around = Around { emphasis: self.around.emphasis + 1, ..self.around };
        // `/` stands for any mark: only where the line begins does what is inside the `*` begin it too.
        let lead = if previous.is_none_or(|c| c == '\n') { '*' } else { '/' };
        let written = self.inside(around, |writer| writer.text(inner, Some(lead), false));
        let next = self.first_of(next);
        let mut back = written.chars().rev();
        let (first, last, before_last) = (written.chars().next(), back.next(), back.next());
        let fits = match (first, last) {
            (Some(first), Some(last)) if first != '*' && last != '*' => {
                let clear_before = previous.is_none_or(|c| c.is_whitespace());
                let clear_after = match next {
                    Next::End => true,
                    Next::Char(c) => c.is_whitespace(),
                };
                if nested {
                    is_solid(first) && is_solid(last) && clear_before && clear_after && previous.is_some()
                } else {
                    let open = clear_before && is_solid(first)
                        || is_letter(first) && previous.is_some_and(|c| c != '*' && c != '\\')
                        || is_mark(first) && previous.is_some_and(|c| is_mark(c) && c != '*' && c != '\\')
                        || opens(first) && previous.is_some_and(is_letter);
                    let close = clear_after && is_solid(last)
                        || is_letter(last) && next != Next::Char('*')
                        || is_mark(last) && matches!(next, Next::Char(c) if is_mark(c) && c != '*')
                        || ends(last)
                            && before_last.is_some_and(|c| c != '\\' && c != '*' && !c.is_whitespace())
                            && matches!(next, Next::Char(c) if is_letter(c));
                    open && close
                }
            }
            _ => false,
        };
        if fits {
            out.push_str(mark);
            out.push_str(&written);
            out.push_str(mark);
        } else {
            let span = self.span(inner, &format!(".{class}"));
            out.push_str(&span);
        }
    }

    /// The first character that a run is written with.
    fn first_of(&mut self, run: Option<&Run>) -> Next {
        match run {
            // What stands around the text may go on; the marks that end what holds it are no letters.
            None if self.around.gaps > 0 => Next::Char('}'),
            None if self.around.brackets > 0 => Next::Char(']'),
            None if self.around.emphasis > 0 => Next::Char('*'),
            None if self.place.in_value => Next::Char('"'),
            None => Next::End,
            Some(Run::Plain(words)) => {
                let mut written = String::new();
                self.plain(words, None, Some('*'), false, &mut written);
                written.chars().next().map_or(Next::End, Next::Char)
            }
            Some(Run::Strong(_) | Run::Emphasis(_)) => Next::Char('*'),
            Some(Run::Code(_)) => Next::Char('`'),
            Some(Run::Link(_) | Run::Language(_)) => Next::Char('['),
            Some(Run::Math(_)) => Next::Char('$'),
            Some(Run::Gap(_)) => Next::Char('{'),
            Some(Run::Break) => Next::Char('\\'),
        }
    }

    fn code(&mut self, code: &str, previous: Option<char>, next: Option<&Run>) -> String {
        let awkward = code.contains(['\n', '\r', '\t'])
            || previous == Some('`')
            // Brackets come before code where a line begins with a link's definition (CommonMark, 4.7).
            || (self.around.brackets > 0 && code.contains(']'))
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
        format!("{fence}{space}{code}{space}{fence}")
    }

    fn math(&mut self, tex: &str, previous: Option<char>, next: Option<&Run>) -> String {
        let followed = match self.first_of(next) {
            Next::Char(c) => c.is_alphanumeric() || c == '$',
            Next::End => false,
        };
        let fits = is_plain_tex(tex)
            && !followed
            && previous.is_none_or(|c| !c.is_alphanumeric() && c != '$' && c != '\\')
            && !(self.place.in_cell && tex.contains('|'))
            && !(self.around.brackets > 0 && tex.contains(']'))
            && !(self.place.in_value && tex.contains('"'));
        if fits { format!("${tex}$") } else { self.span(&Text::plain(tex), ".math") }
    }

    fn link(&mut self, link: &Link) -> String {
        if let [Run::Plain(words)] = link.text.runs()
            && *words == link.target
            && is_uri(words)
            && self.around.links == 0
            && !self.place.in_cell
            && !self.place.in_value
        {
            return format!("<{words}>");
        }
        if self.around.links > 0 || link.target.contains(['\n', '\r']) {
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
        let around = Around { brackets: self.around.brackets + 1, links: self.around.links + 1, ..self.around };
        let inner = self.inside(around, |writer| writer.text(&link.text, Some('['), false));
        format!("[{inner}]({})", destination(&link.target))
    }

    fn gap(&mut self, gap: &Gap, out: &mut String) {
        out.push_str("{{");
        if let Some(number) = gap.number {
            out.push_str(&format!("{number}:"));
        }
        let around = Around { gaps: self.around.gaps + 1, ..self.around };
        let lead = if gap.number.is_some() { ':' } else { '{' };
        let inner = self.inside(around, |writer| writer.text(&gap.text, Some(lead), false));
        out.push_str(&inner);
        if let Some(hint) = gap.hint.as_deref().filter(|hint| !hint.is_empty()) {
            out.push_str(if self.place.in_cell { "\\|" } else { "|" });
            let hint = Text::plain(hint);
            let hint = self.inside(around, |writer| writer.text(&hint, Some('|'), false));
            out.push_str(&hint);
        }
        out.push_str("}}");
    }

    fn plain(&mut self, words: &str, next: Option<&Run>, before: Option<char>, whole: bool, out: &mut String) {
        let starts = out.is_empty() && whole;
        let on_new_line = out.ends_with('\n');
        // What only means something where a line begins, also within the `**` that the line begins with.
        let line_start = on_new_line || (out.is_empty() && before.is_none_or(|c| c == '*'));
        let escaped_at = if line_start { line_mark(words) } else { None };
        let keyword_at = if line_start { keyword_colon(words) } else { None };
        let number_at = if before == Some('{') && out.is_empty() { gap_number(words) } else { None };
        let ends_text = next.is_none() && whole;
        let chars: Vec<(usize, char)> = words.char_indices().collect();
        for (index, &(at, c)) in chars.iter().enumerate() {
            let previous = out.chars().next_back().or(before);
            let following = chars.get(index + 1).map(|&(_, c)| c);
            let last = index + 1 == chars.len();
            let beside_break = (last && matches!(next, Some(Run::Break))) || (index == 0 && on_new_line);
            let at_edge = (index == 0 && starts) || (last && ends_text) || beside_break;
            if matches!(c, '\n' | '\r') || (at_edge && c.is_whitespace()) || (c == '\t') {
                out.push_str(&format!("&#{};", u32::from(c)));
                continue;
            }
            let after_bold = index == 0 && previous == Some('*') && matches!(c, ':' | '：' | 'ः');
            if keyword_at == Some(at) || after_bold {
                if c == ':' {
                    out.push_str("\\:");
                } else {
                    out.push_str(&format!("&#x{:X};", u32::from(c)));
                }
                continue;
            }
            if c == '|' && self.place.in_cell && self.around.gaps > 0 {
                out.push_str("&#124;");
                continue;
            }
            if c == '\\' && self.place.in_cell {
                out.push_str("&#92;");
                continue;
            }
            let rest = &words[at + c.len_utf8()..];
            let escape = escaped_at == Some(at)
                || number_at == Some(at)
                || match c {
                    '\\' | '`' | '*' | '$' | '[' => true,
                    ']' => self.around.brackets > 0 || self.place.in_value,
                    '_' => !(previous.is_some_and(is_letter) && following.is_some_and(is_letter)),
                    '~' => {
                        !(previous.is_none_or(char::is_whitespace) && following.is_none_or(char::is_whitespace))
                            || line_start && index == 0
                    }
                    '{' => self.braces_mean_something(previous, rest),
                    '}' => self.around.gaps > 0,
                    '|' => self.place.in_cell || self.around.gaps > 0,
                    '!' => last && next.is_some(),
                    '<' => following.is_none_or(|c| !c.is_whitespace()),
                    '&' => following.is_some_and(|c| c.is_ascii_alphanumeric() || c == '#'),
                    '^' => previous == Some('['),
                    '"' => self.place.in_value,
                    '#' => self.place.in_heading && last && next.is_none(),
                    _ => false,
                };
            if escape {
                out.push('\\');
            }
            out.push(c);
        }
    }

    /// Whether a brace opens a gap or an attribute, or might with what follows the run.
    fn braces_mean_something(&self, previous: Option<char>, rest: &str) -> bool {
        let inner = rest.trim_start_matches([' ', '\t']);
        let key = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
        matches!(previous, Some('{' | ']'))
            || inner.is_empty()
            || inner.starts_with(['{', '#', '.'])
            || key.is_some_and(|at| at > 0 && inner[at..].starts_with('='))
    }
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
