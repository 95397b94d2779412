//! Text pasted from the web, told by the look of its lines.
//!
//! The source becomes lines ([`line`]), each with what it looks like by itself; [`series`] links numbered lines; then the
//! [`Reader`] goes from top to bottom and asks, at each line, what begins there. Each of these looks ahead over a bounded
//! number of lines or takes what it looked at, so that the time is linear in the source.

mod bank;
pub(crate) mod definition;
pub(crate) mod distinct;
mod flattened;
pub(crate) mod grid;
pub(crate) mod heading;
pub(crate) mod inline;
pub(crate) mod invisible;
pub(crate) mod line;
pub(crate) mod list;
pub(crate) mod marker;
pub(crate) mod outline;
pub(crate) mod page;
pub(crate) mod phrase;
pub(crate) mod question;
pub(crate) mod script;
pub(crate) mod separator;
mod series;
mod table;
pub(crate) mod title;
pub(crate) mod vocabulary;

use std::collections::BTreeMap;

use patra_core::{Block, Code, Diagnostic, Material, Paragraph, Read, Source, Span, phrase};

use crate::guess;
use crate::notes::Notes;
use heading::{Above, Heading};
use invisible::Removed;
use line::Look;
use outline::Outline;
use page::{Found, Page};
use phrase::ends_sentence;

/// What is known of a pasted text besides its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TextOptions {
    /// What the text is called, such as its file's name without the ending. It becomes the title where the text begins
    /// neither with one nor with something that could serve.
    pub name: Option<String>,
}

impl TextOptions {
    /// Options for a text that has a name.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        TextOptions { name: Some(name.into()) }
    }
}

/// Reads text pasted from the web.
///
/// Headings, lists, terms, tables, comparisons, questions and a definition at the beginning are told by their look; every
/// guess is a diagnostic ([`Code::Guessed`]) with its place and its reason, but for those beyond a thousand, which are counted. What is not told is a paragraph. No word is
/// lost; only bullets, numbers of items, labels such as `Q:`, and separators give way to the form they stood for, and
/// white space of any kind becomes a space. The material is `None` only where the text holds nothing to read.
///
/// Time and memory are linear in the length of the text.
///
/// ```
/// use patra_core::{Code, Source};
/// use patra_import::{TextOptions, read_text};
///
/// let source = Source::new("Tea\nWhat is in it?\n• water\n• leaves\n".to_owned());
/// let read = read_text(&source, &TextOptions::default());
/// let guess = read.diagnostics.iter().find(|diagnostic| diagnostic.code == Code::Guessed).ok_or("no guess")?;
/// assert_eq!(source.position(guess.span.start()).line, 2);
/// assert_eq!(guess.message, "this line is a heading, because it is short and asks something");
/// # Ok::<(), &str>(())
/// ```
pub fn read_text(source: &Source, options: &TextOptions) -> Read {
    let mut removed = Removed::default();
    let mut lines = line::lines(source.text(), &mut removed);
    let banks = bank::questions(&mut lines);
    let page = Page::new(lines);
    let mut notes = Notes::default();
    notes.extend(removed.diagnostics());
    let mut reader = Reader { page: &page, banks, outline: Outline::default(), found: notes, asked_often: false };
    let title = title::first_line(&page);
    reader.read(title.as_ref().map_or(0, |title| title.end));
    if let Some(title) = title.as_ref().filter(|_| reader.outline.is_empty()) {
        // Nothing stands below it, so it is all there is to say.
        let span = page.span(page.filled(0), title.end);
        reader.outline.push(Block::Paragraph(Paragraph { text: inline::text(&title.words), span }));
    }
    let Reader { outline, found: mut notes, .. } = reader;

    let mut material = Material { sections: outline.finish(), ..Material::default() };
    if material.sections.is_empty() {
        notes.push(Diagnostic::new(Code::EmptySource, Span::NONE, "the text holds nothing to read"));
        return Read { material: None, diagnostics: notes.finish() };
    }
    let (words, why) = match &title {
        Some(title) => (title.words.clone(), phrase!("it is the first line")),
        None => title::fallback(&material, options.name.as_deref()),
    };
    material.title = inline::name(&words);
    let first = page.filled(0);
    let place = page.lines.get(first).map_or(Span::NONE, |line| line.span);
    let shown = material.title.to_plain();
    notes.push(
        Diagnostic::new(Code::MissingTitle, place, title::told(&shown, why))
            .with_hint("write `title:` in the front matter of the imported source"),
    );
    let (language, how) = script::language(source.text());
    notes.push(
        Diagnostic::new(Code::MissingLanguage, place, phrase!("the text does not name its language; {$how}", how))
            .with_hint("write `language:` in the front matter of the imported source"),
    );
    material.language = language;
    distinct::distinct_ids(&mut material);
    notes.extend(material.assign_ids());
    Read { material: Some(material), diagnostics: notes.finish() }
}

