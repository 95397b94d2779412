//! Whole quizzes, and what hostile words can't do to them.

use std::io::{Cursor, Read};

use patra_core::{
    Aspect, Block, Choice, Cloze, Code, Comparison, Definition, Entry, Figure, Gap, List, ListItem, ListMarker,
    Material, Practice, Question, Run, Section, Subject, Terms, Text, Warned,
};
use proptest::prelude::*;
use zip::ZipArchive;

use crate::{Error, QuizOptions, gift, moodle_xml, qti};

fn entry(term: &str, description: &str) -> Entry {
    Entry { term: term.into(), description: description.into(), ..Entry::default() }
}

fn choice(text: &str, correct: bool) -> Choice {
    Choice { text: text.into(), correct, ..Choice::default() }
}

fn gap(text: &str, number: u16) -> Run {
    Run::Gap(Gap { text: text.into(), number: Some(number), hint: None })
}

fn material(blocks: Vec<Block>) -> Material {
    let section = Section { heading: "मिट्टी/रेत".into(), blocks, ..Section::default() };
    let mut material = Material {
        title: "खेती".into(),
        language: "hi".parse().expect("a tag"),
        sections: vec![section],
        ..Material::default()
    };
    let problems = material.assign_ids();
    assert_eq!(problems, []);
    material
}

/// A material that asks something of every kind.
fn farm() -> Material {
    let terms = Terms {
        kind: Some("मिट्टी के प्रकार".into()),
        entries: vec![
            entry("काली मिट्टी", "जो कपास के लिए अच्छी है"),
            entry("लाल मिट्टी", "जिसमें लोहा अधिक है"),
            entry("बलुई मिट्टी", "जिसमें पानी नहीं ठहरता"),
        ],
        ..Terms::default()
    };
    let subject = |name: &str| Subject { name: name.into(), ..Subject::default() };
    let aspect = Aspect {
        name: "पानी".into(), cells: vec!["ठहरता है".into(), "बह जाता है".into()], ..Aspect::default()
    };
    let comparison =
        Comparison {
            subjects: vec![subject("चिकनी"), subject("बलुई")], aspects: vec![aspect], ..Comparison::default()
        };
    let open = Question {
        prompt: "खाद क्यों डालते हैं?".into(),
        answer: "उपज बढ़ाने के लिए।".into(),
        hint: Some("पौधे का भोजन".into()),
        ..Question::default()
    };
    let choose = Question {
        prompt: "कौन-सी फ़सलें रबी की हैं?".into(),
        choices: vec![choice("गेहूँ", true), choice("चना", true), choice("धान", false)],
        answer: "ये जाड़े में बोई जाती हैं।".into(),
        ..Question::default()
    };
    let sentence: Text = [
        gap("धान", 1),
        Run::Plain(" को ".into()),
        gap("पानी", 2),
        Run::Plain(" चाहिए, ".into()),
        gap("बाजरे", 1),
        Run::Plain(" को कम: ".into()),
        Run::Math("p < {q}".into()),
    ]
    .into_iter()
    .collect();
    let definition = Definition {
        term: "FYM".into(),
        full_form: Some("Farm Yard Manure".into()),
        meaning: "गोबर से बनी खाद".into(),
        ..Definition::default()
    };
    material(vec![
        Block::Terms(terms),
        Block::Comparison(comparison),
        Block::Question(open),
        Block::Question(choose),
        Block::Cloze(Cloze { text: sentence, ..Cloze::default() }),
        Block::Definition(definition),
    ])
}

fn text_of(result: Result<Warned<Vec<u8>>, Error>) -> String {
    String::from_utf8(result.expect("a quiz").output).expect("UTF-8")
}

fn moodle_of(material: &Material) -> String {
    text_of(moodle_xml(material, &Practice::of_every_kind(material), &QuizOptions::default()))
}

fn gift_of(material: &Material) -> String {
    text_of(gift(material, &Practice::of_every_kind(material), &QuizOptions::default()))
}

/// The files of the package, by their names.
fn qti_of(material: &Material, options: &QuizOptions) -> Vec<(String, Vec<u8>)> {
    let package = qti(material, &Practice::of_every_kind(material), options).expect("a quiz").output;
    let mut zip = ZipArchive::new(Cursor::new(package)).expect("a zip");
    (0..zip.len())
        .map(|index| {
            let mut file = zip.by_index(index).expect("a file");
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).expect("its bytes");
            (file.name().expect("a name").into_owned(), bytes)
        })
        .collect()
}

