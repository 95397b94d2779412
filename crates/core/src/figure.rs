//! Pictures.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Id, Span, Text};

/// A picture, by the name of its file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// The picture's file, relative to the source's folder, with `/` between folders.
    pub source: String,
    /// What the picture shows, for those who can't see it. Required for an accessible handout.
    pub alt: String,
    /// What is printed below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<Text>,
    /// Parts of the picture that are asked: what each is called and where it lies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<Region>,
    /// Where it stood.
    #[serde(skip)]
    pub span: Span,
}

/// A part of a picture, which a card covers and asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// Its id; derived from its name where the author gave none.
    #[serde(default, skip_serializing_if = "Id::is_unset")]
    pub id: Id,
    /// What it shows.
    pub name: Text,
    /// Where it lies.
    pub at: Rectangle,
}

/// A rectangle in a picture, in ten-thousandths of the picture's width and height, from its left upper corner.
///
/// In the stored form it is four numbers from 0 to 1: left, top, width and height.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rectangle([u16; 4]);

impl Rectangle {
    /// The whole of a width or a height.
    pub const WHOLE: u16 = 10_000;

    /// A rectangle from its left, top, width and height; `None` where it is empty or leaves the picture.
    #[must_use]
    pub fn new(left: u16, top: u16, width: u16, height: u16) -> Option<Self> {
        let within = |start: u16, length: u16| length > 0 && u32::from(start) + u32::from(length) <= Self::WHOLE.into();
        (within(left, width) && within(top, height)).then_some(Rectangle([left, top, width, height]))
    }

    /// Left, top, width and height.
    #[must_use]
    pub fn parts(self) -> [u16; 4] {
        self.0
    }
}

impl Serialize for Rectangle {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.map(|part| f64::from(part) / f64::from(Self::WHOLE)).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Rectangle {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let [left, top, width, height] = <[f64; 4]>::deserialize(deserializer)?.map(|part| {
            let part = (part * f64::from(Self::WHOLE)).round();
            // What is outside becomes what no rectangle has.
            if (0.0..=f64::from(Self::WHOLE)).contains(&part) { part as u16 } else { u16::MAX }
        });
        Rectangle::new(left, top, width, height).ok_or_else(|| {
            serde::de::Error::custom(
                "a region is empty or leaves its picture: its numbers are left, top, width and height, from 0 to 1",
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rectangle_lies_in_its_picture() {
        let read = |json: &str| serde_json::from_str::<Rectangle>(json);
        let half = Rectangle::new(2500, 0, 5000, 10_000).expect("inside");
        assert_eq!(read("[0.25, 0, 0.5, 1]").expect("inside"), half);
        assert_eq!(serde_json::to_string(&half).expect("numbers"), "[0.25,0.0,0.5,1.0]");
        for outside in ["[0.6, 0, 0.5, 1]", "[0, 0, 0, 1]", "[-0.1, 0, 0.5, 1]", "[0, 0, 1e9, 1]", "[0, 0, 1]"] {
            assert!(read(outside).is_err(), "{outside}");
        }
    }
}
