//! Lists and terms.

use patra_core::{Block, Entry, List, ListItem, ListMarker, Paragraph, Span, Terms, phrase};

use super::inline;
use super::line::Look;
use super::page::{Found, Page};
use super::phrase::{before_colon, count_words, ends_sentence, is_short, without_end_mark};
use super::question::is_labelled;
use super::separator::split_items;
use crate::guess;

/// Lists stand in lists no deeper than this; what is deeper is read on the same level. Well below
/// [`patra_core::MAX_DEPTH`].
const DEEPEST: usize = 8;

/// How far to look for the next item beyond lines that may belong to this one.
const BODY_LINES: usize = 3;
const NESTED_LINES: usize = 64;

struct Item {
    head: String,
    span: Span,
    /// Lines below the first that belong to the item.
    body: Vec<(String, Span)>,
    blocks: Vec<Block>,
    /// The line as written, with its number.
    whole: String,
}

/// The list whose first item is the line `at`.
pub(crate) fn list(page: &Page<'_>, at: usize) -> Found {
    nested(page, at, &[])
}

/// `outer` holds the items that the list stands in.
fn nested(page: &Page<'_>, first: usize, outer: &[usize]) -> Found {
    let mut items: Vec<Item> = Vec::new();
    let mut guesses = Vec::new();
    let mut lone = None;
    // How many lines each item has below its first, as the first item shows it.
    let mut below: Option<usize> = None;
    let mut at = first;
    let end = loop {
        let line = &page.lines[at];
        let mut item = Item {
            head: line.rest().to_owned(),
            span: line.span,
            body: Vec::new(),
            blocks: Vec::new(),
            whole: line.text.to_string(),
        };
        let mut next = at + 1;
        if item.head.is_empty() {
            let words = page.filled(next);
            if words < page.lines.len() && !continues(page, at, words) && holds_words(page, words) {
                item.head = page.lines[words].text.to_string();
                item.whole.clone_from(&item.head);
                item.span = page.span(at, words + 1);
                lone = lone.or(Some(item.span));
                next = words + 1;
            }
        }
        next = continuation(page, at, next, &mut item, &mut below, outer, &mut guesses);
        below = below.or(Some(0));
        if !item.head.is_empty() || !item.blocks.is_empty() {
            items.push(item);
        }
        let following = page.filled(next);
        if following >= page.lines.len() || !continues(page, at, following) {
            break next;
        }
        at = following;
    };
    if let Some(span) = lone {
        let mark: String = page.lines[first].text.chars().take(4).collect();
        let message = phrase!(
            "the line after a lone `{$mark}` is its item, here and below, because nothing else stands beside the mark",
            mark
        );
        guesses.push(guess::guess(span, message));
    }
    let span = page.span(first, end);
    let blocks = if items.is_empty() { Vec::new() } else { vec![block(page, first, items, span, &mut guesses)] };
    Found { blocks, end, guesses }
}

/// Whether the line can be the words of an item whose mark stands alone.
fn holds_words(page: &Page<'_>, at: usize) -> bool {
    let line = &page.lines[at];
    match line.look {
        Look::Text | Look::Number(_) => true,
        Look::Bullet(_) => !line.rest().is_empty(),
        _ => false,
    }
}

/// Whether the line `next` is an item of the same list as the item at `at`.
fn continues(page: &Page<'_>, at: usize, next: usize) -> bool {
    let (line, other) = (&page.lines[at], &page.lines[next]);
    match (&line.look, &other.look) {
        (Look::Bullet(a), Look::Bullet(b)) => a.mark == b.mark && line.indent.abs_diff(other.indent) <= 1,
        (Look::Number(_), Look::Number(_)) => page.series.next(at) == Some(next),
        _ => false,
    }
}

