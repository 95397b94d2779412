//! Running text: inlines to the model's runs, with the gaps and languages that the parser does not know.

use std::ops::Range;

use patra_core::{Code, Diagnostic, Gap, Language, Link, MAX_DEPTH, Phrase, Run, Tagged, Text, phrase};

use crate::attribute::{self, Attributes};
use crate::block::whole;
use crate::copy::{indian_digit, is_forbidden, may_hold_controls};
use crate::include::INCLUDE;
use crate::node::{Inline, InlineKind};
use crate::raised::is_script;
use crate::reader::Reader;

/// The bytes that may begin or end something the parser does not know.
const MARKS: [bool; 256] = {
    let mut marks = [false; 256];
    let (bytes, mut index) = (b"{}[]|=:^~", 0);
    while index < bytes.len() {
        marks[bytes[index] as usize] = true;
        index += 1;
    }
    marks
};

/// Something that began and has not ended yet.
enum Open {
    Gap {
        number: Option<u16>,
        /// Whether it was written as Anki writes it: `{{c1::text::hint}}`.
        anki: bool,
        /// What stands before the last `|`.
        before_hint: Option<Text>,
        /// How it began, to write it out again if it never ends.
        lead: String,
    },
    Bracket,
    Highlight,
    /// A script, by its mark and the character before that.
    Script(char, Option<char>),
}

struct Group {
    open: Open,
    range: Range<usize>,
    /// The text so far of what holds this.
    outer: Text,
}

/// The text of one run of inlines while it is put together.
struct Running<'r, 'c, 's> {
    reader: &'r mut Reader<'c, 's>,
    groups: Vec<Group>,
    text: Text,
    depth: usize,
    /// In a cell of a table `|` can only be written `\|`.
    in_cell: bool,
    /// What stands before this byte was read already, as an attribute.
    done: usize,
}

impl<'c> Reader<'c, '_> {
    /// The runs of `inlines`.
    pub(crate) fn text(&mut self, inlines: Vec<Inline<'c>>) -> Text {
        let range = whole(&inlines);
        let text = self.running(inlines, 0, false);
        self.note_passage(&range, &text);
        text
    }

    /// The runs of `inlines`, all of them strong.
    pub(crate) fn strong_text(&mut self, inlines: Vec<Inline<'c>>) -> Text {
        let range = whole(&inlines);
        let text = self.running(inlines, 1, false);
        self.note_passage(&range, &text);
        std::iter::once(Run::Strong(text)).collect()
    }

    /// The runs of a cell of a table.
    pub(crate) fn cell_text(&mut self, inlines: Vec<Inline<'c>>) -> Text {
        let range = whole(&inlines);
        let text = self.running(inlines, 0, true);
        self.note_passage(&range, &text);
        text
    }

    fn running(&mut self, inlines: Vec<Inline<'c>>, depth: usize, in_cell: bool) -> Text {
        let mut running = Running { reader: self, groups: Vec::new(), text: Text::default(), depth, in_cell, done: 0 };
        for inline in inlines {
            running.inline(inline);
        }
        running.finish()
    }

    /// What the model has no place for, as the author wrote it.
    pub(crate) fn kept_as_text(&mut self, range: &Range<usize>, what: impl Into<Phrase>) -> String {
        let what = what.into();
        let message = phrase!("{$what} has no place in a material, so it was kept as text", what);
        let span = self.copy.span(range);
        self.found.push(Diagnostic::new(Code::KeptAsText, span, message));
        self.typed(range)
    }
}

impl<'c> Running<'_, 'c, '_> {
    fn nested(&mut self, inlines: Vec<Inline<'c>>) -> Text {
        let depth = self.depth + self.groups.len() + 1;
        self.reader.running(inlines, depth, self.in_cell)
    }

    /// Whether a run here may hold another.
    fn has_room(&self) -> bool {
        self.depth + self.groups.len() < MAX_DEPTH
    }

    /// What the parser found marked, under its mark unless it is too deep for one.
    fn within(&mut self, inner: Vec<Inline<'c>>, range: &Range<usize>, mark: impl FnOnce(Text) -> Run) {
        let inner = self.nested(inner);
        if self.has_room() {
            self.text.push(mark(inner));
        } else {
            self.too_deep(range);
            self.text.append(inner);
        }
    }

