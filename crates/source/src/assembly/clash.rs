//! Ids that two things have, with both their places.

use std::collections::BTreeMap;

use patra_core::{Code, Diagnostic, Id, Material, SourceMap, Span, phrase};

/// Adds to each problem of an id that two things have where the other of them stands, which may be another file, or the same
/// file included once more.
pub fn tell_other(material: &Material, sources: &SourceMap, problems: &mut [Diagnostic]) {
    if !problems.iter().any(|problem| problem.code == Code::DuplicateId) {
        return;
    }
    let key = |span: Span| (span.start(), span.end());
    let mut places: BTreeMap<Id, Vec<Span>> = BTreeMap::new();
    material.walk_places(&mut |place| places.entry(place.id.clone()).or_default().push(place.span));
    // For each place the first two that have its id.
    let mut shared: BTreeMap<(usize, usize), [Span; 2]> = BTreeMap::new();
    for spans in places.values() {
        let Some(first) = spans.iter().find(|span| !span.is_none()) else { continue };
        let Some(second) = spans.iter().find(|span| !span.is_none() && key(**span) != key(*first)) else { continue };
        for span in spans {
            shared.entry(key(*span)).or_insert([*first, *second]);
        }
    }
    for problem in problems.iter_mut().filter(|problem| problem.code == Code::DuplicateId) {
        let here = key(problem.span);
        let Some(other) = shared.get(&here).and_then(|two| two.iter().find(|span| key(**span) != here)) else {
            continue;
        };
        let message = problem.message.clone();
        problem.message = if place(sources, *other) == place(sources, problem.span) {
            let file = sources.locate(*other).0;
            let (one, two) = inclusions(sources, *other, problem.span);
            phrase!("{$message}; `{$file}` is included twice, at {$one} and at {$two}", message, file, one, two)
        } else {
            phrase!("{$message}; the other is at {$place}", message, place = place(sources, *other))
        };
    }
}

/// Where a span begins, as a person writes it.
fn place(sources: &SourceMap, span: Span) -> String {
    let (name, source, span) = sources.locate(span);
    let place = source.position(span.start());
    format!("{name}:{}:{}", place.line, place.column)
}

/// Where one place of a file came in twice.
fn inclusions(sources: &SourceMap, mut one: Span, mut two: Span) -> (String, String) {
    while place(sources, one) == place(sources, two)
        && let (Some(a), Some(b)) = (sources.included_at(one), sources.included_at(two))
    {
        (one, two) = (a, b);
    }
    (place(sources, one), place(sources, two))
}
