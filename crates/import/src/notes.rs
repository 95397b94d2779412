//! What a reader tells of a source, bounded.

use std::collections::BTreeMap;

use patra_core::{Code, Diagnostic, Span, phrase};

/// So many of one kind are told one by one. No person reads more, and a source of a million headings would take more memory
/// for what is said of it than for itself.
const MOST: usize = 1_000;

/// Diagnostics as they are found; of each code the first [`MOST`], and how many more there were.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    told: Vec<Diagnostic>,
    counts: BTreeMap<Code, usize>,
    /// Where the first stood that isn't told.
    first: BTreeMap<Code, Span>,
}

impl Notes {
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        let count = self.counts.entry(diagnostic.code).or_default();
        *count += 1;
        if *count <= MOST {
            self.told.push(diagnostic);
        } else {
            self.first.entry(diagnostic.code).or_insert(diagnostic.span);
        }
    }

    /// What is to be told, in the order of the source.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        for (code, span) in self.first {
            let more = self.counts.get(&code).copied().unwrap_or_default().saturating_sub(MOST);
            let message =
                phrase!("and so on: {$more} more of this kind from here on, which are not told one by one", more);
            self.told.push(Diagnostic::new(code, span, message));
        }
        self.told.sort_by_key(|diagnostic| diagnostic.span.start());
        self.told
    }
}

impl Extend<Diagnostic> for Notes {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: I) {
        diagnostics.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_too_often_is_counted() {
        let mut notes = Notes::default();
        for at in 0..MOST + 5 {
            notes.push(Diagnostic::new(Code::Guessed, Span::new(at, at + 1), "a guess"));
        }
        notes.push(Diagnostic::new(Code::KeptAsText, Span::new(3, 4), "kept"));
        let told = notes.finish();
        assert_eq!(told.len(), MOST + 2);
        assert!(told[MOST + 1].message.contains("5 more"), "{}", told[MOST + 1]);
    }
}
