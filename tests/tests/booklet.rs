//! Booklets, as the command makes them: which page stands where on the sheets that are folded into one.

#[path = "../../exports/pdf/tests/reader/mod.rs"]
mod reader;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use lopdf::Document;
use lopdf::content::Content;
use patra_tests::{Folder, Ran};

/// The left and the right half of a side, each with the number of the page on it.
type Halves = [Option<usize>; 2];

/// The long side of A4 in points.
const WIDTH: f32 = 841.89;

fn folder(language: &str, paragraphs: usize) -> Folder {
    let folder = Folder::new(env!("CARGO_BIN_EXE_patra-under-test"));
    let mut text = format!("---\nid: rain\ntitle: Rain\nlanguage: {language}\n---\n\n# Rain {{#rain}}\n\n");
    for number in 1..=paragraphs {
        let words = "Water that rises from the sea comes down on the hills, and runs to the sea again. ".repeat(7);
        let _ = writeln!(text, "Paragraph {number}. {words}\n");
    }
    folder.write("rain.md", text);
    folder
}

fn ran(folder: &Folder, arguments: &[&str]) -> Ran {
    let asked = ["build", "rain.md", "--only", "pdf", "--paper", "booklet"];
    folder.patra(&[&asked[..], arguments].concat())
}

#[track_caller]
fn booklet(folder: &Folder, arguments: &[&str]) -> Vec<u8> {
    let ran = ran(folder, arguments);
    assert_eq!(ran.code, 0, "{ran}");
    std::fs::read(folder.path().join("patra-out/rain/booklet.pdf")).expect("a booklet")
}

/// Which pages stand on each side, as their feet say.
fn sides(bytes: &[u8]) -> Vec<Halves> {
    let on = |page: &[reader::Line], right: bool| {
        // From right to left, each letter of a foot is written by itself.
        let mut texts: BTreeMap<i32, String> = BTreeMap::new();
        for line in page.iter().filter(|line| (line.x > WIDTH / 2.0) == right) {
            texts
                .entry(line.y as i32)
                .or_default()
                .extend(line.text.chars().filter(|c| c.is_ascii_digit() || *c == '/'));
        }
        texts.values().find_map(|text| text.split_once('/')?.0.parse().ok())
    };
    reader::pages(bytes).iter().map(|page| [on(page, false), on(page, true)]).collect()
}

/// Where so many pages stand when the sheets lie one within the other, the fold on the left of the first page.
fn imposed(pages: usize) -> Vec<Halves> {
    let leaves = pages.div_ceil(4) * 4;
    let page = |number: usize| (number <= pages).then_some(number);
    let sheets = (0..leaves / 4).map(|sheet| 2 * sheet);
    sheets.flat_map(|out| [[page(leaves - out), page(out + 1)], [page(out + 2), page(leaves - out - 1)]]).collect()
}

/// The sides that are drawn upside down.
fn turned(bytes: &[u8]) -> Vec<bool> {
    let document = Document::load_mem(bytes).expect("a PDF that loads");
    let pages = document.get_pages().into_values();
    let upside_down = |page| {
        let content = Content::decode(&document.get_page_content(page)).expect("operators");
        content.operations.iter().any(|operation| {
            operation.operator == "cm" && operation.operands[0].as_float().is_ok_and(|number| number == -1.0)
        })
    };
    pages.map(upside_down).collect()
}

#[test]
fn pages_stand_where_they_follow_each_other_once_sheets_are_folded() {
    assert_eq!(imposed(6), [[None, Some(1)], [Some(2), None], [Some(6), Some(3)], [Some(4), Some(5)]]);
    let mut counts = Vec::new();
    for paragraphs in [1, 4, 7, 9, 11, 14, 17, 20, 33] {
        let sides = sides(&booklet(&folder("en", paragraphs), &[]));
        let pages = sides.iter().flatten().flatten().max().copied().expect("a page");
        // Halves without a page are at the end of the booklet, and fewer than a sheet has.
        assert_eq!(sides, imposed(pages), "{paragraphs}");
        counts.push(pages % 4);
    }
    counts.sort_unstable();
    counts.dedup();
    assert!(counts.len() > 2, "{counts:?}");
}

#[test]
fn the_fold_is_on_the_right_of_the_first_page_where_lines_run_from_right_to_left() {
    let sides = sides(&booklet(&folder("ur", 14), &[]));
    let pages = sides.iter().flatten().flatten().max().copied().expect("a page");
    let mirrored: Vec<Halves> = imposed(pages).into_iter().map(|[left, right]| [right, left]).collect();
    assert!(pages > 4);
    assert_eq!(sides, mirrored);
}

#[test]
fn backs_are_upside_down_for_a_printer_that_turns_on_the_long_edge() {
    let folder = folder("en", 14);
    let short = booklet(&folder, &["--flip", "short-edge"]);
    let long = booklet(&folder, &["--flip", "long-edge"]);
    assert!(turned(&short).iter().all(|turned| !turned));
    assert!(turned(&long).iter().enumerate().all(|(side, turned)| *turned == (side % 2 == 1)));
    // What is turned is the whole side: its halves change places only when it is seen the right way up.
    assert_eq!(sides(&short), sides(&long));
    assert!(turned(&long).len() >= 4);
}

#[test]
fn inner_sheets_are_moved_towards_the_fold_by_the_creep() {
    let folder = folder("en", 33);
    let edges = |arguments: &[&str]| {
        let pages = reader::pages(&booklet(&folder, arguments));
        let right = |page: &Vec<reader::Line>| {
            page.iter().filter(|line| line.x > WIDTH / 2.0).map(|line| line.x).reduce(f32::min)
        };
        pages.iter().map(right).collect::<Vec<_>>()
    };
    let (even, moved) = (edges(&[]), edges(&["--creep", "2"]));
    let sheets = even.len() / 2;
    assert!(sheets > 2);
    for (side, (even, moved)) in even.iter().zip(&moved).enumerate() {
        let (Some(even), Some(moved)) = (even, moved) else { continue };
        let wanted = 2.0 * 72.0 / 25.4 * (side / 2) as f32 / (sheets - 1) as f32;
        assert!((even - moved - wanted).abs() < 0.05, "side {side}: {even} {moved}");
    }
}

#[test]
fn a_creep_that_no_paper_has_is_refused() {
    let folder = folder("en", 1);
    for creep in ["9", "much"] {
        let ran = ran(&folder, &["--creep", creep]);
        assert_eq!(ran.code, 2, "{ran}");
        assert!(ran.stderr.contains("creep"), "{ran}");
    }
    assert_eq!(folder.names(), ["rain.md"]);
}
