//! From practice items to notes that have no modification time yet.

use std::collections::{BTreeMap, BTreeSet};

use patra_core::{Answer, Aspect, Block, Code, Comparison, Diagnostic, Id, Item, Kind, Language, Material, Span, Text};

use crate::block::{blocks, language_fields, list, rows};
use crate::deck::Subdecks;
use crate::escape::nfc;
use crate::field::SHARED;
use crate::gap::{Numbered, number};
use crate::inline::Html;
use crate::lock::{Edition, LockedGap, one_line};
use crate::media::Media;
use crate::note_type::NoteType;
use crate::tag::{section_tags, sorted, tag};

/// The most that the fields of a note may hold, in bytes. AnkiDroid reads a note through a window of 2 MB.
const MOST_BYTES: usize = 1_000_000;

/// The longest label in a lock, in characters.
const LABEL: usize = 60;

/// A note that has no modification time yet.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// What the lock knows it by.
    pub item: Id,
    pub note_type: NoteType,
    pub fields: Vec<String>,
    pub tags: Vec<String>,
    /// The gaps by number, those no longer there too.
    pub gaps: BTreeMap<u16, LockedGap>,
    /// The subdeck of its cards; empty for the deck itself.
    pub subdeck: String,
    /// Where it stands in the source.
    pub span: Span,
    /// What it asks, shortened, in plain words.
    pub label: String,
}

/// The drafts of a material, and what was found on the way.
#[derive(Debug, Default)]
pub(crate) struct Drafts {
    pub drafts: Vec<Draft>,
    pub warnings: Vec<Diagnostic>,
    pub errors: Vec<Diagnostic>,
}

struct Composer<'a, 'm> {
    material: &'a Material,
    locked: Option<&'a Edition>,
    media: &'a mut Media<'m>,
    spans: BTreeMap<Id, Span>,
    cells: BTreeMap<Id, (&'a Comparison, &'a Aspect)>,
    sections: BTreeMap<Id, String>,
    subdecks: &'a Subdecks,
    title: Text,
    seen: BTreeSet<Id>,
    found: Drafts,
}

/// A draft for each item; one for all gaps of a sentence.
pub(crate) fn compose<'a>(
    material: &'a Material,
    items: &[Item],
    locked: Option<&'a Edition>,
    subdecks: &'a Subdecks,
    media: &'a mut Media<'_>,
) -> Drafts {
    let mut composer = Composer {
        material,
        locked,
        media,
        spans: BTreeMap::new(),
        cells: BTreeMap::new(),
        sections: section_tags(material),
        subdecks,
        title: material.title.clone(),
        seen: BTreeSet::new(),
        found: Drafts::default(),
    };
    composer.look_up();
    for item in items {
        composer.item(item);
    }
    composer.found
}

