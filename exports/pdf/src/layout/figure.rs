//! Pictures: what is read of a PNG, JPEG or SVG file to show it.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::svg::Drawing;
use lopdf::{Document, ObjectId, Stream, dictionary};
use patra_core::{Phrase, phrase};

/// A picture that a PDF can hold.
#[derive(Clone, Debug)]
pub(crate) struct Picture {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) kind: Kind,
    pub(crate) data: Rc<[u8]>,
    /// How opaque each pixel is, where some are not wholly.
    pub(crate) opacity: Option<Rc<[u8]>>,
    /// What an SVG file draws; `data` is then the file.
    pub(crate) drawing: Option<Rc<Drawing>>,
    /// Whether `data` and `opacity` are compressed with zlib.
    pub(crate) packed: bool,
    /// The length of its file, in bytes.
    pub(crate) file: u64,
}

/// What is read of a picture's file, once for all figures that show it.
#[derive(Clone, Debug)]
pub(crate) struct ReadPicture {
    pub(crate) picture: Picture,
    /// What of it could not be shown as its author meant it.
    pub(crate) losses: Vec<Phrase>,
    /// Characters in its words that no font has.
    pub(crate) missing: Vec<char>,
}

/// What is known of an edition's pictures, by their names; of those that can't be shown, why.
pub(crate) type Pictures = BTreeMap<String, Rc<Result<ReadPicture, Phrase>>>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A JPEG file as it is, with its number of colour components.
    Jpeg(u8),
    /// Bytes of colour, row by row: one a pixel for grey, three for red, green and blue.
    Pixels(u8),
}

/// The most pixels a picture may have, by its own account.
const MOST_PIXELS: u64 = 40_000_000;

/// The most that the pictures of a paper may unpack to, and how much more for each byte of their files: photographs unpack to ten
/// times their files, and a file made to harm to a thousand times.
const MOST_UNPACKED: u64 = 1 << 30;
const MOST_A_BYTE: u64 = 32;

/// How much of the unpacked pictures of a paper is held as it is, in bytes. What comes after is compressed as it is read.
const MOST_HELD: u64 = 128 << 20;

impl Picture {
    /// Reads what is needed of a file, or tells why it can't be shown.
    pub(crate) fn read(bytes: &[u8]) -> Result<Picture, Phrase> {
        if bytes.starts_with(&[0xff, 0xd8]) {
            let (width, height, components) =
                jpeg_frame(bytes).ok_or_else(|| phrase!("it is not a whole JPEG file"))?;
            if width == 0 || height == 0 || u64::from(width) * u64::from(height) > MOST_PIXELS {
                return Err(phrase!("it has {$width} × {$height} pixels", width, height));
            }
            // The colours of printing presses are not those that PDF/A is told of, and nothing here could turn them into others.
            if components == 4 {
                return Err(phrase!("it is a JPEG file in CMYK, the colours of printing presses"));
            }
            return Ok(Picture {
                width,
                height,
                kind: Kind::Jpeg(components),
                data: bytes.into(),
                opacity: None,
                drawing: None,
                packed: false,
                file: bytes.len() as u64,
            });
        }
        if bytes.starts_with(b"\x89PNG") {
            return png(bytes);
        }
        Err(phrase!("it is neither a PNG, a JPEG nor an SVG file"))
    }

    /// A drawing as a picture.
    pub(crate) fn drawn(drawing: Rc<Drawing>, file: &[u8]) -> Picture {
        let pixels = |size: f32| size.clamp(1.0, 1e9) as u32;
        let (width, height) = (pixels(drawing.width), pixels(drawing.height));
        Picture {
            width,
            height,
            kind: Kind::Pixels(3),
            data: file.into(),
            opacity: None,
            drawing: Some(drawing),
            packed: false,
            file: file.len() as u64,
        }
    }

    /// Bytes that it takes where its pixels are not compressed.
    pub(crate) fn unpacked(&self) -> u64 {
        match self.kind {
            Kind::Pixels(colours) if self.drawing.is_none() => {
                let samples = u64::from(colours) + u64::from(self.opacity.is_some());
                u64::from(self.width) * u64::from(self.height) * samples
            }
            _ => 0,
        }
    }

