//! Rows to blocks of the model.

use patra_core::{
    Alignment, Aspect, Block, Choice, Cloze, Code, Column, Comparison, Definition, Diagnostic, Entry, Gap, Id,
    Language, List, ListItem, Paragraph, Phrase, Question, Run, Span, Subject, Table, Tagged, Terms, Text, phrase,
};

use super::cell::{name, text};
use super::role::{Role, letter};
use super::shape::{Shape, Told};
use super::sheet::Row;
use crate::gap::{Writer, with_gaps};
use crate::notes::Notes;

/// Rows under one heading, and what their columns are.
pub(super) struct Part<'t> {
    pub told: &'t Told,
    /// The header's cells; empty where there is none.
    pub headers: &'t [String],
    pub rows: Vec<Row>,
    /// The language of the material, which is not set again on each row.
    pub language: Option<Language>,
    /// The worksheet's name, where there are several.
    pub sheet: Option<&'t str>,
}

impl Part<'_> {
    /// A row, as messages name it.
    fn place(&self, row: &Row) -> Phrase {
        super::place(self.sheet, row.number)
    }

    /// The blocks, in the order of the rows.
    pub(super) fn blocks(&self, found: &mut Notes) -> Vec<Block> {
        let span = self.span();
        match self.told.shape {
            Shape::Terms => self.terms(span, found),
            Shape::Questions => self.rows.iter().flat_map(|row| self.asked(row, found)).collect(),
            Shape::Gaps => self.rows.iter().flat_map(|row| self.gap(row, found)).collect(),
            Shape::Comparison => vec![self.comparison(span)],
            Shape::List => {
                let item = |row: &Row| ListItem { text: text(row.cell(0)), span: row.span, ..ListItem::default() };
                vec![Block::List(List { items: self.rows.iter().map(item).collect(), span, ..List::default() })]
            }
            Shape::Plain => vec![self.plain(span)],
        }
    }

    fn span(&self) -> Span {
        match (self.rows.first(), self.rows.last()) {
            (Some(first), Some(last)) if !first.span.is_none() => Span::new(first.span.start(), last.span.end()),
            _ => Span::NONE,
        }
    }

    fn column(&self, role: &Role) -> Option<usize> {
        self.told.roles.iter().position(|other| other.as_ref() == Some(role))
    }

    fn words<'r>(&self, row: &'r Row, role: &Role) -> &'r str {
        self.column(role).map_or("", |column| row.cell(column))
    }

    /// The words of a column that has a role, in the language of the row or of the column.
    fn said(&self, row: &Row, role: &Role) -> Text {
        self.column(role).map_or_else(Text::default, |column| self.cell(row, column))
    }

    fn cell(&self, row: &Row, column: usize) -> Text {
        self.tagged(row, column, text(row.cell(column)))
    }

    fn tagged(&self, row: &Row, column: usize, words: Text) -> Text {
        let of_row = || super::role::language(self.words(row, &Role::Language));
        let language = match self.told.roles.get(column) {
            Some(Some(Role::In(language))) => Some(language.clone()),
            _ => of_row(),
        };
        match language {
            Some(language) if Some(&language) != self.language.as_ref() && !words.is_empty() => {
                [Run::Language(Tagged { text: words, language })].into_iter().collect()
            }
            _ => words,
        }
    }

    fn id(&self, row: &Row) -> Id {
        let words = self.words(row, &Role::Id);
        if words.is_empty() { Id::default() } else { Id::new(words).unwrap_or_else(|_| Id::from_key(words)) }
    }

    /// What no column that is used for itself holds, each cell under its header.
    fn rest(&self, row: &Row, used: &[usize]) -> Vec<Block> {
        let silent = |role: &Option<Role>| {
            matches!(role, Some(Role::Number | Role::Section | Role::Tags | Role::Language | Role::Id))
        };
        (0..row.width())
            .filter(|column| !used.contains(column) && !row.cell(*column).is_empty())
            .filter(|column| !self.told.roles.get(*column).is_some_and(silent))
            .map(|column| {
                let mut words = Text::default();
                if let Some(header) = self.headers.get(column).filter(|header| !header.is_empty()) {
                    words.push(Run::Plain(format!("{}: ", header.trim_end_matches(':').trim_end())));
                }
                words.append(self.cell(row, column));
                Block::Paragraph(Paragraph { text: words, span: row.span })
            })
            .collect()
    }

    /// A row that can't be asked, each of its cells under its header, and why.
    fn kept(&self, row: &Row, why: Phrase, found: &mut Notes) -> Vec<Block> {
        let message = phrase!("{$place} is kept as text: {$why}", place = self.place(row), why);
        found.push(
            Diagnostic::new(Code::CellUnclear, row.span, message).with_hint("fill the blank cell, or delete the row"),
        );
        self.rest(row, &[])
    }

    fn asked(&self, row: &Row, found: &mut Notes) -> Vec<Block> {
        let question = self.question(row, found);
        let why = if question.prompt.is_blank() {
            phrase!("its question is blank")
        } else if question.choices.is_empty() && question.answer.is_blank() {
            phrase!("its answer is blank")
        } else if !question.choices.is_empty() && !question.choices.iter().any(|choice| choice.correct) {
            phrase!("none of its choices is named as right")
        } else if question.choices.iter().any(|choice| choice.text.is_blank()) {
            phrase!("its right answer is blank")
        } else {
            return vec![Block::Question(question)];
        };
        self.kept(row, why, found)
    }

    fn terms(&self, span: Span, found: &mut Notes) -> Vec<Block> {
        let languages = |role: &Option<Role>| matches!(role, Some(Role::In(_)));
        let tagged: Vec<usize> = (0..self.told.roles.len()).filter(|&at| languages(&self.told.roles[at])).collect();
        let term = self.column(&Role::Term).or_else(|| tagged.first().copied()).unwrap_or(0);
        let meaning = self.column(&Role::Meaning).or_else(|| tagged.iter().copied().find(|&at| at != term));
        let full = self.column(&Role::FullForm);
        let mut used: Vec<usize> = vec![term];
        used.extend(meaning.into_iter().chain(full));
        let mut entries: Vec<Entry> = Vec::new();
        let mut definitions: Vec<Block> = Vec::new();
        let mut before: Vec<Block> = Vec::new();
        for row in &self.rows {
            if row.cell(term).trim().is_empty() && entries.is_empty() && definitions.is_empty() {
                before.extend(self.kept(row, phrase!("its term is blank"), found));
                continue;
            }
            let words = self.tagged(row, term, name(row.cell(term)));
            let description = meaning.map_or_else(Text::default, |column| self.cell(row, column));
            let details = self.rest(row, &used);
            let whole = full.map_or("", |column| row.cell(column));
            if full.is_some() {
                if let (true, Some(Block::Definition(last))) = (words.is_blank(), definitions.last_mut()) {
                    join(&mut last.meaning, description);
                    last.details.extend(paragraph(text(whole), row.span).into_iter().chain(details));
                    continue;
                }
                let full_form = (!whole.is_empty()).then(|| name(whole));
                definitions.push(Block::Definition(Definition {
                    id: self.id(row),
                    term: words,
                    full_form,
                    meaning: description,
                    details,
                    span: row.span,
                }));
                continue;
            }
            // A row without a term goes on with the one above it.
            if let (true, Some(last)) = (words.is_blank(), entries.last_mut()) {
                join(&mut last.description, description);
                last.details.extend(details);
                continue;
            }
            entries.push(Entry { id: self.id(row), term: words, description, details, span: row.span });
        }
        if !definitions.is_empty() {
            before.extend(definitions);
        } else if !entries.is_empty() {
            before.push(Block::Terms(Terms { entries, span, ..Terms::default() }));
        }
        before
    }

    fn question(&self, row: &Row, found: &mut Notes) -> Question {
        let at = |role: &Role| self.column(role);
        let mut used: Vec<usize> = [Role::Question, Role::Hint].iter().filter_map(at).collect();
        let mut offered: Vec<(usize, Choice)> = Vec::new();
        let mut wrong: Vec<Choice> = Vec::new();
        for (column, role) in self.told.roles.iter().enumerate() {
            let number = match role {
                Some(Role::Choice(number)) => Some(*number),
                Some(Role::Wrong) => None,
                _ => continue,
            };
            used.push(column);
            if row.cell(column).is_empty() {
                continue;
            }
            let choice = Choice { text: self.cell(row, column), correct: false, span: row.span, ..Choice::default() };
            match number {
                Some(number) => offered.push((number, choice)),
                None => wrong.push(choice),
            }
        }
        let (answer_at, correct_at) = (at(&Role::Answer), at(&Role::Correct));
        let explained_at = at(&Role::Explanation);
        let mut answer = Text::default();
        if offered.is_empty() && wrong.is_empty() {
            // Without choices what is right is the answer.
            let main = answer_at.filter(|&at| !row.cell(at).is_empty()).or(correct_at);
            used.extend(main);
            answer = main.map_or_else(Text::default, |at| self.cell(row, at));
        } else if offered.is_empty() {
            let main = answer_at.filter(|&at| !row.cell(at).is_empty()).or(correct_at);
            used.extend(main);
            let right = main.map_or_else(Text::default, |at| self.cell(row, at));
            offered.push((1, Choice { text: right, correct: true, span: row.span, ..Choice::default() }));
            offered.extend((2..).zip(wrong));
        } else {
            offered.extend((offered.len() + 1..).zip(wrong));
            let main = correct_at.filter(|&at| !row.cell(at).is_empty()).or(answer_at);
            used.extend(main);
            let key = main.map_or("", |at| row.cell(at));
            if !mark_right(&mut offered, key) && !key.is_empty() {
                let message = phrase!("{$place}: `{$key}` names none of the choices", place = self.place(row), key);
                let hint = "write the letter or the words of a choice, several parted by commas";
                found.push(Diagnostic::new(Code::CellUnclear, row.span, message).with_hint(hint));
                answer = text(key);
            }
            if let Some(other) = answer_at.filter(|&at| Some(at) != main) {
                used.push(other);
                join(&mut answer, self.cell(row, other));
            }
        }
        let mut details = Vec::new();
        if let Some(column) = explained_at {
            used.push(column);
            // With choices the answer says why; else it stands after the answer.
            if offered.is_empty() {
                details.extend(paragraph(self.cell(row, column), row.span));
            } else {
                join(&mut answer, self.cell(row, column));
            }
        }
        details.extend(self.rest(row, &used));
        let hint = Some(self.said(row, &Role::Hint)).filter(|hint| !hint.is_blank());
        let choices = offered.into_iter().map(|(_, choice)| choice).collect();
        let prompt = self.said(row, &Role::Question);
        Question { id: self.id(row), prompt, answer, details, choices, hint, span: row.span, ..Question::default() }
    }

    fn gap(&self, row: &Row, found: &mut Notes) -> Vec<Block> {
        let sentence_at = self.column(&Role::Gap).unwrap_or(0);
        let answer_at = self.column(&Role::Answer).or_else(|| self.column(&Role::Correct));
        let mut used = vec![sentence_at];
        let sentence = row.cell(sentence_at);
        let answer = answer_at.map_or("", |at| row.cell(at));
        let hint = Some(self.words(row, &Role::Hint)).filter(|hint| !hint.is_empty()).map(str::to_owned);
        let written = with_gaps(&text(sentence), Writer::Any);
        let mut filled = None;
        if !written.gaps().is_empty() {
            filled = Some(written);
        } else if !answer.is_empty() {
            filled = fill_blanks(sentence, answer, hint.as_deref());
            if filled.is_some() {
                used.extend(answer_at.into_iter().chain(self.column(&Role::Hint)));
            }
        }
        let Some(words) = filled else {
            let message = phrase!("{$place}: the sentence has no gap", place = self.place(row));
            let hint = "write `{{…}}` around the words to hide, or `___` and the words in a column headed `answer`";
            found.push(Diagnostic::new(Code::KeptAsText, row.span, message).with_hint(hint));
            let whole = paragraph(self.cell(row, sentence_at), row.span);
            return whole.into_iter().chain(self.rest(row, &used)).collect();
        };
        let cloze = Cloze { id: self.id(row), text: self.tagged(row, sentence_at, words), span: row.span };
        std::iter::once(Block::Cloze(cloze)).chain(self.rest(row, &used)).collect()
    }

    fn comparison(&self, span: Span) -> Block {
        let width = self.headers.len().max(self.rows.iter().map(Row::width).max().unwrap_or(0));
        let header = |column: usize| self.headers.get(column).map_or("", String::as_str);
        let subject = |column: usize| Subject { name: name(header(column)), span, ..Subject::default() };
        let aspect = |row: &Row| Aspect {
            name: name(row.cell(0)),
            cells: (1..width).map(|column| text(row.cell(column))).collect(),
            span: row.span,
            ..Aspect::default()
        };
        Block::Comparison(Comparison {
            corner: name(header(0)),
            subjects: (1..width).map(subject).collect(),
            aspects: self.rows.iter().map(aspect).collect(),
            span,
            ..Comparison::default()
        })
    }

    fn plain(&self, span: Span) -> Block {
        let width = self.headers.len().max(self.rows.iter().map(Row::width).max().unwrap_or(0));
        let number = |cell: &str| cell.is_empty() || super::cell::is_value(cell);
        let column = |at: usize| {
            let numbers = self.rows.iter().all(|row| number(row.cell(at)));
            let some = self.rows.iter().any(|row| !row.cell(at).is_empty());
            let alignment = if numbers && some { Alignment::End } else { Alignment::Start };
            Column { heading: text(self.headers.get(at).map_or("", String::as_str)), alignment }
        };
        let row = |row: &Row| patra_core::Row {
            cells: (0..width).map(|column| text(row.cell(column))).collect(),
            span: row.span,
        };
        let columns = (0..width).map(column).collect();
        Block::Table(Table { columns, rows: self.rows.iter().map(row).collect(), span })
    }
}

