//! The lock: which note is which, from one build to the next.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use patra_core::Id;

use self::ending::{Count, END, Ending, HEADER, VERSION};
use crate::guid::Namespace;
use crate::note_type::NoteType;

mod ending;

/// What stands for no gaps and no subdeck.
const NONE: &str = "-";

/// What earlier builds handed out: for each item its note's GUID, the digests of its content, its modification time, the
/// numbers of its gaps and its subdeck.
///
/// Its text is sorted, has a line for each item and names in each line the material and the language, so that the
/// editions of a folder can share a file, and versions of it merge line by line: git's `merge=union` keeps the lines of both
/// sides. Where a merge leaves two lines for one item, the one with the later modification time counts; the marks that a
/// merge leaves where it is not told so are passed over, since both sides count anyway.
///
/// Its last line has the number of its lines and their digest, so that a lock that was cut is not taken for whole: its gaps
/// would be numbered anew, and reviews would move to other cards. A merge leaves two such lines, and then neither is compared.
///
/// ```
/// use patra_anki::Lock;
/// let text = Lock::default().to_string();
/// assert!(Lock::parse(&text)?.is_empty());
/// # Ok::<(), patra_anki::LockError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    editions: BTreeMap<Namespace, Edition>,
}

/// The part of a lock for one material in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Edition {
    /// The deck's name.
    pub deck: String,
    /// The [options](crate::ApkgOptions::remembered) it was made with; `None` where that is not known.
    pub options: Option<String>,
    /// The subdecks by the ids of their sections.
    pub subdecks: BTreeMap<Id, LockedSubdeck>,
    /// Its notes, by their items and how they ask.
    pub items: BTreeMap<(Id, NoteType), Box<Locked>>,
}

/// A note that was handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Locked {
    pub guid: String,
    /// The digest of its fields.
    pub content: u64,
    /// The digest of its tags.
    pub tags: u32,
    /// Its modification time, in seconds since 1970.
    pub modified: i64,
    pub retired: bool,
    /// Its gaps by their numbers, those no longer there too.
    pub gaps: BTreeMap<u16, LockedGap>,
    /// The subdeck that its cards were last handed out in; empty for the deck itself.
    pub subdeck: String,
    /// What it asks, shortened, in plain words.
    pub label: String,
}

/// A subdeck that was handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LockedSubdeck {
    /// Its name, which stays.
    pub name: String,
    /// What the section's heading was in the last build.
    pub heading: String,
}

/// A number that a gap has had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LockedGap {
    /// The digest of the words hidden.
    pub words: String,
    /// Whether it was there in the last build.
    pub live: bool,
}

/// A lock that can't be read: the line, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockError {
    line: usize,
    what: &'static str,
}

impl Lock {
    /// A lock from its text.
    ///
    /// # Errors
    /// Where a line is not one of a lock, the first such line; where the lock is of a later version; and where its last line does
    /// not agree with those above it. Nothing is guessed, since a lost line costs learners their reviews.
    pub fn parse(text: &str) -> Result<Self, LockError> {
        let mut lock = Lock::default();
        let mut ending = Ending::default();
        const MARKS: [&str; 4] = ["<<<<<<<", "=======", ">>>>>>>", "|||||||"];
        for (index, line) in text.trim_start_matches('\u{FEFF}').lines().enumerate() {
            let at = |what| LockError { line: index + 1, what };
            let line = line.trim_end_matches('\r');
            if let Some(rest) = line.strip_prefix(HEADER) {
                ending.header(rest).map_err(at)?;
            } else if let Some(rest) = line.strip_prefix(END) {
                ending.end(rest, index + 1);
            } else if !(line.trim().is_empty()
                || line.starts_with('#')
                || MARKS.iter().any(|mark| line.starts_with(mark)))
            {
                lock.line(line).map_err(at)?;
                ending.line(line);
            }
        }
        ending.check(text.lines().count()).map(|()| lock)
    }

