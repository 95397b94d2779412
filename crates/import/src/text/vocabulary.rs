//! Words by which pasted text gives its form away, in the languages of India and in English.
//!
//! A language that is missing costs a guess, not a word of the text: what is not told stays a paragraph.

use patra_core::Comparison;

/// Before the number of a step.
pub(super) const STEP_LABELS: [&str; 20] = [
    "step",
    "stage",
    "phase",
    "चरण",
    "कदम",
    "स्टेप",
    "पायरी",
    "टप्पा",
    "स्टेप्स",
    "ধাপ",
    "পদক্ষেপ",
    "படி",
    "நிலை",
    "مرحلہ",
    "قدم",
    "પગલું",
    "ਕਦਮ",
    "దశ",
    "ಹಂತ",
    "ഘട്ടം",
];

/// Before a question. Those of one or two letters count only with a mark after them.
pub(super) const QUESTION_LABELS: [&str; 21] = [
    "question",
    "ques",
    "que",
    "q",
    "प्रश्न",
    "सवाल",
    "प्र",
    "প্রশ্ন",
    "প্র",
    "கேள்வி",
    "வினா",
    "سوال",
    "س",
    "પ્રશ્ન",
    "ਪ੍ਰਸ਼ਨ",
    "ਸਵਾਲ",
    "ప్రశ్న",
    "ಪ್ರಶ್ನೆ",
    "ചോദ്യം",
    "ପ୍ରଶ୍ନ",
    "প্ৰশ্ন",
];

/// Before an answer.
pub(super) const ANSWER_LABELS: [&str; 25] = [
    "correct answer",
    "answer",
    "ans",
    "a",
    "सही उत्तर",
    "उत्तर",
    "जवाब",
    "उ",
    "उत्तरः",
    "সঠিক উত্তর",
    "উত্তর",
    "উ",
    "பதில்",
    "விடை",
    "صحیح جواب",
    "جواب",
    "ج",
    "જવાબ",
    "ઉત્તર",
    "ਉੱਤਰ",
    "ਜਵਾਬ",
    "జవాబు",
    "ಉತ್ತರ",
    "ഉത്തരം",
    "ଉତ୍ତର",
];

/// In a heading above a comparison.
const COMPARING: [&str; 20] = [
    "अंतर",
    "अन्तर",
    "फरक",
    "तुलना",
    "भेद",
    "difference",
    " vs ",
    " vs.",
    "versus",
    "comparison",
    "compare",
    "পার্থক্য",
    "তুলনা",
    "வேறுபாடு",
    "ஒப்பீடு",
    "فرق",
    "موازنہ",
    "તફાવત",
    "తేడా",
    "ವ್ಯತ್ಯಾಸ",
];

/// In a heading above questions that many ask.
const ASKED: [&str; 16] = [
    "faq",
    "frequently asked",
    "common questions",
    "q&a",
    "पूछे जाने वाले",
    "सामान्य प्रश्न",
    "प्रश्नोत्तर",
    "सवाल-जवाब",
    "सवाल जवाब",
    "विचारले जाणारे",
    "জিজ্ঞাসিত",
    "প্রশ্নোত্তর",
    "கேட்கப்படும்",
    "கேள்வி பதில்",
    "پوچھے جانے والے",
    "سوال و جواب",
];

/// In a line that leads up to a list and is a sentence, not a heading.
const LEADING_UP: [&str; 24] = [
    "निम्नलिखित",
    "निम्न प्रकार",
    "निम्न ",
    "नीचे",
    "इस प्रकार",
    "following",
    "below",
    "as follows",
    "खालील",
    "पुढील",
    "खाली",
    "নিম্নলিখিত",
    "নিচে",
    "নিম্নরূপ",
    "பின்வரும்",
    "கீழே",
    "கீழ்க்கண்ட",
    "مندرجہ ذیل",
    "درج ذیل",
    "نیچے",
    "નીચે",
    "ਹੇਠ",
    "క్రింది",
    "ಕೆಳಗಿನ",
];

