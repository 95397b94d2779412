//! What is wrong with a model.

use std::collections::BTreeMap;

use unicode_segmentation::UnicodeSegmentation;

use crate::message::parse_message;
use crate::{
    Address, Block, Cloze, Code, Comparison, Definition, Diagnostic, Id, Language, MAX_DEPTH, Material, Messages,
    Phrase, Question, Run, Section, Span, Spelled, Table, Terms, Text, noun, phrase, plain_formula,
};

/// The deepest nesting of sections: Markdown and HTML have six levels of headings.
pub const MAX_SECTION_DEPTH: usize = 6;

/// The highest number of a gap: Anki generates no card above it.
pub const MAX_GAP_NUMBER: u16 = 500;

impl Material {
    /// Every problem of the model, in the order of the source. Ids are taken as [assigned](Material::assign_ids).
    ///
    /// A material whose problems include an error can't be exported.
    #[must_use]
    pub fn problems(&self) -> Vec<Diagnostic> {
        let mut check = Check::default();
        if self.title.is_blank() {
            check.report(
                Code::MissingTitle,
                Span::NONE,
                "the material has no title",
                "write `title:` in the front matter",
            );
        }
        check.text(&self.title, Span::NONE, Gaps::Misplaced);
        check.targets(&self.title, Span::NONE);
        if self.sections.is_empty() {
            check.report(
                Code::EmptySource,
                Span::NONE,
                "the material has no content",
                "write a heading and a paragraph below it",
            );
        }
        let missing = Messages::missing(&self.language);
        let missing: Vec<&str> = missing.into_iter().filter(|id| !self.messages.contains_key(*id)).collect();
        // A material without a language has been told so.
        if let Some(first) = missing.first().filter(|_| self.language != Language::default()) {
            let message = phrase!(
                "patra has no phrases in `{$language}`, so questions are asked in English",
                language = self.language
            );
            let hint = phrase!(
                "bring your own under `messages:` in the front matter: `{$first}` and {$count} more",
                first,
                count = missing.len() - 1
            );
            check.report(Code::EnglishPhrases, Span::NONE, message, hint);
        }
        for (id, pattern) in &self.messages {
            check.message(id, pattern);
        }
        check.sections(&self.sections, 1);
        check.found.sort_by_key(|problem| problem.span.start());
        check.found
    }
}

/// Whether gaps have a meaning in a text.
#[derive(Clone, Copy, PartialEq)]
enum Gaps {
    Asked,
    Misplaced,
}

#[derive(Default)]
struct Check {
    found: Vec<Diagnostic>,
    /// The ids seen, each with what has it.
    ids: BTreeMap<Id, &'static str>,
}

impl Check {
    fn report(&mut self, code: Code, span: Span, message: impl Into<Phrase>, hint: impl Into<Phrase>) {
        self.found.push(Diagnostic::new(code, span, message).with_hint(hint));
    }

    fn id(&mut self, id: &Id, what: &'static str, span: Span) {
        if let Some(other) = self.ids.insert(id.clone(), what) {
            let message = if other == what {
                phrase!("two things of this kind ({$what}) have the id `{$id}`", what = Phrase::from(what), id)
            } else {
                phrase!(
                    "this {$what} and a {$other} before it have one id, `{$id}`",
                    what = Phrase::from(what),
                    other = Phrase::from(other),
                    id
                )
            };
            self.report(Code::DuplicateId, span, message, "give one of them an id of its own, such as `{#its-id}`");
        }
    }

    fn message(&mut self, id: &str, pattern: &str) {
        if !Messages::is_known(id) {
            let message = phrase!("there is no message `{$id}` to bring an own one for", id);
            self.report(
                Code::Message,
                Span::NONE,
                message,
                "take an id from patra's message files, such as `ask-meaning`",
            );
        } else if let Err(error) = parse_message(id, pattern) {
            let message = phrase!("the message `{$id}` is not a Fluent pattern: {$error}", id, error);
            self.report(Code::Message, Span::NONE, message, "write words and arguments such as `{ $term }`");
        }
    }

