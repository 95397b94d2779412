//! Room to write an answer on paper.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Phrase, phrase};

/// Room to write an answer, which a paper leaves below the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
#[non_exhaustive]
pub enum Room {
    /// Ruled lines, from 1 to [`MAX_LINES`](Room::MAX_LINES).
    Lines(u16),
    /// Blank space for a drawing or a calculation: its height in millimetres, from 1 to [`MAX_SPACE`](Room::MAX_SPACE).
    Space(u16),
}

impl Room {
    /// The most ruled lines below one question: about three pages of A4.
    pub const MAX_LINES: u16 = 100;

    /// The tallest blank space below one question, in millimetres: about two pages of A4.
    pub const MAX_SPACE: u16 = 500;

    /// So many ruled lines, from a whole number such as `8`.
    ///
    /// # Errors
    /// If `words` is not a whole number from 1 to [`MAX_LINES`](Room::MAX_LINES).
    pub fn lines(words: &str) -> Result<Self, RoomError> {
        let number = whole(words).filter(|number| (1..=Room::MAX_LINES).contains(number));
        number.map(Room::Lines).ok_or_else(|| RoomError::Lines(words.to_owned()))
    }

    /// Blank space of a height, from a whole number with its unit such as `60mm` or `6cm`.
    ///
    /// # Errors
    /// If `words` is not such a height, or the height is not from 1 to [`MAX_SPACE`](Room::MAX_SPACE) millimetres.
    pub fn space(words: &str) -> Result<Self, RoomError> {
        let height = match words.strip_suffix("cm") {
            Some(number) => whole(number).and_then(|number| number.checked_mul(10)),
            None => words.strip_suffix("mm").and_then(whole),
        };
        let height = height.filter(|height| (1..=Room::MAX_SPACE).contains(height));
        height.map(Room::Space).ok_or_else(|| RoomError::Space(words.to_owned()))
    }
}

/// A whole number without a sign or leading zeros.
fn whole(digits: &str) -> Option<u16> {
    if digits.starts_with(['+', '0']) { None } else { digits.parse().ok() }
}

/// Words that describe no [`Room`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RoomError {
    /// A number of lines that is not a whole number within the bounds.
    Lines(String),
    /// A height that is not well-formed or not within the bounds.
    Space(String),
    /// Neither lines nor space, or both.
    Ambiguous,
}

impl From<&RoomError> for Phrase {
    fn from(error: &RoomError) -> Self {
        match error {
            RoomError::Lines(words) => {
                phrase!("`{$words}` is not a number of lines from 1 to {$limit}", words, limit = Room::MAX_LINES)
            }
            RoomError::Space(words) => phrase!(
                "`{$words}` is not a height such as `60mm` or `6cm`, up to {$limit}mm",
                words,
                limit = Room::MAX_SPACE
            ),
            RoomError::Ambiguous => phrase!("room to write is either lines or space"),
        }
    }
}

impl From<RoomError> for Phrase {
    fn from(error: RoomError) -> Self {
        Phrase::from(&error)
    }
}

impl fmt::Display for RoomError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Phrase::from(self))
    }
}

impl std::error::Error for RoomError {}

/// A room as the stored form has it: `{"lines": 8}` or `{"space": "60mm"}`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lines: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    space: Option<String>,
}

impl From<Room> for Stored {
    fn from(room: Room) -> Self {
        match room {
            Room::Lines(lines) => Stored { lines: Some(lines), space: None },
            Room::Space(height) => Stored { lines: None, space: Some(format!("{height}mm")) },
        }
    }
}

impl TryFrom<Stored> for Room {
    type Error = RoomError;

    fn try_from(stored: Stored) -> Result<Self, RoomError> {
        match (stored.lines, stored.space) {
            (Some(lines), None) => Room::lines(&lines.to_string()),
            (None, Some(space)) => Room::space(&space),
            _ => Err(RoomError::Ambiguous),
        }
    }
}

/// The form of the attribute that asks for it: `lines=8` or `space=60mm`.
impl fmt::Display for Room {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Room::Lines(lines) => write!(f, "lines={lines}"),
            Room::Space(height) => write!(f, "space={height}mm"),
        }
    }
}

impl FromStr for Room {
    type Err = RoomError;

    /// A room from the form that it is printed in.
    fn from_str(words: &str) -> Result<Self, RoomError> {
        match words.split_once('=') {
            Some(("lines", number)) => Room::lines(number),
            Some(("space", height)) => Room::space(height),
            _ => Err(RoomError::Ambiguous),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rooms_are_read_as_they_are_printed() {
        for room in [Room::Lines(1), Room::Lines(Room::MAX_LINES), Room::Space(60), Room::Space(Room::MAX_SPACE)] {
            assert_eq!(room.to_string().parse(), Ok(room));
            let json = serde_json::to_string(&room).expect("JSON");
            assert_eq!(serde_json::from_str::<Room>(&json).expect("a room"), room, "{json}");
        }
        assert_eq!(Room::space("6cm"), Ok(Room::Space(60)));
    }

    #[test]
    fn bounds_and_units_are_held() {
        for words in ["0", "101", "-1", "+8", "08", "8mm", "eight", "", "70000"] {
            assert_eq!(Room::lines(words), Err(RoomError::Lines(words.to_owned())));
        }
        for words in ["0mm", "501mm", "12 mm", "012mm", "51cm", "60", "6in", "mm", "9999cm", "1.5cm"] {
            assert_eq!(Room::space(words), Err(RoomError::Space(words.to_owned())));
        }
        for json in ["{}", r#"{"lines":3,"space":"60mm"}"#, r#"{"lines":0}"#, r#"{"space":60}"#, r#"{"rows":3}"#] {
            assert!(serde_json::from_str::<Room>(json).is_err(), "{json}");
        }
    }
}