/// Gives the item at `at` the lines from `next` on that belong to it; returns the first that doesn't.
fn continuation(
    page: &Page<'_>,
    at: usize,
    mut next: usize,
    item: &mut Item,
    below: &mut Option<usize>,
    outer: &[usize],
    guesses: &mut Vec<patra_core::Diagnostic>,
) -> usize {
    let indent = page.lines[at].indent;
    loop {
        let following = page.filled(next);
        let Some(line) = page.lines.get(following) else { return next };
        if continues(page, at, following) || outer.iter().any(|&item| continues(page, item, following)) {
            return next;
        }
        let tight = following == next;
        let deeper = line.indent > indent + 1;
        let last = item.body.last().map_or(item.head.as_str(), |(words, _)| words);
        if page.is_item(following) {
            let other_list = deeper || (tight && resumes(page, at, following));
            if outer.len() >= DEEPEST || !other_list {
                return next;
            }
            let within: Vec<usize> = outer.iter().copied().chain([at]).collect();
            let found = nested(page, following, &within);
            item.blocks.extend(found.blocks);
            guesses.extend(found.guesses);
            next = found.end;
        } else if !page.is_words(following) || line.has_pipe() {
            return next;
        } else if item.blocks.is_empty() && (deeper || tight) && flows_on(last, &line.text, deeper) {
            let words = format!(" {}", line.text);
            match item.body.last_mut() {
                Some((last, _)) => last.push_str(&words),
                None => item.head.push_str(&words),
            }
            next = following + 1;
        } else if deeper {
            if item.blocks.is_empty() {
                item.body.push((line.text.to_string(), line.span));
            } else {
                item.blocks.push(paragraph(&line.text, line.span));
            }
            next = following + 1;
        } else if tight && item.body.is_empty() && item.blocks.is_empty() {
            let lines = described_below(page, at, following, &item.head, *below);
            if lines == 0 {
                return next;
            }
            *below = Some(lines);
            item.body
                .extend((following..following + lines).map(|i| (page.lines[i].text.to_string(), page.lines[i].span)));
            next = following + lines;
        } else {
            return next;
        }
    }
}

/// Whether a line that was broken to fit a page goes on in the next.
fn flows_on(before: &str, after: &str, deeper: bool) -> bool {
    let broken = !ends_sentence(before) && before_colon(before).is_none();
    broken && (after.starts_with(char::is_lowercase) && before.len() >= 40 || deeper && !is_short(before, 6))
}

/// How many lines from `next` on describe the short line of the item at `at`.
fn described_below(page: &Page<'_>, at: usize, next: usize, head: &str, below: Option<usize>) -> usize {
    let title = is_short(head, 10) && !ends_sentence(head);
    let describes = |line: &str| ends_sentence(line) || count_words(line, 40) > (2 * count_words(head, 10)).max(6);
    if below == Some(0) || !title || !describes(&page.lines[next].text) {
        return 0;
    }
    let most = below.unwrap_or(BODY_LINES);
    let lines = (next..next + most).take_while(|&i| page.is_words(i) && !page.lines[i].has_pipe()).count();
    let after = page.filled(next + lines);
    let goes_on = page.lines.get(after).is_some() && continues(page, at, after);
    if below.is_some() || goes_on { lines } else { 0 }
}

/// Whether the list of `at` goes on after the lines from `next` on, which have a mark of their own.
fn resumes(page: &Page<'_>, at: usize, next: usize) -> bool {
    let mut line = next;
    for _ in 0..NESTED_LINES {
        if line >= page.lines.len() {
            return false;
        }
        if continues(page, at, line) {
            return true;
        }
        let same = match (&page.lines[next].look, &page.lines[line].look) {
            (Look::Bullet(a), Look::Bullet(b)) => a.mark == b.mark,
            (Look::Number(_), Look::Number(_)) => page.is_item(line),
            _ => false,
        };
        if !same {
            return false;
        }
        line = page.filled(line + 1);
    }
    false
}

fn paragraph(words: &str, span: Span) -> Block {
    Block::Paragraph(Paragraph { text: inline::text(words), span })
}

fn paragraphs(body: Vec<(String, Span)>, blocks: Vec<Block>) -> Vec<Block> {
    body.into_iter().map(|(words, span)| paragraph(&words, span)).chain(blocks).collect()
}

