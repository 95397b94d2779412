//! Rows that were added in the sheets.

use std::collections::BTreeMap;

use patra_core::{
    Aspect, Block, Choice, Cloze, Code, Definition, Diagnostic, Entry, Gap, Id, ListItem, Material, Paragraph, Phrase,
    Question, Run, Section, Span, Text, phrase,
};
use patra_markdown::edit::{Change, Document, NewPart, Position};
use patra_sheets::{Sheet, SheetName, Value};

use crate::compare::{NewRow, cell_of, shortened};

/// Something to be added.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) place: Phrase,
    /// What it holds, in a few words.
    pub(crate) label: String,
    /// What it stands beside.
    pub(crate) span: Span,
    position: Position,
    part: NewPart,
}

/// What the rows come to.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) items: Vec<Item>,
    pub(crate) problems: Vec<Diagnostic>,
}

/// Why a row can't be added.
type Refusal = (Phrase, Option<Phrase>);

/// The parts that the rows speak of.
pub(crate) fn items(material: &Material, tables: &[Sheet<'_>], rows: &[NewRow]) -> Found {
    let mut found = Found::default();
    let mut maker = Maker { material, tables, sections: BTreeMap::new() };
    // Cells of one new row of a comparison, and choices of one new question, come together.
    let mut done = vec![false; rows.len()];
    for pass in [true, false] {
        for (index, row) in rows.iter().enumerate() {
            if done[index] || (row.sheet == SheetName::Sections) != pass {
                continue;
            }
            done[index] = true;
            let made = match row.sheet {
                SheetName::Comparisons => {
                    let key = |row: &NewRow| {
                        (
                            get(row, "comparison_id").to_owned(),
                            get(row, "aspect").to_owned(),
                            row.after.clone().is_some(),
                        )
                    };
                    let own = key(row);
                    let mut cells = vec![row];
                    for (other, done) in rows.iter().zip(&mut done).skip(index + 1) {
                        if !*done && other.sheet == row.sheet && key(other) == own {
                            *done = true;
                            cells.push(other);
                        }
                    }
                    maker.aspect(&cells)
                }
                SheetName::Choices if rows.iter().any(|other| is_question_of(other, row)) => continue,
                SheetName::Questions => {
                    let choices: Vec<&NewRow> = rows
                        .iter()
                        .filter(|other| other.sheet == SheetName::Choices && is_question_of(row, other))
                        .collect();
                    maker.question(row, &choices)
                }
                _ => maker.one(row),
            };
            match made {
                Ok(Some(item)) => found.items.push(item),
                Ok(None) => {}
                Err((why, hint)) => {
                    let message = phrase!("{$place}: {$why}", place = row.place, why);
                    found.problems.push(Diagnostic { hint, ..Diagnostic::new(Code::SheetUnfit, Span::NONE, message) });
                }
            }
        }
    }
    // Blocks of new sections come with them.
    for (id, (mut item, blocks)) in maker.sections {
        if let NewPart::Section(section) = &mut item.part {
            section.blocks = blocks;
            section.id = if id.starts_with('\0') { Id::default() } else { section.id.clone() };
        }
        found.items.push(item);
    }
    found
}

fn is_question_of(question: &NewRow, choice: &NewRow) -> bool {
    let id = get(question, "question_id");
    question.sheet == SheetName::Questions && !id.is_empty() && id == get(choice, "question_id")
}

fn get<'r>(row: &'r NewRow, column: &str) -> &'r str {
    row.cells.get(column).map_or("", String::as_str)
}

fn words(row: &NewRow, column: &str) -> Text {
    lines(get(row, column))
}

/// Words with line feeds as breaks.
fn lines(words: &str) -> Text {
    let mut text = Text::default();
    for (index, line) in words.split('\n').enumerate() {
        if index > 0 {
            text.push(Run::Break);
        }
        text.push(Run::Plain(line.to_owned()));
    }
    text
}

struct Maker<'m> {
    material: &'m Material,
    tables: &'m [Sheet<'m>],
    /// New sections by their ids, with the blocks that come into them.
    sections: BTreeMap<String, (Item, Vec<Block>)>,
}

