//! Hostile sources end soon, with a message, and without a stack overflow.

use std::time::{Duration, Instant};

use patra_core::{Code, Material, Source};
use patra_markdown::{ReadOptions, read, write};

/// Generous for a debug build on a busy machine; what is guarded against takes minutes or never ends.
const SOON: Duration = Duration::from_secs(20);

/// For sources of a hundred megabytes, with other programs beside.
const LATER: Duration = Duration::from_secs(300);

fn read_soon(name: &str, text: String) -> (Option<Material>, Vec<Code>) {
    read_within(SOON, name, text)
}

fn read_within(time: Duration, name: &str, text: String) -> (Option<Material>, Vec<Code>) {
    let source = Source::new(text);
    let start = Instant::now();
    let read = read(&source, &ReadOptions::named("limits"));
    assert!(start.elapsed() < time, "{name} took {:?}", start.elapsed());
    (read.material, read.diagnostics.iter().map(|problem| problem.code).collect())
}

#[test]
fn a_hundred_thousand_levels_are_too_deep() {
    for mark in ["> ", ">", "- ", "> - ", "1. ", "१. ", "* > ", ": "] {
        let text = format!("शब्द\n\n{}अंत", mark.repeat(100_000));
        let (material, codes) = read_soon(mark, text);
        assert!(codes.contains(&Code::TooDeep), "{mark}: {codes:?}");
        let material = material.expect("there are words");
        assert!(material.to_json().contains("अंत"), "{mark} lost a word");
        assert!(!material.problems().iter().any(|problem| problem.code == Code::TooDeep), "{mark} was not bounded");
    }
}

#[test]
fn marks_that_never_end_are_words() {
    for mark in [
        "[", "*", "_", "**", "{{", "**a ", "*a _b ", "`", "``a` ", "[[", "![[", "]", "[a]: ", "[a]:<", "\\[", "==a ",
        "<!--", "<a b=\"", "~~a ", "<", "[x]{#a! ", "![", "$a ", "[a](", "{#", "&#", "|",
    ] {
        let (material, _) = read_soon(mark, format!("{}अंत", mark.repeat(50_000)));
        assert!(material.expect("there are words").to_json().contains("अंत"), "{mark} lost a word");
    }
}

#[test]
fn many_of_a_thing_are_read() {
    let row = "| क | ख | ग |\n";
    let (material, codes) = read_soon("rows", format!("| पहलू | क | ख |\n|---|---|---|\n{}", row.repeat(20_000)));
    let material = material.expect("a table");
    assert!(matches!(&material.sections[0].blocks[0], patra_core::Block::Comparison(c) if c.aspects.len() == 20_000));
    assert!(!codes.contains(&Code::RaggedTable));
    let (_, codes) =
        read_soon("wide", format!("{}\n{}\n{}", "| a ".repeat(5_000), "|---".repeat(5_000), "| b\n".repeat(2_000)));
    assert!(codes.contains(&Code::RaggedTable));
    let (material, _) = read_soon("line", format!("# h\n\n{}", "क्षमा ".repeat(200_000)));
    assert!(material.is_some());
    let (material, _) = read_soon("equal headings", "# अभ्यास\n\nशब्द\n\n".repeat(5_000));
    assert!(material.is_some());
    let (material, _) = read_soon("lines", "[a]: b\n".repeat(20_000));
    assert!(material.is_some());
}

#[test]
fn what_stands_before_blocks_is_taken_off_in_one_go() {
    let count = 10_000;
    // What no block holds is put back among them.
    let (material, _) = read_soon("unused targets", (0..count).map(|n| format!("[क{n}]: x\n\nशब्द\n\n")).collect());
    assert_eq!(material.expect("there are words").sections[0].blocks.len(), 2 * count);
    let (material, _) = read_soon("attributes", format!("{}- **क**: ख\n", "{#a}\n".repeat(count)));
    assert_eq!(material.expect("a list").sections[0].blocks[0].id().map(|id| id.as_str()), Some("a"));
    let region = "{region=\"1% 1% 1% 1% क\"}\n";
    let (material, _) = read_soon("regions", format!("{}![अंत](a.png)\n", region.repeat(count)));
    let material = material.expect("a figure");
    assert!(
        matches!(&material.sections[0].blocks[0], patra_core::Block::Figure(figure) if figure.regions.len() == count)
    );
    let label = "क".repeat(300_000);
    let (material, _) = read_soon("a long label", format!("[{label}]: x\n\n[{label}] अंत"));
    assert!(material.expect("there are words").to_json().contains("अंत"));
}

