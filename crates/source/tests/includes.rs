//! Files that include others: what comes of them, and what is refused.

use std::fs;
use std::path::Path;

use patra_core::{Block, Code, Diagnostic, Material, Reference, Section, Severity, Source};
use patra_source::{FileRead, Form, MAX_BOOK_FILES, MAX_INCLUDE_DEPTH, read_book, read_bytes, read_text, tell_other};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

const HEAD: &str = "---\ntitle: t\nlanguage: hi\n---\n\n";

/// A folder of files.
struct Files(tempfile::TempDir);

impl Files {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, text).expect("written");
        }
        Files(folder)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Reads the file `h.md`.
    fn read(&self) -> FileRead {
        let bytes = fs::read(self.path().join("h.md")).expect("it is there");
        let mut read = read_bytes(bytes, Form::Markdown, Some("course/h.md"), Some(self.path()));
        if let Some(material) = &read.read.material {
            let mut problems = material.problems();
            tell_other(material, &read.sources, &mut problems);
            read.read.diagnostics.extend(problems);
        }
        read
    }
}

fn read(files: &[(&str, &str)]) -> FileRead {
    Files::new(files).read()
}

/// Reads without a problem.
fn sound(files: &[(&str, &str)]) -> Material {
    let read = read(files);
    assert_eq!(told(&read), [""; 0]);
    read.read.material.expect("a material")
}

/// Every problem with its place.
fn told(read: &FileRead) -> Vec<String> {
    let tell = |problem: &Diagnostic| {
        let (name, source, span) = read.sources.locate(problem.span);
        let place = source.position(span.start());
        format!("{name}:{}:{}: {} {}", place.line, place.column, problem.code, problem.message)
    };
    read.read.diagnostics.iter().map(tell).collect()
}

/// Sections as a tree of headings with the words of their blocks.
fn outline(material: &Material) -> String {
    fn add(sections: &[Section], depth: usize, out: &mut String) {
        for section in sections {
            let words: Vec<String> = section.blocks.iter().map(words).collect();
            out.push_str(&format!("{}{}[{}]\n", "#".repeat(depth), section.heading.to_plain(), words.join(" ")));
            add(&section.sections, depth + 1, out);
        }
    }
    let mut out = String::new();
    add(&material.sections, 1, &mut out);
    out
}

fn words(block: &Block) -> String {
    match block {
        Block::Paragraph(b) => b.text.to_plain(),
        Block::Definition(b) => format!("{}={}", b.term.to_plain(), b.id),
        Block::Figure(b) => b.source.clone(),
        _ => "…".to_owned(),
    }
}

fn ids(material: &Material) -> Vec<String> {
    let mut ids = Vec::new();
    material.walk_places(&mut |place| ids.push(place.id.to_string()));
    ids
}

fn links(material: &Material) -> Vec<String> {
    let mut links = Vec::new();
    material.clone().references_mut(&mut |reference, _| {
        if let Reference::Link(target) = reference {
            links.push(target.clone());
        }
    });
    links
}

#[test]
fn blocks_stand_in_the_place_of_the_line_and_headings_nest_below_its_section() {
    let text = format!("{HEAD}# A\n\none\n\n{{include=\"g.md\"}}\n\n## B\n\ntwo\n\n# C\n\nthree\n");
    let material = sound(&[("h.md", &text), ("g.md", "x\n\n# G\n\ny\n\n## H\n\nz\n\n# I\n\nw\n")]);
    assert_eq!(outline(&material), "#A[one x]\n##G[y]\n###H[z]\n##I[w]\n##B[two]\n#C[three]\n");
    let text = format!("{HEAD}# A\n\none\n\n{{include=\"g.md\"}}\n\ntwo\n\n{{include=g.md}}\n{{include=g.md}}\n");
    let material = sound(&[("h.md", &text), ("g.md", "x\n")]);
    assert_eq!(outline(&material), "#A[one x two x x]\n");
}

