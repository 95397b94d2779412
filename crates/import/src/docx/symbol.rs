//! Characters of symbol fonts, as Unicode.
//!
//! Word keeps them as U+F020 to U+F0FF, or as the letters that they lie on. The tables follow the fonts' published encodings
//! (Unicode's mappings for Adobe Symbol and for Wingdings).

/// The characters of Symbol from 0x20 on; `·` where there is none.
const SYMBOL: &str = " !∀#∃%&∍()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";
/// The same from 0xA0 on.
const SYMBOL_HIGH: &str =
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊⟨®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪·⟩∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭";

/// Characters of Wingdings that documents have as a rule.
const WINGDINGS: [(u8, char); 44] = [
    (0x21, '✏'),
    (0x22, '✂'),
    (0x26, '🕮'),
    (0x28, '☎'),
    (0x2A, '✉'),
    (0x36, '⌛'),
    (0x3F, '✍'),
    (0x41, '✌'),
    (0x43, '👍'),
    (0x44, '👎'),
    (0x45, '☜'),
    (0x46, '☞'),
    (0x4A, '☺'),
    (0x4B, '😐'),
    (0x4C, '☹'),
    (0x52, '☼'),
    (0x54, '❄'),
    (0x6C, '●'),
    (0x6D, '❍'),
    (0x6E, '■'),
    (0x6F, '□'),
    (0x71, '❑'),
    (0x72, '❒'),
    (0x73, '⬧'),
    (0x74, '⧫'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x77, '⬥'),
    (0x9F, '•'),
    (0xA1, '○'),
    (0xA7, '▪'),
    (0xA8, '◻'),
    (0xAB, '★'),
    (0xD8, '➢'),
    (0xDF, '←'),
    (0xE0, '→'),
    (0xE1, '↑'),
    (0xE2, '↓'),
    (0xE8, '➔'),
    (0xF0, '⇨'),
    (0xFB, '✗'),
    (0xFC, '✓'),
    (0xFD, '☒'),
    (0xFE, '☑'),
];

/// Characters of Wingdings 2 that documents have as a rule.
const WINGDINGS_2: [(u8, char); 6] = [(0x4F, '✗'), (0x50, '✓'), (0x51, '☒'), (0x52, '☑'), (0x97, '●'), (0xA3, '□')];

/// Whether a font draws symbols in the place of letters.
pub(super) fn is_symbol_font(font: &str) -> bool {
    matches!(font, "Symbol" | "Wingdings" | "Wingdings 2" | "Wingdings 3" | "Webdings" | "ZapfDingbats")
}

/// The character that a symbol font draws at a code; `None` if it is not known.
pub(super) fn symbol(font: &str, code: u32) -> Option<char> {
    let code = u8::try_from(if (0xF000..=0xF0FF).contains(&code) { code - 0xF000 } else { code }).ok()?;
    let listed = |list: &[(u8, char)]| list.iter().find(|(known, _)| *known == code).map(|(_, c)| *c);
    match font {
        "Symbol" => match code {
            0x20..=0x7E => SYMBOL.chars().nth(usize::from(code) - 0x20),
            0xA0..=0xFE => SYMBOL_HIGH.chars().nth(usize::from(code) - 0xA0),
            _ => None,
        },
        "Wingdings" if code == 0x20 => Some(' '),
        "Wingdings" if (0x81..=0x8A).contains(&code) => char::from_u32(0x2460 + u32::from(code) - 0x81),
        "Wingdings" => listed(&WINGDINGS),
        "Wingdings 2" => listed(&WINGDINGS_2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_have_their_characters() {
        for (font, code, c) in [
            ("Symbol", 0xF061, Some('α')),
            ("Symbol", 0x7E, Some('∼')),
            ("Symbol", 0xF0B3, Some('≥')),
            ("Symbol", 0xF0D6, Some('√')),
            ("Symbol", 0xF0F2, Some('∫')),
            ("Symbol", 0xF0FE, Some('⎭')),
            ("Symbol", 0xF0B7, Some('•')),
            ("Wingdings", 0xF0FC, Some('✓')),
            ("Wingdings", 0xF081, Some('①')),
            ("Webdings", 0xF061, None),
        ] {
            assert_eq!(symbol(font, code), c, "{font} {code:X}");
        }
    }
}
