//! Words that mean something in Markdown come back as words, from wherever a text may stand, in whatever it may stand.

use patra_core::{
    Aspect, Block, Choice, Cloze, CodeBlock, Column, Comparison, Definition, Entry, Figure, Gap, Link, List, ListItem,
    Material, Math, Note, Paragraph, Question, Quote, Rectangle, Region, Row, Run, Section, Source, Subject, Table,
    Tagged, Terms, Text,
};
use patra_markdown::{ReadOptions, read, write};

const HOSTILE: &[&str] = &[
    "`",
    "``",
    "```",
    "~",
    "~~",
    "~~~",
    "|",
    "||",
    "|---|",
    "-|-",
    ":-:",
    "#",
    "# क",
    "# {{क}}",
    "## क ##",
    "{{क}}",
    "{{",
    "}}",
    "{",
    "}",
    ":",
    ": क",
    "::",
    ":क",
    "-",
    "- ",
    "- क",
    "* क",
    "+ क",
    "+",
    "1.",
    "1. क",
    "1) क",
    "१. क",
    "0",
    ">",
    "> क",
    "<",
    "<!--",
    "<!-- क -->",
    "-->",
    "<b>",
    "<br>",
    "<b",
    "</b>",
    "<?",
    "<!A",
    "[x]: y",
    "[x]",
    "[x] क",
    "[ ] क",
    "[^1]",
    "[^1]: क",
    "[!NOTE]",
    "[!TIP]",
    "![",
    "![a](b)",
    "[a](b)",
    "](b)",
    "]",
    "[",
    "(",
    ")",
    "{#id}",
    "{.terms}",
    "{.definition}",
    "{.question}",
    "{.cloze}",
    "{.list}",
    "{lang=en}",
    "{a=b}",
    "{%",
    "---",
    "- - -",
    "***",
    "* * *",
    "___",
    "===",
    "==",
    "==क==",
    "=",
    "\\",
    "\\\\",
    "क\\",
    "\\|",
    "\\`",
    "\t",
    "\tक",
    "क\tख",
    "    क",
    " ",
    "\u{a0}",
    "\u{3000}क",
    "$",
    "$$",
    "$क$",
    "$$क$$",
    "*",
    "**",
    "**क**",
    "*क*",
    "_",
    "__",
    "_क_",
    "?",
    "क?",
    "Q:",
    "Q: क",
    "A:",
    "A: क",
    "Hint: क",
    "प्रश्न:",
    "प्रश्न: क",
    "उत्तर: क",
    "प्रश्नः क",
    "संकेत： क",
    "&",
    "&amp;",
    "&#32;",
    "&#x3A;",
    "http://x.y",
    "a@b.c",
    "<http://x.y>",
    "\"",
    "'",
    "%",
    "^",
    "@",
    "!",
    "क (ख)",
    "BPO (Business Process Outsourcing)",
    "title: क",
    "10:30",
    "c1::क",
    "।",
    "क।",
    "\u{200d}",
    "\u{200c}क",
    "\u{feff}",
    "\u{ad}",
    "क\nख",
    "क\n\nख",
    "\n",
    "क\n",
    "\r",
    "क\n- ख",
    "क\n# ख",
    "क\n===",
    "क\n---",
    "क\n: ख",
    "\u{2028}",
];

/// Those that begin or end most: what is tried each time where trying all takes a minute.
const MOST_HOSTILE: &[&str] = &[
    "`",
    "~~~",
    "|",
    "# {{क}}",
    ":",
    "- क",
    "1.",
    ">",
    "<!--",
    "[x]: y",
    "{#id}",
    "---",
    "क\\",
    "\tक",
    "**",
    "Q: क",
    "क\n- ख",
];

type Make = fn(Text) -> Block;

fn paragraph(text: Text) -> Block {
    Block::Paragraph(Paragraph { text, ..Paragraph::default() })
}

