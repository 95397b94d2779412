//! The font families that handouts are set in, embedded.
//!
//! The files are those of the Noto project under the SIL Open Font License; its text is beside them in `fonts/OFL.txt`. They
//! are unchanged but for Noto Emoji, whose em has 1000 units here and 2048 in the original. The faces for formulas are those of the KaTeX
//! project, under the same licence (`fonts/katex/OFL.txt`). Every face is TrueType with 1000 units to the em, which lets faces
//! be joined in one embedded font. The program holds the files packed by Zstandard (`packed/`, made by `just pack-fonts`), at less
//! than half their size, and unpacks a face when it is first used.
//!
//! ```
//! use patra_fonts::{Style, family_of};
//!
//! let family = family_of("Deva").expect("Devanagari has a family");
//! assert_eq!(family.name, "Noto Sans Devanagari");
//! assert!(family.face(Style::Bold).bytes().len() > 100_000);
//! assert!(family_of("Hang").is_none());
//! ```
//!
//! Start reading at [`Family`].

mod family;

pub use family::{FAMILIES, Face, Family, MATH, Style, family_of};
