//! The note types: their fields, templates and style, as Anki stores them.

use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::card::{CardTemplate, card_ordinals};
use crate::field::{BASIC, CHOICE, COMPARISON, Field, GAP, OCCLUSION, PARTING, REVERSED, TYPED};

/// When the templates and the style last changed, in seconds since 1970. Anki takes changed ones only with a later time,
/// so it moves with every change to them, and only then: a learner's own changes to a template lose against it.
const MODIFIED: i64 = 1_795_485_600;

/// A template of a card.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Template {
    /// The name that a learner sees.
    pub name: &'static str,
    pub id: i64,
    pub front: &'static str,
    pub back: &'static str,
}

macro_rules! template {
    ($name:literal, $id:literal, $file:literal) => {
        Template {
            name: $name,
            id: $id,
            front: include_str!(concat!("../templates/", $file, ".front.html")),
            back: include_str!(concat!("../templates/", $file, ".back.html")),
        }
    };
}

/// How a note asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NoteType {
    /// A question and its answer.
    Basic,
    /// A question and its answer, and a question the other way round: two cards that Anki doesn't ask on one day.
    Reversed,
    /// A question whose answer the learner types.
    Typed,
    /// A sentence with gaps, a card a number.
    Gap,
    /// A question with answers to choose from.
    Choice,
    /// A cell or a row of a comparison.
    Comparison,
    /// What a picture shows in one of its regions.
    Occlusion,
}

impl NoteType {
    pub const ALL: [NoteType; 7] = [
        NoteType::Basic,
        NoteType::Reversed,
        NoteType::Typed,
        NoteType::Gap,
        NoteType::Choice,
        NoteType::Comparison,
        NoteType::Occlusion,
    ];

    /// The name in GUIDs and in the lock. Frozen.
    pub fn name(self) -> &'static str {
        match self {
            NoteType::Basic => "basic",
            NoteType::Reversed => "reversed",
            NoteType::Typed => "typed",
            NoteType::Gap => "gap",
            NoteType::Choice => "choice",
            NoteType::Comparison => "comparison",
            NoteType::Occlusion => "occlusion",
        }
    }

    pub fn named(name: &str) -> Option<NoteType> {
        NoteType::ALL.into_iter().find(|note_type| note_type.name() == name)
    }

    /// The id in Anki. Frozen; first derived as 1.4e12 plus SHA-1 of `patra/<name>`, modulo 2e11.
    pub fn id(self) -> i64 {
        match self {
            NoteType::Basic => 1_591_174_744_039,
            NoteType::Reversed => 1_472_231_282_460,
            NoteType::Typed => 1_432_461_070_174,
            NoteType::Gap => 1_513_194_882_607,
            NoteType::Choice => 1_454_310_838_489,
            NoteType::Comparison => 1_419_585_443_535,
            NoteType::Occlusion => 1_598_529_947_559,
        }
    }

    /// The name that a learner sees.
    fn title(self) -> &'static str {
        match self {
            NoteType::Basic => "Patra: question",
            NoteType::Reversed => "Patra: both ways",
            NoteType::Typed => "Patra: typed answer",
            NoteType::Gap => "Patra: gaps",
            NoteType::Choice => "Patra: choice",
            NoteType::Comparison => "Patra: comparison",
            NoteType::Occlusion => "Patra: picture",
        }
    }

    pub fn fields(self) -> &'static [Field] {
        match self {
            NoteType::Basic => &BASIC,
            NoteType::Reversed => &REVERSED,
            NoteType::Typed => &TYPED,
            NoteType::Gap => &GAP,
            NoteType::Choice => &CHOICE,
            NoteType::Comparison => &COMPARISON,
            NoteType::Occlusion => &OCCLUSION,
        }
    }

    /// Its templates, a card each. Their ids are frozen, as is their order.
    pub fn templates(self) -> &'static [Template] {
        match self {
            NoteType::Basic => &[template!("Card", 6_459_615_613_968_400, "basic")],
            NoteType::Reversed => &[
                template!("Card", 900_316_886_120_335, "basic"),
                template!("Reverse card", 5_211_495_363_977_108, "reverse"),
            ],
            NoteType::Typed => &[template!("Card", 5_511_976_053_644_177, "typed")],
            NoteType::Gap => &[template!("Gap", 5_556_338_514_714_391, "gap")],
            NoteType::Choice => &[template!("Card", 5_317_714_022_730_243, "choice")],
            NoteType::Comparison => &[template!("Card", 8_393_156_779_551_052, "comparison")],
            NoteType::Occlusion => &[template!("Card", 3_677_523_924_072_313, "occlusion")],
        }
    }

    /// The ordinals of the cards of a note of any type but that for gaps, whose fields are given as Anki parts them.
    pub fn ordinals(self, fields: &str) -> Vec<u16> {
        if self.templates().len() == 1 {
            // Anki gives a note its first card even where nothing is shown on it.
            return vec![0];
        }
        static FRONTS: LazyLock<[Vec<Option<CardTemplate>>; NoteType::ALL.len()]> = LazyLock::new(|| {
            NoteType::ALL
                .map(|one| one.templates().iter().map(|template| CardTemplate::parse(template.front)).collect())
        });
        let names = self.fields().iter().map(|field| field.name);
        let fields: Vec<(&str, &str)> = names.zip(fields.split(PARTING)).collect();
        card_ordinals(&FRONTS[self as usize], &fields)
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
        let templates = self.templates().iter().enumerate().map(|(ord, template)| {
            json!({
                "name": template.name, "ord": ord, "id": template.id, "qfmt": template.front.trim_end(),
                "afmt": template.back.trim_end(), "bqfmt": "", "bafmt": "", "did": null, "bfont": "", "bsize": 0,
            })
        });
        json!({
            "id": self.id(), "name": self.title(), "type": i32::from(self == NoteType::Gap), "mod": MODIFIED,
            "usn": 0, "sortf": 0, "did": null, "flds": fields, "css": CSS,
            "tmpls": templates.collect::<Vec<Value>>(),
            "latexPre": LATEX_PRE, "latexPost": "\\end{document}", "latexsvg": false,
            "req": [], "tags": [], "vers": [],
        })
    }
}

/// How many fields at the end a learner has no reason to edit: from the language on.
const QUIET: usize = 11;

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
        let templates = NoteType::ALL.iter().flat_map(|note_type| note_type.templates());
        templates.for_each(|template| parts.extend([template.front, template.back]));
        // Anki drops a changed template whose note type is not newer: change MODIFIED together with this digest.
        assert_eq!((MODIFIED, hex(&digest(&parts), 16).as_str()), (1_795_485_600, "a3de599ed2dd4945"));
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
        assert_eq!(
            ids,
            [
                "1419585443535",
                "1432461070174",
                "1454310838489",
                "1472231282460",
                "1513194882607",
                "1591174744039",
                "1598529947559"
            ]
        );
    }

    #[test]
    fn templates_name_only_fields_there_are() {
        for note_type in NoteType::ALL {
            for template in note_type.templates().iter().flat_map(|template| [template.front, template.back]) {
                for tag in template.split("{{").skip(1).filter_map(|rest| rest.split("}}").next()) {
                    let name = tag.trim_start_matches(['#', '^', '/']).rsplit(':').next().unwrap_or_default();
                    let known = name == "FrontSide" || note_type.fields().iter().any(|field| field.name == name);
                    assert!(known, "{{{{{tag}}}}} of {note_type:?}");
                }
            }
        }
    }
}
