//! Formulas on the page: how their parts stand to each other, what a reader gets of them, and what can't be set.

mod reader;

use lopdf::{Document, Object};
use patra_core::{Block, Code, Material, Math, Paragraph, Practice, Run, Section, Span, Text};
use patra_pdf::{Pdf, PdfOptions, pdf};

fn material(blocks: Vec<Block>) -> Material {
    let section = Section { heading: "सूत्र".into(), blocks, ..Section::default() };
    let language = "hi".parse().expect("a tag");
    let mut material =
        Material { title: "गणित".into(), language, sections: vec![section], ..Material::default() };
    material.assign_ids();
    material
}

fn display(tex: &str) -> Block {
    Block::Math(Math { tex: tex.to_owned(), span: Span::new(5, 9) })
}

fn paragraph(runs: Vec<Run>) -> Block {
    Block::Paragraph(Paragraph { text: runs.into_iter().collect::<Text>(), span: Span::new(5, 9) })
}

fn made(blocks: Vec<Block>) -> (Pdf, Vec<(Code, String)>) {
    let material = material(blocks);
    let made = pdf(&material, &Practice::of(&material), &PdfOptions::default()).expect("a handout");
    let told = made.warnings.iter().map(|problem| (problem.code, problem.message.to_string())).collect();
    assert!(made.warnings.iter().all(|problem| problem.span == Span::new(5, 9)));
    (made.output, told)
}

/// The lines of the first page that follow the headings, without the page's number.
fn lines(pdf: &Pdf) -> Vec<reader::Line> {
    let page = reader::pages(&pdf.bytes).swap_remove(0);
    page[2..page.len() - 1].to_vec()
}

/// The line with a text.
#[track_caller]
fn find<'a>(lines: &'a [reader::Line], text: &str) -> &'a reader::Line {
    lines.iter().find(|line| line.text.trim() == text).unwrap_or_else(|| panic!("no `{text}` in {lines:?}"))
}

#[test]
fn scripts_stand_high_and_low_and_a_fraction_above_its_bar() {
    let (pdf, told) = made(vec![display(r"x^2 = \frac{p}{q_k}")]);
    assert_eq!(told, []);
    let lines = lines(&pdf);
    let (x, two, p, q, k) =
        (find(&lines, "x"), find(&lines, "2"), find(&lines, "p"), find(&lines, "q"), find(&lines, "k"));
    assert!(two.y > x.y + 3.0 && two.x > x.x, "{two:?} above {x:?}");
    assert!(p.y > x.y + 4.0 && q.y < x.y - 4.0, "{p:?} {q:?}");
    assert!(k.y < q.y - 1.0 && k.x > q.x);
    // Numerator and denominator have one middle.
    let middle = (q.x + k.x + k.width) / 2.0;
    assert!((p.x + p.width / 2.0 - middle).abs() < 1.5, "{p:?} over {q:?}");
}

#[test]
fn words_in_a_formula_are_shaped_and_come_back_whole() {
    let (pdf, told) = made(vec![
        display(r"\text{क्षेत्रफल} = \frac{1}{2} \times \text{आधार} \times \text{ऊँचाई}"),
        paragraph(vec![
            Run::Plain("वृत्त का क्षेत्रफल ".into()),
            Run::Math(r"A=\pi r^2".into()),
            Run::Plain(" होता है, (".into()),
            Run::Math("r".into()),
            Run::Plain(" त्रिज्या)।".into()),
        ]),
    ]);
    assert_eq!(told, []);
    let page: Vec<String> = lines(&pdf).iter().map(|line| line.text.clone()).collect();
    insta::assert_snapshot!(page.join("\n"));
}

#[test]
fn every_sign_is_read_as_a_character_that_all_know() {
    let words: String = (0..60_u8).map(|i| format!("{}+", "क".repeat(usize::from(i) + 1))).collect();
    let tex = format!(
        r"a \neq b \notin c \ngeqslant d \nleqq e \nsubseteqq f \varsubsetneq g \nshortmid h, \mathbb{{R}} \mathbf{{x}} {words}"
    );
    let (pdf, told) = made(vec![display(&tex.chars().take(150).collect::<String>()), paragraph(vec![Run::Math(tex)])]);
    assert_eq!(told.len(), 1, "the longer one is wider than a page: {told:?}");
    let (pdf_2, told) =
        made(vec![display(r"a \neq b \notin c \ngeqslant d \nleqq e \nsubseteqq f \varsubsetneq g \nshortmid h")]);
    assert_eq!(told, []);
    for text in [reader::texts(&pdf.bytes), reader::texts(&pdf_2.bytes)].concat() {
        assert!(!text.contains(|c| matches!(c, '\u{E000}'..='\u{F8FF}')), "{text:?}");
    }
    let texts = reader::texts(&pdf_2.bytes);
    for sign in ["¬", "≱", "≰", "⊈", "⊊", "∤"] {
        assert!(texts.iter().any(|text| text.trim() == sign), "no `{sign}` in {texts:?}");
    }
}