#[test]
fn before_the_first_heading_an_include_brings_sections_of_the_first_level() {
    let text = format!("{HEAD}{{include=\"g.md\"}}\n\n{{include=i.md}}\n\n# C\n\nthree\n");
    let material = sound(&[("h.md", &text), ("g.md", "# G\n\ny\n"), ("i.md", "# I\n\nz\n")]);
    assert_eq!(outline(&material), "#G[y]\n#I[z]\n#C[three]\n");
    // What is said of the place before them, where nothing stands, is said of nothing.
    let asking = text.replace("hi\n---", "hi\npractice: { of: { start: [meaning] } }\n---");
    let material = sound(&[("h.md", &asking), ("g.md", "# G\n\ny\n"), ("i.md", "# I\n\nz\n")]);
    assert_eq!(Material::from_json(&material.to_json()).as_ref(), Ok(&material));
    let text = format!("{HEAD}one\n\n{{include=\"g.md\"}}\n\n# C\n\nthree\n");
    let material = sound(&[("h.md", &text), ("g.md", "two\n\n# G\n\ny\n")]);
    assert_eq!(outline(&material), "#[one two]\n#G[y]\n#C[three]\n");
}

#[test]
fn what_stands_below_an_empty_heading_is_brought() {
    let text = format!("{HEAD}# A\n\n{{include=\"g.md\"}}\n");
    let material = sound(&[("h.md", &text), ("g.md", "#\n\nx\n\n{include=i.md}\n"), ("i.md", "y\n\n# I\n\nz\n")]);
    assert_eq!(outline(&material), "#A[x y]\n##I[z]\n");
}

#[test]
fn what_comes_after_headings_of_a_file_is_told_and_stays_after_them() {
    let text = format!("{HEAD}# A\n\none\n\n{{include=\"g.md\"}}\n\ntwo\n\n{{include=i.md}}\n\nthree\n");
    let read = read(&[("h.md", &text), ("g.md", "# G\n\ny\n\n## H\n\nz\n"), ("i.md", "w\n\n# I\n\nv\n")]);
    let material = read.read.material.as_ref().expect("a material");
    assert_eq!(outline(material), "#A[one]\n##G[y]\n###H[z two w]\n##I[v three]\n");
    let told = told(&read);
    assert_eq!(told.len(), 3, "{told:#?}");
    assert!(told[0].starts_with("course/h.md:12:1: P0162") && told[0].contains("`H`"), "{told:#?}");
    assert!(told[1].starts_with("course/h.md:14:1: P0162"), "{told:#?}");
    assert!(told[2].starts_with("course/h.md:16:1: P0162") && told[2].contains("`I`"), "{told:#?}");
}

#[test]
fn a_heading_of_the_seventh_level_is_an_error_in_its_file() {
    let text = format!("{HEAD}# 1\n\n## 2\n\n### 3\n\n{{include=\"g.md\"}}\n");
    let deepest = sound(&[("h.md", &text), ("g.md", "# 4\n\n## 5\n\n### 6\n\nx\n")]);
    assert_eq!(outline(&deepest).lines().last(), Some("######6[x]"));
    let told = told(&read(&[("h.md", &text), ("g.md", "# 4\n\n## 5\n\n### 6\n\n#### 7\n\nx\n")]));
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].starts_with("course/g.md:7:1: P0041"), "{told:#?}");
}

#[test]
fn an_included_file_may_include_others_from_its_own_folder() {
    let text = format!("{HEAD}# A\n\n{{include=\"common/g.md\"}}\n");
    let material = sound(&[
        ("h.md", &text),
        ("common/g.md", "![p](p.png)\n\n{include=more/i.md}\n\n{include=../j.md}\n"),
        ("common/more/i.md", "![q](../q.png)\n"),
        ("j.md", "![r](r.png)\n"),
    ]);
    assert_eq!(outline(&material), "#A[common/p.png common/q.png r.png]\n");
}

#[test]
fn links_lead_to_what_they_led_to_in_their_files() {
    let text = format!(
        "{HEAD}# A\n\n[a](g.md#dew) [b](g.md) [c](#dew) [d](https://x.y) [e](g.md#सार)\n\n{{include=\"g.md\"}}\n\n# सार\n\nशब्द\n"
    );
    let material = sound(&[
        ("h.md", &text),
        ("g.md", "ओस {#dew}\n: बूँद। [f](#dew) [g](#सार) [h](h.md#a) [i](./g.md#dew)\n\n# सार\n\nशब्द\n"),
    ]);
    let ids = ids(&material);
    assert_eq!(ids, ["a", "सार", "सार-section", "dew"]);
    // The section of the included file comes first, and keeps its id.
    assert_eq!(links(&material), ["#dew", "#a", "#dew", "https://x.y", "#सार", "#dew", "#सार", "#a", "#dew"]);
    let read =
        read(&[("h.md", &text.replace("g.md#dew", "g.md#none")), ("g.md", "ओस {#dew}\n: बूँद।\n\n# सार\n\nशब्द\n")]);
    let told = told(&read);
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].starts_with("course/h.md:8:1: P0154") && told[0].contains("`g.md#none`"), "{told:#?}");
}