    /// Whether nothing was handed out yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.editions.is_empty()
    }

    /// Whether it says anything of a material in its language.
    #[must_use]
    pub fn knows(&self, material: &patra_core::Material) -> bool {
        self.editions.contains_key(&Namespace::of(material))
    }

    /// Takes over from another lock the part for every material and language in it.
    ///
    /// Where several decks share a file, each build starts from the whole file and gives back its own part changed.
    pub fn take(&mut self, other: &Lock, material: &patra_core::Material) {
        let namespace = Namespace::of(material);
        if let Some(edition) = other.editions.get(&namespace) {
            self.editions.insert(namespace, edition.clone());
        }
    }

    /// The part for one material in its language, from which its deck can be made alone.
    #[must_use]
    pub fn part(&self, material: &patra_core::Material) -> Lock {
        let mut part = Lock::default();
        part.take(self, material);
        part
    }

    pub(crate) fn edition(&self, namespace: &Namespace) -> Option<&Edition> {
        self.editions.get(namespace)
    }

    pub(crate) fn set(&mut self, namespace: Namespace, edition: Edition) {
        self.editions.insert(namespace, edition);
    }

    fn line(&mut self, line: &str) -> Result<(), &'static str> {
        let fields: Vec<&str> = line.split('\t').collect();
        let [edition, kind, rest @ ..] = fields.as_slice() else { return Err("the line has too few fields") };
        let (material, language) = edition.split_once('/').ok_or("the line does not begin with `material/language`")?;
        let namespace = Namespace { material: material.to_owned(), language: language.to_owned() };
        match (*kind, rest) {
            ("deck", [name]) => {
                self.editions.entry(namespace).or_default().deck = (*name).to_owned();
                Ok(())
            }
            ("options", [options]) => {
                let options = if *options == NONE { "" } else { options };
                self.editions.entry(namespace).or_default().options = Some(options.to_owned());
                Ok(())
            }
            ("subdeck", [section, name, heading]) => {
                let section = Id::new(section).map_err(|_| "the third field is not an id")?;
                let subdeck = LockedSubdeck { name: (*name).to_owned(), heading: (*heading).to_owned() };
                self.editions.entry(namespace).or_default().subdecks.insert(section, subdeck);
                Ok(())
            }
            ("item", [id, note_type, guid, content, tags, modified, gaps, state, subdeck, label]) => {
                let id = Id::new(id).map_err(|_| "the third field is not an id")?;
                let note_type = NoteType::named(note_type).ok_or("the note type is not known to this patra")?;
                let locked = Locked {
                    guid: Some(*guid).filter(|guid| !guid.is_empty()).ok_or("the GUID is missing")?.to_owned(),
                    content: parse_digest(content, 16)
                        .ok_or("the digest of the fields is not 16 hexadecimal digits")?,
                    tags: parse_digest(tags, 8).ok_or("the digest of the tags is not 8 hexadecimal digits")?,
                    modified: modified.parse().map_err(|_| "the modification time is not a number")?,
                    retired: match *state {
                        "live" => false,
                        "retired" => true,
                        _ => return Err("the state is neither `live` nor `retired`"),
                    },
                    gaps: parse_gaps(gaps)?,
                    subdeck: Some(*subdeck).filter(|subdeck| *subdeck != NONE).unwrap_or_default().to_owned(),
                    label: (*label).to_owned(),
                };
                self.editions.entry(namespace).or_default().add((id, note_type), Box::new(locked));
                Ok(())
            }
            _ => Err("the line is neither a deck's nor an item's"),
        }
    }
}

impl Edition {
    /// What was handed out for an item asked in one way.
    pub fn item(&self, key: &(Id, NoteType)) -> Option<&Locked> {
        self.items.get(key).map(|item| &**item)
    }

    /// Its lines in a lock.
    fn lines(&self, Namespace { material, language }: &Namespace) -> impl Iterator<Item = String> {
        let of = format!("{material}/{language}");
        let deck = format!("{of}\tdeck\t{}", one_line(&self.deck));
        let options = self.options.as_deref().map(one_line).map(|options| {
            let options = if options.is_empty() { NONE } else { &options };
            format!("{of}\toptions\t{options}")
        });
        let subdecks: Vec<String> = self
            .subdecks
            .iter()
            .map(|(section, LockedSubdeck { name, heading })| {
                format!("{of}\tsubdeck\t{section}\t{}\t{}", one_line(name), one_line(heading))
            })
            .collect();
        let items = self
            .items
            .iter()
            .map(move |((id, note_type), item)| format!("{of}\titem\t{id}\t{}\t{item}", note_type.name()));
        [deck].into_iter().chain(options).chain(subdecks).chain(items)
    }

    fn add(&mut self, key: (Id, NoteType), locked: Box<Locked>) {
        match self.items.entry(key) {
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert(locked);
            }
            std::collections::btree_map::Entry::Occupied(mut entry) => {
                // Two branches of the source each added to the gaps: no number of either may be given out again.
                let (newer, older) = if locked.modified > entry.get().modified {
                    let older = entry.insert(locked);
                    (entry.into_mut(), older)
                } else {
                    (entry.into_mut(), locked)
                };
                for (number, gap) in older.gaps {
                    newer.gaps.entry(number).or_insert(LockedGap { live: false, ..gap });
                }
            }
        }
    }
}

