//! Problems, shown to a person.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::PathBuf;

use annotate_snippets::{AnnotationKind, Group, Level, Message, Origin, Renderer, Snippet, normalize_untrusted_str};
use patra_core::{Code, Diagnostic, Locale, Phrase, Position, Severity, Source, SourceMap, phrase};
use serde_json::Value;
use unicode_segmentation::UnicodeSegmentation;

use crate::arguments::ReportForm;
use crate::record::{self, Record};
use crate::sarif;
use crate::visible::{Visible, visible};
use patra_build::exit::Exit;
use patra_build::input::Failure;

/// How much of a line is shown, in letters (extended grapheme clusters), and how much of it before the place marked.
const SHOWN: usize = 80;
const BEFORE: usize = 30;

/// How problems are told: in which language, and in which form.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Voice {
    pub(crate) locale: Locale,
    pub(crate) form: ReportForm,
}

impl Voice {
    /// A phrase in the language.
    pub(crate) fn say(self, phrase: &Phrase) -> Cow<'_, str> {
        phrase.to(self.locale)
    }
}

/// Shows problems as they come, or as a document at the end, and remembers how bad they were.
///
/// A person reads them on standard error, with colours where that is a terminal that has them and `NO_COLOR` is not set; a program
/// on standard output.
pub(crate) struct Report {
    stream: anstream::AutoStream<io::Stderr>,
    renderer: Renderer,
    voice: Voice,
    /// What a program is told at the end.
    records: Vec<Record>,
    errors: usize,
    warnings: usize,
    exit: Exit,
}

impl Report {
    /// A report on this process's standard error or standard output.
    pub(crate) fn new(voice: Voice) -> Self {
        let stream = anstream::AutoStream::auto(io::stderr());
        let renderer = Renderer::styled();
        Report { stream, renderer, voice, records: Vec::new(), errors: 0, warnings: 0, exit: Exit::Done }
    }

    /// How it is told.
    pub(crate) fn voice(&self) -> Voice {
        self.voice
    }

    /// Where a person is told what was done: on standard output, unless that is a program's.
    pub(crate) fn listener(&self) -> Box<dyn Write> {
        match self.voice.form {
            ReportForm::Human => Box::new(Visible::new(io::stdout().lock())),
            _ => Box::new(Visible::new(io::stderr().lock())),
        }
    }

    /// Shows a problem of a material in the source of it that it stands in.
    pub(crate) fn problem(&mut self, sources: &SourceMap, diagnostic: &Diagnostic) {
        let (name, source, span) = sources.locate(diagnostic.span);
        self.diagnostic(name, source, &Diagnostic { span, ..diagnostic.clone() });
    }

    /// Shows a problem of a source by its name.
    pub(crate) fn diagnostic(&mut self, name: &str, source: &Source, diagnostic: &Diagnostic) {
        match diagnostic.severity() {
            Severity::Warning => self.warnings += 1,
            _ => {
                self.errors += 1;
                self.exit = self.exit.max(Exit::Material);
            }
        }
        if self.voice.form != ReportForm::Human {
            self.records.push(Record::of(name, source, diagnostic, self.voice));
            return;
        }
        let shown = render(&self.renderer, name, source, diagnostic, self.voice);
        self.write(&shown);
        self.write("");
    }

    /// Shows what kept the command from doing its work.
    pub(crate) fn failure(&mut self, failure: &Failure) {
        self.errors += 1;
        self.exit = self.exit.max(failure.exit);
        if self.voice.form != ReportForm::Human {
            self.records.push(Record::of_failure(failure, self.voice));
            return;
        }
        let level = level(Severity::Error, self.voice);
        let mut group = Group::with_title(level.primary_title(self.voice.say(&failure.message)));
        if let Some(hint) = &failure.hint {
            group = group.element(help(hint, self.voice));
        }
        let shown = self.renderer.render(&[group]);
        self.write(&shown);
        self.write("");
    }

    /// Says which files of a folder are no sources, though they have the ending of one.
    pub(crate) fn passed_over(&mut self, files: &[PathBuf]) {
        for path in files {
            let path = path.display().to_string();
            self.say(&phrase!("note: `{$path}` is no source of patra's and was passed over", path));
        }
    }

