//! Numbers in the digits of a language.

use patra_core::Language;

/// A number in the digits that the language is usually printed with (CLDR, default numbering system): Marathi, Nepali,
/// Bengali and Assamese use their script's own, Hindi and the others European ones.
pub(crate) fn number(n: usize, language: &Language) -> String {
    let zero = match language.primary() {
        "mr" | "ne" | "sa" => '०',
        "bn" | "as" => '০',
        _ => '0',
    };
    let digit = |c: char| c.to_digit(10).and_then(|d| char::from_u32(u32::from(zero) + d)).unwrap_or(c);
    n.to_string().chars().map(digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_follow_the_language() {
        let shown = |tag: &str| number(1290, &tag.parse().expect("a tag"));
        assert_eq!(shown("hi"), "1290");
        assert_eq!(shown("mr"), "१२९०");
        assert_eq!(shown("bn-IN"), "১২৯০");
    }
}