    fn too_deep(&mut self, range: &Range<usize>) {
        // Where one is, there are many.
        if self.reader.found.last().is_none_or(|problem| problem.code != Code::TooDeep) {
            let message = phrase!("blocks or marks are nested more than {$max_depth} deep", max_depth = MAX_DEPTH);
            self.reader.report(Code::TooDeep, range, message, "take it out of what stands around it");
        }
    }

    fn plain(&mut self, words: &str) {
        if may_hold_controls(words) && words.contains(is_forbidden) {
            self.text.push(Run::Plain(words.replace(is_forbidden, "")));
        } else if !words.is_empty() {
            self.text.push(Run::Plain(words.to_owned()));
        }
    }

    fn inline(&mut self, inline: Inline<'c>) {
        let Inline { kind, range } = inline;
        if range.end <= self.done {
            return;
        }
        match kind {
            InlineKind::Words { text, literal } => self.words(&text, literal, &range),
            InlineKind::SoftBreak => {
                self.leave_scripts();
                self.plain(" ");
            }
            InlineKind::HardBreak => {
                self.leave_scripts();
                self.text.push(Run::Break);
            }
            InlineKind::Code(code) => self.text.push(Run::Code(code.replace(is_forbidden, ""))),
            InlineKind::Math { tex, .. } => self.text.push(Run::Math(tex.replace(is_forbidden, ""))),
            InlineKind::Html(html) => self.html(&html, &range),
            InlineKind::Footnote(label) => {
                self.reader.kept_as_text(&range, "a footnote");
                self.plain(&format!("[^{label}]"));
            }
            InlineKind::Strong(inner) => self.within(inner, &range, Run::Strong),
            InlineKind::Emphasis(inner) => self.within(inner, &range, Run::Emphasis),
            InlineKind::Strike(inner) if self.reader.typed(&range).starts_with("~~") => {
                self.within(inner, &range, Run::Strikeout);
            }
            InlineKind::Strike(inner) => self.single_tildes(inner, &range),
            InlineKind::Link { inner, target, title } => {
                self.within(inner, &range, |text| Run::Link(Link { text, target }));
                if !title.is_empty() {
                    self.reader.kept_as_text(&range, "the title of a link");
                    self.plain(&format!(" ({title})"));
                }
            }
            InlineKind::Image { target, title, .. } => {
                let typed = self.reader.kept_as_text(&range, "an image within text");
                self.plain(&typed);
                if !typed.contains(&target) {
                    // It is named by a label, whose definition is no text.
                    let title = if title.is_empty() { title } else { format!(" \"{title}\"") };
                    self.plain(&format!("({target}{title})"));
                }
            }
        }
    }

    fn html(&mut self, html: &str, range: &Range<usize>) {
        let name = html.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/').trim_end();
        if html.starts_with("<!--") {
            // A comment is no part of the text.
        } else if name.eq_ignore_ascii_case("br") {
            self.text.push(Run::Break);
        } else {
            self.reader.kept_as_text(range, "HTML");
            self.plain(html);
        }
    }

    fn words(&mut self, text: &str, literal: usize, range: &Range<usize>) {
        let (literal_words, mut raw) = text.split_at(literal.min(text.len()));
        // In a cell, `\|` within a gap can only mean what `|` means elsewhere.
        let bar = self.in_cell && literal_words == "|" && !self.reader.copy.text[range.clone()].starts_with('&');
        // What was read as an attribute may hold escaped quotes.
        if range.start >= self.done && !(bar && self.bar()) {
            self.plain(literal_words);
        }
        let mut at = range.end - raw.len();
        if at < self.done {
            let skipped = (self.done - at).min(raw.len());
            raw = &raw[skipped..];
            at += skipped;
        }
        while let Some(next) = raw.bytes().position(|b| MARKS[usize::from(b)]) {
            self.spaced(&raw[..next]);
            at += next;
            raw = &raw[next..];
            let taken = self.mark(raw, at).clamp(1, raw.len());
            raw = &raw[taken..];
            at += taken;
        }
        self.spaced(raw);
    }

