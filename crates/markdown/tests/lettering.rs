//! Lists as the author marks them, lettered choices, and what belongs to a question.

use patra_core::{Block, Material, Question, Source};
use patra_markdown::{ReadOptions, read, write};

fn material(text: &str) -> Material {
    let source = Source::new(text.to_owned());
    let read = read(&source, &ReadOptions::default());
    assert!(read.diagnostics.iter().all(|found| found.code.to_string() != "P0025"), "{:?}", read.diagnostics);
    let material = read.material.expect("it holds something");
    let again = Source::new(write(&material));
    let again = patra_markdown::read(&again, &ReadOptions::default()).material.expect("what was written");
    assert_eq!(again, material, "{}", write(&material));
    material
}

/// The blocks of the first section, those in questions and quotes too, shortly.
fn shown(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    material(text).walk_blocks(&mut |block, _| {
        out.push(match block {
            Block::List(list) => {
                let items = list.items.iter().enumerate().map(|(place, item)| {
                    format!("{}{}", list.label(place).unwrap_or_else(|| "•".into()), item.text.to_plain())
                });
                format!("list {}", items.collect::<Vec<_>>().join(" "))
            }
            Block::Paragraph(paragraph) => format!("words {}", paragraph.text.to_plain()),
            Block::Question(question) => asked(question),
            other => other.name().to_owned(),
        });
    });
    out
}

fn asked(question: &Question) -> String {
    let choices = (1..).zip(&question.choices).map(|(number, choice)| {
        let label = question.lettering.map(|marker| marker.label(number)).unwrap_or_default();
        format!(" {}{label}{}", if choice.correct { "✓" } else { "" }, choice.text.to_plain())
    });
    let choices: String = choices.collect();
    let stem: Vec<&str> = question.stem.iter().map(Block::name).collect();
    format!("asked {} [{}]{choices} → {}", question.prompt.to_plain(), stem.join(" "), question.answer.to_plain())
}

const HEAD: &str = "---\ntitle: t\nlanguage: hi\n---\n\n# भाग\n\n";

#[test]
fn lists_keep_the_markers_of_their_author() {
    for (text, expected) in [
        ("(क) नीम\n(ख) पीपल\n\nआगे।\n", &["list (क)नीम (ख)पीपल", "words आगे।"][..]),
        ("पेड़:\n(क) नीम\n(ख) पीपल\n", &["words पेड़:", "list (क)नीम (ख)पीपल"]),
        ("२. दूसरा\n३. तीसरा\n", &["list २.दूसरा ३.तीसरा"]),
        ("১) এক\n২) দুই\n", &["list ১)এক ২)দুই"]),
        ("i. one\nii. two\n\n    (A) deep\n    (B) deeper\n", &["list i.one ii.two", "list (A)deep (B)deeper"]),
        ("4) four\n5) five\n", &["list 4)four 5)five"]),
        ("(अ) एक\n(ब) दो\n(अ) तीन\n(ब) चार\n", &["list (अ)एक (ब)दो", "list (अ)तीन (ब)चार"]),
        ("> (ক) গাছ\n> (খ) পাতা\n", &["quote", "list (ক)গাছ (খ)পাতা"]),
        ("{marker=\"a)\"}\n\n3. तीन\n4. चार\n", &["list c)तीन d)चार"]),
        ("(क) अकेला\n", &["words (क) अकेला"]),
        ("\\(क) नीम\n(ख) पीपल\n", &["words (क) नीम (ख) पीपल"]),
        ("A. P. Mehta said so.\n", &["words A. P. Mehta said so."]),
        ("1. x\n2. y\n\n<!-- -->\n\n1. z\n", &["list 1.x 2.y", "list 1.z"]),
    ] {
        assert_eq!(shown(&format!("{HEAD}{text}")), expected, "{text}");
    }
}

