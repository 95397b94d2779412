//! Lengths as SVG and its style sheets write them.

/// The first of a list of lengths.
pub(super) fn first_of(list: &str) -> &str {
    list.split([' ', ',', '\n', '\t']).find(|part| !part.is_empty()).unwrap_or_default()
}

/// A length in user units.
pub(super) fn length(value: &str, em: f32) -> Option<f32> {
    let value = value.trim();
    let digits =
        value.find(|c: char| c.is_ascii_alphabetic() && c != 'e' && c != 'E' || c == '%').unwrap_or(value.len());
    let (digits, unit) = match value[..digits].parse::<f32>() {
        Ok(number) => (number, &value[digits..]),
        // `2em`, whose `e` is no exponent's.
        Err(_) => {
            let at = value.find(['e', 'E'])?;
            (value[..at].parse().ok()?, &value[at..])
        }
    };
    let factor = match unit {
        "" | "px" => 1.0,
        "pt" => 4.0 / 3.0,
        "pc" => 16.0,
        "mm" => 96.0 / 25.4,
        "cm" => 96.0 / 2.54,
        "in" => 96.0,
        "em" => em,
        "ex" => em / 2.0,
        "rem" => 16.0,
        _ => return None,
    };
    Some(digits * factor).filter(|length| length.is_finite())
}

/// A size of type in user units; `outer` is that of the words around.
pub(super) fn font_size(value: &str, outer: f32) -> Option<f32> {
    Some(match value {
        "xx-small" => 9.0,
        "x-small" => 10.0,
        "small" => 13.0,
        "medium" => 16.0,
        "large" => 18.0,
        "x-large" => 24.0,
        "xx-large" => 32.0,
        "smaller" => outer / 1.2,
        "larger" => outer * 1.2,
        _ => match value.strip_suffix('%') {
            Some(percent) => percent.trim().parse::<f32>().ok()? / 100.0 * outer,
            None => length(value, outer)?,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_units() {
        let all = ["12", "12px", "1.5em", "2e1", "50%", "x", "1in"].map(|value| length(value, 10.0));
        assert_eq!(all, [Some(12.0), Some(12.0), Some(15.0), Some(20.0), None, None, Some(96.0)]);
        assert_eq!(font_size("150%", 10.0), Some(15.0));
    }
}
