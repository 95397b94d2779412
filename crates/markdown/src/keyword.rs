//! The words that begin a question, its answer and its hint.

use unicode_normalization::UnicodeNormalization;

use crate::node::{Inline, InlineKind};

/// What a paragraph is, by its first word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keyword {
    Question,
    Answer,
    Hint,
}

use Keyword::{Answer, Hint, Question};

/// In the order of the languages: English, Hindi and Nepali, Marathi, Bengali, Tamil, Telugu, Gujarati, Kannada,
/// Malayalam, Punjabi, Odia, Urdu.
const WORDS: &[(&str, Keyword)] = &[
    ("question", Question),
    ("q", Question),
    ("answer", Answer),
    ("ans", Answer),
    ("a", Answer),
    ("hint", Hint),
    ("प्रश्न", Question),
    ("सवाल", Question),
    ("उत्तर", Answer),
    ("जवाब", Answer),
    ("संकेत", Hint),
    ("सङ्केत", Hint),
    ("सूचक", Hint),
    ("प्र", Question),
    ("उ", Answer),
    ("জিজ্ঞাসা", Question),
    ("প্রশ্ন", Question),
    ("উত্তর", Answer),
    ("ইঙ্গিত", Hint),
    ("সংকেত", Hint),
    ("கேள்வி", Question),
    ("வினா", Question),
    ("பதில்", Answer),
    ("விடை", Answer),
    ("குறிப்பு", Hint),
    ("ప్రశ్న", Question),
    ("జవాబు", Answer),
    ("సమాధానం", Answer),
    ("సూచన", Hint),
    ("પ્રશ્ન", Question),
    ("ઉત્તર", Answer),
    ("જવાબ", Answer),
    ("સંકેત", Hint),
    ("ಪ್ರಶ್ನೆ", Question),
    ("ಉತ್ತರ", Answer),
    ("ಸುಳಿವು", Hint),
    ("ചോദ്യം", Question),
    ("ഉത്തരം", Answer),
    ("സൂചന", Hint),
    ("ਪ੍ਰਸ਼ਨ", Question),
    ("ਸਵਾਲ", Question),
    ("ਉੱਤਰ", Answer),
    ("ਜਵਾਬ", Answer),
    ("ਸੰਕੇਤ", Hint),
    ("ପ୍ରଶ୍ନ", Question),
    ("ଉତ୍ତର", Answer),
    ("ସୂଚନା", Hint),
    ("سوال", Question),
    ("جواب", Answer),
    ("اشارہ", Hint),
];

/// How far from the start of a paragraph its keyword's colon may stand, in bytes.
const LONGEST: usize = 40;

/// The keyword that `words` begin with, and the bytes it takes with its colon and the space after it.
///
/// The colon may be an ASCII one, a full-width one, one with a dash (`:-`), or the visarga that many type in its place.
pub(crate) fn keyword(words: &str) -> Option<(Keyword, usize)> {
    let mut near = words.char_indices().take_while(|&(at, _)| at <= LONGEST);
    let colon_at = near.find(|(_, c)| matches!(c, ':' | '：' | 'ः'))?.0;
    let word = words[..colon_at].trim_end_matches([' ', '\t']);
    // A nukta may be typed as a mark of its own.
    let first = word.chars().next()?;
    let same = |known: &str| {
        word.eq_ignore_ascii_case(known) || (!word.is_ascii() && known.starts_with(first) && word.nfc().eq(known.nfc()))
    };
    let keyword = WORDS.iter().find(|(known, _)| same(known))?.1;
    let colon = words[colon_at..].chars().next()?;
    let mut end = colon_at + colon.len_utf8();
    let after = &words[end..];
    if colon == 'ः' && !(after.is_empty() || after.starts_with([' ', '\t', '-'])) {
        return None;
    }
    for dash in ["-", "–", "—"] {
        if let Some(rest) = words[end..].strip_prefix(dash)
            && (rest.is_empty() || rest.starts_with([' ', '\t']))
        {
            end += dash.len();
            break;
        }
    }
    let rest = &words[end..];
    Some((keyword, end + rest.len() - rest.trim_start_matches([' ', '\t']).len()))
}

