//! From blocks to items.

use std::collections::BTreeMap;

use super::mask::{mask, words};
use super::{Answer, Item, Kind, RowCell};
use crate::{Block, Cloze, Comparison, Definition, Id, Material, Messages, Question, Run, Section, Terms, Text};

/// Every item of a material, in the order of the source.
pub(super) fn items(material: &Material) -> Vec<Item> {
    let mut generator =
        Generator { messages: Messages::new(&material.language), meanings: meanings(material), items: Vec::new() };
    material.walk_sections(&mut |section, above| {
        let mut context: Vec<Text> = above.iter().map(|outer| outer.heading.clone()).collect();
        context.push(section.heading.clone());
        context.retain(|heading| !heading.is_blank());
        let place = Place { section, context };
        for block in &section.blocks {
            generator.block(block, &place);
        }
    });
    generator.items
}

/// How often each meaning occurs, folded: one that occurs twice does not pick out a term.
fn meanings(material: &Material) -> BTreeMap<String, usize> {
    let mut count = BTreeMap::new();
    material.walk_blocks(&mut |block, _| match block {
        Block::Definition(b) => *count.entry(fold(&b.meaning)).or_default() += 1,
        Block::Terms(b) => b.entries.iter().for_each(|entry| *count.entry(fold(&entry.description)).or_default() += 1),
        _ => {}
    });
    count
}

/// The words alone, so that two meanings which differ in a full stop are one.
fn fold(text: &Text) -> String {
    words(&text.to_plain()).join(" ")
}

/// Where a block stands.
struct Place<'a> {
    section: &'a Section,
    context: Vec<Text>,
}

struct Generator {
    messages: Messages,
    meanings: BTreeMap<String, usize>,
    items: Vec<Item>,
}

impl Generator {
    fn block(&mut self, block: &Block, place: &Place<'_>) {
        match block {
            Block::Definition(b) => self.definition(b, place),
            Block::Terms(b) => self.terms(b, place),
            Block::Comparison(b) => self.comparison(b, place),
            Block::Question(b) => self.question(b, place),
            Block::Cloze(b) => self.cloze(b, place),
            Block::Table(_)
            | Block::List(_)
            | Block::Paragraph(_)
            | Block::Note(_)
            | Block::Quote(_)
            | Block::Code(_)
            | Block::Math(_)
            | Block::Figure(_) => {}
        }
        for child in block.children() {
            self.block(child, place);
        }
    }

    fn push(&mut self, place: &Place<'_>, about: &Id, kind: Kind, prompt: Text, answer: Answer) -> &mut Item {
        self.items.push(Item {
            id: about.join(kind.as_str()),
            kind,
            about: about.clone(),
            section: place.section.id.clone(),
            context: place.context.clone(),
            prompt,
            answer,
            details: Vec::new(),
            hint: None,
        });
        let last = self.items.len() - 1;
        &mut self.items[last]
    }

    fn definition(&mut self, definition: &Definition, place: &Place<'_>) {
        let Definition { id, term, meaning, .. } = definition;
        if let Some(full) = &definition.full_form {
            let prompt = self.messages.text("ask-full-form", &[("term", term)]);
            self.push(place, id, Kind::FullForm, prompt, Answer::Text(full.clone()));
        }
        if !meaning.is_blank() || !definition.details.is_empty() {
            let prompt = self.messages.text("ask-meaning", &[("term", term)]);
            self.push(place, id, Kind::Meaning, prompt, Answer::Text(meaning.clone())).details =
                definition.details.clone();
        }
        let question = self.messages.text("ask-term", &[]);
        self.reversed(place, id, question, term, definition.full_form.as_ref(), meaning);
    }

