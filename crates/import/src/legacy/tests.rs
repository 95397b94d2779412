use std::collections::{BTreeMap, BTreeSet};

use super::glyph::{REPH, SHORT_I, rows};
use super::order::{is_consonant, is_matra};
use super::word::{convert_run, decoded};
use super::{is_kruti_dev, legacy_to_unicode};

const VIRAMA: char = '\u{94D}';

/// What is typed for a word in Unicode: the table the other way round.
fn typed(word: &str) -> String {
    let written: BTreeMap<String, &'static str> =
        rows().filter(|(_, _, written)| *written).map(|(typed, drawn, _)| (drawn, typed)).collect();
    let chars: Vec<char> = word.chars().collect();
    let mut out = String::new();
    let mut at = 0;
    while at < chars.len() {
        // A syllable: consonants with their half forms, a sign of a vowel, what is above it.
        let reph = chars[at] == 'र'
            && chars.get(at + 1) == Some(&VIRAMA)
            && chars.get(at + 2).copied().is_some_and(is_consonant);
        let start = if reph { at + 2 } else { at };
        let mut end = start;
        while end < chars.len() && (is_consonant(chars[end]) || (end > start && chars[end] == '\u{93C}')) {
            end += 1;
            if chars.get(end) == Some(&'\u{93C}') {
                end += 1;
            }
            if chars.get(end) == Some(&VIRAMA) && chars.get(end + 1).copied().is_some_and(is_consonant) {
                end += 1;
            } else {
                break;
            }
        }
        if end == start {
            end += 1;
        }
        let mut sign = end;
        while sign < chars.len() && (is_matra(chars[sign]) || chars[sign] == VIRAMA) {
            sign += 1;
        }
        if chars[end..sign].contains(&'ि') {
            out.push('f');
        }
        let body: String = chars[start..end].iter().collect();
        let signs: String = chars[end..sign].iter().filter(|c| **c != 'ि').collect();
        for part in [body, signs] {
            let mut rest = part.as_str();
            while !rest.is_empty() {
                let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
                let ends: Vec<usize> = ends.collect();
                let found = ends.iter().rev().find_map(|end| written.get(&rest[..*end]).map(|glyph| (*glyph, *end)));
                let (glyph, end) = found.unwrap_or_else(|| panic!("nothing is typed for {rest:?} of {word}"));
                out.push_str(glyph);
                rest = &rest[end..];
            }
        }
        if reph {
            out.push('Z');
        }
        at = sign;
    }
    out
}

/// The words of the course that comes with patra, and syllables of every consonant with every other.
fn words() -> BTreeSet<String> {
    let course = include_str!("../../../../materials/bpo.hi.md");
    let letter = |c: char| ('\u{900}'..='\u{963}').contains(&c);
    let mut words: BTreeSet<String> = course
        .split(|c: char| !letter(c))
        .filter(|word| {
            !word.is_empty() && word.starts_with(|c: char| is_consonant(c) || ('\u{905}'..='\u{914}').contains(&c))
        })
        .map(patra_core::nfc)
        .map(|word| word.into_owned())
        .collect();
    let consonants: Vec<char> = "कखगघचछजझटठडढणतथदधनपफबभमयरलवशषसह".chars().collect();
    for (at, one) in consonants.iter().enumerate() {
        for (sign, other) in ["", "ा", "ि", "ी", "ु", "ू", "े", "ै", "ो", "ौ", "ां", "िं", "ें", "ों"]
            .iter()
            .zip(consonants.iter().cycle().skip(at))
        {
            words.insert(format!("{one}{VIRAMA}{other}{sign}ल"));
            words.insert(format!("{one}{sign}{other}"));
            words.insert(format!("अ{one}र{VIRAMA}{other}{sign}"));
            words.insert(format!("{one}{VIRAMA}र{sign}त"));
            words.insert(format!("नि{one}{VIRAMA}{other}{VIRAMA}य{sign}"));
        }
    }
    words
}

#[test]
fn two_thousand_words_come_back_from_the_font() {
    let words = words();
    assert!(words.len() > 2_000, "only {} words", words.len());
    let wrong: Vec<String> = words
        .iter()
        .filter(|word| decoded(&typed(word)) != **word)
        .map(|word| format!("{word} → {} → {}", typed(word), decoded(&typed(word))))
        .collect();
    assert!(wrong.is_empty(), "{} of {}: {:#?}", wrong.len(), words.len(), &wrong[..wrong.len().min(40)]);
}

#[test]
fn the_table_draws_and_no_glyph_is_there_twice() {
    let mut seen = BTreeSet::new();
    for (typed, drawn, _) in rows() {
        assert!(seen.insert(typed), "{typed} is there twice");
        let fits = |c: char| ('\u{900}'..='\u{970}').contains(&c) || c == SHORT_I || c == REPH || !c.is_alphanumeric();
        assert!(drawn.chars().all(fits), "{typed} draws {drawn}");
    }
    assert!(seen.len() > 150);
}

