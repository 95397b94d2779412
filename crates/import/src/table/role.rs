//! What the columns of a table hold, told by their headers.

use patra_core::{Comparison, Language, nfc};

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// What the row is about.
    Term,
    /// What it means.
    Meaning,
    /// What an abbreviation stands for.
    FullForm,
    /// What is asked.
    Question,
    /// The answer to it.
    Answer,
    /// An answer to choose, by its number from 1.
    Choice(usize),
    /// An answer to choose that is wrong.
    Wrong,
    /// Which of the choices are right.
    Correct,
    /// Why they are.
    Explanation,
    /// What helps.
    Hint,
    /// A sentence with gaps.
    Gap,
    /// An id.
    Id,
    /// The number of the row.
    Number,
    /// Words to find it by.
    Tags,
    /// What it stands under.
    Section,
    /// The language of the row.
    Language,
    /// In what respect subjects are compared.
    Aspect,
    /// Words in a language that the header names.
    In(Language),
}

const TERM: &[&str] = &[
    "term",
    "terms",
    "word",
    "words",
    "vocabulary",
    "concept",
    "name",
    "front",
    "key",
    "keyword",
    "abbreviation",
    "acronym",
    "short form",
    "शब्द",
    "पद",
    "पारिभाषिक शब्द",
    "संज्ञा",
    "नाम",
    "संक्षेप",
    "संक्षिप्त रूप",
    "लघु रूप",
    "संकल्पना",
    "अवधारणा",
    "শব্দ",
    "পদ",
    "পরিভাষা",
    "নাম",
    "சொல்",
    "பதம்",
    "கலைச்சொல்",
    "பெயர்",
    "పదం",
    "పేరు",
    "શબ્દ",
    "પદ",
    "નામ",
    "ಪದ",
    "ಶಬ್ದ",
    "ಹೆಸರು",
    "പദം",
    "വാക്ക്",
    "പേര്",
    "ਸ਼ਬਦ",
    "ਪਦ",
    "ਨਾਮ",
    "ଶବ୍ଦ",
    "ପଦ",
    "ନାମ",
    "لفظ",
    "اصطلاح",
    "نام",
    "مصطلح",
    "सामने",
    "परिभाषिक शब्द",
];
const MEANING: &[&str] = &[
    "definition",
    "definitions",
    "meaning",
    "meanings",
    "description",
    "details",
    "translation",
    "back",
    "gloss",
    "अर्थ",
    "परिभाषा",
    "मतलब",
    "विवरण",
    "वर्णन",
    "व्याख्या अर्थ",
    "अनुवाद",
    "भावार्थ",
    "पीछे",
    "व्याख्या",
    "माहिती",
    "অর্থ",
    "সংজ্ঞা",
    "বিবরণ",
    "মানে",
    "பொருள்",
    "விளக்கம்",
    "வரையறை",
    "అర్థం",
    "వివరణ",
    "నిర్వచనం",
    "અર્થ",
    "વ્યાખ્યા",
    "વર્ણન",
    "ಅರ್ಥ",
    "ವ್ಯಾಖ್ಯೆ",
    "ವಿವರಣೆ",
    "അർത്ഥം",
    "അർഥം",
    "നിർവചനം",
    "വിവരണം",
    "ਅਰਥ",
    "ਪਰਿਭਾਸ਼ਾ",
    "ਵੇਰਵਾ",
    "ଅର୍ଥ",
    "ସଂଜ୍ଞା",
    "ବର୍ଣ୍ଣନା",
    "معنی",
    "مطلب",
    "تعریف",
    "وضاحت",
    "تفصیل",
];
const FULL_FORM: &[&str] = &[
    "full form",
    "fullform",
    "expansion",
    "stands for",
    "पूरा नाम",
    "पूर्ण रूप",
    "पूर्णरूप",
    "विस्तार",
    "फुल फॉर्म",
    "पूर्ण नाव",
    "পূর্ণ রূপ",
    "পুরো নাম",
    "முழு வடிவம்",
    "విస్తరణ",
    "પૂર્ણ રૂપ",
    "ಪೂರ್ಣ ರೂಪ",
    "പൂർണ്ണ രൂപം",
    "ਪੂਰਾ ਨਾਮ",
    "ପୂର୍ଣ୍ଣ ରୂପ",
    "پورا نام",
    "مکمل نام",
];
const QUESTION: &[&str] = &[
    "question",
    "questions",
    "q",
    "ques",
    "que",
    "prompt",
    "question text",
    "stem",
    "प्रश्न",
    "सवाल",
    "प्रश्नः",
    "প্রশ্ন",
    "கேள்வி",
    "வினா",
    "ప్రశ్న",
    "પ્રશ્ન",
    "સવાલ",
    "ಪ್ರಶ್ನೆ",
    "ചോദ്യം",
    "ਪ੍ਰਸ਼ਨ",
    "ਸਵਾਲ",
    "ପ୍ରଶ୍ନ",
    "سوال",
];
const ANSWER: &[&str] = &[
    "answer",
    "answers",
    "ans",
    "a",
    "reply",
    "response",
    "solution",
    "उत्तर",
    "जवाब",
    "उत्तरः",
    "হল",
    "উত্তর",
    "பதில்",
    "விடை",
    "జవాబు",
    "సమాధానం",
    "જવાબ",
    "ઉત્તર",
    "ಉತ್ತರ",
    "ഉത്തരം",
    "ਉੱਤਰ",
    "ਜਵਾਬ",
    "ଉତ୍ତର",
    "جواب",
];
const CHOICE: &[&str] = &[
    "option",
    "choice",
    "opt",
    "ch",
    "alternative",
    "answer option",
    "विकल्प",
    "पर्याय",
    "বিকল্প",
    "விருப்பம்",
    "தெரிவு",
    "ఎంపిక",
    "ఐచ్ఛికం",
    "વિકલ્પ",
    "ಆಯ್ಕೆ",
    "ഓപ്ഷൻ",
    "ਵਿਕਲਪ",
    "ବିକଳ୍ପ",
    "متبادل",
    "اختیار",
];
const WRONG: &[&str] = &[
    "distractor",
    "wrong",
    "wrong answer",
    "incorrect",
    "incorrect answer",
    "गलत उत्तर",
    "ग़लत उत्तर",
    "गलत विकल्प",
    "चुकीचे उत्तर",
    "ভুল উত্তর",
    "தவறான விடை",
];
const CORRECT: &[&str] = &[
    "correct",
    "correct answer",
    "correct option",
    "correct choice",
    "right answer",
    "right option",
    "answer key",
    "सही",
    "सही उत्तर",
    "सही विकल्प",
    "सही जवाब",
    "बरोबर उत्तर",
    "योग्य उत्तर",
    "योग्य पर्याय",
    "উত্তরমালা",
    "সঠিক উত্তর",
    "সঠিক",
    "சரியான விடை",
    "சரியான பதில்",
    "సరైన జవాబు",
    "సరైన సమాధానం",
    "સાચો જવાબ",
    "સાચો વિકલ્પ",
    "ಸರಿಯಾದ ಉತ್ತರ",
    "ശരിയായ ഉത്തരം",
    "ਸਹੀ ਉੱਤਰ",
    "ਸਹੀ ਜਵਾਬ",
    "ଠିକ ଉତ୍ତର",
    "ସଠିକ ଉତ୍ତର",
    "صحیح جواب",
    "درست جواب",
];
const EXPLANATION: &[&str] = &[
    "explanation",
    "rationale",
    "reason",
    "feedback",
    "why",
    "स्पष्टीकरण",
    "कारण",
    "हल",
    "ব্যাখ্যা",
    "কারণ",
    "விளக்க உரை",
    "காரணம்",
    "కారణం",
    "સમજૂતી",
    "કારણ",
    "ವಿವರಣೆ ಕಾರಣ",
    "കാരണം",
    "വിശദീകരണം",
    "ਵਿਆਖਿਆ",
    "ਕਾਰਨ",
    "ବ୍ୟାଖ୍ୟା",
    "تشریح",
    "وجہ",
];
const HINT: &[&str] = &[
    "hint",
    "hints",
    "clue",
    "संकेत",
    "इशारा",
    "सूत्र",
    "সংকেত",
    "ইঙ্গিত",
    "குறிப்பு",
    "సూచన",
    "સંકેત",
    "ಸುಳಿವು",
    "സൂചന",
    "ਸੰਕੇਤ",
    "ਇਸ਼ਾਰਾ",
    "ସୂଚନା",
    "اشارہ",
];
const GAP: &[&str] = &[
    "gap",
    "gaps",
    "cloze",
    "sentence",
    "fill in the blank",
    "fill in the blanks",
    "blank",
    "रिक्त स्थान",
    "वाक्य",
    "रिक्त स्थान भरो",
    "रिक्त स्थान भरें",
    "रिकाम्या जागा",
    "রিক্ত স্থান",
    "শূন্যস্থান",
    "বাক্য",
    "கோடிட்ட இடம்",
    "வாக்கியம்",
    "ఖాళీ",
    "వాక్యం",
    "ખાલી જગ્યા",
    "વાક્ય",
    "ಖಾಲಿ ಸ್ಥಳ",
    "ವಾಕ್ಯ",
    "വാക്യം",
    "ਖਾਲੀ ਥਾਂ",
    "ਵਾਕ",
    "ଶୂନ୍ୟସ୍ଥାନ",
    "ବାକ୍ୟ",
    "خالی جگہ",
    "جملہ",
];
const ID: &[&str] = &["id", "ids", "slug", "patra id", "पहचान", "आईडी", "আইডি", "شناخت"];
const NUMBER: &[&str] = &[
    "no",
    "nr",
    "number",
    "s no",
    "sno",
    "sr no",
    "srno",
    "sl no",
    "sl",
    "serial",
    "serial no",
    "serial number",
    "क्र",
    "क्र सं",
    "क्रम",
    "क्रमांक",
    "क्र.सं",
    "क्रम संख्या",
    "संख्या",
    "अ क्र",
    "अनु क्र",
    "ক্রম",
    "ক্রমিক",
    "ক্রমিক নং",
    "ক্র নং",
    "எண்",
    "வ எண்",
    "క్రమ సంఖ్య",
    "ક્રમ",
    "ક્રમાંક",
    "ಕ್ರಮ ಸಂಖ್ಯೆ",
    "ക്രമ നമ്പർ",
    "ਲੜੀ ਨੰ",
    "କ୍ରମିକ ସଂଖ୍ୟା",
    "نمبر",
    "نمبر شمار",
    "شمار",
    "q no",
    "question no",
    "question number",
    "प्रश्न संख्या",
    "प्रश्न क्रमांक",
    "प्र सं",
];
const TAGS: &[&str] = &["tag", "tags", "label", "labels", "keywords", "टैग", "टॅग", "ট্যাগ", "குறிச்சொல்", "ٹیگ"];
const SECTION: &[&str] = &[
    "section",
    "chapter",
    "unit",
    "topic",
    "category",
    "deck",
    "lesson",
    "module",
    "group",
    "अध्याय",
    "पाठ",
    "खंड",
    "खण्ड",
    "इकाई",
    "विषय वस्तु",
    "श्रेणी",
    "वर्ग",
    "प्रकरण",
    "धडा",
    "विभाग",
    "অধ্যায়",
    "পাঠ",
    "বিভাগ",
    "பாடம்",
    "அத்தியாயம்",
    "பிரிவு",
    "పాఠం",
    "అధ్యాయం",
    "విభాగం",
    "પાઠ",
    "પ્રકરણ",
    "વિભાગ",
    "ಪಾಠ",
    "ಅಧ್ಯಾಯ",
    "ವಿಭಾಗ",
    "പാഠം",
    "അധ്യായം",
    "വിഭാഗം",
    "ਪਾਠ",
    "ਅਧਿਆਇ",
    "ਭਾਗ",
    "ଅଧ୍ୟାୟ",
    "ପାଠ",
    "ବିଭାଗ",
    "باب",
    "سبق",
    "حصہ",
];
const LANGUAGE: &[&str] = &["language", "lang", "भाषा", "ভাষা", "மொழி", "భాష", "ભાષા", "ಭಾಷೆ", "ഭാഷ", "ਭਾਸ਼ਾ", "ଭାଷା", "زبان"];

