//! Files to materials: which reader reads what, in what encoding, with which pictures.
//!
//! It stands between the readers, which know no file, and the command and the Python package, which both take sources from
//! files and have to take them alike.
//!
//! ```
//! use patra_source::{Decoded, Form, decode, read};
//!
//! let Decoded { source, problem } = decode("बीपीओ\n: बाहर से काम कराना\n".into());
//! assert_eq!(problem, None);
//! let form = Form::of("notes.md").expect("the ending is known");
//! let material = read(&source, form, Some("notes.md")).material.expect("there is text");
//! assert_eq!(material.id.as_str(), "notes");
//! ```

#![deny(missing_docs)]
#![forbid(unsafe_code)]

mod assembly;
mod book;
mod decode;
mod figure;
mod file;
mod form;
mod page;
mod yaml;

pub use assembly::{MAX_BOOK_FILES, MAX_INCLUDE_DEPTH, tell_other};
pub use book::{Book, BookOption, OptionTable, OptionValue, is_book, read_beside, read_book};
pub use decode::{Decoded, decode};
pub use figure::{files, pictures, unpack_embedded};
pub use file::{MAX_FILE_BYTES, file_problem, read_file};
pub use form::{FileRead, Form, read, read_bytes, read_text};
pub use page::{decode_page, embedded_picture};
pub use yaml::{from_yaml, to_yaml};
