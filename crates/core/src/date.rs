//! Calendar dates.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Phrase, phrase};

/// A day of the proleptic Gregorian calendar, written `YYYY-MM-DD` (ISO 8601, RFC 3339 full-date), from the year 1970.
///
/// ```
/// let date: patra_core::Date = "2026-11-24".parse()?;
/// assert_eq!(date.unix_seconds(), 1_795_478_400);
/// # Ok::<(), patra_core::DateError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// A text that is not a date from 1970 to 9999.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateError(String);

impl Date {
    /// The year, from 1970.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub fn day(self) -> u8 {
        self.day
    }

    /// Seconds from 1970-01-01T00:00:00Z to the start of the day in UTC.
    #[must_use]
    pub fn unix_seconds(self) -> i64 {
        // Days before the year, from the rule that every fourth year but not every hundredth but every 400th leaps.
        let y = i64::from(self.year) - 1;
        let before_year = y * 365 + y / 4 - y / 100 + y / 400 - 719_162;
        let before_month: i64 = (1..self.month).map(|m| i64::from(days_in(self.year, m))).sum();
        (before_year + before_month + i64::from(self.day) - 1) * 86_400
    }
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

impl std::str::FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let parse = || {
            let b = text.as_bytes();
            let shape = b.len() == 10
                && b.iter().enumerate().all(|(i, c)| if i == 4 || i == 7 { *c == b'-' } else { c.is_ascii_digit() });
            if !shape {
                return None;
            }
            let (year, month, day) = (text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?);
            let real = year >= 1970 && (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
            real.then_some(Date { year, month, day })
        };
        parse().ok_or_else(|| DateError(text.to_owned()))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Phrase::from(self))
    }
}

impl From<&DateError> for Phrase {
    fn from(error: &DateError) -> Self {
        phrase!("`{$words}` is not a date such as `2026-11-24`", words = &error.0)
    }
}

impl From<DateError> for Phrase {
    fn from(error: DateError) -> Self {
        Phrase::from(&error)
    }
}

impl std::error::Error for DateError {}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_agree_with_known_days() {
        let seconds = |text: &str| text.parse::<Date>().map(Date::unix_seconds);
        assert_eq!(seconds("1970-01-01"), Ok(0));
        assert_eq!(seconds("2000-03-01"), Ok(951_868_800));
        assert_eq!(seconds("2024-02-29"), Ok(1_709_164_800));
    }

    #[test]
    fn only_real_days_are_dates() {
        for text in ["2026-02-29", "2026-13-01", "2026-1-1", "1969-12-31", "२०२६-११-२४", "2026-11-24T", ""]
        {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
        assert_eq!("2026-11-24".parse::<Date>().map(|d| d.to_string()), Ok("2026-11-24".into()));
    }
}