/// The languages that headers and cells name in words.
const LANGUAGES: &[(&str, &[&str])] = &[
    ("hi", &["hindi", "हिन्दी", "हिंदी", "ہندی"]),
    (
        "en",
        &[
            "english",
            "अंग्रेज़ी",
            "अंग्रेजी",
            "अङ्ग्रेजी",
            "इंग्रजी",
            "ইংরেজি",
            "ஆங்கிலம்",
            "ఇంగ్లీష్",
            "અંગ્રેજી",
            "ಇಂಗ್ಲಿಷ್",
            "ഇംഗ്ലീഷ്",
            "ਅੰਗਰੇਜ਼ੀ",
            "ଇଂରାଜୀ",
            "انگریزی",
        ],
    ),
    ("mr", &["marathi", "मराठी"]),
    ("bn", &["bengali", "bangla", "বাংলা", "बांग्ला", "बंगाली"]),
    ("ta", &["tamil", "தமிழ்", "तमिल"]),
    ("te", &["telugu", "తెలుగు"]),
    ("ur", &["urdu", "اردو", "उर्दू"]),
    ("gu", &["gujarati", "ગુજરાતી"]),
    ("kn", &["kannada", "ಕನ್ನಡ"]),
    ("ml", &["malayalam", "മലയാളം"]),
    ("pa", &["punjabi", "ਪੰਜਾਬੀ"]),
    ("or", &["odia", "oriya", "ଓଡ଼ିଆ"]),
    ("ne", &["nepali", "नेपाली"]),
    ("sa", &["sanskrit", "संस्कृत"]),
];

