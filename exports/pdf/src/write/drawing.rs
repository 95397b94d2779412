//! Drawings as form XObjects (ISO 32000-2, 8.10), with the gradients, tiles, masks and pictures they use.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::fonts::{Fonts, font_name};
use crate::svg::{Drawing, Form, Gradient, Part, Resource, SoftMask, number};
use crate::text::Line;

/// Gives the words of a form their codes, so that it is operators alone.
pub(super) fn coded(form: &Form, fonts: &mut Fonts) -> Form {
    let parts = form.parts.iter().map(|part| match part {
        Part::Operators(bytes) => Part::Operators(bytes.clone()),
        Part::Text(line) => Part::Operators(text(line, fonts)),
    });
    let parts = parts.collect();
    let resources = form.resources.iter().map(|resource| match resource {
        Resource::Form(form) => Resource::Form(coded(form, fonts)),
        Resource::Tile { form, matrix } => Resource::Tile { form: coded(form, fonts), matrix: *matrix },
        Resource::State { opacity, blend, mask: Some(mask) } => {
            let mask = SoftMask { form: coded(&mask.form, fonts), luminosity: mask.luminosity };
            Resource::State { opacity: *opacity, blend, mask: Some(Box::new(mask)) }
        }
        other => other.clone(),
    });
    Form { parts, resources: resources.collect(), bounds: form.bounds, group: form.group }
}

/// The operators that show a line from where the text space begins.
fn text(line: &Line, fonts: &mut Fonts) -> Vec<u8> {
    let mut out = Vec::new();
    let mut pen = 0.0;
    let last = if line.pieces.iter().all(|piece| piece.level == 0) { line.pieces.len().checked_sub(1) } else { None };
    for at in line.visual_order() {
        let Some(piece) = line.pieces.get(at) else { continue };
        let (font, codes) = fonts.codes(piece, false, Some(at) == last);
        let width = piece.width() + piece.space_width();
        let name = font_name(piece.style.face, font);
        if piece.word.rtl {
            // Two sizes take turns: see the rules in `akshara`.
            for (i, (codes, from_right)) in fonts.letters(piece, font, &codes).into_iter().enumerate() {
                let size = piece.style.size + if i % 2 == 0 { 0.0 } else { 0.001 };
                show(&mut out, (&name, size), pen + width - from_right, &codes);
            }
        } else if !codes.is_empty() {
            show(&mut out, (&name, piece.style.size), pen, &codes);
        }
        pen += width;
    }
    out
}

/// Adds the operators that show codes at a distance from where the text space begins.
fn show(out: &mut Vec<u8>, (font, size): (&str, f32), left: f32, codes: &[u8]) {
    out.extend_from_slice(format!("/{font} ").as_bytes());
    number(out, size);
    out.extend_from_slice(b"Tf 1 0 0 1 ");
    number(out, left);
    out.extend_from_slice(b"0 Tm <");
    codes.iter().for_each(|byte| out.extend_from_slice(format!("{byte:02X}").as_bytes()));
    out.extend_from_slice(b"> Tj\n");
}

/// Adds a drawing to a document as a form that is one unit wide and high; `fonts` names the fonts of all pages.
pub(crate) fn drawing(document: &mut Document, drawing: &Drawing, fonts: ObjectId) -> ObjectId {
    let stream = stream(document, &drawing.form, fonts);
    let (width, height) = (drawing.width, drawing.height);
    let mut stream = stream;
    stream.dict.set("Matrix", reals(&[1.0 / width, 0.0, 0.0, 1.0 / height, 0.0, 0.0]));
    document.add_object(stream)
}

fn stream(document: &mut Document, form: &Form, fonts: ObjectId) -> Stream {
    let mut about = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => reals(&form.bounds),
        "Resources" => resources(document, form, fonts),
    };
    if form.group {
        about.set("Group", dictionary! { "S" => "Transparency", "CS" => "DeviceRGB", "I" => true, "K" => false });
    }
    let mut content = Vec::new();
    for part in &form.parts {
        if let Part::Operators(bytes) = part {
            content.extend_from_slice(bytes);
        }
    }
    Stream::new(about, content)
}

