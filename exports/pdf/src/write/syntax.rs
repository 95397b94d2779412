//! Objects as PDF syntax, without a space that is not needed (ISO 32000-2, 7.2 and 7.3).

use lopdf::{Dictionary, Object, ObjectId};

/// Writes an object.
pub(super) fn object(out: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null => word(out, b"null"),
        Object::Boolean(true) => word(out, b"true"),
        Object::Boolean(false) => word(out, b"false"),
        Object::Integer(number) => integer(out, *number),
        Object::Real(number) if number.is_finite() => word(out, number.to_string().as_bytes()),
        Object::Real(_) => word(out, b"0"),
        Object::Name(letters) => name(out, letters),
        Object::String(bytes, _) => string(out, bytes),
        Object::Array(array) => {
            out.push(b'[');
            array.iter().for_each(|each| self::object(out, each));
            out.push(b']');
        }
        Object::Dictionary(each) => dictionary(out, each),
        // A stream stands by itself.
        Object::Stream(stream) => dictionary(out, &stream.dict),
        Object::Reference(id) => reference(out, *id),
    }
}

pub(super) fn dictionary(out: &mut Vec<u8>, dictionary: &Dictionary) {
    out.extend_from_slice(b"<<");
    for (key, value) in dictionary {
        name(out, key);
        object(out, value);
    }
    out.extend_from_slice(b">>");
}

/// A token that begins with none of the delimiters, which must be parted from one before it.
pub(super) fn word(out: &mut Vec<u8>, word: &[u8]) {
    part(out);
    out.extend_from_slice(word);
}

fn part(out: &mut Vec<u8>) {
    if out.last().is_some_and(|last| !b"\n \t()<>[]{}/%".contains(last)) {
        out.push(b' ');
    }
}

pub(super) fn integer(out: &mut Vec<u8>, number: i64) {
    part(out);
    if number < 0 {
        out.push(b'-');
    }
    digits(out, number.unsigned_abs());
}

/// A number in decimal, of which a document has more than of words.
pub(super) fn digits(out: &mut Vec<u8>, mut number: u64) {
    let mut digits = [0; 20];
    let mut first = digits.len();
    loop {
        first -= 1;
        digits[first] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[first..]);
}

pub(super) fn reference(out: &mut Vec<u8>, (number, generation): ObjectId) {
    integer(out, i64::from(number));
    integer(out, i64::from(generation));
    word(out, b"R");
}

/// A length with three decimals at most, which is finer than any printer.
pub(super) fn real(out: &mut Vec<u8>, number: f32) {
    // What is no number becomes 0, and what is too large the largest.
    let thousandths = (f64::from(number) * 1000.0).round() as i64;
    let (whole, rest) = (thousandths.unsigned_abs() / 1000, thousandths.unsigned_abs() % 1000);
    part(out);
    if thousandths < 0 {
        out.push(b'-');
    }
    if whole > 0 || rest == 0 {
        digits(out, whole);
    }
    if rest > 0 {
        let digits = [rest / 100, rest / 10 % 10, rest % 10];
        let shown = digits.iter().rposition(|digit| *digit > 0).map_or(0, |last| last + 1);
        out.push(b'.');
        out.extend(digits.iter().take(shown).map(|digit| b'0' + *digit as u8));
    }
}

/// A name, with what is not a regular character by its number (ISO 32000-2, 7.3.5).
pub(super) fn name(out: &mut Vec<u8>, letters: &[u8]) {
    out.push(b'/');
    for letter in letters {
        if letter.is_ascii_graphic() && !b"()<>[]{}/%#".contains(letter) {
            out.push(*letter);
        } else {
            out.extend_from_slice(format!("#{letter:02X}").as_bytes());
        }
    }
}

/// A string of bytes in parentheses (ISO 32000-2, 7.3.4.2): half as long as in hexadecimal, and it compresses better.
pub(super) fn string(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'(');
    for byte in bytes {
        match byte {
            b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', *byte]),
            // An end of a line in a string would be read as a line feed, whichever it is.
            b'\r' => out.extend_from_slice(b"\\r"),
            _ => out.push(*byte),
        }
    }
    out.push(b')');
}

#[cfg(test)]
mod tests {
    use lopdf::{Object, dictionary};

    #[test]
    fn tokens_are_parted_where_they_must_be() {
        let object = Object::from(dictionary! {
            "A" => 1, "B" => vec![1.into(), Object::Real(2.5), "N".into(), (3, 0).into(), true.into(), Object::Null],
            "C" => "of#it", "D" => Object::string_literal("a(b)\\\r"),
        });
        let mut out = Vec::new();
        super::object(&mut out, &object);
        let written = String::from_utf8_lossy(&out);
        assert_eq!(written, "<</A 1/B[1 2.5/N 3 0 R true null]/C/of#23it/D(a\\(b\\)\\\\\\r)>>");
    }

    #[test]
    fn lengths_are_short() {
        for (number, written) in [
            (0.0, "0"),
            (-0.0001, "0"),
            (0.5, ".5"),
            (-0.0204, "-.02"),
            (72.0, "72"),
            (-10.5, "-10.5"),
            (523.4567, "523.457"),
            (f32::NAN, "0"),
            (1e30, "9223372036854775.807"),
        ] {
            let mut out = Vec::new();
            super::real(&mut out, number);
            assert_eq!(String::from_utf8_lossy(&out), written);
        }
    }
}
