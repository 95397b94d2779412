//! A mark that changes what words say changes every output.

use std::collections::BTreeMap;

use patra_tests::Folder;

/// All files that are made of a definition, a table and a question that hold these words; their keys hold others.
fn made(words: &str) -> BTreeMap<String, Vec<u8>> {
    let folder = Folder::new(env!("CARGO_BIN_EXE_patra-under-test"));
    folder.write(
        "heat.en.md",
        format!(
            "---\nid: heat\ntitle: Heat\nlanguage: en\n---\n\n# One\n\nMole {{#mole}}\n: It is {words} here.\n\n\
             | What | How much |\n|---|---|\n| First | {words} |\n\n\
             Q: What is it? {{#what}}\nA: It is {words} here.\n\n1. [x] It is {words}\n2. [ ] It is not\n"
        ),
    );
    for arguments in
        [&["build", "heat.en.md", "-o", "out"][..], &["build", "heat.en.md", "-o", "out", "--only", "quiz"]]
    {
        let ran = folder.patra(arguments);
        assert_eq!(ran.code, 0, "{ran}");
    }
    let files = folder.files();
    files.into_iter().filter_map(|(name, bytes)| Some((name.strip_prefix("out/heat/en/")?.to_owned(), bytes))).collect()
}

#[test]
fn text_with_a_mark_and_without_it_differs_in_every_output() {
    const OUTPUTS: [&str; 11] = [
        "handout.pdf",
        "answers.pdf",
        "cards.pdf",
        "deck.apkg",
        "material.json",
        "workbook.xlsx",
        "sheets/definitions.csv",
        "sheets/tables.csv",
        "quiz/moodle.xml",
        "quiz/gift.txt",
        "quiz/qti.zip",
    ];
    for (marked, unmarked) in [("10^8^", "108"), ("lg~2~8", "lg28"), ("~~never~~", "never")] {
        let (with, without) = (made(marked), made(unmarked));
        for name in OUTPUTS {
            let file = |files: &BTreeMap<String, Vec<u8>>| {
                files.get(name).unwrap_or_else(|| panic!("{name} is not among {:?}", files.keys())).clone()
            };
            assert_ne!(file(&with), file(&without), "{name} says the same of {marked} and {unmarked}");
        }
    }
}
