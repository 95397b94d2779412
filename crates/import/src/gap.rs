//! Gaps as other programs write them.

use patra_core::{Gap, MAX_GAP_NUMBER, Run, Text};

/// Who wrote the gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Writer {
    /// Anki, as `{{c1::words::hint}}`.
    Anki,
    /// Anki or patra, which writes `{{1:words|hint}}` and `{{words}}`.
    Any,
}

/// A text in which what is written as a gap is one.
///
/// A gap may hold runs of any kind. Gaps in gaps are flattened into the outermost, since the model has none such; and what is
/// not closed, or closed in another run than it was opened in, stays as it was written.
pub(crate) fn with_gaps(text: &Text, writer: Writer) -> Text {
    let mut out = Text::default();
    // The gap that is open: how it began, its number, what it holds so far, and how many stand in it.
    let mut open: Option<(String, Option<u16>, Text, usize)> = None;
    for run in text.runs() {
        let words = match run {
            Run::Plain(words) => words.as_str(),
            other => {
                let other = inner(other, writer);
                match &mut open {
                    Some((_, _, held, _)) => held.push(other),
                    None => out.push(other),
                }
                continue;
            }
        };
        let mut rest = words;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, from) = rest.split_at(at);
            let target = |open: &mut Option<(String, Option<u16>, Text, usize)>, out: &mut Text, words: &str| {
                let run = Run::Plain(words.to_owned());
                match open {
                    Some((_, _, held, _)) => held.push(run),
                    None => out.push(run),
                }
            };
            target(&mut open, &mut out, before);
            if let Some((opening, number)) = opening(from, writer) {
                rest = &from[opening.len()..];
                match &mut open {
                    Some((.., depth)) => *depth += 1,
                    None => open = Some((opening.to_owned(), number, Text::default(), 0)),
                }
            } else if from.starts_with("}}") && open.is_some() {
                rest = &from[2..];
                match &mut open {
                    Some((.., depth)) if *depth > 0 => *depth -= 1,
                    _ => {
                        if let Some((opening, number, held, _)) = open.take() {
                            out.push(Run::Gap(gap(held, number, opening.ends_with("::"))));
                        }
                    }
                }
            } else {
                let length = from.chars().next().map_or(1, char::len_utf8);
                target(&mut open, &mut out, &from[..length]);
                rest = &from[length..];
            }
        }
        let run = Run::Plain(rest.to_owned());
        match &mut open {
            Some((_, _, held, _)) => held.push(run),
            None => out.push(run),
        }
    }
    if let Some((opening, _, held, _)) = open {
        out.push(Run::Plain(opening));
        out.append(held);
    }
    out
}

/// The same in the runs inside a run.
fn inner(run: &Run, writer: Writer) -> Run {
    match run {
        Run::Strong(_) | Run::Emphasis(_) | Run::Superscript(_) | Run::Subscript(_) | Run::Strikeout(_) => {
            run.map_inner(|inner| with_gaps(inner, writer))
        }
        other => other.clone(),
    }
}

/// What opens a gap at the beginning of the text, and its number.
fn opening(text: &str, writer: Writer) -> Option<(&str, Option<u16>)> {
    let inside = text.strip_prefix("{{")?;
    let (inside, mark) = match inside.strip_prefix('c') {
        Some(inside) if inside.starts_with(|c: char| c.is_ascii_digit()) => (inside, "::"),
        _ if writer == Writer::Anki => return None,
        _ => (inside, ":"),
    };
    // `{{c1,2::…}}` hides with several; the first tells the gap.
    let digits = inside.len() - inside.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let more =
        inside[digits..].len() - inside[digits..].trim_start_matches(|c: char| c.is_ascii_digit() || c == ',').len();
    if digits == 0 {
        return (mark == ":" && !inside.starts_with(['{', '#', '/', '^'])).then_some((&text[..2], None));
    }
    if inside[digits + more..].starts_with(mark) {
        let number = inside[..digits].parse().ok().filter(|number| (1..=MAX_GAP_NUMBER).contains(number));
        let length = text.len() - inside.len() + digits + more + mark.len();
        return number.map(|number| (&text[..length], Some(number)));
    }
    (mark == ":").then_some((&text[..2], None))
}

/// A gap of what stood in its braces; `::` in Anki and `|` in patra set the hint off.
fn gap(held: Text, number: Option<u16>, anki: bool) -> Gap {
    let mark = if anki { "::" } else { "|" };
    let mut text = Text::default();
    let mut hint: Option<String> = None;
    for run in held.runs() {
        match (&mut hint, run) {
            (Some(hint), run) => hint.push_str(&[run.clone()].into_iter().collect::<Text>().to_plain()),
            (None, Run::Plain(words)) => match words.split_once(mark) {
                Some((words, help)) => {
                    text.push(Run::Plain(words.to_owned()));
                    hint = Some(help.to_owned());
                }
                None => text.push(run.clone()),
            },
            (None, run) => text.push(run.clone()),
        }
    }
    let hint = hint.map(|hint| hint.trim().to_owned()).filter(|hint| !hint.is_empty());
    Gap { text, number, hint }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gaps(words: &str) -> Vec<(String, Option<u16>, Option<String>)> {
        let text = with_gaps(&Text::plain(words), Writer::Any);
        text.gaps().into_iter().map(|(_, gap)| (gap.text.to_plain(), gap.number, gap.hint.clone())).collect()
    }

    #[test]
    fn both_ways_of_writing_a_gap_are_read() {
        let hint = |words: &str| Some(words.to_owned());
        assert_eq!(gaps("{{c2::दिल्ली::शहर}} है"), [("दिल्ली".into(), Some(2), hint("शहर"))]);
        assert_eq!(
            gaps("{{1:दिल्ली|शहर}} और {{आगरा}}"),
            [("दिल्ली".into(), Some(1), hint("शहर")), ("आगरा".into(), None, None)]
        );
        assert_eq!(gaps("{{c1::a {{c2::b}} c}}"), [("a b c".into(), Some(1), None)]);
    }

    #[test]
    fn no_word_is_lost() {
        for words in
            ["{{c1::a", "a}} b", "{{}}", "{{c0::a}}", "{{#x}}", "{", "}}", "{{c1::a::b}}{{c9999::z}}", "{{{{a}}"]
        {
            let text = with_gaps(&Text::plain(words), Writer::Any);
            for letter in words.chars().filter(|c| c.is_ascii_lowercase() && *c != 'c') {
                let held = text.to_plain().contains(letter)
                    || text.gaps().iter().any(|(_, gap)| gap.hint.as_ref().is_some_and(|hint| hint.contains(letter)));
                assert!(held, "{words} → {text:?}");
            }
        }
    }

    #[test]
    fn a_gap_may_hold_runs() {
        let text: Text = [Run::Plain("{{c1::a ".into()), Run::Strong("b".into()), Run::Plain(" c::h}} d".into())]
            .into_iter()
            .collect();
        let text = with_gaps(&text, Writer::Anki);
        assert_eq!(text.gaps()[0].1.text.to_plain(), "a b c");
        assert_eq!(text.to_plain(), "a b c d");
    }
}
