use patra_core::{Block, Run};

use crate::archive::{Document, blocks, paragraph, paragraphs, run, said};

fn within(runs: &str) -> String {
    format!("<w:p>{runs}</w:p>")
}

#[test]
fn looks_of_words_are_kept_or_reported() {
    let body = within(
        &[
            run("<w:b/>", "bold"),
            run("", " plain x"),
            run("<w:vertAlign w:val=\"superscript\"/>", "2"),
            run("", " and the 5"),
            run("<w:vertAlign w:val=\"superscript\"/>", "th"),
            run("<w:strike/>", " gone"),
            run("<w:highlight w:val=\"yellow\"/>", " bright"),
            run("<w:vanish/>", "secret words"),
            run("<w:bCs/><w:rtl/>", " मोटा"),
        ]
        .concat(),
    );
    let read = Document::new(&body).read();
    let material = read.read.material.as_ref().expect("there are words");
    assert_eq!(paragraphs(material), ["bold plain x^2 and the 5^th ~~gone~~ bright मोटा"]);
    let [Block::Paragraph(paragraph)] = blocks(material)[..] else { panic!("one paragraph") };
    let strong: Vec<String> = paragraph
        .text
        .runs()
        .iter()
        .filter_map(|run| match run {
            Run::Strong(text) => Some(text.to_plain()),
            _ => None,
        })
        .collect();
    assert_eq!(strong, ["bold", " मोटा"]);
    let said = said(&read);
    for words in ["a highlight", "secret words"] {
        assert!(said.contains(words), "{words} is not reported in {said}");
    }
}

#[test]
fn changes_are_taken_as_accepted_and_what_they_delete_is_reported() {
    let body = within(&format!(
        "{}<w:ins w:id=\"1\" w:author=\"A\">{}</w:ins><w:del w:id=\"2\" w:author=\"A\"><w:r><w:delText>twelve</w:delText></w:r></w:del>{}",
        run("", "A year has "),
        run("", "365"),
        run("", " days.")
    )) + "<w:p><w:pPr><w:rPr><w:del w:id=\"3\"/></w:rPr></w:pPr><w:r><w:t xml:space=\"preserve\">A leap year </w:t></w:r></w:p>"
        + &paragraph("", "has one more.");
    let read = Document::new(&body).read();
    let material = read.read.material.as_ref().expect("there are words");
    assert_eq!(paragraphs(material), ["A year has 365 days.", "A leap year has one more."]);
    assert!(said(&read).contains("`twelve`"), "{}", said(&read));
    let note = read.read.diagnostics.iter().find(|found| found.message.contains("twelve")).expect("it is reported");
    assert!(read.source.slice(note.span).contains("365"), "it is reported where it stands");
}

#[test]
fn links_fields_and_symbols() {
    let body = within(&format!(
        "<w:hyperlink r:id=\"a\">{}</w:hyperlink>{}<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> HYPERLINK \
         \"https://b.example/\" </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{}<w:r><w:fldChar \
         w:fldCharType=\"end\"/></w:r><w:r><w:t xml:space=\"preserve\"> </w:t><w:sym w:font=\"Symbol\" w:char=\"F0B3\"/><w:sym w:font=\"Webdings\" w:char=\"F021\"/></w:r>",
        run("", "one"),
        run("", " or "),
        run("", "two"),
    ));
    let read = Document::new(&body).link("a", "hyperlink", "https://a.example/?x=1&y=2").read();
    let material = read.read.material.as_ref().expect("there are words");
    let [Block::Paragraph(paragraph)] = blocks(material)[..] else { panic!("one paragraph") };
    let targets: Vec<&str> = paragraph
        .text
        .runs()
        .iter()
        .filter_map(|run| match run {
            Run::Link(link) => Some(link.target.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(targets, ["https://a.example/?x=1&y=2", "https://b.example/"]);
    assert_eq!(paragraph.text.to_plain(), "one or two ≥[Webdings F021]");
    assert!(said(&read).contains("F021"));
}

#[test]
fn formulas_are_latex_in_lines_and_between_them() {
    let formula = "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>x&lt;2</m:t></m:r></m:den></m:f></m:oMath>";
    let body = within(&(run("", "As ") + formula)) + &within(&format!("<m:oMathPara>{formula}</m:oMathPara>"));
    let material = Document::new(&body).material();
    let found = blocks(&material);
    let Block::Paragraph(paragraph) = found[0] else { panic!("a paragraph") };
    assert_eq!(paragraph.text.runs().last(), Some(&Run::Math("\\frac{1}{x\\lt 2}".into())));
    assert!(matches!(found[1], Block::Math(math) if math.tex == "\\frac{1}{x\\lt 2}"), "{found:?}");
}

#[test]
fn notes_and_comments_are_reported_and_notes_are_kept() {
    let body = within(&format!(
        "{}<w:r><w:footnoteReference w:id=\"2\"/></w:r>{}<w:r><w:commentReference w:id=\"0\"/></w:r>",
        run("", "The Ganga"),
        run("", " is long.")
    ));
    let notes =
        format!("<w:footnote w:id=\"2\">{}</w:footnote>", paragraph("", "Two thousand five hundred kilometres."));
    let comments =
        format!("<w:comment w:id=\"0\" w:author=\"Meena\">{}</w:comment>", paragraph("", "How long exactly?"));
    let read = Document::new(&body).part("footnotes", &notes).part("comments", &comments).read();
    let material = read.read.material.as_ref().expect("there are words");
    let words = paragraphs(material).join("|");
    assert!(words.contains("The Ganga[1] is long."), "{words}");
    assert!(words.contains("Two thousand five hundred kilometres."), "{words}");
    let said = said(&read);
    assert!(said.contains("Meena") && said.contains("How long exactly?") && said.contains("footnotes"), "{said}");
}

#[test]
fn a_note_with_a_mark_of_its_own_is_kept() {
    let body = within(&format!(
        "{}<w:r><w:footnoteReference w:customMarkFollows=\"1\" w:id=\"2\"/><w:t>*</w:t></w:r>{}",
        run("", "The Indus"),
        run("", " is old.")
    ));
    let notes = format!("<w:footnote w:id=\"2\">{}</w:footnote>", paragraph("", "Older than the hills around it."));
    let read = Document::new(&body).part("footnotes", &notes).read();
    let words = paragraphs(read.read.material.as_ref().expect("there are words")).join("|");
    assert!(words.contains("The Indus* is old."), "{words}");
    assert!(words.contains("Older than the hills around it."), "{words}");
}

#[test]
fn words_for_kruti_dev_are_converted_where_the_font_says_so() {
    let old = "<w:rFonts w:ascii=\"Kruti Dev 010\" w:hAnsi=\"Kruti Dev 010\"/>";
    // Word parts runs anywhere, also between a sign and its letter.
    let body = within(&[run(old, "gekjk f"), run(old, "o|ky; cM+k gSA "), run("", "Grade 6 (A)")].concat());
    let read = Document::new(&body).read();
    let material = read.read.material.as_ref().expect("there are words");
    assert_eq!(paragraphs(material), ["हमारा विद्यालय बड़ा है। Grade 6 (A)"]);
    assert!(said(&read).contains("4 words were converted from Kruti Dev"), "{}", said(&read));
}
