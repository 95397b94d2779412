//! Decks: their names, what their pages say, and the preset they come with.
//!
//! Anki finds decks by their names, and cards that a learner has never move. So a name, once handed out, stays as long as
//! it can.

use std::collections::{BTreeMap, BTreeSet};

use patra_core::{Code, Diagnostic, Id, Item, Kind, Material, Section, nfc, phrase};
use serde_json::{Map, Value, json};

use crate::guid::Namespace;
use crate::inline::Html;
use crate::lock::{Edition, LockedSubdeck, one_line};
use crate::{ApkgOptions, BASE_TIME};

/// Seconds by which a day begins earlier in the first time zone (UTC+14) than in UTC.
const FIRST_ZONE: i64 = 14 * 3600;

/// The deck that the notes stand in.
#[derive(Clone, Debug)]
pub(crate) struct Deck {
    namespace: Namespace,
    pub id: i64,
    pub name: String,
    /// Shown on the deck's page, in HTML.
    description: String,
    /// From where the ids of notes and cards count, in milliseconds since 1970.
    pub first_id: i64,
    /// The time of the deck itself, in seconds since 1970.
    pub time: i64,
    /// Whether it comes with a preset of its own.
    pub preset: bool,
}

impl Deck {
    /// The deck of a material.
    pub fn of(material: &Material, options: &ApkgOptions) -> Deck {
        // A day's first moment anywhere, so that a time made of a date never lies ahead of the learner's clock.
        let time = material.updated.map_or(BASE_TIME, |day| day.unix_seconds() - FIRST_ZONE);
        let namespace = Namespace::of(material);
        let name = options.deck.as_deref().map_or_else(
            || one_level(&material.title.to_plain()),
            |name| {
                let levels: Vec<String> = name.split("::").map(clean_name).filter(|level| !level.is_empty()).collect();
                levels.join("::")
            },
        );
        let name = if name.is_empty() { material.id.to_string() } else { name };
        // The day before, since a day begins elsewhere before it begins in UTC, and ids must not lie ahead of now.
        let first_id = (time - 86_400) * 1000 + namespace.millisecond();
        let id = namespace.deck_id();
        Deck { id, name, description: description(material), first_id, time, preset: options.preset, namespace }
    }

    /// The whole name of one of its subdecks; for an empty name its own.
    pub fn name_of(&self, subdeck: &str) -> String {
        if subdeck.is_empty() { self.name.clone() } else { format!("{}::{subdeck}", self.name) }
    }

    /// The id in the package of one of its subdecks. Learners' decks have ids of their own.
    pub fn id_of(&self, subdeck: &str) -> i64 {
        if subdeck.is_empty() { self.id } else { self.namespace.subdeck_id(subdeck) }
    }

    /// The decks, as schema 11 stores them: the one that every collection has, and ours with its subdecks and the decks it
    /// stands in.
    pub fn json(&self, subdecks: &BTreeMap<String, i64>) -> String {
        let preset = if self.preset { self.namespace.preset_id() } else { 1 };
        let entry = |id: i64, name: &str, description: &str, time: i64, preset: i64| {
            json!({
                "id": id, "name": name, "mod": time, "usn": -1, "desc": description, "dyn": 0, "conf": preset,
                "collapsed": false, "browserCollapsed": false, "extendNew": 0, "extendRev": 0, "newToday": [0, 0],
                "revToday": [0, 0], "lrnToday": [0, 0], "timeToday": [0, 0], "md": false,
            })
        };
        let mut decks = Map::new();
        decks.insert("1".into(), entry(1, "Default", "", 0, 1));
        decks.insert(self.id.to_string(), entry(self.id, &self.name, &self.description, self.time, preset));
        for (subdeck, &id) in subdecks.iter().filter(|(subdeck, _)| !subdeck.is_empty()) {
            decks.insert(id.to_string(), entry(id, &self.name_of(subdeck), "", self.time, preset));
        }
        // Levels above the deck, which Anki would otherwise have to make up.
        let mut levels: Vec<&str> = self.name.split("::").collect();
        let mut above = self.id;
        while levels.len() > 1 {
            levels.pop();
            above += 1;
            decks.insert(above.to_string(), entry(above, &levels.join("::"), "", self.time, 1));
        }
        Value::Object(decks).to_string()
    }