    /// Adds words. White space in them ends the scripts that are open, which hold none.
    fn spaced(&mut self, words: &str) {
        if self.in_script() && words.contains(char::is_whitespace) {
            self.leave_scripts();
        }
        self.plain(words);
    }

    fn in_script(&self) -> bool {
        matches!(self.groups.last().map(|group| &group.open), Some(Open::Script(..)))
    }

    /// Turns the scripts that are open here back into words.
    fn leave_scripts(&mut self) {
        while self.in_script() {
            self.give_up();
        }
    }

    /// Begins or ends a script at its mark, at byte `at` of the copy.
    fn script(&mut self, mark: char, at: usize, room: bool) {
        let own = self.groups.iter().rposition(|group| !matches!(group.open, Open::Script(open, _) if open != mark));
        let closes = own.filter(|&own| matches!(self.groups[own].open, Open::Script(..)));
        if let Some(own) = closes {
            // What began inside it and never ended is words.
            while self.groups.len() > own + 1 {
                self.give_up();
            }
            let after = self.reader.copy.text[at + 1..].chars().next();
            if let Some(Group { open: Open::Script(_, before), .. }) = self.groups.last()
                && is_script(mark, *before, &self.text.to_plain(), after)
                && let Some(group) = self.groups.pop()
            {
                let inner = std::mem::replace(&mut self.text, group.outer);
                self.text.push(if mark == '^' { Run::Superscript(inner) } else { Run::Subscript(inner) });
                return;
            }
            let word = !self.text.is_empty() && mark == '~';
            if let Some(Group { open: Open::Script(_, before), range, .. }) = self.groups.last()
                && word
                && before.is_none_or(char::is_whitespace)
            {
                let range = range.start..at + 1;
                self.reader.kept_as_text(&range, "text between single tildes");
                self.give_up();
                return self.plain("~");
            }
            self.give_up();
        }
        if room {
            let before = self.reader.copy.text[..at].chars().next_back();
            self.open(Open::Script(mark, before), at..at + 1);
        } else {
            self.plain(mark.encode_utf8(&mut [0; 4]));
        }
    }

    /// Deals with what the parser found between two single tildes: a subscript where one can be, else words as they are.
    fn single_tildes(&mut self, inner: Vec<Inline<'c>>, range: &Range<usize>) {
        let text = &self.reader.copy.text;
        let before = text[..range.start].chars().next_back();
        let after = text[range.end..].chars().next();
        let held = text.get(range.start + 1..range.end.saturating_sub(1)).unwrap_or_default();
        if is_script('~', before, held, after) {
            return self.within(inner, range, Run::Subscript);
        }
        self.leave_scripts();
        self.reader.kept_as_text(range, "text between single tildes");
        let inner = self.nested(inner);
        self.plain("~");
        self.text.append(inner);
        self.plain("~");
    }

    /// Deals with the mark that `rest` begins with, at byte `at` of the copy; returns how many bytes it took.
    fn mark(&mut self, rest: &str, at: usize) -> usize {
        let room = self.has_room();
        let around = self.groups.iter().rev().map(|group| &group.open).find(|open| !matches!(open, Open::Script(..)));
        let in_gap = matches!(around, Some(Open::Gap { .. }));
        let in_anki = matches!(around, Some(Open::Gap { anki: true, .. }));
        let in_brackets = matches!(around, Some(Open::Bracket));
        if rest.starts_with("{{") && room {
            return self.open_gap(rest, at);
        }
        if rest.starts_with("}}") && self.groups.iter().any(|group| matches!(group.open, Open::Gap { .. })) {
            self.close_gap(at);
            return 2;
        }
        if rest.starts_with('{') && rest[1..].trim_start_matches([' ', '\t']).starts_with(INCLUDE) {
            self.reader.include_in_text(at);
        }
        if rest.starts_with('[') && room {
            self.open(Open::Bracket, at..at + 1);
            return 1;
        }
        if let Some(mark) = rest.chars().next().filter(|c| matches!(c, '^' | '~')) {
            self.script(mark, at, room);
            return 1;
        }
        if rest.starts_with(']') && in_brackets {
            self.leave_scripts();
            return self.close_bracket(at);
        }
        if rest.starts_with('|') && in_gap && !in_anki && self.bar() {
            return 1;
        }
        if rest.starts_with("::") && in_anki && self.bar() {
            return 2;
        }
        if rest.starts_with("==") && self.reader.highlight {
            self.leave_scripts();
            self.highlight(at, room);
            return 2;
        }
        self.plain(&rest[..1]);
        1
    }

