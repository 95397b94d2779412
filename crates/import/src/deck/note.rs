//! What a note that patra did not make becomes.

use patra_core::{Block, Cloze, Definition, Paragraph, Question, Run, Span, Text};

use super::collection::{Kind, Note};
use super::field::Fields;
use super::id_of;
use crate::gap::{Writer, with_gaps};
use crate::table::role::{Role, role};

/// The most words of a front that is a term.
const TERM_WORDS: usize = 8;

/// The blocks of a note, of which none are there if it is empty; counts those whose masks are not kept.
pub(super) fn blocks(note: &Note, fields: &mut Fields<'_>, masked: &mut usize) -> Vec<Block> {
    match note.note_type.kind {
        Kind::Cloze => cloze(note, fields),
        Kind::Occlusion => {
            *masked += 1;
            listed(note, (0..note.fields.len()).collect(), fields)
        }
        Kind::Normal => asked(note, fields),
    }
}

/// The words with which blocks begin.
pub(super) fn first_words(blocks: &[Block]) -> String {
    let mut words = String::new();
    for block in blocks {
        block.texts(&mut |text, _| {
            if words.is_empty() {
                words = text.to_plain();
            }
        });
    }
    words
}

fn name(note: &Note, at: usize) -> &str {
    note.note_type.fields.get(at).map_or("", |name| name.trim())
}

/// The fields, each below its name.
fn listed(note: &Note, which: Vec<usize>, fields: &mut Fields<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for at in which {
        let html = note.fields.get(at).map_or("", String::as_str);
        let (text, rest) = fields.text(html);
        if !text.is_blank() || holds_link(&text) {
            let mut words = Text::default();
            if !name(note, at).is_empty() {
                words.push(Run::Plain(format!("{}: ", name(note, at).trim_end_matches(':'))));
            }
            words.append(text);
            blocks.push(Block::Paragraph(Paragraph { text: words, span: Span::NONE }));
        }
        blocks.extend(rest);
    }
    blocks
}

fn holds_link(text: &Text) -> bool {
    let mut found = false;
    text.walk(&mut |run| found |= matches!(run, Run::Link(_)));
    found
}

/// A note with a front and a back: a definition where the front is a term, else a question.
fn asked(note: &Note, fields: &mut Fields<'_>) -> Vec<Block> {
    let filled = |at: &usize| note.fields.get(*at).is_some_and(|field| !field.trim().is_empty());
    let all: Vec<usize> = (0..note.fields.len()).filter(filled).collect();
    let Some(&front) = all.first() else { return Vec::new() };
    // The back is the field that says so, else the next.
    let says = |at: &usize| matches!(role(name(note, *at)), Some(Role::Meaning | Role::Answer));
    let back = all.iter().copied().filter(|at| *at != front).find(says).or_else(|| all.get(1).copied());
    let hint =
        all.iter().copied().find(|at| Some(*at) != back && *at != front && role(name(note, *at)) == Some(Role::Hint));
    let others: Vec<usize> =
        all.iter().copied().filter(|at| *at != front && Some(*at) != back && Some(*at) != hint).collect();
    let (mut prompt, shown) = fields.text(&note.fields[front]);
    let (answer, more) = back.map_or_else(Default::default, |at| fields.text(&note.fields[at]));
    let mut details = more;
    details.extend(listed(note, others, fields));
    let id = id_of(&note.guid);
    let plain = prompt.to_plain();
    let short = plain.split_whitespace().take(TERM_WORDS + 1).count() <= TERM_WORDS && !plain.contains('\n');
    let question = crate::table::cell::asks(plain.trim());
    let mut blocks = Vec::new();
    // A picture on the front is shown before the question.
    let pictures = !shown.is_empty();
    if prompt.is_blank() {
        let alt = shown.iter().find_map(|block| match block {
            Block::Figure(figure) => Some(figure.alt.clone()),
            _ => None,
        });
        prompt = Text::plain(alt.unwrap_or_else(|| name(note, front).to_owned()));
    }
    blocks.extend(shown);
    let (hint_text, hint_rest) = hint.map_or_else(Default::default, |at| fields.text(&note.fields[at]));
    details.extend(hint_rest);
    let hint = Some(hint_text).filter(|hint| !hint.is_blank());
    if answer.is_blank() && details.is_empty() && (question || pictures || !short || hint.is_some()) {
        // Nothing could be asked.
        blocks.push(Block::Paragraph(Paragraph { text: prompt, span: Span::NONE }));
        blocks.extend(hint.map(|text| Block::Paragraph(Paragraph { text, span: Span::NONE })));
        return blocks;
    }
    if short && !question && !pictures && hint.is_none() && !prompt.is_blank() {
        let definition = Definition { id, term: prompt, meaning: answer, details, ..Definition::default() };
        blocks.push(Block::Definition(definition));
    } else {
        blocks.push(Block::Question(Question { id, prompt, answer, details, hint, ..Question::default() }));
    }
    blocks
}

/// A sentence with gaps, and what else the note has.
fn cloze(note: &Note, fields: &mut Fields<'_>) -> Vec<Block> {
    let gapped = |field: &String| field.contains("{{c");
    let main = note.fields.iter().position(gapped).unwrap_or(0);
    let others = (0..note.fields.len()).filter(|at| *at != main).collect();
    let html = note.fields.get(main).map_or("", String::as_str);
    let mut blocks = Vec::new();
    let mut number = 0;
    // Lists and tables hold gaps too, which the model has in sentences alone.
    let mut add = |text: &Text, blocks: &mut Vec<Block>| {
        let text = with_gaps(text, Writer::Anki);
        if text.gaps().is_empty() {
            if !text.is_blank() {
                blocks.push(Block::Paragraph(Paragraph { text, span: Span::NONE }));
            }
            return;
        }
        number += 1;
        let id = id_of(&note.guid);
        let id = if number == 1 { id } else { id.join(&number.to_string()) };
        blocks.push(Block::Cloze(Cloze { id, text, span: Span::NONE }));
    };
    let (text, rest) = fields.text(html);
    add(&text, &mut blocks);
    for block in rest {
        match block {
            Block::Paragraph(paragraph) => add(&paragraph.text, &mut blocks),
            Block::List(list) => list.items.iter().for_each(|item| add(&item.text, &mut blocks)),
            Block::Table(table) => {
                let heads = table.columns.iter().map(|column| &column.heading);
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                heads.chain(cells).for_each(|text| add(text, &mut blocks));
            }
            other => blocks.push(other),
        }
    }
    blocks.extend(listed(note, others, fields));
    blocks
}
