//! Messages in the language of a material, from Fluent files.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use crate::{Language, Material, Run, Text};

/// The languages that have a message file, with its text. English is first: it is what others fall back to.
const FILES: [(&str, &str); 13] = [
    ("en", include_str!("../locales/en.ftl")),
    ("hi", include_str!("../locales/hi.ftl")),
    ("mr", include_str!("../locales/mr.ftl")),
    ("ne", include_str!("../locales/ne.ftl")),
    ("bn", include_str!("../locales/bn.ftl")),
    ("gu", include_str!("../locales/gu.ftl")),
    ("pa", include_str!("../locales/pa.ftl")),
    ("or", include_str!("../locales/or.ftl")),
    ("ta", include_str!("../locales/ta.ftl")),
    ("te", include_str!("../locales/te.ftl")),
    ("kn", include_str!("../locales/kn.ftl")),
    ("ml", include_str!("../locales/ml.ftl")),
    ("ur", include_str!("../locales/ur.ftl")),
];

/// A noncharacter before and after the number of an argument, which no text can hold once a reader has been over it.
const MARK: char = '\u{FDD0}';

/// The messages of one language: how a learner is asked, and the fixed words of the outputs.
///
/// ```
/// use patra_core::Messages;
/// let messages = Messages::new(&"hi".parse()?);
/// assert_eq!(messages.text("ask-full-form", &[("term", &"BPO".into())]).to_plain(), "“BPO” का पूरा रूप क्या है?");
/// # Ok::<(), patra_core::LanguageError>(())
/// ```
pub struct Messages {
    /// The material's own messages.
    own: Option<FluentBundle<FluentResource>>,
    bundle: FluentBundle<FluentResource>,
    english: FluentBundle<FluentResource>,
    found: bool,
    /// Messages already formatted, by their ids: for each list of arguments' names the pieces.
    cache: Mutex<HashMap<String, Vec<Formatted>>>,
}

impl Messages {
    /// The messages of a language, by its primary subtag; English where patra has none for it.
    #[must_use]
    pub fn new(language: &Language) -> Self {
        let file = FILES.iter().find(|(tag, _)| *tag == language.primary());
        let english = bundle(FILES[0].0, FILES[0].1);
        let (tag, text) = file.unwrap_or(&FILES[0]);
        Messages { own: None, bundle: bundle(tag, text), english, found: file.is_some(), cache: Mutex::default() }
    }

    /// The messages of a material: its own, then those of its language. One of its own that is not a Fluent pattern is
    /// passed over; [`Material::problems`] reports it.
    #[must_use]
    pub fn of(material: &Material) -> Self {
        let mut messages = Messages::new(&material.language);
        if !material.messages.is_empty() {
            let mut own = bundle(material.language.primary(), "");
            for (id, pattern) in &material.messages {
                if let Ok(resource) = parse_message(id, pattern) {
                    own.add_resource_overriding(resource);
                }
            }
            messages.own = Some(own);
        }
        messages
    }

