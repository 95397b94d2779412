//! The sheets, one by one.

use super::columns::{BLOCK, LANGUAGE, MATERIAL, ORDINAL, PAGE, POSITION, SECTION, date, integer, text, truth};
use super::{Reference, Schema, SheetName, Titles};

pub(super) const fn titles(en: &'static str, hi: &'static str) -> Titles {
    Titles { en, hi }
}

pub(super) const fn to(column: &'static str, sheet: SheetName) -> Reference {
    Reference { column, sheet }
}

pub(super) const TO_SECTION: Reference = to("section_id", SheetName::Sections);
const TO_BLOCK: Reference = to("block_id", SheetName::Blocks);

pub(super) const MATERIALS: Schema = Schema {
    name: SheetName::Materials,
    titles: titles("Material", "सामग्री"),
    description: "The edition itself, in one row.",
    columns: &[
        MATERIAL,
        LANGUAGE,
        text("title", ("Title", "शीर्षक"), "The title."),
        text("subject", ("Subject", "विषय"), "The subject it belongs to."),
        text("authors", ("Authors", "लेखक"), "Who wrote it; several are parted by `; `."),
        text("licence", ("Licence", "लाइसेंस"), "Under what terms it may be used, as the author wrote it."),
        text("source", ("Source", "स्रोत"), "Where it comes from."),
        date("updated", ("Updated", "अद्यतन तिथि"), "The day its content last changed."),
        text("tags", ("Tags", "टैग"), "Words to find it by; several are parted by `; `."),
    ],
    key: "material_id",
    references: &[],
};

pub(super) const SECTIONS: Schema = Schema {
    name: SheetName::Sections,
    titles: titles("Sections", "खंड"),
    description: "A section, in reading order.",
    columns: &[
        MATERIAL,
        LANGUAGE,
        SECTION.described("The id of the section."),
        text(
            "parent_section_id",
            ("Parent section id", "मूल खंड की पहचान"),
            "The section it belongs to; missing at the top.",
        ),
        POSITION,
        ORDINAL,
        integer("level", ("Level", "स्तर"), "How deep it stands: 1 at the top.").required(),
        text("heading", ("Heading", "शीर्षक"), "The heading; missing where text comes before the first heading."),
        PAGE,
    ],
    key: "section_id",
    references: &[to("material_id", SheetName::Materials), to("parent_section_id", SheetName::Sections)],
};

pub(super) const BLOCKS: Schema = Schema {
    name: SheetName::Blocks,
    titles: titles("Contents", "पाठ"),
    description: "A block, or an item of a list, in reading order, each before what stands in it.",
    columns: &[
        MATERIAL,
        LANGUAGE,
        BLOCK.described(
            "The id of the block, of the section's id and the places of blocks; it changes when a block is put before it.",
        ),
        SECTION,
        text(
            "parent_block_id",
            ("Parent block id", "मूल अंश की पहचान"),
            "The block it stands in; missing where it stands in the section itself.",
        ),
        POSITION,
        ORDINAL,
        integer("level", ("Level", "स्तर"), "How deep it stands: 1 in the section itself.").required(),
        text(
            "kind",
            ("Kind", "प्रकार"),
            "definition, terms, term, comparison, table, list, list_item, paragraph, verse, note, quote, code, math, figure, question or cloze.",
        )
        .required(),
        text("item_id", ("Item id", "वस्तु की पहचान"), "The id in `ids`, for the kinds that have one."),
        text(
            "text",
            ("Text", "पाठ"),
            "The words of a paragraph, verse, list item, code, formula (LaTeX) or caption; of a list that its author marks otherwise than `1.`, its first markers. Other kinds have sheets of their own.",
        ),
        text("alt", ("Alternative text", "चित्र का वर्णन"), "What a figure shows, for those who can't see it."),
        text("source", ("File", "फ़ाइल"), "The file of a figure, as the author wrote it."),
        text("note_kind", ("Kind of note", "टिप्पणी का प्रकार"), "note, tip, important, warning or caution."),
        text("code_language", ("Code language", "कोड की भाषा"), "The programming language of code, where it is named."),
        integer("list_start", ("List start", "सूची की पहली संख्या"), "The number of the first item, where a list is numbered."),
        PAGE,
    ],
    key: "block_id",
    references: &[TO_SECTION, to("parent_block_id", SheetName::Blocks), to("item_id", SheetName::Ids)],
};