/// Goes through the lines and builds the sections.
struct Reader<'p, 's> {
    page: &'p Page<'s>,
    /// Questions of a bank, by the line that each begins at.
    banks: BTreeMap<usize, Found>,
    outline: Outline,
    found: Notes,
    /// Whether the heading above says that questions and their answers follow.
    asked_often: bool,
}

impl Reader<'_, '_> {
    fn read(&mut self, mut at: usize) {
        while at < self.page.lines.len() {
            at = self.step(at);
        }
    }

    /// Reads what begins at the line; returns the line after it.
    fn step(&mut self, at: usize) -> usize {
        let page = self.page;
        if let Some(found) = self.banks.remove(&at) {
            return self.take(found);
        }
        if matches!(page.lines[at].look, Look::Blank | Look::Rule(_) | Look::Taken) {
            return at + 1;
        }
        let above = self.outline.heading();
        let found = table::table(page, at, &above)
            .or_else(|| question::labelled(page, at))
            .or_else(|| if self.asked_often { question::asked_often(page, at) } else { None })
            .or_else(|| flattened::flattened(page, at, &above));
        if let Some(found) = found {
            return self.take(found);
        }
        if page.lines[at].look == Look::TableRule {
            return at + 1;
        }
        if let Some(heading) = heading::heading(page, at, self.outline.above()) {
            return self.open(&heading, page.lines[at].span);
        }
        if page.is_item(at) {
            return self.take(list::list(page, at));
        }
        if let Some(found) = list::unmarked_terms(page, at) {
            return self.take(found);
        }
        self.paragraph(at)
    }

    fn take(&mut self, found: Found) -> usize {
        found.blocks.into_iter().for_each(|block| self.outline.push(block));
        self.found.extend(found.guesses);
        found.end
    }

    fn open(&mut self, heading: &Heading, span: Span) -> usize {
        self.outline.open(heading, span);
        self.asked_often = vocabulary::asks_often(&heading.words);
        if let Some(why) = &heading.why {
            self.found.push(guess::heading(span, why.clone()));
        }
        heading.end
    }

    /// A paragraph: one line, or several that were broken to fit a page.
    fn paragraph(&mut self, first: usize) -> usize {
        let page = self.page;
        let mut end = first + 1;
        let mut words = page.lines[first].text.to_string();
        while end < page.lines.len() && goes_on(page, end - 1, end) {
            words.push(' ');
            words.push_str(&page.lines[end].text);
            end += 1;
        }
        let span = page.span(first, end);
        if end > first + 1 {
            let message = phrase!(
                "these {$count} lines are one paragraph, because they were broken in the middle of a sentence",
                count = end - first
            );
            self.found.push(guess::guess(span, message));
        }
        // The paragraph that opens a section may say what an abbreviation stands for.
        let opens = self.outline.is_bare() || self.outline.is_empty();
        if let Some(definition) = opens.then(|| definition::definition(&words, span)).flatten() {
            self.found.push(guess::definition(&definition));
            self.outline.push(Block::Definition(definition));
        } else {
            self.outline.push(Block::Paragraph(Paragraph { text: inline::text(&words), span }));
        }
        end
    }
}

/// Whether the words of a line go on in the next: the line is full, no sentence ends with it, and the next goes on in
/// small letters or is itself a line of such a paragraph.
fn goes_on(page: &Page<'_>, line: usize, next: usize) -> bool {
    const FULL: std::ops::RangeInclusive<usize> = 45..=110;
    if !page.is_words(next) || !page.is_words(line) || table::begins(page, next) {
        return false;
    }
    let (text, after) = (&page.lines[line].text, &page.lines[next].text);
    if text.len() > 800
        || ends_sentence(text)
        || phrase::before_colon(text).is_some()
        || phrase::before_colon_dash(text).is_some()
    {
        return false;
    }
    if !FULL.contains(&text.chars().count()) {
        return false;
    }
    // Scripts without small letters show it by the next line's length alone, which a paragraph on one line exceeds.
    let caseless = !after.starts_with(char::is_uppercase) && after.len() <= 800 && after.chars().count() <= *FULL.end();
    after.starts_with(char::is_lowercase)
        || (caseless && line > 0 && heading::heading(page, next, Above::default()).is_none())
}