fn qti_text(material: &Material) -> String {
    let mut out = String::new();
    for (name, bytes) in qti_of(material, &QuizOptions::default()) {
        out.push_str(&format!("=== {name}\n{}", String::from_utf8_lossy(&bytes)));
    }
    out
}

#[test]
fn a_quiz_for_moodle() {
    insta::assert_snapshot!(moodle_of(&farm()));
}

#[test]
fn a_quiz_in_gift() {
    insta::assert_snapshot!(gift_of(&farm()));
}

#[test]
fn a_quiz_in_qti() {
    insta::assert_snapshot!(qti_text(&farm()));
}

#[test]
fn every_item_is_asked_once_under_its_id() {
    let material = farm();
    let practice = Practice::of_every_kind(&material);
    let (moodle, gift, qti) = (moodle_of(&material), gift_of(&material), qti_text(&material));
    assert!(practice.items().len() > 20);
    for item in practice.items() {
        let id = &item.id;
        assert_eq!(moodle.matches(&format!("<idnumber>{id}</idnumber>")).count(), 1, "{id}");
        assert_eq!(gift.matches(&format!("[id:{id}]")).count(), 1, "{id}");
        assert_eq!(gift.matches(&format!("\n::{id}::[html]")).count(), 1, "{id}");
        assert_eq!(qti.matches(&format!("label=\"{id}\"")).count(), 1, "{id}");
        assert_eq!(qti.matches(&format!("<entry>{id}</entry>")).count(), 1, "{id}");
    }
    assert_eq!(moodle.matches("<question type=\"category\">").count(), 1);
    assert!(moodle.contains("<text>$course$/top/खेती/मिट्टी//रेत</text>"));
    assert_eq!(moodle.matches("<idnumber>").count(), practice.items().len() + 1);
    assert!(moodle.contains("<idnumber>मिट्टी-के-प्रकार.match</idnumber>"));
}

#[test]
fn a_long_list_is_matched_in_parts() {
    let entries = (0..23).map(|n| entry(&format!("शब्द {n}"), &format!("यह अर्थ है {n}"))).collect();
    let terms = Terms { kind: Some("सूची".into()), entries, ..Terms::default() };
    let material = material(vec![Block::Terms(terms)]);
    let moodle = moodle_of(&material);
    let lines: Vec<usize> =
        moodle.split("type=\"matching\"").skip(1).map(|part| part.matches("<subquestion").count()).collect();
    assert_eq!(lines, [7, 8, 8]);
    assert!(moodle.contains("<idnumber>सूची.match-3</idnumber>"));
}

#[test]
fn the_same_bytes_each_time() {
    let material = farm();
    let make = || qti(&material, &Practice::of_every_kind(&material), &QuizOptions::default()).expect("a quiz").output;
    assert_eq!(make(), make());
}

#[test]
fn several_gaps_at_a_time_are_a_warning_in_gift_alone() {
    let material = farm();
    let (practice, options) = (Practice::of_every_kind(&material), QuizOptions::default());
    let codes = |result: Result<Warned<Vec<u8>>, Error>| -> Vec<Code> {
        result.expect("a quiz").warnings.iter().map(|warning| warning.code).collect()
    };
    assert_eq!(codes(gift(&material, &practice, &options)), [Code::QuizLesser]);
    assert_eq!(codes(moodle_xml(&material, &practice, &options)), []);
    assert_eq!(codes(qti(&material, &practice, &options)), []);
    assert!(gift_of(&material).contains("{=धान, बाजरे}"));
    assert!(moodle_of(&material).contains("{1:SHORTANSWER:=धान} को पानी चाहिए, {1:SHORTANSWER:=बाजरे}"));
}

