use std::collections::BTreeMap;

use super::*;
use crate::{
    Aspect, Block, Choice, Cloze, Comparison, Definition, Entry, Gap, Id, Question, Run, Section, Subject, Terms, Text,
};

fn material(blocks: Vec<Block>) -> Material {
    let section = Section { heading: "Types".into(), blocks, ..Section::default() };
    let language = "en".parse().expect("a tag");
    let mut material = Material { title: "t".into(), language, sections: vec![section], ..Material::default() };
    material.assign_ids();
    material
}

fn entry(term: &str, description: &str) -> Entry {
    Entry { term: term.into(), description: description.into(), ..Entry::default() }
}

fn terms(entries: Vec<Entry>) -> Vec<Block> {
    vec![Block::Terms(Terms { entries, ..Terms::default() })]
}

fn lines(practice: &Practice) -> Vec<String> {
    practice
        .items()
        .iter()
        .map(|item| format!("{}: {} = {}", item.id, item.prompt.to_plain(), item.plain_answer()))
        .collect()
}

fn show(blocks: Vec<Block>) -> Vec<String> {
    lines(&Practice::of(&material(blocks)))
}

fn ids(practice: &Practice) -> Vec<&str> {
    practice.items().iter().map(|item| item.id.as_str()).collect()
}

fn comparison(subjects: &[&str], cells: &[&str]) -> Vec<Block> {
    let subjects = subjects.iter().map(|name| Subject { name: (*name).into(), ..Subject::default() }).collect();
    let cells = cells.iter().map(|cell| (*cell).into()).collect();
    let aspects = vec![Aspect { name: "Cost".into(), cells, ..Aspect::default() }];
    vec![Block::Comparison(Comparison { subjects, aspects, ..Comparison::default() })]
}

#[test]
fn a_list_asks_for_all_and_for_each_both_ways() {
    assert_eq!(
        show(terms(vec![entry("Inbound", "They ring us; inbound."), entry("Outbound", "We ring them.")])),
        [
            "types.list.all: Name all 2: Types = Inbound\nOutbound",
            "inbound.meaning: What is meant by “Inbound”? (Types) = They ring us; inbound.",
            "inbound.term: What is described here? (Types)\nThey ring us; ____. = Inbound",
            "outbound.meaning: What is meant by “Outbound”? (Types) = We ring them.",
            "outbound.term: What is described here? (Types)\nWe ring them. = Outbound",
        ]
    );
}

#[test]
fn a_member_is_hidden_between_its_neighbours() {
    let entries = ["p", "q", "r", "s"].map(|term| entry(term, ""));
    assert_eq!(
        show(terms(entries.to_vec()))[1..],
        [
            "p.member: Which one is missing? (Types)\n1. ____\n2. q = p",
            "q.member: Which one is missing? (Types)\n1. p\n2. ____\n3. r = q",
            "r.member: Which one is missing? (Types)\n2. q\n3. ____\n4. s = r",
            "s.member: Which one is missing? (Types)\n3. r\n4. ____ = s",
        ]
    );
}

#[test]
fn steps_ask_what_comes_next() {
    let entries = vec![entry("Wash", ""), entry("Dry", "")];
    let steps = vec![Block::Terms(Terms { entries, ordered: true, ..Terms::default() })];
    assert_eq!(
        show(steps),
        ["types.list.all: Name all 2 in order: Types = Wash\nDry", "wash.next: What comes after “Wash”? (Types) = Dry"]
    );
}

#[test]
fn a_meaning_of_two_terms_is_not_asked_backwards() {
    // `C` is hidden in its own description, which leaves nothing to go by.
    let entries = vec![entry("A", "Same."), entry("B", "same"), entry("C", "c")];
    let practice = Practice::of(&material(terms(entries)));
    assert!(!ids(&practice).iter().any(|id| id.ends_with(".term")), "{:?}", ids(&practice));
}

