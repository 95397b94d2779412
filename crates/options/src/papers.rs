//! Which papers are printed, and how: `[papers]`.

use patra_core::noun;
use patra_pdf::{BookletOptions, CardOptions, Contents, Flip, Margins, Paper, PdfOptions, Sheet, Theme};

use crate::declaration::{Choice, DefaultValue, Group, Keyword, Lengths, OptionSpec, Values};

/// An option whose name is one word, without a default that one value could say.
const fn option(name: &'static str, values: Values, help: &'static str) -> OptionSpec {
    OptionSpec {
        name,
        name_in_file: name,
        python: Keyword::same(name),
        group: Group::Papers,
        values,
        default: DefaultValue::Nothing,
        help,
    }
}

pub(crate) const OPTIONS: &[OptionSpec] = &[
    OptionSpec {
        python: Keyword::same("papers"),
        default: DefaultValue::Described(noun!("all but the test and the booklet")),
        ..option(
            "paper",
            Values::Several(PAPERS, |options| options.papers.papers = Some(Vec::new())),
            noun!("Papers to make"),
        )
    },
    option(
        "bilingual",
        Values::Switch(|options| options.papers.bilingual = true),
        noun!(
            "Make bilingual.pdf as well: the handout with another edition in a second column. It is made for the first edition among the sources, with the next one beside it; it is an error if there is only one"
        ),
    ),
    OptionSpec {
        default: DefaultValue::Value("a4"),
        ..option("sheet", Values::One(SHEETS), noun!("Size of the paper"))
    },
    OptionSpec {
        default: DefaultValue::Value("standard"),
        ..option(
            "theme",
            Values::NameOrFile(&Theme::NAMES, |options, name| options.papers.theme = name),
            noun!(
                "Look of the papers: `standard`, `large-print` (18 points and up), `mono` (black on white), or a file in TOML"
            ),
        )
    },
    OptionSpec {
        name_in_file: "fonts",
        python: Keyword::same("fonts"),
        ..option(
            "font",
            Values::Files(|options, path| options.papers.fonts.push(path)),
            noun!(
                "Font to take letters from before those that come with patra: TTF, OTF or TTC. May be given several times"
            ),
        )
    },
    OptionSpec {
        default: DefaultValue::Described(noun!("the theme's")),
        ..option(
            "margins",
            Values::Lengths(&MARGINS),
            noun!("Margins: one for all, or those above, beside and below the text"),
        )
    },
    OptionSpec {
        default: DefaultValue::Value("0"),
        ..option(
            "binding",
            Values::Lengths(&BINDING),
            noun!("Extra margin on the side where sheets are bound or punched"),
        )
    },
    OptionSpec {
        python: Keyword::same("single_sided"),
        ..option(
            "single-sided",
            Values::Switch(|options| options.papers.print.single_sided = true),
            noun!("Sheets are printed on one side, so the room for binding is on the same side of all"),
        )
    },
    OptionSpec {
        default: DefaultValue::Value("auto"),
        ..option("contents", Values::One(CONTENTS), noun!("Whether the handout has a table of contents"))
    },
    OptionSpec {
        default: DefaultValue::Value("1"),
        ..option(
            "seed",
            Values::Whole(|options, seed| options.papers.print.seed = seed),
            noun!("Number of the worksheet to draw, with its key. Another number gives other questions"),
        )
    },
    OptionSpec {
        default: DefaultValue::Value("6"),
        ..option(
            "questions",
            Values::Count(|options, count| options.papers.print.questions = count),
            noun!("Most questions in one exercise of the worksheet, or `all`"),
        )
    },
    option(
        "sets",
        Values::Several(SETS, |options| options.papers.print.sets.clear()),
        noun!("Sets of the test to make, each with its questions and choices in another order, with one key"),
    ),
    OptionSpec {
        default: DefaultValue::Described(noun!("long-edge for cards, short-edge for a booklet")),
        ..option(
            "flip",
            Values::One(FLIPS),
            noun!("Edge over which the printer turns a sheet of cards or of a booklet"),
        )
    },
    OptionSpec {
        default: DefaultValue::Value("0"),
        ..option(
            "creep",
            Values::Lengths(&CREEP),
            noun!(
                "How far the pages of a booklet's innermost sheet move towards the fold, and those of the others in proportion. Meant for a thick booklet whose edge is trimmed"
            ),
        )
    },
    OptionSpec {
        python: Keyword::same("back_offset"),
        default: DefaultValue::Value("0,0"),
        ..option(
            "back-offset",
            Values::Lengths(&BACK_OFFSET),
            noun!(
                "How far to move the backs of cards to the right and down; negative numbers move them to the left and up"
            ),
        )
    },
    OptionSpec {
        python: Keyword::same("calibration"),
        ..option(
            "calibrate",
            Values::Switch(|options| options.papers.print.cards.calibration = true),
            noun!("Begin the cards with a sheet that shows how far the printer moves the backs"),
        )
    },
    OptionSpec {
        python: Keyword::negated("marks"),
        ..option(
            "no-marks",
            Values::Switch(|options| options.papers.print.marks = false),
            noun!("Leave out the short codes that connect a line on paper, a card and a row of a sheet"),
        )
    },
];

