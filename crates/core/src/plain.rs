//! The plain words of a text, for places that can't show its marks: a cell of a sheet, a title, a key.
//!
//! The meaning of a superscript, a subscript or a struck-out word depends on its mark, so the plain words keep one for each:
//! `10^8`, `log_2 8`, `x^(n+1)`, `~~never~~`.

use std::borrow::Cow;

use crate::text::{Run, Text};

/// A run among the plain words of its text.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Spelled<'a> {
    /// The run.
    pub run: &'a Run,
    /// Mark before the words of the run; empty for most runs.
    pub open: &'static str,
    /// Mark after the words of the run; empty for most runs.
    pub close: &'static str,
    /// First character after the words inside the run: pass it to [`spelled`](Text::spelled) for those words.
    pub next: Option<char>,
}

impl Text {
    /// The words alone: gaps filled in, formulas in LaTeX, line breaks as line feeds. Marks are left out, except those that
    /// the words would say something else without: `10^8`, `log_2 8`, `~~never~~`.
    #[must_use]
    pub fn to_plain(&self) -> String {
        let mut out = String::new();
        self.write_plain(None, &mut out);
        out
    }

    /// The words alone, as [`to_plain`](Text::to_plain) gives them, borrowed where the text is one plain run.
    pub(crate) fn plain_words(&self) -> Cow<'_, str> {
        match self.runs() {
            [] => Cow::Borrowed(""),
            [Run::Plain(words)] => Cow::Borrowed(words),
            _ => Cow::Owned(self.to_plain()),
        }
    }

    fn write_plain(&self, next: Option<char>, out: &mut String) {
        for Spelled { run, open, close, next } in self.spelled(next) {
            out.push_str(open);
            match run {
                Run::Plain(s) | Run::Code(s) | Run::Math(s) => out.push_str(s),
                Run::Break => out.push('\n'),
                Run::Strong(_)
                | Run::Emphasis(_)
                | Run::Superscript(_)
                | Run::Subscript(_)
                | Run::Strikeout(_)
                | Run::Link(_)
                | Run::Gap(_)
                | Run::Language(_) => run.inner().into_iter().for_each(|inner| inner.write_plain(next, out)),
            }
            out.push_str(close);
        }
    }

    /// The runs with the marks that plain words have around them. `next` is the character that follows the text, if any:
    /// it decides whether a script at the end of the text needs a space after it.
    ///
    /// Whoever writes the plain words of a text in a form of its own, or counts characters in them, uses this.
    pub fn spelled(&self, next: Option<char>) -> impl Iterator<Item = Spelled<'_>> {
        let runs = self.runs();
        runs.iter().enumerate().map(move |(at, run)| {
            let Some(inner) = run.inner() else { return Spelled { run, open: "", close: "", next: None } };
            let next = first_of(&runs[at + 1..]).or(next);
            match run {
                Run::Strikeout(_) => Spelled { run, open: "~~", close: "~~", next: Some('~') },
                Run::Superscript(_) => script(run, inner, ["^", "^("], next),
                Run::Subscript(_) => script(run, inner, ["_", "_("], next),
                _ => Spelled { run, open: "", close: "", next },
            }
        })
    }
}

/// The first character that plain words show for these runs.
fn first_of(runs: &[Run]) -> Option<char> {
    runs.iter().find_map(|run| match run {
        Run::Plain(s) | Run::Code(s) | Run::Math(s) => s.chars().next(),
        Run::Break => Some('\n'),
        Run::Superscript(_) => Some('^'),
        Run::Subscript(_) => Some('_'),
        Run::Strikeout(_) => Some('~'),
        Run::Strong(_) | Run::Emphasis(_) | Run::Link(_) | Run::Gap(_) | Run::Language(_) => {
            run.inner().and_then(|inner| first_of(inner.runs()))
        }
    })
}

/// A script with the mark before it. A number or a word needs nothing after it unless it would run on into what follows;
/// all else is put in parentheses.
fn script<'a>(run: &'a Run, inner: &Text, marks: [&'static str; 2], next: Option<char>) -> Spelled<'a> {
    let words = inner.plain_words();
    let bare = words.strip_prefix(is_sign).or_else(|| words.strip_suffix(is_sign)).unwrap_or(&words);
    let runs_on = if bare.is_empty() {
        None
    } else if bare.chars().all(char::is_numeric) {
        Some(next.is_some_and(char::is_numeric))
    } else if bare.chars().all(is_of_word) {
        Some(next.is_some_and(|c| c.is_numeric() || is_of_word(c)))
    } else {
        None
    };
    match runs_on {
        Some(runs_on) => {
            let close = if runs_on { " " } else { "" };
            Spelled { run, open: marks[0], close, next: if runs_on { Some(' ') } else { next } }
        }
        None => Spelled { run, open: marks[1], close: ")", next: Some(')') },
    }
}

fn is_sign(c: char) -> bool {
    matches!(c, '+' | '-' | '−' | '±')
}

fn is_of_word(c: char) -> bool {
    c.is_alphabetic() || (!c.is_numeric() && unicode_normalization::char::is_combining_mark(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(runs: impl IntoIterator<Item = Run>) -> String {
        runs.into_iter().collect::<Text>().to_plain()
    }

    fn plain(words: &str) -> Run {
        Run::Plain(words.into())
    }

    fn up(words: &str) -> Run {
        Run::Superscript(words.into())
    }

    fn down(words: &str) -> Run {
        Run::Subscript(words.into())
    }

    #[test]
    fn scripts_and_struck_words_keep_a_mark() {
        assert_eq!(of([plain("3 × 10"), up("8"), plain(" m s"), up("-1")]), "3 × 10^8 m s^-1");
        assert_eq!(of([plain("log"), down("2"), plain("8")]), "log_2 8");
        assert_eq!(of([plain("H"), down("2"), plain("O")]), "H_2O");
        assert_eq!(of([plain("SO"), down("4"), up("2−")]), "SO_4^2−");
        assert_eq!(of([plain("x"), up("n+1"), plain(" और x"), up("n"), plain("y")]), "x^(n+1) और x^n y");
        assert_eq!(of([plain("x"), up("२"), plain("५")]), "x^२ ५");
        assert_eq!(of([Run::Strikeout("कभी नहीं".into()), plain(" हमेशा")]), "~~कभी नहीं~~ हमेशा");
    }

    #[test]
    fn what_follows_is_looked_for_outside_the_run_that_holds_a_script() {
        let inner: Text = [plain("log"), down("2")].into_iter().collect();
        assert_eq!(of([Run::Strong(inner.clone()), plain("8")]), "log_2 8");
        assert_eq!(of([Run::Strong(inner), plain(" का मान")]), "log_2 का मान");
    }

    #[test]
    fn a_script_in_a_script_is_in_parentheses() {
        let inner: Text = [plain("y"), up("2")].into_iter().collect();
        assert_eq!(of([plain("x"), Run::Superscript(inner)]), "x^(y^2)");
    }
}