fn resources(document: &mut Document, form: &Form, fonts: ObjectId) -> Dictionary {
    let (mut objects, mut states, mut patterns) = (Dictionary::new(), Dictionary::new(), Dictionary::new());
    for (i, resource) in form.resources.iter().enumerate() {
        let name = format!("R{i}");
        match resource {
            Resource::Form(inner) => {
                let stream = stream(document, inner, fonts);
                objects.set(name, document.add_object(stream));
            }
            Resource::Picture(picture) => objects.set(name, picture.object(document, fonts)),
            Resource::State { opacity, blend, mask } => {
                let mut state = dictionary! {
                    "Type" => "ExtGState", "ca" => Object::Real(*opacity), "CA" => Object::Real(*opacity), "BM" => *blend,
                };
                if let Some(mask) = mask {
                    let group = stream(document, &mask.form, fonts);
                    let group = document.add_object(group);
                    let kind = if mask.luminosity { "Luminosity" } else { "Alpha" };
                    state.set("SMask", dictionary! { "Type" => "Mask", "S" => kind, "G" => group });
                }
                states.set(name, document.add_object(state));
            }
            Resource::Gradient(gradient) => {
                let pattern = shading(gradient);
                patterns.set(name, document.add_object(pattern));
            }
            Resource::Tile { form, matrix } => {
                let mut tile = stream(document, form, fonts);
                let [_, _, width, height] = form.bounds;
                for key in [&b"Subtype"[..], b"Group"] {
                    tile.dict.remove(key);
                }
                tile.dict.set("Type", "Pattern");
                for key in ["PatternType", "PaintType", "TilingType"] {
                    tile.dict.set(key, 1);
                }
                tile.dict.set("XStep", Object::Real(width));
                tile.dict.set("YStep", Object::Real(height));
                tile.dict.set("Matrix", matrix_of(*matrix));
                patterns.set(name, document.add_object(tile));
            }
        }
    }
    let mut out = dictionary! { "Font" => fonts };
    for (key, dictionary) in [("XObject", objects), ("ExtGState", states), ("Pattern", patterns)] {
        if !dictionary.is_empty() {
            out.set(key, dictionary);
        }
    }
    out
}

/// A pattern that is a gradient (ISO 32000-2, 8.7.4): its colours between each two stops are joined end to end.
fn shading(gradient: &Gradient) -> Dictionary {
    let between = |from: [f32; 3], to: [f32; 3]| {
        dictionary! {
            "FunctionType" => 2, "Domain" => reals(&[0.0, 1.0]), "C0" => reals(&from), "C1" => reals(&to), "N" => 1,
        }
    };
    let function = match gradient.stops.as_slice() {
        [] => between([0.0; 3], [0.0; 3]),
        [one] => between(one.1, one.1),
        [first, last] => between(first.1, last.1),
        stops => {
            let mut functions = Vec::new();
            let mut bounds = Vec::new();
            let mut encode = Vec::new();
            for pair in stops.windows(2) {
                functions.push(Object::Dictionary(between(pair[0].1, pair[1].1)));
                encode.extend([Object::Integer(0), Object::Integer(1)]);
                bounds.push(Object::Real(pair[1].0));
            }
            bounds.pop();
            dictionary! {
                "FunctionType" => 3,
                "Domain" => reals(&[0.0, 1.0]),
                "Functions" => functions,
                "Bounds" => bounds,
                "Encode" => encode,
            }
        }
    };
    let shading = dictionary! {
        "ShadingType" => if gradient.coordinates.len() == 4 { 2 } else { 3 },
        "ColorSpace" => "DeviceRGB",
        "Coords" => reals(&gradient.coordinates),
        "Function" => function,
        "Extend" => vec![true.into(), true.into()],
    };
    dictionary! { "Type" => "Pattern", "PatternType" => 2, "Matrix" => matrix_of(gradient.matrix), "Shading" => shading }
}

fn matrix_of(matrix: usvg::Transform) -> Object {
    reals(&[matrix.sx, matrix.ky, matrix.kx, matrix.sy, matrix.tx, matrix.ty])
}

fn reals(numbers: &[f32]) -> Object {
    let real = |number: &f32| Object::Real(if number.is_finite() { *number } else { 0.0 });
    Object::Array(numbers.iter().map(real).collect())
}
