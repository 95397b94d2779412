//! The note types: their fields, templates and style, as Anki stores them.

use serde_json::{Value, json};

use crate::field::{BASIC, CHOICE, COMPARISON, Field, GAP};

/// When the templates and the style last changed, in seconds since 1970. Anki takes changed ones only with a later time,
/// so it moves with every change to them, and only then: a learner's own changes to a template lose against it.
const MODIFIED: i64 = 1_795_478_400;

/// How a note asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NoteType {
    /// A question and its answer.
    Basic,
    /// A sentence with gaps, a card a number.
    Gap,
    /// A question with answers to choose from.
    Choice,
    /// A cell or a row of a comparison.
    Comparison,
}

impl NoteType {
    pub const ALL: [NoteType; 4] = [NoteType::Basic, NoteType::Gap, NoteType::Choice, NoteType::Comparison];

    /// The name in GUIDs and in the lock. Frozen.
    pub fn name(self) -> &'static str {
        match self {
            NoteType::Basic => "basic",
            NoteType::Gap => "gap",
            NoteType::Choice => "choice",
            NoteType::Comparison => "comparison",
        }
    }

    pub fn named(name: &str) -> Option<NoteType> {
        NoteType::ALL.into_iter().find(|note_type| note_type.name() == name)
    }

    /// The id in Anki. Frozen; first derived as 1.4e12 plus SHA-1 of `patra/<name>`, modulo 2e11.
    pub fn id(self) -> i64 {
        match self {
            NoteType::Basic => 1_591_174_744_039,
            NoteType::Gap => 1_513_194_882_607,
            NoteType::Choice => 1_454_310_838_489,
            NoteType::Comparison => 1_419_585_443_535,
        }
    }

    fn template_id(self) -> i64 {
        match self {
            NoteType::Basic => 6_459_615_613_968_400,
            NoteType::Gap => 5_556_338_514_714_391,
            NoteType::Choice => 5_317_714_022_730_243,
            NoteType::Comparison => 8_393_156_779_551_052,
        }
    }

    /// The name that a learner sees.
    fn title(self) -> &'static str {
        match self {
            NoteType::Basic => "Patra: question",
            NoteType::Gap => "Patra: gaps",
            NoteType::Choice => "Patra: choice",
            NoteType::Comparison => "Patra: comparison",
        }
    }

    pub fn fields(self) -> &'static [Field] {
        match self {
            NoteType::Basic => &BASIC,
            NoteType::Gap => &GAP,
            NoteType::Choice => &CHOICE,
            NoteType::Comparison => &COMPARISON,
        }
    }

    /// The front and the back of its one template.
    pub fn template(self) -> [&'static str; 2] {
        match self {
            NoteType::Basic => {
                [include_str!("../templates/basic.front.html"), include_str!("../templates/basic.back.html")]
            }
            NoteType::Gap => [include_str!("../templates/gap.front.html"), include_str!("../templates/gap.back.html")],
            NoteType::Choice => {
                [include_str!("../templates/choice.front.html"), include_str!("../templates/choice.back.html")]
            }
            NoteType::Comparison => {
                [include_str!("../templates/comparison.front.html"), include_str!("../templates/comparison.back.html")]
            }
        }
    }

    /// The note type as schema 11 stores it.
    fn json(self) -> Value {
        let fields: Vec<Value> = self
            .fields()
            .iter()
            .enumerate()
            .map(|(ord, field)| {
                json!({
                    "name": field.name, "ord": ord, "id": field.id, "sticky": false, "rtl": false,
                    "font": "Arial", "size": 20, "description": "", "plainText": false,
                    // What a learner does not write is folded away in the editor, and not searched by its words.
                    "collapsed": ord + QUIET >= self.fields().len(),
                    "excludeFromSearch": matches!(field.name, "Language" | "Direction"),
                    "tag": null, "preventDeletion": false, "media": [],
                })
            })
            .collect();
        let [front, back] = self.template();
        let name = if self == NoteType::Gap { "Gap" } else { "Card" };
        json!({
            "id": self.id(), "name": self.title(), "type": i32::from(self == NoteType::Gap), "mod": MODIFIED,
            "usn": 0, "sortf": 0, "did": null, "flds": fields, "css": CSS,
            "tmpls": [{
                "name": name, "ord": 0, "id": self.template_id(), "qfmt": front.trim_end(), "afmt": back.trim_end(),
                "bqfmt": "", "bafmt": "", "did": null, "bfont": "", "bsize": 0,
            }],
            "latexPre": LATEX_PRE, "latexPost": "\\end{document}", "latexsvg": false,
            "req": [[0, "any", [0]]], "tags": [], "vers": [],
        })
    }
}

/// How many fields at the end a learner has no reason to edit: from the language on.
const QUIET: usize = 8;

const CSS: &str = include_str!("../templates/card.css");

const LATEX_PRE: &str = "\\documentclass[12pt]{article}\n\\special{papersize=3in,5in}\n\\usepackage[utf8]{inputenc}\n\
    \\usepackage{amssymb,amsmath}\n\\pagestyle{empty}\n\\setlength{\\parindent}{0in}\n\\begin{document}\n";

/// The note types that `used` names, as schema 11 stores them: an object by id.
pub(crate) fn models(used: &std::collections::BTreeSet<NoteType>) -> Value {
    used.iter()
        .map(|note_type| (note_type.id().to_string(), note_type.json()))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use patra_core::Messages;

    use super::*;
    use crate::guid::{digest, hex};

    #[test]
    fn a_changed_template_has_a_new_time() {
        let mut parts = vec![CSS];
        NoteType::ALL.iter().for_each(|note_type| parts.extend(note_type.template()));
        // Anki drops a changed template whose note type is not newer: change MODIFIED together with this digest.
        assert_eq!((MODIFIED, hex(&digest(&parts), 16).as_str()), (1_795_478_400, "48d59c88a1b239bd"));
    }

    #[test]
    fn the_style_says_what_the_messages_say() {
        for tag in ["hi", "mr", "ne", "bn", "gu", "pa", "or", "ta", "te", "kn", "ml", "ur"] {
            let hint = Messages::new(&tag.parse().expect("a tag")).string("hint", &[]);
            let rule = format!(":lang({tag}) > .hint summary::after {{\n  content: \"{hint}\";\n}}");
            assert!(CSS.contains(&rule), "{rule}");
        }
    }

    #[test]
    fn note_types_are_frozen() {
        for note_type in NoteType::ALL {
            assert_eq!(NoteType::named(note_type.name()), Some(note_type));
        }
        let shape = models(&BTreeSet::from(NoteType::ALL));
        let mut ids: Vec<&String> = shape.as_object().expect("an object").keys().collect();
        ids.sort();
        assert_eq!(ids, ["1419585443535", "1454310838489", "1513194882607", "1591174744039"]);
    }

    #[test]
    fn templates_name_only_fields_there_are() {
        for note_type in NoteType::ALL {
            for template in note_type.template() {
                for tag in template.split("{{").skip(1).filter_map(|rest| rest.split("}}").next()) {
                    let name = tag.trim_start_matches(['#', '^', '/']).rsplit(':').next().unwrap_or_default();
                    let known = name == "FrontSide" || note_type.fields().iter().any(|field| field.name == name);
                    assert!(known, "{{{{{tag}}}}} of {note_type:?}");
                }
            }
        }
    }
}
