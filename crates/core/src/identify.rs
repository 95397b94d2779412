//! Ids that the author did not write, derived from keys.

use foldhash::{HashMap, HashSet};

use crate::{Block, Code, Comparison, Diagnostic, Id, Material, Run, Section, Span, Spelled, Text, phrase};

/// The id of the section before the first heading.
const BEFORE_FIRST_HEADING: &str = "start";

/// The ids that are not free.
#[derive(Default)]
struct Taken {
    /// Those that the author wrote, and those of sections.
    written: HashSet<Id>,
    /// Those that follow from keys, with how many things have that key. Where several have it, or an author wrote it, all of them
    /// get another.
    derived: HashMap<Id, usize>,
    /// Those with the id of a section before them.
    qualified: HashSet<Id>,
}

impl Taken {
    fn contains(&self, id: &Id) -> bool {
        self.written.contains(id) || self.qualified.contains(id) || self.derived.get(id) == Some(&1)
    }

    /// Whether an id that follows from a key belongs to several things.
    fn clashes(&self, id: &Id) -> bool {
        self.derived.get(id).is_some_and(|&count| count > 1) || self.written.contains(id)
    }
}

/// Something that can be learnt and so has an id, while ids are assigned.
struct Learnable<'a> {
    id: &'a mut Id,
    /// The key that gives its id where none is written.
    key: Key<'a>,
    /// What its id is qualified with where two keys are equal: the id or key of its section.
    section: &'a Id,
    /// The ids or keys of the things that it is nested in, from the outermost; empty right in its section.
    within: &'a [Id],
    span: Span,
}

/// The id that follows from the key of a thing.
struct Derived {
    id: Id,
    /// The same with the ids of section and of all that the thing is nested in before it, if it is nested.
    nested: Option<Id>,
}

impl Derived {
    fn of(learnable: &Learnable<'_>) -> Self {
        let id = learnable.key.id(learnable.section);
        let nested = (!learnable.within.is_empty()).then(|| {
            let path: Vec<&str> = learnable.within.iter().chain([&id]).map(Id::as_str).collect();
            // As a key, since it has to be short enough for a section before it, however deep the thing is.
            learnable.section.join(Id::from_key(&path.join(" ")).as_str())
        });
        Derived { id, nested }
    }
}