/// Each place of a text in a block. Gaps are put by [`wrapped`] only where they may be.
const PLACES: &[(&str, Make)] = &[
    ("paragraph", paragraph),
    ("paragraph after a break", |text| {
        let mut all: Text = [Run::Plain("क".into()), Run::Break].into_iter().collect();
        all.append(text);
        paragraph(all)
    }),
    ("paragraph before a break", |mut text| {
        text.append([Run::Break, Run::Plain("क".into())].into_iter().collect());
        paragraph(text)
    }),
    ("paragraph after words", |text| {
        let mut all: Text = "क".into();
        all.append(text);
        paragraph(all)
    }),
    ("paragraph before bold words", |mut text| {
        text.push(Run::Strong("क".into()));
        paragraph(text)
    }),
    ("paragraph after bold words", |text| {
        let mut all: Text = [Run::Strong("क".into())].into_iter().collect();
        all.append(text);
        paragraph(all)
    }),
    ("term of a definition", |term| {
        Block::Definition(Definition { term, meaning: "ख".into(), ..Definition::default() })
    }),
    ("term of a definition with details", |term| {
        Block::Definition(Definition { term, details: vec![paragraph("ख".into())], ..Definition::default() })
    }),
    ("full form", |full| {
        Block::Definition(Definition {
            term: "KPI".into(),
            full_form: Some(full),
            meaning: "ख".into(),
            ..Definition::default()
        })
    }),
    ("meaning", |meaning| Block::Definition(Definition { term: "क".into(), meaning, ..Definition::default() })),
    ("meaning with details", |meaning| {
        Block::Definition(Definition {
            term: "क".into(),
            meaning,
            details: vec![paragraph("ख".into())],
            ..Definition::default()
        })
    }),
    ("details of a definition", |text| {
        Block::Definition(Definition {
            term: "क".into(),
            meaning: "ख".into(),
            details: vec![paragraph(text)],
            ..Definition::default()
        })
    }),
    ("details of a definition without a meaning", |text| {
        Block::Definition(Definition { term: "क".into(), details: vec![paragraph(text)], ..Definition::default() })
    }),
    ("term of an entry", |term| {
        let entry = Entry { term, description: "ख".into(), ..Entry::default() };
        Block::Terms(Terms { entries: vec![entry], ..Terms::default() })
    }),
    ("term of an entry with nothing else", |term| {
        Block::Terms(Terms { entries: vec![Entry { term, ..Entry::default() }], ..Terms::default() })
    }),
    ("description", |description| {
        let entry = Entry { term: "क".into(), description, ..Entry::default() };
        Block::Terms(Terms { entries: vec![entry], ordered: true, ..Terms::default() })
    }),
    ("details of an entry", |text| {
        let entry = Entry { term: "क".into(), details: vec![paragraph(text)], ..Entry::default() };
        Block::Terms(Terms { entries: vec![entry], ..Terms::default() })
    }),
    ("kind", |kind| {
        let entry = Entry { term: "क".into(), description: "ख".into(), ..Entry::default() };
        Block::Terms(Terms { kind: Some(kind), entries: vec![entry], ..Terms::default() })
    }),
    ("item", |text| Block::List(List { items: vec![ListItem { text, ..ListItem::default() }], ..List::default() })),
    ("second item of numbers", |text| {
        let items =
            vec![ListItem { text: "क".into(), ..ListItem::default() }, ListItem { text, ..ListItem::default() }];
        Block::List(List { start: Some(7), items, ..List::default() })
    }),
    ("item with blocks", |text| {
        let item = ListItem { text, blocks: vec![paragraph("ख".into())], ..ListItem::default() };
        Block::List(List { items: vec![item], ..List::default() })
    }),
    ("block of an item", |text| {
        let item = ListItem { blocks: vec![paragraph(text)], ..ListItem::default() };
        Block::List(List { items: vec![item], ..List::default() })
    }),
    ("prompt", |prompt| Block::Question(Question { prompt, answer: "ख".into(), ..Question::default() })),
    ("prompt alone", |prompt| Block::Question(Question { prompt, ..Question::default() })),
    ("prompt with details", |prompt| {
        Block::Question(Question { prompt, details: vec![paragraph("ख".into())], ..Question::default() })
    }),
    ("answer", |answer| Block::Question(Question { prompt: "क".into(), answer, ..Question::default() })),
    ("answer with details", |answer| {
        Block::Question(Question {
            prompt: "क".into(),
            answer,
            details: vec![paragraph("ख".into())],
            ..Question::default()
        })
    }),
    ("details of a question", |text| {
        Block::Question(Question {
            prompt: "क".into(),
            answer: "ख".into(),
            details: vec![paragraph(text)],
            ..Question::default()
        })
    }),
    ("hint", |hint| {
        Block::Question(Question {
            prompt: "क".into(), answer: "ख".into(), hint: Some(hint), ..Question::default()
        })
    }),
    ("hint before choices and details", |hint| {
        let choices = vec![Choice { text: "ख".into(), correct: true, ..Choice::default() }];
        let details = vec![paragraph("ग".into())];
        Block::Question(Question { prompt: "क".into(), choices, hint: Some(hint), details, ..Question::default() })
    }),
    ("pinned choice", |text| {
        let pinned = Choice { text, correct: true, pinned: true, ..Choice::default() };
        let choices = vec![pinned, Choice { text: "ख".into(), ..Choice::default() }];
        Block::Question(Question { prompt: "क".into(), choices, ..Question::default() })
    }),
    ("choice", |text| {
        let choices =
            vec![Choice { text, correct: true, ..Choice::default() }, Choice { text: "ख".into(), ..Choice::default() }];
        Block::Question(Question { prompt: "क".into(), answer: "ग".into(), choices, ..Question::default() })
    }),
    ("corner", |corner| comparison(corner, "ख".into(), "ग".into(), "घ".into())),
    ("subject", |text| comparison("क".into(), text, "ग".into(), "घ".into())),
    ("aspect", |text| comparison("क".into(), "ख".into(), text, "घ".into())),
    ("cell of a comparison", |text| comparison("क".into(), "ख".into(), "ग".into(), text)),
    ("heading of a column", |text| table(text, "ख".into(), "ग".into())),
    ("cell at the left", |text| table("क".into(), text, "ग".into())),
    ("cell at the right", |text| table("क".into(), "ख".into(), text)),
    ("caption", |text| figure(Some(text), "क".into())),
    ("region", |text| figure(None, text)),
];