    fn terms(&mut self, terms: &Terms, place: &Place<'_>) {
        let kind = terms.kind.clone().unwrap_or_else(|| place.section.heading.clone());
        let unnamed = kind.is_blank();
        if terms.entries.len() > 1 && !unnamed {
            let count = Text::plain(terms.entries.len().to_string());
            let message = if terms.ordered { "ask-all-in-order" } else { "ask-all" };
            let prompt = self.messages.text(message, &[("count", &count), ("kind", &kind)]);
            let members = terms.entries.iter().map(|entry| entry.term.clone()).collect();
            self.push(
                place,
                &terms.id,
                Kind::Enumerate,
                prompt,
                Answer::Members { ordered: terms.ordered, terms: members },
            );
        }
        for entry in &terms.entries {
            let (meaning, reversed) = if unnamed {
                (self.messages.text("ask-meaning", &[("term", &entry.term)]), self.messages.text("ask-term", &[]))
            } else {
                let arguments = [("term", &entry.term), ("kind", &kind)];
                (
                    self.messages.text("ask-meaning-of-kind", &arguments),
                    self.messages.text("ask-term-of-kind", &arguments),
                )
            };
            if !entry.description.is_blank() || !entry.details.is_empty() {
                let answer = Answer::Text(entry.description.clone());
                self.push(place, &entry.id, Kind::Meaning, meaning, answer).details = entry.details.clone();
            }
            self.reversed(place, &entry.id, reversed, &entry.term, None, &entry.description);
        }
    }

    /// Meaning to term: only where the meaning belongs to no other term, and with the term and its full form hidden in
    /// it. Where no words would be left to go by, it is not asked.
    fn reversed(
        &mut self,
        place: &Place<'_>,
        id: &Id,
        question: Text,
        term: &Text,
        full: Option<&Text>,
        meaning: &Text,
    ) {
        if meaning.is_blank() || self.meanings.get(&fold(meaning)).copied().unwrap_or(0) > 1 {
            return;
        }
        let (mut masked, _) = mask(meaning, &term.to_plain());
        if let Some(full) = full {
            masked = mask(&masked, &full.to_plain()).0;
        }
        if !masked.to_plain().chars().any(char::is_alphanumeric) {
            return;
        }
        let mut prompt = question;
        prompt.push(Run::Break);
        prompt.append(masked);
        self.push(place, id, Kind::Term, prompt, Answer::Text(term.clone()));
    }

    fn comparison(&mut self, comparison: &Comparison, place: &Place<'_>) {
        let subjects = self.list(comparison.subjects.iter().map(|subject| &subject.name));
        for aspect in &comparison.aspects {
            let cells: Vec<_> =
                comparison.subjects.iter().zip(&aspect.cells).filter(|(_, cell)| !cell.is_blank()).collect();
            if cells.len() > 1 {
                let prompt = self.messages.text("ask-row", &[("subjects", &subjects), ("aspect", &aspect.name)]);
                let row = cells
                    .iter()
                    .map(|(subject, cell)| RowCell { subject: subject.name.clone(), cell: (*cell).clone() });
                let answer = Answer::Row(row.collect());
                self.push(place, &comparison.row_id(aspect), Kind::CompareRow, prompt, answer);
            }
            for (subject, cell) in cells {
                let prompt = self.messages.text("ask-cell", &[("subject", &subject.name), ("aspect", &aspect.name)]);
                let answer = Answer::Text(cell.clone());
                self.push(place, &comparison.cell_id(aspect, subject), Kind::CompareCell, prompt, answer);
            }
        }
    }

