//! What holds of the practice items and worksheets of any material.

use std::collections::BTreeSet;

use patra_core::arbitrary::material;
use patra_core::{
    Answer, Block, Exercise, Id, Kind, Material, Practice, Run, Severity, Spelled, Text, Worksheet, WorksheetOptions,
};
use proptest::prelude::*;
use serde_json::Value;
use unicode_segmentation::UnicodeSegmentation;

/// A material changed in its stored form, with all ids derived anew.
fn changed(material: &Material, change: &dyn Fn(&str, &mut Value)) -> Material {
    fn walk(value: &mut Value, change: &dyn Fn(&str, &mut Value)) {
        match value {
            Value::Object(fields) => {
                fields.remove("id");
                for (name, field) in fields {
                    walk(field, change);
                    change(name, field);
                }
            }
            Value::Array(values) => values.iter_mut().for_each(|value| walk(value, change)),
            _ => {}
        }
    }
    let mut stored: Value = serde_json::from_str(&material.to_json()).expect("it is JSON");
    // What is set for an id holds no more where ids are derived anew.
    stored.as_object_mut().expect("an object").remove("practice");
    walk(&mut stored, change);
    Material::from_json(&stored.to_string()).expect("it is a material")
}

/// The same material with derived ids alone, where it is without fault.
fn derived(material: &Material) -> Option<Material> {
    let material = changed(material, &|_, _| {});
    let sound = material.problems().iter().all(|problem| problem.severity() != Severity::Error);
    (sound && !counts_lists(&material)).then_some(material)
}

/// Whether a list is known by its place alone: it names no kind, and neither does another of its section.
fn counts_lists(material: &Material) -> bool {
    let mut counted = false;
    material.walk_blocks(&mut |block, _| {
        if let Block::Terms(terms) = block {
            counted |= terms.id.as_str().contains(".list-");
        }
    });
    counted
}

fn ids(material: &Material) -> BTreeSet<Id> {
    let practice = Practice::of_every_kind(material);
    // Which thing is the last of its list, and so has none after it, is a matter of order.
    practice.items().iter().filter(|item| item.kind != Kind::Next).map(|item| item.id.clone()).collect()
}

