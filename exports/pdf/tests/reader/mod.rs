//! A reader as simple as a reader can be: codes to text by ToUnicode, in the order of the content stream.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Document, Object};

/// A line of text where it stands: left end and base line in points, and its words.
#[derive(Clone, Debug)]
#[allow(dead_code, reason = "not every test reads places")]
pub struct Line {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    /// Of its largest letters, in points.
    pub size: f32,
    pub text: String,
}

/// The filled rectangles of each page: left, bottom, width and height in points.
#[allow(dead_code, reason = "not every test reads rectangles")]
pub fn fills(bytes: &[u8]) -> Vec<Vec<[f32; 4]>> {
    let document = Document::load_mem(bytes).expect("a PDF that loads");
    document
        .get_pages()
        .into_values()
        .map(|page| {
            let content = Content::decode(&document.get_page_content(page)).expect("operators");
            let rectangles = content.operations.iter().filter(|operation| operation.operator == "re");
            rectangles
                .map(|operation| [0, 1, 2, 3].map(|i: usize| operation.operands[i].as_float().expect("a number")))
                .collect()
        })
        .collect()
}

/// The texts of a font's codes, and their widths in thousandths of the size.
type Codes = (BTreeMap<u16, String>, Vec<f32>);

/// The lines of each page, in the order of the content stream.
pub fn pages(bytes: &[u8]) -> Vec<Vec<Line>> {
    let document = Document::load_mem(bytes).expect("a PDF that loads");
    let mut maps: BTreeMap<Vec<u8>, Codes> = BTreeMap::new();
    document
        .get_pages()
        .into_values()
        .map(|page| {
            for (name, font) in document.get_page_fonts(page).expect("fonts") {
                maps.entry(name).or_insert_with(|| (to_unicode(&document, font), widths(&document, font)));
            }
            let content = document.get_page_content(page);
            let content = Content::decode(&content).expect("operators");
            let (mut font, mut size, mut lines) = (Vec::new(), 0.0, Vec::new());
            for operation in content.operations {
                match operation.operator.as_str() {
                    "Tf" => {
                        font = operation.operands[0].as_name().expect("a name").to_vec();
                        size = operation.operands[1].as_float().expect("a size");
                    }
                    "Tm" => {
                        let number = |i: usize| operation.operands[i].as_float().expect("a number");
                        lines.push(Line { x: number(4), y: number(5), width: 0.0, size: 0.0, text: String::new() });
                    }
                    "Tj" => {
                        let (map, widths) = &maps[&font];
                        let line = lines.last_mut().expect("a place before text");
                        line.size = line.size.max(size);
                        for code in operation.operands[0].as_str().expect("a string").chunks(2) {
                            let code = u16::from_be_bytes([code[0], code[1]]);
                            line.text.push_str(map.get(&code).unwrap_or_else(|| panic!("code {code} has no text")));
                            line.width += widths[usize::from(code)] * size / 1000.0;
                        }
                    }
                    _ => {}
                }
            }
            lines.into_iter().fold(Vec::new(), joined)
        })
        .collect()
}

/// Adds a line, to the one before it where it goes on with that to the left: letters from right to left have places of their
/// own, and a space overlaps the letters beside it.
fn joined(mut lines: Vec<Line>, line: Line) -> Vec<Line> {
    let turned = |text: &str| text.chars().any(|c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{200f}'));
    match lines.last_mut() {
        Some(before)
            if (turned(&before.text) || turned(&line.text))
                && before.y == line.y
                && line.x < before.x
                && line.x + line.width > before.x - 0.1 =>
        {
            before.width += before.x - line.x;
            before.x = line.x;
            before.size = before.size.max(line.size);
            before.text.push_str(&line.text);
        }
        _ => lines.push(line),
    }
    lines
}

/// The texts of all codes of all fonts, whether or not a page shows them.
#[allow(dead_code, reason = "not every test looks for what must not be there")]
pub fn texts(bytes: &[u8]) -> Vec<String> {
    let document = Document::load_mem(bytes).expect("a PDF that loads");
    let dictionaries = document.objects.values().filter_map(|object| object.as_dict().ok());
    let fonts = dictionaries.filter(|dictionary| dictionary.has(b"ToUnicode"));
    fonts.flat_map(|font| to_unicode(&document, font).into_values()).collect()
}

/// The text of a page, a line of text a line.
#[allow(dead_code, reason = "not every test reads whole pages")]
pub fn text(page: &[Line]) -> String {
    page.iter().map(|line| line.text.trim_end()).collect::<Vec<_>>().join("\n")
}

fn widths(document: &Document, font: &lopdf::Dictionary) -> Vec<f32> {
    let descendant = font.get(b"DescendantFonts").and_then(Object::as_array).expect("a descendant")[0].clone();
    let descendant = document.dereference(&descendant).expect("an object").1.as_dict().expect("a dictionary").clone();
    let widths = descendant.get(b"W").and_then(Object::as_array).expect("widths")[1].clone();
    widths.as_array().expect("an array").iter().map(|width| width.as_float().expect("a number")).collect()
}

fn to_unicode(document: &Document, font: &lopdf::Dictionary) -> BTreeMap<u16, String> {
    let stream = font.get(b"ToUnicode").and_then(Object::as_reference).expect("a map");
    let stream = document.get_object(stream).and_then(Object::as_stream).expect("a stream");
    let text = String::from_utf8(stream.decompressed_content().expect("content")).expect("ASCII");
    let mut map = BTreeMap::new();
    for line in text.lines() {
        let Some((code, units)) = line.strip_prefix('<').and_then(|rest| rest.split_once("> <")) else { continue };
        let units = units.trim_end_matches('>');
        let Ok(code) = u16::from_str_radix(code, 16) else { continue };
        if units == "FFFF" && code == 0 {
            continue;
        }
        let units: Vec<u16> = (0..units.len() / 4)
            .map(|i| u16::from_str_radix(&units[4 * i..4 * i + 4], 16).expect("hexadecimal digits"))
            .collect();
        map.insert(code, String::from_utf16(&units).expect("UTF-16"));
    }
    map
}