/// The role that a header gives its column.
pub(crate) fn role(header: &str) -> Option<Role> {
    let whole = normal(header);
    if whole.is_empty() {
        return None;
    }
    one(&whole).or_else(|| {
        // `शब्द / Word`, `Answer (उत्तर)`.
        let mut parts =
            header.split(['/', '(', ')', '|', '[', ']', '\n', '–']).map(normal).filter(|part| !part.is_empty());
        parts.find_map(|part| one(&part))
    })
}

fn one(words: &str) -> Option<Role> {
    let lists: [(&[&str], Role); 16] = [
        (CORRECT, Role::Correct),
        (QUESTION, Role::Question),
        (ANSWER, Role::Answer),
        (TERM, Role::Term),
        (MEANING, Role::Meaning),
        (FULL_FORM, Role::FullForm),
        (WRONG, Role::Wrong),
        (EXPLANATION, Role::Explanation),
        (HINT, Role::Hint),
        (GAP, Role::Gap),
        (ID, Role::Id),
        (NUMBER, Role::Number),
        (TAGS, Role::Tags),
        (SECTION, Role::Section),
        (LANGUAGE, Role::Language),
        (&[], Role::Aspect),
    ];
    let listed = lists.into_iter().find(|(list, _)| list.iter().any(|known| normal(known) == words));
    if let Some((_, role)) = listed {
        return Some(role);
    }
    if let Some(number) = numbered(words, CHOICE) {
        return Some(Role::Choice(number));
    }
    if numbered(words, WRONG).is_some() {
        return Some(Role::Wrong);
    }
    if Comparison::is_corner(words) {
        return Some(Role::Aspect);
    }
    language(words).filter(|_| words.chars().count() > 2).map(Role::In)
}

