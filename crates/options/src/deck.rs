//! How the deck is made: `[deck]`.

use patra_anki::DeckFormat;
use patra_core::noun;

use crate::declaration::{DefaultValue, Group, Keyword, Meaning, OptionSpec, Values};
use crate::options::Options;

/// A switch whose name is one word.
const fn switch(name: &'static str, set: fn(&mut Options), help: &'static str) -> OptionSpec {
    OptionSpec {
        name,
        name_in_file: name,
        python: Keyword::same(name),
        group: Group::Deck,
        values: Values::Switch(set),
        default: DefaultValue::Nothing,
        help,
    }
}

pub(crate) const OPTIONS: &[OptionSpec] = &[
    switch(
        "subdecks",
        |options| options.deck.package.subdecks = true,
        noun!("Put the cards of each section into a subdeck. Without it, a section's tag finds its cards"),
    ),
    switch(
        "preset",
        |options| options.deck.package.preset = true,
        noun!("Add a preset of options. Anki imports it if \"Import any deck presets\" is ticked"),
    ),
    switch(
        "reversed",
        |options| options.deck.package.reversed = true,
        noun!(
            "Ask both directions of a term on the two cards of one note. Without it, each direction is a note of its own. In a deck that learners already have, reviews stay with the old notes"
        ),
    ),
    switch(
        "typed",
        |options| options.deck.package.typed = true,
        noun!(
            "Ask learners to type answers that are a term or a name. In a deck that learners already have, reviews stay with the old notes"
        ),
    ),
    switch(
        "speech",
        |options| options.deck.package.speech = true,
        noun!("Read cards aloud in the voice that the learner's device has for the language"),
    ),
    switch(
        "translation",
        |options| options.deck.translation = true,
        noun!(
            "Show the words of another edition below each card. The first other edition among the sources is shown; it is an error if there is none"
        ),
    ),
    OptionSpec {
        python: Keyword { name: "format", meaning: Meaning::Named(["current", "legacy"]) },
        ..switch(
            "legacy",
            |options| options.deck.package.format = DeckFormat::Legacy,
            noun!("Write the larger form of a deck that every Anki since 2.0 reads"),
        )
    },
    OptionSpec {
        python: Keyword::same("omit_retired"),
        ..switch(
            "omit-retired",
            |options| options.deck.package.omit_retired = true,
            noun!("Leave out the notes that mark what is no longer asked. Meant for learners who begin now"),
        )
    },
];
