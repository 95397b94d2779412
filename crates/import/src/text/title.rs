//! The title of a text that names none.

use patra_core::{Block, Material, Phrase, phrase};

use super::heading::Heading;
use super::inline;
use super::line::Look;
use super::page::Page;
use super::phrase::{ends_question, ends_sentence, is_short, without_end_mark};
use super::table;
use super::vocabulary::{asks, ends_as_statement, leads_up};

/// The first line, if it is a title: short, and not a sentence.
pub(super) fn first_line(page: &Page<'_>) -> Option<Heading> {
    let at = page.filled(0);
    let line = page.lines.get(at)?;
    let below = page.filled(at + 1);
    if below >= page.lines.len() {
        return None;
    }
    if matches!(line.look, Look::Hash { .. }) && line.rest().chars().any(char::is_alphanumeric) {
        let words = line.rest().trim_end_matches('#');
        return Some(Heading { words: words.trim().to_owned(), level: 1, why: None, end: at + 1 });
    }
    let text = line.text.as_ref();
    let statement = (ends_as_statement(text) && !asks(text)) || leads_up(text);
    let sentence = ends_sentence(text) && !ends_question(text) && !text.ends_with('!');
    let term =
        super::separator::split_items(&[text], &|_| false).is_some() && super::list::unmarked_terms(page, at).is_some();
    let listed = ends_question(text) && page.lines[below].text.trim_end().ends_with(['?', '؟']);
    if !page.is_words(at)
        || !is_short(text, 15)
        || statement
        || sentence
        || term
        || listed
        || table::begins(page, at)
        || text.ends_with(',')
    {
        return None;
    }
    if super::question::labelled(page, at).is_some() || super::flattened::flattened(page, at, "").is_some() {
        return None;
    }
    if !text.chars().any(char::is_alphanumeric) || super::goes_on(page, at, at + 1) {
        return None;
    }
    let drawn = matches!(page.lines.get(at + 1).map(|line| &line.look), Some(Look::Rule(_)));
    let words = without_end_mark(&inline::name(text).to_plain()).to_owned();
    Some(Heading { words, level: 1, why: None, end: if drawn { at + 2 } else { at + 1 } })
}

/// What is said of a title that was told.
pub(crate) fn told(title: &str, why: Phrase) -> Phrase {
    phrase!("the title was told to be `{$title}`, because {$why}", title, why)
}

/// A title for a material whose text does not begin with one, and where it comes from.
pub(crate) fn fallback(material: &Material, name: Option<&str>) -> (String, Phrase) {
    let blocks = || material.sections.iter().flat_map(|section| &section.blocks);
    if let Some(Block::Definition(definition)) = blocks().next() {
        return (definition.term.to_plain(), phrase!("it is the first thing defined"));
    }
    if let Some(section) = material.sections.first().filter(|section| !section.heading.is_blank()) {
        return (section.heading.to_plain(), phrase!("it is the first heading"));
    }
    if let Some(name) = name.map(str::trim).filter(|name| !name.is_empty()) {
        return (name.to_owned(), phrase!("it is the name of the file"));
    }
    let first = blocks().find_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.text.to_plain()),
        Block::Terms(terms) => terms.entries.first().map(|entry| entry.term.to_plain()),
        Block::Question(question) => Some(question.prompt.to_plain()),
        Block::List(list) => list.items.first().map(|item| item.text.to_plain()),
        Block::Comparison(comparison) => {
            Some(comparison.subjects.iter().map(|subject| subject.name.to_plain()).collect::<Vec<_>>().join(" – "))
        }
        Block::Table(table) => {
            table.columns.iter().map(|column| column.heading.to_plain()).find(|words| !words.is_empty())
        }
        _ => None,
    });
    (beginning(&first.unwrap_or_default()), phrase!("it is how the text begins"))
}

/// The first sentence, or where that is long its first words.
fn beginning(text: &str) -> String {
    const WORDS: usize = 10;
    const BYTES: usize = 240;
    let end = text.find(['।', '\n', '?', '۔']).unwrap_or(text.len());
    // A text may begin with such a mark.
    let sentence = if text[..end].trim().is_empty() { text } else { &text[..end] };
    let mut out = String::new();
    for word in sentence.split_whitespace().take(WORDS) {
        if out.len() + word.len() > BYTES {
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    if out.is_empty() {
        out = text.chars().take(BYTES / 4).collect();
    }
    let cut = !is_short(sentence, WORDS) || out.len() < sentence.trim().len();
    out.trim_end_matches([',', '.', ';', ':']).to_owned() + if cut { "…" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_beginning_is_cut() {
        assert_eq!(beginning("चाय एक पेय है। दूसरा।"), "चाय एक पेय है");
        assert_eq!(beginning("एक दो तीन चार पाँच छह सात आठ नौ दस ग्यारह"), "एक दो तीन चार पाँच छह सात आठ नौ दस…");
    }
}
