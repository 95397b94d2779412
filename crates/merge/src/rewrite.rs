//! Changes of the source that give a field another value, from the smallest to the largest.

use std::ops::Range;

use patra_core::{Block, Entry, Language, Material, Span, Terms, Text};
use patra_markdown::{Passage, Setting, write_block, write_text};

use crate::align::{Aligned, align};
use crate::attribute::{attached, before_block, without_attribute};
use crate::field::{Site, SiteKind, with_gap};
use crate::front_matter::{self, Replacement};
use crate::gone::{blank_after, blank_before};
use crate::passage::Reading;
use crate::reword::{Hunk, Into, hunks, leaf_hunks, leaves, reworded, with_words};
use crate::unit::{Unit, Value};
use patra_sheets::SheetName;

mod addition;

use addition::{added, filled};

/// Ways to make a change, the best first. Each may turn out not to give what is wanted.
pub(crate) fn candidates(unit: &Unit, reading: &Reading, changed: &dyn Fn() -> Material) -> Vec<Vec<Replacement>> {
    let empty = Text::default();
    let mut ways = match &unit.value {
        Value::Optional(None, Some(new)) if unit.field.column == "hint" => added(new, unit, reading, changed),
        Value::Text(old, new) if unit.field.sheet == SheetName::Questions && old.is_empty() => {
            added(new, unit, reading, changed)
        }
        Value::Text(old, new) if unit.site.kind == SiteKind::Title => title(old, new, reading),
        Value::Text(old, new) => text(old, new, unit.site, reading),
        Value::Optional(old, new) => {
            text(old.as_ref().unwrap_or(&empty), new.as_ref().unwrap_or(&empty), unit.site, reading)
        }
        Value::Words(old, new) if unit.site.kind == SiteKind::Verbatim => verbatim(old, new, unit.site.span, reading),
        Value::Words(old, new) => text(&Text::plain(old.as_str()), &Text::plain(new.as_str()), unit.site, reading),
        Value::OptionalWords(new) => {
            let value = new.clone().map_or(front_matter::Value::Absent, front_matter::Value::One);
            front(unit, &value, reading)
        }
        Value::List(new) => front(unit, &front_matter::Value::Many(new.clone()), reading),
        Value::Day(new) => {
            let value = new.map_or(front_matter::Value::Absent, |day| front_matter::Value::Bare(day.to_string()));
            front(unit, &value, reading)
        }
        Value::Truth(truth) => tick(*truth, unit.site.span, reading),
    };
    ways.extend(anew(unit, reading, changed));
    let field = (unit.field.sheet, unit.field.column);
    if field == (SheetName::Comparisons, "corner")
        && let Some(class) = before_block(&reading.text, unit.site.span.start(), ".comparison")
    {
        // Its heading may have told that the table compares.
        let told: Vec<_> = ways
            .iter()
            .cloned()
            .map(|mut way| {
                way.push(class.clone());
                way
            })
            .collect();
        ways.extend(told);
    }
    if field == (SheetName::Terms, "term")
        && let Value::Text(old, new) = &unit.value
        && let Some(passage) = reading.within(old, unit.site.span).next()
    {
        // A term that is not in bold has no room for an id.
        let bold = format!("**{}** {{#{}}}", write_text(new, Setting::Bold), unit.field.key);
        ways.push(vec![(passage.span.start()..passage.span.end(), bold)]);
    }
    ways
}

fn front(unit: &Unit, value: &front_matter::Value, reading: &Reading) -> Vec<Vec<Replacement>> {
    let SiteKind::FrontMatter(key) = unit.site.kind else { return Vec::new() };
    front_matter::set(&reading.text, key, value).into_iter().map(|change| vec![change]).collect()
}

fn title(old: &Text, new: &Text, reading: &Reading) -> Vec<Vec<Replacement>> {
    let value = front_matter::Value::One(write_text(new, Setting::Line));
    let front = || front_matter::set(&reading.text, "title", &value).into_iter().map(|change| vec![change]);
    if front_matter::has(&reading.text, "title") {
        return front().collect();
    }
    let heading = reading.passages.iter().find(|passage| passage.text == *old);
    let heading = heading.map(|passage| reworded_passage(passage, old, new, Setting::Heading, reading));
    heading.into_iter().flatten().chain(front()).collect()
}

