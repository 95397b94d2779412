//! Families, by the script they are for.

use std::sync::OnceLock;

/// A family: the faces of one design.
#[derive(Debug)]
#[non_exhaustive]
pub struct Family {
    /// Its name, as its makers write it.
    pub name: &'static str,
    /// The scripts it is made for, by ISO 15924 code; none where it only fills in for symbols.
    pub scripts: &'static [&'static str],
    /// The distance from one base line to the next that text in it wants, as a multiple of the type size. Scripts with
    /// marks above and below need more than Latin; Nastaliq's words descend steeply and need most.
    pub leading: f32,
    faces: &'static [Face],
}

/// A face: one weight and slope of a family.
#[derive(Debug)]
#[non_exhaustive]
pub struct Face {
    /// Its weight and slope.
    pub style: Style,
    /// Its PostScript name.
    pub name: &'static str,
    /// The TrueType file, packed by Zstandard.
    packed: &'static [u8],
    /// The file as it is, once something asked for it.
    unpacked: OnceLock<Vec<u8>>,
}

impl Face {
    const fn packed(style: Style, name: &'static str, packed: &'static [u8]) -> Self {
        Face { style, name, packed, unpacked: OnceLock::new() }
    }

    /// The TrueType file, unpacked when it is first asked for and kept as long as the process runs; empty for a face that a
    /// user gave.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        // A test unpacks every face, so that there is no error to hand on.
        self.unpacked.get_or_init(|| zstd::decode_all(self.packed).unwrap_or_default())
    }
}

/// The weights and slopes a family may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Style {
    /// Upright, of normal weight.
    Regular,
    /// Upright and bold.
    Bold,
    /// Sloped, of normal weight.
    Italic,
    /// Sloped and bold.
    BoldItalic,
}

impl Family {
    /// The face nearest to a style: an italic that the family lacks is upright, a bold that it lacks regular.
    #[must_use]
    pub fn face(&self, style: Style) -> &'static Face {
        let upright = match style {
            Style::Regular | Style::Italic => Style::Regular,
            Style::Bold | Style::BoldItalic => Style::Bold,
        };
        let find = |style| self.faces.iter().find(|face| face.style == style);
        find(style).or_else(|| find(upright)).unwrap_or(&self.faces[0])
    }

    /// A family that is not among the embedded ones, of faces that a user gave. It is kept as long as the process runs.
    ///
    /// `styles` are those of its faces, at least one; the faces have no bytes here.
    #[must_use]
    pub fn kept(name: &str, leading: f32, styles: &[Style]) -> &'static Family {
        let face = |style: &Style| Face::packed(*style, "", &[]);
        let faces: Vec<Face> = styles.iter().map(face).collect();
        let name = Box::leak(name.to_owned().into_boxed_str());
        Box::leak(Box::new(Family { name, scripts: &[], leading, faces: Vec::leak(faces) }))
    }

    /// The faces it has; at least one.
    #[must_use]
    pub fn faces(&self) -> &'static [Face] {
        self.faces
    }
}

/// The family made for a script (ISO 15924), if there is one here.
#[must_use]
pub fn family_of(script: &str) -> Option<&'static Family> {
    FAMILIES.iter().find(|family| family.scripts.contains(&script))
}

macro_rules! face {
    ($style:ident, $file:literal) => {
        Face::packed(Style::$style, $file, include_bytes!(concat!("../packed/", $file, ".ttf.zst")))
    };
}

/// Faces in a static of their own, since each keeps what it was unpacked to.
macro_rules! faces {
    ($($style:ident $file:literal),*) => {{
        static FACES: [Face; [$($file),*].len()] = [$(face!($style, $file)),*];
        &FACES
    }};
}

macro_rules! family {
    ($name:literal, $scripts:expr, $leading:literal, $regular:literal, $bold:literal) => {
        Family {
            name: $name,
            scripts: $scripts,
            leading: $leading,
            faces: faces![Regular $regular, Bold $bold],
        }
    };
}

