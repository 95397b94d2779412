//! The sheets that patra itself makes.

/// The columns that tell the rows of patra's sheets apart, or name what a row is about.
const KEYS: [&str; 19] = [
    "section_id",
    "block_id",
    "id",
    "definition_id",
    "list_id",
    "term_id",
    "cell_id",
    "question_id",
    "choice_id",
    "cloze_id",
    "gap_id",
    "mark_id",
    "practice_id",
    "answer_id",
    "card_id",
    "item_id",
    "word_id",
    "change_id",
    "diagnostic_id",
];

/// Whether a first row is that of a sheet of patra's: the material's id, the language, and an id that `patra merge` goes by. In
/// workbooks the columns have their titles, which begin alike in every sheet.
pub(super) fn is_own(header: &[String]) -> bool {
    let cell = |at: usize| header.get(at).map_or("", |cell| cell.trim());
    let named = |names: [&str; 3], at: usize| names.iter().any(|name| name.eq_ignore_ascii_case(cell(at)));
    let begins =
        named(["material_id", "Material id", "सामग्री की पहचान"], 0) && named(["language", "Language", "भाषा"], 1);
    let keyed = header.iter().any(|cell| KEYS.contains(&cell.as_str())) || cell(0) != "material_id";
    let title = header.iter().any(|cell| cell == "title");
    begins && (keyed || title)
        // The hidden sheet by which a workbook tells changes.
        || [cell(0), cell(1), cell(2)] == ["sheet", "row", "digest"]
}
