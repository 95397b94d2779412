//! The colours of the document: sRGB, told by an ICC profile, as PDF/A wants (ISO 19005-2, 6.2.3).

use lopdf::{Document, Object, ObjectId, Stream, dictionary};

/// The chromaticity of the white of sRGB, D65, as CIE XYZ (IEC 61966-2-1).
const WHITE: [f64; 3] = [0.950_456, 1.0, 1.089_058];
/// The white that profiles are told by, D50 (ICC.1:2004-10, 7.2.16).
const D50: [f64; 3] = [0.964_203, 1.0, 0.824_905];
/// The primaries of sRGB, red, green and blue a column, as XYZ beneath D65 (IEC 61966-2-1, 5.2).
const PRIMARIES: [[f64; 3]; 3] =
    [[0.412_391, 0.357_584, 0.180_481], [0.212_639, 0.715_169, 0.072_192], [0.019_331, 0.119_195, 0.950_532]];
/// Bradford's matrix, by which whites are adapted (ICC.1:2004-10, annex E), and its inverse.
const BRADFORD: [[f64; 3]; 3] = [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]];
const INVERSE: [[f64; 3]; 3] = [
    [0.986_992_9, -0.147_054_3, 0.159_962_7],
    [0.432_305_3, 0.518_360_3, 0.049_291_2],
    [-0.008_528_7, 0.040_042_8, 0.968_486_7],
];
/// The curve of sRGB, as a parametric curve of ICC's type 3: power, slope, offset, slope of the straight part, its end.
const CURVE: [f64; 5] = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.040_45];

/// Adds the output intent to a document: numbers of red, green and blue are those of sRGB.
pub(super) fn output_intent(document: &mut Document) -> ObjectId {
    let profile = document.add_object(Stream::new(dictionary! { "N" => 3 }, profile()));
    document.add_object(dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal("sRGB"),
        "Info" => Object::string_literal("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile,
    })
}

/// A display profile of sRGB, written from the figures of its standard (ICC.1:2004-10, version 4.2).
fn profile() -> Vec<u8> {
    let adaptation = adaptation();
    let primaries = product(&adaptation, &PRIMARIES);
    let column = |i: usize| xyz([primaries[0][i], primaries[1][i], primaries[2][i]]);
    let curve = curve();
    let mut matrix = b"sf32\0\0\0\0".to_vec();
    adaptation.iter().flatten().for_each(|number| matrix.extend(fixed(*number)));
    let tags: [(&[u8; 4], Vec<u8>); 10] = [
        (b"desc", words("sRGB")),
        (b"cprt", words("CC0")),
        (b"wtpt", xyz(D50)),
        (b"chad", matrix),
        (b"rXYZ", column(0)),
        (b"gXYZ", column(1)),
        (b"bXYZ", column(2)),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];

    let mut table = number(tags.len()).to_vec();
    let mut data: Vec<u8> = Vec::new();
    let start = 128 + 4 + 12 * tags.len();
    let mut before: Option<(Vec<u8>, usize)> = None;
    for (tag, value) in tags {
        // The three curves are one.
        let at = match &before {
            Some((last, at)) if *last == value => *at,
            _ => {
                data.resize(data.len().next_multiple_of(4), 0);
                let at = start + data.len();
                data.extend_from_slice(&value);
                at
            }
        };
        table.extend_from_slice(tag);
        table.extend(number(at));
        table.extend(number(value.len()));
        before = Some((value, at));
    }
    data.resize(data.len().next_multiple_of(4), 0);

    let mut out = number(128 + table.len() + data.len()).to_vec();
    out.extend_from_slice(&[0; 4]);
    out.extend_from_slice(&[4, 0x20, 0, 0]);
    out.extend_from_slice(b"mntrRGB XYZ ");
    // The date of the profile's standard: it has no clock's.
    for part in [2004_u16, 10, 1, 0, 0, 0] {
        out.extend(part.to_be_bytes());
    }
    out.extend_from_slice(b"acsp");
    out.resize(68, 0);
    D50.iter().for_each(|number| out.extend(fixed(*number)));
    out.resize(128, 0);
    out.extend(table);
    out.extend(data);
    out
}

/// The matrix that takes colours beneath D65 to colours beneath D50.
fn adaptation() -> [[f64; 3]; 3] {
    let cone = |white: [f64; 3]| BRADFORD.map(|row| row.iter().zip(white).map(|(a, b)| a * b).sum::<f64>());
    let (from, to) = (cone(WHITE), cone(D50));
    let mut scaled = BRADFORD;
    for (row, (from, to)) in scaled.iter_mut().zip(from.into_iter().zip(to)) {
        row.iter_mut().for_each(|number| *number *= to / from);
    }
    product(&INVERSE, &scaled)
}

fn product(a: &[[f64; 3]; 3], b: &[[f64; 3]; 3]) -> [[f64; 3]; 3] {
    std::array::from_fn(|i| std::array::from_fn(|j| (0..3).map(|k| a[i][k] * b[k][j]).sum()))
}

fn xyz(numbers: [f64; 3]) -> Vec<u8> {
    b"XYZ \0\0\0\0".iter().copied().chain(numbers.into_iter().flat_map(fixed)).collect()
}

fn curve() -> Vec<u8> {
    b"para\0\0\0\0\0\x03\0\0".iter().copied().chain(CURVE.into_iter().flat_map(fixed)).collect()
}

/// Words in English, as profiles hold them (ICC.1:2004-10, 10.13).
fn words(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut out = b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0cenUS".to_vec();
    out.extend(number(units.len()));
    out.extend(number(28));
    out.extend(units);
    out
}

/// A number with sixteen bits after the point.
fn fixed(number: f64) -> [u8; 4] {
    ((number * 65536.0).round() as i32).to_be_bytes()
}

fn number(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_as_long_as_it_says_and_its_primaries_add_up_to_white() {
        let profile = profile();
        assert_eq!(profile[..4], number(profile.len()));
        assert!(profile.len() < 600, "{}", profile.len());
        let primaries = product(&adaptation(), &PRIMARIES);
        for (row, white) in primaries.iter().zip(D50) {
            assert!((row.iter().sum::<f64>() - white).abs() < 2e-4, "{row:?}");
        }
        // As the profiles of the ICC have it.
        assert!((primaries[0][0] - 0.43607).abs() < 2e-4 && (primaries[1][1] - 0.71687).abs() < 2e-4, "{primaries:?}");
    }

    #[test]
    fn the_parts_of_the_curve_meet() {
        let [power, slope, offset, straight, end] = CURVE;
        assert!(((slope * end + offset).powf(power) - straight * end).abs() < 1e-6);
    }
}
