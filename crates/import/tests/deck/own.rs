//! A deck that patra made comes back as the material it was made of, with the same items.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use patra_anki::{ApkgOptions, DeckFormat, apkg};
use patra_core::{Block, Item, Material, Practice, Severity, Source};
use patra_import::{DeckOptions, DeckRead, read_deck};
use patra_markdown::ReadOptions;

fn course(name: &str) -> Material {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../materials").join(name);
    let text = fs::read_to_string(path).expect("the course");
    patra_markdown::read(&Source::new(text), &ReadOptions::named(name)).material.expect("a material")
}

fn deck(material: &Material, set: impl Fn(&mut ApkgOptions)) -> DeckRead {
    let mut options = ApkgOptions::default();
    set(&mut options);
    let made = apkg(material, &Practice::of(material), &options).expect("a deck").output;
    read_deck(&made.bytes, &DeckOptions::named("deck"))
}

fn items(material: &Material) -> BTreeMap<String, (String, String)> {
    let asked = |item: &Item| (item.prompt.to_plain(), item.plain_answer());
    Practice::of(material).items().iter().map(|item| (item.id.to_string(), asked(item))).collect()
}

#[test]
fn the_course_comes_back_with_all_items() {
    let names = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../materials")).expect("materials");
    let names: BTreeSet<String> =
        names.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    let mut count = 0;
    for name in names.iter().filter(|name| name.ends_with(".md")) {
        let material = course(name);
        for format in [DeckFormat::Current, DeckFormat::Legacy] {
            let DeckRead { read, .. } = deck(&material, |options| options.format = format);
            let back = read.material.expect("a material");
            assert!(read.diagnostics.iter().all(|p| p.severity() < Severity::Error), "{name}: {:?}", read.diagnostics);
            assert_eq!(back.id, material.id, "{name}");
            assert_eq!(back.language, material.language, "{name}");
            assert_eq!(back.title.to_plain(), material.title.to_plain(), "{name}");
            let problems = back.problems();
            assert!(problems.iter().all(|p| p.severity() < Severity::Error), "{name}: {problems:?}");
            let (was, is) = (items(&material), items(&back));
            let gone: Vec<&String> = was.keys().filter(|id| !is.contains_key(*id)).collect();
            let new: Vec<&String> = is.keys().filter(|id| !was.contains_key(*id)).collect();
            assert!(gone.is_empty() && new.is_empty(), "{name}: gone {gone:?}, new {new:?}");
            for (id, asked) in &was {
                assert_eq!(&is[id], asked, "{name}: {id}");
            }
            let ids = |material: &Material| {
                let mut ids = BTreeSet::new();
                material.walk_sections(&mut |section, _| {
                    if !section.heading.is_blank() {
                        ids.insert((section.id.to_string(), section.heading.to_plain()));
                    }
                });
                ids
            };
            let new: Vec<_> = ids(&back).difference(&ids(&material)).cloned().collect();
            assert!(new.is_empty(), "{name}: {new:?}");
            count += 1;
        }
    }
    assert!(count >= 4);
}

#[test]
fn reversed_and_typed_notes_come_back_too() {
    let name = "bpo.hi.md";
    let material = course(name);
    for set in [|options: &mut ApkgOptions| options.reversed = true, |options: &mut ApkgOptions| options.typed = true] {
        let back = deck(&material, set).read.material.expect("a material");
        assert_eq!(items(&back).keys().collect::<Vec<_>>(), items(&material).keys().collect::<Vec<_>>());
    }
}

#[test]
fn a_deck_of_what_came_back_updates_the_first() {
    let material = course("bpo.hi.md");
    let back = deck(&material, |_| ()).read.material.expect("a material");
    let made = |material: &Material| {
        let output = apkg(material, &Practice::of(material), &ApkgOptions::default()).expect("a deck").output;
        output.changes.into_iter().map(|change| (change.item.to_string(), change.guid)).collect::<BTreeMap<_, _>>()
    };
    assert_eq!(made(&back), made(&material));
}

#[test]
fn a_question_comes_back_with_its_stem_and_the_letters_of_its_choices() {
    let text = "---\nid: rain\ntitle: वर्षा\nlanguage: hi\n---\n\n# भाग\n\nप्रश्न: कौन-सा कथन सही है?\n\n(i) ओस रात में बनती है।\n(ii) ओस दोपहर में बनती है।\n\n(अ) केवल पहला\n(ब) केवल दूसरा\n\nउत्तर: (अ)\n";
    let material = patra_markdown::read(&Source::new(text.to_owned()), &ReadOptions::default()).material;
    let material = material.expect("a material");
    let back = deck(&material, |_| ()).read.material.expect("a material");
    let questions = |material: &Material| {
        let mut questions = Vec::new();
        material.walk_blocks(&mut |block, _| {
            if let Block::Question(question) = block {
                let stem: Vec<String> = question
                    .stem
                    .iter()
                    .map(|block| match block {
                        Block::List(list) => list.label(1).unwrap_or_default(),
                        other => other.name().to_owned(),
                    })
                    .collect();
                let lettering = question.lettering.map(|marker| marker.to_string());
                questions.push((question.prompt.to_plain(), stem, lettering, question.choices.len()));
            }
        });
        questions
    };
    assert_eq!(questions(&material)[0].1, ["(ii)"]);
    assert_eq!(questions(&back), questions(&material));
}
