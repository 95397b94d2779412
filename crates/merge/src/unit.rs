//! Changes of single fields, as values of the model.

use std::collections::BTreeMap;

use patra_core::{Date, Material, Phrase, Text, phrase};
use patra_markdown::edit::{Change, Document, FrontMatterValue, with_gap, with_words};
use patra_sheets::SheetName;

use crate::compare::Wanted;
use crate::field::{FieldId, Site, Slot, walk};

/// A field with what it held and what it is to hold.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    pub(crate) field: FieldId,
    pub(crate) site: Site,
    pub(crate) value: Value,
    /// The cells that ask for it, by their places among the changes wanted.
    pub(crate) wanted: Vec<usize>,
}

/// What a field held, and is to hold.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Text(Text, Text),
    Optional(Option<Text>, Option<Text>),
    Words(String, String),
    OptionalWords(Option<String>),
    List(Vec<String>),
    Day(Option<Date>),
    Truth(bool),
}

/// Between the entries of a list in one cell.
const LIST_SEPARATOR: &str = "; ";

/// What the changes mean for the model.
///
/// # Errors
/// For a change that no value can hold: its place among those wanted, and why.
pub(crate) fn units(material: &Material, wanted: &[Wanted]) -> (Vec<Unit>, Vec<(usize, Phrase)>) {
    let mut by_field: BTreeMap<&FieldId, Vec<usize>> = BTreeMap::new();
    wanted.iter().enumerate().for_each(|(index, change)| by_field.entry(&change.field).or_default().push(index));
    let mut faults = Vec::new();
    for indices in by_field.values() {
        let first = &wanted[indices[0]];
        for &other in &indices[1..] {
            if wanted[other].is != first.is {
                let why = phrase!(
                    "{$cell} says `{$first}`, but this one says `{$other}` of the same thing",
                    cell = first.cell,
                    first = first.is,
                    other = wanted[other].is
                );
                faults.push((other, why));
            }
        }
    }
    let mut units: Vec<Unit> = Vec::new();
    let mut found: BTreeMap<FieldId, ()> = BTreeMap::new();
    // Of the sentence whose gaps are visited: what it held before them, and which changes it takes.
    let mut sentence: (Option<Text>, Vec<usize>) = (None, Vec::new());
    // What its gaps are to say: the change, the gap, whether it is the hint.
    let mut gaps: Vec<(usize, usize, bool)> = Vec::new();
    let mut copy = material.clone();
    walk(&mut copy, &mut |field, slot, site| {
        let indices = by_field.get(field);
        if indices.is_some() {
            found.insert(field.clone(), ());
        }
        let is = indices.map(|indices| wanted[indices[0]].is.as_str());
        let mut add = |value, wanted: Vec<usize>| units.push(Unit { field: field.clone(), site, value, wanted });
        match slot {
            Slot::Gap(text, index) | Slot::GapHint(text, index) => {
                let (Some(is), Some(indices)) = (is, indices) else { return };
                sentence.0.get_or_insert_with(|| text.clone());
                sentence.1.extend(indices);
                let hint = field.column == "hint";
                gaps.push((indices[0], index, hint));
                *text = with_gap(text, index, &mut |gap| {
                    if hint {
                        gap.hint = Some(is.to_owned()).filter(|hint| !hint.is_empty());
                    } else {
                        gap.text = with_words(&gap.text, is);
                    }
                });
            }
            Slot::Text(text) => {
                let (before, mut asked) = std::mem::take(&mut sentence);
                asked.extend(indices.into_iter().flatten());
                let old = before.unwrap_or_else(|| text.clone());
                if let Some(is) = is {
                    *text = with_words(text, is);
                }
                // The sentence may have been changed too, and say otherwise.
                let said = text.gaps();
                for (change, index, hint) in std::mem::take(&mut gaps) {
                    let gap = said.get(index).map(|(_, gap)| *gap);
                    let says =
                        gap.map(|gap| if hint { gap.hint.clone().unwrap_or_default() } else { gap.text.to_plain() });
                    if says.as_ref() != Some(&wanted[change].is) {
                        faults.push((change, phrase!("the cell of its sentence says otherwise")));
                    }
                }
                if !asked.is_empty() {
                    add(Value::Text(old, text.clone()), asked);
                }
            }
            Slot::Optional(text) => {
                let (Some(is), Some(indices)) = (is, indices) else { return };
                let old = text.clone();
                let words = text.clone().unwrap_or_default();
                let new = Some(with_words(&words, is)).filter(|text| !text.is_empty());
                add(Value::Optional(old, new), indices.clone());
            }
            Slot::Words(words) => {
                let (Some(is), Some(indices)) = (is, indices) else { return };
                add(Value::Words(words.clone(), is.to_owned()), indices.clone());
            }
            Slot::OptionalWords(_) => {
                let (Some(is), Some(indices)) = (is, indices) else { return };
                add(Value::OptionalWords(Some(is.to_owned()).filter(|words| !words.is_empty())), indices.clone());
            }
            Slot::List(_) => {
                let (Some(is), Some(indices)) = (is, indices) else { return };
                let names = is.split(LIST_SEPARATOR).map(str::trim).filter(|name| !name.is_empty());
                add(Value::List(names.map(str::to_owned).collect()), indices.clone());
            }
            Slot::Day(_) => {
                let (Some(is), Some(indices)) = (is, indices) else { return };
                add(Value::Day(is.parse().ok()), indices.clone());
            }
            Slot::Truth(_) => {
                let (Some(is), Some(indices)) = (is, indices) else { return };
                if is.is_empty() {
                    faults.push((indices[0], phrase!("it is neither true nor false")));
                } else {
                    add(Value::Truth(is == "true"), indices.clone());
                }
            }
        }
    });
    for (field, indices) in &by_field {
        if !found.contains_key(*field) {
            let why = if field.sheet == SheetName::Blocks {
                phrase!("nothing of the kind stands there, or it has a sheet of its own")
            } else {
                phrase!("the source has no place for it")
            };
            faults.push((indices[0], why));
        }
    }
    (units, faults)
}

