//! The words of a text and of a model, to see that none is lost and none invented.

use std::collections::BTreeMap;

use patra_core::Material;

pub type Words = BTreeMap<String, usize>;

/// Words that stand before steps, questions and answers, which become what they stand for.
const LABELS: [&str; 42] = [
    "પ્રશ્ન",
    "જવાબ",
    "step",
    "stage",
    "phase",
    "question",
    "ques",
    "que",
    "q",
    "answer",
    "ans",
    "a",
    "correct",
    "चरण",
    "कदम",
    "स्टेप",
    "पायरी",
    "टप्पा",
    "प्रश्न",
    "सवाल",
    "प्र",
    "सही",
    "उत्तर",
    "जवाब",
    "उ",
    "ধাপ",
    "প্রশ্ন",
    "প্র",
    "উত্তর",
    "উ",
    "সঠিক",
    "படி",
    "கேள்வி",
    "வினா",
    "பதில்",
    "விடை",
    "سوال",
    "س",
    "جواب",
    "ج",
    "مرحلہ",
    "قدم",
];

/// Characters that are left out of the text or kept for their effect on others alone.
fn is_invisible(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{84}' | '\u{86}'..='\u{9F}' | '\u{AD}' | '\u{61C}'
        | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFC}' | '\u{FE0F}' | '\u{FDD0}'..='\u{FDEF}')
        || (u32::from(c) & 0xFFFE) == 0xFFFE
}

fn is_word(c: char) -> bool {
    let counts = matches!(c, '\u{2460}'..='\u{24FF}' | '\u{2776}'..='\u{2793}' | '\u{20E3}');
    (c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)) && !counts
}

/// Words that can't be marks of a list: of two letters or more, neither a Roman number nor a label.
pub fn words(text: &str, into: &mut Words) {
    let visible: String = text.chars().filter(|&c| !is_invisible(c)).collect();
    for word in visible.split(|c| !is_word(c)) {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let bare = word.trim_end_matches(char::is_numeric).to_lowercase();
        let roman = bare.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
        if letters > 1 && !roman && !LABELS.contains(&bare.as_str()) {
            *into.entry(word.to_owned()).or_default() += 1;
        }
    }
}

/// The numbers of a text that stand so far within their line that they number nothing.
pub fn inner_numbers(text: &str, into: &mut Words) {
    for line in text.lines() {
        for word in line.split(|c| !is_word(c)).filter(|word| !word.is_empty()).skip(2) {
            if word.chars().all(char::is_numeric) {
                *into.entry(word.to_owned()).or_default() += 1;
            }
        }
    }
}

/// All texts of a model, but its ids and codes. The right choice counts twice, since the source names it again.
pub fn texts(material: &Material) -> Vec<String> {
    fn collect(value: &serde_json::Value, out: &mut Vec<String>) {
        match value {
            serde_json::Value::String(text) => out.push(text.clone()),
            serde_json::Value::Array(values) => {
                // The runs of a text are one text.
                if values.iter().any(serde_json::Value::is_string) {
                    let mut runs = Vec::new();
                    values.iter().for_each(|value| collect(value, &mut runs));
                    out.push(runs.concat());
                } else {
                    values.iter().for_each(|value| collect(value, out));
                }
            }
            // Strong words are marked in the source too, so that `a**b**` is two words in both.
            serde_json::Value::Object(fields) if fields.contains_key("strong") => {
                let mut inner = Vec::new();
                fields.values().for_each(|value| collect(value, &mut inner));
                out.push(format!("**{}**", inner.concat()));
            }
            serde_json::Value::Object(fields) if fields.contains_key("break") => out.push("\n".to_owned()),
            serde_json::Value::Object(fields) => {
                if fields.get("correct").is_some_and(|correct| correct == true) {
                    out.extend(fields["text"].as_str().map(str::to_owned));
                }
                let is_text = |key: &str| {
                    !matches!(key, "id" | "language" | "patra" | "alignment" | "marker" | "lettering" | "room")
                };
                for (key, value) in fields.iter().filter(|(key, _)| is_text(key)) {
                    match value {
                        // Each cell is a text of its own.
                        serde_json::Value::Array(cells) if key == "cells" => {
                            cells.iter().for_each(|cell| collect(cell, out));
                        }
                        value => collect(value, out),
                    }
                }
            }
            _ => {}
        }
    }
    let mut out = Vec::new();
    collect(&serde_json::from_str(&material.to_json()).expect("JSON"), &mut out);
    out
}

/// The words that `text` has more often than the model; those that the model has and `text` has not.
pub fn lost_and_invented(text: &str, material: &Material) -> (Vec<String>, Vec<String>) {
    let mut source = Words::new();
    words(text, &mut source);
    let mut model = Words::new();
    texts(material).iter().for_each(|text| words(text, &mut model));
    let lost =
        source.iter().filter(|(word, count)| model.get(*word).unwrap_or(&0) < count).map(|(word, _)| word.clone());
    let invented = model.keys().filter(|word| !source.contains_key(*word)).cloned();
    (lost.collect(), invented.collect())
}
