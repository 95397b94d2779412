//! Text: from rich text to lines of shaped words, and the fonts they are drawn with.

mod akshara;
mod cluster;
mod embed;
mod face;
mod font;
mod given;
mod line;
mod outline;
mod piece;
mod rich;
mod script;
mod shape;
mod sign;
mod word;

pub(crate) use akshara::{AksharaFont, AksharaFonts, Form, NARROWEST};
pub(crate) use embed::embed;
pub(crate) use face::FaceId;
pub(crate) use font::{Font, GlyphKey};
pub use given::FontFile;
pub(crate) use given::families;
pub(crate) use line::{Line, break_lines, longest_word, natural_width};
pub(crate) use piece::{Piece, pieces};
pub(crate) use rich::{Colour, Rich, Style};
pub(crate) use shape::{LanguageNumber, Shaper, is_invisible};
pub(crate) use sign::is_sign;
pub(crate) use word::{Cluster, Part, Word};
