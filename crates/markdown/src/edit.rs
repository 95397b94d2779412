//! Edits of a source that leave all its other bytes alone.
//!
//! A [`Document`] is a source with the model that it gives. Its methods say how a field, a part or an attribute of that model
//! can be written differently: a [`Change`] lists the possible ways, the smallest first. [`Document::apply`] tries them and
//! reads the source again after each, so that a change is made only if the result gives exactly the model asked for.
//!
//! ```
//! use patra_core::Text;
//! use patra_markdown::ReadOptions;
//! use patra_markdown::edit::{Document, Field, Place};
//!
//! let source = "# जल\n\nओस  {#dew}\n:   रात की *बूँदें*।\n";
//! let document = Document::read(source.to_owned(), &ReadOptions::default()).ok_or("an empty source")?;
//! let span = document.material().sections[0].blocks[0].span();
//! let place = Place { span, field: Field::Term };
//! let edited = document.with_text(place, &Text::plain("शबनम")).ok_or("it can't be edited")?;
//! assert_eq!(edited.text(), source.replace("ओस", "शबनम"));
//! # Ok::<(), &str>(())
//! ```

mod apply;
mod braces;
mod document;
mod field;
mod front_matter;
mod id;
mod insertion;
mod letters;
mod lines;
mod part;
mod removal;
mod reword;
mod rewrite;
mod stamp;

pub use apply::{Applied, Change, Edit};
pub use document::Document;
pub use field::{Field, Place};
pub use front_matter::FrontMatterValue;
pub use part::{NewPart, Part, Position, number_spans};
pub use reword::{with_gap, with_words};
pub use stamp::{Stamp, Stamped, stamp};