/// Words added at the end.
fn reword(value: &mut Value) {
    match value {
        Value::String(words) if !words.is_empty() => words.push_str(" नया"),
        Value::Array(runs) if !runs.is_empty() => runs.push(Value::String(" नया".into())),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn every_item_has_an_id_of_its_own(material in material()) {
        prop_assume!(material.problems().iter().all(|problem| problem.severity() != Severity::Error));
        let practice = Practice::of_every_kind(&material);
        let ids: BTreeSet<&Id> = practice.items().iter().map(|item| &item.id).collect();
        prop_assert_eq!(ids.len(), practice.items().len());
        for item in practice.items() {
            let parts = [item.kind.as_str(), "gap-"];
            let added = item.id.as_str().strip_prefix(item.about.as_str()).and_then(|rest| rest.strip_prefix('.'));
            prop_assert!(added.is_some_and(|added| parts.iter().any(|part| added.starts_with(part))), "{}", item.id);
        }
    }

    #[test]
    fn order_changes_no_id(material in material()) {
        let Some(before) = derived(&material) else { return Ok(()) };
        let after = changed(&before, &|name, value| {
            if let ("sections" | "blocks" | "entries" | "aspects" | "details" | "choices", Value::Array(values)) = (name, value) {
                values.reverse();
            }
        });
        prop_assert_eq!(ids(&before), ids(&after));
    }

    #[test]
    fn wording_changes_no_id(material in material()) {
        let Some(before) = derived(&material) else { return Ok(()) };
        let after = changed(&before, &|name, value| match (name, value) {
            ("meaning" | "description" | "answer" | "explanation" | "hint" | "full_form", value) => reword(value),
            ("cells", Value::Array(cells)) => cells.iter_mut().for_each(reword),
            _ => {}
        });
        // Whether one thing can be taken for another does follow from the wording.
        let recognised = |id: &Id| [".pick", ".which", ".true-false"].iter().any(|kind| id.as_str().ends_with(kind));
        let (mut before, after) = (ids(&before), ids(&after));
        before.retain(|id| !recognised(id));
        prop_assert!(before.is_subset(&after), "{:?}", before.difference(&after).collect::<Vec<_>>());
    }

    #[test]
    fn one_thing_more_changes_no_id_of_the_others(material in material()) {
        let Some(before) = derived(&material) else { return Ok(()) };
        let entry = serde_json::json!({ "term": "सबसे नया शब्द", "description": "जो पहले नहीं था" });
        let after = changed(&before, &|name, value| {
            if let ("entries", Value::Array(entries)) = (name, value) {
                entries.push(entry.clone());
            }
        });
        let (before, after) = (ids(&before), ids(&after));
        prop_assert!(before.is_subset(&after), "{:?}", before.difference(&after).collect::<Vec<_>>());
    }

    #[test]
    fn no_wrong_choice_is_right(material in material()) {
        let words = |text: &str| text.split(|c: char| !c.is_alphanumeric()).collect::<Vec<_>>().join(" ").to_lowercase();
        for item in Practice::of_every_kind(&material).items() {
            let (Kind::Pick | Kind::TrueFalse, Answer::Choices { choices, .. }) = (item.kind, &item.answer) else { continue };
            let (right, wrong): (Vec<_>, Vec<_>) = choices.iter().partition(|choice| choice.correct);
            prop_assert_eq!(right.len(), 1);
            let fits = if item.kind == Kind::Pick { 2..=3 } else { 1..=1 };
            prop_assert!(fits.contains(&wrong.len()), "{:?}", choices);
            let plain: BTreeSet<String> = choices.iter().map(|choice| words(&choice.text.to_plain())).collect();
            prop_assert_eq!(plain.len(), choices.len(), "{:?}", choices);
        }
    }

    #[test]
    fn a_gap_is_of_whole_graphemes(material in material()) {
        prop_assume!(material.problems().iter().all(|problem| problem.severity() != Severity::Error));
        for item in Practice::of_every_kind(&material).items() {
            if matches!(item.answer, Answer::Gap(_)) {
                let mut pieces = vec![String::new()];
                part_at_gaps(&item.prompt, None, &mut pieces);
                let parts: usize = pieces.iter().map(|piece| piece.graphemes(true).count()).sum();
                prop_assert_eq!(parts, item.prompt.to_plain().graphemes(true).count(), "{:?}", pieces);
                prop_assert!(pieces.len() > 1);
            }
        }
    }

    #[test]
    fn a_seed_gives_one_sheet(material in material(), seed in any::<u64>()) {
        let mut options = WorksheetOptions::default();
        options.seed = seed;
        let sheet = Worksheet::of(&material, &options);
        let again = Material::from_json(&material.to_json()).expect("it is a material");
        prop_assert_eq!(&sheet, &Worksheet::of(&again, &options));
        for exercise in &sheet.exercises {
            match exercise {
                Exercise::Match(lines) => {
                    let places: BTreeSet<usize> = lines.key.iter().copied().collect();
                    prop_assert_eq!(places, (0..lines.items.len()).collect::<BTreeSet<_>>());
                    prop_assert_eq!(lines.right.len(), lines.items.len());
                }
                Exercise::Gaps(gaps) => {
                    let gone: BTreeSet<_> = gaps.sentences.iter().flat_map(|s| s.text.gaps()).map(|(_, gap)| &gap.text).collect::<Vec<_>>()
                        .into_iter().map(Text::to_plain).collect();
                    prop_assert_eq!(gone, gaps.bank.iter().map(Text::to_plain).collect::<BTreeSet<_>>());
                }
                Exercise::Table(table) => prop_assert!(!table.hidden.is_empty()),
                Exercise::TrueFalse(items) | Exercise::Choose(items) | Exercise::Answer(items) => {
                    prop_assert!(!items.is_empty() && options.longest.is_none_or(|most| items.len() <= most));
                    let about: BTreeSet<&Id> = items.iter().map(|item| &item.id).collect();
                    prop_assert_eq!(about.len(), items.len());
                }
            }
        }
    }
}

/// The words of a sentence, parted where a gap begins and ends.
fn part_at_gaps(text: &Text, next: Option<char>, pieces: &mut Vec<String>) {
    let push = |pieces: &mut Vec<String>, words: &str| {
        pieces.iter_mut().last().expect("there is a piece").push_str(words);
    };
    for Spelled { run, open, close, next, .. } in text.spelled(next) {
        push(pieces, open);
        let gap = matches!(run, Run::Gap(_));
        pieces.extend(gap.then(String::new));
        match (run, run.inner()) {
            (_, Some(inner)) => part_at_gaps(inner, next, pieces),
            (Run::Break, None) => push(pieces, "\n"),
            (Run::Plain(words) | Run::Code(words) | Run::Math(words), None) => {
                push(pieces, words);
            }
            _ => unreachable!("every other run holds a text"),
        }
        push(pieces, close);
        pieces.extend(gap.then(String::new));
    }
}
