//! patra's Markdown: source text to model, and model to source text.
//!
//! ```
//! use patra_core::{Block, Source};
//! use patra_markdown::{ReadOptions, read};
//!
//! let source = Source::new("---\ntitle: BPO\nlanguage: hi\n---\n\nBPO {#bpo}\n: दूसरी कंपनी से काम कराना\n".to_owned());
//! let material = read(&source, &ReadOptions::default()).material.expect("there is text");
//! assert!(matches!(&material.sections[0].blocks[0], Block::Definition(d) if d.id.as_str() == "bpo"));
//! ```
//!
//! Start reading at [`read`]; the format is written down in `docs/format.md`.

#![deny(missing_docs)]
#![forbid(unsafe_code)]

mod attribute;
mod block;
mod copy;
mod definition;
pub mod edit;
mod front_matter;
mod include;
mod keyword;
mod layout;
mod lettering;
mod list;
mod node;
mod passage;
mod prose;
mod question;
mod raised;
mod read;
mod reader;
mod running;
mod script;
mod section;
mod setting;
mod table;
mod tree;
mod write;

pub use include::{Include, Part};
pub use passage::Passage;
pub use read::{ReadOptions, read, read_part, read_passages};
pub use write::{Setting, write, write_block, write_text, yaml_scalar};
