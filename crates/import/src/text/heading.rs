//! Headings without a mark: which lines are headings, and why.

use patra_core::{Phrase, phrase};

use super::line::Look;
use super::page::Page;
use super::phrase::{
    before_colon, before_colon_dash, count_words, ends_question, ends_sentence, is_short, without_end_mark,
};
use super::separator::split_items;
use super::series::Role;
use super::vocabulary::{asks, asks_often, ends_as_statement, is_byline, leads_up};
use super::{flattened, list, table};

/// A line that is a heading.
#[derive(Debug)]
pub(crate) struct Heading {
    pub words: String,
    pub level: u8,
    /// Why it was told to be one; nothing where the source says so.
    pub why: Option<Phrase>,
    /// The line after it.
    pub end: usize,
}

/// What stands right above a line.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Above {
    /// A heading.
    pub heading: bool,
    /// Nothing, or the title.
    pub nothing: bool,
}

/// The level of a heading that says nothing of its level: below any `#`.
pub(crate) const UNMARKED: u8 = 10;

/// No heading is longer, in words.
const LONGEST: usize = 14;

/// The heading at line `at`, if it is one.
pub(crate) fn heading(page: &Page<'_>, at: usize, over: Above) -> Option<Heading> {
    let line = page.lines.get(at)?;
    let below = page.filled(at + 1);
    match &line.look {
        Look::Hash { level, .. } if line.rest().chars().any(char::is_alphanumeric) => {
            return Some(Heading {
                words: clean(line.rest().trim_end_matches('#')),
                level: *level,
                why: None,
                end: at + 1,
            });
        }
        Look::Number(number) if page.series.role(at) == Role::Heading => {
            let level = u8::try_from(number.above.len()).unwrap_or(4).min(4);
            return Some(Heading {
                words: clean(line.rest()),
                level: UNMARKED + level,
                why: Some(phrase!("its number is one of a series, and each is followed by text of its own")),
                end: at + 1,
            });
        }
        _ if !page.is_words(at) => return None,
        _ => {}
    }
    let text = line.text.as_ref();
    if line.has_tab() || !is_short(text, LONGEST) || below >= page.lines.len() || !text.chars().any(char::is_alphabetic)
    {
        return None;
    }
    if let (Some(Look::Rule('=' | '-')), true) = (page.lines.get(at + 1).map(|line| &line.look), !ends_sentence(text)) {
        // A bar typed for a danda ends a sentence, any other stands in a table.
        if !line.has_pipe() {
            return Some(Heading {
                words: clean(text),
                level: UNMARKED,
                why: Some(phrase!("a line is drawn below it")),
                end: at + 2,
            });
        }
    }
    let why = reason(page, at, below, over)?;
    let level = UNMARKED + decimal_depth(page, at);
    Some(Heading { words: clean(text), level, why: Some(why), end: at + 1 })
}

/// `2.1 Kinds` stands one level below what has no number or a plain one.
fn decimal_depth(page: &Page<'_>, at: usize) -> u8 {
    match &page.lines[at].look {
        Look::Number(number) => u8::try_from(number.above.len().min(4)).unwrap_or(0),
        _ => 0,
    }
}

fn reason(page: &Page<'_>, at: usize, below: usize, over: Above) -> Option<Phrase> {
    let text = page.lines[at].text.as_ref();
    let statement = (ends_as_statement(text) && !asks(text)) || leads_up(text);
    if is_strong(text) && !statement {
        return Some(phrase!("it is short and bold as a whole"));
    }
    if before_colon_dash(text).is_some() && !statement {
        return Some(phrase!("it is short and ends in `:-`"));
    }
    if ends_in_dash(text) && !statement && is_short(text, 10) {
        return Some(phrase!("it is short and ends in a dash"));
    }
    if ends_question(text) {
        let asked = |at: usize| page.lines.get(at).is_some_and(|line| ends_question(&line.text));
        let many = asked(below) && asked(page.filled(below + 1));
        let among = asked(below) && at > 0 && (0..at).rev().find(|&i| !page.lines[i].is_blank()).is_some_and(asked);
        let last =
            at > 0 && (0..at).rev().filter(|&i| !page.lines[i].is_blank()).take(2).filter(|&i| asked(i)).count() == 2;
        return (!many && !among && !last).then(|| phrase!("it is short and asks something"));
    }
    if asks_often(text) && !ends_sentence(text) && !statement && question_follows(page, below) {
        return Some(phrase!("it is short and says that questions follow"));
    }
    let listed = page.is_item(below)
        || table::begins(page, below)
        || (!statement && flattened::flattened(page, below, text).is_some())
        || (!statement && split_items(&[text], &|_| false).is_none() && list::unmarked_terms(page, below).is_some());
    if before_colon(text).is_some() && !statement && !over.heading {
        if is_short(text, 8) && listed {
            return Some(phrase!("it is short, ends in `:` and stands before a list or table"));
        }
        if is_short(text, 5) && page.is_words(below) && !is_short(&page.lines[below].text, 8) {
            return Some(phrase!("it is short, ends in `:` and stands before a paragraph"));
        }
    }
    if ends_sentence(text) || before_colon(text).is_some() || text.ends_with([',', '،']) {
        return None;
    }
    if listed && !statement && is_short(text, 10) {
        return Some(phrase!("it is short and stands before a list or table"));
    }
    let bank = page.lines[below].look == Look::Taken && (at == 0 || page.lines[at - 1].look != Look::Taken);
    if !statement && is_short(text, 8) && (bank || super::question::labelled(page, below).is_some()) {
        return Some(phrase!("it is short and stands before questions with their answers"));
    }
    if over.nothing && is_byline(text) {
        return None;
    }
    let above = at.checked_sub(1).and_then(|above| page.lines.get(above));
    let parted = over.heading
        || over.nothing
        || above.is_none_or(|line| line.is_blank() || ends_sentence(&line.text) || !page.is_words(at - 1));
    let body = &page.lines[below];
    let words = count_words(text, LONGEST);
    let sentence = page.is_words(below) && {
        let length = count_words(&body.text, 40);
        length > words && (length >= 20 || (length >= 8 && ends_sentence(&body.text)))
    };
    if !parted || statement || !is_short(text, 9) {
        return None;
    }
    if sentence {
        return Some(phrase!("it is short and stands before a paragraph"));
    }
    if leads_to_list(page, below) {
        return Some(phrase!("it is short and stands before a line that leads up to a list"));
    }
    // A heading right above a heading stands alone, so that lines of verse are none.
    let alone = over.nothing || (at > 0 && page.lines[at - 1].is_blank());
    let parent = alone && below > at + 1 && !over.heading && is_short(text, 8);
    let heading_below = || {
        let next = page.filled(below + 1);
        page.lines[below].is_text()
            && is_short(&page.lines[below].text, LONGEST)
            && next < page.lines.len()
            && reason(page, below, next, Above { heading: true, nothing: false }).is_some()
    };
    (parent && heading_below()).then(|| phrase!("it is short and stands alone before another heading"))
}