    /// The presets, as schema 11 stores them; none where the deck comes with none.
    ///
    /// What differs from Anki's own: reviews have no daily limit, since what is due and not shown is forgotten, and the
    /// cards of one sentence are not asked on one day, since each shows what the others hide. New cards come in the order of
    /// the source.
    pub fn presets(&self) -> String {
        if !self.preset {
            return "{}".to_owned();
        }
        let id = self.namespace.preset_id();
        let preset = json!({
            "id": id, "name": self.name, "mod": self.time, "usn": -1, "maxTaken": 60, "autoplay": true, "timer": 0,
            "replayq": true, "dyn": false,
            "new": {"bury": true, "delays": [1.0, 10.0], "initialFactor": 2500, "ints": [1, 4, 0], "order": 1,
                    "perDay": 10},
            "rev": {"bury": true, "ease4": 1.3, "ivlFct": 1.0, "maxIvl": 36_500, "perDay": 9_999, "hardFactor": 1.2},
            "lapse": {"delays": [10.0], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0.0},
        });
        let mut presets = Map::new();
        presets.insert(id.to_string(), preset);
        Value::Object(presets).to_string()
    }
}

/// What the deck's page says of the material: its title, and a line each for its subject, its authors, where it comes from
/// and under what licence it may be passed on.
fn description(material: &Material) -> String {
    let mut html = Html::in_language(&material.language);
    html.out.push_str("<b>");
    html.text(&material.title);
    html.out.push_str("</b>");
    let authors = material.authors.join(", ");
    let source = material.source.as_deref().unwrap_or_default();
    let licence = material.licence.as_deref().unwrap_or_default();
    for line in [material.subject.as_deref().unwrap_or_default(), &authors, source, licence] {
        if line.trim().is_empty() {
            continue;
        }
        html.out.push_str("<br>");
        if is_address(line) {
            html.out.push_str("<a href=\"");
            html.words(line);
            html.out.push_str("\">");
            html.words(line);
            html.out.push_str("</a>");
        } else {
            html.words(line);
        }
    }
    html.out
}

