//! How long a line is, and how it ends.

/// Whether a text has at most `words` words. Looks no further than it must, so that a line of megabytes costs nothing.
pub(crate) fn is_short(text: &str, words: usize) -> bool {
    text.len() <= words * 48 && text.split_whitespace().take(words + 1).count() <= words
}

/// How many words, up to `limit`.
pub(crate) fn count_words(text: &str, limit: usize) -> usize {
    text.split_whitespace().take(limit).count()
}

const CLOSING: [char; 10] = ['”', '"', '’', '\'', ')', ']', '»', '*', '_', ' '];

/// Whether a text ends as a sentence does; a bar right after a word is typed for a danda.
pub(crate) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(CLOSING).ends_with(['।', '॥', '.', '!', '?', '؟', '۔', '…', '|', '·', '။', ';'])
}

pub(crate) fn ends_question(text: &str) -> bool {
    text.trim_end_matches(CLOSING).ends_with(['?', '؟', '？'])
}

/// The text before a `:-` at its end.
pub(crate) fn before_colon_dash(text: &str) -> Option<&str> {
    let text = text.trim_end();
    let words = text.trim_end_matches(['-', '–', '—', '=', '>', '→', ' ']);
    let marked = words.len() < text.len() && words.ends_with([':', '：', 'ः']);
    (marked && !words.ends_with('ः'))
        .then(|| words.trim_end_matches([':', '：', ' ']))
        .filter(|words| !words.is_empty())
}

/// The text before a colon at its end.
pub(crate) fn before_colon(text: &str) -> Option<&str> {
    let words = text.trim_end().trim_end_matches(['*', '_']);
    words.ends_with([':', '：']).then(|| words.trim_end_matches([':', '：', ' '])).filter(|words| !words.is_empty())
}

/// The words without a colon, `:-` or dash at their end.
pub(crate) fn without_end_mark(text: &str) -> &str {
    let text = text.trim();
    before_colon_dash(text).or_else(|| before_colon(text)).unwrap_or(text).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings() {
        assert_eq!(before_colon_dash("कौशल:-"), Some("कौशल"));
        assert_eq!(before_colon_dash("कौशल : –"), Some("कौशल"));
        assert_eq!(before_colon_dash("कौशल-"), None);
        assert_eq!(before_colon_dash("कौशल"), None);
        assert_eq!(before_colon("कौशल :"), Some("कौशल"));
        assert!(ends_sentence("वह बोला, “हाँ।”"));
        assert!(ends_question("क्या यह ठीक है?*"));
        assert!(!ends_sentence("कौशल:"));
        assert!(is_short("एक दो तीन", 3) && !is_short("एक दो तीन", 2));
    }
}
