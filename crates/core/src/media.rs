//! Kinds of media, by what a file holds.

/// The kind of a file that a deck or a page may bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MediaKind {
    /// A picture.
    Picture,
    /// A sound, or a film with one.
    Sound,
}

impl MediaKind {
    /// The kind of a file, by the first bytes of its content; `None` if it is neither a picture nor a sound.
    ///
    /// ```
    /// use patra_core::MediaKind;
    /// assert_eq!(MediaKind::of(b"\x89PNG\r\n\x1a\n"), Some(MediaKind::Picture));
    /// assert_eq!(MediaKind::of(b"@echo off\r\n"), None);
    /// ```
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<MediaKind> {
        let starts = |signs: &[&[u8]]| signs.iter().any(|sign| bytes.starts_with(sign));
        let brand = bytes.get(8..12).filter(|_| bytes.get(4..8) == Some(b"ftyp"));
        let riff = bytes.get(8..12).filter(|_| bytes.starts_with(b"RIFF"));
        let picture =
            starts(&[b"\x89PNG", b"\xFF\xD8\xFF", b"GIF87a", b"GIF89a", b"BM", b"II*\0", b"MM\0*", b"\0\0\x01\0"])
                || matches!(riff, Some(b"WEBP"))
                || matches!(brand, Some(b"avif" | b"avis" | b"heic" | b"heix" | b"mif1"))
                || is_drawing(bytes);
        // The frames of MPEG audio and of AAC in ADTS begin with eleven or twelve bits that are set.
        let frame = bytes.first() == Some(&0xFF) && bytes.get(1).is_some_and(|byte| byte & 0xE0 == 0xE0);
        let sound = starts(&[b"ID3", b"OggS", b"fLaC", b"#!AMR", b"\x1A\x45\xDF\xA3", b"FORM", b"\x30\x26\xB2\x75"])
            || matches!(riff, Some(b"WAVE" | b"AVI "))
            || brand.is_some()
            || frame;
        match (picture, sound) {
            (true, _) => Some(MediaKind::Picture),
            (_, true) => Some(MediaKind::Sound),
            _ => None,
        }
    }

    /// Whether the ending of a file's name is one of this kind's, so that programs open it as such.
    #[must_use]
    pub fn fits(self, name: &str) -> bool {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        match self {
            MediaKind::Picture => matches!(
                ending.as_str(),
                "png"
                    | "jpg"
                    | "jpeg"
                    | "jfif"
                    | "gif"
                    | "webp"
                    | "svg"
                    | "bmp"
                    | "tif"
                    | "tiff"
                    | "avif"
                    | "heic"
                    | "ico"
            ),
            MediaKind::Sound => matches!(
                ending.as_str(),
                "mp3"
                    | "ogg"
                    | "oga"
                    | "opus"
                    | "spx"
                    | "wav"
                    | "flac"
                    | "m4a"
                    | "aac"
                    | "amr"
                    | "3gp"
                    | "aif"
                    | "aiff"
                    | "mp4"
                    | "m4v"
                    | "mov"
                    | "ogv"
                    | "ogx"
                    | "webm"
                    | "mkv"
                    | "avi"
                    | "mpg"
                    | "mpeg"
                    | "wma"
                    | "wmv"
            ),
        }
    }
}

/// Whether a text is an SVG drawing: its first element is `svg`.
fn is_drawing(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(4096)];
    let Some(text) = start.utf8_chunks().next() else { return false };
    let mut rest = text.valid().trim_start_matches('\u{FEFF}').trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("<?") => rest.find("?>").map(|at| at + 2),
            _ if rest.starts_with("<!--") => rest.find("-->").map(|at| at + 3),
            _ if rest.starts_with("<!DOCTYPE svg") => return true,
            _ => return rest.starts_with("<svg") || rest.starts_with("<svg:svg"),
        };
        match end {
            Some(end) => rest = rest[end..].trim_start(),
            None => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_and_settings_are_no_media() {
        for bytes in [
            &b"MZ\x90\0"[..],
            b"\x7FELF",
            b"[Desktop Entry]\nExec=sh",
            b"L\0\0\0\x01\x14\x02\0",
            b"#!/bin/sh\n",
            b"PK\x03\x04",
            b"<html><script>",
            b"<?xml version=\"1.0\"?><html><svg>",
            b"[book]\ntitle = \"x\"\n",
            b"",
        ] {
            assert_eq!(MediaKind::of(bytes), None, "{bytes:?}");
        }
    }

    #[test]
    fn pictures_and_sounds_are_known_by_their_first_bytes() {
        for bytes in [
            &b"\x89PNG"[..],
            b"\xFF\xD8\xFF\xE0",
            b"GIF89a",
            b"RIFF\0\0\0\0WEBPVP8 ",
            b"\0\0\0\x1cftypavif",
            "\u{FEFF}<?xml version='1.0'?>\n<!-- a --><svg>".as_bytes(),
        ] {
            assert_eq!(MediaKind::of(bytes), Some(MediaKind::Picture), "{bytes:?}");
        }
        for bytes in [&b"ID3"[..], b"\xFF\xFB\x90", b"OggS", b"RIFF\0\0\0\0WAVE", b"\0\0\0\x1cftypM4A ", b"fLaC"] {
            assert_eq!(MediaKind::of(bytes), Some(MediaKind::Sound), "{bytes:?}");
        }
        assert!(MediaKind::Picture.fits("क.PNG") && MediaKind::Sound.fits("a.b.mp3"));
        assert!(
            !MediaKind::Picture.fits("run.bat") && !MediaKind::Picture.fits("png") && !MediaKind::Sound.fits("a.lnk")
        );
    }
}
