//! The model of study material, and the practice items that follow from it.
//!
//! This crate knows no file, no clock and no output format. Readers make a [`Material`] of a source; exporters make
//! files of a [`Material`] and its [`Practice`]; here is what they share.
//!
//! ```
//! use patra_core::{Block, Definition, Material, Practice, Section};
//!
//! let definition = Definition { term: "BPO".into(), meaning: "दूसरी कंपनी से काम कराना".into(), ..Definition::default() };
//! let section = Section { heading: "परिचय".into(), blocks: vec![Block::Definition(definition)], ..Section::default() };
//! let mut material =
//!     Material { title: "BPO".into(), language: "hi".parse()?, sections: vec![section], ..Material::default() };
//! material.assign_ids();
//! assert!(material.problems().is_empty());
//! assert_eq!(Practice::of(&material).items()[0].id.as_str(), "bpo.meaning");
//! # Ok::<(), patra_core::LanguageError>(())
//! ```
//!
//! Start reading at [`Material`], then [`Block`]; [`Item`] is what a learner is asked.

mod address;
#[cfg(feature = "arbitrary")]
pub mod arbitrary;
mod block;
mod catalogue;
mod character;
mod cloze;
mod comparison;
mod date;
mod definition;
mod diagnostic;
mod explanation;
mod figure;
mod formula;
mod id;
mod identify;
mod join;
mod keys;
mod language;
mod legacy;
mod lint;
mod list;
mod locale;
mod marker;
mod marks;
mod material;
mod media;
mod message;
mod phrase;
mod place;
mod plain;
mod practice;
mod problem;
mod question;
mod room;
mod section;
mod source;
mod source_map;
mod span;
mod table;
mod terms;
mod text;
mod verse;
mod word;

pub use address::Address;
pub use block::{Block, CodeBlock, Math, Note, NoteKind, Paragraph, Quote};
pub use cloze::Cloze;
pub use comparison::{Aspect, Comparison, Subject};
pub use date::{Date, DateError};
pub use definition::Definition;
pub use diagnostic::{Code, CodeError, Diagnostic, Guess, Read, Severity, Warned};
pub use explanation::Explanation;
pub use figure::{Figure, Rectangle, Region};
pub use formula::plain_formula;
pub use id::{Id, IdError, MAX_ID_BYTES};
pub use join::Reference;
pub use keys::keys_at;
pub use language::{Direction, Language, LanguageError};
pub use legacy::{LegacyFont, legacy_font};
pub use list::{List, ListItem};
pub use locale::{Locale, LocaleError};
pub use marker::{ListDelimiter, ListMarker, ListMarkerError, ListStyle};
pub use marks::{Marks, MarksError};
pub use material::{FORMAT_VERSION, Format, Material};
pub use media::MediaKind;
pub use message::Messages;
pub use phrase::{Argument, Phrase, ToArgument, fits};
pub use place::{Place, Places, Sort};
pub use plain::Spelled;
pub use practice::{
    Answer, ChoiceOrder, Complete, Draw, Exercise, Gaps, Item, Kind, KindError, LeftOut, Match, Practice,
    PracticeSettings, RowCell, Sentence, TestPaper, TestSection, Worksheet, WorksheetOptions,
};
pub use problem::{MAX_GAP_NUMBER, MAX_SECTION_DEPTH};
pub use question::{Choice, Question};
pub use room::{Room, RoomError};
pub use section::Section;
pub use source::{Position, Source};
pub use source_map::SourceMap;
pub use span::Span;
pub use table::{Alignment, Column, Row, Table};
pub use terms::{Entry, Terms};
pub use text::{Gap, Link, MAX_DEPTH, Run, Tagged, Text, is_sound};
pub use verse::Verse;
pub use word::{Words, nfc, words};
