//! Numbers, dates and times as Excel shows them (ECMA-376 part 1, 18.8.31).

/// A point in time, or a stretch of it, in the parts that a format shows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Moment {
    pub year: u16,
    pub month: u8,
    pub day: u8,
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
    /// The days since the epoch, for hours beyond a day.
    pub days: f64,
}

/// No format is longer, in bytes: Excel allows 255 characters, of four bytes at most. A longer one that a broken file has is
/// as none, since each cell looks through all of its format.
const LONGEST: usize = 1_020;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = ["Saturday", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];

/// A number as a format such as `0.00%` or `#,##0` shows it. `General`, and what no number can be shown in, gives all digits
/// that a spreadsheet holds, 15, and no exponent below 10²¹.
///
/// ```
/// assert_eq!(patra_cells::shown(1.1, "0.00"), "1.10");
/// assert_eq!(patra_cells::shown(0.5, "0%"), "50%");
/// ```
#[must_use]
pub fn shown(number: f64, code: &str) -> String {
    let code = if code.len() > LONGEST { "" } else { code };
    let sections = sections(code);
    let (section, signed) = choose(&sections, number);
    let tokens = tokens(section);
    let digits = tokens.iter().any(|token| matches!(token, Token::Digit(_)));
    if !digits {
        let literal: String = tokens.iter().filter_map(Token::literal).collect();
        let general = section.trim().is_empty()
            || section.to_ascii_lowercase().contains("general")
            || section.contains('@')
            || literal.is_empty();
        return if general { literal + &general_number(number) } else { literal };
    }
    let minus = if number < 0.0 && !signed { "-" } else { "" };
    let body = if tokens.contains(&Token::Mark('/')) {
        fraction(number.abs(), &tokens).unwrap_or_else(|| general_number(number.abs()))
    } else {
        decimal(number.abs(), &tokens)
    };
    // A zero has no sign, however it came to be one.
    let nothing = body.chars().any(|c| c.is_ascii_digit()) && !body.chars().any(|c| matches!(c, '1'..='9'));
    format!("{}{body}", if nothing { "" } else { minus }).trim().to_owned()
}

/// The number without a format.
fn general_number(number: f64) -> String {
    if !number.is_finite() {
        return String::new();
    }
    // 15 significant digits: 0.1 + 0.2 shows as 0.3.
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    if rounded != 0.0 && !(1e-9..1e21).contains(&rounded.abs()) {
        return format!("{rounded:E}");
    }
    rounded.to_string()
}

