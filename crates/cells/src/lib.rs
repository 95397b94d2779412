//! Files of cells to rows: CSV in its dialects and encodings, and workbooks in XLSX.
//!
//! Two take files of cells: the reader of tables, to which a cell is what a spreadsheet shows, and the merge of sheets, to
//! which it is a value. Both find the encoding, the delimiter and the bounds here.
//!
//! ```
//! use patra_cells::{DELIMITERS, decode, delimiter};
//!
//! let decoded = decode(b"\xEF\xBB\xBFterm;meaning\n".to_vec()).expect("it is text");
//! assert_eq!(delimiter(&decoded.text, &DELIMITERS), b';');
//! ```
//!
//! Start reading at [`decode`], [`records`] and [`Workbook`].

#![deny(missing_docs)]
#![forbid(unsafe_code)]

mod delimited;
mod encoding;
mod number_format;
mod workbook;

pub use delimited::{DELIMITERS, Record, closes_quotes, delimiter, records, separator_line};
pub use encoding::{Decoded, Encoding, Undecodable, decode, utf16_order};
pub use number_format::shown;
pub use workbook::{Limits, MAX_COLUMNS, Merged, ValueCell, Workbook, Worksheet, WorksheetError};
