//! Where texts stood: what a source is changed by in place.

use patra_core::Source;
use patra_markdown::{ReadOptions, read_passages};

const NOTES: &str = "---
title: क
language: hi
---

# जल {#water}

> **BPO** {#bpo} है।
> दूसरी पंक्ति

{kind=\"रूप\"}
- **बर्फ़** {#ice}: ठोस *रूप*।

१. प्रश्न नहीं

| पहलू | नदी {#river} |  |
|---|---|---|
| बहाव | **तेज़** है | |

प्रश्न: क्या? {#what}
उत्तर: यह।
";

#[test]
fn a_passage_is_what_the_author_typed_of_a_text() {
    let source = Source::new(NOTES.to_owned());
    let (read, passages) = read_passages(&source, &ReadOptions::default());
    assert!(read.material.is_some());
    let mut typed: Vec<(usize, &str)> =
        passages.iter().map(|p| (p.span.start(), &NOTES[p.span.start()..p.span.end()])).collect();
    typed.sort_unstable();
    let typed: Vec<&str> = typed.into_iter().map(|(_, words)| words).collect();
    assert_eq!(
        typed,
        [
            "जल",
            "**BPO** {#bpo} है।\n> दूसरी पंक्ति",
            "रूप",
            "बर्फ़",
            "ठोस *रूप*।",
            "प्रश्न नहीं",
            "पहलू",
            "नदी",
            "बहाव",
            "**तेज़** है",
            "क्या?",
            "यह।"
        ]
    );
}
