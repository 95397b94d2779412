//! What the author wants of single things, said where they stand.

use std::collections::BTreeMap;

use patra_core::{Block, Material, Practice, Room, Source};
use patra_markdown::{ReadOptions, read, write};

const TEXT: &str = "---
title: t
language: hi
practice:
  of:
    barf: [term]
---

# मौसम {practice=\"meaning, full-form\"}

बादल {allow=P0051}
: हवा में पानी

BPO (Business Process Outsourcing) {practice=full_form}
: दूसरे से काम कराना

बर्फ {#barf practice=none}
: जमा पानी

{kind=\"प्रकार\" practice=\"enumerate\" allow=\"P0052 P0050\"}
- **ओस** {practice=term}: बूँद
- **कोहरा**: धुंध

{practice=none}
| पहलू | नदी | झील |
|---|---|---|
| बहाव {practice=compare-row} | बहती | ठहरी |
| पानी | मीठा | खारा |

प्रश्न: वर्षा कब होती है? {practice=question}
उत्तर: सावन में

सूरज {{पूरब}} से निकलता है। {practice=gap}
";

fn material(text: &str) -> (Material, Vec<String>) {
    let source = Source::new(text.to_owned());
    let read = read(&source, &ReadOptions::default());
    let place = |start: usize| {
        let position = source.position(start);
        format!("{}:{}", position.line, position.column)
    };
    let found = read.diagnostics.iter().map(|found| format!("{} {}", place(found.span.start()), found.message));
    (read.material.expect("it holds something"), found.collect())
}

#[test]
fn what_stands_at_a_thing_is_wanted_of_it() {
    let (material, found) = material(TEXT);
    let said = material.practice.of.iter();
    let said: BTreeMap<String, Vec<&str>> =
        said.map(|(id, kinds)| (id.to_string(), kinds.iter().map(|kind| kind.name()).collect())).collect();
    let expected = [
        ("barf", vec![]),
        ("bpo", vec!["full_form"]),
        ("ओस", vec!["term"]),
        ("नदी-झील", vec![]),
        ("नदी-झील.बहाव", vec!["compare_row"]),
        ("प्रकार", vec!["enumerate"]),
        ("मौसम", vec!["meaning", "full_form"]),
        ("वर्षा-कब-होती-है", vec!["question"]),
        ("सूरज-से-निकलता-है", vec!["gap"]),
    ];
    assert_eq!(said, expected.map(|(id, kinds)| (id.to_owned(), kinds)).into());
    let allowed = material.practice.allow_for.iter().map(|(id, codes)| {
        let codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
        format!("{id} {}", codes.join(" "))
    });
    assert_eq!(allowed.collect::<Vec<_>>(), ["प्रकार P0050 P0052", "बादल P0051"]);
    assert_eq!(found, ["17:20 the front matter sets otherwise what is asked of this; what stands here counts"]);

    let practice = Practice::of_every_kind(&material);
    let ids: Vec<&str> = practice.items().iter().map(|item| item.id.as_str()).collect();
    let asked = [
        "बादल.meaning",
        "bpo.full-form",
        "प्रकार.all",
        "ओस.term",
        "नदी-झील.बहाव.row",
        "वर्षा-कब-होती-है.question",
        "सूरज-से-निकलता-है.gap-1",
    ];
    assert_eq!(ids, asked);
}

#[test]
fn what_was_said_in_place_is_written_back() {
    let (before, _) = material(TEXT);
    let (after, found) = material(&write(&before));
    assert_eq!(after, before);
    assert_eq!(found, [""; 0]);
}

#[test]
fn what_is_not_a_kind_or_a_code_is_told_in_its_place() {
    let (wrong, found) =
        material("# शीर्षक {practice=none}\n\nबादल {practice=\"meaning colour\" allow=P9999}\n: हवा में पानी\n");
    assert_eq!(
        found[1..],
        [
            "3:16 `colour` is not a kind of question, such as `meaning`",
            "3:38 `P9999` is not the code of a problem, such as `P0050`",
        ]
    );
    // What stands at the title is wanted of the whole.
    assert_eq!(wrong.practice.kinds, Some([].into()));
    assert_eq!(wrong.practice.of.values().flatten().count(), 1);
}

#[test]
fn room_to_write_is_said_at_a_question() {
    let text = "# भाग

प्रश्न: नक़्शा बनाइए। {#map space=7cm}

प्रश्न: कारण लिखिए। {lines=3}

उत्तर: वर्षा।

{.question}
- सोचिए। {lines=100}

प्रश्न: बिना जगह।
";
    let (before, _) = material(text);
    let rooms = |material: &Material| {
        let mut rooms = Vec::new();
        material.walk_blocks(&mut |block, _| {
            if let Block::Question(question) = block {
                rooms.push((question.room, question.is_answered()));
            }
        });
        rooms
    };
    let expected =
        [(Some(Room::Space(70)), false), (Some(Room::Lines(3)), true), (Some(Room::Lines(100)), false), (None, false)];
    assert_eq!(rooms(&before), expected);
    let (after, _) = material(&write(&before));
    assert_eq!(after, before);
    let (wrong, found) = material("# भाग\n\nप्रश्न: क? {lines=0}\n\nप्रश्न: ख? {lines=2 space=2cm}\n\nअनुच्छेद {lines=2}\n");
    assert_eq!(rooms(&wrong), [(None, false), (None, false)]);
    let found: Vec<&str> = found.iter().map(|found| found.split_once(' ').map_or("", |(_, message)| message)).collect();
    assert!(found.contains(&"`0` is not a number of lines from 1 to 100"), "{found:?}");
    assert!(found.contains(&"room to write is either lines or space"), "{found:?}");
    assert!(found.contains(&"`lines` is not known at a paragraph"), "{found:?}");
}
