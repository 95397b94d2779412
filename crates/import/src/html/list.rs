//! Lists: HTML's own, Word's paragraphs that look like one, Google Docs' lists that say by their class how deep they stand.

use std::iter::Peekable;

use patra_core::{Block, Entry, List, ListItem, ListMarker, ListStyle, Question, Span, Terms, Text, phrase};

use super::flow::{Flow, Told, into_blocks, one_line};
use super::inline;
use super::style::declares;
use super::tree::{Index, Tree};
use crate::guess;
use crate::text::line::{Look, line};
use crate::text::phrase::{ends_question, ends_sentence, is_short};
use crate::text::separator::split_items;
use crate::text::{invisible::Removed, marker::Bullet, marker::Number};

/// Word and Google Docs know nine levels of lists.
const DEEPEST: u8 = 9;

/// An item with the list it stands in.
struct Levelled {
    level: u8,
    start: Option<u32>,
    marker: ListMarker,
    item: ListItem,
}

/// Reads a list.
pub(super) fn list(flow: &mut Flow<'_, '_>, index: Index) {
    let tree = flow.page.tree;
    let mut items = Vec::new();
    let mut span = tree.whole(index);
    let level = google_level(tree, index);
    let mut lists = vec![index];
    if level.is_some() {
        // Google Docs puts the lists of a nested list one after the other.
        let mut next = tree.next(index);
        while let Some(other) = next {
            if google_level(tree, other).is_some_and(|(id, _)| level.is_some_and(|(own, _)| own == id)) {
                lists.push(other);
                flow.done.insert(other);
                span = Span::new(span.start(), tree.whole(other).end());
            } else if !is_nothing(tree, other) {
                break;
            }
            next = tree.next(other);
        }
    }
    let lowest = lists.iter().filter_map(|&list| google_level(tree, list)).map(|(_, level)| level).min().unwrap_or(0);
    for list in lists {
        let level = google_level(tree, list).map_or(0, |(_, level)| level - lowest);
        let ordered = tree.name(list) == "ol";
        let start = ordered.then(|| tree.attribute(list, "start").and_then(|n| n.trim().parse().ok()).unwrap_or(1));
        let marker = if ordered { marker(tree, list) } else { ListMarker::default() };
        let mut children = tree.first(list);
        while let Some(child) = children {
            children = tree.next(child);
            if flow.page.article.left_out.contains_key(&child) {
                continue;
            }
            match tree.name(child) {
                // A list right within a list belongs to the item before it.
                "ul" | "ol" if !items.is_empty() => {
                    let pieces = flow.alone(child);
                    let blocks = into_blocks(pieces, flow.told);
                    items
                        .last_mut()
                        .into_iter()
                        .for_each(|last: &mut Levelled| last.item.blocks.extend(blocks.clone()));
                }
                name => {
                    let blocks = if name == "li" {
                        flow.blocks(child)
                    } else {
                        let pieces = flow.alone(child);
                        into_blocks(pieces, flow.told)
                    };
                    if !blocks.is_empty() {
                        items.push(Levelled { level, start, marker, item: item(blocks, tree.whole(child)) });
                    }
                }
            }
        }
    }
    push(flow, items, span);
}

/// The id of a list of Google Docs, and its level from nought.
fn google_level(tree: &Tree, index: Index) -> Option<(&str, u8)> {
    let class = tree.attribute(index, "class").filter(|_| matches!(tree.name(index), "ul" | "ol"))?;
    let name = class.split_ascii_whitespace().find_map(|class| class.strip_prefix("lst-"))?;
    let (id, level) = name.rsplit_once('-')?;
    level.parse().ok().filter(|&level| level < DEEPEST).map(|level| (id, level))
}

fn is_nothing(tree: &Tree, index: Index) -> bool {
    tree.element(index).is_none() && tree.text(index).is_none_or(|text| text.trim().is_empty())
}

