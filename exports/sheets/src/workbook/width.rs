//! How wide columns are, and how high rows.

use crate::Value;

/// The narrowest and the widest column, in digits of the default font, as worksheets measure.
const NARROWEST: f64 = 8.0;
const WIDEST: f64 = 60.0;

/// How many cells of a column are measured.
const MEASURED: usize = 500;

/// Room for the button of the filter, and for the cell's padding.
const BUTTON: f64 = 3.0;
const PADDING: f64 = 1.5;

/// A width that fits the title and the longest line among the first cells, within what can be read at a glance.
pub(super) fn of_column<'a, 'b: 'a>(title: &str, cells: impl Iterator<Item = &'a Value<'b>>) -> f64 {
    let longest = cells.take(MEASURED).map(|cell| of_lines(&cell.to_field())).fold(0.0, f64::max) + PADDING;
    longest.max(of_lines(title) + BUTTON).clamp(NARROWEST, WIDEST)
}

/// The height of a line in points, with room for marks above and below the letters.
const LINE_HEIGHT: f64 = 18.0;

/// The greatest height of a row in points.
const HIGHEST: f64 = 409.0;

/// The height, in points, of a row whose cells take several lines in columns of these widths; none where one will do.
pub(super) fn height_of_row(cells: &[Value<'_>], widths: &[f64]) -> Option<f64> {
    let lines = cells.iter().zip(widths).filter_map(|(cell, width)| Some(lines_in(cell.as_text()?, *width)));
    let lines = lines.fold(1.0, f64::max);
    (lines > 1.0).then(|| (lines * LINE_HEIGHT).min(HIGHEST))
}

fn lines_in(text: &str, width: f64) -> f64 {
    // Bytes are at least as many as digits are wide, so a short line needs no measuring.
    if text.len() < NARROWEST as usize && !text.contains('\n') {
        return 1.0;
    }
    let enough = (HIGHEST / LINE_HEIGHT) as usize;
    text.split('\n').take(enough).map(|line| (of_line(line) / (width - PADDING)).ceil().max(1.0)).sum()
}

fn of_line(line: &str) -> f64 {
    line.chars().take(ENOUGH).map(of_char).sum()
}

/// What is wider than any column needs no exact measure.
const ENOUGH: usize = 2_000;

fn of_lines(text: &str) -> f64 {
    text.split('\n').take(ENOUGH).map(of_line).fold(0.0, f64::max)
}

/// The advance of a character in digits, measured roughly on Noto Sans and Nirmala UI at the size of Calibri 11.
fn of_char(c: char) -> f64 {
    match c {
        // Marks above, below and joiners: no advance of their own. In the blocks of India's scripts they stand at the
        // same places: candrabindu to visarga, nukta, the vowel signs, virama.
        '\u{300}'..='\u{36F}' | '\u{200B}'..='\u{200F}' | '\u{FE00}'..='\u{FE0F}' => 0.0,
        '\u{900}'..='\u{D7F}' => match (c as u32 - 0x900) % 0x80 {
            0x00..=0x02 | 0x3C | 0x41..=0x48 | 0x4D | 0x51..=0x57 | 0x62 | 0x63 => 0.0,
            0x03 | 0x3E..=0x40 | 0x49..=0x4C | 0x64 | 0x65 => 0.6,
            0x66..=0x6F => 1.1,
            _ => 1.35,
        },
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 1.5,
        'A'..='Z' => 1.2,
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | ' ' => 0.55,
        c if c.is_ascii() => 1.0,
        '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{FAFF}' | '\u{FF00}'..='\u{FF60}' | '\u{1F300}'..='\u{1FAFF}' => 2.0,
        _ => 1.1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_take_no_room_and_letters_do() {
        assert_eq!(of_lines("क"), of_lines("क्\u{200d}"));
        assert_eq!(of_lines("कु"), of_lines("क"));
        assert!(of_lines("का") > of_lines("क"));
        assert!(of_lines("क्षेत्र") > 3.0 && of_lines("क्षेत्र") < 5.5, "{}", of_lines("क्षेत्र"));
    }

    #[test]
    fn a_column_fits_its_title_and_its_longest_line() {
        let cells = [Value::words("छोटा"), Value::words("दो\nपंक्तियाँ जिनमें दूसरी लंबी है")];
        let width = of_column("शब्द", cells.iter());
        assert!(width >= of_lines("पंक्तियाँ जिनमें दूसरी लंबी है") && width < WIDEST, "{width}");
        assert_eq!(height_of_row(&cells, &[width, width]), Some(2.0 * LINE_HEIGHT));
        assert_eq!(height_of_row(&cells[..1], &[width]), None);
        assert_eq!(height_of_row(&[Value::words("क ".repeat(1_000_000))], &[WIDEST]), Some(HIGHEST));
        assert_eq!(of_column("अ", [].iter()), NARROWEST);
        assert_eq!(of_column("अ", [Value::words("क".repeat(100_000))].iter()), WIDEST);
    }
}