pub(super) const IDS: Schema = Schema {
    name: SheetName::Ids,
    titles: titles("Ids", "पहचान-सूची"),
    description: "An id of the material and what it names.",
    columns: &[
        MATERIAL,
        LANGUAGE,
        text("id", ("Id", "पहचान"), "The id, unique among all kinds.").required(),
        SECTION.described("The section it stands in; for a section, its own id."),
        text("block_id", BLOCK_TITLES, "The block it stands in; missing for a section."),
        POSITION,
        text(
            "kind",
            ("Kind", "प्रकार"),
            "section, definition, terms, term, comparison, subject, aspect, cell, question or cloze.",
        )
        .required(),
        text("label", ("Label", "नाम"), "What it is called: heading, term, question, sentence."),
        text("code", ("Short code", "लघु कोड"), "The short code that stands for the id on worksheets and cards.")
            .required(),
        PAGE,
    ],
    key: "id",
    references: &[TO_SECTION, TO_BLOCK],
};

const BLOCK_TITLES: (&str, &str) = (BLOCK.titles.en, BLOCK.titles.hi);

pub(super) const DEFINITIONS: Schema = Schema {
    name: SheetName::Definitions,
    titles: titles("Definitions", "परिभाषाएँ"),
    description: "A term defined by itself.",
    columns: &[
        MATERIAL,
        LANGUAGE,
        text("definition_id", ("Definition id", "परिभाषा की पहचान"), "The id of the definition.").required(),
        SECTION,
        BLOCK,
        POSITION,
        text("term", ("Term", "शब्द"), "The term defined."),
        text("full_form", ("Full form", "पूरा नाम"), "What the term stands for, where it is an abbreviation."),
        text("meaning", ("Meaning", "अर्थ"), "What it means; what else is said of it stands in `blocks`."),
        PAGE,
    ],
    key: "definition_id",
    references: &[TO_SECTION, TO_BLOCK, to("definition_id", SheetName::Ids)],
};

pub(super) const TERM_LISTS: Schema = Schema {
    name: SheetName::TermLists,
    titles: titles("Lists of terms", "शब्द-सूचियाँ"),
    description: "A list of terms of one kind.",
    columns: &[
        MATERIAL,
        LANGUAGE,
        text("list_id", ("List id", "सूची की पहचान"), "The id of the list.").required(),
        SECTION,
        BLOCK,
        POSITION,
        text("kind", ("Kind", "प्रकार"), "The kind of thing listed; missing where the section's heading serves."),
        truth("ordered", ("Ordered", "क्रमबद्ध"), "Whether the order matters."),
        integer("size", ("Size", "संख्या"), "How many terms it has.").required(),
        PAGE,
    ],
    key: "list_id",
    references: &[TO_SECTION, TO_BLOCK, to("list_id", SheetName::Ids)],
};

pub(super) const TERMS: Schema = Schema {
    name: SheetName::Terms,
    titles: titles("Terms", "शब्द"),
    description: "A term of a list, with its description.",
    columns: &[
        MATERIAL,
        LANGUAGE,
        text("term_id", ("Term id", "शब्द की पहचान"), "The id of the term.").required(),
        text("list_id", ("List id", "सूची की पहचान"), "The list it belongs to.").required(),
        SECTION,
        BLOCK,
        POSITION,
        ORDINAL.described("The place in its list, from 1."),
        text("kind", ("Kind", "प्रकार"), "The kind of thing listed, as in `term_lists`."),
        text("term", ("Term", "शब्द"), "The term."),
        text("description", ("Description", "विवरण"), "What is said of it; anything further stands in `blocks`."),
        PAGE,
    ],
    key: "term_id",
    references: &[TO_SECTION, TO_BLOCK, to("list_id", SheetName::TermLists), to("term_id", SheetName::Ids)],
};