    /// Names joined as the language joins them: `A, B and C`.
    fn list<'a>(&self, names: impl DoubleEndedIterator<Item = &'a Text>) -> Text {
        let mut names: Vec<&Text> = names.collect();
        let Some(last) = names.pop() else { return Text::default() };
        let Some(first) = names
            .into_iter()
            .cloned()
            .reduce(|joined, name| self.messages.text("list-comma", &[("first", &joined), ("last", &name)]))
        else {
            return last.clone();
        };
        self.messages.text("list-and", &[("first", &first), ("last", last)])
    }

    fn question(&mut self, question: &Question, place: &Place<'_>) {
        let (kind, answer) = if question.choices.is_empty() {
            (Kind::Question, Answer::Text(question.answer.clone()))
        } else {
            (Kind::Choice, Answer::Choices { choices: question.choices.clone(), explanation: question.answer.clone() })
        };
        let item = self.push(place, &question.id, kind, question.prompt.clone(), answer);
        item.details = question.details.clone();
        item.hint = question.hint.clone();
    }

    fn cloze(&mut self, cloze: &Cloze, place: &Place<'_>) {
        let numbers: std::collections::BTreeSet<u16> =
            cloze.text.gaps().into_iter().map(|(number, _)| number).collect();
        for number in numbers {
            let item = self.push(place, &cloze.id, Kind::Gap, cloze.text.clone(), Answer::Gap(number));
            item.id = cloze.id.join(&format!("{}-{number}", Kind::Gap.as_str()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Aspect, Entry, Practice, Subject};

    fn material(blocks: Vec<Block>) -> Material {
        let section = Section { heading: "Types".into(), blocks, ..Section::default() };
        let language = "en".parse().expect("a tag");
        let mut material = Material { title: "t".into(), language, sections: vec![section], ..Material::default() };
        material.assign_ids();
        material
    }

    fn entry(term: &str, description: &str) -> Entry {
        Entry { term: term.into(), description: description.into(), ..Entry::default() }
    }

    fn show(blocks: Vec<Block>) -> Vec<String> {
        let practice = Practice::of(&material(blocks));
        practice
            .items()
            .iter()
            .map(|item| format!("{}: {} = {}", item.id, item.prompt.to_plain(), item.plain_answer()))
            .collect()
    }

    #[test]
    fn a_list_asks_for_all_and_for_each_both_ways() {
        let entries = vec![entry("Inbound", "They ring us; inbound."), entry("Outbound", "We ring them.")];
        assert_eq!(
            show(vec![Block::Terms(Terms { entries, ..Terms::default() })]),
            [
                "types.list.all: Name all 2: Types = Inbound\nOutbound",
                "inbound.meaning: What is meant by “Inbound”? (Types) = They ring us; inbound.",
                "inbound.term: Which of these is described? (Types)\nThey ring us; ____. = Inbound",
                "outbound.meaning: What is meant by “Outbound”? (Types) = We ring them.",
                "outbound.term: Which of these is described? (Types)\nWe ring them. = Outbound",
            ]
        );
    }

    #[test]
    fn a_meaning_of_two_terms_is_not_asked_backwards() {
        let entries = vec![entry("A", "Same."), entry("B", "same"), entry("C", "c"), entry("D", "")];
        let ids: Vec<String> = Practice::of(&material(vec![Block::Terms(Terms { entries, ..Terms::default() })]))
            .items()
            .iter()
            .map(|item| item.id.to_string())
            .collect();
        // `C` is hidden in its own description, which leaves nothing to go by.
        assert_eq!(ids, ["types.list.all", "a.meaning", "b.meaning", "c.meaning"]);
    }

    #[test]
    fn a_definition_hides_its_term_and_full_form() {
        let definition = Definition {
            term: "BPO".into(),
            full_form: Some("Business Process Outsourcing".into()),
            meaning: "Business process outsourcing, or BPO, is work given away.".into(),
            ..Definition::default()
        };
        assert_eq!(
            show(vec![Block::Definition(definition)]),
            [
                "bpo.full-form: What does “BPO” stand for? = Business Process Outsourcing",
                "bpo.meaning: What does “BPO” mean? = Business process outsourcing, or BPO, is work given away.",
                "bpo.term: Which term has this meaning?\n____, or ____, is work given away. = BPO",
            ]
        );
    }

    #[test]
    fn a_comparison_asks_rows_and_cells_that_are_filled() {
        let subject = |name: &str| Subject { name: name.into(), ..Subject::default() };
        let aspects = vec![Aspect {
            name: "Cost".into(),
            cells: vec!["high".into(), "".into(), "low".into()],
            ..Aspect::default()
        }];
        let comparison =
            Comparison { subjects: vec![subject("P"), subject("Q"), subject("R")], aspects, ..Comparison::default() };
        assert_eq!(
            show(vec![Block::Comparison(comparison)]),
            [
                "p-q-r.cost.row: How do P, Q and R differ in this respect: Cost? = P: high\nR: low",
                "p-q-r.cost.p.cell: Describe “P” in this respect: Cost = high",
                "p-q-r.cost.r.cell: Describe “R” in this respect: Cost = low",
            ]
        );
    }

    #[test]
    fn gaps_of_one_number_are_one_item() {
        let gap = |text: &str, number| Run::Gap(crate::Gap { text: text.into(), number, hint: None });
        let text =
            [gap("a", Some(2)), Run::Plain(" b ".into()), gap("c", Some(2)), gap("d", None)].into_iter().collect();
        let items = show(vec![Block::Cloze(Cloze { text, ..Cloze::default() })]);
        assert_eq!(items, ["b.gap-1: a b cd = d", "b.gap-2: a b cd = a\nc"]);
    }
}
