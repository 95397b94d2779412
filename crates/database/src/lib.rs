//! SQLite databases of others, opened so that they can do nothing but be read.
//!
//! Two crates read databases that patra didn't make: the reader of decks and the exporter of decks, which looks into a learner's
//! collection and into decks made earlier. A database may hold views and generated columns, whose queries can run for ever, and
//! pages that lead back to themselves. Both crates set the same bounds here.
//!
//! ```
//! use patra_database::is_table;
//! use rusqlite::Connection;
//!
//! let mut connection = Connection::open_in_memory().expect("a database");
//! connection.execute_batch("CREATE TABLE notes (id); CREATE VIEW cards AS SELECT 1").expect("made");
//! patra_database::guard(&mut connection, 4096).expect("guarded");
//! assert_eq!(is_table(&connection, "notes"), Ok(true));
//! assert!(is_table(&connection, "cards").is_err());
//! ```
//!
//! Start reading at [`open`].

#![deny(missing_docs)]
#![forbid(unsafe_code)]

mod error;
mod guard;

pub use error::Error;
pub use guard::{guard, is_table, open};
