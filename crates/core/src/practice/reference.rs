//! Choices that speak of the other choices: "all of these", "none of the above", "both (a) and (b)".
//!
//! Such a choice says the same only in its place, so whoever draws an order of choices asks here first. A phrase is known by
//! its words, which are listed by language, and not as a whole, since authors write it in many ways: उपर्युक्त सभी,
//! उपर्युक्त में से सभी, इनमें से सभी.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::{Text, words};

/// The words of one language by which a choice speaks of others. Words with one meaning in several forms are all listed.
struct Vocabulary {
    /// How many of the choices: all, none, both.
    quantities: &'static str,
    /// Words of negation, which make a phrase only beside one of `these` or `above`.
    negations: &'static str,
    /// The choices themselves, wherever they are.
    these: &'static str,
    /// The choices that are written above this one.
    above: &'static str,
    /// The words that join choices.
    joining: &'static str,
    /// The words that join letters: and, or, only, except, with the words for a choice.
    connecting: &'static str,
}

/// English, Hindi, Marathi, Nepali, Sanskrit, Bengali, Assamese, Gujarati, Punjabi, Odia, Tamil, Telugu, Kannada,
/// Malayalam, Urdu.
const VOCABULARIES: &[Vocabulary] = &[
    Vocabulary {
        quantities: "all none both neither either any most more",
        negations: "not no",
        these: "these them those they given options choices answers statements",
        above: "above preceding previous",
        joining: "of the are is than one two three four correct right true wrong false",
        connecting: "and or nor only both neither either but except all option options choice choices are correct",
    },
    Vocabulary {
        quantities: "सभी सब कोई दोनों दोनो तीनों चारों अधिक",
        negations: "नहीं नही",
        these: "इनमें इनमे इन इनके ये यह दिए गए विकल्प विकल्पों",
        above: "उपर्युक्त उपरोक्त उपरोक्‍त ऊपर उपरलिखित पूर्वोक्त",
        joining: "में मे से के भी को एक दो ही लिखे कहे हैं है सही गलत ग़लत",
        connecting: "और एवं व तथा या केवल सिर्फ़ सिर्फ दोनों दोनो न ना विकल्प के अलावा सिवाय सभी छोड़कर सही हैं",
    },
    Vocabulary {
        quantities: "सर्व सगळे सगळी दोन्ही एकही कोणतेही कोणताही कोणतीही कोणीही अधिक जास्त",
        negations: "नाही नाहीत",
        these: "यापैकी यांपैकी ह्यापैकी हे ही ह्या या पर्याय",
        above: "वरील वरीलपैकी वरीलांपैकी उपरोक्त उपर्युक्त",
        joining: "पैकी एक दोन पेक्षा",
        connecting: "आणि व किंवा फक्त दोन्ही पर्याय केवळ",
    },
    Vocabulary {
        quantities: "सबै दुवै कुनै कुनैपनि",
        negations: "होइन होइनन् छैन",
        these: "यी यीमध्ये यीमध्येका",
        above: "माथिका माथिको माथि माथिकामध्ये उपर्युक्त उपरोक्त",
        joining: "मध्ये पनि उल्लेखित एक भन्दा बढी",
        connecting: "र वा मात्र दुवै",
    },
    Vocabulary {
        quantities: "सर्वे सर्वाणि सर्वम् उभौ उभे उभयम् किमपि",
        negations: "न नास्ति",
        these: "एतेषु एते एतानि",
        above: "उपर्युक्तेषु उपर्युक्ताः उपर्युक्तानि उपरि",
        joining: "अपि",
        connecting: "च वा केवलम् उभौ",
    },
    Vocabulary {
        quantities: "সবগুলো সবগুলি সবকটি সবকটিই সবই সব সকল উভয় উভয়ই দুটোই দুটিই কোনোটিই কোনোটাই কোনটিই কোনোটি কোনটি একাধিক",
        negations: "নয় না নেই",
        these: "এগুলোর এগুলির এগুলো এগুলি এদের এর",
        above: "উপরের ওপরের উপরোক্ত উপর্যুক্ত উপরিউক্ত",
        joining: "মধ্যে থেকে একটি একটিও",
        connecting: "এবং ও বা অথবা শুধু শুধুমাত্র কেবল উভয়",
    },
    Vocabulary {
        quantities: "সকলো সকলোবোৰ আটাইবোৰ আটাইকেইটা উভয় দুয়োটা এটাও কোনো কোনোটোৱেই",
        negations: "নহয় নাই",
        these: "এইবোৰ এইবোৰৰ ইয়াৰে",
        above: "ওপৰৰ উপৰৰ ওপৰোক্ত উপৰোক্ত",
        joining: "ভিতৰত পৰা",
        connecting: "আৰু বা কেৱল দুয়োটা",
    },
    Vocabulary {
        quantities: "બધા બધાં બધી બધું તમામ બંને બન્ને કોઈ એકેય એકપણ",
        negations: "નહીં નહિ નથી",
        these: "આમાંથી આમાંનું આમાંના આ એમાંથી આપેલ",
        above: "ઉપરોક્ત ઉપર્યુક્ત ઉપરના ઉપર",
        joining: "માંથી પૈકી પણ જ એક",
        connecting: "અને કે અથવા માત્ર ફક્ત બંને બન્ને",
    },
    Vocabulary {
        quantities: "ਸਾਰੇ ਸਾਰੀਆਂ ਸਭ ਦੋਵੇਂ ਦੋਨੋਂ ਕੋਈ",
        negations: "ਨਹੀਂ",
        these: "ਇਹਨਾਂ ਇਨ੍ਹਾਂ ਇਹ",
        above: "ਉਪਰੋਕਤ ਉਪਰਲੇ ਉੱਪਰਲੇ ਉੱਪਰ",
        joining: "ਵਿੱਚੋਂ ਵਿਚੋਂ ਵੀ ਤੋਂ ਇੱਕ",
        connecting: "ਅਤੇ ਤੇ ਜਾਂ ਸਿਰਫ਼ ਸਿਰਫ ਕੇਵਲ ਦੋਵੇਂ",
    },
    Vocabulary {
        quantities: "ସମସ୍ତ ସବୁ ସବୁଗୁଡ଼ିକ ଉଭୟ କୌଣସିଟି କୌଣସି କେହି",
        negations: "ନୁହେଁ ନୁହଁ ନାହିଁ",
        these: "ଏଗୁଡ଼ିକ ଏଥିରୁ ଏଥିମଧ୍ୟରୁ",
        above: "ଉପରୋକ୍ତ ଉପରଲିଖିତ ଉପର",
        joining: "ମଧ୍ୟରୁ ଗୋଟିଏ",
        connecting: "ଓ ଏବଂ କିମ୍ବା କେବଳ ଉଭୟ",
    },
    Vocabulary {
        quantities: "அனைத்தும் எல்லாம் எல்லாமே இரண்டும் எதுவும் ஏதுமில்லை எதுவுமில்லை ஒன்றுமில்லை இவையனைத்தும்",
        negations: "இல்லை அல்ல",
        these: "இவை இவற்றில் இவற்றுள்",
        above: "மேற்கண்ட மேற்கண்டவை மேற்கண்டவற்றில் மேற்கூறிய மேற்கூறியவை மேற்கூறியவற்றில் மேலே மேலுள்ள",
        joining: "உள்ள கூறிய கண்ட",
        connecting: "மற்றும் அல்லது மட்டும் இரண்டும்",
    },
    Vocabulary {
        quantities: "అన్నీ అన్ని రెండూ ఏదీ ఏవీ ఏమీ పైవన్నీ ఇవన్నీ",
        negations: "కాదు కావు లేదు",
        these: "వీటిలో ఇవి",
        above: "పైవి పై పైవాటిలో పైన",
        joining: "లో",
        connecting: "మరియు లేదా మాత్రమే రెండూ",
    },
    Vocabulary {
        quantities: "ಎಲ್ಲವೂ ಎಲ್ಲಾ ಎಲ್ಲ ಎರಡೂ ಯಾವುದೂ ಯಾವುವೂ ಇವೆಲ್ಲವೂ",
        negations: "ಅಲ್ಲ ಇಲ್ಲ",
        these: "ಇವುಗಳಲ್ಲಿ ಇವುಗಳು ಇವು",
        above: "ಮೇಲಿನ ಮೇಲಿನವು ಮೇಲಿನವುಗಳಲ್ಲಿ ಮೇಲಿನವುಗಳು",
        joining: "ಒಂದು",
        connecting: "ಮತ್ತು ಅಥವಾ ಮಾತ್ರ ಎರಡೂ",
    },
    Vocabulary {
        quantities: "എല്ലാം എല്ലാ രണ്ടും ഒന്നും ഒന്നുമല്ല ഇവയെല്ലാം",
        negations: "അല്ല ഇല്ല",
        these: "ഇവ ഇവയിൽ",
        above: "മുകളിൽ മുകളിലുള്ള മുകളിലുള്ളവ മേൽപ്പറഞ്ഞ മേൽപ്പറഞ്ഞവ മേൽപ്പറഞ്ഞവയെല്ലാം",
        joining: "പറഞ്ഞ പറഞ്ഞവ ഉള്ള",
        connecting: "ഉം മാത്രം അല്ലെങ്കിൽ രണ്ടും",
    },
    Vocabulary {
        quantities: "تمام سب سبھی دونوں کوئی",
        negations: "نہیں",
        these: "ان یہ درج ذیل",
        above: "مذکورہ بالا اوپر مندرجہ",
        joining: "میں سے کے بھی کی ایک",
        connecting: "اور یا صرف دونوں",
    },
];