#[test]
fn a_pick_has_one_right_answer_among_siblings() {
    let entries = vec![
        entry("A", "one"),
        entry("B", "two"),
        entry("C", "three"),
        entry("D", "ONE"),
        entry("E", "five"),
        entry("F", "six"),
    ];
    let practice = Practice::of_every_kind(&material(terms(entries)));
    let item = practice.items().iter().find(|item| item.id.as_str() == "b.pick").expect("an item");
    let Answer::Choices { choices, .. } = &item.answer else { panic!("{item:?}") };
    assert_eq!(choices.len(), 4);
    assert_eq!(
        choices.iter().filter(|choice| choice.correct).map(|choice| choice.text.to_plain()).collect::<Vec<_>>(),
        ["B"]
    );
    // `A` and `D` mean the same, so neither can be asked for by its meaning.
    assert!(!ids(&practice).contains(&"a.pick"));
}

#[test]
fn another_entry_changes_few_draws() {
    let entries =
        |count: usize| (0..count).map(|n| entry(&format!("T{n}"), &format!("meaning {n}"))).collect::<Vec<_>>();
    let picks = |count: usize| -> BTreeMap<String, Answer> {
        let practice = Practice::of_every_kind(&material(terms(entries(count))));
        practice
            .items()
            .iter()
            .filter(|item| item.kind == Kind::Pick)
            .map(|item| (item.id.to_string(), item.answer.clone()))
            .collect()
    };
    let (before, after) = (picks(60), picks(61));
    let changed = before.iter().filter(|(id, answer)| after[*id] != **answer).count();
    assert!(changed < 12, "{changed} of 60 draws changed");
}

#[test]
fn a_definition_hides_its_term_and_full_form() {
    let definition = Definition {
        term: "BPO".into(),
        full_form: Some("Business Process Outsourcing".into()),
        meaning: "Business process outsourcing, or BPO, is work given away.".into(),
        ..Definition::default()
    };
    assert_eq!(
        show(vec![Block::Definition(definition)]),
        [
            "bpo.full-form: What does “BPO” stand for? = Business Process Outsourcing",
            "bpo.abbreviation: What is the short form of “Business Process Outsourcing”? = BPO",
            "bpo.meaning: What does “BPO” mean? = Business process outsourcing, or BPO, is work given away.",
            "bpo.term: Which term has this meaning?\n____, or ____, is work given away. = BPO",
        ]
    );
}

#[test]
fn a_comparison_asks_rows_and_cells_that_are_filled() {
    assert_eq!(
        show(comparison(&["P", "Q", "R"], &["high", "", "low"])),
        [
            "p-q-r.cost.row: P, Q and R: how do they differ? (Cost) = P: high\nR: low",
            "p-q-r.cost.p.cell: How would you describe “P”? (Cost) = high",
            "p-q-r.cost.r.cell: How would you describe “R”? (Cost) = low",
        ]
    );
    let equal = Practice::of_every_kind(&material(comparison(&["P", "Q"], &["same", "Same."])));
    assert_eq!(ids(&equal), ["p-q.cost.p.cell", "p-q.cost.q.cell"]);
}

#[test]
fn a_false_statement_is_put_right() {
    let practice = Practice::of_every_kind(&material(comparison(&["P", "Q"], &["P is high", "low"])));
    let which: Vec<String> = lines(&practice).into_iter().filter(|line| line.contains(".which")).collect();
    assert_eq!(which[0], "p-q.cost.p.which: Which of them is described: P or Q? (Cost)\n____ is high = P");
    for item in practice.items().iter().filter(|item| item.kind == Kind::TrueFalse) {
        let Answer::Choices { choices, explanation } = &item.answer else { panic!("{item:?}") };
        let own = if item.about.as_str().ends_with(".p") { "P is high" } else { "low" };
        let says_own = item.prompt.to_plain().ends_with(own);
        assert_eq!(choices.iter().map(|choice| choice.correct).collect::<Vec<_>>(), [says_own, !says_own]);
        assert_eq!(explanation.is_empty(), says_own);
        assert!(says_own || explanation.to_plain().contains(own), "{explanation:?}");
    }
}

