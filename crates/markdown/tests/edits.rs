//! Edits change the bytes of their field and no others, and reading again gives the model asked for.

use patra_core::arbitrary::material;
use patra_core::{Block, Definition, Id, Material, Paragraph, Text};
use patra_markdown::edit::{Document, Field, NewPart, Part, Place, Position, stamp};
use patra_markdown::{ReadOptions, write};
use proptest::prelude::*;

/// Every field in forms that authors use and the writer doesn't: odd spacing, other marks, comments, Windows line ends.
const SOURCE: &str = "\u{FEFF}---\r\ntitle:   'बाग'  # name\r\nlanguage: hi\r\nid: garden\r\n---\r\n\r\nपेड़   {#trees}\r\n====\r\n\r\n<!-- keep -->\r\n\
    बीज *(Seed)*  {#seed}\r\n:   अंकुर  का\r\n    घर।\r\n\r\n{#colours kind=\"रंग\"}\r\n*  __हरा__ {#green} : पत्ते का\r\n*  __लाल__ : फूल का\r\n\r\n\
    {.table}\r\n|आम|नीम  |\r\n|:--|--:|\r\n|मीठा| कड़वा \\| तीखा|\r\n\r\n3) बोना\r\n4) सींचना\r\n\r\n\
    {caption=\"डाली\"}\r\n![शाखा का चित्र](a.png)\r\n\r\n**Q:** किसे काटें? {#cut}\r\n- [x] सूखी टहनी\r\n- [ ] जड़\r\n\r\nHint: आग\r\n\r\n\
    > जड़ें {{मिट्टी|कहाँ}} में   रहती हैं।\r\n\r\n```py\r\nx  = 1\r\n```\r\n\r\n$$\r\na^2\r\n$$\r\n\r\nअंत\tका   पाठ।   \r\n";

fn document(source: &str) -> Document {
    Document::read(source.to_owned(), &ReadOptions::default()).expect("a source")
}

/// The only place whose text is `words`.
fn place(material: &Material, words: &str) -> Place {
    let mut found = Place::all(material).into_iter().filter(|place| place.text(material).to_plain() == words);
    let place = found.next().unwrap_or_else(|| panic!("nothing says {words}"));
    assert!(found.next().is_none(), "{words} is there twice");
    place
}

#[test]
fn a_field_is_changed_and_every_other_byte_left() {
    let document = document(SOURCE);
    let cases = [
        ("बाग", "बगीचा", "'बाग'", "बगीचा"),
        ("पेड़", "वृक्ष", "पेड़ ", "वृक्ष "),
        ("रंग", "छटा", "रंग", "छटा"),
        ("हरा", "पीला", "__हरा__", "__पीला__"),
        ("पत्ते का", "घास का", "पत्ते", "घास"),
        ("आम", "बेल", "|आम|", "|बेल|"),
        ("कड़वा | तीखा", "कड़वा | खट्टा", "तीखा", "खट्टा"),
        ("सींचना", "गोड़ना", "सींचना", "गोड़ना"),
        ("डाली", "टहनी *", "\"डाली\"", "\"टहनी \\*\""),
        ("शाखा का चित्र", "शाखा की तस्वीर", "का चित्र", "की तस्वीर"),
        ("किसे काटें?", "किसे न काटें?", "किसे काटें", "किसे न काटें"),
        ("सूखी टहनी", "सूखी डंडी", "सूखी टहनी", "सूखी डंडी"),
        ("आग", "धुआँ", "Hint: आग", "Hint: धुआँ"),
        ("x  = 1", "x  = 2", "x  = 1", "x  = 2"),
        ("a^2", "b^2", "a^2", "b^2"),
        ("अंत\tका   पाठ।", "आख़िर\tका   पाठ।", "अंत\t", "आख़िर\t"),
    ];
    for (old, new, from, to) in cases {
        let place = Place::all(document.material()).into_iter().find(|p| p.text(document.material()).to_plain() == old);
        let place = place.unwrap_or_else(|| panic!("nothing says {old:?}"));
        let edited = document.with_text(place, &Text::plain(new)).unwrap_or_else(|| panic!("{old:?} can't be edited"));
        assert_eq!(edited.text(), SOURCE.replacen(from, to, 1), "{old}");
        let mut intended = document.material().clone();
        place.set(&mut intended, &Text::plain(new));
        assert_eq!(edited.material(), &intended, "{old}");
    }
}

