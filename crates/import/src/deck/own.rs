//! The notes that patra made: back to what they ask about.
//!
//! Each names its item in the field `Id`: `bpo.meaning` asks what the thing `bpo` means. Several items are about one thing, and
//! what one of them asks is what another answers; so of a term, say, the note that asks for its meaning has the meaning, and
//! the one that asks for the term has the term. What is asked of nothing (a paragraph, a plain table) is in no deck.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use patra_core::{
    Aspect, Block, Choice, Cloze, Code, Comparison, Definition, Diagnostic, Entry, Figure, Id, Kind, Language,
    MAX_SECTION_DEPTH, Material, Messages, Question, Rectangle, Region, Section, Span, Subject, Terms, Text, phrase,
};

use super::collection::{Collection, Note};
use super::field::Fields;
use super::piece::{attributes, plain};
use crate::gap::{Writer, with_gaps};
use crate::notes::Notes;
use crate::sections::Sections;

/// The ids of patra's note types, which are frozen (exports/anki has them), and how many fields of its own each has.
const TYPES: [(i64, Type); 7] = [
    (1_591_174_744_039, Type::Basic),
    (1_472_231_282_460, Type::Reversed),
    (1_432_461_070_174, Type::Typed),
    (1_513_194_882_607, Type::Gap),
    (1_454_310_838_489, Type::Choice),
    (1_419_585_443_535, Type::Comparison),
    (1_598_529_947_559, Type::Occlusion),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Type {
    Basic,
    Reversed,
    Typed,
    Gap,
    Choice,
    Comparison,
    Occlusion,
}

/// The fields that all of patra's note types end with.
const SHARED: usize = 15;

/// The tag of a note whose item is no longer asked.
const RETIRED: &str = "patra::retired";

/// A note with what it asks.
struct Asked<'c> {
    note: &'c Note,
    of: Type,
    /// The id of what it is about, and the kind of question.
    about: &'c str,
    kind: Kind,
    /// The ids of the sections around it, from the outermost.
    path: Vec<&'c str>,
}

impl Asked<'_> {
    fn own(&self, at: usize) -> &str {
        self.note.fields.get(at).map_or("", String::as_str)
    }

    /// A field that all note types have: 0 is the details.
    fn shared(&self, at: usize) -> &str {
        self.own(self.note.fields.len().saturating_sub(SHARED) + at)
    }
}

/// The material that the notes of a collection were made of; `None` where one of them is not patra's, or they are of several
/// materials.
pub(super) fn material(collection: &Collection, fields: &mut Fields<'_>, found: &mut Notes) -> Option<Material> {
    let typed = |note: &Note| TYPES.iter().find(|(id, _)| *id == note.note_type.id).map(|(_, of)| *of);
    if collection.notes.is_empty() || !collection.notes.iter().all(|note| typed(note).is_some()) {
        return None;
    }
    let (live, retired): (Vec<&Note>, Vec<&Note>) =
        collection.notes.iter().partition(|note| !note.tags.iter().any(|tag| tag == RETIRED));
    let field = |note: &Note, at: usize| note.fields.get(note.fields.len().saturating_sub(SHARED) + at).cloned();
    let languages: BTreeSet<String> = live.iter().filter_map(|note| field(note, 4)).collect();
    let [language] = languages.iter().collect::<Vec<_>>()[..] else { return None };
    let language: Language = language.parse().ok()?;
    let first = live.first()?;
    let context = plain(&field(first, 2)?);
    let title = context.split(" › ").next().unwrap_or_default().to_owned();
    let (id, tags) = names(&live, &title)?;
    let mut asked = Vec::new();
    for note in &live {
        let item = plain_id(note.fields.get(note.fields.len().checked_sub(SHARED)? + 6)?);
        let (about, part) = item.rsplit_once('.')?;
        let kind = if part.starts_with("gap-") { Kind::Gap } else { part.parse().ok()? };
        let level = |tag: &&String| **tag == id || tag.starts_with(&format!("{id}::"));
        let path: Vec<&str> =
            note.tags.iter().find(level).map(|tag| tag.split("::").skip(1).collect()).unwrap_or_default();
        // No material of patra's is deeper.
        if path.len() > MAX_SECTION_DEPTH {
            return None;
        }
        asked.push(Asked { note, of: typed(note)?, about, kind, path });
    }
    let mut material = Material {
        id: Id::new(&id).unwrap_or_else(|_| Id::from_key(&id)),
        title: Text::plain(title.as_str()),
        language: language.clone(),
        source: field(first, 3).map(|source| plain(&source)).filter(|source| !source.is_empty()),
        tags,
        ..Material::default()
    };
    if !retired.is_empty() {
        let message = phrase!(
            "1 note that patra had retired is left out" | "{$count} notes that patra had retired are left out",
            count = retired.len()
        );
        found.push(Diagnostic::new(Code::Guessed, Span::NONE, message));
    }
    let message = "patra made this deck: its items keep their ids, and what is asked of nothing is not in it";
    found.push(Diagnostic::new(Code::Guessed, Span::NONE, message));
    let mut maker = Maker {
        fields,
        messages: Messages::new(&language),
        asked: &asked,
        done: BTreeSet::new(),
        comparisons: comparisons(&asked),
        members: BTreeMap::new(),
    };
    let facts = maker.facts();
    for one in &asked {
        if let Some(term) = facts.terms.get(one.about) {
            maker.members.entry((&one.path, term.to_plain())).or_default().push_back(one.about);
        }
    }
    let mut sections = Sections::default();
    let mut pictures = BTreeMap::new();
    for one in &asked {
        let context = plain(one.shared(2));
        let headings: Vec<&str> = context.split(" › ").skip(1).collect();
        let path = headed(&one.path, &headings, &title);
        let heading = path.last().map_or(String::new(), |(_, heading)| heading.clone());
        let blocks = maker.blocks(one, &facts, &heading);
        if !blocks.is_empty() {
            let ids: Vec<&str> = if path.is_empty() { vec![""] } else { path.iter().map(|(id, _)| *id).collect() };
            let section = sections.at(&ids, |depth| {
                let (id, heading) = path.get(depth).map_or(("", ""), |(id, heading)| (*id, heading.as_str()));
                Section { id: Id::new(id).unwrap_or_default(), heading: Text::plain(heading), ..Section::default() }
            });
            merge(&mut section.blocks, blocks, &one.path, &mut pictures);
        }
    }
    material.sections = sections.into_list();
    Some(material)
}

