//! Formulas: from LaTeX to glyphs, rules and curves at their places.

mod formula;
mod typeset;

pub(crate) use formula::{Curve, Formula, Laid, Mark, Step};
pub(crate) use typeset::{raised, typeset};
