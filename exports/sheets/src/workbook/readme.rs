//! The first worksheet: what the others are.

use patra_core::Material;
use rust_xlsxwriter::{Format, FormatAlign, Worksheet, XlsxError};

use super::row_number;
use crate::schema::Titles;
use crate::{ColumnKind, Sheet};

const NAME: &str = "readme";

const fn words(en: &'static str, hi: &'static str) -> Titles {
    Titles { en, hi }
}

const ADVICE: [Titles; 3] = [
    words(
        "Each worksheet holds one kind of thing, a row each. The columns of ids tie them together: leave ids as they are.",
        "हर पत्रक में एक तरह की चीज़ें हैं, हर पंक्ति में एक। पहचान वाले स्तंभ पत्रकों को जोड़ते हैं: उन्हें वैसे ही रहने दें।",
    ),
    words(
        "Words are kept to the letter, whatever they look like. A section's id leads to the section.",
        "शब्द जैसे लिखे गए वैसे ही रहते हैं, चाहे संख्या या तिथि जैसे दिखें। खंड की पहचान पर क्लिक करने से खंड खुलता है।",
    ),
    words(
        "Two columns that say the same in every row, material_id and language, are hidden.",
        "दो स्तंभ, material_id और language, हर पंक्ति में एक-से हैं, इसलिए छिपे हैं।",
    ),
];
const SHEET: Titles = words("Sheet", "पत्रक");
const CONTENT: Titles = words("Content", "क्या है");
const ROWS: Titles = words("Rows", "पंक्तियाँ");
const COLUMN: Titles = words("Column", "स्तंभ");
const NAME_IN_FILES: Titles = words("Name in files", "फ़ाइलों में नाम");
const KIND: Titles = words("Type", "प्रकार");
const DESCRIPTION: Titles = words("Description", "विवरण (अंग्रेज़ी में)");

const TEXT: Titles = words("text", "पाठ");
const INTEGER: Titles = words("whole number", "पूर्ण संख्या");
const NUMBER: Titles = words("number", "संख्या");
const TRUTH: Titles = words("true or false", "सही या गलत");
const DATE: Titles = words("date", "तिथि");

/// Writes the readme; gives the worksheet back.
pub(super) fn write<'a>(
    worksheet: &'a mut Worksheet,
    material: &Material,
    sheets: &[Sheet<'_>],
) -> Result<&'a mut Worksheet, XlsxError> {
    let language = &material.language;
    let title = Format::new().set_bold().set_font_size(16);
    let head = Format::new().set_bold();
    let text = Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top);
    let count = Format::new().set_align(FormatAlign::Left);
    worksheet.set_name(NAME)?.set_paper_size(super::A4).set_landscape().set_print_fit_to_pages(1, 0);
    for (column, width) in [(0, 26.0), (1, 30.0), (2, 22.0), (3, 16.0), (4, 70.0)] {
        worksheet.set_column_width(column, width)?;
    }
    // A title too long for a cell stands in `materials` anyway, where it is an error.
    worksheet.write_string_with_format(0, 0, material.title.to_plain(), &title)?;
    let mut row = 1;
    for advice in ADVICE {
        worksheet.write_string(row, 0, advice.get(language))?;
        row += 1;
    }

    row += 1;
    for (column, label) in [(0, SHEET), (1, CONTENT), (2, ROWS)] {
        worksheet.write_string_with_format(row, column, label.get(language), &head)?;
    }
    for sheet in sheets {
        row += 1;
        let name = sheet.name.as_str();
        worksheet.write_url_with_text(row, 0, format!("internal:'{name}'!A1").as_str(), name)?;
        worksheet.write_string(row, 1, sheet.schema().titles.get(language))?;
        worksheet.write_number_with_format(row, 2, f64::from(row_number(sheet.rows.len()) - 1), &count)?;
        worksheet.write_string(row, 3, sheet.schema().description)?;
    }

    row += 2;
    for (column, label) in [(0, SHEET), (1, COLUMN), (2, NAME_IN_FILES), (3, KIND), (4, DESCRIPTION)] {
        worksheet.write_string_with_format(row, column, label.get(language), &head)?;
    }
    for sheet in sheets {
        for column in sheet.schema().columns {
            row += 1;
            let kind = match column.kind {
                ColumnKind::Text => TEXT,
                ColumnKind::Integer => INTEGER,
                ColumnKind::Number => NUMBER,
                ColumnKind::Truth => TRUTH,
                ColumnKind::Date => DATE,
            };
            let cells = [sheet.name.as_str(), column.titles.get(language), column.name, kind.get(language)];
            for (at, words) in (0_u16..).zip(cells.into_iter().chain([column.description])) {
                worksheet.write_string_with_format(row, at, words, &text)?;
            }
        }
    }
    Ok(worksheet)
}