impl fmt::Display for Locked {
    /// The fields of its line, from the GUID.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Locked { guid, content, tags, modified, label, .. } = self;
        write!(f, "{guid}\t{content:016x}\t{tags:08x}\t{modified}\t")?;
        for (index, (number, gap)) in self.gaps.iter().enumerate() {
            let comma = if index > 0 { "," } else { "" };
            write!(f, "{comma}{}{number}={}", if gap.live { "" } else { "!" }, gap.words)?;
        }
        let none = if self.gaps.is_empty() { NONE } else { "" };
        let state = if self.retired { "retired" } else { "live" };
        let subdeck = one_line(&self.subdeck);
        let subdeck = if subdeck.is_empty() { NONE } else { &subdeck };
        write!(f, "{none}\t{state}\t{subdeck}\t{}", one_line(label))
    }
}

/// A number from all of its hexadecimal digits, in small letters.
fn parse_digest<T: TryFrom<u64>>(text: &str, digits: usize) -> Option<T> {
    let hexadecimal = text.len() == digits && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    u64::from_str_radix(text, 16).ok().filter(|_| hexadecimal)?.try_into().ok()
}

fn parse_gaps(text: &str) -> Result<BTreeMap<u16, LockedGap>, &'static str> {
    if text == NONE {
        return Ok(BTreeMap::new());
    }
    text.split(',')
        .map(|gap| {
            let (live, gap) = gap.strip_prefix('!').map_or((true, gap), |gap| (false, gap));
            let (number, words) = gap.split_once('=').ok_or("a gap has no `=`")?;
            let number = number.parse().map_err(|_| "the number of a gap is not a number")?;
            Ok((number, LockedGap { words: words.to_owned(), live }))
        })
        .collect()
}

impl FromStr for Lock {
    type Err = LockError;

    fn from_str(text: &str) -> Result<Self, LockError> {
        Lock::parse(text)
    }
}

impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}{VERSION}: which card is which. Keep it beside the source and under version control.")?;
        let mut count = Count::default();
        for line in self.editions.iter().flat_map(|(namespace, edition)| edition.lines(namespace)) {
            writeln!(f, "{line}")?;
            count.add(&line);
        }
        writeln!(f, "{END}{count}")
    }
}

/// Words on one line, without what parts the fields of a lock.
pub(crate) fn one_line(words: &str) -> String {
    let words: Vec<&str> =
        words.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect();
    words.join(" ")
}

impl LockError {
    /// The line, from one.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }
}

impl fmt::Display for LockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} of the lock: {}", self.line, self.what)
    }
}

impl std::error::Error for LockError {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn locked(modified: i64, gaps: &[(u16, &str, bool)]) -> Locked {
        let gaps =
            gaps.iter().map(|&(number, words, live)| (number, LockedGap { words: words.into(), live })).collect();
        Locked {
            guid: "AAAAbbbbCCCCdddd".into(),
            content: 0x0011_2233_4455_6677,
            tags: 0x8899_aabb,
            modified,
            retired: false,
            gaps,
            subdeck: String::new(),
            label: "दिल्ली भारत की ___ है".into(),
        }
    }

    fn lock(items: &[(&str, NoteType, Locked)]) -> Lock {
        let items = items.iter().map(|(id, kind, item)| ((Id::from_key(id), *kind), Box::new(item.clone()))).collect();
        let mut lock = Lock::default();
        let namespace = Namespace { material: "bpo".into(), language: "hi".into() };
        lock.set(namespace, Edition { deck: "BPO".into(), items, ..Edition::default() });
        lock
    }

    #[test]
    fn a_lock_is_a_line_an_item() {
        let mut gone = locked(1_700_000_000, &[]);
        gone.retired = true;
        let text = lock(&[
            ("राजधानी", NoteType::Gap, locked(1_700_000_001, &[(1, "aa", true), (2, "bb", false)])),
            ("b", NoteType::Basic, gone),
        ])
        .to_string();
        assert_eq!(
            text.lines().skip(1).take(3).collect::<Vec<_>>(),
            [
                "bpo/hi\tdeck\tBPO",
                "bpo/hi\titem\tb\tbasic\tAAAAbbbbCCCCdddd\t0011223344556677\t8899aabb\t1700000000\t-\tretired\t-\tदिल्ली भारत की ___ है",
                "bpo/hi\titem\tराजधानी\tgap\tAAAAbbbbCCCCdddd\t0011223344556677\t8899aabb\t1700000001\t1=aa,!2=bb\tlive\t-\tदिल्ली भारत की ___ है",
            ]
        );
    }

