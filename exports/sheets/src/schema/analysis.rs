//! The sheets that tell of the others: the deck's cards, counts, and what was found wrong.

use super::columns::{LANGUAGE, MATERIAL, PAGE, POSITION, SECTION, integer, number, text};
use super::listing::{TO_SECTION, titles, to};
use super::{Column, Schema, SheetName};

/// The section, in a sheet some rows of which stand in none.
const SECTION_OR_NONE: Column = text(
    "section_id",
    (SECTION.titles.en, SECTION.titles.hi),
    "The section it stands in; missing where the material no longer asks it.",
);

pub(super) const CARDS: Schema = Schema {
    name: SheetName::Cards,
    titles: titles("Cards", "कार्ड"),
    description: "A card of the deck for Anki, as a build with the same options makes it.",
    columns: &[
        MATERIAL,
        LANGUAGE,
        text(
            "card_id",
            ("Card id", "कार्ड की पहचान"),
            "What its note is for, the note type and the card's number, from 1.",
        )
        .required(),
        text(
            "practice_id",
            ("Practice id", "अभ्यास की पहचान"),
            "What it asks, in `practice`; missing where the material no longer asks it.",
        ),
        SECTION_OR_NONE,
        POSITION,
        text(
            "note_type",
            ("Note type", "नोट का प्रकार"),
            "basic, reversed, typed, gap, choice, comparison or occlusion.",
        )
        .required(),
        text("guid", ("GUID", "जीयूआईडी"), "What Anki knows the note by, after `guid:`. Cards of one note share it.")
            .required(),
        integer("ordinal", ("Card number", "कार्ड का क्रमांक"), "Which card of its note it is, from 0, as Anki counts.")
            .required(),
        text("deck", ("Deck", "डेक"), "The deck that it is handed out in, `::` between levels."),
        PAGE.described("The page of the handout on which what is asked about begins."),
    ],
    key: "card_id",
    references: &[TO_SECTION, to("practice_id", SheetName::Practice)],
};

pub(super) const COVERAGE: Schema = Schema {
    name: SheetName::Coverage,
    titles: titles("Coverage", "क्या-क्या पूछा गया"),
    description: "Something that can be asked, with how often it is; what is never asked is there with 0.",
    columns: &[
        MATERIAL,
        LANGUAGE,
        text("item_id", ("Item id", "वस्तु की पहचान"), "The id of the thing, in `ids`.").required(),
        SECTION,
        POSITION,
        text("kind", ("Kind", "प्रकार"), "definition, terms, term, aspect, cell, question, cloze or region.").required(),
        text("label", ("Label", "नाम"), "What it is called: term, aspect, question, sentence."),
        integer("asked", ("Asked", "कितनी बार पूछा"), "How many rows `practice` has about it.").required(),
        integer(
            "asked_within",
            ("Asked with others", "दूसरों के साथ पूछा"),
            "How many rows `practice` has about what it is part of: its list, or its row of a comparison.",
        )
        .required(),
        text("asked_as", ("Asked as", "किस रूप में"), "The kinds of those rows of `practice` about it, parted by `; `."),
        integer(
            "cards",
            ("Cards", "कार्ड"),
            "How many cards of the deck are about it; missing where no deck was told of.",
        ),
        PAGE,
    ],
    key: "item_id",
    references: &[TO_SECTION, to("item_id", SheetName::Ids)],
};

pub(super) const READING: Schema = Schema {
    name: SheetName::Reading,
    titles: titles("Length and reading", "लंबाई और पठन"),
    description: "A section with its length and what makes it hard to read. Words of code and formulas are not counted.",
    columns: &[
        MATERIAL,
        LANGUAGE,
        SECTION.described("The section."),
        POSITION,
        text("heading", ("Heading", "शीर्षक"), "Its heading, which is counted too."),
        integer("words", ("Words", "शब्द"), "How many words it has without its subsections (UAX #29, those with a letter or digit).")
            .required(),
        integer("words_in_all", ("Words in all", "कुल शब्द"), "How many words it has with its subsections.").required(),
        integer("distinct_words", ("Different words", "अलग-अलग शब्द"), "How many different words it has, as `vocabulary` tells them apart.")
            .required(),
        integer("sentences", ("Sentences", "वाक्य"), "How many sentences (UAX #29); each text ends one: heading, cell, entry.")
            .required(),
        integer(
            "letters",
            ("Letters", "अक्षर"),
            "The letters of its words, as a person counts them: extended grapheme clusters (UAX #29), so that क्ष is one.",
        )
        .required(),
        number("words_per_sentence", ("Words a sentence", "प्रति वाक्य शब्द"), "Words by sentences; missing where there are none."),
        number("letters_per_word", ("Letters a word", "प्रति शब्द अक्षर"), "Letters by words; missing where there are none."),
        integer("longest_sentence", ("Longest sentence", "सबसे लंबा वाक्य"), "The words of its longest sentence.").required(),
        integer("terms", ("New terms", "नए शब्द"), "How many terms it introduces: definitions and terms of lists.").required(),
        integer("asked", ("Asked", "कितनी बार पूछा"), "How many rows `practice` has of it.").required(),
        PAGE,
    ],
    key: "section_id",
    references: &[TO_SECTION],
};

