//! What a plan foresees, told to a person or to a program.

use std::io::{self, Write};

use patra_anki::{ChangeKind, DeckPlan, Edits, Effect, NotePlan, Outcome, Plan, Schema};
use patra_core::{Phrase, phrase};
use serde_json::{Value, json};

use crate::report::Voice;

/// How many notes of a group are named to a person; a program gets all.
const NAMED: usize = 20;

/// What is foreseen of the deck of one source.
#[derive(Debug)]
pub(crate) struct Outlook {
    /// The name of its source.
    pub(crate) name: String,
    pub(crate) material: String,
    pub(crate) language: String,
    /// Whether there is a lock of an earlier build.
    pub(crate) has_lock: bool,
    pub(crate) plan: Plan,
}

/// Tells a person.
pub(crate) fn tell(out: &mut impl Write, outlooks: &[Outlook], voice: Voice) -> io::Result<()> {
    for (index, outlook) in outlooks.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        let Outlook { name, plan, has_lock, .. } = outlook;
        let first = !has_lock && plan.notes.iter().all(|note| note.change == ChangeKind::New);
        let since =
            if first { phrase!(", a first deck: there is no lock of an earlier build") } else { Phrase::default() };
        let notes = phrase!("1 note" | "{$count} notes", count = plan.notes.len());
        writeln!(out, "{name}: `{}`, {}{}", plan.deck, voice.say(&notes), voice.say(&since))?;
        tell_changes(out, plan, voice)?;
        if plan.notes.iter().any(|note| note.effect.is_some()) {
            tell_effects(out, plan, voice)?;
        }
    }
    Ok(())
}

fn tell_changes(out: &mut impl Write, plan: &Plan, voice: Voice) -> io::Result<()> {
    for (kind, title) in [
        (ChangeKind::New, phrase!("new since the last build")),
        (ChangeKind::Updated, phrase!("updated since the last build")),
        (ChangeKind::Unchanged, phrase!("unchanged since the last build")),
        (ChangeKind::Retired, phrase!("retired: no longer asked, and marked with the tag patra::retired")),
    ] {
        group(out, plan, voice, &title, kind != ChangeKind::Unchanged, |note| {
            (note.change == kind).then(Phrase::default)
        })?;
    }
    Ok(())
}

/// What becomes of the learner's notes.
fn tell_effects(out: &mut impl Write, plan: &Plan, voice: Voice) -> io::Result<()> {
    writeln!(out, "\n  {}", voice.say(&phrase!("In the collection:")))?;
    type Tells = fn(&Effect) -> Option<Phrase>;
    let outcomes: [(Phrase, bool, Tells); 4] = [
        (phrase!("will be added"), false, |effect| (effect.outcome == Outcome::New).then(Phrase::default)),
        (phrase!("will be updated"), false, |effect| (effect.outcome == Outcome::Updated).then(Phrase::default)),
        (phrase!("stay as they are"), false, |effect| (effect.outcome == Outcome::Unchanged).then(Phrase::default)),
        (
            phrase!("conflict: the learner has them under another note type, and nothing of them is taken"),
            true,
            |effect| (effect.outcome == Outcome::Conflicting).then(Phrase::default),
        ),
    ];
    let risks: [(Phrase, bool, Tells); 8] = [
        (phrase!("lose what the learner wrote into them"), true, |effect| {
            (effect.outcome == Outcome::Updated && effect.edits == Edits::Edited).then(Phrase::default)
        }),
        (phrase!("may lose what the learner wrote: it can't be told who changed them"), true, |effect| {
            (effect.outcome == Outcome::Updated && effect.edits == Edits::Unknown).then(Phrase::default)
        }),
        (phrase!("lose tags of the learner's own"), true, |effect| {
            (!effect.lost_tags.is_empty()).then(|| Phrase::verbatim(effect.lost_tags.join(" ")))
        }),
        (phrase!("come back, though the learner seems to have deleted them"), true, |effect| {
            effect.returns.then(Phrase::default)
        }),
        (phrase!("get cards that are new"), false, |effect| {
            (effect.outcome != Outcome::New && !effect.new_cards.is_empty()).then(Phrase::default)
        }),
        (phrase!("are left with cards that show nothing; Tools → Empty Cards takes them away"), true, |effect| {
            (!effect.empty_cards.is_empty()).then(|| {
                let numbers: Vec<String> = effect.empty_cards.iter().map(|ord| (ord + 1).to_string()).collect();
                phrase!("card {$numbers}", numbers = numbers.join(", "))
            })
        }),
        (phrase!("do not get what changed: the learner's are as new or newer"), true, |effect| {
            (effect.held_back && effect.outcome == Outcome::Unchanged).then(Phrase::default)
        }),
        // The lock doesn't say which words a learner's edit began from, so a correction of an earlier build may be missing too.
        (
            phrase!("keep the learner's words, and miss what was corrected in them since their last import"),
            true,
            |effect| {
                let keeps = effect.outcome == Outcome::Unchanged && !effect.held_back;
                (keeps && effect.edits != Edits::None).then(Phrase::default)
            },
        ),
    ];
    for (title, named, tells) in outcomes.into_iter().chain(risks) {
        group(out, plan, voice, &title, named, |note| note.effect.as_ref().and_then(tells))?;
    }
    for note_type in &plan.note_types {
        let name = &note_type.note_type;
        let told = match note_type.schema {
            Schema::Updated => phrase!(
                "the note type `{$name}` gets newer templates and style, which replace what the learner changed in them",
                name
            ),
            Schema::Copied => phrase!(
                "the note type `{$name}` was given other fields or templates by the learner: Anki adds a copy of the deck's",
                name
            ),
            Schema::CopiedBefore => phrase!(
                "the note type `{$name}` was given other fields or templates by the learner, and has a copy from before",
                name
            ),
            _ => continue,
        };
        writeln!(out, "  {}", voice.say(&told))?;
    }
    for DeckPlan { name, exists, elsewhere, new_cards, .. } in &plan.decks {
        if *exists == Some(false) {
            let cards = cards(new_cards.unwrap_or_default());
            let told = phrase!("the deck `{$name}` is not there and will be made, with {$cards}", name, cards);
            writeln!(out, "  {}", voice.say(&told))?;
        }
        for (other, cards) in elsewhere {
            let told = phrase!("{$cards} of `{$name}` stay in `{$other}`", cards = self::cards(*cards), name, other);
            writeln!(out, "  {}", voice.say(&told))?;
        }
    }
    Ok(())
}

