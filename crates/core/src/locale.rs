//! The languages in which patra speaks to a person.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;

use crate::catalogue::{Forms, parse};

/// The language in which problems are told. What is made of a material never depends on it: that is in the material's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Locale {
    /// English, which the templates are in.
    #[default]
    English,
    /// Hindi.
    Hindi,
}

/// The catalogue of Hindi: a PO file as GNU gettext defines it, with an entry for each English template.
const HINDI: &str = include_str!("../locales/diagnostics.hi.po");

impl Locale {
    /// Every language.
    pub const ALL: &[Locale] = &[Locale::English, Locale::Hindi];

    /// The language of the user, by the environment's variables `LC_ALL`, `LC_MESSAGES` and `LANG`: of these the first that is
    /// set and not empty counts (POSIX.1-2017, XBD 8.2). English where it is none of patra's.
    ///
    /// ```
    /// use patra_core::Locale;
    /// let named = |name: &str| (name == "LANG").then(|| "hi_IN.UTF-8".to_owned());
    /// assert_eq!(Locale::of_environment(named), Locale::Hindi);
    /// ```
    #[must_use]
    pub fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &&str| variable(name).filter(|value| !value.is_empty());
        let name = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(set);
        name.and_then(|name| name.parse().ok()).unwrap_or_default()
    }

    /// Its BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Locale::English => "en",
            Locale::Hindi => "hi",
        }
    }

    /// Its catalogue: the translations by their English templates, each with one form, or with two where it has a plural. English
    /// has none.
    #[must_use]
    pub fn catalogue(self) -> BTreeMap<&'static str, &'static [String]> {
        self.entries()
            .map(|entries| entries.iter().map(|(id, forms)| (id.as_str(), forms.all())).collect())
            .unwrap_or_default()
    }

    /// The translation of a template.
    pub(crate) fn forms(self, template: &str) -> Option<&'static Forms> {
        self.entries()?.get(template)
    }

    fn entries(self) -> Option<&'static HashMap<String, Forms>> {
        static CATALOGUE: OnceLock<HashMap<String, Forms>> = OnceLock::new();
        match self {
            Locale::English => None,
            // What could be read of it is used; a test holds that all of it can.
            Locale::Hindi => Some(CATALOGUE.get_or_init(|| parse(HINDI).unwrap_or_else(|(read, _)| read))),
        }
    }
}

/// By the tag of its language, or the name of a locale that begins with it: `hi`, `hi-IN`, `hi_IN.UTF-8@latin`.
impl FromStr for Locale {
    type Err = LocaleError;

    fn from_str(name: &str) -> Result<Self, LocaleError> {
        let language = name.split(['_', '-', '.', '@']).next().unwrap_or_default();
        let known = Locale::ALL.iter().find(|locale| locale.tag().eq_ignore_ascii_case(language));
        known.copied().ok_or_else(|| LocaleError(name.to_owned()))
    }
}

/// A language in which patra does not speak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocaleError(String);

impl fmt::Display for LocaleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "patra speaks no `{}`; it speaks `hi` and `en`", self.0)
    }
}

impl std::error::Error for LocaleError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_can_be_read() {
        assert_eq!(parse(HINDI).map_err(|(_, line)| line).err(), None);
    }

    #[test]
    fn the_first_variable_that_is_set_counts() {
        let of = |all: &str, messages: &str, lang: &str| {
            Locale::of_environment(|name| {
                let value = match name {
                    "LC_ALL" => all,
                    "LC_MESSAGES" => messages,
                    "LANG" => lang,
                    _ => "hi",
                };
                (value != "unset").then(|| value.to_owned())
            })
        };
        assert_eq!(of("unset", "unset", "unset"), Locale::English);
        assert_eq!(of("", "", "hi_IN"), Locale::Hindi);
        assert_eq!(of("C", "hi_IN.UTF-8", "hi_IN.UTF-8"), Locale::English);
        assert_eq!(of("unset", "hi", "en_US.UTF-8"), Locale::Hindi);
        assert_eq!(of("hi_IN.UTF-8", "C", "C"), Locale::Hindi);
        assert_eq!(of("unset", "unset", "mr_IN.UTF-8"), Locale::English);
        // `hif` is Fiji Hindi and `hil` is Hiligaynon.
        assert_eq!(of("unset", "unset", "hil_PH"), Locale::English);
    }
}
