//! Plain words made safe in a field of a note.
//!
//! A field is HTML, and Anki reads more into it than a browser does: `[sound:…]`, `[latex]…`, `\(…\)`, and in the fields of
//! a cloze note `{{c1::…::…}}`. All of these it looks for in the raw HTML, save `\(`, which MathJax looks for in the text
//! between tags. So brackets and braces go in as character references, and a backslash before a bracket into an element
//! of its own.

use std::borrow::Cow;

use patra_core::nfc;

/// Where words go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Place {
    /// Between tags.
    #[default]
    Field,
    /// Between tags, in a field whose gaps Anki hides.
    Cloze,
    /// In the value of an attribute, between double quotes.
    Attribute,
}

/// Words without the characters that no field can hold, in NFC, and whether there were any such.
fn clean(words: &str) -> (Cow<'_, str>, bool) {
    if !words.contains(is_unfit) {
        return (nfc(words), false);
    }
    let kept: String = words.replace("\r\n", "\n").replace('\r', "\n").replace(is_unfit, "");
    let dropped = words.contains(|c| is_unfit(c) && c != '\r');
    (Cow::Owned(nfc(&kept).into_owned()), dropped)
}

/// Control characters: U+001F parts fields, NUL ends a text, and the others show nothing.
fn is_unfit(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

/// Adds `words` to the HTML in `out`. Control characters, which no field can hold, are left out; says whether there were
/// any.
pub(crate) fn escape(out: &mut String, words: &str, place: Place) -> bool {
    if !words.bytes().any(|byte| may_need_escape(byte, place)) {
        out.push_str(&nfc(words));
        return false;
    }
    let (words, dropped) = clean(words);
    let mut chars = words.chars().peekable();
    let mut before = None;
    while let Some(c) = chars.next() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '[' => out.push_str("&#91;"),
            // NFC would make one character of this and the `>` of a tag before it.
            '\u{338}' => out.push_str("&#824;"),
            '\\' if place == Place::Attribute => out.push_str("&#92;"),
            // At the end of the words, what follows is not known.
            '\\' if matches!(chars.peek(), None | Some('(' | ')' | '[' | ']')) => out.push_str("<span>\\</span>"),
            '{' | '}' | ':' if place != Place::Field && is_pair(before, c, chars.peek()) => {
                out.push_str(match c {
                    '{' => "&#123;",
                    '}' => "&#125;",
                    _ => "&#58;",
                });
            }
            _ => out.push(c),
        }
        before = Some(c);
    }
    dropped
}

/// Whether a character that is not written as it is may begin with this byte. Most words have none, and go in whole.
fn may_need_escape(byte: u8, place: Place) -> bool {
    match byte {
        // U+0080 to U+009F begin with 0xC2, U+0338 with 0xCC, U+FFFE and U+FFFF with 0xEF.
        0..0x20 | 0x7F | b'<' | b'>' | b'&' | b'"' | b'[' | b'\\' | 0xC2 | 0xCC | 0xEF => true,
        b'{' | b'}' | b':' => place != Place::Field,
        _ => false,
    }
}

/// Whether a brace or colon touches another of its kind, or may touch one outside the words.
fn is_pair(before: Option<char>, c: char, next: Option<&char>) -> bool {
    before.is_none_or(|before| before == c) || next.is_none_or(|&next| next == c)
}

