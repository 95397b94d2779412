//! A handout of two columns: an edition and one in another language beside it, what says the same at the same height.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::discriminant;
use std::rc::Rc;

use patra_core::{Block, Code, Diagnostic, Direction, Id, Language, Material, Messages, Section, Span, phrase};

use super::pairs::pairs;
use super::{Column, Frame, Keep, NodeId, Pictures, Role, Shape, Slice, Tree};
use crate::options::Edition;

/// The room between the columns, in points.
pub(crate) const GUTTER: f32 = 22.0;

/// The most columns of a table that is set in half a page; wider ones stand below each other.
const NARROW_TABLE: usize = 2;

/// What an edition says, and how.
#[derive(Clone, Copy)]
pub(crate) struct Voice<'a> {
    pub(crate) material: &'a Material,
    pub(crate) messages: &'a Messages,
    pub(crate) media: &'a BTreeMap<String, Vec<u8>>,
}

impl<'a> Voice<'a> {
    /// The edition that is shown beside.
    pub(crate) fn beside(edition: &'a Edition, messages: &'a Messages) -> Self {
        Voice { material: &edition.material, messages, media: &edition.media }
    }

    fn language(&self) -> &'a Language {
        &self.material.language
    }
}

/// What one of the editions says alone.
#[derive(Clone, Copy)]
enum Lone<'a> {
    Section(&'a str),
    Named(&'a Id),
    Block,
    /// A block of the other edition, told of at a place of the first.
    BlockNear,
}

/// The two editions, and where their columns stand.
struct Pair<'a> {
    voices: [Voice<'a>; 2],
    frames: [Frame; 2],
    whole: Frame,
    /// The answers to the questions met.
    answers: [Vec<Option<super::column::Answered>>; 2],
    /// What was read of the pictures of each, which may be called alike.
    pictures: [Pictures; 2],
}

/// Sets both editions.
pub(crate) fn bilingual<'a>(column: &mut Column<'a>, voices: [Voice<'a>; 2]) {
    let whole = column.frame();
    let width = (whole.width - GUTTER) / 2.0;
    // The first edition's column is where its readers begin.
    let far = whole.x + whole.width - width;
    let (first, second) = if column.rtl { (far, whole.x) } else { (whole.x, far) };
    let frames = [first, second].map(|x| Frame { x, width, ..whole.clone() });
    let mut pair = Pair { voices, frames, whole, answers: Default::default(), pictures: Default::default() };
    column.anchor(&voices[0].material.id);
    let titles = [0, 1].map(|side| {
        pair.set(column, side, |column, voice, _| {
            let mut facts: Vec<String> = Vec::new();
            if !voice.material.authors.is_empty() {
                facts.push(voice.material.authors.join(", "));
            }
            if let Some(updated) = voice.material.updated {
                facts.push(format!("{}: {updated}", column.label("updated")));
            }
            column.title(voice.material, None, &facts);
        })
    });
    column.beside(titles);
    column.contents_place();
    pair.sections(column, [&voices[0].material.sections, &voices[1].material.sections], 1, true);
    let answers = [0, 1].map(|side| {
        let answers = std::mem::take(&mut pair.answers[side]);
        pair.set(column, side, |column, _, _| {
            column.answers = answers;
            column.answer_key();
        })
    });
    let answers = pair.headings(column, answers);
    column.beside(answers);
    let imprints = [0, 1].map(|side| pair.set(column, side, |column, voice, _| column.imprint(voice.material)));
    column.beside(imprints);
    pair.turn(column, 0);
    column.place = None;
}

impl<'a> Pair<'a> {
    /// Has the column speak for one of the editions.
    fn turn(&self, column: &mut Column<'a>, side: usize) {
        let voice = self.voices[side];
        column.language = voice.language();
        column.messages = voice.messages;
        column.media = voice.media;
        column.rtl = voice.language().direction() == Direction::RightToLeft;
        column.place = Some(self.frames[side].clone());
    }

    /// What is set of one of the editions, taken from the column's end.
    fn set(
        &mut self,
        column: &mut Column<'a>,
        side: usize,
        set: impl FnOnce(&mut Column<'a>, Voice<'a>, &Frame),
    ) -> Vec<Slice> {
        let frame = self.frames[side].clone();
        self.set_in(column, side, &frame, set)
    }

    fn set_in(
        &mut self,
        column: &mut Column<'a>,
        side: usize,
        frame: &Frame,
        set: impl FnOnce(&mut Column<'a>, Voice<'a>, &Frame),
    ) -> Vec<Slice> {
        self.turn(column, side);
        column.place = Some(frame.clone());
        std::mem::swap(&mut column.answers, &mut self.answers[side]);
        std::mem::swap(&mut column.pictures, &mut self.pictures[side]);
        let (start, told) = (column.slices.len(), column.diagnostics.len());
        // What keeps the one with the heading above keeps the other with it too.
        let after_heading = column.after_heading;
        set(column, self.voices[side], frame);
        if side == 0 {
            column.after_heading |= after_heading && column.slices.len() == start;
        }
        std::mem::swap(&mut column.answers, &mut self.answers[side]);
        std::mem::swap(&mut column.pictures, &mut self.pictures[side]);
        if side == 1 {
            // Places are told of the first edition's source alone.
            let language = self.voices[1].language();
            for problem in column.diagnostics.iter_mut().skip(told) {
                let message =
                    phrase!("in the edition in `{$language}`: {$problem}", language, problem = problem.message);
                problem.message = message;
                problem.span = Span::NONE;
            }
        }
        column.slices.split_off(start)
    }

    /// Takes back the second's bookmark where both editions have a heading: one leads to both.
    fn headings(&self, column: &mut Column<'a>, mut sides: [Vec<Slice>; 2]) -> [Vec<Slice>; 2] {
        if sides[0].iter().any(|slice| slice.bookmark.is_some()) {
            for slice in sides[1].iter_mut().filter(|slice| slice.bookmark.is_some()) {
                slice.bookmark = None;
                column.bookmarks.pop();
            }
        }
        sides
    }

    fn sections(&mut self, column: &mut Column<'a>, sides: [&'a [Section]; 2], depth: usize, tell: bool) {
        let ids = |side: usize| sides[side].iter().map(|section| &section.id).filter(|id| !id.is_unset());
        let firsts: BTreeSet<&Id> = ids(0).collect();
        let shared: BTreeSet<&Id> = ids(1).filter(|id| firsts.contains(id)).collect();
        let id = |section: &'a Section| Some(&section.id).filter(|id| shared.contains(id));
        let like = |a: &Section, b: &Section| !shared.contains(&a.id) && !shared.contains(&b.id);
        for (first, second) in pairs(sides[0], sides[1], id, like) {
            let both = [first, second];
            let headings = [0, 1].map(|side| {
                let after_heading = std::mem::take(&mut column.after_heading);
                let set = self.set(column, side, |column, _, _| {
                    let Some(section) = both[side] else { return };
                    column.span = section.span;
                    if section.heading.is_blank() {
                        column.anchor(&section.id);
                    } else {
                        column.heading(&section.heading, Some(&section.id), depth);
                    }
                });
                column.after_heading |= after_heading;
                set
            });
            let headings = self.headings(column, headings);
            let headed = headings.iter().any(|slices| !slices.is_empty());
            column.beside(headings);
            if let Some(section) = both.into_iter().flatten().next()
                && tell
                && (first.is_none() || second.is_none())
            {
                let heading = section.heading.to_plain();
                self.tell_missing(column, first.is_some(), section.span, Lone::Section(&heading));
            }
            let empty: &'a [Block] = &[];
            let blocks = both.map(|section| section.map_or(empty, |section| &section.blocks[..]));
            self.blocks(column, blocks, if headed { 3.0 } else { 0.0 }, tell && first.is_some() && second.is_some());
            let none: &'a [Section] = &[];
            self.sections(
                column,
                both.map(|section| section.map_or(none, |section| &section.sections[..])),
                depth + 1,
                tell && first.is_some() && second.is_some(),
            );
        }
    }

    fn blocks(&mut self, column: &mut Column<'a>, sides: [&'a [Block]; 2], above: f32, tell: bool) {
        let ids = |side: usize| sides[side].iter().filter_map(Block::id).filter(|id| !id.is_unset());
        let firsts: BTreeSet<&Id> = ids(0).collect();
        let shared: BTreeSet<&Id> = ids(1).filter(|id| firsts.contains(id)).collect();
        let known = |block: &Block| block.id().is_some_and(|id| shared.contains(id));
        let id = |block: &'a Block| block.id().filter(|id| shared.contains(id));
        let like = |a: &Block, b: &Block| discriminant(a) == discriminant(b) && !known(a) && !known(b);
        let mut above_block: [Option<&Block>; 2] = [None, None];
        for (first, second) in pairs(sides[0], sides[1], id, like) {
            let both = [first, second];
            let gap = |column: &Column<'a>, side: usize| match (above_block[side], both[side]) {
                (Some(upper), Some(lower)) => column.gap(upper, lower),
                _ => column.theme.spacing.paragraphs,
            };
            let opens = above_block.iter().all(Option::is_none);
            let before = if opens { above } else { gap(column, 0).max(gap(column, 1)) };
            let wide = both.into_iter().flatten().any(is_wide);
            let after_heading = column.after_heading;
            let set = [0, 1].map(|side| {
                column.after_heading = after_heading;
                let Some(block) = both[side] else { return Vec::new() };
                let frame = if wide { self.whole.clone() } else { self.frames[side].clone() };
                self.set_in(column, side, &frame, |column, voice, frame| {
                    let node = column.tree.add(Tree::ROOT, Role::Division);
                    let language = column.shaper.language(voice.language());
                    if let Some(node) = column.tree.node_mut(node) {
                        node.language = Some(language);
                    }
                    column.block(block, frame, node, before, Keep::May);
                })
            });
            column.after_heading = after_heading && set.iter().all(Vec::is_empty);
            if wide {
                set.into_iter().for_each(|mut slices| column.slices.append(&mut slices));
            } else {
                column.beside(set);
            }
            if tell
                && let Some(block) = both.into_iter().flatten().next()
                && (first.is_none() || second.is_none())
            {
                let near = sides[0].first().map_or(Span::NONE, Block::span);
                let span = first.map_or(near, Block::span);
                let what = match block.id().filter(|id| !id.is_unset()) {
                    Some(id) => Lone::Named(id),
                    None if first.is_some() => Lone::Block,
                    None => Lone::BlockNear,
                };
                self.tell_missing(column, first.is_some(), span, what);
            }
            for side in 0..2 {
                above_block[side] = both[side].or(above_block[side]);
            }
        }
    }

    /// Tells that one of the editions says something that the other doesn't.
    fn tell_missing(&self, column: &mut Column<'a>, first_has: bool, span: Span, what: Lone<'_>) {
        let (has, lacks) = if first_has { (0, 1) } else { (1, 0) };
        let (has, lacks) = (self.voices[has].language(), self.voices[lacks].language());
        let message = match what {
            Lone::Section(heading) => phrase!(
                "the section `{$heading}` stands in the edition in `{$has}` alone, so the column in `{$lacks}` has a gap",
                heading,
                has,
                lacks
            ),
            Lone::Named(id) => phrase!(
                "`{$id}` stands in the edition in `{$has}` alone, so the column in `{$lacks}` has a gap",
                id,
                has,
                lacks
            ),
            Lone::Block => phrase!(
                "a block stands in the edition in `{$has}` alone, so the column in `{$lacks}` has a gap",
                has,
                lacks
            ),
            Lone::BlockNear => phrase!(
                "a block near here stands in the edition in `{$has}` alone, so the column in `{$lacks}` has a gap",
                has,
                lacks
            ),
        };
        let problem = Diagnostic::new(Code::EditionGap, span, message);
        column
            .diagnostics
            .push(problem.with_hint("say the same in both, in the same order; give terms and sections the same ids"));
    }
}

