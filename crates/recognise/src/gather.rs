//! From lines to questions with what stands below them.

use std::collections::BTreeSet;

use patra_core::{Run, Span, Text};

use crate::asked::Asked;
use crate::draft::{Kind, Line};
use crate::key::{self, Key};
use crate::label;
use crate::option;
use crate::rich::{join, slice, without_bold};
use crate::sight::Sight;
use crate::stem::Stem;

/// How many lines of words a question looks ahead for its options or its answer.
const REACH: usize = 14;

/// The findings from top to bottom.
#[derive(Debug)]
pub(crate) enum Item {
    /// A question.
    Asked(Box<Asked>),
    /// The answers to the questions above.
    Key(Key),
    /// A heading or the name of a part, below which numbers may begin anew.
    Part,
}

/// The draft with what each line looks like.
pub(crate) struct Draft<'l> {
    pub lines: &'l [Line],
    pub sights: Vec<Sight>,
}

impl Draft<'_> {
    /// The next line from `at` on that is not blank, and whether a blank one stands before it. Beyond two blank lines is
    /// nothing.
    pub(crate) fn following(&self, at: usize) -> Option<(usize, bool)> {
        let end = self.lines.len().min(at + 3);
        let next = (at..end).find(|&at| !self.lines[at].is_blank())?;
        Some((next, next > at))
    }

    fn is_words(&self, at: usize) -> bool {
        self.lines.get(at).is_some_and(Line::is_words)
    }

    /// The options that begin at the line.
    fn options(&self, at: usize) -> Option<option::Run> {
        if !self.sights.get(at)?.first {
            return None;
        }
        option::boxed(self.lines, at).or_else(|| option::lettered(self.lines, at, 0))
    }
}

/// All questions and keys of a draft.
pub(crate) fn gather(draft: &Draft<'_>) -> Vec<Item> {
    let mut items = Vec::new();
    let mut at = 0;
    // Whether instructions above say that blanks are to be filled.
    let mut blanks = false;
    // The numbers of the questions since the last key that have no answer yet.
    let mut open: BTreeSet<u32> = BTreeSet::new();
    while at < draft.lines.len() {
        let sight = &draft.sights[at];
        if draft.lines[at].is_blank() {
            at += 1;
            continue;
        }
        if let Some(key) = key::key(draft, at, &open) {
            at = key.lines.end;
            open.clear();
            items.push(Item::Key(key));
            continue;
        }
        if let Some(mut asked) = asked(draft, at, &open) {
            at = asked.lines.end.max(at + 1);
            asked.blanks = blanks;
            if let Some(number) = asked.number().filter(|_| !asked.is_answered()) {
                open.insert(number);
            }
            items.push(Item::Asked(Box::new(asked)));
            continue;
        }
        let plain = &draft.lines[at].plain;
        if plain.len() < 400 {
            let names_blanks = label::contains(plain, &crate::words::WORDS.blanks);
            if names_blanks || sight.part {
                blanks = names_blanks && !label::contains(plain, &crate::words::WORDS.brackets);
            }
        }
        if sight.part {
            items.push(Item::Part);
        }
        at += 1;
    }
    items
}

/// The question that begins at the line, if something there may be one.
fn asked(draft: &Draft<'_>, at: usize, open: &BTreeSet<u32>) -> Option<Asked> {
    let line = &draft.lines[at];
    let sight = &draft.sights[at];
    if !line.is_words() && line.kind != Kind::Heading {
        return None;
    }
    if let Some(stem) = sight.stem {
        return Some(body(draft, at, Some(stem), open));
    }
    // Without a number, only options right below tell a question from a paragraph.
    if sight.is_labelled() || sight.key.is_some() || sight.first {
        return None;
    }
    let (next, _) = draft.following(at + 1).filter(|(next, _)| draft.is_words(*next))?;
    let options = draft.options(next)?;
    let found = body(draft, at, None, open);
    let told = !found.answers.is_empty() || found.asks();
    // Numbers below words are the questions of a part, unless the words ask and none of them does.
    let numbered = draft.sights[next].stem.is_some();
    let asks = |choice: &option::Choice| {
        let words = choice.text.to_plain();
        words.contains(['?', '؟']) || crate::blank::count(&words) > 0
    };
    let parts = numbered && (!found.asks() || options.choices.iter().any(asks));
    (told && !parts && !found.choices.is_empty()).then_some(found)
}

/// Whether the stem of a line goes on with the numbers of the question.
fn is_next(own: Option<Stem>, other: Stem) -> bool {
    match own {
        Some(own) if own.labelled => other.labelled,
        Some(own) => {
            other.labelled
                || (other.marks == own.marks && other.number == own.number.map(|number| number.saturating_add(1)))
        }
        None => true,
    }
}

/// Whether the words from `at` on lead to options or an answer of this question.
fn leads_on(draft: &Draft<'_>, own: Option<Stem>, at: usize) -> bool {
    let mut next = at;
    for _ in 0..REACH {
        let Some((line, _)) = draft.following(next).filter(|(line, _)| draft.is_words(*line)) else { return false };
        let sight = &draft.sights[line];
        if sight.answer.is_some() || sight.first && draft.options(line).is_some() {
            return true;
        }
        if sight.stem.is_some_and(|stem| is_next(own, stem)) || sight.part || sight.key.is_some() {
            return false;
        }
        next = line + 1;
    }
    false
}

