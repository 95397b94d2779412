//! The words and letterings of question banks, from a table by language.

use std::collections::BTreeMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("words.tsv");

/// Words that do the same in all languages, such as those before an answer.
#[derive(Debug, Default)]
pub(crate) struct Words {
    all: Vec<&'static str>,
    /// By their first character, the longest first.
    by_first: BTreeMap<char, Vec<&'static str>>,
}

impl Words {
    fn add(&mut self, word: &'static str) {
        self.all.push(word);
        if let Some(first) = word.chars().next() {
            let words = self.by_first.entry(first).or_default();
            words.push(word);
            words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        }
    }

    /// All words, in the order of the table.
    pub(crate) fn all(&self) -> &[&'static str] {
        &self.all
    }

    /// The words that the text may begin with, the longest first.
    pub(crate) fn of(&self, text: &str) -> &[&'static str] {
        let first = text.chars().next().map(|c| c.to_ascii_lowercase());
        first.and_then(|first| self.by_first.get(&first)).map_or(&[], Vec::as_slice)
    }

    /// Whether one of them is the text, whatever the case of its letters.
    pub(crate) fn has(&self, text: &str) -> bool {
        self.of(text).iter().any(|word| word.eq_ignore_ascii_case(text))
    }
}

/// All that the table says.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// The orders in which options are counted.
    pub orders: Vec<Vec<&'static str>>,
    /// The order and the place in it, from 1, that each letter may have.
    pub letters: BTreeMap<&'static str, Vec<(usize, usize)>>,
    /// Before a question.
    pub question: Words,
    /// Between the label of a question and its number.
    pub number: Words,
    /// Before the answer to a question.
    pub answer: Words,
    /// Before the words that say why the answer is right.
    pub explanation: Words,
    /// Before a word of help.
    pub hint: Words,
    /// Above or before the answers to several questions.
    pub key: Words,
    /// Between two questions of which one is to be answered, and between words to choose from.
    pub or: Words,
    /// Before the letter of an option: `Option (b)`.
    pub option: Words,
    /// Between the letters of several right options.
    pub and: Words,
    /// Beside an option that is right.
    pub right: Words,
    /// Said of a statement that is true.
    pub yes: Words,
    /// Said of a statement that is false.
    pub no: Words,
    /// In the instructions above sentences with blanks.
    pub blanks: Words,
    /// In instructions that put something else than the answer into brackets: a form to be changed, words to choose from.
    pub brackets: Words,
    /// At the beginning of a line that names a part of a paper.
    pub part: Words,
}

/// The table, read once.
pub(crate) static WORDS: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let kind = cells.next().unwrap_or_default();
        let words: Vec<&'static str> = cells.skip(1).collect();
        if kind == "letters" {
            let order = table.orders.len();
            for (at, letter) in words.iter().enumerate() {
                table.letters.entry(letter).or_default().push((order, at + 1));
            }
            table.orders.push(words);
        } else if let Some(known) = table.words(kind) {
            words.into_iter().for_each(|word| known.add(word));
        }
    }
    table
});

impl Table {
    fn words(&mut self, kind: &str) -> Option<&mut Words> {
        Some(match kind {
            "question" => &mut self.question,
            "number" => &mut self.number,
            "answer" => &mut self.answer,
            "explanation" => &mut self.explanation,
            "hint" => &mut self.hint,
            "key" => &mut self.key,
            "or" => &mut self.or,
            "option" => &mut self.option,
            "and" => &mut self.and,
            "right" => &mut self.right,
            "true" => &mut self.yes,
            "false" => &mut self.no,
            "blanks" => &mut self.blanks,
            "brackets" => &mut self.brackets,
            "part" => &mut self.part,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_of_the_table_is_known_and_whole() {
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert!(cells[0] == "letters" || Table::default().words(cells[0]).is_some(), "{line}");
            assert!((2..=3).contains(&cells[1].len()) && cells.len() > 2, "{line}");
            let whole = |cell: &&str| !cell.is_empty() && cell.trim() == *cell;
            assert!(cells.iter().all(whole), "{line}");
            assert!(cells[0] == "letters" || cells.iter().all(|cell| cell.to_lowercase() == *cell), "{line}");
        }
    }

    #[test]
    fn words_are_found_whatever_their_case() {
        assert!(WORDS.yes.has("True") && WORDS.yes.has("सत्य") && !WORDS.yes.has("असत्य"));
        assert_eq!(WORDS.answer.of("Answers").first(), Some(&"answer is"));
    }
}
