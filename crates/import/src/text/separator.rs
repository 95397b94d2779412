//! What stands between a term and its description.

use super::phrase::{count_words, is_short};
use super::vocabulary::is_visarga;

/// The kinds of separator, in the order of how sure a sign they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Separator {
    /// `**term** description`
    Bold,
    /// `term:- description`
    ColonDash,
    /// `term => description`
    Arrow,
    /// `term: description`
    Colon,
    /// `term – description`
    Dash,
    /// `term = description`
    Equals,
}

const ALL: [Separator; 6] =
    [Separator::Bold, Separator::ColonDash, Separator::Arrow, Separator::Colon, Separator::Dash, Separator::Equals];

/// Where a term ends and its description begins.
pub(crate) type Split = (usize, usize);

/// No term reaches further, in bytes.
const REACH: usize = 320;

/// The first separator of each kind, where what stands before it may be a term.
fn splits(text: &str) -> [Option<Split>; ALL.len()] {
    let mut found = [None; ALL.len()];
    if let Some(close) = text
        .strip_prefix("**")
        .and_then(|rest| rest.get(..rest.len().min(REACH)).or(Some("")))
        .and_then(|rest| rest.find("**"))
    {
        let end = close + 4;
        let skipped = text[end..].trim_start_matches([':', '-', '–', '—', '=', '>', '：', ' ']);
        found[0] = Some((end, text.len() - skipped.len()));
    }
    if let Some(split) = found[0].filter(|&split| is_split(text, split)) {
        // Stars say what the term is; a colon inside them would part them.
        found[0] = Some(split);
        return found;
    }
    let mut depth = 0_u32;
    let mut before = ' ';
    for (at, c) in text.char_indices().take_while(|&(at, _)| at < REACH) {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            _ => {
                if let Some((kind, length)) = separator_at(text, at, c, before) {
                    found[kind as usize] = found[kind as usize].or(Some((at, at + length)));
                }
            }
        }
        before = c;
    }
    found.map(|split| split.filter(|&split| is_split(text, split)))
}

/// Which separator begins at `at`, and how long it is.
fn separator_at(text: &str, at: usize, c: char, before: char) -> Option<(Separator, usize)> {
    let rest = &text[at + c.len_utf8()..];
    let next = rest.chars().next();
    let space_after = next.is_none_or(char::is_whitespace);
    let length = c.len_utf8();
    match c {
        ':' | '：' => {
            let dashes = rest.trim_start_matches(' ').trim_start_matches(['-', '–', '—', '=']);
            if dashes.len() < rest.trim_start_matches(' ').len() {
                return Some((Separator::ColonDash, length + rest.len() - dashes.len()));
            }
            let in_number = before.is_numeric() && next.is_some_and(char::is_numeric);
            let in_word = next == Some('/') || is_visarga(&text[..at]);
            (!in_number && !in_word).then_some((Separator::Colon, length))
        }
        '→' | '⇒' | '➡' | '➔' | '➜' => Some((Separator::Arrow, length)),
        '=' | '-' if next == Some('>') => Some((Separator::Arrow, 2)),
        '=' => (space_after && before.is_whitespace()).then_some((Separator::Equals, length)),
        '-' => (space_after && before != '-').then_some((Separator::Dash, length)),
        '–' | '—' => (space_after || before.is_whitespace()).then_some((Separator::Dash, length)),
        _ => None,
    }
}

/// Whether a short term without an end of sentence stands before, and something after.
fn is_split(text: &str, (end, start): Split) -> bool {
    let term = text[..end].trim();
    let ends = ['।', '॥', '?', '!', '۔', '؟', '|', ';'];
    let has_letter = term.chars().any(char::is_alphanumeric);
    let sentence = term.contains(ends) || (term.contains(". ") && count_words(term, 4) > 3);
    has_letter && !sentence && is_short(term, 10) && text[start..].chars().any(char::is_alphanumeric)
}

/// How the texts of several items split into term and description.
pub(crate) struct Splits {
    /// For each item its split, where it has one.
    pub items: Vec<Option<Split>>,
    /// What parts term and description, as written: `:`.
    pub mark: String,
}