fn comparison(corner: Text, subject: Text, aspect: Text, cell: Text) -> Block {
    let subjects = [subject, "दूसरा".into()].map(|name| Subject { name, ..Subject::default() }).into();
    let aspects = vec![Aspect { name: aspect, cells: vec![cell.clone(), cell], ..Aspect::default() }];
    Block::Comparison(Comparison { corner, subjects, aspects, ..Comparison::default() })
}

fn table(heading: Text, left: Text, right: Text) -> Block {
    let columns = [heading.clone(), heading].map(|heading| Column { heading, ..Column::default() }).into();
    Block::Table(Table { columns, rows: vec![Row { cells: vec![left, right], ..Row::default() }], ..Table::default() })
}

fn figure(caption: Option<Text>, name: Text) -> Block {
    let at = Rectangle::new(0, 0, 100, 100).expect("a rectangle");
    let regions = vec![Region { name, at, ..Region::default() }];
    Block::Figure(Figure { source: "a.png".into(), alt: "क".into(), caption, regions, ..Figure::default() })
}

/// What may stand around a block, with something before it and after it where that is possible.
type Container = (&'static str, fn(Block) -> Vec<Block>);

const CONTAINERS: &[Container] = &[
    ("section", |block| vec![block]),
    ("section, after a paragraph", |block| vec![paragraph("पहले".into()), block]),
    ("section, before a paragraph", |block| vec![block, paragraph("बाद".into())]),
    ("section, after itself", |block| vec![block.clone(), block]),
    ("section, after a list", |block| {
        let item = ListItem { text: "पहले".into(), ..ListItem::default() };
        vec![Block::List(List { items: vec![item], ..List::default() }), block]
    }),
    ("quote", |block| vec![Block::Quote(Quote { blocks: vec![block], ..Quote::default() })]),
    ("note", |block| vec![Block::Note(Note { blocks: vec![block], ..Note::default() })]),
    ("item", |block| vec![item("क", vec![block])]),
    ("item without words", |block| vec![item("", vec![block])]),
    ("item of an item", |block| vec![item("क", vec![item("", vec![block])])]),
    ("quote in an item", |block| vec![item("", vec![Block::Quote(Quote { blocks: vec![block], ..Quote::default() })])]),
    ("item in a quote", |block| {
        vec![Block::Quote(Quote { blocks: vec![item("क", vec![block])], ..Quote::default() })]
    }),
    ("definition", |block| {
        vec![Block::Definition(Definition { term: "क".into(), details: vec![block], ..Definition::default() })]
    }),
    ("definition in a definition", |block| {
        let inner = Block::Definition(Definition { term: "ख".into(), details: vec![block], ..Definition::default() });
        vec![Block::Definition(Definition {
            term: "क".into(),
            meaning: "ग".into(),
            details: vec![inner],
            ..Definition::default()
        })]
    }),
    ("entry", |block| {
        let entry = Entry { term: "क".into(), details: vec![block], ..Entry::default() };
        vec![Block::Terms(Terms { entries: vec![entry], ..Terms::default() })]
    }),
    ("question", |block| {
        vec![Block::Question(Question { prompt: "क".into(), details: vec![block], ..Question::default() })]
    }),
    ("question in a note", |block| {
        let inner = Block::Question(Question { prompt: "क".into(), details: vec![block], ..Question::default() });
        vec![Block::Note(Note { blocks: vec![inner], ..Note::default() })]
    }),
];

fn item(text: &str, blocks: Vec<Block>) -> Block {
    Block::List(List { items: vec![ListItem { text: text.into(), blocks, ..ListItem::default() }], ..List::default() })
}

fn language() -> patra_core::Language {
    "en".parse().expect("a language")
}

/// The words by themselves, and in each kind of run.
fn wrapped(words: &str) -> Vec<(&'static str, Text)> {
    let text = || Text::plain(words);
    let of = |run: Run| [run].into_iter().collect::<Text>();
    let hint = Some(words.to_owned());
    vec![
        ("plain", text()),
        ("strong", of(Run::Strong(text()))),
        ("emphasis", of(Run::Emphasis(text()))),
        ("emphasis in strong", of(Run::Strong(of(Run::Emphasis(text()))))),
        ("code", of(Run::Code(words.to_owned()))),
        ("math", of(Run::Math(words.to_owned()))),
        ("link", of(Run::Link(Link { text: text(), target: "x".into() }))),
        ("target", of(Run::Link(Link { text: "क".into(), target: words.to_owned() }))),
        ("link to itself", of(Run::Link(Link { text: text(), target: words.to_owned() }))),
        ("language", of(Run::Language(Tagged { text: text(), language: language() }))),
        ("gap", of(Run::Gap(Gap { text: text(), ..Gap::default() }))),
        ("numbered gap", of(Run::Gap(Gap { text: text(), number: Some(1), ..Gap::default() }))),
        ("gap's hint", of(Run::Gap(Gap { text: "क".into(), number: None, hint }))),
    ]
}

/// A material with a section for each of these groups of blocks.
fn material(groups: Vec<Vec<Block>>) -> Material {
    let section = |blocks| Section { heading: "शीर्षक".into(), blocks, ..Section::default() };
    let mut material = Material {
        title: "पत्र".into(),
        language: "hi".parse().expect("a language"),
        sections: groups.into_iter().map(section).collect(),
        ..Material::default()
    };
    material.assign_ids();
    material
}

/// Tries cases together, since a material takes longer than what is in it, and one by one where that fails.
#[derive(Default)]
struct Tries {
    waiting: Vec<(String, Vec<Block>)>,
    failed: Vec<String>,
    count: usize,
}

impl Tries {
    fn attempt(&mut self, what: String, blocks: Vec<Block>) {
        self.waiting.push((what, blocks));
    }

    fn settle(&mut self) {
        let cases = std::mem::take(&mut self.waiting);
        self.count += cases.len();
        let all = material(cases.iter().map(|(_, blocks)| blocks.clone()).collect());
        let (written, again) = reread(&all);
        if again.as_ref() == Some(&all) && again.is_some_and(|again| write(&again) == written) {
            return;
        }
        let before = self.failed.len();
        for (what, blocks) in cases {
            let one = material(vec![blocks]);
            let (written, again) = reread(&one);
            let got = again.as_ref().map(Material::to_json).unwrap_or_default();
            if again.as_ref() != Some(&one) || again.is_some_and(|again| write(&again) != written) {
                self.failed.push(format!("{what}\nwritten:\n{written}\nwanted: {}\nread:   {got}", one.to_json()));
            }
        }
        if self.failed.len() == before {
            self.failed.push(format!("together, and not alone:\n{written}"));
        }
    }

    fn verdict(self) {
        let some = self.failed.len().min(5);
        assert!(
            self.failed.is_empty(),
            "{} of {} failed:\n{}",
            self.failed.len(),
            self.count,
            self.failed[..some].join("\n\n")
        );
    }
}

fn reread(material: &Material) -> (String, Option<Material>) {
    let written = write(material);
    let again = read(&Source::new(written.clone()), &ReadOptions::default()).material;
    (written, again)
}

#[test]
fn words_come_back_from_every_place() {
    let mut tries = Tries::default();
    for words in HOSTILE {
        for (run, text) in wrapped(words).into_iter().filter(|(_, text)| !text.is_blank()) {
            if run.contains("gap") {
                let cloze = Block::Cloze(Cloze { text, ..Cloze::default() });
                tries.attempt(format!("{words:?}, {run}"), vec![cloze]);
                continue;
            }
            for (place, make) in PLACES {
                tries.attempt(format!("{words:?}, {run}, {place}"), vec![make(text.clone())]);
            }
        }
        tries.settle();
    }
    tries.verdict();
}

#[test]
fn words_come_back_beside_every_run() {
    beside_every_run(MOST_HOSTILE);
}

#[test]
#[ignore = "takes a minute: `just test-large`"]
fn all_words_come_back_beside_every_run() {
    beside_every_run(HOSTILE);
}

fn beside_every_run(hostile: &[&str]) {
    let mut tries = Tries::default();
    let runs = || wrapped("ख").into_iter().filter(|(run, _)| !run.contains("plain"));
    for words in hostile {
        let beside = runs().flat_map(|(run, text)| {
            let plain = Text::plain(*words);
            let (mut before, mut after) = (plain.clone(), text.clone());
            before.append(text.clone());
            after.append(plain.clone());
            let mut between = after.clone();
            between.append(text.clone());
            [(format!("before {run}"), before), (format!("after {run}"), after), (format!("between {run}"), between)]
        });
        for (run, text) in beside.collect::<Vec<_>>() {
            for (place, make) in PLACES {
                if run.contains("gap") && ["paragraph", "details of", "block of"].iter().any(|of| place.starts_with(of))
                {
                    continue;
                }
                tries.attempt(format!("{words:?} {run}, {place}"), vec![make(text.clone())]);
            }
            if run.contains("gap") {
                tries
                    .attempt(format!("{words:?} {run}, cloze"), vec![Block::Cloze(Cloze { text, ..Cloze::default() })]);
            }
        }
        tries.settle();
    }
    tries.verdict();
}

#[test]
fn words_come_back_from_every_container() {
    from_every_container(MOST_HOSTILE);
}

#[test]
#[ignore = "takes a minute: `just test-large`"]
fn all_words_come_back_from_every_container() {
    from_every_container(HOSTILE);
}

fn from_every_container(hostile: &[&str]) {
    let mut tries = Tries::default();
    for words in hostile {
        let text = Text::plain(*words);
        let gap = |run: Run| [run].into_iter().collect::<Text>();
        let mut blocks: Vec<(&str, Block)> = Vec::new();
        if !text.is_blank() {
            blocks.extend(PLACES.iter().map(|(place, make)| (*place, make(text.clone()))));
            let gap = gap(Run::Gap(Gap { text: text.clone(), ..Gap::default() }));
            blocks.push(("gap", Block::Cloze(Cloze { text: gap, ..Cloze::default() })));
            blocks.push(("cloze", Block::Cloze(Cloze { text: text.clone(), ..Cloze::default() })));
            let figure = Figure { source: (*words).into(), alt: (*words).into(), ..Figure::default() };
            blocks.push(("source and alt", Block::Figure(figure)));
            blocks.push(("math", Block::Math(Math { tex: (*words).into(), ..Math::default() })));
        }
        if !words.contains('\r') {
            let code = |language: Option<&str>, text: &str| {
                Block::Code(CodeBlock {
                    language: language.map(str::to_owned),
                    text: text.into(),
                    ..CodeBlock::default()
                })
            };
            blocks.push(("code", code(None, words)));
            blocks.push(("code in math", code(Some("math"), words)));
            blocks.push(("code after a line", code(Some("python"), &format!("क\n{words}"))));
            let language = words.trim();
            if !language.is_empty() && !language.contains('\n') {
                for text in ["", "~~~", "```", "````\n~~~~", "क", "    ~~~\n"] {
                    blocks.push(("language of code", code(Some(language), text)));
                }
            }
        }
        for (place, block) in blocks {
            for (container, around) in CONTAINERS {
                tries.attempt(format!("{words:?}, {place}, {container}"), around(block.clone()));
            }
        }
        tries.settle();
    }
    tries.verdict();
}