fn item(blocks: Vec<Block>, span: Span) -> ListItem {
    let mut blocks = blocks;
    let first = matches!(blocks.first(), Some(Block::Paragraph(_))).then(|| blocks.remove(0));
    let text = match first {
        Some(Block::Paragraph(paragraph)) => paragraph.text,
        _ => Text::default(),
    };
    ListItem { text, blocks, span }
}

/// Items in the order of the page, as lists in lists.
fn nested(items: &mut Peekable<std::vec::IntoIter<Levelled>>, level: u8, told: &mut Told) -> Option<Block> {
    let Levelled { start, marker, .. } = *items.peek()?;
    let mut list = List { start, marker, ..List::default() };
    while let Some(next) = items.peek() {
        if next.level < level {
            break;
        }
        if next.level > level && !list.items.is_empty() {
            let next = next.level;
            if let (Some(inner), Some(last)) = (nested(items, next, told), list.items.last_mut()) {
                last.blocks.push(inner);
            }
            continue;
        }
        // Another kind of list on the same level is a list of its own.
        if next.start.is_some() != list.start.is_some() && level == 0 && !list.items.is_empty() {
            break;
        }
        list.items.extend(items.next().map(|next| next.item));
    }
    let (first, last) = (list.items.first()?.span, list.items.last()?.span);
    list.span = Span::new(first.start(), last.end());
    // A list that shows no numbers of its own may have them among its words.
    if list.start.is_some() && list.marker.is_default() && !list.items.iter().any(|item| item.text.is_blank()) {
        list.take_written_markers();
    }
    Some(terms(list, told))
}

/// How a list is numbered, as its attributes say (HTML, 4.4.5; CSS Lists, 3).
fn marker(tree: &Tree, list: Index) -> ListMarker {
    let kind = match tree.attribute(list, "type").map(str::trim) {
        Some("a") => Some(ListStyle::LowerAlpha),
        Some("A") => Some(ListStyle::UpperAlpha),
        Some("i") => Some(ListStyle::LowerRoman),
        Some("I") => Some(ListStyle::UpperRoman),
        _ => None,
    };
    let declared = tree.attribute(list, "style").unwrap_or_default();
    let said = declared.split(';').filter_map(|part| part.split_once(':')).filter(|(name, _)| {
        let name = name.trim();
        name.eq_ignore_ascii_case("list-style-type") || name.eq_ignore_ascii_case("list-style")
    });
    let style = said.flat_map(|(_, value)| value.split_whitespace()).find_map(|word| match word {
        "lower-latin" => Some(ListStyle::LowerAlpha),
        "upper-latin" => Some(ListStyle::UpperAlpha),
        word => ListStyle::of_name(word),
    });
    ListMarker { style: style.or(kind).unwrap_or_default(), ..ListMarker::default() }
}

fn push(flow: &mut Flow<'_, '_>, items: Vec<Levelled>, span: Span) {
    let mut items = items.into_iter().peekable();
    while items.peek().is_some() {
        let Some(mut block) = nested(&mut items, 0, flow.told) else { return };
        if items.peek().is_none()
            && let Block::List(list) = &mut block
        {
            list.span = Span::new(list.span.start(), span.end().max(list.span.end()));
        }
        flow.push(block);
    }
}

