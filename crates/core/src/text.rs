//! Rich text: the words of a term, a cell or a paragraph.

use std::fmt;

use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Language;

/// The deepest nesting of runs, and of blocks, that a material may have.
pub const MAX_DEPTH: usize = 32;

/// Rich text, as runs in reading order.
///
/// Plain runs that touch are one run, and no run is empty; [`Text::push`] and the readers keep it so. In the stored form
/// a text that is one plain run is a string, any other a list.
///
/// ```
/// use patra_core::Text;
/// assert_eq!(Text::plain("आउटसोर्सिंग").to_plain(), "आउटसोर्सिंग");
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Text(Vec<Run>);

/// A stretch of text with one meaning.
///
/// The enum is exhaustive on purpose: a new kind of run is an error in every exporter until that exporter shows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Run {
    /// Words as they are.
    Plain(String),
    /// Words of strong importance, as a rule in bold.
    Strong(Text),
    /// Words stressed, as a rule in italics; scripts without italics show it otherwise.
    Emphasis(Text),
    /// A superscript: an exponent, the ending of an ordinal.
    Superscript(Text),
    /// A subscript: an index, the base of a logarithm, a number of atoms.
    Subscript(Text),
    /// Words struck out: said to be wrong or no longer so.
    Strikeout(Text),
    /// Code, kept to the letter.
    Code(String),
    /// Words that lead elsewhere.
    Link(Link),
    /// A formula in LaTeX, without delimiters.
    Math(String),
    /// Words that a learner has to supply.
    Gap(Gap),
    /// Words in another language than those around them.
    Language(Tagged),
    /// A line that ends here within its paragraph.
    Break,
}

/// The words and the target of a link.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The words shown.
    pub text: Text,
    /// A URL, or `#` and the id of something in the material.
    pub target: String,
}

/// Whether a link leads to a sound in the source's folder, which a card plays: a file whose name ends in `.mp3`, `.ogg`
/// or `.oga`, in either case.
#[must_use]
pub fn is_sound(target: &str) -> bool {
    let ending = target.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let local = !target.contains("://") && !target.starts_with(['#', '/']);
    local && matches!(ending.as_deref(), Some("mp3" | "ogg" | "oga"))
}

/// A gap: what is hidden, which card hides it, and what is shown in its place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// The words hidden, of whole graphemes.
    pub text: Text,
    /// Gaps with one number are hidden together; from 1. A gap without a number gets the next one that is free in its
    /// sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u16>,
    /// A word of help shown in the gap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

/// Words with their language.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tagged {
    /// The words.
    pub text: Text,
    /// Their language.
    pub language: Language,
}

impl Text {
    /// A text of one plain run; of none where `words` is empty.
    #[must_use]
    pub fn plain(words: impl Into<String>) -> Self {
        let words = words.into();
        Text(if words.is_empty() { Vec::new() } else { vec![Run::Plain(words)] })
    }

    /// The runs, in reading order.
    #[must_use]
    pub fn runs(&self) -> &[Run] {
        &self.0
    }

    /// The runs, to change what is in them and not what they are.
    pub(crate) fn runs_mut(&mut self) -> &mut [Run] {
        &mut self.0
    }

    /// Adds a run at the end: a plain run is joined to a plain run before it, and an empty run is left out.
    pub fn push(&mut self, run: Run) {
        if run.is_empty() {
            return;
        }
        match (self.0.last_mut(), run) {
            (Some(Run::Plain(before)), Run::Plain(words)) => before.push_str(&words),
            (_, run) => self.0.push(run),
        }
    }

    /// Adds all runs of `other` at the end.
    pub fn append(&mut self, other: Text) {
        for run in other.0 {
            self.push(run);
        }
    }

    /// Gives back the room that growing took: for a text that is kept beside many others.
    pub(crate) fn shrink(&mut self) {
        self.0.shrink_to_fit();
    }