pub(super) const COMPARISONS: Schema = Schema {
    name: SheetName::Comparisons,
    titles: titles("Comparisons", "तुलनाएँ"),
    description: "A cell of a comparison: what holds of one subject in one aspect.",
    columns: &[
        MATERIAL,
        LANGUAGE,
        text("cell_id", ("Cell id", "खाने की पहचान"), "The id of the cell: comparison, aspect and subject.").required(),
        text("comparison_id", ("Comparison id", "तुलना की पहचान"), "The id of the comparison.").required(),
        SECTION,
        BLOCK,
        POSITION,
        text("corner", ("Corner", "कोने का शीर्षक"), "What the column of aspects is headed, if anything."),
        text("aspect_id", ("Aspect id", "पहलू की पहचान"), "The id of the aspect: comparison and aspect.").required(),
        integer("aspect_ordinal", ("Aspect number", "पहलू का क्रमांक"), "The place of the aspect, from 1.").required(),
        text("aspect", ("Aspect", "पहलू"), "In what respect."),
        text("subject_id", ("Subject id", "विषय-वस्तु की पहचान"), "The id of the subject: comparison and subject.")
            .required(),
        integer("subject_ordinal", ("Subject number", "विषय-वस्तु का क्रमांक"), "The place of the subject, from 1.")
            .required(),
        text("subject", ("Subject", "विषय-वस्तु"), "What is compared."),
        text("text", ("Text", "पाठ"), "What holds of the subject in this aspect."),
        PAGE,
    ],
    key: "cell_id",
    references: &[
        TO_SECTION,
        TO_BLOCK,
        to("cell_id", SheetName::Ids),
        to("comparison_id", SheetName::Ids),
        to("aspect_id", SheetName::Ids),
        to("subject_id", SheetName::Ids),
    ],
};

pub(super) const TABLES: Schema = Schema {
    name: SheetName::Tables,
    titles: titles("Tables", "तालिकाएँ"),
    description: "A cell of a table that compares nothing.",
    columns: &[
        MATERIAL,
        LANGUAGE,
        text(
            "cell_id",
            ("Cell id", "खाने की पहचान"),
            "The block's id, row and column; it changes when rows or columns move.",
        )
        .required(),
        SECTION,
        BLOCK,
        POSITION,
        integer("row_ordinal", ("Row", "पंक्ति"), "The row, from 1; the row of headings is 0.").required(),
        integer("column_ordinal", ("Column", "स्तंभ"), "The column, from 1.").required(),
        text("heading", ("Column heading", "स्तंभ का शीर्षक"), "The heading of the column."),
        text("alignment", ("Alignment", "संरेखण"), "Where the column's cells stand: start, centre or end.").required(),
        text("text", ("Text", "पाठ"), "The words of the cell."),
    ],
    key: "cell_id",
    references: &[TO_SECTION, TO_BLOCK],
};

pub(super) const QUESTIONS: Schema = Schema {
    name: SheetName::Questions,
    titles: titles("Questions", "प्रश्न"),
    description: "A question of the author's.",
    columns: &[
        MATERIAL,
        LANGUAGE,
        text("question_id", ("Question id", "प्रश्न की पहचान"), "The id of the question.").required(),
        SECTION,
        BLOCK,
        POSITION,
        text("kind", ("Kind", "प्रकार"), "open, or choice where answers are offered.").required(),
        text("prompt", ("Question", "प्रश्न"), "What is asked."),
        text("answer", ("Answer", "उत्तर"), "The answer; with choices, why the right ones are right."),
        text("hint", ("Hint", "संकेत"), "What helps a learner who is stuck."),
        PAGE,
    ],
    key: "question_id",
    references: &[TO_SECTION, TO_BLOCK, to("question_id", SheetName::Ids)],
};

