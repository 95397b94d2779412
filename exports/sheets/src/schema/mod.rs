//! The schema of the sheets: the one place that says what they hold.

mod analysis;
mod columns;
mod listing;

use patra_core::Language;

/// A sheet, by its name. Sheets come in the order of the variants, each after those it refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum SheetName {
    /// The material itself, in one row.
    Materials,
    /// Headings, with the heading above each.
    Sections,
    /// Everything in reading order: blocks, items of lists, what stands in them.
    Blocks,
    /// Every id of the material, of whatever kind it is. What [`SheetName::Practice`] asks about is found here.
    Ids,
    /// Terms defined one at a time.
    Definitions,
    /// Lists of terms of one kind.
    TermLists,
    /// The terms of those lists.
    Terms,
    /// Comparisons, a row for each cell.
    Comparisons,
    /// Other tables, a row for each cell.
    Tables,
    /// Questions of the author's.
    Questions,
    /// The answers that such a question offers.
    Choices,
    /// Sentences with gaps.
    Clozes,
    /// The gaps of those sentences.
    Gaps,
    /// Strong words, links, formulas and other marks inside the texts of the other sheets.
    Marks,
    /// What a learner is asked.
    Practice,
    /// The parts of the answers to that.
    Answers,
    /// The cards of the deck.
    Cards,
    /// How often each thing that can be asked is asked.
    Coverage,
    /// How long each section is, and how hard to read.
    Reading,
    /// The words of the material by how often they occur.
    Vocabulary,
    /// What changed since the last build.
    Changes,
    /// What is wrong with the source, and which cells a spreadsheet would alter.
    Diagnostics,
}

/// What a sheet holds and how it hangs together with the others.
///
/// Every sheet begins with the columns `material_id` and `language`, so that sheets of several editions can be put
/// below each other; its key is those two and [`key`](Schema::key).
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Schema {
    /// Which sheet it is.
    pub name: SheetName,
    /// What the sheet is called by people.
    pub titles: Titles,
    /// What a row is, in English.
    pub description: &'static str,
    /// Its columns, in order.
    pub columns: &'static [Column],
    /// The column that tells the rows of one edition apart.
    pub key: &'static str,
    /// The columns that hold keys of other sheets.
    pub references: &'static [Reference],
}

/// A column of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Column {
    /// Its name: lower-case ASCII letters and `_`, the same in every language and version.
    pub name: &'static str,
    /// The type of its cells.
    pub kind: ColumnKind,
    /// Whether every row has a cell in it.
    pub required: bool,
    /// What it is called by people.
    pub titles: Titles,
    /// What its cells hold, in English: units, where counting begins, when a cell is missing.
    pub description: &'static str,
}

/// The type of the cells of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ColumnKind {
    /// Words. Never empty: where there are none the cell is missing.
    Text,
    /// A whole number.
    Integer,
    /// A number with one decimal at most.
    Number,
    /// `true` or `false`.
    Truth,
    /// A day, `YYYY-MM-DD`.
    Date,
}

/// A name in the languages that sheets are labelled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Titles {
    /// In English.
    pub en: &'static str,
    /// In Hindi.
    pub hi: &'static str,
}

/// A column that holds keys of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reference {
    /// The column.
    pub column: &'static str,
    /// The sheet whose key it holds.
    pub sheet: SheetName,
}

impl SheetName {
    /// Every sheet, in order.
    pub const ALL: &[SheetName] = &[
        SheetName::Materials,
        SheetName::Sections,
        SheetName::Blocks,
        SheetName::Ids,
        SheetName::Definitions,
        SheetName::TermLists,
        SheetName::Terms,
        SheetName::Comparisons,
        SheetName::Tables,
        SheetName::Questions,
        SheetName::Choices,
        SheetName::Clozes,
        SheetName::Gaps,
        SheetName::Marks,
        SheetName::Practice,
        SheetName::Answers,
        SheetName::Cards,
        SheetName::Coverage,
        SheetName::Reading,
        SheetName::Vocabulary,
        SheetName::Changes,
        SheetName::Diagnostics,
    ];

