//! Problems with their place.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Material, Phrase, Span, phrase};

/// A problem in a material or its source: what, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its stable code.
    pub code: Code,
    /// Where, in the source the material was read from; [`Span::NONE`] where there is none.
    pub span: Span,
    /// What is wrong, in lower case, naming the offender.
    pub message: Phrase,
    /// What to do about it, where patra knows.
    pub hint: Option<Phrase>,
    /// What a part of the source was told to be, where that is what the problem says.
    pub guess: Option<Guess>,
}

/// What a reader told a part of a source to be, since the source doesn't say.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Guess {
    /// A line is a heading, for this reason, which is what follows `because` in the message.
    Heading(Phrase),
    /// Items, lines or rows are terms with their descriptions.
    Terms,
    /// Something is asked, and its answer given.
    Question,
    /// Something is asked, and it is not certain what its answer is.
    Unanswered,
    /// A table compares things.
    Comparison,
    /// A paragraph says what a term stands for.
    Definition,
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// Outputs are made; something was guessed or kept in a lesser form.
    Warning,
    /// No output is made.
    Error,
}

/// An output, and what could not be shown in it as the author meant it.
#[derive(Clone, Debug)]
#[must_use]
pub struct Warned<T> {
    /// The output.
    pub output: T,
    /// Problems that left the output usable.
    pub warnings: Vec<Diagnostic>,
}

/// What a reader made of a source.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Read {
    /// The material, its ids assigned; `None` only where nothing could be made of the source.
    pub material: Option<Material>,
    /// What the reader found wrong or had to guess, in the order of the source.
    pub diagnostics: Vec<Diagnostic>,
}

macro_rules! codes {
    ($($name:ident = $number:literal $severity:ident $doc:literal;)*) => {
        /// The code of a kind of problem. Codes are never reused and their meaning never changes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $doc] $name = $number,)*
        }

        impl std::str::FromStr for Code {
            type Err = CodeError;

            fn from_str(text: &str) -> Result<Self, CodeError> {
                Code::ALL.iter().copied().find(|code| code.to_string() == text).ok_or_else(|| CodeError(text.to_owned()))
            }
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &[Code] = &[$(Code::$name),*];

            /// How bad problems of this kind are.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity,)* }
            }

            /// What the code stands for, in a sentence.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$name => $doc,)* }
            }
        }
    };
}

