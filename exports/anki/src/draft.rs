//! From practice items to notes that have no modification time yet.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use patra_core::{
    Answer, Aspect, Block, Code, Comparison, Diagnostic, Figure, Id, Item, Kind, Language, Material, Messages, Places,
    Run, Span, Text, nfc, phrase,
};

use crate::block::{UNNUMBERED, blocks, language_fields, list, occluded, rows, sound, unfit};
use crate::deck::Subdecks;
use crate::field::{AFTER_PAGE, PARTING, SHARED};
use crate::gap::{Numbered, number};
use crate::inline::{Html, sounds};
use crate::lock::{Edition, LockedGap, one_line};
use crate::media::{Files, Sort, Unfit};
use crate::note_type::NoteType;
use crate::options::ApkgOptions;
use crate::speech::locale;
use crate::tag::{joined, section_tags, tag};

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
    /// Its fields, parted as Anki parts them.
    pub fields: String,
    /// Its tags, as Anki joins them.
    pub tags: Arc<str>,
    /// The gaps by number, those no longer there too.
    pub gaps: BTreeMap<u16, LockedGap>,
    /// The subdeck of its cards; empty for the deck itself.
    pub subdeck: String,
    /// Where it stands in the source; looked up only where there is a lock to tell of changes.
    pub span: Span,
    /// What is asked about, where the author wrote the question: the same could be asked in another way.
    pub about: Option<Id>,
    /// What it asks, shortened, in plain words.
    pub label: String,
}

/// The kinds whose questions the author writes: one can become another under the same id.
const OWN: [Kind; 3] = [Kind::Question, Kind::Choice, Kind::Gap];

impl Draft {
    /// All ways in which the same may have been asked before.
    pub fn ways(&self) -> Vec<(Id, NoteType)> {
        let own = self.about.iter().flat_map(|about| OWN.map(|kind| about.join(kind.as_str())));
        let mut items: Vec<Id> = own.chain([self.item.clone()]).collect();
        items.sort();
        items.dedup();
        items.into_iter().flat_map(|item| NoteType::ALL.map(|note_type| (item.clone(), note_type))).collect()
    }
}

/// What was found while drafts were made.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub warnings: Vec<Diagnostic>,
    pub errors: Vec<Diagnostic>,
}

struct Composer<'a, 'm> {
    material: &'a Material,
    messages: Messages,
    locked: Option<&'a Edition>,
    options: &'a ApkgOptions,
    media: &'a mut Files<'m>,
    /// The other direction of what is asked, by the item; none where each direction is a note of its own.
    reverse: HashMap<&'a Id, &'a Item>,
    /// Where things stand; looked up once there is something to tell.
    places: OnceCell<Places>,
    cells: HashMap<Id, (&'a Comparison, &'a Aspect)>,
    regions: HashMap<&'a Id, &'a Figure>,
    sections: BTreeMap<Id, String>,
    subdecks: &'a Subdecks,
    section: Option<InSection>,
    source: Html,
    language: [String; 2],
    speech: String,
    /// The items that have a note, and the sentences, all gaps of which are in one.
    seen: HashSet<&'a Id, foldhash::fast::RandomState>,
    drafts: Vec<Draft>,
    found: Found,
}

/// What the notes of a section have in common.
struct InSection {
    id: Id,
    context: Html,
    /// Whether the context and the source are in NFC.
    composed: bool,
    tags: Arc<str>,
}

/// How many drafts are handed on at a time.
const AT_A_TIME: usize = 128;

/// Hands on a draft for each item, one for all gaps of a sentence, in the order of the items and some at a time.
pub(crate) fn compose<'a>(
    material: &'a Material,
    items: &'a [Item],
    locked: Option<&'a Edition>,
    options: &'a ApkgOptions,
    subdecks: &'a Subdecks,
    media: &'a mut Files<'_>,
    mut hand_on: impl FnMut(Vec<Draft>),
) -> Found {
    let mut composer = Composer {
        material,
        messages: Messages::of(material),
        locked,
        options,
        media,
        reverse: if options.reversed { reverse(items) } else { HashMap::new() },
        places: OnceCell::new(),
        cells: cells(material),
        regions: regions(material),
        sections: section_tags(material),
        subdecks,
        section: None,
        source: Html::in_language(&material.language),
        language: language_fields(&material.language),
        speech: locale(&material.language).filter(|_| options.speech).unwrap_or_default(),
        seen: HashSet::with_capacity_and_hasher(items.len(), foldhash::fast::RandomState::default()),
        drafts: Vec::with_capacity(items.len().min(AT_A_TIME + 1)),
        found: Found::default(),
    };
    composer.source.words(material.source.as_deref().unwrap_or_default());
    let reversed: HashSet<&Id> = composer.reverse.values().map(|item| &item.id).collect();
    // A task has nothing to turn to.
    for item in items.iter().filter(|item| item.is_answered() && !reversed.contains(&item.id)) {
        composer.item(item);
        if composer.drafts.len() >= AT_A_TIME {
            hand_on(std::mem::replace(&mut composer.drafts, Vec::with_capacity(AT_A_TIME + 1)));
        }
    }
    hand_on(composer.drafts);
    composer.found
}