    fn open(&mut self, open: Open, range: Range<usize>) {
        self.groups.push(Group { open, range, outer: std::mem::take(&mut self.text) });
    }

    /// Turns the innermost group back into words, since it does not end as it should.
    fn give_up(&mut self) {
        let Some(group) = self.groups.pop() else { return };
        let inner = std::mem::replace(&mut self.text, group.outer);
        match group.open {
            Open::Bracket => self.plain("["),
            Open::Highlight => self.plain("=="),
            Open::Script(mark, _) => self.plain(mark.encode_utf8(&mut [0; 4])),
            Open::Gap { lead, before_hint, anki, .. } => {
                let span = self.reader.copy.span(&group.range);
                self.reader.found.push(
                    Diagnostic::new(Code::GapSyntax, span, "the gap is not closed")
                        .with_hint("write `}}` at its end, within the same paragraph"),
                );
                self.plain(&lead);
                if let Some(before) = before_hint {
                    self.text.append(before);
                    self.plain(if anki { "::" } else { "|" });
                }
            }
        }
        self.text.append(inner);
    }

    fn finish(mut self) -> Text {
        while !self.groups.is_empty() {
            self.give_up();
        }
        self.text
    }

    fn open_gap(&mut self, rest: &str, at: usize) -> usize {
        let after = &rest[2..];
        let anki = after.starts_with('c');
        let digits_at = usize::from(anki);
        let numeral: String = after[digits_at..]
            .chars()
            .map_while(|c| c.to_digit(10).or_else(|| indian_digit(c).map(u32::from)))
            .filter_map(|d| char::from_digit(d, 10))
            .collect();
        let width: usize = after[digits_at..].chars().take(numeral.len()).map(char::len_utf8).sum();
        let colon = if anki { "::" } else { ":" };
        let numbered = !numeral.is_empty() && after[digits_at + width..].starts_with(colon);
        let length = if numbered { 2 + digits_at + width + colon.len() } else { 2 };
        let number = if numbered { numeral.parse::<u16>().ok() } else { None };
        if numbered && number.is_none() {
            let span = self.reader.copy.span(&(at..at + length));
            let message = phrase!("the number {$numeral} of a gap is too large", numeral);
            self.reader.found.push(Diagnostic::new(Code::GapSyntax, span, message));
        }
        let open = Open::Gap { number, anki: anki && numbered, before_hint: None, lead: rest[..length].to_owned() };
        self.open(open, at..at + length);
        length
    }

    /// What stands before is the gap's text, what follows its hint. `false` outside a gap.
    fn bar(&mut self) -> bool {
        self.leave_scripts();
        let Some(Group { open: Open::Gap { before_hint, anki, .. }, .. }) = self.groups.last_mut() else {
            return false;
        };
        let text = std::mem::take(&mut self.text);
        match before_hint {
            Some(before) => {
                before.push(Run::Plain(if *anki { "::" } else { "|" }.to_owned()));
                before.append(text);
            }
            None => *before_hint = Some(text),
        }
        true
    }