    /// Says something that is no problem.
    pub(crate) fn say(&mut self, phrase: &Phrase) {
        let words = self.voice.say(phrase).into_owned();
        self.write(&normalize_untrusted_str(&words));
    }

    /// Says how many problems there were, where there were any, and how the command ends for them.
    pub(crate) fn finish(mut self) -> Exit {
        match self.voice.form {
            ReportForm::Human => {
                let (errors, warnings) = (self.errors, self.warnings);
                let counts = [
                    (errors, phrase!("1 error" | "{$errors} errors", errors)),
                    (warnings, phrase!("1 warning" | "{$warnings} warnings", warnings)),
                ];
                let counts: Vec<Cow<'_, str>> =
                    counts.iter().filter(|(count, _)| *count > 0).map(|(_, said)| self.voice.say(said)).collect();
                if !counts.is_empty() {
                    self.write(&counts.join(", "));
                }
            }
            ReportForm::Json => self.document(&record::json(&self.records)),
            ReportForm::Sarif => self.document(&sarif::log(&self.records, self.voice)),
        }
        self.exit
    }

    /// Writes the document that a program reads; a reader that has gone away is no failure.
    fn document(&mut self, document: &Value) {
        let mut out = io::stdout().lock();
        let written = serde_json::to_writer_pretty(&mut out, document).map_err(io::Error::from);
        match written.and_then(|()| writeln!(out)).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => self.exit = self.exit.max(Exit::File),
            _ => {}
        }
    }

    /// Whether there was an error.
    pub(crate) fn has_errors(&self) -> bool {
        self.errors > 0
    }

    fn write(&mut self, shown: &str) {
        // Where nobody reads the problems any more, the exit code still tells of them.
        let _ = writeln!(self.stream, "{shown}");
    }
}

/// The level of a severity under its name.
fn level(severity: Severity, voice: Voice) -> Level<'static> {
    let (level, name) = match severity {
        Severity::Warning => (Level::WARNING, phrase!("warning")),
        _ => (Level::ERROR, phrase!("error")),
    };
    level.with_name(voice.say(&name).into_owned())
}

fn help(hint: &Phrase, voice: Voice) -> Message<'static> {
    let name = voice.say(&phrase!("help")).into_owned();
    Level::HELP.with_name(name).message(normalize_untrusted_str(&voice.say(hint)))
}

fn render(renderer: &Renderer, name: &str, source: &Source, diagnostic: &Diagnostic, voice: Voice) -> String {
    let level = level(diagnostic.severity(), voice);
    let title = level.clone().primary_title(voice.say(&diagnostic.message)).id(diagnostic.code.to_string());
    let mut origin = Origin::path(visible(name));
    let mut below = Group::with_level(level);
    let mut margin = 1;
    if has_place(diagnostic) {
        // The renderer counts columns in characters, of which a letter of an Indic script has several. So what is wrong
        // and where is rendered by itself, with our column, and the line below it without a path.
        let place = source.position(diagnostic.span.start());
        origin = origin.line(place.line).char_column(place.column);
        let excerpt = Excerpt::of(source, diagnostic);
        if !excerpt.text.is_empty() {
            let mark = AnnotationKind::Primary.span(excerpt.start..excerpt.end);
            below = below.element(Snippet::source(excerpt.text).line_start(place.line).annotation(mark));
            margin = place.line.to_string().len();
        }
    }
    if let Some(hint) = &diagnostic.hint {
        below = below.element(help(hint, voice));
    }
    let head = renderer.render(&[Group::with_title(title).element(origin)]);
    // The arrow stands over the bar beside the line, which is as far in as the line's number is long.
    let (message, arrow) = head.rsplit_once('\n').unwrap_or((&head, ""));
    let mut shown = format!("{message}\n{:margin$}{arrow}", "");
    if !below.is_empty() {
        shown.push('\n');
        shown.push_str(&renderer.render(&[below]));
    }
    shown
}

/// Whether a problem is shown with a place. What is wrong with a whole file is shown at its beginning.
pub(crate) fn has_place(diagnostic: &Diagnostic) -> bool {
    !diagnostic.span.is_none() || matches!(diagnostic.code, Code::EmptySource | Code::NotUtf8)
}