const PAPERS: &[Choice] = &[
    Choice {
        feature: None,
        name: "handout",
        help: noun!("handout.pdf: all that the material says, to read"),
        set: |options| options.papers.papers.get_or_insert_default().push(Paper::Handout),
    },
    Choice {
        feature: None,
        name: "worksheet",
        help: noun!("worksheet.pdf: exercises to write on"),
        set: |options| options.papers.papers.get_or_insert_default().push(Paper::Worksheet),
    },
    Choice {
        feature: None,
        name: "answers",
        help: noun!("answers.pdf: the key to the worksheet"),
        set: |options| options.papers.papers.get_or_insert_default().push(Paper::Answers),
    },
    Choice {
        feature: None,
        name: "cards",
        help: noun!("cards.pdf: cards to cut out, printed on both sides"),
        set: |options| options.papers.papers.get_or_insert_default().push(Paper::Cards),
    },
    Choice {
        feature: None,
        name: "test",
        help: noun!("test.pdf and test-key.pdf: all questions of the source with their marks, and the key"),
        set: |options| options.papers.papers.get_or_insert_default().push(Paper::Test),
    },
    Choice {
        feature: None,
        name: "booklet",
        help: noun!("booklet.pdf: the handout, two pages a side of a sheet, to fold and staple"),
        set: |options| options.papers.papers.get_or_insert_default().push(Paper::Booklet),
    },
];

const SETS: &[Choice] = &[
    set("A", |options| options.papers.print.sets.push('A')),
    set("B", |options| options.papers.print.sets.push('B')),
    set("C", |options| options.papers.print.sets.push('C')),
    set("D", |options| options.papers.print.sets.push('D')),
    set("E", |options| options.papers.print.sets.push('E')),
    set("F", |options| options.papers.print.sets.push('F')),
];

const fn set(name: &'static str, set: fn(&mut crate::Options)) -> Choice {
    Choice { feature: None, name, help: noun!("a set of the test"), set }
}

const SHEETS: &[Choice] = &[
    Choice {
        feature: None,
        name: "a4",
        help: noun!("210 mm × 297 mm"),
        set: |options| options.papers.print.sheet = Sheet::A4,
    },
    Choice {
        feature: None,
        name: "letter",
        help: noun!("8.5 in × 11 in"),
        set: |options| options.papers.print.sheet = Sheet::Letter,
    },
    Choice {
        feature: None,
        name: "legal",
        help: noun!("8.5 in × 14 in"),
        set: |options| options.papers.print.sheet = Sheet::Legal,
    },
    Choice {
        feature: None,
        name: "a5",
        help: noun!("148 mm × 210 mm"),
        set: |options| options.papers.print.sheet = Sheet::A5,
    },
];

const CONTENTS: &[Choice] = &[
    Choice {
        feature: None,
        name: "auto",
        help: noun!("If it has nine pages or more and three sections"),
        set: |options| options.papers.print.contents = Contents::Auto,
    },
    Choice {
        feature: None,
        name: "always",
        help: noun!("If it has a section"),
        set: |options| options.papers.print.contents = Contents::Always,
    },
    Choice {
        feature: None,
        name: "never",
        help: noun!("Never"),
        set: |options| options.papers.print.contents = Contents::Never,
    },
];

const FLIPS: &[Choice] = &[
    Choice {
        feature: None,
        name: "long-edge",
        help: noun!("As you turn a page of a book"),
        set: |options| {
            options.papers.print.cards.flip = Flip::LongEdge;
            options.papers.print.booklet.flip = Flip::LongEdge;
        },
    },
    Choice {
        feature: None,
        name: "short-edge",
        help: noun!("As you turn a page of a wall calendar"),
        set: |options| {
            options.papers.print.cards.flip = Flip::ShortEdge;
            options.papers.print.booklet.flip = Flip::ShortEdge;
        },
    },
];

/// The length of an option that takes one.
fn single(given: &[f32]) -> f32 {
    given.first().copied().unwrap_or_default()
}

static MARGINS: Lengths = Lengths {
    counts: &[1, 3],
    least: Margins::LEAST,
    most: Margins::MOST,
    example: "25,20,20",
    set: |options, given| {
        options.papers.margins = match *given {
            [all] => Some([all; 3]),
            [top, side, bottom] => Some([top, side, bottom]),
            _ => None,
        };
    },
};

static BINDING: Lengths = Lengths {
    counts: &[1],
    least: 0.0,
    most: PdfOptions::MOST_BINDING,
    example: "10",
    set: |options, given| options.papers.print.binding = single(given),
};

static CREEP: Lengths = Lengths {
    counts: &[1],
    least: 0.0,
    most: BookletOptions::MOST_CREEP,
    example: "1.5",
    set: |options, given| options.papers.print.booklet.creep = single(given),
};

static BACK_OFFSET: Lengths = Lengths {
    counts: &[2],
    least: -CardOptions::MOST_OFFSET,
    most: CardOptions::MOST_OFFSET,
    example: "1.5,-0.5",
    set: |options, given| {
        if let [right, down] = *given {
            options.papers.print.cards.back_offset = (right, down);
        }
    },
};
