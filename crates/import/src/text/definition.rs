//! Sentences that say what an abbreviation stands for.

use patra_core::{Block, Definition, Paragraph, Span};

use super::inline;
use super::phrase::is_short;

/// What stands between an abbreviation and its full form.
const LINKS: [&str; 31] = [
    "का पूरा नाम",
    "का फुल फॉर्म",
    "का फुल फ़ॉर्म",
    "की फुल फॉर्म",
    "की फुल फ़ॉर्म",
    "का फुलफॉर्म",
    "का पूर्ण रूप",
    "का पूरा रूप",
    "का विस्तृत रूप",
    "का full form",
    "की full form",
    "का Full Form",
    "की Full Form",
    "का full-form",
    "चे पूर्ण रूप",
    "चे पूर्ण नाव",
    "चा फुल फॉर्म",
    "चे पूर्ण स्वरूप",
    "এর পূর্ণরূপ",
    "এর পূর্ণ রূপ",
    "-এর পূর্ণরূপ",
    "-এর পূর্ণ রূপ",
    "এর পুরো নাম",
    "என்பதன் விரிவாக்கம்",
    "என்பதன் முழு வடிவம்",
    "என்பதன் முழுப் பெயர்",
    "کا پورا نام",
    "کا مکمل نام",
    "کی فل فارم",
    "stands for",
    "full form is",
];

/// Words without content between the parts.
const COPULAS: [&str; 26] = [
    "होता है",
    "होती है",
    "होता हैं",
    "है",
    "हैं",
    "असे आहे",
    "आहे",
    "म्हणजे",
    "হলো",
    "হল",
    "হচ্ছে",
    "আছে",
    "ஆகும்",
    "ہوتا ہے",
    "ہے",
    "is",
    ":-",
    ":",
    "-",
    "–",
    "—",
    "=",
    ",",
    "।",
    ".",
    "۔",
];

/// Where the full form ends, if no quotes say so.
const ENDS: [&str; 19] = [
    " होता है",
    " होती है",
    " है",
    " हैं",
    " असे आहे",
    " आहे",
    " ہوتا ہے",
    " ہے",
    " ஆகும்",
    ",",
    "।",
    ". ",
    "۔",
    " – ",
    " — ",
    "(",
    ";",
    " which ",
    " जो ",
];

/// Words that hang a clause on the one before it, so that it can't stand alone.
const HANGING: [&str; 16] =
    ["जो", "जिस", "जिसे", "जिसमें", "जिससे", "जिसका", "और", "तथा", "एवं", "which", "and", "that", "जे", "आणि", "যা", "جو"];

/// No abbreviation, and no full form, is longer than this many bytes.
const LONGEST: usize = 240;

/// The definition that a paragraph begins with, if it says what an abbreviation stands for.
///
/// Its meaning is what follows, and the clause that names the full form is kept beside it, so that no word is lost.
/// Where nothing follows that can stand alone, the meaning is the whole paragraph.
pub(crate) fn definition(text: &str, span: Span) -> Option<Definition> {
    let head = text.get(..floor(text, LONGEST))?;
    let (at, link) = LINKS.iter().filter_map(|link| head.find(link).map(|at| (at, *link))).min()?;
    let term = text[..at].trim_matches(|c: char| c.is_whitespace() || "“”\"'‘’*-".contains(c));
    let term = ["The ", "the "].iter().fold(term, |term, word| term.strip_prefix(word).unwrap_or(term));
    let abbreviation = term.chars().any(char::is_alphabetic) && is_short(term, 2) && term.chars().count() <= 16;
    if !abbreviation || (link.is_ascii() && !is_initials(term)) {
        return None;
    }
    let after = without_copulas(&text[at + link.len()..]);
    let (full, rest) = quoted(after).or_else(|| unquoted(after))?;
    let full = full.trim_matches(|c: char| c.is_whitespace() || ".,।".contains(c));
    if !is_short(full, 12) || !full.chars().any(char::is_alphabetic) {
        return None;
    }
    let rest = without_copulas(rest);
    let clause = text[..text.len() - rest.len()].trim_end_matches([' ', ',', ';', '–', '—']);
    let hangs = rest.split_whitespace().next().is_none_or(|word| HANGING.contains(&word.trim_end_matches(',')));
    let mut definition =
        Definition { term: inline::name(term), full_form: Some(inline::name(full)), span, ..Definition::default() };
    if hangs {
        definition.meaning = inline::text(text);
    } else {
        definition.meaning = inline::text(rest);
        definition.details = vec![Block::Paragraph(Paragraph { text: inline::text(clause), span })];
    }
    Some(definition)
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Capitals and digits of an abbreviation in Latin letters.
fn is_initials(term: &str) -> bool {
    let capitals = term.chars().filter(char::is_ascii_uppercase).count();
    capitals >= 2
        && term.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '.' | '&' | '-' | 's'))
}