fn paragraph(words: Text, span: Span) -> Option<Block> {
    (!words.is_blank()).then_some(Block::Paragraph(Paragraph { text: words, span }))
}

/// Adds words on a line of their own.
fn join(text: &mut Text, more: Text) {
    if more.is_blank() {
        return;
    }
    if !text.is_empty() {
        text.push(Run::Break);
    }
    text.append(more);
}

/// Marks the choices that a key names by letters, numbers or words; says whether there are any.
fn mark_right(choices: &mut [(usize, Choice)], key: &str) -> bool {
    let fold = |words: &str| words.trim().trim_end_matches(['.', '।']).trim().to_lowercase();
    let whole = fold(key);
    if whole.is_empty() {
        return false;
    }
    // A key that names a choice that isn't there names none for certain.
    let offered: Vec<usize> = choices.iter().map(|(number, _)| *number).collect();
    let mut mark = |test: &dyn Fn(usize, &Choice) -> bool| {
        let mut any = false;
        for (number, choice) in choices.iter_mut() {
            if test(*number, choice) {
                choice.correct = true;
                any = true;
            }
        }
        any
    };
    if mark(&|_, choice| fold(&choice.text.to_plain()) == whole) {
        return true;
    }
    // `Option B`, `(ख)`, `ख) दिल्ली`.
    let named = |part: &str| {
        let part = part.trim();
        letter(part).or_else(|| match super::role::role(part) {
            Some(Role::Choice(number)) => Some(number),
            _ => None,
        })
    };
    let parts: Vec<&str> = whole.split([',', ';', '/', '&', '+']).filter(|part| !part.trim().is_empty()).collect();
    let numbers: Option<Vec<usize>> = parts.iter().map(|part| named(part)).collect();
    if let Some(numbers) = numbers
        && numbers.iter().all(|number| offered.contains(number))
        && mark(&|number, _| numbers.contains(&number))
    {
        return true;
    }
    // `AC`: letters side by side.
    if whole.len() <= 5 && whole.chars().all(|c| matches!(c, 'a'..='h')) {
        let numbers: Vec<usize> = whole.chars().filter_map(|c| letter(&c.to_string())).collect();
        if numbers.iter().all(|number| offered.contains(number)) && mark(&|number, _| numbers.contains(&number)) {
            return true;
        }
    }
    let words: Vec<String> = parts.iter().map(|part| fold(part)).collect();
    if words.len() > 1 && mark(&|_, choice| words.contains(&fold(&choice.text.to_plain()))) {
        return true;
    }
    let marked = whole.split_once([')', '.', ':']).and_then(|(mark, _)| letter(mark));
    marked.is_some_and(|marked| mark(&|number, _| number == marked))
}