    /// The ids of the messages that a language lacks, so that English stands in for them.
    #[must_use]
    pub fn missing(language: &Language) -> Vec<&'static str> {
        let messages = Messages::new(language);
        message_ids(FILES[0].1).filter(|id| !messages.found || !messages.bundle.has_message(id)).collect()
    }

    /// Whether there is a message with this id.
    #[must_use]
    pub fn is_known(id: &str) -> bool {
        message_ids(FILES[0].1).any(|known| known == id)
    }

    /// Whether the language has messages of its own.
    #[must_use]
    pub fn is_native(&self) -> bool {
        self.found
    }

    /// The message `id` with rich text in the place of its arguments. An argument that is a whole number selects plural
    /// forms.
    ///
    /// A message that the language lacks comes in English; one that no language has comes as its id.
    #[must_use]
    pub fn text(&self, id: &str, arguments: &[(&str, &Text)]) -> Text {
        let numbers =
            arguments.iter().any(|(_, value)| matches!(value.runs(), [Run::Plain(words)] if is_number(words)));
        if numbers {
            return fill(&self.pieces(id, arguments), arguments);
        }
        // Without a number to select by, the pieces of a message are always the same: they are formatted once.
        let names = || arguments.iter().map(|(name, _)| *name);
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = cache.get(id).and_then(|all| all.iter().find(|one| names().eq(one.arguments.iter()))) {
            return fill(&known.pieces, arguments);
        }
        let pieces = self.pieces(id, arguments);
        let text = fill(&pieces, arguments);
        let formatted = Formatted { arguments: names().map(str::to_owned).collect(), pieces };
        cache.entry(id.to_owned()).or_default().push(formatted);
        text
    }

    /// A message in pieces: words, and between them the numbers of arguments.
    fn pieces(&self, id: &str, arguments: &[(&str, &Text)]) -> Vec<Piece> {
        let mut args = FluentArgs::new();
        for (index, (name, value)) in arguments.iter().enumerate() {
            match value.runs() {
                [Run::Plain(words)] if is_number(words) => args.set(*name, FluentValue::try_number(words)),
                _ => args.set(*name, FluentValue::from(format!("{MARK}{index}{MARK}"))),
            }
        }
        let formatted = self.format(id, &args);
        let piece = |(i, piece): (usize, &str)| match piece.parse() {
            Ok(index) if i % 2 == 1 => Piece::Argument(index),
            _ => Piece::Words(piece.to_owned()),
        };
        formatted.split(MARK).enumerate().map(piece).collect()
    }

    /// The message `id` with plain words in the place of its arguments, as [`Messages::text`] sets rich ones.
    #[must_use]
    pub fn string(&self, id: &str, arguments: &[(&str, &str)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in arguments {
            args.set(*name, if is_number(value) { FluentValue::try_number(value) } else { FluentValue::from(*value) });
        }
        self.format(id, &args)
    }

    fn format(&self, id: &str, args: &FluentArgs<'_>) -> String {
        self.own
            .iter()
            .chain([&self.bundle, &self.english])
            .find_map(|bundle| {
                let pattern = bundle.get_message(id)?.value()?;
                Some(bundle.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned())
            })
            .unwrap_or_else(|| id.to_owned())
    }
}

/// A message formatted for arguments of these names, none of them a number.
struct Formatted {
    arguments: Vec<String>,
    pieces: Vec<Piece>,
}

/// A piece of a formatted message.
enum Piece {
    Words(String),
    /// The number of the argument that stands here.
    Argument(usize),
}

fn fill(pieces: &[Piece], arguments: &[(&str, &Text)]) -> Text {
    if let Some(words) = fill_plain(pieces, arguments) {
        return Text::plain(words);
    }
    let mut text = Text::default();
    for piece in pieces {
        match piece {
            Piece::Words(words) => text.push(Run::Plain(words.clone())),
            Piece::Argument(index) => {
                arguments.get(*index).into_iter().for_each(|(_, value)| text.append((*value).clone()))
            }
        }
    }
    text.shrink();
    text
}

/// The message as one string, where no argument has marks.
fn fill_plain(pieces: &[Piece], arguments: &[(&str, &Text)]) -> Option<String> {
    let words = |piece| match piece {
        &Piece::Argument(index) => match arguments.get(index)?.1.runs() {
            [] => Some(""),
            [Run::Plain(words)] => Some(words.as_str()),
            _ => None,
        },
        Piece::Words(words) => Some(words.as_str()),
    };
    let length = pieces.iter().map(|piece| words(piece).map(str::len)).sum::<Option<usize>>()?;
    let mut out = String::with_capacity(length);
    pieces.iter().filter_map(words).for_each(|words| out.push_str(words));
    Some(out)
}

