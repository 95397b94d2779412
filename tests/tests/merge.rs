//! The way back: what is edited in the sheets, into the source they were made from.

use std::fs;
use std::path::Path;

use patra_tests::{Folder, Ran};

const PROGRAM: &str = env!("CARGO_BIN_EXE_patra-under-test");

const SOURCE: &str = "---
id: water
title: \"जल: एक परिचय\"  # शीर्षक
language: hi
authors: [मीना, राव]
tags: [जल]
---

# रूप {#forms}

<!-- यह टिप्पणी रहे -->
पानी के **तीन** रूप हैं,
और सब   काम के हैं।

वाष्पन
: पानी का *भाप* बनना।

  धूप में तेज़।

{kind=\"पानी के रूप\"}
* **बर्फ़** {#ice}: ठोस रूप।
* **जल**: द्रव रूप।
* **भाप** {#steam}: गैस रूप।

# तुलना

| पहलू | नदी {#river} | झील {#lake} |
|:--|---|--:|
| बहाव {#flow} | हाँ  | नहीं |
| आकार | लंबी | |

प्रश्न: पानी कब उबलता है? {#boiling}
उत्तर: 100 डिग्री पर।

सवाल: गैस कौन-सी है?

- [ ] बर्फ़
- [x] भाप

पानी {{0}} डिग्री पर {{जमता|बर्फ़ बनता}} है। {#freezing}

1) नदी
2) झील
";

/// A folder with the source and its sheets in `out`.
fn built() -> Folder {
    let folder = Folder::new(PROGRAM);
    folder.write("water.md", SOURCE);
    let ran = folder.patra(&["build", "water.md", "-o", "out", "--only", "sheets"]);
    assert_eq!(ran.code, 0, "{ran}");
    folder
}

const SHEETS: &str = "out/water/sheets";

fn text(folder: &Folder, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).expect("it can be read")
}

/// Changes words of a sheet; they stand there once.
fn edit(folder: &Folder, sheet: &str, was: &str, is: &str) {
    let name = format!("{SHEETS}/{sheet}.csv");
    let csv = text(folder, &name);
    assert_eq!(csv.matches(was).count(), 1, "{was} in {csv}");
    folder.write(&name, csv.replace(was, is));
}

/// Adds rows to a sheet, each cells by the names of their columns.
fn add(folder: &Folder, sheet: &str, row: &[(&str, &str)]) {
    let name = format!("{SHEETS}/{sheet}.csv");
    let csv = text(folder, &name);
    let header = csv.lines().next().expect("a header").trim_start_matches('\u{FEFF}');
    let cells: Vec<&str> = header
        .split(',')
        .map(|column| row.iter().find(|(name, _)| *name == column).map_or("", |(_, cell)| cell))
        .collect();
    assert!(row.iter().all(|(name, _)| header.split(',').any(|column| column == *name)), "{header}");
    folder.write(&name, format!("{csv}{}\r\n", cells.join(",")));
}

/// Takes the row of a sheet out that holds these words.
fn delete(folder: &Folder, sheet: &str, words: &str) {
    let name = format!("{SHEETS}/{sheet}.csv");
    let csv = text(folder, &name);
    let kept: Vec<&str> = csv.split_inclusive("\r\n").filter(|row| !row.contains(words)).collect();
    assert_eq!(kept.len() + 1, csv.split_inclusive("\r\n").count(), "{words} in {csv}");
    folder.write(&name, kept.concat());
}

fn merge(folder: &Folder, more: &[&str]) -> Ran {
    folder.patra(&[&["merge", SHEETS, "water.md"], more].concat())
}

/// The source after a merge that goes well.
fn merged(folder: &Folder, more: &[&str]) -> String {
    let ran = merge(folder, more);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{ran}");
    text(folder, "water.md")
}

/// What is said of a merge that is refused, which leaves the source alone.
fn refused(folder: &Folder, more: &[&str]) -> String {
    let before = text(folder, "water.md");
    let ran = merge(folder, more);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{ran}");
    assert_eq!(text(folder, "water.md"), before);
    assert!(folder.names().iter().all(|name| !name.contains(".tmp")), "{:?}", folder.names());
    ran.stderr
}

#[test]
fn nothing_edited_is_nothing_changed() {
    let folder = built();
    for sheets in [SHEETS, "out/water/workbook.xlsx", "out/water/sheets/terms.csv"] {
        let ran = folder.patra(&["merge", sheets, "water.md"]);
        assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (0, "water.md: no changes\n", ""));
    }
    assert_eq!(text(&folder, "water.md"), SOURCE);
}

#[test]
fn an_edit_changes_the_words_and_nothing_else() {
    for (sheet, cell, words, was, is) in [
        ("materials", ("जल: एक परिचय", "जल: एक झलक"), "", "\"जल: एक परिचय\"  #", "\"जल: एक झलक\"  #"),
        ("materials", ("मीना; राव", "मीना; राव; क: ख"), "", "[मीना, राव]", "[मीना, राव, \"क: ख\"]"),
        ("sections", (",रूप,", ",जल के रूप,"), "", "# रूप {#forms}", "# जल के रूप {#forms}"),
        ("blocks", ("तीन रूप", "चार रूप"), "", "**तीन** रूप", "**चार** रूप"),
        ("blocks", ("सब   काम", "सब  बड़े काम"), "", "सब   काम", "सब  बड़े काम"),
        ("blocks", (",झील,", ",तालाब,"), "", "2) झील", "2) तालाब"),
        ("definitions", ("भाप बनना", "भाप बन जाना"), "", "*भाप* बनना।", "*भाप* बन जाना।"),
        ("terms", ("द्रव रूप।", "*द्रव* रूप।"), "", "द्रव रूप।", "\\*द्रव\\* रूप।"),
        ("term_lists", ("पानी के रूप", "जल के रूप"), "", "kind=\"पानी के रूप\"", "#पानी-के-रूप kind=\"जल के रूप\""),
        ("questions", ("100 डिग्री", "सौ डिग्री"), "", "100 डिग्री", "सौ डिग्री"),
        ("clozes", (" डिग्री पर जमता है", " अंश पर जमता है"), "", "}} डिग्री", "}} अंश"),
        ("gaps", ("बर्फ़ बनता", "ठोस बनता"), "", "|बर्फ़ बनता}}", "|ठोस बनता}}"),
    ] {
        let folder = built();
        assert_eq!(words, "");
        edit(&folder, sheet, cell.0, cell.1);
        assert_eq!(SOURCE.matches(was).count(), 1, "{was}");
        assert_eq!(merged(&folder, &[]), SOURCE.replace(was, is), "{sheet}");
        // The sheets of the changed source say the same as the edited ones.
        assert_eq!(folder.patra(&["build", "water.md", "-o", "again", "--only", "sheets"]).code, 0);
        let name = format!("{sheet}.csv");
        if sheet != "clozes" && sheet != "gaps" {
            assert_eq!(
                text(&folder, &format!("again/water/sheets/{name}")),
                text(&folder, &format!("{SHEETS}/{name}"))
            );
        }
    }
}

#[test]
fn a_changed_term_keeps_its_id() {
    let folder = built();
    edit(&folder, "definitions", "वाष्पन,,", "भाप बनना,,");
    edit(&folder, "terms", "पानी के रूप,जल,", "पानी के रूप,पानी,");
    edit(&folder, "questions", "गैस कौन-सी है?,", "कौन-सी गैस है?,");
    let ran = merge(&folder, &[]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{ran}");
    let wanted = SOURCE
        .replace("वाष्पन\n", "भाप बनना {#वाष्पन}\n")
        .replace("* **जल**:", "* **पानी** {#जल}:")
        .replace("सवाल: गैस कौन-सी है?\n", "सवाल: कौन-सी गैस है? {#गैस-कौन-सी-है}\n");
    assert_eq!(text(&folder, "water.md"), wanted);
}

#[test]
fn a_name_that_stands_in_many_rows_is_changed_once() {
    let folder = built();
    let name = format!("{SHEETS}/comparisons.csv");
    folder.write(&name, text(&folder, &name).replace(",बहाव,", ",प्रवाह,"));
    assert_eq!(merged(&folder, &[]), SOURCE.replace("| बहाव {#flow}", "| प्रवाह {#flow}"));
    let folder = built();
    edit(&folder, "comparisons", "flow,1,बहाव,नदी-झील.river", "flow,1,प्रवाह,नदी-झील.river");
    edit(&folder, "comparisons", "flow,1,बहाव,नदी-झील.lake", "flow,1,धारा,नदी-झील.lake");
    assert!(refused(&folder, &[]).contains("of the same thing"));
}

#[test]
fn a_gap_and_its_sentence_have_to_say_the_same() {
    let folder = built();
    edit(&folder, "gaps", ",1,1,0,", ",1,1,शून्य,");
    edit(&folder, "clozes", "पानी 0 डिग्री पर", "पानी सौ डिग्री पर");
    assert!(refused(&folder, &[]).contains("the cell of its sentence says otherwise"));
    edit(&folder, "clozes", "पानी सौ डिग्री पर", "पानी शून्य अंश पर");
    let wanted = SOURCE.replace("{{0}} डिग्री", "{{शून्य}} अंश");
    assert_eq!(merged(&folder, &[]), wanted);
}

#[test]
fn an_empty_cell_is_filled_and_a_full_one_emptied() {
    let folder = built();
    edit(&folder, "comparisons", "झील,,", "झील,गोल | चौड़ी,");
    edit(&folder, "questions", "100 डिग्री पर।,,", "100 डिग्री पर।,थर्मामीटर देखो,");
    let wanted = SOURCE
        .replace("| लंबी | |", "| लंबी | गोल \\| चौड़ी |")
        .replace("उत्तर: 100 डिग्री पर।\n", "संकेत: थर्मामीटर देखो\nउत्तर: 100 डिग्री पर।\n");
    assert_eq!(merged(&folder, &[]), wanted);
    let folder = built();
    edit(&folder, "comparisons", "नदी,लंबी,", "नदी,,");
    edit(&folder, "terms", "द्रव रूप।", "");
    assert_eq!(merged(&folder, &[]), SOURCE.replace("| लंबी |", "|  |").replace("**जल**: द्रव रूप।", "**जल**: "));
}

#[test]
fn a_choice_is_ticked_in_place() {
    let folder = built();
    edit(&folder, "choices", "बर्फ़,false", "बर्फ़,TRUE");
    assert_eq!(merged(&folder, &[]), SOURCE.replace("- [ ] बर्फ़", "- [x] बर्फ़"));
}

#[test]
fn new_rows_become_things_in_their_place() {
    let folder = built();
    add(
        &folder,
        "terms",
        &[("list_id", "पानी-के-रूप"), ("section_id", "forms"), ("term", "ओस"), ("description", "नन्ही बूँदें।")],
    );
    add(
        &folder,
        "definitions",
        &[
            ("definition_id", "condensation"),
            ("section_id", "forms"),
            ("term", "संघनन"),
            ("meaning", "- भाप का जल बनना।"),
        ],
    );
    add(&folder, "questions", &[("section_id", "तुलना"), ("prompt", "वर्षा क्या है?"), ("answer", "बादल का पानी।")]);
    add(&folder, "blocks", &[("section_id", "तुलना"), ("kind", "paragraph"), ("text", "अंत में।")]);
    let now = merged(&folder, &[]);
    let wanted = SOURCE
        .replace("गैस रूप।\n", "गैस रूप।\n* **ओस**: नन्ही बूँदें।\n")
        .replace("  धूप में तेज़।\n", "  धूप में तेज़।\n\nसंघनन {#condensation}\n: \\- भाप का जल बनना।\n")
        .replace("- [x] भाप\n", "- [x] भाप\n\nप्रश्न: वर्षा क्या है?\nउत्तर: बादल का पानी।\n")
        + "\nअंत में।\n";
    assert_eq!(now, wanted);
}

#[test]
fn new_rows_of_tables_lists_choices_and_sections_do_too() {
    let folder = built();
    let row = [("comparison_id", "नदी-झील"), ("section_id", "तुलना"), ("aspect", "गहराई")];
    add(&folder, "comparisons", &[&row[..], &[("subject", "झील"), ("text", "अधिक")]].concat());
    add(&folder, "comparisons", &[&row[..], &[("subject", "नदी"), ("text", "कम")]].concat());
    add(&folder, "choices", &[("question_id", "गैस-कौन-सी-है"), ("text", "ओस"), ("correct", "false")]);
    add(
        &folder,
        "blocks",
        &[("section_id", "तुलना"), ("kind", "list_item"), ("parent_block_id", "तुलना.b5"), ("text", "कुआँ")],
    );
    add(&folder, "sections", &[("section_id", "uses"), ("heading", "उपयोग")]);
    add(&folder, "clozes", &[("section_id", "uses"), ("text", "पानी {{जीवन|क्या}} है।")]);
    let wanted = SOURCE
        .replace("| आकार | लंबी | |\n", "| आकार | लंबी | |\n| गहराई | कम | अधिक |\n")
        .replace("- [x] भाप\n", "- [x] भाप\n- [ ] ओस\n")
        + "3) कुआँ\n\n# उपयोग {#uses}\n\nपानी {{जीवन|क्या}} है।\n";
    assert_eq!(merged(&folder, &[]), wanted);
}

#[test]
fn deleted_rows_are_asked_about() {
    let folder = built();
    delete(&folder, "terms", "भाप,गैस रूप।");
    let said = refused(&folder, &[]);
    assert!(said.contains("`steam` was deleted in the sheet `terms`") && said.contains("--delete"), "{said}");
    let ran = merge(&folder, &["--keep"]);
    assert_eq!(ran.stdout, "`terms/steam` was deleted in the sheets and stays in the source\nwater.md: no changes\n");
    assert_eq!(text(&folder, "water.md"), SOURCE);
    assert_eq!(merged(&folder, &["--delete"]), SOURCE.replace("* **भाप** {#steam}: गैस रूप।\n", ""));
}

#[test]
fn things_of_every_kind_can_be_deleted() {
    let folder = built();
    delete(&folder, "definitions", ",वाष्पन,,");
    delete(&folder, "clozes", "जमता");
    for gap in ["g1", "g2"] {
        delete(&folder, "gaps", &format!(".{gap},"));
    }
    delete(&folder, "choices", "बर्फ़,false");
    let name = format!("{SHEETS}/comparisons.csv");
    let kept: String = text(&folder, &name).split_inclusive("\r\n").filter(|row| !row.contains(",बहाव,")).collect();
    folder.write(&name, kept);
    let wanted = SOURCE
        .replace("वाष्पन\n: पानी का *भाप* बनना।\n\n  धूप में तेज़।\n\n", "")
        .replace("| बहाव {#flow} | हाँ  | नहीं |\n", "")
        .replace("- [ ] बर्फ़\n", "")
        .replace("पानी {{0}} डिग्री पर {{जमता|बर्फ़ बनता}} है। {#freezing}\n\n", "");
    let ran = merge(&folder, &["--delete"]);
    assert_eq!(ran.code, 0, "{ran}");
    assert_eq!(text(&folder, "water.md"), wanted);
}

#[test]
fn a_cell_changed_on_both_sides_is_a_conflict() {
    let folder = built();
    edit(&folder, "terms", "ठोस रूप।", "ठंडा रूप।");
    edit(&folder, "terms", "गैस रूप।", "हवा।");
    let changed = SOURCE.replace("ठोस रूप।", "कड़ा रूप।").replace("द्रव रूप।", "बहता रूप।");
    folder.write("water.md", &changed);
    let said = refused(&folder, &[]);
    assert!(
        said.contains("row 2 of `terms.csv`, column `description`: changed in the sheet and in the source"),
        "{said}"
    );
    assert!(
        said.contains("the sheet says `ठंडा रूप।`, the source says `कड़ा रूप।`") && said.contains("water.md:21:1"),
        "{said}"
    );
    assert!(!said.contains("बहता"), "{said}");
    // Once both say the same, the other edit arrives, and what changed in the source alone stays.
    folder.write("water.md", changed.replace("कड़ा रूप।", "ठंडा रूप।"));
    let wanted = changed.replace("कड़ा रूप।", "ठंडा रूप।").replace("गैस रूप।", "हवा।");
    assert_eq!(merge(&folder, &[]).code, 0);
    assert_eq!(text(&folder, "water.md"), wanted);
}

#[test]
fn what_the_source_got_or_lost_since_is_left_alone() {
    let folder = built();
    edit(&folder, "terms", "ठोस रूप।", "ठंडा रूप।");
    let changed = SOURCE
        .replace("* **भाप** {#steam}: गैस रूप।\n", "* **ओस**: बूँदें।\n")
        .replace("प्रश्न: पानी कब उबलता है? {#boiling}\nउत्तर: 100 डिग्री पर।\n\n", "");
    folder.write("water.md", &changed);
    let ran = merge(&folder, &[]);
    assert_eq!(ran.code, 0, "{ran}");
    assert_eq!(text(&folder, "water.md"), changed.replace("ठोस रूप।", "ठंडा रूप।"));
    // A change of what is gone from the source is a conflict.
    let folder = built();
    edit(&folder, "questions", "100 डिग्री", "सौ डिग्री");
    folder.write("water.md", SOURCE.replace("प्रश्न: पानी कब उबलता है? {#boiling}\nउत्तर: 100 डिग्री पर।\n\n", ""));
    assert!(refused(&folder, &[]).contains("`boiling` was taken out of the source since"));
}

#[test]
fn a_row_deleted_in_the_sheet_and_changed_in_the_source_is_a_conflict() {
    let folder = built();
    delete(&folder, "terms", "द्रव रूप।");
    folder.write("water.md", SOURCE.replace("द्रव रूप।", "बहता रूप।"));
    assert!(refused(&folder, &["--delete"]).contains("was deleted in the sheet and changed in the source"));
    // Ids of blocks follow from their places: here the first paragraph is another one than in the sheet.
    let folder = built();
    delete(&folder, "blocks", "forms.b1,");
    let shifted = SOURCE.replace("<!-- यह टिप्पणी रहे -->\n", "नया पहला पैरा।\n\n<!-- यह टिप्पणी रहे -->\n");
    folder.write("water.md", &shifted);
    assert!(
        refused(&folder, &["--delete"]).contains("the row `forms.b1` of `blocks.csv` was deleted in the sheet and")
    );
    folder.write("water.md", SOURCE);
    let wanted = SOURCE.replace("पानी के **तीन** रूप हैं,\nऔर सब   काम के हैं।\n", "");
    assert_eq!(merged(&folder, &["--delete"]), wanted);
}

#[test]
fn without_a_base_two_sides_are_compared_and_it_is_said() {
    let folder = built();
    edit(&folder, "terms", "ठोस रूप।", "ठंडा रूप।");
    folder.write("terms.csv", text(&folder, &format!("{SHEETS}/terms.csv")));
    let ran = folder.patra(&["merge", "terms.csv", "water.md", "--dry-run"]);
    assert_eq!(
        ran.stdout,
        "the sheets don't say what they held when they were made, so they are compared with the source alone\n\
         row 2 of `terms.csv`, column `description`: `ठोस रूप।` → `ठंडा रूप।`\nwater.md: 1 change, nothing written\n"
    );
    assert_eq!(text(&folder, "water.md"), SOURCE);
    // With the workbook as it was made for a base, a change of the source is known for one.
    folder.write("water.md", SOURCE.replace("द्रव रूप।", "बहता रूप।"));
    let ran = folder.patra(&["merge", "terms.csv", "water.md", "--base", "out/water/workbook.xlsx"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{ran}");
    let wanted = SOURCE.replace("द्रव रूप।", "बहता रूप।").replace("ठोस रूप।", "ठंडा रूप।");
    assert_eq!(text(&folder, "water.md"), wanted);
}

#[test]
fn what_follows_from_the_source_cannot_be_changed() {
    for (sheet, was, is, said) in [
        ("terms", "ice,पानी-के-रूप", "ice2,पानी-के-रूप", "the id was changed from `ice` to `ice2`"),
        ("terms", "ice,पानी-के-रूप,forms", "ice,पानी-के-रूप,तुलना", "column `section_id`: `forms` became `तुलना`"),
        ("terms", "forms.b3.1,1,1", "forms.b3.1,1,7", "column `ordinal`: `1` became `7`"),
        ("sections", ",रूप,1", ",रूप,9", "a cell was changed that follows from the source"),
        ("practice", "ice.meaning,ice", "ice.meaning,ice2", "the sheet `practice` follows from the others"),
        ("ids", "term,बर्फ़", "term,हिम", "the sheet `ids` follows from the others"),
    ] {
        let folder = built();
        let name = format!("{SHEETS}/{sheet}.csv");
        let csv = text(&folder, &name);
        assert!(csv.contains(was), "{was} in {csv}");
        folder.write(&name, csv.replacen(was, is, 1));
        let told = refused(&folder, &[]);
        assert!(told.contains("P0102") && told.contains(said), "{said}: {told}");
    }
}

#[test]
fn the_source_of_another_material_is_told() {
    let folder = built();
    folder.write("water.md", SOURCE.replace("id: water", "id: fire"));
    assert!(refused(&folder, &[]).contains("the sheets are of `water` (hi), and the source is `fire` (hi)"));
}

#[test]
fn the_stored_form_takes_changes_too() {
    let folder = built();
    let stored = folder.patra(&["export", "--json", "water.md"]).stdout;
    folder.write("water.json", &stored);
    edit(&folder, "terms", "ठोस रूप।", "ठंडा रूप।");
    add(&folder, "terms", &[("list_id", "पानी-के-रूप"), ("section_id", "forms"), ("term", "ओस"), ("description", "बूँदें।")]);
    delete(&folder, "definitions", ",वाष्पन,,");
    let ran = folder.patra(&["merge", SHEETS, "water.json", "--delete"]);
    assert_eq!(ran.code, 0, "{ran}");
    let now = text(&folder, "water.json");
    assert!(now.contains("ठंडा रूप।") && !now.contains("वाष्पन"), "{now}");
    assert!(now.find("गैस रूप").expect("there") < now.find("ओस").expect("there"));
    // Pasted text says nothing for sure.
    folder.write("water.txt", "पानी");
    assert_eq!(folder.patra(&["merge", SHEETS, "water.txt"]).code, 2);
}

#[test]
fn files_that_are_no_sheets_are_told() {
    let folder = built();
    let code = |sheets: &str| {
        let ran = folder.patra(&["merge", sheets, "water.md"]);
        (ran.code, ran.stderr)
    };
    folder.write("a.csv", "x,y\n1,2\n");
    folder.write("a.xlsx", "no workbook");
    folder.write("a.doc", "");
    folder.write("latin.csv", b"section_id,heading\nforms,\xE9t\xE9\n");
    folder.write("lone.csv", [0xFF, 0xFE, b'a', 0, 0x3D, 0xD8, b'b', 0]);
    folder.write("nul.csv", "section_id,heading\nforms,\0\n");
    for (name, exit, said) in [
        ("none.csv", 3, "there is no such file"),
        ("a.csv", 3, "holds none of patra's sheets"),
        ("a.xlsx", 3, "can't be read as a workbook"),
        ("a.doc", 2, "is neither a workbook nor CSV"),
        ("latin.csv", 3, "byte 0xE9 in line 2, column 7"),
        ("lone.csv", 3, "(U+D83D) in line 1, column 2"),
        ("nul.csv", 3, "row 2 of `nul.csv` has a NUL character in its cell 2"),
    ] {
        let (found, told) = code(name);
        assert!(found == exit && told.contains(said), "{name}: {found} {told}");
    }
    assert_eq!(text(&folder, "water.md"), SOURCE);
}

/// Cells that spreadsheets alter or run, and what they make of them where they do.
const HAZARDS: [(&str, &str); 20] = [
    ("=1+1", "2"),
    ("+91 98765", "9198765"),
    ("-सूची", "#NAME?"),
    ("@SUM(A1)", "0"),
    ("＝1+1", "2"),
    ("＋१", "1"),
    ("00123", "123"),
    ("1E5", "100000"),
    ("1.10", "1.1"),
    ("1234567890123456789", "1.23456789012346E+18"),
    ("3/4", "2026-03-04"),
    ("5 मार्च", "2026-03-05"),
    ("2:1", "02:01:00"),
    ("50%", "0.5"),
    ("TRUE", "1"),
    ("सही", "TRUE"),
    ("NA", ""),
    ("null", ""),
    ("१२३", "123"),
    ("₹500", "500"),
];

fn hazardous() -> (Folder, String) {
    let mut source = String::from("---\nid: h\ntitle: खतरे\nlanguage: hi\n---\n\n# क\n\n{kind=\"मान\"}\n");
    for (index, (cell, _)) in HAZARDS.iter().enumerate() {
        let cell = cell.replace('*', "\\*");
        source.push_str(&format!("- **मान {}** {{#v{index}}}: {cell}\n", ["क", "ख"][index % 2].repeat(index + 1)));
    }
    let folder = Folder::new(PROGRAM);
    folder.write("h.md", &source);
    (folder, source)
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

#[test]
fn hazards_come_back_as_they_were_guarded_or_not() {
    let (folder, source) = hazardous();
    let ran = folder.patra(&["build", "h.md", "-o", "out", "--only", "sheets"]);
    assert_eq!(ran.code, 0, "{ran}");
    for sheets in ["out/h/sheets", "out/h/workbook.xlsx"] {
        let ran = folder.patra(&["merge", sheets, "h.md"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (0, "h.md: no changes\n"), "{ran}");
    }
    // Somebody puts a `'` before each, as guards are, and edits another cell.
    let mut csv = text(&folder, "out/h/sheets/terms.csv");
    for (cell, _) in HAZARDS {
        csv = csv.replacen(&format!(",{cell},"), &format!(",'{cell},"), 1);
    }
    folder.write("out/h/sheets/terms.csv", csv);
    let ran = folder.patra(&["merge", "out/h/sheets", "h.md"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, "h.md: no changes\n"), "{ran}");
    assert_eq!(text(&folder, "h.md"), source);
}

#[test]
fn what_a_spreadsheet_mangled_is_refused_with_its_place() {
    let (folder, source) = hazardous();
    assert_eq!(folder.patra(&["build", "h.md", "-o", "out", "--only", "sheets"]).code, 0);
    let csv = text(&folder, "out/h/sheets/terms.csv");
    for (index, (was, is)) in HAZARDS.iter().enumerate() {
        let from =
            [format!(",{was},"), format!(",{},", quoted(was))].into_iter().find(|cell| csv.contains(cell.as_str()));
        let from = from.expect("the cell is there");
        folder.write("out/h/sheets/terms.csv", csv.replacen(&from, &format!(",{is},"), 1));
        let ran = folder.patra(&["merge", "out/h/sheets", "h.md"]);
        assert_eq!(ran.code, 1, "{was}: {ran}");
        let place = format!("row {} of `terms.csv`, column `description`: `{was}` became `{is}`", index + 2);
        assert!(ran.stderr.contains("P0100") && ran.stderr.contains(&place), "{place}: {}", ran.stderr);
        assert_eq!(text(&folder, "h.md"), source);
    }
}

#[test]
fn cells_with_every_hazard_arrive_when_a_person_writes_them() {
    let folder = built();
    let hostile: Vec<String> = HAZARDS
        .iter()
        .map(|(cell, _)| (*cell).to_owned())
        .chain(
            [
                "a\nb",
                "a\r\nb",
                "\"क\", \"ख\"",
                "  edges  ",
                "{#id}",
                "**x**",
                "| a |",
                "# h",
                "<b>",
                "&amp;",
                "1. x",
                "- x",
                "{{a}}",
                "\\",
                "`",
                "$x$",
            ]
            .map(str::to_owned),
        )
        .collect();
    for cell in hostile {
        folder.write("water.md", SOURCE);
        let name = format!("{SHEETS}/terms.csv");
        let csv = text(&folder, &name);
        folder.write(&name, csv.replacen("ठोस रूप।", &quoted(&cell), 1));
        let ran = merge(&folder, &[]);
        folder.write(&name, &csv);
        assert_eq!(ran.code, 0, "{cell:?}: {ran}");
        let now = text(&folder, "water.md");
        let (before, after) = SOURCE.split_once("ठोस रूप।").expect("there");
        assert!(now.starts_with(before) && now.ends_with(after), "{now}");
        // What is read of it says the same.
        let again = folder.patra(&["export", "--json", "water.md"]).stdout;
        let entry =
            again.split("\"id\": \"ice\"").nth(1).expect("there").split("\"id\"").next().expect("there").to_owned();
        let plain = cell.replace("\r\n", "\n");
        if !plain.contains('\n') {
            assert!(
                entry.contains(&format!("\"description\": {}", serde_json::to_string(&plain).expect("JSON"))),
                "{cell}: {entry}"
            );
        } else {
            assert!(entry.contains("\"break\": true"), "{entry}");
        }
    }
}

#[test]
fn a_cell_of_ten_megabytes_arrives() {
    let folder = built();
    let long = "क ख ".repeat(1_000_000);
    edit(&folder, "terms", "ठोस रूप।", long.trim());
    assert_eq!(merged(&folder, &[]), SOURCE.replace("ठोस रूप।", long.trim()));
}

#[test]
fn utf16_with_tabs_is_read_and_line_ends_and_marks_of_the_source_are_kept() {
    let folder = built();
    let windows = format!("\u{FEFF}{}", SOURCE.replace('\n', "\r\n"));
    folder.write("water.md", &windows);
    let csv =
        text(&folder, &format!("{SHEETS}/terms.csv")).trim_start_matches('\u{FEFF}').replace("ठोस रूप।", "ठंडा रूप।");
    let tabs = csv.replace(',', "\t");
    let bytes: Vec<u8> = [0xFEFF_u16].into_iter().chain(tabs.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    folder.write("terms.csv", bytes);
    add(&folder, "terms", &[]);
    let ran = folder.patra(&["merge", "terms.csv", "water.md"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{ran}");
    assert_eq!(text(&folder, "water.md"), windows.replace("ठोस रूप।", "ठंडा रूप।"));
}

#[test]
fn what_cannot_be_written_is_refused_whole() {
    // One edit that can't be, beside one that can.
    let folder = built();
    edit(&folder, "terms", "ठोस रूप।", "ठंडा रूप।");
    edit(&folder, "terms", "पानी के रूप,जल,", "पानी के रूप,,");
    let said = refused(&folder, &[]);
    assert!(said.contains("P0031") || said.contains("P0103"), "{said}");
    // A form feed can't stand in a source.
    let folder = built();
    edit(&folder, "terms", "ठोस रूप।", "ठंडा\u{B}रूप।");
    assert!(refused(&folder, &[]).contains("U+000B, which no source may"));
    // An id can't stand twice.
    let folder = built();
    add(&folder, "terms", &[("term_id", "river"), ("list_id", "none"), ("section_id", "forms"), ("term", "ओस")]);
    assert!(refused(&folder, &[]).contains("there is no list `none`"));
}

#[cfg(unix)]
#[test]
fn the_source_is_replaced_in_one_step_behind_its_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = built();
    folder.write("real/source.md", SOURCE);
    fs::remove_file(folder.path().join("water.md")).expect("removed");
    symlink(Path::new("real/source.md"), folder.path().join("water.md")).expect("linked");
    let real = folder.path().join("real/source.md");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o600)).expect("set");
    edit(&folder, "terms", "ठोस रूप।", "ठंडा रूप।");
    assert_eq!(merged(&folder, &[]), SOURCE.replace("ठोस रूप।", "ठंडा रूप।"));
    assert!(folder.path().join("water.md").is_symlink());
    assert_eq!(fs::metadata(&real).expect("there").permissions().mode() & 0o777, 0o600);
}