    fn sections(&mut self, sections: &[Section], depth: usize) {
        for (index, section) in sections.iter().enumerate() {
            if depth > MAX_SECTION_DEPTH {
                let message = phrase!("sections are nested more than {$limit} deep", limit = MAX_SECTION_DEPTH);
                self.report(Code::TooDeep, section.span, message, "make it a section of a higher level");
                return;
            }
            self.id(&section.id, noun!("section"), section.span);
            if section.heading.is_blank() && (depth > 1 || index > 0) {
                self.report(Code::EmptyHeading, section.span, "the section has no heading", "write its heading");
            }
            self.text(&section.heading, section.span, Gaps::Misplaced);
            self.targets(&section.heading, section.span);
            self.blocks(&section.blocks, 1);
            self.sections(&section.sections, depth + 1);
        }
    }

    fn blocks(&mut self, blocks: &[Block], depth: usize) {
        for block in blocks {
            if depth > MAX_DEPTH {
                let message = phrase!("blocks are nested more than {$limit} deep", limit = MAX_DEPTH);
                self.report(
                    Code::TooDeep,
                    block.span(),
                    message,
                    "take it out of the lists, notes or quotes around it",
                );
                return;
            }
            self.block(block);
            match block {
                Block::Definition(b) => self.blocks(&b.details, depth + 1),
                Block::Terms(b) => b.entries.iter().for_each(|entry| self.blocks(&entry.details, depth + 1)),
                Block::List(b) => b.items.iter().for_each(|item| self.blocks(&item.blocks, depth + 1)),
                Block::Note(b) => self.blocks(&b.blocks, depth + 1),
                Block::Quote(b) => self.blocks(&b.blocks, depth + 1),
                Block::Question(b) => {
                    self.blocks(&b.stem, depth + 1);
                    self.blocks(&b.details, depth + 1);
                }
                Block::Comparison(_)
                | Block::Table(_)
                | Block::Paragraph(_)
                | Block::Verse(_)
                | Block::Code(_)
                | Block::Math(_)
                | Block::Figure(_)
                | Block::Cloze(_) => {}
            }
        }
    }

    fn block(&mut self, block: &Block) {
        block.texts(&mut |text, span| self.targets(text, span));
        if let Block::Math(b) = block {
            self.formula(&b.tex, b.span);
        }
        match block {
            Block::Definition(b) => self.definition(b),
            Block::Terms(b) => self.terms(b),
            Block::Comparison(b) => self.comparison(b),
            Block::Table(b) => self.table(b),
            Block::List(b) => b.items.iter().for_each(|item| self.text(&item.text, item.span, Gaps::Misplaced)),
            Block::Paragraph(b) => self.text(&b.text, b.span, Gaps::Misplaced),
            Block::Verse(b) => b.lines().for_each(|line| self.text(line, b.span, Gaps::Misplaced)),
            Block::Figure(b) => {
                if b.alt.trim().is_empty() {
                    // A picture in the source itself has a name as long as the picture.
                    let source: String = b.source.chars().take(80).collect();
                    let message = phrase!("the figure `{$source}` has no alternative text", source);
                    self.report(Code::MissingAlt, b.span, message, "say in a few words what it shows: `![…](file)`");
                }
                b.caption.iter().for_each(|caption| self.text(caption, b.span, Gaps::Misplaced));
                for region in &b.regions {
                    self.id(&region.id, noun!("region of a picture"), b.span);
                    if region.name.is_blank() {
                        let message = phrase!("a region of the picture `{$source}` has no name", source = b.source);
                        self.report(Code::EmptyTerm, b.span, message, "say what it shows");
                    }
                    self.text(&region.name, b.span, Gaps::Misplaced);
                }
            }
            Block::Question(b) => self.question(b),
            Block::Cloze(b) => self.cloze(b),
            Block::Note(_) | Block::Quote(_) | Block::Code(_) | Block::Math(_) => {}
        }
    }

    fn term(&mut self, term: &Text, description: &Text, has_details: bool, span: Span) {
        if term.is_blank() {
            self.report(Code::EmptyTerm, span, "the term is empty", "write the term that is explained");
        } else if description.is_blank() && !has_details {
            let message = phrase!("`{$term}` has no description, so it can't be asked", term = term.to_plain());
            self.report(Code::EmptyDescription, span, message, "say what it means");
        }
        self.text(term, span, Gaps::Misplaced);
        self.text(description, span, Gaps::Misplaced);
    }