#[test]
fn pictures_are_carried_where_they_can_be() {
    let figure = |source: &str| {
        Block::Figure(Figure { source: source.into(), alt: "एक <खेत>".into(), ..Figure::default() })
    };
    let question = Question {
        prompt: "यह क्या है?".into(),
        answer: "खेत".into(),
        details: vec![figure("खेत 1.png"), figure("नहीं.png")],
        ..Question::default()
    };
    let material = material(vec![Block::Question(question)]);
    let practice = Practice::of_every_kind(&material);
    let mut options = QuizOptions::default();
    options.media.insert("खेत 1.png".into(), b"\x89PNG\r\n\x1a\n...".to_vec());

    let moodle = moodle_xml(&material, &practice, &options).expect("a quiz");
    let xml = String::from_utf8(moodle.output).expect("UTF-8");
    assert!(xml.contains("src=&quot;@@PLUGINFILE@@/figure-1.png&quot;"), "{xml}");
    assert!(xml.contains("<file name=\"figure-1.png\" path=\"/\" encoding=\"base64\">iVBORw0KGgouLi4=</file>"));
    let codes: Vec<Code> = moodle.warnings.iter().map(|warning| warning.code).collect();
    assert_eq!(codes, [Code::MissingFigure]);
    assert!(xml.contains("एक &amp;lt;खेत&amp;gt;"));

    let files = qti_of(&material, &options);
    let (name, bytes) = files.last().expect("a file");
    assert_eq!((name.as_str(), bytes.as_slice()), ("media/figure-1.png", b"\x89PNG\r\n\x1a\n...".as_slice()));
    assert!(String::from_utf8_lossy(&files[0].1).contains("<file href=\"media/figure-1.png\"/>"));
    assert_eq!(gift(&material, &practice, &options).expect("a quiz").warnings.len(), 2);
}

#[test]
fn an_answer_that_gift_would_misread_is_left_open_with_a_warning() {
    for term in ["a -> b", "%50%क", "x &&058; y"] {
        let definition =
            Definition { term: term.into(), meaning: "कोई अर्थ".into(), ..Definition::default() };
        let material = material(vec![Block::Definition(definition)]);
        let made = gift(&material, &Practice::of_every_kind(&material), &QuizOptions::default()).expect("a quiz");
        assert_eq!(made.warnings.len(), 1, "{term}");
        let text = String::from_utf8(made.output).expect("UTF-8");
        assert!(!text.contains(&format!("={term}")), "{text}");
        assert!(text.contains("####[html]<p lang\\=\"hi\">"), "{text}");
    }
}

#[test]
fn a_gap_of_moodle_holds_any_answer() {
    let text: Text = [Run::Plain("क {1:MC:=x} ".into()), gap("a}b#c~d\\e*&", 1)].into_iter().collect();
    let material = material(vec![Block::Cloze(Cloze { text, ..Cloze::default() })]);
    let moodle = moodle_of(&material);
    let answer = "{1:SHORTANSWER:=a&amp;#125;b&amp;#35;c&amp;#126;d&amp;#92;e&amp;#92;*&amp;#38;}";
    assert!(moodle.contains(answer), "{moodle}");
    assert!(moodle.contains("क &amp;#123;1:MC:=x&amp;#125; "), "{moodle}");
}

#[test]
fn a_control_character_is_reported() {
    let definition = Definition { term: "क".into(), meaning: "ख\u{1}ग".into(), ..Definition::default() };
    let material = material(vec![Block::Definition(definition)]);
    let made = moodle_xml(&material, &Practice::of_every_kind(&material), &QuizOptions::default()).expect("a quiz");
    assert!(made.warnings.iter().all(|warning| warning.code == Code::InvisibleRemoved));
    assert!(!made.warnings.is_empty());
    assert!(String::from_utf8(made.output).expect("UTF-8").contains("खग"));
}

#[test]
fn urdu_runs_from_right_to_left() {
    let mut material = farm();
    material.language = "ur".parse().expect("a tag");
    assert!(moodle_of(&material).contains("&lt;p lang=&quot;ur&quot; dir=&quot;rtl&quot;&gt;"));
    let made = qti(&material, &Practice::of_every_kind(&material), &QuizOptions::default()).expect("a quiz");
    assert_eq!(made.warnings.len(), 1);
}

/// A material all of whose words are hostile.
fn hostile(words: &str) -> Material {
    let word = format!("क{words}");
    let text: Text = [
        Run::Plain(word.clone()),
        Run::Strong(word.as_str().into()),
        Run::Code(word.clone()),
        Run::Math(word.clone()),
        gap(&word, 1),
    ]
    .into_iter()
    .collect();
    let mut material = Material {
        title: word.as_str().into(),
        language: "hi".parse().expect("a tag"),
        tags: vec![word.clone()],
        sections: vec![Section {
            heading: word.as_str().into(),
            blocks: vec![
                Block::Cloze(Cloze { text, ..Cloze::default() }),
                Block::Terms(Terms {
                    entries: vec![entry(&word, &format!("ख{words}")), entry("ग", &format!("{words}घ"))],
                    ..Terms::default()
                }),
                Block::Question(Question {
                    prompt: word.as_str().into(),
                    choices: vec![choice(&word, true), choice(&format!("{word}न"), false)],
                    answer: word.as_str().into(),
                    ..Question::default()
                }),
            ],
            ..Section::default()
        }],
        ..Material::default()
    };
    let _ = material.assign_ids();
    material
}

