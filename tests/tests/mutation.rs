//! Readers against files that were damaged by chance: files of every form are changed in a few places and built, and whatever comes of
//! it, the command ends in time, with one of its exit codes, and leaves outputs that are whole or none.
//!
//! Each run tries a few. `just fuzz-all` tries them for ten minutes: `PATRA_FUZZ_SECONDS` says for how long, and `PATRA_FUZZ_SEED` with
//! which numbers.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use patra_tests::Folder;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The time that one file may take in a debug build, which is ten times as slow as a release.
const LONGEST: Duration = Duration::from_secs(20);

/// Fragments that mean something to some reader, put where they don't belong.
const FRAGMENTS: [&[u8]; 30] = [
    b"---\n",
    b"{{",
    b"}}",
    b"{#a .b c=\"d\"}",
    b"$$",
    b"```",
    b"- [x] ",
    b"Q: ",
    b"| a | b |\n|---|---|\n",
    b"> > > > > > > > ",
    b"<table><tr><td colspan=9999 rowspan=9999>",
    b"<b><i><u>",
    b"</div>",
    b"&#x10FFFF;",
    b"<!--",
    b"<svg><style>",
    b"\"",
    b"\\",
    b"\0",
    b"\xFF\xFE",
    b"\xE0\xA4",
    b"\r",
    b"\x1b[31m",
    "\u{202e}".as_bytes(),
    "\u{200d}".as_bytes(),
    "क्".as_bytes(),
    b"99999999999999999999",
    b"-1",
    b"[[[[[[[[[[[[[[[[",
    b"{\"a\":",
];

/// Numbers that only look random (splitmix64), the same for the same seed.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`, or 0 if there is none.
    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).expect("a length").max(1);
        usize::try_from(self.next() % end).expect("below a length")
    }

    fn range(&mut self, length: usize, most: usize) -> std::ops::Range<usize> {
        let start = self.below(length);
        start..(start + 1 + self.below(most)).min(length)
    }
}

/// Changes bytes in one to eight places.
fn mutate(bytes: &mut Vec<u8>, other: &[u8], chance: &mut Chance) {
    for _ in 0..1 + chance.below(8) {
        let at = chance.below(bytes.len() + 1);
        match chance.below(9) {
            0 if !bytes.is_empty() => {
                let at = chance.below(bytes.len());
                bytes[at] ^= 1 << chance.below(8);
            }
            1 if !bytes.is_empty() => {
                let at = chance.below(bytes.len());
                bytes[at] = u8::try_from(chance.below(256)).expect("a byte");
            }
            2 => drop(bytes.drain(chance.range(bytes.len(), 64))),
            3 => {
                let part = bytes[chance.range(bytes.len(), 256)].to_vec();
                let times = 1 + chance.below(20);
                bytes.splice(at..at, part.repeat(times));
            }
            4 => {
                let part = other[chance.range(other.len(), 512)].to_vec();
                bytes.splice(at..at, part);
            }
            5 if chance.below(4) == 0 => bytes.truncate(at),
            6 => {
                let part = FRAGMENTS[chance.below(FRAGMENTS.len())];
                let times = if chance.below(8) == 0 { 1 + chance.below(500) } else { 1 };
                bytes.splice(at..at, part.repeat(times));
            }
            _ => {
                let part = FRAGMENTS[chance.below(FRAGMENTS.len())];
                bytes.splice(at..at, part.iter().copied());
            }
        }
    }
}

/// The same within a file of an archive, which is packed anew: few changes of packed bytes get past the check of their sum.
fn mutate_within(archive: &[u8], other: &[u8], chance: &mut Chance) -> Option<Vec<u8>> {
    let mut read = ZipArchive::new(Cursor::new(archive)).ok()?;
    let chosen = chance.below(read.len());
    let mut written = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..read.len() {
        let mut entry = read.by_index(index).ok()?;
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).ok()?;
        if index == chosen {
            mutate(&mut bytes, other, chance);
        }
        written.start_file(entry.name().ok()?.into_owned(), SimpleFileOptions::default()).ok()?;
        written.write_all(&bytes).ok()?;
    }
    Some(written.finish().ok()?.into_inner())
}

const NOTES: &str = "---\ntitle: मिट्टी\nlanguage: hi\nid: soil\n---\n\n# मिट्टी {#soil-section}\n\nह्यूमस {#humus}\n: सड़े पत्तों से बनी काली परत।\n\n\
    | पहलू | रेत | चिकनी मिट्टी |\n|---|---|---|\n| पानी | बह जाता है | रुकता है |\n\nQ: केंचुआ क्या करता है?\nA: मिट्टी को **भुरभुरा** बनाता है।\n\n\
    मिट्टी में {{1:जल}} और {{हवा|गैस}} होती है। $x^2 + \\frac{a}{b}$\n\n1. एक\n2. दो [लिंक](https://example.org)\n\n> उद्धरण\n\n```\ncode\n```\n";

const PAGE: &str = "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Soil</title><style>p{color:red}</style></head><body><nav><a href=/a>Home</a></nav>\
    <article><h1>Soil</h1><p>Soil is the <b>top</b> layer of the <a href=\"https://example.org\">earth</a>.<dl><dt>Humus<dd>a dark layer</dl>\
    <table><tr><th>Kind<th>Water<tr><td>Sand<td>runs off</table><ol><li>one<li>two<ul><li>three</ul></ol><img src=a.png alt=\"a field\">\
    <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math></article></body></html>";