#[test]
fn equal_keys_are_told_apart_and_equal_ids_are_an_error_with_both_places() {
    let text = format!("{HEAD}# A\n\nओस\n: बूँद।\n\n# B\n\n{{include=\"g.md\"}}\n");
    let twice = read(&[("h.md", &text), ("g.md", "ओस\n: रात की बूँद।\n")]);
    assert_eq!(ids(twice.read.material.as_ref().expect("a material")), ["a", "b", "a.ओस", "b.ओस"]);
    assert!(told(&twice).iter().all(|told| told.contains("P0045")), "{:#?}", told(&twice));
    let written = read(&[("h.md", &text.replace("ओस\n", "ओस {#ओस}\n")), ("g.md", "ओस {#ओस}\n: रात की बूँद।\n")]);
    let told = told(&written);
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(
        told[0].starts_with("course/g.md:1:1: P0030") && told[0].ends_with("the other is at course/h.md:8:1"),
        "{told:#?}"
    );
}

#[test]
fn a_file_included_twice_is_told_apart_unless_it_writes_ids() {
    let text = format!("{HEAD}# A\n\n{{include=\"g.md\"}}\n\n# B\n\n{{include=\"m.md\"}}\n");
    let middle = ("m.md", "{include=g.md}\n");
    let twice = read(&[("h.md", &text), middle, ("g.md", "ओस\n: रात की बूँद। [यहाँ](#ओस)\n")]);
    let material = twice.read.material.as_ref().expect("a material");
    assert_eq!(ids(material), ["a", "b", "a.ओस", "b.ओस"]);
    assert_eq!(links(material), ["#a.ओस", "#b.ओस"]);
    let written = read(&[("h.md", &text), middle, ("g.md", "ओस {#dew}\n: रात की बूँद।\n")]);
    let told = told(&written);
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].starts_with("course/g.md:1:1: P0030"), "{told:#?}");
    assert!(
        told[0].ends_with("`course/g.md` is included twice, at course/h.md:8:1 and at course/m.md:1:1"),
        "{told:#?}"
    );
}

#[test]
fn what_an_included_file_says_of_itself_holds_as_in_a_book() {
    let head = "---\ntitle: t\nlanguage: hi\nauthors: [रमा]\nlicence: CC0\npractice:\n  of:\n    ओला: [term]\n---\n\n";
    let text = format!("{head}ओला\n: बर्फ।\n\n# A\n\nओला\n: जमा पानी।\n\n{{include=\"g.md\"}}\n");
    let included = "---\ntitle: ओस\nid: other\nauthors: [उमा]\ntags: [जल]\nupdated: 2026-01-02\nlicence: MIT\nlanguage: en\npractice:\n  kinds: [meaning]\n  skip: [dew.term]\n  of:\n    frost: [term]\n---\n\nDew {#dew}\n: drops.\n\nFrost\n: ice.\n\n# S\n\nHail\n: ice.\n";
    let read = read(&[("h.md", &text), ("g.md", included)]);
    let material = read.read.material.as_ref().expect("a material");
    assert_eq!(
        (material.id.as_str(), material.title.to_plain().as_str(), material.language.to_string().as_str()),
        ("h", "t", "hi")
    );
    assert_eq!(
        (&material.authors, &material.tags),
        (&vec!["रमा".to_owned(), "उमा".to_owned()], &vec!["जल".to_owned()])
    );
    assert_eq!(material.updated.map(|date| date.to_string()).as_deref(), Some("2026-01-02"));
    let of: Vec<String> = material.practice.of.iter().map(|(id, kinds)| format!("{id} {kinds:?}")).collect();
    assert_eq!(of, ["dew {Meaning}", "frost {Term}", "s {Meaning}", "ओला {Term}"]);
    assert_eq!(material.practice.kinds, None);
    assert_eq!(material.practice.skip.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["dew.term"]);
    let told = told(&read);
    assert!(
        told.iter().any(|told| told.starts_with("course/g.md:1:1: P0161") && told.contains("licence")),
        "{told:#?}"
    );
    assert!(told.iter().any(|told| told.starts_with("course/g.md:1:1: P0161") && told.contains("`en`")), "{told:#?}");
}