    /// Compresses its pixels.
    fn pack(&mut self) -> Result<(), Phrase> {
        let packed = |bytes: &[u8]| crate::write::deflated(bytes).map(Rc::from).map_err(|_| phrase!("it is too large"));
        self.data = packed(&self.data)?;
        self.opacity = self.opacity.as_deref().map(packed).transpose()?;
        self.packed = true;
        Ok(())
    }

    /// Adds it to a document.
    ///
    /// `fonts` names the fonts of all pages.
    pub(crate) fn object(&self, document: &mut Document, fonts: ObjectId) -> ObjectId {
        if let Some(drawing) = &self.drawing {
            return crate::write::drawing(document, drawing, fonts);
        }
        let (Kind::Jpeg(components) | Kind::Pixels(components)) = self.kind;
        let space = match components {
            1 => "DeviceGray",
            _ => "DeviceRGB",
        };
        let mut about = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Image",
            "Width" => i64::from(self.width),
            "Height" => i64::from(self.height),
            "ColorSpace" => space,
            "BitsPerComponent" => 8,
        };
        if let Some(opacity) = &self.opacity {
            let mut mask = about.clone();
            mask.set("ColorSpace", "DeviceGray");
            if self.packed {
                mask.set("Filter", "FlateDecode");
            }
            about.set("SMask", document.add_object(Stream::new(mask, opacity.to_vec())));
        }
        let jpeg = matches!(self.kind, Kind::Jpeg(_));
        if jpeg {
            about.set("Filter", "DCTDecode");
        } else if self.packed {
            about.set("Filter", "FlateDecode");
        }
        document.add_object(Stream::new(about, self.data.to_vec()).with_compression(!jpeg && !self.packed))
    }

    /// Its width and height on paper, in points: 96 pixels to the inch, but no more than the room there is.
    pub(crate) fn fitted(&self, width: f32, height: f32) -> (f32, f32) {
        let pixels = self.drawing.as_ref().map_or((self.width as f32, self.height as f32), |d| (d.width, d.height));
        let (own_width, own_height) = (pixels.0 * 0.75, pixels.1 * 0.75);
        let scale = (width / own_width).min(height / own_height).min(1.0);
        (own_width * scale, own_height * scale)
    }
}

/// Reads the file of a picture that is no drawing, beside those that a paper has.
pub(crate) fn read_beside(pictures: &Pictures, bytes: &[u8]) -> Result<Picture, Phrase> {
    let read = pictures.values().filter_map(|read| read.as_ref().as_ref().ok()).map(|read| &read.picture);
    let (unpacked, held, files) = read.fold((0, 0, 0), |(unpacked, held, files), picture| {
        let size = picture.unpacked();
        (unpacked + size, held + if picture.packed { 0 } else { size }, files + picture.file)
    });
    let most = MOST_UNPACKED.max(MOST_A_BYTE * (files + bytes.len() as u64));
    let mut picture = Picture::read(bytes)?;
    if unpacked + picture.unpacked() > most {
        return Err(phrase!("the pictures of this paper unpack to more than {$most} MB", most = most >> 20));
    }
    if held + picture.unpacked() > MOST_HELD {
        picture.pack()?;
    }
    Ok(picture)
}

