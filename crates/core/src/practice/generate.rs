//! From blocks to items.

use std::cell::LazyCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use super::mask::mask;
use super::sibling::Siblings;
use super::{Answer, Item, Kind};
use crate::word::fold;
use crate::{Block, Cloze, Definition, Figure, Id, Material, Messages, Question, Run, Section, Terms, Text};

/// The items of a material, in the order of the source: of the kinds that the author set, else of `kinds`.
pub(super) fn items(material: &Material, kinds: &BTreeSet<Kind>) -> Vec<Item> {
    let messages = Messages::of(material);
    let meanings = Meanings::of(material);
    // Most terms are asked three times: what it means, which it is, which is missing. Growing would move everything about.
    let items = Vec::with_capacity(3 * meanings.of.len() + meanings.questions);
    let mut generator = Generator { material, messages, kinds, meanings, items };
    material.walk_sections(&mut |section, above| {
        let mut context: Vec<Text> = above.iter().map(|outer| outer.heading.clone()).collect();
        context.push(section.heading.clone());
        context.retain(|heading| !heading.is_blank());
        let sections = above.iter().map(|outer| &outer.id).chain([&section.id]).collect();
        let place = Place { section, sections, context: context.into() };
        for block in &section.blocks {
            generator.block(block, &place);
        }
    });
    generator.items
}

/// The meanings of a material by their words alone.
#[derive(Default)]
struct Meanings<'a> {
    of: HashMap<&'a Id, Rc<str>>,
    /// How often each occurs: one that occurs twice does not pick out a term.
    count: HashMap<Rc<str>, usize>,
    /// How many questions the author wrote.
    questions: usize,
}

impl<'a> Meanings<'a> {
    fn of(material: &'a Material) -> Self {
        let mut meanings = Meanings::default();
        let mut add = |id: &'a Id, meaning: &Text| {
            let words: Rc<str> = fold(meaning).into();
            *meanings.count.entry(Rc::clone(&words)).or_default() += 1;
            meanings.of.insert(id, words);
        };
        let mut questions = 0;
        material.walk_blocks(&mut |block, _| match block {
            Block::Definition(b) => add(&b.id, &b.meaning),
            Block::Terms(b) => b.entries.iter().for_each(|entry| add(&entry.id, &entry.description)),
            Block::Question(_) => questions += 1,
            _ => {}
        });
        Meanings { questions, ..meanings }
    }
}

/// Where a block stands.
pub(super) struct Place<'a> {
    section: &'a Section,
    /// The ids of the sections around it and its own, from the outermost.
    sections: Vec<&'a Id>,
    context: Arc<[Text]>,
}

pub(super) struct Generator<'a> {
    material: &'a Material,
    pub(super) messages: Messages,
    kinds: &'a BTreeSet<Kind>,
    meanings: Meanings<'a>,
    items: Vec<Item>,
}

/// What an item asks about: its id, and the ids of what it stands in within its section, from the outermost.
pub(super) struct About<'a> {
    pub(super) id: &'a Id,
    pub(super) within: &'a [&'a Id],
}

