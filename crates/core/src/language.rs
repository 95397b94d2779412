//! Languages by their BCP 47 tags.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Phrase, phrase};
use unic_langid::LanguageIdentifier;

/// A language, by its BCP 47 tag: `hi`, `en-IN`, `ur-Arab`, `pa-Guru`.
///
/// ```
/// use patra_core::{Direction, Language};
/// let urdu: Language = "ur".parse()?;
/// assert_eq!(urdu.direction(), Direction::RightToLeft);
/// # Ok::<(), patra_core::LanguageError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language(LanguageIdentifier);

/// Which way a language's lines run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// As in Hindi.
    LeftToRight,
    /// As in Urdu.
    RightToLeft,
}

/// A tag that is not well-formed BCP 47.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanguageError(String);

impl Language {
    /// The primary language subtag: `hi` of `hi-IN`; `und` where the language is not known.
    #[must_use]
    pub fn primary(&self) -> &str {
        self.0.language.as_str()
    }

    /// The script subtag (ISO 15924), where the tag has one.
    #[must_use]
    pub fn script(&self) -> Option<&str> {
        self.0.script.as_ref().map(|s| s.as_str())
    }

    /// Which way its lines run, by its script where the tag names one and else by the language's usual script.
    #[must_use]
    pub fn direction(&self) -> Direction {
        const SCRIPTS: [&str; 5] = ["Arab", "Aran", "Hebr", "Thaa", "Syrc"];
        // Not the table of unic-langid: it has every language that some script writes from right to left, and so Punjabi.
        const LANGUAGES: [&str; 13] = ["ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"];
        let rtl = match self.script() {
            Some(script) => SCRIPTS.contains(&script),
            None => LANGUAGES.contains(&self.primary()),
        };
        if rtl { Direction::RightToLeft } else { Direction::LeftToRight }
    }
}

impl Default for Language {
    /// `und`, the language that is not determined.
    fn default() -> Self {
        Language(LanguageIdentifier::default())
    }
}

impl std::str::FromStr for Language {
    type Err = LanguageError;

    fn from_str(tag: &str) -> Result<Self, LanguageError> {
        tag.trim().parse().map(Language).map_err(|_| LanguageError(tag.to_owned()))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for LanguageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Phrase::from(self))
    }
}

impl From<&LanguageError> for Phrase {
    fn from(error: &LanguageError) -> Self {
        phrase!("`{$words}` is not a language tag such as `hi` or `en-IN`", words = &error.0)
    }
}

impl From<LanguageError> for Phrase {
    fn from(error: LanguageError) -> Self {
        Phrase::from(&error)
    }
}

impl std::error::Error for LanguageError {}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_decides_the_direction() {
        let direction = |tag: &str| tag.parse::<Language>().map(|l| l.direction());
        assert_eq!(direction("hi"), Ok(Direction::LeftToRight));
        assert_eq!(direction("ur"), Ok(Direction::RightToLeft));
        assert_eq!(direction("ur-Deva"), Ok(Direction::LeftToRight));
        assert_eq!(direction("pa"), Ok(Direction::LeftToRight));
        assert_eq!(direction("pa-IN"), Ok(Direction::LeftToRight));
        assert_eq!(direction("pa-Arab"), Ok(Direction::RightToLeft));
        assert_eq!(direction("sd"), Ok(Direction::RightToLeft));
    }

    #[test]
    fn a_word_is_not_a_tag() {
        assert!("हिन्दी".parse::<Language>().is_err());
        assert!("".parse::<Language>().is_err());
        assert_eq!("EN-in".parse::<Language>().map(|l| l.to_string()), Ok("en-IN".into()));
    }
}