#[test]
fn lettered_choices_are_choices_where_the_answer_names_one() {
    for (text, expected) in [
        ("प्रश्न: नमक?\n(क) NaCl\n(ख) KCl\nउत्तर: (क) NaCl\n", "asked नमक? [] ✓(क)NaCl (ख)KCl → "),
        ("Q: Salt?\n\na) NaCl\nb) KCl\n\nA: B\n", "asked Salt? [] a)NaCl ✓b)KCl → "),
        ("Q: Salt?\n(A) NaCl\n(B) KCl\nA: KCl.\n", "asked Salt? [] (A)NaCl ✓(B)KCl → "),
        ("Q: Salts?\n(a) NaCl\n(b) KCl\n(c) Na\nA: a and b\n", "asked Salts? [] ✓(a)NaCl ✓(b)KCl (c)Na → "),
        (
            "Q: Salt?\n(a) NaCl\n(b) Na\nA: (a) since it has chlorine\n",
            "asked Salt? [] ✓(a)NaCl (b)Na → since it has chlorine",
        ),
        (
            "Q: Which?\n1. x is odd.\n2. y is odd.\n\n(a) 1 alone\n(b) both\n\nA: (b)\n",
            "asked Which? [list] (a)1 alone ✓(b)both → ",
        ),
        // What the answer doesn't name are parts of the question.
        (
            "Q: Explain:\n(a) tides\n(b) waves\nA: A tide is drawn by the moon.\n",
            "asked Explain: [list] → A tide is drawn by the moon.",
        ),
        ("Q: Explain:\n(a) tides\n(b) waves\n", "asked Explain: [list] → "),
        ("Q: Letters?\n(a) x\n(b) y\nA: z\n", "asked Letters? [list] → z"),
        ("Q: First?\n(A) cat\n(B) dog\nA: A cat came first\n", "asked First? [list] → A cat came first"),
    ] {
        assert_eq!(shown(&format!("{HEAD}{text}"))[0], expected, "{text}");
    }
}

#[test]
fn what_is_between_a_question_and_its_answer_belongs_to_it() {
    let table = "| क | ख |\n|---|---|\n| 1 | 2 |\n";
    let with_answer = shown(&format!("{HEAD}प्रश्न: कौन?\n\nपढ़िए।\n\n{table}\nउत्तर: 2\n\nआगे।\n"));
    assert_eq!(with_answer, ["asked कौन? [paragraph table] → 2", "words पढ़िए।", "table", "words आगे।"]);
    let with_choices = shown(&format!("{HEAD}Q: Which?\n\n{table}\n- [ ] 1\n- [x] 2\n"));
    assert_eq!(with_choices[0], "asked Which? [table] 1 ✓2 → ");
    // Without either it comes after the question, as it does after the answer.
    let without = shown(&format!("{HEAD}Q: Why?\n\n{table}\nQ: When?\nA: Now.\n\nMore.\n"));
    assert_eq!(without, ["asked Why? [] → ", "table", "asked When? [] → Now.", "words More."]);
    let in_body = shown(&format!("{HEAD}Q: Why?\n: <!-- -->\n\n  Read this.\n\n  A: So.\n\n  More.\n"));
    assert_eq!(in_body, ["asked Why? [paragraph] → So.", "words Read this.", "words More."]);
}

#[test]
fn the_letters_of_choices_may_be_an_attribute() {
    let text = format!("{HEAD}Q: Salt? {{choices=\"(अ) (ब)\"}}\n\n- [ ] Na\n- [x] NaCl\n");
    assert_eq!(shown(&text), ["asked Salt? [] (अ)Na ✓(ब)NaCl → "]);
    let source = Source::new(format!("{HEAD}Q: Salt? {{choices=none}}\n\n- [x] NaCl\n"));
    let found = read(&source, &ReadOptions::default()).diagnostics;
    assert!(
        found.iter().any(|found| found.message.as_str().starts_with("`none` is not the first marker")),
        "{found:?}"
    );
}

#[test]
fn verse_keeps_its_lines_and_stanzas() {
    let stanzas = |text: &str| {
        let mut found = Vec::new();
        material(&format!("{HEAD}{text}")).walk_blocks(&mut |block, _| {
            if let Block::Verse(verse) = block {
                found.push(verse.to_plain());
            }
        });
        found
    };
    assert_eq!(stanzas("| नदी चली\n| धीरे **धीरे**\n|\n| सागर मिला\n"), ["नदी चली\nधीरे धीरे\n\nसागर मिला"]);
    assert_eq!(stanzas("{.verse}\nup it went\ndown it came\n"), ["up it went\ndown it came"]);
    assert_eq!(stanzas("> | a line in a quote\n> | and another\n"), ["a line in a quote\nand another"]);
    assert_eq!(stanzas("| ends in a bar \\|\n| so\n"), ["ends in a bar |\nso"]);
    for words in ["| a | b |\n| c | d |\n", "|a\n|b\n", "| a\nb\n", "\\| a\n| b\n", "|\n", "a | b\n"] {
        assert_eq!(stanzas(words), [""; 0], "{words}");
    }
}