#[test]
fn a_formula_is_an_element_with_its_latex_where_it_is_read() {
    let (pdf, _) = made(vec![paragraph(vec![
        Run::Plain("यदि ".into()),
        Run::Math("a<b".into()),
        Run::Plain(" और ".into()),
        Run::Math("b<c".into()),
        Run::Plain(" हो।".into()),
    ])]);
    let document = Document::load_mem(&pdf.bytes).expect("a PDF that loads");
    let elements = || document.objects.values().filter_map(|object| object.as_dict().ok());
    let role = |dictionary: &lopdf::Dictionary, role: &str| {
        dictionary.get(b"S").and_then(Object::as_name).is_ok_and(|name| name == role.as_bytes())
    };
    let with_formulas = elements().find_map(|element| {
        let kids = element.get(b"K").and_then(Object::as_array).ok()?;
        let alts: Vec<Option<String>> = kids
            .iter()
            .map(|kid| {
                let kid = document.get_dictionary(kid.as_reference().ok()?).ok()?;
                let alt = kid.get(b"Alt").and_then(Object::as_str).ok()?;
                role(kid, "Formula").then(|| String::from_utf8_lossy(alt).into_owned())
            })
            .collect();
        (role(element, "P") && alts.iter().any(Option::is_some)).then_some(alts)
    });
    let expected = [None, Some("a<b".to_owned()), None, Some("b<c".to_owned()), None];
    assert_eq!(with_formulas, Some(expected.to_vec()));
}

/// The kinds of the elements below one, in the order in which they are read.
fn kinds(document: &Document, object: &Object, out: &mut Vec<String>) {
    match object {
        Object::Reference(id) => kinds(document, document.get_object(*id).expect("an object"), out),
        Object::Array(kids) => kids.iter().for_each(|kid| kinds(document, kid, out)),
        Object::Dictionary(dictionary) => {
            if let Ok(kind) = dictionary.get(b"S").and_then(Object::as_name) {
                out.push(String::from_utf8_lossy(kind).into_owned());
            }
            if let Ok(inside) = dictionary.get(b"K") {
                kinds(document, inside, out);
            }
        }
        _ => {}
    }
}

#[test]
fn a_formula_on_lines_of_its_own_is_read_where_it_comes() {
    let words = |words: &str| paragraph(vec![Run::Plain(words.into())]);
    let (pdf, _) = made(vec![words("before"), display("E = mc^2"), words("between"), display("a"), words("after")]);
    let document = Document::load_mem(&pdf.bytes).expect("a PDF that loads");
    let root = document.catalog().and_then(|catalog| catalog.get(b"StructTreeRoot")).expect("a tree");
    let mut found = Vec::new();
    kinds(&document, root, &mut found);
    let at = found.iter().position(|kind| kind == "Formula").expect("a formula");
    assert_eq!(found[at - 1..], ["P", "Formula", "P", "Formula", "P"], "{found:?}");
}

#[test]
fn what_the_subset_lacks_is_shown_as_it_is_written_and_told() {
    let (pdf, told) = made(vec![
        display(r"\nosuchthing{x}"),
        paragraph(vec![Run::Plain("यह ".into()), Run::Math(r"\frac{1}".into()), Run::Plain(" है".into())]),
    ]);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().all(|(code, _)| *code == Code::FormulaAsSource));
    assert!(told[0].1.contains(r"`\nosuchthing{x}`") && told[0].1.contains("undefined"), "{}", told[0].1);
    let text: String = lines(&pdf).iter().map(|line| line.text.clone()).collect();
    assert!(text.contains(r"\nosuchthing{x}") && text.contains(r"\frac{1}"), "{text}");
}

#[test]
fn hostile_formulas_end_in_source_or_on_the_page() {
    let many = |part: &str, count: usize| part.repeat(count);
    let hostile = [
        many("{", 100_000),
        many("{", 2_000) + &many("}", 2_000),
        many(r"\sqrt", 2_000) + "x",
        many(r"\frac", 2_000) + "x",
        many(r"\left(", 1_000) + &many(r"\right)", 1_000),
        many("x^{", 1_000) + &many("}", 1_000),
        many("x+", 50_000),
        many(r"\begin{matrix}", 800) + &many(r"\end{matrix}", 800),
        r"\def\a{\b\b}\def\b{\c\c}\def\c{\d\d}\def\d{\e\e}\def\e{\f\f}\def\f{\g\g}\def\g{\h\h}\def\h{\i\i}\def\i{\a\a}\a".into(),
        r"\def\x{\x\x}\x".into(),
        r#"\char"D800 \char"110000 \char"0"#.into(),
        r"\rule{1000000em}{1000000em}".into(),
        r"\kern-100000em x".into(),
        r"\rule{NaNem}{1em}".into(),
        r"\hspace{1e30em}x".into(),
        many("अ+", 5_000),
        "\u{E000}\u{F8FF}x".into(),
        "\u{1F600}\u{200D}\u{301}".into(),
        String::new(),
        "  ".into(),
        "^".into(),
        "%".into(),
        "}".into(),
    ];
    for tex in hostile {
        let start = std::time::Instant::now();
        let blocks = vec![display(&tex), paragraph(vec![Run::Plain("a ".into()), Run::Math(tex.clone())])];
        let material = material(blocks);
        // A character that no font has is an error, as it is in text.
        let result = pdf(&material, &Practice::of(&material), &PdfOptions::default());
        let shown: String = tex.chars().take(20).collect();
        assert!(start.elapsed().as_secs() < 60, "{shown}");
        let Ok(made) = result else {
            assert!(tex.contains('\u{E000}') || tex.contains('\u{1F600}'), "{shown}");
            continue;
        };
        for page in reader::pages(&made.output.bytes) {
            for line in page {
                assert!(
                    line.x > 0.0 && line.x + line.width < 596.0 && line.y > 0.0 && line.y < 842.0,
                    "{shown}: {line:?}"
                );
            }
        }
    }
}

#[test]
fn a_formula_wider_than_the_page_is_made_to_fit() {
    let (pdf, told) = made(vec![display(&"x+".repeat(35)), paragraph(vec![Run::Math("y+".repeat(35))])]);
    assert_eq!(told, []);
    for line in lines(&pdf) {
        assert!(line.x > 60.0 && line.x + line.width < 540.0, "{line:?}");
    }
}
