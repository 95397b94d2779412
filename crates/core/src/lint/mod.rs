//! Advice on what a learner is asked: cards that are too long, too alike, or give themselves away.

mod alike;
mod gap;
mod key;
#[cfg(test)]
mod tests;
mod unexplained;

use std::collections::{HashMap, HashSet};

use crate::practice::stems;
use crate::word::{fold, words};
use crate::{
    Answer, Block, Code, Diagnostic, Entry, Id, Item, Kind, Language, Material, Phrase, Places, Practice, Span, Text,
    phrase,
};

/// The longest list that can be recalled at once (Miller 1956: seven, give or take two).
const LONGEST_LIST: usize = 7;

/// The most words of an answer that can be recalled at once. Dravidian languages join into one word what others say in two.
fn longest_answer(language: &Language) -> usize {
    match language.primary() {
        "ta" | "te" | "kn" | "ml" => 25,
        _ => 40,
    }
}

/// A term with what is said of it.
struct Learnt<'a> {
    id: &'a Id,
    term: &'a Text,
    /// The [words](fold) of what is said of it.
    meaning: String,
}

impl Material {
    /// Advice on what a learner is asked, in the order of the source: warnings of the codes P0050 to P0058 and P0210, without those
    /// that the author [allows](crate::PracticeSettings::allow).
    ///
    /// The time is linear in the size of the material but for sorting.
    #[must_use]
    pub fn advice(&self) -> Vec<Diagnostic> {
        let practice = Practice::of(self);
        let mut lint = Lint { material: self, places: Places::of(self), found: Vec::new() };
        let learnt = learnt(self);
        lint.lists();
        lint.items(practice.items());
        lint.reversals(&learnt);
        alike::terms(&mut lint, &learnt);
        alike::meanings(&mut lint, &learnt);
        gap::weak(&mut lint);
        unexplained::abbreviations(&mut lint, &learnt);
        key::telling(&mut lint);
        lint.never_asked(practice.items());
        lint.found.sort_by_key(|advice| (advice.span.start(), advice.code));
        lint.found
    }
}

struct Lint<'a> {
    material: &'a Material,
    places: Places,
    found: Vec<Diagnostic>,
}