    fn definition(&mut self, definition: &Definition) {
        self.id(&definition.id, noun!("definition"), definition.span);
        self.term(&definition.term, &definition.meaning, !definition.details.is_empty(), definition.span);
        definition.full_form.iter().for_each(|full| self.text(full, definition.span, Gaps::Misplaced));
    }

    fn terms(&mut self, terms: &Terms) {
        self.id(&terms.id, noun!("list of terms"), terms.span);
        terms.kind.iter().for_each(|kind| self.text(kind, terms.span, Gaps::Misplaced));
        for entry in &terms.entries {
            self.id(&entry.id, noun!("term"), entry.span);
            self.term(&entry.term, &entry.description, !entry.details.is_empty(), entry.span);
        }
    }

    fn comparison(&mut self, comparison: &Comparison) {
        self.id(&comparison.id, noun!("comparison"), comparison.span);
        if comparison.subjects.len() < 2 || comparison.aspects.is_empty() {
            let message = phrase!(
                "a comparison of {$subjects} subjects in {$aspects} aspects compares nothing",
                subjects = comparison.subjects.len(),
                aspects = comparison.aspects.len()
            );
            self.report(Code::FewSubjects, comparison.span, message, "set `{.table}` before it if it is a plain table");
        }
        let mut local: BTreeMap<&Id, ()> = BTreeMap::new();
        self.text(&comparison.corner, comparison.span, Gaps::Misplaced);
        for subject in &comparison.subjects {
            if subject.name.is_blank() {
                self.report(
                    Code::EmptyTerm,
                    subject.span,
                    "a subject of the comparison has no name",
                    "write it in the header",
                );
            }
            if local.insert(&subject.id, ()).is_some() {
                let message = phrase!("two subjects of the comparison have the id `{$id}`", id = subject.id);
                self.report(Code::DuplicateId, subject.span, message, "give one of them an id of its own");
            }
            self.text(&subject.name, subject.span, Gaps::Misplaced);
        }
        for aspect in &comparison.aspects {
            if aspect.name.is_blank() {
                self.report(
                    Code::EmptyTerm,
                    aspect.span,
                    "an aspect of the comparison has no name",
                    "write it in the first column",
                );
            }
            // A row and its cells are learnt, so their ids share the material's one space.
            self.id(&comparison.row_id(aspect), noun!("aspect of a comparison"), aspect.span);
            if aspect.cells.len() != comparison.subjects.len() {
                let (has, needs) = (aspect.cells.len(), comparison.subjects.len());
                let message = phrase!(
                    "`{$name}` has {$has} cells for {$needs} subjects",
                    name = aspect.name.to_plain(),
                    has,
                    needs
                );
                self.report(Code::CellCount, aspect.span, message, "give it one cell for each subject");
            }
            self.text(&aspect.name, aspect.span, Gaps::Misplaced);
            for (subject, cell) in comparison.subjects.iter().zip(&aspect.cells) {
                if cell.is_blank() {
                    let message = phrase!(
                        "`{$name}` of `{$subject}` is empty",
                        name = aspect.name.to_plain(),
                        subject = subject.name.to_plain()
                    );
                    self.report(Code::EmptyCell, aspect.span, message, "say what holds of it, or `–` if nothing does");
                }
                self.text(cell, aspect.span, Gaps::Misplaced);
            }
        }
    }

    fn table(&mut self, table: &Table) {
        table.columns.iter().for_each(|column| self.text(&column.heading, table.span, Gaps::Misplaced));
        for row in &table.rows {
            if row.cells.len() != table.columns.len() {
                let message = phrase!(
                    "the row has {$cells} cells for {$columns} columns",
                    cells = row.cells.len(),
                    columns = table.columns.len()
                );
                self.report(Code::CellCount, row.span, message, "give it one cell for each column");
            }
            row.cells.iter().for_each(|cell| self.text(cell, row.span, Gaps::Misplaced));
        }
    }