/// The direction that goes with each item: with what a term means, which term it is.
pub(crate) fn reverse(items: &[Item]) -> HashMap<&Id, &Item> {
    let way = |item: &'_ Item| match item.kind {
        Kind::Term => Some(Kind::Meaning),
        Kind::Abbreviation => Some(Kind::FullForm),
        _ => None,
    };
    let back: HashMap<(&Id, Kind), &Item> =
        items.iter().filter_map(|item| way(item).map(|kind| ((&item.about, kind), item))).collect();
    items.iter().filter_map(|item| back.get(&(&item.about, item.kind)).map(|reverse| (&item.id, *reverse))).collect()
}

/// The longest answer that is typed, in characters.
const TYPED: usize = 40;

/// The words to type for an answer; none where there are too many, or other things than words.
fn typed(item: &Item) -> Option<String> {
    let Answer::Text(answer) = &item.answer else { return None };
    let named = matches!(item.kind, Kind::Term | Kind::FullForm | Kind::Abbreviation | Kind::Member | Kind::Next);
    let mut words = true;
    // Nobody types a mark that plain words have for a script.
    let is_other = |run: &Run| {
        matches!(run, Run::Math(_) | Run::Break | Run::Superscript(_) | Run::Subscript(_) | Run::Strikeout(_))
    };
    answer.walk(&mut |run| words &= !is_other(run));
    let plain = one_line(&answer.to_plain());
    (named && words && !plain.is_empty() && plain.chars().count() <= TYPED).then_some(plain)
}

/// Which comparison each cell belongs to.
fn cells(material: &Material) -> HashMap<Id, (&Comparison, &Aspect)> {
    let mut cells = HashMap::new();
    material.walk_blocks(&mut |block, _| {
        if let Block::Comparison(b) = block {
            for aspect in &b.aspects {
                cells.extend(b.subjects.iter().map(|subject| (b.cell_id(aspect, subject), (b, aspect))));
            }
        }
    });
    cells
}

/// Which picture each region belongs to.
fn regions(material: &Material) -> HashMap<&Id, &Figure> {
    let mut regions = HashMap::new();
    material.walk_blocks(&mut |block, _| {
        if let Block::Figure(b) = block {
            regions.extend(b.regions.iter().map(|region| (&region.id, b)));
        }
    });
    regions
}

