//! The sheets that measure the text: length and reading load of sections, and the vocabulary.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use patra_core::{Block, Practice, Run, Span, Spelled, Text, words};
use unicode_segmentation::UnicodeSegmentation;

use super::Collector;
use crate::{SheetName, Value};

/// The longest word of the vocabulary, in code points: what is longer is no word, and might fit no cell.
const LONGEST_WORD: usize = 100;

/// What is counted of a section.
#[derive(Default)]
struct Measure {
    words: usize,
    words_in_all: usize,
    distinct: HashSet<usize>,
    sentences: usize,
    letters: usize,
    longest_sentence: usize,
    terms: usize,
}

/// A word by its occurrences.
struct Occurrences<'a> {
    count: usize,
    sections: usize,
    /// The last section in which it was seen, by its place among all.
    last: usize,
    /// Where it was first seen.
    section: &'a str,
    page: Value<'a>,
    span: Span,
}

/// The words of a material, each with a number by which it is found.
#[derive(Default)]
struct Vocabulary<'a> {
    numbers: HashMap<String, usize>,
    words: Vec<Occurrences<'a>>,
}

impl<'a> Collector<'a> {
    /// Adds the rows of [`SheetName::Reading`] and [`SheetName::Vocabulary`].
    pub(super) fn measure(&mut self, practice: &Practice) {
        let mut measures: Vec<Measure> = Vec::new();
        let mut vocabulary = Vocabulary::default();
        let mut sections = Vec::new();
        // The sections that the one at hand stands in, by their places among all.
        let mut above: Vec<usize> = Vec::new();
        self.material.walk_sections(&mut |section, outer| {
            let at = sections.len();
            above.truncate(outer.len());
            above.push(at);
            sections.push(section);
            let mut measure = Measure::default();
            let page = self.page(&section.id);
            let mut take = |text: &'a Text, page: &Value<'a>, span: Span| {
                let first = Occurrences {
                    count: 0,
                    sections: 0,
                    last: usize::MAX,
                    section: section.id.as_str(),
                    page: page.clone(),
                    span,
                };
                measure.take(text, at, &first, &mut vocabulary);
            };
            take(&section.heading, &page, section.span);
            let mut terms = 0;
            walk(&section.blocks, &mut |block| {
                terms += match block {
                    Block::Definition(_) => 1,
                    Block::Terms(b) => b.entries.len(),
                    _ => 0,
                };
                let own = block.id().map(|id| self.page(id)).filter(|page| *page != Value::Missing);
                let page = own.as_ref().unwrap_or(&page);
                block.texts(&mut |text, span| take(text, page, span));
            });
            measure.terms = terms;
            let words = measure.words;
            measures.push(measure);
            for &outer in &above {
                if let Some(outer) = measures.get_mut(outer) {
                    outer.words_in_all += words;
                }
            }
        });
        let mut asked: HashMap<&str, usize> = HashMap::new();
        practice.items().iter().for_each(|item| *asked.entry(item.section.as_str()).or_default() += 1);
        for (section, measure) in sections.into_iter().zip(measures) {
            self.push(
                SheetName::Reading,
                section.span,
                [
                    ("section_id", Value::words(section.id.as_str())),
                    ("heading", Value::plain(&section.heading)),
                    ("words", Value::count(measure.words)),
                    ("words_in_all", Value::count(measure.words_in_all)),
                    ("distinct_words", Value::count(measure.distinct.len())),
                    ("sentences", Value::count(measure.sentences)),
                    ("letters", Value::count(measure.letters)),
                    ("words_per_sentence", Value::mean(measure.words, measure.sentences)),
                    ("letters_per_word", Value::mean(measure.letters, measure.words)),
                    ("longest_sentence", Value::count(measure.longest_sentence)),
                    ("terms", Value::count(measure.terms)),
                    ("asked", Value::count(asked.get(section.id.as_str()).copied().unwrap_or_default())),
                    ("page", self.page(&section.id)),
                ],
            );
        }
        self.vocabulary(vocabulary);
    }