codes! {
    // The file.
    NotUtf8 = 1 Error "The file is not UTF-8 text.";
    EmptySource = 2 Error "The file holds no material.";
    TooLarge = 3 Error "The source passes a limit of size or depth.";
    InvisibleRemoved = 4 Warning "A character that may not stand in a text (a NUL, a control character) was left out.";
    BytesReplaced = 5 Warning "Bytes that mean nothing in the file's encoding were replaced with a mark.";
    // The front matter and the stored form.
    FrontMatter = 10 Error "The front matter is not well-formed, or a field in it is of the wrong kind.";
    FrontMatterUnclosed = 11 Error "The front matter has no closing line.";
    Json = 12 Error "The stored form is not well-formed, or a field in it is unknown or of the wrong kind.";
    FormatVersion = 13 Error "The stored form has a version that this patra does not know.";
    MissingTitle = 14 Warning "The material has no title, so one was taken from its text or its file's name.";
    MissingLanguage = 15 Warning "The material does not name its language, so it was told by its script.";
    EnglishPhrases = 16 Warning "patra has no phrases in the material's language, so English ones stand in for them.";
    FrontMatterField = 17 Warning "The front matter has a field that patra does not know; it stays in the source and is not used.";
    // The source.
    Attribute = 20 Error "An attribute in braces is not well-formed or not known where it stands.";
    RaggedTable = 21 Error "A row of a table has more or fewer cells than its header.";
    KeptAsText = 22 Warning "The model has no place for this, so it was kept as plain text.";
    GapSyntax = 23 Error "A gap is not closed, is empty, or has a number out of range.";
    Guessed = 24 Warning "Something was told from its form, since the source does not say.";
    QuestionSyntax = 25 Error "A question has no answer, or an answer no question.";
    // The model.
    DuplicateId = 30 Error "Two things have one id.";
    EmptyTerm = 31 Error "A term is empty.";
    EmptyDescription = 32 Warning "A term has no description, so it can't be asked.";
    CellCount = 33 Error "A comparison or table has a row with the wrong number of cells.";
    EmptyCell = 34 Warning "A cell of a comparison is empty, so it can't be asked.";
    NoRightChoice = 35 Warning "A question has choices, and none is marked as right, so it has no card.";
    EmptyPrompt = 36 Error "A question has no words.";
    NoAnswer = 37 Warning "A question has neither an answer nor choices, so it is a task without a card.";
    NoGap = 38 Error "A sentence that should have gaps has none.";
    EmptyGap = 39 Error "A gap hides nothing.";
    GapNumber = 40 Error "The number of a gap is 0 or above 500, which is Anki's limit.";
    TooDeep = 41 Error "Blocks, sections or runs are nested too deep.";
    MissingAlt = 42 Warning "A figure has no alternative text.";
    FewSubjects = 43 Error "A comparison needs two subjects at least, and an aspect.";
    EmptyHeading = 44 Error "A section after the first has no heading.";
    DerivedIdClash = 45 Warning "Two things have one key, so their ids were told apart by their sections; written ids are safer.";
    SplitGrapheme = 46 Error "A gap begins or ends inside a letter.";
    MisplacedGap = 48 Warning "A gap stands where it can't be asked.";
    UnsafeLink = 49 Warning "A link or a formula leads to a script, a program or a file that no output may open, so it is shown without.";
    // What a learner is asked.
    LongAnswer = 50 Warning "An answer is longer than can be recalled at once.";
    LongList = 51 Warning "A list has more things than can be recalled at once.";
    ConfusableTerms = 52 Warning "Two terms are so alike that a learner will confuse them.";
    ConfusableMeanings = 53 Warning "Two meanings are so alike that a learner will confuse them.";
    AnswerInQuestion = 54 Warning "The answer stands in the question.";
    TwoAnswers = 55 Warning "One meaning belongs to two terms, so it can't be asked which term is meant.";
    WeakGap = 56 Warning "A gap hides a word that can't be told from the rest, or leaves nothing to go by.";
    Unexplained = 57 Warning "A term is used and never explained.";
    NeverAsked = 58 Warning "Something that can be learnt is never asked.";
    Message = 59 Error "A message of the material's own is unknown or not a Fluent pattern.";
    // The papers.
    MissingGlyph = 60 Error "No font at hand can draw a character.";
    MissingFigure = 61 Warning "A figure's picture could not be shown, so its alternative text stands in its place.";
    TooWide = 62 Warning "A table has more columns than fit the page.";
    NothingAsked = 63 Warning "Nothing in the material can be asked, so a worksheet or cards are empty.";
    CardContinued = 64 Warning "A card holds more than fits one, so it goes on on others.";
    MissingSign = 66 Warning "No font at hand can draw a sign that is no letter, so a box stands in its place.";
    MissingFile = 65 Error "A sound that the source names is not there, or is not in its folder.";
    // The deck.
    DeckField = 70 Error "A field of a card cannot be held by Anki.";
    DeckRenamed = 71 Warning "The deck has another name than before, so new cards come into a second deck.";
    NoteRetired = 72 Warning "An item is no longer asked, so its card is marked as retired.";
    GapRetired = 73 Warning "A gap is gone from its sentence, so its card shows nothing.";
    NoteTypeChanged = 74 Warning "An item is asked in another way than before, so it is a new card and its old one is marked as retired.";
    LockLost = 75 Warning "A deck was made here before and its lock is gone.";
    SubdeckChanged = 76 Warning "Cards are in another subdeck than before, or a section has another heading than its subdeck.";
    DeckOptions = 77 Warning "The deck is made with other options than before, by which its cards ask or look otherwise.";
    NoTranslation = 78 Warning "The other edition asks nothing of the same id, so no card shows its words.";
    // The sheets.
    SheetCell = 80 Warning "A cell would be altered by a spreadsheet.";
    SheetCellLost = 81 Error "A cell cannot be held by the sheet's format.";
    // The quizzes.
    QuizLesser = 90 Warning "A quiz's format cannot hold a part of a question as the author meant it.";
    // The way back from sheets.
    SheetMangled = 100 Error "A spreadsheet has altered a cell of itself.";
    SheetConflict = 101 Error "A cell was changed in a sheet and in the source.";
    SheetFixed = 102 Error "A cell was changed that follows from the source and can't be changed.";
    SheetUnfit = 103 Error "A change made in a sheet can't be brought into the source.";
    SheetRowGone = 104 Error "A row was deleted in a sheet, and nobody has said what is to become of it.";
    SheetPassedOver = 105 Warning "Something in a sheet is not brought into the source.";
    // Pages of the web.
    BoilerplateLeftOut = 110 Warning "A part of a page that is no part of its article was left out.";
    // Tables and decks as sources.
    LegacyFont = 120 Error "The text is written for a font that draws other letters than its characters are, such as Kruti Dev.";
    LegacyPassage = 121 Warning "A passage is written for a font that draws other letters than its characters are.";
    OtherEncoding = 122 Warning "The file is in another encoding than UTF-8, which was found out.";
    OwnSheets = 123 Error "The file is a sheet or a workbook that patra made of a source.";
    Unreadable = 124 Error "The file is not of the form that its name tells, or is damaged.";
    CellUnclear = 125 Warning "A cell holds an error of the spreadsheet's, or names something that isn't there.";
    DeckMedia = 126 Warning "A picture or a sound that a deck names is not in it, or can't be carried along.";
    // The lock.
    ItemRenamed = 140 Warning "Something is gone from a deck and something like it is new: it may have been renamed.";
    // Books.
    BookManifest = 150 Error "The file that says what a book is made of is not well-formed, or a field or an option in it is unknown or of the wrong kind.";
    BookFile = 151 Error "A file of a book is not there, can't be read, or is not in the book's folder.";
    BookFileLeftOut = 152 Warning "A source stands in the book's folder and is no part of the book.";
    BookDifference = 153 Warning "A file of a book says of itself something else than the book says.";
    BookLink = 154 Warning "A link to another file of the book, or to an included one, leads to nothing in it.";
    BookTooLarge = 155 Error "A book has more files, or larger ones, than are read.";
    // Includes.
    IncludeFile = 160 Error "A file that is to be included is not there, can't be read, is not in the folder of the source, or includes itself.";
    IncludeDifference = 161 Warning "An included file says of itself something else than what includes it says.";
    AfterInclude = 162 Warning "Words after an include come under a heading of the included file.";
    // How papers look.
    Theme = 190 Error "A theme is not well-formed, or a key in it is unknown or of the wrong kind.";
    FaintText = 191 Warning "A theme's text stands out too little from its ground to be read by all and to be copied.";
    Font = 192 Error "A font can't be read, or a family that a theme names is not at hand.";
    FontLicence = 193 Error "A font's makers don't let it be embedded in a file.";
    PaperOption = 194 Error "A paper can't be made with these margins and this binding.";
    // What is drawn on papers.
    FormulaAsSource = 200 Warning "A formula is shown as it is written, in LaTeX, since it holds something that can't be set.";
    DrawingLesser = 201 Warning "A part of an SVG picture is left out or shown otherwise than its author meant it.";
    EditionGap = 205 Warning "One of two editions that are set side by side says something that the other doesn't.";
    // Question papers.
    TellingKey = 210 Warning "The right choices can be told by where they stand or by their length.";
    QuestionsLeftOut = 211 Warning "A worksheet has not all questions of the source.";
}

