//! Signs that are no letters: a paper is made without them where no font has one.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// What may be drawn in place of a sign, the best first: an upright box, a square, the replacement character.
pub(super) const PLACEHOLDERS: [char; 3] = ['\u{25AF}', '\u{25A1}', '\u{FFFD}'];

/// Whether a grapheme is a sign, such as an emoji, an ornament or a circled number, so that a reader of the text without it
/// still has all of its words. A decimal digit is no sign, and neither is a mark that alters a letter.
pub(crate) fn is_sign(grapheme: &str) -> bool {
    use GeneralCategory as Kind;
    let part = |c: char| {
        !matches!(
            c.general_category(),
            Kind::UppercaseLetter
                | Kind::LowercaseLetter
                | Kind::TitlecaseLetter
                | Kind::ModifierLetter
                | Kind::OtherLetter
                | Kind::DecimalNumber
        )
    };
    let marks =
        |c: char| matches!(c.general_category(), Kind::NonspacingMark | Kind::SpacingMark | Kind::EnclosingMark);
    grapheme.chars().all(part) && grapheme.chars().next().is_some_and(|first| !marks(first))
}

#[cfg(test)]
mod tests {
    use super::is_sign;

    #[test]
    fn a_sign_is_no_letter_digit_or_mark() {
        for sign in ["✅", "①", "Ⅳ", "🇮🇳", "👍🏽", "♪", "\u{E000}", "⁂"] {
            assert!(is_sign(sign), "{sign}");
        }
        for other in ["क", "क्ष", "漢", "ç", "٤", "\u{1F3}", "\u{902}", "क\u{20DD}", ""] {
            assert!(!is_sign(other), "{other}");
        }
    }
}
