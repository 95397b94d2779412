//! Tags as Anki holds them: separated by spaces, `::` between levels.

use std::collections::BTreeMap;

use patra_core::{Id, Material, Section, nfc};

/// The tag of notes whose item the material no longer asks. `tag:patra::retired` finds them in Anki's browser.
pub const RETIRED_TAG: &str = "patra::retired";

/// Words as a tag; `None` where nothing is left of them.
///
/// Anki parts tags at spaces and U+3000 and takes no quotes and no control characters. A level without a name would get
/// the name `blank`.
pub(crate) fn tag(words: &str) -> Option<String> {
    let words = nfc(words);
    let levels: Vec<String> = words
        .split("::")
        .map(|level| {
            let kept = |c: char| !c.is_control() && c != '"';
            let parts: Vec<String> = level
                .split(|c: char| c.is_whitespace())
                .map(|part| part.chars().filter(|&c| kept(c)).collect::<String>())
                .filter(|part| !part.is_empty())
                .collect();
            parts.join("-").trim_matches(':').to_owned()
        })
        .filter(|level| !level.is_empty())
        .collect();
    (!levels.is_empty()).then(|| levels.join("::"))
}

/// The tag of each section: the ids from the material's down, a level each.
pub(crate) fn section_tags(material: &Material) -> BTreeMap<Id, String> {
    let mut tags = BTreeMap::new();
    material.walk_sections(&mut |section: &Section, above: &[&Section]| {
        let path = above.iter().copied().chain([section]).filter(|section| !section.heading.is_blank());
        let levels = std::iter::once(material.id.as_str()).chain(path.map(|section| section.id.as_str()));
        tags.insert(section.id.clone(), levels.collect::<Vec<_>>().join("::"));
    });
    tags
}

/// Tags as a note holds them, in the one order and spelling that Anki gives them: a space before and after each.
pub(crate) fn joined(tags: impl IntoIterator<Item = String>) -> String {
    // Anki holds two spellings that differ in case for one tag.
    let by_fold: BTreeMap<String, String> = tags.into_iter().map(|tag| (tag.to_lowercase(), tag)).collect();
    let mut joined = String::new();
    for tag in by_fold.values() {
        joined.push(' ');
        joined.push_str(tag);
    }
    if !joined.is_empty() {
        joined.push(' ');
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_safe() {
        assert_eq!(tag("ग्राहक सेवा").as_deref(), Some("ग्राहक-सेवा"));
        assert_eq!(tag("a::\u{3000}b \"c\"\u{1f}::").as_deref(), Some("a::b-c"));
        assert_eq!(tag(" :: \" \n"), None);
        assert_eq!(tag("a:::b").as_deref(), Some("a::b"));
        assert_eq!(tag("\u{958}").as_deref(), Some("\u{915}\u{93c}"));
    }

    #[test]
    fn tags_that_differ_in_case_are_one() {
        let tags = ["b", "BPO", "a", "bpo"].map(str::to_owned);
        assert_eq!(joined(tags), " a b bpo ");
        assert_eq!(joined([]), "");
    }
}