const PASTED: &str = "मिट्टी\n\nमिट्टी धरती की ऊपरी परत है।\n\nप्रकार:\n1. रेतीली: पानी बह जाता है\n2. चिकनी: पानी रुकता है\n\nप्रश्न: केंचुआ क्या करता है?\nउत्तर: मिट्टी भुरभुरी करता है।\n\n\
    BPO (Business Process Outsourcing) का अर्थ है बाहर से काम कराना।\n\nशब्द\tअर्थ\nजल\tपानी\n";

const DRAWING: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"90\"><style>g rect{fill:red}</style><defs><linearGradient id=\"a\">\
    <stop offset=\"0\" stop-color=\"red\"/><stop offset=\"1\"/></linearGradient></defs><g transform=\"rotate(9)\"><rect width=\"9\" height=\"9\" fill=\"url(#a)\"/>\
    <use href=\"#b\"/><text id=\"b\" x=\"9\" y=\"9\">जल</text></g></svg>";

/// Files of every form, of which some are made by the command.
fn seeds(program: &str) -> BTreeMap<&'static str, Vec<u8>> {
    let folder = Folder::new(program);
    folder.write("notes.md", NOTES);
    let built = folder.patra(&["build", "notes.md", "-o", "out", "--only", "anki,sheets", "--legacy"]);
    assert_eq!(built.code, 0, "{built}");
    let made = |name: &str| fs::read(folder.path().join("out/soil").join(name)).expect("it was made");
    let deck = made("deck.apkg");
    let exported = |form: &str| folder.patra(&["export", form, "notes.md"]).stdout.into_bytes();
    let table = "Question,A,B,Correct\nWhat holds water?,sand,clay,B\nWhat runs off?,water,stone,A\n";
    BTreeMap::from([
        ("md", NOTES.into()),
        ("html", PAGE.into()),
        ("txt", PASTED.into()),
        ("csv", table.into()),
        ("xlsx", made("workbook.xlsx")),
        ("apkg", deck),
        ("json", exported("--json")),
        ("yaml", exported("--yaml")),
        ("svg", DRAWING.into()),
    ])
}

/// Waits for a process, which is ended when it takes too long; `None` then.
fn ended(child: &mut Child) -> Option<i32> {
    let started = Instant::now();
    while started.elapsed() < LONGEST {
        if let Some(status) = child.try_wait().expect("it can be waited for") {
            return Some(status.code().unwrap_or(-1));
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().expect("it can be ended");
    child.wait().expect("it has ended");
    None
}

/// Why a build of a damaged file is a finding.
fn fault(folder: &Folder, name: &str) -> Option<String> {
    let errors = fs::File::create(folder.path().join("errors")).expect("a file for problems");
    let mut command = folder.command(&["build", name, "-o", "out", "--jobs", "1"]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::from(errors)).spawn().expect("the command starts");
    let code = ended(&mut child);
    let errors = fs::read(folder.path().join("errors")).expect("problems were written");
    let errors = String::from_utf8_lossy(&errors);
    match code {
        None => return Some(format!("it takes longer than {} s", LONGEST.as_secs())),
        Some(0..=3) if !errors.contains("panicked at") => {}
        Some(code) => return Some(format!("exit {code}\n{errors}")),
    }
    let left = folder.names();
    if left.iter().any(|name| name.contains(".patra-")) {
        return Some(format!("files are left over: {left:?}"));
    }
    let made = folder.path().join("out").exists();
    (made != (code == Some(0))).then(|| format!("exit {code:?}, and outputs {left:?}"))
}

#[test]
fn a_damaged_file_is_built_or_refused() {
    let program = env!("CARGO_BIN_EXE_patra-under-test");
    let number = |name: &str, usual: u64| std::env::var(name).map_or(usual, |set| set.parse().expect("a number"));
    let seconds = number("PATRA_FUZZ_SECONDS", 0);
    let seed = number("PATRA_FUZZ_SEED", 1);
    let seeds = seeds(program);
    let others: Vec<&Vec<u8>> = seeds.values().collect();
    let started = Instant::now();
    let mut tried = 0_u64;
    // Each form three times, and then for as long as is asked.
    while tried < 27 || started.elapsed() < Duration::from_secs(seconds) {
        for (ending, bytes) in &seeds {
            let mut chance = Chance(seed.wrapping_mul(1_000_003).wrapping_add(tried));
            tried += 1;
            let other = others[chance.below(others.len())];
            let packed = matches!(*ending, "xlsx" | "apkg") && chance.below(8) > 0;
            let mut damaged = if packed { mutate_within(bytes, other, &mut chance) } else { None };
            let damaged = damaged.get_or_insert_with(|| {
                let mut bytes = bytes.clone();
                mutate(&mut bytes, other, &mut chance);
                bytes
            });
            let folder = Folder::new(program);
            let mut name = format!("damaged.{ending}");
            folder.write(&name, &damaged);
            if *ending == "svg" {
                name = "notes.md".to_owned();
                folder.write(&name, format!("{NOTES}\n![a](damaged.svg)\n"));
            }
            if let Some(fault) = fault(&folder, &name) {
                let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("damaged-{seed}-{tried}.{ending}"));
                fs::write(&kept, damaged).expect("the finding can be kept");
                panic!("{}: {fault}", kept.display());
            }
        }
    }
}
