//! Which glyphs are one code: those of a grapheme, as far as a code can hold them.

use unicode_segmentation::UnicodeSegmentation;

use super::{Cluster, Part};

/// The longest text and the most glyphs that one code stands for; longer clusters get several codes.
pub(super) const LONGEST_CLUSTER: usize = 48;

/// Joins clusters that stand in one grapheme, so that a code is never a part of an akshara.
///
/// The parts of a cluster run from left to right, also where the text runs from right to left.
pub(super) fn join_graphemes(text: &str, clusters: Vec<(usize, Cluster)>, rtl: bool) -> Vec<Cluster> {
    let mut starts = text.grapheme_indices(true).map(|(start, _)| start).peekable();
    let mut out: Vec<Cluster> = Vec::with_capacity(clusters.len());
    for (start, cluster) in clusters {
        while starts.peek().is_some_and(|at| *at < start) {
            starts.next();
        }
        let whole = starts.peek() == Some(&start);
        match out.last_mut() {
            Some(before) if !whole && before.text.len() + cluster.text.len() <= 4 * LONGEST_CLUSTER => {
                let (left, right) = if rtl { (&cluster, &*before) } else { (&*before, &cluster) };
                let shifted = right.parts.iter().map(|part| Part { x: part.x.saturating_add(left.advance), ..*part });
                before.parts = left.parts.iter().copied().chain(shifted).collect();
                before.text = format!("{}{}", before.text, cluster.text).into();
                before.advance = before.advance.saturating_add(cluster.advance);
            }
            _ => out.push(cluster),
        }
    }
    out
}

/// Divides clusters that no code could hold, such as a letter with a thousand marks.
pub(super) fn split_long(clusters: Vec<Cluster>) -> Vec<Cluster> {
    // Many marks that each move the pen, as on dotted circles, have to be broken across lines too.
    let wide = |cluster: &Cluster| cluster.advance > 6_000 && cluster.parts.len() >= 8;
    let fits = |cluster: &Cluster| {
        cluster.text.len() <= 4 * LONGEST_CLUSTER && cluster.parts.len() <= LONGEST_CLUSTER && !wide(cluster)
    };
    if clusters.iter().all(fits) {
        return clusters;
    }
    let mut out = Vec::with_capacity(clusters.len());
    for cluster in clusters {
        if fits(&cluster) {
            out.push(cluster);
            continue;
        }
        let chars: Vec<char> = cluster.text.chars().collect();
        let least = if wide(&cluster) { cluster.parts.len().min(chars.len()).div_ceil(4) } else { 1 };
        let count = chars.len().max(cluster.parts.len()).div_ceil(LONGEST_CLUSTER).max(least);
        let start = |i: usize| {
            let first = cluster.parts.get(cluster.parts.len() * i / count);
            if i == 0 || !wide(&cluster) { 0 } else { first.map_or(cluster.advance, |part| part.x) }
        };
        for i in 0..count {
            let range = |len: usize| len * i / count..len * (i + 1) / count;
            let last = i + 1 == count;
            out.push(Cluster {
                text: chars[range(chars.len())].iter().collect::<String>().into(),
                parts: cluster.parts[range(cluster.parts.len())]
                    .iter()
                    .map(|part| Part { x: part.x.saturating_sub(start(i)), ..*part })
                    .collect(),
                advance: if last {
                    cluster.advance.saturating_sub(start(i))
                } else {
                    start(i + 1).saturating_sub(start(i)).max(0)
                },
            });
        }
    }
    out
}
