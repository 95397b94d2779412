//! What reads as a number, a day or a time.

/// The digit 0 of the scripts whose digits people in India meet; each has ten in a row.
const ZEROS: [char; 13] = [
    '\u{660}',  // Arabic-Indic
    '\u{6F0}',  // Urdu, Sindhi, Kashmiri
    '\u{966}',  // Devanagari
    '\u{9E6}',  // Bengali, Assamese
    '\u{A66}',  // Gurmukhi
    '\u{AE6}',  // Gujarati
    '\u{B66}',  // Odia
    '\u{BE6}',  // Tamil
    '\u{C66}',  // Telugu
    '\u{CE6}',  // Kannada
    '\u{D66}',  // Malayalam
    '\u{1C50}', // Ol Chiki
    '\u{FF10}', // full-width
];

/// The text with every digit in ASCII, and whether any was not.
pub(super) fn ascii_digits(text: &str) -> (String, bool) {
    let mut native = false;
    let digits = text.chars().map(|c| {
        let zero = ZEROS.iter().find(|&&zero| (0..10).contains(&(c as i64 - zero as i64)));
        zero.and_then(|&zero| char::from_digit(c as u32 - zero as u32, 10)).map_or(c, |digit| {
            native = true;
            digit
        })
    });
    let text = digits.collect();
    (text, native)
}

/// Whether a spreadsheet reads the whole text, of ASCII digits, as one number: `24`, `1,00,000.50`, `(5)`, `₹ 500`,
/// `5 $`, `1 E5`, `1 1/2`.
pub(super) fn is_number(text: &str) -> bool {
    const CURRENCIES: [char; 5] = ['₹', '$', '€', '£', '¥'];
    let text = match text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => inner.trim(),
        None => text.strip_suffix('-').unwrap_or(text),
    };
    let text = match (text.strip_prefix(CURRENCIES), text.strip_suffix(CURRENCIES)) {
        (Some(rest), _) => rest.trim_start().trim_start_matches('-'),
        (None, Some(rest)) => rest.trim_end(),
        (None, None) => text,
    };
    if let Some((whole, fraction)) = text.split_once(' ')
        && is_digits(whole)
        && fraction.split_once('/').is_some_and(|(above, below)| is_digits(above) && is_digits(below))
    {
        return true;
    }
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let mantissa = mantissa.trim_end();
    let mut parts = mantissa.split([',', '.']);
    is_digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))
        && mantissa.matches('.').count() <= 1
        && mantissa.bytes().any(|b| b.is_ascii_digit())
        // Groups of any length, since India's and others' differ; only before or after a point there may be none.
        && parts.all(|part| is_digits(part) || (part.is_empty() && !mantissa.contains(',')))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// `10:30`, `2:1`, `10:30:15`, `9 am`, `5:`, in lower case: a time, or a ratio that is taken for one.
pub(super) fn is_part_of_a_day(text: &str) -> bool {
    if text.strip_suffix(':').is_some_and(|hour| is_digits(hour) && hour.len() <= 4) {
        return true;
    }
    let (clock, half) = match ["am", "pm", "a", "p"].iter().find_map(|half| text.strip_suffix(half)) {
        Some(clock) => (clock.trim_end(), true),
        None => (text, false),
    };
    let parts: Vec<&str> = clock.split(':').collect();
    let fits =
        |part: &&str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    (parts.len() == 2 || parts.len() == 3 || (half && parts.len() == 1 && clock.len() <= 2)) && parts.iter().all(fits)
}

/// The months in English, by their first three letters and in full, and in Hindi as they are usually spelt.
const MONTHS: [(&str, &str); 12] = [
    ("jan", "january"),
    ("feb", "february"),
    ("mar", "march"),
    ("apr", "april"),
    ("may", "may"),
    ("jun", "june"),
    ("jul", "july"),
    ("aug", "august"),
    ("sep", "september"),
    ("oct", "october"),
    ("nov", "november"),
    ("dec", "december"),
];
const HINDI_MONTHS: [&str; 17] = [
    "जनवरी",
    "फ़रवरी",
    "फरवरी",
    "मार्च",
    "अप्रैल",
    "मई",
    "जून",
    "जुलाई",
    "अगस्त",
    "सितंबर",
    "सितम्बर",
    "अक्टूबर",
    "अक्तूबर",
    "नवंबर",
    "नवम्बर",
    "दिसंबर",
    "दिसम्बर",
];

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// A day, with a time or without, a month with a day or a year, or a fraction that is taken for one; in lower case.
pub(super) fn is_date(text: &str) -> bool {
    if let Some((weekday, day)) = text.split_once(", ")
        && WEEKDAYS.iter().any(|full| *full == weekday || full[..3] == *weekday)
    {
        return is_day(day);
    }
    let with_time = |(day, time): (&str, &str)| is_day(day) && is_part_of_a_day(time);
    is_day(text) || text.rsplit_once(' ').is_some_and(with_time) || text.split_once('t').is_some_and(with_time)
}

fn is_day(text: &str) -> bool {
    let number = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let small = |part: &str| number(part) && part.len() <= 2;
    let month = |part: &str| {
        let part = part.trim_end_matches('.');
        MONTHS.iter().any(|(short, full)| part == *short || part == *full) || HINDI_MONTHS.contains(&part)
    };
    // One kind of separator, as dates have; a comma may stand before the year.
    let spaced = text.replace(", ", " ");
    for separator in ['/', '-', '.', ' '] {
        let parts: Vec<&str> = spaced.split(separator).filter(|part| separator != ' ' || !part.is_empty()).collect();
        let date = match parts.as_slice() {
            [a, b] => {
                let numbers = matches!(separator, '/' | '-') && small(a) && small(b);
                let year = matches!(separator, '/' | '-') && ((small(a) && number(b)) || (number(a) && small(b)));
                numbers || year || (month(a) && number(b)) || (number(a) && month(b))
            }
            [a, b, c] => {
                let numbers = separator != ' ' && number(a) && small(b) && number(c);
                let named = number(a) && month(b) && number(c);
                numbers || named || (month(a) && small(b) && number(c))
            }
            _ => false,
        };
        if date {
            return true;
        }
    }
    // `5mar`
    text.find(|c: char| !c.is_ascii_digit()).is_some_and(|i| i > 0 && i <= 2 && month(&text[i..]))
}