impl Maker<'_> {
    fn find(&self, sheet: SheetName, key: &str) -> Option<(&Sheet<'_>, usize)> {
        let table = self.tables.iter().find(|table| table.name == sheet)?;
        let at = table.column(sheet.schema().key).position(|cell| cell.as_text() == Some(key))?;
        Some((table, at))
    }

    fn cell(&self, sheet: SheetName, key: &str, column: &str) -> Option<String> {
        let (table, at) = self.find(sheet, key)?;
        cell_of(table, at, column).and_then(Value::as_text).map(str::to_owned)
    }

    fn span(&self, sheet: SheetName, key: &str) -> Option<Span> {
        self.find(sheet, key).map(|(table, at)| table.rows[at].span)
    }

    fn id(row: &NewRow) -> Result<Id, Refusal> {
        match get(row, row.sheet.schema().key) {
            "" => Ok(Id::default()),
            written => Id::new(written)
                .map_err(|error| (error.into(), Some(phrase!("leave the id empty to have one derived")))),
        }
    }

    fn section(&self, id: &str) -> Option<&Section> {
        let mut found = None;
        self.material.walk_sections(&mut |section, _| {
            if section.id.as_str() == id {
                found = Some(section);
            }
        });
        found
    }

    /// Where a block of a row goes: after the one of the row above if that stands in the same section, else to the end of
    /// the section.
    fn position(&self, row: &NewRow) -> Result<(Position, Span), Refusal> {
        let id = get(row, "section_id");
        if id.is_empty() {
            return Err((
                phrase!("a new row has to say in which section it stands"),
                Some(phrase!("fill in its section's id")),
            ));
        }
        let Some(section) = self.section(id) else {
            return Err((phrase!("there is no section `{$id}`", id), Some(phrase!("the sheet `sections` lists them"))));
        };
        if let Some(above) = &row.after
            && self.cell(row.sheet, above, "section_id").as_deref() == Some(id)
            && let Some(span) = self.span(row.sheet, above)
            // Of what stands in another block, after that block.
            && let Some(outer) = section.blocks.iter().map(Block::span).find(|b| b.start() <= span.start() && span.end() <= b.end())
        {
            return Ok((Position::After(outer), outer));
        }
        let last = section.blocks.last().map_or(section.span, Block::span);
        Ok((Position::End(section.span), last))
    }

    /// An item of a block that goes into a section; into a new section it goes with that.
    fn block(&mut self, row: &NewRow, block: Block, label: &str) -> Result<Option<Item>, Refusal> {
        if let Some((_, blocks)) = self.sections.get_mut(get(row, "section_id")) {
            blocks.push(block);
            return Ok(None);
        }
        let (position, span) = self.position(row)?;
        Ok(Some(item(row, label, position, span, NewPart::Block(block))))
    }

    fn one(&mut self, row: &NewRow) -> Result<Option<Item>, Refusal> {
        let id = Self::id(row)?;
        match row.sheet {
            SheetName::Definitions => {
                if get(row, "term").trim().is_empty() {
                    return Err((phrase!("a new definition needs a term"), None));
                }
                let full_form = Some(words(row, "full_form")).filter(|text| !text.is_empty());
                let (term, meaning) = (words(row, "term"), words(row, "meaning"));
                let definition = Definition { id, term, full_form, meaning, ..Definition::default() };
                self.block(row, Block::Definition(definition), get(row, "term"))
            }
            SheetName::Clozes => {
                let text = gapped(get(row, "text"));
                if text.gaps().is_empty() {
                    let why = phrase!("a new sentence has to say what its gaps are");
                    return Err((
                        why,
                        Some(phrase!("put the words to be hidden in braces: `{{words}}` or `{{words|hint}}`")),
                    ));
                }
                let cloze = Cloze { id, text, ..Cloze::default() };
                self.block(row, Block::Cloze(cloze), get(row, "text"))
            }
            SheetName::Terms => self.term(row, id).map(Some),
            SheetName::Choices => self.choice(row).map(Some),
            SheetName::Blocks if get(row, "kind") == "list_item" => self.list_item(row).map(Some),
            SheetName::Blocks if matches!(get(row, "kind"), "paragraph" | "") => {
                if get(row, "text").trim().is_empty() {
                    return Err((phrase!("a new paragraph needs words"), None));
                }
                let paragraph = Paragraph { text: words(row, "text"), span: Span::NONE };
                self.block(row, Block::Paragraph(paragraph), get(row, "text"))
            }
            SheetName::Sections => {
                self.new_section(row, id)?;
                Ok(None)
            }
            sheet => Err((
                phrase!("a row of `{$sheet}` can't be added in the sheet", sheet = sheet.as_str()),
                Some(phrase!("write it in the source")),
            )),
        }
    }

    fn question(&mut self, row: &NewRow, choices: &[&NewRow]) -> Result<Option<Item>, Refusal> {
        let id = Self::id(row)?;
        if get(row, "prompt").trim().is_empty() {
            return Err((phrase!("a new question has to ask something"), None));
        }
        let choices = choices.iter().map(|row| choice_of(row)).collect();
        let hint = Some(words(row, "hint")).filter(|text| !text.is_empty());
        let (prompt, answer) = (words(row, "prompt"), words(row, "answer"));
        let question = Question { id, prompt, answer, hint, choices, ..Question::default() };
        self.block(row, Block::Question(question), get(row, "prompt"))
    }

    fn term(&self, row: &NewRow, id: Id) -> Result<Item, Refusal> {
        if get(row, "term").trim().is_empty() {
            return Err((phrase!("a new term needs words"), None));
        }
        let list = match get(row, "list_id") {
            "" => {
                let lists = self.tables.iter().find(|table| table.name == SheetName::TermLists);
                let section = get(row, "section_id");
                let mut of_section = lists.into_iter().flat_map(|table| {
                    table
                        .column("list_id")
                        .zip(table.column("section_id"))
                        .filter(|(_, own)| own.as_text() == Some(section))
                        .map(|(list, _)| list.to_string())
                });
                match (of_section.next(), of_section.next()) {
                    (Some(only), None) => only,
                    _ => {
                        return Err((
                            phrase!("a new term has to say in which list it stands"),
                            Some(phrase!("fill in its list's id")),
                        ));
                    }
                }
            }
            list => list.to_owned(),
        };
        let Some(span) = self.span(SheetName::TermLists, &list) else {
            return Err((
                phrase!("there is no list `{$list}`", list),
                Some(phrase!("the sheet `term_lists` lists them")),
            ));
        };
        let above = row
            .after
            .as_ref()
            .filter(|above| self.cell(SheetName::Terms, above, "list_id").as_deref() == Some(list.as_str()));
        let above = above.and_then(|above| self.span(SheetName::Terms, above));
        let (position, beside) = above.map_or((Position::End(span), span), |above| (Position::After(above), above));
        let entry = Entry { id, term: words(row, "term"), description: words(row, "description"), ..Entry::default() };
        Ok(item(row, get(row, "term"), position, beside, NewPart::Entry(entry)))
    }

    fn list_item(&self, row: &NewRow) -> Result<Item, Refusal> {
        let list = get(row, "parent_block_id");
        let Some(span) = self.span(SheetName::Blocks, list) else {
            return Err((
                phrase!("there is no list `{$list}`", list),
                Some(phrase!("fill in `parent_block_id`, the id of its list")),
            ));
        };
        let above = row
            .after
            .as_ref()
            .filter(|above| self.cell(SheetName::Blocks, above, "parent_block_id").as_deref() == Some(list));
        let above = above.and_then(|above| self.span(SheetName::Blocks, above));
        let (position, beside) = above.map_or((Position::End(span), span), |above| (Position::After(above), above));
        let new = ListItem { text: words(row, "text"), ..ListItem::default() };
        Ok(item(row, get(row, "text"), position, beside, NewPart::Item(new)))
    }

    fn choice(&self, row: &NewRow) -> Result<Item, Refusal> {
        let question = get(row, "question_id");
        let Some(span) = self.span(SheetName::Questions, question) else {
            return Err((
                phrase!("there is no question `{$question}`", question),
                Some(phrase!("fill in its question's id")),
            ));
        };
        let table = self.tables.iter().find(|table| table.name == SheetName::Choices);
        let last = table.into_iter().flat_map(|table| table.column("question_id").zip(&table.rows));
        let last = last.filter(|(own, _)| own.as_text() == Some(question)).map(|(_, row)| row.span).last();
        let above = row
            .after
            .as_ref()
            .filter(|above| self.cell(SheetName::Choices, above, "question_id").as_deref() == Some(question));
        let above = above.and_then(|above| self.span(SheetName::Choices, above)).or(last);
        let Some(above) = above else {
            return Err((
                phrase!("the question `{$question}` has no choices", question),
                Some(phrase!("write the first one in the source")),
            ));
        };
        let _ = span;
        Ok(item(row, get(row, "text"), Position::After(above), above, NewPart::Choice(choice_of(row))))
    }

    fn aspect(&self, rows: &[&NewRow]) -> Result<Option<Item>, Refusal> {
        let row = rows[0];
        let id = get(row, "comparison_id");
        let mut comparison = None;
        self.material.walk_blocks(&mut |block, _| {
            if let Block::Comparison(b) = block
                && b.id.as_str() == id
            {
                comparison = Some(b);
            }
        });
        let Some(comparison) = comparison else {
            return Err((phrase!("there is no comparison `{$id}`", id), Some(phrase!("fill in its comparison's id"))));
        };
        if get(row, "aspect").trim().is_empty() {
            return Err((
                phrase!("a new row of a comparison has to say in what respect"),
                Some(phrase!("fill in its aspect")),
            ));
        }
        let mut cells = vec![Text::default(); comparison.subjects.len()];
        for row in rows {
            let subject = comparison.subjects.iter().position(|subject| {
                subject.name.to_plain() == get(row, "subject")
                    || comparison.id.join(subject.id.as_str()).as_str() == get(row, "subject_id")
            });
            let Some(subject) = subject else {
                return Err((
                    phrase!("`{$id}` compares no `{$subject}`", id, subject = get(row, "subject")),
                    Some(phrase!("fill in its subject")),
                ));
            };
            cells[subject] = words(row, "text");
        }
        let above = row
            .after
            .as_ref()
            .filter(|above| self.cell(SheetName::Comparisons, above, "comparison_id").as_deref() == Some(id));
        let last = comparison.aspects.last().map(|aspect| aspect.span);
        let above = above.and_then(|above| self.span(SheetName::Comparisons, above)).or(last);
        let Some(above) = above else { return Err((phrase!("`{$id}` has no rows", id), None)) };
        let aspect = Aspect { id: Id::default(), name: words(row, "aspect"), cells, span: Span::NONE };
        Ok(Some(item(row, get(row, "aspect"), Position::After(above), above, NewPart::Aspect(aspect))))
    }

    fn new_section(&mut self, row: &NewRow, id: Id) -> Result<(), Refusal> {
        let heading = get(row, "heading");
        if heading.trim().is_empty() {
            return Err((phrase!("a new section needs a heading"), None));
        }
        let parent = get(row, "parent_section_id");
        let parent_section = match parent {
            "" => None,
            parent => match self.section(parent) {
                Some(section) => Some((section.span, section)),
                None => return Err((phrase!("there is no section `{$id}`", id = parent), None)),
            },
        };
        let above = row
            .after
            .as_ref()
            .filter(|above| self.cell(SheetName::Sections, above, "parent_section_id").unwrap_or_default() == parent);
        let siblings = parent_section.map_or(&self.material.sections, |(_, section)| &section.sections);
        let above = above.and_then(|above| self.section(above)).or(siblings.last());
        let (position, span) = match (above, parent_section) {
            (Some(above), _) => (Position::After(above.span), above.span),
            (None, Some((span, _))) => (Position::End(span), span),
            (None, None) => (Position::End(Span::NONE), Span::NONE),
        };
        let key = if id.is_unset() { format!("\0{}", self.sections.len()) } else { id.to_string() };
        let section = Section { id, heading: lines(heading), ..Section::default() };
        let made = item(row, heading, position, span, NewPart::Section(section));
        self.sections.insert(key, (made, Vec::new()));
        Ok(())
    }
}