#[test]
fn what_the_source_asks_of_its_things_holds_when_they_are_told_apart() {
    let text = "---\ntitle: t\nlanguage: hi\npractice:\n  kinds: [meaning, term]\n  of: { ओस: [term] }\n  skip: [ओस.term]\n  allow_for: { ओस: [P0052] }\n---\n\n# A\n\nओस {allow=P0051}\n: बूँद।\n\n# B\n\n{include=g.md}\n";
    let read = read(&[("h.md", text), ("g.md", "ओस {practice=meaning}\n: बूँद।\n")]);
    let practice = &read.read.material.as_ref().expect("a material").practice;
    let of: Vec<String> = practice.of.iter().map(|(id, kinds)| format!("{id} {kinds:?}")).collect();
    assert_eq!(of, ["a.ओस {Term}", "b.ओस {Meaning}"]);
    assert_eq!(practice.skip.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["a.ओस.term"]);
    assert_eq!(practice.allow_for.keys().map(|id| id.as_str()).collect::<Vec<_>>(), ["a.ओस"]);
    assert_eq!(practice.kinds.as_ref().map(|kinds| kinds.len()), Some(2));
}

#[test]
fn files_that_cannot_be_included_are_told_with_the_place_of_the_line() {
    let files =
        Files::new(&[("h.md", &format!("{HEAD}# A\n\none\n")), ("a.txt", "x"), ("folder.md/x", ""), ("empty.md", "")]);
    fs::write(files.path().join("latin.md"), (0..=255).collect::<Vec<u8>>()).expect("written");
    let secret = Files::new(&[("secret.md", "secret")]);
    let absolute = secret.path().join("secret.md").display().to_string();
    let refused = |name: &str, why: &str, place: &str| {
        fs::write(files.path().join("h.md"), format!("{HEAD}# A\n\none\n\n{{include=\"{name}\"}}\n")).expect("written");
        let read = files.read();
        let told = told(&read);
        assert!(told.iter().any(|told| told.starts_with(place) && told.contains(why)), "{name}: {told:#?}");
        assert!(read.read.diagnostics.iter().any(|problem| problem.severity() == Severity::Error));
    };
    let here = "course/h.md:10:1: P0160";
    refused("none.md", "there is no such file", here);
    refused("a.txt", "only Markdown", here);
    refused("folder.md", "not a file", here);
    refused("", "only files in the folder", here);
    for outside in
        ["../secret.md", "a/../../secret.md", "C:\\secret.md", "..\\secret.md", "https://x.y/a.md", &absolute]
    {
        refused(outside, "only files in the folder", here);
    }
    refused("empty.md", "empty", "course/empty.md:1:1: P0002");
    refused("latin.md", "UTF-8", "course/latin.md:");
    refused("h.md", "includes itself: h.md → h.md", here);
    refused("./h.md", "includes itself: h.md → h.md", here);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&absolute, files.path().join("link.md")).expect("linked");
        refused("link.md", "only files in the folder", here);
        std::os::unix::fs::symlink(files.path().join("h.md"), files.path().join("again.md")).expect("linked");
        refused("again.md", "includes itself: h.md → again.md", here);
    }
}

#[test]
fn a_circle_is_told_where_it_closes() {
    let text = format!("{HEAD}# A\n\n{{include=a.md}}\n");
    let read = read(&[("h.md", &text), ("a.md", "x\n\n{include=b.md}\n"), ("b.md", "y\n\n{include=a.md}\n")]);
    let told = told(&read);
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].starts_with("course/b.md:3:1: P0160") && told[0].ends_with("a.md → b.md → a.md"), "{told:#?}");
    // What can be read is there.
    assert_eq!(outline(read.read.material.as_ref().expect("a material")), "#A[x y]\n");
}

