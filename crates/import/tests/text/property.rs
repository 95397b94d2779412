//! Properties of any text: no word is lost or invented, and the model is sound.

use patra_core::{Code, Material, Severity, Source};
use patra_import::{TextOptions, read_text};
use proptest::prelude::*;

use crate::words::lost_and_invented;

fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "ग्राहक",
        "सेवा",
        "कॉल",
        "सेंटर",
        "है",
        "हैं",
        "और",
        "BPO",
        "data",
        "the",
        "Entry",
        "மழை",
        "নদী",
        "درخت",
        "आहे",
        "क्या",
        "50",
        "10:30",
        "अंतर",
        "आधार",
        "FAQ",
        "का पूरा नाम",
        "क्\u{200D}ष",
        "**बल**",
        "निम्नलिखित",
        "A.",
        "stands for",
        "“उद्धरण”",
        "(कोष्ठक)",
        "\\|",
    ]);
    prop::collection::vec(word, 0..9).prop_map(|words| words.join(" "))
}

fn line() -> impl Strategy<Value = String> {
    let indent = prop::sample::select(vec!["", "", "", "  ", "\t", "    "]);
    let mark = prop::sample::select(vec![
        "",
        "",
        "",
        "",
        "- ",
        "-",
        "• ",
        "➤",
        "* ",
        "o ",
        "1. ",
        "2. ",
        "3. ",
        "१) ",
        "२) ",
        "(क) ",
        "(ख) ",
        "a) ",
        "b) ",
        "1.1 ",
        "1.2 ",
        "i) ",
        "ii) ",
        "Step 1: ",
        "चरण 2 – ",
        "# ",
        "## ",
        "| ",
        "प्रश्न 1: ",
        "उत्तर: ",
        "Q. ",
        "A. ",
        "①",
        "1️⃣ ",
        "> ",
        "Ans: ",
    ]);
    let parting =
        prop::sample::select(vec![" ", ": ", " – ", " => ", " | ", "\t", ":- ", "? ", "। ", " = ", " | x | "]);
    let end = prop::sample::select(vec!["", "", "।", "?", ":-", ":", ".", " |", "|"]);
    let drawn =
        prop::sample::select(vec!["---|---|---", "---", "===", "", "", "|", "-", "****"]).prop_map(str::to_owned);
    let written = (indent, mark, words(), parting, words(), end)
        .prop_map(|(indent, mark, one, parting, two, end)| format!("{indent}{mark}{one}{parting}{two}{end}"));
    prop_oneof![5 => written, 1 => drawn]
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let source = Source::new(text.to_owned());
    let read = read_text(&source, &TextOptions::default());
    for diagnostic in &read.diagnostics {
        let span = diagnostic.span;
        prop_assert!(text.get(span.start()..span.end()).is_some(), "{diagnostic} at {span:?}");
        prop_assert!(diagnostic.code != Code::Guessed || !source.slice(span).trim().is_empty(), "{diagnostic}");
    }
    let Some(material) = read.material else {
        let empty = Material::default();
        let (lost, _) = lost_and_invented(text, &empty);
        prop_assert!(lost.is_empty(), "lost {lost:?}");
        return Ok(());
    };
    let (lost, invented) = lost_and_invented(text, &material);
    prop_assert!(lost.is_empty(), "lost {lost:?} of {}", material.to_json());
    prop_assert!(invented.is_empty(), "invented {invented:?}");
    let problems = material.problems();
    prop_assert!(problems.iter().all(|problem| problem.severity() != Severity::Error), "{problems:?}");
    prop_assert_eq!(Material::from_json(&material.to_json()), Ok(material));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1500) })]

    #[test]
    fn lines_of_many_habits(lines in prop::collection::vec(line(), 0..24)) {
        check(&lines.join("\n"))?;
    }

    #[test]
    fn any_text(text in any::<String>()) {
        check(&text)?;
    }
}