/// Adds blocks to those of the section with a path; a region of a picture that is there already joins it.
fn merge<'c>(
    into: &mut Vec<Block>,
    blocks: Vec<Block>,
    path: &[&'c str],
    pictures: &mut BTreeMap<(Vec<&'c str>, String), usize>,
) {
    for block in blocks {
        let Block::Figure(mut figure) = block else {
            into.push(block);
            continue;
        };
        if figure.regions.is_empty() {
            into.push(Block::Figure(figure));
            continue;
        }
        let place = *pictures.entry((path.to_vec(), figure.source.clone())).or_insert(into.len());
        match into.get_mut(place) {
            Some(Block::Figure(there)) => there.regions.append(&mut figure.regions),
            _ => into.push(Block::Figure(figure)),
        }
    }
}

/// The id of the material and its tags, from the tags that all notes have: the tag of a note's section begins with the id.
fn names(notes: &[&Note], title: &str) -> Option<(String, Vec<String>)> {
    let first = |tag: &String| tag.split("::").next().unwrap_or_default().to_owned();
    let mut common: Option<BTreeSet<String>> = None;
    let mut whole: Option<BTreeSet<String>> = None;
    for note in notes {
        let firsts: BTreeSet<String> = note.tags.iter().map(first).collect();
        let tags: BTreeSet<String> = note.tags.iter().cloned().collect();
        common = Some(common.map_or(firsts.clone(), |common| common.intersection(&firsts).cloned().collect()));
        whole = Some(whole.map_or(tags.clone(), |whole| whole.intersection(&tags).cloned().collect()));
    }
    let common = common?;
    let tags = notes.iter().flat_map(|note| &note.tags);
    let above: BTreeSet<&str> = tags.filter_map(|tag| Some(tag.split_once("::")?.0)).collect();
    let nested = |name: &&String| above.contains(name.as_str());
    let titled = Id::from_key(title);
    let id =
        common.iter().find(nested).or_else(|| common.iter().find(|name| name.as_str() == titled.as_str()))?.clone();
    let own = |tag: &String| *tag != id && !tag.starts_with(&format!("{id}::"));
    Some((id.clone(), whole?.into_iter().filter(own).collect()))
}

/// The ids of the sections around a note with their headings. A heading that is the title stands in no context.
fn headed<'c>(path: &[&'c str], headings: &[&str], title: &str) -> Vec<(&'c str, String)> {
    let mut headings = headings.iter();
    let count = path.len();
    path.iter()
        .enumerate()
        .map(|(depth, id)| {
            let titled = headings.len() < count - depth && Id::from_key(title).as_str() == *id;
            let heading = if titled { Some(title) } else { headings.next().copied() };
            (*id, heading.unwrap_or(id).to_owned())
        })
        .collect()
}