pub(super) const CHOICES: Schema = Schema {
    name: SheetName::Choices,
    titles: titles("Choices", "विकल्प"),
    description: "An answer that a question offers.",
    columns: &[
        MATERIAL,
        LANGUAGE,
        text("choice_id", ("Choice id", "विकल्प की पहचान"), "The question's id and the place of the choice.").required(),
        text("question_id", ("Question id", "प्रश्न की पहचान"), "The question.").required(),
        SECTION,
        BLOCK,
        POSITION,
        ORDINAL.described("The place among the choices as the author wrote them, from 1."),
        text("text", ("Choice", "विकल्प"), "What it says."),
        truth("correct", ("Correct", "सही"), "Whether it is right."),
        PAGE.described("The page of the handout on which its question begins."),
    ],
    key: "choice_id",
    references: &[TO_SECTION, TO_BLOCK, to("question_id", SheetName::Questions)],
};

pub(super) const CLOZES: Schema = Schema {
    name: SheetName::Clozes,
    titles: titles("Sentences with gaps", "रिक्त स्थान वाले वाक्य"),
    description: "A sentence with gaps.",
    columns: &[
        MATERIAL,
        LANGUAGE,
        text("cloze_id", ("Sentence id", "वाक्य की पहचान"), "The id of the sentence.").required(),
        SECTION,
        BLOCK,
        POSITION,
        text("text", ("Sentence", "वाक्य"), "The whole sentence, its gaps filled."),
        text(
            "blanked",
            ("With gaps", "रिक्त स्थानों के साथ"),
            "The sentence with every gap as `[…]`, or its hint in place of the dots.",
        ),
        integer("gap_count", ("Gaps", "रिक्त स्थान"), "How many gaps it has.").required(),
        PAGE,
    ],
    key: "cloze_id",
    references: &[TO_SECTION, TO_BLOCK, to("cloze_id", SheetName::Ids)],
};

pub(super) const GAPS: Schema = Schema {
    name: SheetName::Gaps,
    titles: titles("Gaps", "रिक्त स्थान"),
    description: "A gap of a sentence.",
    columns: &[
        MATERIAL,
        LANGUAGE,
        text("gap_id", ("Gap id", "रिक्त स्थान की पहचान"), "The sentence's id and the place of the gap.").required(),
        text("cloze_id", ("Sentence id", "वाक्य की पहचान"), "The sentence.").required(),
        SECTION,
        BLOCK,
        POSITION,
        ORDINAL.described("The place in the sentence, from 1."),
        integer("number", ("Gap number", "रिक्त स्थान की संख्या"), "Gaps with one number are hidden together; from 1.")
            .required(),
        text("text", ("Hidden words", "छिपे शब्द"), "The words hidden."),
        text("hint", ("Hint", "संकेत"), "What is shown in the gap."),
        PAGE.described("The page of the handout on which its sentence begins."),
    ],
    key: "gap_id",
    references: &[TO_SECTION, TO_BLOCK, to("cloze_id", SheetName::Clozes)],
};

pub(super) const MARKS: Schema = Schema {
    name: SheetName::Marks,
    titles: titles("Marks", "चिह्नित अंश"),
    description: "A stretch of a text that is strong, emphasised, raised, lowered, struck out, code, a link, a formula, a gap or in another language.",
    columns: &[
        MATERIAL,
        LANGUAGE,
        text("mark_id", ("Mark id", "चिह्न की पहचान"), "The sheet, row, column and place of the mark.").required(),
        text(
            "section_id",
            (SECTION.titles.en, SECTION.titles.hi),
            "The section it stands in; missing in the material's own fields.",
        ),
        POSITION,
        text("sheet", ("Sheet", "पत्रक"), "The sheet whose cell holds the text.").required(),
        text("row_id", ("Row id", "पंक्ति की पहचान"), "The key of the row in that sheet.").required(),
        text("field", ("Field", "स्तंभ का नाम"), "The name of the column in that sheet.").required(),
        ORDINAL.described("The place among the marks of that cell, from 1; a mark comes before those inside it."),
        text(
            "kind",
            ("Kind", "प्रकार"),
            "strong, emphasis, superscript, subscript, strikeout, code, link, math, gap or language.",
        )
        .required(),
        integer("start", ("Start", "आरंभ"), "Where it begins in the cell's text, in Unicode code points from 0.")
            .required(),
        integer("length", ("Length", "लंबाई"), "How long it is, in Unicode code points.").required(),
        text("text", ("Text", "पाठ"), "Its words."),
        text("target", ("Target", "लक्ष्य"), "Where a link leads: a URL, or `#` and an id."),
        text(
            "mark_language",
            ("Language of the words", "शब्दों की भाषा"),
            "The language of words that are in another one.",
        ),
        integer("gap_number", ("Gap number", "रिक्त स्थान की संख्या"), "The number of a gap, where the author wrote one."),
        text("hint", ("Hint", "संकेत"), "What is shown in a gap."),
    ],
    key: "mark_id",
    references: &[TO_SECTION],
};

