//! `details` with its `summary`: what is asked, and what is unfolded.

use patra_core::{Block, Question, Text};

use super::flow::{Flow, Piece, into_blocks, one_line};
use super::inline;
use super::tree::Index;
use crate::guess;

/// A question and its answer.
pub(super) fn details(flow: &mut Flow<'_, '_>, index: Index) {
    let tree = flow.page.tree;
    let span = tree.whole(index);
    let summary = tree.children(index).find(|&child| tree.name(child) == "summary");
    let (prompt, figures) = summary.map(|summary| flow.line(summary)).unwrap_or_default();
    let pieces = flow.within_without(index, summary);
    if prompt.is_blank() || pieces.is_empty() {
        let text = inline::name(prompt);
        if !text.is_blank() {
            flow.out.push(Piece::Paragraph { text, span, tight: false });
        }
        flow.out.extend(pieces);
    } else {
        let mut blocks = into_blocks(pieces, flow.told);
        let answer = match blocks.first() {
            Some(Block::Paragraph(_)) => match blocks.remove(0) {
                Block::Paragraph(paragraph) => paragraph.text,
                _ => Text::default(),
            },
            _ => Text::default(),
        };
        let message = "this is a question with its answer, because the answer is unfolded from it";
        flow.told.notes.push(guess::question(tree.span(index), message));
        let prompt = inline::name(one_line(&prompt));
        flow.push(Block::Question(Question { prompt, answer, details: blocks, span, ..Question::default() }));
    }
    flow.push_figures(figures);
}
