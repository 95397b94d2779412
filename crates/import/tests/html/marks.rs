//! What an element says of its words arrives.

use patra_core::{Block, Material, Source};
use patra_import::{HtmlOptions, read_html};

fn material(body: &str) -> Material {
    let page = format!("<!doctype html><html lang=\"en\"><body><article><h1>Heat</h1>{body}</article></body></html>");
    read_html(&Source::new(page), &HtmlOptions::default()).material.expect("there are words")
}

/// The plain words of all paragraphs, in which scripts and struck-out words have a mark.
fn paragraphs(body: &str) -> Vec<String> {
    let mut out = Vec::new();
    material(body).walk_blocks(&mut |block, _| {
        if let Block::Paragraph(paragraph) = block {
            out.push(paragraph.text.to_plain());
        }
    });
    out
}

#[test]
fn powers_indices_and_struck_words_keep_what_they_say() {
    for (html, words) in [
        ("A mole is 6 × 10<sup>23</sup> of them.", "A mole is 6 × 10^23 of them."),
        ("So lg<sub>3</sub>9 is 2.", "So lg_3 9 is 2."),
        ("Ice <del>sinks</del> <ins>floats</ins>.", "Ice ~~sinks~~ floats."),
        ("Ice <s>sinks</s>, <strike>boils</strike>.", "Ice ~~sinks~~, ~~boils~~."),
        ("Say e<sup>x<sup>2</sup></sup> here.", "Say e^(x^2) here."),
        ("The 2<sup> nd </sup>law.", "The 2 ^nd law."),
        ("<b>CO<sub>2</sub></b> warms the air.", "CO_2 warms the air."),
        (
            "Up <span style=\"vertical-align: super\">2</span> <span style='text-decoration:line-through'>no</span> it is.",
            "Up ^2 ~~no~~ it is.",
        ),
    ] {
        assert_eq!(paragraphs(&format!("<p>{html}</p>")), [words], "{html}");
    }
}

#[test]
fn a_question_is_one_with_a_power_in_it_too() {
    let found = material("<p>Q: How much is 2<sup>5</sup>?</p><p>A: 2<sup>4</sup> + 2<sup>4</sup></p>");
    let mut asked = Vec::new();
    found.walk_blocks(&mut |block, _| {
        if let Block::Question(question) = block {
            asked.push((question.prompt.to_plain(), question.answer.to_plain()));
        }
    });
    assert_eq!(asked, [("How much is 2^5?".to_owned(), "2^4 + 2^4".to_owned())]);
}

#[test]
fn terms_keep_their_indices() {
    let found = material(
        "<p>The gases:</p><ul><li>CO<sub>2</sub>: what we breathe out</li><li>O<sub>2</sub>: what we breathe in</li></ul>",
    );
    let mut terms = Vec::new();
    found.walk_blocks(&mut |block, _| {
        if let Block::Terms(list) = block {
            terms.extend(list.entries.iter().map(|entry| entry.term.to_plain()));
        }
    });
    assert_eq!(terms, ["CO_2", "O_2"]);
}
