//! Quizzes of a material's practice items: for Moodle in its XML and in GIFT, and in QTI 2.1 for other systems.
//!
//! Every question keeps the id of its item, so that a mark in the learning system can be joined with the handout, the deck and
//! the sheets: in Moodle as the question's id number, in GIFT as its title and id, in QTI as its label and, where it is plain
//! ASCII, its identifier. A list of terms is also one question to match, under the list's id with `.match` after it.
//!
//! ```
//! use patra_core::{Block, Definition, Material, Practice, Section};
//! use patra_quiz::{QuizOptions, gift, moodle_xml, qti};
//!
//! let definition = Definition { term: "BPO".into(), meaning: "दूसरी कंपनी से काम कराना".into(), ..Definition::default() };
//! let section = Section { heading: "परिचय".into(), blocks: vec![Block::Definition(definition)], ..Section::default() };
//! let mut material =
//!     Material { title: "BPO".into(), language: "hi".parse()?, sections: vec![section], ..Material::default() };
//! material.assign_ids();
//! let practice = Practice::of_every_kind(&material);
//!
//! let text = String::from_utf8(gift(&material, &practice, &QuizOptions::default())?.output)?;
//! assert!(text.contains("// [id:bpo.term] [tag:term]\n::bpo.term::[html]"));
//! assert!(moodle_xml(&material, &practice, &QuizOptions::default())?.warnings.is_empty());
//! assert!(qti(&material, &practice, &QuizOptions::default())?.output.starts_with(b"PK"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What a format can't hold is a warning with the code [`QuizLesser`](patra_core::Code::QuizLesser). Start reading at
//! [`moodle_xml`]; `question` says what kind of question each item becomes.

mod block;
mod error;
mod escape;
mod gift;
mod html;
mod loss;
mod moodle;
mod options;
mod picture;
mod qti;
mod question;
#[cfg(test)]
mod tests;

pub use error::{Error, ErrorKind};
pub use options::QuizOptions;

use patra_core::{Material, Practice, Warned};

/// Makes a quiz in Moodle's XML, read by Moodle 3.5 and later: a category for each section, and the item's id as the id number
/// of its question.
///
/// # Errors
/// None today.
pub fn moodle_xml(material: &Material, practice: &Practice, options: &QuizOptions) -> Result<Warned<Vec<u8>>, Error> {
    let mut losses = loss::Losses::of(material);
    let questions = question::compose(material, practice, options);
    let output = moodle::write(material, &questions, options, &mut losses).into_bytes();
    Ok(Warned { output, warnings: losses.into_warnings() })
}

/// Makes a quiz in GIFT, as Moodle 3.8 and later reads it.
///
/// # Errors
/// None today.
pub fn gift(material: &Material, practice: &Practice, options: &QuizOptions) -> Result<Warned<Vec<u8>>, Error> {
    let mut losses = loss::Losses::of(material);
    let questions = question::compose(material, practice, options);
    let output = gift::write(material, &questions, &mut losses).into_bytes();
    Ok(Warned { output, warnings: losses.into_warnings() })
}

/// Makes a quiz in QTI 2.1, as a content package: a zip of the manifest, a test with a section for each section of the
/// material, and an item for each question. The same input gives the same bytes.
///
/// # Errors
/// Where the package can't be packed.
pub fn qti(material: &Material, practice: &Practice, options: &QuizOptions) -> Result<Warned<Vec<u8>>, Error> {
    let mut losses = loss::Losses::of(material);
    let questions = question::compose(material, practice, options);
    let output = qti::package(material, &questions, options, &mut losses)?;
    Ok(Warned { output, warnings: losses.into_warnings() })
}