pub(super) const VOCABULARY: Schema = Schema {
    name: SheetName::Vocabulary,
    titles: titles("Vocabulary", "शब्दावली"),
    description: "A word of the material, in NFC and lower case, by how often it occurs. Every word with a letter is there: the \
                  commonest, such as का or the, are not left out; only what is longer than 100 code points is. Inflected forms are words of their own.",
    columns: &[
        MATERIAL,
        LANGUAGE,
        text(
            "word_id",
            ("Word id", "शब्द की पहचान"),
            "The word after `word:`, which no spreadsheet takes for anything else.",
        )
        .required(),
        SECTION.described("The section in which it first occurs."),
        POSITION.described(
            "The rank: the commonest word has 1; words that are as common stand in the order of their code points.",
        ),
        text("word", ("Word", "शब्द"), "The word.").required(),
        integer("count", ("Count", "कितनी बार"), "How often it occurs.").required(),
        integer("sections", ("Sections", "खंड"), "In how many sections it occurs.").required(),
        PAGE.described(
            "The page of the handout on which what it first occurs in begins, or else that thing's section.",
        ),
    ],
    key: "word_id",
    references: &[TO_SECTION],
};

pub(super) const CHANGES: Schema = Schema {
    name: SheetName::Changes,
    titles: titles("Changes", "बदलाव"),
    description: "A note of the deck that is not what it was in the last build of the deck, as patra.lock tells; no rows where \
                  there is no lock yet.",
    columns: &[
        MATERIAL,
        LANGUAGE,
        text("change_id", ("Change id", "बदलाव की पहचान"), "What the note is for, and the note type.").required(),
        text(
            "practice_id",
            ("Practice id", "अभ्यास की पहचान"),
            "What it asks, in `practice`, of several the first; missing where it is retired.",
        ),
        SECTION_OR_NONE,
        POSITION,
        text("change", ("Change", "क्या हुआ"), "new, updated or retired.").required(),
        text("note_type", ("Note type", "नोट का प्रकार"), "The note type, as in `cards`.").required(),
        text("question", ("Question", "प्रश्न"), "What it asks, shortened."),
        PAGE.described("The page of the handout on which what is asked about begins."),
    ],
    key: "change_id",
    references: &[TO_SECTION, to("practice_id", SheetName::Practice)],
};

pub(super) const DIAGNOSTICS: Schema = Schema {
    name: SheetName::Diagnostics,
    titles: titles("Problems", "समस्याएँ"),
    description: "A problem of the source, or a cell of these sheets that a spreadsheet would alter.",
    columns: &[
        MATERIAL,
        LANGUAGE,
        text("diagnostic_id", ("Problem id", "समस्या की पहचान"), "Its code and its number among all problems.")
            .required(),
        POSITION,
        text("code", ("Code", "कोड"), "What kind of problem it is; codes never change their meaning.").required(),
        text("severity", ("Severity", "गंभीरता"), "warning or error.").required(),
        text("file", ("File", "फ़ाइल"), "The name of the source; missing where the problem is in no source."),
        integer("line", ("Line", "पंक्ति"), "The line of the source, from 1; missing where the problem has no place."),
        integer(
            "column",
            ("Column", "स्तंभ"),
            "The column, from 1, in letters as a person counts them (extended grapheme clusters).",
        ),
        text("message", ("Message", "संदेश"), "What is wrong, in English.").required(),
        text("hint", ("Hint", "सुझाव"), "What to do about it."),
    ],
    key: "diagnostic_id",
    references: &[to("material_id", SheetName::Materials)],
};
