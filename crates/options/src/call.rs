//! What a build makes.

use patra_core::noun;

use crate::declaration::{Choice, DefaultValue, Group, Keyword, OptionSpec, Values};
use crate::options::Format;

pub(crate) const OPTIONS: &[OptionSpec] = &[OptionSpec {
    name: "only",
    name_in_file: "only",
    python: Keyword::same("only"),
    group: Group::Call,
    values: Values::Several(FORMATS, |options| options.formats = Some(Vec::new())),
    default: DefaultValue::Described(noun!("pdf, anki and sheets")),
    help: noun!("Formats to make. material.json is always made as well"),
}];

const FORMATS: &[Choice] = &[
    Choice {
        feature: None,
        name: "pdf",
        help: noun!("handout.pdf, worksheet.pdf, answers.pdf and cards.pdf"),
        set: |options| options.formats.get_or_insert_default().push(Format::Pdf),
    },
    Choice {
        feature: None,
        name: "anki",
        help: noun!("deck.apkg"),
        set: |options| options.formats.get_or_insert_default().push(Format::Anki),
    },
    Choice {
        feature: None,
        name: "sheets",
        help: noun!("sheets/*.csv with sheets/datapackage.json, and workbook.xlsx"),
        set: |options| options.formats.get_or_insert_default().push(Format::Sheets),
    },
    #[cfg(feature = "parquet")]
    Choice {
        feature: Some("parquet"),
        name: "parquet",
        help: noun!("parquet/*.parquet with parquet/datapackage.json: the sheets in columns, for data-frame programs"),
        set: |options| options.formats.get_or_insert_default().push(Format::Parquet),
    },
    Choice {
        feature: None,
        name: "quiz",
        help: noun!("quiz/moodle.xml, quiz/gift.txt and quiz/qti.zip (QTI 2.1), for learning systems"),
        set: |options| options.formats.get_or_insert_default().push(Format::Quiz),
    },
];
