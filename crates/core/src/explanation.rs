//! What the codes of problems mean, at more length than a message has room for.

use crate::{Code, Locale};

/// What a code means, how it comes about and what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explanation {
    /// What the code stands for, in a sentence.
    pub meaning: &'static str,
    /// More of it, in paragraphs; empty where the sentence says all.
    pub more: &'static str,
    /// A source in patra's Markdown that has the problem, where one alone can have it.
    pub example: Option<&'static str>,
    /// What to do about it.
    pub remedy: &'static str,
}

const ENGLISH: &str = include_str!("../explanations/en.md");
const HINDI: &str = include_str!("../explanations/hi.md");

/// What stands around an example.
const FENCE: &str = "```markdown\n";

impl Code {
    /// What the code means, in a language.
    ///
    /// ```
    /// use patra_core::{Code, Locale};
    /// let explanation = Code::NoRightChoice.explanation(Locale::English);
    /// assert_eq!(explanation.remedy, "Mark the right choice: `- [x]`.");
    /// ```
    #[must_use]
    pub fn explanation(self, locale: Locale) -> Explanation {
        let english = part(ENGLISH, self);
        let example = english.split_once(FENCE).and_then(|(_, rest)| Some(rest.split_once("```")?.0));
        let words = match locale {
            Locale::English => english,
            Locale::Hindi => part(HINDI, self),
        };
        let (before, remedy) = words.split_once("→ ").unwrap_or((words, ""));
        let before = before.split_once(FENCE).map_or(before, |(before, _)| before).trim();
        let (meaning, more) = match locale {
            Locale::English => (self.meaning(), before),
            Locale::Hindi => before.split_once("\n\n").unwrap_or((before, "")),
        };
        Explanation { meaning, more, example, remedy: remedy.trim() }
    }
}

/// The part of a file that is of a code.
fn part(file: &'static str, code: Code) -> &'static str {
    let heading = format!("\n## {code}\n");
    let start = file.find(&heading).map_or(file.len(), |at| at + heading.len());
    let rest = &file[start..];
    rest.find("\n## P").map_or(rest, |end| &rest[..end]).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_explained_in_every_language_and_nothing_else_is() {
        for code in Code::ALL {
            for locale in Locale::ALL {
                let Explanation { meaning, more, remedy, .. } = code.explanation(*locale);
                assert!(meaning.ends_with(['.', '।']), "{code} in {locale:?}: {meaning:?}");
                assert!(remedy.ends_with(['.', '।']), "{code} in {locale:?}: {remedy:?}");
                assert!(!more.contains("```") && !remedy.contains("## "), "{code} in {locale:?}");
            }
        }
        let mut all: Vec<String> = Code::ALL.iter().map(Code::to_string).collect();
        all.sort();
        for file in [ENGLISH, HINDI] {
            let headings: Vec<&str> = file.lines().filter_map(|line| line.strip_prefix("## ")).collect();
            assert_eq!(headings, all);
        }
    }
}
