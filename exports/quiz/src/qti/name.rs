//! Identifiers of QTI: ids brought into ASCII.

use std::collections::BTreeSet;

use patra_core::Id;
use sha2::{Digest, Sha256};

/// The identifiers given so far.
#[derive(Default)]
pub(crate) struct Names {
    given: BTreeSet<String>,
}

impl Names {
    /// The identifier of a thing, unlike every other in the package.
    pub(crate) fn give(&mut self, id: &Id) -> String {
        let name = ncname(id.as_str());
        let mut unlike = name.clone();
        let mut count = 2;
        // An author's id may look like what is made of another.
        while !self.given.insert(unlike.to_lowercase()) {
            unlike = format!("{name}-{count}");
            count += 1;
        }
        unlike
    }
}

/// An id as an NCName (Namespaces in XML 1.0) of ASCII alone, since many systems take no other: the id itself where it is one,
/// else a digest of it with its ASCII ending, which says what kind of question it is.
pub(crate) fn ncname(id: &str) -> String {
    if id.is_ascii() && id.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return id.to_owned();
    }
    let mut name: String = Sha256::digest(id.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    name.insert_str(0, "q-");
    if let Some((_, kind)) = id.rsplit_once('.').filter(|(_, kind)| kind.is_ascii()) {
        name.push('.');
        name.push_str(kind);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_ascii_and_tell_ids_apart() {
        assert_eq!(ncname("call-centre.meaning"), "call-centre.meaning");
        let name = ncname("कॉल-सेंटर.meaning");
        assert!(name.starts_with("q-") && name.ends_with(".meaning") && name.is_ascii(), "{name}");
        assert_ne!(name, ncname("कॉल-सेंटरों.meaning"));
        assert!(ncname("5s.term").starts_with("q-"));
    }

    #[test]
    fn no_two_things_have_one_identifier() {
        let mut names = Names::default();
        let id = |text: &str| Id::new(text).expect("an id");
        let first = names.give(&id("पत्र.term"));
        assert_ne!(names.give(&id(&first)), first);
    }
}