/// A question from its first line on.
fn body(draft: &Draft<'_>, first: usize, stem: Option<Stem>, open: &BTreeSet<u32>) -> Asked {
    let line = &draft.lines[first];
    let mut asked = Asked { lines: first..first + 1, stem, span: line.span, ..Asked::default() };
    let mut next = head(draft, first, &mut asked);
    asked.below = next;
    while let Some((at, parted)) = draft.following(next) {
        let (line, sight) = (&draft.lines[at], &draft.sights[at]);
        if !line.is_words() {
            break;
        }
        let begun = !asked.choices.is_empty() || !asked.answers.is_empty() || !asked.explanation.is_empty();
        if asked.choices.is_empty()
            && asked.answers.is_empty()
            && sight.first
            && let Some(run) = draft.options(at)
        {
            // Numbers that go on with this question's are the next questions.
            let like = sight.stem.is_some_and(|other| is_next(stem, other) || is_like(stem, other));
            let asks = |choice: &option::Choice| choice.text.to_plain().contains(['?', '؟']);
            let statements = is_statements(draft, stem, &run) && !(like && run.choices.iter().any(asks));
            if like && !statements && !counts_below(draft, &run) {
                break;
            }
            if statements {
                asked.prompt.extend(draft.lines[at..run.end].iter().map(|line| line.text.clone()));
                next = run.end;
            } else {
                next = run.end;
                asked.matched = draft.lines[at..run.end].iter().map(|line| line.text.clone()).collect();
                take(&mut asked, run);
            }
            asked.lines.end = next;
            asked.below = next;
            continue;
        }
        let answer = sight.answer.or_else(|| {
            let labelled = asked.is_labelled() && asked.choices.is_empty() && asked.answers.is_empty();
            sight.short_answer.filter(|_| labelled)
        });
        if let Some(from) = answer {
            if key::answers_many(&line.plain[from..], asked.number(), open) {
                break;
            }
            next = answered(draft, at, from, &mut asked);
        } else if let Some(from) = sight.explanation.filter(|_| begun) {
            next = explained(draft, at, from, stem, &mut asked);
        } else if let Some(from) = sight.hint.filter(|_| asked.hint.is_none()) {
            asked.hint = Some(slice(&line.text, from..line.plain.len())).filter(|hint| !hint.is_blank());
            next = at + 1;
        } else if sight.stem.is_some_and(|other| is_next(stem, other)) || sight.part || sight.key.is_some() || begun {
            break;
        } else if leads_on(draft, stem, at) || (!parted && stem.is_some() && wraps(draft, stem, at)) {
            asked.prompt.push(line.text.clone());
            next = at + 1;
            asked.below = next;
        } else {
            break;
        }
        asked.lines.end = next;
    }
    let last = draft.lines[first..asked.lines.end].iter().rev().find(|line| !line.is_blank());
    let end = last.map_or(asked.span.end(), |line| line.span.end());
    if !asked.span.is_none() {
        asked.span = Span::new(asked.span.start(), end.max(asked.span.end()));
    }
    asked
}

/// Reads the first line: the question, and options or an answer behind it. Gives the line after all that.
fn head(draft: &Draft<'_>, first: usize, asked: &mut Asked) -> usize {
    let line = &draft.lines[first];
    let from = asked.stem.map_or(0, |stem| stem.at);
    let mut to = line.plain.len();
    let mut next = first + 1;
    if let Some(at) = option::within(&line.plain, from)
        && let Some(run) = option::lettered(draft.lines, first, at)
    {
        to = at;
        next = run.end;
        let rest = slice(&line.text, at..line.plain.len());
        let below = draft.lines[first + 1..run.end].iter().map(|line| line.text.clone());
        asked.matched = std::iter::once(rest).chain(below).collect();
        asked.lines.end = run.end;
        take(asked, run);
    } else if let Some((label, words)) = label::inner_answer(&line.plain[from..]) {
        let before = line.plain[from..from + label].trim_end();
        let bracket = line.plain[from + label..].starts_with(['(', '[', '{']);
        let ended = before.ends_with(['?', '؟', '।', '.', ')', ']', ':', '_', '|', '-', '–', '—', '*']);
        if (bracket || ended) && !before.is_empty() {
            to = from + label;
            asked.answers.push(unbracketed(slice(&line.text, from + words..line.plain.len()), bracket));
        }
    }
    asked.prompt.push(without_bold(slice(&line.text, from..to)));
    next
}

/// The text without the bracket that closes it.
fn unbracketed(text: Text, bracket: bool) -> Text {
    let plain = crate::rich::plain(&text);
    let trimmed = plain.trim_end();
    match trimmed.strip_suffix([')', ']', '}']).filter(|_| bracket) {
        Some(inner) => slice(&text, 0..inner.len()),
        None => text,
    }
}