    fn question(&mut self, question: &Question) {
        self.id(&question.id, noun!("question"), question.span);
        if question.prompt.is_blank() {
            self.report(Code::EmptyPrompt, question.span, "the question has no words", "write what is asked");
        }
        if !question.is_answered() {
            // Whoever asks for room to write wants no answer here.
            if !question.choices.is_empty() {
                self.report(
                    Code::NoRightChoice,
                    question.span,
                    "none of the choices is marked as right, so the question has no card and is in no key",
                    "mark it: `- [x]`",
                );
            } else if question.room.is_none() {
                let prompt = question.prompt.to_plain();
                let message = phrase!(
                    "the question `{$prompt}` has no answer, so papers leave room for one, and it has no card",
                    prompt
                );
                let hint = "write `A:` and the answer below it, or `{lines=8}` after the question to say how much room it needs";
                self.report(Code::NoAnswer, question.span, message, hint);
            }
        }
        self.text(&question.prompt, question.span, Gaps::Misplaced);
        self.text(&question.answer, question.span, Gaps::Misplaced);
        question.hint.iter().for_each(|hint| self.text(hint, question.span, Gaps::Misplaced));
        for choice in &question.choices {
            if choice.text.is_blank() {
                self.report(Code::EmptyPrompt, choice.span, "a choice has no words", "write it, or take it out");
            }
            self.text(&choice.text, choice.span, Gaps::Misplaced);
        }
    }

    fn cloze(&mut self, cloze: &Cloze) {
        self.id(&cloze.id, noun!("sentence with gaps"), cloze.span);
        let gaps = cloze.text.gaps();
        if gaps.is_empty() {
            self.report(Code::NoGap, cloze.span, "the sentence has no gap", "put what is to be asked in `{{…}}`");
        }
        for (number, gap) in gaps {
            if gap.text.is_blank() {
                self.report(Code::EmptyGap, cloze.span, "the gap hides nothing", "put what is to be asked in `{{…}}`");
            }
            if !(1..=MAX_GAP_NUMBER).contains(&number) {
                let message =
                    phrase!("a gap has the number {$number}; Anki knows 1 to {$limit}", number, limit = MAX_GAP_NUMBER);
                self.report(Code::GapNumber, cloze.span, message, "give it a lower number, or none");
            }
        }
        self.text(&cloze.text, cloze.span, Gaps::Asked);
    }

    /// Reports links that no output makes, and formulas whose commands link or load something.
    fn targets(&mut self, text: &Text, span: Span) {
        if text.depth() > MAX_DEPTH {
            return;
        }
        text.walk(&mut |run| match run {
            Run::Link(link) if Address::of(&link.target) == Address::Refused => {
                let target: String = link.target.chars().take(80).collect();
                let message = phrase!("no output links to `{$target}`; the words are shown without the link", target);
                let hint = "link to an address that begins with `https://`, `http://`, `mailto:` or `tel:`, or to `#` and an id";
                self.report(Code::UnsafeLink, span, message, hint);
            }
            Run::Math(tex) => self.formula(tex, span),
            _ => {}
        });
    }

    fn formula(&mut self, tex: &str, span: Span) {
        if plain_formula(tex) != tex {
            self.report(
                Code::UnsafeLink,
                span,
                "the formula has commands that link, style or load something; it is shown without them",
                "leave out `\\href`, `\\style` and the like",
            );
        }
    }

    fn text(&mut self, text: &Text, span: Span, gaps: Gaps) {
        if text.depth() > MAX_DEPTH {
            let message = phrase!("runs are nested more than {$limit} deep", limit = MAX_DEPTH);
            self.report(Code::TooDeep, span, message, "take away some of the marks around the words");
            return;
        }
        let edges = gap_edges(text);
        if edges.is_empty() {
            return;
        }
        if gaps == Gaps::Misplaced {
            self.report(
                Code::MisplacedGap,
                span,
                "a gap is asked only in a paragraph of its own; here its words are shown",
                "write the sentence as a paragraph, or take the braces away",
            );
            return;
        }
        let plain = text.to_plain();
        let graphemes: std::collections::BTreeSet<usize> =
            plain.grapheme_indices(true).map(|(start, _)| start).chain([plain.len()]).collect();
        if edges.iter().any(|edge| !graphemes.contains(edge)) {
            self.report(
                Code::SplitGrapheme,
                span,
                "a gap begins or ends inside a letter, between its consonant and its vowel sign",
                "move the brace so that whole letters stand in the gap",
            );
        }
    }
}

