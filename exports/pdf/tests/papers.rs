//! Worksheets, their keys and cards: what stands on them, where, and what must not.

mod reader;

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Document, Object};
use patra_core::{
    Answer, Aspect, Block, Choice, Cloze, Code, Comparison, Definition, Exercise, Gap, List, ListItem, Marks, Material,
    Paragraph, Practice, Question, Room, Run, Section, Span, Subject, TestPaper, Text, Verse, Worksheet,
    WorksheetOptions,
};
use patra_pdf::{Flip, Paper, Pdf, PdfOptions, Sheet, pdf};

const MATERIAL: &str = include_str!("fixtures/rivers.json");
const MM: f32 = 72.0 / 25.4;
const CARD: (f32, f32) = (90.0 * MM, 64.0 * MM);

fn rivers() -> Material {
    Material::from_json(MATERIAL).expect("a material")
}

fn options(paper: Paper) -> PdfOptions {
    let mut options = PdfOptions::default();
    options.paper = paper;
    options
}

#[track_caller]
fn made(material: &Material, options: &PdfOptions) -> Pdf {
    let made = pdf(material, &Practice::of(material), options).expect("a paper");
    assert!(made.warnings.is_empty(), "{:?}", made.warnings);
    made.output
}

fn text(pdf: &Pdf) -> String {
    reader::pages(&pdf.bytes).iter().map(|page| reader::text(page)).collect::<Vec<_>>().join("\n\n")
}

fn material(blocks: Vec<Block>) -> Material {
    let section = Section { heading: "भाग".into(), blocks, ..Section::default() };
    let language = "hi".parse().expect("a tag");
    let mut material =
        Material { title: "शीर्षक".into(), language, sections: vec![section], ..Material::default() };
    material.assign_ids();
    material
}

fn definition(term: &str, meaning: String) -> Block {
    Block::Definition(Definition {
        term: term.into(),
        meaning: meaning.into(),
        span: Span::new(3, 9),
        ..Definition::default()
    })
}

#[test]
fn a_worksheet_asks_and_its_key_answers() {
    let material = rivers();
    for (paper, name) in [(Paper::Worksheet, "worksheet"), (Paper::Answers, "answers")] {
        insta::assert_snapshot!(name, text(&made(&material, &options(paper))));
    }
}