fn take(asked: &mut Asked, run: option::Run) {
    asked.choices = run.choices;
    asked.style = run.style;
    asked.boxed = run.boxed;
    asked.answers.extend(run.answer);
}

/// Whether a question is numbered as the other is.
fn is_like(own: Option<Stem>, other: Stem) -> bool {
    own.is_some_and(|own| !own.labelled && own.marks == other.marks)
}

/// Whether numbers like those of the questions count options: an answer is right below them, and none of them asks.
fn counts_below(draft: &Draft<'_>, run: &option::Run) -> bool {
    let below = draft.following(run.end).is_some_and(|(at, _)| draft.sights[at].answer.is_some());
    let asks = |choice: &option::Choice| choice.text.to_plain().contains(['?', '؟']);
    below && run.choices.len() <= 6 && !run.choices.iter().any(asks)
}

/// Whether what looks like options belongs to the question: other options follow, lettered in another way.
fn is_statements(draft: &Draft<'_>, own: Option<Stem>, run: &option::Run) -> bool {
    if run.boxed || run.answer.is_some() || run.choices.iter().any(|choice| choice.ticked) {
        return false;
    }
    let mut next = run.end;
    for _ in 0..4 {
        let Some((at, _)) = draft.following(next).filter(|(at, _)| draft.is_words(*at)) else { return false };
        let sight = &draft.sights[at];
        if sight.is_labelled() || sight.part || sight.key.is_some() {
            return false;
        }
        if sight.first
            && let Some(other) = draft.options(at)
        {
            return other.style != run.style;
        }
        if sight.stem.is_some_and(|stem| is_next(own, stem)) {
            return false;
        }
        next = at + 1;
    }
    false
}

/// Whether the line goes on with a question that is broken over lines: the next question follows soon.
fn wraps(draft: &Draft<'_>, own: Option<Stem>, at: usize) -> bool {
    (at + 1..draft.lines.len().min(at + 4))
        .take_while(|&next| draft.is_words(next))
        .any(|next| draft.sights[next].stem.is_some_and(|stem| is_next(own, stem)))
        && draft.lines[at].kind == Kind::Words
}

/// Reads an answer, whose words begin at `from`; gives the line after it.
fn answered(draft: &Draft<'_>, at: usize, from: usize, asked: &mut Asked) -> usize {
    let line = &draft.lines[at];
    let bracket = line.plain.trim_start().starts_with(['[', '(']);
    let plain = &line.plain;
    let mut answer = unbracketed(slice(&line.text, from..plain.len()), bracket);
    let mut next = at + 1;
    let own = asked.stem;
    let ends = |at: usize| {
        let sight = &draft.sights[at];
        let stem = sight.stem.is_some_and(|stem| is_next(own, stem));
        !draft.is_words(at) || sight.is_labelled() || sight.part || sight.key.is_some() || stem
    };
    if answer.is_blank() {
        let Some((below, _)) = draft.following(next).filter(|(below, _)| !ends(*below)) else { return next };
        answer = draft.lines[below].text.clone();
        next = below + 1;
    }
    // An explanation may stand behind the answer.
    asked.answers.push(answer);
    if asked.answers.len() == 1 {
        next = goes_on(draft, next, own, &mut asked.more);
    }
    next
}

/// Takes the lines from `next` on that go on with an answer or an explanation: those up to something else of a question bank, or
/// up to a blank line where the last of them ends a sentence. Anything else is read as what it looks like.
fn goes_on(draft: &Draft<'_>, first: usize, own: Option<Stem>, more: &mut Vec<(Text, Span)>) -> usize {
    let ends = |at: usize| {
        let sight = &draft.sights[at];
        let stem = sight.stem.is_some_and(|stem| is_next(own, stem));
        sight.is_labelled() || sight.part || sight.key.is_some() || stem
    };
    let most = draft.lines.len().min(first + REACH + 1);
    let end = (first..most).find(|&at| !draft.is_words(at) || ends(at)).unwrap_or(most);
    let sentence = |line: &Line| line.plain.trim_end().ends_with(['.', '।', '!', '۔', '…', ')', '"', '”']);
    let followed = draft.following(end).is_some_and(|(at, _)| ends(at));
    let whole = end < first + REACH + 1 && end > first && (followed || draft.lines[first..end].iter().all(sentence));
    if !whole {
        return first;
    }
    more.extend(draft.lines[first..end].iter().map(|line| (line.text.clone(), line.span)));
    end
}

/// Reads an explanation, whose words begin at `from`; gives the line after it.
fn explained(draft: &Draft<'_>, at: usize, from: usize, own: Option<Stem>, asked: &mut Asked) -> usize {
    let line = &draft.lines[at];
    let words = slice(&line.text, from..line.plain.len());
    if !words.is_blank() {
        asked.explanation.push((words, line.span));
    }
    goes_on(draft, at + 1, own, &mut asked.explanation)
}

/// The lines of a question as one text.
pub(crate) fn whole(lines: &[Text]) -> Text {
    let text = join(lines);
    let simple = text.runs().iter().all(|run| !matches!(run, Run::Gap(_)));
    if simple { text } else { Text::plain(text.to_plain()) }
}