/// The line on which a problem begins, cut where it is long, with the place of the problem in it.
#[derive(Debug, PartialEq, Eq)]
struct Excerpt {
    text: String,
    start: usize,
    end: usize,
}

impl Excerpt {
    fn of(source: &Source, diagnostic: &Diagnostic) -> Self {
        let (from, to) = (diagnostic.span.start(), diagnostic.span.end());
        let place = source.position(from);
        let line = source.line(place.line);
        let line_start = source.offset(place.line, 1);
        let first = place.column - 1;
        let cut = first.saturating_sub(BEFORE);
        let mut excerpt = Excerpt { text: String::new(), start: usize::MAX, end: 0 };
        if cut > 0 {
            excerpt.text.push('…');
        }
        let cut_at = source.letter_start(Position { column: cut + 1, ..place }) - line_start;
        let mut letters = (cut..).zip(line[cut_at..].grapheme_indices(true).map(|(at, letter)| (cut_at + at, letter)));
        for (index, (at, letter)) in letters.by_ref().take(SHOWN) {
            if index == first {
                excerpt.start = excerpt.text.len();
            }
            excerpt.text.push_str(letter);
            // Of a problem that goes over several lines, what is on the first.
            if index == first || (index > first && line_start + at < to) {
                excerpt.end = excerpt.text.len();
            }
        }
        if excerpt.start > excerpt.text.len() {
            // A problem at a line's end is marked after it.
            excerpt.start = excerpt.text.len();
            excerpt.end = excerpt.start;
        }
        if letters.next().is_some() {
            excerpt.text.push('…');
        }
        excerpt
    }
}

#[cfg(test)]
mod tests {
    use patra_core::Span;

    use super::*;

    fn excerpt(text: &str, span: Span) -> Excerpt {
        Excerpt::of(&Source::new(text.to_owned()), &Diagnostic::new(Code::Attribute, span, "x"))
    }

    fn marked(text: &str, span: Span) -> String {
        let excerpt = excerpt(text, span);
        excerpt.text[excerpt.start..excerpt.end].to_owned()
    }

    #[test]
    fn whole_letters_of_the_first_line_are_marked() {
        let text = "पहला\r\nक्षमा करें {#१}\r\nतीसरा";
        let at = |part: &str| text.find(part).expect("part of the text");
        assert_eq!(marked(text, Span::new(at("करें"), at("करें") + "करें".len())), "करें");
        assert_eq!(marked(text, Span::new(at("{#१}"), at("तीसरा") + 3)), "{#१}");
        // From within a letter: all of it.
        let inside = at("क्षमा") + "क".len();
        assert_eq!(marked(text, Span::new(inside, inside + 1)), "क्ष");
        assert_eq!(marked(text, Span::new(text.len(), text.len() + 9)), "");
        assert_eq!(marked("", Span::NONE), "");
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides() {
        let text = format!("{}लक्ष्य{}", "क ".repeat(50_000), " ख".repeat(50_000));
        let at = text.find("लक्ष्य").expect("it is there");
        let excerpt = excerpt(&text, Span::new(at, at + "लक्ष्य".len()));
        assert_eq!(&excerpt.text[excerpt.start..excerpt.end], "लक्ष्य");
        assert_eq!(excerpt.text.graphemes(true).count(), SHOWN + 2);
        assert!(excerpt.text.starts_with('…') && excerpt.text.ends_with('…'));
    }

    #[test]
    fn the_column_counts_letters() {
        let source = Source::new(format!("{}क्षमा {{#१}}", "\n".repeat(99)));
        let at = 99 + "क्षमा ".len();
        let diagnostic =
            Diagnostic::new(Code::Attribute, Span::new(at, at + 6), "`१` is no id").with_hint("write a letter");
        insta::assert_snapshot!(render(&Renderer::plain(), "a.md", &source, &diagnostic, Voice::default()));
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        let source = Source::new("a \u{1b}[31m b".to_owned());
        let diagnostic =
            Diagnostic::new(Code::Attribute, Span::new(2, 4), "\u{1b}[31m is wrong").with_hint("take \u{1b}[31m away");
        assert!(!render(&Renderer::plain(), "a.md", &source, &diagnostic, Voice::default()).contains('\u{1b}'));
    }
}