/// A message of a material's own; its errors, where it is not a Fluent pattern that stands on indented lines.
pub(crate) fn parse_message(id: &str, pattern: &str) -> Result<FluentResource, String> {
    // Lines after the first are indented, which keeps them in the pattern.
    let text = format!("{id} = {}\n", pattern.trim().replace('\n', "\n    "));
    let resource = FluentResource::try_new(text)
        .map_err(|(_, errors)| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))?;
    if resource.entries().count() == 1 { Ok(resource) } else { Err("it is more than one message".to_owned()) }
}

fn message_ids(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split_once(" =").map(|(id, _)| id))
}

fn is_number(words: &str) -> bool {
    (1..=9).contains(&words.len())
        && words.bytes().all(|b| b.is_ascii_digit())
        && (words == "0" || !words.starts_with('0'))
}

fn bundle(tag: &str, text: &str) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![tag.parse().unwrap_or_default()]);
    bundle.set_use_isolating(false);
    // What could be parsed of a file is used; a test holds that every file parses whole.
    let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
    bundle.add_resource_overriding(resource);
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_parses_and_has_every_message() {
        for (tag, text) in FILES {
            assert!(FluentResource::try_new(text.to_owned()).is_ok(), "{tag}");
            assert_eq!(message_ids(text).collect::<Vec<_>>(), message_ids(FILES[0].1).collect::<Vec<_>>(), "{tag}");
            assert_eq!(Messages::missing(&tag.parse().expect("a tag")), [""; 0], "{tag}");
        }
    }

    #[test]
    fn every_message_uses_the_arguments_that_the_english_one_uses() {
        let arguments = |text: &'static str| -> Vec<(&str, std::collections::BTreeSet<&str>)> {
            let lines = text.lines().filter_map(|line| line.split_once(" = ").filter(|(id, _)| !id.starts_with('#')));
            lines
                .map(|(id, pattern)| {
                    (id, pattern.split("{ ").skip(1).filter_map(|rest| rest.split(" }").next()).collect())
                })
                .collect()
        };
        for (tag, text) in FILES {
            assert_eq!(arguments(text), arguments(FILES[0].1), "{tag}");
        }
    }

    #[test]
    fn rich_text_stays_rich_in_a_message() {
        let messages = Messages::new(&"en".parse().expect("a tag"));
        let term: Text = [Run::Strong("B".into()), Run::Plain("PO".into())].into_iter().collect();
        let text = messages.text("ask-full-form", &[("term", &term)]);
        assert_eq!(text.runs().len(), 3);
        assert_eq!(text.to_plain(), "What does “BPO” stand for?");
        assert_eq!(messages.text("ask-full-form", &[("term", &"007".into())]).to_plain(), "What does “007” stand for?");
        assert_eq!(messages.string("page", &[("number", "2"), ("total", "5")]), "2 / 5");
    }

    #[test]
    fn a_material_brings_messages_of_its_own() {
        let mut material = Material { language: "en".parse().expect("a tag"), ..Material::default() };
        material.messages.insert("ask-full-form".into(), "{ $term } = …?\nWrite it out.".into());
        material.messages.insert("ask-meaning".into(), "{ $term".into());
        let messages = Messages::of(&material);
        assert_eq!(messages.text("ask-full-form", &[("term", &"BPO".into())]).to_plain(), "BPO = …?\nWrite it out.");
        assert_eq!(messages.text("ask-meaning", &[("term", &"BPO".into())]).to_plain(), "What does “BPO” mean?");
        assert!(parse_message("a", "b\nc = d").is_ok());
        assert!(parse_message("a", "").is_err());
    }

    #[test]
    fn a_language_without_messages_falls_back_to_english() {
        let messages = Messages::new(&"sa".parse().expect("a tag"));
        assert!(!messages.is_native());
        assert_eq!(messages.string("answer", &[]), "Answer");
        assert_eq!(messages.string("no-such-message", &[]), "no-such-message");
    }
}
