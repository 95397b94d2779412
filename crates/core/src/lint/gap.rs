//! Gaps that are not worth filling.

use std::collections::BTreeMap;

use super::Lint;
use crate::word::words;
use crate::{Block, Code, Phrase, phrase};

/// Words that carry no meaning of their own: whoever leaves one out asks for grammar. Per language, the most frequent.
const PARTICLES: [(&str, &[&str]); 13] = [
    (
        "hi",
        &[
            "का",
            "की",
            "के",
            "को",
            "में",
            "से",
            "पर",
            "ने",
            "और",
            "या",
            "है",
            "हैं",
            "था",
            "थे",
            "थी",
            "भी",
            "ही",
            "तो",
            "कि",
            "यह",
            "वह",
            "एक",
            "जो",
            "लिए",
        ],
    ),
    (
        "en",
        &[
            "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "with", "and", "or", "is", "are", "was",
            "were", "be", "it", "its", "that", "this", "as",
        ],
    ),
    ("mr", &["चा", "ची", "चे", "ला", "ने", "आणि", "आहे", "आहेत", "हे", "ही", "हा", "व", "किंवा"]),
    ("ne", &["को", "का", "की", "मा", "ले", "लाई", "र", "छ", "छन्", "हो", "पनि"]),
    ("bn", &["এবং", "ও", "বা", "হয়", "এর", "থেকে", "যে", "এই", "এক"]),
    ("gu", &["નો", "ની", "નું", "ના", "ને", "માં", "થી", "પર", "અને", "છે", "આ", "તે"]),
    ("pa", &["ਦਾ", "ਦੀ", "ਦੇ", "ਨੂੰ", "ਵਿੱਚ", "ਤੋਂ", "ਅਤੇ", "ਹੈ", "ਹਨ", "ਇਹ"]),
    ("or", &["ଓ", "ଏବଂ", "ଏହି", "ରେ", "ରୁ", "କୁ", "ଅଟେ"]),
    ("ta", &["மற்றும்", "ஒரு", "இது", "அது", "என்று", "ஆகும்"]),
    ("te", &["మరియు", "ఒక", "ఇది", "అది", "లో", "కు"]),
    ("kn", &["ಮತ್ತು", "ಒಂದು", "ಇದು", "ಅದು"]),
    ("ml", &["ഒരു", "ഇത്", "അത്", "ആണ്"]),
    ("ur", &["کا", "کی", "کے", "کو", "میں", "سے", "پر", "نے", "اور", "یا", "ہے", "ہیں", "یہ", "وہ"]),
];

pub(super) fn weak(lint: &mut Lint<'_>) {
    let language = lint.material.language.primary();
    let particles = PARTICLES.iter().find(|(tag, _)| *tag == language).map_or(&[][..], |(_, particles)| particles);
    let is_particle = |word: &str| particles.contains(&word);
    let mut weak = Vec::new();
    lint.material.walk_blocks(&mut |block, _| {
        let Block::Cloze(cloze) = block else { return };
        let gaps = cloze.text.gaps();
        let plain = cloze.text.to_plain();
        let meaningful = words(&plain).filter(|word| !is_particle(word)).count();
        let mut hidden_with: BTreeMap<u16, usize> = BTreeMap::new();
        for (number, gap) in &gaps {
            *hidden_with.entry(*number).or_default() += words(&gap.text.to_plain()).count();
        }
        for (number, gap) in &gaps {
            let shown = &gap.text.to_plain();
            let mut weigh = |message: Phrase, hint: Phrase| weak.push((&cloze.id, message, hint));
            if words(shown).next().is_none() {
                if !shown.trim().is_empty() {
                    weigh(
                        phrase!("the gap `{$shown}` hides no word", shown),
                        phrase!("hide a word that carries meaning"),
                    );
                }
            } else if words(shown).all(|word| is_particle(&word)) {
                weigh(
                    phrase!("the gap `{$shown}` hides nothing but a particle", shown),
                    phrase!("hide a word that carries meaning"),
                );
            }
            if hidden_with[number] >= meaningful.saturating_sub(1) && gap.hint.is_none() {
                weigh(
                    phrase!("the gap `{$shown}` leaves nothing to go by", shown),
                    phrase!("give it a hint, or hide less"),
                );
            }
        }
    });
    for (id, message, hint) in weak {
        lint.advise(Code::WeakGap, id, message, hint);
    }
}