/// Letters by which choices are named on paper, a series a line: the first ones of each, which few words are made of.
const LETTERS: [&str; 19] = [
    "a b c d e f",
    "क ख ग घ ङ",
    "अ ब स द",
    "अ ब क ड",
    "अ आ इ ई",
    "ক খ গ ঘ ঙ",
    "ક ખ ગ ઘ",
    "અ બ ક ડ",
    "ੳ ਅ ੲ ਸ",
    "ਕ ਖ ਗ ਘ",
    "କ ଖ ଗ ଘ",
    "அ ஆ இ ஈ",
    "అ ఆ ఇ ఈ",
    "ఎ బి సి డి",
    "ಅ ಆ ಇ ಈ",
    "ಎ ಬಿ ಸಿ ಡಿ",
    "അ ആ ഇ ഈ",
    "എ ബി സി ഡി",
    "الف ب ج د",
];

/// How a choice speaks of the other choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reference {
    /// Not at all.
    None,
    /// Of all of them, wherever they are: "none of these".
    These,
    /// Of those before it: "all of the above".
    Above,
    /// Of some by their letters: "both (a) and (c)".
    Letters,
}

impl Reference {
    /// How a choice speaks of the others.
    pub(super) fn of(choice: &Text) -> Self {
        let plain = choice.plain_words();
        let words: Vec<Cow<'_, str>> = words(&plain).collect();
        // A phrase of this kind is short; a long choice has something of its own to say.
        if words.is_empty() || words.len() > 10 {
            return Reference::None;
        }
        if names_letters(&plain, &words) {
            return Reference::Letters;
        }
        VOCABULARIES
            .iter()
            .map(|language| language.reference(&words))
            .find(|found| *found != Reference::None)
            .unwrap_or(Reference::None)
    }
}