    /// The name as it stands in files: `term_lists`, so that the file is `term_lists.csv`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            SheetName::Materials => "materials",
            SheetName::Sections => "sections",
            SheetName::Blocks => "blocks",
            SheetName::Ids => "ids",
            SheetName::Definitions => "definitions",
            SheetName::TermLists => "term_lists",
            SheetName::Terms => "terms",
            SheetName::Comparisons => "comparisons",
            SheetName::Tables => "tables",
            SheetName::Questions => "questions",
            SheetName::Choices => "choices",
            SheetName::Clozes => "clozes",
            SheetName::Gaps => "gaps",
            SheetName::Marks => "marks",
            SheetName::Practice => "practice",
            SheetName::Answers => "answers",
            SheetName::Cards => "cards",
            SheetName::Coverage => "coverage",
            SheetName::Reading => "reading",
            SheetName::Vocabulary => "vocabulary",
            SheetName::Changes => "changes",
            SheetName::Diagnostics => "diagnostics",
        }
    }

    /// The sheet of a name, which is that of its file: `term_lists`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        SheetName::ALL.iter().copied().find(|sheet| sheet.as_str() == name)
    }

    /// What the sheet holds.
    #[must_use]
    pub fn schema(self) -> &'static Schema {
        match self {
            SheetName::Materials => &listing::MATERIALS,
            SheetName::Sections => &listing::SECTIONS,
            SheetName::Blocks => &listing::BLOCKS,
            SheetName::Ids => &listing::IDS,
            SheetName::Definitions => &listing::DEFINITIONS,
            SheetName::TermLists => &listing::TERM_LISTS,
            SheetName::Terms => &listing::TERMS,
            SheetName::Comparisons => &listing::COMPARISONS,
            SheetName::Tables => &listing::TABLES,
            SheetName::Questions => &listing::QUESTIONS,
            SheetName::Choices => &listing::CHOICES,
            SheetName::Clozes => &listing::CLOZES,
            SheetName::Gaps => &listing::GAPS,
            SheetName::Marks => &listing::MARKS,
            SheetName::Practice => &listing::PRACTICE,
            SheetName::Answers => &listing::ANSWERS,
            SheetName::Cards => &analysis::CARDS,
            SheetName::Coverage => &analysis::COVERAGE,
            SheetName::Reading => &analysis::READING,
            SheetName::Vocabulary => &analysis::VOCABULARY,
            SheetName::Changes => &analysis::CHANGES,
            SheetName::Diagnostics => &analysis::DIAGNOSTICS,
        }
    }
}

impl Schema {
    /// Where a column stands, from 0.
    #[must_use]
    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.name == column)
    }

    /// The columns that together tell the rows of all editions apart.
    #[must_use]
    pub fn primary_key(&self) -> Vec<&'static str> {
        let mut key = vec!["material_id", "language"];
        if !key.contains(&self.key) {
            key.push(self.key);
        }
        key
    }
}

impl Titles {
    /// The title in the language, in English where there is none.
    #[must_use]
    pub fn get(&self, language: &Language) -> &'static str {
        if language.primary() == "hi" { self.hi } else { self.en }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_schema_hangs_together() {
        for (i, name) in SheetName::ALL.iter().enumerate() {
            let schema = name.schema();
            assert_eq!(schema.name, *name);
            let names: BTreeSet<_> = schema.columns.iter().map(|c| c.name).collect();
            let english: BTreeSet<_> = schema.columns.iter().map(|c| c.titles.en.to_lowercase()).collect();
            let hindi: BTreeSet<_> = schema.columns.iter().map(|c| c.titles.hi).collect();
            assert_eq!(names.len(), schema.columns.len(), "{name:?}: a name twice");
            assert_eq!(english.len(), schema.columns.len(), "{name:?}: an English title twice");
            assert_eq!(hindi.len(), schema.columns.len(), "{name:?}: a Hindi title twice");
            assert_eq!(["material_id", "language"], [schema.columns[0].name, schema.columns[1].name]);
            for column in schema.columns {
                assert!(column.name.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{}", column.name);
                assert!(!column.titles.hi.is_ascii() && !column.description.is_empty(), "{name:?} {}", column.name);
            }
            for key in schema.primary_key() {
                assert!(schema.columns.iter().any(|c| c.name == key && c.required), "{name:?} {key}");
            }
            for reference in schema.references {
                let column = schema.position(reference.column).expect("a reference is a column");
                assert_eq!(schema.columns[column].kind, ColumnKind::Text);
                let target = SheetName::ALL.iter().position(|n| *n == reference.sheet).expect("a sheet");
                assert!(target <= i || schema.columns[column].name == "item_id", "{name:?} refers ahead");
            }
        }
    }
}
