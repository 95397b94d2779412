//! Properties of any page: no word is lost, places are true, and the model is sound.

use patra_core::{Code, Material, Severity, Source};
use patra_import::{HtmlOptions, read_html};
use proptest::prelude::*;

use crate::visible::{invented, lost};

const ELEMENTS: [&str; 56] = [
    "p",
    "div",
    "span",
    "b",
    "i",
    "strong",
    "em",
    "a href='x'",
    "ul",
    "ol start=3",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "tr",
    "td",
    "th",
    "td colspan=2",
    "td rowspan=2",
    "th scope=row",
    "thead",
    "tbody",
    "caption",
    "h1",
    "h2",
    "h3",
    "h6",
    "blockquote",
    "pre",
    "code",
    "details",
    "summary",
    "figure",
    "figcaption",
    "nav",
    "aside",
    "header",
    "footer",
    "main",
    "article",
    "section",
    "sub",
    "sup",
    "q",
    "form",
    "button",
    "center",
    "font size=2",
    "div class='share'",
    "div class='sidebar'",
    "p class=MsoListParagraph style='mso-list:l0 level2 lfo1'",
    "ul class='lst-kix_a-1'",
    "span lang=en",
    "p dir=rtl",
    "o:p",
];

const VOID: [&str; 8] = [
    "<br>",
    "<hr>",
    "<img src='a.png'>",
    "<!-- x -->",
    "<script>no</script>",
    "<style>p{}</style>",
    "<input>",
    "<wbr>",
];

fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "ग्राहक",
        "सेवा",
        "है",
        "BPO",
        "data",
        "the",
        "மழை",
        "নদী",
        "درخت",
        "क्या",
        "50",
        "अंतर",
        "का पूरा नाम",
        "क्\u{200D}ष",
        "stands for",
        "term:",
        "–",
        "?",
        ":-",
        "।",
        "A)",
        "1.",
        "•",
        "प्रश्न:",
        "उत्तर:",
        "\\(x\\)",
        "$$",
        "\u{A0}",
        "&amp;",
        "\\[",
    ]);
    prop::collection::vec(word, 0..7).prop_map(|words| format!(" {} ", words.join(" ")))
}

fn page() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        4 => words(),
        1 => prop::sample::select(VOID.to_vec()).prop_map(str::to_owned),
    ];
    leaf.prop_recursive(6, 60, 6, |inner| {
        (prop::sample::select(ELEMENTS.to_vec()), prop::collection::vec(inner, 0..6), 0..8_u8).prop_map(
            |(open, inside, how)| {
                let name = open.split(' ').next().unwrap_or(open);
                let inside = inside.concat();
                match how {
                    0 => format!("<{open}>{inside}"),
                    1 => format!("{inside}</{name}>"),
                    _ => format!("<{open}>{inside}</{name}>"),
                }
            },
        )
    })
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let source = Source::new(text.to_owned());
    let read = read_html(&source, &HtmlOptions::default());
    for diagnostic in &read.diagnostics {
        let span = diagnostic.span;
        prop_assert!(text.get(span.start()..span.end()).is_some(), "{diagnostic} at {span:?}");
        prop_assert!(diagnostic.code != Code::Guessed || !source.slice(span).trim().is_empty(), "{diagnostic}");
    }
    let material = read.material.unwrap_or_default();
    let lost = lost(text, &material, &read.diagnostics);
    prop_assert!(lost.is_empty(), "lost {lost:?} of {text}\n{}", material.to_json());
    if material == Material::default() {
        return Ok(());
    }
    let invented = invented(text, &material);
    prop_assert!(invented.is_empty(), "invented {invented:?}");
    let problems = material.problems();
    let grave = |code: Code| code.severity() == Severity::Error;
    prop_assert!(problems.iter().all(|problem| !grave(problem.code)), "{problems:?} {text}");
    prop_assert_eq!(Material::from_json(&material.to_json()), Ok(material));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1500) })]

    #[test]
    fn pages_of_every_element(parts in prop::collection::vec(page(), 1..5)) {
        check(&parts.concat())?;
    }

    #[test]
    fn any_text(text in any::<String>()) {
        let source = Source::new(text.clone());
        let read = read_html(&source, &HtmlOptions::default());
        for diagnostic in &read.diagnostics {
            prop_assert!(text.get(diagnostic.span.start()..diagnostic.span.end()).is_some(), "{}", diagnostic);
        }
    }
}