/// The bytes of the plain text at which gaps begin and end.
fn gap_edges(text: &Text) -> Vec<usize> {
    fn collect(text: &Text, next: Option<char>, offset: &mut usize, edges: &mut Vec<usize>) {
        for Spelled { run, open, close, next, .. } in text.spelled(next) {
            *offset += open.len();
            match run {
                Run::Plain(s) | Run::Code(s) | Run::Math(s) => *offset += s.len(),
                Run::Break => *offset += 1,
                Run::Gap(gap) => {
                    edges.push(*offset);
                    collect(&gap.text, next, offset, edges);
                    edges.push(*offset);
                }
                Run::Strong(_)
                | Run::Emphasis(_)
                | Run::Superscript(_)
                | Run::Subscript(_)
                | Run::Strikeout(_)
                | Run::Link(_)
                | Run::Language(_) => run.inner().into_iter().for_each(|inner| collect(inner, next, offset, edges)),
            }
            *offset += close.len();
        }
    }
    let mut edges = Vec::new();
    collect(text, None, &mut 0, &mut edges);
    edges
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Aspect, Choice, Column, Entry, Gap, Link, Math, Note, Paragraph, Room, Row, Severity, Subject};

    fn codes(blocks: Vec<Block>) -> Vec<Code> {
        let section = Section { heading: "S".into(), blocks, ..Section::default() };
        let mut material = Material { title: "t".into(), sections: vec![section], ..Material::default() };
        material.assign_ids();
        material.problems().into_iter().map(|problem| problem.code).collect()
    }

    fn cloze(before: &str, hidden: &str, number: Option<u16>, after: &str) -> Block {
        let gap = Run::Gap(Gap { text: hidden.into(), number, hint: None });
        let text = [Run::Plain(before.into()), gap, Run::Plain(after.into())].into_iter().collect();
        Block::Cloze(Cloze { text, ..Cloze::default() })
    }

    #[test]
    fn terms_need_words_and_ids_of_their_own() {
        let entry = |term: &str, description: &str| Entry {
            term: term.into(),
            description: description.into(),
            ..Entry::default()
        };
        let terms = |entries: Vec<Entry>| vec![Block::Terms(Terms { entries, ..Terms::default() })];
        assert_eq!(codes(terms(vec![entry("a", "x"), entry("b", "y")])), []);
        assert_eq!(codes(terms(vec![entry("a", "x"), entry("A", "y")])), [Code::DuplicateId]);
        assert_eq!(codes(terms(vec![entry("", "x"), entry("b", " ")])), [Code::EmptyTerm, Code::EmptyDescription]);
    }

    #[test]
    fn a_comparison_has_a_cell_for_each_subject() {
        let subjects = vec!["p", "q"]
            .into_iter()
            .map(|name| Subject { name: name.into(), ..Subject::default() })
            .collect::<Vec<_>>();
        let comparison = |cells: Vec<&str>| {
            let cells = cells.into_iter().map(Text::from).collect();
            let aspects = vec![Aspect { name: "r".into(), cells, ..Aspect::default() }];
            vec![Block::Comparison(Comparison { subjects: subjects.clone(), aspects, ..Comparison::default() })]
        };
        assert_eq!(codes(comparison(vec!["1", "2"])), []);
        assert_eq!(codes(comparison(vec!["1"])), [Code::CellCount]);
        assert_eq!(codes(comparison(vec!["1", ""])), [Code::EmptyCell]);
        assert_eq!(codes(vec![Block::Comparison(Comparison::default())]), [Code::FewSubjects]);
    }

    #[test]
    fn a_question_without_an_answer_is_reported_unless_it_is_a_task() {
        let question = |answer: &str, choices: Vec<Choice>| {
            vec![Block::Question(Question {
                prompt: "?x".into(),
                answer: answer.into(),
                choices,
                ..Question::default()
            })]
        };
        let wrong = Choice { text: "no".into(), ..Choice::default() };
        assert_eq!(codes(question("yes", vec![])), []);
        assert_eq!(codes(question("", vec![])), [Code::NoAnswer]);
        assert_eq!(Code::NoAnswer.severity(), Severity::Warning);
        let mut task = Question { prompt: "?x".into(), room: Some(Room::Lines(8)), ..Question::default() };
        assert_eq!(codes(vec![Block::Question(task.clone())]), []);
        task.choices = vec![wrong.clone()];
        assert_eq!(codes(vec![Block::Question(task)]), [Code::NoRightChoice]);
        assert_eq!(Code::NoRightChoice.severity(), Severity::Warning);
        assert_eq!(codes(question("", vec![wrong.clone()])), [Code::NoRightChoice]);
        assert_eq!(
            codes(question("", vec![wrong, Choice { text: "y".into(), correct: true, ..Choice::default() }])),
            []
        );
    }

    #[test]
    fn a_gap_hides_whole_letters() {
        assert_eq!(codes(vec![cloze("यह ", "किताब", None, " है।")]), []);
        assert_eq!(codes(vec![cloze("यह ", "क", None, "िताब है।")]), [Code::SplitGrapheme]);
        assert_eq!(codes(vec![cloze("यह क्", "षमा", None, " है।")]), [Code::SplitGrapheme]);
        assert_eq!(codes(vec![cloze("यह ", "", None, " है।")]), [Code::EmptyGap]);
        assert_eq!(codes(vec![cloze("यह ", "क", Some(501), " है।")]), [Code::GapNumber]);
        assert_eq!(codes(vec![cloze("यह ", "क", Some(0), " है।")]), [Code::GapNumber]);
    }

    #[test]
    fn a_gap_outside_a_sentence_is_told() {
        let gap = Run::Gap(Gap { text: "x".into(), ..Gap::default() });
        let text = [gap].into_iter().collect();
        assert_eq!(codes(vec![Block::Paragraph(Paragraph { text, span: Span::NONE })]), [Code::MisplacedGap]);
    }

    #[test]
    fn links_and_formulas_that_act_are_reported_wherever_they_are() {
        let link = |target: &str| -> Text {
            [Run::Strong([Run::Link(Link { text: "x".into(), target: target.into() })].into_iter().collect())]
                .into_iter()
                .collect()
        };
        let paragraph = |text: Text| Block::Paragraph(Paragraph { text, span: Span::NONE });
        for target in ["javascript:alert(1)", "//host/a", "file:///a", "\\\\host\\a"] {
            assert_eq!(codes(vec![paragraph(link(target))]), [Code::UnsafeLink], "{target}");
            let row = Row { cells: vec![link(target)], ..Row::default() };
            let table = Table { columns: vec![Column::default()], rows: vec![row], ..Table::default() };
            assert_eq!(codes(vec![Block::Table(table)]), [Code::UnsafeLink], "{target}");
        }
        for target in ["https://example.org", "#x", "notes.pdf", "a.mp3"] {
            assert_eq!(codes(vec![paragraph(link(target))]), [], "{target}");
        }
        let tex = r"\href{javascript:alert(1)}{x}";
        assert_eq!(codes(vec![paragraph([Run::Math(tex.into())].into_iter().collect())]), [Code::UnsafeLink]);
        assert_eq!(codes(vec![Block::Math(Math { tex: tex.into(), span: Span::NONE })]), [Code::UnsafeLink]);
    }

    #[test]
    fn a_language_without_phrases_is_told() {
        let codes = |language: &str| {
            let paragraph = Block::Paragraph(Paragraph { text: "x".into(), span: Span::NONE });
            let sections = vec![Section { heading: "h".into(), blocks: vec![paragraph], ..Section::default() }];
            let language = language.parse().expect("a tag");
            let mut material = Material { title: "t".into(), language, sections, ..Material::default() };
            material.assign_ids();
            let before: Vec<Code> = material.problems().into_iter().map(|problem| problem.code).collect();
            for id in Messages::missing(&material.language) {
                material.messages.insert(id.to_owned(), "…".to_owned());
            }
            (before, material.problems().len())
        };
        assert_eq!(codes("as"), (vec![Code::EnglishPhrases], 0));
        assert_eq!(codes("hi"), (vec![], 0));
    }

    #[test]
    fn nesting_has_a_limit() {
        let nest = |levels: usize| {
            (0..levels).fold(Block::Paragraph(Paragraph { text: "x".into(), span: Span::NONE }), |inner, _| {
                Block::Note(Note { blocks: vec![inner], ..Note::default() })
            })
        };
        assert_eq!(codes(vec![nest(MAX_DEPTH - 1)]), []);
        assert_eq!(codes(vec![nest(MAX_DEPTH)]), [Code::TooDeep]);
        let deep = (0..=MAX_DEPTH).fold(Text::from("x"), |inner, _| [Run::Strong(inner)].into_iter().collect());
        assert_eq!(codes(vec![Block::Paragraph(Paragraph { text: deep, span: Span::NONE })]), [Code::TooDeep]);
    }
}