impl<'a> Composer<'a, '_> {
    fn language(&self) -> &'a Language {
        &self.material.language
    }

    fn span(&self, item: &Item) -> Span {
        self.places.get_or_init(|| Places::of(self.material)).span(&item.about)
    }

    fn item(&mut self, item: &'a Item) {
        let gaps = matches!(item.answer, Answer::Gap(_));
        if !self.seen.insert(if gaps { &item.about } else { &item.id }) {
            // All gaps of a sentence are one note, made at the first.
            if !gaps {
                let message = phrase!("two cards have the id `{$id}`", id = item.id);
                self.found.errors.push(Diagnostic::new(Code::DuplicateId, self.span(item), message));
            }
            return;
        }
        let mut id = if gaps { item.about.join(Kind::Gap.as_str()) } else { item.id.clone() };
        let language = self.language();
        let mut prompt = Html::question(&item.prompt, language);
        if !item.stem.is_empty() {
            let stem = blocks(&item.stem, language, self.media, &mut self.found.warnings);
            prompt.out.push_str(&stem.out);
        }
        let mut numbered = Numbered::default();
        let (note_type, own): (NoteType, Vec<Html>) = match &item.answer {
            Answer::Gap(_) => {
                numbered =
                    number(&item.prompt, self.locked.and_then(|locked| locked.item(&(id.clone(), NoteType::Gap))));
                self.check_numbers(item, &numbered);
                (NoteType::Gap, vec![Html::cloze(&item.prompt, numbered.numbers.clone(), language)])
            }
            Answer::Choices { choices, explanation } => {
                let mut offered = Html::in_language(language);
                offered.out.push_str(if item.lettering.is_some() { UNNUMBERED } else { "<ol>" });
                for (number, choice) in (1..).zip(choices) {
                    offered.out.push_str(if choice.correct { "<li class=\"right\">" } else { "<li>" });
                    if let Some(lettering) = item.lettering {
                        offered.words(&format!("{} ", lettering.label(number)));
                    }
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
            Answer::Text(answer) if item.kind == Kind::Region => {
                let figure = self.regions.get(&item.about).copied();
                let picture = figure.map_or_else(Html::default, |figure| {
                    occluded(figure, &item.about, language, self.media, &mut self.found.warnings)
                });
                (NoteType::Occlusion, vec![prompt, picture, Html::of(answer, language)])
            }
            Answer::Text(answer) => {
                let own = vec![prompt, Html::of(answer, language)];
                if let Some(reverse) = self.reverse.get(&item.id) {
                    let asked = Html::question(&reverse.prompt, language);
                    let told = match &reverse.answer {
                        Answer::Text(answer) => Html::of(answer, language),
                        _ => Html::default(),
                    };
                    id = item.id.join(NoteType::Reversed.name());
                    (NoteType::Reversed, own.into_iter().chain([asked, told]).collect())
                } else if let Some(words) = self.options.typed.then(|| typed(item)).flatten() {
                    let mut typed = Html::default();
                    typed.words(&words);
                    (NoteType::Typed, own.into_iter().chain([typed]).collect())
                } else {
                    (NoteType::Basic, own)
                }
            }
            Answer::Members { ordered, terms } => (NoteType::Basic, vec![prompt, list(terms, *ordered, language)]),
        };
        let (fields, tags) = self.fields(item, own);
        let size = fields.len();
        if size > MOST_BYTES {
            let message = phrase!(
                "the card of `{$id}` would hold {$size} bytes; a card holds {$most_bytes} at most",
                id,
                size,
                most_bytes = MOST_BYTES
            );
            let hint = "give a shorter answer, or part it into several";
            self.found.errors.push(Diagnostic::new(Code::DeckField, self.span(item), message).with_hint(hint));
        }
        let label = label(&item.prompt);
        let span = if self.locked.is_some() { self.span(item) } else { Span::NONE };
        let (subdeck, gaps) = (self.subdecks.name(&item.section), numbered.gaps);
        let about = OWN.contains(&item.kind).then(|| item.about.clone());
        self.drafts.push(Draft { item: id, note_type, fields, tags, gaps, subdeck, span, about, label });
    }

    fn check_numbers(&mut self, item: &Item, numbered: &Numbered) {
        let span = self.span(item);
        if let Some(number) = numbered.numbers.iter().find(|&&number| !(1..=500).contains(&number)) {
            let message =
                phrase!("the gap number {$number} of `{$about}` is not within 1 to 500", number, about = item.about);
            self.found.errors.push(Diagnostic::new(Code::DeckField, span, message));
        }
        for (number, gap) in &numbered.gaps {
            if !gap.live && numbered.lost.contains(number) {
                let message = phrase!(
                    "gap {$number} of `{$about}` is gone, so learners' cards for it show nothing",
                    number,
                    about = item.about
                );
                let hint = "in Anki, Tools → Empty Cards takes such cards away";
                self.found.warnings.push(Diagnostic::new(Code::GapRetired, span, message).with_hint(hint));
            }
        }
    }

    /// The fields of a note: its own, then those that all note types share. And its tags.
    fn fields(&mut self, item: &Item, own: Vec<Html>) -> (String, Arc<str>) {
        let language = self.language();
        let details = match item.details.as_slice() {
            [] => Html::default(),
            details => blocks(details, language, self.media, &mut self.found.warnings),
        };
        let hint = item.hint.as_ref().map_or_else(Html::default, |hint| Html::of(hint, language));
        let section = self.section.take().filter(|section| section.id == item.section);
        let section = section.unwrap_or_else(|| self.in_section(item));

        let translated = self.translated(item);
        let html = || own.iter().chain([&details, &hint, &section.context, &self.source]);
        let dropped = html().chain(&translated).any(|field| field.dropped);
        let size = html().map(|field| field.out.len() + 1).sum::<usize>();
        let mut fields = String::with_capacity(size + item.id.as_str().len() + 2 * SHARED);
        for field in html() {
            fields.push_str(&field.out);
            fields.push(PARTING);
        }
        for field in self.language.iter().map(String::as_str).chain([item.id.as_str()]) {
            fields.push_str(field);
            fields.push(PARTING);
        }
        // The sound stands where it is named.
        fields.push(PARTING);
        fields.push_str(&self.speech);
        for field in &translated {
            fields.push(PARTING);
            fields.push_str(&field.out);
        }
        fields.push(PARTING);
        if let Some(page) = item.page {
            fields.push_str(&self.messages.string("on-page", &[("number", &page.to_string())]));
        }
        // The reserve fields.
        fields.extend(std::iter::repeat_n(PARTING, AFTER_PAGE));
        let fields = sounds(fields, |source| match self.media.name(source) {
            Ok((name, Sort::Sound)) => sound(&name),
            found => {
                let why = found.err().unwrap_or(Unfit::UnknownKind);
                let span = self.places.get_or_init(|| Places::of(self.material)).span(&item.about);
                self.found.warnings.push(unfit(&why, source, span));
                String::new()
            }
        });
        // Words that are NFC one by one need not be so together; what the notes of a section share is looked at once.
        let mut these = own.iter().chain([&details, &hint]).chain(&translated);
        let fields = if section.composed && these.all(Html::is_composed) { fields } else { nfc(&fields).into_owned() };
        let tags = section.tags.clone();
        self.section = Some(section);
        if dropped {
            let message = phrase!("a control character was left out of the card of `{$id}`", id = item.id);
            let span = self.span(item);
            self.found.warnings.push(Diagnostic::new(Code::InvisibleRemoved, span, message));
        }
        (fields, tags)
    }

    /// The question and the answer in another edition; empty where there is none or it isn't wanted.
    fn translated(&self, item: &Item) -> [Html; 2] {
        let Some(translation) = &self.options.translation else { return Default::default() };
        let Some(other) = translation.items.get(&item.id) else { return Default::default() };
        let language = &translation.language;
        let within = |fill: &dyn Fn(&mut Html)| {
            let mut html = Html::in_language(language);
            let [tag, direction] = language_fields(language);
            html.out = format!("<div lang=\"{tag}\" dir=\"{direction}\">");
            fill(&mut html);
            html.out.push_str("</div>");
            html
        };
        let gap = matches!(other.answer, Answer::Gap(_));
        let question = || within(&|html| html.text(&other.prompt));
        let answer = || {
            within(&|html| match &other.answer {
                Answer::Text(answer) => html.text(answer),
                Answer::Gap(_) => html.text(&other.prompt),
                _ => html.words(&other.plain_answer()),
            })
        };
        let if_wanted = |wanted: bool, html: &dyn Fn() -> Html| if wanted { html() } else { Html::default() };
        [if_wanted(translation.front && !gap, &question), if_wanted(translation.back, &answer)]
    }

    fn in_section(&self, item: &Item) -> InSection {
        let mut context = Html::of(&self.material.title, self.language());
        for heading in item.context.iter().filter(|heading| **heading != self.material.title) {
            context.out.push_str(" › ");
            context.text(heading);
        }
        let section = self.sections.get(&item.section).cloned();
        let tags = joined(self.material.tags.iter().filter_map(|words| tag(words)).chain(section));
        let composed = context.is_composed() && self.source.is_composed();
        InSection { id: item.section.clone(), context, composed, tags: tags.into() }
    }
}

/// The beginning of a question in plain words, cut after a word where it is long.
fn label(prompt: &Text) -> String {
    let plain = prompt.to_plain();
    let mut before = ' ';
    let mut one_line = true;
    for c in plain.chars() {
        one_line &= !c.is_control() && (!c.is_whitespace() || c == ' ' && before != ' ');
        before = c;
    }
    if one_line && before != ' ' && plain.chars().count() <= LABEL {
        return plain;
    }
    let mut label = String::with_capacity(plain.len().min(4 * LABEL));
    let mut length = 0;
    for word in plain.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        // No further than what may have room.
        let word_length = word.chars().take(LABEL + 1).count();
        if !label.is_empty() && length + word_length > LABEL {
            label.push_str(" …");
            break;
        }
        if !label.is_empty() {
            label.push(' ');
            length += 1;
        }
        label.extend(word.chars().take(LABEL));
        length += word_length.min(LABEL);
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