impl Lint<'_> {
    /// Reports advice about the thing with an id, unless the author allows it.
    fn advise(&mut self, code: Code, about: &Id, message: Phrase, hint: impl Into<Phrase>) {
        self.advise_at(code, about, self.places.span(about), message, hint);
    }

    /// Reports advice about something at a place within the thing with an id, unless the author allows it there.
    fn advise_at(&mut self, code: Code, within: &Id, span: Span, message: Phrase, hint: impl Into<Phrase>) {
        if !self.material.practice.allows(code, self.places.around(within)) {
            self.found.push(Diagnostic::new(code, span, message).with_hint(hint));
        }
    }

    fn lists(&mut self) {
        let mut long = Vec::new();
        self.material.walk_blocks(&mut |block, _| {
            if let Block::Terms(terms) = block
                && terms.entries.len() > LONGEST_LIST
            {
                long.push((&terms.id, terms.entries.len()));
            }
        });
        for (id, count) in long {
            let message = phrase!(
                "the list has {$count} things; more than {$limit} can't be recalled at once",
                count,
                limit = LONGEST_LIST
            );
            self.advise(Code::LongList, id, message, "part it in two lists, each of one kind");
        }
    }

    fn items(&mut self, items: &[Item]) {
        let longest = longest_answer(&self.material.language);
        for item in items {
            if let Answer::Text(answer) = &item.answer {
                let count = words(&answer.plain_words()).count();
                if count > longest {
                    let message = phrase!(
                        "the answer to `{$id}` has {$count} words; more than {$longest} can't be recalled at once",
                        id = item.id,
                        count,
                        longest
                    );
                    self.advise(
                        Code::LongAnswer,
                        &item.about,
                        message,
                        "shorten it, or move a part into a paragraph of its own",
                    );
                }
            }
            if gives_itself_away(item) {
                let message = phrase!("the answer to `{$id}` stands in its question", id = item.id);
                self.advise(Code::AnswerInQuestion, &item.about, message, "reword the question or the answer");
            }
        }
    }

    fn reversals(&mut self, learnt: &[Learnt<'_>]) {
        let mut by_meaning: HashMap<&str, &Learnt<'_>> = HashMap::new();
        for this in learnt.iter().filter(|this| !this.meaning.is_empty()) {
            if let Some(other) = by_meaning.get(this.meaning.as_str()) {
                let message = phrase!(
                    "`{$term}` and `{$other}` have one meaning, so it can't be asked which is meant",
                    term = other.term.to_plain(),
                    other = this.term.to_plain()
                );
                self.advise(Code::TwoAnswers, this.id, message, "say in each what the other is not");
            } else {
                by_meaning.insert(&this.meaning, this);
            }
        }
    }

    fn never_asked(&mut self, items: &[Item]) {
        let asked: HashSet<&Id> = items.iter().map(|item| &item.about).collect();
        let mut silent: Vec<(Id, String)> = Vec::new();
        let mut look = |id: &Id, name: &Text| {
            if !asked.contains(id) {
                silent.push((id.clone(), name.to_plain()));
            }
        };
        self.material.walk_blocks(&mut |block, _| match block {
            Block::Definition(b) => look(&b.id, &b.term),
            Block::Terms(b) => b.entries.iter().for_each(|entry| look(&entry.id, &entry.term)),
            Block::Question(b) => look(&b.id, &b.prompt),
            Block::Cloze(b) => look(&b.id, &b.text),
            Block::Comparison(b) => {
                for aspect in &b.aspects {
                    let cells = b.subjects.iter().map(|subject| b.cell_id(aspect, subject));
                    if !asked.contains(&b.row_id(aspect)) && !cells.into_iter().any(|id| asked.contains(&id)) {
                        look(&b.row_id(aspect), &aspect.name);
                    }
                }
            }
            _ => {}
        });
        for (id, name) in silent {
            // Whoever wrote that nothing is to be asked of it knows.
            if self.material.practice.silences(self.places.around(&id)) {
                continue;
            }
            let message = phrase!("`{$name}` is never asked", name);
            self.advise(Code::NeverAsked, &id, message, "write what it means, or allow this if it needs no question");
        }
    }
}

/// Whether the whole answer stands in the question, by the stems of its words. A list's answer that shows a neighbour and
/// a gap's sentence do so by design; a choice shows every answer.
fn gives_itself_away(item: &Item) -> bool {
    let (Answer::Text(answer), false) = (&item.answer, matches!(item.kind, Kind::Gap | Kind::Member)) else {
        return false;
    };
    let (answer, prompt) = (answer.plain_words(), item.prompt.plain_words());
    // Inflection can make a word longer, not twice as long; and a stem begins its word. Both are told at a glance.
    if answer.len() > 2 * prompt.len() {
        return false;
    }
    let answer = stems(&answer);
    let Some(first) = answer.first() else { return false };
    if !prompt.to_lowercase().contains(first.as_str()) {
        return false;
    }
    stems(&prompt).windows(answer.len()).any(|words| words == answer)
}

fn learnt(material: &Material) -> Vec<Learnt<'_>> {
    let mut learnt = Vec::new();
    material.walk_blocks(&mut |block, _| match block {
        Block::Definition(b) => learnt.push(Learnt { id: &b.id, term: &b.term, meaning: fold(&b.meaning) }),
        Block::Terms(b) => {
            learnt.extend(b.entries.iter().map(|Entry { id, term, description, .. }| Learnt {
                id,
                term,
                meaning: fold(description),
            }));
        }
        _ => {}
    });
    learnt
}
