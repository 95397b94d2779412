//! What readers tell of a source's form, and why, as far as text, pages and tables are told alike.

use patra_core::{Code, Definition, Diagnostic, Guess, Phrase, Span, Text, phrase};

/// What is counted under no name of its own.
pub(crate) fn guess(span: Span, message: impl Into<Phrase>) -> Diagnostic {
    Diagnostic::new(Code::Guessed, span, message)
}

pub(crate) fn heading(span: Span, why: Phrase) -> Diagnostic {
    let message = phrase!("this line is a heading, because {$why}", why);
    Diagnostic::guessed(Guess::Heading(why), span, message)
}

pub(crate) fn question(span: Span, message: impl Into<Phrase>) -> Diagnostic {
    Diagnostic::guessed(Guess::Question, span, message)
}

pub(crate) fn definition(definition: &Definition) -> Diagnostic {
    let term = definition.term.to_plain();
    let full = definition.full_form.as_ref().map(Text::to_plain).unwrap_or_default();
    let message =
        phrase!("this paragraph defines `{$term}`, because it says that `{$full}` is its full form", term, full);
    Diagnostic::guessed(Guess::Definition, definition.span, message)
}

pub(crate) fn comparison(span: Span, things: usize, respects: usize, why: Phrase) -> Diagnostic {
    let message =
        phrase!("this table compares {$things} things in {$respects} respects, because {$why}", things, respects, why);
    Diagnostic::guessed(Guess::Comparison, span, message)
}

/// Items of a list that are terms.
pub(crate) fn items(span: Span, count: usize, why: Phrase) -> Diagnostic {
    let message = phrase!("these {$count} items are terms with descriptions, because {$why}", count, why);
    Diagnostic::guessed(Guess::Terms, span, message)
}

/// Lines that are terms, each with its description after `mark`.
pub(crate) fn lines(span: Span, count: usize, mark: &str) -> Diagnostic {
    let why = split(mark);
    let message = phrase!("these {$count} lines are terms with descriptions, because {$why}", count, why);
    Diagnostic::guessed(Guess::Terms, span, message)
}

/// Rows of a table that are terms.
pub(crate) fn rows(span: Span, count: usize, why: Phrase) -> Diagnostic {
    let message = phrase!("these {$count} rows are terms with descriptions, because {$why}", count, why);
    Diagnostic::guessed(Guess::Terms, span, message)
}

/// Rows of a table that are questions.
pub(crate) fn question_rows(span: Span, count: usize, why: Phrase) -> Diagnostic {
    let message = phrase!("these {$count} rows are questions with answers, because {$why}", count, why);
    Diagnostic::guessed(Guess::Question, span, message)
}

/// Rows of a table that are abbreviations.
pub(crate) fn definition_rows(span: Span, count: usize, why: Phrase) -> Diagnostic {
    let message = phrase!("these {$count} rows are abbreviations with what they stand for, because {$why}", count, why);
    Diagnostic::guessed(Guess::Definition, span, message)
}

/// Why items are terms that a mark parts from their descriptions.
pub(crate) fn split(mark: &str) -> Phrase {
    phrase!("a few words and `{$mark}` stand before the rest of each", mark)
}

/// Why items are terms whose descriptions stand below them.
pub(crate) fn below() -> Phrase {
    phrase!("below each short line stands one that describes it")
}

/// Why rows are terms where nothing is marked.
pub(crate) fn sentences() -> Phrase {
    phrase!("each is a few words and a sentence, and no row heads the others")
}