    fn close_gap(&mut self, at: usize) {
        while !matches!(self.groups.last().map(|group| &group.open), None | Some(Open::Gap { .. })) {
            self.give_up();
        }
        let Some(Group { open: Open::Gap { number, before_hint, lead, anki }, range, outer }) = self.groups.pop()
        else {
            return;
        };
        let inner = std::mem::replace(&mut self.text, outer);
        let (text, hint) = match before_hint {
            Some(text) => (text, Some(inner.to_plain())),
            None => (inner, None),
        };
        if text.is_empty() {
            let span = self.reader.copy.span(&(range.start..at + 2));
            self.reader.found.push(
                Diagnostic::new(Code::GapSyntax, span, "the gap hides nothing")
                    .with_hint("write the words to be hidden: `{{words}}`, or `\\{{` for two braces"),
            );
            let bar = if anki { "::" } else { "|" };
            let hint = hint.map(|hint| format!("{bar}{hint}")).unwrap_or_default();
            self.plain(&format!("{lead}{hint}}}}}"));
            return;
        }
        self.text.push(Run::Gap(Gap { text, number, hint: hint.filter(|hint| !hint.is_empty()) }));
    }

    fn highlight(&mut self, at: usize, room: bool) {
        match self.groups.last().map(|group| &group.open) {
            Some(Open::Highlight) if !self.text.is_empty() => {
                if let Some(group) = self.groups.pop() {
                    let text = std::mem::replace(&mut self.text, group.outer);
                    self.text.push(Run::Gap(Gap { text, number: None, hint: None }));
                }
            }
            Some(Open::Highlight) => self.plain("=="),
            _ if room => self.open(Open::Highlight, at..at + 2),
            _ => self.plain("=="),
        }
    }

    /// Ends `[words]{…}`; returns how many bytes were taken.
    fn close_bracket(&mut self, at: usize) -> usize {
        let reader = &mut *self.reader;
        let text = &*reader.copy.text;
        let parsed = if text[at + 1..].starts_with('{') { attribute::parse(text, at + 1) } else { None };
        match parsed {
            Some(Ok(mut attributes)) => {
                let end = attributes.range.end;
                let Some(Group { outer, .. }) = self.groups.pop() else { return 1 };
                let inner = std::mem::replace(&mut self.text, outer);
                self.mark_words(inner, &mut attributes, &(at..end));
                self.done = end;
                end - at
            }
            Some(Err(malformed)) => {
                reader.malformed(malformed);
                self.give_up();
                self.plain("]");
                1
            }
            None => {
                self.give_up();
                self.plain("]");
                1
            }
        }
    }

    /// Puts `inner` under the marks that its attributes, at `range`, name.
    fn mark_words(&mut self, inner: Text, attributes: &mut Attributes, range: &Range<usize>) {
        let one = |run: Run| std::iter::once(run).collect::<Text>();
        let mut text = inner;
        if attributes.take_class("code") {
            text = one(Run::Code(text.to_plain()));
        }
        if attributes.take_class("math") {
            text = one(Run::Math(text.to_plain()));
        }
        let mut marks: Vec<Box<dyn FnOnce(Text) -> Run>> = Vec::new();
        if let Some(value) = attributes.take_value("link") {
            let target = self.reader.value(&value).to_plain();
            marks.push(Box::new(|text| Run::Link(Link { text, target })));
        }
        if attributes.take_class("superscript") {
            marks.push(Box::new(Run::Superscript));
        }
        if attributes.take_class("subscript") {
            marks.push(Box::new(Run::Subscript));
        }
        if attributes.take_class("strikeout") {
            marks.push(Box::new(Run::Strikeout));
        }
        if attributes.take_class("strong") {
            marks.push(Box::new(Run::Strong));
        }
        if attributes.take_class("emphasis") {
            marks.push(Box::new(Run::Emphasis));
        }
        if let Some(value) = attributes.take_value("lang") {
            let tag = self.reader.copy.text[value.clone()].to_owned();
            match tag.parse::<Language>() {
                Ok(language) => marks.push(Box::new(|text| Run::Language(Tagged { text, language }))),
                Err(error) => {
                    let span = self.reader.copy.span(&value);
                    self.reader.found.push(Diagnostic::new(Code::Attribute, span, error));
                }
            }
        }
        self.reader.refuse(attributes, "words in brackets");
        // Brackets may have several marks, and were open as one.
        if self.depth + self.groups.len() + text.depth() + marks.len() > MAX_DEPTH {
            self.too_deep(range);
            marks.clear();
        }
        let text = marks.into_iter().fold(text, |text, mark| one(mark(text)));
        self.text.append(text);
    }
}