/// Whether tags are balanced and every `&` begins a reference: what a hostile word would break first.
fn is_balanced(xml: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    for part in xml.split('<').skip(1) {
        let Some((tag, _)) = part.split_once('>') else { return false };
        let name = tag.split([' ', '\n']).next().unwrap_or_default();
        if let Some(name) = name.strip_prefix('/') {
            if open.pop() != Some(name) {
                return false;
            }
        } else if !tag.ends_with('/') && !tag.starts_with('?') {
            open.push(name);
        }
    }
    let sound =
        |part: &str| ["amp;", "lt;", "gt;", "quot;", "#64;"].iter().any(|reference| part.starts_with(reference));
    open.is_empty() && xml.split('&').skip(1).all(sound)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_words_break_a_quiz(words in "[<>&\"'{}~=#:/\\\\\\[\\]$@%*()\\-\u{1}\u{FFFE}\r\n\t a1क]{0,16}") {
        let material = hostile(&words);
        let items = Practice::of_every_kind(&material).items().len();
        let moodle = moodle_of(&material);
        prop_assert!(is_balanced(&moodle), "{moodle}");
        prop_assert_eq!(moodle.matches("{1:SHORTANSWER:=").count(), 1);
        prop_assert_eq!(moodle.matches("<idnumber>").count(), items + usize::from(moodle.contains(".match<")));

        for (name, bytes) in qti_of(&material, &QuizOptions::default()) {
            let xml = String::from_utf8(bytes).expect("UTF-8");
            prop_assert!(is_balanced(&xml), "{name}: {xml}");
        }

        let gift = gift_of(&material);
        // Each question is a paragraph: its comment, then one pair of braces that no backslash stands before.
        for question in gift.split("\n\n").filter(|part| part.starts_with("// ")) {
            let (comment, question) = question.split_once('\n').expect("a question below its comment");
            prop_assert!(comment.contains("[id:"));
            let mut plain = question.replace("\\\\", "");
            for sign in ["~", "=", "#", "{", "}", ":"] {
                plain = plain.replace(&format!("\\{sign}"), "");
            }
            prop_assert_eq!(plain.matches('{').count(), 1, "{}", question);
            prop_assert_eq!(plain.matches('}').count(), 1, "{}", question);
            prop_assert!(!question.contains("\n//"), "{}", question);
        }
        let questions = gift.split("\n\n").filter(|part| part.starts_with("// ")).count();
        prop_assert_eq!(questions, items + usize::from(gift.contains(".match]")));
    }
}

/// A task, and a question of whose choices none is marked as right.
fn unanswered() -> Material {
    let task = Question {
        prompt: "अपने खेत का चित्र बनाइए।".into(), ..Question::default()
    };
    let choices = vec![choice("ज्वार", false), choice("मूँग", false)];
    let open = Question {
        prompt: "आपको कौन-सी फ़सल पसंद है?".into(), choices, ..Question::default()
    };
    material(vec![Block::Question(task), Block::Question(open)])
}

#[test]
fn what_has_no_answer_is_an_essay_and_its_choices_are_shown() {
    let material = unanswered();
    let moodle = moodle_of(&material);
    assert_eq!(moodle.matches("type=\"essay\"").count(), 2, "{moodle}");
    assert!(!moodle.contains("fraction") && moodle.contains("&lt;li&gt;मूँग&lt;/li&gt;"), "{moodle}");
    assert_eq!(moodle.matches("<graderinfo format=\"html\"><text></text></graderinfo>").count(), 2, "{moodle}");
    let gift = gift_of(&material);
    assert_eq!(gift.matches("{}").count(), 2, "{gift}");
    assert!(gift.contains("<li>मूँग</li>"), "{gift}");
    let qti = qti_text(&material);
    assert_eq!(qti.matches("<extendedTextInteraction ").count(), 2, "{qti}");
    assert!(!qti.contains("correctResponse") && !qti.contains("rubricBlock") && qti.contains("<li>मूँग</li>"), "{qti}");
}

