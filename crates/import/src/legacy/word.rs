//! Words in Hindi and words in English, side by side in a text for Kruti Dev.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::glyph::drawn;
use super::order::{is_consonant, is_matra, is_vowel, is_well_formed, ordered};

/// Common words of Hindi.
static HINDI: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| include_str!("hindi.txt").split_whitespace().collect());

/// Common words of English that would be well-formed in Hindi as well.
static ENGLISH: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| include_str!("english.txt").split_whitespace().collect());

/// What a word between white space is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A common word of Hindi.
    Common,
    /// Well-formed in Hindi, with glyphs that stand in no word of English.
    Marked,
    /// Well-formed in Hindi; in English it may be a word too.
    Likely,
    /// Without letters.
    Neither,
    /// In another writing: English, Unicode.
    Other,
}

/// A word in Unicode.
pub(super) fn decoded(word: &str) -> String {
    ordered(&drawn(word))
}

/// The letters of a word without marks around them.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| {
        !(c.is_alphanumeric() || is_matra(c) || ('\u{900}'..='\u{97F}').contains(&c)) || c == '।'
    })
}

/// Judges a word by itself.
pub(super) fn kind(word: &str) -> Kind {
    if word.chars().any(|c| c >= '\u{370}' && !('\u{2000}'..='\u{22FF}').contains(&c)) {
        return Kind::Other;
    }
    if !word.chars().any(char::is_alphabetic) && !word.contains([';', ',', '_', '#', '|', '}', '=']) {
        return Kind::Neither;
    }
    let unicode = decoded(word);
    let letters = bare(&unicode);
    if HINDI.contains(letters) {
        return Kind::Common;
    }
    if word.contains("://") || word.contains("www.") || !is_well_formed(&unicode) {
        return Kind::Other;
    }
    let latin = word.trim_matches(|c: char| !c.is_alphanumeric());
    if ENGLISH.contains(latin.to_lowercase().as_str()) {
        return Kind::Other;
    }
    let plain = !latin.is_empty() && latin.bytes().all(|byte| byte.is_ascii_alphabetic());
    let capitals = plain && latin.len() > 1 && latin.bytes().all(|byte| byte.is_ascii_uppercase());
    if capitals || (plain && looks_english(latin, letters)) {
        return Kind::Other;
    }
    if marked(word) { Kind::Marked } else { Kind::Likely }
}

/// Whether a word of Latin letters alone decodes to what Hindi words seldom are.
fn looks_english(latin: &str, letters: &str) -> bool {
    let chars: Vec<char> = letters.chars().collect();
    // Five letters on end without a sign of a vowel, a vowel of its own after a bare letter but the common ones, half
    // a letter at the end.
    let mut bare = 0;
    let mut longest = 0;
    for (at, &c) in chars.iter().enumerate() {
        let signed = chars.get(at + 1).is_some_and(|&next| !is_consonant(next) && !is_vowel(next));
        bare = if is_consonant(c) && !signed { bare + 1 } else { 0 };
        longest = longest.max(bare);
        let inner = at > 0 && is_consonant(chars[at - 1]) && matches!(c, 'अ' | 'उ');
        if inner && chars.len() > 3 {
            return true;
        }
    }
    longest >= 5 || (letters.ends_with('\u{94D}') && latin.len() > 1)
}

/// Whether a word has letters of Latin-1 among its letters, or marks before the stem `k`, that Kruti Dev alone has there.
fn marked(word: &str) -> bool {
    const HIGH: [char; 19] =
        ['Ø', 'ç', 'æ', 'Ý', 'í', 'ê', 'ë', 'ã', 'Ù', 'Ÿ', 'Å', '¡', '¶', 'º', '‚', 'ª', '«', 'î', 'ô'];
    let inside = word.trim_matches(|c: char| matches!(c, '(' | ')' | '`' | '*' | '|'));
    let letters = inside.chars().filter(char::is_ascii_alphabetic).count();
    let stems =
        ["[k", "{k", "/k", "\"k", "Hk", "Fk", "\"V", "fd;", "k;", ";k"].iter().any(|mark| inside.contains(mark));
    letters > 1 && (inside.contains(HIGH) || stems && inside.contains(['k', 'h', 's', 'S', 'q', 'w', 'f']))
}

/// Converts the text of a run in Kruti Dev: all of it, since the font says so. Returns the text in Unicode, the number of its
/// words, and how many of those are well-formed.
pub(crate) fn convert_run(text: &str) -> (String, usize, usize) {
    let unicode = with_colons(&decoded(text));
    let (mut words, mut good) = (0, 0);
    for word in unicode.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)) {
        words += 1;
        good += usize::from(is_well_formed(word));
    }
    (unicode, words, good)
}

/// Colons, which are typed as the sign of a breath and look like it. It ends few words of Hindi.
pub(super) fn with_colons(unicode: &str) -> String {
    const BREATHED: [&str; 9] = ["प्रायः", "पुनः", "क्रमशः", "छः", "शनैः", "नमः", "दुः", "निः", "शः"];
    let mut out = String::with_capacity(unicode.len());
    let mut chars = unicode.chars().peekable();
    let devanagari = |c: char| ('\u{900}'..='\u{963}').contains(&c);
    while let Some(c) = chars.next() {
        out.push(c);
        if c != 'ः' || chars.peek().copied().is_some_and(devanagari) {
            continue;
        }
        let word = out.rsplit(|c: char| !devanagari(c)).next().unwrap_or_default();
        if !(word.ends_with("तः") || BREATHED.iter().any(|known| word.ends_with(known)) && word.len() > 'ः'.len_utf8())
        {
            out.pop();
            out.push(':');
        }
    }
    out
}
