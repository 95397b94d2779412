//! The options of a build, declared once.
//!
//! [`OPTIONS`] has an entry for each option: its name, the values that it takes with their bounds and unit, its default, its help,
//! and the field that it sets. The command line, the tables of a book's `patra.toml`, the keywords of the Python package, the
//! messages about a wrong value and `docs/options.md` all follow from that entry. So an option is added in one place: in
//! `papers`, `deck`, `sheets` or `call`.
//!
//! ```
//! use patra_core::Span;
//! use patra_options::{Assignment, OptionSpec, Options};
//!
//! let creep = OptionSpec::named("creep").expect("an option");
//! let value = creep.parse("1.5").expect("a length within its bounds");
//! let options = Options::of(&[&[Assignment::new(creep, value, Span::NONE)]]);
//! assert_eq!(options.papers.print.booklet.creep, 1.5);
//! assert_eq!(creep.parse("7").unwrap_err(), "expected a number of millimetres from 0 to 5, as in `1.5`");
//! ```
//!
//! Start reading at [`OptionSpec`]. [`read_table`] reads a table of a book's file; [`Options::of`] puts the file's options under
//! those of the command line or of a call in Python.

mod assignment;
mod call;
mod deck;
mod declaration;
mod options;
mod page;
mod papers;
mod python;
mod sheets;
mod table;
mod value;

pub use assignment::Assignment;
pub use declaration::{Choice, DefaultValue, Group, Keyword, Lengths, Meaning, OPTIONS, OptionSpec, Values};
pub use options::{DeckOptions, Format, Options, PaperOptions};
pub use page::page;
pub use python::python_module;
pub use table::read_table;
pub use value::Value;
