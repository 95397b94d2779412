//! The sheets of the deck's cards, of what is asked how often, of changes and of problems.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use patra_core::{Code, Diagnostic, Id, Item, Kind, Practice, Sort, Span};

use super::{Collector, LIST_SEPARATOR};
use crate::{Finding, SheetName, Value, hazard};

/// The kinds of ids that nothing is asked about.
const NEVER_ASKED: [&str; 3] = ["section", "comparison", "subject"];

impl<'a> Collector<'a> {
    /// Adds the rows of [`SheetName::Cards`], [`SheetName::Coverage`] and [`SheetName::Changes`].
    pub(super) fn analyse(&mut self, practice: &'a Practice) {
        let items: HashMap<&str, &'a Item> = practice.items().iter().map(|item| (item.id.as_str(), item)).collect();
        let find = |id: &Option<Id>| id.as_ref().and_then(|id| items.get(id.as_str()).copied());
        let mut cards: HashMap<&str, usize> = HashMap::new();
        let options = self.options;
        for card in &options.cards {
            let item = find(&card.practice);
            if let Some(item) = item {
                *cards.entry(item.about.as_str()).or_default() += 1;
            }
            let place = self.place_of_item(item);
            self.push(
                SheetName::Cards,
                place.span,
                [
                    ("card_id", Value::words(format!("{}.{}.{}", card.note, card.note_type, card.ordinal + 1))),
                    // An id that the material's practice lacks is a fault of the caller's, and is told as one.
                    ("practice_id", card.practice.as_ref().map_or(Value::Missing, |id| Value::words(id.as_str()))),
                    ("section_id", place.section),
                    ("note_type", Value::words(card.note_type.as_str())),
                    ("guid", Value::words(format!("guid:{}", card.guid))),
                    ("ordinal", Value::Integer(i64::from(card.ordinal))),
                    ("deck", Value::words(card.deck.as_str())),
                    ("page", place.page),
                ],
            );
        }
        self.coverage(practice, &cards);
        for change in &options.changes {
            let place = self.place_of_item(find(&change.practice));
            self.push(
                SheetName::Changes,
                place.span,
                [
                    ("change_id", Value::words(format!("{}.{}", change.note, change.note_type))),
                    ("practice_id", change.practice.as_ref().map_or(Value::Missing, |id| Value::words(id.as_str()))),
                    ("section_id", place.section),
                    ("change", Value::words(change.change.as_str())),
                    ("note_type", Value::words(change.note_type.as_str())),
                    ("question", Value::words(change.question.as_str())),
                    ("page", place.page),
                ],
            );
        }
    }

    fn coverage(&mut self, practice: &Practice, cards: &HashMap<&str, usize>) {
        let mut asked: HashMap<&str, (usize, BTreeSet<Kind>)> = HashMap::new();
        for item in practice.items() {
            let (count, kinds) = asked.entry(item.about.as_str()).or_default();
            *count += 1;
            kinds.insert(item.kind);
        }
        // The list that a term stands in, and the row that a cell does.
        let mut within: HashMap<String, String> = HashMap::new();
        self.material.walk_places(&mut |place| {
            if let (Sort::Entry | Sort::Cell, Some(outer)) = (place.sort, place.within) {
                within.insert(place.id.to_string(), outer.to_string());
            }
        });
        let ids = self.sheets.get(SheetName::Ids as usize).map(|sheet| sheet.rows.clone()).unwrap_or_default();
        let schema = SheetName::Ids.schema();
        for row in ids {
            let cell =
                |column: &str| schema.position(column).and_then(|at| row.cells.get(at)).unwrap_or(&Value::Missing);
            let kind = cell("kind");
            let Some(id) = cell("id").as_text() else { continue };
            if kind.as_text().is_some_and(|kind| NEVER_ASKED.contains(&kind)) {
                continue;
            }
            let of = |id: &str| asked.get(id).map_or(0, |(count, _)| *count);
            let kinds: Vec<&str> =
                asked.get(id).into_iter().flat_map(|(_, kinds)| kinds).map(|kind| kind.as_str()).collect();
            let told = (!self.options.cards.is_empty()).then(|| cards.get(id).copied().unwrap_or_default());
            let cells = [
                ("item_id", cell("id").clone()),
                ("section_id", cell("section_id").clone()),
                ("kind", kind.clone()),
                ("label", cell("label").clone()),
                ("asked", Value::count(of(id))),
                ("asked_within", Value::count(within.get(id).map_or(0, |outer| of(outer)))),
                ("asked_as", Value::words(kinds.join(LIST_SEPARATOR))),
                ("cards", told.map_or(Value::Missing, Value::count)),
                ("page", cell("page").clone()),
            ];
            self.push(SheetName::Coverage, row.span, cells);
        }
    }

    /// Adds the rows of [`SheetName::Diagnostics`]: the problems that the caller tells of, then the cells of all other sheets
    /// that a spreadsheet would alter.
    pub(super) fn diagnose(&mut self, found: &[Finding]) {
        let options = self.options;
        let hazards = hazard::warnings(found.iter());
        let problems = options.diagnostics.iter().map(Cow::Borrowed).chain(hazards.into_iter().map(Cow::Owned));
        for (i, problem) in problems.enumerate() {
            let Diagnostic { code, span, message, hint, .. } = problem.into_owned();
            // A file that can't be read at all has no other place.
            let whole = matches!(code, Code::EmptySource | Code::NotUtf8);
            let source = options.sources.as_ref().map(|sources| sources.locate(span));
            let place =
                source.filter(|_| whole || !span.is_none()).map(|(_, source, within)| source.position(within.start()));
            self.push(
                SheetName::Diagnostics,
                span,
                [
                    ("diagnostic_id", Value::words(format!("{code}.{}", i + 1))),
                    ("code", Value::words(code.to_string())),
                    ("severity", Value::words(code.severity().to_string())),
                    ("file", source.map_or(Value::Missing, |(name, ..)| Value::words(name))),
                    ("line", place.map_or(Value::Missing, |place| Value::count(place.line))),
                    ("column", place.map_or(Value::Missing, |place| Value::count(place.column))),
                    ("message", Value::words(String::from(message))),
                    ("hint", hint.map_or(Value::Missing, |hint| Value::words(String::from(hint)))),
                ],
            );
        }
    }

    fn place_of_item(&self, item: Option<&'a Item>) -> PlaceOfItem<'a> {
        let Some(item) = item else {
            return PlaceOfItem { section: Value::Missing, page: Value::Missing, span: Span::NONE };
        };
        let (_, span, page) = self.place_of(item.about.as_str());
        PlaceOfItem { section: Value::words(item.section.as_str()), page, span }
    }
}

/// Where what an item asks about stands.
struct PlaceOfItem<'a> {
    section: Value<'a>,
    page: Value<'a>,
    span: Span,
}
