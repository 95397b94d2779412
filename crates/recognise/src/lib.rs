//! Question banks in text that doesn't mark them, whatever form it came in.
//!
//! A reader turns its form into a [draft](Line): lines with their words, marks and places. [`questions`] finds the questions
//! in it: numbered or labelled stems, options in the letterings of India's languages, answers below a question, marked
//! on an option or in a key at the end. Each question says which lines of the draft it comes from, so that the reader
//! reads the other lines as before.
//!
//! An answer is never made up. Where nothing names it, where it names no option, or where two places disagree, the question
//! is reported as one without an answer.
//!
//! ```
//! use patra_core::{Block, Span, Text};
//! use patra_recognise::{Kind, Line, questions};
//!
//! let words = ["1. Which gas do plants take in?", "(a) Oxygen", "(b) Carbon dioxide", "Ans: b"];
//! let draft: Vec<Line> = words.iter().map(|words| Line::new(Kind::Words, Text::plain(*words), Span::NONE)).collect();
//! let found = questions(&draft);
//! let Block::Question(question) = &found[0].blocks[0] else { return Err("no question") };
//! assert!(question.choices[1].correct);
//! # Ok::<(), &str>(())
//! ```

#![deny(missing_docs)]
#![forbid(unsafe_code)]

mod answer;
mod asked;
mod bank;
mod blank;
mod draft;
mod emit;
mod gather;
mod key;
mod label;
mod lettering;
mod option;
mod rich;
mod sight;
mod stem;
#[cfg(test)]
mod tests;
mod words;

pub use bank::questions;
pub use draft::{Found, Kind, Line};