fn text(old: &Text, new: &Text, site: Site, reading: &Reading) -> Vec<Vec<Replacement>> {
    if old.is_empty() {
        return filled(new, site, reading).into_iter().map(|change| vec![change]).collect();
    }
    let mut passages: Vec<&Passage> = reading.within(old, site.span).collect();
    if site.rank < passages.len() {
        let first = passages.remove(site.rank);
        passages.insert(0, first);
    }
    if matches!(site.kind, SiteKind::Attribute(_)) {
        // On a line of its own before what it is an attribute of.
        passages.extend(reading.before(old, site.span));
    }
    if new.is_empty() && !passages.is_empty() {
        return passages.into_iter().take(MAX_PLACES).flat_map(|passage| emptied(passage, site, reading)).collect();
    }
    let of = |passage: &&Passage| {
        let setting = setting(site.kind, passage.span, reading);
        reworded_passage(passage, old, new, setting, reading)
    };
    let mut ways: Vec<Vec<Replacement>> = passages.iter().take(MAX_PLACES).flat_map(of).collect();
    if passages.is_empty() {
        ways.extend(part_of_another(old, new, site, reading));
    }
    ways
}

/// How many places of one text are tried.
const MAX_PLACES: usize = 3;

fn setting(kind: SiteKind, span: Span, reading: &Reading) -> Setting {
    match kind {
        SiteKind::Attribute(_) => {
            let quoted = reading.text[..span.start()].ends_with(['"', ' ']);
            if quoted { Setting::Value } else { Setting::Line }
        }
        SiteKind::Cell(_) => Setting::Cell,
        SiteKind::Text(Setting::Bold) => {
            let bold = reading.text[..span.start()].ends_with("**");
            if bold { Setting::Bold } else { Setting::Line }
        }
        // A line end would need the marks of what it stands in.
        SiteKind::Text(Setting::Paragraph) if container(&reading.text, span.start()) != Some("") => Setting::Line,
        SiteKind::Text(setting) => setting,
        SiteKind::Verbatim | SiteKind::FrontMatter(_) | SiteKind::Title | SiteKind::Box => Setting::Line,
    }
}

/// What stands before a place on its line, where that is nothing but white space and marks of quotes.
pub(crate) fn container(text: &str, at: usize) -> Option<&str> {
    let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
    let lead = &text[start..at];
    lead.chars().all(|c| matches!(c, ' ' | '\t' | '>' | '\u{FEFF}')).then_some(lead.trim_start_matches('\u{FEFF}'))
}

/// The words that differ, each by itself; then the whole passage written anew.
fn reworded_passage(
    passage: &Passage,
    old: &Text,
    new: &Text,
    setting: Setting,
    reading: &Reading,
) -> Vec<Vec<Replacement>> {
    let whole = vec![(passage.span.start()..passage.span.end(), write_text(new, setting))];
    let smallest = smallest(old, new, passage.span, setting, reading);
    smallest.into_iter().chain([whole]).collect()
}

fn smallest(old: &Text, new: &Text, span: Span, setting: Setting, reading: &Reading) -> Option<Vec<Replacement>> {
    let source = reading.written(span);
    let aligned = align(old, source)?;
    if let Some(changes) = hints(old, new, span, &aligned, setting) {
        return Some(changes);
    }
    let bytes = aligned.letters;
    let fits = |hunks: &Vec<Hunk>| reworded(old, hunks) == *new;
    let hunks = Some(hunks(old, &new.to_plain())).filter(fits).or_else(|| leaf_hunks(old, new).filter(fits))?;
    let leaves = leaves(old);
    let leaf_of = |at: usize| leaves.iter().position(|leaf| leaf.start <= at && at < leaf.end);
    let mut changes = Vec::new();
    for hunk in hunks {
        let at = match hunk.into {
            Into::Leaf(index, offset) => {
                let leaf = leaves.get(index)?;
                if leaf.is_verbatim() && hunk.with.contains('\n') {
                    return None;
                }
                let at = leaf.start + offset;
                // Within a leaf, words come before what follows them; at its end, after what is before.
                if at < leaf.end { bytes.get(at)?.start } else { bytes.get(at.checked_sub(1)?)?.end }
            }
            Into::Top(top) => {
                let runs = old.runs().len();
                if top == runs {
                    source.len()
                } else if top == 0 {
                    0
                } else {
                    return None;
                }
            }
        };
        let verbatim = matches!(hunk.into, Into::Leaf(index, _) if leaves[index].is_verbatim());
        let edge = (at == 0, hunk.end >= bytes.len());
        let mut with = if verbatim { hunk.with.clone() } else { escaped(&hunk.with, setting, edge) };
        // What goes, by leaves: between them stand marks.
        let mut gone: Vec<Range<usize>> = Vec::new();
        let mut last = None;
        for index in hunk.start..hunk.end {
            let range = bytes.get(index)?.clone();
            match gone.last_mut() {
                Some(before) if last == leaf_of(index) => before.end = range.end,
                _ => gone.push(range),
            }
            last = leaf_of(index);
        }
        if gone.first().is_none_or(|first| first.start != at) {
            gone.insert(0, at..at);
        }
        for range in gone {
            changes.push((span.start() + range.start..span.start() + range.end, std::mem::take(&mut with)));
        }
    }
    Some(changes)
}