/// A sentence with its blanks (`___`, `.....`) filled by the answers, or with the answer itself hidden where it has no blank.
fn fill_blanks(sentence: &str, answer: &str, hint: Option<&str>) -> Option<Text> {
    let blanks = blanks(sentence);
    let gap = |words: &str, number: u16| {
        Run::Gap(Gap { text: Text::plain(words.trim()), number: Some(number), hint: hint.map(str::to_owned) })
    };
    let mut out = Text::default();
    if blanks.is_empty() {
        let at = sentence.find(answer)?;
        out.append(text(&sentence[..at]));
        if sentence[..at].ends_with(char::is_whitespace) {
            out.push(Run::Plain(" ".to_owned()));
        }
        out.push(gap(answer, 1));
        out.push(Run::Plain(sentence[at + answer.len()..].replace('\n', " ")));
        return Some(out);
    }
    let parts: Vec<&str> = if blanks.len() == 1 {
        vec![answer]
    } else {
        let split = |mark: char| answer.split(mark).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>();
        [';', '|', ',', '/', '\n'].into_iter().map(split).find(|parts| parts.len() == blanks.len())?
    };
    let mut done = 0;
    for (number, ((start, end), words)) in (1..).zip(blanks.into_iter().zip(parts)) {
        out.push(Run::Plain(sentence[done..start].replace('\n', " ")));
        out.push(gap(words, number));
        done = end;
    }
    out.push(Run::Plain(sentence[done..].replace('\n', " ")));
    Some(out)
}