/// Every family, in the order in which a character that its own script's family lacks is looked for.
pub static FAMILIES: &[Family] = &[
    Family {
        name: "Noto Sans",
        scripts: &["Latn", "Grek", "Cyrl"],
        leading: 1.4,
        faces: faces![
            Regular "NotoSans-Regular",
            Bold "NotoSans-Bold",
            Italic "NotoSans-Italic",
            BoldItalic "NotoSans-BoldItalic"
        ],
    },
    family!("Noto Sans Devanagari", &["Deva"], 1.5, "NotoSansDevanagari-Regular", "NotoSansDevanagari-Bold"),
    family!("Noto Sans Bengali", &["Beng"], 1.5, "NotoSansBengali-Regular", "NotoSansBengali-Bold"),
    family!("Noto Sans Gujarati", &["Gujr"], 1.5, "NotoSansGujarati-Regular", "NotoSansGujarati-Bold"),
    family!("Noto Sans Gurmukhi", &["Guru"], 1.5, "NotoSansGurmukhi-Regular", "NotoSansGurmukhi-Bold"),
    family!("Noto Sans Oriya", &["Orya"], 1.55, "NotoSansOriya-Regular", "NotoSansOriya-Bold"),
    family!("Noto Sans Tamil", &["Taml"], 1.5, "NotoSansTamil-Regular", "NotoSansTamil-Bold"),
    family!("Noto Sans Telugu", &["Telu"], 1.6, "NotoSansTelugu-Regular", "NotoSansTelugu-Bold"),
    family!("Noto Sans Kannada", &["Knda"], 1.6, "NotoSansKannada-Regular", "NotoSansKannada-Bold"),
    family!("Noto Sans Malayalam", &["Mlym"], 1.55, "NotoSansMalayalam-Regular", "NotoSansMalayalam-Bold"),
    family!("Noto Nastaliq Urdu", &["Arab", "Aran"], 2.3, "NotoNastaliqUrdu-Regular", "NotoNastaliqUrdu-Bold"),
    Family { name: "Noto Sans Math", scripts: &[], leading: 1.4, faces: faces![Regular "NotoSansMath-Regular"] },
    Family {
        name: "Noto Sans Symbols 2",
        scripts: &[],
        leading: 1.4,
        faces: faces![Regular "NotoSansSymbols2-Regular"],
    },
    family!("Noto Sans Ol Chiki", &["Olck"], 1.5, "NotoSansOlChiki-Regular", "NotoSansOlChiki-Bold"),
    family!("Noto Sans Meetei Mayek", &["Mtei"], 1.5, "NotoSansMeeteiMayek-Regular", "NotoSansMeeteiMayek-Bold"),
    Family {
        name: "Noto Sans Tirhuta",
        scripts: &["Tirh"],
        leading: 1.5,
        faces: faces![Regular "NotoSansTirhuta-Regular"],
    },
    Family { name: "Noto Sans Symbols", scripts: &[], leading: 1.4, faces: faces![Regular "NotoSansSymbols-Regular"] },
    Family { name: "Noto Emoji", scripts: &[], leading: 1.4, faces: faces![Regular "NotoEmoji-Regular"] },
];

/// The faces that formulas are set in: Computer Modern, as the KaTeX project drew it in TrueType. They are no part of
/// [`FAMILIES`], since no running text is set in them.
pub static MATH: Family = Family {
    name: "KaTeX",
    scripts: &[],
    leading: 1.2,
    faces: faces![
        Regular "KaTeX_Main-Regular",
        Bold "KaTeX_Main-Bold",
        Italic "KaTeX_Main-Italic",
        BoldItalic "KaTeX_Main-BoldItalic",
        Italic "KaTeX_Math-Italic",
        BoldItalic "KaTeX_Math-BoldItalic",
        Regular "KaTeX_AMS-Regular",
        Regular "KaTeX_Caligraphic-Regular",
        Regular "KaTeX_Fraktur-Regular",
        Bold "KaTeX_Fraktur-Bold",
        Regular "KaTeX_SansSerif-Regular",
        Bold "KaTeX_SansSerif-Bold",
        Italic "KaTeX_SansSerif-Italic",
        Regular "KaTeX_Script-Regular",
        Regular "KaTeX_Size1-Regular",
        Regular "KaTeX_Size2-Regular",
        Regular "KaTeX_Size3-Regular",
        Regular "KaTeX_Size4-Regular",
        Regular "KaTeX_Typewriter-Regular"
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_face_is_truetype_with_a_thousand_units() {
        for face in FAMILIES.iter().chain([&MATH]).flat_map(Family::faces) {
            let bytes = face.bytes();
            assert_eq!(&bytes[..4], &[0, 1, 0, 0], "{}", face.name);
            let tables = usize::from(u16::from_be_bytes([bytes[4], bytes[5]]));
            let head = (0..tables).map(|i| &bytes[12 + 16 * i..][..16]).find(|entry| &entry[..4] == b"head");
            let offset = u32::from_be_bytes(head.expect("a head table")[8..12].try_into().expect("four bytes"));
            assert_eq!(bytes[offset as usize + 18..][..2], 1000_u16.to_be_bytes(), "{}", face.name);
        }
    }

    #[test]
    fn every_face_is_packed_from_its_file() {
        for face in FAMILIES.iter().chain([&MATH]).flat_map(Family::faces) {
            let folder = if face.name.starts_with("KaTeX_") { "fonts/katex" } else { "fonts" };
            let path = format!("{}/{folder}/{}.ttf", env!("CARGO_MANIFEST_DIR"), face.name);
            let file = std::fs::read(path).expect("a file");
            assert!(face.bytes() == file, "{}: run `just pack-fonts`", face.name);
        }
    }

    #[test]
    fn a_style_that_is_missing_has_the_nearest() {
        let tamil = family_of("Taml").expect("a family for Tamil");
        assert_eq!(tamil.face(Style::BoldItalic).name, "NotoSansTamil-Bold");
        assert_eq!(FAMILIES[0].face(Style::BoldItalic).name, "NotoSans-BoldItalic");
        assert_eq!(FAMILIES[11].face(Style::Bold).name, "NotoSansMath-Regular");
    }

    #[test]
    fn no_script_has_two_families() {
        let mut scripts: Vec<&str> = FAMILIES.iter().flat_map(|family| family.scripts).copied().collect();
        let all = scripts.len();
        scripts.sort_unstable();
        scripts.dedup();
        assert_eq!(scripts.len(), all);
    }
}
