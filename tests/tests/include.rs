//! Files that several handouts include, through every command.

use patra_core::Material;
use patra_tests::{Folder, Ran};

const GLOSSARY: &str = "---
title: शब्दावली
language: hi
licence: CC-BY-4.0
authors: [उमा]
---

# परिभाषाएँ

वाष्पन
: पानी का भाप बनकर हवा में मिल जाना।

संघनन
: भाप का ठंडी होकर फिर पानी बनना। [चित्र](#diagram) देखें।

![जल चक्र: समुद्र, बादल और वर्षा](चित्र.png)
";

/// Two handouts that include one glossary.
fn folder() -> Folder {
    let folder = Folder::new(env!("CARGO_BIN_EXE_patra-under-test"));
    folder.write("course/common/glossary.md", GLOSSARY);
    folder.write("course/common/चित्र.png", include_bytes!("../../docs/cards/basic.png"));
    for (name, title, term) in [("rain", "वर्षा", "फुहार"), ("cloud", "बादल", "कोहरा")]
    {
        folder.write(
            &format!("course/{name}.md"),
            format!("---\ntitle: {title}\nlanguage: hi\nlicence: CC-BY-4.0\nauthors: [रमा]\n---\n\n# {title}\n\n{term}\n: पानी की बहुत छोटी बूँदें।\n\n# शब्द\n\n{{include=\"common/glossary.md\"}}\n\n# अंत {{#diagram}}\n\n[वाष्पन](common/glossary.md#वाष्पन)।\n"),
        );
    }
    folder
}

fn exported(folder: &Folder, source: &str) -> Material {
    let ran = folder.patra(&["export", "--json", source]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{ran}");
    Material::from_json(&ran.stdout).expect("the stored form")
}

fn refused(folder: &Folder, arguments: &[&str]) -> Ran {
    let before = folder.files();
    let ran = folder.patra(arguments);
    assert_ne!(ran.code, 0, "{ran}");
    assert_eq!(folder.files(), before, "{ran}");
    ran
}

#[test]
fn one_glossary_is_part_of_two_handouts() {
    let folder = folder();
    let ran = folder.patra(&["build", "course"]);
    assert_eq!((ran.code, ran.stderr.contains("P0")), (0, false), "{ran}");
    for name in ["rain", "cloud"] {
        let material = exported(&folder, &format!("course/{name}.md"));
        assert_eq!(material.authors, ["रमा", "उमा"]);
        let headings = material.sections.iter().map(|section| section.heading.to_plain());
        assert_eq!(headings.collect::<Vec<_>>()[1..], ["शब्द", "अंत"]);
        assert_eq!(material.sections[1].sections[0].heading.to_plain(), "परिभाषाएँ");
        let json = material.to_json();
        assert!(json.contains("#वाष्पन") && json.contains("common/चित्र.png"), "{json}");
        for file in ["handout.pdf", "deck.apkg", "sheets/terms.csv"] {
            assert!(folder.names().contains(&format!("patra-out/{name}/{file}")), "{name} {file}");
        }
        assert_eq!(folder.patra(&["plan", &format!("course/{name}.md")]).code, 0);
    }
    // What is written of it is whole: it reads the same where there is nothing to include.
    let written = folder.patra(&["export", "--markdown", "course/rain.md"]);
    folder.write("course/again/rain.md", &written.stdout);
    assert_eq!(exported(&folder, "course/again/rain.md"), exported(&folder, "course/rain.md"));
}

#[test]
fn what_is_wrong_in_it_is_told_in_its_own_file() {
    let folder = folder();
    folder.write(
        "course/common/glossary.md",
        GLOSSARY.replace("संघनन\n", "संघनन {#diagram}\n").replace("पानी का भाप", "पानी का {{भाप"),
    );
    insta::assert_snapshot!("wrong", refused(&folder, &["check", "course/rain.md"]));
    folder.write("course/common/glossary.md", GLOSSARY.replace("चित्र.png", "none.png"));
    let ran = folder.patra(&["check", "course/rain.md", "--format", "json"]);
    assert!(ran.stdout.contains("course/common/glossary.md") && ran.stdout.contains("P0061"), "{ran}");
}

#[test]
fn what_cannot_be_included_is_told_at_the_line() {
    let folder = folder();
    folder.write("secret.md", "# x\n\nगुप्त\n");
    folder.write(
        "course/rain.md",
        "---\ntitle: t\nlanguage: hi\n---\n\n# A\n\n{include=\"../secret.md\"}\n\n- {include=\"common/glossary.md\"}\n\n{include=\"common/none.md\"}\n\n{include=\"rain.md\"}\n",
    );
    insta::assert_snapshot!("refused", refused(&folder, &["check", "course/rain.md"]));
    let ran = refused(&folder, &["build", "course/rain.md", "--lang", "hi"]);
    assert!(ran.stderr.contains("शामिल नहीं की जा सकती") && !ran.stderr.contains("गुप्त"), "{ran}");
}

#[test]
fn a_file_of_a_folder_is_a_source_of_its_own_unless_it_begins_with_an_underscore() {
    let folder = folder();
    folder.write("course/_part.md", "यह भाग है।\n");
    folder.write(
        "course/whole.md",
        "---\ntitle: पूरा\nlanguage: hi\n---\n\n# A\n\n{include=_part.md}\n\n{include=rain.md}\n",
    );
    let ran = folder.patra(&["build", "course", "--only", "sheets"]);
    assert_eq!(ran.code, 0, "{ran}");
    let names = folder.names();
    for name in ["rain", "cloud", "whole"] {
        assert!(names.contains(&format!("patra-out/{name}/sheets/terms.csv")), "{names:?}");
    }
    assert!(!names.iter().any(|name| name.contains("part/")), "{names:?}");
    // By its name it is one.
    let ran = folder.patra(&["export", "--json", "course/_part.md"]);
    assert_eq!((ran.code, ran.stdout.contains("\"id\": \"part\"")), (0, true), "{ran}");
}

#[test]
fn sheets_are_not_brought_into_a_source_of_several_files() {
    let folder = folder();
    assert_eq!(folder.patra(&["build", "course/rain.md", "--only", "sheets"]).code, 0);
    let ran = refused(&folder, &["merge", "patra-out/rain/sheets", "course/rain.md"]);
    assert!(ran.stderr.contains("`course/rain.md` includes `course/common/glossary.md` at 15:1"), "{ran}");
}

#[test]
fn ids_are_written_into_the_file_that_is_named_as_they_are_in_the_whole() {
    let folder = folder();
    let before = exported(&folder, "course/rain.md");
    let ran = folder.patra(&["ids", "--write", "course/rain.md"]);
    assert_eq!(ran.code, 0, "{ran}");
    assert!(ran.stdout.contains("`course/common/glossary.md` is included"), "{ran}");
    let text = String::from_utf8_lossy(&folder.files()["course/rain.md"]).into_owned();
    assert!(text.contains("फुहार {#फुहार}\n") && text.contains("{include=\"common/glossary.md\"}\n"), "{text}");
    assert_eq!(folder.files()["course/common/glossary.md"], GLOSSARY.as_bytes());
    assert_eq!(exported(&folder, "course/rain.md"), before);
}

#[test]
fn ids_that_are_told_apart_in_the_whole_stay_what_they_are() {
    let folder = folder();
    let text = String::from_utf8_lossy(&folder.files()["course/rain.md"]).replace("फुहार", "वाष्पन");
    folder.write("course/rain.md", &text);
    // Were its term written, that of the glossary would be alone with its key.
    let ran = refused(&folder, &["ids", "--write", "course/rain.md"]);
    assert!(ran.stderr.contains("would change those of the files that it includes"), "{ran}");
    let glossary = GLOSSARY.replace("वाष्पन\n", "वाष्पन {#evaporation}\n");
    folder.write("course/common/glossary.md", &glossary);
    folder.write("course/rain.md", text.replace("glossary.md#वाष्पन", "glossary.md#evaporation"));
    let before = exported(&folder, "course/rain.md");
    assert_eq!(folder.patra(&["ids", "--write", "course/rain.md"]).code, 0);
    assert_eq!(exported(&folder, "course/rain.md"), before);
}
