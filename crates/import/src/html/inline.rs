//! The words of a paragraph as rich text.

use patra_core::{Language, Link, Run, Span, Tagged, Text};

use crate::text::inline::held;
use crate::text::invisible::{Removed, clean};

/// Marks stand in marks no deeper than this; the model allows [`patra_core::MAX_DEPTH`].
const DEEPEST: usize = 12;

/// What is said of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Strong,
    Emphasis,
    Superscript,
    Subscript,
    Strikeout,
    Link(String),
    Language(Language),
}

impl Format {
    fn run(self, text: Text) -> Option<Run> {
        if text.is_empty() {
            return None;
        }
        Some(match self {
            Format::Strong => Run::Strong(text),
            Format::Emphasis => Run::Emphasis(text),
            // The number of a source, as encyclopedias write it, says by its brackets that it is no power.
            Format::Superscript if is_bracketed(&text) => return None,
            Format::Superscript => Run::Superscript(text),
            Format::Subscript => Run::Subscript(text),
            Format::Strikeout => Run::Strikeout(text),
            Format::Link(target) => Run::Link(Link { text, target }),
            Format::Language(language) if is_written_in(&text, &language) => Run::Language(Tagged { text, language }),
            Format::Language(_) => return None,
        })
    }
}

fn is_bracketed(text: &Text) -> bool {
    let words = text.to_plain();
    words.starts_with('[') && words.ends_with(']')
}

/// Whether letters of the language's kind are in the text. Word names a language for each run, often the keyboard's.
fn is_written_in(text: &Text, language: &Language) -> bool {
    let words = text.to_plain();
    let latin = |c: &char| c.is_ascii_alphabetic() || matches!(c, '\u{C0}'..='\u{24F}');
    let (ours, others): (Vec<char>, Vec<char>) = words.chars().filter(|c| c.is_alphabetic()).partition(latin);
    if uses_latin(language) { ours.len() > others.len() } else { others.len() > ours.len() }
}