fn is_wide(block: &Block) -> bool {
    match block {
        Block::Table(table) => table.columns.len() > NARROW_TABLE,
        Block::Comparison(comparison) => comparison.subjects.len() + 1 > NARROW_TABLE,
        _ => false,
    }
}

impl Column<'_> {
    /// Puts what is set of two editions side by side at the end of the column: paragraph by paragraph, item by item and row by row
    /// at the same height where both have as many of them, and line by line within.
    fn beside(&mut self, [first, second]: [Vec<Slice>; 2]) {
        let (firsts, seconds) = (self.segments(first), self.segments(second));
        if firsts.len() == seconds.len() {
            for (first, second) in firsts.into_iter().zip(seconds) {
                self.strips(first, second);
            }
        } else {
            self.strips(firsts.into_iter().flatten().collect(), seconds.into_iter().flatten().collect());
        }
    }

    /// Parts slices where another paragraph, item or row begins.
    fn segments(&self, slices: Vec<Slice>) -> Vec<Vec<Slice>> {
        let mut out: Vec<Vec<Slice>> = Vec::new();
        let mut node = NodeId(0);
        for slice in slices {
            let words =
                slice.draws.iter().rev().find(|draw| matches!(draw.shape, Shape::Line { .. } | Shape::Picture { .. }));
            let here = words.map_or(node, |draw| draw.node);
            let row = out
                .last()
                .and_then(|segment| segment.last())
                .is_some_and(|last| last.row != 0 && last.row == slice.row);
            match out.last_mut() {
                Some(segment) if here == node || row => segment.push(slice),
                _ => out.push(vec![slice]),
            }
            node = here;
        }
        out
    }

    /// Puts two segments side by side, line by line.
    fn strips(&mut self, first: Vec<Slice>, second: Vec<Slice>) {
        let row = self.next_row();
        let (mut first, mut second) = (first.into_iter(), second.into_iter());
        loop {
            let slice = match (first.next(), second.next()) {
                (None, None) => break,
                (Some(first), None) => side_of(first, 0),
                (None, Some(second)) => side_of(second, SECOND),
                (Some(first), Some(second)) => both(first, second),
            };
            self.slices.push(Slice { row, ..slice });
        }
    }
}