/// Where blanks are drawn.
fn blanks(sentence: &str) -> Vec<(usize, usize)> {
    let mut blanks = Vec::new();
    let mut rest = 0;
    while let Some(at) = sentence[rest..].find(['_', '.', '…', '-']).map(|at| at + rest) {
        let mark = sentence[at..].chars().next().unwrap_or(' ');
        let end = at + (sentence[at..].len() - sentence[at..].trim_start_matches(mark).len());
        let count = sentence[at..end].chars().count();
        let least = match mark {
            '_' => 2,
            '…' => 2,
            _ => 4,
        };
        if count >= least {
            blanks.push((at, end));
        }
        rest = end;
    }
    blanks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_filled_with_the_answers() {
        let fill = |sentence: &str, answer: &str| {
            fill_blanks(sentence, answer, None).map(|text| {
                let gaps: Vec<String> = text.gaps().into_iter().map(|(_, gap)| gap.text.to_plain()).collect();
                (text.to_plain(), gaps)
            })
        };
        assert_eq!(fill("सूरज ____ में है।", "पूरब"), Some(("सूरज पूरब में है।".into(), vec!["पूरब".into()])));
        assert_eq!(fill("..... and ..... go", "a, b"), Some(("a and b go".into(), vec!["a".into(), "b".into()])));
        assert_eq!(fill("water is wet", "water"), Some(("water is wet".into(), vec!["water".into()])));
        assert_eq!(fill("water is wet", "fire"), None);
        assert_eq!(fill("___ and ___", "one"), None);
    }

    #[test]
    fn a_key_names_choices_in_many_ways() {
        let right = |key: &str| {
            let choice = |words: &str| Choice { text: words.into(), ..Choice::default() };
            let mut choices = vec![(1, choice("लाल")), (2, choice("3")), (3, choice("Blue")), (4, choice("4"))];
            mark_right(&mut choices, key);
            choices.into_iter().filter(|(_, c)| c.correct).map(|(n, _)| n).collect::<Vec<_>>()
        };
        assert_eq!(right("B"), [2]);
        assert_eq!(right("(ख)"), [2]);
        assert_eq!(right("3"), [2]);
        assert_eq!(right("blue."), [3]);
        assert_eq!(right("A, C"), [1, 3]);
        assert_eq!(right("AC"), [1, 3]);
        assert_eq!(right("Option 1"), [1]);
        assert_eq!(right("ग) Blue"), [3]);
        assert_eq!(right("लाल, Blue"), [1, 3]);
        // A letter of no choice beside one that is there makes the whole key uncertain.
        for key in ["Green", "B, F", "BF", "7"] {
            assert_eq!(right(key), [0_usize; 0], "{key}");
        }
    }
}