fn block(
    page: &Page<'_>,
    first: usize,
    items: Vec<Item>,
    span: Span,
    guesses: &mut Vec<patra_core::Diagnostic>,
) -> Block {
    let number = match &page.lines[first].look {
        Look::Number(number) => Some(number),
        _ => None,
    };
    let heads: Vec<&str> = items.iter().map(|item| item.head.as_str()).collect();
    let below = |i: usize| !items[i].body.is_empty() && is_short(&items[i].head, 10) && !ends_sentence(&items[i].head);
    let all_below = (0..items.len()).all(below);
    let splits = split_items(&heads, &|i| below(i));
    if items.len() > 1 && (splits.is_some() || all_below) {
        let (splits, why) = match splits {
            Some(splits) => (splits.items, guess::split(&splits.mark)),
            None => (vec![None; items.len()], guess::below()),
        };
        guesses.push(guess::items(span, items.len(), why));
        let label = number.and_then(|number| number.label);
        let kind = label.and_then(|label| page.lines[first].text.get(..label.len())).map(inline::name);
        let entries = items.into_iter().zip(splits).map(|(item, split)| entry(item, split)).collect();
        return Block::Terms(Terms { kind, ordered: number.is_some(), entries, span, ..Terms::default() });
    }
    let labelled = number.is_some_and(|number| number.label.is_some());
    let start = number.filter(|_| !labelled).map(|_| page.series.value(first));
    let written = ListMarker::of_sequence(items.iter().map(|item| item.whole.split_whitespace().next().unwrap_or("")));
    let marker = written.filter(|(_, first)| Some(*first) == start).map(|(marker, _)| marker).unwrap_or_default();
    let item = |item: Item| ListItem {
        text: inline::text(if labelled { &item.whole } else { &item.head }),
        blocks: paragraphs(item.body, item.blocks),
        span: item.span,
    };
    Block::List(List { start, marker, items: items.into_iter().map(item).collect(), span })
}

fn entry(item: Item, split: Option<(usize, usize)>) -> Entry {
    let mut body = item.body;
    let (term, description) = match split {
        Some((end, start)) => (item.head[..end].to_owned(), item.head[start..].trim().to_owned()),
        None if body.is_empty() => (item.head, String::new()),
        None => (item.head, body.remove(0).0),
    };
    Entry {
        term: term_name(&term),
        description: inline::text(&description),
        details: paragraphs(body, item.blocks),
        span: item.span,
        ..Entry::default()
    }
}

/// A term without what sets it off: stars around it, a colon after it.
pub(crate) fn term_name(term: &str) -> patra_core::Text {
    let name = inline::bare(term);
    inline::name(without_end_mark(&name))
}

/// Lines right below each other, each a term and its description, without any mark before them: three or more.
pub(crate) fn unmarked_terms(page: &Page<'_>, first: usize) -> Option<Found> {
    const FEWEST: usize = 3;
    let line = |at: usize| {
        page.lines
            .get(at)
            .filter(|line| line.is_text() && !line.has_pipe() && !line.has_tab())
            .filter(|line| !is_labelled(&line.text))
            .map(|line| line.text.as_ref())
    };
    let is_term = |text: &str| {
        split_items(&[text], &|_| false)
            .and_then(|splits| splits.items[0].map(|(end, _)| (splits.mark, end)))
            .filter(|(_, end)| is_short(&text[..*end], 6))
            .map(|(mark, _)| mark)
    };
    let mark = is_term(line(first)?)?;
    // Blank lines between them are as good as none where they stand between all of them.
    let loose = page.lines.get(first + 1).is_some_and(super::line::Line::is_blank);
    let mut members = vec![first];
    loop {
        let next = members[members.len() - 1] + 1;
        let next = if loose { page.filled(next) } else { next };
        match line(next).and_then(is_term) {
            Some(other) if other == mark => members.push(next),
            _ => break,
        }
    }
    if members.len() < FEWEST {
        return None;
    }
    let texts: Vec<&str> = members.iter().filter_map(|&at| line(at)).collect();
    let splits = split_items(&texts, &|_| false)?;
    let end = members[members.len() - 1] + 1;
    let span = page.span(first, end);
    let made = |((&at, text), split): ((&usize, &&str), &Option<(usize, usize)>)| {
        let item = Item {
            head: (*text).to_owned(),
            span: page.lines[at].span,
            body: Vec::new(),
            blocks: Vec::new(),
            whole: String::new(),
        };
        entry(item, *split)
    };
    let entries: Vec<Entry> = members.iter().zip(&texts).zip(&splits.items).map(made).collect();
    let guesses = vec![guess::lines(span, entries.len(), &mark)];
    let terms = Terms { entries, span, ..Terms::default() };
    Some(Found { blocks: vec![Block::Terms(terms)], end, guesses })
}
