//! What the author wants to have asked.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Kind;
use crate::{Code, Id};

/// Which items are made of a material; without settings, those of the [usual kinds](Kind::is_usual).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PracticeSettings {
    /// The kinds to make throughout the material.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kinds: Option<BTreeSet<Kind>>,
    /// The kinds to make of one thing and all that stands in it, by its id: a section, a definition, a list of terms or
    /// an entry, a comparison, a question, a sentence with gaps. The innermost setting holds; an empty set asks nothing.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub of: BTreeMap<Id, BTreeSet<Kind>>,
    /// Items not to make, by their own ids.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub skip: BTreeSet<Id>,
    /// Advice of the [linter](crate::Material::advice) that is not wanted, throughout the material.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub allow: BTreeSet<Code>,
    /// Advice that is not wanted about one thing and all that stands in it, by its id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub allow_for: BTreeMap<Id, BTreeSet<Code>>,
}

impl PracticeSettings {
    /// Whether the author set nothing.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == PracticeSettings::default()
    }

    /// Whether the author does not want this advice about something, told by its id and those around it.
    pub(crate) fn allows<'a>(&self, code: Code, mut ids: impl Iterator<Item = &'a Id>) -> bool {
        self.allow.contains(&code)
            || (!self.allow_for.is_empty()
                && ids.any(|id| self.allow_for.get(id).is_some_and(|codes| codes.contains(&code))))
    }

    /// Whether the author wants nothing asked of something, told by its id and those around it, from the innermost.
    pub(crate) fn silences<'a>(&self, mut ids: impl Iterator<Item = &'a Id>) -> bool {
        !self.of.is_empty() && ids.find_map(|id| self.of.get(id)).is_some_and(BTreeSet::is_empty)
    }

    /// The kinds to make of something, told by the ids around it, from the outermost to its own.
    pub(super) fn kinds_of<'a>(&'a self, ids: impl DoubleEndedIterator<Item = &'a Id>) -> Option<&'a BTreeSet<Kind>> {
        if self.of.is_empty() {
            return self.kinds.as_ref();
        }
        ids.rev().find_map(|id| self.of.get(id)).or(self.kinds.as_ref())
    }
}
