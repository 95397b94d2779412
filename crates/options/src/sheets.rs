//! How sheets are written: `[sheets]`.

use patra_core::noun;

use crate::declaration::{DefaultValue, Group, Keyword, OptionSpec, Values};

pub(crate) const OPTIONS: &[OptionSpec] = &[
    OptionSpec {
        name: "spreadsheet-safe",
        name_in_file: "spreadsheet-safe",
        python: Keyword::same("spreadsheet_safe"),
        group: Group::Sheets,
        values: Values::Switch(|options| options.sheets.spreadsheet_safe = true),
        default: DefaultValue::Nothing,
        help: noun!(
            "Put a ' before each cell of a CSV file that a spreadsheet or a data-frame library would alter or run. datapackage.json records this; removing one ' from the start of a cell restores it. The workbook needs none"
        ),
    },
    OptionSpec {
        name: "no-bom",
        name_in_file: "no-bom",
        python: Keyword::negated("byte_order_mark"),
        group: Group::Sheets,
        values: Values::Switch(|options| options.sheets.byte_order_mark = false),
        default: DefaultValue::Nothing,
        help: noun!(
            "Write CSV files without a byte order mark, for programs that don't expect one. Excel and LibreOffice then garble every letter outside ASCII"
        ),
    },
];