/// A language by its name or its tag.
pub(crate) fn language(words: &str) -> Option<Language> {
    let folded = normal(words);
    let named = LANGUAGES.iter().find(|(_, names)| names.iter().any(|name| normal(name) == folded));
    if let Some((tag, _)) = named {
        return tag.parse().ok();
    }
    let tag = words.trim();
    let plain = tag.len() <= 12 && tag.split('-').next().is_some_and(|primary| (2..=3).contains(&primary.len()));
    tag.parse().ok().filter(|_| plain)
}

/// The number of a choice: `option b`, `विकल्प 2`, `option3`.
fn numbered(words: &str, names: &[&str]) -> Option<usize> {
    names.iter().find_map(|name| {
        let rest = words.strip_prefix(normal(name).as_str())?;
        letter(rest.trim())
    })
}

/// The number, from 1, of a letter or number that choices are told apart by.
pub(crate) fn letter(words: &str) -> Option<usize> {
    let words = words.trim_matches(|c: char| c.is_whitespace() || "().,:-[]".contains(c));
    const SERIES: [&[&str]; 5] = [
        &["a", "b", "c", "d", "e", "f", "g", "h"],
        &["क", "ख", "ग", "घ", "ङ", "च", "छ", "ज"],
        &["अ", "ब", "स", "द", "इ", "फ"],
        &["ক", "খ", "গ", "ঘ", "ঙ", "চ"],
        &["அ", "ஆ", "இ", "ஈ", "உ", "ஊ"],
    ];
    let lower = words.to_lowercase();
    for series in SERIES {
        if let Some(at) = series.iter().position(|letter| *letter == lower) {
            return Some(at + 1);
        }
    }
    number(words).filter(|number| (1..=20).contains(number))
}

