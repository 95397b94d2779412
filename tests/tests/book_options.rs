//! Options in the file of a book: they do what the command's arguments do.

use std::collections::BTreeMap;

use patra_tests::{Folder, Ran};

const FONT: &[u8] = include_bytes!("../../crates/fonts/fonts/NotoSansDevanagari-Regular.ttf");

const BOOK: &str = "[book]\ntitle = \"ग्राहक सेवा\"\nid = \"service\"\nlanguage = \"hi\"\n";

const OPTIONS: &str = "
[papers]
paper = [\"handout\", \"cards\"]
sheet = \"letter\"
theme = \"रूप.toml\"
fonts = [\"fonts/own.ttf\"]
margins = [25, 20, 15.5]
binding = 8
contents = \"always\"
seed = 7
flip = \"short-edge\"
back-offset = [1.5, -0.5]
no-marks = true

[deck]
reversed = true
subdecks = true

[sheets]
no-bom = true
spreadsheet-safe = true
";

const ARGUMENTS: &str = "--paper handout,cards --sheet letter --theme book/रूप.toml --font book/fonts/own.ttf --margins 25,20,15.5 \
     --binding 8 --contents always --seed 7 --flip short-edge --back-offset 1.5,-0.5 --no-marks --reversed --subdecks \
     --no-bom --spreadsheet-safe";

/// A font like patra's own under another name, which is told from it by what it is called.
fn font() -> Vec<u8> {
    let wide = |name: &str| name.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let (old, new) = (wide("Noto Sans Devanagari"), wide("Koto Sans Devanagari"));
    let mut font = FONT.to_vec();
    while let Some(at) = font.windows(old.len()).position(|part| part == old) {
        font[at..at + new.len()].copy_from_slice(&new);
    }
    font
}

/// A book of two files with these options, beside it a theme that names the family of its font, and the font.
fn folder(options: &str) -> Folder {
    let folder = Folder::new(env!("CARGO_BIN_EXE_patra-under-test"));
    folder.write("book/patra.toml", format!("{BOOK}{options}"));
    folder.write("book/1.md", "# पहला पाठ\n\nलाभ {#gain}\n: जो बचता है।\n\nहानि {#loss}\n: जो जाता है।\n");
    folder.write("book/2.md", "# दूसरा पाठ\n\n## सारांश\n\nमूल्य {#price}\n: =1+1\n");
    folder.write("book/रूप.toml", "families = [\"Koto Sans Devanagari\"]\n");
    folder.write("book/fonts/own.ttf", font());
    folder
}

/// What a build of the book with these arguments makes.
#[track_caller]
fn made(folder: &Folder, arguments: &str) -> BTreeMap<String, Vec<u8>> {
    let arguments: Vec<&str> = ["build", "book"].into_iter().chain(arguments.split_whitespace()).collect();
    let ran = folder.patra(&arguments);
    assert_eq!(ran.code, 0, "{ran}");
    let files = folder.files().into_iter();
    files.filter_map(|(name, bytes)| Some((name.strip_prefix("patra-out/service/")?.to_owned(), bytes))).collect()
}

#[track_caller]
fn assert_same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (name, bytes) in one {
        assert!(Some(bytes) == other.get(name), "{name} differs");
    }
}

fn told(options: &str, command: &str) -> Ran {
    folder(options).patra(&[command, "book"])
}

#[test]
fn they_do_what_the_arguments_do() {
    let (with, without) = (folder(OPTIONS), folder(""));
    let book = made(&with, "");
    let plain = made(&without, ARGUMENTS);
    assert_same(&book, &plain);
    assert!(
        !book.contains_key("worksheet.pdf") && !book["sheets/definitions.csv"].starts_with(b"\xEF\xBB\xBF"),
        "{:?}",
        book.keys()
    );
    assert!(made(&folder(""), "")["handout.pdf"] != book["handout.pdf"]);
}

#[test]
fn the_command_line_has_the_last_word() {
    let other = "--sheet a5 --theme standard --margins 20 --binding 0 --contents never --paper handout";
    let rest = "--font book/fonts/own.ttf --seed 7 --flip short-edge --back-offset 1.5,-0.5 --no-marks --reversed --subdecks \
         --no-bom --spreadsheet-safe";
    assert_same(&made(&folder(OPTIONS), other), &made(&folder(""), &format!("{other} {rest}")));
    // A switch that is not on in the file is turned on; one that is on stays so.
    let typed = made(&folder("[deck]\nreversed = true\ntyped = false\n"), "--typed --only sheets");
    assert_same(&typed, &made(&folder(""), "--typed --reversed --only sheets"));
    // A font that it names stands instead of all of the book's.
    let folder = folder(OPTIONS);
    folder.write("other.ttf", FONT);
    let ran = folder.patra(&["build", "book", "--font", "other.ttf"]);
    assert!(ran.code == 1 && ran.stderr.contains("no font at hand is of the family `Koto Sans Devanagari`"), "{ran}");
}

#[test]
fn what_is_wrong_is_told_in_its_place() {
    let wrong = "
[papers]
sheat = \"a4\"
sheet = \"a3\"
theme = \"रूप\"
fonts = [\"fonts/own.ttf\", \"fonts/none.ttf\", \"../secret.ttf\", \"रूप.toml\"]
binding = 99
seed = \"सात\"
calibrate = \"yes\"
margins = [[20]]

[deck]
speach = true
reversed = 1

[sheets]
no-bom = []
";
    let ran = told(wrong, "build");
    insta::assert_snapshot!(ran);
    for command in ["check", "plan"] {
        let ran = told(wrong, command);
        assert_eq!((ran.code, ran.stderr.matches("error[P0150]").count()), (1, 9), "{ran}");
        assert_eq!(ran.stderr.matches("error[P0151]").count(), 3, "{ran}");
    }
    let folder = folder(wrong);
    let ran = folder.patra(&["check", "--lang", "hi", "book"]);
    assert!(ran.stderr.contains("0 से 30 तक की संख्या मिलीमीटर में दें"), "{ran}");
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_of_the_folder() {
    let folder = folder("[papers]\nfonts = [\"link.ttf\"]\n");
    folder.write("secret.ttf", FONT);
    std::os::unix::fs::symlink(folder.path().join("secret.ttf"), folder.path().join("book/link.ttf")).expect("a link");
    let ran = folder.patra(&["build", "book"]);
    assert!(ran.code == 1 && ran.stderr.contains("only files in the book's folder are read"), "{ran}");
}

#[test]
fn fonts_are_of_a_bounded_size() {
    let folder = folder("[papers]\nfonts = [\"1.ttf\", \"2.ttf\"]\n");
    for name in ["book/1.ttf", "book/2.ttf"] {
        let file = std::fs::File::create(folder.path().join(name)).expect("a file");
        file.set_len(40 << 20).expect("a hole");
    }
    let ran = folder.patra(&["check", "book"]);
    assert!(ran.stderr.contains("the fonts of the book are larger than 64 MiB together"), "{ran}");
    assert!(ran.stderr.contains("`1.ttf` can't be read") && !ran.stderr.contains("`2.ttf` can't be read"), "{ran}");
}

#[test]
fn a_theme_is_told_of_in_its_own_file() {
    let folder = folder("[papers]\ntheme = \"रूप.toml\"\n");
    folder.write("book/रूप.toml", "[sizes]\n\"बॉडी\" = 12\nbody = \"12pt\"\n");
    let ran = folder.patra(&["check", "book"]);
    assert_eq!(ran.code, 1, "{ran}");
    assert!(ran.stderr.contains("book/रूप.toml:2:1") && ran.stderr.contains("book/रूप.toml:3:8"), "{ran}");
}

#[test]
fn papers_that_leave_no_room_are_told_with_their_table() {
    let ran = told("[papers]\nsheet = \"a5\"\nmargins = 60\n", "check");
    assert!(ran.code == 1 && ran.stderr.contains("P0194") && ran.stderr.contains("book/patra.toml:5:2"), "{ran}");
    // What leaves no room on the usual sheet may be right for the book.
    let folder = folder("[papers]\nmargins = 10\n");
    assert_eq!(folder.patra(&["build", "book", "--only", "pdf", "--sheet", "a5", "--binding", "30"]).code, 0);
}

#[test]
fn a_check_and_a_plan_take_them_too() {
    let options = "[papers]\ntheme = \"रूप.toml\"\nfonts = [\"fonts/own.ttf\"]\n[deck]\nreversed = true\n";
    let ran = told(options, "check");
    assert_eq!(ran.code, 0, "{ran}");
    // Without the font the theme's family is not at hand, which only who makes the papers finds out.
    let ran = told("[papers]\ntheme = \"रूप.toml\"\n", "check");
    assert!(ran.code == 1 && ran.stderr.contains("Koto Sans Devanagari"), "{ran}");
    let planned = told(options, "plan");
    assert_eq!(planned, folder("").patra(&["plan", "--reversed", "book"]));
    assert_ne!(planned, told("", "plan"));
}

#[test]
fn editions_have_each_their_own() {
    let folder = Folder::new(env!("CARGO_BIN_EXE_patra-under-test"));
    for (tag, title, more) in
        [("en", "Service", ""), ("hi", "सेवा", "[papers]\nbilingual = true\n[deck]\ntranslation = true\n")]
    {
        folder
            .write(&format!("book/patra.{tag}.toml"), format!("[book]\nid = \"service\"\ntitle = \"{title}\"\n{more}"));
        folder.write(&format!("book/1.{tag}.md"), format!("# {title} 1\n\n{title} {{#gain}}\n: {title}।\n"));
    }
    let ran = folder.patra(&["build", "book"]);
    assert_eq!(ran.code, 0, "{ran}");
    let names = folder.names();
    // One of the two asks for it, and the first is what it is made for.
    assert!(names.contains(&"patra-out/service/en/bilingual.pdf".to_owned()), "{names:?}");
    assert!(!names.contains(&"patra-out/service/hi/bilingual.pdf".to_owned()), "{names:?}");
    let english = folder.patra(&["plan", "book/patra.en.toml"]);
    assert_eq!(english.code, 0, "{english}");
    let hindi = folder.patra(&["plan", "book/patra.hi.toml"]);
    assert!(hindi.code == 2 && hindi.stderr.contains("`translation`: no other edition of `service`"), "{hindi}");
    assert_eq!(folder.patra(&["build", "book/patra.hi.toml", "--only", "sheets"]).code, 0);
}
