//! The language of a text, told by its script and, where a script serves several languages, by common words.

use std::collections::BTreeMap;

use patra_core::{Language, Phrase, phrase};
use unicode_script::{Script, UnicodeScript};

/// So many letters are looked at; more would not tell more.
const ENOUGH: usize = 100_000;

/// A share of one in so many letters in another script than Latin makes the text one in that script: text in Hindi is
/// often half in English words.
const SHARE: usize = 5;

/// The language and how it was told.
pub(crate) fn language(text: &str) -> (Language, Phrase) {
    let mut scripts: BTreeMap<&'static str, (Script, usize)> = BTreeMap::new();
    let mut letters = 0;
    for c in text.chars().filter(|c| c.is_alphabetic()).take(ENOUGH) {
        let script = c.script();
        scripts.entry(script.short_name()).or_insert((script, 0)).1 += 1;
        letters += 1;
    }
    let most = |latin: bool| {
        let of_kind = scripts.values().filter(|(script, _)| (*script == Script::Latin) == latin);
        of_kind.max_by_key(|(_, count)| *count).filter(|(_, count)| latin || count * SHARE >= letters)
    };
    let Some((script, _)) = most(false).or_else(|| most(true)) else {
        return (Language::default(), phrase!("its letters do not tell its language"));
    };
    let head: Vec<String> = text.split_whitespace().take(ENOUGH / 5).map(str::to_lowercase).collect();
    let tag = tag(*script, &head, text);
    let name = script.full_name();
    let how = phrase!("it was told to be `{$tag}` by its script, {$name}, and its common words", tag, name);
    (tag.parse().unwrap_or_default(), how)
}

/// Which of the lists has most words in the text; the first where none has more.
fn most_common(words: &[String], lists: &[(&'static str, &[&str])]) -> &'static str {
    let count = |list: &[&str]| {
        words.iter().filter(|word| list.contains(&word.trim_matches(['।', ',', '.', '?', '"']))).count()
    };
    let mut best = lists.first().map_or(("und", 0), |(tag, list)| (*tag, count(list)));
    for (tag, list) in lists.iter().skip(1) {
        let count = count(list);
        if count > best.1 {
            best = (tag, count);
        }
    }
    best.0
}

fn tag(script: Script, words: &[String], text: &str) -> &'static str {
    match script {
        Script::Devanagari => most_common(
            words,
            &[
                ("hi", &["है", "हैं", "का", "की", "के", "में", "से", "और", "को", "यह", "होता", "पर"]),
                ("mr", &["आहे", "आहेत", "आणि", "हे", "ही", "हा", "म्हणजे", "करा", "नाही", "होते", "असते", "व", "ते", "किंवा"]),
                ("ne", &["छ", "छन्", "हो", "र", "को", "मा", "यो", "हुन्छ", "लाई", "गर्न"]),
                ("sa", &["अस्ति", "च", "भवति", "सन्ति", "इति", "तत्", "किम्"]),
            ],
        ),
        Script::Arabic => {
            let urdu = text.chars().filter(|c| matches!(c, 'ٹ' | 'ڈ' | 'ڑ' | 'ے' | 'ں' | 'ھ' | 'ہ')).count();
            let persian = text.chars().filter(|c| matches!(c, 'پ' | 'چ' | 'ژ' | 'گ' | 'ی' | 'ک')).count();
            match (urdu, persian) {
                (0, 0) => "ar",
                (0, _) => "fa",
                _ => "ur",
            }
        }
        Script::Bengali => {
            if text.contains(['ৰ', 'ৱ']) {
                "as"
            } else {
                "bn"
            }
        }
        Script::Gurmukhi => "pa",
        Script::Gujarati => "gu",
        Script::Oriya => "or",
        Script::Tamil => "ta",
        Script::Telugu => "te",
        Script::Kannada => "kn",
        Script::Malayalam => "ml",
        Script::Sinhala => "si",
        Script::Ol_Chiki => "sat",
        Script::Meetei_Mayek => "mni",
        Script::Latin => most_common(
            words,
            &[
                ("en", &["the", "of", "and", "is", "a", "to", "in", "are", "for", "it", "with", "that"]),
                (
                    "hi-Latn",
                    &["hai", "hain", "ka", "ki", "ke", "mein", "me", "aur", "ko", "se", "kya", "hota", "yeh", "ye"],
                ),
            ],
        ),
        _ => "und",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        language(text).0.to_string()
    }

    #[test]
    fn scripts_and_common_words() {
        assert_eq!(told("BPO candidate के लिए communication skills ज़रूरी हैं।"), "hi");
        assert_eq!(told("हे एक पुस्तक आहे आणि ते चांगले आहे."), "mr");
        assert_eq!(told("এটি একটি বই।"), "bn");
        assert_eq!(told("இது ஒரு புத்தகம்."), "ta");
        assert_eq!(told("یہ ایک کتاب ہے۔"), "ur");
        assert_eq!(told("هذا كتاب"), "ar");
        assert_eq!(told("This is a book."), "en");
        assert_eq!(told("BPO kya hota hai aur isme kaise kaam kare"), "hi-Latn");
        assert_eq!(told("The word नमस्ते is a greeting in the languages of northern India."), "en");
        assert_eq!(told("12 34"), "und");
    }
}