/// The list as terms with descriptions, where its items look like such.
pub(super) fn terms(list: List, told: &mut Told) -> Block {
    let heads: Vec<String> = list.items.iter().map(|item| inline::marked(&item.text)).collect();
    let texts: Vec<&str> = heads.iter().map(String::as_str).collect();
    let below = |i: usize| {
        matches!(list.items[i].blocks.first(), Some(Block::Paragraph(_)))
            && is_short(&heads[i], 10)
            && !ends_sentence(&heads[i])
    };
    let filled = texts.iter().all(|text| !text.is_empty());
    let all_below = (0..texts.len()).all(below);
    let splits = if filled && texts.len() > 1 { split_items(&texts, &|i| below(i)) } else { None };
    if texts.len() < 2 || !filled || !list.marker.is_default() || (splits.is_none() && !all_below) {
        return Block::List(list);
    }
    let (splits, why) = match splits {
        Some(splits) => (splits.items, guess::split(&splits.mark)),
        None => (vec![None; texts.len()], guess::below()),
    };
    told.notes.push(guess::items(list.span, texts.len(), why));
    let ordered = list.start.is_some();
    let entry = |(item, split): (ListItem, Option<(usize, usize)>)| {
        let mut details = item.blocks;
        let (term, description) = match split {
            Some((end, start)) => inline::split(&item.text, end, start),
            None => match details.first() {
                Some(Block::Paragraph(paragraph)) => {
                    let description = paragraph.text.clone();
                    details.remove(0);
                    (item.text, description)
                }
                _ => (item.text, Text::default()),
            },
        };
        Entry { term: term_name(term), description, details, span: item.span, ..Entry::default() }
    };
    let entries = list.items.into_iter().zip(splits).map(entry).collect();
    Block::Terms(Terms { ordered, entries, span: list.span, ..Terms::default() })
}

/// A term without what sets it off: marks around it, a colon after it.
pub(super) fn term_name(term: Text) -> Text {
    let term = inline::name(one_line(&term));
    let plain = term.to_plain();
    let words = crate::text::phrase::without_end_mark(&plain);
    if words.len() == plain.len() {
        return term;
    }
    // What goes is at the end of the last run, or is all of it.
    inline::name(inline::cut(&term, words.len()))
}

/// Reads a list of descriptions: terms, or where all of them ask something, questions.
pub(super) fn descriptions(flow: &mut Flow<'_, '_>, index: Index) {
    let tree = flow.page.tree;
    let mut entries: Vec<Entry> = Vec::new();
    let mut described = true;
    // Rows may stand in `div`s of their own (HTML, 4.4.9).
    let mut parts: Vec<Index> = Vec::new();
    for child in tree.children(index) {
        match tree.name(child) {
            "div" => parts.extend(tree.children(child)),
            _ => parts.push(child),
        }
    }
    for child in parts {
        if flow.page.article.left_out.contains_key(&child) || is_nothing(tree, child) {
            continue;
        }
        let span = tree.whole(child);
        if tree.name(child) == "dt" {
            let (term, figures) = flow.line(child);
            let term = term_name(term);
            if !term.is_blank() {
                match entries.last_mut().filter(|_| !described) {
                    // Two terms of one description.
                    Some(last) => {
                        last.term.push(patra_core::Run::Plain(" / ".to_owned()));
                        last.term.append(term);
                    }
                    None => entries.push(Entry { term, span, ..Entry::default() }),
                }
                described = false;
            }
            let pictures = figures.into_iter().map(Block::Figure);
            match entries.last_mut() {
                Some(last) => last.details.extend(pictures),
                None => pictures.for_each(|picture| flow.push(picture)),
            }
            continue;
        }
        let blocks = if tree.name(child) == "dd" {
            flow.blocks(child)
        } else {
            let pieces = flow.alone(child);
            into_blocks(pieces, flow.told)
        };
        let Some(last) = entries.last_mut() else {
            // A description of nothing: `dd` that only sets in.
            blocks.into_iter().for_each(|block| flow.push(block));
            continue;
        };
        described |= !blocks.is_empty();
        last.span = Span::new(last.span.start(), span.end());
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) if last.description.is_empty() && last.details.is_empty() => {
                    last.description = paragraph.text;
                }
                block => last.details.push(block),
            }
        }
    }
    let asks = !entries.is_empty()
        && entries.iter().all(|entry| {
            ends_question(&entry.term.to_plain()) && (!entry.description.is_blank() || !entry.details.is_empty())
        });
    if asks {
        let message = phrase!(
            "these {$count} descriptions are questions with their answers, because each term asks something",
            count = entries.len()
        );
        flow.told.notes.push(guess::question(tree.span(index), message));
        for entry in entries {
            flow.push(Block::Question(Question {
                prompt: entry.term,
                answer: entry.description,
                details: entry.details,
                span: entry.span,
                ..Question::default()
            }));
        }
    } else if !entries.is_empty() {
        flow.push(Block::Terms(Terms { entries, span: tree.whole(index), ..Terms::default() }));
    }
}