/// Whether a language is written in Latin letters, as far as patra's readers have to do with it.
pub(super) fn uses_latin(language: &Language) -> bool {
    const OTHERS: [&str; 44] = [
        "am", "ar", "as", "be", "bg", "bho", "bn", "brx", "doi", "el", "fa", "gu", "he", "hi", "hy", "ja", "ka", "km",
        "kn", "ko", "kok", "ks", "lo", "mai", "ml", "mni", "mr", "my", "ne", "or", "pa", "ps", "ru", "sa", "sat", "sd",
        "si", "ta", "te", "th", "uk", "ur", "yi", "zh",
    ];
    language.script().map_or_else(|| !OTHERS.contains(&language.primary()), |script| script == "Latn")
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Last {
    #[default]
    Nothing,
    Space,
    Word,
}

/// Words as they come, with the marks that are open around them.
#[derive(Debug, Default)]
pub(super) struct Inline {
    text: Text,
    /// The open marks, the innermost last; `None` for one that says nothing new.
    open: Vec<(Option<Format>, Text)>,
    last: Last,
    /// Whether white space has come since the last word.
    space: bool,
    start: Option<usize>,
    end: usize,
}

impl Inline {
    /// Words to come inside these marks.
    pub(super) fn within(formats: Vec<Option<Format>>) -> Self {
        Inline { open: formats.into_iter().map(|format| (format, Text::default())).collect(), ..Inline::default() }
    }

    /// The marks that are open.
    pub(super) fn formats(&self) -> Vec<Option<Format>> {
        self.open.iter().map(|(format, _)| format.clone()).collect()
    }

    /// How long the address of the link is that is open, in bytes.
    pub(super) fn linked(&self) -> usize {
        let length = |(format, _): &(Option<Format>, Text)| match format {
            Some(Format::Link(target)) => target.len(),
            _ => 0,
        };
        self.open.iter().map(length).sum()
    }

    /// Has the words to come stand in no link.
    pub(super) fn unlink(&mut self) {
        for (format, _) in &mut self.open {
            if matches!(format, Some(Format::Link(_))) {
                *format = None;
            }
        }
    }

    fn top(&mut self) -> &mut Text {
        match self.open.last_mut() {
            Some((_, text)) => text,
            None => &mut self.text,
        }
    }

    fn settle(&mut self) {
        if std::mem::take(&mut self.space) && self.last == Last::Word {
            self.top().push(Run::Plain(" ".to_owned()));
            self.last = Last::Space;
        }
    }

    fn note(&mut self, span: Span) {
        self.start = self.start.or(Some(span.start()));
        self.end = self.end.max(span.end());
    }

    /// Opens a mark; where it says nothing, it is only there to be closed.
    pub(super) fn open(&mut self, format: Option<Format>) {
        self.settle();
        // A script within a script is another.
        let known = |format: &Format| {
            if matches!(format, Format::Superscript | Format::Subscript) {
                return false;
            }
            let link = |format: &Format| matches!(format, Format::Link(_));
            self.open.iter().flat_map(|(open, _)| open).any(|open| open == format || (link(open) && link(format)))
        };
        let format =
            format.filter(|format| !known(format) && self.open.iter().flat_map(|(open, _)| open).count() < DEEPEST);
        self.open.push((format, Text::default()));
    }

    /// Closes the mark that was opened last.
    pub(super) fn close(&mut self) {
        let Some((format, text)) = self.open.pop() else { return };
        close(format, text, self.top());
    }

    /// Adds words; white space of any kind and length is one space.
    pub(super) fn words(&mut self, words: &str, span: Span, removed: &mut Removed) {
        let mut at = 0;
        for part in words.split_inclusive(char::is_whitespace) {
            let word = part.trim_end_matches(char::is_whitespace);
            let kept = clean(word, span.start() + at, removed);
            if !kept.is_empty() {
                self.settle();
                self.top().push(Run::Plain(kept.into_owned()));
                self.last = Last::Word;
                self.note(span);
            }
            if word.len() < part.len() {
                self.space = true;
            }
            at += part.len();
        }
    }

    /// Adds code, a formula.
    pub(super) fn push(&mut self, run: Run, span: Span) {
        self.settle();
        self.top().push(run);
        self.last = Last::Word;
        self.note(span);
    }

    /// Whether there are no words so far.
    pub(super) fn is_blank(&self) -> bool {
        self.last == Last::Nothing
    }

    /// Parts what comes from what came by white space.
    pub(super) fn part(&mut self) {
        self.space = true;
    }

    /// The words so far with their place, without white space at the end. The marks stay open for what comes.
    pub(super) fn take(&mut self) -> Option<(Text, Span)> {
        let formats = self.formats();
        while !self.open.is_empty() {
            self.close();
        }
        let text = std::mem::take(&mut self.text);
        let span = Span::new(self.start.unwrap_or(0), self.end.max(self.start.unwrap_or(0)));
        *self = Inline::within(formats);
        let text = trimmed(text);
        (!text.is_blank()).then_some((text, span))
    }
}

fn close(format: Option<Format>, text: Text, into: &mut Text) {
    // White space before a mark's end belongs after it, and a script or a rule through words begins with none.
    match format {
        Some(format) => {
            let bare = matches!(format, Format::Superscript | Format::Subscript | Format::Strikeout);
            let led = bare && matches!(text.runs().first(), Some(Run::Plain(words)) if words.starts_with(' '));
            let text = if led {
                into.push(Run::Plain(" ".to_owned()));
                trimmed_start(text)
            } else {
                text
            };
            let spaced = matches!(text.runs().last(), Some(Run::Plain(words)) if words.ends_with(' '));
            let text = if spaced { trimmed(text) } else { text };
            match format.run(text.clone()) {
                Some(run) => into.push(run),
                None => into.append(text),
            }
            if spaced {
                into.push(Run::Plain(" ".to_owned()));
            }
        }
        None => into.append(text),
    }
}

/// The text without spaces and line ends at its own end.
pub(super) fn trimmed(text: Text) -> Text {
    let mut runs = text.runs().to_vec();
    while let Some(run) = runs.pop() {
        match run {
            Run::Break => {}
            Run::Plain(words) => {
                let kept = words.trim_end();
                if !kept.is_empty() {
                    runs.push(Run::Plain(kept.to_owned()));
                    break;
                }
            }
            run => {
                runs.push(run);
                break;
            }
        }
    }
    runs.into_iter().collect()
}

/// The plain words as the recognisers of pasted text know them: strong words in `**`, scripts and struck-out words within
/// their [marks](crate::text::inline::held), each line end a space.
pub(super) fn marked(text: &Text) -> String {
    let mut out = String::new();
    for run in text.runs() {
        match run {
            Run::Strong(inner) => {
                out.push_str("**");
                out.push_str(&held(inner).replace('\n', " "));
                out.push_str("**");
            }
            run => out.push_str(&held(&Text::from_iter([run.clone()])).replace('\n', " ")),
        }
    }
    out
}

/// Whether the text is nothing but words that a pasted text could hold too.
pub(super) fn is_simple(text: &Text) -> bool {
    fn is_held(text: &Text) -> bool {
        text.runs().iter().all(|run| match run {
            Run::Plain(_) => true,
            Run::Superscript(inner) | Run::Subscript(inner) | Run::Strikeout(inner) => is_held(inner),
            _ => false,
        })
    }
    text.runs().iter().all(|run| match run {
        Run::Break => true,
        Run::Strong(inner) => is_held(inner),
        run => is_held(&Text::from_iter([run.clone()])),
    })
}

/// What stands before the byte `end` and from the byte `start` on of [`marked`]. A run that reaches over one of the two goes
/// as a whole to the part that most of it stands in, but for plain words.
pub(super) fn split(text: &Text, end: usize, start: usize) -> (Text, Text) {
    let (mut before, mut after) = (Text::default(), Text::default());
    let mut at = 0;
    for run in text.runs() {
        let one = Text::from_iter([run.clone()]);
        let length = marked(&one).len();
        let (from, to) = (at, at + length);
        at = to;
        if let Run::Plain(words) = run {
            if from < end {
                before.push(Run::Plain(words.get(..end.min(to) - from).unwrap_or(words).to_owned()));
            }
            if to > start {
                after.push(Run::Plain(words.get(start.max(from) - from..).unwrap_or_default().to_owned()));
            }
        } else if from < end {
            // The separator may stand within the mark: `<b>term:</b>`.
            before.push(run.clone());
        } else {
            after.push(run.clone());
        }
    }
    (before, trimmed_start(after))
}

/// The first `length` bytes of the plain words, with their marks.
pub(super) fn cut(text: &Text, length: usize) -> Text {
    let mut out = Text::default();
    let mut at = 0;
    for run in text.runs() {
        let words = Text::from_iter([run.clone()]).to_plain();
        let room = length.saturating_sub(at);
        at += words.len();
        if room == 0 {
            break;
        }
        if words.len() <= room {
            out.push(run.clone());
            continue;
        }
        let cut = |inner: &Text| cut(inner, room);
        match run {
            Run::Strong(inner) => out.push(Run::Strong(cut(inner))),
            Run::Emphasis(inner) => out.push(Run::Emphasis(cut(inner))),
            Run::Plain(words) => out.push(Run::Plain(words.get(..room).unwrap_or(words).to_owned())),
            run => out.push(run.clone()),
        }
    }
    out
}

fn trimmed_start(text: Text) -> Text {
    let mut runs = text.runs().iter();
    let mut out = Text::default();
    for run in runs.by_ref() {
        match run {
            Run::Break => {}
            Run::Plain(words) if words.trim().is_empty() => {}
            Run::Plain(words) => {
                out.push(Run::Plain(words.trim_start().to_owned()));
                break;
            }
            run => {
                out.push(run.clone());
                break;
            }
        }
    }
    runs.for_each(|run| out.push(run.clone()));
    trimmed(out)
}

/// A name, which is set apart anyway: a mark around all of it says nothing more.
pub(super) fn name(text: Text) -> Text {
    match text.runs() {
        [Run::Strong(inner) | Run::Emphasis(inner)] => name(inner.clone()),
        _ => trimmed_start(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(parts: &[(&str, Option<Format>)]) -> Text {
        let mut inline = Inline::default();
        let mut removed = Removed::default();
        for (words, format) in parts {
            inline.open(format.clone());
            inline.words(words, Span::new(0, words.len()), &mut removed);
            inline.close();
        }
        inline.take().map(|(text, _)| text).unwrap_or_default()
    }

    #[test]
    fn white_space_stands_outside_marks() {
        let strong = Some(Format::Strong);
        let text = told(&[("  क \n", None), (" ख ", strong.clone()), ("ग", None), ("घ", strong)]);
        assert_eq!(marked(&text), "क **ख** ग**घ**");
    }

    #[test]
    fn a_language_is_believed_where_its_letters_are() {
        let english = Some(Format::Language("en".parse().expect("a tag")));
        assert!(matches!(told(&[("call", english.clone())]).runs(), [Run::Language(_)]));
        assert_eq!(told(&[("कॉल", english.clone())]), Text::plain("कॉल"));
        assert_eq!(told(&[("12 –", english)]), Text::plain("12 –"));
    }

    #[test]
    fn a_text_splits_with_its_marks() {
        let text = told(&[("क:", Some(Format::Strong)), (" ख ", None), ("ग", Some(Format::Emphasis))]);
        let (term, rest) = split(&text, "**क:**".len(), "**क:** ".len());
        assert_eq!((marked(&term).as_str(), rest.to_plain().as_str()), ("**क:**", "ख ग"));
        assert!(matches!(rest.runs(), [Run::Plain(_), Run::Emphasis(_)]));
    }
}