impl Generator<'_> {
    fn block(&mut self, block: &Block, place: &Place<'_>) {
        match block {
            Block::Definition(b) => self.definition(b, place),
            Block::Terms(b) => self.terms(b, place),
            Block::Comparison(b) => self.comparison(b, place),
            Block::Question(b) => self.question(b, place),
            Block::Cloze(b) => self.cloze(b, place),
            Block::Figure(b) => self.figure(b, place),
            Block::Table(_)
            | Block::List(_)
            | Block::Paragraph(_)
            | Block::Verse(_)
            | Block::Note(_)
            | Block::Quote(_)
            | Block::Code(_)
            | Block::Math(_) => {}
        }
        for child in block.children() {
            self.block(child, place);
        }
    }

    /// Whether items of a kind are to be made of something.
    fn wants(&self, place: &Place<'_>, about: &About<'_>, kind: Kind) -> bool {
        let around = place.sections.iter().chain(about.within).copied().chain([about.id]);
        self.material.practice.kinds_of(around).unwrap_or(self.kinds).contains(&kind)
    }

    /// Adds an item unless the author does not want it; gives it back to be filled further.
    pub(super) fn push(
        &mut self,
        place: &Place<'_>,
        about: &About<'_>,
        kind: Kind,
        prompt: impl FnOnce(&Messages) -> Text,
        answer: impl FnOnce(&Messages) -> Answer,
    ) -> Option<&mut Item> {
        self.push_as(about.id.join(kind.as_str()), place, about, kind, prompt, answer)
    }

    fn push_as(
        &mut self,
        id: Id,
        place: &Place<'_>,
        about: &About<'_>,
        kind: Kind,
        prompt: impl FnOnce(&Messages) -> Text,
        answer: impl FnOnce(&Messages) -> Answer,
    ) -> Option<&mut Item> {
        if !self.wants(place, about, kind) || self.material.practice.skip.contains(&id) {
            return None;
        }
        self.items.push(Item {
            id,
            kind,
            about: about.id.clone(),
            section: place.section.id.clone(),
            context: Arc::clone(&place.context),
            page: None,
            prompt: prompt(&self.messages),
            answer: answer(&self.messages),
            stem: Vec::new(),
            details: Vec::new(),
            hint: None,
            room: None,
            lettering: None,
            marks: None,
        });
        self.items.last_mut()
    }

    fn definition(&mut self, definition: &Definition, place: &Place<'_>) {
        let Definition { id, term, meaning, .. } = definition;
        let about = About { id, within: &[] };
        if let Some(full) = &definition.full_form {
            let prompt = |messages: &Messages| messages.text("ask-full-form", &[("term", term)]);
            self.push(place, &about, Kind::FullForm, prompt, |_| Answer::Text(full.clone()));
            let prompt = |messages: &Messages| messages.text("ask-abbreviation", &[("full", full)]);
            self.push(place, &about, Kind::Abbreviation, prompt, |_| Answer::Text(term.clone()));
        }
        if !meaning.is_blank() || !definition.details.is_empty() {
            let prompt = |messages: &Messages| messages.text("ask-meaning", &[("term", term)]);
            if let Some(item) = self.push(place, &about, Kind::Meaning, prompt, |_| Answer::Text(meaning.clone())) {
                item.details = definition.details.clone();
            }
        }
        if let Some(masked) = self.masked(id, meaning, term, definition.full_form.as_ref()) {
            let prompt = |messages: &Messages| under(messages.text("ask-term", &[]), masked);
            self.push(place, &about, Kind::Term, prompt, |_| Answer::Text(term.clone()));
        }
    }

    fn terms(&mut self, terms: &Terms, place: &Place<'_>) {
        // A heading may have a line break where it is printed; within a question it is one phrase.
        let kind = terms.kind.as_ref().unwrap_or(&place.section.heading).on_one_line();
        let named = !kind.is_blank();
        if terms.entries.len() > 1 && named {
            let count = Text::plain(terms.entries.len().to_string());
            let message = if terms.ordered { "ask-all-in-order" } else { "ask-all" };
            let prompt = |messages: &Messages| messages.text(message, &[("count", &count), ("kind", &kind)]);
            let members = terms.entries.iter().map(|entry| entry.term.clone()).collect();
            let answer = Answer::Members { ordered: terms.ordered, terms: members };
            self.push(place, &About { id: &terms.id, within: &[] }, Kind::Enumerate, prompt, |_| answer);
        }
        let words = LazyCell::new(|| {
            terms.entries.iter().map(|entry| (fold(&entry.term), fold(&entry.description))).collect::<Vec<_>>()
        });
        let siblings = LazyCell::new(|| Siblings::of(&terms.entries, &words));
        for (index, entry) in terms.entries.iter().enumerate() {
            let about = About { id: &entry.id, within: &[&terms.id] };
            let arguments = [("term", &entry.term), ("kind", &kind)];
            if !entry.description.is_blank() || !entry.details.is_empty() {
                let message = if named { "ask-meaning-of-kind" } else { "ask-meaning" };
                let prompt = |messages: &Messages| messages.text(message, &arguments);
                let answer = Answer::Text(entry.description.clone());
                if let Some(item) = self.push(place, &about, Kind::Meaning, prompt, |_| answer) {
                    item.details = entry.details.clone();
                }
            }
            if let Some(masked) = self.masked(&entry.id, &entry.description, &entry.term, None) {
                let message = if named { "ask-term-of-kind" } else { "ask-term" };
                if self.wants(place, &about, Kind::Pick) {
                    let choices = siblings.choices(index, &entry.id.join(Kind::Pick.as_str()));
                    let prompt = |messages: &Messages| under(messages.text("ask-pick", &arguments), masked.clone());
                    if let Some(choices) = choices {
                        let answer = Answer::Choices { choices, explanation: Text::default() };
                        self.push(place, &about, Kind::Pick, prompt, |_| answer);
                    }
                }
                let prompt = |messages: &Messages| under(messages.text(message, &arguments), masked);
                self.push(place, &about, Kind::Term, prompt, |_| Answer::Text(entry.term.clone()));
            }
            if terms.entries.len() > 2 && named {
                let prompt =
                    |messages: &Messages| under(messages.text("ask-member", &arguments), neighbours(terms, index));
                self.push(place, &about, Kind::Member, prompt, |_| Answer::Text(entry.term.clone()));
            }
            if let Some(next) = terms.entries.get(index + 1).filter(|_| terms.ordered && named) {
                let prompt = |messages: &Messages| messages.text("ask-next", &arguments);
                self.push(place, &about, Kind::Next, prompt, |_| Answer::Text(next.term.clone()));
            }
        }
    }

    /// A meaning with the term and its full form hidden; none where the meaning belongs to another term too, or where no
    /// words would be left to go by.
    fn masked(&self, id: &Id, meaning: &Text, term: &Text, full: Option<&Text>) -> Option<Text> {
        let words = self.meanings.of.get(id)?;
        if words.is_empty() || self.meanings.count.get(words).is_some_and(|&count| count > 1) {
            return None;
        }
        let hide = |text, hidden: &Text| mask(text, words, &hidden.plain_words());
        let masked = [Some(term), full].into_iter().flatten().fold(meaning.clone(), hide);
        masked.has_words().then_some(masked)
    }

    fn question(&mut self, question: &Question, place: &Place<'_>) {
        let (kind, answer) = if question.choices.is_empty() {
            (Kind::Question, Answer::Text(question.answer.clone()))
        } else {
            (Kind::Choice, Answer::Choices { choices: question.choices.clone(), explanation: question.answer.clone() })
        };
        let about = About { id: &question.id, within: &[] };
        if let Some(item) = self.push(place, &about, kind, |_| question.prompt.clone(), |_| answer) {
            item.stem = question.stem.clone();
            item.details = question.details.clone();
            item.lettering = question.lettering;
            item.hint = question.hint.clone();
            item.room = question.room;
            item.marks = question.marks;
        }
    }

    fn figure(&mut self, figure: &Figure, place: &Place<'_>) {
        let picture = Text::plain(figure.alt.as_str());
        for region in figure.regions.iter().filter(|region| !region.name.is_blank()) {
            let about = About { id: &region.id, within: &[] };
            let prompt = |messages: &Messages| messages.text("ask-region", &[("picture", &picture)]);
            self.push(place, &about, Kind::Region, prompt, |_| Answer::Text(region.name.clone()));
        }
    }

    fn cloze(&mut self, cloze: &Cloze, place: &Place<'_>) {
        let numbers: BTreeSet<u16> = cloze.text.gaps().into_iter().map(|(number, _)| number).collect();
        for number in numbers {
            let id = cloze.id.join(&format!("{}-{number}", Kind::Gap.as_str()));
            let about = About { id: &cloze.id, within: &[] };
            self.push_as(id, place, &about, Kind::Gap, |_| cloze.text.clone(), |_| Answer::Gap(number));
        }
    }
}

/// A question, and below it the text that it asks about.
///
/// The question is on one line, whatever breaks the names in it have, so that the first break of a prompt is the one between
/// the two parts.
pub(super) fn under(question: Text, about: Text) -> Text {
    let mut question = question.on_one_line();
    question.push(Run::Break);
    question.append(about);
    question.shrink();
    question
}

/// One entry of a list hidden between its neighbours: up to one before and one after, each with its number.
fn neighbours(terms: &Terms, index: usize) -> Text {
    let mut lines = Text::default();
    for (at, entry) in
        terms.entries.iter().enumerate().skip(index.saturating_sub(1)).take(if index == 0 { 2 } else { 3 })
    {
        if !lines.is_empty() {
            lines.push(Run::Break);
        }
        lines.push(Run::Plain(format!("{}. ", at + 1)));
        lines.append(if at == index { Text::plain(super::mask::BLANK) } else { entry.term.clone() });
    }
    lines
}