/// What an id is derived from.
enum Key<'a> {
    Words(&'a Text),
    /// What stands outside the gaps.
    Sentence(&'a Text),
    Names(Vec<&'a Text>),
    /// The number of a list that names no kind, among those of its section.
    List(usize),
}

impl Key<'_> {
    fn id(&self, section: &Id) -> Id {
        match self {
            Key::Words(text) => Id::from_key(&text.plain_words()),
            Key::Sentence(text) => Id::from_key(&outside_gaps(text)),
            Key::Names(names) => Id::from_key(&names.iter().map(|name| name.to_plain()).collect::<Vec<_>>().join(" ")),
            Key::List(1) => section.join("list"),
            Key::List(number) => section.join(&format!("list-{number}")),
        }
    }
}

impl Material {
    /// Derives every id that is unset from the key of its thing: the term, the heading, the prompt, the aspect and
    /// subject; never from the wording of an answer.
    ///
    /// Where two keys in different sections are equal, both get their section's id before theirs, whichever comes first.
    /// Within one section what is nested in other things gets their ids before its own too; two in one place
    /// stay equal, which [`problems`](Material::problems) reports. Sections, which nobody
    /// learns, give way to what can be learnt. The result depends on what is in the material and not on its order.
    ///
    /// Returns a warning for each thing whose id had to be told apart by its section, or follows from its place.
    pub fn assign_ids(&mut self) -> Vec<Diagnostic> {
        if self.id.is_unset() {
            self.id = Id::from_key(&self.title.to_plain());
        }
        let mut warnings = Vec::new();
        let mut taken = Taken::default();
        // What grows is moved about: a block has an id as a rule.
        let most = blocks(&self.sections);
        taken.derived.reserve(most);
        // Those of the things without an id, in their order.
        let mut derived = Vec::with_capacity(most);
        each_learnable(&mut self.sections, &mut |learnable| {
            if learnable.id.is_unset() {
                if let Key::List(number @ 2..) = learnable.key {
                    let message = phrase!(
                        "this is list {$number} of its section that names no kind, so its id follows from its place",
                        number
                    );
                    let hint = "name what it lists, `{kind=\"…\"}` on the line before it, or give it an id";
                    warnings.push(Diagnostic::new(Code::DerivedIdClash, learnable.span, message).with_hint(hint));
                }
                let of = Derived::of(&learnable);
                *taken.derived.entry(of.id.clone()).or_default() += 1;
                derived.push(of);
            } else {
                taken.written.insert(learnable.id.clone());
            }
        });
        // How many things would have each id that is qualified by a section.
        let mut qualified: HashMap<Id, usize> = HashMap::default();
        let mut those = derived.iter();
        each_learnable(&mut self.sections, &mut |learnable| {
            if learnable.id.is_unset()
                && let Some(Derived { id, .. }) = those.next()
                && taken.clashes(id)
            {
                *qualified.entry(learnable.section.join(id.as_str())).or_default() += 1;
            }
        });
        let mut derived = derived.into_iter();
        each_learnable(&mut self.sections, &mut |learnable| {
            if learnable.id.is_unset()
                && let Some(Derived { id, nested }) = derived.next()
            {
                let clash = taken.clashes(&id);
                *learnable.id = if clash {
                    let by_section = learnable.section.join(id.as_str());
                    let free = qualified.get(&by_section) == Some(&1) && !taken.written.contains(&by_section);
                    nested.filter(|_| !free).unwrap_or(by_section)
                } else {
                    id
                };
                if clash {
                    taken.qualified.insert(learnable.id.clone());
                    let message =
                        phrase!("another thing has this key too, so its id became `{$id}`", id = learnable.id);
                    warnings.push(
                        Diagnostic::new(Code::DerivedIdClash, learnable.span, message)
                            .with_hint("write an id of your own after it, such as `{#its-id}`"),
                    );
                }
            }
        });
        assign_section_ids(&mut self.sections, taken);
        warnings
    }
}

/// How many blocks there are, those within blocks not counted.
fn blocks(sections: &[Section]) -> usize {
    sections.iter().map(|section| section.blocks.len() + blocks(&section.sections)).sum()
}

fn section_key(section: &Section) -> Id {
    if section.heading.is_blank() {
        Id::from_key(BEFORE_FIRST_HEADING)
    } else {
        Id::from_key(&section.heading.to_plain())
    }
}

fn each_learnable(sections: &mut [Section], visit: &mut dyn FnMut(Learnable<'_>)) {
    for section in sections {
        let key = if section.id.is_unset() { section_key(section) } else { section.id.clone() };
        let mut lists = 0;
        for block in &mut section.blocks {
            visit_block(block, &key, &mut Vec::new(), &mut lists, visit);
        }
        each_learnable(&mut section.sections, visit);
    }
}

/// Visits a block and those in it. `within` has the ids or keys of the things around it, and `lists` counts the lists of terms
/// in the section that name no kind.
fn visit_block(
    block: &mut Block,
    section: &Id,
    within: &mut Vec<Id>,
    lists: &mut usize,
    visit: &mut dyn FnMut(Learnable<'_>),
) {
    let mut learn = |id: &mut Id, key: Key<'_>, span: Span| visit(Learnable { id, key, section, within, span });
    match block {
        Block::Definition(b) => learn(&mut b.id, Key::Words(&b.term), b.span),
        Block::Question(b) => learn(&mut b.id, Key::Words(&b.prompt), b.span),
        Block::Cloze(b) => learn(&mut b.id, Key::Sentence(&b.text), b.span),
        Block::Comparison(b) => {
            let names = b.subjects.iter().map(|subject| &subject.name).collect();
            learn(&mut b.id, Key::Names(names), b.span);
            assign_in_comparison(b);
        }
        Block::Terms(b) => {
            let key = b.kind.as_ref().map_or_else(
                || {
                    *lists += 1;
                    Key::List(*lists)
                },
                Key::Words,
            );
            learn(&mut b.id, key, b.span);
            for entry in &mut b.entries {
                learn(&mut entry.id, Key::Words(&entry.term), entry.span);
            }
        }
        Block::Table(_)
        | Block::List(_)
        | Block::Paragraph(_)
        | Block::Verse(_)
        | Block::Note(_)
        | Block::Quote(_)
        | Block::Code(_)
        | Block::Math(_) => {}
        Block::Figure(b) => {
            for region in &mut b.regions {
                learn(&mut region.id, Key::Words(&region.name), b.span);
            }
        }
    }
    let mut visit_in = |name: Option<Id>, children: &mut [Block]| {
        let depth = within.len();
        within.extend(name);
        for child in children {
            visit_block(child, section, within, lists, visit);
        }
        within.truncate(depth);
    };
    match block {
        Block::Definition(b) if !b.details.is_empty() => visit_in(Some(name(&b.id, &b.term)), &mut b.details),
        Block::Question(b) if !b.stem.is_empty() || !b.details.is_empty() => {
            let name = name(&b.id, &b.prompt);
            visit_in(Some(name.clone()), &mut b.stem);
            visit_in(Some(name), &mut b.details);
        }
        Block::Terms(b) => {
            for entry in b.entries.iter_mut().filter(|entry| !entry.details.is_empty()) {
                visit_in(Some(name(&entry.id, &entry.term)), &mut entry.details);
            }
        }
        other => {
            for child in other.children_mut() {
                visit_in(None, std::slice::from_mut(child));
            }
        }
    }
}

/// The id of a thing that others are nested in, or its key as long as it has none.
fn name(id: &Id, key: &Text) -> Id {
    if id.is_unset() { Id::from_key(&key.plain_words()) } else { id.clone() }
}

/// Subjects and aspects need ids that are unique among their own alone, since the comparison's id stands before them.
fn assign_in_comparison(comparison: &mut Comparison) {
    for subject in &mut comparison.subjects {
        if subject.id.is_unset() {
            subject.id = Id::from_key(&subject.name.to_plain());
        }
    }
    for aspect in &mut comparison.aspects {
        if aspect.id.is_unset() {
            aspect.id = Id::from_key(&aspect.name.to_plain());
        }
    }
}

/// The words that a learner sees; where all words are in gaps, all words.
fn outside_gaps(text: &Text) -> String {
    fn collect(text: &Text, next: Option<char>, out: &mut String) {
        for Spelled { run, open, close, next, .. } in text.spelled(next) {
            out.push_str(open);
            match run {
                Run::Gap(_) => out.push(' '),
                Run::Plain(s) | Run::Code(s) | Run::Math(s) => out.push_str(s),
                Run::Break => out.push('\n'),
                Run::Strong(_)
                | Run::Emphasis(_)
                | Run::Superscript(_)
                | Run::Subscript(_)
                | Run::Strikeout(_)
                | Run::Link(_)
                | Run::Language(_) => run.inner().into_iter().for_each(|inner| collect(inner, next, out)),
            }
            out.push_str(close);
        }
    }
    let mut out = String::new();
    collect(text, None, &mut out);
    if out.trim().is_empty() { text.to_plain() } else { out }
}

fn assign_section_ids(sections: &mut [Section], mut taken: Taken) {
    fn written(sections: &[Section], taken: &mut HashSet<Id>) {
        for section in sections {
            if !section.id.is_unset() {
                taken.insert(section.id.clone());
            }
            written(&section.sections, taken);
        }
    }
    /// `numbers` holds the lowest number that each key may still take, so that equal headings don't all count from 2.
    fn assign(sections: &mut [Section], parent: Option<&Id>, taken: &mut Taken, numbers: &mut HashMap<Id, usize>) {
        for section in sections {
            if section.id.is_unset() {
                let key = section_key(section);
                let mut candidates = vec![key.clone(), Id::from_key(&format!("{key} section"))];
                candidates.extend(parent.map(|parent| Id::from_key(&format!("{parent} {key}"))));
                let free = candidates.into_iter().find(|id| !taken.contains(id));
                let numbered = || {
                    let number = numbers.entry(key.clone()).or_insert(2);
                    loop {
                        let id = Id::from_key(&format!("{key} section {number}"));
                        *number += 1;
                        if !taken.contains(&id) {
                            return id;
                        }
                    }
                };
                section.id = free.unwrap_or_else(numbered);
                taken.written.insert(section.id.clone());
            }
            assign(&mut section.sections, Some(&section.id), taken, numbers);
        }
    }
    written(sections, &mut taken.written);
    assign(sections, None, &mut taken, &mut HashMap::default());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cloze, Definition, Entry, Gap, Terms};

    fn definition(term: &str) -> Block {
        Block::Definition(Definition { term: term.into(), meaning: "…".into(), ..Definition::default() })
    }

    fn section(heading: &str, blocks: Vec<Block>) -> Section {
        Section { heading: heading.into(), blocks, ..Section::default() }
    }

    fn ids(sections: Vec<Section>) -> Vec<String> {
        let mut material = Material { title: "t".into(), sections, ..Material::default() };
        material.assign_ids();
        let mut ids = Vec::new();
        each_learnable(&mut material.sections, &mut |learnable| ids.push(learnable.id.to_string()));
        material.walk_sections(&mut |section, _| ids.push(section.id.to_string()));
        ids
    }

    #[test]
    fn equal_keys_are_told_apart_by_section_whatever_their_order() {
        let forward =
            ids(vec![section("A", vec![definition("x")]), section("B", vec![definition("x"), definition("y")])]);
        let backward =
            ids(vec![section("B", vec![definition("y"), definition("x")]), section("A", vec![definition("x")])]);
        assert_eq!(forward, ["a.x", "b.x", "y", "a", "b"]);
        let sort = |mut v: Vec<String>| {
            v.sort();
            v
        };
        assert_eq!(sort(forward), sort(backward));
    }

    #[test]
    fn equal_keys_in_one_section_are_told_apart_by_what_they_are_nested_in() {
        let terms = |entries: Vec<Entry>| Block::Terms(Terms { kind: Some("k".into()), entries, ..Terms::default() });
        let entry = |term: &str, details| Entry { term: term.into(), details, ..Entry::default() };
        let tool = |name: &str| {
            let sizes = terms(vec![entry("Width", vec![]), entry("Depth", vec![])]);
            entry(
                name,
                vec![definition("Handle"), Block::Quote(crate::Quote { blocks: vec![sizes], ..Default::default() })],
            )
        };
        let nested = ids(vec![section("Tools", vec![terms(vec![tool("Spade"), tool("Rake")]), definition("Handle")])]);
        let mut told = nested.clone();
        told.sort();
        told.dedup();
        assert_eq!(told.len(), nested.len(), "{nested:?}");
        for id in ["spade", "tools.spade-handle", "tools.rake-handle", "tools.rake-width", "tools.handle"] {
            assert!(nested.iter().any(|other| other == id), "{id}: {nested:?}");
        }
        // One of each kind needs no more than its key, nested or not.
        let alone = ids(vec![section("Tools", vec![terms(vec![tool("Spade")])])]);
        assert!(alone.contains(&"handle".to_owned()), "{alone:?}");
        // Two in one place are the author's to tell apart.
        let twice = ids(vec![section("Tools", vec![definition("Handle"), definition("Handle")])]);
        assert_eq!(twice[..2], ["tools.handle", "tools.handle"]);
    }

    #[test]
    fn a_section_gives_way_to_what_can_be_learnt() {
        assert_eq!(ids(vec![section("BPO", vec![definition("BPO")])]), ["bpo", "bpo-section"]);
        assert_eq!(
            ids(vec![section("", vec![]), section("क", vec![]), section("क", vec![])]),
            ["start", "क", "क-section"]
        );
    }

    #[test]
    fn the_wording_of_answers_does_not_matter() {
        let list = |meanings: [&str; 2]| {
            let entries = [("a", meanings[0]), ("b", meanings[1])].map(|(term, d)| Entry {
                term: term.into(),
                description: d.into(),
                ..Entry::default()
            });
            vec![section("S", vec![Block::Terms(Terms { entries: entries.to_vec(), ..Terms::default() })])]
        };
        assert_eq!(ids(list(["one", "two"])), ids(list(["एक", "दो"])));
        assert_eq!(ids(list(["one", "two"])), ["s.list", "a", "b", "s"]);
        let mut sections = list(["one", "two"]);
        let second = list(["three", "four"]).remove(0).blocks.remove(0);
        let mut material = Material { title: "t".into(), sections: sections.clone(), ..Material::default() };
        assert_eq!(material.assign_ids(), []);
        sections[0].blocks.push(second);
        let mut material = Material { title: "t".into(), sections, ..Material::default() };
        let counted =
            material.assign_ids().into_iter().filter(|warning| warning.message.contains("list 2 of its section"));
        assert_eq!(counted.count(), 1);
        let cloze = |hidden: &str| {
            let gap = Run::Gap(Gap { text: hidden.into(), ..Gap::default() });
            let text = [Run::Plain("The sky is ".into()), gap].into_iter().collect();
            ids(vec![section("S", vec![Block::Cloze(Cloze { text, ..Cloze::default() })])])
        };
        assert_eq!(cloze("blue"), cloze("grey"));
    }
}
