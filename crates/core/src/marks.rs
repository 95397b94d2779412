//! Marks that a question gives.

use std::fmt;
use std::iter::Sum;

use serde::{Deserialize, Serialize};

use crate::{Phrase, phrase};

/// Marks that a question gives, in hundredths so that totals are exact: 1, 2.5, 0.25.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Marks(u32);

impl Marks {
    /// The most marks of one question.
    pub const MOST: u32 = 1000;

    /// Marks as an author writes them: `3`, `2.5`.
    ///
    /// # Errors
    /// If `words` is not a number from 0.01 to [`MOST`](Marks::MOST) with two decimals at most.
    pub fn parse(words: &str) -> Result<Self, MarksError> {
        let error = || MarksError(words.to_owned());
        let (whole, part) = words.split_once('.').unwrap_or((words, "0"));
        let digits = |text: &str| !text.is_empty() && text.len() < 5 && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(part) || part.len() > 2 {
            return Err(error());
        }
        let part = if part.len() == 1 { format!("{part}0") } else { part.to_owned() };
        let hundredths =
            whole.parse::<u32>().ok().zip(part.parse::<u32>().ok()).map(|(whole, part)| 100 * whole + part);
        hundredths.filter(|hundredths| (1..=100 * Marks::MOST).contains(hundredths)).map(Marks).ok_or_else(error)
    }

    /// Whole marks, those begun counted as one.
    #[must_use]
    pub fn rounded_up(self) -> usize {
        usize::try_from(self.0.div_ceil(100)).unwrap_or(usize::MAX)
    }
}

impl fmt::Display for Marks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 100, self.0 % 100);
        match (part, part % 10) {
            (0, _) => write!(f, "{whole}"),
            (_, 0) => write!(f, "{whole}.{}", part / 10),
            _ => write!(f, "{whole}.{part:02}"),
        }
    }
}

impl Sum for Marks {
    fn sum<I: Iterator<Item = Marks>>(all: I) -> Self {
        Marks(all.fold(0, |sum, marks| sum.saturating_add(marks.0)))
    }
}

impl From<Marks> for f64 {
    fn from(marks: Marks) -> f64 {
        f64::from(marks.0) / 100.0
    }
}

impl TryFrom<f64> for Marks {
    type Error = MarksError;

    fn try_from(number: f64) -> Result<Self, MarksError> {
        Marks::parse(&number.to_string())
    }
}

/// Words that are no [`Marks`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarksError(String);

impl From<&MarksError> for Phrase {
    fn from(error: &MarksError) -> Self {
        phrase!(
            "`{$words}` is not a number of marks from 0.01 to {$most}, such as `3` or `2.5`",
            words = &error.0,
            most = Marks::MOST
        )
    }
}

impl From<MarksError> for Phrase {
    fn from(error: MarksError) -> Self {
        Phrase::from(&error)
    }
}

impl fmt::Display for MarksError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Phrase::from(self))
    }
}

impl std::error::Error for MarksError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_as_they_are_printed_and_add_up() {
        for words in ["1", "0.5", "2.25", "80", "1000", "0.01", "3.05"] {
            let marks = Marks::parse(words).expect("marks");
            assert_eq!(marks.to_string(), words);
            let stored = serde_json::to_string(&marks).expect("a number");
            assert_eq!(serde_json::from_str::<Marks>(&stored).expect("marks"), marks, "{stored}");
        }
        assert_eq!(Marks::parse("2.50").map(|marks| marks.to_string()), Ok("2.5".to_owned()));
        for words in ["0", "", "-1", "+1", "1.234", "1000.01", "one", ".5", "5.", "1e3", "१"] {
            assert!(Marks::parse(words).is_err(), "{words}");
        }
        let all: Marks = ["0.1", "0.2", "2.7"].iter().filter_map(|words| Marks::parse(words).ok()).sum();
        assert_eq!((all.to_string().as_str(), all.rounded_up()), ("3", 3));
    }
}