/// Adds a formula between MathJax's delimiters `open` and `close` (`\(`, `\)`), in LaTeX. Says whether a control character
/// was left out.
///
/// LaTeX reads `} }` as `}}`, and Anki ends a gap at the latter; a character reference would not outlive the editor.
pub(crate) fn formula(out: &mut String, tex: &str, [open, close]: [&str; 2], place: Place) -> bool {
    let (tex, dropped) = clean(tex);
    out.push_str(open);
    let mut chars = tex.trim().chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '[' => out.push_str("&#91;"),
            '\\' => match chars.peek().copied() {
                // These are delimiters, and no formula stands in a formula: the backslash goes.
                Some('(' | ')' | '[' | ']') | None => {}
                Some(next @ ('\\' | '{' | '}' | ':')) => {
                    chars.next();
                    out.push('\\');
                    out.push(next);
                    before = next;
                    continue;
                }
                Some(_) => out.push('\\'),
            },
            '{' | '}' if c == before && place == Place::Cloze => {
                out.push(' ');
                out.push(c);
            }
            ':' if c == before && place == Place::Cloze => out.push_str("&#58;"),
            '\u{338}' => out.push_str("&#824;"),
            _ if c.is_whitespace() => out.push(' '),
            _ => out.push(c),
        }
        before = c;
    }
    out.push_str(close);
    dropped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn escaped(words: &str, place: Place) -> String {
        let mut out = String::new();
        escape(&mut out, words, place);
        out
    }

    fn maths(tex: &str) -> String {
        let mut out = String::new();
        formula(&mut out, tex, ["\\(", "\\)"], Place::Cloze);
        out
    }

    #[test]
    fn what_anki_would_read_is_words() {
        assert_eq!(escaped("<b> & \"[sound:a.mp3]", Place::Field), "&lt;b&gt; &amp; &quot;&#91;sound:a.mp3]");
        assert_eq!(escaped("{{c1::std::x}}", Place::Cloze), "&#123;&#123;c1&#58;&#58;std&#58;&#58;x&#125;&#125;");
        assert_eq!(escaped(":a: {b}\u{1f}}", Place::Cloze), "&#58;a: {b&#125;&#125;");
        assert_eq!(escaped(r"\(x\) \n", Place::Field), r"<span>\</span>(x<span>\</span>) \n");
        assert_eq!(escaped("a\u{1f}b\0c\r\nd", Place::Field), "abc\nd");
        // U+0958 is U+0915 U+093C in NFC.
        assert_eq!(escaped("\u{958}", Place::Field), "\u{915}\u{93c}");
    }

    #[test]
    fn a_formula_does_not_end_its_gap() {
        assert_eq!(maths(r"\frac{1}{x^{2}}"), r"\(\frac{1}{x^{2} }\)");
        assert_eq!(maths(r"{{a}}"), r"\({ {a} }\)");
        assert_eq!(maths(r"\{a\}}"), r"\(\{a\} }\)");
        assert_eq!(maths(r"a::b<c"), r"\(a:&#58;b&lt;c\)");
        assert_eq!(maths(r"a \) b \\"), r"\(a ) b \\\)");
    }

    proptest! {
        #[test]
        fn no_words_make_a_gap_a_tag_or_a_sound(words in "[\\[\\]{}:<>&\\\\()c1a\"\u{1f}\n]{0,24}") {
            let html = escaped(&words, Place::Cloze);
            prop_assert!(!html.contains(['[', '\u{1f}']), "{html}");
            for pair in ["{{", "}}", "::"] {
                prop_assert!(!html.contains(pair), "{html}");
                prop_assert!(!html.starts_with(&pair[1..]) && !html.ends_with(&pair[1..]), "{html}");
            }
            let tags = html.replace("<span>", "").replace("</span>", "");
            prop_assert!(!tags.contains(['<', '>']), "{html}");
            prop_assert!(!html.contains("\\(") && !html.contains("\\)") && !html.contains("\\]"), "{html}");
        }

        #[test]
        fn no_formula_ends_its_gap(tex in "[\\[\\]{}:<>&\\\\()c1a]{0,24}") {
            let html = maths(&tex);
            let inner = &html[2..html.len() - 2];
            prop_assert!(!inner.contains("}}") && !inner.contains("{{") && !inner.contains("::"), "{html}");
            let unpaired = inner.replace("\\\\", "");
            prop_assert!(!unpaired.contains("\\)") && !unpaired.contains("\\("), "{html}");
        }
    }
}
