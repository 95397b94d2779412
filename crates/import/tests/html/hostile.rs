//! Pages that are made to hurt: read in time and memory that grow with their length, or refused.

use std::time::{Duration, Instant};

use patra_core::{Code, Read, Severity, Source};
use patra_import::{HtmlOptions, read_html};

/// Far above what is needed in a build without optimisation, and far below what quadratic time takes.
const LONGEST: Duration = Duration::from_secs(60);

/// How many times a part is repeated.
const MANY: usize = if cfg!(debug_assertions) { 4_000 } else { 1_000_000 };

/// How deep elements stand in elements.
const LEVELS: usize = if cfg!(debug_assertions) { 20_000 } else { 100_000 };

fn read(text: String) -> Read {
    let source = Source::new(text);
    let begun = Instant::now();
    let read = read_html(&source, &HtmlOptions::default());
    assert!(begun.elapsed() < LONGEST, "took {:?}", begun.elapsed());
    if let Some(material) = &read.material {
        let problems = material.problems();
        assert!(problems.iter().all(|problem| problem.code != Code::TooDeep), "{problems:?}");
    }
    read
}

#[test]
fn levels_without_end() {
    for tag in [
        "div",
        "ul><li",
        "ol",
        "blockquote",
        "b",
        "span",
        "table><tr><td",
        "dl><dd",
        "details",
        "font",
        "figure",
        "math",
        "svg",
        "pre",
    ] {
        let read = read(format!("{}शब्द", format!("<{tag}>").repeat(LEVELS)));
        let words = read.material.map(|material| material.to_json()).unwrap_or_default();
        let told = read.diagnostics.iter().any(|diagnostic| diagnostic.message.contains("शब्द"));
        assert!(words.contains("शब्द") || told, "{tag}");
        assert!(
            read.diagnostics.iter().any(|diagnostic| matches!(diagnostic.code, Code::KeptAsText | Code::TooLarge)),
            "{tag}"
        );
    }
}

#[test]
fn formatting_that_is_opened_again_in_each_block() {
    let mut page = String::new();
    for size in 0..300 {
        page.push_str(&format!("<font size={size}>"));
    }
    page.push_str(&"</p><p>क".repeat(MANY));
    let read = read(page);
    let refused = read
        .diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity() == Severity::Error && diagnostic.code == Code::TooLarge);
    assert!(refused != read.material.is_some());
}

#[test]
fn many_of_everything() {
    for part in [
        "<p>क</p>",
        "<h2>क</h2>",
        "<h2>क</h2><p>ख",
        "<li>क",
        "<ul><li>क: ख</ul>",
        "<dl><dt>क<dd>ख</dl>",
        "<br>",
        "क<br>",
        "<p><b>क</b></p>",
        "<details><summary>क</summary>ख</details>",
        "<nav>क</nav>",
        "<article>क</article>",
        "<img src=a.png alt=क>",
        "<a href=x>क</a> ",
        "<p class=MsoListParagraph style='mso-list:l0 level2'>· क</p>",
        "<ul class=lst-kix_a-3><li>क</ul>",
        "<i>क",
        "</p>",
        "<!--",
        "<",
        "&",
        "&amp;",
        "\0",
        "\r\n",
        "<table>क",
        "</b>",
        "<script>क</script",
        "<h1>",
        "$$",
        "<math><mi>x</mi></math>",
        "<td>",
    ] {
        drop(read(part.repeat(MANY)));
    }
}

#[test]
fn a_table_of_many_rows() {
    let rows = MANY / 4;
    let read = read(format!("<table><tr><th>क<th>ख{}</table>", "<tr><td>ग<td>घ".repeat(rows)));
    match read.material {
        Some(material) => assert!(material.to_json().matches("\"ग\"").count() == rows),
        None => assert!(read.diagnostics.iter().any(|diagnostic| diagnostic.code == Code::TooLarge)),
    }
}

#[test]
fn cells_that_span_everything() {
    let row = "<tr><td rowspan=65534 colspan=1000>क<td>ख";
    let read = read(format!("<table>{}</table>", row.repeat(1_000)));
    let json = read.material.expect("a material").to_json();
    assert!(json.len() < 10_000_000, "{}", json.len());
    assert!(read.diagnostics.iter().any(|diagnostic| diagnostic.code == Code::KeptAsText));
}

#[test]
fn a_long_cell_that_spans_everything() {
    let link = format!("<a href=\"https://example.org/{}\">क</a>", "a".repeat(8_000));
    for long in ["क".repeat(100_000), link] {
        for span in ["colspan=500", "rowspan=500", "rowspan=20 colspan=30"] {
            let page = format!("<table><tr><td {span}>{long}<td>ख{}</table>", "<tr><td>ग<td>घ".repeat(500));
            let length = page.len();
            let read = read(page);
            let json = read.material.expect("a material").to_json();
            assert!(json.len() < 12 * length + 1_000_000, "{span}: {}", json.len());
            let told = read.diagnostics.iter().any(|problem| problem.message.contains("not all were filled"));
            assert!(told, "{span}");
        }
    }
}

#[test]
fn one_long_line() {
    for part in ["क", "क ", "<b>क</b> ", "क&nbsp;", "\\(x\\) ", "\\( ", "x='"] {
        let text = part.repeat(10_000_000 / part.len() / if cfg!(debug_assertions) { 20 } else { 1 });
        assert!(read(format!("<p>{text}")).material.is_some(), "{part}");
        drop(read(format!("<p title=\"{text}")));
    }
}

#[test]
fn what_is_said_of_it_is_bounded() {
    let read = read("<nav>क</nav><h2>ख</h2><p><b>ग</b></p><p>घ</p>".repeat(MANY / 4));
    assert!(read.diagnostics.len() < 10_000, "{}", read.diagnostics.len());
}

#[test]
fn what_is_left_out_has_a_place_among_references() {
    for page in
        ["<p>&amp;क\u{8d}ख</p>", "<p>&lt;क ख\u{200b}\u{200b}", "<p>क\r\nख \u{ad}ग", "<p>क\0ख\u{200b}ग", "<p>&#x8d;क"]
    {
        let source = Source::new(page.to_owned());
        for problem in read_html(&source, &HtmlOptions::default()).diagnostics {
            let span = problem.span;
            assert!(page.get(span.start()..span.end()).is_some_and(|place| !place.is_empty()), "{page:?}: {problem}");
        }
    }
}

#[test]
fn links_that_are_never_closed_end() {
    for (length, said) in [(1_000_000, "more than 8 KiB"), (8_000, "never closed")] {
        for part in ["क<br>", "<p>क"] {
            let read = read(format!("<a href=\"{}\">", "x".repeat(length)) + &part.repeat(3_000));
            assert!(read.diagnostics.iter().any(|told| told.message.contains(said)), "{length} {part}");
            let json = read.material.expect("a material").to_json();
            assert!(json.len() < 40 << 20, "{length} {part}: {}", json.len());
        }
    }
}

#[test]
fn a_link_that_runs_a_script_is_reported_and_keeps_its_words() {
    for href in ["javascript:void(0)", " JavaScript:alert(1)", "data:text/html,x", "vbscript:x"] {
        let read = read(format!("<p>See <a href='{href}'>the second table</a> for rates of rain.</p>"));
        assert!(read.diagnostics.iter().any(|told| told.message.contains("runs a script")), "{href}");
        let json = read.material.expect("a material").to_json();
        assert!(json.contains("See the second table for rates of rain."), "{href}: {json}");
    }
}