/// The keyword that a run of inlines begins with.
pub(crate) fn leading(inlines: &[Inline<'_>]) -> Option<Keyword> {
    match &inlines.first()?.kind {
        InlineKind::Words { text, literal: 0 } => keyword(text).map(|(keyword, _)| keyword),
        InlineKind::Strong(inner) => bold(inner, inlines.get(1)).map(|(keyword, _)| keyword),
        _ => None,
    }
}

/// The keyword of `**Q:** …` or `**Q**: …`, and whether the colon stands outside.
fn bold(inner: &[Inline<'_>], next: Option<&Inline<'_>>) -> Option<(Keyword, bool)> {
    let [Inline { kind: InlineKind::Words { text, literal: 0 }, .. }] = inner else { return None };
    if let Some((found, taken)) = keyword(text) {
        return (taken == text.len()).then_some((found, false));
    }
    let Some(Inline { kind: InlineKind::Words { text: after, literal: 0 }, .. }) = next else { return None };
    let colon = after.starts_with([':', '：', 'ः']);
    let (found, _) = keyword(&format!("{text}:"))?;
    colon.then_some((found, true))
}

/// Takes off the keyword found by [`leading`].
pub(crate) fn take(inlines: &mut Vec<Inline<'_>>) -> Option<Keyword> {
    let found = leading(inlines)?;
    if let InlineKind::Strong(inner) = &inlines.first()?.kind {
        let outside = bold(inner, inlines.get(1)).is_some_and(|(_, outside)| outside);
        inlines.remove(0);
        if let Some(Inline { kind: InlineKind::Words { text, literal: 0 }, range }) = inlines.first_mut() {
            let lead = if outside { text.chars().next().map_or(0, char::len_utf8) } else { 0 };
            let rest = text[lead..].trim_start_matches([' ', '\t']);
            let taken = text.len() - rest.len();
            skip(text, taken);
            range.start += taken;
        }
    } else if let Some(Inline { kind: InlineKind::Words { text, .. }, range }) = inlines.first_mut() {
        let taken = keyword(text).map_or(0, |(_, taken)| taken);
        skip(text, taken);
        range.start += taken;
    }
    if let Some(Inline { kind: InlineKind::Words { text, .. }, .. }) = inlines.first()
        && text.is_empty()
    {
        inlines.remove(0);
    }
    if matches!(inlines.first().map(|i| &i.kind), Some(InlineKind::SoftBreak)) {
        inlines.remove(0);
    }
    Some(found)
}

pub(crate) fn skip(text: &mut std::borrow::Cow<'_, str>, bytes: usize) {
    match text {
        std::borrow::Cow::Borrowed(s) => *s = &s[bytes..],
        std::borrow::Cow::Owned(s) => drop(s.drain(..bytes)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_in_many_habits() {
        assert_eq!(keyword("Q: what"), Some((Question, 3)));
        assert_eq!(keyword("q : what"), Some((Question, 4)));
        assert_eq!(keyword("प्रश्न:- क्या"), Some((Question, "प्रश्न:- ".len())));
        assert_eq!(keyword("उत्तरः हाँ"), Some((Answer, "उत्तरः ".len())));
        assert_eq!(keyword("उत्तर： हाँ"), Some((Answer, "उत्तर： ".len())));
        // The same word with its nukta composed and apart.
        assert_eq!(keyword("ਪ੍ਰਸ\u{a3c}ਨ: ਕੀ").map(|(k, _)| k), Some(Question));
        assert_eq!(keyword("ਪ੍ਰ\u{a36}ਨ: ਕੀ").map(|(k, _)| k), Some(Question));
        assert_eq!(keyword("Quite: so"), None);
        assert_eq!(keyword("अतःपर"), None);
        assert_eq!(keyword("A:-b"), Some((Answer, 2)));
    }
}