fn plain_id(field: &str) -> &str {
    // Ids hold no sign that HTML has a use for.
    field.trim()
}

/// What is known of the things that notes are about.
#[derive(Default)]
struct Facts {
    terms: BTreeMap<String, Text>,
    meanings: BTreeMap<String, (Text, Vec<Block>)>,
    full_forms: BTreeMap<String, Text>,
}

/// The notes about each comparison, by its id, with the ids of the aspect and, of a cell, of the subject.
type Comparisons<'a, 'c> = BTreeMap<&'c str, Vec<(&'a Asked<'c>, &'c str, Option<&'c str>)>>;

fn comparisons<'a, 'c>(asked: &'a [Asked<'c>]) -> Comparisons<'a, 'c> {
    let mut comparisons = Comparisons::new();
    for one in asked {
        if let Some((id, aspect, subject)) = compared(one) {
            comparisons.entry(id).or_default().push((one, aspect, subject));
        }
    }
    comparisons
}

/// The ids of the comparison, the aspect and, where it asks for one cell, the subject that a note is about.
fn compared<'c>(one: &Asked<'c>) -> Option<(&'c str, &'c str, Option<&'c str>)> {
    let (rest, last) = one.about.rsplit_once('.')?;
    match one.kind {
        Kind::CompareRow => Some((rest, last, None)),
        Kind::CompareCell => rest.rsplit_once('.').map(|(id, aspect)| (id, aspect, Some(last))),
        _ => None,
    }
}

struct Maker<'a, 'c, 'n> {
    fields: &'a mut Fields<'n>,
    messages: Messages,
    asked: &'a [Asked<'c>],
    /// What has been made already.
    done: BTreeSet<String>,
    comparisons: Comparisons<'a, 'c>,
    /// What has each name as its term in the section with each path, in the order of the notes.
    members: BTreeMap<(&'a [&'c str], String), VecDeque<&'c str>>,
}