/// The sections of a format, parted by `;`.
fn sections(code: &str) -> Vec<&str> {
    let mut sections = Vec::new();
    let (mut start, mut quoted, mut escaped) = (0, false, false);
    for (at, c) in code.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '\\' | '_' | '*' => escaped = true,
            ';' => {
                sections.push(&code[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    sections.push(&code[start..]);
    sections
}

/// The section for a number, and whether the section brings its own sign.
fn choose<'c>(sections: &[&'c str], number: f64) -> (&'c str, bool) {
    let at = |index: usize| sections.get(index).copied().unwrap_or_default();
    if sections.iter().any(|section| condition(section).is_some()) {
        let last = sections.len().min(3) - 1;
        for section in sections.iter().take(3) {
            if let Some((holds, limit)) = condition(section)
                && holds(&number, &limit)
            {
                return (section, false);
            }
        }
        return (at(last), false);
    }
    match sections.len() {
        1 => (at(0), false),
        2 if number < 0.0 => (at(1), true),
        2 => (at(0), false),
        _ if number < 0.0 => (at(1), true),
        _ if number == 0.0 => (at(2), false),
        _ => (at(0), false),
    }
}

type Compare = fn(&f64, &f64) -> bool;

/// `[>=100]`, where the section has such a thing.
fn condition(section: &str) -> Option<(Compare, f64)> {
    for part in section.split('[').skip(1) {
        let inner = part.split(']').next().unwrap_or_default();
        let compares: [(&str, Compare); 6] =
            [(">=", f64::ge), ("<=", f64::le), ("<>", f64::ne), (">", f64::gt), ("<", f64::lt), ("=", f64::eq)];
        for (mark, compare) in compares {
            if let Some(limit) = inner.strip_prefix(mark).and_then(|limit| limit.trim().parse().ok()) {
                return Some((compare, limit));
            }
        }
    }
    None
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    /// Words to be shown.
    Literal(String),
    /// A place for a digit: `0`, `#` or `?`.
    Digit(char),
    /// `.`, `,`, `%`, `/` or `E`.
    Mark(char),
}

impl Token {
    fn literal(&self) -> Option<&str> {
        match self {
            Token::Literal(words) => Some(words),
            _ => None,
        }
    }
}

fn tokens(section: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut chars = section.chars().peekable();
    while let Some(c) = chars.next() {
        tokens.push(match c {
            '"' => Token::Literal(chars.by_ref().take_while(|&c| c != '"').collect()),
            '\\' => Token::Literal(chars.next().map(String::from).unwrap_or_default()),
            '_' => {
                chars.next();
                Token::Literal(" ".to_owned())
            }
            '*' => {
                chars.next();
                continue;
            }
            '[' => {
                let inner: String = chars.by_ref().take_while(|&c| c != ']').collect();
                // `[$₹-4009]` is a currency; all else in brackets is a colour, a condition or a locale.
                let Some(currency) = inner.strip_prefix('$') else { continue };
                Token::Literal(currency.split('-').next().unwrap_or_default().to_owned())
            }
            '0' | '#' | '?' => Token::Digit(c),
            '.' | ',' | '%' | '/' => Token::Mark(c),
            'E' | 'e' if matches!(chars.peek(), Some('+' | '-')) => {
                chars.next();
                Token::Mark('E')
            }
            c if c.is_ascii_alphabetic() || c == '@' => continue,
            c => Token::Literal(c.to_string()),
        });
    }
    tokens
}

/// A number that is not negative in places for digits.
fn decimal(mut number: f64, tokens: &[Token]) -> String {
    let places = |tokens: &[Token]| tokens.iter().filter(|token| matches!(token, Token::Digit(_))).count();
    let must = |tokens: &[Token]| tokens.iter().filter(|token| **token == Token::Digit('0')).count();
    let (whole, rest) = match tokens.iter().position(|token| *token == Token::Mark('.')) {
        Some(point) => (&tokens[..point], &tokens[point + 1..]),
        None => {
            let end = tokens.iter().position(|token| *token == Token::Mark('E')).unwrap_or(tokens.len());
            (&tokens[..end], &tokens[end..])
        }
    };
    let exponent_at = rest.iter().position(|token| *token == Token::Mark('E'));
    let part = &rest[..exponent_at.unwrap_or(rest.len())];
    let power = exponent_at.map(|at| &rest[at + 1..]);
    number *= 100_f64.powi(i32::try_from(tokens.iter().filter(|t| **t == Token::Mark('%')).count()).unwrap_or(0));
    // A comma between digits parts thousands; one after the last takes three digits away.
    let last = whole.iter().rposition(|token| matches!(token, Token::Digit(_))).map_or(0, |last| last + 1);
    let after = part.iter().rposition(|token| matches!(token, Token::Digit(_))).map_or(0, |last| last + 1);
    let scaled = whole[last..].iter().chain(&part[after..]).filter(|token| **token == Token::Mark(',')).count();
    number /= 1000_f64.powi(i32::try_from(scaled).unwrap_or(0));
    let grouped = whole[..last].contains(&Token::Mark(','));
    let mut exponent = 0_i32;
    if power.is_some() && number > 0.0 {
        #[expect(clippy::cast_possible_truncation, reason = "the exponent of a float is below 400")]
        let magnitude = number.log10().floor() as i32;
        exponent = magnitude;
        number /= 10_f64.powi(magnitude);
    }
    let decimals = places(part).min(30);
    // Half is rounded up, as Excel does, where binary fractions stand just below it.
    let number: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    let text = format!("{number:.decimals$}");
    let text = if round_half_up(number, decimals) > text { round_half_up(number, decimals) } else { text };
    let (integer, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::new();
    integer_places(&mut out, if integer == "0" && must(whole) == 0 { "" } else { integer }, whole, grouped);
    let shown = fraction.trim_end_matches('0').len().max(must(part));
    if tokens.contains(&Token::Mark('.')) && (shown > 0 || decimals == 0 || must(part) > 0) {
        out.push('.');
        out.push_str(&fraction[..shown.min(fraction.len())]);
    }
    part.iter().filter_map(Token::literal).for_each(|words| out.push_str(words));
    if let Some(power) = power {
        out.push('E');
        out.push(if exponent < 0 { '-' } else { '+' });
        out.push_str(&format!("{:0width$}", exponent.unsigned_abs(), width = must(power)));
        power.iter().filter_map(Token::literal).for_each(|words| out.push_str(words));
    }
    if tokens.contains(&Token::Mark('%')) {
        let at = out.trim_end().len();
        out.insert(at, '%');
    }
    out
}

/// The number with so many decimals, a half rounded up; as `format!` gives it where digits are too many to tell.
fn round_half_up(number: f64, decimals: usize) -> String {
    let plain = number.to_string();
    let digits = plain.split_once('.').map_or("", |(_, digits)| digits);
    let ties = digits.len() == decimals + 1 && digits.ends_with('5');
    let up = if ties { number + 10_f64.powi(-i32::try_from(decimals + 2).unwrap_or(0)) } else { number };
    format!("{up:.decimals$}")
}

/// The digits before the point in their places, and what stands between and around those.
fn integer_places(out: &mut String, digits: &str, tokens: &[Token], grouped: bool) {
    let first = tokens.iter().position(|token| matches!(token, Token::Digit(_))).unwrap_or(tokens.len());
    let mut left: Vec<char> = digits.chars().collect();
    let mut reversed: Vec<char> = Vec::new();
    let mut count = 0;
    let mut put = |reversed: &mut Vec<char>, digit: char| {
        if grouped && count > 0 && count % 3 == 0 {
            reversed.push(',');
        }
        count += 1;
        reversed.push(digit);
    };
    for (at, token) in tokens.iter().enumerate().rev() {
        match token {
            Token::Literal(words) if at < first || !left.is_empty() || reversed.is_empty() => {
                reversed.extend(words.chars().rev());
            }
            Token::Digit(place) => {
                if let Some(digit) = left.pop() {
                    put(&mut reversed, digit);
                } else if *place == '0' {
                    put(&mut reversed, '0');
                }
                if at == first {
                    while let Some(digit) = left.pop() {
                        put(&mut reversed, digit);
                    }
                }
            }
            _ => {}
        }
    }
    // `.00` has no place before the point.
    while let Some(digit) = left.pop() {
        put(&mut reversed, digit);
    }
    out.extend(reversed.into_iter().rev());
}

/// `1 1/2`: the nearest fraction whose denominator has as many digits as there are places for it.
fn fraction(number: f64, tokens: &[Token]) -> Option<String> {
    let slash = tokens.iter().position(|token| *token == Token::Mark('/'))?;
    let places = tokens[slash..].iter().filter(|token| matches!(token, Token::Digit(_))).count().clamp(1, 4);
    let whole = number.floor();
    let rest = number - whole;
    let most = 10_u32.pow(u32::try_from(places).ok()?) - 1;
    let below = denominator(rest, f64::from(most))?;
    let above = (rest * below).round();
    let mixed = tokens[..slash].iter().filter_map(Token::literal).any(|words| words == " ");
    Some(match (mixed, above) {
        (true, 0.0) => whole.to_string(),
        (true, above) if above == below => (whole + 1.0).to_string(),
        (true, _) if whole > 0.0 => format!("{whole} {above}/{below}"),
        (true, _) => format!("{above}/{below}"),
        (false, _) => format!("{}/{below}", whole * below + above),
    })
}

/// The denominator up to `most` of the fraction that comes nearest to a number from 0 to 1; `None` where it is no number.
///
/// It is that of the last convergent of the number's continued fraction that fits, or of the last semiconvergent
/// (Hardy and Wright, An Introduction to the Theory of Numbers, chapter 10).
fn denominator(number: f64, most: f64) -> Option<f64> {
    let (mut before, mut below) = (0.0, 1.0);
    let mut rest = number;
    // What is left of a number that is a fraction already is no more than the error of a float.
    while rest.abs() > 1e-11 {
        let next = 1.0 / rest;
        let longer = next.floor() * below + before;
        if longer > most {
            let between = ((most - before) / below).floor() * below + before;
            let error = |below: f64| ((number * below).round() / below - number).abs();
            return Some(if error(between) < error(below) { between } else { below });
        }
        (before, below) = (below, longer);
        rest = next.fract();
    }
    number.is_finite().then_some(below)
}

/// A moment as a format such as `dd-mm-yyyy` shows it. A format that follows the reader's own locale gives the day as ISO 8601
/// has it, which is the same to everybody.
pub(crate) fn moment_shown(moment: &Moment, code: &str, follows_locale: bool) -> String {
    let code = if code.len() > LONGEST { "" } else { code };
    let section = sections(code).first().copied().unwrap_or_default();
    if follows_locale || section.trim().is_empty() {
        return format!("{:04}-{:02}-{:02}", moment.year, moment.month, moment.day);
    }
    let parts = date_parts(section);
    let half = parts.iter().any(|part| matches!(part, Part::Half(_)));
    let mut out = String::new();
    for (at, part) in parts.iter().enumerate() {
        match part {
            Part::Words(words) => out.push_str(words),
            Part::Half(short) => {
                let half = if moment.hour < 12 { "AM" } else { "PM" };
                out.push_str(if *short { &half[..1] } else { half });
            }
            Part::Elapsed(unit, width) => {
                let seconds = (moment.days * 86_400.0).round();
                let count = match unit {
                    'h' => (seconds / 3600.0).floor(),
                    'm' => (seconds / 60.0).floor(),
                    _ => seconds,
                };
                out.push_str(&format!("{count:0width$}"));
            }
            Part::Field('m', width) if is_minute(&parts, at) => out.push_str(&padded(moment.minute, *width)),
            Part::Field('y', 1 | 2) => out.push_str(&format!("{:02}", moment.year % 100)),
            Part::Field('y' | 'e', _) => out.push_str(&format!("{:04}", moment.year)),
            Part::Field('m', width) => {
                let name = MONTHS.get(usize::from(moment.month).wrapping_sub(1)).copied().unwrap_or_default();
                match width {
                    1 | 2 => out.push_str(&padded(moment.month, *width)),
                    3 => out.push_str(name.get(..3).unwrap_or_default()),
                    5 => out.push_str(name.get(..1).unwrap_or_default()),
                    _ => out.push_str(name),
                }
            }
            Part::Field('d', width) => {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a remainder of seven")]
                let weekday = WEEKDAYS[moment.days.floor().rem_euclid(7.0) as usize % 7];
                match width {
                    1 | 2 => out.push_str(&padded(moment.day, *width)),
                    3 => out.push_str(&weekday[..3]),
                    _ => out.push_str(weekday),
                }
            }
            Part::Field('h', width) => {
                let hour = if half { (moment.hour + 11) % 12 + 1 } else { moment.hour };
                out.push_str(&padded(hour, *width));
            }
            Part::Field('s', width) => out.push_str(&padded(moment.second, *width)),
            Part::Field(..) => {}
        }
    }
    out.trim().to_owned()
}

fn padded(number: u8, width: usize) -> String {
    if width > 1 { format!("{number:02}") } else { number.to_string() }
}

#[derive(Debug, PartialEq)]
enum Part {
    Words(String),
    /// A letter and how often it stands: `('y', 4)`.
    Field(char, usize),
    /// `[h]`.
    Elapsed(char, usize),
    /// `AM/PM`, or `A/P`.
    Half(bool),
}

/// `m` is a minute after an hour and before a second.
fn is_minute(parts: &[Part], at: usize) -> bool {
    let field = |part: &&Part| !matches!(part, Part::Words(_));
    let before = parts[..at].iter().rev().find(field);
    let after = parts[at + 1..].iter().find(field);
    matches!(before, Some(Part::Field('h', _) | Part::Elapsed('h', _)))
        || matches!(after, Some(Part::Field('s', _) | Part::Elapsed('s', _)))
}

fn date_parts(section: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = section;
    while let Some(c) = rest.chars().next() {
        let lower = c.to_ascii_lowercase();
        let after = &rest[c.len_utf8()..];
        match lower {
            '"' => {
                let (words, after) = after.split_once('"').unwrap_or((after, ""));
                parts.push(Part::Words(words.to_owned()));
                rest = after;
            }
            '\\' => {
                let next = after.chars().next().map(String::from).unwrap_or_default();
                rest = &after[next.len()..];
                parts.push(Part::Words(next));
            }
            '_' | '*' => {
                let skipped = after.chars().next().map_or(0, char::len_utf8);
                rest = &after[skipped..];
            }
            '[' => {
                let (inner, after) = after.split_once(']').unwrap_or((after, ""));
                let unit = inner.chars().next().map(|c| c.to_ascii_lowercase());
                if let Some(unit @ ('h' | 'm' | 's')) = unit
                    && inner.chars().all(|c| c.to_ascii_lowercase() == unit)
                {
                    parts.push(Part::Elapsed(unit, inner.len()));
                }
                rest = after;
            }
            'a' if rest.get(..5).is_some_and(|half| half.eq_ignore_ascii_case("am/pm")) => {
                parts.push(Part::Half(false));
                rest = &rest[5..];
            }
            'a' if rest.get(..3).is_some_and(|half| half.eq_ignore_ascii_case("a/p")) => {
                parts.push(Part::Half(true));
                rest = &rest[3..];
            }
            'y' | 'm' | 'd' | 'h' | 's' | 'e' => {
                let length = rest.len() - rest.trim_start_matches([lower, lower.to_ascii_uppercase()]).len();
                parts.push(Part::Field(lower, length));
                rest = &rest[length..];
            }
            // `ss.000`: spreadsheets' thousandths are left out with their point.
            '.' if after.starts_with('0') => rest = after.trim_start_matches('0'),
            '@' => rest = after,
            _ => {
                parts.push(Part::Words(c.to_string()));
                rest = after;
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_look_as_in_excel() {
        for (number, code, look) in [
            (1.1, "0.00", "1.10"),
            (1.1, "General", "1.1"),
            (0.1 + 0.2, "General", "0.3"),
            (919_876_543_210.0, "General", "919876543210"),
            (1.0, "General", "1"),
            (0.125, "0%", "13%"),
            (0.5, "0.00%", "50.00%"),
            (1_234_567.891, "#,##0.00", "1,234,567.89"),
            (1234.0, "#,##0", "1,234"),
            (12.0, "00000", "00012"),
            (0.0, "#", ""),
            (-5.0, "0", "-5"),
            (-5.0, "0;(0)", "(5)"),
            (-0.2, "0", "0"),
            (0.0, "0;-0;\"nil\"", "nil"),
            (5.0, "\"Rs. \"0", "Rs. 5"),
            (5.0, "[$₹-4009] #,##0.00", "₹ 5.00"),
            (12_345_678.0, "[>=10000000]##\\,##\\,##\\,##0;[>=100000]##\\,##\\,##0;##,##0", "1,23,45,678"),
            (234_567.0, "[>=10000000]##\\,##\\,##\\,##0;[>=100000]##\\,##\\,##0;##,##0", "2,34,567"),
            (567.0, "[>=10000000]##\\,##\\,##\\,##0;[>=100000]##\\,##\\,##0;##,##0", "567"),
            (12_000.0, "0.0,\" k\"", "12.0 k"),
            (1.5, "# ?/?", "1 1/2"),
            (0.75, "?/?", "3/4"),
            (12_345.0, "0.00E+00", "1.23E+04"),
            (2.5, "0", "3"),
            (1.005, "0.00", "1.01"),
            (9.0, "[Red]0", "9"),
            (7.0, "@", "7"),
        ] {
            assert_eq!(shown(number, code), look, "{number} as {code}");
        }
    }

    #[test]
    fn moments_look_as_in_excel() {
        let moment = Moment { year: 2026, month: 3, day: 5, hour: 14, minute: 7, second: 9, days: 46_086.588_299 };
        for (code, look) in [
            ("dd-mm-yyyy", "05-03-2026"),
            ("d mmmm yyyy", "5 March 2026"),
            ("dd/mmm/yy", "05/Mar/26"),
            ("yyyy-mm-dd hh:mm:ss", "2026-03-05 14:07:09"),
            ("h:mm AM/PM", "2:07 PM"),
            ("dddd", "Thursday"),
            ("[h]:mm", "1106078:07"),
            ("[$-439]d\\.m\\.yyyy;@", "5.3.2026"),
            ("mm:ss.0", "07:09"),
        ] {
            assert_eq!(moment_shown(&moment, code, false), look, "{code}");
        }
        assert_eq!(moment_shown(&moment, "mm-dd-yy", true), "2026-03-05");
    }

    #[test]
    fn a_format_that_is_too_long_is_as_none() {
        let exponent = "0E+".to_owned() + &"0".repeat(70_000);
        assert_eq!(shown(1.5, &exponent), "1.5");
        assert_eq!(shown(1.5, &exponent[..LONGEST]).len(), "2E+".len() + LONGEST - "0E+".len());
        let elapsed = format!("[{}]", "h".repeat(70_000));
        assert_eq!(
            moment_shown(&Moment { year: 2026, month: 3, day: 5, ..Moment::default() }, &elapsed, false),
            "2026-03-05"
        );
    }

    #[test]
    fn no_fraction_is_nearer() {
        for at in 0..=1_000 {
            let number = f64::from(at) / 1_009.0;
            let error = |below: f64| ((number * below).round() / below - number).abs();
            for most in [9.0, 99.0, 999.0] {
                let below = denominator(number, most).expect("a number");
                let nearest = (1..=999_u32).map(f64::from).filter(|below| *below <= most).map(error);
                let least = nearest.fold(f64::INFINITY, f64::min);
                assert!(below <= most && error(below) <= least + 1e-13, "{number} in {below}");
            }
        }
        assert_eq!(shown(std::f64::consts::PI, "# ????/????"), "3 16/113");
        assert_eq!(denominator(f64::NAN, 9.0), None);
    }

    #[test]
    fn any_format_is_read() {
        for code in ["", ";", ";;;", "\"", "\\", "[", "_", "*", "[h", "[>=", "E+", "0.0.0", "//", "#,,,", "aé\u{301}[$"]
        {
            for number in [0.0, -1.5, 1e300, f64::NAN, f64::INFINITY] {
                let _ = shown(number, code);
            }
            let _ = moment_shown(&Moment::default(), code, false);
        }
    }
}