#[test]
fn depth_number_and_size_are_bounded() {
    let text = format!("{HEAD}# A\n\n{{include=0.md}}\n");
    let chain = |length: usize| {
        let mut files = vec![("h.md".to_owned(), text.clone())];
        files.extend((0..length).map(|at| (format!("{at}.md"), format!("{at}\n\n{{include={}.md}}\n", at + 1))));
        files.push((format!("{length}.md"), "end\n".to_owned()));
        files
    };
    let read_all = |files: &[(String, String)]| {
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        read(&files)
    };
    assert_eq!(told(&read_all(&chain(MAX_INCLUDE_DEPTH - 1))), [""; 0]);
    let deep = told(&read_all(&chain(MAX_INCLUDE_DEPTH)));
    assert_eq!(deep.len(), 1, "{deep:#?}");
    assert!(deep[0].starts_with("course/9.md:3:1: P0003"), "{deep:#?}");
    // Ten in each of ten, ten deep: ten thousand million, of which a thousand are read.
    let mut files = vec![("h.md".to_owned(), text.clone())];
    files.extend(
        (0..10).map(|at| (format!("{at}.md"), format!("x\n\n{}", format!("{{include={}.md}}\n", at + 1).repeat(10)))),
    );
    files[10].1 = "x\n".to_owned();
    let many = read_all(&files);
    let problems = told(&many);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert!(problems[0].contains("P0003") && problems[0].contains("1000"), "{problems:#?}");
    let mut blocks = 0;
    many.read.material.expect("a material").walk_blocks(&mut |_, _| blocks += 1);
    assert_eq!(blocks, MAX_BOOK_FILES - 1);
    // Forty mebibytes, included twice.
    let large = format!("<!-- {} -->\n", "x".repeat(40 << 20));
    let text = format!("{HEAD}# A\n\n{{include=0.md}}\n{{include=0.md}}\n");
    let problems = told(&read(&[("h.md", &text), ("0.md", &large)]));
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert!(problems[0].starts_with("course/h.md:9:1: P0003") && problems[0].contains("64 MiB"), "{problems:#?}");
}

#[test]
fn a_text_in_no_file_includes_from_the_folder_that_is_given() {
    let files = Files::new(&[("g.md", "x\n")]);
    let source = || Source::new(format!("{HEAD}# A\n\n{{include=g.md}}\n"));
    let in_folder = read_text(source(), Form::Markdown, None, Some(files.path()));
    assert_eq!(outline(&in_folder.read.material.expect("a material")), "#A[x]\n");
    let nowhere = read_text(source(), Form::Markdown, None, None);
    let codes: Vec<Code> = nowhere.read.diagnostics.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, [Code::IncludeFile]);
}

#[test]
fn what_was_put_together_is_written_whole() {
    let text = format!("{HEAD}# A\n\nओस\n: बूँद।\n\n{{include=\"g.md\"}}\n\n# B\n\n{{include=g.md}}\n");
    let included = "ओस\n: बूँद। [ख](#s)\n\n# S\n\n![चित्र](a.png)\n\nओला {practice=none}\n: बर्फ।\n";
    let read = read(&[("h.md", &text), ("g.md", included)]);
    let material = read.read.material.expect("a material");
    let written = patra_markdown::write(&material);
    let again = patra_markdown::read(&Source::new(written.clone()), &patra_markdown::ReadOptions::named("h.md"));
    assert_eq!(again.material, Some(material), "{written}");
    assert!(!written.contains("include"), "{written}");
}

#[test]
fn the_files_of_a_book_include_files_of_its_folder() {
    let manifest = "[book]\ntitle = \"क\"\nlanguage = \"hi\"\nfiles = [\"1.md\", \"भाग/*.md\"]\n";
    let files = Files::new(&[
        ("patra.toml", manifest),
        ("1.md", "# एक\n\n{include=gloss.md}\n\n## दो\n\n[ग](भाग/2.md#g) [घ](gloss.md#dew)\n"),
        ("भाग/2.md", "---\ntitle: तीन\n---\n\n{include=_part.md}\n\n# चार\n\n{include=../_all.md}\n"),
        ("भाग/_part.md", "---\npractice:\n  kinds: [term]\n---\n\nलाभ {#g}\n: बचत।\n\n# पाँच\n\nx\n"),
        ("gloss.md", "ओस {#dew}\n: बूँद।\n"),
        ("_all.md", "y ![p](p.png)\n"),
        ("3.md", "# छह\n\nz\n"),
    ]);
    let book = read_book(&files.path().join("patra.toml"), "patra.toml", &[]).expect("read");
    let material = book.read.material.expect("a material");
    assert_eq!(outline(&material), "#एक[ओस=dew]\n##दो[ग घ]\n#तीन[लाभ=g]\n##पाँच[x]\n##चार[y ![p](p.png)]\n");
    assert_eq!(links(&material), ["#g", "#dew"]);
    let kinds: Vec<String> = material.practice.of.keys().map(|id| id.to_string()).collect();
    assert_eq!(kinds, ["g", "पाँच"]);
    // What is included is no source that the book leaves out.
    let left_out: Vec<String> = (book.read.diagnostics.iter().filter(|problem| problem.code == Code::BookFileLeftOut))
        .map(|problem| problem.message.to_string())
        .collect();
    assert_eq!(left_out.len(), 1, "{left_out:?}");
    assert!(left_out[0].contains("`3.md`"), "{left_out:?}");
}

