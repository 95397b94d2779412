//! Formulas and the like that are written into words, between marks.

/// Words, or what stands between marks, trimmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'t, K> {
    Words(&'t str),
    Marked(K, &'t str),
}

/// A mark that opens something, the one that closes it, and what stands between them.
pub(crate) type Mark<K> = (&'static str, &'static str, K);

/// Parts words by marks, which begin with `\`, `$` or `[`. Marks that are never closed, or hold nothing, are words.
pub(crate) fn pieces<'t, K: Copy>(text: &'t str, marks: &[Mark<K>]) -> Vec<Piece<'t, K>> {
    let mut pieces = Vec::new();
    // A mark that nothing closes here is closed by nothing further on: it isn't looked for again.
    let mut closed = vec![true; marks.len()];
    let (mut begin, mut from) = (0, 0);
    while let Some(at) = text[from..].find(['\\', '$', '[']).map(|at| from + at) {
        let rest = &text[at..];
        from = at + 1;
        let Some(kind) = marks.iter().position(|(open, ..)| rest.starts_with(open)).filter(|kind| closed[*kind]) else {
            continue;
        };
        let (open, close, what) = marks[kind];
        let inner = &rest[open.len()..];
        let Some(end) = inner.find(close) else {
            closed[kind] = false;
            continue;
        };
        let held = inner[..end].trim();
        if held.is_empty() {
            continue;
        }
        if begin < at {
            pieces.push(Piece::Words(&text[begin..at]));
        }
        pieces.push(Piece::Marked(what, held));
        begin = at + open.len() + end + close.len();
        from = begin;
    }
    if begin < text.len() {
        pieces.push(Piece::Words(&text[begin..]));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARKS: [Mark<u8>; 3] = [("\\(", "\\)", 1), ("$$", "$$", 2), ("[latex]", "[/latex]", 3)];

    #[test]
    fn marks_that_are_not_closed_hide_none_of_another_kind() {
        use Piece::{Marked, Words};
        assert_eq!(pieces("क \\( x $$b$$ y", &MARKS), [Words("क \\( x "), Marked(2, "b"), Words(" y")]);
        assert_eq!(pieces("[latex] a [/latex]\\(\\)$", &MARKS), [Marked(3, "a"), Words("\\(\\)$")]);
        assert_eq!(pieces("", &MARKS), []);
    }

    #[test]
    fn many_marks_without_an_end_are_words() {
        // Looking for an end from each would take minutes.
        let text = "\\([latex]".repeat(200_000) + "$$x$$";
        assert_eq!(pieces(&text, &MARKS), [Piece::Words(&text[..text.len() - 5]), Piece::Marked(2, "x")]);
    }
}