/// Reads a PNG file to its pixels, its opacity apart.
fn png(bytes: &[u8]) -> Result<Picture, Phrase> {
    let broken = |error: png::DecodingError| phrase!("it is not a whole PNG file: {$error}", error = error.to_string());
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    let mut reader = decoder.read_info().map_err(broken)?;
    let (width, height) = (reader.info().width, reader.info().height);
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(phrase!("it has {$width} × {$height} pixels", width, height));
    }
    let mut pixels = vec![0; reader.output_buffer_size().ok_or_else(|| phrase!("it is too large"))?];
    let frame = reader.next_frame(&mut pixels).map_err(broken)?;
    pixels.truncate(frame.buffer_size());
    let (colours, opaque) = match frame.color_type {
        png::ColorType::Grayscale => (1, true),
        png::ColorType::GrayscaleAlpha => (1, false),
        png::ColorType::Rgb | png::ColorType::Indexed => (3, true),
        png::ColorType::Rgba => (3, false),
    };
    let kind = Kind::Pixels(u8::try_from(colours).unwrap_or(3));
    if opaque {
        return Ok(Picture {
            width,
            height,
            kind,
            data: pixels.into(),
            opacity: None,
            drawing: None,
            packed: false,
            file: bytes.len() as u64,
        });
    }
    let data = pixels.chunks_exact(colours + 1).flat_map(|pixel| &pixel[..colours]).copied().collect();
    let opacity = pixels.chunks_exact(colours + 1).map(|pixel| pixel[colours]).collect();
    Ok(Picture {
        width,
        height,
        kind,
        data,
        opacity: Some(opacity),
        drawing: None,
        packed: false,
        file: bytes.len() as u64,
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn png_file(width: u32, height: u32, colour: png::ColorType, pixels: &[u8]) -> Vec<u8> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, width, height);
        encoder.set_color(colour);
        encoder.write_header().and_then(|mut writer| writer.write_image_data(pixels)).expect("a PNG file");
        file
    }

    #[test]
    fn a_png_s_opacity_is_apart_from_its_colours() {
        let file = png_file(2, 1, png::ColorType::Rgba, &[1, 2, 3, 4, 5, 6, 7, 8]);
        let picture = Picture::read(&file).expect("a picture");
        assert_eq!((&*picture.data, picture.opacity.as_deref()), (&[1, 2, 3, 5, 6, 7][..], Some(&[4, 8][..])));
        assert_eq!(picture.fitted(100.0, 100.0), (1.5, 0.75));
    }

    #[test]
    fn many_vast_pictures_are_held_small_and_then_refused() {
        let file = png_file(6_000, 6_000, png::ColorType::Grayscale, &vec![7; 36_000_000]);
        let mut pictures = Pictures::new();
        let mut refused = None;
        for number in 0..40 {
            match read_beside(&pictures, &file) {
                Ok(picture) => {
                    let read = ReadPicture { picture, losses: Vec::new(), missing: Vec::new() };
                    pictures.insert(format!("{number}.png"), Rc::new(Ok(read)));
                }
                Err(why) => {
                    refused = Some((number, why));
                    break;
                }
            }
            // Copies of the first will do to show the rest.
            if let (4, Some(last)) = (number, pictures.get("4.png").cloned()) {
                pictures.extend((100..120).map(|number| (format!("{number}.png"), Rc::clone(&last))));
            }
        }
        let (number, why) = refused.expect("more than a gigabyte");
        assert!(number > 4 && why.to_string().contains("unpack to more than 1024 MB"), "{number}: {why}");
        let held =
            |name: &str| pictures[name].as_ref().as_ref().map(|read| read.picture.data.len()).unwrap_or_default();
        assert_eq!(held("0.png"), 36_000_000);
        assert!(held("4.png") < 200_000, "it is compressed");
    }

    #[test]
    fn what_is_broken_or_vast_is_refused() {
        let mut file = png_file(1, 1, png::ColorType::Grayscale, &[9]);
        assert!(Picture::read(&file[..file.len() / 2]).is_err());
        file[16..24].copy_from_slice(&[0, 0, 0x80, 0, 0, 0, 0x80, 0]);
        assert!(Picture::read(&file).is_err());
        assert!(Picture::read(b"GIF89a").is_err());
        assert!(Picture::read(&[0xff, 0xd8, 0xff, 0xc0, 0, 17]).is_err());
        let jpeg = [0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0, 3, 0, 2, 3, 0, 0];
        assert_eq!(
            Picture::read(&jpeg).map(|picture| (picture.width, picture.height, picture.kind)),
            Ok((2, 3, Kind::Jpeg(3)))
        );
        let jpeg = [0xff, 0xd8, 0xff, 0xc0, 0, 20, 8, 0, 3, 0, 2, 4, 0, 0];
        assert!(Picture::read(&jpeg).is_err_and(|why| why.to_string().contains("CMYK")));
    }
}
