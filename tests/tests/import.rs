//! `patra import`: what a teacher has, as a source.

use patra_tests::Folder;

const PAGE: &str = "<html lang=hi><body><nav><a href=/>मुखपृष्ठ</a></nav><main><h1>चाय</h1>\n<p><b>चाय के प्रकार</b></p>\n\
    <ul><li>काली: तेज़ होती है</li><li>हरी: हल्की होती है</li></ul>\n\
    <img src='p%20q.png' alt='पत्ती'><img src='data:image/png;base64,iVBORw0KGgo=' alt='बिंदु'></main>";

fn folder() -> Folder {
    Folder::new(env!("CARGO_BIN_EXE_patra-under-test"))
}

#[test]
fn a_page_becomes_a_source_with_its_pictures() {
    let folder = folder();
    folder.write("saved/page.html", PAGE);
    folder.write("saved/p q.png", b"\x89PNG");
    let ran = folder.patra(&["import", "saved/page.html", "-o", "course/tea.hi.md", "--explain"]);
    assert_eq!(ran.code, 0, "{ran}");
    assert_eq!(ran.stdout, "");
    assert!(ran.stderr.contains("guessed: line 2 is a heading, because it is short and bold as a whole"), "{ran}");
    assert!(ran.stderr.contains("left out: line 1: 1 word was left out, because it is navigation: `मुखपृष्ठ`"), "{ran}");
    assert!(ran.stderr.contains("words in the source") && ran.stderr.contains(" kept, 1 left out"), "{ran}");
    let files = folder.files();
    assert_eq!(files["course/p q.png"], b"\x89PNG");
    assert_eq!(files["course/tea-1.png"], b"\x89PNG\r\n\x1a\n");
    let source = String::from_utf8(files["course/tea.hi.md"].clone()).expect("UTF-8");
    for part in ["title: चाय", "# चाय के प्रकार", "**काली**: तेज़ होती है", "tea-1.png"]
    {
        assert!(source.contains(part), "{part} is not in\n{source}");
    }
    // What is there is not overwritten, unless it is meant.
    folder.write("course/tea.hi.md", "my own");
    let again = ["import", "saved/page.html", "-o", "course/tea.hi.md"];
    let ran = folder.patra(&again);
    assert_eq!(ran.code, 3, "{ran}");
    assert_eq!(folder.files()["course/tea.hi.md"], b"my own");
    assert!(ran.stderr.contains("`course/tea.hi.md` is there already"), "{ran}");
    assert_eq!(folder.patra(&[&again[..], &["--force"]].concat()).code, 0);
    assert_eq!(folder.files()["course/tea.hi.md"], source.as_bytes());
}

#[test]
fn a_page_of_which_more_is_left_out_than_kept_is_warned_of() {
    let folder = folder();
    let menu = "<a href=/a>home about news</a> ".repeat(40);
    folder.write("page.html", format!("<html lang=en><nav>{menu}</nav><h1>Tea</h1><p>Tea is a drink of leaves.</p>"));
    let ran = folder.patra(&["import", "page.html"]);
    assert!(ran.code == 0 && ran.stderr.contains("120 left out"), "{ran}");
    assert!(ran.stderr.contains("warning[P0110]: more words were left out (120) than kept"), "{ran}");
}

#[test]
fn guesses_are_counted_and_the_source_goes_to_standard_output() {
    let folder = folder();
    folder.write("tea.txt", "चाय\n\nचाय क्या है?\nएक पेय है।\n");
    let ran = folder.patra(&["import", "tea.txt"]);
    assert_eq!(ran.code, 0, "{ran}");
    assert!(ran.stdout.contains("# चाय क्या है?"), "{ran}");
    assert!(ran.stderr.contains("1 heading") && ran.stderr.contains("--explain"), "{ran}");
    assert_eq!(folder.names(), ["tea.txt"]);
    let exported = folder.patra(&["export", "--markdown", "tea.txt"]);
    assert_eq!(exported.stdout, ran.stdout);
}

