//! Input that is made to hurt: read in time that grows with its length and no faster.

use std::time::{Duration, Instant};

use patra_core::{Read, Source};
use patra_import::{TextOptions, read_text};

/// Far above what is needed in a build without optimisation, and far below what quadratic time takes.
const LONGEST: Duration = Duration::from_secs(60);

fn read(text: String) -> Read {
    let source = Source::new(text);
    let begun = Instant::now();
    let read = read_text(&source, &TextOptions::default());
    assert!(begun.elapsed() < LONGEST, "took {:?}", begun.elapsed());
    read
}

#[test]
fn a_line_of_ten_megabytes() {
    for unit in ["क", "क ", "क:", "क|", "क\t", "**", "(", "?", "1.", "- "] {
        let text = unit.repeat(10_000_000 / unit.len() / if cfg!(debug_assertions) { 20 } else { 1 });
        drop(read(text));
    }
}

#[test]
fn many_short_lines() {
    let count = if cfg!(debug_assertions) { 30_000 } else { 1_000_000 };
    for line in [
        "क",
        "-",
        "• क",
        "1. क",
        "क?",
        "क: ख",
        "| क | ख",
        "क\tख",
        "आधार",
        "प्रश्न: क",
        "# क",
        "क:-",
        "    - क",
        "",
        "FAQ",
        "A) x",
    ] {
        let read = read(format!("{line}\n").repeat(count));
        assert!(read.diagnostics.len() < 6_000, "{line}: {}", read.diagnostics.len());
        assert!(read.material.is_some() || line.is_empty() || line == "-", "{line}");
    }
}

#[test]
fn lists_in_lists_without_end() {
    let mut text = String::new();
    for depth in 0..3_000 {
        text.push_str(&" ".repeat(depth * 2));
        text.push_str("- क\n");
    }
    let material = read(text).material.expect("a material");
    assert!(material.problems().iter().all(|problem| problem.code != patra_core::Code::TooDeep));
}

#[test]
fn numbers_in_every_order() {
    let mut text = String::new();
    for i in 0..30_000_u32 {
        text.push_str(&format!("{}. क\n", i.wrapping_mul(2_654_435_761) % 999 + 1));
    }
    assert!(read(text).material.is_some());
}

#[test]
fn a_ragged_table_is_not_filled_up() {
    let mut text = "क | ख\n---|---\n".to_owned();
    text.push_str(&"क | ".repeat(20_000));
    text.push('\n');
    text.push_str(&"क | ख\n".repeat(20_000));
    assert!(read(text).material.is_some());
}

#[test]
fn guesses_without_end_are_counted() {
    let count = if cfg!(debug_assertions) { 20_000 } else { 1_000_000 };
    let read = read("चाय क्या है?\nएक पेय है।\n\n".repeat(count));
    let guesses: Vec<_> = read.diagnostics.iter().filter(|found| found.code == patra_core::Code::Guessed).collect();
    assert_eq!(guesses.len(), 1_001);
    let more = count - 1 - 1_000;
    assert!(guesses[1_000].message.contains(&format!("{more} more")), "{}", guesses[1_000]);
}
