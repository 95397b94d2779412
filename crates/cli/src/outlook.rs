//! What a plan foresees, told to a person or to a program.

use std::io::{self, Write};

use patra_anki::{ChangeKind, DeckPlan, Edits, Effect, NotePlan, Outcome, Plan, Schema};
use serde_json::{Value, json};

/// How many notes of a group are named to a person; a program gets all.
const NAMED: usize = 20;

/// What is foreseen of the deck of one source.
#[derive(Debug)]
pub(crate) struct Outlook {
    /// What its source is called.
    pub(crate) name: String,
    pub(crate) material: String,
    pub(crate) language: String,
    /// Whether there is a lock of an earlier build.
    pub(crate) has_lock: bool,
    pub(crate) plan: Plan,
}

/// Tells a person.
pub(crate) fn tell(out: &mut impl Write, outlooks: &[Outlook]) -> io::Result<()> {
    for (index, outlook) in outlooks.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        let Outlook { name, plan, has_lock, .. } = outlook;
        let first = !has_lock && plan.notes.iter().all(|note| note.change == ChangeKind::New);
        let since = if first { ", a first deck: there is no lock of an earlier build" } else { "" };
        writeln!(out, "{name}: `{}`, {}{since}", plan.deck, count(plan.notes.len(), "note"))?;
        tell_changes(out, plan)?;
        if plan.notes.iter().any(|note| note.effect.is_some()) {
            tell_effects(out, plan)?;
        }
    }
    Ok(())
}

fn tell_changes(out: &mut impl Write, plan: &Plan) -> io::Result<()> {
    for (kind, title) in [
        (ChangeKind::New, "new since the last build"),
        (ChangeKind::Updated, "updated since the last build"),
        (ChangeKind::Unchanged, "unchanged since the last build"),
        (ChangeKind::Retired, "retired: no longer asked, and marked with the tag patra::retired"),
    ] {
        group(out, plan, title, kind != ChangeKind::Unchanged, |note| (note.change == kind).then(String::new))?;
    }
    Ok(())
}

/// What becomes of the learner's notes.
fn tell_effects(out: &mut impl Write, plan: &Plan) -> io::Result<()> {
    writeln!(out, "\n  In the collection:")?;
    type Tells = fn(&Effect) -> Option<String>;
    let outcomes: [(&str, bool, Tells); 4] = [
        ("will be added", false, |effect| (effect.outcome == Outcome::New).then(String::new)),
        ("will be updated", false, |effect| (effect.outcome == Outcome::Updated).then(String::new)),
        ("stay as they are", false, |effect| (effect.outcome == Outcome::Unchanged).then(String::new)),
        ("conflict: the learner has them under another note type, and nothing of them is taken", true, |effect| {
            (effect.outcome == Outcome::Conflicting).then(String::new)
        }),
    ];
    let risks: [(&str, bool, Tells); 7] = [
        ("lose what the learner wrote into them", true, |effect| {
            (effect.outcome == Outcome::Updated && effect.edits == Edits::Edited).then(String::new)
        }),
        ("may lose what the learner wrote: it can't be told who changed them", true, |effect| {
            (effect.outcome == Outcome::Updated && effect.edits == Edits::Unknown).then(String::new)
        }),
        ("lose tags of the learner's own", true, |effect| {
            (!effect.lost_tags.is_empty()).then(|| effect.lost_tags.join(" "))
        }),
        ("come back, though the learner seems to have deleted them", true, |effect| effect.returns.then(String::new)),
        ("get cards that are new", false, |effect| {
            (effect.outcome != Outcome::New && !effect.new_cards.is_empty()).then(String::new)
        }),
        ("are left with cards that show nothing; Tools → Empty Cards takes them away", true, |effect| {
            (!effect.empty_cards.is_empty()).then(|| {
                let numbers: Vec<String> = effect.empty_cards.iter().map(|ord| (ord + 1).to_string()).collect();
                format!("card {}", numbers.join(", "))
            })
        }),
        ("do not get what changed: the learner's are as new or newer", true, |effect| {
            (effect.held_back && effect.outcome == Outcome::Unchanged).then(String::new)
        }),
    ];
    for (title, named, tells) in outcomes.into_iter().chain(risks) {
        group(out, plan, title, named, |note| note.effect.as_ref().and_then(tells))?;
    }
    for note_type in &plan.note_types {
        let told = match note_type.schema {
            Schema::Updated => "gets newer templates and style, which replace what the learner changed in them",
            Schema::Copied => "was given other fields or templates by the learner: Anki adds a copy of the deck's",
            Schema::CopiedBefore => "was given other fields or templates by the learner, and has a copy from before",
            _ => continue,
        };
        writeln!(out, "  the note type `{}` {told}", note_type.note_type)?;
    }
    for DeckPlan { name, exists, elsewhere, new_cards, .. } in &plan.decks {
        if *exists == Some(false) {
            let cards = count(new_cards.unwrap_or_default(), "card");
            writeln!(out, "  the deck `{name}` is not there and will be made, with {cards}")?;
        }
        for (other, cards) in elsewhere {
            writeln!(out, "  {} of `{name}` stay in `{other}`", count(*cards, "card"))?;
        }
    }
    Ok(())
}

/// A line that counts the notes of a group, and a line for each of the first of them.
fn group(
    out: &mut impl Write,
    plan: &Plan,
    title: &str,
    named: bool,
    tells: impl Fn(&NotePlan) -> Option<String>,
) -> io::Result<()> {
    let notes: Vec<(&NotePlan, String)> =
        plan.notes.iter().filter_map(|note| tells(note).map(|more| (note, more))).collect();
    if notes.is_empty() {
        return Ok(());
    }
    writeln!(out, "  {} {title}", notes.len())?;
    if named {
        for (note, more) in notes.iter().take(NAMED) {
            let more = if more.is_empty() { String::new() } else { format!(" ({more})") };
            writeln!(out, "      {}: {}{more}", note.item, note.question)?;
        }
        if notes.len() > NAMED {
            writeln!(out, "      … and {} more; --json names all", notes.len() - NAMED)?;
        }
    }
    Ok(())
}

fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
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
    json!({ "source": outlook.name, "material": outlook.material, "language": outlook.language, "deck": plan.deck,
        "has_lock": outlook.has_lock, "notes": notes, "decks": decks, "note_types": note_types })
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