impl<'a> Composer<'a, '_> {
    /// Notes where things stand, and which comparison a cell belongs to.
    fn look_up(&mut self) {
        let (spans, cells) = (&mut self.spans, &mut self.cells);
        self.material.walk_blocks(&mut |block, _| match block {
            Block::Definition(b) => drop(spans.insert(b.id.clone(), b.span)),
            Block::Terms(b) => {
                spans.insert(b.id.clone(), b.span);
                spans.extend(b.entries.iter().map(|entry| (entry.id.clone(), entry.span)));
            }
            Block::Comparison(b) => {
                for aspect in &b.aspects {
                    spans.insert(b.row_id(aspect), aspect.span);
                    for subject in &b.subjects {
                        let cell = b.cell_id(aspect, subject);
                        spans.insert(cell.clone(), aspect.span);
                        cells.insert(cell, (b, aspect));
                    }
                }
            }
            Block::Question(b) => drop(spans.insert(b.id.clone(), b.span)),
            Block::Cloze(b) => drop(spans.insert(b.id.clone(), b.span)),
            _ => {}
        });
    }

    fn language(&self) -> &'a Language {
        &self.material.language
    }

    fn span(&self, item: &Item) -> Span {
        self.spans.get(&item.about).copied().unwrap_or_default()
    }

    fn item(&mut self, item: &Item) {
        let gaps = matches!(item.answer, Answer::Gap(_));
        let id = if gaps { item.about.join(Kind::Gap.as_str()) } else { item.id.clone() };
        if !self.seen.insert(id.clone()) {
            // All gaps of a sentence are one note, made at the first.
            if !gaps {
                let message = format!("two cards have the id `{id}`");
                self.found.errors.push(Diagnostic::new(Code::DuplicateId, self.span(item), message));
            }
            return;
        }
        let language = self.language();
        let prompt = Html::question(&item.prompt, language);
        let mut numbered = Numbered::default();
        let (note_type, own): (NoteType, Vec<Html>) = match &item.answer {
            Answer::Gap(_) => {
                numbered =
                    number(&item.prompt, self.locked.and_then(|locked| locked.items.get(&(id.clone(), NoteType::Gap))));
                self.check_numbers(item, &numbered);
                (NoteType::Gap, vec![Html::cloze(&item.prompt, numbered.numbers.clone(), language)])
            }
            Answer::Choices { choices, explanation } => {
                let mut offered = Html::in_language(language);
                offered.out.push_str("<ol>");
                for choice in choices {
                    offered.out.push_str(if choice.correct { "<li class=\"right\">" } else { "<li>" });
                    offered.text(&choice.text);
                    offered.out.push_str("</li>");
                }
                offered.out.push_str("</ol>");
                (NoteType::Choice, vec![prompt, offered, Html::of(explanation, language)])
            }
            Answer::Row(cells) => {
                let asked = rows(cells.iter().map(|cell| (&cell.subject, None, false)), language);
                let told = rows(cells.iter().map(|cell| (&cell.subject, Some(&cell.cell), false)), language);
                (NoteType::Comparison, vec![prompt, asked, Html::default(), told])
            }
            Answer::Text(answer) if item.kind == Kind::CompareCell => {
                let row = self.cells.get(&item.about).map_or_else(Html::default, |(comparison, aspect)| {
                    let subjects = comparison.subjects.iter().zip(&aspect.cells);
                    let asked = |subject| comparison.cell_id(aspect, subject) == item.about;
                    rows(subjects.map(|(subject, cell)| (&subject.name, Some(cell), asked(subject))), language)
                });
                (NoteType::Comparison, vec![prompt, Html::default(), Html::of(answer, language), row])
            }
            Answer::Text(answer) => (NoteType::Basic, vec![prompt, Html::of(answer, language)]),
            Answer::Members { ordered, terms } => (NoteType::Basic, vec![prompt, list(terms, *ordered, language)]),
        };
        let fields = self.fields(item, own);
        let size: usize = fields.iter().map(String::len).sum();
        if size > MOST_BYTES {
            let message = format!("the card of `{id}` would hold {size} bytes; a card holds {MOST_BYTES} at most");
            let hint = "give a shorter answer, or part it into several";
            self.found.errors.push(Diagnostic::new(Code::DeckField, self.span(item), message).with_hint(hint));
        }
        let section = self.sections.get(&item.section).cloned();
        let tags = sorted(self.material.tags.iter().filter_map(|words| tag(words)).chain(section));
        let label = label(&item.prompt);
        let (subdeck, span, gaps) = (self.subdecks.name(&item.section), self.span(item), numbered.gaps);
        self.found.drafts.push(Draft { item: id, note_type, fields, tags, gaps, subdeck, span, label });
    }

    fn check_numbers(&mut self, item: &Item, numbered: &Numbered) {
        let span = self.span(item);
        if let Some(number) = numbered.numbers.iter().find(|&&number| !(1..=500).contains(&number)) {
            let message = format!("the gap number {number} of `{}` is not within 1 to 500", item.about);
            self.found.errors.push(Diagnostic::new(Code::DeckField, span, message));
        }
        for (number, gap) in &numbered.gaps {
            if !gap.live && numbered.lost.contains(number) {
                let message =
                    format!("gap {number} of `{}` is gone, so learners' cards for it show nothing", item.about);
                let hint = "in Anki, Tools → Empty Cards takes such cards away";
                self.found.warnings.push(Diagnostic::new(Code::GapRetired, span, message).with_hint(hint));
            }
        }
    }

    /// The fields of a note: its own, then those that all note types share.
    fn fields(&mut self, item: &Item, own: Vec<Html>) -> Vec<String> {
        let language = self.language();
        let details = blocks(&item.details, language, self.media, &mut self.found.warnings);
        let hint = item.hint.as_ref().map_or_else(Html::default, |hint| Html::of(hint, language));
        let mut context = Html::of(&self.title, language);
        for heading in item.context.iter().filter(|heading| **heading != self.title) {
            context.out.push_str(" › ");
            context.text(heading);
        }
        let mut source = Html::in_language(language);
        source.words(self.material.source.as_deref().unwrap_or_default());
        let mut id = Html::default();
        id.words(item.id.as_str());

        let mut html = own;
        html.extend([details, hint, context, source]);
        if html.iter().any(|field| field.dropped) {
            let message = format!("a control character was left out of the card of `{}`", item.id);
            let span = self.span(item);
            self.found.warnings.push(Diagnostic::new(Code::InvisibleRemoved, span, message));
        }
        let mut fields: Vec<String> = html.into_iter().map(|field| nfc(&field.out).into_owned()).collect();
        fields.extend(language_fields(language));
        fields.push(id.out);
        // The sound and the reserve fields.
        fields.extend(std::iter::repeat_n(String::new(), SHARED - 7));
        fields
    }
}

/// The beginning of a question in plain words, cut after a word where it is long.
fn label(prompt: &Text) -> String {
    let mut label = String::new();
    for word in one_line(&prompt.to_plain()).split(' ') {
        if !label.is_empty() && label.chars().count() + word.chars().count() > LABEL {
            label.push_str(" …");
            break;
        }
        if !label.is_empty() {
            label.push(' ');
        }
        label.extend(word.chars().take(LABEL));
    }
    label
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_cut_after_a_word() {
        assert_eq!(label(&"क \t ख\n".into()), "क ख");
        let long = label(&"क्षमता ".repeat(30).into());
        assert!(long.ends_with("क्षमता …") && long.chars().count() < LABEL + 3, "{long}");
        assert_eq!(label(&"क".repeat(1000).into()).chars().count(), LABEL);
    }
}
