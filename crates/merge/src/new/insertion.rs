//! New parts put into the model and into the source.

use patra_core::{Block, List, Material, Span};
use patra_markdown::{Setting, write_block, write_text};

use super::Item;
use crate::front_matter::Replacement;
use crate::passage::Reading;
use crate::rewrite::{container, entry_source, line_of};
use crate::tree::{self, Fresh, Spot};

/// Puts the parts into the model.
pub(crate) fn insert(material: &mut Material, items: &[&Item]) {
    // Several after one come in their order if the last of them is put there first.
    for item in items.iter().rev().filter(|item| matches!(item.spot, Spot::After(_))) {
        tree::insert(material, item.spot, &item.fresh);
    }
    for item in items.iter().filter(|item| !matches!(item.spot, Spot::After(_))) {
        tree::insert(material, item.spot, &item.fresh);
    }
}

/// Ways to write the part into the source: on lines after what it stands beside, with a blank line between them where the
/// others have one.
pub(crate) fn ways(item: &Item, reading: &Reading) -> Vec<Vec<Replacement>> {
    let text = &reading.text;
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let language = &reading.material.language;
    let span = item.span;
    let Some(mut lead) = container(text, span.start()).map(str::to_owned) else { return Vec::new() };
    let mark = |own: Span| text[own.start()..].split([' ', '\t']).next().unwrap_or("-").to_owned();
    // The entry or item after which it stands: at the end of a list, its last.
    let mut beside = span;
    let (source, tight) = match &item.fresh {
        Fresh::Section(section) => {
            let own = text[span.start()..].bytes().take_while(|&b| b == b'#').count();
            let level = match item.spot {
                Spot::After(_) if own > 0 => own,
                Spot::End(_) if own > 0 => own + 1,
                _ => item.level,
            };
            let mut source =
                format!("{} {}", "#".repeat(level.clamp(1, 6)), write_text(&section.heading, Setting::Heading));
            if !section.id.is_unset() {
                source.push_str(&format!(" {{#{}}}", section.id));
            }
            for block in &section.blocks {
                source.push_str(&format!("\n\n{}", write_block(block, language, 1)));
            }
            (source, false)
        }
        Fresh::Block(block) => (write_block(block, language, 1), false),
        Fresh::Entry(entry) => {
            if let Spot::End(list) = item.spot {
                beside = last_item(&reading.material, list).unwrap_or(span);
            }
            let source = entry_source(entry, item.ordered, language);
            (with_mark(&source, &mark(beside)), true)
        }
        Fresh::Item(fresh) => {
            if let Spot::End(list) = item.spot {
                beside = last_item(&reading.material, list).unwrap_or(span);
            }
            let start = item.ordered.then_some(1);
            let list = Block::List(List { start, items: vec![fresh.clone()], span: Span::NONE });
            let source = write_block(&list, language, 1);
            let source = source.strip_prefix("{.list}\n").unwrap_or(&source);
            (with_mark(source, &mark(beside)), true)
        }
        Fresh::Choice(choice) => {
            let tick = if choice.correct { "[x]" } else { "[ ]" };
            (format!("{} {tick} {}", mark(span), write_text(&choice.text, Setting::Line)), true)
        }
        Fresh::Aspect(aspect) => {
            let mut cells = vec![write_text(&aspect.name, Setting::Cell)];
            cells.extend(aspect.cells.iter().map(|cell| write_text(cell, Setting::Cell)));
            (format!("| {} |", cells.join(" | ")), true)
        }
    };
    lead = container(text, beside.start()).map_or(lead, str::to_owned);
    // Into a section without blocks it comes below the heading.
    let end = match (&item.fresh, item.spot) {
        (Fresh::Block(_), Spot::End(section)) if (section.start(), section.end()) == (span.start(), span.end()) => {
            span.start()
        }
        _ => text[..beside.end()].char_indices().next_back().map_or(0, |(at, _)| at),
    };
    let at = line_of(text, &(end..end)).end;
    let lines: Vec<String> = source
        .split('\n')
        .map(|line| if line.is_empty() { lead.trim_end().to_owned() } else { format!("{lead}{line}") })
        .collect();
    let open = if text[..at].ends_with('\n') { "" } else { newline };
    let blank = format!("{}{newline}", lead.trim_end());
    let loose = format!("{open}{blank}{}{newline}", lines.join(newline));
    let close = format!("{open}{}{newline}", lines.join(newline));
    let parted = format!("{open}{blank}{}{newline}{blank}", lines.join(newline));
    let ways = if tight { vec![close, loose] } else { vec![loose, parted] };
    ways.into_iter().map(|words| vec![(at..at, words)]).collect()
}

/// An item with another mark; numbers go on from the one before, in its digits.
fn with_mark(source: &str, mark: &str) -> String {
    const ZEROS: [char; 12] = ['0', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '٠', '۰'];
    let digits = mark.trim_end_matches(['.', ')']);
    let zero = ZEROS.into_iter().find(|&zero| {
        digits.chars().all(|c| u32::from(c).checked_sub(u32::from(zero)).is_some_and(|value| value < 10))
    });
    let value = |zero: char| {
        digits.chars().try_fold(0_u32, |sum, c| sum.checked_mul(10)?.checked_add(u32::from(c) - u32::from(zero)))
    };
    let next = match zero.filter(|_| !digits.is_empty()).and_then(|zero| Some((zero, value(zero)?))) {
        Some((zero, number)) => {
            let written = number.saturating_add(1).to_string();
            let digit = |c: char| char::from_u32(u32::from(zero) + u32::from(c) - u32::from('0')).unwrap_or(c);
            format!("{}{}", written.chars().map(digit).collect::<String>(), &mark[digits.len()..])
        }
        None => mark.to_owned(),
    };
    let (_, rest) = source.split_once(' ').unwrap_or((source, ""));
    format!("{next} {rest}")
}

/// The last entry or item of the list with this span.
fn last_item(material: &Material, list: Span) -> Option<Span> {
    let mut found = None;
    material.walk_blocks(&mut |block, _| {
        let own = block.span();
        if (own.start(), own.end()) == (list.start(), list.end()) {
            match block {
                Block::Terms(b) => found = b.entries.last().map(|entry| entry.span),
                Block::List(b) => found = b.items.last().map(|item| item.span),
                _ => {}
            }
        }
    });
    found
}