    /// Whether there are no words at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether there is nothing to see but white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.0.iter().all(|run| match run {
            Run::Plain(s) | Run::Code(s) | Run::Math(s) => s.trim_start().is_empty(),
            Run::Break => true,
            Run::Strong(_)
            | Run::Emphasis(_)
            | Run::Superscript(_)
            | Run::Subscript(_)
            | Run::Strikeout(_)
            | Run::Link(_)
            | Run::Gap(_)
            | Run::Language(_) => run.inner().is_none_or(Text::is_blank),
        })
    }

    /// Whether there is a letter or a digit.
    pub(crate) fn has_words(&self) -> bool {
        self.0.iter().any(|run| match run {
            Run::Plain(s) | Run::Code(s) | Run::Math(s) => s.chars().any(char::is_alphanumeric),
            Run::Break => false,
            Run::Strong(_)
            | Run::Emphasis(_)
            | Run::Superscript(_)
            | Run::Subscript(_)
            | Run::Strikeout(_)
            | Run::Link(_)
            | Run::Gap(_)
            | Run::Language(_) => run.inner().is_some_and(Text::has_words),
        })
    }

    /// The text on one line: a space for each line break, at any depth.
    pub(crate) fn on_one_line(&self) -> Text {
        let line = |run: &Run| match run {
            Run::Break => Run::Plain(" ".to_owned()),
            run => run.map_inner(Text::on_one_line),
        };
        self.0.iter().map(line).collect()
    }

    /// Visits every run, outer runs before those inside them.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Run)) {
        for run in &self.0 {
            visit(run);
            if let Some(inner) = run.inner() {
                inner.walk(visit);
            }
        }
    }

    /// The gaps, in reading order, each with its number: the one written, or the lowest not yet taken in this text.
    #[must_use]
    pub fn gaps(&self) -> Vec<(u16, &Gap)> {
        let mut gaps = Vec::new();
        self.walk(&mut |run| {
            if let Run::Gap(gap) = run {
                gaps.push(gap);
            }
        });
        let mut taken: std::collections::BTreeSet<u16> = gaps.iter().filter_map(|gap| gap.number).collect();
        let mut next = 1_u16;
        gaps.into_iter()
            .map(|gap| {
                let number = gap.number.unwrap_or_else(|| {
                    while taken.contains(&next) {
                        next = next.saturating_add(1);
                    }
                    taken.insert(next);
                    next
                });
                (number, gap)
            })
            .collect()
    }

    /// How deep runs stand in runs; 0 for plain text.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.0.iter().filter_map(Run::inner).map(|text| 1 + text.depth()).max().unwrap_or(0)
    }
}

impl Run {
    /// The text inside the run, for the kinds that hold one.
    #[must_use]
    pub fn inner(&self) -> Option<&Text> {
        match self {
            Run::Strong(text)
            | Run::Emphasis(text)
            | Run::Superscript(text)
            | Run::Subscript(text)
            | Run::Strikeout(text) => Some(text),
            Run::Link(link) => Some(&link.text),
            Run::Gap(gap) => Some(&gap.text),
            Run::Language(tagged) => Some(&tagged.text),
            Run::Plain(_) | Run::Code(_) | Run::Math(_) | Run::Break => None,
        }
    }

    /// The run with what `change` gives for the text inside it; itself where it holds none.
    #[must_use]
    pub fn map_inner(&self, change: impl FnOnce(&Text) -> Text) -> Run {
        match self {
            Run::Plain(_) | Run::Code(_) | Run::Math(_) | Run::Break => self.clone(),
            Run::Strong(text) => Run::Strong(change(text)),
            Run::Emphasis(text) => Run::Emphasis(change(text)),
            Run::Superscript(text) => Run::Superscript(change(text)),
            Run::Subscript(text) => Run::Subscript(change(text)),
            Run::Strikeout(text) => Run::Strikeout(change(text)),
            Run::Link(link) => Run::Link(Link { text: change(&link.text), target: link.target.clone() }),
            Run::Gap(gap) => Run::Gap(Gap { text: change(&gap.text), number: gap.number, hint: gap.hint.clone() }),
            Run::Language(tagged) => {
                Run::Language(Tagged { text: change(&tagged.text), language: tagged.language.clone() })
            }
        }
    }

    /// The version of the stored form that first had runs of this kind.
    pub(crate) fn since(&self) -> u64 {
        match self {
            Run::Superscript(_) | Run::Subscript(_) | Run::Strikeout(_) => 2,
            _ => 1,
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Run::Plain(s) | Run::Code(s) | Run::Math(s) => s.is_empty(),
            Run::Break => false,
            // A link without words still has a target, and a gap without words is a mistake to report, not to hide.
            Run::Link(_) | Run::Gap(_) => false,
            Run::Strong(text)
            | Run::Emphasis(text)
            | Run::Superscript(text)
            | Run::Subscript(text)
            | Run::Strikeout(text) => text.is_empty(),
            Run::Language(tagged) => tagged.text.is_empty(),
        }
    }
}

impl FromIterator<Run> for Text {
    fn from_iter<I: IntoIterator<Item = Run>>(runs: I) -> Self {
        let mut text = Text::default();
        runs.into_iter().for_each(|run| text.push(run));
        text
    }
}

impl From<&str> for Text {
    fn from(words: &str) -> Self {
        Text::plain(words)
    }
}

impl From<String> for Text {
    fn from(words: String) -> Self {
        Text::plain(words)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not `{:?}` of the string, which would escape the marks of Indic scripts.
        match self.0.as_slice() {
            [Run::Plain(words)] => write!(f, "\"{words}\""),
            runs => f.debug_list().entries(runs).finish(),
        }
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [] => serializer.serialize_str(""),
            [Run::Plain(words)] => serializer.serialize_str(words),
            runs => serializer.collect_seq(runs),
        }
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;
        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text: a string, or a list of runs")
            }

            fn visit_str<E: de::Error>(self, words: &str) -> Result<Text, E> {
                Ok(Text::plain(words))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut runs: A) -> Result<Text, A::Error> {
                let mut text = Text::default();
                while let Some(run) = runs.next_element()? {
                    text.push(run);
                }
                Ok(text)
            }
        }
        deserializer.deserialize_any(TextVisitor)
    }
}

