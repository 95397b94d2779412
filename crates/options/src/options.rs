//! The options as values.

use std::ffi::OsString;
use std::path::PathBuf;

use patra_anki::ApkgOptions;
use patra_pdf::{Paper, PdfOptions};
use patra_sheets::SheetsOptions;

use crate::assignment::Assignment;

/// How files are made.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// Formats to make; `None` for the default.
    pub formats: Option<Vec<Format>>,
    /// Which papers are printed, and how.
    pub papers: PaperOptions,
    /// How the deck is made.
    pub deck: DeckOptions,
    /// How sheets are written: without what they show of a material.
    pub sheets: SheetsOptions,
}

/// Which papers are printed, and how.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PaperOptions {
    /// Papers to make; `None` for all but the booklet.
    pub papers: Option<Vec<Paper>>,
    /// Whether another edition is set beside the material in `bilingual.pdf`.
    pub bilingual: bool,
    /// Name or file of the theme.
    pub theme: OsString,
    /// Files of fonts to take letters from before those that come with patra.
    pub fonts: Vec<PathBuf>,
    /// Margins in place of the theme's, in millimetres: above, beside and below the text.
    pub margins: Option<[f32; 3]>,
    /// All else that the exporter is asked for, without the theme, the fonts and the pictures, which are read from files.
    pub print: PdfOptions,
}

impl Default for PaperOptions {
    fn default() -> Self {
        PaperOptions {
            papers: None,
            bilingual: false,
            theme: "standard".into(),
            fonts: Vec::new(),
            margins: None,
            print: PdfOptions::default(),
        }
    }
}

impl PaperOptions {
    /// Whether a paper is wanted.
    #[must_use]
    pub fn wants(&self, paper: Paper) -> bool {
        // A booklet is the handout's words once more, and a test is for those who write one.
        self.papers.as_ref().map_or(!matches!(paper, Paper::Booklet | Paper::Test), |papers| papers.contains(&paper))
    }
}

/// How the deck is made.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct DeckOptions {
    /// Whether cards show their words in another edition of the material.
    pub translation: bool,
    /// All else that the exporter is asked for, without what is known of earlier builds and of the material's files.
    pub package: ApkgOptions,
}

/// A format to make a material in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Papers.
    Pdf,
    /// The deck.
    Anki,
    /// Sheets in CSV, and the workbook.
    Sheets,
    /// Sheets in columns.
    #[cfg(feature = "parquet")]
    Parquet,
    /// Quizzes for learning systems.
    Quiz,
}

impl Options {
    /// Formats to make: without a choice, those that a person needs to learn and to teach.
    #[must_use]
    pub fn formats(&self) -> &[Format] {
        self.formats.as_deref().unwrap_or(&[Format::Pdf, Format::Anki, Format::Sheets])
    }

    /// The options that layers of assignments give. On each option that a layer names, it has the last word over those before it;
    /// a switch is on where any layer turns it on.
    #[must_use]
    pub fn of(layers: &[&[Assignment]]) -> Self {
        let mut options = Options::default();
        for (at, layer) in layers.iter().enumerate() {
            let above = layers[at + 1..].iter().copied().flatten();
            for given in *layer {
                if !above.clone().any(|other| other.is_of(given.option)) {
                    given.apply(&mut options);
                }
            }
        }
        options
    }
}

#[cfg(test)]
mod tests {
    use patra_core::Span;

    use super::*;
    use crate::declaration::OptionSpec;
    use crate::value::Value;

    fn layer(given: &[(&str, &str)]) -> Vec<Assignment> {
        let assignment = |&(name, words): &(&str, &str)| {
            let option = OptionSpec::named(name).expect("an option");
            Assignment::new(option, option.parse(words).expect("a value"), Span::NONE)
        };
        given.iter().map(assignment).collect()
    }

    #[test]
    fn the_last_layer_has_the_last_word_on_what_it_names() {
        let file =
            layer(&[("sheet", "legal"), ("font", "a.ttf"), ("font", "ख.ttf"), ("typed", "true"), ("margins", "30")]);
        let call = layer(&[("sheet", "a4"), ("font", "own.otf"), ("only", "quiz"), ("only", "pdf")]);
        let options = Options::of(&[&file, &call]);
        assert_eq!(options.papers.print.sheet, patra_pdf::Sheet::A4);
        assert_eq!(options.papers.fonts, ["own.otf"].map(PathBuf::from));
        assert_eq!(options.formats(), [Format::Quiz, Format::Pdf]);
        assert!(options.deck.package.typed && options.papers.margins == Some([30.0; 3]));
        assert_eq!(Options::of(&[&file]).papers.fonts.len(), 2);
    }

    #[test]
    fn none_of_several_names_is_another_thing_than_the_default() {
        let only = OptionSpec::named("only").expect("an option");
        let none = Options::of(&[&[Assignment::new(only, Value::None, Span::NONE)]]);
        assert!(none.formats().is_empty());
        assert_eq!(Options::default().formats(), [Format::Pdf, Format::Anki, Format::Sheets]);
        let papers = PaperOptions { papers: Some(vec![]), ..PaperOptions::default() };
        assert!(!papers.wants(Paper::Handout) && PaperOptions::default().wants(Paper::Handout));
        assert!(!PaperOptions::default().wants(Paper::Booklet));
    }
}