#[test]
fn typed_words_are_read() {
    for (typed, word) in [
        ("fo|ky;", "विद्यालय"),
        ("izk.kh", "प्राणी"),
        ("dk;Z", "कार्य"),
        ("vkfFkZd", "आर्थिक"),
        ("fLFkfr", "स्थिति"),
        ("mŸkj", "उत्तर"),
        ("iz'u", "प्रश्न"),
        ("ea=ky;", "मंत्रालय"),
        ("ek=kk", "मात्रा"),
        ("f=kHkqt", "त्रिभुज"),
        ("jk\"Vªh;", "राष्ट्रीय"),
        ("lM+d", "सड़क"),
        ("Å¡ph", "ऊँची"),
        ("'kq)", "शुद्ध"),
        ("Kku", "ज्ञान"),
        ("d`f\"k", "कृषि"),
        ("o\"kkZ", "वर्षा"),
        ("dk;ks±", "कार्यों"),
        ("#i;k", "रुपया"),
        ("1- D;k", "1. क्या"),
        ("ty&pØ", "जल-चक्र"),
        ("¼d½", "(क)"),
        ("vr%", "अतः"),
    ] {
        assert_eq!(decoded(typed), word, "{typed}");
    }
}

#[test]
fn english_stays_english() {
    let text = "dEI;wVj ,d e'khu gSA Computer fdlh Hkh dke dks djrk gSA\nIn the year 1995 the Internet came to India.\n\nHkkjr esa \
                Microsoft Windows dk mi;ksx gksrk gSA\nयह पहले से यूनिकोड में है।\n";
    let converted = legacy_to_unicode(text).expect("there are lines in Kruti Dev");
    let expected = "कम्प्यूटर एक मशीन है। Computer किसी भी काम को करता है।\nIn the year 1995 the Internet came to India.\n\nभारत में \
                    Microsoft Windows का उपयोग होता है।\nयह पहले से यूनिकोड में है।\n";
    assert_eq!(converted.text, expected);
    assert_eq!(converted.notes.len(), 2, "{:?}", converted.notes);
}

#[test]
fn other_texts_are_left_alone() {
    for text in [
        "The quick brown fox is on the hill; it's 5 o'clock.\nUse ls and cd to go.\n",
        "for (i = 0; i < n; i++) { x[k] = 'k'; }\n",
        "यह हिन्दी है।\nBPO kya hota hai, isme log kaam karte hain.\n",
        "",
    ] {
        assert!(legacy_to_unicode(text).is_none(), "{text}: {:?}", legacy_to_unicode(text));
    }
}

#[test]
fn bullets_numbers_and_labels_are_as_they_look() {
    let text = "Hkkjr dh ufn;k¡\n- xaxk cM+h unh gSA\n1- ;g fgeky; ls fudyrh gSA\niz'u% vr% D;k gksrk gS\\\n";
    let converted = legacy_to_unicode(text).expect("it is in Kruti Dev");
    let expected = "भारत की नदियाँ\n- गंगा बड़ी नदी है।\n1. यह हिमालय से निकलती है।\nप्रश्न: अतः क्या होता है?\n";
    assert_eq!(converted.text, expected);
}

#[test]
fn fonts_are_known_by_their_names() {
    assert!(is_kruti_dev("Kruti Dev 010") && is_kruti_dev("KrutiDev010") && is_kruti_dev("DevLys 010"));
    assert!(!is_kruti_dev("Mangal") && !is_kruti_dev("Chanakya"));
    assert_eq!(convert_run("Hkkjr dh unh"), ("भारत की नदी".to_owned(), 3, 3));
}

#[test]
fn texts_in_unicode_are_left_alone() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [
        folder.join("fixtures"),
        folder.join("../../docs"),
        folder.join("../../tests/languages"),
        folder.join("src/text"),
    ];
    let mut read = 0;
    for folder in folders {
        for entry in std::fs::read_dir(folder).expect("the folder is there").flatten() {
            let Ok(text) = std::fs::read_to_string(entry.path()) else { continue };
            read += 1;
            if let Some(converted) = legacy_to_unicode(&text) {
                // Documentation may quote such text; nothing else is it.
                assert!(text.contains("Hkkjr"), "{}: {:?}", entry.path().display(), converted.notes);
            }
        }
    }
    assert!(read > 70, "only {read} files");
}

#[test]
fn running_text_comes_back_line_by_line() {
    let course = include_str!("../../../../materials/bpo.hi.md");
    let letter = |c: char| ('\u{900}'..='\u{963}').contains(&c);
    let lines: Vec<Vec<String>> = course
        .lines()
        .map(|line| {
            let words = line.split(|c: char| !letter(c)).filter(|word| word.chars().count() > 1);
            words.map(|word| patra_core::nfc(word).into_owned()).collect::<Vec<_>>()
        })
        .filter(|words| words.len() > 4)
        .collect();
    let text: String =
        lines.iter().map(|words| words.iter().map(|word| typed(word)).collect::<Vec<_>>().join(" ") + "A\n").collect();
    let converted = legacy_to_unicode(&text).expect("it is in Kruti Dev").text;
    let (mut all, mut wrong) = (0, Vec::new());
    for (line, words) in converted.lines().zip(&lines) {
        let read: Vec<&str> = line.trim_end_matches('।').split(' ').collect();
        all += words.len();
        wrong.extend(words.iter().zip(read).filter(|(word, read)| word != read));
    }
    assert!(all > 1_000 && wrong.len() * 1_000 <= all, "{} of {all}: {wrong:?}", wrong.len());
}