/// The changes of a text that differs in the hints of gaps alone.
fn hints(old: &Text, new: &Text, span: Span, aligned: &Aligned, setting: Setting) -> Option<Vec<Replacement>> {
    if old.to_plain() != new.to_plain() {
        return None;
    }
    let (before, after) = (old.gaps(), new.gaps());
    if before.len() != after.len() || before.len() != aligned.hints.len() {
        return None;
    }
    let differs = |index: &usize| before[*index].1.hint != after[*index].1.hint;
    let mut same = old.clone();
    let mut changes = Vec::new();
    for index in (0..before.len()).filter(differs) {
        let (mark, range) = &aligned.hints[index];
        let hint = after[index].1.hint.clone();
        let written = match &hint {
            None => String::new(),
            Some(_) if mark.is_empty() => return None,
            Some(words) => {
                let words = write_text(&Text::plain(words.as_str()), setting).replace('}', "\\}").replace('|', "\\|");
                format!("{mark}{words}")
            }
        };
        changes.push((span.start() + range.start..span.start() + range.end, written));
        same = with_gap(&same, index, &mut |gap| gap.hint.clone_from(&hint));
    }
    (!changes.is_empty() && same == *new).then_some(changes)
}

/// Words as they are written in the middle of a passage; `edge` tells whether they begin or end it.
fn escaped(words: &str, setting: Setting, edge: (bool, bool)) -> String {
    let lines: Vec<String> = words
        .split('\n')
        .map(|line| {
            let core = line.trim_matches(' ');
            let lead = line.len() - line.trim_start_matches(' ').len();
            if core.is_empty() {
                return line.to_owned();
            }
            let trail = line.len() - lead - core.len();
            format!("{}{}{}", " ".repeat(lead), write_text(&Text::plain(core), setting), " ".repeat(trail))
        })
        .collect();
    let mut joined = lines.join("<br>");
    if edge.0 && joined.starts_with(' ') {
        joined.replace_range(..1, "&#32;");
    }
    if edge.1 && joined.ends_with(' ') {
        joined.truncate(joined.len() - 1);
        joined.push_str("&#32;");
    }
    joined
}

/// A text that stands in a passage with another: the term or the full form of `BPO (Business Process Outsourcing)`.
fn part_of_another(old: &Text, new: &Text, site: Site, reading: &Reading) -> Vec<Vec<Replacement>> {
    let from = reading.passages.partition_point(|passage| passage.span.start() < site.span.start());
    let Some(head) = reading.passages.get(from).filter(|passage| passage.span.start() < site.span.end()) else {
        return Vec::new();
    };
    let (old, whole) = (old.to_plain(), head.text.to_plain());
    let full = format!("({old})");
    let joined = match site.kind {
        SiteKind::Attribute("full") => match whole.strip_suffix(&full) {
            Some(lead) if new.is_empty() => lead.trim_end().to_owned(),
            Some(lead) => format!("{lead}({})", new.to_plain()),
            None => return Vec::new(),
        },
        _ => match whole.strip_prefix(&old).filter(|rest| rest.starts_with(" (")) {
            Some(rest) => format!("{}{rest}", new.to_plain()),
            None => return Vec::new(),
        },
    };
    let joined = with_words(&head.text, &joined);
    let mut ways = reworded_passage(head, &head.text, &joined, Setting::Line, reading);
    // It may read as no abbreviation any more: then its parts are said one by one.
    let (term, full) = match site.kind {
        SiteKind::Attribute(_) => (whole.split(" (").next().unwrap_or_default().to_owned(), new.to_plain()),
        _ => {
            let rest = whole.strip_prefix(&old).unwrap_or_default().trim_start_matches(" (");
            (new.to_plain(), rest.trim_end_matches(')').to_owned())
        }
    };
    let attribute = format!("full=\"{}\"", write_text(&Text::plain(full), Setting::Value));
    let mut parted = vec![(head.span.start()..head.span.end(), write_text(&Text::plain(term), Setting::Line))];
    parted.push(attached(&reading.text, head.span.end(), &attribute));
    ways.push(parted);
    ways
}