/// A line that counts the notes of a group, and a line for each of the first of them.
fn group(
    out: &mut impl Write,
    plan: &Plan,
    voice: Voice,
    title: &Phrase,
    named: bool,
    tells: impl Fn(&NotePlan) -> Option<Phrase>,
) -> io::Result<()> {
    let notes: Vec<(&NotePlan, Phrase)> =
        plan.notes.iter().filter_map(|note| tells(note).map(|more| (note, more))).collect();
    if notes.is_empty() {
        return Ok(());
    }
    writeln!(out, "  {} {}", notes.len(), voice.say(title))?;
    if named {
        for (note, more) in notes.iter().take(NAMED) {
            let more = if more.is_empty() { String::new() } else { format!(" ({})", voice.say(more)) };
            writeln!(out, "      {}: {}{more}", note.item, note.question)?;
        }
        if notes.len() > NAMED {
            let more = phrase!("… and {$count} more; --json names all", count = notes.len() - NAMED);
            writeln!(out, "      {}", voice.say(&more))?;
        }
    }
    Ok(())
}

fn cards(count: usize) -> Phrase {
    phrase!("1 card" | "{$count} cards", count)
}

/// Tells a program: an array with an object for each source.
pub(crate) fn json(out: &mut impl Write, outlooks: &[Outlook]) -> io::Result<()> {
    let value: Value = outlooks.iter().map(value).collect();
    serde_json::to_writer_pretty(&mut *out, &value)?;
    writeln!(out)
}

fn value(outlook: &Outlook) -> Value {
    let plan = &outlook.plan;
    let notes: Value = plan.notes.iter().map(note_value).collect();
    let decks = plan.decks.iter().map(|deck| {
        let elsewhere: Value =
            deck.elsewhere.iter().map(|(deck, cards)| json!({ "deck": deck, "cards": cards })).collect();
        json!({ "name": deck.name, "notes": deck.notes, "new_cards": deck.new_cards, "exists": deck.exists,
            "elsewhere": elsewhere })
    });
    let decks: Value = decks.collect();
    let note_types = plan.note_types.iter().map(|plan| {
        let schema = plan.schema.as_str();
        json!({ "note_type": plan.note_type, "schema": schema })
    });
    let note_types: Value = note_types.collect();
    let renames =
        plan.renames.iter().map(|rename| json!({ "old": rename.old.to_string(), "new": rename.new.to_string() }));
    let renames: Value = renames.collect();
    json!({ "source": outlook.name, "material": outlook.material, "language": outlook.language, "deck": plan.deck,
        "has_lock": outlook.has_lock, "notes": notes, "decks": decks, "note_types": note_types,
        "renames": renames })
}

fn note_value(note: &NotePlan) -> Value {
    let change = note.change.as_str();
    let mut value = json!({ "item": note.item.to_string(), "note_type": note.note_type, "guid": note.guid,
        "question": note.question, "change": change });
    if let (Some(effect), Some(value)) = (&note.effect, value.as_object_mut()) {
        let outcome = effect.outcome.as_str();
        let edits = effect.edits.as_str();
        value.insert("outcome".into(), outcome.into());
        value.insert("edits".into(), edits.into());
        value.insert("lost_tags".into(), effect.lost_tags.clone().into());
        value.insert("returns".into(), effect.returns.into());
        value.insert("held_back".into(), effect.held_back.into());
        value.insert("new_cards".into(), effect.new_cards.clone().into());
        value.insert("empty_cards".into(), effect.empty_cards.clone().into());
    }
    value
}