const KINDS: [&str; 11] =
    ["strong", "emphasis", "superscript", "subscript", "strikeout", "code", "link", "math", "gap", "language", "break"];

impl Serialize for Run {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Run::Plain(words) = self {
            return serializer.serialize_str(words);
        }
        let mut map = serializer.serialize_map(Some(1))?;
        match self {
            Run::Plain(_) => {}
            Run::Strong(text) => map.serialize_entry("strong", text)?,
            Run::Emphasis(text) => map.serialize_entry("emphasis", text)?,
            Run::Superscript(text) => map.serialize_entry("superscript", text)?,
            Run::Subscript(text) => map.serialize_entry("subscript", text)?,
            Run::Strikeout(text) => map.serialize_entry("strikeout", text)?,
            Run::Code(code) => map.serialize_entry("code", code)?,
            Run::Link(link) => map.serialize_entry("link", link)?,
            Run::Math(tex) => map.serialize_entry("math", tex)?,
            Run::Gap(gap) => map.serialize_entry("gap", gap)?,
            Run::Language(tagged) => map.serialize_entry("language", tagged)?,
            Run::Break => map.serialize_entry("break", &true)?,
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Run {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RunVisitor;
        impl<'de> Visitor<'de> for RunVisitor {
            type Value = Run;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a run: a string, or an object with one key that names its kind")
            }

            fn visit_str<E: de::Error>(self, words: &str) -> Result<Run, E> {
                Ok(Run::Plain(words.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Run, A::Error> {
                let Some(kind) = map.next_key::<String>()? else {
                    return Err(de::Error::custom("a run needs one key that names its kind"));
                };
                let run = match kind.as_str() {
                    "strong" => Run::Strong(map.next_value()?),
                    "emphasis" => Run::Emphasis(map.next_value()?),
                    "superscript" => Run::Superscript(map.next_value()?),
                    "subscript" => Run::Subscript(map.next_value()?),
                    "strikeout" => Run::Strikeout(map.next_value()?),
                    "code" => Run::Code(map.next_value()?),
                    "link" => Run::Link(map.next_value()?),
                    "math" => Run::Math(map.next_value()?),
                    "gap" => Run::Gap(map.next_value()?),
                    "language" => Run::Language(map.next_value()?),
                    "break" => {
                        if !map.next_value::<bool>()? {
                            return Err(de::Error::custom("`break` can only be `true`"));
                        }
                        Run::Break
                    }
                    other => return Err(de::Error::unknown_variant(other, &KINDS)),
                };
                match map.next_key::<String>()? {
                    None => Ok(run),
                    Some(extra) => {
                        Err(de::Error::custom(format_args!("a run has one key, but `{extra}` follows `{kind}`")))
                    }
                }
            }
        }
        deserializer.deserialize_any(RunVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gap(text: &str, number: Option<u16>) -> Run {
        Run::Gap(Gap { text: text.into(), number, hint: None })
    }

    #[test]
    fn plain_runs_join_and_empty_ones_go() {
        let text: Text =
            [Run::Plain("क".into()), Run::Plain(String::new()), Run::Plain("ि".into()), Run::Strong(Text::default())]
                .into_iter()
                .collect();
        assert_eq!(text, Text::plain("कि"));
    }

    #[test]
    fn gaps_without_a_number_take_the_lowest_free() {
        let text: Text = [gap("क", None), gap("ख", Some(1)), gap("ग", None), gap("घ", Some(1))].into_iter().collect();
        let numbers: Vec<u16> = text.gaps().into_iter().map(|(n, _)| n).collect();
        assert_eq!(numbers, [2, 1, 3, 1]);
    }

    #[test]
    fn the_stored_form_reads_back() -> Result<(), serde_json::Error> {
        let text: Text =
            [Run::Plain("a ".into()), Run::Strong("b".into()), gap("c", Some(3)), Run::Break, Run::Math("x^2".into())]
                .into_iter()
                .collect();
        let json = serde_json::to_string(&text)?;
        assert_eq!(json, r#"["a ",{"strong":"b"},{"gap":{"text":"c","number":3}},{"break":true},{"math":"x^2"}]"#);
        assert_eq!(serde_json::from_str::<Text>(&json)?, text);
        assert_eq!(serde_json::to_string(&Text::plain("क्ष"))?, "\"क्ष\"");
        Ok(())
    }

    #[test]
    fn a_run_of_no_kind_is_refused_in_its_place() {
        let error = serde_json::from_str::<Text>("[\"a\",\n {\"bold\": \"b\"}]").map_err(|e| (e.line(), e.to_string()));
        assert!(matches!(&error, Err((2, message)) if message.contains("bold")), "{error:?}");
        assert!(serde_json::from_str::<Text>(r#"[{"strong":"a","code":"b"}]"#).is_err());
    }
}
