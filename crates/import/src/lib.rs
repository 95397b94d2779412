//! Foreign sources to patra's model: text pasted from the web, pages of HTML, Word's documents, tables and Anki's decks.
//!
//! Such text says nothing about its own form: headings have no mark, a list's dash stands on a line of its own, a table
//! has lost a cell. [`read_text`] tells from the look of the lines what they are, reports each guess, and loses no word.
//!
//! ```
//! use patra_core::{Block, Source};
//! use patra_import::{TextOptions, read_text};
//!
//! let text = "चाय बनाना\nसामग्री:-\n-\nपानी: दो कप, साफ़।\n-\nचीनी: एक चम्मच।\n";
//! let read = read_text(&Source::new(text.to_owned()), &TextOptions::default());
//! let material = read.material.ok_or("nothing to read")?;
//! assert_eq!(material.title.to_plain(), "चाय बनाना");
//! assert_eq!(material.sections[0].heading.to_plain(), "सामग्री");
//! let Block::Terms(terms) = &material.sections[0].blocks[0] else { return Err("no terms") };
//! assert_eq!(terms.entries[1].description.to_plain(), "एक चम्मच।");
//! # Ok::<(), &str>(())
//! ```
//!
//! A page of HTML says more and wraps it in more: [`read_html`] finds its article, and reports what it leaves out.
//!
//! A document of Word's becomes such a page first: [`read_docx`].
//!
//! Start reading at [`read_text`] and [`read_html`].

#![deny(missing_docs)]
#![forbid(unsafe_code)]

mod deck;
mod docx;
mod formula;
mod gap;
mod guess;
mod html;
mod latex;
mod legacy;
mod notes;
mod pandoc;
mod sections;
mod table;
mod text;

pub use deck::{DeckOptions, DeckRead, read_deck};
pub use docx::{DocumentOptions, DocumentRead, read_docx};
pub use html::{HtmlOptions, read_html};
pub use legacy::{Converted, legacy_to_unicode};
pub use pandoc::{is_pandoc, read_pandoc};
pub use table::{MAX_CELLS, MAX_ROWS, TableOptions, read_delimited, read_workbook};
pub use text::{TextOptions, read_text};