/// From which number on cells are the second edition's.
const SECOND: u16 = 0x4000;

/// A slice as a part of a strip: what is drawn in it is read with its side.
fn side_of(mut slice: Slice, from: u16) -> Slice {
    for draw in &mut slice.draws {
        let cell = if slice.row == 0 { 0 } else { draw.cell.min(SECOND - 2) + 1 };
        draw.cell = from + cell;
    }
    slice
}

/// Two slices as one, the first base lines of both at one height.
fn both(first: Slice, second: Slice) -> Slice {
    let (mut first, mut second) = (side_of(first, 0), side_of(second, SECOND));
    if let (Some(a), Some(b)) = (first.base(), second.base()) {
        if a < b { first.shift(b - a, 0.0) } else { second.shift(a - b, 0.0) }
    }
    let head = match (first.head.take(), second.head.take()) {
        (Some(a), Some(b)) if a.len() == b.len() => {
            let heads = a.iter().zip(b.iter()).map(|(a, b)| both(a.clone(), b.clone()));
            Some(Rc::new(heads.collect()))
        }
        (a, b) => a.or(b),
    };
    let mut anchors = first.anchors;
    anchors.extend(second.anchors.into_iter().filter(|id| !anchors.contains(id)).collect::<Vec<_>>());
    Slice {
        height: first.height.max(second.height),
        before: first.before.max(second.before),
        keep: first.keep.max(second.keep),
        draws: first.draws.into_iter().chain(second.draws).collect(),
        bars: first.bars.iter().chain(second.bars.iter()).cloned().collect(),
        row: 0,
        head,
        anchors,
        bookmark: first.bookmark.or(second.bookmark),
    }
}