/// Words that end a statement: a verb at the end of a sentence whose full stop was lost.
const ENDING: [&str; 60] = [
    "है",
    "हैं",
    "हूँ",
    "था",
    "थे",
    "थी",
    "थीं",
    "हो",
    "होगा",
    "होगी",
    "होंगे",
    "गया",
    "गई",
    "गए",
    "चाहिए",
    "सके",
    "सकें",
    "सकता",
    "करें",
    "होता",
    "होते",
    "लें",
    "दें",
    "जाए",
    "जाएं",
    "आहे",
    "आहेत",
    "होते",
    "करा",
    "असते",
    "असतात",
    "होतो",
    "होतात",
    "करतात",
    "হয়",
    "হয়",
    "আছে",
    "হল",
    "হলো",
    "ছিল",
    "করে",
    "করুন",
    "হয়েছে",
    "যায়",
    "ஆகும்",
    "உள்ளது",
    "உள்ளன",
    "செய்யவும்",
    "வேண்டும்",
    "ہے",
    "ہیں",
    "تھا",
    "تھے",
    "کریں",
    "چاہیے",
    "ہوں",
    "is",
    "are",
    "was",
    "છે",
];

/// Words that ask.
const ASKING: [&str; 42] = [
    "क्या",
    "क्यों",
    "कैसे",
    "कब",
    "कहाँ",
    "कहां",
    "कौन",
    "कितने",
    "कितना",
    "कितनी",
    "किसे",
    "काय",
    "कसे",
    "कशी",
    "का",
    "कोण",
    "किती",
    "कुठे",
    "what",
    "why",
    "how",
    "when",
    "where",
    "who",
    "which",
    "কি",
    "কী",
    "কেন",
    "কীভাবে",
    "কত",
    "என்ன",
    "ஏன்",
    "எப்படி",
    "எவ்வாறு",
    "کیا",
    "کیوں",
    "کیسے",
    "کب",
    "کون",
    "શું",
    "કેમ",
    "કેવી",
];

/// Words that end in the sign of visarga, which is often typed as a colon: `अत: यह`.
const VISARGA: [&str; 28] = [
    "अत",
    "प्राय",
    "प्रायश",
    "साधारणत",
    "सामान्यत",
    "विशेषत",
    "मुख्यत",
    "संभवत",
    "सम्भवत",
    "स्वत",
    "पुन",
    "अंतत",
    "अन्तत",
    "पूर्णत",
    "मूलत",
    "वस्तुत",
    "फलत",
    "क्रमश",
    "अंशत",
    "आंशिकत",
    "सर्वत",
    "छ",
    "दु",
    "नि",
    "प्रात",
    "अन्त",
    "अंत",
    "शतश",
];

/// In a line below the title that tells who wrote the text and when.
const BYLINES: [&str; 22] = [
    "updated",
    "published",
    "posted",
    "written by",
    " by ",
    "author",
    "min read",
    "minutes read",
    "द्वारा",
    "लेखक",
    "लेखिका",
    "प्रकाशित",
    "अपडेट",
    "दिनांक",
    "तारीख",
    "প্রকাশিত",
    "লেখক",
    "ஆசிரியர்",
    "வெளியிடப்பட்டது",
    "مصنف",
    "شائع",
    "લેખક",
];

/// Whether a line below the title tells who wrote the text and when.
pub(crate) fn is_byline(line: &str) -> bool {
    contains_any(line, &BYLINES)
}

fn folded(text: &str) -> String {
    text.to_lowercase()
}

/// Whether a cell is such as heads a column of aspects.
pub(super) fn heads_aspects(cell: &str) -> bool {
    Comparison::is_corner(cell.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '-' | '।' | '.')))
}

/// Whether a heading says that things are compared.
pub(crate) fn compares(heading: &str) -> bool {
    contains_any(heading, &COMPARING)
}

/// Whether a heading says that questions and answers follow.
pub(crate) fn asks_often(heading: &str) -> bool {
    contains_any(heading, &ASKED)
}

/// Whether a line leads up to what follows it.
pub(super) fn leads_up(line: &str) -> bool {
    contains_any(line, &LEADING_UP)
}

fn contains_any(text: &str, words: &[&str]) -> bool {
    let text = folded(text);
    words.iter().any(|word| text.contains(word))
}

/// Whether the last word is such as ends a statement.
pub(super) fn ends_as_statement(line: &str) -> bool {
    let words =
        line.trim_end_matches(|c: char| !c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c));
    let last = words.rsplit(char::is_whitespace).next().unwrap_or("");
    ENDING.contains(&folded(last).as_str())
}

/// Whether a word of the line asks something.
pub(super) fn asks(line: &str) -> bool {
    line.split(|c: char| c.is_whitespace() || c.is_ascii_punctuation())
        .any(|word| ASKING.contains(&folded(word).as_str()))
}

/// Whether the words before a colon end in a word whose visarga the colon is.
pub(super) fn is_visarga(before: &str) -> bool {
    let last = before.rsplit(|c: char| c.is_whitespace() || c.is_ascii_punctuation()).next().unwrap_or("");
    VISARGA.contains(&last)
}
