//! Plain text in which some lines are for Kruti Dev.

use std::collections::BTreeSet;

use patra_core::{Code, Diagnostic, Span, phrase};

use super::order::is_well_formed;
use super::word::{Kind, decoded, kind, with_colons};
use crate::notes::Notes;

/// A text in Unicode.
#[derive(Clone, Debug)]
#[must_use]
pub struct Converted {
    /// The text, with the lines of the source.
    pub text: String,
    /// What was converted, a note for each passage, with how sure it is. Spans are places in the new text.
    pub notes: Vec<Diagnostic>,
}

/// Converts the lines of a text that are for Kruti Dev 010 or a font of its layout; `None` if there is none.
///
/// Lines are judged one by one, by common words and by what no other writing has, and a line of doubt as the lines around it.
/// Words in English, and words in Unicode, stay as they are.
///
/// ```
/// use patra_import::legacy_to_unicode;
/// let converted = legacy_to_unicode("Hkkjr ,d ns'k gSA\nIt is large.\n").ok_or("nothing to convert")?;
/// assert_eq!(converted.text, "भारत एक देश है।\nIt is large.\n");
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn legacy_to_unicode(text: &str) -> Option<Converted> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut verdicts: Vec<Verdict> = lines.iter().map(|line| verdict(line)).collect();
    // A word in English may be one of Hindi's by chance, and few of them are.
    let legacy = lines.iter().zip(&verdicts).filter(|(_, verdict)| **verdict == Verdict::Legacy);
    let sure: BTreeSet<&str> = legacy
        .flat_map(|(line, _)| line.split_whitespace())
        .filter(|word| kind(word) == Kind::Common && is_long(word))
        .take(MOST_COUNTED)
        .collect();
    if sure.len() < ENOUGH {
        return None;
    }
    settle(&mut verdicts);
    let mut out = String::with_capacity(text.len() * 2);
    let mut notes = Notes::default();
    let mut passage = Passage::default();
    for (line, verdict) in lines.iter().zip(&verdicts) {
        if *verdict == Verdict::Legacy {
            passage.start.get_or_insert(out.len());
            out.push_str(&converted(line, &mut passage));
            passage.end = out.trim_end().len();
        } else {
            if !line.trim().is_empty() || passage.blank {
                passage.finish(&mut notes);
            }
            passage.blank = line.trim().is_empty();
            out.push_str(line);
        }
    }
    passage.finish(&mut notes);
    Some(Converted { text: out, notes: notes.finish() })
}

/// So many different words have to be Hindi in Kruti Dev without doubt.
const ENOUGH: usize = 3;

/// After so many no more are looked at.
const MOST_COUNTED: usize = 200;

/// Short words are words in English, and commands, as well: `ls`, `us`.
fn is_long(word: &str) -> bool {
    word.chars().count() > 2
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Legacy,
    /// Nothing but words that may be either, or no words.
    Open,
    Other,
}

fn verdict(line: &str) -> Verdict {
    let (mut known, mut likely, mut other, mut long) = (0, 0, 0, false);
    for word in line.split_whitespace() {
        match kind(word) {
            Kind::Common | Kind::Marked => {
                known += 1;
                long |= is_long(word);
            }
            Kind::Likely => likely += 1,
            Kind::Other => other += 1,
            Kind::Neither => {}
        }
    }
    if (long || known > 2) && (known + likely) * 2 >= other && known * 5 >= likely + other {
        Verdict::Legacy
    } else if known + likely > other || other == 0 {
        Verdict::Open
    } else {
        Verdict::Other
    }
}

/// Judges lines of doubt as the nearest lines before and after them, where those agree; alone in a text for the font, as it.
fn settle(verdicts: &mut [Verdict]) {
    const NEAR: usize = 6;
    let mut before = vec![None; verdicts.len()];
    let mut last: Option<(usize, Verdict)> = None;
    for (at, verdict) in verdicts.iter().enumerate() {
        before[at] = last.filter(|(there, _)| at - there <= NEAR).map(|(_, verdict)| verdict);
        if *verdict != Verdict::Open {
            last = Some((at, *verdict));
        }
    }
    let mut next: Option<(usize, Verdict)> = None;
    for at in (0..verdicts.len()).rev() {
        if verdicts[at] != Verdict::Open {
            next = Some((at, verdicts[at]));
            continue;
        }
        let after = next.filter(|(there, _)| there - at <= NEAR).map(|(_, verdict)| verdict);
        let around = [before[at], after];
        let legacy = around.contains(&Some(Verdict::Legacy)) && !around.contains(&Some(Verdict::Other));
        // What was settled says nothing of its neighbours.
        verdicts[at] = if legacy { Verdict::Legacy } else { Verdict::Open };
    }
}

/// Lines that were converted.
#[derive(Default)]
struct Passage {
    start: Option<usize>,
    end: usize,
    words: usize,
    good: usize,
    blank: bool,
}

impl Passage {
    fn finish(&mut self, notes: &mut Notes) {
        let Passage { start: Some(start), end, words, good, .. } = std::mem::take(self) else { return };
        if words > 0 {
            notes.push(told(words, good, Span::new(start, end)));
        }
    }
}

/// What is said of words that were converted: a guess, or a warning where several of them are not well-formed.
pub(crate) fn told(words: usize, good: usize, span: Span) -> Diagnostic {
    let percent = good * 100 / words.max(1);
    let message = phrase!(
        "1 word was converted from Kruti Dev to Unicode, and {$percent} % are well-formed"
            | "{$words} words were converted from Kruti Dev to Unicode, and {$percent} % are well-formed",
        words,
        percent
    );
    let code = if percent >= 95 { Code::Guessed } else { Code::LegacyPassage };
    Diagnostic::new(code, span, message)
}

fn converted(line: &str, passage: &mut Passage) -> String {
    let words: Vec<&str> = line.split(' ').collect();
    let kinds: Vec<Kind> = words.iter().map(|word| kind(word.trim())).collect();
    let mut out = String::with_capacity(line.len() * 2);
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            out.push(' ');
        }
        // A word of doubt between two in English is English.
        let sure = |at: Option<usize>| at.and_then(|at| kinds.get(at)).is_some_and(|kind| *kind == Kind::Other);
        let english = kinds[at] == Kind::Likely && word.is_ascii() && sure(at.checked_sub(1)) && sure(Some(at + 1));
        let bullet = at == 0 && matches!(word.trim(), "-" | "*" | "•" | "–" | "—" | "·");
        let unicode = if kinds[at] == Kind::Other || english || bullet {
            (*word).to_owned()
        } else {
            let unicode = decoded(word);
            if kinds[at] != Kind::Neither {
                passage.words += 1;
                passage.good += usize::from(is_well_formed(unicode.trim()));
            }
            unicode
        };
        out.push_str(&unicode);
    }
    with_colons(&out)
}