/// Whether words are an address on the web and nothing else, and safe within quotes.
fn is_address(words: &str) -> bool {
    let web = words.starts_with("https://") || words.starts_with("http://");
    web && !words
        .contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\' | '{' | '['))
}

/// A level of a deck's name. Anki trims levels and takes no control characters.
fn clean_name(level: &str) -> String {
    one_line(&nfc(level)).trim_matches(':').trim().to_owned()
}

/// Words as one level: a title with `::` in it is one name.
fn one_level(words: &str) -> String {
    clean_name(&words.replace("::", ": :"))
}

/// The subdecks of a material's sections.
#[derive(Debug, Default)]
pub(crate) struct Subdecks {
    /// By every section's id, the section whose subdeck it belongs to.
    within: BTreeMap<Id, Id>,
    /// The subdecks by their sections.
    pub named: BTreeMap<Id, LockedSubdeck>,
    pub warnings: Vec<Diagnostic>,
}

impl Subdecks {
    /// A subdeck for each section of the first level that has several: `01 Heading`, in the order of the source, since Anki
    /// shows decks in the order of their names.
    ///
    /// A name stays with its section's id: neither another heading nor another order changes it, since learners' cards
    /// would stay behind in a deck of the old name. A section whose id the lock does not know takes over the subdeck that
    /// most of its items had, where no other section has it: it was given another heading, from which its id is derived.
    /// Else it gets the next number never used.
    pub fn of(material: &Material, items: &[Item], locked: Option<&Edition>) -> Self {
        let mut sections = &material.sections;
        while let [only] = sections.as_slice()
            && !only.sections.is_empty()
        {
            sections = &only.sections;
        }
        let sections: Vec<&Section> = sections.iter().filter(|section| !section.heading.is_blank()).collect();
        let known = locked.map(|locked| &locked.subdecks);
        let mut found = Subdecks { named: known.cloned().unwrap_or_default(), ..Subdecks::default() };
        sections.iter().for_each(|section| found.belong(section, &section.id));
        if let Some(locked) = locked {
            found.inherit(&sections, items, locked);
        }
        let names = found.named.values().map(|subdeck| subdeck.name.as_str());
        let of_items = locked.into_iter().flat_map(|locked| locked.items.values()).map(|item| item.subdeck.as_str());
        let number = |name: &str| name.split(' ').next().and_then(|number| number.parse::<u32>().ok());
        let mut last = names.chain(of_items).filter_map(number).max().unwrap_or(0);
        for section in sections {
            let heading = one_level(&section.heading.to_plain());
            match found.named.get_mut(&section.id) {
                Some(subdeck) => {
                    if subdeck.heading != heading {
                        let (name, before) = (&subdeck.name, &subdeck.heading);
                        let message = phrase!(
                            "the section `{$before}` is now `{$heading}`; its subdeck stays `{$name}`",
                            before,
                            heading,
                            name
                        );
                        let hint = "a subdeck of another name would get only the cards that are new";
                        let warning = Diagnostic::new(Code::SubdeckChanged, section.span, message).with_hint(hint);
                        found.warnings.push(warning);
                        subdeck.heading = heading;
                    }
                }
                None => {
                    last = last.saturating_add(1);
                    let name = format!("{last:02} {heading}").trim().to_owned();
                    found.named.insert(section.id.clone(), LockedSubdeck { name, heading });
                }
            }
        }
        found
    }

    /// Gives the sections that the lock doesn't know the subdecks that their items had.
    fn inherit(&mut self, sections: &[&Section], items: &[Item], locked: &Edition) {
        let live = locked.items.iter().filter(|(_, item)| !item.retired && !item.subdeck.is_empty());
        let had: BTreeMap<&Id, &str> = live.map(|((id, _), item)| (id, item.subdeck.as_str())).collect();
        let mut counts: BTreeMap<&Id, BTreeMap<&str, usize>> = BTreeMap::new();
        for item in items {
            let sentence = item.about.join(Kind::Gap.as_str());
            let subdeck = had.get(&item.id).or_else(|| had.get(&sentence));
            if let (Some(to), Some(subdeck)) = (self.within.get(&item.section), subdeck) {
                *counts.entry(to).or_default().entry(subdeck).or_default() += 1;
            }
        }
        let present: BTreeSet<&Id> = sections.iter().map(|section| &section.id).collect();
        let taken = self.named.iter().filter(|(id, _)| present.contains(id));
        let mut taken: BTreeSet<String> = taken.map(|(_, subdeck)| subdeck.name.clone()).collect();
        for section in sections.iter().filter(|section| !locked.subdecks.contains_key(&section.id)) {
            let free = counts.get(&section.id).into_iter().flatten().filter(|(name, _)| !taken.contains(**name));
            // Of equally many, the first by name.
            let Some((name, _)) = free.rev().max_by_key(|(_, count)| **count) else { continue };
            let name = (*name).to_owned();
            let before = self.named.iter().find(|(_, subdeck)| subdeck.name == name).map(|(id, _)| id.clone());
            let heading = one_level(&section.heading.to_plain());
            let heading = before.and_then(|id| self.named.remove(&id)).map_or(heading, |subdeck| subdeck.heading);
            taken.insert(name.clone());
            self.named.insert(section.id.clone(), LockedSubdeck { name, heading });
        }
    }

    fn belong(&mut self, section: &Section, to: &Id) {
        self.within.insert(section.id.clone(), to.clone());
        section.sections.iter().for_each(|below| self.belong(below, to));
    }

    /// The name of the subdeck for what stands in a section; empty for the deck itself.
    pub fn name(&self, section: &Id) -> String {
        let subdeck = self.within.get(section).and_then(|to| self.named.get(to));
        subdeck.map(|subdeck| subdeck.name.clone()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use patra_core::{Block, Choice, Paragraph, Practice, Question, Text};

    use super::*;
    use crate::apkg;

    fn section(id: &str, heading: &str) -> Section {
        Section { id: Id::from_key(id), heading: heading.into(), ..Section::default() }
    }

    fn names(subdecks: &Subdecks, ids: &[&str]) -> Vec<String> {
        ids.iter().map(|id| subdecks.name(&Id::from_key(id))).collect()
    }

    #[test]
    fn a_title_is_one_level() {
        let mut material = Material { title: "C++: std::vector".into(), ..Material::default() };
        let mut options = ApkgOptions::default();
        assert_eq!(Deck::of(&material, &options).name, "C++: std: :vector");
        options.deck = Some(" a :: ::b\nc".into());
        assert_eq!(Deck::of(&material, &options).name, "a::b c");
        material.title = "\u{7}".into();
        material.id = Id::from_key("क");
        assert_eq!(Deck::of(&material, &ApkgOptions::default()).name, "क");
    }

    #[test]
    fn a_subdeck_keeps_its_name() {
        let mut material =
            Material { sections: vec![section("a", "क"), section("b", "ख::ग")], ..Material::default() };
        material.sections[0].sections.push(section("a1", "भीतर"));
        let first = Subdecks::of(&material, &[], None);
        assert_eq!(names(&first, &["a", "a1", "b", "none"]), ["01 क", "01 क", "02 ख: :ग", ""]);
        assert!(first.warnings.is_empty());

        let locked = Edition { subdecks: first.named, ..Edition::default() };
        material.sections.insert(0, section("new", "नया"));
        material.sections[1].heading = "कक".into();
        material.sections.swap(1, 2);
        let second = Subdecks::of(&material, &[], Some(&locked));
        assert_eq!(names(&second, &["a", "b", "new"]), ["01 क", "02 ख: :ग", "03 नया"]);
        assert_eq!(second.warnings.len(), 1);

        let locked = Edition { subdecks: second.named, ..Edition::default() };
        material.sections.truncate(2);
        assert!(Subdecks::of(&material, &[], Some(&locked)).warnings.is_empty());
        // A section that went and came back has the subdeck it had.
        material.sections.push(section("a", "कक"));
        material.sections.push(section("c", "और"));
        assert_eq!(names(&Subdecks::of(&material, &[], Some(&locked)), &["a", "c"]), ["01 क", "04 और"]);
    }

    #[test]
    fn a_section_under_another_id_keeps_the_subdeck_of_its_items() {
        let question = |id: &str| {
            let (id, prompt, answer) = (Id::from_key(id), id.into(), Text::from("उत्तर"));
            Block::Question(Question { id, prompt, answer, ..Question::default() })
        };
        let mut material = Material { sections: vec![section("a", "क"), section("b", "ख")], ..Material::default() };
        material.language = "hi".parse().expect("a tag");
        material.sections[0].blocks = vec![question("q1"), question("q2")];
        material.sections[1].blocks = vec![question("q3")];
        material.assign_ids();
        let mut options = ApkgOptions { subdecks: true, ..ApkgOptions::default() };
        let first = apkg(&material, &Practice::of(&material), &options).expect("a deck").output;
        material.sections[0].id = Id::from_key("other");
        material.sections[0].heading = "कुछ और".into();
        // One of the questions went to the other section, and another came.
        let moved = material.sections[0].blocks.remove(1);
        material.sections[1].blocks.push(moved);
        material.sections.push(section("c", "ग"));
        options.lock = Some(first.lock.clone());
        let second = apkg(&material, &Practice::of(&material), &options).expect("a deck");
        let messages: Vec<&str> = second.warnings.iter().map(|warning| warning.message.as_str()).collect();
        assert_eq!(messages.len(), 2, "{messages:?}");
        assert!(messages[0].contains("`क` is now `कुछ और`; its subdeck stays `01 क`"), "{messages:?}");
        assert!(messages[1].starts_with("1 item is now in another subdeck"), "{messages:?}");
        let text = second.output.lock.to_string();
        assert!(text.contains("\tother\t01 क\tकुछ और\n") && text.contains("\tc\t03 ग\tग\n"), "{text}");
        // Without the lock, the package tells the same names.
        options.lock = None;
        options.earlier = Some(first.bytes);
        let third = apkg(&material, &Practice::of(&material), &options).expect("a deck").output.lock.to_string();
        assert!(third.contains("\tother\t01 क\tकुछ और\n") && third.contains("\tb\t02 ख\tख\n"), "{third}");
    }

    #[test]
    fn a_question_without_an_answer_makes_no_note() {
        let wrong = Choice { text: "ग".into(), ..Choice::default() };
        let question = |id: &str, answer: &str, choices: &[Choice]| {
            let (id, prompt, answer) = (Id::from_key(id), "क्यों?".into(), answer.into());
            Block::Question(Question { id, prompt, answer, choices: choices.to_vec(), ..Question::default() })
        };
        let mut material = Material { sections: vec![section("a", "क")], ..Material::default() };
        let choices = [wrong];
        material.sections[0].blocks =
            vec![question("task", "", &[]), question("answered", "ख", &[]), question("open-choice", "घ", &choices)];
        material.assign_ids();
        let practice = Practice::of(&material);
        assert_eq!(practice.items().len(), 3);
        let lock = apkg(&material, &practice, &ApkgOptions::default()).expect("a deck").output.lock.to_string();
        let notes = |id: &str| lock.contains(&format!("{id}.question")) || lock.contains(&format!("{id}.choice"));
        assert_eq!([notes("task"), notes("answered"), notes("open-choice")], [false, true, false], "{lock}");
    }

    #[test]
    fn a_card_asks_with_the_stem_on_its_front_and_the_letters_of_the_choices() {
        let paragraph = Paragraph {
            text: "नीचे की पंक्ति पढ़िए।".into(), ..Paragraph::default()
        };
        let choice = |text: &str, correct| Choice { text: text.into(), correct, ..Choice::default() };
        let question = Question {
            prompt: "क्या सही है?".into(),
            stem: vec![Block::Paragraph(paragraph)],
            choices: vec![choice("यह", true), choice("वह", false)],
            lettering: Some("(क)".parse().expect("a marker")),
            ..Question::default()
        };
        let mut material = Material { sections: vec![section("a", "क")], ..Material::default() };
        material.sections[0].blocks = vec![Block::Question(question)];
        material.assign_ids();
        let practice = Practice::of(&material);
        let options = ApkgOptions::default();
        let (subdecks, mut media) = (Subdecks::of(&material, &[], None), crate::media::Files::new(&options.media));
        let mut fields = Vec::new();
        let _ = crate::draft::compose(&material, practice.items(), None, &options, &subdecks, &mut media, |drafts| {
            fields.extend(drafts.into_iter().map(|draft| draft.fields));
        });
        let fields: Vec<&str> = fields[0].split('\u{1f}').collect();
        assert!(fields[0].ends_with("<p>नीचे की पंक्ति पढ़िए।</p>"), "{fields:?}");
        assert!(fields[1].contains("<li class=\"right\">(क) यह</li><li>(ख) वह</li>"), "{fields:?}");
        assert!(!fields[2..].concat().contains("पंक्ति"), "{fields:?}");
    }

    #[test]
    fn one_section_over_all_is_no_subdeck() {
        let mut over = section("over", "सब");
        over.sections = vec![section("a", "क"), section("b", "ख")];
        let material = Material { sections: vec![over], ..Material::default() };
        assert_eq!(names(&Subdecks::of(&material, &[], None), &["over", "a", "b"]), ["", "01 क", "02 ख"]);
    }

    #[test]
    fn the_page_of_the_deck_says_what_the_material_is() {
        let material = Material {
            title: "मिट्टी <१>".into(),
            authors: vec!["अ".into(), "ब".into()],
            source: Some("https://example.org/?a=1&b=2".into()),
            licence: Some("CC-BY-4.0".into()),
            ..Material::default()
        };
        let description = description(&material);
        assert!(description.starts_with("<b>मिट्टी &lt;१&gt;</b><br>अ, ब<br><a href=\"https"), "{description}");
        assert!(description.ends_with("</a><br>CC-BY-4.0"), "{description}");
        assert!(!is_address("https://a\"onclick") && !is_address("ftp://a") && is_address("http://a"));
    }
}
