//! Which item of practice each card of a note asks.

use std::collections::{BTreeMap, HashMap};

use patra_core::{Answer, Id, Item, Kind};

use crate::CardPlan;
use crate::draft::reverse;
use crate::gap::number;
use crate::lock::Edition;
use crate::note_type::NoteType;
use crate::options::{Change, ChangeKind};
use crate::update::Note;

/// The items by the notes that ask them.
pub(crate) struct Asked<'a> {
    items: HashMap<&'a Id, &'a Item>,
    /// The other direction of an item, by the id of the note that asks both.
    both: HashMap<Id, [&'a Item; 2]>,
    /// The gaps of a sentence, by the id of the note that asks them.
    gaps: HashMap<Id, Vec<&'a Item>>,
}

impl<'a> Asked<'a> {
    pub fn of(items: &'a [Item]) -> Self {
        let reverse = reverse(items);
        let both = items
            .iter()
            .filter_map(|item| Some((item.id.join(NoteType::Reversed.name()), [item, *reverse.get(&item.id)?])));
        let mut gaps: HashMap<Id, Vec<&Item>> = HashMap::new();
        for item in items.iter().filter(|item| matches!(item.answer, Answer::Gap(_))) {
            gaps.entry(item.about.join(Kind::Gap.as_str())).or_default().push(item);
        }
        Asked { items: items.iter().map(|item| (&item.id, item)).collect(), both: both.collect(), gaps }
    }

    /// The cards of a note, with the item that each asks.
    pub fn cards(&self, change: &Change, note: &Note, locked: Option<&Edition>) -> Vec<CardPlan> {
        let id = &change.item;
        let gaps = self.gaps_of(id, note, locked);
        let practice = |ordinal: u16| match note.note_type {
            // The same may be asked by a note of another type now.
            _ if change.kind == ChangeKind::Retired => None,
            NoteType::Gap => gaps.get(&(ordinal + 1)).copied(),
            NoteType::Reversed => self.both.get(id)?.get(usize::from(ordinal)).map(|item| &item.id),
            _ => self.items.get(id).map(|item| &item.id),
        };
        let card = |&ordinal: &u16| CardPlan { ordinal, practice: practice(ordinal).cloned() };
        note.ords.iter().map(card).collect()
    }

    /// The items of a sentence by the numbers that its gaps have in the deck, which are those of the lock.
    fn gaps_of(&self, id: &Id, note: &Note, locked: Option<&Edition>) -> BTreeMap<u16, &'a Id> {
        let mut numbers = BTreeMap::new();
        let Some([first, ..]) = self.gaps.get(id).filter(|_| note.note_type == NoteType::Gap).map(Vec::as_slice) else {
            return numbers;
        };
        let before = locked.and_then(|locked| locked.item(&(id.clone(), NoteType::Gap)));
        let given = number(&first.prompt, before).numbers;
        for ((own, _), given) in first.prompt.gaps().into_iter().zip(given) {
            let items = self.gaps.get(id).into_iter().flatten();
            if let Some(item) = items.copied().find(|item| matches!(item.answer, Answer::Gap(n) if n == own)) {
                numbers.entry(given).or_insert(&item.id);
            }
        }
        numbers
    }
}
