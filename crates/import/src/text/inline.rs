//! The words of a line as rich text.

use patra_core::{Run, Text};

/// The words with one space between them, and `**…**` as strong.
pub(crate) fn text(words: &str) -> Text {
    let words = spaced(words);
    let mut text = Text::default();
    let mut rest = words.as_str();
    while let Some(open) = rest.find("**") {
        let inner = &rest[open + 2..];
        let Some(close) = inner.find("**").filter(|&close| is_strong(&inner[..close])) else { break };
        text.push(Run::Plain(rest[..open].to_owned()));
        text.push(Run::Strong(Text::plain(&inner[..close])));
        rest = &inner[close + 2..];
    }
    text.push(Run::Plain(rest.to_owned()));
    text
}

/// The words of a term, a heading or a title, which are set apart anyway: `**…**` around them says nothing more.
pub(crate) fn name(words: &str) -> Text {
    Text::plain(text(words).to_plain().trim())
}

fn is_strong(inner: &str) -> bool {
    !inner.is_empty() && !inner.starts_with(char::is_whitespace) && !inner.ends_with(char::is_whitespace)
}

/// White space of any kind and length as one space.
pub(crate) fn spaced(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_are_strong_where_they_pair() {
        assert_eq!(text("क **ख** ग").runs().len(), 3);
        assert_eq!(text("2 ** 3 ** 4"), Text::plain("2 ** 3 ** 4"));
        assert_eq!(text("**क"), Text::plain("**क"));
        assert_eq!(name("**क ख**"), Text::plain("क ख"));
        assert_eq!(text("क\u{A0}\t ख"), Text::plain("क ख"));
    }
}
