//! Books: a folder with `patra.toml` is one material.

use patra_core::{Block, Material, Reference};
use patra_tests::{Folder, Ran};

const MANIFEST: &str = "[book]
title = \"ग्राहक सेवा\"
id = \"service\"
language = \"hi\"
authors = [\"रमा\"]
licence = \"CC-BY-4.0\"
files = [\"1.md\", \"भाग/*.md\"]
";

/// A book of two files, the second in a folder of its own.
fn folder() -> Folder {
    let folder = Folder::new(env!("CARGO_BIN_EXE_patra-under-test"));
    folder.write("book/patra.toml", MANIFEST);
    folder.write(
        "book/1.md",
        "---\ntags: [पहला]\nauthors: [उमा]\npractice:\n  skip: [summary-term.meaning]\n---\n\n# पहला पाठ\n\nशुरू के शब्द।\n\n## सारांश\n\nलाभ {#gain}\n: जो बचता है।\n\nसार {#summary-term}\n: थोड़े में सब। [आगे](भाग/2.md#loss), [दूसरा पाठ](भाग/2.md) और [यहाँ](#gain)।\n",
    );
    folder.write(
        "book/भाग/2.md",
        "# दूसरा पाठ\n\n## सारांश\n\nहानि {#loss}\n: जो जाता है। [पीछे](../1.md#gain)\n\nमूल्य\n: जो दिया जाता है।\n\n![एक चित्र](चित्र.png)\n",
    );
    folder.write("book/भाग/चित्र.png", include_bytes!("../../docs/cards/basic.png"));
    folder
}

fn built(folder: &Folder) -> Ran {
    folder.patra(&["build", "book", "--only", "sheets"])
}

fn exported(folder: &Folder, source: &str) -> Material {
    let ran = folder.patra(&["export", "--json", source]);
    assert_eq!(ran.code, 0, "{ran}");
    Material::from_json(&ran.stdout).expect("the stored form")
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
fn each_file_is_a_section_of_one_material() {
    let folder = folder();
    let material = exported(&folder, "book");
    assert_eq!((material.id.as_str(), material.title.to_plain().as_str()), ("service", "ग्राहक सेवा"));
    assert_eq!(material.authors, ["रमा", "उमा"]);
    assert_eq!(material.tags, ["पहला"]);
    let headings: Vec<String> = material.sections.iter().map(|section| section.heading.to_plain()).collect();
    assert_eq!(headings, ["पहला पाठ", "दूसरा पाठ"]);
    let below: Vec<String> = material
        .sections
        .iter()
        .flat_map(|section| &section.sections)
        .map(|section| section.heading.to_plain())
        .collect();
    assert_eq!(below, ["सारांश", "सारांश"]);
    // What is asked of a thing by its file holds in the book.
    assert_eq!(material.practice.skip.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["summary-term.meaning"]);
    // The same by the name of its file.
    assert_eq!(exported(&folder, "book/patra.toml"), material);
}

#[test]
fn links_and_pictures_lead_to_the_same_things() {
    let folder = folder();
    let material = exported(&folder, "book");
    let second = material.sections[1].id.to_string();
    assert_eq!(links(&material), ["#loss".to_owned(), format!("#{second}"), "#gain".to_owned(), "#gain".to_owned()]);
    let mut pictures = Vec::new();
    material.walk_blocks(&mut |block, _| {
        if let Block::Figure(figure) = block {
            pictures.push(figure.source.clone());
        }
    });
    assert_eq!(pictures, ["भाग/चित्र.png"]);
    let ran = folder.patra(&["build", "book"]);
    assert_eq!(ran.code, 0, "{ran}");
    assert!(!ran.stderr.contains("error"), "{ran}");
    let names = folder.names();
    for name in ["patra-out/service/handout.pdf", "patra-out/service/deck.apkg", "book/patra.lock"] {
        assert!(names.iter().any(|have| have == name), "{name}: {names:?}");
    }
    let again = folder.patra(&["plan", "book"]);
    assert_eq!(again.code, 0, "{again}");
}

#[test]
fn problems_name_the_file_that_they_stand_in() {
    let folder = folder();
    folder.write("book/भाग/2.md", "# दूसरा पाठ\n\nहानि {#gain}\n: जो जाता है। [कहाँ](../1.md#nowhere)\n");
    let ran = built(&folder);
    assert_eq!(ran.code, 1, "{ran}");
    assert!(ran.stderr.contains("book/भाग/2.md:3:1") && ran.stderr.contains("book/1.md:14:1"), "{ran}");
    assert!(ran.stderr.contains("P0030") && ran.stderr.contains("P0154"), "{ran}");
    assert!(!folder.names().iter().any(|name| name.starts_with("patra-out")), "{ran}");
}

#[test]
fn files_that_are_named_in_vain_or_left_out_are_told() {
    let folder = folder();
    folder.write("secret.md", "# x\n");
    folder.write("book/3.md", "# तीसरा\n\nशब्द।\n");
    folder.write(
        "book/patra.toml",
        MANIFEST
            .replace("\"1.md\"", "\"1.md\", \"none.md\", \"../secret.md\", \"x-*.md\"")
            .replace("licence", "colour"),
    );
    let ran = built(&folder);
    assert_eq!(ran.code, 1, "{ran}");
    for part in [
        "P0151",
        "book/patra.toml:7:18",
        "`none.md`: there is no such file",
        "`../secret.md`: only files in the book's folder are read",
        "no source in the folder is called like `x-*.md`",
        "P0152",
        "`3.md` stands in the folder",
        "P0150",
        "book/patra.toml:6:1",
        "a book has no field `colour`",
    ] {
        assert!(ran.stderr.contains(part), "{part}: {ran}");
    }
}

#[test]
fn what_is_no_book_is_told_in_its_place() {
    for (manifest, place) in [
        ("[book\n", "book/patra.toml:1"),
        ("title = \"क\"\n", "book/patra.toml:1:1"),
        ("[book]\nlanguage = \"hindi language\"\ntitle = \"क\"\n", "book/patra.toml:2:12"),
        ("[book]\ntitle = 7\n", "book/patra.toml:2:9"),
        ("[book]\n", "book/patra.toml:1:2"),
        ("[book]\ntitle = \"क\"\nfiles = \"1.md\"\n", "book/patra.toml:3:9"),
    ] {
        let folder = folder();
        folder.write("book/patra.toml", manifest);
        let ran = built(&folder);
        assert_eq!(ran.code, 1, "{manifest} {ran}");
        assert!(ran.stderr.contains(place) && ran.stderr.contains("P0150"), "{manifest} {ran}");
    }
}

#[test]
fn editions_of_a_book_are_of_one_material() {
    let folder = Folder::new(env!("CARGO_BIN_EXE_patra-under-test"));
    for (tag, title, term) in [("hi", "सेवा", "लाभ"), ("en", "Service", "gain")] {
        folder.write(&format!("book/patra.{tag}.toml"), format!("[book]\nid = \"service\"\ntitle = \"{title}\"\n"));
        folder.write(&format!("book/1.{tag}.md"), format!("# {title} 1\n\n{term} {{#gain}}\n: {title}।\n"));
    }
    let ran = folder.patra(&["build", "book", "--only", "anki", "--translation"]);
    assert_eq!(ran.code, 0, "{ran}");
    let names = folder.names();
    for name in ["patra-out/service/hi/deck.apkg", "patra-out/service/en/deck.apkg"] {
        assert!(names.iter().any(|have| have == name), "{names:?}");
    }
    let english = exported(&folder, "book/patra.en.toml");
    assert_eq!((english.language.to_string().as_str(), english.sections.len()), ("en", 1));
    assert_eq!(english.sections[0].id.as_str(), "n-1");
}

#[test]
fn yaml_is_read_wherever_json_is() {
    let folder = folder();
    let yaml = folder.patra(&["export", "--yaml", "book"]);
    assert_eq!(yaml.code, 0, "{yaml}");
    folder.write("again/stored.yaml", &yaml.stdout);
    assert_eq!(exported(&folder, "again/stored.yaml"), exported(&folder, "book"));
    folder.write("again/stored.yaml", yaml.stdout.replacen("title:", "titel:", 1));
    let ran = folder.patra(&["check", "again"]);
    assert_eq!(ran.code, 1, "{ran}");
    assert!(ran.stderr.contains("again/stored.yaml:3:1") && ran.stderr.contains("P0012"), "{ran}");
}
