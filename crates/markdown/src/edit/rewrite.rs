//! Changes of the source that give a field another text, from the smallest to the largest.

use patra_core::{Block, Entry, Language, Span, Terms, Text};

use super::braces::{attached, before_block, without_attribute};
use super::letters::{Aligned, align};
use super::lines::{blank_after, blank_before, container, line_of, newline};
use super::part::same;
use super::reword::{Hunk, Into, hunks, leaf_hunks, leaves, reworded, with_gap, with_words};
use super::{Change, Document, Edit, Field, FrontMatterValue, Place, front_matter};
use crate::{Passage, Setting, write_block, write_text};

mod addition;

impl Document {
    /// Gives a field another text. Of its source no more changes than the letters that differ, where that is enough.
    ///
    /// Empty text removes what may be absent. Code and formulas are taken to the letter.
    #[must_use]
    pub fn set_text(&self, place: Place, new: &Text) -> Change {
        let Some(held) = self.fields().get(place) else { return Change::default() };
        let (old, rank) = (&held.text, held.rank);
        let mut ways = match place.field {
            Field::Hint | Field::Answer if old.is_empty() => self.added(place, new),
            Field::Title => self.title(old, new),
            Field::Code | Field::Math => self.verbatim(&old.to_plain(), &new.to_plain(), place.span),
            _ => self.reworded(place, rank, old, new),
        };
        if !place.field.is_words() && (old.is_empty() || new.is_empty()) {
            ways.extend(self.holder_rewritten(place, new));
        }
        match place.field {
            Field::ColumnHeading(0) if held.id.is_some() => {
                // The heading may have been what made the table a comparison.
                if let Some(class) = before_block(self.text(), place.span.start(), ".comparison") {
                    let classed = ways.clone().into_iter().map(|mut way| {
                        way.push(class.clone());
                        way
                    });
                    ways.extend(classed.collect::<Vec<_>>());
                }
            }
            Field::EntryTerm => {
                if let (Some(passage), Some(id)) = (self.within(old, place.span).next(), &held.id) {
                    // A term that is not bold has no room for an id.
                    let bold = format!("**{}** {{#{id}}}", write_text(new, Setting::Bold));
                    ways.push(vec![Edit::new(passage.span.start()..passage.span.end(), bold)]);
                }
            }
            _ => {}
        }
        Change { ways }
    }

    /// Ticks a choice of a question, or takes its tick away, by the span of the choice.
    #[must_use]
    pub fn set_correct(&self, choice: Span, correct: bool) -> Change {
        let written = self.written(choice);
        let found = written.find('[').filter(|&at| written.as_bytes().get(at + 2) == Some(&b']'));
        Change::one(found.map(|at| {
            let at = choice.start() + at + 1;
            Edit::new(at..at + 1, if correct { "x" } else { " " })
        }))
    }

    fn title(&self, old: &Text, new: &Text) -> Vec<Vec<Edit>> {
        let value = FrontMatterValue::One(write_text(new, Setting::Line));
        let front = || front_matter::set(self.text(), "title", &value).into_iter().map(|edit| vec![edit]);
        if front_matter::has(self.text(), "title") {
            return front().collect();
        }
        let heading = self.passages().iter().find(|passage| passage.text == *old);
        let heading = heading.map(|passage| self.reworded_passage(passage, old, new, Setting::Heading));
        heading.into_iter().flatten().chain(front()).collect()
    }

    fn reworded(&self, place: Place, rank: usize, old: &Text, new: &Text) -> Vec<Vec<Edit>> {
        if old.is_empty() {
            return self.filled(place, new).into_iter().map(|edit| vec![edit]).collect();
        }
        let mut passages: Vec<&Passage> = self.within(old, place.span).collect();
        if rank < passages.len() {
            let own = passages.remove(rank);
            passages.insert(0, own);
        }
        if place.field.attribute().is_some() {
            // On a line of its own before what it is an attribute of.
            passages.extend(self.before(old, place.span));
        }
        if new.is_empty() && !passages.is_empty() {
            return passages
                .into_iter()
                .take(MAX_PLACES)
                .flat_map(|passage| self.emptied(passage, place.field))
                .collect();
        }
        let of = |passage: &&Passage| {
            let setting = self.setting(place.field, passage.span);
            self.reworded_passage(passage, old, new, setting)
        };
        let mut ways: Vec<Vec<Edit>> = passages.iter().take(MAX_PLACES).flat_map(of).collect();
        if passages.is_empty() {
            ways.extend(self.part_of_another(place, old, new));
        }
        ways
    }