fn item(row: &NewRow, label: &str, position: Position, span: Span, part: NewPart) -> Item {
    Item { place: row.place.clone(), label: shortened(label), span, position, part }
}

/// Inserts the parts into the model.
pub(crate) fn insert(material: &mut Material, items: &[&Item]) {
    // Several after one come in their order if the last of them is inserted there first.
    for item in items.iter().rev().filter(|item| matches!(item.position, Position::After(_))) {
        item.part.insert_into(material, item.position);
    }
    for item in items.iter().filter(|item| !matches!(item.position, Position::After(_))) {
        item.part.insert_into(material, item.position);
    }
}

/// The change of the source that inserts the part.
pub(crate) fn change(item: &Item, document: &Document) -> Change {
    document.insert(&item.part, item.position)
}

fn choice_of(row: &NewRow) -> Choice {
    Choice { text: words(row, "text"), correct: get(row, "correct") == "true", ..Choice::default() }
}

/// Words with gaps in double braces, as the source has them.
fn gapped(words: &str) -> Text {
    let mut text = Text::default();
    let mut rest = words;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((inside, after)) = after.split_once("}}") else { break };
        text.append(lines(before));
        let (hidden, hint) = match inside.split_once('|') {
            Some((hidden, hint)) => (hidden, Some(hint.to_owned())),
            None => (inside, None),
        };
        if !hidden.is_empty() {
            text.push(Run::Gap(Gap { text: lines(hidden), number: None, hint: hint.filter(|hint| !hint.is_empty()) }));
        }
        rest = after;
    }
    text.append(lines(rest));
    text
}