#[test]
fn choices_come_in_the_order_of_the_seed_and_pinned_ones_keep_their_place() {
    let ask = |prompt: &str, choices: Vec<Choice>| {
        Block::Question(Question { prompt: prompt.into(), choices, ..Question::default() })
    };
    let words = ["नीम", "पीपल", "बरगद", "साल", "सागौन"];
    let free: Vec<Choice> = words.iter().map(|word| choice(word, *word == "नीम")).collect();
    let mut some = free.clone();
    some[3] = choice("इनमें से कोई नहीं", false);
    let mut letters = free.clone();
    letters[4] = choice("केवल (क) और (ग)", false);
    let material = material(vec![ask("पहला?", free.clone()), ask("दूसरा?", some), ask("तीसरा?", letters)]);
    let practice = Practice::of_every_kind(&material);

    let mut options = QuizOptions { seed: 5, ..QuizOptions::default() };
    let made = text_of(moodle_xml(&material, &practice, &options));
    let shuffled: Vec<&str> = made.lines().filter(|line| line.contains("shuffleanswers")).map(str::trim).collect();
    let [yes, no] = ["<shuffleanswers>true</shuffleanswers>", "<shuffleanswers>false</shuffleanswers>"];
    assert_eq!(shuffled, [yes, no, no]);

    // The order is the worksheet's.
    let offered = |text: &str, of: usize| -> Vec<String> {
        let items = practice.items().iter().map(|item| item.drawn(patra_core::Draw::of(5)));
        let items: Vec<_> = items.collect();
        let patra_core::Answer::Choices { choices, .. } = &items[of].answer else { panic!("choices") };
        let words: Vec<String> = choices.iter().map(|choice| choice.text.to_plain()).collect();
        let mut at = text.find(&items[of].prompt.to_plain()).expect("its prompt");
        for word in &words {
            at += text[at..].find(word.as_str()).unwrap_or_else(|| panic!("{words:?} in this order:\n{text}"));
        }
        words
    };
    let orders: Vec<Vec<String>> = (0..3).map(|of| offered(&made, of)).collect();
    assert_ne!(orders[0], words, "this seed moves them");
    assert_eq!(orders[1][3], "इनमें से कोई नहीं");
    assert_eq!(orders[2][..4], words[..4]);

    let gift = gift(&material, &practice, &options).expect("a quiz");
    assert_eq!(gift.warnings.len(), 2, "{:?}", gift.warnings);
    let gift = String::from_utf8(gift.output).expect("UTF-8");
    (0..2).for_each(|of| drop(offered(&gift, of)));

    let files = qti_of(&material, &options);
    let qti: String = files.iter().map(|(_, bytes)| String::from_utf8_lossy(bytes)).collect();
    assert_eq!(qti.matches("fixed=\"true\"").count(), 1);
    assert_eq!(qti.matches("shuffle=\"true\"").count(), 2);
    // An identifier names the same choice in every order.
    options.seed = 6;
    let other: String = qti_of(&material, &options).iter().map(|(_, bytes)| String::from_utf8_lossy(bytes)).collect();
    assert_ne!(qti, other);
    let named =
        |text: &str| text.contains("identifier=\"choice-1\"><span>नीम") || text.contains("identifier=\"choice-1\">नीम");
    assert!(named(&qti) && named(&other), "{qti}");
}

#[test]
fn a_question_is_asked_with_all_that_belongs_to_it() {
    let item = |words: &str| ListItem { text: words.into(), ..ListItem::default() };
    let marker: ListMarker = "(१)".parse().expect("a marker");
    let items = vec![item("बाजरा कम पानी माँगता है।"), item("धान कम पानी माँगता है।")];
    let statements = List { start: Some(1), marker, items, ..List::default() };
    let mut question = Question {
        prompt: "कौन-सा कथन सही है?".into(),
        stem: vec![Block::List(statements)],
        choices: vec![choice("केवल १", true), choice("दोनों", false)],
        lettering: Some("(क)".parse().expect("a marker")),
        ..Question::default()
    };
    for right in [true, false] {
        question.choices[0].correct = right;
        let material = material(vec![Block::Question(question.clone())]);
        let written = [gift_of(&material), moodle_of(&material), qti_text(&material)];
        for text in written {
            let text = text.replace("&lt;", "<").replace("&gt;", ">");
            let asked = text.find("कौन-सा कथन").expect("the prompt");
            let statement = text.find("(१) बाजरा").expect("the first statement with its marker");
            let choice = text.find("केवल १").expect("a choice");
            assert!(asked < statement && statement < choice && text.contains("(२) धान"), "{text}");
            // Choices that are only read keep their letters; those of an interaction are the program's.
            assert_eq!(text.contains("(क) केवल १"), !right, "{text}");
        }
    }
}