    fn vocabulary(&mut self, vocabulary: Vocabulary<'a>) {
        let Vocabulary { numbers, words } = vocabulary;
        let numbers: BTreeMap<String, usize> = numbers.into_iter().collect();
        let mut ranked: Vec<(String, &Occurrences<'a>)> =
            numbers.into_iter().filter_map(|(word, number)| Some((word, words.get(number)?))).collect();
        // The sort is stable, so that words that are as common stay in the order of their code points.
        ranked.sort_by_key(|(_, found)| std::cmp::Reverse(found.count));
        for (word, found) in ranked {
            self.push(
                SheetName::Vocabulary,
                found.span,
                [
                    ("word_id", Value::words(format!("word:{word}"))),
                    ("section_id", Value::words(found.section)),
                    ("word", Value::words(word)),
                    ("count", Value::count(found.count)),
                    ("sections", Value::count(found.sections)),
                    ("page", found.page.clone()),
                ],
            );
        }
    }
}

/// Visits blocks in reading order, each before those inside it.
fn walk<'a>(blocks: &'a [Block], visit: &mut impl FnMut(&'a Block)) {
    fn visit_one<'a>(block: &'a Block, visit: &mut impl FnMut(&'a Block)) {
        visit(block);
        block.children().into_iter().for_each(|child| visit_one(child, visit));
    }
    blocks.iter().for_each(|block| visit_one(block, visit));
}

impl Measure {
    /// Counts a text of the section at a place among all; words that are new are noted as first found there.
    fn take<'a>(&mut self, text: &Text, at: usize, first: &Occurrences<'a>, vocabulary: &mut Vocabulary<'a>) {
        let prose = prose(text);
        for sentence in prose.unicode_sentences() {
            let mut length = 0;
            for word in words(sentence) {
                length += 1;
                self.letters += letters(&word);
                // A number is counted, and is no vocabulary.
                if word.chars().any(char::is_alphabetic) && word.chars().nth(LONGEST_WORD).is_none() {
                    self.distinct.insert(vocabulary.note(word, at, first));
                }
            }
            self.words += length;
            self.sentences += usize::from(length > 0);
            self.longest_sentence = self.longest_sentence.max(length);
        }
    }
}

impl<'a> Vocabulary<'a> {
    /// Counts a word that occurs in the section at a place; gives its number.
    fn note(&mut self, word: Cow<'_, str>, at: usize, first: &Occurrences<'a>) -> usize {
        let number = match self.numbers.get(&*word) {
            Some(&number) => number,
            None => {
                let number = self.words.len();
                self.numbers.insert(word.into_owned(), number);
                self.words.push(Occurrences { page: first.page.clone(), ..*first });
                number
            }
        };
        if let Some(found) = self.words.get_mut(number) {
            found.count += 1;
            found.sections += usize::from(found.last != at);
            found.last = at;
        }
        number
    }
}

/// What a text reads: its words without code and formulas.
fn prose(text: &Text) -> Cow<'_, str> {
    fn write(text: &Text, next: Option<char>, out: &mut String) {
        for Spelled { run, open, close, next, .. } in text.spelled(next) {
            out.push_str(open);
            match run {
                Run::Plain(words) => out.push_str(words),
                // Where a line ends no sentence need end.
                Run::Break => out.push(' '),
                Run::Code(_) | Run::Math(_) => {}
                Run::Strong(_)
                | Run::Emphasis(_)
                | Run::Superscript(_)
                | Run::Subscript(_)
                | Run::Strikeout(_)
                | Run::Link(_)
                | Run::Gap(_)
                | Run::Language(_) => run.inner().into_iter().for_each(|inner| write(inner, next, out)),
            }
            out.push_str(close);
        }
    }
    match text.runs() {
        [] => Cow::Borrowed(""),
        [Run::Plain(words)] => Cow::Borrowed(words),
        _ => {
            let mut out = String::new();
            write(text, None, &mut out);
            Cow::Owned(out)
        }
    }
}

/// The extended grapheme clusters of a word.
fn letters(word: &str) -> usize {
    if word.is_ascii() { word.len() } else { word.graphemes(true).count() }
}