/// A whole number in the digits of any script.
pub(crate) fn number(words: &str) -> Option<usize> {
    const ZEROS: [u32; 12] = [0x30, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0x660, 0x6F0];
    if words.is_empty() || words.chars().count() > 9 {
        return None;
    }
    words.chars().try_fold(0_usize, |number, c| {
        let digit = ZEROS.iter().find_map(|zero| u32::from(c).checked_sub(*zero).filter(|digit| *digit < 10))?;
        Some(number * 10 + usize::try_from(digit).ok()?)
    })
}

/// Words with one space between them, in lower case and without signs at their ends.
fn normal(header: &str) -> String {
    let spaced: String = nfc(header)
        .to_lowercase()
        .chars()
        .map(|c| if matches!(c, '_' | '-' | '.' | ':' | '：') { ' ' } else { c })
        .collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    words.join(" ").trim_matches(|c: char| "*#?()[]\"'".contains(c)).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_tell_their_roles_in_many_languages() {
        for (header, expected) in [
            ("Term", Role::Term),
            ("शब्द", Role::Term),
            ("अर्थ:", Role::Meaning),
            ("Definition", Role::Meaning),
            ("प्रश्न", Role::Question),
            ("Question_Text", Role::Question),
            ("उत्तर / Answer", Role::Answer),
            ("option_a", Role::Choice(1)),
            ("Option 3", Role::Choice(3)),
            ("विकल्प ख", Role::Choice(2)),
            ("विकल्प (4)", Role::Choice(4)),
            ("Correct Answer", Role::Correct),
            ("सही उत्तर", Role::Correct),
            ("S. No.", Role::Number),
            ("क्र.सं.", Role::Number),
            ("অর্থ", Role::Meaning),
            ("சொல்", Role::Term),
            ("معنی", Role::Meaning),
            ("پہلو", Role::Aspect),
            ("पहलू", Role::Aspect),
            ("Aspect", Role::Aspect),
            ("रिक्त स्थान", Role::Gap),
            ("पूरा नाम", Role::FullForm),
            ("English", Role::In("en".parse().expect("a tag"))),
        ] {
            assert_eq!(role(header), Some(expected), "{header}");
        }
        for header in ["", "Price", "जनसंख्या", "2024", "in", "Rajasthan"] {
            assert_eq!(role(header), None, "{header}");
        }
    }

    #[test]
    fn digits_of_every_script_count() {
        assert_eq!(number("१२"), Some(12));
        assert_eq!(number("৩"), Some(3));
        assert_eq!(number("1a"), None);
        assert_eq!(letter("(ख)"), Some(2));
        assert_eq!(letter("D."), Some(4));
    }
}
