//! The objects of a PDF file that make an akshara font known to its readers.

use std::fmt::Write as _;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::AksharaFont;

/// Adds a font to a document: a Type 0 font whose codes are glyph numbers (ISO 32000-2, 9.7).
///
/// `name` is its PostScript name, and `tag` six capital letters that tell subsets of one name apart.
pub(crate) fn embed(document: &mut Document, font: &AksharaFont, name: &str, tag: &str) -> ObjectId {
    let faces: Vec<_> = font.font.faces().into_iter().filter_map(super::FaceId::face).collect();
    let ascent = faces.iter().map(|face| face.ascent).max().unwrap_or(900);
    let descent = faces.iter().map(|face| face.descent).min().unwrap_or(-300);
    let weight = i64::from(faces.iter().map(|face| face.weight()).max().unwrap_or(400));
    let italic = name.contains("Italic");
    let file = font.font.file(ascent, descent);
    let length = i64::try_from(file.len()).unwrap_or(0);
    let file = document.add_object(Stream::new(dictionary! { "Length1" => length }, file));
    let bounds = font.font.bounds();
    let base_name = Object::Name(format!("{tag}+{name}").into_bytes());
    let descriptor = document.add_object(dictionary! {
        "Type" => "FontDescriptor",
        "FontName" => base_name.clone(),
        // Symbolic: the codes are its own. Italic where it slopes (ISO 32000-2, table 121).
        "Flags" => if italic { 4 | 64 } else { 4 },
        "FontBBox" => numbers([bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max]),
        "ItalicAngle" => if italic { -12 } else { 0 },
        "Ascent" => i64::from(ascent),
        "Descent" => i64::from(descent),
        "CapHeight" => 714,
        "StemV" => 50 + (weight / 65) * (weight / 65),
        "FontFile2" => file,
    });
    let widths: Vec<Object> = font.font.advances().map(|advance| Object::Integer(advance.into())).collect();
    let descendant = document.add_object(dictionary! {
        "Type" => "Font",
        "Subtype" => "CIDFontType2",
        "BaseFont" => base_name.clone(),
        "CIDSystemInfo" => system_info(),
        "FontDescriptor" => descriptor,
        "CIDToGIDMap" => "Identity",
        "DW" => 0,
        "W" => vec![Object::Integer(0), Object::Array(widths)],
    });
    let map = document.add_object(Stream::new(Dictionary::new(), to_unicode(font).into_bytes()));
    document.add_object(dictionary! {
        "Type" => "Font",
        "Subtype" => "Type0",
        "BaseFont" => base_name,
        "Encoding" => "Identity-H",
        "DescendantFonts" => vec![Object::Reference(descendant)],
        "ToUnicode" => map,
    })
}

fn numbers(numbers: [i16; 4]) -> Object {
    Object::Array(numbers.into_iter().map(|number| Object::Integer(number.into())).collect())
}

fn system_info() -> Dictionary {
    dictionary! {
        "Registry" => Object::string_literal("Adobe"),
        "Ordering" => Object::string_literal("Identity"),
        "Supplement" => 0,
    }
}

/// The map from codes to text (ISO 32000-2, 9.10.3).
pub(crate) fn to_unicode(font: &AksharaFont) -> String {
    let mut out = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
         /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    );
    let codes: Vec<(usize, &str)> =
        font.texts.iter().enumerate().filter_map(|(code, text)| Some((code, text.as_deref()?))).collect();
    // At most 100 entries stand between a begin and an end.
    for part in codes.chunks(100) {
        let _ = writeln!(out, "{} beginbfchar", part.len());
        for (code, text) in part {
            let _ = write!(out, "<{code:04X}> <");
            for unit in text.encode_utf16() {
                let _ = write!(out, "{unit:04X}");
            }
            out.push_str(">\n");
        }
        out.push_str("endbfchar\n");
    }
    out.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    out
}