#[test]
#[ignore = "takes minutes unless it is optimised: `just test-large`"]
fn a_hundred_megabytes_on_a_line_and_a_million_rows_are_read() {
    let (material, _) = read_within(LATER, "line", "क्षमा ".repeat(100_000_000 / 16));
    assert!(material.is_some());
    let rows = "| नदी | बहती **है** | {#a} |\n".repeat(1_000_000);
    let (material, codes) = read_within(LATER, "rows", format!("| City | Rain | Days |\n|---|---|---|\n{rows}"));
    let material = material.expect("a table");
    assert!(
        matches!(&material.sections[0].blocks[0], patra_core::Block::Table(table) if table.rows.len() == 1_000_000)
    );
    assert!(!codes.contains(&Code::RaggedTable));
    for mark in ["[", "`", "*", "{{", "> ", "- "] {
        let (material, _) = read_within(LATER, mark, format!("{}अंत", mark.repeat(1_000_000)));
        assert!(material.expect("there are words").to_json().contains("अंत"), "{mark} lost a word");
    }
}

#[test]
fn words_nested_in_marks_are_written_once() {
    let words = "अंत ".repeat(2_000);
    for (open, close) in [
        ("**", "**"),
        ("*", "*"),
        ("*a **", "** b*"),
        ("*a **b", "c** d*"),
        ("[ ", " ]{.emphasis}"),
        ("a [ ", " ]{.strong} b"),
        ("[ [ ", " ]{.strong} ]{.emphasis}"),
        ("[*a*", "*b*]{.strong}"),
        ("[ ", " ]{link=a}"),
        ("[ [ ", " ]{lang=hi} ]{.strong}"),
        ("{{ ", " }}"),
        ("[ {{ ", " }} ]{.emphasis}"),
    ] {
        // Within the limit, at it, and beyond it.
        for depth in [4, 15, 31, 60, 500] {
            let text = format!("x {}{words}{} y\n", open.repeat(depth), close.repeat(depth));
            let (material, _) = read_soon(open, text);
            let material = material.expect("there are words");
            let start = Instant::now();
            let written = write(&material);
            assert!(start.elapsed() < SOON, "{open} took {:?}", start.elapsed());
            assert_eq!(written.matches("अंत").count(), 2_000, "{open} at {depth}");
            let (again, _) = read_soon(open, written);
            assert!(again.as_ref() == Some(&material), "{open} at {depth}");
        }
    }
}

#[test]
fn marks_of_different_kinds_are_too_deep_together() {
    let nested = [
        ("[ *a ", " b* ]{.strong}"),
        ("*a [ ", " ]{.emphasis} b*"),
        ("[ {{a ", " }} ]{lang=hi}"),
        ("[ ", " ]{.strong .emphasis lang=hi link=a}"),
        ("[ [a](b) ", " *c* ]{.emphasis}"),
    ];
    let mut texts = nested.map(|(open, close)| format!("{}अंत{}", open.repeat(40), close.repeat(40))).to_vec();
    let within = format!("{}अंत{}", "*c ".repeat(31), " d*".repeat(31));
    texts.push(format!("{}*a **{within}** b*{}", "[ ".repeat(31), " ]{.strong}".repeat(31)));
    for text in texts {
        let (material, _) = read_soon(&text, format!("x {text} y\n"));
        let material = material.expect("there are words");
        assert!(material.to_json().contains("अंत"), "{text} lost a word");
        assert!(!material.problems().iter().any(|problem| problem.code == Code::TooDeep), "{text} was not bounded");
        let (again, _) = read_soon("again", write(&material));
        assert_eq!(again, Some(material), "{text}");
    }
}

#[test]
fn what_is_read_at_the_limit_is_written_within_it() {
    let text = format!("{}अंत\n", "- ".repeat(40));
    let (material, codes) = read_soon("forty", text);
    assert!(codes.contains(&Code::TooDeep));
    let material = material.expect("a list");
    let (again, codes) = read_soon("again", write(&material));
    assert_eq!(again, Some(material));
    assert!(!codes.contains(&Code::TooDeep), "{codes:?}");
}

#[test]
fn a_comment_that_never_ends_hides_nothing() {
    let (material, codes) = read_soon("comment", "पहला\n\n<!-- एक\n\nदूसरा\n".to_owned());
    assert!(material.expect("there are words").to_json().contains("दूसरा"));
    assert!(codes.contains(&Code::KeptAsText));
}

#[test]
fn nothing_is_no_material() {
    for text in ["", "\u{FEFF}", " \n\t\r\n"] {
        let read = read(&Source::new(text.to_owned()), &ReadOptions::default());
        assert!(read.material.is_none());
        assert_eq!(read.diagnostics.iter().map(|problem| problem.code).collect::<Vec<_>>(), [Code::EmptySource]);
    }
}