#[test]
fn a_text_is_edited_where_it_is_and_not_where_the_same_words_are() {
    let source = "# T\n\n| a | b |\n|---|---|\n| same | same |\n\nsame\n";
    let document = document(source);
    let cells: Vec<Place> =
        Place::all(document.material()).into_iter().filter(|place| matches!(place.field, Field::Cell(_))).collect();
    let edited = |place| document.with_text(place, &Text::plain("other")).map(Document::into_text);
    assert_eq!(cells.len(), 2);
    assert_eq!(edited(cells[0]).as_deref(), Some("# T\n\n| a | b |\n|---|---|\n| other | same |\n\nsame\n"));
    assert_eq!(edited(cells[1]).as_deref(), Some("# T\n\n| a | b |\n|---|---|\n| same | other |\n\nsame\n"));
    let paragraph = place_of(document.material(), Field::Paragraph);
    assert_eq!(edited(paragraph).as_deref(), Some("# T\n\n| a | b |\n|---|---|\n| same | same |\n\nother\n"));
}

fn place_of(material: &Material, field: Field) -> Place {
    Place::all(material).into_iter().find(|place| place.field == field).expect("the field")
}

#[test]
fn parts_come_and_go_alone() {
    let source = "# A\n\nfirst\n\n\nsecond  \n\n# B\n\nTerm\n:  Meaning\n";
    let document = document(source);
    let blocks = &document.material().sections[0].blocks;
    let without = document.without(Part::Block(blocks[0].span())).expect("it can go");
    assert_eq!(without.text(), "# A\n\nsecond  \n\n# B\n\nTerm\n:  Meaning\n");
    let new = Paragraph { text: Text::plain("* new"), ..Paragraph::default() };
    let with = document.with_part(&NewPart::Block(Block::Paragraph(new)), Position::After(blocks[0].span()));
    assert_eq!(with.expect("it can come").text(), "# A\n\nfirst\n\n\\* new\n\n\nsecond  \n\n# B\n\nTerm\n:  Meaning\n");
    let section = document.material().sections[1].span;
    let new =
        Definition { id: Id::new("x").expect("an id"), term: "X".into(), meaning: "Y".into(), ..Definition::default() };
    let with = document.with_part(&NewPart::Block(Block::Definition(new)), Position::End(section));
    assert_eq!(with.expect("it can come").text(), format!("{source}\nX {{#x}}\n: Y\n"));
}

#[test]
fn a_corrected_term_keeps_its_id() {
    let document = document("# T\n\nColour\n: Light.\n\nOther\n: Words.\n");
    let edited = document.with_text(place(document.material(), "Colour"), &Text::plain("Color")).expect("an edit");
    assert_eq!(edited.text(), "# T\n\nColor {#colour}\n: Light.\n\nOther\n: Words.\n");
}

#[test]
fn an_edit_that_would_change_more_is_refused() {
    // The title follows from the paragraph, and an edit of the paragraph alone would change it.
    let titled = document("only\n");
    assert!(titled.with_text(place_of(titled.material(), Field::Paragraph), &Text::plain("other")).is_none());
    // A paragraph can't be empty, and has no answer.
    let document = document("# T\n\na\n\nb\n");
    assert!(document.with_text(place(document.material(), "a"), &Text::default()).is_none());
    let nowhere = Place { field: Field::Answer, ..place(document.material(), "a") };
    assert!(document.with_text(nowhere, &Text::plain("c")).is_none());
}

/// The lines of a range, and the lines of attributes above it.
fn lines(text: &str, start: usize, end: usize) -> std::ops::Range<usize> {
    let mut from = text[..start].rfind('\n').map_or(0, |at| at + 1);
    while from > 0 {
        let above = text[..from - 1].rfind('\n').map_or(0, |at| at + 1);
        if !text[above..from].trim_start_matches([' ', '>']).starts_with('{') {
            break;
        }
        from = above;
    }
    let end = end.max(start + 1).min(text.len());
    from..text[end..].find('\n').map_or(text.len(), |at| end + at + 1)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_field_of_any_material_changes_alone(material in material(), pick in any::<prop::sample::Index>(), words in "[a-zक-ह]{1,6}( [a-z*|]{1,4})?") {
        let source = write(&material);
        let options = ReadOptions::default();
        let stamped = stamp(&source, &options, &Default::default()).expect("a source");
        let document = Document::read(stamped.text, &options).expect("a source");
        let places = Place::all(document.material());
        let place = places[pick.index(places.len())];
        prop_assume!(!place.text(document.material()).is_empty());
        let new = Text::plain(words);
        let Some(edited) = document.with_text(place, &new) else { return Ok(()) };
        let mut intended = document.material().clone();
        place.set(&mut intended, &new);
        prop_assert!(edited.material() == &intended, "{place:?}");
        if stamped.left.is_empty() && place.field != Field::Title {
            let own = lines(document.text(), place.span.start(), place.span.end());
            let (before, after) = (&document.text()[..own.start], &document.text()[own.end..]);
            prop_assert!(edited.text().starts_with(before) && edited.text().ends_with(after), "{}\n----\n{}", document.text(), edited.text());
        }
    }
}