pub(super) const PRACTICE: Schema = Schema {
    name: SheetName::Practice,
    titles: titles("Practice", "अभ्यास"),
    description: "One thing that a learner is asked; a card of the deck has the same id.",
    columns: &[
        MATERIAL,
        LANGUAGE,
        text("practice_id", ("Practice id", "अभ्यास की पहचान"), "What it is about, then its kind.").required(),
        text("about_id", ("About", "किसके बारे में"), "The id, in `ids`, of what is asked about.").required(),
        SECTION,
        BLOCK.described("The block of what is asked about; what stands in it belongs to the answer."),
        POSITION,
        text(
            "kind",
            ("Kind", "प्रकार"),
            "meaning, term, full-form, abbreviation, pick, all, member or next (of a list), cell, row, which or true-false (of a comparison), gap, question or choice.",
        )
        .required(),
        text("context", ("Headings", "शीर्षक-क्रम"), "The headings it stands under, parted by ` › `."),
        text(
            "prompt",
            ("Question", "प्रश्न"),
            "The question; for a gap the sentence with it as `[…]`, or its hint in place of the dots.",
        ),
        text("answer", ("Answer", "उत्तर"), "The answer, a line for each of its parts; the parts stand in `answers`."),
        text("explanation", ("Explanation", "व्याख्या"), "With choices, why the right ones are right."),
        text("hint", ("Hint", "संकेत"), "What helps a learner who is stuck."),
        integer("answer_count", ("Parts of the answer", "उत्तर के भाग"), "How many rows `answers` has for it.")
            .required(),
        text("code", ("Short code", "लघु कोड"), "The short code that stands for the practice id on worksheets and cards.")
            .required(),
        PAGE.described("The page of the handout on which what is asked about begins."),
    ],
    key: "practice_id",
    references: &[TO_SECTION, TO_BLOCK, to("about_id", SheetName::Ids)],
};

pub(super) const ANSWERS: Schema = Schema {
    name: SheetName::Answers,
    titles: titles("Answers", "उत्तर"),
    description: "A part of an answer: a term of a list, a cell of a row, a gap, a choice offered; else the whole answer.",
    columns: &[
        MATERIAL,
        LANGUAGE,
        text("answer_id", ("Answer id", "उत्तर की पहचान"), "The practice's id and the place of the part.").required(),
        text("practice_id", ("Practice id", "अभ्यास की पहचान"), "What is answered.").required(),
        SECTION,
        POSITION,
        ORDINAL.described("The place in the answer, from 1; for choices the order to offer them in."),
        text("subject", ("Subject", "विषय-वस्तु"), "For a row of a comparison, the subject it holds of."),
        text("text", ("Answer", "उत्तर"), "Its words."),
        truth("correct", ("Correct", "सही"), "Whether it is right; only a choice offered may be wrong."),
        truth("ordered", ("Order matters", "क्रम ज़रूरी"), "Whether the place belongs to the answer."),
        PAGE.described("The page of the handout on which what is asked about begins."),
    ],
    key: "answer_id",
    references: &[TO_SECTION, to("practice_id", SheetName::Practice)],
};
