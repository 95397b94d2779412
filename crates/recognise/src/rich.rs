//! Parts of a rich text by the places of its plain words.

use std::ops::Range;

use patra_core::{Gap, Link, Run, Tagged, Text};

/// The part of a text that its plain words have at `range`, trimmed. Code and formulas are kept whole where they begin in
/// the range.
pub(crate) fn slice(text: &Text, range: Range<usize>) -> Text {
    let mut at = 0;
    trim(cut(text, &range, &mut at))
}

/// The words of a text without any mark, whose places are those of [`slice`]: `108` for a power of ten.
pub(crate) fn plain(text: &Text) -> String {
    let mut out = String::new();
    for run in text.runs() {
        match run {
            Run::Plain(words) | Run::Code(words) | Run::Math(words) => out.push_str(words),
            Run::Break => out.push('\n'),
            run => out.push_str(&run.inner().map(plain).unwrap_or_default()),
        }
    }
    out
}

fn cut(text: &Text, range: &Range<usize>, at: &mut usize) -> Text {
    let mut out = Text::default();
    for run in text.runs() {
        let start = *at;
        let within = range.contains(&start);
        match run {
            Run::Plain(words) => {
                *at += words.len();
                let from = range.start.clamp(start, *at) - start;
                let to = range.end.clamp(start, *at) - start;
                if let Some(words) = words.get(from..to.max(from)) {
                    out.push(Run::Plain(words.to_owned()));
                }
            }
            Run::Code(words) | Run::Math(words) => {
                *at += words.len();
                if within {
                    out.push(run.clone());
                }
            }
            Run::Break => {
                *at += 1;
                if within {
                    out.push(Run::Break);
                }
            }
            Run::Strong(inner) => out.push(Run::Strong(cut(inner, range, at))),
            Run::Superscript(inner) => out.push(Run::Superscript(cut(inner, range, at))),
            Run::Subscript(inner) => out.push(Run::Subscript(cut(inner, range, at))),
            Run::Strikeout(inner) => out.push(Run::Strikeout(cut(inner, range, at))),
            Run::Emphasis(inner) => out.push(Run::Emphasis(cut(inner, range, at))),
            Run::Link(link) => {
                let inner = cut(&link.text, range, at);
                if within || !inner.is_empty() {
                    out.push(Run::Link(Link { text: inner, target: link.target.clone() }));
                }
            }
            Run::Gap(gap) => {
                let inner = cut(&gap.text, range, at);
                if within || !inner.is_empty() {
                    out.push(Run::Gap(Gap { text: inner, ..gap.clone() }));
                }
            }
            Run::Language(tagged) => out
                .push(Run::Language(Tagged { text: cut(&tagged.text, range, at), language: tagged.language.clone() })),
        }
    }
    out
}

/// A text without white space and line ends at its beginning and end.
pub(crate) fn trim(text: Text) -> Text {
    let blank = |run: &Run| match run {
        Run::Plain(words) => words.trim().is_empty(),
        Run::Break => true,
        Run::Strong(inner) | Run::Emphasis(inner) => inner.is_blank(),
        _ => false,
    };
    let runs = text.runs();
    let first = runs.iter().position(|run| !blank(run)).unwrap_or(runs.len());
    let last = runs.iter().rposition(|run| !blank(run)).map_or(first, |last| last + 1);
    let count = last - first;
    let trimmed = runs[first..last].iter().enumerate().map(|(at, run)| match run {
        Run::Plain(words) => {
            let words = if at == 0 { words.trim_start() } else { words };
            Run::Plain(if at + 1 == count { words.trim_end() } else { words }.to_owned())
        }
        Run::Strong(inner) if count == 1 => Run::Strong(trim(inner.clone())),
        other => other.clone(),
    });
    trimmed.collect()
}

/// Lines as one text, each on its own line.
pub(crate) fn join(lines: &[Text]) -> Text {
    let mut out = Text::default();
    for line in lines.iter().filter(|line| !line.is_blank()) {
        if !out.is_empty() {
            out.push(Run::Break);
        }
        out.append(line.clone());
    }
    out
}

/// Whether all words of a text are in bold.
pub(crate) fn is_bold(text: &Text) -> bool {
    !text.is_blank()
        && text.runs().iter().all(|run| match run {
            Run::Strong(_) => true,
            Run::Plain(words) => !words.chars().any(char::is_alphanumeric),
            _ => false,
        })
}

/// The words of a text whose bold said something else: that the line is a question, or the right option.
pub(crate) fn without_bold(text: Text) -> Text {
    if !is_bold(&text) {
        return text;
    }
    let mut out = Text::default();
    for run in text.runs() {
        match run {
            Run::Strong(inner) => out.append(inner.clone()),
            other => out.push(other.clone()),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_keeps_its_marks() {
        let text: Text =
            [Run::Plain("1. क ".into()), Run::Strong("खग".into()), Run::Math("x^2".into())].into_iter().collect();
        let whole = text.to_plain();
        assert_eq!(slice(&text, 0..whole.len()), text);
        let from = whole.find('क').expect("a letter");
        let part = slice(&text, from..whole.find('ग').expect("a letter"));
        assert_eq!(part, [Run::Plain("क ".into()), Run::Strong("ख".into())].into_iter().collect());
    }

    #[test]
    fn bold_is_taken_off_where_all_is_bold() {
        let bold: Text = [Run::Strong("क".into()), Run::Plain(": ".into())].into_iter().collect();
        assert!(is_bold(&bold));
        assert_eq!(without_bold(bold), Text::plain("क: "));
    }
}