#[test]
fn gaps_of_one_number_are_one_item() {
    let gap = |text: &str, number| Run::Gap(Gap { text: text.into(), number, hint: None });
    let text: Text =
        [gap("a", Some(2)), Run::Plain(" b ".into()), gap("c", Some(2)), gap("d", None)].into_iter().collect();
    let items = show(vec![Block::Cloze(Cloze { text, ..Cloze::default() })]);
    assert_eq!(items, ["b.gap-1: a b cd = d", "b.gap-2: a b cd = a\nc"]);
}

#[test]
fn the_author_decides_what_is_asked() {
    let id = |text: &str| Id::new(text).expect("an id");
    let mut material = material(terms(vec![entry("A", "one"), entry("B", "two"), entry("C", "three")]));
    material.practice.kinds = Some([Kind::Meaning, Kind::Pick].into());
    material.practice.of.insert(id("b"), [Kind::Term].into());
    material.practice.skip.insert(id("c.meaning"));
    assert_eq!(ids(&Practice::of(&material)), ["a.meaning", "a.pick", "b.term", "c.pick"]);
    material.practice.of = [(id("types"), [].into())].into();
    assert_eq!(ids(&Practice::of(&material)), [""; 0]);
}

fn sheet(material: &Material, seed: u64) -> Worksheet {
    Worksheet::of(material, &WorksheetOptions { seed, ..WorksheetOptions::default() })
}

fn everything() -> Material {
    let entries =
        |from: char, to: char| (from..=to).map(|c| entry(&c.to_string(), &format!("meaning of {}", c as u32)));
    let mut blocks = terms(entries('A', 'D').collect());
    blocks.extend(terms(entries('E', 'J').collect()));
    let subjects = ["P", "Q"].map(|name| Subject { name: name.into(), ..Subject::default() });
    let aspect = |n: u32| Aspect {
        name: format!("Aspect {n}").into(),
        cells: vec![format!("high {n}").into(), format!("low {n}").into()],
        ..Aspect::default()
    };
    let aspects = (1..=6).map(aspect).collect();
    blocks.push(Block::Comparison(Comparison { subjects: subjects.into(), aspects, ..Comparison::default() }));
    let gap = Run::Gap(Gap { text: "sky".into(), ..Gap::default() });
    let text = [Run::Plain("Blue is the ".into()), gap].into_iter().collect();
    blocks.push(Block::Cloze(Cloze { text, ..Cloze::default() }));
    material(blocks)
}

#[test]
fn an_item_knows_its_page() {
    let mut blocks = terms(vec![entry("A", "one"), entry("B", "two")]);
    blocks.extend(comparison(&["P", "Q"], &["high", "low"]));
    let mut practice = Practice::of(&material(blocks));
    assert!(practice.items().iter().all(|item| item.page.is_none()));
    practice.set_pages(&BTreeMap::from([("b", 7), ("types", 2)].map(|(id, page)| (Id::from_key(id), page))));
    let page = |id: &str| practice.items().iter().find(|item| item.id.as_str() == id).and_then(|item| item.page);
    // What has no page of its own is to be found where its section begins.
    assert_eq!([page("b.term"), page("a.term"), page("p-q.cost.p.cell")], [Some(7), Some(2), Some(2)]);
}

#[test]
fn nothing_is_wrong_of_which_a_part_is_right() {
    let cells = ["phone and mail", "phone", "letters"];
    let practice = Practice::of_every_kind(&material(comparison(&["P", "Q", "R"], &cells)));
    // `phone` is not wrong of P, so P's row and Q's cell can't be told from each other.
    let ids = ids(&practice);
    assert!(
        ids.contains(&"p-q-r.cost.r.which") && !ids.iter().any(|id| id.ends_with("q.which") || id.ends_with("p.which"))
    );
    for item in practice.items().iter().filter(|item| item.kind == Kind::TrueFalse) {
        let said = item.prompt.to_plain();
        assert!(
            item.id.as_str().contains(".r.") || said.ends_with("letters") || item.plain_answer() == "True",
            "{said}"
        );
    }
    let symbols = Practice::of(&material(comparison(&["P", "Q"], &["✓", "✗"])));
    assert_eq!(symbols.items().iter().filter(|item| item.kind == Kind::CompareRow).count(), 1);
}