/// Ways to leave nothing of a passage.
fn emptied(passage: &Passage, site: Site, reading: &Reading) -> Vec<Vec<Replacement>> {
    let range = passage.span.start()..passage.span.end();
    if let SiteKind::Attribute(key) = site.kind {
        return without_attribute(&reading.text, &range, key).into_iter().map(|change| vec![change]).collect();
    }
    let mut ways = Vec::new();
    // A hint has its line to itself.
    let line = line_of(&reading.text, &range);
    let alone = blank_before(&reading.text, line.start) < line.start;
    let line = line.start..if alone { blank_after(&reading.text, line.end) } else { line.end };
    if !matches!(site.kind, SiteKind::Cell(_)) && reading.text[line.start..range.start].contains(':') {
        ways.push(vec![(line, String::new())]);
    }
    ways.push(vec![(range.clone(), String::new())]);
    ways.push(vec![(range, "<!-- -->".to_owned())]);
    ways
}

/// The lines that a range stands in, with their end.
pub(crate) fn line_of(text: &str, range: &Range<usize>) -> Range<usize> {
    let start = text[..range.start].rfind('\n').map_or(0, |i| i + 1);
    let end = text[range.end..].find('\n').map_or(text.len(), |i| range.end + i + 1);
    start..end
}

fn tick(truth: bool, span: Span, reading: &Reading) -> Vec<Vec<Replacement>> {
    let written = reading.written(span);
    let Some(at) = written.find('[').filter(|&at| written.as_bytes().get(at + 2) == Some(&b']')) else {
        return Vec::new();
    };
    let at = span.start() + at + 1;
    vec![vec![(at..at + 1, if truth { "x" } else { " " }.to_owned())]]
}

/// Code or a formula, to the letter.
fn verbatim(old: &str, new: &str, span: Span, reading: &Reading) -> Vec<Vec<Replacement>> {
    let written = reading.written(span);
    let found = (!old.is_empty()).then(|| written.find(old)).flatten();
    found.map(|at| vec![(span.start() + at..span.start() + at + old.len(), new.to_owned())]).into_iter().collect()
}

/// The block or entry that the field belongs to, written anew: where something is added to it or taken from it. A comment
/// in it would be lost, so that such a block is left alone.
fn anew(unit: &Unit, reading: &Reading, changed: &dyn Fn() -> Material) -> Option<Vec<Replacement>> {
    let structural = match &unit.value {
        Value::Text(old, new) => old.is_empty() || new.is_empty(),
        Value::Optional(old, new) => old.is_none() || new.is_none(),
        _ => false,
    };
    let span = unit.site.holder;
    if !structural || span.is_none() || reading.written(span).contains("<!--") {
        return None;
    }
    let changed = changed();
    let mut written = None;
    changed.walk_blocks(&mut |block, _| {
        let own = block.span();
        if (own.start(), own.end()) == (span.start(), span.end()) && !matches!(block, Block::Terms(_)) {
            written.get_or_insert_with(|| write_block(block, &changed.language, 1));
        }
        if let Block::Terms(terms) = block {
            let entry = terms.entries.iter().find(|e| (e.span.start(), e.span.end()) == (span.start(), span.end()));
            if let Some(entry) = entry {
                written.get_or_insert_with(|| entry_source(entry, terms.ordered, &changed.language));
            }
        }
    });
    let mut written = written?;
    let lead = container(&reading.text, span.start())?;
    // The mark of the item as the author wrote it.
    if let Some((mark, rest)) = written.split_once(' ')
        && matches!(mark, "-" | "1.")
        && let Some((own, _)) = reading.written(span).split_once(' ')
        && own.len() <= 4
    {
        written = format!("{own} {rest}");
    }
    let newline = if reading.text.contains("\r\n") { "\r\n" } else { "\n" };
    let lines: Vec<String> = written
        .split('\n')
        .enumerate()
        .map(|(index, line)| if index == 0 || line.is_empty() { line.to_owned() } else { format!("{lead}{line}") })
        .collect();
    Some(vec![(span.start()..span.end(), lines.join(newline))])
}

/// An entry of a list of terms as an item.
pub(crate) fn entry_source(entry: &Entry, ordered: bool, language: &Language) -> String {
    let list = Terms { ordered, entries: vec![entry.clone()], ..Terms::default() };
    write_block(&Block::Terms(list), language, 1)
}