impl Vocabulary {
    fn reference(&self, words: &[Cow<'_, str>]) -> Reference {
        let any = |list: &str| words.iter().any(|word| has(list, word));
        let all = [self.quantities, self.negations, self.these, self.above, self.joining];
        if !words.iter().all(|word| all.iter().any(|list| has(list, word))) {
            return Reference::None;
        }
        let above = any(self.above);
        if !(any(self.quantities) || any(self.negations) && (above || any(self.these))) {
            return Reference::None;
        }
        if above { Reference::Above } else { Reference::These }
    }
}

/// Whether a word stands in a list of words with blanks between them.
fn has(list: &str, word: &str) -> bool {
    list.split(' ').any(|known| crate::nfc(known) == word)
}

/// Whether a choice names others by their letters: two letters, or one beside a word such as "only", and nothing else; or two
/// letters in brackets, whatever stands around them.
fn names_letters(plain: &str, words: &[Cow<'_, str>]) -> bool {
    LETTERS.iter().any(|series| {
        let letters: BTreeSet<&str> = words.iter().map(AsRef::as_ref).filter(|word| has(series, word)).collect();
        if letters.is_empty() {
            return false;
        }
        let bracketed = letters.iter().filter(|letter| is_bracketed(plain, letter)).count();
        let connecting = |word: &str| VOCABULARIES.iter().any(|language| has(language.connecting, word));
        let rest: Vec<&str> = words.iter().map(AsRef::as_ref).filter(|word| !letters.contains(word)).collect();
        let only_letters = rest.iter().all(|word| connecting(word)) && (letters.len() > 1 || !rest.is_empty());
        bracketed > 1 || only_letters
    })
}

/// Whether a letter stands in brackets of its own: `(a)`, and not as in `f(a)`.
fn is_bracketed(plain: &str, letter: &str) -> bool {
    let lower = plain.to_lowercase();
    let bracketed = format!("({letter})");
    lower.match_indices(&bracketed).any(|(at, _)| !lower[..at].ends_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_that_speaks_of_others_is_known_in_many_languages() {
        let table = [
            (Reference::These, "All of these|None of these.|Both|neither of them|more than one of these|none"),
            (Reference::These, "इनमें से कोई नहीं|ये सभी|इनमें से सभी|दोनों|यापैकी नाही|कोई भी नहीं|इनमें से एक से अधिक"),
            (
                Reference::Above,
                "All of the above|none of the above|उपर्युक्त सभी|उपरोक्त में से कोई नहीं|वरील सर्व|वरीलपैकी एकही नाही",
            ),
            (Reference::Above, "উপরের সবগুলো|ઉપરોક્ત તમામ|ਉਪਰੋਕਤ ਸਾਰੇ|மேற்கண்ட அனைத்தும்|పైవన్నీ కావు పై|ಮೇಲಿನ ಎಲ್ಲವೂ|മുകളിൽ പറഞ്ഞവ എല്ലാം"),
            (
                Reference::These,
                "এগুলোর কোনোটিই নয়|આમાંથી કોઈ નહીં|ਇਹਨਾਂ ਵਿੱਚੋਂ ਕੋਈ ਨਹੀਂ|இவற்றில் எதுவும் இல்லை|ان میں سے کوئی نہیں|یہ سب",
            ),
            (
                Reference::Letters,
                "Both (a) and (b)|A and C|only b|(ख) और (ग) दोनों सही|केवल क|क और ख|अ तथा ब दोनों|all except d",
            ),
            (Reference::Letters, "the first is (a), the second (c)"),
            (
                Reference::None,
                "A|f(a) and f(b) + 1 = 0|vitamin C|हाँ|नहीं|no|not|all birds|कोई पक्षी|सभी धातुएँ|one|true|4|✓||क",
            ),
            (Reference::None, "Both parents need the same gene|the above ground parts|दोनों किनारे|इन नदियों का संगम"),
        ];
        for (expected, choices) in table {
            for choice in choices.split('|') {
                assert_eq!(Reference::of(&choice.into()), expected, "{choice}");
            }
        }
    }
}