/// The material with changes made.
pub(crate) fn apply<'u>(material: &Material, units: impl IntoIterator<Item = &'u Unit>) -> Material {
    let by_field: BTreeMap<&FieldId, &Value> = units.into_iter().map(|unit| (&unit.field, &unit.value)).collect();
    let mut changed = material.clone();
    if by_field.is_empty() {
        return changed;
    }
    walk(&mut changed, &mut |field, slot, _| {
        let Some(value) = by_field.get(field) else { return };
        match (slot, value) {
            (Slot::Text(text), Value::Text(_, new)) => text.clone_from(new),
            (Slot::Optional(text), Value::Optional(_, new)) => text.clone_from(new),
            (Slot::Words(words), Value::Words(_, new)) => words.clone_from(new),
            (Slot::OptionalWords(words), Value::OptionalWords(new)) => words.clone_from(new),
            (Slot::List(names), Value::List(new)) => names.clone_from(new),
            (Slot::Day(day), Value::Day(new)) => *day = *new,
            (Slot::Truth(truth), Value::Truth(new)) => *truth = *new,
            _ => {}
        }
    });
    changed
}

/// The change of the source that gives a field its new value.
pub(crate) fn change(unit: &Unit, document: &Document) -> Change {
    let one = |words: &Option<String>| words.clone().map_or(FrontMatterValue::Absent, FrontMatterValue::One);
    match (unit.site, &unit.value) {
        (Site::Text(place), Value::Text(_, new)) => document.set_text(place, new),
        (Site::Text(place), Value::Optional(_, new)) => document.set_text(place, &new.clone().unwrap_or_default()),
        (Site::Text(place), Value::Words(_, new)) => document.set_text(place, &Text::plain(new.as_str())),
        (Site::FrontMatter(key), Value::OptionalWords(new)) => document.set_front_matter(key, &one(new)),
        (Site::FrontMatter(key), Value::List(new)) => {
            document.set_front_matter(key, &FrontMatterValue::Many(new.clone()))
        }
        (Site::FrontMatter(key), Value::Day(new)) => {
            let value = new.map_or(FrontMatterValue::Absent, |day| FrontMatterValue::Bare(day.to_string()));
            document.set_front_matter(key, &value)
        }
        (Site::Tick(choice), Value::Truth(truth)) => document.set_correct(choice, *truth),
        _ => Change::default(),
    }
}
