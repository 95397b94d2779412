//! Numbers in the content streams of drawings, whose scale may be any.

use std::fmt::Write as _;

/// Adds a number and a space, with six digits or so: finer than any printer, whatever the scale.
pub(crate) fn number(out: &mut Vec<u8>, number: f32) {
    let number = if number.is_finite() { number.clamp(-1e9, 1e9) } else { 0.0 };
    let decimals = match number.abs() {
        size if size >= 10_000.0 => 1,
        size if size >= 100.0 => 3,
        size if size >= 1.0 => 4,
        _ => 7,
    };
    let mut text = String::new();
    let _ = write!(text, "{number:.decimals$}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    out.extend_from_slice(if matches!(text, "" | "-" | "-0") { "0" } else { text }.as_bytes());
    out.push(b' ');
}

#[cfg(test)]
mod tests {
    fn written(number: f32) -> String {
        let mut out = Vec::new();
        super::number(&mut out, number);
        String::from_utf8(out).expect("digits")
    }

    #[test]
    fn numbers_are_short_and_never_in_the_form_that_pdf_lacks() {
        assert_eq!([0.5, -0.0, 120.0, 1.0 / 3.0, 1e-20].map(written), ["0.5 ", "0 ", "120 ", "0.3333333 ", "0 "]);
        assert_eq!([f32::NAN, f32::INFINITY, 1e30].map(written), ["0 ", "0 ", "1000000000 "]);
    }
}