    fn setting(&self, field: Field, span: Span) -> Setting {
        let before = &self.text()[..span.start()];
        if field.attribute().is_some() {
            return if before.ends_with(['"', ' ']) { Setting::Value } else { Setting::Line };
        }
        match field.setting() {
            Setting::Bold if !before.ends_with("**") => Setting::Line,
            // A line end would need the marks of the quote or list around it.
            Setting::Paragraph if container(self.text(), span.start()) != Some("") => Setting::Line,
            setting => setting,
        }
    }

    /// Changes only the words that differ; then rewrites the passage as a whole.
    fn reworded_passage(&self, passage: &Passage, old: &Text, new: &Text, setting: Setting) -> Vec<Vec<Edit>> {
        let whole = Edit::new(passage.span.start()..passage.span.end(), write_text(new, setting));
        let smallest = smallest(old, new, passage.span, self.written(passage.span), setting);
        smallest.into_iter().chain([vec![whole]]).collect()
    }

    /// A text that shares its passage with another: the term or the full form in `BPO (Business Process Outsourcing)`.
    fn part_of_another(&self, place: Place, old: &Text, new: &Text) -> Vec<Vec<Edit>> {
        let Some(head) = self.passages_in(place.span).first() else { return Vec::new() };
        let (old, whole) = (old.to_plain(), head.text.to_plain());
        let full = format!("({old})");
        let joined = match place.field {
            Field::FullForm => match whole.strip_suffix(&full) {
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
        let mut ways = self.reworded_passage(head, &head.text, &joined, Setting::Line);
        // It may no longer read as an abbreviation: then each part is written separately.
        let (term, full) = match place.field {
            Field::FullForm => (whole.split(" (").next().unwrap_or_default().to_owned(), new.to_plain()),
            _ => {
                let rest = whole.strip_prefix(&old).unwrap_or_default().trim_start_matches(" (");
                (new.to_plain(), rest.trim_end_matches(')').to_owned())
            }
        };
        let attribute = format!("full=\"{}\"", write_text(&Text::plain(full), Setting::Value));
        let term = write_text(&Text::plain(term), Setting::Line);
        ways.push(vec![
            Edit::new(head.span.start()..head.span.end(), term),
            attached(self.text(), head.span.end(), &attribute),
        ]);
        ways
    }

    /// Ways to leave nothing of a passage.
    fn emptied(&self, passage: &Passage, field: Field) -> Vec<Vec<Edit>> {
        let text = self.text();
        let range = passage.span.start()..passage.span.end();
        if let Some(key) = field.attribute() {
            return without_attribute(text, &range, key).into_iter().map(|edit| vec![edit]).collect();
        }
        let mut ways = Vec::new();
        // A hint has a line of its own.
        let line = line_of(text, &range);
        let alone = blank_before(text, line.start) < line.start;
        let line = line.start..if alone { blank_after(text, line.end) } else { line.end };
        if field.cell().is_none() && text[line.start..range.start].contains(':') {
            ways.push(vec![Edit::new(line, "")]);
        }
        ways.push(vec![Edit::new(range.clone(), "")]);
        ways.push(vec![Edit::new(range, "<!-- -->")]);
        ways
    }

    /// Code or a formula, to the letter.
    fn verbatim(&self, old: &str, new: &str, span: Span) -> Vec<Vec<Edit>> {
        let found = (!old.is_empty()).then(|| self.written(span).find(old)).flatten();
        let edit = found.map(|at| Edit::new(span.start() + at..span.start() + at + old.len(), new));
        edit.into_iter().map(|edit| vec![edit]).collect()
    }

    /// Rewrites the block or entry that the field belongs to, where something is added to it or removed from it. A block with
    /// a comment, which would be lost, is left alone.
    fn holder_rewritten(&self, place: Place, new: &Text) -> Option<Vec<Edit>> {
        let span = place.span;
        if span.is_none() || self.written(span).contains("<!--") {
            return None;
        }
        let mut changed = self.material().clone();
        place.set(&mut changed, new);
        let mut written = None;
        changed.walk_blocks(&mut |block, _| {
            if same(block.span(), span) && !matches!(block, Block::Terms(_)) {
                written.get_or_insert_with(|| write_block(block, &changed.language, 1));
            }
            if let Block::Terms(terms) = block
                && let Some(entry) = terms.entries.iter().find(|entry| same(entry.span, span))
            {
                written.get_or_insert_with(|| entry_source(entry, terms.ordered, &changed.language));
            }
        });
        let mut written = written?;
        let lead = container(self.text(), span.start())?;
        // The mark of the item as the author wrote it.
        if let Some((mark, rest)) = written.split_once(' ')
            && matches!(mark, "-" | "1.")
            && let Some((own, _)) = self.written(span).split_once(' ')
            && own.len() <= 4
        {
            written = format!("{own} {rest}");
        }
        let lines: Vec<String> = written
            .split('\n')
            .enumerate()
            .map(|(index, line)| if index == 0 || line.is_empty() { line.to_owned() } else { format!("{lead}{line}") })
            .collect();
        Some(vec![Edit::new(span.start()..span.end(), lines.join(newline(self.text())))])
    }
}

/// How many places of one text are tried.
const MAX_PLACES: usize = 3;

/// The edits of the letters that differ; `None` if they are not all that has to change.
fn smallest(old: &Text, new: &Text, span: Span, source: &str, setting: Setting) -> Option<Vec<Edit>> {
    let aligned = align(old, source)?;
    if let Some(edits) = hints(old, new, span, &aligned, setting) {
        return Some(edits);
    }
    let bytes = aligned.letters;
    let fits = |hunks: &Vec<Hunk>| reworded(old, hunks) == *new;
    let hunks = Some(hunks(old, &new.to_plain())).filter(fits).or_else(|| leaf_hunks(old, new).filter(fits))?;
    let leaves = leaves(old);
    let leaf_of = |at: usize| leaves.iter().position(|leaf| leaf.start <= at && at < leaf.end);
    let mut edits = Vec::new();
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
        let mut gone: Vec<std::ops::Range<usize>> = Vec::new();
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
            edits.push(Edit::new(span.start() + range.start..span.start() + range.end, std::mem::take(&mut with)));
        }
    }
    Some(edits)
}

/// The edits of a text that differs in the hints of gaps alone.
fn hints(old: &Text, new: &Text, span: Span, aligned: &Aligned, setting: Setting) -> Option<Vec<Edit>> {
    if old.to_plain() != new.to_plain() {
        return None;
    }
    let (before, after) = (old.gaps(), new.gaps());
    if before.len() != after.len() || before.len() != aligned.hints.len() {
        return None;
    }
    let differs = |index: &usize| before[*index].1.hint != after[*index].1.hint;
    let mut same = old.clone();
    let mut edits = Vec::new();
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
        edits.push(Edit::new(span.start() + range.start..span.start() + range.end, written));
        same = with_gap(&same, index, &mut |gap| gap.hint.clone_from(&hint));
    }
    (!edits.is_empty() && same == *new).then_some(edits)
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

/// An entry of a list of terms as an item.
pub(super) fn entry_source(entry: &Entry, ordered: bool, language: &Language) -> String {
    let list = Terms { ordered, entries: vec![entry.clone()], ..Terms::default() };
    write_block(&Block::Terms(list), language, 1)
}