/// Whether the line is such as ends in a colon or a dash and leads up to the list or the terms after it.
fn leads_to_list(page: &Page<'_>, at: usize) -> bool {
    let text = page.lines[at].text.as_ref();
    if !page.is_words(at) || !is_short(text, 30) || !(before_colon(text).is_some() || ends_in_dash(text)) {
        return false;
    }
    let next = page.filled(at + 1);
    page.is_item(next) || table::begins(page, next) || list::unmarked_terms(page, next).is_some()
}

fn ends_in_dash(text: &str) -> bool {
    [" –", " —", " -"].iter().any(|dash| text.ends_with(dash))
}

/// Whether a question stands on the line, with or without a label.
fn question_follows(page: &Page<'_>, at: usize) -> bool {
    page.lines.get(at).is_some_and(|line| ends_question(line.rest())) || super::question::labelled(page, at).is_some()
}

fn is_strong(text: &str) -> bool {
    let inner = text.strip_prefix("**").and_then(|rest| rest.trim_end_matches(':').strip_suffix("**"));
    inner.is_some_and(|inner| !inner.is_empty() && !inner.contains("**"))
}

fn clean(words: &str) -> String {
    let name = super::inline::name(words).to_plain();
    without_end_mark(&name).trim_end_matches([' ', '–', '—', '-']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::invisible::Removed;
    use super::super::line::lines;
    use super::*;

    fn told(text: &str, below_heading: bool) -> Option<String> {
        heading(&Page::new(lines(text, &mut Removed::default())), 0, Above { heading: below_heading, nothing: false })
            .map(|heading| heading.words)
    }

    #[test]
    fn short_lines_before_something() {
        assert_eq!(told("चाय के प्रकार:-\nकाली चाय सबसे पुरानी है।", false).as_deref(), Some("चाय के प्रकार"));
        assert_eq!(told("चाय क्या है?\nएक पेय।", false).as_deref(), Some("चाय क्या है?"));
        assert_eq!(told("चाय के प्रकार\n- काली\n- हरी", false).as_deref(), Some("चाय के प्रकार"));
        assert_eq!(told("चाय के प्रकार:\n• काली", false).as_deref(), Some("चाय के प्रकार"));
        assert_eq!(told("चाय के प्रकार –\nदो प्रकार हैं।", false).as_deref(), Some("चाय के प्रकार"));
        assert_eq!(told("चाय के प्रकार\nये प्रकार हैं:\n- काली", false).as_deref(), Some("चाय के प्रकार"));
        assert_eq!(told("अभ्यास\nQ: क?\nA: ख", false).as_deref(), Some("अभ्यास"));
        assert_eq!(told("Kinds of tea\n===\nx", false).as_deref(), Some("Kinds of tea"));
    }

    #[test]
    fn what_leads_up_to_a_list_is_a_paragraph() {
        assert_eq!(told("चाय निम्नलिखित प्रकार की होती है:\n- काली", false), None);
        assert_eq!(told("इसके प्रकार ये हैं:\n- काली", false), None);
        assert_eq!(told("इसके प्रकार:\n- काली", true), None);
        assert_eq!(told("चाय गरम है।\n- काली", false), None);
        assert_eq!(told("चाय के प्रकार:-", false), None);
        assert_eq!(told("# – :-\nचाय", false), None);
    }
}
