//! Question banks in a pasted text.

use std::borrow::Cow;
use std::collections::BTreeMap;

use patra_core::Text;
use patra_recognise::Kind;

use super::inline;
use super::line::{Line, Look};
use super::page::Found;

/// Bullets that may say of an option that it is right, so that they are read with its words.
const SIGNS: [char; 12] = ['*', '✓', '✔', '✅', '☑', '□', '☐', '●', '○', '❏', '❑', '→'];

/// The questions of a bank by their first lines. The lines are marked as taken, so that nothing around them is read on into
/// them.
pub(super) fn questions(lines: &mut [Line<'_>]) -> BTreeMap<usize, Found> {
    let draft: Vec<patra_recognise::Line> = lines.iter().map(line).collect();
    let mut banks = BTreeMap::new();
    for found in patra_recognise::questions(&draft) {
        let patra_recognise::Found { lines: range, blocks, guesses } = found;
        for line in &mut lines[range.clone()] {
            line.look = Look::Taken;
            line.text = Cow::Borrowed("");
        }
        banks.insert(range.start, Found { blocks, end: range.end, guesses });
    }
    banks
}

fn line(line: &Line<'_>) -> patra_recognise::Line {
    let (kind, words) = match &line.look {
        Look::Blank => (Kind::Blank, ""),
        Look::Rule(_) | Look::TableRule | Look::Taken => {
            return patra_recognise::Line::new(Kind::Other, Text::default(), line.span);
        }
        Look::Hash { .. } => (Kind::Heading, line.rest()),
        Look::Bullet(bullet) if SIGNS.contains(&bullet.mark) => (Kind::Bullet, line.text.as_ref()),
        Look::Bullet(_) => (Kind::Bullet, line.rest()),
        Look::Number(_) | Look::Text => (Kind::Words, line.text.as_ref()),
    };
    patra_recognise::Line::new(kind, inline::text(words), line.span)
}