#[test]
fn cards_have_a_question_before_and_its_answer_behind() {
    insta::assert_snapshot!(text(&made(&rivers(), &options(Paper::Cards))));
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_another_sheet() {
    let material = rivers();
    for paper in [Paper::Worksheet, Paper::Answers, Paper::Cards] {
        let first = made(&material, &options(paper));
        assert!(first.bytes == made(&material, &options(paper)).bytes, "{paper:?}");
        let mut other = options(paper);
        other.seed = 8;
        assert_eq!(first.bytes == made(&material, &other).bytes, paper == Paper::Cards, "{paper:?}");
    }
}

/// Every string and the decompressed content of every stream of a file, and the text of its pages.
fn all_words(bytes: &[u8]) -> Vec<String> {
    fn strings(object: &Object, out: &mut Vec<String>) {
        match object {
            Object::String(bytes, _) => {
                out.push(String::from_utf8_lossy(bytes).into_owned());
                let units: Vec<u16> =
                    bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
                out.push(String::from_utf16_lossy(&units));
            }
            Object::Name(name) => out.push(String::from_utf8_lossy(name).into_owned()),
            Object::Array(items) => items.iter().for_each(|item| strings(item, out)),
            Object::Dictionary(dictionary) => dictionary.iter().for_each(|(_, value)| strings(value, out)),
            Object::Stream(stream) => {
                stream.dict.iter().for_each(|(_, value)| strings(value, out));
                let content = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
                out.push(String::from_utf8_lossy(&content).into_owned());
            }
            _ => {}
        }
    }
    let document = Document::load_mem(bytes).expect("a PDF that loads");
    let mut out = Vec::new();
    document.objects.values().for_each(|object| strings(object, &mut out));
    let pages = reader::pages(bytes);
    out.push(pages.iter().flatten().map(|line| line.text.clone() + " ").collect());
    // A ToUnicode map tells the text of codes that no page need show.
    let codes: Vec<String> = reader::texts(bytes);
    out.push(codes.join(" "));
    out
}

#[test]
fn no_answer_is_anywhere_in_a_worksheet() {
    for seed in 0..12 {
        let mut material = rivers();
        // What is told of the file must not tell answers either.
        material.tags = vec!["उत्तर7क".into()];
        let mut chosen = options(Paper::Worksheet);
        chosen.seed = seed;
        let words = all_words(&made(&material, &chosen).bytes);
        let mut drawn = WorksheetOptions::default();
        drawn.seed = seed;
        let mut answers: BTreeSet<String> = material.tags.iter().cloned().collect();
        for exercise in Worksheet::of(&material, &drawn).exercises {
            match exercise {
                Exercise::Table(table) => {
                    let cell =
                        |(row, column): &(usize, usize)| table.comparison.aspects[*row].cells[*column].to_plain();
                    answers.extend(table.hidden.iter().map(cell));
                }
                Exercise::Answer(items) => answers.extend(items.iter().flat_map(|item| match &item.answer {
                    Answer::Row(cells) => cells.iter().map(|cell| cell.cell.to_plain()).collect(),
                    Answer::Members { terms, .. } => terms.iter().map(Text::to_plain).collect(),
                    _ => vec![item.plain_answer()],
                })),
                Exercise::Match(_) | Exercise::Gaps(_) | Exercise::TrueFalse(_) | Exercise::Choose(_) => {}
            }
        }
        assert!(answers.len() > 5, "{answers:?}");
        for answer in &answers {
            assert!(!words.iter().any(|words| words.contains(answer)), "seed {seed} tells {answer:?}");
        }
        chosen.paper = Paper::Answers;
        let key = text(&made(&material, &chosen)).split_whitespace().collect::<Vec<_>>().join(" ");
        let told = answers.iter().filter(|answer| key.contains(answer.as_str())).count();
        assert_eq!(told, answers.len() - 1, "the key of seed {seed} tells all but the tag");
    }
}

#[test]
fn a_worksheet_and_its_key_are_numbered_alike() {
    let material = rivers();
    for seed in [1, 2, 30, u64::MAX] {
        let numbers = |paper| {
            let mut options = options(paper);
            options.seed = seed;
            let made = made(&material, &options);
            let document = Document::load_mem(&made.bytes).expect("a PDF that loads");
            let bookmarks: Vec<Vec<u8>> = document
                .objects
                .values()
                .filter_map(|object| object.as_dict().ok())
                .filter(|dictionary| dictionary.has(b"Dest") && dictionary.has(b"Parent"))
                .filter_map(|dictionary| dictionary.get(b"Title").and_then(Object::as_str).ok().map(<[u8]>::to_vec))
                .collect();
            let codes: Vec<String> =
                reader::pages(&made.bytes).iter().flatten().filter_map(|line| code(&line.text)).collect();
            (bookmarks, codes, text(&made).contains(&format!("पत्रक संख्या {seed}")))
        };
        let (worksheet, key) = (numbers(Paper::Worksheet), numbers(Paper::Answers));
        assert!(worksheet.0.len() == 6 && worksheet.1.len() > 15 && worksheet.2, "{worksheet:?}");
        assert_eq!(worksheet, key);
    }
}

/// A short code, where a text is one.
fn code(text: &str) -> Option<String> {
    // The back of a card has the code of what it asks about as well.
    let text = text.trim().rsplit(" · ").next().unwrap_or_default();
    let signs = text.len() == 5 && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    (signs && text.starts_with(|c: char| c.is_ascii_uppercase())).then(|| text.to_owned())
}

/// Where the short code of each card stands: on which page, and at what right end and base line.
fn codes_of_cards(options: &PdfOptions) -> BTreeMap<String, Vec<(usize, f32, f32)>> {
    let made = made(&rivers(), options);
    let mut places: BTreeMap<String, Vec<(usize, f32, f32)>> = BTreeMap::new();
    for (page, lines) in reader::pages(&made.bytes).iter().enumerate() {
        for line in lines {
            if let Some(code) = code(&line.text) {
                let space = if line.text.ends_with(' ') { 1.69 } else { 0.0 };
                places.entry(code).or_default().push((page, line.x + line.width - space, line.y));
            }
        }
    }
    places
}

#[test]
fn an_answer_is_behind_its_question() {
    let (width, height) = Sheet::A4.points();
    for flip in [Flip::LongEdge, Flip::ShortEdge] {
        for offset in [(0.0, 0.0), (1.5, -2.0)] {
            let mut options = options(Paper::Cards);
            options.cards.flip = flip;
            options.cards.back_offset = offset;
            let places = codes_of_cards(&options);
            assert!(places.len() > 20);
            for (code, sides) in places {
                let [(front, x, y), (back, back_x, back_y)] = sides[..] else { panic!("{code}: {sides:?}") };
                assert_eq!((front % 2, back), (0, front + 1), "{code}");
                // Where the card's left edge and top are, from where its code stands.
                let left = x - CARD.0 + 5.0 * MM;
                let top = height - y;
                let (back_left, back_top) =
                    (back_x - CARD.0 + 5.0 * MM - offset.0 * MM, height - back_y - offset.1 * MM);
                let expected = match flip {
                    // Turned over the long edge, the left of the front is the right of the back.
                    Flip::LongEdge => (width - left - CARD.0, top),
                    // Turned over the short edge, the top of the front is the foot of the back; codes stand at a
                    // card's top on both.
                    _ => {
                        let grid = (height - 4.0 * CARD.1) / 2.0;
                        let row = ((top - grid) / CARD.1).floor();
                        (left, top + (3.0 - 2.0 * row) * CARD.1)
                    }
                };
                let near = |a: f32, b: f32| (a - b).abs() < 0.3;
                assert!(near(back_left, expected.0) && near(back_top, expected.1), "{flip:?} {code} {sides:?}");
            }
        }
    }
}

/// No line passes the edges of the card in whose middle it stands, and no two stand on each other.
#[track_caller]
fn stays_on_its_card(pdf: &Pdf) {
    stays_on_its_card_after(pdf, 0);
}

#[track_caller]
fn stays_on_its_card_after(pdf: &Pdf, pages: usize) {
    let (width, height) = Sheet::A4.points();
    let (left, top) = ((width - 2.0 * CARD.0) / 2.0, (height - 4.0 * CARD.1) / 2.0);
    for page in reader::pages(&pdf.bytes).iter().skip(pages) {
        let mut placed: Vec<(f32, f32, f32)> = Vec::new();
        for line in page.iter().filter(|line| line.y > top - 10.0) {
            let column = ((line.x + line.width / 2.0 - left) / CARD.0).floor();
            let from = left + column * CARD.0;
            assert!(line.x >= from + 10.0 && line.x + line.width <= from + CARD.0 - 8.0, "{line:?}");
            let within = (height - line.y - top) % CARD.1;
            assert!(within > 8.0 && within < CARD.1 - 8.0, "{line:?}");
            for (x, end, y) in &placed {
                let apart = line.x >= end - 0.1 || line.x + line.width <= x + 0.1 || (line.y - y).abs() > 5.5;
                assert!(apart, "{line:?} stands on another line");
            }
            placed.push((line.x, line.x + line.width, line.y));
        }
    }
}

#[test]
fn a_card_too_full_goes_on_on_others() {
    let word = "क्ष".repeat(100_000);
    let material = material(vec![definition("शब्द", word.clone()), definition("छोटा", "अर्थ".into())]);
    let made = pdf(&material, &Practice::of(&material), &options(Paper::Cards)).expect("cards");
    let codes: Vec<Code> = made.warnings.iter().map(|problem| problem.code).collect();
    // The word is an answer once and a question once.
    assert_eq!(codes, [Code::CardContinued; 2]);
    assert_eq!((made.warnings[0].span.start(), made.warnings[0].span.end()), (3, 9));
    assert!(made.warnings[0].message.contains("शब्द.meaning"), "{}", made.warnings[0]);
    let found: String = reader::pages(&made.output.bytes).iter().flatten().map(|line| line.text.trim()).collect();
    assert_eq!(found.matches("क्ष").count(), 200_000);
    stays_on_its_card(&made.output);
}

#[test]
fn long_texts_are_set_smaller_and_never_on_each_other() {
    let sentence = "यह एक लंबा वाक्य है जो बार-बार आता है। ";
    let blocks = (1..40).map(|n| definition(&format!("शब्द{n}"), sentence.repeat(n))).collect();
    let material = material(blocks);
    let made = pdf(&material, &Practice::of(&material), &options(Paper::Cards)).expect("cards");
    stays_on_its_card(&made.output);
    let first = made.warnings.first().map(|problem| problem.message.clone()).expect("the longest go on");
    // The smallest size holds more than twice as much as the largest.
    assert!(first.contains("शब्द1") || first.contains("शब्द2"), "{first}");
    assert!(!made.warnings.iter().any(|problem| problem.message.contains("`शब्द9.")), "{:?}", made.warnings);
    let found: String = reader::pages(&made.output.bytes).iter().flatten().map(|line| line.text.clone()).collect();
    let words: usize = (1..40).sum();
    assert_eq!(found.matches("लंबा").count(), 2 * words);
}

#[test]
fn a_material_that_asks_nothing_says_so() {
    let mut material = material(Vec::new());
    material.sections.clear();
    for paper in [Paper::Worksheet, Paper::Answers, Paper::Cards] {
        let made = pdf(&material, &Practice::of(&material), &options(paper)).expect("a page");
        assert_eq!(made.warnings.iter().map(|problem| problem.code).collect::<Vec<_>>(), [Code::NothingAsked]);
        assert_eq!(made.output.page_count, 1);
        assert!(text(&made.output).contains("अभ्यास के लिए कुछ नहीं है"), "{paper:?}");
    }
}

#[test]
fn a_comparison_of_sixty_columns_is_completed_in_parts() {
    let subjects = (0..60).map(|i| Subject { name: format!("विषय{i}").into(), ..Subject::default() }).collect();
    let aspects = (0..3)
        .map(|row| Aspect {
            name: format!("पहलू{row}").into(),
            cells: (0..60).map(|i| format!("मान{row}-{i}").into()).collect(),
            ..Aspect::default()
        })
        .collect();
    let material = material(vec![Block::Comparison(Comparison { subjects, aspects, ..Comparison::default() })]);
    let (sheet_width, _) = Sheet::A4.points();
    for paper in [Paper::Worksheet, Paper::Answers] {
        let made = pdf(&material, &Practice::of(&material), &options(paper)).expect("a paper");
        assert_eq!(made.warnings.iter().map(|problem| problem.code).collect::<Vec<_>>(), [Code::TooWide]);
        for line in reader::pages(&made.output.bytes).iter().flatten() {
            assert!(line.x >= 25.0 && line.x + line.width <= sheet_width - 25.0, "{line:?}");
        }
        let words = text(&made.output);
        assert!((0..60).all(|i| words.contains(&format!("विषय{i}"))));
    }
}

#[test]
fn a_gap_is_a_rule_and_reads_as_one() {
    let gap = |text: &str| Run::Gap(Gap { text: text.into(), ..Gap::default() });
    let sentence = [
        Run::Plain("पानी ".into()),
        gap("भाप"),
        Run::Plain(" बनता है और ".into()),
        gap("संघनन-प्रक्रिया"),
        Run::Plain("।".into()),
    ];
    let cloze = Cloze { text: sentence.into_iter().collect(), span: Span::new(3, 9), ..Cloze::default() };
    let material = material(vec![Block::Cloze(cloze)]);
    let mut chosen = options(Paper::Worksheet);
    chosen.marks = false;
    let words = text(&made(&material, &chosen));
    assert!(words.contains("पानी ____ बनता है और ____।"), "{words}");
    assert!(words.contains("भाप") && words.contains("संघनन-प्रक्रिया"), "the bank has the words\n{words}");
}

#[test]
fn what_no_font_draws_is_an_error_in_its_place_on_every_paper() {
    let question =
        Question {
            prompt: "क्या?".into(), answer: "यह 漢 है".into(), span: Span::new(5, 8), ..Question::default()
        };
    let material = material(vec![Block::Question(question)]);
    for paper in [Paper::Answers, Paper::Cards] {
        let error = pdf(&material, &Practice::of(&material), &options(paper)).expect_err("no font has it");
        let problems = error.diagnostics();
        assert_eq!(problems.iter().filter(|problem| problem.code == Code::MissingGlyph).count(), 1, "{problems:?}");
        assert_eq!(problems[0].span.start(), 5);
    }
}

#[test]
fn calibration_and_marks_are_options() {
    let material = rivers();
    let plain = made(&material, &options(Paper::Cards));
    let mut chosen = options(Paper::Cards);
    chosen.cards.calibration = true;
    chosen.marks = false;
    // Beyond what a printer reaches it goes no farther.
    chosen.cards.back_offset = (f32::INFINITY, f32::NAN);
    let other = made(&material, &chosen);
    assert_eq!(other.page_count, plain.page_count + 2);
    let words = text(&other);
    assert!(words.contains("100 मिमी") && words.contains("-10"));
    assert!(!words.lines().any(|line| code(line).is_some()));
    assert!(plain.pages.keys().next().is_some());
}

/// No line of text stands on another: lines on one base line are apart from each other.
#[track_caller]
fn lines_are_apart(pdf: &Pdf) {
    for page in reader::pages(&pdf.bytes) {
        for (i, line) in page.iter().enumerate() {
            let end = line.x + line.width - if line.text.ends_with(' ') { 2.7 } else { 0.0 };
            for other in &page[i + 1..] {
                let other_end = other.x + other.width - if other.text.ends_with(' ') { 2.7 } else { 0.0 };
                let apart = other.x >= end - 0.3 || other_end <= line.x + 0.3 || (other.y - line.y).abs() > 5.0;
                assert!(apart, "{line:?} stands on {other:?}");
            }
        }
    }
}

#[test]
fn choices_of_any_length_stand_beside_or_below_each_other() {
    for length in 1..30 {
        let text = "क ".repeat(length);
        let choices =
            (0..5).map(|i| Choice { text: text.trim().into(), correct: i == 0, ..Choice::default() }).collect();
        let question = Question { prompt: "कौन?".into(), choices, ..Question::default() };
        for language in ["hi", "en", "ur"] {
            let mut material = material(vec![Block::Question(question.clone())]);
            material.language = language.parse().expect("a tag");
            lines_are_apart(&made(&material, &options(Paper::Worksheet)));
        }
    }
    for seed in 1..20 {
        let mut chosen = options(Paper::Worksheet);
        chosen.seed = seed;
        lines_are_apart(&made(&rivers(), &chosen));
        chosen.paper = Paper::Answers;
        lines_are_apart(&made(&rivers(), &chosen));
    }
}

/// How far below the first line with some words the first line with others is, on the same page, in points.
fn between(pdf: &Pdf, above: &str, below: &str) -> f32 {
    let pages = reader::pages(&pdf.bytes);
    let y = |words: &str| pages[0].iter().find(|line| line.text.contains(words)).expect("the words").y;
    y(above) - y(below)
}

#[test]
fn a_task_has_room_on_the_handout_and_the_worksheet_and_is_in_no_key() {
    let task = |prompt: &str, room: Option<Room>| Question { prompt: prompt.into(), room, ..Question::default() };
    let wrong = |text: &str| Choice { text: text.into(), ..Choice::default() };
    let unmarked = Question {
        choices: vec![wrong("कुआँ"), wrong("तालाब")], ..task("पानी कहाँ से?", None)
    };
    let answered = Question {
        answer: "छानकर।".into(), ..task("पानी कैसे साफ़ करें?", None)
    };
    let blocks = |room| [task("बाढ़ पर निबंध लिखिए।", room), unmarked.clone(), answered.clone()].map(Block::Question);
    let of = |room, paper| {
        let paper = text(&made(&material(blocks(room).to_vec()), &options(paper)));
        ["निबंध लिखिए", "तालाब", "छानकर"].map(|words| paper.contains(words))
    };
    assert_eq!(of(None, Paper::Handout), [true, true, true]);
    assert_eq!(of(None, Paper::Worksheet), [true, true, false]);
    assert_eq!(of(None, Paper::Answers), [false, false, true]);
    assert_eq!(of(None, Paper::Cards), [false, false, true]);
    for paper in [Paper::Handout, Paper::Worksheet] {
        let below = if paper == Paper::Handout { "पानी कहाँ" } else { "पानी कैसे" };
        let depth = |room| between(&made(&material(blocks(room).to_vec()), &options(paper)), "निबंध", below);
        let one = depth(Some(Room::Lines(1)));
        let more = |room| depth(room) - one;
        // Ruled lines are 8 mm apart, and space is as high as it says.
        assert!((more(Some(Room::Lines(4))) - 3.0 * 22.7).abs() < 1.0 && more(None) == more(Some(Room::Lines(4))));
        assert!((more(Some(Room::Space(60))) + 22.7 - 60.0 * MM).abs() < 1.0, "{paper:?}");
        let tall = made(&material(blocks(Some(Room::Lines(Room::MAX_LINES))).to_vec()), &options(paper));
        assert!((3..=5).contains(&tall.page_count), "{paper:?}: {}", tall.page_count);
    }
    // In the key the answer has the number of its question.
    let handout = text(&made(&material(blocks(None).to_vec()), &options(Paper::Handout)));
    let lines: Vec<&str> = handout.lines().collect();
    let at = lines.iter().position(|line| line.contains("छानकर")).expect("the answer");
    assert!(lines[at].starts_with("3.") || lines[at - 1].starts_with("3."), "{handout}");
    assert!(!lines.iter().any(|line| line.starts_with("1.")), "{handout}");
}

#[test]
fn a_question_is_shown_with_its_stem_and_its_letters_wherever_it_is_asked() {
    let item = |words: &str| ListItem { text: words.into(), ..ListItem::default() };
    let items = vec![item("कुआँ गहरा है।"), item("तालाब गहरा है।")];
    let statements = List { start: Some(1), marker: "i)".parse().expect("a marker"), items, ..List::default() };
    let choice = |text: &str, correct| Choice { text: text.into(), correct, ..Choice::default() };
    let question = Question {
        prompt: "कौन-सा कथन सही है?".into(),
        stem: vec![Block::List(statements)],
        choices: vec![choice("केवल पहला", false), choice("केवल दूसरा", true)],
        lettering: Some("(अ) (ब)".parse().expect("a marker")),
        ..Question::default()
    };
    let material = material(vec![Block::Question(question)]);
    let lines = |paper| {
        let words = text(&made(&material, &options(paper)));
        // A label and its words may be one line or two.
        words.replace(")\n", ") ")
    };
    for paper in [Paper::Handout, Paper::Worksheet, Paper::Cards] {
        let words = lines(paper);
        for asked in ["कौन-सा कथन", "i) कुआँ", "ii) तालाब", "(अ) केवल पहला", "(ब) केवल दूसरा"]
        {
            assert!(words.contains(asked), "{paper:?}: {asked}\n{words}");
        }
    }
    for paper in [Paper::Handout, Paper::Answers] {
        let words = lines(paper);
        assert!(words.rfind("(ब) केवल दूसरा") > words.rfind("केवल पहला"), "{words}");
    }
    assert!(!lines(Paper::Answers).contains("तालाब"));
}

#[test]
fn a_list_is_numbered_as_its_author_does() {
    let list = |marker: &str, start| {
        let items = vec![ListItem { text: "नीम".into(), ..ListItem::default() }; 3];
        let marker = marker.parse().expect("a marker");
        Block::List(List { start: Some(start), marker, items, ..List::default() })
    };
    let markers = [list("(क)", 3), list("१.", 9), list("I)", 48), list("ক.", 1), list("1.", 4)];
    let words = text(&made(&material(markers.to_vec()), &options(Paper::Handout)));
    for label in ["(ग)", "(ङ)", "९.", "११.", "XLVIII)", "L)", "গ.", "4.", "6."] {
        assert!(words.lines().any(|line| line.split_whitespace().next() == Some(label)), "{label}\n{words}");
    }
}

#[test]
fn room_is_left_for_an_answer_that_has_any() {
    let paragraph = Block::Paragraph(Paragraph {
        text: "लंबा उत्तर। ".repeat(40).trim().into(), ..Paragraph::default()
    });
    let depth = |answer: &str, room, details: Vec<Block>| {
        let answer = answer.into();
        let question = Question { prompt: "क्यों?".into(), answer, room, details, ..Question::default() };
        let next = Question { prompt: "कब?".into(), answer: "कल।".into(), ..Question::default() };
        let material = material(vec![Block::Question(question), Block::Question(next)]);
        between(&made(&material, &options(Paper::Worksheet)), "क्यों", "कब")
    };
    let one = depth("छोटा।", None, vec![]);
    assert!((depth("छोटा।", Some(Room::Lines(8)), vec![]) - one - 7.0 * 22.7).abs() < 1.0);
    // An answer in blocks alone is as long as those.
    assert!(depth("", None, vec![paragraph]) - one > 3.0 * 22.7);
}

#[test]
fn every_language_has_the_words_of_the_papers() {
    let mut titles = BTreeSet::new();
    for language in ["en", "hi", "mr", "ne", "bn", "gu", "pa", "or", "ta", "te", "kn", "ml", "ur"] {
        let mut material = rivers();
        material.language = language.parse().expect("a tag");
        let mut chosen = options(Paper::Worksheet);
        let worksheet = text(&made(&material, &chosen));
        assert!(worksheet.contains("____"), "{language}");
        // Words for the name, the date, the exercises and true and false are the language's own.
        titles.insert(worksheet.lines().find(|line| line.contains("1. ") || line.contains(" .1")).map(str::to_owned));
        chosen.paper = Paper::Answers;
        made(&material, &chosen);
        chosen.paper = Paper::Cards;
        chosen.cards.calibration = true;
        let cards = made(&material, &chosen);
        stays_on_its_card_after(&cards, 2);
    }
    assert!(titles.len() > 8, "{titles:?}");
}

#[test]
fn a_line_of_verse_that_is_too_long_hangs() {
    let long = "बहुत लंबी पंक्ति ".repeat(12);
    let stanzas = vec![vec!["छोटी।".into(), long.trim().into(), "अगली।".into()], vec!["दूसरा पद।".into()]];
    for (language, sign) in [("hi", 1.0), ("ur", -1.0)] {
        let mut material = material(vec![Block::Verse(Verse { stanzas: stanzas.clone(), ..Verse::default() })]);
        material.language = language.parse().expect("a tag");
        let made = made(&material, &options(Paper::Handout));
        // Lines as they are seen: each with its height, where it begins and its words. A reader may have one word by word.
        let mut page: Vec<(f32, f32, String)> = Vec::new();
        for line in &reader::pages(&made.bytes)[0] {
            let edge = if sign > 0.0 { line.x } else { line.x + line.width };
            match page.last_mut().filter(|(y, ..)| *y == line.y) {
                Some((_, begins, words)) => {
                    *begins = if sign > 0.0 { begins.min(edge) } else { begins.max(edge) };
                    words.push_str(&line.text);
                }
                None => page.push((line.y, edge, line.text.clone())),
            }
        }
        let at = |words: &str| page.iter().position(|(_, _, line)| line.contains(words)).expect("the line");
        let (short, next, other) = (at("छोटी"), at("अगली"), at("दूसरा"));
        assert!(next - short > 2, "the long line is set on several");
        // What hangs begins farther from where lines begin.
        let apart = |i: usize| (page[i].1 - page[short].1) * sign;
        let at_edge = |i: usize| apart(i).abs() < 4.0;
        assert!(at_edge(next) && at_edge(other) && at_edge(short + 1), "{page:?}");
        assert!((short + 2..next).all(|i| apart(i) > 10.0), "{page:?}");
        let gap = |above: usize, below: usize| page[above].0 - page[below].0;
        assert!(gap(next, other) > gap(short, short + 1) + 2.0, "stanzas are apart");
    }
}

/// A test of three parts, each answer of which no question has.
fn examined() -> Material {
    let question = |number: usize, choices: &[&str], answer: &str, marks: &str| {
        let choices = choices.iter().enumerate().map(|(at, text)| Choice {
            text: (*text).into(),
            correct: at == 0,
            ..Choice::default()
        });
        Block::Question(Question {
            prompt: format!("प्रश्न{number}क क्या है?").as_str().into(),
            choices: choices.collect(),
            answer: answer.into(),
            hint: Some("संकेत9ख".into()),
            marks: Marks::parse(marks).ok(),
            ..Question::default()
        })
    };
    let mut blocks = vec![Block::Paragraph(Paragraph { text: "पाठ8ग".into(), ..Paragraph::default() })];
    for number in 0..6 {
        blocks.push(question(number, &["सोना", "चाँदी", "ताँबा", "उपर्युक्त सभी"], "उत्तर7क", "1"));
    }
    blocks.push(question(6, &["एक बहुत लंबा विकल्प जो आधी पंक्ति में नहीं समाता और दूसरी में जाता है", "दूसरा"], "", "0.5"));
    blocks.push(question(7, &[], "उत्तर7क वाला", "3"));
    blocks.push(question(8, &[], "", "2"));
    let mut material = material(blocks);
    material.tags = vec!["उत्तर7क".into()];
    material
}

#[test]
fn a_test_asks_all_in_every_set_and_tells_no_answer() {
    let material = examined();
    let mut chosen = options(Paper::Test);
    chosen.sets = "ABCD".chars().collect();
    let sets = TestPaper::sets(&material, chosen.seed, 4);
    for (at, set) in sets.iter().enumerate() {
        chosen.set = at;
        let pdf = made(&material, &chosen);
        let words = all_words(&pdf.bytes);
        for answer in ["उत्तर7क", "संकेत9ख", "पाठ8ग"] {
            assert!(!words.iter().any(|words| words.contains(answer)), "set {at} tells {answer:?}");
        }
        // Numbered in the order of the set, with choices in the order of its draw.
        let shown = text(&pdf).split_whitespace().collect::<Vec<_>>().join(" ");
        let mut from = 0;
        for item in set.questions() {
            from += shown[from..].find(&item.prompt.to_plain()).unwrap_or_else(|| panic!("{item:?} in {shown}"));
            let Answer::Choices { choices, .. } = &item.answer else { continue };
            for choice in choices {
                let choice = choice.text.to_plain();
                from += shown[from..].find(&choice).unwrap_or_else(|| panic!("{choice} in {shown}"));
            }
        }
        let letter = ["A", "B", "C", "D"][at];
        assert!(shown.contains("पूर्णांक: 11.5") && shown.contains(&format!("सेट {letter}")), "{shown}");
        assert_eq!(shown.matches("[1]").count(), 6, "{shown}");
        let named = format!("सेट {letter}");
        assert!(words.iter().any(|words| words.ends_with(&named) && words.contains("प्रश्न-पत्र")), "its metadata");
    }
    chosen.paper = Paper::TestKey;
    let key = text(&made(&material, &chosen)).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(key.contains("उत्तर7क वाला"), "{key}");
    // The table has the number and the letter of each question in each set.
    let letters = ["क", "ख", "ग", "घ"];
    for set in &sets {
        for (number, item) in set.questions().enumerate() {
            let Answer::Choices { choices, .. } = &item.answer else { continue };
            let right = choices.iter().position(|choice| choice.correct).expect("a right one");
            let cell = format!("{} – {}", number + 1, letters[right]);
            assert!(key.contains(&cell), "{cell} in {key}");
        }
    }
}

#[test]
fn a_test_of_nothing_says_so() {
    let material = material(vec![definition("नाप", "माप".into())]);
    for paper in [Paper::Test, Paper::TestKey] {
        let made = pdf(&material, &Practice::of(&material), &options(paper)).expect("a paper");
        assert_eq!(made.warnings.iter().map(|warning| warning.code).collect::<Vec<_>>(), [Code::NothingAsked]);
    }
}