    #[test]
    fn lines_of_two_branches_merge() {
        let one = lock(&[("a", NoteType::Gap, locked(5, &[(1, "aa", true), (2, "bb", true)]))]).to_string();
        let two = lock(&[("a", NoteType::Gap, locked(9, &[(1, "aa", true), (3, "cc", true)]))]).to_string();
        let expected = lock(&[("a", NoteType::Gap, locked(9, &[(1, "aa", true), (2, "bb", false), (3, "cc", true)]))]);
        assert_eq!(Lock::parse(&format!("{one}{two}")), Ok(expected.clone()));
        assert_eq!(Lock::parse(&format!("{two}{one}")), Ok(expected));
    }

    #[test]
    fn a_lock_that_was_cut_or_changed_is_refused() {
        let items = ["a", "b", "c"].map(|id| (id, NoteType::Basic, locked(5, &[])));
        let whole = lock(&items).to_string();
        let said = |text: &str| Lock::parse(text).map_err(|error| error.to_string());
        assert!(said(&whole).is_ok() && said(&whole.replace('\n', "\r\n")).is_ok());
        let lines: Vec<&str> = whole.lines().collect();
        for kept in 1..lines.len() {
            let cut = lines[..kept].join("\n");
            assert!(said(&cut).unwrap_err().contains("was cut"), "{cut}");
        }
        let without = [&lines[..2], &lines[3..]].concat().join("\n");
        assert!(said(&without).unwrap_err().starts_with("line 5 of the lock: the lines above"), "{without}");
        assert!(said(&whole.replace("\t5\t", "\t6\t")).is_err());
        // Who brought lines together by hand says so.
        assert!(said(&[&lines[..2], &lines[3..5], &["# end merged"]].concat().join("\n")).is_ok());
    }

    #[test]
    fn a_lock_of_the_first_version_is_read_and_one_of_a_later_is_not() {
        let whole = lock(&[("a", NoteType::Basic, locked(5, &[]))]);
        let lines: Vec<String> = whole.to_string().lines().skip(1).take(2).map(str::to_owned).collect();
        let first = format!("# patra.lock 1: which card is which.\n{}\n", lines.join("\n"));
        assert_eq!(Lock::parse(&first), Ok(whole.clone()));
        assert_eq!(Lock::parse(&lines.join("\n")), Ok(whole.clone()));
        for version in ["3: x", "9", "99999999999999999999"] {
            let error = Lock::parse(&format!("# patra.lock {version}\n{whole}")).expect_err("a version unknown");
            assert_eq!(error.line(), 1);
        }
    }

    #[test]
    fn what_is_not_a_lock_is_refused_with_its_line() {
        let line = |text: &str| Lock::parse(text).map_err(|e| e.line());
        assert_eq!(line("# x\n\nbpo/hi\tdeck\tBPO\n<<<<<<< HEAD\nx\n"), Err(5));
        assert_eq!(line("bpo/hi\titem\ta\tbasic"), Err(1));
        assert_eq!(line("bpo/hi\titem\ta\tbasic\tg\th\tt\tnever\t-\tlive\t-\t"), Err(1));
        assert_eq!(line("bpo/hi\titem\ta\tpoem\tg\th\tt\t1\t-\tlive\t-\t"), Err(1));
        assert_eq!(line("\u{FEFF}# x\r\nbpo/hi\tdeck\tBPO\r\n").map(|lock| lock.is_empty()), Ok(false));
    }

    proptest! {
        #[test]
        fn a_lock_reads_back(
            modified in any::<i64>(),
            numbers in proptest::collection::btree_map(1_u16..=500, ("[0-9a-f]{8}", any::<bool>()), 0..5),
            label in "\\PC{0,20}",
            subdeck in "\\PC{2,20}",
            retired in any::<bool>(),
        ) {
            let gaps = numbers.into_iter().map(|(n, (words, live))| (n, LockedGap { words, live })).collect();
            let subdeck = format!("01 {}", one_line(&subdeck)).trim().to_owned();
            let item = Locked { gaps, label: one_line(&label), retired, subdeck: subdeck.clone(), ..locked(modified, &[]) };
            let mut lock = lock(&[("क", NoteType::Choice, item)]);
            for edition in lock.editions.values_mut() {
                let subdeck = LockedSubdeck { name: subdeck.clone(), heading: one_line(&label) };
                edition.subdecks.insert(Id::from_key("ख"), subdeck);
                edition.options = retired.then(|| "typed speech".to_owned());
            }
            prop_assert_eq!(Lock::parse(&lock.to_string()), Ok(lock));
        }

        #[test]
        fn no_text_breaks_the_reader(text in "(bpo/hi|\t|item|deck|options|a|basic|live|1|=|,|!|\n|#|\\PC){0,30}") {
            if let Ok(lock) = Lock::parse(&text) {
                prop_assert_eq!(Lock::parse(&lock.to_string()), Ok(lock));
            }
        }
    }
}