impl<'a, 'c> Maker<'a, 'c, '_> {
    fn facts(&mut self) -> Facts {
        let mut facts = Facts::default();
        for one in self.asked {
            let about = one.about.to_owned();
            let answer = || one.own(1).to_owned();
            match one.kind {
                Kind::Meaning => {
                    let details = self.fields.blocks(one.shared(0));
                    facts.meanings.insert(about.clone(), (self.fields.text(&answer()).0, details));
                }
                Kind::FullForm => drop(facts.full_forms.insert(about.clone(), self.fields.text(&answer()).0)),
                Kind::Term | Kind::Abbreviation | Kind::Member => {
                    facts.terms.insert(about.clone(), self.fields.text(&answer()).0);
                }
                _ => {}
            }
            if one.of == Type::Reversed {
                facts.terms.insert(about.clone(), self.fields.text(one.own(3)).0);
            }
        }
        // What only the question says.
        for one in self.asked.iter().filter(|one| matches!(one.kind, Kind::Meaning | Kind::FullForm)) {
            if facts.terms.contains_key(one.about) {
                continue;
            }
            let prompt = plain(one.own(0));
            let said = ["ask-meaning", "ask-meaning-of-kind", "ask-full-form"]
                .into_iter()
                .find_map(|message| self.said(message, &["term", "kind"], &prompt)?.into_iter().next());
            facts.terms.insert(one.about.to_owned(), Text::plain(said.unwrap_or_else(|| one.about.to_owned())));
        }
        facts
    }

    /// What a question says in the place of the arguments of its message, in their order here; an argument that the message
    /// has not got is empty.
    fn said(&self, message: &str, arguments: &[&str], question: &str) -> Option<Vec<String>> {
        let marks: Vec<Text> = (0..arguments.len())
            .map(|at| Text::plain(char::from_u32(0xE000 + at as u32).unwrap_or(' ').to_string()))
            .collect();
        let given: Vec<(&str, &Text)> = arguments.iter().copied().zip(&marks).collect();
        let pattern = plain_words(&self.messages.text(message, &given).to_plain());
        let mut found = vec![String::new(); arguments.len()];
        let mut rest = question;
        let mut open: Option<usize> = None;
        let mut parts = pattern.split_inclusive(|c: char| ('\u{E000}'..'\u{E010}').contains(&c)).peekable();
        while let Some(part) = parts.next() {
            let mark = part.chars().next_back().filter(|c| ('\u{E000}'..'\u{E010}').contains(c));
            let literal = mark.map_or(part, |mark| &part[..part.len() - mark.len_utf8()]);
            let at = match (open, mark) {
                // The last literal ends the question.
                (Some(_), None) if parts.peek().is_none() => rest.len().checked_sub(literal.len())?,
                (Some(_), _) if !literal.is_empty() => rest.find(literal)?,
                (Some(_), _) => rest.len(),
                (None, _) => 0,
            };
            let (words, after) = rest.split_at_checked(at)?;
            rest = after.strip_prefix(literal)?;
            if let Some(open) = open {
                found[open] = words.trim().to_owned();
            }
            open = mark.map(|mark| (u32::from(mark) - 0xE000) as usize);
        }
        if let Some(open) = open {
            found[open] = rest.trim().to_owned();
        } else if !rest.is_empty() {
            return None;
        }
        Some(found)
    }

    /// The blocks that a note is the first to be about.
    fn blocks(&mut self, one: &'a Asked<'c>, facts: &Facts, heading: &str) -> Vec<Block> {
        let id = Id::new(one.about).unwrap_or_else(|_| Id::from_key(one.about));
        match one.kind {
            Kind::Enumerate => self.terms(one, id, facts, heading),
            Kind::Meaning | Kind::Term | Kind::FullForm | Kind::Abbreviation | Kind::Member | Kind::Pick => {
                if !self.done.insert(one.about.to_owned()) {
                    return Vec::new();
                }
                let (meaning, details) = facts.meanings.get(one.about).cloned().unwrap_or_default();
                let term = facts.terms.get(one.about).cloned().unwrap_or_default();
                let full_form = facts.full_forms.get(one.about).cloned();
                vec![Block::Definition(Definition { id, term, full_form, meaning, details, span: Span::NONE })]
            }
            Kind::CompareCell | Kind::CompareRow => self.comparison(one),
            Kind::Gap => {
                let (text, more) = self.fields.text(one.own(0));
                let cloze = Cloze { id, text: with_gaps(&text, Writer::Anki), span: Span::NONE };
                std::iter::once(Block::Cloze(cloze)).chain(more).collect()
            }
            Kind::Question | Kind::Choice => vec![Block::Question(self.question(one, id))],
            Kind::Region => self.region(one, id).into_iter().collect(),
            // What comes next, which is right, true or false: asked of what other notes are about.
            _ => Vec::new(),
        }
    }

    fn terms(&mut self, one: &'a Asked<'c>, id: Id, facts: &Facts, heading: &str) -> Vec<Block> {
        let ordered = one.own(1).contains("<ol");
        let members: Vec<Text> = self
            .fields
            .blocks(one.own(1))
            .into_iter()
            .flat_map(|block| match block {
                Block::List(list) => list.items.into_iter().map(|item| item.text).collect(),
                _ => Vec::new(),
            })
            .collect();
        let prompt = plain(one.own(0));
        let message = if ordered { "ask-all-in-order" } else { "ask-all" };
        let kind = self.said(message, &["count", "kind"], &prompt).and_then(|said| said.into_iter().nth(1));
        let kind = kind.filter(|kind| !kind.is_empty() && kind != heading).map(Text::plain);
        let mut entries = Vec::new();
        for member in members {
            let words = member.to_plain();
            let mut near = self.members.get_mut(&(one.path.as_slice(), words));
            let near = std::iter::from_fn(|| near.as_mut()?.pop_front()).find(|about| !self.done.contains(*about));
            let Some(about) = near else {
                entries.push(Entry { term: member, ..Entry::default() });
                continue;
            };
            self.done.insert(about.to_owned());
            let (description, details) = facts.meanings.get(about).cloned().unwrap_or_default();
            let id = Id::new(about).unwrap_or_default();
            entries.push(Entry { id, term: member, description, details, span: Span::NONE });
        }
        vec![Block::Terms(Terms { id, kind, ordered, entries, span: Span::NONE })]
    }

    fn question(&mut self, one: &Asked<'_>, id: Id) -> Question {
        let (prompt, stem) = self.fields.text(one.own(0));
        let mut choices = Vec::new();
        let mut lettering = None;
        let mut answer = Text::default();
        let mut details = Vec::new();
        if one.of == Type::Choice {
            let right = attributes(one.own(1), "li", "class");
            let listed = self.fields.blocks(one.own(1)).into_iter().find_map(|block| match block {
                Block::List(list) => Some(list),
                _ => None,
            });
            let listed = listed.unwrap_or_default();
            lettering = Some(listed.marker).filter(|marker| !marker.is_default());
            for (item, class) in listed.items.into_iter().zip(right) {
                choices.push(Choice { text: item.text, correct: class == "right", ..Choice::default() });
            }
            answer = self.fields.text(one.own(2)).0;
        } else {
            let (words, more) = self.fields.text(one.own(1));
            answer.append(words);
            details.extend(more);
        }
        details.extend(self.fields.blocks(one.shared(0)));
        let hint = Some(self.fields.text(one.shared(1)).0).filter(|hint| !hint.is_blank());
        Question {
            id,
            prompt,
            stem,
            answer,
            details,
            choices,
            lettering,
            hint,
            span: Span::NONE,
            ..Question::default()
        }
    }

    /// The whole comparison that a cell or a row belongs to, from all notes about it.
    fn comparison(&mut self, one: &Asked<'_>) -> Vec<Block> {
        let Some((id, ..)) = compared(one) else { return Vec::new() };
        let Some(about) = self.comparisons.remove(id) else { return Vec::new() };
        let mut subjects: Vec<Text> = Vec::new();
        let mut subject_ids: Vec<&str> = Vec::new();
        let mut known_subjects = BTreeSet::new();
        let mut known_aspects = BTreeSet::new();
        let mut aspects: Vec<Aspect> = Vec::new();
        for (asked, aspect, subject) in about {
            subject_ids.extend(subject.filter(|subject| known_subjects.insert(*subject)));
            if !known_aspects.insert(aspect) {
                continue;
            }
            let rows = self.fields.blocks(asked.own(3)).into_iter().find_map(|block| match block {
                Block::Table(table) => Some(table.rows),
                _ => None,
            });
            let rows = rows.unwrap_or_default();
            let pick = |at: usize| rows.iter().map(|row| row.cells.get(at).cloned().unwrap_or_default()).collect();
            if subjects.is_empty() {
                subjects = pick(0);
            }
            let question = plain(asked.own(0));
            let (message, arguments) = match asked.kind {
                Kind::CompareRow => ("ask-row", ["subjects", "aspect"]),
                _ => ("ask-cell", ["subject", "aspect"]),
            };
            let name = self.said(message, &arguments, &question).and_then(|said| said.into_iter().nth(1));
            let name = Text::plain(name.unwrap_or_else(|| aspect.to_owned()));
            aspects.push(Aspect { id: Id::new(aspect).unwrap_or_default(), name, cells: pick(1), span: Span::NONE });
        }
        let derived = |name: &Text| Id::from_key(&name.to_plain());
        let keys: Vec<Id> = subjects.iter().map(derived).collect();
        let own: BTreeSet<&str> = keys.iter().map(Id::as_str).collect();
        let mut other = subject_ids.into_iter().filter(|id| !own.contains(id));
        let subjects = subjects.into_iter().zip(&keys).map(|(name, key)| {
            let known = known_subjects.contains(key.as_str());
            let id = if known { None } else { other.next().and_then(|id| Id::new(id).ok()) };
            let id = id.unwrap_or_else(|| key.clone());
            Subject { id, name, span: Span::NONE }
        });
        let id = Id::new(id).unwrap_or_default();
        vec![Block::Comparison(Comparison {
            id,
            corner: Text::default(),
            subjects: subjects.collect(),
            aspects,
            span: Span::NONE,
        })]
    }

    /// A picture with the region that a note asks for.
    fn region(&mut self, one: &Asked<'_>, id: Id) -> Option<Block> {
        let name = self.fields.text(one.own(2)).0;
        let html = one.own(1);
        let source = self.fields.blocks(html).into_iter().find_map(|block| match block {
            Block::Figure(figure) => Some(figure.source),
            _ => None,
        })?;
        let asked = attributes(html, "span", "class").iter().position(|class| class.contains("this"))?;
        let style = attributes(html, "span", "style").into_iter().nth(asked)?;
        let side = |name: &str| {
            let value = style.split(';').find_map(|part| part.trim().strip_prefix(name)?.trim().strip_prefix(':'))?;
            let percent: f64 = value.trim().trim_end_matches('%').parse().ok()?;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a percentage, checked below")]
            (0.0..=100.0).contains(&percent).then(|| (percent * 100.0).round() as u16)
        };
        let at = Rectangle::new(side("left")?, side("top")?, side("width")?, side("height")?)?;
        let alt = self.said("ask-region", &["picture"], &plain(one.own(0)));
        let alt = alt.and_then(|said| said.into_iter().next()).unwrap_or_default();
        let regions = vec![Region { id, name, at }];
        Some(Block::Figure(Figure { source, alt, caption: None, regions, span: Span::NONE }))
    }
}

/// Words with one space between them, as [`plain`] gives those of a field.
fn plain_words(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