#[test]
fn every_kind_has_the_name_of_the_stored_form() {
    for kind in Kind::ALL {
        assert_eq!(serde_json::to_string(&kind).expect("a string"), format!("\"{}\"", kind.name()));
        for name in [kind.name(), kind.as_str(), &kind.name().replace('_', "-")] {
            assert_eq!(name.parse(), Ok(kind));
        }
    }
}

#[test]
fn a_worksheet_follows_from_its_seed() {
    let material = everything();
    assert_eq!(sheet(&material, 7), sheet(&material, 7));
    assert!((0..20).any(|seed| sheet(&material, seed).exercises != sheet(&material, 7).exercises));
    let kinds: Vec<_> = sheet(&material, 7).exercises.iter().map(std::mem::discriminant).collect();
    assert_eq!(kinds.len(), 6, "{:?}", sheet(&material, 7));
}

#[test]
fn a_matching_has_its_key() {
    for seed in 0..50 {
        let Some(Exercise::Match(exercise)) = sheet(&everything(), seed).exercises.into_iter().next() else {
            panic!("no matching for seed {seed}");
        };
        assert_ne!(exercise.key, [0, 1, 2, 3, 4, 5]);
        for (item, right) in exercise.items.iter().zip(exercise.answers()) {
            let term = item.plain_answer().chars().next().expect("a letter");
            assert_eq!(right.to_plain(), format!("meaning of {}", term as u32));
        }
    }
}

#[test]
fn half_of_a_table_is_left_out() {
    for exercise in sheet(&everything(), 3).exercises {
        match exercise {
            // Four rows: the other two are left to statements.
            Exercise::Table(complete) => {
                assert_eq!((complete.comparison.aspects.len(), complete.hidden.len()), (4, 4));
            }
            Exercise::Gaps(gaps) => assert_eq!(gaps.bank, [Text::from("sky")]),
            _ => {}
        }
    }
}

/// All that a worksheet prints, and the answers that are to be written on it.
fn printed_and_asked(exercises: &[Exercise]) -> (Vec<String>, Vec<String>) {
    let (mut printed, mut asked) = (Vec::new(), Vec::new());
    for exercise in exercises {
        match exercise {
            Exercise::Match(matching) => {
                printed.extend(matching.items.iter().map(Item::plain_answer));
                printed.extend(matching.right.iter().map(Text::to_plain));
            }
            Exercise::Gaps(_) => {}
            Exercise::Table(Complete { comparison, hidden }) => {
                for (row, aspect) in comparison.aspects.iter().enumerate() {
                    for (column, cell) in aspect.cells.iter().enumerate() {
                        let side = if hidden.contains(&(row, column)) { &mut asked } else { &mut printed };
                        side.push(cell.to_plain());
                    }
                }
            }
            Exercise::TrueFalse(items) | Exercise::Choose(items) => {
                printed.extend(items.iter().map(|item| item.prompt.to_plain()));
                for item in items {
                    if let Answer::Choices { choices, .. } = &item.answer {
                        printed.extend(choices.iter().map(|choice| choice.text.to_plain()));
                    }
                }
            }
            Exercise::Answer(items) => {
                printed.extend(items.iter().map(|item| item.prompt.to_plain()));
                asked.extend(items.iter().flat_map(|item| {
                    item.plain_answer()
                        .lines()
                        .map(|line| line.rsplit(": ").next().unwrap_or(line).to_owned())
                        .collect::<Vec<_>>()
                }));
            }
        }
    }
    (printed, asked)
}

#[test]
fn a_term_alone_is_asked_in_words() {
    let definition = Definition { term: "A".into(), meaning: "one".into(), ..Definition::default() };
    let exercises = sheet(&material(vec![Block::Definition(definition)]), 1).exercises;
    let [Exercise::Answer(items)] = exercises.as_slice() else { panic!("{exercises:?}") };
    assert_eq!(items[0].id.as_str(), "a.meaning");
}