#[test]
fn a_book_without_names_takes_no_file_that_is_there_to_be_included() {
    let files = Files::new(&[
        ("patra.toml", "[book]\ntitle = \"क\"\nlanguage = \"hi\"\n"),
        ("1.md", "# एक\n\n{include=_g.md}\n"),
        ("_g.md", "x\n"),
    ]);
    let book = read_book(&files.path().join("patra.toml"), "patra.toml", &[]).expect("read");
    assert_eq!(outline(&book.read.material.expect("a material")), "#एक[x]\n");
    assert_eq!(book.read.diagnostics, []);
}

/// What files are made of at random: marks, words that are counted, and the files themselves.
const PIECES: &[&str] = &[
    "कमल",
    "मोर",
    " ",
    "\n",
    "\n\n",
    "\n\n",
    "# ",
    "\n\n## ",
    "\n\n### ",
    "- ",
    "> ",
    "क\n: ",
    "Q: क?\nA: ",
    "{{ख}}",
    "{#a}",
    " {#b}",
    "{practice=none}",
    "{kind=x}\n",
    "[क](#क)",
    "[क](b.md#a)",
    "[क](c/c.md)",
    "![क](a.png)",
    "---\nlanguage: en\npractice: {kinds: [term], of: {क: [meaning]}}\n---\n\n",
    "\n\n{include=h.md}\n\n",
    "\n\n{include=b.md}\n\n",
    "\n\n{include=c/c.md}\n\n",
    "\n\n{include=c.md}\n\n",
    "\n\n{include=../b.md}\n\n",
    "\n{include=d.md}\n",
];

fn file() -> impl Strategy<Value = String> {
    vec(select(PIECES), 0..16).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_includes_what_it_is_one_material(h in file(), b in file(), c in file(), d in file()) {
        let h = format!("{HEAD}{h}");
        let read = read(&[("h.md", &h), ("b.md", &b), ("c/c.md", &c), ("d.md", &d)]);
        for problem in &read.read.diagnostics {
            let (name, source, span) = read.sources.locate(problem.span);
            prop_assert!(source.text().get(span.start()..span.end()).is_some(), "{problem} has no place in {name}");
        }
        let Some(material) = &read.read.material else { return Ok(()) };
        let stored = Material::from_json(&material.to_json());
        prop_assert_eq!(stored.as_ref(), Ok(material));
        let mut ids = 0;
        material.clone().ids_mut(&mut |id| ids += usize::from(id.is_unset() || id.as_str().starts_with('s') && id.as_str()[1..].parse::<u8>().is_ok()));
        prop_assert_eq!(ids, 0, "an id that stood for one is left");
        prop_assert!(!material.to_json().contains("\\u0000"));
        if read.read.diagnostics.iter().any(|problem| problem.severity() == Severity::Error) {
            return Ok(());
        }
        // No word is lost: each file that was read brings all of its own.
        let count = |text: &str| ["कमल", "मोर"].iter().map(|word| text.matches(word).count()).sum::<usize>();
        let names = std::iter::once("course/h.md").chain(read.sources.included().map(|(name, _)| name));
        let text = |name: &str| match name { "course/h.md" => &h, "course/b.md" => &b, "course/c/c.md" => &c, _ => &d };
        let words: usize = names.map(|name| count(text(name))).sum();
        prop_assert!(count(&material.to_json()) >= words, "{}", material.to_json());
        let written = patra_markdown::write(material);
        let again = patra_markdown::read(&Source::new(written.clone()), &patra_markdown::ReadOptions::named("h.md"));
        prop_assert_eq!(again.material.as_ref(), Some(material), "{}", written);
    }
}