impl Code {
    /// Whether problems of this kind say what a reader made of a source, and are no fault of it. `patra import` tells of them as
    /// of its work.
    #[must_use]
    pub fn is_note(self) -> bool {
        matches!(
            self,
            Code::Guessed
                | Code::BoilerplateLeftOut
                | Code::KeptAsText
                | Code::MissingTitle
                | Code::MissingLanguage
                | Code::InvisibleRemoved
                | Code::DerivedIdClash
                | Code::MissingAlt
                | Code::EmptyCell
                | Code::EmptyDescription
        )
    }
}

impl Diagnostic {
    /// A problem at `span`.
    #[must_use]
    pub fn new(code: Code, span: Span, message: impl Into<Phrase>) -> Self {
        Diagnostic { code, span, message: message.into(), hint: None, guess: None }
    }

    /// What was told of the part of a source at `span`, and in the message why: a [`Code::Guessed`].
    #[must_use]
    pub fn guessed(guess: Guess, span: Span, message: impl Into<Phrase>) -> Self {
        Diagnostic { guess: Some(guess), ..Diagnostic::new(Code::Guessed, span, message) }
    }

    /// The same problem with what to do about it.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<Phrase>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same problem in the offsets of a [`SourceMap`](crate::SourceMap), in which its source begins at `base`. What is wrong
    /// with a whole source stands at its beginning.
    #[must_use]
    pub fn moved(self, base: usize) -> Self {
        let span = if self.span.is_none() { Span::new(base, base) } else { self.span.shifted(base) };
        Diagnostic { span, ..self }
    }

    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "P{:04}", *self as u16)
    }
}

/// A text that is not the code of a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeError(String);

impl fmt::Display for CodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Phrase::from(self))
    }
}

impl From<&CodeError> for Phrase {
    fn from(error: &CodeError) -> Self {
        phrase!("`{$words}` is not the code of a problem, such as `{$code}`", words = &error.0, code = Code::LongAnswer)
    }
}

impl From<CodeError> for Phrase {
    fn from(error: CodeError) -> Self {
        Phrase::from(&error)
    }
}

impl std::error::Error for CodeError {}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Warning => "warning",
            Severity::Error => "error",
        })
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]: {}", self.severity(), self.code, self.message)?;
        self.hint.iter().try_for_each(|hint| write!(f, " ({hint})"))
    }
}

impl std::error::Error for Diagnostic {}
