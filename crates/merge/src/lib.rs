//! Edited sheets back into the source they were made from.
//!
//! ```
//! use patra_merge::{Book, MergeOptions, merge};
//!
//! let source = "---\ntitle: जल\nlanguage: hi\n---\n\nओस {#dew}\n: रात की बूँदें।\n\n<!-- जाँचना -->\n";
//! let sheet = "definition_id,term,meaning\ndew,ओस,सुबह की बूँदें।\n";
//! let book = Book::of_files(vec![("definitions.csv".into(), sheet.into())])?;
//! let merged = merge(&book, source, &MergeOptions::default());
//! assert_eq!(merged.text.as_deref(), Some(source.replace("रात", "सुबह").as_str()));
//! # Ok::<(), patra_merge::Error>(())
//! ```
//!
//! Start reading at [`merge`]. It goes through the modules in this order: `book` (files to cells), `compare` (cells to changes,
//! with `mangled` for what spreadsheets do unasked), `unit`, `gone` and `new` (changes of the model). The source is then changed by
//! [`patra_markdown::edit`], which alone knows its syntax.

#![deny(missing_docs)]
#![forbid(unsafe_code)]

mod book;
mod cell;
mod compare;
mod delimited;
mod encoding;
mod error;
mod field;
mod gone;
mod mangled;
mod merge;
mod new;
mod unit;
mod workbook;

pub use book::Book;
pub use error::Error;
pub use merge::{Change, Deleted, Fate, MergeOptions, Merged, merge, merge_stored};