#[test]
fn a_page_in_an_old_encoding_is_built_directly() {
    let folder = folder();
    folder.write(
        "notes.html",
        b"<meta charset=windows-1252><h1>Caf\xE9s</h1><h2>Words</h2><dl><dt>Cr\xE8me<dd>cream</dl>",
    );
    let ran = folder.patra(&["check", "notes.html"]);
    assert_eq!(ran.code, 0, "{ran}");
    let ran = folder.patra(&["export", "--json", "notes.html"]);
    assert!(ran.stdout.contains("Cafés") && ran.stdout.contains("Crème"), "{ran}");
    let page = "<meta charset=utf-8>\n<h1>जल</h1>\n<p>नदी ".bytes().chain(*b"\xE0 and more words here</p>");
    folder.write("wrong.html", page.collect::<Vec<u8>>());
    let ran = folder.patra(&["import", "wrong.html"]);
    assert_eq!(ran.code, 0, "{ran}");
    assert!(ran.stderr.contains("P0005") && ran.stderr.contains("wrong.html:3:7"), "{ran}");
    assert!(ran.stdout.contains("नदी \u{FFFD} and more words"), "{ran}");
}

#[test]
fn all_that_is_told_is_told_in_hindi() {
    let folder = folder();
    let page = PAGE.replace(
        "</main>",
        "<p>BPO का पूरा नाम “Business Process Outsourcing” है।</p>\
         <h2>क्या</h2><h2>क्या</h2><dl><dt>कितने?<dd>दो</dl><ul><li>क<ul><li>ख<h3>ग</h3></ul></ul>\
         <table><tr><th><th>गाय<th>बकरी<tr><th>दूध<td>ज़्यादा<td>कम</table>\
         <table><tr><td colspan=2>क<tr><td>ख</table><iframe src=https://example.org></iframe>\
         <div class=advert>छूट!</div><div hidden>छिपा\u{200B}</div>क\u{AD}ख\u{AD}<img src=x.png alt=गया><img src=p.png></main>",
    );
    folder.write("page.html", page);
    folder.write(
        "text.txt",
        "विषय\n\n1) पहला भाग\nयह एक लंबा वाक्य है, जो इस भाग में लिखा गया है और कुछ बताता है।\n\n2) दूसरा भाग\nयह भी एक लंबा \
         वाक्य है, जो इस भाग में है।\n\nतुलना:\n-\nकाली: तेज़\n-\nहरी: हल्की\n\nप्रश्न: क्या?\nउत्तर: कुछ\n\nपहलू | गाय | बकरी\nदूध | ज़्यादा | कम\nघी | कम\n",
    );
    folder.write(
        "terms.csv",
        "शब्द,अर्थ,टैग,क्रमांक,अध्याय,भाषा\nओस,रात की बूँदें,मौसम,1,पहला,क्लिंगन\nपाला,जमी हुई ओस,मौसम,2,दूसरा,क्लिंगन, और\n",
    );
    folder.write("gaps.csv", "रिक्त स्थान;उत्तर\nसूरज पूरब में\u{7}\n");
    folder.write("choices.csv", "प्रश्न,क,ख,उत्तर\n1+1?,1,2,ङ\n");
    folder.write("latin.csv", b"term;meaning\ncaf\xE9;a place to drink\n");
    folder.write("old.csv", "term;meaning\nHkkjr ,d ns'k gSA;gekjs ns'k dk uke Hkkjr gSA\n");
    folder.write("deck.apkg", b"PK");
    folder.write("empty.html", "<p> ");
    for name in folder.names() {
        for more in [&["-o", "made/made.md", "--force"][..], &["--explain"]] {
            let command = [&["import", name.as_str()], more].concat();
            let said = folder.patra(&[&["--lang", "hi"], &command[..]].concat()).stderr;
            assert_eq!(said.lines().count(), folder.patra(&command).stderr.lines().count(), "{name}: {said}");
            for line in said.lines().filter(|line| !line.contains('|')) {
                // What stands in backquotes is the author's, or to be written as it is.
                let own: String =
                    line.replace("Anki deck package", "Anki").split('`').step_by(2).collect::<Vec<_>>().join("` `");
                let words: Vec<&str> = own.split_whitespace().collect();
                let english = words.windows(2).find(|pair| {
                    pair.iter().all(|word| {
                        word.len() > 1 && word.trim_end_matches(',').chars().all(|c| c.is_ascii_lowercase())
                    })
                });
                assert_eq!(english, None, "{name}: {line}");
            }
        }
    }
}