/// The separator that most of the items share, if it makes terms of them: all have one, or three in four and the others
/// are short enough to be terms themselves. `excused` items need none.
pub(crate) fn split_items(items: &[&str], excused: &dyn Fn(usize) -> bool) -> Option<Splits> {
    let all: Vec<[Option<Split>; ALL.len()]> = items.iter().map(|text| splits(text)).collect();
    let needed = (0..items.len()).filter(|&i| !excused(i)).count();
    let mut best: Option<(usize, usize, usize)> = None;
    for kind in 0..ALL.len() {
        let reach = |split: Split| split.0;
        let places: Vec<usize> = all.iter().filter_map(|splits| splits[kind]).map(reach).collect();
        let limit = if ALL[kind] == Separator::Dash { 8 } else { 10 };
        let short = all.iter().zip(items).filter_map(|(splits, text)| splits[kind].map(|split| &text[..split.0]));
        if short.into_iter().any(|term| !is_short(term, limit)) {
            continue;
        }
        let sum = places.iter().sum();
        let better =
            best.is_none_or(|(_, count, total)| places.len() > count || (places.len() == count && sum < total));
        if !places.is_empty() && better {
            best = Some((kind, places.len(), sum));
        }
    }
    let (kind, _, _) = best?;
    // An item without the shared separator may have another one.
    let chosen: Vec<Option<Split>> = all
        .iter()
        .enumerate()
        .map(|(i, splits)| {
            splits[kind].or_else(|| if excused(i) { None } else { splits.iter().flatten().min().copied() })
        })
        .collect();
    let having = chosen.iter().enumerate().filter(|(i, split)| split.is_some() && !excused(*i)).count();
    let rest_short = || {
        chosen
            .iter()
            .zip(items)
            .enumerate()
            .all(|(i, (split, text))| split.is_some() || excused(i) || is_short(text, 6))
    };
    let enough = having == needed || (having * 4 >= needed * 3 && needed >= 4 && rest_short());
    let first = chosen.iter().zip(items).find_map(|(split, text)| split.map(|(end, start)| &text[end..start]));
    let mark = if ALL[kind] == Separator::Bold { "**".to_owned() } else { first.unwrap_or(":").trim().to_owned() };
    enough.then_some(Splits { items: chosen, mark })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms<'t>(items: &[&'t str]) -> Vec<(&'t str, &'t str)> {
        let Some(splits) = split_items(items, &|_| false) else { return Vec::new() };
        let parts = |(split, text): (&Option<Split>, &&'t str)| {
            split.map(|(end, start)| (text[..end].trim(), text[start..].trim()))
        };
        splits.items.iter().zip(items).filter_map(parts).collect()
    }

    #[test]
    fn each_kind_of_separator() {
        assert_eq!(terms(&["क: एक बात", "ख: दो"]), [("क", "एक बात"), ("ख", "दो")]);
        assert_eq!(terms(&["क :- एक", "ख:- दो"]), [("क", "एक"), ("ख", "दो")]);
        assert_eq!(terms(&["क – एक", "ख - दो"]), [("क", "एक"), ("ख", "दो")]);
        assert_eq!(terms(&["क=> एक", "ख → दो"]), [("क", "एक"), ("ख", "दो")]);
        assert_eq!(terms(&["**क:** एक", "**ख** – दो"]), [("**क:**", "एक"), ("**ख**", "दो")]);
    }

    #[test]
    fn what_is_no_separator() {
        assert!(terms(&["सुबह 10:30 बजे", "शाम 5:15 बजे"]).is_empty());
        assert!(terms(&["अत: यह ठीक है", "क्रमश: बढ़ता है"]).is_empty());
        assert!(terms(&["वेबसाइट http://example.org देखें"]).is_empty());
        assert!(terms(&["ई-मेल भेजें", "ऑन-लाइन काम"]).is_empty());
        assert!(terms(&["टीम (जैसे: राम) बनाएँ"]).is_empty());
        assert!(terms(&["यह पूरा हुआ। आगे: देखें"]).is_empty());
    }

    #[test]
    fn the_separator_that_all_share_wins() {
        let told = terms(&["कॉल सेंटर – सेवा: फ़ोन पर", "बैक ऑफ़िस – लेखा"]);
        assert_eq!(told[0], ("कॉल सेंटर", "सेवा: फ़ोन पर"));
    }
}