/// The text after words without content at its start.
fn without_copulas(text: &str) -> &str {
    let mut rest = text.trim_start();
    loop {
        let word = |copula: &&&str| {
            rest.strip_prefix(**copula).is_some_and(|after| {
                let word = copula.chars().any(char::is_alphabetic);
                !word
                    || after
                        .chars()
                        .next()
                        .is_none_or(|c| !c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c))
            })
        };
        match COPULAS.iter().find(word) {
            Some(copula) => rest = rest[copula.len()..].trim_start(),
            None => return rest,
        }
    }
}

/// A full form in quotes, and what follows.
fn quoted(text: &str) -> Option<(&str, &str)> {
    const QUOTES: [(char, char); 6] = [('“', '”'), ('"', '"'), ('‘', '’'), ('\'', '\''), ('«', '»'), ('”', '”')];
    let open = text.chars().next()?;
    let (_, close) = QUOTES.iter().find(|(o, _)| *o == open)?;
    let inner = &text[open.len_utf8()..];
    let end = inner.get(..floor(inner, LONGEST))?.find(*close)?;
    Some((&inner[..end], &inner[end + close.len_utf8()..]))
}

/// A full form up to the first word or mark that ends it, and what follows.
fn unquoted(text: &str) -> Option<(&str, &str)> {
    let near = text.get(..floor(text, LONGEST))?;
    let end = ENDS.iter().filter_map(|end| near.find(end)).min().or((near.len() == text.len()).then_some(text.len()))?;
    let end = if text[end..].starts_with('(') { return bracketed(text, end) } else { end };
    Some((&text[..end], &text[end..]))
}

/// `Business Process Outsourcing (बिज़नेस प्रोसेस आउटसोर्सिंग) है`: the brackets belong to the full form.
fn bracketed(text: &str, open: usize) -> Option<(&str, &str)> {
    let close = open + text[open..].get(..floor(&text[open..], LONGEST))?.find(')')? + 1;
    let (_, rest) = unquoted(&text[close..]).unwrap_or(("", &text[close..]));
    (text.len() - rest.len() == close || text[close..].trim_start().len() == rest.trim_start().len())
        .then_some((&text[..close], rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<(String, String, String)> {
        definition(text, Span::NONE).map(|d| {
            (d.term.to_plain(), d.full_form.map(|full| full.to_plain()).unwrap_or_default(), d.meaning.to_plain())
        })
    }

    fn made(term: &str, full: &str, meaning: &str) -> Option<(String, String, String)> {
        Some((term.into(), full.into(), meaning.into()))
    }

    #[test]
    fn full_forms_in_many_phrasings() {
        assert_eq!(
            told("ATM का पूरा नाम होता है “ऑटोमेटेड टेलर मशीन”, यह नकद देती है."),
            made("ATM", "ऑटोमेटेड टेलर मशीन", "यह नकद देती है.")
        );
        assert_eq!(
            told("SIM का फुल फॉर्म Subscriber Identity Module है। यह एक चिप है।"),
            made("SIM", "Subscriber Identity Module", "यह एक चिप है।")
        );
        assert_eq!(
            told("ATM stands for Automated Teller Machine. It gives cash."),
            made("ATM", "Automated Teller Machine", "It gives cash.")
        );
        assert_eq!(told("The full form of ATM is unknown here."), None);
        assert_eq!(told("ATM চালু। ATM এর পূর্ণরূপ হলো অটোমেটেড টেলার মেশিন। এটি টাকা দেয়।"), None);
        assert_eq!(
            told("OTP चे पूर्ण रूप One Time Password असे आहे. तो एकदाच वापरतात."),
            made("OTP", "One Time Password", "तो एकदाच वापरतात.")
        );
    }

    #[test]
    fn what_hangs_stays_with_its_sentence() {
        let text = "ATM stands for Automated Teller Machine, which gives cash.";
        assert_eq!(told(text), made("ATM", "Automated Teller Machine", text));
        let text = "ATM का पूरा नाम ऑटोमेटेड टेलर मशीन है।";
        assert_eq!(told(text), made("ATM", "ऑटोमेटेड टेलर मशीन", text));
    }

    #[test]
    fn no_word_is_lost() {
        let definition =
            definition("ATM का पूरा नाम “ऑटोमेटेड टेलर मशीन” है, यह नकद देती है।", Span::NONE).expect("a definition");
        let Block::Paragraph(clause) = &definition.details[0] else { panic!("a paragraph") };
        assert_eq!(clause.text.to_plain(), "ATM का पूरा नाम “ऑटोमेटेड टेलर मशीन” है");
    }

    #[test]
    fn other_sentences_define_nothing() {
        assert_eq!(told("हमारी कंपनी के मालिक का पूरा नाम राम है।"), None);
        assert_eq!(told("This sign stands for peace. It is old."), None);
    }
}