#[test]
fn no_exercise_prints_what_another_asks_for() {
    for seed in 0..200 {
        let (printed, asked) = printed_and_asked(&sheet(&everything(), seed).exercises);
        assert!(asked.len() >= 5, "{seed}");
        for answer in asked {
            let given = printed.iter().find(|words| words.contains(&answer));
            assert_eq!(given, None, "seed {seed} gives {answer:?} away");
        }
    }
}

#[test]
fn a_heading_with_a_line_break_is_one_phrase_in_questions() {
    let entries =
        ["Sand", "Clay", "Silt"].map(|term| entry(term, &format!("Grains as of {term} number {}", term.len())));
    let heading: Text =
        [Run::Plain("Soils of".into()), Run::Break, Run::Plain("the plain".into())].into_iter().collect();
    let blocks = terms(entries.to_vec());
    let sections = vec![Section { heading, blocks, ..Section::default() }];
    let mut material =
        Material { title: "t".into(), language: "en".parse().expect("a tag"), sections, ..Material::default() };
    material.assign_ids();
    let practice = Practice::of_every_kind(&material);
    for item in practice.items() {
        let prompt = item.prompt.to_plain();
        let (ask, about) = prompt.split_once('\n').unwrap_or((&prompt, ""));
        assert!(ask.contains("Soils of the plain"), "{}: {prompt}", item.id);
        assert!(!about.contains("plain"), "{}: {prompt}", item.id);
    }
    let sheet = Worksheet::of(&material, &WorksheetOptions::default());
    let matching = sheet.exercises.iter().find_map(|exercise| match exercise {
        Exercise::Match(matching) => Some(matching),
        _ => None,
    });
    for line in &matching.expect("three terms to match").right {
        assert!(line.to_plain().starts_with("Grains as of"), "{line:?}");
    }
}

#[test]
fn a_subject_with_a_line_break_keeps_the_statement_below_the_question() {
    let mut blocks = comparison(&["x", "Canal"], &["Fed by rain alone", "Fed by a river"]);
    if let Block::Comparison(compared) = &mut blocks[0] {
        let bold = [Run::Plain("Village".into()), Run::Break, Run::Plain("pond".into())].into_iter().collect();
        compared.subjects[0].name = [Run::Strong(bold)].into_iter().collect();
    }
    let practice = Practice::of_every_kind(&material(blocks));
    let statements: Vec<&Item> = practice.items().iter().filter(|item| item.kind == Kind::TrueFalse).collect();
    assert!(!statements.is_empty());
    for item in statements {
        let prompt = item.prompt.to_plain();
        assert_eq!(prompt.matches('\n').count(), 1, "{prompt}");
        assert!(prompt.split_once('\n').is_some_and(|(_, said)| said.starts_with("Fed by")), "{prompt}");
    }
}

#[test]
fn a_worksheet_counts_the_questions_that_it_leaves_out() {
    let question = |number: usize| {
        let choices = if number.is_multiple_of(3) {
            ["east", "west", "up"]
                .map(|text| Choice { text: text.into(), correct: text == "up", ..Choice::default() })
                .into()
        } else {
            Vec::new()
        };
        let prompt = format!("where is thing number {number}?").as_str().into();
        Block::Question(Question { prompt, answer: "over there".into(), choices, ..Question::default() })
    };
    let section = Section { heading: "S".into(), blocks: (0..20).map(question).collect(), ..Section::default() };
    let mut material = Material {
        title: "t".into(),
        language: "en".parse().expect("a tag"),
        sections: vec![section],
        ..Material::default()
    };
    material.assign_ids();
    for (longest, count) in [(Some(6), 8), (Some(10), 3), (Some(13), 0), (None, 0), (Some(0), 18)] {
        let sheet = Worksheet::of(&material, &WorksheetOptions { longest, ..WorksheetOptions::default() });
        assert_eq!((sheet.questions.of, sheet.questions.count), (20, count), "{longest:?}");
    }
}
