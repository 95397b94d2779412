//! The course that comes with patra.

use patra_core::{Block, Id, Material, Practice, Source};

fn edition(source: &str) -> Material {
    let read = patra_markdown::read(&Source::new(source.to_owned()), &patra_markdown::ReadOptions::default());
    assert_eq!(read.diagnostics, [], "the course is without fault");
    let material = read.material.expect("there is a material");
    assert_eq!(material.problems(), [], "the course is without fault");
    material
}

fn editions() -> (Material, Material) {
    (edition(include_str!("../../materials/bpo.hi.md")), edition(include_str!("../../materials/bpo.en.md")))
}

/// Everything that has an id, and every block by its kind, in reading order.
fn outline(material: &Material) -> Vec<(&'static str, Id)> {
    let mut outline = vec![("material", material.id.clone())];
    material.walk_sections(&mut |section, above| {
        outline.push(("section", section.id.clone()));
        outline.extend(above.last().map(|parent| ("in", parent.id.clone())));
    });
    material.walk_blocks(&mut |block, section| {
        outline.push((block.name(), section.id.clone()));
        match block {
            Block::Definition(definition) => outline.push(("definition", definition.id.clone())),
            Block::Terms(terms) => {
                outline.push(("terms", terms.id.clone()));
                outline.extend(terms.entries.iter().map(|entry| ("entry", entry.id.clone())));
            }
            Block::Comparison(comparison) => {
                outline.push(("comparison", comparison.id.clone()));
                outline.extend(comparison.subjects.iter().map(|subject| ("subject", subject.id.clone())));
                outline.extend(comparison.aspects.iter().map(|aspect| ("aspect", aspect.id.clone())));
            }
            Block::Question(question) => {
                outline.push(("question", question.id.clone()));
                let choices = question.choices.iter();
                outline.extend(choices.map(|choice| (if choice.correct { "right" } else { "wrong" }, Id::default())));
            }
            Block::Cloze(cloze) => {
                outline.push(("cloze", cloze.id.clone()));
                outline.extend(cloze.text.gaps().iter().map(|_| ("gap", Id::default())));
            }
            Block::Table(_)
            | Block::List(_)
            | Block::Paragraph(_)
            | Block::Verse(_)
            | Block::Note(_)
            | Block::Quote(_)
            | Block::Code(_)
            | Block::Math(_)
            | Block::Figure(_) => {}
        }
    });
    outline
}

#[test]
fn the_editions_share_every_id() {
    let (hindi, english) = editions();
    assert_eq!((hindi.language.to_string(), english.language.to_string()), ("hi".to_owned(), "en".to_owned()));
    assert_eq!(outline(&hindi), outline(&english));
    assert!(outline(&hindi).len() > 100, "the outline is that of the course");
}

#[test]
fn the_editions_ask_the_same() {
    let (hindi, english) = editions();
    let asked = |material: &Material| -> Vec<_> {
        Practice::of(material).items().iter().map(|item| (item.id.clone(), item.kind, item.about.clone())).collect()
    };
    assert_eq!(asked(&hindi), asked(&english));
    assert!(asked(&hindi).len() > 50);
}

#[test]
fn every_id_of_the_course_is_written_by_its_authors() {
    // An id that is derived would follow from the words, which differ between the editions.
    let (hindi, _) = editions();
    for (kind, id) in outline(&hindi) {
        assert!(id.as_str().is_ascii(), "the {kind} `{id}` has an id that was derived");
    }
}

#[test]
fn the_course_is_worth_asking() {
    for material in [editions().0, editions().1] {
        assert_eq!(material.advice(), []);
        let practice = Practice::of_every_kind(&material);
        let mut prompts = std::collections::BTreeMap::new();
        let mut asked = std::collections::BTreeMap::<&Id, std::collections::BTreeSet<_>>::new();
        for item in practice.items() {
            // The gaps of one sentence share it; the gap asked tells them apart.
            let prompt = (item.prompt.to_plain(), item.kind == patra_core::Kind::Gap, item.id.as_str());
            let key = if prompt.1 { prompt.2.to_owned() } else { prompt.0 };
            assert_eq!(prompts.insert(key, &item.id), None, "two questions are the same text");
            asked.entry(&item.about).or_default().insert(item.kind);
        }
        material.walk_blocks(&mut |block, _| match block {
            Block::Definition(definition) => assert!(asked[&definition.id].len() >= 2, "{}", definition.id),
            Block::Terms(terms) => {
                terms.entries.iter().for_each(|entry| assert!(asked[&entry.id].len() >= 2, "{}", entry.id))
            }
            Block::Comparison(comparison) => {
                for aspect in &comparison.aspects {
                    assert!(asked.contains_key(&comparison.row_id(aspect)), "{}", aspect.id);
                    for subject in &comparison.subjects {
                        assert!(asked[&comparison.cell_id(aspect, subject)].len() >= 2, "{}", aspect.id);
                    }
                }
            }
            _ => {}
        });
    }
}