/// Whether a paragraph is an item of a list in Word.
pub(super) fn is_word_item(tree: &Tree, index: Index) -> bool {
    if tree.name(index) != "p" {
        return false;
    }
    let class = tree.attribute(index, "class").unwrap_or_default();
    let style = tree.attribute(index, "style").unwrap_or_default();
    (style.contains("mso-list:") && !declares(tree, index, "mso-list", "none"))
        || class.split_ascii_whitespace().any(|class| class.starts_with("MsoListParagraph"))
}

/// The level that Word gives an item, from nought.
fn word_level(tree: &Tree, index: Index) -> u8 {
    let style = tree.attribute(index, "style").unwrap_or_default();
    let level = style.split("level").nth(1).and_then(|rest| rest.chars().next()).and_then(|c| c.to_digit(10));
    let level = level.and_then(|level| u8::try_from(level).ok()).unwrap_or(1);
    level.saturating_sub(1).min(DEEPEST - 1)
}

/// Reads the paragraphs from this one on that are items of a list in Word.
pub(super) fn word_list(flow: &mut Flow<'_, '_>, first: Index) {
    let tree = flow.page.tree;
    let mut items = Vec::new();
    let mut span = tree.whole(first);
    let mut at = Some(first);
    while let Some(index) = at {
        if is_word_item(tree, index) {
            flow.done.insert(index);
            span = Span::new(span.start(), tree.whole(index).end());
            if let Some(item) = word_item(flow, index) {
                items.push(item);
            }
        } else if !is_nothing(tree, index) {
            break;
        }
        at = tree.next(index);
    }
    // Word numbers levels by the list's own template, which may begin with the second.
    let lowest = items.iter().map(|item| item.level).min().unwrap_or(0);
    items.iter_mut().for_each(|item| item.level -= lowest);
    push(flow, items, span);
}

fn word_item(flow: &mut Flow<'_, '_>, index: Index) -> Option<Levelled> {
    let tree = flow.page.tree;
    let ignored = tree.inside(index).find(|&inner| declares(tree, inner, "mso-list", "ignore"));
    let blocks = {
        let pieces = flow.within_without(index, ignored);
        into_blocks(pieces, flow.told)
    };
    let mut item = item(blocks, tree.whole(index));
    let mut start = None;
    if let Some(ignored) = ignored {
        let mark: String =
            std::iter::once(ignored).chain(tree.inside(ignored)).filter_map(|inner| tree.text(inner)).collect();
        let drawn = tree.inside(ignored).chain([ignored]).chain(tree.around(ignored).take(2)).any(|inner| {
            let style = tree.attribute(inner, "style").unwrap_or_default();
            ["Symbol", "Wingdings", "Courier"].iter().any(|font| style.contains(font))
        });
        start = (!drawn).then(|| number(&format!("{} क", mark.trim()))).flatten();
    } else {
        let marked = inline::marked(&item.text);
        let mut removed = Removed::default();
        let at = match line(&marked, 0, &mut removed).look {
            Look::Bullet(Bullet { at, .. }) => Some(at),
            Look::Number(Number { at, .. }) => {
                start = number(&marked);
                Some(at)
            }
            _ => None,
        };
        if let Some(at) = at {
            item.text = inline::split(&item.text, 0, at).1;
        }
    }
    let empty = item.text.is_blank() && item.blocks.is_empty();
    (!empty).then(|| Levelled { level: word_level(tree, index), start, marker: ListMarker::default(), item })
}

/// The number that a line begins with.
fn number(text: &str) -> Option<u32> {
    match line(text, 0, &mut Removed::default()).look {
        Look::Number(Number { readings, .. }) => readings.first().map(|reading| reading.value.max(1)),
        _ => None,
    }
}
