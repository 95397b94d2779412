//! Text for fonts from before Unicode, to Unicode.
//!
//! Such fonts draw Devanagari in the place of Latin letters: [`glyph`] has what each draws, [`order`] brings signs to where
//! Unicode has them, and [`word`] tells words in Hindi from words in English that stand among them.

mod glyph;
mod order;
mod passage;
mod word;

pub(crate) use passage::told;
pub use passage::{Converted, legacy_to_unicode};
pub(crate) use word::convert_run;

/// Whether a font of that name has the layout of Kruti Dev 010.
pub(crate) fn is_kruti_dev(font: &str) -> bool {
    let name: String = font.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    name.starts_with("krutidev") || name.starts_with("devlys")
}

#[cfg(test)]
mod tests;
