//! Whatever the source: no panic, places within it, no word lost, and what was read is written and read again the same.

use patra_core::{Severity, Source};
use patra_markdown::{ReadOptions, read, write};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Marks of all constructs, and three words that are counted.
const PIECES: &[&str] = &[
    "कमल",
    "मोर",
    "BPO",
    " ",
    " ",
    " ",
    "  ",
    "    ",
    "\n",
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    "\r\n",
    "\t",
    "*",
    "**",
    "_",
    "# ",
    "## ",
    "- ",
    "* ",
    "+ ",
    "1. ",
    "२. ",
    "10) ",
    "> ",
    ">",
    "|",
    "| a | b |\n",
    "|---|---|\n",
    "{",
    "}",
    "{{",
    "}}",
    "{#a}",
    "{.terms}",
    "{.list}",
    "{.comparison}",
    "{.table}",
    "{.cloze}",
    "{.question}",
    "{.definition}",
    "{kind=\"x *y*\"}",
    "{#b full=\"f\"}",
    "{lang=hi}",
    "{include=\"x.md\"}",
    "\n\n{include=x.md}\n\n",
    "{include: ",
    "[",
    "]",
    "(",
    ")",
    "](x)",
    "](x \"t\")",
    "![a](b)",
    "[x] ",
    "- [ ] ",
    "- [x] ",
    "[!NOTE]",
    "> [!TIP]\n",
    "[^1]",
    "[^1]: ",
    "[a]: b\n",
    "[a]",
    "<",
    "<b>",
    "</b>",
    "<br>",
    "<div>",
    "&amp;",
    "&#42;",
    "&nbsp;",
    "`",
    "```",
    "~~~",
    "``` math\n",
    "$",
    "$$",
    "~~",
    "\\",
    "\\\n",
    "Q: ",
    "A: ",
    "Hint: ",
    "प्रश्न: ",
    "उत्तर: ",
    "**Q:** ",
    "\n: ",
    ": ",
    ":",
    "==",
    "---\n",
    "===\n",
    "\u{0}",
    "\u{7}",
    "\u{a0}",
    "\u{200d}",
    "<http://x.y>",
    "\u{feff}",
    "।",
    "**।**",
];

fn counted(text: &str) -> usize {
    ["कमल", "मोर", "BPO"].iter().map(|word| text.matches(word).count()).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_source_is_read(text in vec(select(PIECES), 1..40).prop_map(|pieces| pieces.concat())) {
        let source = Source::new(text.clone());
        let read_once = read(&source, &ReadOptions::default());
        for problem in &read_once.diagnostics {
            let (start, end) = (problem.span.start(), problem.span.end());
            prop_assert!(text.get(start..end).is_some(), "{problem} at {start}..{end} of {text:?}");
        }
        let Some(material) = read_once.material else { return Ok(()) };
        let wrong = read_once.diagnostics.iter().any(|problem| problem.severity() == Severity::Error);
        prop_assert!(wrong || counted(&material.to_json()) >= counted(&text), "{text:?} became {}", material.to_json());
        let written = write(&material);
        let again = read(&Source::new(written.clone()), &ReadOptions::default()).material;
        prop_assert_eq!(again.as_ref(), Some(&material), "{:?} was written as\n{}", text, written);
    }
}

/// That what is written of a source is read as the source was.
fn assert_read_again(text: &str) {
    let read = |text: &str| read(&Source::new(text.to_owned()), &ReadOptions::default()).material;
    let first = read(text).expect("there are words");
    let written = write(&first);
    assert_eq!(read(&written), Some(first), "{text:?} is written {written:?}");
}

#[test]
fn a_gap_in_a_heading_within_a_block_is_asked() {
    for text in ["> # {{क}}", "* # {{क}} ख", "1. # {{क}}", "[^1]: # {{क}}"] {
        assert_read_again(text);
    }
    assert_read_again(&format!("> # {}क{}", "{{".repeat(40), "}}".repeat(40)));
}

#[test]
fn a_fence_ends_before_what_it_is_said_to_hold() {
    for text in ["~~~ ~`", "~~~ ~`a\nक\n~~~", "~~~ ~\nक"] {
        assert_read_again(text);
    }
}
