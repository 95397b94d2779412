//! Pictures: what is read of a PNG or JPEG file to show it.

use std::rc::Rc;

use lopdf::{Document, ObjectId, Stream, dictionary};

/// A picture that a PDF can hold.
#[derive(Clone, Debug)]
pub(crate) struct Picture {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) kind: Kind,
    pub(crate) data: Rc<[u8]>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A JPEG file as it is, with its number of colour components.
    Jpeg(u8),
}

/// The most pixels a picture may have, by its own account.
const MOST_PIXELS: u64 = 100_000_000;

impl Picture {
    /// Reads what is needed of a file, or tells why it can't be shown.
    pub(crate) fn read(bytes: &[u8]) -> Result<Picture, String> {
        if bytes.starts_with(&[0xff, 0xd8]) {
            let (width, height, components) = jpeg_frame(bytes).ok_or("it is not a whole JPEG file")?;
            if width == 0 || height == 0 || u64::from(width) * u64::from(height) > MOST_PIXELS {
                return Err(format!("it has {width} × {height} pixels"));
            }
            return Ok(Picture { width, height, kind: Kind::Jpeg(components), data: bytes.into() });
        }
        Err("it is of a kind that patra can't show yet".to_owned())
    }

    /// Adds it to a document.
    pub(crate) fn object(&self, document: &mut Document) -> ObjectId {
        let Kind::Jpeg(components) = self.kind;
        let space = match components {
            1 => "DeviceGray",
            4 => "DeviceCMYK",
            _ => "DeviceRGB",
        };
        let about = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Image",
            "Width" => i64::from(self.width),
            "Height" => i64::from(self.height),
            "ColorSpace" => space,
            "BitsPerComponent" => 8,
            "Filter" => "DCTDecode",
        };
        document.add_object(Stream::new(about, self.data.to_vec()).with_compression(false))
    }

    /// Its width and height on paper, in points: 96 pixels to the inch, but no more than the room there is.
    pub(crate) fn fitted(&self, width: f32, height: f32) -> (f32, f32) {
        let (own_width, own_height) = (self.width as f32 * 0.75, self.height as f32 * 0.75);
        let scale = (width / own_width).min(height / own_height).min(1.0);
        (own_width * scale, own_height * scale)
    }
}

/// Width, height and number of components, from the frame header (ITU-T T.81, B.2.2).
fn jpeg_frame(bytes: &[u8]) -> Option<(u32, u32, u8)> {
    let mut at = 2;
    loop {
        let marker = *bytes.get(at + 1)?;
        if *bytes.get(at)? != 0xff {
            return None;
        }
        if marker == 0xff {
            at += 1;
            continue;
        }
        let number = |at: usize| bytes.get(at..at + 2).map(|b| u32::from(u16::from_be_bytes([b[0], b[1]])));
        if matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
            return Some((number(at + 7)?, number(at + 5)?, *bytes.get(at + 9)?));
        }
        at += 2 + number(at + 2)? as usize;
    }
}
