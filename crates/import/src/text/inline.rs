//! The words of a line as rich text.

use patra_core::{Run, Text};

/// The marks around scripts and struck-out words in what a recogniser reads, which knows only characters: for private use, and
/// in the last plane, where no font has a sign of its own.
const HELD: [[char; 2]; 3] = [['\u{10FFF0}', '\u{10FFF1}'], ['\u{10FFF2}', '\u{10FFF3}'], ['\u{10FFF4}', '\u{10FFF5}']];

/// The plain words of a text with its scripts and struck-out words between marks that [`text`] reads.
pub(crate) fn held(text: &Text) -> String {
    let mut out = String::new();
    for run in text.runs() {
        let marks = match run {
            Run::Superscript(_) => HELD[0],
            Run::Subscript(_) => HELD[1],
            Run::Strikeout(_) => HELD[2],
            run => {
                out.push_str(&run.inner().map_or_else(|| Text::from_iter([run.clone()]).to_plain(), held));
                continue;
            }
        };
        out.push(marks[0]);
        out.push_str(&run.inner().map(held).unwrap_or_default());
        out.push(marks[1]);
    }
    out
}

/// Words with their [marks](held) as rich text.
fn unheld(words: &str) -> Text {
    if !words.contains(HELD.as_flattened()) {
        return Text::plain(words);
    }
    // What is open, the innermost last: its mark, and the text around it so far.
    let mut open: Vec<(usize, Text)> = Vec::new();
    let mut text = Text::default();
    for part in words.split_inclusive(HELD.as_flattened()) {
        let mark = part.chars().next_back().filter(|c| HELD.as_flattened().contains(c));
        let before = mark.map_or(part, |mark| &part[..part.len() - mark.len_utf8()]);
        text.push(Run::Plain(before.to_owned()));
        let Some(mark) = mark else { continue };
        let kind = HELD.iter().position(|marks| marks.contains(&mark)).unwrap_or(0);
        if mark == HELD[kind][0] {
            open.push((kind, std::mem::take(&mut text)));
        } else if open.last().is_some_and(|(opened, _)| *opened == kind)
            && let Some((_, outer)) = open.pop()
        {
            let inner = std::mem::replace(&mut text, outer);
            text.push([Run::Superscript, Run::Subscript, Run::Strikeout][kind](inner));
        }
    }
    // A recogniser cuts lines at spaces and marks of its own: what it cut in two is words again.
    while let Some((_, outer)) = open.pop() {
        let inner = std::mem::replace(&mut text, outer);
        text.append(inner);
    }
    text
}

/// The words with one space between them, `**…**` as strong, and what is [held](held) as it was.
pub(crate) fn text(words: &str) -> Text {
    let words = spaced(words);
    let mut text = Text::default();
    let mut rest = words.as_str();
    while let Some(open) = rest.find("**") {
        let inner = &rest[open + 2..];
        let Some(close) = inner.find("**").filter(|&close| is_strong(&inner[..close])) else { break };
        text.append(unheld(&rest[..open]));
        text.push(Run::Strong(unheld(&inner[..close])));
        rest = &inner[close + 2..];
    }
    text.append(unheld(rest));
    text
}

/// The words of a term, a heading or a title, which are set apart anyway: `**…**` around them says nothing more.
pub(crate) fn name(words: &str) -> Text {
    unheld(&bare(words))
}

/// The same as words that [`text`] reads.
pub(crate) fn bare(words: &str) -> String {
    held(&text(words)).trim().to_owned()
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

    #[test]
    fn scripts_come_through_a_recogniser() {
        let two = || Run::Subscript("2".into());
        let rich: Text = [Run::Plain("पानी H".into()), two(), Run::Plain("O".into())].into_iter().collect();
        assert_eq!(text(&held(&rich)), rich);
        assert_eq!(name(&format!("**{}**", held(&rich))), rich);
        let inner: Text = [Run::Plain("x".into()), Run::Superscript("2".into())].into_iter().collect();
        let struck: Text = [Run::Strikeout(inner)].into_iter().collect();
        assert_eq!(text(&held(&struck)), struck);
        let cut = held(&struck);
        assert_eq!(text(&cut[..cut.len() - 4]).to_plain(), "x^2");
    }
}
