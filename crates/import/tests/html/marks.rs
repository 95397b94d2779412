//! Elements that change what their words say keep that on import.

use patra_core::{Block, Material, Run, Source};
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

/// The formulas of a page, in LaTeX, and whether a loss was reported.
fn formulas(math: &str) -> (Vec<String>, bool) {
    let page = format!(
        "<!doctype html><html lang=\"en\"><body><article><h1>Sums</h1><p>So {math} it is.</p></article></body></html>"
    );
    let read = read_html(&Source::new(page), &HtmlOptions::default());
    let mut found = Vec::new();
    read.material.expect("there are words").walk_blocks(&mut |block, _| {
        block.texts(&mut |text, _| {
            text.walk(&mut |run| {
                if let Run::Math(tex) = run {
                    found.push(tex.clone());
                }
            });
        });
        if let Block::Math(math) = block {
            found.push(math.tex.clone());
        }
    });
    (found, read.diagnostics.iter().any(|diagnostic| diagnostic.message.contains("has no form in LaTeX")))
}

#[test]
fn formulas_in_mathml_are_latex() {
    for (math, tex) in [
        ("<msqrt><mn>25</mn></msqrt>", "\\sqrt{25}"),
        ("<mroot><mn>8</mn><mn>3</mn></mroot>", "\\sqrt[3]{8}"),
        ("<mfrac><mn>3</mn><mn>4</mn></mfrac>", "\\frac{3}{4}"),
        ("<msup><mi>b</mi><mn>5</mn></msup><mo>≤</mo><mn>1</mn>", "b^{5}\\le 1"),
        ("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", "x_{i}^{2}"),
        ("<msup><mrow><mo>(</mo><mi>a</mi><mo>+</mo><mi>b</mi><mo>)</mo></mrow><mn>2</mn></msup>", "{(a+b)}^{2}"),
        (
            "<munderover><mo>∑</mo><mrow><mi>k</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>k</mi>",
            "\\sum_{k=1}^{n}k",
        ),
        ("<munder><mi>lim</mi><mrow><mi>h</mi><mo>→</mo><mn>0</mn></mrow></munder>", "\\lim_{h\\to 0}"),
        ("<mover><mi>v</mi><mo>→</mo></mover>", "\\vec{v}"),
        ("<mover><mrow><mi>A</mi><mi>B</mi></mrow><mo>¯</mo></mover>", "\\overline{AB}"),
        ("<mfenced open='['><mi>p</mi><mi>q</mi></mfenced>", "\\left[p, q\\right)"),
        (
            "<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd><mtd><mn>4</mn></mtd></mtr></mtable>",
            "\\begin{matrix}1 & 2 \\\\ 3 & 4\\end{matrix}",
        ),
        ("<mmultiscripts><mi>C</mi><mprescripts/><mn>6</mn><mn>14</mn></mmultiscripts>", "{}_{6}^{14}C"),
        ("<mi>वेग</mi><mo>=</mo><mfrac><mi>दूरी</mi><mi>समय</mi></mfrac>", "\\text{वेग}=\\frac{\\text{दूरी}}{\\text{समय}}"),
        ("<mi>sin</mi><mi>θ</mi>", "\\sin \\theta"),
        ("<mfrac linethickness='0'><mi>n</mi><mi>r</mi></mfrac>", "\\begin{matrix}n \\\\ r\\end{matrix}"),
        ("<semantics><mi>z</mi><annotation encoding='application/x-tex'>\\zeta</annotation></semantics>", "\\zeta"),
    ] {
        let (found, lossy) = formulas(&format!("<math>{math}</math>"));
        assert_eq!((found, lossy), (vec![tex.to_owned()], false), "{math}");
    }
    // An element that nothing is known of keeps its letters, and is reported.
    let (found, lossy) = formulas("<math><mstack><mn>12</mn><mn>7</mn></mstack></math>");
    assert!(lossy && found.concat().contains("12"), "{found:?}");
    let (_, lossy) = formulas("<math><mfrac><mn>1</mn></mfrac></math>");
    assert!(lossy);
}

#[test]
fn what_a_browser_draws_around_words_is_kept() {
    assert_eq!(paragraphs("<p>He said <q>stop</q> twice.</p>"), ["He said “stop” twice."]);
    assert_eq!(
        paragraphs("<p>The word <ruby>漢字<rt>kanji</rt></ruby> is old.</p>"),
        ["The word 漢字 (kanji) is old."]
    );
    assert_eq!(
        paragraphs("<p>The word <ruby>漢字<rp>[</rp><rt>kanji</rt><rp>]</rp></ruby> is old.</p>"),
        ["The word 漢字[kanji] is old."]
    );
}
